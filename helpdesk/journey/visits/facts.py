"""What the gate asks of visits: whether a family was offered one, since when, and by which record (H2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from helpdesk.journey.facts import Fact, newest
from helpdesk.journey.visits.documents import Seat
from helpdesk.journey.visits.kinds import SEAT, VISIT
from helpdesk.vault.records import document_of


def offered(connection: Connection, household: str) -> Fact | None:
    """The latest offer of a visit to the household; None if there is none. Going is not required.

    A declined offer stands whatever becomes of the visit. A seat does not while the family waits for a free one, was
    taken back, or the visit was cancelled before it took place: the family that wanted to see has not been able to.
    """

    def made(seat: Seat) -> date | None:
        if seat.state == "DECLINED":
            return seat.offered_on
        if seat.state not in ("OFFERED", "TAKEN"):
            return None
        visit = document_of(connection, VISIT, seat.visit) if seat.visit else None
        return None if visit is not None and visit.state == "CANCELLED" else seat.offered_on

    return newest(connection, SEAT, household, made)
