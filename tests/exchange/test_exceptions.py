"""What waits for a supervisor is counted, and nothing else is shown."""

from __future__ import annotations

from collections.abc import Callable

from helpdesk.assistance.cash import commands as cash
from helpdesk.assistance.vouchers import approving
from helpdesk.exchange import batches
from helpdesk.exchange.exceptions import exceptions
from helpdesk.households import commands
from helpdesk.opening import Desk
from tests.entitled import plan_due
from tests.people import small_form
from tests.programme import Programme


def codes(desk: Desk) -> dict[str, int]:
    return {found.code: found.count for found in desk.ask(exceptions)}


def test_a_quiet_day_shows_nothing(desk_as: Callable[..., Desk]) -> None:
    assert codes(desk_as("supervisor")) == {}


def test_vouchers_and_files_wait_until_they_are_dealt_with(desk_as: Callable[..., Desk]) -> None:
    clerk = desk_as("clerk")
    form = small_form(clerk.clock)
    clerk.do(commands.register, form)
    point = clerk.bundle.desk.pay_points[0].number if clerk.bundle else 0
    voucher = clerk.do(plan_due, form.household_id, "DEP", point)
    supervisor = desk_as("supervisor")
    assert codes(supervisor) == {"to_approve": 1}
    supervisor.do(approving.approve, (voucher,))
    batches.export(supervisor, supervisor.folder, None)
    assert codes(supervisor) == {"files_waiting": 1}


def test_cash_that_is_not_counted_or_does_not_add_up_is_told(desk_as: Callable[..., Desk]) -> None:
    clerk = desk_as("clerk")
    point = clerk.bundle.desk.pay_points[0].number if clerk.bundle else 0
    clerk.do(cash.receive, point, {"25000": 4}, "A cashier")
    count = clerk.do(cash.count, point, {"25000": 3}, 0, "One note was torn and is kept apart")
    supervisor = desk_as("supervisor")
    assert codes(supervisor) == {"money_differs": 1, "counts_to_sign": 1}
    supervisor.do(cash.sign, count)
    assert codes(supervisor) == {"money_differs": 1}


def test_a_day_that_nobody_closed_is_told_on_the_next(desk_as: Callable[..., Desk], programme: Programme) -> None:
    clerk = desk_as("clerk")
    point = clerk.bundle.desk.pay_points[0].number if clerk.bundle else 0
    clerk.do(cash.receive, point, {"25000": 4}, "A cashier")
    assert codes(desk_as("supervisor")) == {}
    programme.clock.move(days=1)
    assert codes(desk_as("supervisor")) == {"days_open": 1}
