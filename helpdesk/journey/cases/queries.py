"""What pages, papers and the command line ask of cases: one family's standing, the board, the worklists.

The standing of one family is computed of its facts; board and worklists read the derived rows alone, page by page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, literal_column, or_, select

from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.cases.codes import BIT, SAFEGUARD
from helpdesk.journey.cases.documents import Case, FollowUp, FollowUpProposal, Settlement, Standing, Waiver
from helpdesk.journey.cases.gathering import Ground, decisions_of, papers_of
from helpdesk.journey.cases.kinds import CASE, FOLLOW_UP, SETTLEMENT, WAIVER
from helpdesk.journey.cases.proposing import open_proposal
from helpdesk.journey.cases.standing import stand
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.vault.records import documents_of

RUNNING_OUT_DAYS: Final = 5
"""Days before an adult's answer or a clearance runs out from which the worklists show it."""
WORKLIST = CodeList(
    "worklist", "READY", "DECLARE", "MISSING", "CENTRE", "WAIVERS", "INTENTION", "CLEARANCE", "SCHEDULED", "HOLD",
    "FOLLOW_UP", "STAYING", "INCIDENTS", "AWAITING",
)  # fmt: skip
BOARD: Final = (
    "REGISTERED", "SCREENED", "PREPARING", "READY", "SCHEDULED", "DEPARTED", "ARRIVED", "MONITORED", "CLOSED",
)  # fmt: skip
"""The columns of the readiness board."""
ORDERS: Final = {
    "number": HouseholdRow.number,
    "name": PersonRow.sort_name,
    "blocking": StandingRow.blocking,
    "good_until": StandingRow.good_until,
    "movement_day": StandingRow.movement_day,
    "review_on": StandingRow.review_on,
}


class CaseLine(Struct, frozen=True):
    """One family of a board or worklist: the least that names it, its state, and the codes of what is missing.

    ``good_until`` is the first end of an adult's answer or a clearance, never that of the centre's word.
    """

    household: str
    number: str
    principal: str
    persons: int
    site: str | None
    destination: str | None
    state: str
    missing: tuple[str, ...]
    blocking: int
    good_until: date | None
    intention_until: date | None
    clearance_until: date | None
    movement_day: date | None
    departed_on: date | None
    review_on: date | None
    incident: str
    awaiting: bool = False


class Column(Struct, frozen=True):
    """One column of the board: families and persons in one state."""

    state: str
    families: int
    persons: int


class CaseFile(Struct, frozen=True):
    """All that is written down of a family's cases, for its file: cases, log, waivers with their ids, settlements.

    ``proposed`` is the follow-up that somebody proposed and nobody has answered.
    """

    standing: Standing
    cases: tuple[Case, ...]
    log: tuple[FollowUp, ...]
    waivers: tuple[tuple[str, Waiver], ...]
    settlements: tuple[Settlement, ...]
    proposed: FollowUpProposal | None = None


def standing_of(view: View, household: str) -> Standing:
    """Where a family stands today, with everything that is missing and done. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    papers = papers_of(view.connection, [household]).get(household)
    if papers is None:
        raise Refusal("household.unknown")
    decided = decisions_of(view.connection, [household]).get(household)
    return stand(papers, Ground(view.connection, view.day), decided)[0]


def case_file(view: View, household: str) -> CaseFile:
    """The same with the history. Raises Refusal("household.unknown")."""
    return CaseFile(
        standing=standing_of(view, household),
        cases=tuple(doc for _, doc in documents_of(view.connection, CASE, household)),
        log=tuple(doc for _, doc in documents_of(view.connection, FOLLOW_UP, household)),
        waivers=tuple(documents_of(view.connection, WAIVER, household)),
        settlements=tuple(doc for _, doc in documents_of(view.connection, SETTLEMENT, household)),
        proposed=open_proposal(view, household),
    )


def board(view: View, site: str | None = None) -> tuple[Column, ...]:
    """The columns of a site's board, or of all sites; states beside the way follow those on it, where there are any."""
    statement = (
        select(StandingRow.state, func.count(), func.coalesce(func.sum(HouseholdRow.persons), 0))
        .join(HouseholdRow, HouseholdRow.id == StandingRow.household)
        .group_by(StandingRow.state)
    )
    if site is not None:
        statement = statement.where(StandingRow.site == site)
    found = {row[0]: (row[1], int(row[2])) for row in view.connection.execute(statement)}
    states = (*BOARD, *sorted(found.keys() - set(BOARD)))
    return tuple(Column(state, *found.get(state, (0, 0))) for state in states)


def missing_counts(view: View, site: str | None = None) -> dict[str, int]:
    """For each safeguard, how many families before departure lack it."""
    row = view.connection.execute(_missing_counts(of_site=site is not None), {"at_site": site}).one()
    return {code: int(count or 0) for code, count in zip(SAFEGUARD, row, strict=True)}


def worklist_counts(view: View, site: str | None = None) -> dict[str, int]:
    """How many families each worklist holds: one pass over the derived rows, whatever the number of lists."""
    bound = {"at_site": site, "soon": _soon(view.day)}
    row = view.connection.execute(_counts(of_site=site is not None), bound).one()
    return dict(zip(WORKLIST, row, strict=True))


def worklist(
    view: View,
    code: str,
    *,
    site: str | None = None,
    safeguard: str | None = None,
    order: str = "number",
    descending: bool = False,
) -> list[str]:
    """The household ids of a worklist in one of :data:`ORDERS`, for a paged list.

    ``code`` is of ``worklist`` or a state of the board; MISSING may be narrowed to one safeguard.
    """
    statement = _worklist(code, safeguard, order, descending=descending, of_site=site is not None)
    return list(view.connection.scalars(statement, {"at_site": site, "soon": _soon(view.day)}))


def lines(view: View, households: Sequence[str]) -> dict[str, CaseLine]:
    """One page of a worklist or board column: the lines of these households."""
    view.only(NAMES)
    return {row.household: _line(row) for row in view.connection.execute(_LINES, {"of_page": list(households)})}


_LINES = (
    select(StandingRow, HouseholdRow.number, HouseholdRow.persons, PersonRow.name)
    .join(HouseholdRow, HouseholdRow.id == StandingRow.household)
    .join(PersonRow, PersonRow.id == HouseholdRow.principal)
    .where(StandingRow.household.in_(bindparam("of_page", expanding=True)))
)


def _line(row: Any) -> CaseLine:
    mask: int = row.mask
    return CaseLine(
        household=row.household,
        number=row.number,
        principal=row.name,
        persons=row.persons,
        site=row.site,
        destination=row.destination,
        state=row.state,
        missing=tuple(code for code in SAFEGUARD if mask & BIT[code]),
        blocking=row.blocking,
        good_until=min((end for end in (row.intention_until, row.clearance_until) if end is not None), default=None),
        intention_until=row.intention_until,
        clearance_until=row.clearance_until,
        movement_day=row.movement_day,
        departed_on=row.departed_on,
        review_on=row.review_on,
        incident=row.incident,
        awaiting=row.awaiting,
    )


def _lacks(code: str) -> ColumnElement[int]:
    return (StandingRow.mask.op("/")(BIT[code])).op("%")(2)


def _soon(day: date) -> date:
    return day + timedelta(days=RUNNING_OUT_DAYS)


# statements are built once: building one of these takes longer than the store needs to answer it


@cache
def _missing_counts(*, of_site: bool) -> Select[Any]:
    lacking: Any = select(*(func.sum(_lacks(code)) for code in SAFEGUARD)).where(StandingRow.state == "PREPARING")
    return _at_site(lacking, of_site)


@cache
def _counts(*, of_site: bool) -> Select[Any]:
    counts: Any = select(*(func.count().filter(_condition(code, None)) for code in WORKLIST)).select_from(StandingRow)
    return _at_site(counts, of_site)


@cache
def _worklist(code: str, safeguard: str | None, order: str, *, descending: bool, of_site: bool) -> Select[str]:
    column = ORDERS[order]
    statement = (
        select(StandingRow.household)
        .join(HouseholdRow, HouseholdRow.id == StandingRow.household)
        .where(_condition(code, safeguard))
    )
    if order == "name":
        statement = statement.join(PersonRow, PersonRow.id == HouseholdRow.principal)
    ordered = column.desc() if descending else column.asc()
    return _at_site(statement, of_site).order_by(ordered, StandingRow.household)


def _at_site(statement: Select[Any], of_site: bool) -> Select[Any]:
    return statement.where(StandingRow.site == bindparam("at_site")) if of_site else statement


def _condition(code: str, safeguard: str | None) -> ColumnElement[bool]:
    soon = bindparam("soon", type_=Date)
    before = StandingRow.state.in_(("PREPARING", "READY", "SCHEDULED"))
    preparing = StandingRow.state == "PREPARING"
    conditions: dict[str, ColumnElement[bool]] = {
        "DECLARE": and_(preparing, StandingRow.blocking == 0),
        "MISSING": and_(preparing, StandingRow.blocking > 0) if safeguard is None
        else and_(preparing, _lacks(safeguard) == 1),
        "CENTRE": and_(preparing, _lacks("CENTRE") == 1),
        "WAIVERS": StandingRow.proposed > literal_column("0"),  # as the index says it: a parameter would not find it
        "INTENTION": and_(before, StandingRow.intention_until <= soon),
        "CLEARANCE": and_(before, StandingRow.clearance_until <= soon),
        "FOLLOW_UP": StandingRow.state == "FOLLOW_UP",
        "STAYING": StandingRow.state == "STAYING",
        "INCIDENTS": StandingRow.incident != literal_column("''"),
        "AWAITING": and_(StandingRow.awaiting),
    }  # fmt: skip
    return conditions.get(code, or_(StandingRow.state == code))
