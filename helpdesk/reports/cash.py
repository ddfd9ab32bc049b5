"""Cash and packages as tables: the days' ends of each pay point (DOMAIN.md 4.6), and the stock of arrival packages.

Sums that people counted and signed; nothing is worked out anew here but their differences. No family is named.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy import func, select

from helpdesk.assistance.cash.documents import DayEnd
from helpdesk.assistance.cash.kinds import DAY_END
from helpdesk.assistance.cash.tables import DayCorrectionRow, DayEndRow, DayEndSignedRow
from helpdesk.assistance.kits.tables import KitMoveRow
from helpdesk.desk.commands import View
from helpdesk.journey.arrivals.tables import ArrivalRow
from helpdesk.reports.asked import Asked
from helpdesk.reports.table import Cell, Column, Row, Table
from helpdesk.vault.records import document_of

_MONEY: Final = "#value+iqd"


def reconciliation(view: View, asked: Asked) -> Table:
    """Every counted day of every pay point: what came in, was paid and went back, what lay in the box, who signed."""
    words = asked.words
    columns = (
        Column("day", words("Day"), "#date", counts=False),
        Column("pay_point", words("Pay point"), "#loc+paypoint", counts=False),
        Column("payments", words("Payments"), "#output+vouchers"),
        Column("opening", words("In the box before"), f"{_MONEY}+opening", counts=False),
        Column("received", words("Received"), f"{_MONEY}+received", counts=False),
        Column("paid", words("Paid"), f"{_MONEY}+paid", counts=False),
        Column("returned", words("Returned"), f"{_MONEY}+returned", counts=False),
        Column("counted", words("Counted"), f"{_MONEY}+counted", counts=False),
        Column("difference", words("Difference"), f"{_MONEY}+difference", counts=False),
        Column("corrected", words("Corrected later"), f"{_MONEY}+corrected", counts=False),
        Column("signed", words("Two signatures"), "#status+signed", counts=False),
    )
    ends = _ends(view, asked)
    corrected = _corrected(view)
    signed = _signed(view)
    rows = []
    for record, end in ends:
        count = end.box.payments
        sums: tuple[Cell, ...] = (
            end.box.opening, end.box.received, end.box.paid, end.box.returned, end.held, end.variance,
            corrected[record],
        )  # fmt: skip
        is_signed = words("yes") if signed.get(record, set()) - {end.by} else words("no")
        shown = asked.amounts(count, *(one for one in sums if isinstance(one, int)))
        rows.append(Row((end.on.isoformat(), words.digits(end.pay_point), count, *shown, is_signed)))
    return Table(
        "cash", words("Cash by day and pay point"), columns, tuple(rows), asked.facts(),
        (words("In dinars. A day without two signatures is not closed."),) if rows else (),
    )  # fmt: skip


def _ends(view: View, asked: Asked) -> list[tuple[str, DayEnd]]:
    period = asked.period
    ids = view.connection.scalars(
        select(DayEndRow.id)
        .where(DayEndRow.on.between(period.first, period.last))
        .order_by(DayEndRow.on, DayEndRow.pay_point, DayEndRow.upto, DayEndRow.id)
    ).all()
    found = ((record, document_of(view.connection, DAY_END, record)) for record in ids)
    return [(record, end) for record, end in found if end is not None]


def _corrected(view: View) -> Counter[str]:
    rows = view.connection.execute(
        select(DayCorrectionRow.day_end, func.sum(DayCorrectionRow.amount)).group_by(DayCorrectionRow.day_end)
    )
    return Counter({row[0]: int(row[1]) for row in rows})


def _signed(view: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for day_end, by in view.connection.execute(select(DayEndSignedRow.day_end, DayEndSignedRow.by)):
        found.setdefault(day_end, set()).add(by)
    return found


def kits(view: View, asked: Asked) -> Table:
    """Arrival packages by desk: what moved in the days asked for, and what must lie there at their end."""
    words, period = asked.words, asked.period
    moved: Counter[tuple[int, str]] = Counter()
    left: Counter[int] = Counter()
    for desk, what, on, change in view.connection.execute(
        select(KitMoveRow.desk, KitMoveRow.what, KitMoveRow.on, KitMoveRow.change).where(KitMoveRow.on <= period.last)
    ):
        left[desk] += change
        if period.holds(on):
            moved[desk, what] += change
    given = (
        select(ArrivalRow.desk, ArrivalRow.on, func.sum(ArrivalRow.kits))
        .where(ArrivalRow.kits > 0, ArrivalRow.on <= period.last)
        .group_by(ArrivalRow.desk, ArrivalRow.on)
    )
    for desk, on, packages in view.connection.execute(given):
        left[desk] -= int(packages)
        if period.holds(on):
            moved[desk, "ISSUED"] += int(packages)
    columns = (
        Column("desk", words("Desk"), "#org+desk", counts=False),
        Column("received", words("Received"), "#output+kits+received", counts=False),
        Column("issued", words("Given to families"), "#output+kits"),
        Column("damaged", words("Damaged"), "#output+kits+damaged", counts=False),
        Column("counted", words("Found or missing at counts"), "#output+kits+counted", counts=False),
        Column("left", words("Left at the end"), "#capacity+kits", counts=False),
    )
    rows = []
    for desk in sorted(left):
        issued = moved[desk, "ISSUED"]
        # what is left tells what was given
        (rest,) = asked.amounts(issued, left[desk])
        flows = (moved[desk, "RECEIVED"], issued, -moved[desk, "DAMAGED"], moved[desk, "COUNTED"])
        rows.append(Row((words.digits(desk), *flows, rest)))
    return Table("kits", words("Arrival packages"), columns, tuple(rows), asked.facts())
