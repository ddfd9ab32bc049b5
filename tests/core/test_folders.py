"""The program's folders: the usual place, and a folder that only its owner opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.core.folders import default_folder, private_folder


def test_the_usual_folder_follows_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "helpdesk"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".local" / "share" / "helpdesk"


def test_a_private_folder_is_its_owner_s(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert made.stat().st_mode & 0o077 == 0
    assert private_folder(made) == made


def test_a_folder_that_was_there_is_closed_while_it_is_empty(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert private_folder(tmp_path).stat().st_mode & 0o077 == 0
    tmp_path.chmod(0o755)
    (tmp_path / "somebody's own").touch()
    assert private_folder(tmp_path).stat().st_mode & 0o777 == 0o755
