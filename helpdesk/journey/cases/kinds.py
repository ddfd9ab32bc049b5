"""The kinds of record of a case, and how two desks' changes meet: what stops a family wins over what moves it.

What happened (a departure, an arrival) wins over both, because it cannot be undone; whether it counts is judged apart.
"""

from __future__ import annotations

import hashlib
from typing import Final

from helpdesk.journey.cases.documents import (
    Case,
    Departure,
    FollowUp,
    FollowUpProposal,
    Settlement,
    Waiver,
    WaiverConfirmed,
)
from helpdesk.vault.records import Kind, safest

_FROM_OPEN: Final = (
    "", "PREPARING", "READY", "SCHEDULED", "FOLLOW_UP", "STAYING", "HOLD", "WITHDRAWN", "UNFACILITATED", "DEPARTED",
    "ARRIVED", "MONITORED", "LOST", "REDISPLACED", "CLOSED", "MERGED", "VOID",
)  # fmt: skip


def safer_state(one: str, other: str) -> str:
    """The state that lets less happen; a fact above all. READY stays harmless: what it needs is asked every day."""
    return safest(_FROM_OPEN, one, other)


def safer_waiver(one: str, other: str) -> str:
    """A waiver withdrawn at either desk is withdrawn."""
    return safest(("PROPOSED", "WITHDRAWN"), one, other)


def answered_proposal(one: str, other: str) -> str:
    """A proposal that was answered at either desk is answered, and a family handed over stays so."""
    return safest(("PROPOSED", "DECLINED", "CONFIRMED"), one, other)


def earlier_day(one: str | None, other: str | None) -> str | None:
    """The day of the arrival that counts is the earliest that any desk saw (ISO days, as documents hold them)."""
    return min((day for day in (one, other) if day is not None), default=None)


def case_id(household: str, attempt: int) -> str:
    """The id of a household's case: two desks that open the same attempt write one record, and it merges."""
    digest = hashlib.sha256(b"fvm/case/1\0" + household.encode() + b"/%d" % attempt).hexdigest()
    # the form of a version 8 UUID (RFC 9562): its bits are the program's own
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


CASE = Kind(
    "case",
    Case,
    safer={"state": safer_state, "arrived_on": earlier_day},
    never_merged=frozenset({"household", "attempt"}),
)
FOLLOW_UP = Kind("follow_up", FollowUp, event=True)
FOLLOW_UP_PROPOSAL = Kind(
    "follow_up_proposal",
    FollowUpProposal,
    safer={"state": answered_proposal},
    never_merged=frozenset({"household", "case"}),
)
WAIVER = Kind("waiver", Waiver, safer={"state": safer_waiver}, never_merged=frozenset({"household", "safeguard"}))
WAIVER_CONFIRMED = Kind("waiver_confirmed", WaiverConfirmed, event=True)
DEPARTURE = Kind("departure", Departure, event=True)
SETTLEMENT = Kind("settlement", Settlement, event=True)

KINDS = (CASE, FOLLOW_UP, FOLLOW_UP_PROPOSAL, WAIVER, WAIVER_CONFIRMED, DEPARTURE, SETTLEMENT)
