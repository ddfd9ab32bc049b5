"""What is said while people are typed: a wrong name at once, the size of the family once the list is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.programme import Programme
from tests.ui.real_desk import Fingers, around_of, shown, work_at
from tests.ui.test_six_in_120 import consent_and_group
from ui.forms.member_line import MemberLine
from ui.pages.new_family import NewFamily
from ui.theme import Look
from ui.work import Work

DAY = date(2026, 11, 21)


@pytest.fixture
def work(qtbot: QtBot, programme: Programme) -> Iterator[Work]:
    with work_at(qtbot, programme) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, programme: Programme, work: Work, look: Look) -> NewFamily:
    made = NewFamily(around_of(work, programme, look))
    shown(qtbot, made)
    return made


@pytest.mark.parametrize("name", ["\u0623\u062d\u0645\u062f", "Z\u00een", "\u5f20", "O'Neil 2"])
def test_a_letter_of_any_script_makes_a_name(qtbot: QtBot, look: Look, name: str) -> None:
    line = MemberLine(look, DAY)
    qtbot.addWidget(line)
    line.names["given"].setText(name)
    line.names["father"].setText(name)
    assert line.note.isHidden()
    assert line.lacks() is line.sex


@pytest.mark.parametrize("part", ["given", "father", "grandfather", "family"])
def test_what_holds_no_letter_is_said_at_its_line_and_can_be_mended(qtbot: QtBot, look: Look, part: str) -> None:
    line = MemberLine(look, DAY)
    qtbot.addWidget(line)
    line.set_place(2)
    line.names["given"].setText("Nour")
    line.names["father"].setText("Kareem")
    line.names[part].setText("12-")
    assert line.note.text().startswith("Line 3")
    assert line.lacks() is line.names[part]
    line.names[part].setText("Hamo")
    assert line.note.isHidden()


def test_the_size_is_compared_once_the_roster_is_left(page: NewFamily) -> None:
    fingers = Fingers(page)
    consent_and_group(fingers)
    fingers.digits("6")
    for part in ("Nour", "Kareem", "Ali", "Hamo"):
        fingers.name(part)
    fingers.digits("2")
    fingers.digits("40")
    fingers.enter()
    size = page.form.people.fields["size"]
    assert size.below.text() == ""
    fingers.enter()  # an empty line ends the list
    assert fingers.at() == "principal"
    assert size.below.text().startswith("They said 6")


def test_enter_walks_past_the_text_that_was_read(page: NewFamily) -> None:
    fingers = Fingers(page)
    consent_and_group(fingers)
    consent = page.form.consent
    consent.language.setFocus()
    fingers.enter()
    assert fingers.at() == consent.aloud.objectName()
    fingers.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert fingers.at().startswith("consent.language")
