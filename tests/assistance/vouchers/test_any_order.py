"""Acts on a family's vouchers in any order, by anybody: at most one payment, and a ledger that holds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from helpdesk.assistance.vouchers import lines, mishaps, numbering, paying, verifying
from helpdesk.assistance.vouchers.life import PAID
from helpdesk.assistance.vouchers.tables import DrawnRow, LedgerRow, PaymentRow
from helpdesk.core.errors import Refusal
from helpdesk.opening import Desk
from tests.programme import Programme

Done = Callable[[Desk], Any]
HANDS = ("clerk", "supervisor", "other")
TURNS, ACTS = 8, 12


def any_act(chance: random.Random, voucher: str, number: str) -> Done:
    """One act that somebody tries on a voucher."""
    acts: tuple[tuple[Any, ...], ...] = (
        (paying.issue, number, "SIGNATURE"),
        (paying.witness, (number,)),
        (paying.pay, number, "a neighbour", "SEEN"),
        (numbering.reprint, number),
        (mishaps.lose, voucher),
        (mishaps.replace, voucher),
        (mishaps.unclaim, voucher),
        (mishaps.put_back, voucher),
        (mishaps.dispute, voucher, "somebody says so"),
        (mishaps.settle, voucher, chance.choice(("STANDS", "STANDS", "VOID"))),
        (mishaps.void, voucher, "a mistake"),
    )
    act, *arguments = chance.choices(acts, weights=(3, 3, 4, 1, 2, 3, 2, 3, 2, 3, 1))[0]
    return lambda desk: desk.do(act, *arguments)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_tried_the_money_adds_up(programme: Programme, seed: int) -> None:
    chance = random.Random(seed)
    household = programme.register()
    face = programme.printed("one", household)
    for _ in range(TURNS):
        programme.at("one", chance.choice(HANDS), partial(try_some, chance=chance, household=household))
    with programme.open("one", "supervisor") as desk:
        assert desk.ask(verifying.flaws) == ()
        shown = desk.ask(lines.of_household, household)
        with desk.store.read() as connection:
            payments = connection.execute(select(PaymentRow)).all()
            entries = Counter(connection.scalars(select(LedgerRow.act)))
            drawn = set(connection.scalars(select(DrawnRow.number)))
    assert len(payments) <= 1
    assert entries["PAY"] == len(payments)
    assert all(payment.amount == face.amount for payment in payments)
    paid = [voucher for voucher in shown if voucher.state in PAID]
    assert len(paid) <= len(payments)
    assert {voucher.number for voucher in shown} == drawn
    assert len(drawn) == len(shown)
    # whatever a paper was replaced by, no two of a family are payable at once
    assert sum(voucher.state in ("PRINTED", "ISSUED", *PAID) for voucher in shown) <= 1


def try_some(desk: Desk, chance: random.Random, household: str) -> None:
    """Somebody signs in and tries a few acts; what a rule refuses changes nothing."""
    for _ in range(ACTS):
        voucher = chance.choice(desk.ask(lines.of_household, household))
        try:
            any_act(chance, voucher.id, voucher.number or "")(desk)
        except Refusal:
            continue
