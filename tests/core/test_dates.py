"""Dates, years and ages as people type them: tables of forms and refusals, ages by Hypothesis."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.dates import OLDEST, Dated, age_on, read_age, read_birth, read_date, read_past
from helpdesk.core.errors import Refusal

TODAY = date(2026, 11, 21)
DAY = Dated(date(1992, 6, 25), "day")


@pytest.mark.parametrize(
    "text",
    [
        "25/6/1992",
        "1992-06-25",
        "\u0662\u0665.\u0666.\u0661\u0669\u0669\u0662",
        "\u06f2\u06f5/\u06f6/\u06f1\u06f9\u06f9\u06f2",
        "25 - 06 - 1992",
        "1992/6/25",
        "06/25/1992",  # only month first is a date
        "25061992",
        "19920625",
        "1992-06-25 00:00:00",
        "1992-06-25T00:00:00Z",
        "25 \u062d\u0632\u064a\u0631\u0627\u0646 1992",
        "25 June 1992",
        "Jun 25, 1992",
        "25-Jun-1992",
        "1992 June 25",
        "25 \u062d\u0648\u0632\u06d5\u06cc\u0631\u0627\u0646 1992",
        "\u202d25/6/1992\u202c",
    ],
)
def test_a_whole_date_is_read_in_every_usual_form(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("5 \u0643\u0627\u0646\u0648\u0646 \u0627\u0644\u062b\u0627\u0646\u064a 1990", 1),
        ("5 \u0622\u0630\u0627\u0631 1990", 3),
        ("5 \u0623\u064a\u0627\u0631 1990", 5),
        ("5 \u0622\u0628 1990", 8),
        ("5 \u0627\u0628 1990", 8),
        ("5 \u062a\u0634\u0631\u064a\u0646 \u0627\u0644\u0627\u0648\u0644 1990", 10),
        ("5 \u062a\u0634\u0631\u064a\u0646 \u0627\u0644\u062b\u0627\u0646\u064a 1990", 11),
        ("5 \u0643\u0627\u0646\u0648\u0646 \u0627\u0644\u0623\u0648\u0644 1990", 12),
        ("5 \u06a9\u0627\u0646\u0648\u0648\u0646\u06cc \u062f\u0648\u0648\u06d5\u0645 1990", 1),
    ],
)
def test_months_have_their_own_names(text: str, month: int) -> None:
    assert read_date(text) == Dated(date(1990, month, 5), "day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1992", Dated(date(1992, 7, 1), "year")),
        ("\u0661\u0669\u0669\u0662", Dated(date(1992, 7, 1), "year")),
        ("1992\u0645", Dated(date(1992, 7, 1), "year")),
        ("1/9/1400", Dated(date(1980, 7, 14), "month")),  # Hijri
        ("1400", Dated(date(1980, 7, 1), "year")),
        ("1/1/2723", Dated(date(2023, 3, 21), "day")),  # Kurdish
        ("2723", Dated(date(2023, 7, 1), "year")),
        ("00/00/1992", Dated(date(1992, 7, 1), "year")),
        ("0/6/1992", Dated(date(1992, 6, 15), "month")),
        ("6/1992", Dated(date(1992, 6, 15), "month")),
        ("1992-06", Dated(date(1992, 6, 15), "month")),
        ("June 1992", Dated(date(1992, 6, 15), "month")),
        ("\u062d\u0632\u064a\u0631\u0627\u0646 1992", Dated(date(1992, 6, 15), "month")),
    ],
)
def test_less_than_a_day_keeps_its_precision(text: str, expected: Dated) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.form"),
        ("soon", "date.form"),
        ("25/6", "date.form"),
        ("25/6/92", "date.form"),
        ("1/2/3/4", "date.form"),
        ("31/02/2020", "date.impossible"),
        ("2020-13-13", "date.impossible"),
        ("1400-13-13", "date.impossible"),
        ("2720-12-31", "date.impossible"),
        ("99999999", "date.form"),
        ("0025-01-01", "date.form"),
        ("9" * 3000, "date.form"),
        ("\u00b2\u00b2/6/1992", "date.form"),
        ("=1+1", "date.form"),
    ],
)
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_date(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("22/11/2026", "date.future"),
        ("12/2026", "date.future"),
        ("2027", "date.future"),
        ("1/1/1899", "date.too_old"),
        ("121", "age.range"),
        ("240", "age.range"),
        ("-3", "date.form"),
        ("12 dogs", "age.form"),
    ],
)
def test_a_birth_stays_within_a_life(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_birth(text, TODAY)
    assert refused.value.code == code


def test_this_year_and_this_month_are_no_future() -> None:
    assert read_past("2026", date(2026, 2, 1)).day == date(2026, 7, 1)
    assert age_on(date(2026, 7, 1), date(2026, 2, 1)) == 0
    assert read_past("2/2026", date(2026, 2, 1)).precision == "month"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34", date(1992, 7, 1)),
        ("\u0663\u0664", date(1992, 7, 1)),
        ("34 \u0633\u0646\u0629", date(1992, 7, 1)),
        ("6 months", date(2026, 5, 15)),
        ("6 \u0623\u0634\u0647\u0631", date(2026, 5, 15)),
        ("0", date(2026, 7, 1)),
    ],
)
def test_an_age_becomes_an_estimated_birth(text: str, expected: date) -> None:
    assert read_birth(text, TODAY) == Dated(expected, "est")


days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(st.integers(0, OLDEST), days)
def test_an_age_read_today_is_shown_as_that_age_today(years: int, today: date) -> None:
    assert age_on(read_age(str(years), today).day, today) == years


@given(days, st.integers(0, 40_000))
def test_ages_rise_by_one_each_year(birth: date, later: int) -> None:
    day = birth + timedelta(days=later)
    assert age_on(birth, day) <= (day - birth).days / 365 < age_on(birth, day) + 1.1


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Refusal):
        assert read_birth(text, TODAY).precision in ("day", "month", "year", "est")
