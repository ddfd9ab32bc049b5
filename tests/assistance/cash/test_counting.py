"""Counting notes: only notes that exist, sums that are theirs, and notes to bring that pay every amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.assistance.cash.counting import MOST_PIECES, NOTES, counted, notes_for, worth
from helpdesk.core.errors import Refusal

PIECES = st.dictionaries(st.sampled_from([str(note) for note in NOTES]), st.integers(0, MOST_PIECES))


@given(PIECES)
def test_a_count_is_the_sum_of_its_notes_and_leaves_out_what_is_not_there(pieces: dict[str, int]) -> None:
    kept, amount = counted(pieces)
    assert amount == sum(int(note) * number for note, number in pieces.items()) == worth(kept)
    assert all(kept.values())
    assert list(kept) == sorted(kept, key=int, reverse=True)
    assert counted(kept) == (kept, amount)


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ({"100": 1}, "cash.note"),
        ({"25,000": 1}, "cash.note"),
        ({"": 1}, "cash.note"),
        ({"250": -1}, "cash.pieces"),
        ({"250": MOST_PIECES + 1}, "cash.pieces"),
    ],
)
def test_what_is_no_count(pieces: dict[str, int], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        counted(pieces)
    assert refusal.value.code == code


@given(st.lists(st.integers(1, 40_000).map(lambda n: n * NOTES[-1]), max_size=20))
def test_notes_to_bring_pay_every_amount(amounts: list[int]) -> None:
    assert worth(notes_for(amounts)) == sum(amounts)


def test_no_more_notes_than_needed() -> None:
    assert notes_for([400_000, 26_750]) == {"50000": 8, "25000": 1, "1000": 1, "500": 1, "250": 1}
    assert notes_for([100]) == {}
