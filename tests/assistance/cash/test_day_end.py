"""A day's end adds up by counting, is closed by two accounts, and what does not add up is explained, never hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from helpdesk.assistance.cash import balance, commands, queries
from helpdesk.assistance.cash.documents import Box, DayEnd, Found, Papers
from helpdesk.assistance.cash.kinds import DAY_END
from helpdesk.assistance.vouchers import mishaps, paying
from helpdesk.assistance.vouchers.tables import LedgerRow, VoucherRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.exchange import batches, installing
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.assistance.papers import printed_papers
from tests.people import DAY
from tests.programme import Programme

SignIn = Callable[..., Desk]
AMOUNT = 600_000
"""What a practice family of four and more is given in these tests."""
CASH = {"50000": 20, "25000": 8}
"""1,200,000 dinars."""


def refused(desk: Desk, act: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments, **named)
    return refusal.value.code


@pytest.fixture
def point(programme: Programme) -> int:
    return programme.numbers["one"]


@pytest.fixture
def papers(programme: Programme) -> list[str]:
    """The numbers of three printed vouchers, for which a second person stands today."""
    numbers = printed_papers(programme, 3)
    programme.at("one", "other", lambda desk: desk.do(paying.witness, tuple(numbers)))
    return numbers


def end_of(**changes: Any) -> DayEnd:
    fields: dict[str, Any] = {
        "desk": 1, "pay_point": 1, "on": DAY, "upto": 1, "box": Box(0, 100, 40, 10), "papers": Papers(5, 2, 1, 1, 1),
        "pieces": {}, "held": 50, "papers_counted": 1, "by": "u",
    }  # fmt: skip
    return DayEnd(**{**fields, **changes})


# --- the rules ---


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"held": 49}, ("CASH",)),
        ({"papers_counted": 2}, ("PAPERS",)),
        ({"papers": Papers(6, 2, 1, 1, 1)}, ("UNACCOUNTED",)),
        ({"flaws": (Found("GAP"),)}, ("LEDGER",)),
        ({"box": Box(0, 100, 40, 10, 2, late=1)}, ("LATE",)),
        ({"held": 0, "papers_counted": 0}, ("CASH", "PAPERS")),
    ],
)
def test_what_does_not_add_up_is_named_and_needs_words(changes: dict[str, Any], found: tuple[str, ...]) -> None:
    end = end_of(**changes)
    assert balance.differences(end) == found
    if found:
        with pytest.raises(Refusal, match=r"cash\.explain"):
            balance.check_explained(end)
        with pytest.raises(Refusal, match=r"cash\.explain"):
            balance.check_explained(msgspec.structs.replace(end, explanation="too short"))
    balance.check_explained(msgspec.structs.replace(end, explanation="one note was torn"))


NUMBER = st.integers(0, 10**9)


@given(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)
def test_a_box_holds_what_came_in_less_what_went_out(opening: int, came: int, paid: int, back: int, held: int) -> None:
    end = end_of(box=Box(opening, came, paid, back), held=held)
    assert opening + came == paid + back + held - end.variance
    assert ("CASH" in balance.differences(end)) == (end.variance != 0)


# --- a day ---


def test_a_day_that_adds_up_is_closed_by_two(desk_as: SignIn, papers: list[str], point: int) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, point, CASH, "Kamal of the finance office")
    desk.do(paying.pay, papers[0], "witness", "SEEN")
    box = desk.ask(queries.box, point)
    paid = box.box.paid
    assert (box.box.received, box.box.payments) == (1_200_000, 1)
    assert (box.papers.printed, box.papers.paid, box.papers.in_stock) == (3, 1, 2)
    assert desk.ask(queries.open_days) == (queries.OpenDay(point, DAY),)
    desk.do(commands.give_back, point, {"250": 0, "50000": 4}, "Kamal of the finance office")
    left = 1_200_000 - paid - 200_000
    assert desk.ask(queries.held, point) == left
    pieces = {"50000": left // 50_000}
    count = desk.do(commands.count, point, pieces, 2)
    assert refused(desk, commands.sign, count) == "cash.same_person"
    shown = desk.ask(queries.day_end, count)
    assert shown is not None
    assert not shown.closed
    desk = desk_as("supervisor")
    assert desk.do(commands.sign, count) == 1
    shown = desk.ask(queries.day_end, count)
    assert shown is not None
    assert (shown.closed, shown.counted_by, shown.signed_by, shown.differences) == (True, "clerk", "supervisor", ())
    assert not shown.one_name
    with desk.store.read() as connection:
        states = connection.scalars(select(VoucherRow.state).order_by(VoucherRow.id)).all()
        acts = connection.scalars(select(LedgerRow.act).where(LedgerRow.act == "RECONCILE")).all()
    assert sorted(states) == ["PRINTED", "PRINTED", "RECONCILED"]
    assert len(acts) == 1
    assert desk.ask(queries.open_days) == ()
    assert refused(desk, commands.sign, count) == "cash.signed"
    assert refused(desk, commands.count, point, pieces, 2) == "cash.closed"


def test_what_does_not_add_up_is_not_closed_without_words(desk_as: SignIn, papers: list[str], point: int) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, point, CASH, "Kamal")
    short = {"50000": 20, "25000": 7}
    assert refused(desk, commands.count, point, short, 3) == "cash.explain"
    assert refused(desk, commands.count, point, CASH, 2) == "cash.explain"
    count = desk.do(commands.count, point, short, 3, "one note was counted as false and torn")
    desk = desk_as("supervisor")
    desk.do(commands.sign, count)
    shown = desk.ask(queries.day_end, count)
    assert shown is not None
    assert (shown.end.variance, shown.differences) == (-25_000, ("CASH",))
    # the next day begins with what was there, not with what should have been
    desk.clock.move(days=1)
    assert desk.ask(queries.box, point).box == Box(opening=1_175_000)


def test_whoever_signs_second_signs_what_is_there_now(desk_as: SignIn, papers: list[str], point: int) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, point, CASH, "Kamal")
    count = desk.do(commands.count, point, CASH, 3)
    payment = desk.do(paying.pay, papers[0], "witness", "SEEN")
    assert refused(desk_as("supervisor"), commands.sign, count) == "cash.changed"
    assert refused(desk_as("supervisor"), commands.sign, "nothing") == "cash.no_count"
    left = {"50000": (1_200_000 - payment.amount) // 50_000}
    again = desk_as("clerk").do(commands.count, point, left, 2)
    assert desk_as("supervisor").do(commands.sign, again) == 1


def test_a_payment_after_the_close_is_of_the_next_count_and_told(
    desk_as: SignIn, papers: list[str], point: int
) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, point, CASH, "Kamal")
    first = desk.do(commands.count, point, CASH, 3)
    desk_as("supervisor").do(commands.sign, first)
    desk = desk_as("clerk")
    payment = desk.do(paying.pay, papers[0], "witness", "SEEN")
    desk.clock.move(days=1)
    box = desk.ask(queries.box, point).box
    assert (box.paid, box.payments, box.late, box.opening) == (payment.amount, 1, 1, 1_200_000)
    left = {"50000": (1_200_000 - payment.amount) // 50_000}
    assert refused(desk, commands.count, point, left, 2) == "cash.explain"
    second = desk.do(commands.count, point, left, 2, "paid after the count of the day before")
    assert desk_as("supervisor").do(commands.sign, second) == 1


def test_a_closed_day_is_corrected_and_stays_closed(desk_as: SignIn, point: int) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, point, CASH, "Kamal")
    count = desk.do(commands.count, point, CASH, 0)
    supervisor = desk_as("supervisor")
    reason = "a bundle had one note too few"
    assert refused(supervisor, commands.correct, count, -50_000, 0, reason) == "cash.no_count"
    supervisor.do(commands.sign, count)
    assert refused(supervisor, commands.correct, count, 0, 0, reason) == "cash.nothing"
    assert refused(supervisor, commands.correct, count, -50_000, 0, "short") == "cash.reason"
    assert refused(supervisor, commands.correct, count, -1_250_000, 0, reason) == "cash.too_much"
    supervisor.do(commands.correct, count, -50_000, 0, reason)
    with supervisor.store.read() as connection:
        kept = document_of(connection, DAY_END, count)
    assert kept is not None
    assert kept.held == 1_200_000
    supervisor.clock.move(days=1)
    assert supervisor.ask(queries.box, point).box.opening == 1_150_000
    shown = supervisor.ask(queries.day_end, count)
    assert shown is not None
    assert [one.amount for one in shown.corrections] == [-50_000]
    later = desk_as("clerk").do(commands.count, point, {"50000": 23}, 0)
    desk_as("supervisor").do(commands.sign, later)
    assert refused(desk_as("supervisor"), commands.correct, count, 250, 0, reason) == "cash.not_last"
    assert refused(desk_as("clerk"), commands.correct, later, 250, 0, reason) == "role.not_allowed"


def test_void_papers_and_papers_with_families_are_counted(desk_as: SignIn, papers: list[str], point: int) -> None:
    desk = desk_as("supervisor")
    with desk.store.read() as connection:
        voucher = connection.scalar(select(VoucherRow.id).where(VoucherRow.number == papers[0]))
    assert voucher is not None
    desk.do(mishaps.void, voucher, "a mistake")
    found = desk.ask(queries.box, point).papers
    assert (found.printed, found.void, found.in_stock, found.unaccounted) == (3, 1, 2, 0)


def test_a_voucher_that_says_it_is_paid_without_a_payment_is_unaccounted(
    desk_as: SignIn, papers: list[str], point: int
) -> None:
    desk = desk_as("clerk")
    with desk.store.write() as connection:
        connection.execute(update(VoucherRow).where(VoucherRow.number == papers[0]).values(state="PAID"))
    found = desk.ask(queries.box, point)
    assert found.papers.unaccounted == 1


@pytest.mark.parametrize(
    ("pieces", "giver", "code"),
    [
        ({}, "Kamal", "cash.nothing"),
        ({"250": 0}, "Kamal", "cash.nothing"),
        ({"100": 1}, "Kamal", "cash.note"),
        ({"250": 1}, " ", "cash.name"),
        ({"250": 1}, "x" * 121, "cash.name"),
    ],
)
def test_what_is_no_cash_in(desk_as: SignIn, point: int, pieces: dict[str, int], giver: str, code: str) -> None:
    assert refused(desk_as("clerk"), commands.receive, point, pieces, giver) == code


def test_what_is_refused(desk_as: SignIn, point: int) -> None:
    desk = desk_as("clerk")
    assert refused(desk, commands.receive, 999, {"250": 1}, "Kamal") == "voucher.pay_point"
    assert refused(desk, commands.give_back, point, {"250": 1}, "Kamal") == "cash.too_much"
    assert refused(desk, commands.count, point, {}, -1) == "cash.papers"
    assert refused(desk, commands.count, point, {}, 0, "", DAY + timedelta(1)) == "cash.future"
    assert refused(desk_as("admin"), commands.count, point, {}, 0) == "role.not_allowed"


def test_a_siblings_cash_is_not_in_this_box(desk_as: SignIn, programme: Programme, point: int) -> None:
    path = programme.bundle("two", pay_points=desk_as("clerk").ask(View.in_force).desk.pay_points)
    installing.install(desk_as("admin", "two"), path)
    desk_as("clerk", "two").do(commands.receive, point, CASH, "Kamal")
    sibling = desk_as("supervisor", "two")
    exported = batches.export(sibling, sibling.folder, programme.stick)
    installing.install(desk_as("supervisor"), exported.path)
    desk = desk_as("clerk")
    assert len(desk.ask(queries.moves)) == 1
    assert desk.ask(queries.box, point).box == Box()
    assert desk.ask(queries.open_days) == ()
