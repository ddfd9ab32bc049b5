"""Acts of a distribution day: make the list, call by scan, pay, mark absent, type a paper list in, close.

Paying asks the same rules as everywhere (``vouchers.paying``); a list allows nothing. A paper list is typed in with its
own line numbers: a line that is in already stays as it is, one that is refused holds no other back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import select

from helpdesk.assistance.distributions.documents import (
    TYPED,
    Distribution,
    DistributionMark,
    Handed,
    Line,
    NotTaken,
    PaperLine,
    Sums,
    TypedIn,
)
from helpdesk.assistance.distributions.kinds import DISTRIBUTION, DISTRIBUTION_MARK
from helpdesk.assistance.distributions.queries import day_of, known_day, line_of, payment_of
from helpdesk.assistance.distributions.tables import DistributionLineRow, DistributionRow
from helpdesk.assistance.vouchers import checks, paying
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.finding import known_voucher
from helpdesk.assistance.vouchers.life import PAYABLE
from helpdesk.assistance.vouchers.mishaps import unclaim
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, Gate, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import paper_forms
from helpdesk.journey.scans import household_scanned

WAITS: Final = ("WAITING", "ABSENT")
"""States of a line that may still be paid today."""
MOST_LINES: Final = 2000
"""Lines of one list."""


@command("payday.open", roles=FAMILIES)
def open_(act: Act, pay_point: int, on: date, vouchers: tuple[str, ...]) -> str:
    """Make the list of a distribution day from vouchers with papers, in the order given; returns its id.

    Raises Refusal("payday.past" | "payday.empty" | "payday.long" | "payday.line_twice" | "payday.listed" |
    "payday.days" | "voucher.unknown" | "voucher.state" | "voucher.elsewhere" | "voucher.pay_point").
    """
    if pay_point not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.pay_point")
    if on < act.day:
        raise Refusal("payday.past")
    (number,) = paper_forms.draw(1)
    day = Distribution(number, act.in_force().desk.number, pay_point, on, (), act.user.id)
    record = act.new_id()
    act.records.create(DISTRIBUTION, record, _with_lines(act, day, vouchers))
    act.concerns(record)
    return record


@command("payday.add", roles=FAMILIES)
def add(act: Act, distribution: str, vouchers: tuple[str, ...]) -> None:
    """Add vouchers at the end of an open list; lines that are printed keep their numbers.

    Raises as :func:`open_`, and Refusal("payday.unknown" | "payday.closed").
    """
    found = _open_day(act, distribution)
    act.records.revise(DISTRIBUTION, distribution, _with_lines(act, found, vouchers))
    act.concerns(distribution)


def _with_lines(act: Act, day: Distribution, vouchers: tuple[str, ...]) -> Distribution:
    lines = (*day.vouchers, *vouchers)
    if not vouchers:
        raise Refusal("payday.empty")
    if len(lines) > MOST_LINES:
        raise Refusal("payday.long", most=MOST_LINES)
    if len(set(lines)) != len(lines):
        raise Refusal("payday.line_twice")
    for voucher_id in vouchers:
        voucher = known_voucher(act.connection, voucher_id)
        if voucher.on(act.day) not in PAYABLE:
            raise Refusal("voucher.state", state=voucher.on(act.day))
        if voucher.payable_at != day.pay_point:
            raise Refusal("voucher.elsewhere", point=voucher.payable_at)
        if not voucher.first_day <= day.on <= voucher.last_day:
            raise Refusal("voucher.days", first=voucher.first_day, last=voucher.last_day)
        other = act.connection.scalar(
            select(DistributionRow.number)
            .join(DistributionLineRow, DistributionLineRow.distribution == DistributionRow.id)
            .where(DistributionLineRow.voucher == voucher_id, DistributionRow.state == "OPEN")
            .limit(1)
        )
        if other is not None:
            raise Refusal("payday.listed", number=paper_forms.shown(other))
    return msgspec.structs.replace(day, vouchers=lines)


@command("payday.scan", roles=FAMILIES)
def scan(act: Act, distribution: str, text: str) -> Line:
    """The line of whoever stands at the table: her voucher's code or number, or her card.

    Of several vouchers of one family the first that waits. Raises Refusal("payday.unknown" | "payday.closed" |
    "payday.not_listed" | "scan.*").
    """
    found = _open_day(act, distribution)
    seen = checks.verdict(act, text)
    listed = select(DistributionLineRow.line).where(DistributionLineRow.distribution == distribution)
    if seen.number is not None:
        of_paper = select(VoucherRow.id).where(VoucherRow.number == seen.number)
        listed = listed.where(DistributionLineRow.voucher.in_(of_paper))
    else:
        of_family = select(VoucherRow.id).where(VoucherRow.household == household_scanned(act, text))
        listed = listed.where(DistributionLineRow.voucher.in_(of_family))
    numbers = act.connection.scalars(listed.order_by(DistributionLineRow.line)).all()
    lines = [line_of(act, distribution, found, number) for number in numbers]
    if not lines:
        raise Refusal("payday.not_listed")
    act.concerns(distribution)
    return next((line for line in lines if line.state in WAITS), lines[0])


@command("payday.stand_for", roles=FAMILIES)
def stand_for(act: Act, distribution: str) -> int:
    """The second of two people stands for every line of today's list that waits, so that the first may pay it.

    Asked of whoever pays what she registered or planned herself. Returns how many lines. Raises
    Refusal("payday.unknown" | "payday.closed") and those of ``vouchers.paying.witness``.
    """
    _open_day(act, distribution)
    waiting = tuple(line.number for line in day_of(act, distribution).lines if line.state in WAITS)
    paying.witness(act, waiting)
    act.concerns(distribution)
    return len(waiting)


@command("payday.pay", roles=FAMILIES)
def pay_line(act: Act, distribution: str, line: int, handed: Handed) -> Payment:
    """Pay one line: everything that is asked is in ``handed``.

    Raises Refusal("payday.unknown" | "payday.closed" | "payday.no_line" | "payday.not_today") and those of
    ``vouchers.paying``.
    """
    found = _open_day(act, distribution)
    if found.on != act.day:
        raise Refusal("payday.not_today", day=found.on)
    return _pay(act, distribution, line_of(act, distribution, found, line), handed)


def _pay(act: Act, distribution: str, line: Line, handed: Handed, *, typed_for: date | None = None) -> Payment:
    payment = paying.pay(
        act,
        line.number,
        handed.witness,
        handed.identity,
        collector=handed.collector,
        mark=handed.mark,
        distribution=distribution,
        paper_line=line.line if typed_for is not None else None,
        paid_on=typed_for,
    )
    act.concerns(distribution)
    return payment


@command("payday.absent", roles=FAMILIES)
def absent(act: Act, distribution: str, line: int) -> None:
    """Nobody came when this line was called; she may still come. Doing it again changes nothing.

    Raises Refusal("payday.unknown" | "payday.closed" | "payday.no_line" | "payday.settled").
    """
    found = _open_day(act, distribution)
    shown = line_of(act, distribution, found, line)
    if shown.state not in WAITS:
        raise Refusal("payday.settled", line=line)
    if shown.state == "WAITING":
        _mark(act, distribution, shown, "ABSENT")
    act.concerns(distribution)


@command("payday.type_in", roles=FAMILIES)
def type_line(act: Act, distribution: str, paper: PaperLine) -> str:
    """Type in one line of the printed list, paid on the day of the list; returns a code of ``typed_line``.

    A line that is in already is AGAIN and changes nothing. Raises Refusal("payday.unknown" | "payday.closed" |
    "payday.no_line" | "payday.future") and those of ``vouchers.paying``.
    """
    found = _open_day(act, distribution)
    if found.on > act.day:
        raise Refusal("payday.future", day=found.on)
    shown = line_of(act, distribution, found, paper.line)
    if shown.state in ("PAYEE", "ALTERNATE"):
        known = payment_of(act, shown.voucher)
        # paid at the screen, or by another list: that is told, and never passed over as the same
        if known is None or (known.distribution, known.paper_line) != (distribution, paper.line) or paper.absent:
            raise Refusal("payday.settled", line=paper.line)
        act.concerns(distribution)
        return "AGAIN"
    if paper.absent:
        if shown.state != "ABSENT":
            _mark(act, distribution, shown, "ABSENT")
        act.concerns(distribution)
        return "ABSENT"
    handed = Handed(paper.witness, paper.identity, paper.collector, paper.mark)
    _pay(act, distribution, shown, handed, typed_for=found.on)
    return "PAID"


def type_in(desk: Gate, distribution: str, papers: Sequence[PaperLine]) -> TypedIn:
    """Type in lines of a printed list, each an act of its own: who stops in the middle goes on where she stopped."""
    done: dict[str, list[int]] = {outcome: [] for outcome in TYPED}
    refused = []
    for paper in papers:
        try:
            done[desk.do(type_line, distribution, paper)].append(paper.line)
        except Refusal as refusal:
            values = {name: str(value) for name, value in refusal.values.items()}
            refused.append(NotTaken(paper.line, refusal.code, values))
    return TypedIn(tuple(done["PAID"]), tuple(done["AGAIN"]), tuple(done["ABSENT"]), tuple(refused))


@command("payday.close", roles=FAMILIES)
def close(act: Act, distribution: str) -> Sums:
    """End a distribution day: whoever did not come is unclaimed, and her cash stays in the box or goes back.

    Raises Refusal("payday.unknown" | "payday.closed" | "payday.future").
    """
    found = _open_day(act, distribution)
    if found.on > act.day:
        raise Refusal("payday.future", day=found.on)
    for line in day_of(act, distribution).lines:
        if line.state in WAITS:
            _mark(act, distribution, line, "UNCLAIMED")
            unclaim(act, line.voucher)
    closed = msgspec.structs.replace(found, state="CLOSED", closed_by=act.user.id, closed_on=act.day)
    act.records.revise(DISTRIBUTION, distribution, closed, signed=True)
    act.concerns(distribution)
    return day_of(act, distribution).sums


def _mark(act: Act, distribution: str, line: Line, what: str) -> None:
    mark = DistributionMark(distribution, line.voucher, line.line, what, act.day, act.user.id)
    act.records.create(DISTRIBUTION_MARK, act.new_id(), mark)


def _open_day(act: Act, distribution: str) -> Distribution:
    found = known_day(act, distribution)
    if found.state != "OPEN":
        raise Refusal("payday.closed")
    return found
