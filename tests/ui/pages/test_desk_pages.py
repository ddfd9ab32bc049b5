"""Desk, users, files and paper pages: the contract, and what each is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from helpdesk.core.language import LANGUAGES
from helpdesk.core.progress import Progress
from helpdesk.desk.roles import Role
from tests.ui.conftest import PlainDesk, named, type_text
from tests.ui.page_contract import PageContract
from ui.pages.base import Page, Reason
from ui.pages.desk import DeskCalls, DeskPage
from ui.pages.files import FilesCalls, FilesPage
from ui.pages.paper import PaperPage
from ui.pages.users import UsersCalls, UsersPage
from ui.surroundings import Surroundings
from ui.theme import Look

Make = Callable[..., Surroundings]


def _set_pin(desk: PlainDesk, pin: str) -> None:
    desk.done.append(pin)


def _for_supervisors(_desk: PlainDesk) -> None:
    """A command."""


_for_supervisors.roles = frozenset({Role.SUPERVISOR})  # type: ignore[attr-defined]
DESK = DeskCalls(_set_pin, lambda _: False, _for_supervisors)


@dataclass(frozen=True)
class _Account:
    id: str
    name: str
    role: Role
    live: bool
    has_pin: bool


ACCOUNTS = (_Account("1", "Nour", Role.CLERK, True, True), _Account("2", "Ali", Role.SUPERVISOR, False, False))


@dataclass(frozen=True)
class _Line:
    seq: int = 3
    identity: str = "8821e058" * 8
    records: int = 160
    made_at: str = "2026-11-21T09:05:03.120Z"
    state: str = "COPIED"
    kind: str = "batch"
    desk: int = 102
    at: str = "2026-11-21T09:05:03.120Z"
    known_up_to: int = 2
    gaps: tuple[int, ...] = (3,)
    result: str = "installed"
    batches: int = 1
    oldest: str | None = None


def _export(_desk: PlainDesk, _home: Path, stick: Path, progress: Progress) -> _Line:
    progress(1, 1, "Copying")
    (stick / "file.fvb").write_bytes(b"x")
    return _Line()


def _take(_desk: PlainDesk, path: Path, _progress: Progress) -> _Line:
    return _Line(result="known" if path.stem == "old" else "installed")


FILES = FilesCalls(
    export=_export,
    copy_again=_export,
    install=_take,
    outbox=lambda _: (_Line(),),
    unacknowledged=lambda _: _Line(),
    came_in=lambda _: (_Line(),),
    siblings=lambda _: (_Line(),),
    plan=_for_supervisors,
)


class TestDesk(PageContract):
    names = frozenset({"chooseLanguage.en"})

    def make(self, around: Surroundings) -> Page:
        return DeskPage(around, DESK)


class TestUsers(PageContract):
    def make(self, around: Surroundings) -> Page:
        return UsersPage(around, UsersCalls(lambda _: ACCOUNTS))


class TestFiles(PageContract):
    def make(self, around: Surroundings) -> Page:
        return FilesPage(around, FILES)


class TestPaper(PageContract):
    full = Reason("This card was replaced on 3 May; ask for the new one.")

    def make(self, around: Surroundings) -> Page:
        return PaperPage(around)


def _shown(qtbot: QtBot, page: Page, subject: Any = None) -> Page:
    qtbot.addWidget(page)
    page.show()
    page.open(subject)
    qtbot.waitUntil(lambda: not page.around.work.busy)
    return page


def _text(page: Page, name: str) -> str:
    found = named(page, name)
    assert isinstance(found, QLabel)
    return found.text()


def test_a_pin_is_set_in_any_digits(qtbot: QtBot, look: Look, surroundings: Make, desk: PlainDesk) -> None:
    page = _shown(qtbot, DeskPage(surroundings(look), DESK))
    type_text(named(page, "newPin"), "\u0664\u0667\u0661\u0661")
    QTest.mouseClick(named(page, "setPin"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "4711" in desk.done)
    assert _text(page, "stripSentence") == "Your PIN is set."


def test_a_look_is_chosen_by_keys(qtbot: QtBot, look: Look, surroundings: Make) -> None:
    chosen: list[Look] = []
    page = _shown(qtbot, DeskPage(replace(surroundings(look), wear=chosen.append), DESK))
    QTest.keyClick(named(page, "chooseTheme.light"), "2")
    assert [one.tokens.name for one in chosen] == ["dark"]


def test_seconds_out_of_bounds_are_doubted_and_not_kept(qtbot: QtBot, look: Look, surroundings: Make) -> None:
    page = _shown(qtbot, DeskPage(surroundings(look), DESK))
    edit = named(page, "blank_seconds")
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(edit, "5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.accessibleDescription() == "From 30 to 600 seconds."
    assert not (page.around.seat.folder / "settings.json").exists()


def test_every_language_says_who_reviewed_it(qtbot: QtBot, look: Look, surroundings: Make) -> None:
    page = _shown(qtbot, DeskPage(surroundings(look), DESK))
    said = [one.text() for one in named(page, "deskAbout").findChildren(QLabel) if "reviewed" in one.text()]
    assert len(said) == len(LANGUAGES) - 1


def test_the_stick_may_be_removed_only_after_reading_back(
    qtbot: QtBot, look: Look, surroundings: Make, tmp_path: Path
) -> None:
    page = _shown(qtbot, FilesPage(surroundings(look), FILES))
    assert isinstance(page, FilesPage)
    page.write_out(tmp_path)
    qtbot.waitUntil(lambda: (tmp_path / "file.fvb").exists() and not page.around.work.busy)
    said = _text(page, "stripSentence")
    assert said.startswith("File 3 is on the stick and was read back. You may remove the stick.")
    assert "8821 e058" in said


def test_a_file_taken_in_twice_says_so(qtbot: QtBot, look: Look, surroundings: Make) -> None:
    page = _shown(qtbot, FilesPage(surroundings(look), FILES))
    assert isinstance(page, FilesPage)
    page.take_in(Path("old.fvb"))
    qtbot.waitUntil(lambda: not page.around.work.busy)
    assert _text(page, "stripSentence").endswith("it was here before. Nothing has changed.")


def test_only_supervisors_write_files(look: Look, surroundings: Make, qapp: QApplication) -> None:
    page = FilesPage(surroundings(look, Role.CLERK), FILES)
    assert page.main_action() is None
    page.deleteLater()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_becomes_a_page_to_print(qtbot: QtBot, look: Look, surroundings: Make, language: str) -> None:
    page = _shown(qtbot, PaperPage(surroundings(look)), TestPaper.full)
    assert _text(page, "paperCount") == "Page 1 of 1"
    assert page.title() == "Reason"
