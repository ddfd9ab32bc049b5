"""What the readiness board reads: its sites, and of each column one page of cards, longest in their state first.

It reads the derived rows alone and never more than a page; which families a worklist holds is said by ``queries``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.cases import queries
from helpdesk.journey.cases.tables import StandingRow

CARDS: Final = 5
"""Cards that one column of a board shows at once: nine columns are one page of rows."""


class BoardCard(Struct, frozen=True):
    """The least that lets a family be found on a board: number, size, since when it stands there, what it lacks."""

    household: str
    number: str
    persons: int
    since: date
    blocking: int


class BoardColumn(Struct, frozen=True):
    """One column: its exact counts, and one page of its cards from ``start`` on."""

    state: str
    families: int
    persons: int
    start: int
    cards: tuple[BoardCard, ...]


class Board(Struct, frozen=True):
    """A site's board: the columns on the way, then those beside it, without cards; ``day`` is the day it holds for."""

    site: str | None
    day: date
    columns: tuple[BoardColumn, ...]
    beside: tuple[BoardColumn, ...]

    @property
    def families(self) -> int:
        """All families of the board."""
        return sum(one.families for one in (*self.columns, *self.beside))

    @property
    def persons(self) -> int:
        """The people in them."""
        return sum(one.persons for one in (*self.columns, *self.beside))


class SiteCount(Struct, frozen=True):
    """One site (None for families without one) and the families whose standing is kept there."""

    site: str | None
    families: int


def board(view: View, site: str | None = None, starts: Mapping[str, int] | None = None) -> Board:
    """The board of a site, or of all: exact counts, and of each column the page that begins at ``starts[state]``."""
    view.only(NAMES)
    columns: list[BoardColumn] = []
    beside: list[BoardColumn] = []
    for column in queries.board(view, site):
        is_on_the_way = column.state in queries.BOARD
        start = _within((starts or {}).get(column.state, 0), column.families)
        cards = _cards(view, column.state, site, start) if is_on_the_way and column.families else ()
        made = BoardColumn(column.state, column.families, column.persons, start, cards)
        (columns if is_on_the_way else beside).append(made)
    return Board(site, view.day, tuple(columns), tuple(beside))


def sites(view: View) -> tuple[SiteCount, ...]:
    """Where families stand, the largest site first."""
    view.only(NAMES)
    families = func.count()
    rows = view.connection.execute(
        select(StandingRow.site, families.label("families")).group_by(StandingRow.site).order_by(families.desc())
    )
    return tuple(SiteCount(row.site, row.families) for row in rows)


def _within(start: int, families: int) -> int:
    # families have left the column since it was turned: its last page
    last = max(0, families - 1) // CARDS * CARDS
    return min(max(0, start), last)


def _cards(view: View, state: str, site: str | None, start: int) -> tuple[BoardCard, ...]:
    statement = (
        select(StandingRow.household, HouseholdRow.number, HouseholdRow.persons, StandingRow.since,
               StandingRow.blocking)
        .join(HouseholdRow, HouseholdRow.id == StandingRow.household)
        .where(StandingRow.state == state)
        .order_by(StandingRow.since, StandingRow.household)
        .limit(CARDS)
        .offset(start)
    )  # fmt: skip
    if site is not None:
        statement = statement.where(StandingRow.site == site)
    return tuple(BoardCard(*row) for row in view.connection.execute(statement))
