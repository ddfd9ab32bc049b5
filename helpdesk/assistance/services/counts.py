"""The numbers of services: indicators I5 and I6, items, who does what where. Numbers only, never a family.

Every function takes a connection, so that a desk and the centre count by the same rule; days are both included.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, case, distinct, func, or_, select

from helpdesk.assistance.services.codes import HOUSING, LIVELIHOODS
from helpdesk.assistance.services.tables import DeliveryRow, PathwayRow


class Housing(Struct, frozen=True):
    """I6 and its footnote: families with works completed in the period; works begun and not completed by its end."""

    completed: int
    ongoing: int


class ItemCount(Struct, frozen=True):
    """One item at one level: begun and completed in the period, families it reached, quantity completed."""

    item: str
    level: str
    started: int
    completed: int
    families: int
    quantity: int


class Activity(Struct, frozen=True):
    """One line of who does what where (S74): an organisation, an item, a place, and how much of it."""

    organisation: str
    provider: str
    item: str
    level: str
    place: str | None
    going_on: int
    completed: int


def livelihoods(connection: Connection, first: date, last: date) -> int:
    """I5: distinct households whose first livelihood service was completed in the period (DOMAIN.md 4.1)."""
    earliest = (
        select(func.min(DeliveryRow.completed_on).label("on"))
        .where(DeliveryRow.household.is_not(None), DeliveryRow.item.in_(LIVELIHOODS))
        .group_by(DeliveryRow.household)
        .subquery()
    )
    found = connection.scalar(select(func.count()).select_from(earliest).where(earliest.c.on.between(first, last)))
    return found or 0


def housing(connection: Connection, first: date, last: date) -> Housing:
    """I6: distinct households with repair or reconstruction completed in the period, and works still going on."""
    works = (DeliveryRow.household.is_not(None), DeliveryRow.item.in_(HOUSING))
    completed = select(func.count(DeliveryRow.household.distinct())).where(
        *works, DeliveryRow.completed_on.between(first, last)
    )
    ongoing = select(func.count()).where(
        *works,
        DeliveryRow.started_on <= last,
        or_(DeliveryRow.completed_on.is_(None), DeliveryRow.completed_on > last),
        DeliveryRow.status != "STOPPED",
    )
    return Housing(connection.scalar(completed) or 0, connection.scalar(ongoing) or 0)


def by_item(connection: Connection, first: date, last: date) -> tuple[ItemCount, ...]:
    """Every item of which anything began or was completed in the period."""
    begun = DeliveryRow.started_on.between(first, last)
    done = DeliveryRow.completed_on.between(first, last)
    rows = connection.execute(
        select(
            DeliveryRow.item,
            DeliveryRow.level,
            func.sum(case((begun, 1), else_=0)),
            func.sum(case((done, 1), else_=0)),
            func.count(distinct(case((done, DeliveryRow.household)))),
            func.sum(case((done, func.coalesce(DeliveryRow.families, 0)), else_=0)),
            func.sum(case((done, func.coalesce(DeliveryRow.quantity, 0)), else_=0)),
        )
        .where(or_(begun, done))
        .group_by(DeliveryRow.item, DeliveryRow.level)
        .order_by(DeliveryRow.item, DeliveryRow.level)
    )
    return tuple(
        ItemCount(item, level, int(started), int(completed), households + int(reached), int(quantity))
        for item, level, started, completed, households, reached, quantity in rows
    )


def who_does_what(connection: Connection, first: date, last: date) -> tuple[Activity, ...]:
    """Who does what where in the period: anything going on in it or completed in it (S74, 4.18)."""
    done = DeliveryRow.completed_on.between(first, last)
    going_on = DeliveryRow.started_on <= last
    rows = connection.execute(
        select(
            DeliveryRow.organisation,
            DeliveryRow.provider,
            DeliveryRow.item,
            DeliveryRow.level,
            DeliveryRow.place,
            func.sum(case((done, 0), else_=1)),
            func.sum(case((done, 1), else_=0)),
        )
        .where(or_(done, going_on & DeliveryRow.completed_on.is_(None) & (DeliveryRow.status != "STOPPED")))
        .group_by(
            DeliveryRow.organisation, DeliveryRow.provider, DeliveryRow.item, DeliveryRow.level, DeliveryRow.place
        )
        .order_by(DeliveryRow.organisation, DeliveryRow.provider, DeliveryRow.item, DeliveryRow.place)
    )
    return tuple(
        Activity(row[0], row[1], row[2], row[3], row[4], going_on=int(row[5]), completed=int(row[6])) for row in rows
    )


def pathways(connection: Connection, first: date, last: date) -> tuple[int, int]:
    """(women, men) told where to find help after violence, in whole weeks that begin in the period."""
    row = connection.execute(
        select(func.coalesce(func.sum(PathwayRow.women), 0), func.coalesce(func.sum(PathwayRow.men), 0)).where(
            PathwayRow.week_of.between(first, last)
        )
    ).one()
    return int(row[0]), int(row[1])
