"""Cash in the window: its contract, the notes in any digits, a day that adds up or is explained, two signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.cash import commands, queries
from helpdesk.desk.roles import Role
from tests.programme import Programme
from tests.ui.conftest import Went, named, type_text
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, asked, done, settled, shown, work_at
from ui.pages.cash import Cash
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

COUNTER = "supervisor"
TEN_NOTES = {"25000": 10}


@pytest.fixture(scope="module")
def ready(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Cash came in, and a clerk counted all of it; copied for each test."""
    full = ready_programme.copied(tmp_path_factory.mktemp("cash"))
    point = full.numbers["one"]
    full.at("one", "clerk", lambda desk: desk.do(commands.receive, point, TEN_NOTES, "A cashier"))
    full.at("one", "clerk", lambda desk: desk.do(commands.count, point, TEN_NOTES, 0))
    return full


@pytest.fixture
def here(ready: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return ready.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def point(here: Programme) -> int:
    return here.numbers["one"]


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, COUNTER) as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> Cash:
    made = Cash(surroundings(look))
    shown(qtbot, made)
    return made


class TestCash(PageContract):
    names = frozenset({"cashPoint"})

    def make(self, around: Surroundings) -> Cash:
        return Cash(around)


def press(page: QWidget, name: str) -> None:
    made = named(page, name)
    assert isinstance(made, QPushButton)
    made.click()


def test_the_two_sides_stand_beside_one_another(page: Cash) -> None:
    assert "250,000" in page.sides.cash_told.text()
    assert "adds up" in page.sides.papers_told.text()
    assert page.table.rows.rowCount() == 1


def test_cash_comes_in_counted_in_any_digits(qtbot: QtBot, page: Cash, point: int) -> None:
    press(page, "cashTakeIn")
    edit = page.came.notes.edit(10_000)
    edit.setFocus()
    type_text(edit, "\u0661\u0662")
    assert edit.value() == "12"
    assert "120,000" in page.came.notes.total.text()
    page.act()
    assert page.focusWidget() is page.came.other, "whoever handed it over is asked"
    page.came.other.setText("Huda Salim")
    page.act()
    settled(qtbot, page)
    assert page.came.isHidden()
    assert asked(qtbot, page, queries.held, point) == 250_000 + 120_000


def test_more_than_there_is_does_not_go_back(qtbot: QtBot, page: Cash, point: int) -> None:
    press(page, "cashGiveBack")
    page.back.notes.edit(50_000).setText("6")
    page.back.other.setText("Huda Salim")
    page.act()
    settled(qtbot, page)
    assert "no more than" in named(page, "stripSentence").property("text")
    assert not page.back.isHidden(), "what was typed stays"
    assert asked(qtbot, page, queries.held, point) == 250_000


def test_a_difference_is_explained_or_the_count_is_not_taken(qtbot: QtBot, page: Cash, point: int) -> None:
    page.act()
    settled(qtbot, page)
    page.count.notes.edit(25_000).setText("9")
    page.count.papers.setText("0")
    assert "25,000" in page.count.told.text()
    assert "too little" in page.count.told.text()
    page.act()
    assert page.focusWidget() is page.count.why
    page.count.why.setText("One note was torn and is kept apart")
    page.act()
    settled(qtbot, page)
    newest = asked(qtbot, page, queries.day_ends, point)[0]
    assert newest.differences == ("CASH",)
    assert not newest.closed


def test_the_second_person_signs_and_the_day_is_closed(qtbot: QtBot, page: Cash, point: int) -> None:
    press(page, "cashSign")
    assert not asked(qtbot, page, queries.day_ends, point)[0].closed, "asked once before it is signed"
    press(page, "stripWayOn")
    settled(qtbot, page)
    (end,) = asked(qtbot, page, queries.day_ends, point)
    assert end.closed
    assert (end.counted_by, end.signed_by) == ("clerk", COUNTER)
    assert not page.take_in.isVisibleTo(page), "today is closed"
    page.print_pressed()
    went = page.around.go
    assert isinstance(went, Went)
    assert isinstance(went.places[-1][1], Paper)
    press(page, "cashCorrect")
    page.correct.way.choose("FEWER")
    page.correct.amount.setText("25000")
    page.correct.why.setText("A note was false, the bank kept it")
    page.act()
    settled(qtbot, page)
    assert asked(qtbot, page, queries.day_ends, point)[0].corrections[0].amount == -25_000


def test_nobody_signs_her_own_count(qtbot: QtBot, page: Cash, point: int) -> None:
    own = done(qtbot, page, commands.count, point, TEN_NOTES, 0)
    page.table.selectRow(page.table.rows.row_of(own) or 0)
    press(page, "cashSign")
    press(page, "stripWayOn")
    settled(qtbot, page)
    assert "second person" in named(page, "stripSentence").property("text")
    assert not any(end.closed for end in asked(qtbot, page, queries.day_ends, point))


def test_a_day_that_was_left_open_is_named(
    qtbot: QtBot, look: Look, here: Programme, surroundings: Callable[..., Surroundings]
) -> None:
    here.clock.move(days=1)
    page = Cash(surroundings(look))
    shown(qtbot, page)
    assert page.left_open.isVisibleTo(page)
    page.act()
    settled(qtbot, page)
    assert page.count.on.count() == 3, "nothing, the day before, and today"
