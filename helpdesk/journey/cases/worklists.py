"""What the readiness board reads: its sites, and of each column one page of cards, longest in their state first.

It reads the derived rows alone and never more than a page; which families a worklist holds is said by ``queries``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Select, bindparam, func, select

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
    """One column: how many families exactly, and one page of its cards from ``start`` on."""

    state: str
    families: int
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


class SiteCount(Struct, frozen=True):
    """One site (None for families without one) and the families whose standing is kept there."""

    site: str | None
    families: int


def board(view: View, site: str | None = None, starts: Mapping[str, int] | None = None) -> Board:
    """The board of a site, or of all: exact counts, and of each column the page that begins at ``starts[state]``."""
    view.only(NAMES)
    found = _counts(view, site)
    columns = []
    for state in queries.BOARD:
        families = found.pop(state, 0)
        start = _within((starts or {}).get(state, 0), families)
        columns.append(BoardColumn(state, families, start, _cards(view, state, site, start) if families else ()))
    beside = tuple(BoardColumn(state, families, 0, ()) for state, families in sorted(found.items()))
    return Board(site, view.day, tuple(columns), beside)


def _counts(view: View, site: str | None) -> dict[str, int]:
    # of the index alone: no row of a family is opened to be counted
    statement = select(StandingRow.state, func.count()).group_by(StandingRow.state)
    if site is not None:
        statement = statement.where(StandingRow.site == site)
    return {row[0]: row[1] for row in view.connection.execute(statement)}


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
    bound = {"in_state": state, "from_row": start} | ({} if site is None else {"at_site": site})
    return tuple(BoardCard(*row) for row in view.connection.execute(_cards_of(of_site=site is not None), bound))


@cache
def _cards_of(*, of_site: bool) -> Select[Any]:
    page = select(StandingRow.household, StandingRow.since, StandingRow.blocking)
    page = page.where(StandingRow.state == bindparam("in_state"))
    if of_site:
        page = page.where(StandingRow.site == bindparam("at_site"))
    # families are joined to the page and not to what comes before it: the last page opens as quickly as the first
    page = page.order_by(StandingRow.since, StandingRow.household).limit(CARDS).offset(bindparam("from_row"))
    cards = page.subquery()
    return (
        select(cards.c.household, HouseholdRow.number, HouseholdRow.persons, cards.c.since, cards.c.blocking)
        .join(HouseholdRow, HouseholdRow.id == cards.c.household)
        .order_by(cards.c.since, cards.c.household)
    )
