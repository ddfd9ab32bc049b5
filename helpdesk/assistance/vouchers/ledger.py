"""The ledger of vouchers: every act on one is an entry, chained to the one before it and signed by whoever acted.

Entries are records like all others, so they travel in batches and are chained at the centre too. They hold ids,
numbers and amounts; never a name. What can be wrong with them is found by verifying.py.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlalchemy import Select, select

from helpdesk.assistance.vouchers.documents import LedgerEntry, Voucher
from helpdesk.assistance.vouchers.kinds import LEDGER
from helpdesk.assistance.vouchers.tables import LedgerRow
from helpdesk.desk import local
from helpdesk.desk.commands import Act, View
from helpdesk.desk.roles import NAMES
from helpdesk.vault.records import document_of

END = "ledger"
"""The name under which the desk keeps the end of its chain."""


class End(Struct, frozen=True, forbid_unknown_fields=True):
    """The last entry of this desk: its epoch, number and hash in hex."""

    epoch: str
    n: int
    head: str


def note(act: Act, what: str, voucher_id: str, voucher: Voucher, payment: str | None = None) -> None:
    """Enter an act (a code of ``voucher_act``) on a voucher, with the state that is written after it."""
    enter(act, what, voucher_id, voucher.number, voucher.amount, voucher.state, payment)


def enter(
    act: Act, what: str, voucher_id: str, number: str | None, amount: int, state: str, payment: str | None = None
) -> None:
    """Enter an act on a paper; ``voucher_id`` is "" where the voucher is another desk's and not known here."""
    epoch = local.read(act.connection, "epoch").decode()
    known = end_of(act)
    last = known if known is not None and known.epoch == epoch else End(epoch, 0, "")
    entry = LedgerEntry(
        device=act.device,
        epoch=epoch,
        n=last.n + 1,
        previous=last.head,
        act=what,
        voucher=voucher_id,
        number=number,
        amount=amount,
        state=state,
        payment=payment,
        user=act.user.id,
        on=act.day,
    )
    head = act.records.create(LEDGER, act.new_id(), entry, signed=True)
    local.write(act.connection, END, msgspec.json.encode(End(epoch, entry.n, head.hex())))


def end_of(view: View) -> End | None:
    """Where this desk's chain ends, None before its first entry."""
    kept = local.peek(view.connection, END)
    return None if kept is None else msgspec.json.decode(kept, type=End)


def entries_of(view: View, voucher_id: str) -> tuple[LedgerEntry, ...]:
    """Everything that was done to one voucher, in order: entries of one desk by their number, desks one after another.

    Raises Refusal("role.not_allowed").
    """
    statement = (
        select(LedgerRow.id)
        .where(LedgerRow.voucher == voucher_id)
        .order_by(LedgerRow.on, LedgerRow.device, LedgerRow.epoch, LedgerRow.n)
    )
    return _entries(view, statement)


def newest(view: View, most: int = 200) -> tuple[LedgerEntry, ...]:
    """This desk's last entries, the newest first. Raises Refusal("role.not_allowed")."""
    mine = LedgerRow.device == view.device
    statement = select(LedgerRow.id).where(mine).order_by(LedgerRow.on.desc(), LedgerRow.n.desc()).limit(most)
    return _entries(view, statement)


def _entries(view: View, statement: Select[str]) -> tuple[LedgerEntry, ...]:
    view.only(NAMES)
    found = (document_of(view.connection, LEDGER, entry) for entry in view.connection.scalars(statement).all())
    return tuple(entry for entry in found if entry is not None)
