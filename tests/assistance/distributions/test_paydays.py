"""A distribution day: lines keep their numbers, what is typed in from paper is taken once, nobody is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from helpdesk.assistance.cash import queries as cash
from helpdesk.assistance.distributions import commands, queries
from helpdesk.assistance.distributions.documents import Handed, PaperLine
from helpdesk.assistance.distributions.tables import DistributionMarkRow
from helpdesk.assistance.vouchers import paying
from helpdesk.assistance.vouchers.finding import by_number
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.core.errors import Refusal
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.assistance.papers import printed_papers
from tests.people import DAY, practice_form
from tests.programme import Programme

SignIn = Callable[..., Desk]
HANDED = Handed("A witness")
LINES = 4


def refused(desk: Desk, act: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments, **named)
    return refusal.value.code


@pytest.fixture
def point(programme: Programme) -> int:
    return programme.numbers["one"]


@pytest.fixture
def papers(programme: Programme) -> list[str]:
    """The numbers of printed vouchers, of as many families."""
    return printed_papers(programme, LINES)


@pytest.fixture
def listed(desk_as: SignIn, papers: list[str], point: int) -> str:
    """Today's list of these vouchers, for which a second person stands."""
    desk = desk_as("clerk")
    day = desk.do(commands.open_, point, DAY, desk.ask(queries.payable, point, DAY))
    assert desk_as("other").do(commands.stand_for, day) == LINES
    return day


def states(desk: Desk, day: str) -> list[str]:
    return [line.state for line in desk.ask(queries.day_of, day).lines]


def paid(desk: Desk) -> int:
    with desk.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(PaymentRow)) or 0


def test_a_list_takes_what_is_payable_in_the_order_of_the_numbers(
    desk_as: SignIn, listed: str, papers: list[str], point: int
) -> None:
    desk = desk_as("clerk")
    found = desk.ask(queries.day_of, listed)
    assert [line.number for line in found.lines] == sorted(papers)
    assert [line.line for line in found.lines] == [1, 2, 3, 4]
    assert found.sums.waiting == LINES
    assert desk.ask(queries.payable, point, DAY) == ()
    assert refused(desk, commands.open_, point, DAY, ()) == "payday.empty"
    voucher = found.lines[0].voucher
    assert refused(desk, commands.open_, point, DAY, (voucher,)) == "payday.listed"
    assert refused(desk, commands.add, listed, (voucher,)) == "payday.line_twice"
    assert refused(desk, commands.open_, point, DAY - timedelta(1), (voucher,)) == "payday.past"
    assert refused(desk, commands.open_, 999, DAY, (voucher,)) == "voucher.pay_point"
    assert refused(desk, commands.open_, point, DAY + timedelta(400), (voucher,)) == "voucher.days"
    assert refused(desk, commands.open_, point, DAY, ("nothing",)) == "voucher.unknown"


def test_a_line_is_found_by_its_paper_or_its_family_and_paid_in_one_call(desk_as: SignIn, listed: str) -> None:
    desk = desk_as("clerk")
    line = desk.ask(queries.day_of, listed).lines[2]
    assert desk.do(commands.scan, listed, line.number).line == 3
    assert desk.do(commands.scan, listed, line.household_number).line == 3
    payment = desk.do(commands.pay_line, listed, 3, Handed("A witness", "ATTESTED", "PAYEE", "THUMB"))
    assert (payment.distribution, payment.paper_line, payment.mark) == (listed, None, "THUMB")
    assert states(desk, listed) == ["WAITING", "WAITING", "PAYEE", "WAITING"]
    assert refused(desk, commands.pay_line, listed, 3, HANDED) == "voucher.paid_by"
    assert refused(desk, commands.pay_line, listed, 5, HANDED) == "payday.no_line"
    assert refused(desk, commands.pay_line, listed, 0, HANDED) == "payday.no_line"
    assert refused(desk, commands.absent, listed, 3) == "payday.settled"
    assert paid(desk) == 1


def test_who_is_not_on_the_list_is_told_so(desk_as: SignIn, programme: Programme, listed: str) -> None:
    household = programme.register("two", practice_form(programme.clock, 9))
    with desk_as("clerk", "two").store.read() as connection:
        stranger = document_of(connection, HOUSEHOLD, household)
    assert stranger is not None
    desk = desk_as("clerk")
    assert refused(desk, commands.scan, listed, stranger.number) == "scan.stranger"
    assert refused(desk, commands.scan, "nothing", stranger.number) == "payday.unknown"


def test_the_alternate_collects(desk_as: SignIn, listed: str) -> None:
    desk = desk_as("clerk")
    lines = desk.ask(queries.day_of, listed).lines
    named = next(line for line in lines if line.alternate)
    desk.do(commands.pay_line, listed, named.line, Handed("A witness", collector="ALTERNATE"))
    found = desk.ask(queries.day_of, listed)
    assert found.lines[named.line - 1].state == "ALTERNATE"
    assert (found.sums.paid, found.sums.by_alternate) == (1, 1)


def test_who_was_absent_may_still_come_and_who_never_came_is_unclaimed(
    desk_as: SignIn, listed: str, point: int
) -> None:
    desk = desk_as("clerk")
    for _ in range(2):
        desk.do(commands.absent, listed, 1)
        desk.do(commands.absent, listed, 2)
    assert states(desk, listed) == ["ABSENT", "ABSENT", "WAITING", "WAITING"]
    desk.do(commands.pay_line, listed, 1, HANDED)
    assert states(desk, listed)[0] == "PAYEE"
    sums = desk.do(commands.close, listed)
    assert (sums.paid, sums.unclaimed, sums.absent, sums.waiting) == (1, 3, 0, 0)
    assert states(desk, listed) == ["PAYEE", "UNCLAIMED", "UNCLAIMED", "UNCLAIMED"]
    with desk.store.read() as connection:
        kept = connection.scalars(select(VoucherRow.state)).all()
        marks = connection.scalars(select(DistributionMarkRow.what)).all()
    assert sorted(kept) == ["PAID", "UNCLAIMED", "UNCLAIMED", "UNCLAIMED"]
    assert sorted(marks) == ["ABSENT", "ABSENT", "UNCLAIMED", "UNCLAIMED", "UNCLAIMED"]
    box = desk.ask(cash.box, point)
    assert (box.papers.paid, box.papers.in_stock, box.papers.unaccounted) == (1, 3, 0)
    for act, arguments in (
        (commands.close, ()), (commands.absent, (1,)), (commands.pay_line, (2, HANDED)), (commands.add, ((),)),
        (commands.type_line, (PaperLine(2, "A witness"),)), (commands.scan, ("1",)), (commands.stand_for, ()),
    ):  # fmt: skip
        assert refused(desk, act, listed, *arguments) == "payday.closed"


# --- from paper ---


def test_a_paper_list_is_typed_in_by_its_lines_once(desk_as: SignIn, programme: Programme, listed: str) -> None:
    desk = desk_as("clerk")
    papers = (
        PaperLine(1, "A witness"),
        PaperLine(2, absent=True),
        PaperLine(3, " "),
        PaperLine(9, "A witness"),
        PaperLine(4, "A witness", mark="THUMB"),
    )
    programme.clock.move(days=1)
    done = commands.type_in(desk, listed, papers)
    assert (done.paid, done.again, done.absent) == ((1, 4), (), (2,))
    assert [(one.line, one.code) for one in done.refused] == [(3, "voucher.witness"), (9, "payday.no_line")]
    with desk.store.read() as connection:
        days = connection.scalars(select(PaymentRow.paid_on)).all()
    assert set(days) == {DAY}, "paid on the day of the list, not on the day of typing"
    again = commands.type_in(desk, listed, (*papers[:2], PaperLine(3, "A witness"), papers[4]))
    assert (again.paid, again.again, again.absent, again.refused) == ((3,), (1, 4), (2,), ())
    assert paid(desk) == 3
    assert desk.do(commands.close, listed).unclaimed == 1


def test_a_line_paid_at_the_screen_is_no_line_of_the_paper(desk_as: SignIn, listed: str) -> None:
    desk = desk_as("clerk")
    desk.do(commands.pay_line, listed, 1, HANDED)
    (refusal,) = commands.type_in(desk, listed, (PaperLine(1, "A witness"),)).refused
    assert refusal.code == "payday.settled"
    commands.type_in(desk, listed, (PaperLine(2, "A witness"),))
    (refusal,) = commands.type_in(desk, listed, (PaperLine(2, absent=True),)).refused
    assert refusal.code == "payday.settled"


def test_nothing_is_paid_by_tomorrows_list(desk_as: SignIn, papers: list[str], point: int) -> None:
    desk = desk_as("clerk")
    day = desk.do(commands.open_, point, DAY + timedelta(1), desk.ask(queries.payable, point, DAY))
    assert refused(desk, commands.pay_line, day, 1, HANDED) == "payday.not_today"
    assert refused(desk, commands.type_line, day, PaperLine(1, "A witness")) == "payday.future"
    assert refused(desk, commands.close, day) == "payday.future"


def test_a_voucher_paid_elsewhere_than_by_its_list_is_paid_all_the_same(
    desk_as: SignIn, listed: str, papers: list[str]
) -> None:
    desk = desk_as("clerk")
    desk.do(paying.pay, min(papers), "A witness", "SEEN")
    assert states(desk, listed)[0] == "PAYEE"
    with desk.store.read() as connection:
        assert by_number(connection, min(papers))[1].state == "PAID"


def test_days_are_listed_without_names(desk_as: SignIn, listed: str) -> None:
    desk = desk_as("clerk")
    (line,) = desk.ask(queries.days)
    assert (line.id, line.sums.lines, line.state) == (listed, LINES, "OPEN")
    assert desk.ask(queries.day_by_number, line.number) == listed
    with pytest.raises(Refusal, match=r"payday\.unknown"):
        desk.ask(queries.day_by_number, "00000000")
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk_as("admin").ask(queries.days)
