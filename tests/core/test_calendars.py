"""Hijri and Kurdish days against known ones, and each calendar without gaps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.calendars import HIJRI_YEARS, KURDISH_YEARS, from_hijri, from_kurdish


@pytest.mark.parametrize(
    ("hijri", "expected"),
    [((1400, 9, 1), date(1980, 7, 14)), ((1420, 1, 1), date(1999, 4, 17)), ((1445, 1, 1), date(2023, 7, 19))],
)
def test_hijri_days_are_known_ones(hijri: tuple[int, int, int], expected: date) -> None:
    assert from_hijri(*hijri) == expected


@pytest.mark.parametrize(
    ("kurdish", "expected"),
    [((2723, 1, 1), date(2023, 3, 21)), ((2723, 7, 1), date(2023, 9, 23)), ((2720, 6, 31), date(2020, 9, 22))],
)
def test_kurdish_days_are_known_ones(kurdish: tuple[int, int, int], expected: date) -> None:
    assert from_kurdish(*kurdish) == expected


@given(st.sampled_from(HIJRI_YEARS), st.integers(1, 12))
def test_hijri_months_follow_one_another(year: int, month: int) -> None:
    begins = from_hijri(year, month, 1)
    following = from_hijri(year, month + 1, 1) if month < 12 else from_hijri(year + 1, 1, 1)
    assert following - begins in (timedelta(days=29), timedelta(days=30))


@given(st.sampled_from(KURDISH_YEARS), st.integers(1, 11))
def test_kurdish_months_follow_one_another(year: int, month: int) -> None:
    following = from_kurdish(year, month + 1, 1)
    assert following - from_kurdish(year, month, 1) == timedelta(days=31 if month <= 6 else 30)


@pytest.mark.parametrize("day", [(1400, 0, 1), (1400, 13, 1), (1400, 1, 31), (1400, 1, 0)])
def test_a_day_that_is_not_is_refused(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="Hijri"):
        from_hijri(*day)
    with pytest.raises(ValueError, match="Kurdish"):
        from_kurdish(2720, *((7, 31) if day[1] == 1 else day[1:]))
