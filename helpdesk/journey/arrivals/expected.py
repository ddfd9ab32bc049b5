"""Who is expected at this desk: families handed over to it, and families that left and went to no other desk.

It reads derived rows alone; whether somebody arrived is said by an arrival, never by a day that passed.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from helpdesk.desk.commands import View
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.arrivals.tables import ArrivalRow, HandoverRow
from helpdesk.journey.cases.tables import StandingRow

_COMING = ("DEPARTED", "SCHEDULED", "READY", "PREPARING")
"""Declared states of a family that was handed over: whoever handed it over may know more than stands here."""


class Expected(Struct, frozen=True):
    """How many are still expected."""

    families: int
    people: int


def expected(view: View) -> Expected:
    """How many are still expected at this desk."""
    statement = expected_households(view).subquery()
    row = view.connection.execute(
        select(func.count(), func.coalesce(func.sum(HouseholdRow.persons), 0)).select_from(
            statement.join(HouseholdRow, HouseholdRow.id == statement.c.household)
        )
    ).one()
    return Expected(row[0], int(row[1]))


def expected_households(view: View) -> Select[Any]:
    """The households that are expected here, as a statement to order and count."""
    mine = view.bundle.desk.number if view.bundle is not None else 0
    # gathered once, not looked for again for each family
    to_me = StandingRow.household.in_(select(HandoverRow.household).where(HandoverRow.desk == mine))
    elsewhere = exists().where(HandoverRow.household == StandingRow.household, HandoverRow.desk != mine)
    return select(StandingRow.household).where(
        StandingRow.arrived_on.is_(None),
        ~_arrived(),
        or_(
            and_(StandingRow.state == "DEPARTED", ~elsewhere),
            and_(StandingRow.declared.in_(_COMING), to_me),
        ),
    )


def _arrived() -> ColumnElement[bool]:
    return exists().where(ArrivalRow.case_id == StandingRow.case_id)
