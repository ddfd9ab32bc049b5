"""Counts of what this store holds of households, for the day's tally and the desk's state: numbers, never names."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.desk.commands import View
from helpdesk.households import numbers
from helpdesk.households.kinds import CARD, TALLY
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.records import all_documents


class DayTally(Struct, frozen=True):
    """One day: families and persons registered, cards issued, and visits without a name by kind (women, men)."""

    day: date
    families: int = 0
    persons: int = 0
    cards: int = 0
    visits: dict[str, tuple[int, int]] = {}


def free_numbers(view: View) -> dict[str, int]:
    """How many household and voucher numbers this desk may still give out."""
    return {kind: numbers.free(view.connection, kind) for kind in numbers.BODY_DIGITS}


def tally_by_day(view: View, first: date | None = None, last: date | None = None) -> tuple[DayTally, ...]:
    """The days from ``first`` to ``last`` (both included; None: open) on which anything happened, in order."""
    families: dict[date, tuple[int, int]] = {}
    counted = select(
        HouseholdRow.registered_on, func.count().label("families"), func.sum(HouseholdRow.persons).label("persons")
    ).group_by(HouseholdRow.registered_on)
    for row in view.connection.execute(counted):
        families[row.registered_on] = (row.families, int(row.persons))
    cards: dict[date, int] = defaultdict(int)
    for _, card in all_documents(view.connection, CARD):
        cards[card.issued_on] += 1
    visits: dict[date, dict[str, tuple[int, int]]] = defaultdict(dict)
    for _, visit in all_documents(view.connection, TALLY):
        women, men = visits[visit.on].get(visit.kind, (0, 0))
        visits[visit.on][visit.kind] = (women + visit.women, men + visit.men)
    return tuple(
        DayTally(day, *families.get(day, (0, 0)), cards=cards.get(day, 0), visits=visits.get(day, {}))
        for day in sorted({*families, *cards, *visits})
        if (first is None or first <= day) and (last is None or day <= last)
    )
