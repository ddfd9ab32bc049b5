"""The readiness board and the worklists: exact counts, keys, bulk acts with those apart who may not, and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from helpdesk.desk.roles import Role
from helpdesk.households import commands
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries
from helpdesk.journey.cases.worklists import CARDS
from helpdesk.opening import Desk
from tests.journey.ready import preparing_family, returning_form
from tests.programme import Programme
from tests.ui.conftest import Listener, named
from tests.ui.page_contract import PageContract
from tests.ui.pictured import picture
from tests.ui.real_desk import around_of, settled, shown, work_at
from tests.ui.test_family_journeys import both
from ui.forms.movement_chosen import Chosen
from ui.pages.family_file import FamilyFile
from ui.pages.journey import Journey
from ui.pages.worklists import Worklists
from ui.plan import FILE_LEAD, FILE_PARTS, WORKLISTS
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

__all__ = ["both"]

ON_THE_WAY = "019a0000-0000-7000-8000-00000000000a"
READY, LACKING, SCREENED = 2, 1, CARDS + 2


@pytest.fixture(scope="module")
def moving_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Families at several steps: two that lack nothing, one that lacks its briefing, seven that are screened."""
    made = ready_programme.copied(tmp_path_factory.mktemp("moving"))

    def serve(desk: Desk) -> None:
        for _ in range(READY):
            preparing_family(desk)
        for _ in range(LACKING):
            preparing_family(desk, ("H8",), household_id=ON_THE_WAY)
        for _ in range(SCREENED):
            desk.do(commands.register, returning_form(desk.clock))

    made.at("one", "supervisor", serve)
    return made


@pytest.fixture
def here(moving_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return moving_programme.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


@pytest.fixture
def ask(qtbot: QtBot, work: Work) -> Callable[..., Any]:
    def run(query: Callable[..., Any], *args: Any) -> Any:
        found: list[Any] = []
        work.read(Listener(), query, *args, then=found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return run


class TestJourney(PageContract):
    def make(self, around: Surroundings) -> Journey:
        return Journey(around)


class TestWorklists(PageContract):
    full: ClassVar[Any] = "MISSING:H8"

    def make(self, around: Surroundings) -> Worklists:
        return Worklists(around, WORKLISTS)


class TestFamilyOnTheWay(PageContract):
    full = ON_THE_WAY

    def make(self, around: Surroundings) -> FamilyFile:
        return FamilyFile(around, FILE_PARTS, FILE_LEAD)


def cards(page: Journey, state: str) -> list[QPushButton]:
    column = named(page, f"column.{state}")
    return [one for one in column.findChildren(QPushButton) if one.objectName().startswith("card.")]


def test_the_board_counts_exactly_and_shows_a_page_of_each_column(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ask: Callable[..., Any]
) -> None:
    page = Journey(surroundings(look))
    shown(qtbot, page)
    counted = {column.state: column.families for column in ask(queries.board)}
    assert (counted["SCREENED"], counted["PREPARING"]) == (SCREENED, READY + LACKING)
    assert len(cards(page, "SCREENED")) == CARDS
    assert len(cards(page, "PREPARING")) == READY + LACKING
    assert cards(page, "READY") == []
    text = cards(page, "SCREENED")[0].text()
    assert look.words.plural("{n} person", "{n} persons", 3) in text
    assert "Nour" not in text


def test_the_board_is_worked_by_keys(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> None:
    page = Journey(surroundings(look))
    shown(qtbot, page)
    first = cards(page, "SCREENED")[0]
    page.focus_first()
    assert page.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert page.focusWidget() is cards(page, "PREPARING")[0]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Left)
    before = {one.objectName() for one in cards(page, "SCREENED")}
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_PageDown)
    settled(qtbot, page)
    after = {one.objectName() for one in cards(page, "SCREENED")}
    assert len(after) == SCREENED - CARDS
    assert not after & before
    assert page.focusWidget().objectName() in after
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_PageUp)
    settled(qtbot, page)
    assert {one.objectName() for one in cards(page, "SCREENED")} == before
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    name, household = page.around.go.places[-1]
    assert (name, f"card.{household}") == ("family", page.focusWidget().objectName())


def test_what_is_missing_and_each_column_lead_to_their_lists(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Journey(surroundings(look))
    shown(qtbot, page)
    for control, wanted in (
        ("lacking.H8", "MISSING:H8"),
        ("list.SCREENED", "SCREENED"),
        ("at.DECLARE", "DECLARE"),
        ("mainAction", "DECLARE"),
    ):
        named(page, control).click()
        assert page.around.go.places[-1] == ("worklists", (wanted, ""))
    page.print_pressed()
    settled(qtbot, page)
    name, paper = page.around.go.places[-1]
    assert name == "paper"
    assert paper.pdf.startswith(b"%PDF")


def test_many_are_declared_ready_and_who_lacks_something_is_told_apart(
    qtbot: QtBot, both: Look, surroundings: Callable[..., Surroundings], ask: Callable[..., Any], work: Work
) -> None:
    page = Worklists(surroundings(both), WORKLISTS)
    shown(qtbot, page, "DECLARE")
    assert len(page._ids) == READY
    # meanwhile one of them loses what it had: the gate looks again, whatever the list said
    (lacking,) = ask(queries.worklist, "MISSING")
    page._ids = [*page._ids, lacking]
    page.act()
    named(page, "stripWayOn").click()
    settled(qtbot, page)
    counted = {column.state: column.families for column in ask(queries.board)}
    assert (counted["READY"], counted["PREPARING"]) == (READY, LACKING)
    named(page, "stripWayOn").click()
    settled(qtbot, page)
    assert list(page._ids) == [lacking]
    line = ask(queries.lines, [lacking])[lacking]
    assert page._worded.lacking(line) != both.words.label("safeguard", "H8")
    assert page._worded.refused[lacking].code.startswith("gate.")


def test_a_briefing_is_written_down_for_all_of_a_list(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ask: Callable[..., Any]
) -> None:
    page = Worklists(surroundings(look), WORKLISTS)
    shown(qtbot, page, "MISSING:H8")
    assert len(page._ids) == LACKING
    named(page, "briefAll").click()
    piece = page.typing.asking.part
    assert page.main_action().missing
    piece.items.tick(("TIME", "ROUTE", "GRANT", "ASSETS", "CONTACTS", "ERW", "STOP"))
    page.act()
    settled(qtbot, page)
    assert ask(queries.worklist, "MISSING") == []
    assert len(ask(queries.worklist, "DECLARE")) == READY + LACKING


def test_a_list_is_chosen_by_arrows_opened_and_printed(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Worklists(surroundings(look), WORKLISTS)
    shown(qtbot, page, "DECLARE")
    assert page.focusWidget() is page.lists
    QTest.keyClick(page.lists, Qt.Key.Key_Down)
    settled(qtbot, page)
    assert page._code == "MISSING"
    assert page.safeguard.isVisibleTo(page)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    name, subject = page.around.go.places[-1]
    assert (name, subject.household) == ("family", page._ids[0])
    page.print_pressed()
    settled(qtbot, page)
    name, paper = page.around.go.places[-1]
    assert name == "paper"
    assert paper.title == look.words.label("worklist", "MISSING")


def test_a_list_of_another_room_opens_its_page(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Worklists(surroundings(look), WORKLISTS)
    shown(qtbot, page, "unpaid")
    assert page._ids == []
    row = next(n for n in range(page.lists.count()) if page.lists.item(n).data(Qt.ItemDataRole.UserRole) == "calls")
    page.lists.setCurrentRow(row)
    assert page.around.go.places[-1] == ("calls", "OVERDUE")


def test_a_clerk_sees_lists_but_declares_nobody(qtbot: QtBot, look: Look, here: Programme) -> None:
    with work_at(qtbot, here, "clerk") as work:
        page = Worklists(around_of(work, here, look, "clerk"), WORKLISTS)
        shown(qtbot, page, "DECLARE")
        assert len(page._ids) == READY
        assert page.main_action() is None


def test_ready_families_come_along_when_a_movement_is_planned(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ask: Callable[..., Any]
) -> None:
    page = Worklists(surroundings(look), WORKLISTS)
    shown(qtbot, page, "DECLARE")
    ready = tuple(ask(queries.worklist, "DECLARE"))
    page.write(cases.bulk_declare_ready, ready)
    settled(qtbot, page)
    page.open("READY")
    settled(qtbot, page)
    plan = named(page, "planOne")
    assert isinstance(plan, QPushButton)
    assert plan.text() == f"Plan a movement for {READY} families"
    plan.click()
    assert page.around.go.places[-1] == ("convoys", Chosen(ready))


def test_a_clerk_proposes_follow_up_and_a_supervisor_confirms(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], ask: Callable[..., Any]
) -> None:
    clerk = FamilyFile(surroundings(look, Role.CLERK), FILE_PARTS, FILE_LEAD)
    shown(qtbot, clerk, ON_THE_WAY)
    texts = case_acts(qtbot, clerk)
    assert look.words("Follow-up at the centre") not in texts
    texts[look.words("Propose follow-up at the centre")].click()
    settled(qtbot, clerk)
    clerk.act()
    settled(qtbot, clerk)
    assert look.words("Take it back") in case_acts(qtbot, clerk)

    lists = Worklists(surroundings(look), WORKLISTS)
    shown(qtbot, lists, "proposed")
    assert list(lists._ids) == [ON_THE_WAY]

    page = FamilyFile(surroundings(look), FILE_PARTS, FILE_LEAD)
    shown(qtbot, page, ON_THE_WAY)
    case_acts(qtbot, page)[look.words("Confirm: follow-up at the centre")].click()
    settled(qtbot, page)
    picture(page, "proposed")
    assert named(page, "review.day").property("text")
    page.act()
    settled(qtbot, page)
    assert ask(queries.standing_of, ON_THE_WAY).state == "FOLLOW_UP"
    assert look.words("Decline") not in case_acts(qtbot, page)


def case_acts(qtbot: QtBot, page: FamilyFile) -> dict[str, QPushButton]:
    part = page.column.part("case")
    assert part is not None
    part.load()
    settled(qtbot, page)
    settled(qtbot, page)
    return {one.text(): one for one in part.findChildren(QPushButton) if one.isVisibleTo(part)}
