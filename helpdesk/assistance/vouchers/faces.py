"""What a voucher's paper shows, and its code: signed by the desk's card key and bound to the kind.

A card never passes as money, and no code carries a name. Nothing is written here, and nothing printed.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.commands import View
from helpdesk.households.documents import Household, Person
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault import cose
from helpdesk.vault.codes import to_digits
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import document_of

EXTERNAL = b"fvm/voucher/1"
NUMBER, HOUSEHOLD_NUMBER, AMOUNT, CURRENCY, GRANT_TYPE, PAY_POINT, FIRST_DAY, LAST_DAY, POLICY = range(1, 10)


class PrintedVoucher(Struct, frozen=True):
    """All that a voucher's face shows, and its code."""

    id: str
    number: str
    household_number: str
    grant: str
    amount: int
    currency: str
    payee: str
    pay_point: int
    first_day: date
    last_day: date
    digits: str
    instalment: int = 1
    of: int = 1
    alternate: str | None = None


def voucher_digits(key: SigningKey, household: Household, voucher: Voucher) -> str:
    """The code of a printed voucher. Raises Fault("voucher.no_number") before it has one."""
    if voucher.number is None:
        raise Fault("voucher.no_number")
    claims: dict[int, cose.Claim] = {
        NUMBER: int(voucher.number),
        HOUSEHOLD_NUMBER: int(household.number),
        AMOUNT: voucher.amount,
        CURRENCY: voucher.currency,
        GRANT_TYPE: voucher.grant,
        PAY_POINT: voucher.pay_point,
        FIRST_DAY: day_number(voucher.first_day),
        LAST_DAY: day_number(voucher.last_day),
        POLICY: voucher.policy,
    }
    return to_digits("voucher", cose.sign1(key, claims, EXTERNAL))


def face_of(view: View, key: SigningKey, voucher_id: str, voucher: Voucher) -> PrintedVoucher:
    """What a numbered voucher's paper shows. Raises Refusal("voucher.unknown")."""
    household = document_of(view.connection, HOUSEHOLD, voucher.household)
    payee = document_of(view.connection, PERSON, voucher.payee)
    alternate = document_of(view.connection, PERSON, voucher.alternate) if voucher.alternate else None
    alternate = document_of(view.connection, PERSON, voucher.alternate) if voucher.alternate else None
    if household is None or payee is None or voucher.number is None:
        raise Refusal("voucher.unknown")
    return PrintedVoucher(
        id=voucher_id,
        number=voucher.number,
        household_number=household.number,
        grant=voucher.grant,
        amount=voucher.amount,
        currency=voucher.currency,
        payee=_named(payee),
        pay_point=voucher.pay_point,
        first_day=voucher.first_day,
        last_day=voucher.last_day,
        digits=voucher_digits(key, household, voucher),
        instalment=voucher.instalment,
        of=voucher.of,
        alternate=_named(alternate) if alternate else None,
    )


def _named(person: Person) -> str:
    return f"{person.given_name} {person.father_name} {person.grandfather_name or ''}".strip()


def _name(person: Person) -> str:
    return f"{person.given_name} {person.father_name} {person.grandfather_name or ''}".strip()
