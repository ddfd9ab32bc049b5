"""Numbers and papers: an approved voucher gets a random number of this desk's range with its paper, and one only.

A paper that was spoiled is replaced by another with another number; two papers with one number never leave a printer.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.codes import REPRINTED
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.faces import PrintedVoucher, face_of
from helpdesk.assistance.vouchers.finding import by_number, opened, payment_of
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import PAYABLE
from helpdesk.assistance.vouchers.tables import DrawnRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import numbers
from helpdesk.households.cards import issuing_key


@command("voucher.print", roles=FAMILIES)
def print_(act: Act, vouchers: tuple[str, ...]) -> tuple[PrintedVoucher, ...]:
    """Give approved vouchers their numbers and codes.

    Raises Refusal("voucher.state" | "voucher.days" | "voucher.suspended" | "numbers.used_up"),
    Fault("voucher.number_twice").
    """
    key = issuing_key(act.connection)
    printed = []
    for voucher_id in vouchers:
        voucher = opened(act, voucher_id, "PRINT")
        numbered = msgspec.structs.replace(voucher, state="PRINTED", number=draw(act, voucher_id), issuer=key.key_id)
        act.records.revise(VOUCHER, voucher_id, numbered)
        ledger.note(act, "PRINT", voucher_id, numbered)
        printed.append(face_of(act, key, voucher_id, numbered))
    act.concerns(*vouchers)
    return tuple(printed)


@command("voucher.reprint", roles=FAMILIES)
def reprint(act: Act, number: str) -> PrintedVoucher:
    """A new paper for one that was spoiled; the old number is void from now on.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.days" | "voucher.suspended" | "numbers.used_up"),
    Fault("voucher.number_twice").
    """
    voucher_id, voucher = by_number(act.connection, number)
    state = "PAID" if payment_of(act.connection, voucher_id) is not None else voucher.on(act.day)
    if state not in PAYABLE:
        raise Refusal("voucher.state", state=state)
    ended = msgspec.structs.replace(voucher, state="VOID", void_reason=REPRINTED)
    act.records.revise(VOUCHER, voucher_id, ended, signed=True)
    ledger.note(act, "VOID", voucher_id, ended)
    return put_on_new_paper(act, voucher_id, voucher)


def put_on_new_paper(act: Act, old_id: str, old: Voucher) -> PrintedVoucher:
    """The voucher that stands for another whose paper is gone: same amount and days, a number of its own."""
    key = issuing_key(act.connection)
    fresh_id = act.new_id()
    fresh = msgspec.structs.replace(
        old, state="PRINTED", number=draw(act, fresh_id), issuer=key.key_id, replaces=old_id, void_reason="", was="",
        dispute="", mark="",
    )  # fmt: skip
    act.records.create(VOUCHER, fresh_id, fresh)
    ledger.note(act, "PRINT", fresh_id, fresh)
    act.concerns(old_id, fresh_id)
    return face_of(act, key, fresh_id, fresh)


def draw(act: Act, voucher_id: str) -> str:
    """The next number of this desk's range, which no other voucher of this desk will ever bear.

    Raises Refusal("numbers.used_up", kind=...), Fault("voucher.number_twice") where the store holds it already.
    """
    number = numbers.draw(act.connection, "voucher")
    try:
        act.connection.execute(insert(DrawnRow).values(number=number, voucher=voucher_id))
    except IntegrityError:
        raise Fault("voucher.number_twice") from None
    return number
