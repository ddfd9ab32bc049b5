"""What a desk does about visits: plan, check the risk, cancel; who came, what they found, what they decided later.

Offers and answers stand in ``offers``. Nobody gets on before the risk was checked, and nobody is asked to decide on
the day of the visit.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.commands import consenting
from helpdesk.households.rules import among
from helpdesk.journey.visits import codes, rules
from helpdesk.journey.visits.documents import Finding, Participant, Visit
from helpdesk.journey.visits.forms import VisitForm
from helpdesk.journey.visits.kinds import PARTICIPANT, SEAT, VISIT
from helpdesk.vault.records import document_of, documents_of


class Boarded(Struct, frozen=True):
    """The answer to boarding: who of the family came, and who stayed away though a seat was taken."""

    household: str
    came: tuple[str, ...]
    stayed: tuple[str, ...]


@command("visit.plan", roles=FAMILIES)
def plan(act: Act, form: VisitForm) -> str:
    """Plan a visit; returns its id. Raises what rules.check_visit refuses."""
    rules.check_visit(form)
    visit_id = act.new_id()
    act.records.create(VISIT, visit_id, Visit(**msgspec.structs.asdict(form), planned_by=act.user.id))
    act.concerns(visit_id)
    return visit_id


@command("visit.change", roles=FAMILIES)
def change(act: Act, visit_id: str, form: VisitForm) -> None:
    """Plan a visit anew; another day, kind, destination or route needs a new risk check.

    Raises Refusal("visit.unknown" | "visit.cancelled" | "visit.underway") and what rules.check_visit refuses.
    """
    visit = live_visit(act, visit_id)
    if visit.state == "UNDERWAY":
        raise Refusal("visit.underway")
    rules.check_visit(form)
    changed = msgspec.structs.replace(visit, **msgspec.structs.asdict(form))
    if _way(changed) != _way(visit):
        changed = msgspec.structs.replace(changed, risk_checked_on=None, risk_note="")
    act.records.revise(VISIT, visit_id, changed)
    act.concerns(visit_id)


def _way(visit: Visit) -> tuple[object, ...]:
    return visit.kind, visit.on, visit.destination, visit.start, visit.route


@command("visit.check_risk", roles=FAMILIES)
def check_risk(act: Act, visit_id: str, note: str) -> None:
    """Say that the risks of this visit were checked today, and what came of it. Raises Refusal("visit.*")."""
    visit = live_visit(act, visit_id)
    if not note.strip():
        raise Refusal("visit.risk_note")
    checked = msgspec.structs.replace(visit, risk_checked_on=act.day, risk_note=note.strip())
    act.records.revise(VISIT, visit_id, checked, signed=True)
    act.concerns(visit_id)


@command("visit.cancel", roles=(Role.SUPERVISOR,))
def cancel(act: Act, visit_id: str, reason: str) -> None:
    """Say that a visit does not take place. Whoever took a seat must be offered another.

    Raises Refusal("visit.unknown" | "visit.cancelled" | "visit.underway" | "visit.reason").
    """
    visit = live_visit(act, visit_id)
    if visit.state == "UNDERWAY":
        raise Refusal("visit.underway")
    if not reason.strip():
        raise Refusal("visit.reason")
    cancelled = msgspec.structs.replace(visit, state="CANCELLED", cancel_reason=reason.strip())
    act.records.revise(VISIT, visit_id, cancelled, signed=True)
    act.concerns(visit_id)


@command("visit.board", roles=FAMILIES)
def board(
    act: Act, visit_id: str, household: str, persons: tuple[str, ...] | None = None, papers: tuple[str, ...] = ()
) -> Boarded:
    """Write down who of a family came on the day; None for all who took a seat. ``papers``: who carries a civil paper.

    Raises Refusal("visit.unknown" | "visit.cancelled" | "visit.not_yet" | "visit.risk" | "seat.none" |
    "household.unknown" | "consent.data").
    """
    visit = live_visit(act, visit_id)
    rules.check_boarding(visit, act.day)
    consenting(act, household)
    booked = participants_of(act, visit_id, household)
    came = frozenset(p.person for _, p in booked) if persons is None else frozenset(persons)
    if not booked or not came.issubset(p.person for _, p in booked):
        raise Refusal("seat.none")
    for record_id, participant in booked:
        here = participant.person in came
        seen = msgspec.structs.replace(participant, came=here, paper=participant.person in papers if here else None)
        if seen != participant:
            act.records.revise(PARTICIPANT, record_id, seen)
    if visit.state == "PLANNED" and came:
        act.records.revise(VISIT, visit_id, msgspec.structs.replace(visit, state="UNDERWAY"))
    act.concerns(visit_id, household)
    everybody = tuple(p.person for _, p in booked)
    return Boarded(household, tuple(p for p in everybody if p in came), tuple(p for p in everybody if p not in came))


@command("visit.find", roles=FAMILIES)
def find(act: Act, participant_id: str, finding: Finding) -> None:
    """Write down what somebody found.

    Raises Refusal("visit.no_participant" | "visit.not_there" | "visit.no_hazard" | "visit.own_house" | "form.code").
    """
    participant = _was_there(act, participant_id)
    rules.check_finding(finding, act.lists)
    act.records.revise(PARTICIPANT, participant_id, msgspec.structs.replace(participant, finding=finding))
    act.concerns(participant_id, participant.household)


@command("visit.decide", roles=FAMILIES)
def decide(act: Act, participant_id: str, decision: str) -> None:
    """Write down what somebody decided after a visit, from the next day on; she may decide otherwise later.

    Raises Refusal("visit.no_participant" | "visit.not_there" | "visit.next_day" | "form.code").
    """
    participant = _was_there(act, participant_id)
    among(decision, codes.DECISION, "visit_decision")
    visit = document_of(act.connection, VISIT, participant.visit)
    if visit is None:
        raise Refusal("visit.unknown")
    rules.check_decision(visit.on, act.day)
    decided = msgspec.structs.replace(participant, decision=decision, decided_on=act.day)
    act.records.revise(PARTICIPANT, participant_id, decided)
    act.concerns(participant_id, participant.household)


def _was_there(act: Act, participant_id: str) -> Participant:
    participant = document_of(act.connection, PARTICIPANT, participant_id)
    if participant is None:
        raise Refusal("visit.no_participant")
    if not participant.came:
        raise Refusal("visit.not_there")
    return participant


def participants_of(view: View, visit_id: str, household: str) -> list[tuple[str, Participant]]:
    """(id, record) of everybody of a family who took a seat and kept it, each person once."""
    kept = {
        person
        for _, seat in documents_of(view.connection, SEAT, household)
        if seat.visit == visit_id and seat.state == "TAKEN"
        for person in seat.persons
    }
    booked = (
        (record_id, one)
        for record_id, one in documents_of(view.connection, PARTICIPANT, household)
        if one.visit == visit_id and one.person in kept
    )
    return list(rules.fullest(booked).values())


def live_visit(view: View, visit_id: str) -> Visit:
    """A visit that is not cancelled. Raises Refusal("visit.unknown" | "visit.cancelled")."""
    visit = document_of(view.connection, VISIT, visit_id)
    if visit is None:
        raise Refusal("visit.unknown")
    if visit.state == "CANCELLED":
        raise Refusal("visit.cancelled")
    return visit
