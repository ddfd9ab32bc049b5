"""A spoiled paper gets a new number, and a payment its receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpdesk.assistance.vouchers import checks, paying
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.numbering import reprint
from helpdesk.assistance.vouchers.papers import receipt_of
from helpdesk.core.errors import Refusal
from helpdesk.opening import Desk
from tests.programme import Programme


@pytest.fixture
def printed(programme: Programme) -> PrintedVoucher:
    return programme.printed("one", programme.register("one"))


def test_the_old_number_is_void_and_the_new_one_payable(desk_as: Callable[..., Desk], printed: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    fresh = desk.do(reprint, printed.number)
    assert fresh.number != printed.number
    assert desk.do(checks.check, printed.digits).code == "VOID"
    assert desk.do(checks.check, fresh.digits).code == "LIVE"
    with pytest.raises(Refusal):
        desk.do(paying.pay, printed.number, "Witness", "SEEN")
    desk_as("other").do(paying.pay, fresh.number, "Witness", "SEEN")


def test_only_a_printed_one_is_printed_again(desk_as: Callable[..., Desk], printed: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    desk.do(paying.pay, printed.number, "Witness", "SEEN")
    with pytest.raises(Refusal, match=r"voucher\.state"):
        desk.do(reprint, printed.number)


def test_a_receipt_says_what_was_paid(desk_as: Callable[..., Desk], printed: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    with pytest.raises(Refusal, match=r"voucher\.not_paid"):
        desk.ask(receipt_of, printed.number)
    desk.do(paying.pay, printed.number, "Witness", "SEEN")
    receipt = desk.ask(receipt_of, printed.number)
    assert receipt.payment.witness == "Witness"
    assert receipt.face.amount == printed.amount
    assert receipt.paid_by == "clerk"
