"""Settings: only what is declared is believed, a change survives, a damaged file costs nothing but itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.core.settings import (
    BLANK_SECONDS,
    FILE_NAME,
    LANGUAGE,
    LOCK_SECONDS,
    PRINTER,
    PRINTER_RIGHT,
    SETTINGS,
    TEXT_SCALE,
    THEME,
    Setting,
    folder_settings,
)

FLAG = Setting("flag", True, "Flag", "A flag.")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_is_allowed_and_explained(setting: Setting[object]) -> None:  # type: ignore[type-var]
    assert setting.allows(setting.default)
    assert setting.label
    assert setting.help.endswith(".")


def test_names_are_said_once() -> None:
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


def test_times_of_the_page_are_the_design_s() -> None:
    assert (BLANK_SECONDS.default, LOCK_SECONDS.default) == (180, 900)


@pytest.mark.parametrize(
    ("setting", "value", "allowed"),
    [
        (LANGUAGE, "ckb", True),
        (LANGUAGE, "fr", False),
        (LANGUAGE, 1, False),
        (TEXT_SCALE, 90, True),
        (TEXT_SCALE, 89, False),
        (TEXT_SCALE, 151, False),
        (TEXT_SCALE, True, False),
        (TEXT_SCALE, 100.0, False),
        (FLAG, 0, False),
        (FLAG, False, True),
        (PRINTER_RIGHT, -200, True),
        (PRINTER_RIGHT, -201, False),
        (PRINTER, "p" * 200, True),
        (PRINTER, "p" * 201, False),
        (THEME, None, False),
    ],
)
def test_values_keep_to_their_declaration(setting: Setting[str], value: object, allowed: bool) -> None:
    assert setting.allows(value) is allowed


def test_an_empty_folder_has_the_defaults(tmp_path: Path) -> None:
    settings = folder_settings(tmp_path)
    assert all(settings[setting] == setting.default for setting in SETTINGS)
    assert not settings.damaged
    assert list(tmp_path.iterdir()) == []


def test_a_change_survives(tmp_path: Path) -> None:
    folder_settings(tmp_path).change(LANGUAGE, "ar")
    folder_settings(tmp_path).change(TEXT_SCALE, 120)
    again = folder_settings(tmp_path)
    assert (again[LANGUAGE], again[TEXT_SCALE]) == ("ar", 120)


def test_what_a_newer_version_wrote_is_kept(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"tomorrow": [1], "language": "kmr"}', encoding="utf-8")
    folder_settings(tmp_path).change(THEME, "dark")
    kept = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    assert kept == {"tomorrow": [1], "language": "kmr", "theme": "dark"}


def test_a_value_that_is_not_allowed_is_our_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="text_scale"):
        folder_settings(tmp_path).change(TEXT_SCALE, 300)


@given(found=JSON)
def test_whatever_stands_in_the_file_the_values_are_good(
    found: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    (folder / FILE_NAME).write_text(json.dumps(found), encoding="utf-8")
    settings = folder_settings(folder)
    assert all(setting.allows(settings[setting]) for setting in SETTINGS)
    assert settings.damaged is not isinstance(found, dict)


@given(values=st.fixed_dictionaries({}, optional={setting.name: JSON for setting in SETTINGS}))
def test_edited_values_fall_back(values: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("desk")
    (folder / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    settings = folder_settings(folder)
    for setting in SETTINGS:
        wanted = values.get(setting.name, setting.default)
        assert settings[setting] == (wanted if setting.allows(wanted) else setting.default)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"{" + b" " * (2 << 20) + b"}"])
def test_a_damaged_file_is_said_and_mended(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    settings = folder_settings(tmp_path)
    assert settings.damaged
    settings.change(LANGUAGE, "ar")
    assert not settings.damaged
    assert not folder_settings(tmp_path).damaged


def test_a_disk_that_refuses_changes_nothing(tmp_path: Path) -> None:
    settings = folder_settings(tmp_path / "gone")
    with pytest.raises(Fault) as caught:
        settings.change(LANGUAGE, "ar")
    assert caught.value.code == "settings.not_written"
    assert settings[LANGUAGE] == "en"
