"""What goes wrong with a voucher, and what is done about it: each an act of its own, entered in the ledger.

Stopping a voucher is anybody's who serves families; setting it going again, or ending it, is a supervisor's, signed.
"""

from __future__ import annotations

from typing import Final

import msgspec

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.finding import check_open, known_voucher, opened
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import PAID, after
from helpdesk.assistance.vouchers.numbering import put_on_new_paper
from helpdesk.assistance.vouchers.paying import is_paid
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.rules import NOTE_LENGTH, among

SETTLED: Final = CodeList("settled", "STANDS", "VOID")
"""How a dispute ends: the voucher is what it was, or it is void."""


@command("voucher.void", roles=(Role.SUPERVISOR,))
def void(act: Act, voucher_id: str, reason: str) -> None:
    """Declare a voucher void before it is paid.

    Raises Refusal("voucher.unknown" | "voucher.paid_void" | "voucher.state" | "voucher.reason" | "notes.long").
    """
    voucher = known_voucher(act.connection, voucher_id)
    if voucher.state in PAID or is_paid(act, voucher_id):
        raise Refusal("voucher.paid_void")
    ended = msgspec.structs.replace(voucher, state="VOID", void_reason=_said(reason))
    check_open(act, voucher, "VOID")
    _write(act, "VOID", voucher_id, ended, signed=True)


@command("voucher.lose", roles=FAMILIES)
def lose(act: Act, voucher_id: str) -> None:
    """The family reports its paper lost: from now on nobody is paid for it.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.days" | "voucher.suspended").
    """
    _move(act, "LOST", voucher_id)


@command("voucher.replace", roles=(Role.SUPERVISOR,))
def replace(act: Act, voucher_id: str) -> PrintedVoucher:
    """A new paper with a new number for one that was lost. The days stay as they were.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.suspended" | "voucher.days" | "numbers.used_up").
    """
    voucher = opened(act, voucher_id, "REPLACE")
    if is_paid(act, voucher_id):
        raise Refusal("voucher.state", state="PAID")
    if act.day > voucher.last_day:
        raise Refusal("voucher.days", first=voucher.first_day, last=voucher.last_day)
    _write(act, "REPLACE", voucher_id, msgspec.structs.replace(voucher, state="REPLACED"), signed=True)
    return put_on_new_paper(act, voucher_id, voucher)


@command("voucher.unclaim", roles=FAMILIES)
def unclaim(act: Act, voucher_id: str) -> None:
    """Nobody came for it on its day: its cash is counted back, and it is not paid before it is returned to stock.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.days" | "voucher.suspended").
    """
    _move(act, "UNCLAIMED", voucher_id)


@command("voucher.return", roles=(Role.SUPERVISOR,))
def put_back(act: Act, voucher_id: str) -> None:
    """The cash of an unclaimed voucher is in the box again: it is in stock, and payable within its days.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.days" | "voucher.suspended").
    """
    _move(act, "RETURN", voucher_id, signed=True)


@command("voucher.dispute", roles=FAMILIES)
def dispute(act: Act, voucher_id: str, what: str) -> None:
    """Somebody says that it is not right: stopped until a supervisor settles it.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.days" | "voucher.suspended" | "voucher.reason" |
    "notes.long").
    """
    voucher = opened(act, voucher_id, "DISPUTE")
    disputed = msgspec.structs.replace(voucher, state="DISPUTED", was=voucher.state, dispute=_said(what))
    _write(act, "DISPUTE", voucher_id, disputed)


@command("voucher.settle", roles=(Role.SUPERVISOR,))
def settle(act: Act, voucher_id: str, how: str) -> None:
    """Settle a dispute (a code of ``settled``). What was paid stays paid.

    Raises Refusal("form.code" | "voucher.unknown" | "voucher.state" | "voucher.paid_void").
    """
    among(how, SETTLED, "settled")
    voucher = opened(act, voucher_id, "SETTLE")
    paid = voucher.was in PAID or is_paid(act, voucher_id)
    if how == "VOID":
        if paid:
            raise Refusal("voucher.paid_void")
        ended = msgspec.structs.replace(voucher, state="VOID", void_reason=voucher.dispute, was="")
    else:
        before = voucher.was if voucher.was in PAID or not paid else "PAID"
        ended = msgspec.structs.replace(voucher, state=before or "UNCLAIMED", was="")
    _write(act, "SETTLE", voucher_id, ended, signed=True)


def _move(act: Act, what: str, voucher_id: str, *, signed: bool = False) -> None:
    voucher = opened(act, voucher_id, what)
    moved = msgspec.structs.replace(voucher, state=after(what, voucher.state))
    _write(act, what, voucher_id, moved, signed=signed)


def _write(act: Act, what: str, voucher_id: str, voucher: Voucher, *, signed: bool = False) -> None:
    act.records.revise(VOUCHER, voucher_id, voucher, signed=signed)
    ledger.note(act, what, voucher_id, voucher)
    act.concerns(voucher_id)


def _said(text: str) -> str:
    said = clean(text)
    if not said:
        raise Refusal("voucher.reason")
    if len(said) > NOTE_LENGTH:
        raise Refusal("notes.long", most=NOTE_LENGTH)
    return said
