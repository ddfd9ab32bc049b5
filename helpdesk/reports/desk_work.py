"""The desk's own work as tables: readiness and waivers (DOMAIN.md 4.9), the days' tally (4.5), the audit log (4.19).

Numbers of acts and families, never which. How long people waited is nowhere recorded, so it is not told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import case, func, select

from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.cash.kinds import BACK, IN
from helpdesk.assistance.cash.tables import CashMoveRow
from helpdesk.assistance.vouchers.codes import STATE as VOUCHER_STATE
from helpdesk.assistance.vouchers.counts import by_state
from helpdesk.assistance.vouchers.tables import PaymentRow
from helpdesk.desk.audit import AuditEntry, entries
from helpdesk.desk.commands import View
from helpdesk.households.codes import TALLY as VISIT
from helpdesk.households.kinds import TALLY
from helpdesk.households.tables import CardRow, HouseholdRow
from helpdesk.journey.cases import codes as cases
from helpdesk.journey.cases.documents import Waiver
from helpdesk.journey.cases.kinds import WAIVER, WAIVER_CONFIRMED
from helpdesk.journey.cases.queries import BOARD
from helpdesk.journey.cases.standing import BEFORE
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.visits.tables import SeatRow
from helpdesk.printing.blocks import amount_shown
from helpdesk.reports.asked import Asked, listed
from helpdesk.reports.left import GONE_RECORDS
from helpdesk.reports.table import Column, Row, Table
from helpdesk.vault.records import all_documents

Counted = Any
"""A statement of two columns, a day and a number; SQLAlchemy has no one type for what a day column may hold."""
_DONE: Final = "done"
_DAY: Final = len("2026-11-21")


def readiness(view: View, asked: Asked) -> Table:
    """Families by state and site as they stand today; what those before departure lack, and what was waived."""
    words = asked.words
    counts: Counter[tuple[str, str | None]] = Counter()
    found = view.connection.execute(
        select(StandingRow.state, StandingRow.site, func.count())
        .where(StandingRow.state.not_in(GONE_RECORDS))
        .group_by(StandingRow.state, StandingRow.site)
    )
    for state, site, families in found:
        counts[state, site] += families
    sites = sorted({site for _, site in counts}, key=asked.place)
    states = [state for state in cases.STATE if any(counts[state, site] for site in sites) or state in BOARD]
    columns = (
        Column("state", words("State"), "#status", counts=False),
        *(Column(site or "unknown", asked.place(site), "#affected+hh") for site in sites),
        Column("total", words("Total"), "#affected+hh+total", total=True),
    )
    lines = [[counts[state, site] for site in sites] for state in states]
    rows = [
        Row((words.label(cases.STATE.name, state), *line, sum(line)), group="states")
        for state, line in zip(states, lines, strict=True)
    ]
    sums = [sum(column) for column in zip(*lines, strict=True)]
    rows.append(Row((words("Total"), *sums, sum(sums)), total=True, group="states"))
    rows.extend(_missing(view, asked, sites))
    return Table(
        "readiness",
        words("Readiness"),
        columns,
        tuple(rows),
        ((words("Day"), words.date(view.day)), (words("Waived, by safeguard"), _waived(view, asked))),
        chart="bars",
    )


def _missing(view: View, asked: Asked, sites: Iterable[str | None]) -> list[Row]:
    words = asked.words
    lacks = [StandingRow.mask.bitwise_and(cases.BIT[code]) != 0 for code in cases.SAFEGUARD]
    bits = [func.sum(case((one, 1), else_=0)) for one in lacks]
    found: dict[str | None, tuple[int, ...]] = {
        row[0]: tuple(int(number) for number in row[1:])
        for row in view.connection.execute(
            select(StandingRow.site, *bits).where(StandingRow.state.in_(BEFORE)).group_by(StandingRow.site)
        )
    }
    rows = []
    for place, code in enumerate(cases.SAFEGUARD):
        line = [found[site][place] if site in found else 0 for site in sites]
        if any(line):
            name = words("lacking: {safeguard}", safeguard=words.label(cases.SAFEGUARD.name, code))
            rows.append(Row((name, *line, sum(line)), part=True))
    return rows


def _waived(view: View, asked: Asked) -> str:
    # only what a second person confirmed counts; few in any register
    waivers: dict[str, Waiver] = dict(all_documents(view.connection, WAIVER))
    held = {second.waiver for _, second in all_documents(view.connection, WAIVER_CONFIRMED)}
    period, words = asked.period, asked.words
    counts = Counter(
        one.safeguard
        for record, one in waivers.items()
        if record in held and one.state == "PROPOSED" and period.holds(one.on)
    )
    parts = [
        words("{thing}: {count}", thing=words.label(cases.SAFEGUARD.name, code), count=asked.number(counts[code]))
        for code in cases.SAFEGUARD
        if counts[code]
    ]
    return listed(words, parts) or words("none")


def daily(view: View, asked: Asked) -> Table:
    """The tally: a row for each day asked for on which anything happened, and the sum of them."""
    words, period = asked.words, asked.period
    columns: list[tuple[str, str, str, dict[date, int]]] = [
        ("families", words("Families registered"), "#reached+hh", _days(view, _households(func.count()), asked)),
        ("persons", words("Persons"), "#reached", _days(view, _households(func.sum(HouseholdRow.persons)), asked)),
        ("cards", words("Cards issued"), "#output+cards", _days(view, _cards(), asked)),
        ("cards_again", words("of them: issued again"), "#output+cards+again", _days(view, _cards(2), asked)),
        *_visits(view, asked),
        ("seats", words("Seats booked"), "#output+seats", _days(view, _seats(), asked)),
        ("departed", words("Departed"), "#reached+hh+departed", _days(view, _left(), asked)),
        ("withdrawn", words("Withdrawn"), "#targeted+hh+withdrawn", _days(view, _withdrawn(), asked)),
        ("paid", words("Vouchers paid"), "#output+vouchers", _days(view, _payments(), asked)),
    ]
    days = sorted({day for *_, found in columns for day in found if period.holds(day)})
    rows = [Row((day.isoformat(), *(found.get(day, 0) for *_, found in columns))) for day in days]
    if days:
        sums = (sum(found.get(day, 0) for day in days) for *_, found in columns)
        rows.append(Row((words("Total"), *sums), total=True))
    states = {one.state: one.vouchers for one in by_state(view)}
    vouchers = [
        words("{thing}: {count}", thing=words.label(VOUCHER_STATE.name, one), count=asked.number(states[one]))
        for one in VOUCHER_STATE
        if one in states
    ]
    return Table(
        "daily",
        words("Tally of the days"),
        (
            Column("day", words("Day"), "#date", counts=False),
            *(Column(code, heading, tag) for code, heading, tag, _ in columns),
        ),
        tuple(rows),
        (
            *asked.facts(),
            (words("Vouchers as they stand now"), listed(words, vouchers) or words("none")),
            *_cash(view, asked),
        ),
        chart="lines",
    )


def _days(view: View, counted: Counted, asked: Asked) -> dict[date, int]:
    # one number for each day, worked out where the rows are; the first column is the day
    day = counted.selected_columns[0]
    period = asked.period
    rows = view.connection.execute(counted.where(day.between(period.first, period.last)).group_by(day))
    return {row[0]: int(row[1]) for row in rows}


def _households(number: Any) -> Counted:
    return select(HouseholdRow.registered_on, number).where(HouseholdRow.status.not_in(GONE_RECORDS))


def _cards(issue: int = 1) -> Counted:
    return select(CardRow.issued_on, func.count()).where(CardRow.issue >= issue)


def _seats() -> Counted:
    return select(SeatRow.offered_on, func.sum(SeatRow.persons)).where(SeatRow.state == "TAKEN")


def _left() -> Counted:
    return select(StandingRow.departed_on, func.count()).where(
        StandingRow.departed_on.is_not(None), StandingRow.state != "UNFACILITATED"
    )


def _withdrawn() -> Counted:
    return select(StandingRow.since, func.count()).where(StandingRow.state == "WITHDRAWN")


def _payments() -> Counted:
    return select(PaymentRow.paid_on, func.count(PaymentRow.voucher.distinct()))


def _cash(view: View, asked: Asked) -> list[tuple[str, str]]:
    # one sum for all days asked for; what was paid out stays here, since amounts would tell counts that are hidden
    words = asked.words
    came, went, paid = (
        sum(_days(view, counted, asked).values()) for counted in (_moved(IN), _moved(BACK), _paid_out())
    )
    facts = [(words("Cash received"), came), (words("Cash returned"), went)]
    if not asked.leaves:
        facts.append((words("Cash paid"), paid))
    return [(label, amount_shown(words, amount, CURRENCY)) for label, amount in facts]


def _moved(what: str) -> Counted:
    return select(CashMoveRow.on, func.sum(CashMoveRow.amount)).where(CashMoveRow.what == what)


def _paid_out() -> Counted:
    return select(PaymentRow.paid_on, func.sum(PaymentRow.amount)).where(PaymentRow.currency == CURRENCY)


def _visits(view: View, asked: Asked) -> list[tuple[str, str, str, dict[date, int]]]:
    words = asked.words
    women: dict[str, Counter[date]] = {kind: Counter() for kind in VISIT}
    men: dict[str, Counter[date]] = {kind: Counter() for kind in VISIT}
    for _, visit in all_documents(view.connection, TALLY):  # counts without a name: one record for a visit
        women[visit.kind][visit.on] += visit.women
        men[visit.kind][visit.on] += visit.men
    found = []
    for kind in VISIT:
        label = words.label(VISIT.name, kind)
        found += [
            (f"{kind.lower()}_women", words("{kind}: women", kind=label), "#reached+f", dict(women[kind])),
            (f"{kind.lower()}_men", words("{kind}: men", kind=label), "#reached+m", dict(men[kind])),
        ]
    return found


def audit(view: View, asked: Asked) -> Table:
    """The acts of the days asked for, by what was done and whether it was refused."""
    return audit_table((line for _, line in entries(view.connection)), asked)


def audit_table(lines: Iterable[str], asked: Asked) -> Table:
    """The same of any log's entries, as canonical JSON, read one at a time."""
    words, period = asked.words, asked.period
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    decode: Callable[[str], AuditEntry] = msgspec.json.Decoder(AuditEntry).decode
    first, last = period.first.isoformat(), period.last.isoformat()
    for entry in map(decode, lines):
        if first <= entry.at[:_DAY] <= last:  # as text: what a log of another desk says of its time may be no time
            (done if entry.result == _DONE else refused)[entry.act] += 1
    columns = (
        Column("act", words("Act"), "#activity+name", counts=False),
        Column("done", words("Done"), "#indicator+num"),
        Column("refused", words("Refused"), "#indicator+num+refused"),
    )
    rows = tuple(Row((words.label("act", act), done[act], refused[act])) for act in sorted({*done, *refused}))
    return Table("audit", words("Acts in the audit log"), columns, rows, asked.facts())
