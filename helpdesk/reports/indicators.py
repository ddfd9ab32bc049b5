"""The six indicators of the status table and their check, counted by DOMAIN.md 4.1. Numbers only, never a family.

Everything is a sum the store works out; opening balances are added where they lie in a period whole, and are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Subquery, case, distinct, func, select

from helpdesk.assistance.services.counts import housing, livelihoods
from helpdesk.assistance.vouchers.paid import paid_vouchers
from helpdesk.assistance.vouchers.unpaid import PACKAGE
from helpdesk.casework.tables import FamilyEventRow
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.areas.standing import Publics
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.reports.balances import Balance, balances_of
from helpdesk.reports.codes import IDP, INDICATOR
from helpdesk.reports.left import GONE_RECORDS, TRACKS, Departed, counted, earlier
from helpdesk.reports.periods import Period

_BEFORE_ALL: Final = date(1900, 1, 1)
_OF_SPLIT: Final = "________-____-8%"


class Column(Struct, frozen=True):
    """One period. ``numbers`` are the indicators, balances added; ``opened`` the part of them that is balances.

    ``splits`` families formed by dividing a registered one, which I1 leaves out; ``unconfirmed`` arrivals by indicator
    (I2, I3); ``vouchers`` and ``amount`` paid in the period; ``earlier`` families paid in it that had departed before
    it; ``ongoing`` works begun and not completed by its end.
    """

    period: Period
    numbers: dict[str, int]
    opened: dict[str, int]
    splits: int
    unconfirmed: dict[str, int]
    vouchers: int
    amount: int
    earlier: int
    ongoing: int


class Check(Struct, frozen=True):
    """By the last day: departures and families paid, and why the two differ, each counted by itself.

    ``queue`` families wait for their payment; ``apart`` were paid without a departure that counts; ``again`` departures
    are a family's earlier ones; ``opened`` is departures less payments in the balances.
    """

    departed: int
    paid: int
    queue: int
    apart: int
    again: int
    opened: int

    @property
    def holds(self) -> bool:
        """Whether departures less payments are the queue and what is told beside it."""
        return self.departed - self.paid == self.queue - self.apart + self.again + self.opened


class Status(Struct, frozen=True):
    """The whole table; ``left_out`` are balances that lie in no period whole.

    ``awaiting`` are departures that this store can neither count nor leave out before it hears more from the centre.
    """

    columns: tuple[Column, ...]
    check: Check
    left_out: tuple[Balance, ...]
    awaiting: int = 0


def first_day(connection: Connection) -> date | None:
    """The first day of which the table could say something."""
    days = [one.first for one in balances_of(connection)]
    registered = connection.scalar(select(func.min(HouseholdRow.registered_on)))
    return min([*days, *([registered] if registered else [])], default=None)


def status(connection: Connection, day: date, periods: Sequence[Period], publics: Publics | None = None) -> Status:
    """The table of these periods as it stands on ``day``."""
    before = tuple(earlier(connection, day, publics))  # few: those displaced again
    balances = balances_of(connection)
    paid = _paid_first(connection, periods)
    columns = tuple(_column(connection, period, before, balances, paid[place]) for place, period in enumerate(periods))
    inside = {id(one) for one in balances for period in periods if _lies_in(one, period)}
    left_out = tuple(one for one in balances if id(one) not in inside)
    still = select(func.count()).where(StandingRow.awaiting, StandingRow.departed_on <= periods[-1].last)
    check = _check(connection, periods[-1].last, before, balances)
    return Status(columns, check, left_out, connection.scalar(still) or 0)


def _lies_in(balance: Balance, period: Period) -> bool:
    return period.first <= balance.first and balance.last <= period.last


def _column(
    connection: Connection,
    period: Period,
    before: Iterable[Departed],
    balances: Iterable[Balance],
    paid: tuple[int, int],
) -> Column:
    mine = [one for one in balances if _lies_in(one, period)]
    opened = {code: sum(one.number for one in mine if one.indicator == code) for code in INDICATOR}
    left = {code: _departed(connection, track, period, before) for code, track in TRACKS.items()}
    works = housing(connection, period.first, period.last)
    numbers = {
        "I1": _registered(connection, period, ~_formed_by_dividing()),
        **{code: number for code, (number, _) in left.items()},
        "I4": paid[0],
        "I5": livelihoods(connection, period.first, period.last),
        "I6": works.completed,
    }
    vouchers, amount = _paid(connection, period)
    return Column(
        period=period,
        numbers={code: numbers[code] + opened[code] for code in INDICATOR},
        opened=opened,
        splits=_registered(connection, period, _formed_by_dividing()),
        unconfirmed={code: unconfirmed for code, (_, unconfirmed) in left.items()},
        vouchers=vouchers,
        amount=amount,
        earlier=paid[1] + sum(one.beside for one in mine if one.indicator == "I4"),
        ongoing=works.ongoing + sum(one.beside for one in _latest(mine, "I6")),
    )


def _latest(balances: Iterable[Balance], indicator: str) -> tuple[Balance, ...]:
    # works still going on are counted at the end: those of an earlier balance in the same column ended or stand in it
    return tuple(sorted((one for one in balances if one.indicator == indicator), key=lambda one: one.last)[-1:])


def _formed_by_dividing() -> ColumnElement[bool]:
    # both families of a split have the event; the new one has the id that casework.kinds.split_id makes (version 8)
    divided = select(FamilyEventRow.household).where(FamilyEventRow.what == "SPLIT")
    return HouseholdRow.id.in_(divided) & HouseholdRow.id.like(_OF_SPLIT)


def _registered(connection: Connection, period: Period, which: ColumnElement[bool]) -> int:
    found = select(func.count()).where(
        HouseholdRow.registered_on.between(period.first, period.last),
        HouseholdRow.population.in_(IDP),
        HouseholdRow.status.not_in(GONE_RECORDS),
        which,
    )
    return connection.scalar(found) or 0


def _departed(connection: Connection, track: str, period: Period, before: Iterable[Departed]) -> tuple[int, int]:
    # (cases, those whose arrival nobody has confirmed)
    cases, arrived = connection.execute(
        select(func.count(), func.count(StandingRow.arrived_on)).where(
            counted(), StandingRow.track == track, StandingRow.departed_on.between(period.first, period.last)
        )
    ).one()
    then = [one for one in before if one.track == track and period.holds(one.on)]
    return cases + len(then), cases - arrived + sum(one.arrived_on is None for one in then)


def _first_payments() -> Subquery:
    paid = paid_vouchers()
    return (
        select(paid.c.household, func.min(paid.c.paid_on).label("on"))
        .where(paid.c.grant.in_(PACKAGE))
        .group_by(paid.c.household)
        .subquery()
    )


def _paid_first(connection: Connection, periods: Sequence[Period]) -> list[tuple[int, int]]:
    # of each period (families first paid in it, those of them that had departed before it), all in one pass
    paid = _first_payments()
    numbers = []
    for period in periods:
        inside = paid.c.on.between(period.first, period.last)
        left_before = inside & (StandingRow.departed_on < period.first)
        numbers += [func.sum(case((inside, 1), else_=0)), func.sum(case((left_before, 1), else_=0))]
    found = connection.execute(
        select(*numbers).select_from(paid).outerjoin(StandingRow, StandingRow.household == paid.c.household)
    ).one()
    counts = [int(number or 0) for number in found]
    return list(zip(counts[::2], counts[1::2], strict=True))


def _paid(connection: Connection, period: Period) -> tuple[int, int]:
    paid = paid_vouchers()
    row = connection.execute(
        select(func.count(distinct(paid.c.voucher)), func.coalesce(func.sum(paid.c.paid), 0)).where(
            paid.c.grant.in_(PACKAGE), paid.c.paid_on.between(period.first, period.last)
        )
    ).one()
    return int(row[0]), int(row[1])


def _check(connection: Connection, last: date, before: Iterable[Departed], balances: Iterable[Balance]) -> Check:
    ever = Period(_BEFORE_ALL, last)
    known = [one for one in balances if one.last <= last]
    of = {code: sum(one.number for one in known if one.indicator == code) for code in INDICATOR}
    departed = sum(_departed(connection, track, ever, before)[0] for track in TRACKS.values())
    paid = _first_payments()
    paid_by_then = paid.c.on <= last
    gone = counted() & (StandingRow.departed_on <= last)
    waits = (
        select(func.count())
        .select_from(StandingRow)
        .outerjoin(paid, (paid.c.household == StandingRow.household) & paid_by_then)
        .where(gone, paid.c.on.is_(None))
    )
    apart = (
        select(func.count())
        .select_from(paid)
        .outerjoin(StandingRow, (StandingRow.household == paid.c.household) & gone)
        .where(paid_by_then, StandingRow.household.is_(None))
    )
    return Check(
        departed=departed + of["I2"] + of["I3"],
        paid=_paid_first(connection, [ever])[0][0] + of["I4"],
        queue=connection.scalar(waits) or 0,
        apart=connection.scalar(apart) or 0,
        again=sum(one.track in TRACKS.values() and one.on <= last for one in before),
        opened=of["I2"] + of["I3"] - of["I4"],
    )
