"""Officer files: what is wrapped comes back for its own purpose and passphrase only, and nothing lies in clear."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from helpdesk.core.errors import Fault, Refusal
from helpdesk.vault.keys import FLOOR
from helpdesk.vault.officers import OfficerKey, read_officer_key, write_officer_key

SECRET = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "recovery.officer.json"
    write_officer_key(written, "recovery", SECRET, "five words of a passphrase", FLOOR)
    return written


def test_a_secret_comes_back_with_its_purpose(path: Path) -> None:
    assert read_officer_key(path, "five words of a passphrase") == OfficerKey("recovery", SECRET)


def test_nothing_of_it_lies_in_clear(path: Path) -> None:
    data = path.read_bytes()
    assert SECRET not in data
    assert SECRET.hex().encode() not in data
    assert b"passphrase" not in data
    assert path.stat().st_mode & 0o077 == 0


def test_another_passphrase_opens_nothing(path: Path) -> None:
    with pytest.raises(Fault, match=r"officer\.wrong"):
        read_officer_key(path, "five words of another")


def test_a_file_is_never_written_over(path: Path) -> None:
    with pytest.raises(Refusal, match=r"officer\.exists"):
        write_officer_key(path, "recovery", SECRET, "x", FLOOR)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purpose": "protection"}, "officer.wrong"),
        ({"v": 2}, "officer.damaged"),
        ({"salt": ""}, "officer.damaged"),
        ({"more": 1}, "officer.damaged"),
        ({"ct": "AAAA"}, "officer.wrong"),
        ({"cost": {"memory_kib": 1 << 30, "passes": 1, "lanes": 1}}, "slot.cost"),
    ],
)
def test_a_changed_file_is_told(change: dict[str, object], code: str, path: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    changed.write_bytes(msgspec.json.encode(msgspec.json.decode(path.read_bytes()) | change))
    with pytest.raises(Fault) as failed:
        read_officer_key(changed, "five words of a passphrase")
    assert failed.value.code == code


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}" + b" " * (1 << 17)])
def test_what_is_no_officer_file_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(Fault, match=r"officer\.damaged"):
        read_officer_key(tmp_path / "x", "p")
