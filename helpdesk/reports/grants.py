"""Grants and their money as tables (DOMAIN.md 2.14, 4.11): by type and site, instalments, who waits, what went wrong.

Numbers only, never a family. What was done is counted by the ledger, one line for each act; what was paid by
the payments themselves, which are facts whatever a voucher says of itself. Amounts stand in rows of their own, so that
they are hidden with their counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Select, distinct, func, select

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers.doubles import DoublePayment, double_payments
from helpdesk.assistance.vouchers.paid import paid_vouchers
from helpdesk.assistance.vouchers.settled import OUTCOME
from helpdesk.assistance.vouchers.tables import LedgerRow, PaymentRow, ReroutingRow, VoucherRow
from helpdesk.assistance.vouchers.unpaid import PACKAGE
from helpdesk.desk.commands import View
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.reports.asked import Asked
from helpdesk.reports.left import counted
from helpdesk.reports.table import Column, Row, Table

AGES: Final = (7, 14, 30, 60, 90)
"""Days since the departure up to which a family stands in a column; one more holds the rest."""
ACTS: Final = ("PLAN", "APPROVE", "PRINT", "VOID", "UNCLAIMED", "LOST")
"""Acts of the ledger that the report of grants counts, beside what was paid."""
_HEADS: Final = ("planned", "approved", "printed", "paid", "void", "unclaimed", "lost")
_PAID: Final = "PAY"
_ORDER: Final = (*ACTS[:3], _PAID, *ACTS[3:])


class _Sum(Struct):
    # vouchers and the sum of their amounts
    vouchers: int = 0
    amount: int = 0

    def add(self, vouchers: int, amount: int) -> None:
        self.vouchers += vouchers
        self.amount += amount


_Sums = Mapping[tuple[str, str | None, str], _Sum]
"""By grant, site and act."""


def grants(view: View, asked: Asked) -> Table:
    """Vouchers by type and site: what was done with them in the days asked for, and for how many dinars."""
    words = asked.words
    sums = _sums(view, asked)
    columns = (
        Column("grant", words("Grant"), "#activity+name", counts=False),
        Column("site", words("Site"), "#loc+name", counts=False),
        *(Column(head, heading, "#output+vouchers") for head, heading in zip(_HEADS, _headings(asked), strict=True)),
    )
    rows: list[Row] = []
    for grant in GRANT:
        rows.extend(_of_grant(grant, sums, asked))
    return Table(
        "grants", words("Grants by type and site"), columns, tuple(rows), asked.facts(), chart="bars",
        notes=(words("Below each line stands what its vouchers are worth, in dinars."),) if rows else (),
    )  # fmt: skip


def _headings(asked: Asked) -> tuple[str, ...]:
    words = asked.words
    return (
        words("Planned"), words("Approved"), words("Printed"), words("Paid"), words("Void"), words("Unclaimed"),
        words("Lost"),
    )  # fmt: skip


def _of_grant(grant: str, sums: _Sums, asked: Asked) -> Iterable[Row]:
    words, name = asked.words, asked.words.label(GRANT.name, grant)
    sites = sorted({site for one, site, _ in sums if one == grant}, key=asked.place)
    if not sites:
        return
    whole: dict[str, _Sum] = defaultdict(_Sum)
    for site in sites:
        line = [sums.get((grant, site, act), _Sum()) for act in _ORDER]
        for act, one in zip(_ORDER, line, strict=True):
            whole[act].add(one.vouchers, one.amount)
        yield from _two_rows((name, asked.place(site)), line, words("dinars"), grant)
    if len(sites) > 1:
        yield from _two_rows((name, words("Total")), [whole[act] for act in _ORDER], words("dinars"), grant, total=True)


def _two_rows(
    labels: tuple[str, str], line: Iterable[_Sum], unit: str, group: str, *, total: bool = False
) -> Iterable[Row]:
    known = list(line)
    yield Row((*labels, *(one.vouchers for one in known)), total=total, group=group)
    yield Row((labels[0], unit, *(one.amount for one in known)), part=True, money=True)


def _sums(view: View, asked: Asked) -> _Sums:
    found: dict[tuple[str, str | None, str], _Sum] = defaultdict(_Sum)
    period = asked.period
    done = (
        select(VoucherRow.id, LedgerRow.act)
        .join(LedgerRow, LedgerRow.voucher == VoucherRow.id)
        .where(LedgerRow.act.in_(ACTS), LedgerRow.on.between(period.first, period.last))
        .distinct()
        .subquery()
    )
    acts = (
        select(VoucherRow.grant, HouseholdRow.site, done.c.act, func.count(), func.sum(VoucherRow.amount))
        .join(done, done.c.id == VoucherRow.id)
        .outerjoin(HouseholdRow, HouseholdRow.id == VoucherRow.household)
        .group_by(VoucherRow.grant, HouseholdRow.site, done.c.act)
    )
    for grant, site, act, vouchers, amount in view.connection.execute(acts):
        found[grant, site, act].add(vouchers, int(amount))
    for grant, site, vouchers, amount in view.connection.execute(_paid(period.first, period.last)):
        found[grant, site, _PAID].add(vouchers, int(amount))
    return found


def _paid(first: date, last: date) -> Select[Any]:
    # a voucher that was paid twice is one voucher, and both amounts left the box
    paid = paid_vouchers()
    return (
        select(paid.c.grant, HouseholdRow.site, func.count(distinct(paid.c.voucher)), func.sum(paid.c.paid))
        .select_from(paid)
        .outerjoin(HouseholdRow, HouseholdRow.id == paid.c.household)
        .where(paid.c.paid_on.between(first, last))
        .group_by(paid.c.grant, HouseholdRow.site)
    )


def instalments(view: View, asked: Asked) -> Table:
    """Vouchers paid in the days asked for, by grant and instalment."""
    words, period = asked.words, asked.period
    paid = paid_vouchers()
    rows = view.connection.execute(
        select(paid.c.grant, paid.c.instalment, func.count(distinct(paid.c.voucher)), func.sum(paid.c.paid))
        .where(paid.c.paid_on.between(period.first, period.last))
        .group_by(paid.c.grant, paid.c.instalment)
    )
    found: dict[str, dict[int, _Sum]] = defaultdict(dict)
    for grant, instalment, vouchers, amount in rows:
        found[grant][instalment] = _Sum(vouchers, int(amount))
    most = max((instalment for line in found.values() for instalment in line), default=1)
    columns = (
        Column("grant", words("Grant"), "#activity+name", counts=False),
        *(Column(f"instalment{k}", words("Instalment {n}", n=k), "#output+vouchers") for k in range(1, most + 1)),
        Column("total", words("Total"), "#output+vouchers+total", total=True),
    )
    lines: list[Row] = []
    for grant in GRANT:
        line = [found[grant].get(k, _Sum()) for k in range(1, most + 1)] if grant in found else []
        if line:
            name = words.label(GRANT.name, grant)
            lines.append(Row((name, *(one.vouchers for one in line), sum(one.vouchers for one in line))))
            amounts = [one.amount for one in line]
            lines.append(Row((words("dinars"), *amounts, sum(amounts)), part=True, money=True))
    return Table("instalments", words("Instalments paid"), columns, tuple(lines), asked.facts())


def waiting(view: View, asked: Asked) -> Table:
    """Families that departed with the programme and were never paid its grant: by site, and how long they wait."""
    words = asked.words
    paid = paid_vouchers()
    had = select(paid.c.household).where(paid.c.grant.in_(PACKAGE))
    rows = view.connection.execute(
        select(StandingRow.site, StandingRow.departed_on, func.count())
        .where(counted(), StandingRow.household.not_in(had))
        .group_by(StandingRow.site, StandingRow.departed_on)
    )
    found: dict[str | None, list[int]] = defaultdict(lambda: [0] * (len(AGES) + 1))
    for site, departed_on, families in rows:
        if departed_on is not None:
            found[site][_age(departed_on, view.day)] += families
    columns = (
        Column("site", words("Site"), "#loc+name", counts=False),
        *(Column(f"to{age}", words("to {n} days", n=age), "#targeted+hh") for age in AGES),
        Column("older", words("older"), "#targeted+hh"),
        Column("total", words("Total"), "#targeted+hh+total", total=True),
    )
    lines = [Row((asked.place(site), *found[site], sum(found[site]))) for site in sorted(found, key=asked.place)]
    if lines:
        sums = [sum(column) for column in zip(*found.values(), strict=True)]
        lines.append(Row((words("Total"), *sums, sum(sums)), total=True))
    return Table(
        "unpaid", words("Departed and not paid, by days of waiting"), columns, tuple(lines),
        ((words("Day"), words.date(view.day)),),
        (words("Departures that count, without a payment of the departure grant or the reinstallation grant."),),
        chart="bars",
    )  # fmt: skip


def _age(departed_on: date, day: date) -> int:
    days = (day - departed_on).days
    return next((place for place, age in enumerate(AGES) if days <= age), len(AGES))


def doubles(view: View, asked: Asked) -> Table:
    """Double payments whose last payment lies in the days asked for, by what a person said they were."""
    words = asked.words
    cases: dict[str, list[DoublePayment]] = defaultdict(list)
    for case in double_payments(view, asked.publics):
        if asked.period.holds(case.proofs[-1].paid_on):
            cases[case.settled.outcome if case.settled else ""].append(case)
    columns = (
        Column("outcome", words("What it was"), "#status", counts=False),
        Column("cases", words("Cases"), "#indicator+num"),
        Column("too_much", words("Paid too much, dinars"), "#value+iqd", counts=False),
        Column("recovered", words("Of it recovered, dinars"), "#value+iqd+recovered", counts=False),
    )
    rows = []
    for outcome in ("", *OUTCOME):
        mine = cases.get(outcome, [])
        if mine:
            name = words.label(OUTCOME.name, outcome) if outcome else words("Open: nobody has settled it")
            too_much = 0 if outcome == "SAME_RECORDED_TWICE" else sum(case.too_much for case in mine)
            recovered = sum(case.settled.recovered for case in mine if case.settled)
            rows.append(Row((name, len(mine), *asked.amounts(len(mine), too_much, recovered))))
    return Table("double-payments", words("Double payments"), columns, tuple(rows), asked.facts())


def reroutes(view: View, asked: Asked) -> Table:
    """Papers that another pay point took in during the days asked for, and how many of them were paid."""
    words, period = asked.words, asked.period
    paid: Counter[tuple[int, int]] = Counter()
    rerouted = (
        select(ReroutingRow.from_point, ReroutingRow.to_point, ReroutingRow.number)
        .where(ReroutingRow.on.between(period.first, period.last))
        .distinct()
        .subquery()
    )
    was_paid = select(PaymentRow.id).where(
        PaymentRow.number == rerouted.c.number, PaymentRow.pay_point == rerouted.c.to_point
    )
    done = select(rerouted.c.from_point, rerouted.c.to_point, func.count()).group_by(
        rerouted.c.from_point, rerouted.c.to_point
    )
    for start, end, papers in view.connection.execute(done.where(was_paid.exists())):
        paid[start, end] = papers
    taken = view.connection.execute(done.order_by(rerouted.c.from_point, rerouted.c.to_point)).all()
    columns = (
        Column("from", words("Pay point of the paper"), "#loc+from", counts=False),
        Column("to", words("Taken in at"), "#loc+to", counts=False),
        Column("papers", words("Papers"), "#output+vouchers"),
        Column("paid", words("of them paid"), "#output+vouchers+paid"),
    )
    rows = [Row((words.digits(one[0]), words.digits(one[1]), one[2], paid[one[0], one[1]])) for one in taken]
    if len(rows) > 1:
        rows.append(Row((words("Total"), "", sum(one[2] for one in taken), sum(paid.values())), total=True))
    return Table("reroutes", words("Vouchers paid at another pay point"), columns, tuple(rows), asked.facts())
