"""What the practice centre grants its desks, and the vouchers that are printed and paid by it.

The same policy stands in every bundle, so that a voucher of the first week is judged by the terms it was printed on.
"""

from __future__ import annotations

from datetime import timedelta

from helpdesk.assistance.grants import commands as granting
from helpdesk.assistance.grants.codes import IN_KIND
from helpdesk.assistance.grants.policy import NO_CURRENCY
from helpdesk.assistance.vouchers import approving, numbering, paying, planning
from helpdesk.centre.desks import BundleTerms
from helpdesk.core.clock import day_number
from helpdesk.core.language import N_
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, Helpline, PayPoint
from helpdesk.desk.commands import View
from helpdesk.desk.roles import Role
from helpdesk.opening import Desk
from helpdesk.practice.building import SPAN, Building
from helpdesk.practice.papers import print_vouchers

PAID_EACH = 5
WITNESS = "Practice witness"
NEED = "Practice: the tent burned down"
_YEAR = 365
_NOTE = 250
"""Dinars: the smallest note."""
_NEAR, _FAR = 50, 200
"""Kilometres: the bands of transport."""


def grants_of(first: int, last: int) -> tuple[GrantPolicy, ...]:
    """Every type of grant from a day to a day (their numbers), in dinars of whole notes.

    Sized after DOMAIN.md 2.14: departure and reinstallation together come to what families of 2022 were told, USD
    1,050 to 1,300 in parts, at some 1,310 dinars each; the other figures are this programme's own invention.
    """

    def grant(type_: str, valid_days: int, *amounts: GrantAmount, parts: tuple[int, ...] = ()) -> GrantPolicy:
        currency, step = (NO_CURRENCY, 1) if type_ == IN_KIND else ("IQD", _NOTE)
        return GrantPolicy(type_, currency, 1, first, last, valid_days, amounts, instalments=parts, step=step)

    return (
        grant(
            "TRN", 14,
            GrantAmount(1, 5, 100_000, 0, _NEAR), GrantAmount(6, 40, 150_000, 0, _NEAR),
            GrantAmount(1, 5, 200_000, _NEAR, _FAR), GrantAmount(6, 40, 300_000, _NEAR, _FAR),
            GrantAmount(1, 5, 350_000, _FAR), GrantAmount(6, 40, 500_000, _FAR),
        ),
        grant("DEP", 30, GrantAmount(1, 3, 400_000), GrantAmount(4, 6, 600_000), GrantAmount(7, 40, 800_000)),
        grant(
            "RIN", 60, GrantAmount(1, 3, 750_000), GrantAmount(4, 6, 850_000), GrantAmount(7, 40, 900_000),
            parts=(60, 40),
        ),
        grant("RIG", 60, GrantAmount(1, 6, 1_000_000), GrantAmount(7, 40, 1_250_000), parts=(50, 50)),
        grant("CFW", 30, GrantAmount(1, 40, 25_000, days=40)),
        grant("CASH", 14, GrantAmount(1, 3, 200_000), GrantAmount(4, 6, 300_000), GrantAmount(7, 40, 400_000)),
        grant("LIV", 60, GrantAmount(1, 40, 1_500_000), parts=(70, 30)),
        grant("SME", 90, GrantAmount(1, 40, 6_500_000), parts=(40, 40, 20)),
        grant(IN_KIND, 0, GrantAmount(1, 6, 1), GrantAmount(7, 40, 2)),
    )  # fmt: skip


def terms_of(building: Building, number: int, blocks: int) -> BundleTerms:
    """The terms of a desk's next bundle, with so many fresh blocks of numbers."""
    first = day_number((building.end - timedelta(days=SPAN)).date())
    return BundleTerms(
        pay_points=(PayPoint(number, f"Practice pay point {number}"),),
        grants=grants_of(first - 1, day_number(building.end.date()) + _YEAR),
        helplines=(Helpline("Practice helpline", "07000000000"),),
        blocks=blocks,
        siblings=tuple(building.numbers.values()),
    )


def plan_cash(building: Building, desk: str, families: tuple[str, ...], point: int) -> tuple[str, ...]:
    """Have a supervisor say why other cash is due to these families, and a clerk plan it."""
    opened = building.signed_in(desk, Role.SUPERVISOR)
    for household in families:
        opened.do(granting.give_reason, household, NEED)
    return building.signed_in(desk, Role.CLERK).do(planning.plan_many, families, "CASH", point).vouchers


def approve_list(desk: Desk, listed: tuple[str, ...]) -> None:
    """Open and confirm the sample of a list, and approve it."""
    for one in desk.ask(approving.sample_of, listed):
        desk.do(approving.confirm_sample, listed, one, desk.do(approving.open_sample, one).seen, True)
    desk.do(approving.approve, listed)


def print_and_pay(building: Building, desk: str, planned: tuple[str, ...]) -> None:
    """Have planned vouchers approved, print them, and pay the first of them."""
    opened = building.signed_in(desk, Role.SUPERVISOR)
    approve_list(opened, planned)
    opened = building.signed_in(desk, Role.CLERK)
    printed = opened.do(numbering.print_, planned)
    opened = building.signed_in(desk, Role.SUPERVISOR)
    opened.do(paying.witness, tuple(voucher.number for voucher in printed[:PAID_EACH]))
    opened = building.signed_in(desk, Role.CLERK)
    path = print_vouchers(building.papers(desk), printed, opened.ask(View.in_force), "ar")
    paid = [opened.do(paying.pay, voucher.number, WITNESS, "SEEN") for voucher in printed[:PAID_EACH]]
    building.step(N_("Printed vouchers"), path, vouchers=len(printed))
    building.step(N_("Paid vouchers"), paid=len(paid), amount=sum(payment.amount for payment in paid))
