"""Payments that were made twice: found by looking at all payments of a store, and settled by a person's signed word.

Nothing opens a case by writing one: a case is what payments have in common, so every store that holds the same payments
has the same cases, whatever order and however often their files came. Both payments stay; nothing here undoes one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import CTE, Connection, Select, func, select

from helpdesk.assistance.grants.codes import ONCE
from helpdesk.assistance.vouchers.kinds import PAYMENT
from helpdesk.assistance.vouchers.paid import paid_vouchers
from helpdesk.assistance.vouchers.settled import DOUBLE_SETTLED, OUTCOME, DoubleSettled, DoubleSettledRow
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households.rules import among as on_list
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.areas.standing import Publics, Signer, known_publics
from helpdesk.vault.bulk import among
from helpdesk.vault.keys import key_id, verify
from helpdesk.vault.records import SIGNED_CONTEXT, decode_revision
from helpdesk.vault.tables import RecordRow, RevisionRow

WHY: Final = CodeList("double_why", "VOUCHER", "NUMBER", "REPLACED", "INSTALMENT")
"""One voucher; two with one number; a voucher and the one in its place; two for one instalment of a grant."""
SHORTEST_NOTE: Final = 10
SETTLING: Final = (Role.SUPERVISOR, Role.CENTRE)
"""Whose word settles a case."""


class Proof(Struct, frozen=True):
    """One of the payments: the revision that says so with its signature, and who paid what, when and where.

    ``hash``, ``signature`` and ``key`` (its id) are hex; the last two are "" where it came without one. ``voucher`` and
    what follows from it are "" and 0 where this store does not know the voucher.
    """

    payment: str
    hash: str
    signature: str
    key: str
    voucher: str
    number: str
    household: str
    household_number: str
    grant: str
    instalment: int
    amount: int
    currency: str
    paid_on: date
    at: str
    pay_point: int
    user: str
    device: str


class Settled(Struct, frozen=True):
    """What a person said of a case: ``outcome`` a code of ``double_outcome``, ``recovered`` what came back of it."""

    outcome: str
    recovered: int
    on: date
    by: str
    note: str


class DoublePayment(Struct, frozen=True):
    """One case. ``id`` is made of its payments; ``why`` codes of ``double_why``; ``settled`` None while it is open.

    A payment that comes later makes it another case, open again: nobody's word covers what nobody had seen.
    """

    id: str
    why: tuple[str, ...]
    proofs: tuple[Proof, ...]
    settled: Settled | None

    @property
    def too_much(self) -> int:
        """What was paid beyond the largest of the payments, in whole units."""
        amounts = [proof.amount for proof in self.proofs]
        return sum(amounts) - max(amounts)


class _Group(Struct, frozen=True):
    payments: tuple[str, ...]
    why: tuple[str, ...]


def double_payments(view: View, publics: Publics | None = None) -> tuple[DoublePayment, ...]:
    """Every case of this store, the open ones first, then by the day of their last payment.

    ``publics`` are the keys whose words count (None: as this store knows them).
    """
    view.only(NAMES)
    return _cases(view.connection, publics)


def doubles_of(view: View, voucher: str) -> tuple[DoublePayment, ...]:
    """The cases in which a voucher was paid: what the check page says beside its verdict."""
    cases = _cases(view.connection, None)
    return tuple(case for case in cases if any(proof.voucher == voucher for proof in case.proofs))


def count_open(view: View) -> int:
    """How many cases wait for somebody's word."""
    return sum(case.settled is None for case in _cases(view.connection, None))


@command("double.settle", roles=(Role.SUPERVISOR,))
def settle(act: Act, case: str, outcome: str, note: str, recovered: int = 0) -> str:
    """Say of a case what it was, signed; returns the record. As :func:`settled_by`."""
    return settled_by(act, case, outcome, note, recovered)


def settled_by(act: Act, case: str, outcome: str, note: str, recovered: int, publics: Publics | None = None) -> str:
    """The act itself, for a desk's command and the centre's. Never by who made one of the payments.

    Raises Refusal("form.code" | "double.unknown" | "double.own" | "double.note" | "double.amount").
    """
    on_list(outcome, OUTCOME, "outcome")
    found = next((one for one in _cases(act.connection, publics) if one.id == case), None)
    if found is None:
        raise Refusal("double.unknown")
    if act.user.id in {proof.user for proof in found.proofs}:
        raise Refusal("double.own")
    if len(clean(note)) < SHORTEST_NOTE:
        raise Refusal("double.note", shortest=SHORTEST_NOTE)
    most = found.too_much if outcome == "PAID_TWICE_RECOVERED" else 0
    if not min(1, most) <= recovered <= most:
        raise Refusal("double.amount", most=most)
    hashes = tuple(sorted(proof.hash for proof in found.proofs))
    word = DoubleSettled(found.proofs[0].household, hashes, outcome, recovered, act.day, act.user.id, clean(note))
    record = act.new_id()
    act.records.create(DOUBLE_SETTLED, record, word, signed=True)
    act.concerns(record, *(proof.payment for proof in found.proofs))
    return record


def _groups(connection: Connection) -> list[_Group]:
    # payments that anything joins, each in one group: whatever is joined to a joined one belongs to it
    joined: dict[str, str] = {}
    reasons: dict[str, set[str]] = defaultdict(set)
    for why, payments in _joins(connection):
        for payment in payments:
            joined.setdefault(payment, payment)
            reasons[payment].add(why)
            joined[_root(joined, payment)] = _root(joined, payments[0])
    members: dict[str, list[str]] = defaultdict(list)
    for payment in joined:
        members[_root(joined, payment)].append(payment)
    return [
        _Group(tuple(sorted(found)), tuple(why for why in WHY if any(why in reasons[one] for one in found)))
        for found in members.values()
    ]


def _root(joined: dict[str, str], payment: str) -> str:
    while joined[payment] != payment:
        joined[payment] = joined[joined[payment]]
        payment = joined[payment]
    return payment


def _joins(connection: Connection) -> Iterator[tuple[str, list[str]]]:
    paid = paid_vouchers()
    yield from _together(connection, "VOUCHER", select(paid.c.voucher, paid.c.payment), _twice(paid, "voucher"))
    by_number = select(PaymentRow.number).group_by(PaymentRow.number).having(func.count() > 1)
    numbers = select(PaymentRow.number, PaymentRow.id).where(PaymentRow.number != "")
    yield from _together(connection, "NUMBER", numbers, by_number)
    yield from _instalments(connection, paid)
    yield from _replaced(connection, paid)


def _twice(paid: CTE, column: str) -> Select[str]:
    return select(paid.c[column]).group_by(paid.c[column]).having(func.count() > 1)


def _together(
    connection: Connection, why: str, payments: Select[str, str], twice: Select[str]
) -> Iterator[tuple[str, list[str]]]:
    # ``payments`` are (what they may have in common, payment), ``twice`` what several have in common
    found: dict[str, list[str]] = defaultdict(list)
    for common, payment in connection.execute(payments.where(payments.selected_columns[0].in_(twice))):
        found[common].append(payment)
    yield from ((why, together) for together in found.values())


def _instalments(connection: Connection, paid: CTE) -> Iterator[tuple[str, list[str]]]:
    several = (
        select(paid.c.household, paid.c.grant)
        .where(paid.c.grant.in_(ONCE), paid.c.household != "")
        .group_by(paid.c.household, paid.c.grant, paid.c.case, paid.c.instalment)
        .having(func.count() > 1)
        .subquery()
    )
    rows = connection.execute(
        select(paid.c.household, paid.c.grant, paid.c.case, paid.c.instalment, paid.c.payment)
        .join(several, (several.c.household == paid.c.household) & (several.c.grant == paid.c.grant))
        .distinct()
    )
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for *common, payment in rows:
        found[tuple(common)].append(payment)
    yield from (("INSTALMENT", together) for together in found.values() if len(together) > 1)


def _replaced(connection: Connection, paid: CTE) -> Iterator[tuple[str, list[str]]]:
    # from a paid voucher back to those it stands for, and to the payments of those
    back = (
        select(paid.c.payment, VoucherRow.replaces.label("before"))
        .join(VoucherRow, VoucherRow.id == paid.c.voucher)
        .where(VoucherRow.replaces.is_not(None))
        .cte("back", recursive=True)
    )
    further = select(back.c.payment, VoucherRow.replaces).join(VoucherRow, VoucherRow.id == back.c.before)
    back = back.union(further.where(VoucherRow.replaces.is_not(None)))
    other = paid_vouchers("other")
    rows = connection.execute(select(back.c.payment, other.c.payment).join(other, other.c.voucher == back.c.before))
    yield from (("REPLACED", [one, before]) for one, before in rows if one != before)


def _cases(connection: Connection, publics: Publics | None) -> tuple[DoublePayment, ...]:
    groups = _groups(connection)
    if not groups:
        return ()
    proofs = _proofs(connection, [payment for group in groups for payment in group.payments])
    words = _words(connection, known_publics(connection) if publics is None else publics)
    found = []
    for group in groups:
        known = (proofs[payment] for payment in group.payments if payment in proofs)
        mine = sorted(known, key=lambda proof: (proof.paid_on, proof.at, proof.hash))
        if len(mine) < 2:  # a row that no record stands behind proves nothing
            continue
        hashes = frozenset(proof.hash for proof in mine)
        said = next((word for word in words if hashes <= frozenset(word.payments)), None)
        settled = Settled(said.outcome, said.recovered, said.on, said.by, said.note) if said else None
        found.append(DoublePayment(case_id(hashes), group.why, tuple(mine), settled))
    return tuple(sorted(found, key=lambda case: (case.settled is not None, case.proofs[-1].paid_on, case.id)))


def case_id(hashes: Iterable[str]) -> str:
    """The id of the case of these payments, the same in every store."""
    digest = hashlib.sha256(f"fvm/double/1\0{','.join(sorted(hashes))}".encode()).hexdigest()
    # the form of a version 8 UUID (RFC 9562): its bits are the program's own
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _proofs(connection: Connection, payments: Sequence[str]) -> dict[str, Proof]:
    heads = connection.execute(
        select(RecordRow.id, RevisionRow.hash, RevisionRow.body, RevisionRow.sig_key, RevisionRow.sig)
        .join(RevisionRow, RevisionRow.hash == RecordRow.head)
        .where(RecordRow.kind == PAYMENT.name, among(connection, RecordRow.id, payments))
    ).all()
    paid = paid_vouchers()
    known = {
        row.payment: row
        for row in connection.execute(
            select(paid, HouseholdRow.number.label("of"))
            .outerjoin(HouseholdRow, HouseholdRow.id == paid.c.household)
            .where(paid.c.payment.in_(payments))
        )
    }
    return {row.id: _proof(row, known.get(row.id)) for row in heads}


def _proof(row: Any, known: Any) -> Proof:
    revision = decode_revision(bytes(row.body))
    payment = PAYMENT.decode(bytes(revision.doc))
    return Proof(
        payment=row.id,
        hash=bytes(row.hash).hex(),
        signature=bytes(row.sig).hex() if row.sig else "",
        key=row.sig_key or "",
        voucher=known.voucher if known else payment.voucher,
        number=payment.number,
        household=known.household if known else payment.household,
        household_number=(known.of or "") if known else "",
        grant=known.grant if known else "",
        instalment=known.instalment if known else 0,
        amount=payment.amount,
        currency=payment.currency,
        paid_on=payment.paid_on,
        at=revision.at,
        pay_point=payment.pay_point,
        user=payment.user,
        device=revision.device,
    )


def _words(connection: Connection, publics: Publics) -> list[DoubleSettled]:
    # the last said first, by the counters that every store agrees on; a word nobody truly signed settles nothing
    rows = connection.execute(
        select(RevisionRow.hash, RevisionRow.body, RevisionRow.sig_key, RevisionRow.sig)
        .join(RecordRow, RecordRow.head == RevisionRow.hash)
        .join(DoubleSettledRow, DoubleSettledRow.id == RecordRow.id)
        .order_by(RevisionRow.ctr.desc(), RevisionRow.hash.desc())
    )
    found = ((row, DOUBLE_SETTLED.decode(bytes(decode_revision(bytes(row.body)).doc))) for row in rows)
    return [word for row, word in found if _is_signed(row, publics.get(word.by))]


def _is_signed(row: Any, signer: Signer | None) -> bool:
    if signer is None or row.sig is None or signer.role not in SETTLING or key_id(signer.public) != row.sig_key:
        return False
    return verify(signer.public, bytes(row.sig), SIGNED_CONTEXT + bytes(row.hash))
