"""The worklists of clearances with what cases know: only families that have not left, and what they still miss (H6).

It stands above both rooms because a clearance does not know the case it serves.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import func, select

from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.journey.cases.codes import BIT
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.clearances import queries

WORKLISTS: Final = ("ENDING", "ENDED", "MISSING", "OPEN")
"""Runs out soon; has run out; a family that prepares misses one; an answer was asked for and is not complete."""
_PREPARING: Final = ("PREPARING", "READY", "SCHEDULED")


# any day at all: of few families among many, whom an index finds by a day and not by there being one
_LEFT = select(StandingRow.household).where(StandingRow.departed_on >= date.min)
_MISSING = select(StandingRow.household).where(
    StandingRow.declared.in_(_PREPARING), StandingRow.mask.op("&")(BIT["H6"]) != 0
)


def worklist(view: View, name: str) -> list[str]:
    """The households of one of :data:`WORKLISTS`, the most urgent first; nobody who has left."""
    view.only(NAMES)
    if name != "MISSING":
        return queries.worklist(view, name, _LEFT)
    soonest = (StandingRow.movement_day.is_(None), StandingRow.movement_day, StandingRow.household)
    return list(view.connection.scalars(_MISSING.order_by(*soonest)))


def counts(view: View) -> dict[str, int]:
    """How many families each worklist holds."""
    missing = view.connection.scalar(select(func.count()).select_from(_MISSING.subquery())) or 0
    counted = {**queries.worklist_counts(view, _LEFT), "MISSING": missing}
    return {name: counted[name] for name in WORKLISTS}
