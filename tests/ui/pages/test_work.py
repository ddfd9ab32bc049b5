"""Cash for work in the window: its contract, and a sheet from the card of a family to its vouchers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.attendance import commands, queries
from helpdesk.assistance.attendance.documents import WorkForm
from helpdesk.core.clock import day_number
from helpdesk.desk.bundle import GrantAmount, GrantPolicy
from helpdesk.desk.roles import Role
from helpdesk.exchange import installing
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.queries import lines
from helpdesk.opening import Desk
from tests.people import DAY, practice_form
from tests.programme import Programme
from tests.ui.conftest import Went, named
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, asked, settled, shown, work_at
from ui.forms.work_pieces import grown_of
from ui.pages.work import WorkSheets
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.place_picker import PlacePicked
from ui.work import Work

RATE = 25_000
SHEET_DAYS = 3


@pytest.fixture(scope="module")
def ready(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, str, str]:
    """A desk that pays for days of work, a family's number, and a sheet with its first grown member."""
    full = ready_programme.copied(tmp_path_factory.mktemp("work"))
    today = day_number(DAY)
    policy = GrantPolicy("CFW", "IQD", 1, today - 30, today + 365, 30, (GrantAmount(1, 40, RATE, days=20),))
    path = full.bundle("one", grants=(policy,))
    full.at("one", "admin", lambda desk: installing.install(desk, path))
    household = full.register("one", practice_form(full.clock))

    def begin(desk: Desk) -> tuple[str, str]:
        number = desk.ask(lines, (household,))[household].number
        person = desk.ask(grown_of, number)[0].person
        first = full.clock.now().date() - timedelta(SHEET_DAYS - 1)
        point = full.numbers["one"]
        form = WorkForm(PlaceAnswer(unlisted="the school"), "Clearing", first, DAY, point, (person,))
        return number, desk.do(commands.open_, form)

    number, sheet = full.at("one", "clerk", begin)
    return full, number, sheet


@pytest.fixture
def here(ready: tuple[Programme, str, str], tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return ready[0].copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestWork(PageContract):
    names = frozenset({"sheetName", "sheetAbout", "sheetForeman"})

    @pytest.fixture(autouse=True)
    def _full(self, ready: tuple[Programme, str, str]) -> None:
        type(self).full = ready[2]

    def make(self, around: Surroundings) -> WorkSheets:
        return WorkSheets(around)


def press(page: QWidget, name: str) -> None:
    made = named(page, name)
    assert isinstance(made, QPushButton)
    made.click()


def test_a_sheet_is_opened_with_people_by_their_card(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ready: tuple[Programme, str, str]
) -> None:
    page = WorkSheets(surroundings(look))
    shown(qtbot, page)
    assert page.table.rows.rowCount() == 1
    page.act()
    assert page.take_scan(ready[1])
    settled(qtbot, page)
    first = named(page, "sheetPerson0")
    assert isinstance(first, QCheckBox)
    first.setChecked(True)
    page.form.work.setText("Repairing the school")
    page.act()
    assert not page.form.isHidden(), "where it is done is still to be said"
    page.form.place.show_value(PlacePicked(words="the school"), "the school")
    page.act()
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    place, sheet = went.places[-1]
    assert place == "work"
    assert asked(qtbot, page, queries.sheet_of, sheet).sheet.work == "Repairing the school"


def test_days_are_entered_once_and_another_signs(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ready: tuple[Programme, str, str]
) -> None:
    sheet = ready[2]
    page = WorkSheets(surroundings(look))
    shown(qtbot, page, sheet)
    (worker,) = asked(qtbot, page, queries.sheet_of, sheet).workers
    for back in range(2):
        page.days.tick(worker.person, DAY - timedelta(back)).setChecked(True)
    page.act()
    assert page.focusWidget() is page.days.foreman, "whoever signed the paper is asked"
    page.days.foreman.setText("Huda Salim")
    page.act()
    settled(qtbot, page)
    assert asked(qtbot, page, queries.sheet_of, sheet).sheet.person_days == 2
    press(page, "sheetSign")
    press(page, "stripWayOn")
    settled(qtbot, page)
    assert "Another supervisor" in named(page, "stripSentence").property("text")
    assert asked(qtbot, page, queries.sheet_of, sheet).sheet.state == "OPEN"
    page.print_pressed()
    went = page.around.go
    assert isinstance(went, Went)
    paper = went.places[-1][1]
    assert isinstance(paper, Paper)
    assert not paper.may_save


def test_signed_days_become_vouchers(
    qtbot: QtBot, look: Look, here: Programme, ready: tuple[Programme, str, str]
) -> None:
    sheet = ready[2]

    def enter(desk: Desk) -> None:
        (worker,) = desk.ask(queries.sheet_of, sheet).workers
        desk.do(commands.enter, sheet, "Huda Salim", {worker.person: (DAY,)})

    here.at("one", "clerk", enter)
    with work_at(qtbot, here, "supervisor") as work:
        page = WorkSheets(around_of(work, here, look, Role.SUPERVISOR.value))
        shown(qtbot, page, sheet)
        press(page, "sheetSign")
        press(page, "stripWayOn")
        settled(qtbot, page)
        action = page.main_action()
        assert action is not None
        assert not action.missing
        page.act()
        settled(qtbot, page)
        assert len(asked(qtbot, page, queries.sheet_of, sheet).sheet.vouchers) == 1
        assert page.main_action() is None


def test_a_sheet_that_was_a_mistake_is_dropped_with_a_reason(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ready: tuple[Programme, str, str]
) -> None:
    page = WorkSheets(surroundings(look))
    shown(qtbot, page, ready[2])
    press(page, "sheetDrop")
    settled(qtbot, page)
    assert named(page, "stripSentence").property("text"), "a reason is needed"
    page.reason.setText("It was opened for another week")
    press(page, "sheetDrop")
    settled(qtbot, page)
    assert asked(qtbot, page, queries.sheet_of, ready[2]).sheet.state == "VOID"
