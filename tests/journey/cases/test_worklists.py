"""The board's cards and the queue of the unpaid: exact counts, pages that hold together, the longest first."""

from __future__ import annotations

from helpdesk.assistance.vouchers import approving, numbering, paying, unpaid
from helpdesk.assistance.vouchers.codes import IDENTITY
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import commands as families
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, queries, worklists
from helpdesk.journey.cases.worklists import CARDS
from tests.entitled import plan_due
from tests.journey.conftest import hands
from tests.journey.ready import Hands, declare, preparing_family, returning_form
from tests.programme import Programme

__all__ = ["hands"]


def column(board: worklists.Board, state: str) -> worklists.BoardColumn:
    return next(one for one in board.columns if one.state == state)


def test_pages_of_a_column_hold_each_family_once_and_never_more_than_a_page(hands: Hands) -> None:
    desk = hands.as_("clerk")
    made = []
    for _ in range(2 * CARDS + 1):
        form = returning_form(desk.clock)
        desk.do(families.register, form)
        made.append(form.household_id)
    seen: list[str] = []
    for start in range(0, 3 * CARDS, CARDS):
        shown = column(desk.ask(worklists.board, None, {"SCREENED": start}), "SCREENED")
        assert shown.families == len(made)
        assert len(shown.cards) <= CARDS
        seen += [card.household for card in shown.cards]
    assert sorted(seen) == sorted(made)


def test_a_page_beyond_the_end_is_the_last_one(hands: Hands) -> None:
    desk = hands.as_("clerk")
    desk.do(families.register, returning_form(desk.clock))
    shown = column(desk.ask(worklists.board, None, {"SCREENED": 40 * CARDS}), "SCREENED")
    assert (shown.start, len(shown.cards)) == (0, 1)


def test_whoever_stands_longest_is_first_and_has_an_age(hands: Hands) -> None:
    desk = hands.as_("supervisor")
    first = preparing_family(desk, ("H8",))
    desk.clock.move(days=3)
    preparing_family(desk, ("H8",))
    shown = column(desk.ask(worklists.board), "PREPARING")
    assert shown.cards[0].household == first
    assert (desk.ask(worklists.board).day - shown.cards[0].since).days == 3
    assert shown.cards[0].blocking == 1


def test_counts_of_the_board_are_those_of_the_standings(hands: Hands) -> None:
    desk = hands.as_("supervisor")
    preparing_family(desk)
    desk.do(families.register, returning_form(desk.clock))
    counted = {one.state: one.families for one in desk.ask(queries.board)}
    board = desk.ask(worklists.board)
    assert {one.state: one.families for one in board.columns} == counted
    assert board.families == 2
    assert sum(one.families for one in desk.ask(worklists.sites)) == 2


@command("test.leave_now", roles=FAMILIES)
def leave(act: Act, household: str) -> None:
    """The close of a manifest does this for each family that was scanned in."""
    gate.depart(act, household, act.day)


def test_who_left_is_unpaid_until_a_departure_grant_is_paid(hands: Hands, programme: Programme) -> None:
    desk = hands.as_("supervisor")
    household, point = preparing_family(desk), programme.numbers["one"]
    assert desk.ask(unpaid.departed_unpaid) == []
    desk.do(cases.declare_ready, household)
    declare(desk, household)
    assert desk.do(cases.schedule, (household,), desk.clock.now().date()) == ()
    desk.do(leave, household)
    assert desk.ask(unpaid.departed_unpaid) == [household]
    assert desk.ask(unpaid.count_unpaid) == 1
    planned = desk.do(plan_due, household, "DEP", point)
    hands.as_("other").do(approving.approve, (planned,))
    (printed,) = hands.desk.do(numbering.print_, (planned,))
    assert hands.desk.ask(unpaid.departed_unpaid) == [household]
    hands.as_("clerk").do(paying.pay, printed.number, "Sara Ali", next(iter(IDENTITY)))
    assert hands.desk.ask(unpaid.departed_unpaid) == []
