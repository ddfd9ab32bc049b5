"""Recording what authorities answered, for one traveller or for many families at once.

Runs inside the gate, only while a family's data consent stands. It sends nothing to any authority.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import bindparam, select

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.commands import consenting
from helpdesk.households.rules import among
from helpdesk.journey.clearances.codes import AUTHORITY, CLEARANCE_STATUS
from helpdesk.journey.clearances.documents import Clearance, ClearanceEntry
from helpdesk.journey.clearances.facts import needing
from helpdesk.journey.clearances.kinds import CLEARANCE
from helpdesk.journey.clearances.tables import ClearanceRow

_FURTHEST: Final = 5 * 366
"""Days ahead that an answer may hold: beyond it somebody mistyped the year."""
_LONGEST: Final = 80
_ALREADY = (
    select(ClearanceRow.id, ClearanceRow.person, ClearanceRow.authority)
    .where(ClearanceRow.household == bindparam("of_household"))
    .order_by(ClearanceRow.on, ClearanceRow.id)
)


@command("clearance.record", roles=FAMILIES)
def record(act: Act, entries: tuple[ClearanceEntry, ...]) -> int:
    """Record answers: all of them or none; returns how many single answers were written.

    An answer given before is followed by the new one and stays in the history. Every answer is signed by who records
    it. Raises Refusal("clearance.nothing" | "clearance.proof" | "clearance.ends" | "clearance.end_without" |
    "clearance.applied" | "clearance.nobody" | "person.unknown" | "form.code" | "consent.data" | "household.unknown").
    """
    written = 0
    for entry in entries:
        check(entry, act.day)
        written += _record_one(act, entry)
        act.concerns(entry.household)
    if not written:
        raise Refusal("clearance.nothing")
    return written


def check(entry: ClearanceEntry, day: date) -> None:
    """The rules of one answer, apart from who the people are."""
    if not entry.authorities:
        raise Refusal("clearance.nothing")
    for authority in entry.authorities:
        among(authority, AUTHORITY, "authority")
    among(entry.status, CLEARANCE_STATUS, "status")
    if entry.status == "GRANTED" and not entry.seen and not clean(entry.reference):
        raise Refusal("clearance.proof")
    if entry.valid_until is not None:
        if entry.status not in ("GRANTED", "PARTIAL"):
            raise Refusal("clearance.end_without")
        if not 0 <= (entry.valid_until - day).days <= _FURTHEST:
            raise Refusal("clearance.ends", day=entry.valid_until)
    if entry.applied_on is not None and entry.applied_on > day:
        raise Refusal("clearance.applied")


def _record_one(act: Act, entry: ClearanceEntry) -> int:
    members = consenting(act, entry.household).members
    for person in entry.persons:
        if person not in members:
            raise Refusal("person.unknown")
    people = entry.persons or needing(act.connection, entry.household, members, act.day)
    if not people:
        raise Refusal("clearance.nobody")
    act.records.flush()
    known = {
        (row.person, row.authority): row.id
        for row in act.connection.execute(_ALREADY, {"of_household": entry.household})
    }
    pairs = [(person, authority) for person in people for authority in dict.fromkeys(entry.authorities)]
    for person, authority in pairs:
        document = Clearance(
            household=entry.household,
            person=person,
            authority=authority,
            status=entry.status,
            on=act.day,
            applied_on=entry.applied_on,
            reference=clean(entry.reference)[:_LONGEST],
            valid_until=entry.valid_until,
            seen_by=act.user.id if entry.seen else None,
        )
        before = known.get((person, authority))
        if before is None:
            act.records.create(CLEARANCE, act.new_id(), document, signed=True)
        else:
            act.records.revise(CLEARANCE, before, document, signed=True)
    return len(pairs)
