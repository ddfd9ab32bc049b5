"""Movements in the window: the contract of both pages, and a convoy's day from the plan to the closed manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Refusal
from helpdesk.desk.roles import Role
from helpdesk.households.paper_forms import draw
from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.departures import bulk, planning, queries
from helpdesk.opening import Desk
from tests.journey.leaving import movement_plan, prepared
from tests.programme import Programme
from tests.ui.conftest import Went, named
from tests.ui.page_contract import PageContract
from tests.ui.pictured import picture
from tests.ui.real_desk import around_of, asked, settled, shown, work_at
from ui.forms.movement_chosen import Chosen
from ui.pages.convoy import Convoy
from ui.pages.convoys import Convoys
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

Made = tuple[Programme, list[str], list[str], str]


@pytest.fixture(scope="module")
def made(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three ready families with their numbers, two of them given today's movement."""
    programme = ready_programme.copied(tmp_path_factory.mktemp("full"))
    families = prepared(programme, 3, shared=1)

    def convoy(desk: Desk) -> str:
        desk.do(bulk_declare_ready, families)
        movement = desk.do(planning.plan, movement_plan(programme.clock, route=""))
        desk.do(planning.list_families, movement, tuple(families[:2]))
        desk.do(planning.all_fit, movement, tuple(families[:2]))
        desk.do(planning.notify, movement, "JOC", "12/2026")
        assert bulk.schedule_all(desk, movement).refused == ()
        return movement

    movement = programme.at("one", "supervisor", convoy)
    found = programme.at("one", "supervisor", lambda desk: desk.ask(lines, families))
    return programme, families, [found[one].number for one in families], movement


@pytest.fixture
def here(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return made[0].copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as opened:
        yield opened


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestConvoys(PageContract):
    full = "new"

    def make(self, around: Surroundings) -> Convoys:
        return Convoys(around)


class TestConvoy(PageContract):
    @pytest.fixture(autouse=True)
    def _movement(self, made: Made) -> None:
        type(self).full = made[3]

    def make(self, around: Surroundings) -> Convoy:
        return Convoy(around)


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], made: Made) -> Convoy:
    page = Convoy(surroundings(look))
    shown(qtbot, page, made[3])
    return page


def texts(page: Convoy) -> str:
    said = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
    return said.translate(dict.fromkeys(range(0x2066, 0x206A)))


def test_the_day_by_scans_to_the_closing(qtbot: QtBot, page: Convoy, made: Made) -> None:
    _, families, numbers, _ = made
    assert page.counter.families.text() == "0 of 2 families"
    page.take_scan(numbers[0])
    settled(qtbot, page)
    assert page.counter.families.text() == "1 of 2 families"
    assert page.counter.people.text() == "3 of 6 people"
    page.take_scan(numbers[2])
    settled(qtbot, page)
    assert "not on this movement" in texts(page)
    assert page.counter.families.text() == "1 of 2 families"
    page.act()
    settled(qtbot, page)
    assert "1 families leave now, 1 did not come" in texts(page)
    named(page, "stripWayOn").click()
    settled(qtbot, page)
    assert "The manifest is closed: 1 families left, 1 did not come." in texts(page)
    assert page.main_action() is None
    page.table.selectRow([page.table.rows.id_at(n) for n in range(2)].index(families[0]))
    settled(qtbot, page)
    page.acts.reason.setText("the bridge is closed")
    page.acts.buttons["turned_back"].click()
    settled(qtbot, page)
    assert "Turned back: 1" in texts(page)


def test_a_paper_form_is_typed_in(qtbot: QtBot, page: Convoy, made: Made) -> None:
    page.acts.buttons["type_in"].click()
    page.paper.number.setText(draw(1)[0])
    page.take_scan(made[2][1])
    settled(qtbot, page)
    page.act()
    settled(qtbot, page)
    assert page.counter.families.text() == "1 of 2 families"


def test_a_movement_is_planned_told_and_its_families_get_the_day(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], made: Made
) -> None:
    plan = Convoys(surroundings(look))
    shown(qtbot, plan, "new")
    assert plan.main_action().missing
    plan.part.day.setText("25.11.2026")
    plan.part.mode.button("IOM").click()
    named(plan, "addVehicle").click()
    named(plan, "vehicle0.plate").setText("77 B")
    assert plan.main_action().missing
    named(plan, "vehicle0.kind.BUS").click()
    plan.act()
    settled(qtbot, plan)
    went = plan.around.go
    assert isinstance(went, Went)
    name, movement = went.places[-1]
    assert name == "convoy"

    page = Convoy(surroundings(look))
    shown(qtbot, page, movement)
    page.acts.buttons["add_ready"].click()
    settled(qtbot, page)
    assert page.table.rows.rowCount() == 1
    assert page.main_action().missing
    page.acts.buttons["tell"].click()
    page.notify_part.authority.button("QAIM").click()
    page.act()
    settled(qtbot, page)
    page.act()
    settled(qtbot, page)
    assert "fit to travel" in texts(page)
    page.acts.buttons["all_fit"].click()
    settled(qtbot, page)
    page.act()
    settled(qtbot, page)
    assert "1 family has the day." in texts(page)


def picked(qtbot: QtBot, page: Convoy, household: str) -> None:
    page.table.selectRow([page.table.rows.id_at(n) for n in range(page.table.rows.rowCount())].index(household))
    settled(qtbot, page)


def test_each_traveller_is_asked_how_fit_she_is_and_what_is_taken_along(qtbot: QtBot, page: Convoy, made: Made) -> None:
    household = made[1][0]
    picked(qtbot, page, household)
    page.acts.buttons["travel"].click()
    settled(qtbot, page)
    piece = page.typing
    assert piece.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)
    named(page, "travel.fitness0.ESCORT").click()
    named(page, "travel.fitness1.DEFER").click()
    named(page, "travel.tent.AGENCY").click()
    named(page, "travel.load").setText("12")
    named(page, "travel.vehicle.67890").click()
    picture(page, "travel")
    page.act()
    settled(qtbot, page)
    assert "should wait" in texts(page)
    assert page.table.isVisibleTo(page)
    line = asked(qtbot, page, queries.travel_of, made[3], household).line
    assert [line.fitness[one] for one in line.travellers] == ["ESCORT", "DEFER", "FIT"]
    assert (line.belongings.tent, line.belongings.load, line.vehicle) == ("AGENCY", 12, "67890")


def test_a_call_on_the_road_is_written_down_and_read_again(qtbot: QtBot, page: Convoy) -> None:
    page.acts.buttons["road"].click()
    assert page.main_action().missing
    named(page, "road.place").setText("The bridge of Kalak")
    named(page, "road.well.N").click()
    assert "what was said" in page.main_action().missing
    named(page, "road.said").setText("A tyre burst; they wait")
    page.act()
    settled(qtbot, page)
    assert "Tell your supervisor now" in texts(page)
    calls = named(page, "roadCalls")
    assert calls.isVisibleTo(page)
    picture(page, "road-calls")
    assert "not everybody is well" in texts(page)


def test_a_refusal_gives_nothing_away_of_what_was_answered_alone(qtbot: QtBot, page: Convoy, made: Made) -> None:
    words = page.words
    told = NotNow(made[1][0], "gate.h7_forced", {"person": "Nour"})
    page.refusals.tell((told,))
    settled(qtbot, page)
    plain = words.sentence(Refusal("gate.h7"))
    assert plain in texts(page)
    page.show_failure(Refusal("gate.h7_forced", person="Nour"))
    assert named(page, "stripSentence").property("text") == plain


def test_families_chosen_in_a_worklist_come_along_to_a_new_movement(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], made: Made
) -> None:
    _, families, _, _ = made
    plan = Convoys(surroundings(look))
    shown(qtbot, plan, Chosen((families[2], families[0])))
    assert "2 families" in named(plan, "plannedFor").property("text")
    picture(plan, "planned-for")
    plan.part.day.setText("25.11.2026")
    plan.part.mode.button("IOM").click()
    plan.act()
    settled(qtbot, plan)
    went = plan.around.go
    assert isinstance(went, Went)
    name, planned = went.places[-1]
    assert (name, planned.elsewhere, planned.refused) == ("convoy", 1, ())

    page = Convoy(surroundings(look))
    shown(qtbot, page, planned)
    assert page.table.rows.rowCount() == 1
    assert page.table.rows.id_at(0) == families[2]
    assert "1 chosen family goes elsewhere" in texts(page)

    plan.open(Chosen(tuple(families[:1])))
    settled(qtbot, plan)
    named(plan, "planAlone").click()
    assert not named(plan, "plannedFor").isVisibleTo(plan)


@pytest.mark.parametrize("act", ["manifest", "driver", "authorities", "letter", "family_papers", "forms"])
def test_every_paper_opens(qtbot: QtBot, page: Convoy, act: str) -> None:
    page.acts.buttons[act].click()
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    name, paper = went.places[-1]
    assert name == "paper"
    assert paper.pdf.startswith(b"%PDF")
