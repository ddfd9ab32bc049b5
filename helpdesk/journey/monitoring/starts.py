"""From which day a family's calls are counted: its actual arrival, or a recent returnee's own return (S59).

Nothing is copied: an arrival that is corrected or comes in by a file moves the calls with it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, Subquery, exists, select, true, union_all

from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.monitoring.tables import ReturnedRow

CALLED: Final = ("ARRIVED", "MONITORED")
"""States of a case in which a family is called."""


class Start(Struct, frozen=True):
    """What a family's calls are counted from: a case or a return, and its day."""

    record: str
    from_on: date


def starts(*, live: bool) -> Subquery:
    """Household, start, from_on and place of every family with an arrival or a return; ``live``: still to be called."""
    arrived = (
        StandingRow.arrived_on.is_not(None),
        StandingRow.case_id.is_not(None),
        StandingRow.state.in_(CALLED) if live else true(),
    )
    by_arrival = select(
        StandingRow.household.label("household"),
        StandingRow.case_id.label("start"),
        StandingRow.arrived_on.label("from_on"),
        StandingRow.destination.label("place"),
    ).where(*arrived)
    has_arrival = exists().where(
        StandingRow.household == ReturnedRow.household,
        StandingRow.arrived_on.is_not(None),
        StandingRow.case_id.is_not(None),
    )
    by_return = select(ReturnedRow.household, ReturnedRow.id, ReturnedRow.from_on, ReturnedRow.place).where(
        ~has_arrival, ReturnedRow.ended_on.is_(None) if live else true()
    )
    return union_all(by_arrival, by_return).subquery("starts")


_LIVE: Final = starts(live=True)
_ALL: Final = starts(live=False)


def start_of(connection: Connection, household: str, *, live: bool = True) -> Start | None:
    """From when a family is called, or, with ``live`` off, was called; None for one that is not."""
    found = _LIVE if live else _ALL
    row = connection.execute(
        select(found.c.start, found.c.from_on).where(found.c.household == household).order_by(found.c.from_on.desc())
    ).first()
    return None if row is None else Start(row.start, row.from_on)
