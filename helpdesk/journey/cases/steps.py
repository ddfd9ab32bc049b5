"""The steps a case may take, by one table, and the pen that writes them.

READY, SCHEDULED and DEPARTED belong to the gate alone (gate.py); whoever asks for them here is refused.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import msgspec

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act
from helpdesk.households.commands import known_household
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import CASE, case_id
from helpdesk.vault.records import documents_of

MOST_DAYS: Final = 365
"""Days ahead for which a review may be set, and back for which a family that left by itself is written down."""
_STOPS: Final = ("HOLD", "FOLLOW_UP", "STAYING", "WITHDRAWN", "UNFACILITATED")
ALLOWED: Final[dict[str, frozenset[str]]] = {
    "": frozenset({"PREPARING", "FOLLOW_UP", "STAYING", "WITHDRAWN", "UNFACILITATED", "ARRIVED"}),
    "PREPARING": frozenset({"READY", *_STOPS}),
    "READY": frozenset({"SCHEDULED", *_STOPS}),
    "SCHEDULED": frozenset({"DEPARTED", "READY", "ARRIVED", *_STOPS}),
    "HOLD": frozenset({"PREPARING", "FOLLOW_UP", "STAYING", "WITHDRAWN", "UNFACILITATED"}),
    "FOLLOW_UP": frozenset({"PREPARING", "STAYING", "WITHDRAWN", "UNFACILITATED"}),
    "STAYING": frozenset({"PREPARING", "FOLLOW_UP", "WITHDRAWN", "UNFACILITATED", "CLOSED"}),
    "WITHDRAWN": frozenset({"", "PREPARING", "HOLD", "FOLLOW_UP", "STAYING", "UNFACILITATED"}),
    "UNFACILITATED": frozenset({"ARRIVED", "CLOSED", "REDISPLACED"}),
    "DEPARTED": frozenset({"ARRIVED", "PREPARING", "LOST"}),
    "ARRIVED": frozenset({"MONITORED", "CLOSED", "LOST", "REDISPLACED"}),
    "MONITORED": frozenset({"CLOSED", "LOST", "REDISPLACED"}),
    "LOST": frozenset({"ARRIVED", "MONITORED", "CLOSED", "REDISPLACED"}),
    "CLOSED": frozenset({"REDISPLACED"}),
    "REDISPLACED": frozenset(),
    "MERGED": frozenset(),
    "VOID": frozenset(),
}
"""From the declared state to what may follow; MERGED and VOID may follow anything.

SCHEDULED is followed by ARRIVED where a family arrives before its departure is known at that desk.
"""
ENDS: Final = frozenset({"MERGED", "VOID"})
GATED: Final = frozenset({"READY", "SCHEDULED", "DEPARTED"})
SIGNED: Final = frozenset({"READY", "SCHEDULED", "DEPARTED", "WITHDRAWN", "CLOSED", "MERGED", "VOID"})
"""The states that answer to a person (FORMATS.md section 2)."""


def case_of(act: Act, household: str) -> tuple[str, Case] | None:
    """The case of the latest attempt with its record, None before any."""
    cases = documents_of(act.connection, CASE, household)
    return max(cases, key=lambda pair: pair[1].attempt, default=None)


def known_case(act: Act, household: str) -> tuple[str, Case]:
    """The same. Raises Refusal("household.unknown" | "case.none")."""
    known_household(act, household)
    found = case_of(act, household)
    if found is None:
        raise Refusal("case.none")
    return found


def check(case: Case, to: str) -> None:
    """Refuse a step the table does not have. Raises Refusal("case.step", state=..., to=...)."""
    if to not in ENDS and to not in ALLOWED.get(case.state, frozenset()):
        raise Refusal("case.step", state=case.state or "REGISTERED", to=to)


def check_review(act: Act, review_on: date | None) -> None:
    """Refuse a day to look again that is no day to come, or too far. Raises Refusal("case.review")."""
    if review_on is not None and not 0 < (review_on - act.day).days <= MOST_DAYS:
        raise Refusal("case.review")


def move(act: Act, household: str, to: str, **changes: Any) -> Case:
    """Take a household's case to a state that is not the gate's, and change fields; opens the case if need be.

    For the rooms above: arrivals, monitoring, withdrawing, splitting. Raises Refusal("case.step" | "case.gated").
    """
    if to in GATED:
        raise Refusal("case.gated", to=to)
    return write(act, household, to, **changes)


def change(act: Act, household: str, **changes: Any) -> Case:
    """Change fields of a case without a step (a caseworker, a review day). Opens the case if need be."""
    record, case, is_new = _case_or_new(act, household)
    fresh = msgspec.structs.replace(case, **changes)
    _save(act, record, fresh, is_new=is_new, signed=fresh.state in SIGNED)
    return fresh


def write(act: Act, household: str, to: str, **changes: Any) -> Case:
    """The pen of this room: the gate and :func:`move` alone use it. Raises Refusal("case.step")."""
    record, case, is_new = _case_or_new(act, household)
    check(case, to)
    fresh = msgspec.structs.replace(case, **{"state": to, "changed_on": act.day, **changes})
    _save(act, record, fresh, is_new=is_new, signed=to in SIGNED)
    return fresh


def open_next(act: Act, household: str, track: str = "", **fields: Any) -> Case:
    """Open the next attempt: case 1, or after an ended one the next, which names it. Raises Refusal("case.open")."""
    before = case_of(act, household)
    if before is not None and before[1].state not in ("REDISPLACED", "CLOSED", "LOST", "UNFACILITATED"):
        raise Refusal("case.open")
    attempt = before[1].attempt + 1 if before else 1
    case = Case(household, attempt, track, "", act.day, previous_case=before[0] if before else None, **fields)
    _save(act, case_id(household, attempt), case, is_new=True, signed=False)
    return case


def _case_or_new(act: Act, household: str) -> tuple[str, Case, bool]:
    known_household(act, household)
    found = case_of(act, household)
    if found is not None:
        return (*found, False)
    return case_id(household, 1), Case(household, 1, "", "", act.day), True


def _save(act: Act, record: str, case: Case, *, is_new: bool, signed: bool) -> None:
    if is_new:
        act.records.create(CASE, record, case, signed=signed)
        act.records.flush()  # the next step of the same act reads it
    else:
        act.records.revise(CASE, record, case, signed=signed)
    act.concerns(case.household, record)
