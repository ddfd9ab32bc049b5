"""What the lists of expected families on paper are made of: numbers and sizes; names only by a supervisor's own act.

A list with names is the one paper on which everybody stands who comes to a place: it leaves an audit entry.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.arrivals.queries import ids
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.vault.bulk import among

MOST = 1000
"""Families on one list."""


class ExpectedFamily(Struct, frozen=True):
    """One family of the list; ``name`` is "" unless a supervisor asked for names."""

    household: str
    number: str
    persons: int
    departed_on: date | None
    name: str = ""


class ExpectedList(Struct, frozen=True):
    """The families that are expected, in the order of their numbers, on a day."""

    day: date
    families: tuple[ExpectedFamily, ...]

    @property
    def people(self) -> int:
        """How many people they are."""
        return sum(family.persons for family in self.families)


def expected_list(view: View) -> ExpectedList:
    """The list without names."""
    view.only(NAMES)
    return _list(view, named=False)


@command("arrival.names", roles=(Role.SUPERVISOR,))
def expected_names(act: Act) -> ExpectedList:
    """The list with the names of the principals."""
    found = _list(act, named=True)
    act.concerns(*(family.household for family in found.families))
    return found


def _list(view: View, *, named: bool) -> ExpectedList:
    wanted = ids(view, "EXPECTED")[:MOST]
    rows = view.connection.execute(
        select(HouseholdRow.id, HouseholdRow.number, HouseholdRow.persons, PersonRow.name, StandingRow.departed_on)
        .join(PersonRow, PersonRow.id == HouseholdRow.principal)
        .outerjoin(StandingRow, StandingRow.household == HouseholdRow.id)
        .where(among(view.connection, HouseholdRow.id, wanted))
        .order_by(HouseholdRow.number)
    )
    return ExpectedList(
        view.day,
        tuple(
            ExpectedFamily(row.id, row.number, row.persons, row.departed_on, row.name if named else "") for row in rows
        ),
    )
