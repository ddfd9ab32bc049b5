"""Arrival packages: nothing is given that is not there, a count that differs is explained, the card adds up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.assistance.kits import commands, queries
from helpdesk.assistance.kits.documents import KitMove, Stock
from helpdesk.core.errors import Refusal
from helpdesk.households import commands as families
from helpdesk.journey.arrivals import commands as arrivals
from helpdesk.journey.arrivals.documents import ArrivalForm
from helpdesk.journey.arrivals.kinds import ARRIVAL
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.people import DAY, small_form

SignIn = Callable[..., Desk]


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


def arrived(desk: Desk, **changes: Any) -> tuple[str, str]:
    """A family that came by itself; its id and its arrival's."""
    form = small_form(desk.clock)
    desk.do(families.register, form)
    return form.household_id, desk.do(arrivals.record, ArrivalForm(form.household_id, unplanned="OWN", **changes))


def test_a_package_goes_from_the_lorry_to_the_family(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    household, arrival = arrived(desk)
    assert refused(desk, commands.issue, household) == "kit.too_few"
    desk.do(commands.receive, 3, "The warehouse")
    assert refused(desk, commands.issue, household, 4) == "kit.too_few"
    assert desk.do(commands.issue, household, 2) == arrival
    with desk.store.read() as connection:
        known = document_of(connection, ARRIVAL, arrival)
    assert known is not None
    assert known.kits == 2
    assert refused(desk, commands.issue, household) == "kit.given"
    assert desk.ask(queries.stock) == Stock(received=3, issued=2, damaged=0, by_counts=0)
    assert refused(desk, commands.write_off, 2, "wet in the rain") == "kit.too_few"
    desk.do(commands.write_off, 1, "wet in the rain")
    assert desk.ask(queries.stock).here == 0


def test_what_an_arrival_says_was_given_counts_too(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, 2, "The warehouse")
    arrived(desk, kits=1)
    assert desk.ask(queries.stock).here == 1
    arrived(desk, kits=2)  # a fact that another room recorded: kept, and shown until somebody explains it
    assert desk.ask(queries.stock).here == -1
    assert refused(desk, commands.write_off, 1, "wet in the rain") == "kit.too_few"
    assert refused(desk, commands.count, 0) == "kit.explain"
    desk.do(commands.count, 0, "one came without a paper")
    assert desk.ask(queries.stock) == Stock(received=2, issued=3, damaged=0, by_counts=1)


def test_who_has_not_arrived_here_is_given_nothing(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, 3, "The warehouse")
    form = small_form(desk.clock)
    desk.do(families.register, form)
    assert refused(desk, commands.issue, form.household_id) == "kit.no_arrival"
    for kits in (0, 21):
        assert refused(desk, commands.issue, form.household_id, kits) == "kit.number"


@pytest.mark.parametrize(
    ("act", "arguments", "code"),
    [
        (commands.receive, (0, "The warehouse"), "kit.number"),
        (commands.receive, (10_001, "The warehouse"), "kit.number"),
        (commands.receive, (1, " "), "kit.note"),
        (commands.receive, (1, "x" * 301), "text.too_long"),
        (commands.write_off, (0, "wet in the rain"), "kit.number"),
        (commands.count, (-1,), "kit.number"),
        (commands.count, (1, "no"), "kit.explain"),
    ],
)
def test_what_is_refused(desk_as: SignIn, act: Any, arguments: tuple[Any, ...], code: str) -> None:
    desk = desk_as("clerk")
    assert refused(desk, act, *arguments) == code
    assert desk.ask(queries.stock) == Stock(0, 0, 0, 0)


def test_the_card_shows_every_movement_and_ends_with_what_is_here(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    desk.do(commands.receive, 5, "The warehouse")
    arrived(desk, kits=1)
    arrived(desk, kits=2)
    desk.do(commands.count, 1, "one was missing at the count")
    card = desk.ask(queries.stock_card)
    assert [(line.what, line.change, line.left) for line in card] == [
        ("RECEIVED", 5, 5), ("ISSUED", -3, 2), ("COUNTED", -1, 1),
    ]  # fmt: skip
    assert card[-1].left == desk.ask(queries.stock).here


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("RECEIVED"), st.integers(1, 50)),
            st.tuples(st.just("DAMAGED"), st.integers(1, 50)),
            st.tuples(st.just("COUNTED"), st.integers(0, 50)),
        ),
        max_size=20,
    )
)
def test_a_count_makes_the_stock_what_was_counted(moves: list[tuple[str, int]]) -> None:
    here = 0
    for what, kits in moves:
        move = KitMove(1, DAY, what, kits, "u", expected=here if what == "COUNTED" else None)
        here += move.change
        if what == "COUNTED":
            assert here == kits
