"""Code lists of the centre in the window: what forms offer, old answers that are kept, and a bundle that comes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpdesk.centre import code_lists
from helpdesk.core.codes import Lists
from helpdesk.core.language import Words
from helpdesk.desk.bundle import ListedCode
from helpdesk.exchange import installing
from helpdesk.households.codes import OTHER_REASON, SEX, SOCIAL
from helpdesk.households.documents import BarrierItem
from helpdesk.journey.arrivals.codes import TENURE
from tests.programme import Programme, passphrase
from ui.app import Program
from ui.forms.barriers import BarriersPart
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.window import Window

OPENING_MS = 30_000
TOLD = Lists(
    [
        ListedCode("other_reason", "XEXAM", {"en": "Waits for exams"}),
        ListedCode("other_reason", "XKIN", retired=True),
        ListedCode("tenure", "KIN", {"en": "With cousins"}, retired=True),
        ListedCode("social_assistance", "SSN", retired=True),
    ]
)


@pytest.fixture
def told_look(look: Look) -> Look:
    return replace(look, words=look.words.with_lists(TOLD))


def test_a_form_offers_what_is_offered(told_look: Look) -> None:
    part = BarriersPart(told_look)
    assert part.other.button("XEXAM").text() == "Waits for exams"
    with pytest.raises(KeyError):
        part.other.button("XKIN")
    part.other.button("XEXAM").click()
    assert part.items() == (BarrierItem("XEXAM"),)


def test_an_old_answer_is_shown_and_kept(told_look: Look) -> None:
    part = BarriersPart(told_look)
    old = (BarrierItem("C1HOU"), BarrierItem("XKIN"), BarrierItem("XFAR"))
    part.show_items(old)
    assert part.items() == old
    assert part.other.button("XKIN").text() == Words("en").label(OTHER_REASON.name, "XKIN")
    assert part.other.button("XFAR").text() == "XFAR"
    row = ChoiceRow(told_look, "tenure", "Tenure", entries_of(told_look, TENURE))
    row.choose("KIN")
    assert row.chosen == "KIN"
    assert row.button("KIN").text() == "With cousins"
    ticks = TickGroup(told_look, "social", "Assistance", entries_of(told_look, SOCIAL))
    ticks.tick(("SSN",))
    assert ticks.ticked == ("SSN",)


def test_a_closed_list_shows_nothing_else(told_look: Look) -> None:
    row = ChoiceRow(told_look, "sex", "Sex", entries_of(told_look, SEX))
    row.choose("X")
    assert row.chosen is None


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, programme: Programme) -> Iterator[Program]:
    made = Program(qapp, programme.home / "one", lambda: None)
    qtbot.addWidget(made.frame)
    made.start()
    made.sign_in.user.setText("clerk")
    made.sign_in.passphrase.setText(passphrase("clerk"))
    made.sign_in.ask()
    qtbot.waitUntil(lambda: made.window is not None and not made.work.busy, timeout=OPENING_MS)
    yield made
    made.end()


def test_a_bundle_that_comes_in_is_offered_at_once(qtbot: QtBot, programme: Programme, program: Program) -> None:
    with programme.office() as office:
        office.gate.do(code_lists.add, office, "other_reason", "XEXAM", {"en": "Waits for exams"})
    path: Path = programme.bundle("one")
    before = program.window
    assert isinstance(before, Window)
    before.go("new_family")
    done: list[object] = []
    program.work.call(program, lambda desk: installing.install(desk, path), then=done.append)
    qtbot.waitUntil(lambda: bool(done) and program.window is not before and not program.work.busy, timeout=OPENING_MS)
    assert isinstance(program.window, Window)
    assert program.window.trail[-1][0] == "new_family"
    assert "XEXAM" in program.look.words.lists.offered(OTHER_REASON)
