"""Visits: seats and the waiting list, the offer that satisfies, the risk check, the day after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Refusal
from helpdesk.households.codes import DAMAGE
from helpdesk.households.documents import PaperDocument, PlaceAnswer
from helpdesk.households.forms import MemberEntry, Registration
from helpdesk.journey.facts import Fact
from helpdesk.journey.visits import commands, facts, offers, queries, rules
from helpdesk.journey.visits.codes import HOUSE
from helpdesk.journey.visits.documents import Finding
from helpdesk.journey.visits.reach import VisitsReport, visits_report
from helpdesk.opening import Desk
from tests.journey.crossing import cross
from tests.journey.events import visit_form
from tests.people import head, member, practice_form, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


def fact(desk: Desk, household: str) -> Fact | None:
    return desk.ask(lambda view: facts.offered(view.connection, household))


def everybody(desk: Desk, household: str) -> tuple[str, ...]:
    return tuple(one.person for one in desk.ask(queries.members, household))


def line(desk: Desk, visit: str) -> queries.VisitLine:
    return desk.ask(queries.visit_of, visit).line


def report(desk: Desk, programme: Programme, kind: str = "GAS") -> VisitsReport:
    today = programme.clock.now().date()
    return desk.ask(visits_report, today - timedelta(days=9), today, kind)


def two(programme: Programme, *members: MemberEntry) -> Registration:
    """A small family: somebody grown and these."""
    return msgspec.structs.replace(small_form(programme.clock), members=members)


@pytest.fixture
def household(programme: Programme) -> str:
    return programme.register("one", small_form(programme.clock))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "X"}, "form.code"),
        ({"phase": "0"}, "form.code"),
        ({"hosts": ("X",)}, "form.code"),
        ({"destination": PlaceAnswer()}, "visit.place"),
        ({"start": PlaceAnswer(unlisted=" ")}, "visit.place"),
        ({"seats": 0}, "visit.seats"),
        ({"seats": 501}, "visit.seats"),
        ({"organisation": ""}, "visit.organisation"),
        ({"contact": ""}, "visit.contact"),
    ],
)
def test_a_visit_says_what_it_is(programme: Programme, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_visit(visit_form(programme.clock, **changes))
    assert refusal.value.code == code


def test_who_comes_to_tell_needs_no_telephone_on_the_way(programme: Programme) -> None:
    rules.check_visit(visit_form(programme.clock, kind="CAT", contact=""))


def test_the_house_is_seen_in_the_barriers_bands() -> None:
    assert set(DAMAGE) <= set(HOUSE)


@pytest.mark.parametrize("answer", ["TAKEN", "DECLINED", None])
def test_offering_satisfies_whatever_the_answer(
    desk_as: SignIn, programme: Programme, household: str, answer: str | None
) -> None:
    desk = desk_as("clerk")
    visit = desk.do(commands.plan, visit_form(programme.clock))
    assert fact(desk, household) is None
    made = desk.do(offers.offer, visit, household, everybody(desk, household))
    assert made.state == "OFFERED"
    if answer is not None:
        desk.do(offers.answer, made.seat, answer)
    found = fact(desk, household)
    assert found is not None
    assert (found.on, found.record) == (programme.clock.now().date(), made.seat)


def test_waiting_is_no_offer_until_a_seat_is_free(desk_as: SignIn, programme: Programme, household: str) -> None:
    other = programme.register("one", small_form(programme.clock))
    desk = desk_as("clerk")
    visit = desk.do(commands.plan, visit_form(programme.clock, seats=3))
    first = desk.do(offers.offer, visit, household, everybody(desk, household))
    second = desk.do(offers.offer, visit, other, everybody(desk, other))
    assert (first.state, second.state) == ("OFFERED", "WAITING")
    assert (line(desk, visit).free, line(desk, visit).waiting) == (1, 2)
    assert fact(desk, other) is None
    assert desk.ask(queries.waiting) == (other,)
    assert refused(desk, offers.answer, second.seat, "TAKEN") == "seat.full"
    desk.do(offers.answer, first.seat, "DECLINED")
    programme.clock.move(days=1)
    desk.do(offers.answer, second.seat, "TAKEN")
    found = fact(desk, other)
    assert found is not None
    assert found.on == programme.clock.now().date()
    assert desk.ask(queries.waiting) == ()
    assert refused(desk, offers.answer, first.seat, "TAKEN") == "seat.full"


def test_a_wish_waits_and_is_answered_by_an_offer(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    desk.do(offers.wish, household, "GAS", True)
    assert fact(desk, household) is None
    assert desk.ask(queries.waiting) == (household,)
    visit = desk.do(commands.plan, visit_form(programme.clock))
    desk.do(offers.offer, visit, household, everybody(desk, household))
    assert desk.ask(queries.waiting) == ()
    assert [one.visit for one in desk.ask(queries.offers_of, household)] == [visit]


def test_who_needs_no_visit_says_so_without_one(desk_as: SignIn, household: str) -> None:
    desk = desk_as("clerk")
    made = desk.do(offers.wish, household, "GAS", False)
    assert fact(desk, household) is not None
    desk.do(offers.take_back, made.seat)
    assert fact(desk, household) is None
    assert refused(desk, offers.answer, made.seat, "TAKEN") == "seat.unknown"


def test_a_cancelled_visit_offered_nothing_but_a_no_stays_a_no(desk_as: SignIn, programme: Programme) -> None:
    goes, declines = (programme.register("one", small_form(programme.clock)) for _ in range(2))
    desk = desk_as("supervisor")
    visit = desk.do(commands.plan, visit_form(programme.clock))
    desk.do(offers.answer, desk.do(offers.offer, visit, goes, everybody(desk, goes)).seat, "TAKEN")
    desk.do(offers.answer, desk.do(offers.offer, visit, declines, everybody(desk, declines)).seat, "DECLINED")
    assert refused(desk, commands.cancel, visit, " ") == "visit.reason"
    desk.do(commands.cancel, visit, "the road is shut")
    assert fact(desk, goes) is None
    assert fact(desk, declines) is not None
    assert refused(desk, offers.offer, visit, goes, everybody(desk, goes)) == "visit.cancelled"
    found = report(desk, programme)
    assert (found.offered, found.declined, found.visits) == (1, 1, {"CANCELLED": 1})


def test_a_woman_is_offered_a_seat_or_it_is_said(desk_as: SignIn, programme: Programme) -> None:
    woman, man = head(), head(given="Karim", sex="M")
    couple = (man, member("Zaynab", sex="F", birth_date=date(1990, 7, 1), relation="SPOUSE"))
    alone = programme.register("one", two(programme, man))
    both = programme.register("one", two(programme, *couple))
    her = programme.register("one", two(programme, woman))
    desk = desk_as("clerk")
    visit = desk.do(commands.plan, visit_form(programme.clock))
    assert desk.do(offers.offer, visit, alone, everybody(desk, alone)).woman == "NONE"
    made = desk.do(offers.offer, visit, both, everybody(desk, both)[:1], "she is in hospital")
    assert made.woman == "NOT_OFFERED"
    assert desk.do(offers.offer, visit, her, everybody(desk, her)).woman == "OFFERED"
    assert report(desk, programme).women == {"NONE": 1, "NOT_OFFERED": 1, "OFFERED": 1}
    assert {seat.why for seat in desk.ask(queries.visit_of, visit).seats} == {"", "she is in hospital"}


def test_what_is_no_offer(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    visit = desk.do(commands.plan, visit_form(programme.clock))
    assert refused(desk, offers.offer, "nothing", household, ("x",)) == "visit.unknown"
    assert refused(desk, offers.offer, visit, "nobody", ("x",)) == "household.unknown"
    assert refused(desk, offers.offer, visit, household, ()) == "seat.persons"
    assert refused(desk, offers.offer, visit, household, ("x",)) == "seat.persons"
    made = desk.do(offers.offer, visit, household, everybody(desk, household))
    assert refused(desk, offers.offer, visit, household, everybody(desk, household)) == "seat.second"
    assert refused(desk, offers.answer, made.seat, "WAITING") == "form.code"
    assert refused(desk, offers.answer, "nothing", "TAKEN") == "seat.unknown"


def test_nobody_gets_on_unchecked_or_early(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    tomorrow = programme.clock.now().date() + timedelta(days=1)
    form = visit_form(programme.clock, on=tomorrow)
    visit = desk.do(commands.plan, form)
    seat = desk.do(offers.offer, visit, household, everybody(desk, household)).seat
    assert refused(desk, commands.board, visit, household) == "visit.not_yet"
    programme.clock.move(days=1)
    assert refused(desk, commands.board, visit, household) == "visit.risk"
    assert refused(desk, commands.check_risk, visit, " ") == "visit.risk_note"
    desk.do(commands.check_risk, visit, "asked the police: the road is open")
    desk.do(commands.change, visit, msgspec.structs.replace(form, vehicle="Bus 7"))
    assert line(desk, visit).visit.risk_checked_on == tomorrow
    desk.do(commands.change, visit, msgspec.structs.replace(form, route="over the bridge"))
    assert refused(desk, commands.board, visit, household) == "visit.risk"
    desk.do(commands.check_risk, visit, "the bridge holds")
    assert refused(desk, commands.board, visit, household) == "seat.none"
    desk.do(offers.answer, seat, "TAKEN")
    desk.do(commands.board, visit, household)
    assert line(desk, visit).visit.state == "UNDERWAY"
    assert refused(desk, commands.change, visit, form) == "visit.underway"
    assert refused(desk_as("supervisor"), commands.cancel, visit, "x") == "visit.underway"
    assert refused(desk_as("clerk"), offers.take_back, seat) == "seat.gone"


def test_from_the_bus_to_the_decision(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    visit = desk.do(commands.plan, visit_form(programme.clock))
    woman, girl = everybody(desk, household)
    seat = desk.do(offers.offer, visit, household, (woman, girl)).seat
    desk.do(offers.answer, seat, "TAKEN")
    desk.do(commands.check_risk, visit, "checked")
    boarded = desk.do(commands.board, visit, household, (woman,), (woman,))
    assert (boarded.came, boarded.stayed) == ((woman,), (girl,))
    went, stayed = desk.ask(queries.visit_of, visit).seats[0].travellers
    assert (went.came, went.paper, stayed.came, stayed.paper) == (True, True, False, None)
    assert went.participant is not None
    assert stayed.participant is not None
    finding = Finding(True, "25-49", ("WATER",), ("NONE",), "4")
    assert refused(desk, commands.find, stayed.participant, finding) == "visit.not_there"
    assert refused(desk, commands.find, "nothing", finding) == "visit.no_participant"
    desk.do(commands.find, went.participant, finding)
    assert refused(desk, commands.decide, went.participant, "RET") == "visit.next_day"
    programme.clock.move(days=1)
    assert refused(desk, commands.decide, went.participant, "ABR") == "form.code"
    desk.do(commands.decide, went.participant, "RET")
    found = report(desk, programme)
    assert (found.offered, found.families_went, found.decisions) == (1, 1, {"RET": 1})
    assert found.persons == {"F": {"18-59": 1}}
    assert found.reception == {"4": 1}
    assert report(desk, programme, "CAT").visits == {}
    (offer,) = desk.ask(queries.offers_of, household)
    assert [one.decision for one in offer.participants if one.came] == ["RET"]


@pytest.mark.parametrize(
    ("finding", "code"),
    [
        (Finding(True, "10"), "form.code"),
        (Finding(True, reception="6"), "form.code"),
        (Finding(True, services=("X",)), "form.code"),
        (Finding(True, hazards=("X",)), "form.code"),
        (Finding(True, hazards=("NONE", "ERW")), "visit.no_hazard"),
        (Finding(False, "100"), "visit.own_house"),
    ],
)
def test_what_is_no_finding(finding: Finding, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_finding(finding)
    assert refusal.value.code == code


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_a_decision_is_never_noted_on_the_day(on: date, later: int) -> None:
    day = on + timedelta(days=later)
    try:
        rules.check_decision(on, day)
    except Refusal as refusal:
        assert day <= on
        assert refusal.values["first"] == on + timedelta(days=1)  # noqa: PT017 - both ways are the rule
    else:
        assert day > on


@pytest.mark.parametrize(
    ("papers", "stopped"),
    [
        ((), True),
        ((("NID", "VALID"),), False),
        ((("CSID", "VALID"),), False),
        ((("NID", "EXP"), ("CSID", "NOTHELD")), True),
        ((("PASS", "VALID"),), True),
    ],
)
def test_who_may_be_stopped_at_a_checkpoint(
    desk_as: SignIn, programme: Programme, papers: tuple[tuple[str, str], ...], stopped: bool
) -> None:
    household = programme.register("one", practice_form(programme.clock))
    desk = desk_as("clerk")
    from helpdesk.households.kinds import PERSON
    from helpdesk.vault.records import documents_of

    people = dict(desk.ask(lambda view: documents_of(view.connection, PERSON, household)))
    eldest = min(people, key=lambda one: people[one].birth_date)
    known = [PaperDocument(household, eldest, kind, status) for kind, status in papers]
    day = programme.clock.now().date()
    assert (eldest in rules.without_civil_paper(people, known, day)) is stopped
    child = msgspec.structs.replace(people[eldest], birth_date=day.replace(year=day.year - 14))
    assert rules.without_civil_paper({"child": child}, (), day) == ()


def test_two_desks_that_fill_one_bus_are_told(programme: Programme) -> None:
    visit = programme.at("one", "clerk", lambda desk: desk.do(commands.plan, visit_form(programme.clock, seats=2)))
    cross(programme, "one", "two")
    for folder in ("one", "two"):
        household = programme.register(folder, small_form(programme.clock))

        def fill(desk: Desk, household: str = household) -> None:
            seat = desk.do(offers.offer, visit, household, everybody(desk, household)).seat
            desk.do(offers.answer, seat, "TAKEN")

        programme.at(folder, "clerk", fill)
    cross(programme, "two", "one")
    cross(programme, "one", "two")
    for folder in ("one", "two"):
        met = programme.at(folder, "clerk", lambda desk: line(desk, visit))
        assert (met.free, met.over, met.held) == (0, 2, 4)


def test_an_answer_taken_at_two_desks_books_each_person_once(programme: Programme) -> None:
    household = programme.register("one", small_form(programme.clock))

    def prepare(desk: Desk) -> tuple[str, str]:
        visit = desk.do(commands.plan, visit_form(programme.clock))
        desk.do(commands.check_risk, visit, "checked")
        return visit, desk.do(offers.offer, visit, household, everybody(desk, household)).seat

    visit, seat = programme.at("one", "clerk", prepare)
    cross(programme, "one", "two")
    for folder in ("one", "two"):
        programme.at(folder, "clerk", lambda desk: desk.do(offers.answer, seat, "TAKEN"))
    programme.at("two", "clerk", lambda desk: desk.do(commands.board, visit, household))
    cross(programme, "two", "one")
    cross(programme, "one", "two")
    for folder in ("one", "two"):
        shown = programme.at(folder, "clerk", lambda desk: desk.ask(queries.visit_of, visit))
        assert (shown.line.held, shown.line.came) == (2, 2)
        assert [one.came for one in shown.seats[0].travellers] == [True, True]
        (offer,) = programme.at(folder, "clerk", lambda desk: desk.ask(queries.offers_of, household))
        assert len(offer.participants) == 2
