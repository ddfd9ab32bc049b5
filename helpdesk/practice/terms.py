"""What the practice centre grants its desks, and the vouchers that are printed and paid by it.

The same policy stands in every bundle, so that a voucher of the first week is judged by the terms it was printed on.
"""

from __future__ import annotations

from datetime import timedelta

from helpdesk.assistance.vouchers import approving, numbering, paying
from helpdesk.centre.desks import BundleTerms
from helpdesk.core.clock import day_number
from helpdesk.core.language import N_
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, Helpline, PayPoint
from helpdesk.desk.commands import View
from helpdesk.desk.roles import Role
from helpdesk.practice.building import SPAN, Building
from helpdesk.practice.papers import print_vouchers

PAID_EACH = 5
WITNESS = "Practice witness"
_YEAR = 365


def terms_of(building: Building, number: int, blocks: int) -> BundleTerms:
    """The terms of a desk's next bundle, with so many fresh blocks of numbers."""
    first = day_number((building.end - timedelta(days=SPAN)).date())
    return BundleTerms(
        pay_points=(PayPoint(number, f"Practice pay point {number}"),),
        grants=(
            GrantPolicy(
                type="DEP",
                currency="IQD",
                version=1,
                from_day=first - 1,
                to_day=day_number(building.end.date()) + _YEAR,
                valid_days=30,
                amounts=(GrantAmount(1, 3, 400_000), GrantAmount(4, 6, 600_000), GrantAmount(7, 40, 800_000)),
            ),
        ),
        helplines=(Helpline("Practice helpline", "07000000000"),),
        blocks=blocks,
        siblings=tuple(building.numbers.values()),
    )


def print_and_pay(building: Building, desk: str, planned: tuple[str, ...]) -> None:
    """Have planned vouchers approved, print them, and pay the first of them."""
    opened = building.signed_in(desk, Role.SUPERVISOR)
    opened.do(approving.approve, planned)
    opened = building.signed_in(desk, Role.CLERK)
    printed = opened.do(numbering.print_, planned)
    path = print_vouchers(building.papers(desk), printed, opened.ask(View.in_force), "ar")
    paid = [opened.do(paying.pay, voucher.number, WITNESS, "SEEN") for voucher in printed[:PAID_EACH]]
    building.step(N_("Printed vouchers"), path, vouchers=len(printed))
    building.step(N_("Paid vouchers"), paid=len(paid), amount=sum(payment.amount for payment in paid))
