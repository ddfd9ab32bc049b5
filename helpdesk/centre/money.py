"""What the centre looks for in the money of all desks, because no single desk can see it: flaws, twins, habits.

It points at what a person should look at and judges nobody: most of it has an innocent reason. Numbers of desks and
households, ids of accounts and vouchers; no family is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, func, select

from helpdesk.assistance.vouchers.doubles import DoublePayment, double_payments, settled_by
from helpdesk.assistance.vouchers.kinds import PAYMENT
from helpdesk.assistance.vouchers.tables import LedgerRow, PaymentRow, ReroutingRow
from helpdesk.assistance.vouchers.verifying import Flaw, verify
from helpdesk.centre.areas import publics_of
from helpdesk.centre.office import Office
from helpdesk.centre.overview import ask_register
from helpdesk.centre.tables import CentreUserRow
from helpdesk.core.clock import read_instant
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import Role
from helpdesk.desk.users import USER
from helpdesk.journey.areas.standing import Publics
from helpdesk.vault.keys import key_id
from helpdesk.vault.records import all_documents, decode_revision
from helpdesk.vault.tables import RevisionRow

BURST: Final = 10
BURST_WITHIN: Final = timedelta(minutes=2)
"""Ten families cannot be asked who they are, handed their money and sign for it in two minutes."""
PAIR: Final = 20
PAIR_PERCENT: Final = 80
"""From so many vouchers on, an account that pays almost nothing but what one other account approved is shown."""


class Pair(Struct, frozen=True):
    """Vouchers that one account approved and another paid: how many, and the percent of all that the payer paid."""

    approver: str
    payer: str
    desk: int
    vouchers: int
    amount: int
    percent: int

    @property
    def same(self) -> bool:
        """One account did both."""
        return self.approver == self.payer

    @property
    def remarkable(self) -> bool:
        """Whether it is worth a look."""
        return self.same or (self.vouchers >= PAIR and self.percent >= PAIR_PERCENT)


class Burst(Struct, frozen=True):
    """Payments by one account faster than hands can be: how many from ``first`` to ``last``, instants of the laptop."""

    payer: str
    desk: int
    payments: int
    first: str
    last: str


class OneName(Struct, frozen=True):
    """Accounts of one desk whose names are one when written plainly; the names stay at their desk."""

    desk: int
    accounts: tuple[str, ...]


class Rerouted(Struct, frozen=True):
    """Papers that a pay point took in for others on one day."""

    pay_point: int
    on: date
    papers: int


class Money(Struct, frozen=True):
    """All of it, for the days asked for; flaws of ledgers, accounts with one name and double payments of any day."""

    flaws: tuple[Flaw, ...]
    pairs: tuple[Pair, ...]
    bursts: tuple[Burst, ...]
    one_name: tuple[OneName, ...]
    rerouted: tuple[Rerouted, ...]
    doubles: tuple[DoublePayment, ...]


@command("centre.money", roles=(Role.CENTRE,))
def note_look(act: Act) -> None:
    """Leave the audit entry of a look at the money."""


def money(office: Office, first: date, last: date) -> Money:
    """What there is to look at in the register, of acts from ``first`` to ``last``."""
    office.gate.do(note_look)
    with office.gate.store.read() as own, office.register.read() as register:
        publics = publics_of(own, register)
    return ask_register(office, _look, first, last, publics)


def _look(view: View, first: date, last: date, publics: Publics) -> Money:
    register = view.connection
    keys = {key_id(signer.public): signer.public for signer in publics.values()}
    return Money(
        flaws=verify(register, keys),
        pairs=tuple(pair for pair in pairs(register, first, last) if pair.remarkable),
        bursts=tuple(bursts(register, first, last)),
        one_name=tuple(one_name(register)),
        rerouted=tuple(_rerouted(register, first, last)),
        doubles=double_payments(view, publics),
    )


def pairs(register: Connection, first: date, last: date) -> tuple[Pair, ...]:
    """Who approved and who paid, the most vouchers first."""
    approvals = select(LedgerRow.voucher, LedgerRow.user.label("approver")).where(LedgerRow.act == "APPROVE")
    approved = approvals.distinct().subquery()
    paid = (
        select(LedgerRow.voucher, LedgerRow.user.label("payer"), LedgerRow.amount)
        .where(LedgerRow.act == "PAY", LedgerRow.on.between(first, last), LedgerRow.voucher != "")
        .subquery()
    )
    vouchers, amount = func.count().label("vouchers"), func.sum(paid.c.amount).label("amount")
    rows = register.execute(
        select(approved.c.approver, paid.c.payer, vouchers, amount)
        .select_from(paid)
        .join(approved, approved.c.voucher == paid.c.voucher)
        .group_by(approved.c.approver, paid.c.payer)
    ).all()
    of_payer: dict[str, int] = defaultdict(int)
    for row in rows:
        of_payer[row.payer] += row.vouchers
    desks = _desks_of(register)
    found = (
        Pair(
            row.approver, row.payer, desks.get(row.payer, 0), row.vouchers, int(row.amount),
            100 * row.vouchers // of_payer[row.payer],
        )
        for row in rows
    )  # fmt: skip
    return tuple(sorted(found, key=lambda pair: (-pair.vouchers, pair.approver, pair.payer)))


def bursts(register: Connection, first: date, last: date) -> Iterator[Burst]:
    """Payments by one account in quick succession; what was typed in from a paper list is none."""
    rows = register.execute(
        select(RevisionRow.body)
        .join(PaymentRow, PaymentRow.id == RevisionRow.record)
        .where(PaymentRow.paid_on.between(first, last), RevisionRow.kind == PAYMENT.name)
        .execution_options(yield_per=2000)
    )
    at: dict[str, list[datetime]] = defaultdict(list)
    for body in rows.scalars():
        revision = decode_revision(bytes(body))
        payment = PAYMENT.decode(bytes(revision.doc))
        instant = _instant(revision.at)
        if payment.paper_line is None and instant is not None:
            at[payment.user].append(instant)
    desks = _desks_of(register)
    for payer in sorted(at):
        for found in runs(sorted(at[payer])):
            yield Burst(payer, desks.get(payer, 0), len(found), found[0].isoformat(), found[-1].isoformat())


def _instant(text: str) -> datetime | None:
    # what another laptop says of its time may be no time
    try:
        return read_instant(text)
    except ValueError:
        return None


def runs(instants: list[datetime]) -> Iterator[list[datetime]]:
    """The longest stretches of ordered instants in which every BURST in a row lie close together."""
    begin = end = -1
    for place in range(BURST - 1, len(instants)):
        start = place - BURST + 1
        if instants[place] - instants[start] > BURST_WITHIN:
            continue
        if begin >= 0 and start > end:
            yield instants[begin : end + 1]
            begin = start
        begin, end = begin if begin >= 0 else start, place
    if begin >= 0:
        yield instants[begin : end + 1]


def one_name(register: Connection) -> Iterator[OneName]:
    """Accounts that their own desk told to carry one name."""
    desks = _desks_of(register)
    groups: dict[str, set[str]] = {}
    for account, known in all_documents(register, USER):
        together = {account}.union(*(groups.get(one, {one}) for one in (account, *known.alike)))
        if len(together) > 1:
            groups.update(dict.fromkeys(together, together))
    seen: set[str] = set()
    for account in sorted(groups):
        if account not in seen:
            seen |= groups[account]
            yield OneName(desks.get(account, 0), tuple(sorted(groups[account])))


def _rerouted(register: Connection, first: date, last: date) -> Iterable[Rerouted]:
    rows = register.execute(
        select(ReroutingRow.to_point, ReroutingRow.on, func.count(func.distinct(ReroutingRow.number)).label("papers"))
        .where(ReroutingRow.on.between(first, last))
        .group_by(ReroutingRow.to_point, ReroutingRow.on)
        .order_by(ReroutingRow.on, ReroutingRow.to_point)
    )
    return (Rerouted(row.to_point, row.on, row.papers) for row in rows)


def _desks_of(register: Connection) -> dict[str, int]:
    return {row.id: row.desk for row in register.execute(select(CentreUserRow.id, CentreUserRow.desk))}


@command("centre.double_settle", roles=(Role.CENTRE,))
def settle_double(act: Act, office: Office, case: str, outcome: str, note: str, recovered: int = 0) -> str:
    """Say of a double payment what it was, with the centre's signature. As doubles.settled_by."""
    with office.acting(act) as there:
        return settled_by(there, case, outcome, note, recovered, publics_of(act.connection, there.connection))
