"""Arrival packages in the window: its contract, what comes and is counted, and what is given by scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.kits import commands, queries
from helpdesk.desk.roles import Role
from tests.programme import Programme
from tests.ui.conftest import Went, named, type_text
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, asked, settled, shown, work_at
from ui.pages.kits import Kits
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work


@pytest.fixture
def here(programme: Programme) -> Programme:
    """A desk to which forty packages came."""
    programme.at("one", "clerk", lambda desk: desk.do(commands.receive, 40, "A lorry of the partner"))
    return programme


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "clerk") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.CLERK) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> Kits:
    made = Kits(surroundings(look))
    shown(qtbot, made)
    return made


class TestKits(PageContract):
    def make(self, around: Surroundings) -> Kits:
        return Kits(around)


def press(page: QWidget, name: str) -> None:
    made = named(page, name)
    assert isinstance(made, QPushButton)
    made.click()


def test_what_came_is_typed_in_any_digits(qtbot: QtBot, page: Kits) -> None:
    assert page.here.text() == "40"
    page.act()
    type_text(page.part.number, "\u0661\u0660")
    page.act()
    assert page.focusWidget() is page.part.note, "from whom they came is asked"
    page.part.note.setText("A second lorry")
    page.act()
    settled(qtbot, page)
    assert page.here.text() == "50"
    assert page.table.rows.rowCount() == 2


def test_a_count_that_differs_needs_a_word(qtbot: QtBot, page: Kits) -> None:
    press(page, "kits.COUNTED")
    page.part.number.setText("38")
    page.act()
    assert page.focusWidget() is page.part.note
    page.part.note.setText("Two were torn open by rats")
    page.act()
    settled(qtbot, page)
    assert asked(qtbot, page, queries.stock).here == 38
    page.print_pressed()
    went = page.around.go
    assert isinstance(went, Went)
    assert isinstance(went.places[-1][1], Paper)


def test_more_than_lies_here_is_not_written_off(qtbot: QtBot, page: Kits) -> None:
    press(page, "kits.DAMAGED")
    page.part.number.setText("41")
    page.part.note.setText("The roof leaked")
    page.act()
    settled(qtbot, page)
    assert "only 40" in named(page, "stripSentence").property("text")
    assert not page.part.isHidden(), "what was typed stays"


def test_a_family_that_has_not_arrived_is_told_so(
    qtbot: QtBot, look: Look, here: Programme, surroundings: Callable[..., Surroundings]
) -> None:
    page = Kits(surroundings(look))
    shown(qtbot, page)
    page.take_scan("0000000000")
    settled(qtbot, page)
    assert named(page, "stripSentence").property("text")
    assert asked(qtbot, page, queries.stock).issued == 0
