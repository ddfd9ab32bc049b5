"""Numbers are scattered: different for every place, and telling nothing of the block they come from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.households.numbers import scattered

KEY = bytes(range(32))
PLACES = st.integers(0, 10**8 - 1)


@given(PLACES, PLACES)
def test_different_places_give_different_numbers(one: int, other: int) -> None:
    same = scattered(KEY, "household", one) == scattered(KEY, "household", other)
    assert same == (one == other)


@given(st.integers(0, 10**9 - 1))
def test_a_voucher_number_stays_in_its_space(place: int) -> None:
    assert 0 <= scattered(KEY, "voucher", place) < 10**9


def test_one_block_has_no_common_beginning() -> None:
    firsts = {scattered(KEY, "household", 42_000 + n) // 10**6 for n in range(1000)}
    # a thousand numbers over a hundred two-digit beginnings: hardly one of them is missing
    assert len(firsts) > 95


def test_another_programme_scatters_otherwise() -> None:
    mine = [scattered(KEY, "household", n) for n in range(50)]
    theirs = [scattered(bytes(32), "household", n) for n in range(50)]
    assert mine != theirs
