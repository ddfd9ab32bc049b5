"""The parts of a family's file: loaded when somebody comes near, read again when what they show has changed."""

from __future__ import annotations

from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Refusal
from helpdesk.households import cards, commands
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.conftest import Listener, named
from tests.ui.real_desk import around_of, settled, shown
from tests.ui.test_family_journeys import both, registered, work
from ui.forms.file_part import FilePart, PartPlace
from ui.pages.family_file import FIRST_PARTS, LAST_PARTS, FamilyFile
from ui.theme import Look
from ui.widgets.words import button, label
from ui.work import Work

__all__ = ["both", "registered", "work"]


class Tall(FilePart):
    """A part that is taller than the screen and counts how often it was read."""

    shows: ClassVar[frozenset[str]] = frozenset({"payment"})

    def title(self) -> str:
        return self.name

    def build(self) -> None:
        self.reads_done = 0
        self.press = button("press", self.look, self._press, name=f"{self.name}.press")
        self.add(self.press)
        space = label(self.name)
        space.setMinimumHeight(2000)
        self.add(space)

    def refresh(self) -> None:
        self.read(lambda _view: self.household, then=self._count)

    def _count(self, household: str) -> None:
        assert household == self.household
        self.reads_done += 1

    def _press(self) -> None:
        self.failed.emit(Refusal("number.check"), None)


class First(Tall):
    name: ClassVar[str] = "first"


class Second(Tall):
    name: ClassVar[str] = "second"


class Cards(Tall):
    name: ClassVar[str] = "third"
    shows: ClassVar[frozenset[str]] = frozenset({"card"})


@pytest.fixture
def file(qtbot: QtBot, both: Look, registered: str, programme: Programme, work: Work) -> FamilyFile:
    table = (*FIRST_PARTS, *map(PartPlace, (First, Second, Cards)), *LAST_PARTS)
    page = FamilyFile(around_of(work, programme, both, "supervisor"), table)
    shown(qtbot, page, registered)
    return page


def loaded(page: FamilyFile, qtbot: QtBot) -> list[str]:
    settled(qtbot, page)
    qtbot.wait(300)
    settled(qtbot, page)
    return [name for name in ("first", "second", "third") if page.column.part(name).is_loaded]


def test_a_part_is_loaded_when_it_is_scrolled_near(qtbot: QtBot, file: FamilyFile) -> None:
    assert loaded(file, qtbot) == ["first"]
    bar = file._scroll.verticalScrollBar()
    bar.setValue(file.column.part("second").y())
    assert loaded(file, qtbot) == ["first", "second"]
    bar.setValue(file.column.part("third").y())
    assert loaded(file, qtbot) == ["first", "second", "third"]


def test_parts_are_jumped_to_by_key_and_digit(qtbot: QtBot, file: FamilyFile) -> None:
    loaded(file, qtbot)
    file.sections_pressed()
    menu = file.sections.menu()
    assert [act.objectName() for act in menu.actions()][4:7] == ["section.first", "section.second", "section.third"]
    QTest.keyClick(menu, Qt.Key.Key_7)
    assert loaded(file, qtbot) == ["first", "third"]
    assert file.focusWidget().objectName() == "third.press"
    top = file.column.y() + file.column.part("third").y()
    assert file._scroll.verticalScrollBar().value() in (top, file._scroll.verticalScrollBar().maximum())


def test_only_what_shows_a_change_is_read_again(qtbot: QtBot, file: FamilyFile, work: Work, registered: str) -> None:
    loaded(file, qtbot)
    file.jump("third")
    loaded(file, qtbot)
    before = [file.column.part(name).reads_done for name in ("first", "third")]
    work.write(Listener(), cards.issue, (registered,), "FIRST")
    loaded(file, qtbot)
    after = [file.column.part(name).reads_done for name in ("first", "third")]
    assert after == [before[0], before[1] + 1]
    assert file.file.card is not None


def test_a_failure_of_a_part_is_said_by_the_page(qtbot: QtBot, file: FamilyFile) -> None:
    loaded(file, qtbot)
    named(file, "first.press").click()
    assert named(file, "stripSentence").text() == file.words.sentence(Refusal("number.check"))


def test_another_family_gets_its_own_parts(qtbot: QtBot, file: FamilyFile, programme: Programme, work: Work) -> None:
    old = file.column.part("first")
    form = practice_form(programme.clock, 2)
    work.write(Listener(), commands.register, form)
    settled(qtbot, file)
    file.open(form.household_id)
    assert loaded(file, qtbot) == ["first"]
    assert file.column.part("first") is not old
    assert file.column.part("first").household == form.household_id


def test_the_keys_go_back_to_where_a_question_was_opened(qtbot: QtBot, file: FamilyFile) -> None:
    opener = named(file, "mendReach")
    opener.setFocus()
    QTest.keyClick(opener, Qt.Key.Key_Return)
    assert file.typing.asking is not None
    named(file, "leaveQuestion").click()
    assert file.focusWidget() is opener
    QTest.keyClick(opener, Qt.Key.Key_Return)
    file.act()
    loaded(file, qtbot)
    assert isinstance(file.focusWidget(), QPushButton)
    assert file.focusWidget().objectName() == "mendReach"
