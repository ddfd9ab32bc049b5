"""Many families at once: a camp's list with its report, first cards in pieces with a stop, forms for the dark hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Stopped
from helpdesk.core.progress import silent
from helpdesk.households import cards, commands, expected
from helpdesk.households.list_columns import COLUMNS
from helpdesk.opening import Desk
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.conftest import named
from tests.ui.real_desk import Fingers, settled
from tests.ui.test_family_journeys import LIST, ask, both, open_page, registered, went, work
from ui.forms import card_round
from ui.forms.card_round import issue_round
from ui.forms.list_report import COLUMN_TITLES
from ui.pages.many import Many
from ui.printing import Paper, page_millimetres
from ui.theme import Look

__all__ = ["ask", "both", "open_page", "registered", "work"]

SPOILED = LIST + "18,1,head,m,400,Hassan,Ali,Omar,Aljuburi,,\n,,,,,,,,,,\n19,1,head,f,30,,,,,,\n"
CR80 = (85.6, 53.98)


def press(page: Any, name: str) -> None:
    named(page, name).setFocus()
    Fingers(page).enter()


def test_a_list_is_loaded_and_its_report_says_row_column_and_reason(
    qtbot: QtBot, both: Look, programme: Programme, open_page: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    page = open_page(Many, both)
    empty = page.waiting.text()
    path = programme.home / "list.csv"
    path.write_text(SPOILED, encoding="utf-8")
    page.load_list(path)
    settled(qtbot, page)
    assert ask(expected.waiting) >= 1
    assert page.waiting.text() != empty
    assert page.loaded.text()
    assert page.report.isVisibleTo(page)
    model = page.report.rows
    shown = [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    ages = [line for line in shown if both.words(COLUMN_TITLES["age"]) in str(line[1])]
    assert ages
    assert both.words.digits(4) in str(ages[0][0])
    assert "list.age" not in str(shown)
    target = programme.home / "report.csv"
    page.save_report(target)
    settled(qtbot, page)
    assert len(target.read_text(encoding="utf-8").splitlines()) == model.rowCount() + 1


def test_every_column_of_a_list_has_a_title() -> None:
    assert set(COLUMN_TITLES) == set(COLUMNS)


def test_a_list_that_cannot_be_read_is_refused_in_words(
    qtbot: QtBot, look: Look, programme: Programme, open_page: Callable[..., Any]
) -> None:
    path = programme.home / "list.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    page = open_page(Many, look)
    page.load_list(path)
    settled(qtbot, page)
    assert named(page, "stripSentence").text()
    assert not page.report.isVisibleTo(page)


def test_first_cards_are_printed_for_families_that_have_none(
    qtbot: QtBot, both: Look, registered: str, open_page: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    page = open_page(Many, both)
    assert page.issue.isEnabled()
    press(page, "issueRound")
    settled(qtbot, page)
    place, paper = went(page)[-1]
    assert place == "paper"
    assert isinstance(paper, Paper)
    assert paper.draw is not None
    assert page_millimetres(paper.draw(1)) == [pytest.approx(CR80, abs=0.2)]
    assert ask(cards.without_card, 10) == ()
    assert not page.issue.isEnabled()


@pytest.fixture
def five(programme: Programme) -> Programme:
    def serve(desk: Desk) -> None:
        for index in range(5):
            programme.clock.move(seconds=1)
            desk.do(commands.register, practice_form(programme.clock, index))

    programme.at("one", "clerk", serve)
    return programme


def test_a_stop_keeps_what_was_issued(five: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_round, "PIECE", 2)

    def stop_after_the_first_piece(done: int, _total: int | None, _step: str) -> None:
        if done:
            raise Stopped

    def serve(desk: Desk) -> None:
        assert len(issue_round(desk, stop_after_the_first_piece)) == 2
        assert len(desk.ask(cards.without_card, 10)) == 3
        assert len(issue_round(desk, silent)) == 3
        assert issue_round(desk, silent) == ()

    five.at("one", "clerk", serve)


def test_who_withdrew_gets_no_card_and_stops_nobody_else(five: Programme) -> None:
    def serve(desk: Desk) -> None:
        gone, *others = desk.ask(cards.without_card, 10)
        desk.do(commands.withdraw_consent, gone, "DATA", "Sara Ali")
        assert list(desk.ask(cards.without_card, 10)) == others
        assert len(issue_round(desk, silent)) == len(others)

    five.at("one", "clerk", serve)


@pytest.mark.parametrize(("typed", "sheets"), [("3", 3), ("0", 0), ("201", 0), ("", 0)])
def test_paper_forms_are_drawn_between_one_and_two_hundred(
    qtbot: QtBot, look: Look, open_page: Callable[..., Any], typed: str, sheets: int
) -> None:
    page = open_page(Many, look)
    page.count.setFocus()
    Fingers(page).digits(typed, enter=False)
    press(page, "drawForms")
    settled(qtbot, page)
    papers = [subject for place, subject in went(page) if place == "paper"]
    assert sum(len(page_millimetres(paper.pdf)) for paper in papers) == 2 * sheets
    assert bool(page.count_field.below.property("tone")) is (sheets == 0)
