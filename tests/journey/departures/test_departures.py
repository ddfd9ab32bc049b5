"""Movements: lists, the day that only the gate gives, scanning, closing, coming back, and what desks do at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal, Stopped
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import late
from helpdesk.households.commands import known_household, record_consent, withdraw_consent
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.paper_forms import draw
from helpdesk.journey.cases.commands import bulk_declare_ready, hold
from helpdesk.journey.cases.kinds import DEPARTURE
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.clearances.commands import record as record_clearance
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.departures import bulk, clearing, day, planning, queries
from helpdesk.journey.departures.consents import may_be_named
from helpdesk.journey.departures.documents import Belongings, DayMark, LineAnswers
from helpdesk.journey.departures.kinds import LINE
from helpdesk.journey.preparing.commands import record_travellers
from helpdesk.opening import Desk
from helpdesk.vault.records import all_documents, document_of
from helpdesk.vault.tables import RecordRow
from tests.journey.crossing import cross
from tests.journey.leaving import SHARED, movement_plan, prepared
from tests.programme import Programme

SignIn = Callable[..., Desk]


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return str(refusal.value.code)


def departures(desk: Desk) -> int:
    with desk.store.read() as connection:
        return connection.scalar(select(func.count()).where(RecordRow.kind == DEPARTURE.name)) or 0


def states(desk: Desk, movement: str) -> dict[str, str]:
    ids = desk.ask(queries.family_ids, movement)
    return {one: line.state for one, line in desk.ask(queries.family_lines, movement, ids).items()}


def case_state(desk: Desk, household: str) -> str:
    return desk.ask(standing_of, household).state


@pytest.fixture(scope="module")
def made(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, list[str]]:
    """Three families that may be declared ready at desk one; two of them agree to be named."""
    programme = ready_programme.copied(tmp_path_factory.mktemp("made"))
    return programme, prepared(programme, 3, shared=2)


@pytest.fixture
def programme(made: tuple[Programme, list[str]], tmp_path: Path) -> Programme:
    return made[0].copied(tmp_path / "programme")


@pytest.fixture
def families(made: tuple[Programme, list[str]]) -> list[str]:
    return made[1]


def convoy(desk: Desk, programme: Programme, families: list[str], **changes: Any) -> str:
    """A movement with these families ready, fit, told and given their day."""
    movement: str = desk.do(planning.plan, movement_plan(programme.clock, **changes))
    assert desk.do(bulk_declare_ready, families) == ()
    assert desk.do(planning.list_families, movement, tuple(families)) == ()
    desk.do(planning.all_fit, movement, tuple(families))
    desk.do(planning.notify, movement, "JOC", "12/2026")
    done = bulk.schedule_all(desk, movement)
    assert done == bulk.Bulk(len(families), ())
    return movement


# --- before the day ---


def test_a_day_is_given_step_by_step(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = desk.do(planning.plan, movement_plan(programme.clock))
    assert desk.do(planning.list_families, movement, (families[0],)) == ()
    assert refused(desk, planning.schedule, movement, (families[0],)) == "movement.not_told"
    told = desk.do(planning.notify, movement, "JOC", "")
    assert told.named == (families[0],)
    (no,) = desk.do(planning.schedule, movement, (families[0],))
    assert (no.code, no.values["count"]) == ("movement.fitness", "3")
    desk.do(planning.all_fit, movement, (families[0],))
    (no,) = desk.do(planning.schedule, movement, (families[0],))
    assert no.code == "case.step"
    assert states(desk, movement) == {families[0]: "LISTED"}
    desk.do(bulk_declare_ready, (families[0],))
    assert desk.do(planning.schedule, movement, (families[0],)) == ()
    assert desk.do(planning.schedule, movement, (families[0],)) == ()
    assert states(desk, movement) == {families[0]: "SCHEDULED"}
    assert case_state(desk, families[0]) == "SCHEDULED"


def test_a_list_is_declared_ready_at_once(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = desk.do(planning.plan, movement_plan(programme.clock))
    desk.do(planning.list_families, movement, tuple(families))
    desk.do(record_clearance, (ClearanceEntry(families[0], ("JOC",), "PEND"),))
    done = bulk.ready_all(desk, movement)
    assert (done.asked, [no.household for no in done.refused]) == (3, [families[0]])
    assert [case_state(desk, one) for one in families] == ["PREPARING", "READY", "READY"]
    assert bulk.ready_all(desk, movement).asked == 1


def test_who_is_not_fit_waits(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = desk.do(planning.plan, movement_plan(programme.clock))
    desk.do(planning.list_families, movement, tuple(families))
    desk.do(bulk_declare_ready, families)
    desk.do(planning.notify, movement, "JOC", "")
    desk.do(planning.all_fit, movement, tuple(families))
    mother = desk.ask(standing_of, families[0]).travellers[0]
    desk.do(planning.answer, movement, families[0], LineAnswers(fitness={mother: "DEFER"}))
    (no,) = bulk.schedule_all(desk, movement).refused
    assert (no.household, no.code) == (families[0], "movement.defer")


def test_a_clerk_gives_no_day_and_closes_nothing(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("clerk")
    movement = desk.do(planning.plan, movement_plan(programme.clock))
    for act, arguments in (
        (planning.schedule, (movement, (families[0],))),
        (planning.notify, (movement, "JOC", "")),
        (planning.cancel, (movement, "x")),
        (day.depart, (movement, (families[0],))),
        (day.close, (movement,)),
        (day.came_back, (movement, families[0], "TURNED_BACK", "x")),
    ):
        assert refused(desk, act, *arguments) == "role.not_allowed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mode": "UNFAC"}, "form.code"),
        ({"day": "past"}, "movement.day"),
        ({"day": "far"}, "movement.day"),
        ({"number": "12345678"}, "form.number"),
    ],
)
def test_what_is_no_plan(desk_as: SignIn, programme: Programme, changes: dict[str, Any], code: str) -> None:
    today = programme.clock.now().date()
    days = {"past": today - timedelta(days=1), "far": today + timedelta(days=99)}
    if "day" in changes:
        changes = {"day": days[changes["day"]]}
    assert refused(desk_as("clerk"), planning.plan, movement_plan(programme.clock, **changes)) == code


@pytest.mark.parametrize(
    ("who", "back", "code"),
    [
        ("clerk", late.LATE_DAYS, ""),
        ("clerk", late.LATE_DAYS + 1, "late.supervisor"),
        ("supervisor", late.LATE_DAYS + 1, ""),
        ("supervisor", late.FURTHEST_BACK, ""),
        ("supervisor", late.FURTHEST_BACK + 1, "movement.past"),
    ],
)
def test_how_late_a_movement_is_typed_in_from_paper(
    desk_as: SignIn, programme: Programme, who: str, back: int, code: str
) -> None:
    (number,) = draw(1)
    form = movement_plan(programme.clock, number=number, day=programme.clock.now().date() - timedelta(days=back))
    desk = desk_as(who)
    if code:
        assert refused(desk, planning.plan, form) == code
    else:
        assert desk.ask(queries.movement_of, desk.do(planning.plan, form)).movement.day == form.day


@pytest.mark.parametrize(("later", "code"), [(late.FURTHEST_BACK, ""), (late.FURTHEST_BACK + 1, "gate.day")])
def test_how_late_those_who_left_are_written_down(
    desk_as: SignIn, programme: Programme, families: list[str], later: int, code: str
) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families[:1], day=programme.clock.now().date())
    desk.do(day.present, movement, families[0])
    programme.clock.move(days=later)
    desk.catch_up()
    refused_to = desk.do(day.depart, movement, (families[0],))
    assert [one.code for one in refused_to] == ([code] if code else [])
    assert departures(desk) == (0 if code else 1)


def test_a_paper_forms_number_is_a_movements_once(desk_as: SignIn, programme: Programme) -> None:
    (number,) = draw(1)
    desk = desk_as("clerk")
    movement = desk.do(planning.plan, movement_plan(programme.clock, number=number))
    assert desk.ask(queries.movement_of, movement).movement.number == number
    assert refused(desk, planning.plan, movement_plan(programme.clock, number=number)) == "movement.number_taken"


def test_a_family_is_on_one_list(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    first = desk.do(planning.plan, movement_plan(programme.clock))
    second = desk.do(planning.plan, movement_plan(programme.clock))
    assert desk.do(planning.list_families, first, tuple(families)) == ()
    assert {no.code for no in desk.do(planning.list_families, second, tuple(families))} == {"movement.elsewhere"}
    assert refused(desk, planning.take_off, first, families[0], " ") == "movement.reason"
    desk.do(planning.take_off, first, families[0], "they asked")
    assert desk.do(planning.list_families, second, (families[0],)) == ()
    assert desk.do(planning.list_families, second, ("nobody",))[0].code == "household.unknown"


def test_how_a_family_travels(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("clerk")
    movement = desk.do(planning.plan, movement_plan(programme.clock))
    desk.do(planning.list_families, movement, tuple(families))
    goods = Belongings("OWN", 3, False, 12, True, "P-1")
    desk.do(planning.answer, movement, families[0], LineAnswers(belongings=goods, vehicle="12345"))
    assert refused(desk, planning.answer, movement, families[0], LineAnswers(vehicle="x")) == "movement.vehicle"
    assert refused(desk, planning.answer, movement, families[0], LineAnswers(fitness={"x": "FIT"})) == "person.unknown"
    wrong = LineAnswers(belongings=Belongings(load=-1))
    assert refused(desk, planning.answer, movement, families[0], wrong) == "movement.load"
    assert refused(desk, planning.answer, movement, "nobody", wrong) == "movement.not_listed"


def test_cancelling_takes_nothing_but_the_day(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    desk.do(planning.cancel, movement, "rain")
    assert {case_state(desk, one) for one in families} == {"READY"}
    assert set(states(desk, movement).values()) == {"OFF"}
    assert refused(desk, planning.list_families, movement, tuple(families)) == "movement.state"
    again = desk.do(planning.plan, movement_plan(programme.clock))
    assert desk.do(planning.list_families, again, tuple(families)) == ()


def test_another_day_only_while_nobody_has_this_one(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    later = movement_plan(programme.clock, day=programme.clock.now().date() + timedelta(days=1))
    assert refused(desk, planning.change, movement, later) == "movement.day_given"
    desk.do(planning.change, movement, movement_plan(programme.clock, route="the other road"))
    assert desk.ask(queries.movement_of, movement).movement.route == "the other road"


# --- who may be named ---


def test_a_household_is_named_whole_or_not_at_all(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")

    def named(household: str) -> bool:
        travellers = desk.ask(standing_of, household).travellers
        with desk.store.read() as connection:
            return may_be_named(connection, household, travellers, programme.clock.now().date())

    assert [named(one) for one in families] == [True, True, False]
    mother, sister, _ = desk.ask(standing_of, families[2]).travellers
    desk.do(record_consent, families[2], SHARED, mother)
    assert not named(families[2])
    desk.do(record_consent, families[2], SHARED, sister)
    assert named(families[2])
    desk.do(withdraw_consent, families[0], "SHARE-AUTH", "a witness")
    assert not named(families[0])


# --- the day ---


def test_the_day_from_the_first_scan_to_the_closing(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    assert desk.do(day.present, movement, families[0]) == day.Counted(1, 3, 3, 9)
    assert desk.do(day.present, movement, families[0]) == day.Counted(1, 3, 3, 9)
    assert desk.do(day.present, movement, families[1]).families == 2
    assert desk.do(day.not_present, movement, families[1]).families == 1
    desk.do(day.present, movement, families[1])
    assert refused(desk, day.present, movement, "nobody") == "movement.not_listed"
    assert refused(desk, day.close, movement) == "movement.still_here"
    closed = bulk.close_manifest(desk, movement)
    assert closed.refused == ()
    assert closed.closing is not None
    assert (closed.closing.departed, closed.closing.absent) == (2, 1)
    assert states(desk, movement) == dict(zip(families, ("DEPARTED", "DEPARTED", "NOSHOW"), strict=True))
    assert [case_state(desk, one) for one in families] == ["DEPARTED", "DEPARTED", "READY"]
    assert all(desk.ask(standing_of, one).facilitated for one in families[:2])
    assert departures(desk) == 2
    again = bulk.close_manifest(desk, movement)
    assert again.closing == closed.closing
    assert departures(desk) == 2


def test_only_on_the_day(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    tomorrow = programme.clock.now().date() + timedelta(days=1)
    movement = convoy(desk, programme, families, day=tomorrow)
    assert refused(desk, day.present, movement, families[0]) == "movement.not_the_day"
    assert refused(desk, day.close, movement) == "movement.not_the_day"
    assert refused(desk, day.type_in, movement, draw(1)[0], ()) == "movement.not_the_day"
    programme.clock.move(days=2)
    assert refused(desk, day.present, movement, families[0]) == "movement.not_the_day"
    desk.do(day.type_in, movement, draw(1)[0], (DayMark(families[0], "PRESENT"),))
    closed = bulk.close_manifest(desk, movement)
    assert closed.closing is not None
    assert desk.ask(standing_of, families[0]).departed_on == tomorrow


def test_who_may_not_leave_any_more_stays_and_is_told_why(
    desk_as: SignIn, programme: Programme, families: list[str]
) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    for family in families:
        desk.do(day.present, movement, family)
    desk.do(record_clearance, (ClearanceEntry(families[0], ("JOC",), "REFUSED"),))
    closed = bulk.close_manifest(desk, movement)
    (no,) = closed.refused
    assert (no.household, no.values["safeguard"]) == (families[0], "H6")
    assert closed.closing is not None
    assert (closed.closing.departed, closed.closing.absent) == (2, 0)
    assert states(desk, movement)[families[0]] == "OFF"
    assert case_state(desk, families[0]) == "PREPARING"


def test_who_is_held_is_no_no_show(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    desk.do(hold, (families[2],), "ILLNESS")
    assert refused(desk, day.present, movement, families[2]) == "movement.case"
    desk.do(day.present, movement, families[0])
    closed = bulk.close_manifest(desk, movement)
    assert closed.closing is not None
    assert (closed.closing.departed, closed.closing.absent) == (1, 1)
    assert states(desk, movement)[families[2]] == "OFF"
    assert case_state(desk, families[2]) == "HOLD"


def test_turned_back_counts_as_not_departed_and_prepares_anew(
    desk_as: SignIn, programme: Programme, families: list[str]
) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    desk.do(day.present, movement, families[0])
    bulk.close_manifest(desk, movement)
    desk.do(day.road_call, movement, "the first checkpoint", False, "two families are asked to wait")
    assert refused(desk, day.came_back, movement, families[1], "REFUSED", "x") == "movement.line"
    assert refused(desk, day.came_back, movement, families[0], "REFUSED", " ") == "movement.reason"
    desk.do(day.came_back, movement, families[0], "REFUSED", "a stamp was missing")
    assert states(desk, movement)[families[0]] == "REFUSED"
    standing = desk.ask(standing_of, families[0])
    assert (standing.declared, standing.facilitated, standing.departed_on) == ("PREPARING", None, None)
    (call,) = desk.ask(queries.movement_of, movement).calls
    assert not call.all_well


def test_a_paper_form_is_typed_in_once(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    one, two = draw(2)
    marks = (DayMark(families[0], "PRESENT"), DayMark(families[1], "NOSHOW"))
    assert desk.do(day.type_in, movement, one, marks).families == 1
    assert refused(desk, day.type_in, movement, one, marks) == "movement.form_typed"
    assert refused(desk, day.type_in, movement, "00000000", marks) == "form.number"
    assert refused(desk, day.type_in, movement, two, (DayMark("nobody", "PRESENT"),)) == "movement.not_listed"
    assert desk.do(day.type_in, movement, two, (DayMark(families[2], "PRESENT"),)).families == 2


def test_a_stop_in_the_middle_is_gone_on_with(
    desk_as: SignIn, programme: Programme, families: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 1)
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    for family in families:
        desk.do(day.present, movement, family)

    def stop(done: int, _total: int | None, _step: str) -> None:
        if done >= 1:
            raise Stopped

    assert bulk.close_manifest(desk, movement, stop).closing is None
    assert departures(desk) == 1
    assert desk.ask(queries.movement_of, movement).movement.state == "PLANNED"
    closed = bulk.close_manifest(desk, movement)
    assert closed.closing is not None
    assert closed.closing.departed == 3
    assert departures(desk) == 3


# --- two desks ---


def test_a_manifest_closed_twice_is_one_departure_a_case_and_an_incident(
    programme: Programme, families: list[str]
) -> None:
    movement = programme.at("one", "supervisor", lambda desk: convoy(desk, programme, families))
    cross(programme, "one", "two")

    def close(desk: Desk) -> None:
        desk.do(day.present, movement, families[0])
        assert bulk.close_manifest(desk, movement).closing is not None

    programme.at("one", "supervisor", close)
    programme.at("two", "supervisor", close)
    cross(programme, "one", "two")
    cross(programme, "two", "one")
    seen = []
    for folder in ("one", "two"):
        with programme.open(folder, "supervisor") as desk:
            assert departures(desk) == 2
            found = desk.ask(standing_of, families[0])
            assert (found.state, found.facilitated) == ("DEPARTED", True)
            assert case_state(desk, families[1]) == "READY"
            (incident,) = desk.ask(queries.incidents)
            assert (incident.code, incident.movement) == ("CLOSED_TWICE", movement)
            assert desk.ask(queries.movement_lines, [movement])[movement].departed == 1
            assert desk.ask(queries.movement_lines, [movement])[movement].twice
            seen.append(desk.ask(queries.family_lines, movement, families))
    assert seen[0] == seen[1]


def test_two_desks_that_scan_the_same_movement_do_not_conflict(programme: Programme, families: list[str]) -> None:
    movement = programme.at("one", "supervisor", lambda desk: convoy(desk, programme, families))
    cross(programme, "one", "two")
    for folder, scanned in (("one", families[:2]), ("two", families[1:])):
        for family in scanned:
            programme.at(folder, "clerk", lambda desk, one=family: desk.do(day.present, movement, one))
    cross(programme, "one", "two")
    cross(programme, "two", "one")
    for folder in ("one", "two"):
        with programme.open(folder, "supervisor") as desk:
            assert set(states(desk, movement).values()) == {"PRESENT"}
            assert desk.ask(queries.movement_of, movement).counted == day.Counted(3, 3, 9, 9)
            with desk.store.read() as connection:
                assert connection.scalar(select(func.count()).where(RecordRow.conflict)) == 0


def test_a_family_on_two_lists_is_an_incident(programme: Programme, families: list[str]) -> None:
    cross(programme, "one", "two")
    for folder in ("one", "two"):

        def listed(desk: Desk) -> None:
            movement = desk.do(planning.plan, movement_plan(programme.clock))
            desk.do(planning.list_families, movement, (families[0],))

        programme.at(folder, "clerk", listed)
    cross(programme, "one", "two")
    with programme.open("two", "supervisor") as desk:
        found = desk.ask(queries.incidents)
        assert {(one.code, one.household) for one in found} == {("ON_TWO_LISTS", families[0])}
        assert len(found) == 2
        assert desk.ask(queries.movement_of, found[0].movement).elsewhere == (families[0],)


def test_whoever_only_makes_accounts_reads_no_movement(desk_as: SignIn, programme: Programme) -> None:
    movement = desk_as("clerk").do(planning.plan, movement_plan(programme.clock))
    desk = desk_as("admin")
    for query in (queries.movement_of, queries.family_ids):
        with pytest.raises(Refusal, match=r"role\.not_allowed"):
            desk.ask(query, movement)
    assert isinstance(desk.ask(View.in_force).desk.number, int)


# --- worklists of clearances ---


def test_what_families_miss_and_nobody_who_has_left(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    movement = convoy(desk, programme, families)
    assert desk.ask(clearing.worklist, "MISSING") == []
    desk.do(record_clearance, (ClearanceEntry(families[2], ("JOC",), "PEND"),))
    assert desk.ask(clearing.worklist, "MISSING") == [families[2]]
    day_after = programme.clock.now().date() + timedelta(days=9)
    desk.do(record_clearance, (ClearanceEntry(families[0], ("NSS",), "GRANTED", seen=True, valid_until=day_after),))
    assert desk.ask(clearing.counts) == {"ENDING": 1, "ENDED": 0, "MISSING": 1, "OPEN": 1}
    desk.do(day.present, movement, families[0])
    bulk.close_manifest(desk, movement)
    assert desk.ask(clearing.worklist, "ENDING") == []


# --- who came to the family after it was listed ---


@command("test.grow", roles=FAMILIES)
def grow(act: Act, household: str) -> str:
    """What another desk's new roster is, once its file came: a child more, whom nobody here was asked about."""
    family = known_household(act, household)
    child = document_of(act.connection, PERSON, family.members[-1])
    assert child is not None
    born = act.new_id()
    act.records.create(PERSON, born, replace(child, given_name="Zain", travels=None))
    act.records.revise(HOUSEHOLD, household, replace(family, members=(*family.members, born)))
    return born


def test_nobody_leaves_who_stands_on_no_list(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    today = programme.clock.now().date()
    movement = convoy(desk, programme, families[:1], day=today)
    desk.do(grow, families[0])
    assert refused(desk, day.present, movement, families[0]) == "movement.unlisted"
    desk.do(record_travellers, families[0], {})
    assert refused(desk, day.present, movement, families[0]) == "movement.unlisted"
    desk.do(planning.take_off, movement, families[0], "one more travels")
    assert desk.do(planning.list_families, movement, (families[0],)) == ()
    desk.do(planning.all_fit, movement, (families[0],))
    assert desk.do(planning.schedule, movement, (families[0],)) == ()
    desk.do(day.present, movement, families[0])
    assert desk.do(day.depart, movement, (families[0],)) == ()
    with desk.store.read() as connection:
        ((_, line),) = [one for one in all_documents(connection, LINE) if one[1].household == families[0]]
    assert len(line.travellers) == 4


def test_who_came_after_the_scan_is_asked_for_at_the_closing(
    desk_as: SignIn, programme: Programme, families: list[str]
) -> None:
    desk = desk_as("supervisor")
    today = programme.clock.now().date()
    movement = convoy(desk, programme, families[:1], day=today)
    desk.do(day.present, movement, families[0])
    desk.do(grow, families[0])
    desk.do(record_travellers, families[0], {})
    (no,) = desk.do(day.depart, movement, (families[0],))
    assert no.code == "movement.unlisted"
    assert departures(desk) == 0


def test_who_is_to_stay_behind_leaves_the_list(desk_as: SignIn, programme: Programme, families: list[str]) -> None:
    desk = desk_as("supervisor")
    today = programme.clock.now().date()
    movement = convoy(desk, programme, families[:1], day=today)
    born = desk.do(grow, families[0])
    desk.do(record_travellers, families[0], {born: "stays with her grandmother until the cold is over"})
    desk.do(day.present, movement, families[0])
    assert desk.do(day.depart, movement, (families[0],)) == ()
    assert states(desk, movement) == {families[0]: "DEPARTED"}
