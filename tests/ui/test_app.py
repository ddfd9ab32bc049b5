"""The program from the first paint to signing out, on a real desk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from helpdesk.centre.founding import found
from helpdesk.core.errors import Fault
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.settings import LANGUAGE, folder_settings
from helpdesk.desk import drafts, users
from helpdesk.desk.roles import Role
from helpdesk.opening import NewAccount, make_desk, open_desk
from helpdesk.vault.keys import FLOOR
from tests.ui.conftest import named
from ui.app import Program
from ui.window import Window

PASSPHRASE = "olive river stone lamp"
OPENING_MS = 30_000
"""Opening imports half the program on a machine shared with others."""


@pytest.fixture(scope="module")
def ready_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    accounts = [NewAccount("Nour", Role.CLERK, PASSPHRASE), NewAccount("Ali", Role.ADMINISTRATOR, PASSPHRASE)]
    make_desk(folder, found("Practice", practice=True).programme, accounts, cost=FLOOR)
    return folder


@pytest.fixture
def home(ready_home: Path, tmp_path: Path) -> Path:
    """A desk of this test's own."""
    return Path(shutil.copytree(ready_home, tmp_path / "desk"))


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Program]:
    left: list[str] = []
    made = Program(qapp, home, lambda: left.append("left"))
    made.left = left
    qtbot.addWidget(made.frame)
    made.start()
    yield made
    made.end()


def _sign_in(qtbot: QtBot, program: Program, passphrase: str = PASSPHRASE) -> None:
    program.sign_in.user.setText("Nour")
    program.sign_in.passphrase.setText(passphrase)
    program.sign_in.passphrase.setFocus()
    QTest.keyClick(program.sign_in.passphrase, Qt.Key.Key_Return)


@pytest.fixture
def opened(qtbot: QtBot, program: Program) -> Callable[[], Window]:
    _sign_in(qtbot, program)
    qtbot.waitUntil(lambda: program.window is not None and not program.work.busy, timeout=OPENING_MS)

    def window() -> Window:
        assert isinstance(program.window, Window)
        return program.window

    return window


def test_the_sign_in_page_paints_before_the_store_is_loaded() -> None:
    check = "import sys, ui.app; sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'alembic', 'reportlab')))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_wrong_passphrase_says_one_sentence(qtbot: QtBot, program: Program) -> None:
    _sign_in(qtbot, program, "wrong wrong wrong")
    said = lambda: named(program.frame, "signInSaid").property("text")  # noqa: E731
    qtbot.waitUntil(lambda: not program.work.busy, timeout=OPENING_MS)
    assert said() == program.look.words.sentence(Fault("slot.wrong"))
    assert program.window is None
    assert program.sign_in.passphrase.text() == ""


def test_another_language_keeps_what_was_typed_and_the_keys(qtbot: QtBot, program: Program) -> None:
    page = program.sign_in
    page.user.setText("Nour")
    page.passphrase.setText("half of it")
    page.language.setFocus()
    QTest.keyClick(page.language, Qt.Key.Key_Down)
    assert program.sign_in is page
    QTest.keyClick(page.language, Qt.Key.Key_Return)
    assert program.sign_in is not page
    assert program.look.words.language == LANGUAGES[1]
    assert (program.sign_in.user.text(), program.sign_in.passphrase.text()) == ("Nour", "half of it")
    qtbot.waitUntil(program.sign_in.language.hasFocus)
    program.sign_in.language.setCurrentIndex(0)
    program.sign_in.passphrase.setFocus()
    assert program.sign_in.language.currentIndex() == 1


def test_a_language_chosen_in_the_list_is_taken(qtbot: QtBot, program: Program) -> None:
    box = program.sign_in.language
    box.showPopup()
    box.setCurrentIndex(1)
    box.hidePopup()
    qtbot.waitUntil(lambda: program.look.words.language == LANGUAGES[1])


def test_without_a_pin_the_next_sign_in_page_says_why(
    qtbot: QtBot, qapp: QApplication, home: Path, program: Program, opened: Callable[[], Window]
) -> None:
    opened()
    program.frame.blank_out()
    assert program.left == ["left"]
    for expected in (True, False):  # once
        following = Program(qapp, home, lambda: None)
        qtbot.addWidget(following.frame)
        said = following.frame.findChild(QLabel, "signInSaid")
        assert (said is not None and said.text().startswith("You had set no PIN")) is expected
        following.end()


def test_signing_in_shows_today(opened: Callable[[], Window]) -> None:
    page = opened().current
    assert page is not None
    assert page.name == "today"


def test_practice_is_marked_all_the_time(program: Program, opened: Callable[[], Window]) -> None:
    opened()
    assert named(program.frame, "practiceMark").isVisible()


def test_a_language_is_changed_without_losing_a_draft(
    qtbot: QtBot, program: Program, opened: Callable[[], Window]
) -> None:
    window = opened()
    window.go("desk")
    window.around.drafts.of("registration").set("given", "Amal")
    program.change_look(replace(program.look, words=Words("ckb")))
    qtbot.waitUntil(lambda: program.window is not window and not program.work.busy)
    assert opened().current.name == "desk"
    assert opened().around.drafts.of("registration").get("given") == "Amal"
    assert folder_settings(program.settings._path.parent)[LANGUAGE] == "ckb"
    program.change_look(replace(program.look, words=Words("en")))
    qtbot.waitUntil(lambda: not program.work.busy)


def test_the_pin_brings_the_blank_screen_back(qtbot: QtBot, program: Program, opened: Callable[[], Window]) -> None:
    window = opened()
    program.work.write(program, users.set_pin, "4711")
    qtbot.waitUntil(lambda: program.frame._has_pin)
    QTest.keyClick(program.frame.windowHandle(), Qt.Key.Key_F8)
    assert program.frame.is_blank
    assert not window.isVisible()
    for wrong_or_right in ("0000", "4711"):
        QTest.keyClicks(named(program.frame, "pin"), wrong_or_right)
        QTest.keyClick(named(program.frame, "pin"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not program.work.busy)
    assert not program.frame.is_blank
    assert window.isVisible()


def test_locking_saves_what_is_typed_and_replaces_the_process(
    qtbot: QtBot, program: Program, opened: Callable[[], Window], home: Path
) -> None:
    opened().around.drafts.of("registration", "f9").set("given", "Zaynab")
    QTest.keyClick(program.frame.windowHandle(), Qt.Key.Key_F9)
    assert program.left == ["left"]
    desk = open_desk(home, "Nour", PASSPHRASE)
    assert desk.ask(drafts.load, "registration", "f9") == {"given": "Zaynab"}
    desk.close()


def test_the_foot_speaks_from_the_store(opened: Callable[[], Window]) -> None:
    assert named(opened(), "foot.waiting").property("text").strip() != "not known yet"
    age = named(opened(), "listsAge")
    assert isinstance(age, QLabel)
    assert age.text() == "no lists installed"
