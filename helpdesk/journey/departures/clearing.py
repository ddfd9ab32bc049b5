"""The worklists of clearances with what cases know: only families that have not left, and what they still miss (H6).

It stands above both rooms because a clearance does not know the case it serves.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.journey.cases.codes import BIT
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.clearances import queries

WORKLISTS: Final = ("ENDING", "ENDED", "MISSING", "OPEN")
"""Runs out soon; has run out; a family that prepares misses one; an answer was asked for and is not complete."""
_PREPARING: Final = ("PREPARING", "READY", "SCHEDULED")


def worklist(view: View, name: str) -> list[str]:
    """The households of one of :data:`WORKLISTS`, the most urgent first; nobody who has left."""
    view.only(NAMES)
    if name == "MISSING":
        wanted = (StandingRow.declared.in_(_PREPARING), StandingRow.mask.op("&")(BIT["H6"]) != 0)
        soonest = (StandingRow.movement_day.is_(None), StandingRow.movement_day, StandingRow.household)
        return list(view.connection.scalars(select(StandingRow.household).where(*wanted).order_by(*soonest)))
    left = set(view.connection.scalars(select(StandingRow.household).where(StandingRow.departed_on.is_not(None))))
    return [household for household in queries.worklist(view, name) if household not in left]


def counts(view: View) -> dict[str, int]:
    """How many families each worklist holds."""
    return {name: len(worklist(view, name)) for name in WORKLISTS}
