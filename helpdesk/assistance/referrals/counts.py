"""The numbers of referrals: by provider and age, gaps without capacity, urgent ones still open (DOMAIN.md 4.13).

Every function takes a connection, so that a desk and the centre count by the same rule. Sectors that stand in no list
are counted by sector alone, never beside a provider or a place.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from helpdesk.assistance.referrals.tables import ReferralRow
from helpdesk.journey.cases.tables import StandingRow

_OPEN = ("DRAFT", "SENT", "ACCEPTED")


class ProviderCount(Struct, frozen=True):
    """How one provider stands: referrals by state, those past their day, and the oldest open one's age in days."""

    provider: str
    sector: str
    open: int
    overdue: int
    oldest: int | None
    served: int
    declined: int
    no_capacity: int
    unreachable: int


class Gap(Struct, frozen=True):
    """No capacity: what could not be given, by whom it was asked, for families on their way to which place."""

    sector: str
    provider: str
    place: str | None
    families: int


class SectorCount(Struct, frozen=True):
    """One sector in a period: opened, and of these served, without capacity, still open."""

    sector: str
    opened: int
    served: int
    no_capacity: int
    open: int


def by_provider(connection: Connection, day: date) -> tuple[ProviderCount, ...]:
    """Every provider with a referral that may be listed, sorted by name and sector."""
    row = ReferralRow
    is_open = row.status.in_(_OPEN)
    rows = connection.execute(
        select(
            row.provider,
            row.sector,
            _number(is_open),
            _number(is_open & (row.status != "ACCEPTED") & (row.due < day)),
            func.min(case((is_open, row.opened_on))),
            _number(_said("SERVED")),
            _number(_said("DECLINED")),
            _number(_said("NOCAP")),
            _number(_said("UNREACH")),
        )
        .where(row.listed, row.provider != "")
        .group_by(row.provider, row.sector)
        .order_by(row.provider, row.sector)
    )
    return tuple(
        ProviderCount(
            one[0], one[1], int(one[2]), int(one[3]), (day - one[4]).days if one[4] is not None else None,
            *(int(value) for value in one[5:]),
        )
        for one in rows
    )  # fmt: skip


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _said(status: str) -> ColumnElement[bool]:
    return or_(ReferralRow.status == status, ReferralRow.end == status)


def gaps(connection: Connection, first: date, last: date) -> tuple[Gap, ...]:
    """Referrals answered in the period with "no capacity", by sector, provider and the families' place."""
    rows = connection.execute(
        select(
            ReferralRow.sector,
            ReferralRow.provider,
            StandingRow.destination,
            func.count(ReferralRow.household.distinct()),
        )
        .outerjoin(StandingRow, StandingRow.household == ReferralRow.household)
        .where(
            ReferralRow.listed,
            or_(ReferralRow.status == "NOCAP", ReferralRow.end == "NOCAP"),
            ReferralRow.answered_on.between(first, last),
        )
        .group_by(ReferralRow.sector, ReferralRow.provider, StandingRow.destination)
        .order_by(func.count(ReferralRow.household.distinct()).desc(), ReferralRow.sector, ReferralRow.provider)
    )
    return tuple(Gap(*row) for row in rows)


def by_sector(connection: Connection, first: date, last: date) -> tuple[SectorCount, ...]:
    """Referrals opened in the period, every sector; small numbers are the report's to suppress."""
    row = ReferralRow
    rows = connection.execute(
        select(
            row.sector,
            func.count(),
            _number(_said("SERVED")),
            _number(_said("NOCAP")),
            _number(row.status.in_(_OPEN)),
        )
        .where(row.opened_on.between(first, last))
        .group_by(row.sector)
        .order_by(row.sector)
    )
    return tuple(SectorCount(one[0], *(int(number) for number in one[1:])) for one in rows)


def open_urgent(connection: Connection, household: str) -> tuple[str, ...]:
    """The ids of a family's referrals of 24 hours that nobody has closed: a case with one is not closed."""
    return tuple(
        connection.scalars(
            select(ReferralRow.id).where(
                ReferralRow.household == household, ReferralRow.urgency == "24H", ReferralRow.status != "CLOSED"
            )
        )
    )
