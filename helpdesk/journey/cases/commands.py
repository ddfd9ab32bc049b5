"""Acts on cases: preparing begins, ready is declared, a day is given, a family waits, stays, or left by itself.

What the gate guards is asked there. Bulk acts do what they can and tell apart who may not and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from helpdesk.core.errors import Refusal, code
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.desk.tables import UserRow
from helpdesk.households.commands import consenting, known_household
from helpdesk.households.kinds import INTENTION
from helpdesk.households.late import since_registration, typed
from helpdesk.households.rules import among
from helpdesk.journey.cases import gate, steps
from helpdesk.journey.cases.codes import FOLLOW_UP_ACTION, HOLD_REASON, UNFACILITATED
from helpdesk.journey.cases.documents import Case, FollowUp
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.cases.gathering import Ground, papers_of
from helpdesk.journey.cases.kinds import FOLLOW_UP
from helpdesk.journey.cases.proposing import answer_open
from helpdesk.journey.cases.rules import TRACK_OF, is_screened
from helpdesk.journey.cases.steps import MOST_DAYS, check_review
from helpdesk.vault.records import documents_of

_DISPLACED: Final = ("CAMP", "OOC")
_ENDED: Final = ("REDISPLACED", "CLOSED", "LOST", "UNFACILITATED")
_WAITING: Final = ("HOLD", "FOLLOW_UP", "STAYING")


@command("case.prepare", roles=FAMILIES)
def prepare(act: Act, household: str) -> Case:
    """Begin to prepare a screened family that wants to return or to settle elsewhere; after an ended case, the next.

    Raises Refusal("case.not_screened" | "case.no_movement" | "case.choice" | "case.step" | "consent.data").
    """
    found = consenting(act, household)
    if found.population not in _DISPLACED:
        raise Refusal("case.no_movement")
    act.records.flush()
    if not is_screened(papers_of(act.connection, [household])[household]):
        raise Refusal("case.not_screened")
    way = _way(act, household)
    known = steps.case_of(act, household)
    if known is not None and known[1].state in _ENDED:
        steps.open_next(act, household)
    elif known is not None and known[1].state != "":
        raise Refusal("case.step", state=known[1].state, to="PREPARING")
    return steps.move(act, household, "PREPARING", **way)


def _way(act: Act, household: str) -> dict[str, Any]:
    # track and destination as the family said last
    intentions = documents_of(act.connection, INTENTION, household)
    last = intentions[-1][1] if intentions else None
    if last is None or last.choice not in TRACK_OF:
        raise Refusal("case.choice")
    return {"track": TRACK_OF[last.choice], "destination": last.destination}


@command("case.ready", roles=(Role.SUPERVISOR,))
def declare_ready(act: Act, household: str) -> Case:
    """Declare a family ready to leave. Raises Refusal("gate.*" | "case.step" | "case.none")."""
    return gate.declare_ready(act, household)


@command("case.ready_many", roles=(Role.SUPERVISOR,))
def bulk_declare_ready(act: Act, households: Sequence[str]) -> tuple[NotNow, ...]:
    """Declare many ready; returns those who are not, each with its reason."""
    return gate.each(act, households, act.day, gate.declare_ready)


@command("case.schedule", roles=(Role.SUPERVISOR,))
def schedule(act: Act, households: Sequence[str], movement_day: date) -> tuple[NotNow, ...]:
    """Give families their day of movement; returns those who cannot have it, each with its reason."""

    def one(act: Act, household: str, ground: Ground) -> Case:
        return gate.schedule(act, household, movement_day, ground)

    return gate.each(act, households, act.day, one)


@command("case.unschedule", roles=FAMILIES)
def unschedule(act: Act, household: str, *, absent: bool = False) -> Case:
    """Take a family's day back: the movement is put off, or it was ``absent`` (a no-show, without any penalty).

    Raises Refusal("case.step" | "case.none").
    """
    _, case = steps.known_case(act, household)
    if case.state != "SCHEDULED":
        raise Refusal("case.step", state=case.state or "REGISTERED", to="READY")
    return steps.write(act, household, "READY", movement_day=None, noshows=case.noshows + absent)


@command("case.hold", roles=FAMILIES)
def hold(act: Act, households: Sequence[str], reason: str, review_on: date | None = None) -> tuple[NotNow, ...]:
    """Stop for now: an alert, illness, a clearance that ran out. Raises Refusal("form.code" | "case.review")."""
    among(reason, HOLD_REASON, "reason")
    check_review(act, review_on)

    def one(act: Act, household: str, _ground: Ground) -> Case:
        return steps.move(act, household, "HOLD", reason=reason, review_on=review_on, movement_day=None)

    return gate.each(act, households, act.day, one)


@command("case.resume", roles=FAMILIES)
def resume(act: Act, household: str) -> Case:
    """Back to preparing from hold, follow-up or staying, on the way that the family said last.

    Raises Refusal("case.step" | "case.none" | "case.choice" | "consent.data").
    """
    consenting(act, household)
    _, case = steps.known_case(act, household)
    if case.state not in _WAITING:
        raise Refusal("case.step", state=case.state or "REGISTERED", to="PREPARING")
    return steps.move(act, household, "PREPARING", reason="", review_on=None, **_way(act, household))


@command("case.follow_up", roles=(Role.SUPERVISOR,))
def follow_up(act: Act, household: str, review_on: date) -> Case:
    """Hand a family to the follow-up at the centre, with a day to look again. No reason is asked or kept.

    Whoever proposed it is answered by this. Raises Refusal("case.step" | "case.review").
    """
    check_review(act, review_on)
    case = steps.move(act, household, "FOLLOW_UP", reason="", review_on=review_on, movement_day=None)
    answer_open(act, household, "CONFIRMED")
    return case


@command("case.stay", roles=FAMILIES)
def stay(act: Act, household: str, review_on: date) -> Case:
    """A family that integrates where it is: services and its own follow-up, no movement.

    Raises Refusal("case.not_staying" | "case.step" | "case.review" | "consent.data").
    """
    consenting(act, household)
    check_review(act, review_on)
    intentions = documents_of(act.connection, INTENTION, household)
    if not intentions or intentions[-1][1].choice != "LOC":
        raise Refusal("case.not_staying")
    return steps.move(
        act, household, "STAYING", track="STAY", destination=None, reason="", review_on=review_on, movement_day=None
    )


@command("case.note_follow_up", roles=FAMILIES)
def note_follow_up(act: Act, household: str, action: str, review_on: date | None = None) -> None:
    """Write down what was done for a family in follow-up or staying, and when to look again.

    Raises Refusal("form.code" | "case.not_followed" | "case.review" | "case.none").
    """
    record, case = steps.known_case(act, household)
    among(action, FOLLOW_UP_ACTION, "action")
    check_review(act, review_on)
    if case.state not in ("FOLLOW_UP", "STAYING"):
        raise Refusal("case.not_followed")
    act.records.create(FOLLOW_UP, act.new_id(), FollowUp(household, record, act.day, action, review_on))
    if review_on is not None:
        steps.change(act, household, review_on=review_on)


@command("case.left_alone", roles=FAMILIES)
def leave_unfacilitated(act: Act, household: str, reason: str, on: date) -> Case:
    """A family left by its own means or by order: a fact, not counted as facilitated, no penalty.

    Raises Refusal("form.code" | "case.day" | "case.step" | "late.*").
    """
    among(reason, UNFACILITATED, "reason")
    since_registration(known_household(act, household), typed(act, on, code("case.day"), MOST_DAYS))
    return steps.move(act, household, "UNFACILITATED", reason=reason, departed_on=on, movement_day=None)


@command("case.assign", roles=(Role.SUPERVISOR,))
def assign_caseworker(act: Act, household: str, user: str | None) -> Case:
    """Name who accompanies a family, None for nobody. Raises Refusal("users.unknown" | "household.unknown")."""
    known_household(act, household)
    if user is not None:
        found = act.connection.scalar(select(UserRow.id).where(UserRow.id == user, UserRow.live))
        if found is None:
            raise Refusal("users.unknown")
    return steps.change(act, household, caseworker=user)
