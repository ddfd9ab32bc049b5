"""What is said while people are typed: a wrong name at once, the size of the family once the list is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from helpdesk.core.language import Words
from helpdesk.desk import drafts
from helpdesk.households import commands, queries
from tests.programme import Programme
from tests.ui.conftest import Listener, named
from tests.ui.real_desk import Fingers, around_of, settled, shown, work_at
from tests.ui.test_six_in_120 import consent_and_group
from ui.forms.member_line import MemberLine
from ui.pages.new_family import NewFamily
from ui.pages.today import Today, TodayCalls
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


def test_a_form_in_which_nothing_was_typed_waits_nowhere(
    qtbot: QtBot, programme: Programme, work: Work, page: NewFamily
) -> None:
    page.form.know_today(date(2026, 12, 1))  # the desk's day is another than the laptop's
    page.around.drafts.save_all()
    page.open()
    settled(qtbot, page)
    page.around.drafts.save_all()
    settled(qtbot, page)
    assert waiting(qtbot, work) == ()


def test_a_form_that_waits_is_named_by_its_head_and_can_be_discarded(
    qtbot: QtBot, programme: Programme, work: Work, look: Look, page: NewFamily
) -> None:
    fingers = Fingers(page)
    consent_and_group(fingers)
    fingers.digits("2")
    fingers.name("Nour")
    page.around.drafts.save_all()
    settled(qtbot, page)
    around = replace(around_of(work, programme, look), drafts=page.around.drafts)
    today = Today(around, TodayCalls(queries.today, commands.register))
    shown(qtbot, today)
    assert "Nour" in button_of(today, "draft0").text()
    button_of(today, "discard0").click()
    assert len(waiting(qtbot, work)) == 1
    button_of(today, "stripWayOn").click()
    settled(qtbot, today)
    assert waiting(qtbot, work) == ()
    page.open()
    settled(qtbot, page)
    assert page.form.consent.answer.chosen is None
    assert page.form.people.roster.filled() == []


def waiting(qtbot: QtBot, work: Work) -> tuple[drafts.Draft, ...]:
    found: list[tuple[drafts.Draft, ...]] = []
    work.read(Listener(), drafts.listed, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def button_of(page: Today, name: str) -> QPushButton:
    found = named(page, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_keys_go_back_to_the_field_they_were_in(
    qtbot: QtBot, programme: Programme, work: Work, page: NewFamily
) -> None:
    fingers = Fingers(page)
    consent_and_group(fingers)
    fingers.digits("2")
    fingers.name("Nour")
    page.form.people.roster.lines[0].names["family"].setFocus()
    page.around.drafts.save_all()
    settled(qtbot, page)
    again = NewFamily(replace(page.around, look=Look(Words("ar"))))
    shown(qtbot, again)
    assert Fingers(again).at() == "member.0.family"
    after_a_power_cut = NewFamily(around_of(work, programme, page.look))
    shown(qtbot, after_a_power_cut, waiting(qtbot, work)[0].key)
    assert Fingers(after_a_power_cut).at() == "member.0.father"
