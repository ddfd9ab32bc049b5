"""Documents that only a changed program writes: whatever they hold, families are still judged, and none gains by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.documents import Consent
from helpdesk.households.kinds import CONSENT
from helpdesk.journey.areas import standing as places
from helpdesk.journey.areas.documents import AreaProfile, AreaWaiver
from helpdesk.journey.areas.documents import WaiverConfirmed as PlaceConfirmed
from helpdesk.journey.areas.kinds import CONFIRMED, PROFILE
from helpdesk.journey.areas.kinds import WAIVER as PLACE_WAIVER
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, queries
from helpdesk.journey.cases.documents import Case, Departure, Evidence, Proof, Settlement, Waiver, WaiverConfirmed
from helpdesk.journey.cases.kinds import CASE, DEPARTURE, SETTLEMENT, WAIVER, WAIVER_CONFIRMED, case_id
from helpdesk.journey.monitoring.rules import rounds
from helpdesk.journey.visits.rules import first_day_to_decide
from helpdesk.vault.records import document_of, heads_of
from tests.journey import ready
from tests.journey.ready import Hands, preparing_family
from tests.places import FALLUJAH

FOREIGN = "no hash at all"
DAY = date(2026, 11, 21)


@command("test.write", roles=FAMILIES)
def write(act: Act, kind: Any, document: msgspec.Struct, record: str | None = None) -> str:
    """Write a document as it is."""
    if record is not None:
        act.records.revise(kind, record, document, signed=True)
        return record
    fresh: str = act.new_id()
    act.records.create(kind, fresh, document, signed=True)
    return fresh


@command("test.case", roles=FAMILIES)
def case_of(act: Act, household: str) -> Case | None:
    return document_of(act.connection, CASE, case_id(household, 1))


@command("test.evidence", roles=FAMILIES)
def evidence_of(act: Act, household: str) -> Evidence:
    return gate.require_departable(act, household, act.day)


@command("test.refresh", roles=FAMILIES)
def refresh(act: Act) -> None:
    act.records.flush()
    places.refresh(act.connection, act.day)


@pytest.fixture
def family(hands: Hands) -> str:
    """A family that leaves today."""
    found = preparing_family(hands.as_("clerk"))
    ready.declare(hands.desk, found)
    desk = hands.as_("supervisor")
    desk.do(cases.declare_ready, found)
    assert desk.do(cases.schedule, (found,), desk.clock.now().date()) == ()
    return found


def test_a_confirmation_that_names_no_revision_confirms_nothing(hands: Hands, family: str) -> None:
    hands.desk.do(write, WAIVER_CONFIRMED, WaiverConfirmed(family, "w", FOREIGN, hands.desk.user.id, DAY))
    assert hands.desk.ask(queries.standing_of, family).state == "SCHEDULED"


def test_a_declaration_of_no_day_is_none(hands: Hands, family: str) -> None:
    person = ready.adults(hands.desk, family)[0]
    at_no_time = Consent(family, "MOVE", "GIVEN", "SIGN", "ar", True, "1", "u", "yesterday", person=person)
    hands.desk.do(write, CONSENT, at_no_time)
    standing = hands.desk.ask(queries.standing_of, family)
    assert {one.safeguard for one in standing.blocking} == {"MOVE"}


@pytest.mark.parametrize(
    "change",
    [
        lambda evidence: {
            "proofs": (*(one for one in evidence.proofs if one.safeguard != "H6"), Proof("H6", (FOREIGN,)))
        },
        lambda evidence: {"proofs": (Proof("H1", ("00",)),)},
        lambda evidence: {"day": date.max},
        lambda evidence: {"day": date.min},
    ],
)
def test_evidence_that_names_no_revision_proves_nothing(
    hands: Hands, family: str, change: Callable[[Evidence], dict[str, Any]]
) -> None:
    desk = hands.desk
    evidence: Evidence = desk.do(evidence_of, family)
    forged = msgspec.structs.replace(evidence, **change(evidence))
    left = Departure(family, evidence.case, forged.day, forged)
    desk.do(write, DEPARTURE, left)
    departed = msgspec.structs.replace(desk.do(case_of, family), state="DEPARTED", departed_on=left.on)
    desk.do(write, CASE, departed, evidence.case)
    standing = desk.ask(queries.standing_of, family)
    assert (standing.facilitated, standing.incident) == (False, "UNPROVEN")


def test_a_case_of_any_words_fits_its_row(hands: Hands, family: str) -> None:
    desk = hands.desk
    known: Case = desk.do(case_of, family)
    strange = msgspec.structs.replace(
        known, attempt=(1 << 53) - 1, state="S" * 500, track="T" * 500, caseworker="C" * 500, movement_day=date.max
    )
    desk.do(write, CASE, strange, case_id(family, 1))
    line = desk.ask(queries.lines, (family,))[family]
    assert len(line.state) < 20


def test_a_place_of_strange_words_is_judged_still(hands: Hands, family: str) -> None:
    desk = hands.desk
    desk.do(write, PROFILE, AreaProfile(FALLUJAH, DAY, "DREADFUL", hotspot=False, group="", by="u"))
    until = date(2026, 12, 31)
    waiver = desk.do(write, PLACE_WAIVER, AreaWaiver(FALLUJAH, ("L_PLAN",), "because of it", DAY, until, "u"))
    desk.do(write, CONFIRMED, PlaceConfirmed(waiver, FALLUJAH, FOREIGN, DAY, "u"))
    desk.do(refresh)
    assert desk.ask(queries.standing_of, family).state == "SCHEDULED"


def test_the_last_days_of_the_calendar() -> None:
    assert first_day_to_decide(date.max) == date.max
    for arrived_on in (date.max, date(9999, 5, 1), date.min):
        assert [one.code for one in rounds(arrived_on)] == ["W2", "M3", "M9"]


def forged_waiver(hands: Hands, proposing: str, confirming: str) -> str:
    """A family that only lacks its information session, with a waiver of these two hands; its id."""
    family = preparing_family(hands.as_("supervisor"), without=("H1",))
    user = hands.as_(proposing).user
    waiver = Waiver(family, case_id(family, 1), "H1", "because we say so", user.id, DAY)
    record = hands.desk.do(write, WAIVER, waiver)
    seen = hands.desk.do(head_of, record)
    second = hands.as_(confirming).user
    hands.desk.do(write, WAIVER_CONFIRMED, WaiverConfirmed(family, record, seen, second.id, DAY))
    return family


@command("test.head", roles=FAMILIES)
def head_of(act: Act, record: str) -> str:
    return max(heads_of(act.connection, record)).hex()


@pytest.mark.parametrize(
    ("proposing", "confirming", "holds"),
    [("supervisor", "clerk", True), ("clerk", "supervisor", False), ("supervisor", "supervisor", False)],
)
def test_a_waiver_needs_a_supervisor_and_somebody_else(
    hands: Hands, proposing: str, confirming: str, holds: bool
) -> None:
    family = forged_waiver(hands, proposing, confirming)
    missing = {one.safeguard for one in hands.as_("supervisor").ask(queries.standing_of, family).blocking}
    assert missing == (set() if holds else {"H1"})


def test_a_departure_that_a_clerk_signed_counts_for_nobody(hands: Hands, family: str) -> None:
    evidence: Evidence = hands.desk.do(evidence_of, family)
    desk = hands.as_("clerk")
    departure = desk.do(write, DEPARTURE, Departure(family, evidence.case, evidence.day, evidence))
    departed = msgspec.structs.replace(desk.do(case_of, family), state="DEPARTED", departed_on=evidence.day)
    desk.do(write, CASE, departed, evidence.case)
    assert desk.ask(queries.standing_of, family).facilitated is False
    settled = Settlement(family, departure, "FACILITATED", "a clerk says so", evidence.day, desk.user.id)
    desk.do(write, SETTLEMENT, settled)
    standing = desk.ask(queries.standing_of, family)
    assert (standing.facilitated, standing.incident) == (False, "UNPROVEN")
