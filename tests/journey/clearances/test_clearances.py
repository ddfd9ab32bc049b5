"""Clearances: who must answer, what counts as an answer, what a role sees, and how two desks' answers meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import ClearanceRule
from helpdesk.desk.places import load_gazetteer
from helpdesk.exchange import installing
from helpdesk.households.commands import withdraw_consent
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import IntentionAnswer
from helpdesk.journey.clearances import queries
from helpdesk.journey.clearances.codes import AUTHORITY, CLEARANCE_STATUS
from helpdesk.journey.clearances.commands import record
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.clearances.facts import clearance_of
from helpdesk.journey.clearances.kinds import safer_end, safer_status
from helpdesk.journey.clearances.rules import Answer, cleared, latest, required
from helpdesk.opening import Desk
from tests.journey.crossing import cross
from tests.people import head, member, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]
DAY = date(2026, 11, 21)
ALL = tuple(AUTHORITY)
ANBAR, FALLUJAH, NINEWA, DUHOK = "IQG01", "IQG01", "IQG15", "IQG09"


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


def entry(household: str, **changes: Any) -> ClearanceEntry:
    fields: dict[str, Any] = {
        "household": household,
        "authorities": ALL,
        "status": "GRANTED",
        "reference": "12/2026",
        "valid_until": DAY + timedelta(days=30),
    }
    return ClearanceEntry(**{**fields, **changes})


@pytest.fixture
def family(programme: Programme) -> str:
    """A mother and her grown son with a small daughter, going to Anbar."""
    son = member("Ali", sex="M", birth_date=date(2004, 7, 1))
    form = small_form(
        programme.clock,
        members=(head(), son, member()),
        intention=IntentionAnswer("RET", destination=PlaceAnswer(place_id=ANBAR)),
    )
    return programme.register(form=form)


def people_of(desk: Desk, household: str) -> tuple[str, ...]:
    return tuple(person for person, _ in desk.ask(queries.clearances_of, household).people)


def fact(desk: Desk, household: str, day: date = DAY, **changes: Any) -> Any:
    people = desk.ask(queries.clearances_of, household).people
    travellers = changes.pop("travellers", tuple(person for person, _ in people))
    with desk.store.read() as connection:
        return clearance_of(connection, household, travellers, None, ANBAR, day, **changes)


# --- who must answer ---


def test_the_built_in_set_asks_too_much_rather_than_too_little() -> None:
    gazetteer = load_gazetteer()
    unknown = required((), gazetteer, None, None)
    assert {"MOMD", "JOC", "NSS", "INTEL", "QAIM", "MUKHTAR", "CAMP"} == set(unknown)
    assert "ASAYISH" in required((), gazetteer, DUHOK, NINEWA)
    assert "PMF" in required((), gazetteer, DUHOK, NINEWA)
    assert "ASAYISH" not in required((), gazetteer, "IQG08", "IQG02")


def test_the_bundles_narrowest_row_wins() -> None:
    gazetteer = load_gazetteer()
    district = next(place.place_id for place in gazetteer if place.kind == "district" and place.parent == NINEWA)
    rules = (
        ClearanceRule("", NINEWA, ("JOC",)),
        ClearanceRule(DUHOK, NINEWA, ("ASAYISH", "JOC")),
        ClearanceRule("", district, ("MUKHTAR",)),
    )
    assert required(rules, gazetteer, "IQG08", NINEWA) == ("JOC",)
    assert required(rules, gazetteer, DUHOK, NINEWA) == ("JOC", "ASAYISH")
    assert required(rules, gazetteer, DUHOK, district) == ("MUKHTAR",)
    assert required(rules, gazetteer, DUHOK, ANBAR) == required((), gazetteer, DUHOK, ANBAR)
    assert required((ClearanceRule("", "", ()),), gazetteer, None, None) == ()


def test_the_table_comes_by_bundle(programme: Programme, family: str) -> None:
    path = programme.bundle("one", clearances=(ClearanceRule("", "", ("MUKHTAR",)),))
    programme.at("one", "admin", lambda desk: installing.install(desk, path))
    with programme.open("one", "clerk") as desk:
        assert desk.ask(queries.clearances_of, family).authorities == ("MUKHTAR",)
        assert {authority for _, authority in fact(desk, family).missing} == {"MUKHTAR"}


# --- whether the answers suffice ---


def test_every_traveller_needs_every_answer(desk_as: SignIn, family: str) -> None:
    desk = desk_as("clerk")
    mother, son = people_of(desk, family)
    assert not fact(desk, family).complete
    written = desk.do(record, (entry(family, persons=(mother,)),))
    assert written == len(ALL)
    missing = fact(desk, family).missing
    assert {person for person, _ in missing} == {son}
    desk.do(record, (entry(family),))
    done = fact(desk, family)
    assert done.complete
    assert not done.missing
    assert done.until == DAY + timedelta(days=30)
    assert len(done.evidence) == 2 * len(desk.ask(queries.clearances_of, family).authorities)
    assert all(len(one) == 64 for one in done.evidence)


@pytest.mark.parametrize("status", [status for status in CLEARANCE_STATUS if status != "GRANTED"])
def test_only_granted_opens_the_way(desk_as: SignIn, family: str, status: str) -> None:
    desk = desk_as("clerk")
    desk.do(record, (entry(family),))
    desk.do(record, (entry(family, authorities=("JOC",), status=status, reference="", valid_until=None),))
    found = fact(desk, family)
    assert not found.complete
    assert {authority for _, authority in found.missing} == {"JOC"}
    assert found.until is None


def test_it_runs_out_and_the_first_end_counts(desk_as: SignIn, family: str) -> None:
    desk = desk_as("clerk")
    desk.do(record, (entry(family),))
    desk.do(record, (entry(family, authorities=("NSS",), valid_until=DAY + timedelta(days=3)),))
    assert fact(desk, family).until == DAY + timedelta(days=3)
    assert fact(desk, family, DAY + timedelta(days=3)).complete
    assert not fact(desk, family, DAY + timedelta(days=4)).complete


def test_nobody_travelling_is_never_complete_and_strangers_do_not_count(desk_as: SignIn, family: str) -> None:
    desk = desk_as("clerk")
    desk.do(record, (entry(family),))
    assert not fact(desk, family, travellers=()).complete
    assert not fact(desk, family, travellers=("somebody else",)).complete
    assert fact(desk, family, rules=(ClearanceRule("", "", ()),)).complete


statuses = st.sampled_from(tuple(CLEARANCE_STATUS))
answers = st.builds(
    Answer,
    st.sampled_from(("p", "q")),
    st.sampled_from(("JOC", "NSS")),
    statuses,
    st.dates(DAY, DAY + timedelta(days=3)),
    st.none() | st.dates(DAY, DAY + timedelta(days=9)),
    st.integers(0, 99).map(str),
)


@given(st.lists(answers, max_size=8).flatmap(lambda given: st.tuples(st.just(given), st.permutations(given))))
def test_the_order_in_which_answers_came_in_changes_nothing(pair: tuple[list[Answer], list[Answer]]) -> None:
    given, mixed = pair
    ways = [cleared(latest(one), ("p", "q"), ("JOC", "NSS"), DAY) for one in (given, mixed)]
    assert (ways[0].complete, ways[0].missing, ways[0].until) == (ways[1].complete, ways[1].missing, ways[1].until)
    for person, authority in ways[0].missing:
        newest = max((a.on for a in given if (a.person, a.authority) == (person, authority)), default=None)
        of_day = [a for a in given if (a.person, a.authority, a.on) == (person, authority, newest)]
        assert not of_day or any(not a.holds_on(DAY) for a in of_day)


@given(statuses, statuses)
def test_of_two_desks_answers_the_less_permitting_is_believed(one: str, other: str) -> None:
    safer = safer_status(one, other)
    assert safer == safer_status(other, one)
    assert safer != "GRANTED" or (one == other == "GRANTED")
    assert safer_end(None, DAY) == safer_end(DAY, None) == DAY
    assert safer_end(None, None) is None


# --- recording ---


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"authorities": ()}, "clearance.nothing"),
        ({"authorities": ("X",)}, "form.code"),
        ({"status": "X"}, "form.code"),
        ({"reference": " "}, "clearance.proof"),
        ({"valid_until": DAY - timedelta(days=1)}, "clearance.ends"),
        ({"valid_until": DAY + timedelta(days=3000)}, "clearance.ends"),
        ({"status": "PEND"}, "clearance.end_without"),
        ({"applied_on": DAY + timedelta(days=1)}, "clearance.applied"),
        ({"persons": ("nobody",)}, "person.unknown"),
        ({"household": "nobody"}, "household.unknown"),
    ],
)
def test_what_is_refused(desk_as: SignIn, family: str, changes: dict[str, Any], code: str) -> None:
    desk = desk_as("clerk")
    assert refused(desk, record, (entry(family), entry(**{"household": family, **changes}))) == code
    assert not fact(desk, family).evidence
    assert refused(desk, record, ()) == "clearance.nothing"


def test_no_answer_without_the_familys_consent(desk_as: SignIn, family: str) -> None:
    desk = desk_as("clerk")
    desk.do(withdraw_consent, family, "DATA", "a witness")
    assert refused(desk, record, (entry(family),)) == "consent.data"
    assert refused(desk_as("admin"), record, (entry(family),)) == "role.not_allowed"


def test_the_paper_seen_is_proof_enough(desk_as: SignIn, family: str) -> None:
    desk = desk_as("clerk")
    desk.do(record, (entry(family, reference="", seen=True),))
    assert all(one.seen for one in desk.ask(queries.clearances_of, family).answers)


# --- what is shown ---


def test_a_clerk_never_sees_a_refusal(desk_as: SignIn, family: str) -> None:
    desk = desk_as("clerk")
    shown = []
    for status in CLEARANCE_STATUS:
        if status != "GRANTED":
            desk.do(record, (entry(family, status=status, reference="a word", valid_until=None),))
            shown.append(desk.ask(queries.clearances_of, family))
    assert len(set(map(msgspec.json.encode, shown))) == 1
    assert all(one.status is None and not one.reference for one in shown[0].answers)


def test_a_supervisor_reads_the_answer(desk_as: SignIn, family: str) -> None:
    desk_as("clerk").do(record, (entry(family, status="REFUSED", valid_until=None),))
    found = desk_as("supervisor").ask(queries.clearances_of, family)
    assert {(one.shown, one.status) for one in found.answers} == {("OPEN", "REFUSED")}


def test_the_worklists(desk_as: SignIn, programme: Programme, family: str) -> None:
    desk = desk_as("clerk")
    assert desk.ask(queries.worklist, "ENDING") == []
    desk.do(record, (entry(family, valid_until=DAY + timedelta(days=20)),))
    assert desk.ask(queries.worklist_counts) == {"ENDING": 0, "ENDED": 0, "OPEN": 0}
    programme.clock.move(days=6)
    assert desk.ask(queries.worklist, "ENDING") == [family]
    programme.clock.move(days=15)
    assert desk.ask(queries.worklist, "ENDED") == [family]
    assert desk.ask(queries.worklist, "ENDING") == []
    line = desk.ask(queries.work_lines, [family])[family]
    assert (line.open, line.ends) == (2 * len(ALL), DAY + timedelta(days=20))
    desk.do(record, (entry(family, status="PEND", reference="", valid_until=None),))
    assert desk.ask(queries.worklist, "OPEN") == [family]
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk_as("admin").ask(queries.worklist, "OPEN")


def test_ageing_counts_answers_by_authority_and_names_nobody(
    desk_as: SignIn, programme: Programme, family: str
) -> None:
    desk = desk_as("clerk")
    waiting = entry(family, status="PEND", reference="", valid_until=None, authorities=("JOC",), applied_on=DAY)
    desk.do(record, (waiting, entry(family, status="DK", reference="", valid_until=None, authorities=("NSS",))))
    assert desk.ask(queries.ageing) == (
        queries.AgeLine("JOC", (2, 0, 0, 0, 0)),
        queries.AgeLine("NSS", (0, 0, 0, 0, 2)),
    )
    programme.clock.move(days=31)
    assert desk.ask(queries.ageing)[0].counts == (0, 0, 2, 0, 0)


# --- two desks ---


def test_two_desks_answers_meet_in_the_less_permitting(programme: Programme, family: str) -> None:
    desk = programme.at
    desk("one", "clerk", lambda one: one.do(record, (entry(family),)))
    cross(programme, "one", "two")
    desk("two", "clerk", lambda two: two.do(record, (entry(family, authorities=("JOC",), status="REFUSED",
                                                           valid_until=None),)))  # fmt: skip
    desk("one", "clerk", lambda one: one.do(record, (entry(family, valid_until=DAY + timedelta(days=60)),)))
    cross(programme, "one", "two")
    cross(programme, "two", "one")
    with programme.open("one", "clerk") as one:
        found = fact(one, family)
        assert {authority for _, authority in found.missing} == {"JOC"}
        facts = msgspec.json.encode(found)
    with programme.open("two", "clerk") as two:
        assert msgspec.json.encode(fact(two, family)) == facts
