"""How long a word of the centre holds: between eight and sixteen weeks, by household and day alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.lapsing import LEAST_DAYS, SPREAD_DAYS, word_holds, word_until

HOUSEHOLDS = st.uuids().map(str)
DAYS = st.integers(min_value=0, max_value=60_000)


@given(HOUSEHOLDS, DAYS, st.integers(min_value=-400, max_value=400))
def test_a_word_holds_from_its_day_until_its_end(household: str, on: int, later: int) -> None:
    until = word_until(household, on)
    assert LEAST_DAYS <= until - on < LEAST_DAYS + SPREAD_DAYS
    assert until == word_until(household, on)
    assert word_holds(household, on, on + later) is (on <= on + later <= until)


def test_ends_are_spread_so_that_no_day_is_the_usual_one() -> None:
    lasting = [word_until(f"household {place}", 20_000) - 20_000 for place in range(2_000)]
    assert set(lasting) == set(range(LEAST_DAYS, LEAST_DAYS + SPREAD_DAYS))
    assert max(lasting.count(one) for one in set(lasting)) < 2_000 / SPREAD_DAYS * 2


def test_the_next_word_lasts_as_long_as_any() -> None:
    lasting = {word_until("one household", on) - on for on in range(20_000, 20_200)}
    assert len(lasting) > SPREAD_DAYS / 2
