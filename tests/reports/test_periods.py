"""Periods as people type them, and what each is called."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.reports.periods import Period, read_periods, usual, whole

TODAY = date(2023, 4, 30)


@pytest.mark.parametrize(
    ("typed", "days", "name"),
    [
        ("2022", (date(2022, 1, 1), date(2022, 12, 31)), "2022"),
        ("2020-2021", (date(2020, 1, 1), date(2021, 12, 31)), "2020-2021"),
        ("2020\u20132021", (date(2020, 1, 1), date(2021, 12, 31)), "2020-2021"),
        ("\u0662\u0660\u0662\u0662", (date(2022, 1, 1), date(2022, 12, 31)), "2022"),
        ("2023", (date(2023, 1, 1), TODAY), "2023 (until 30 April)"),
        ("2022..", (date(2022, 1, 1), TODAY), "2022-2023 (until 30 April)"),
        ("2022-02", (date(2022, 2, 1), date(2022, 2, 28)), "February 2022"),
        ("2022-02..2022-03", (date(2022, 2, 1), date(2022, 3, 31)), "1 February 2022 to 31 March 2022"),
        ("2022-02-03..2022-02-04", (date(2022, 2, 3), date(2022, 2, 4)), "3 February 2022 to 4 February 2022"),
    ],
)
def test_one_period(typed: str, days: tuple[date, date], name: str) -> None:
    (found,) = read_periods(typed, TODAY)
    assert (found.first, found.last) == days
    assert found.name(Words("en")) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "period.form"), ("last year", "period.form"), ("2022-13", "period.form"), ("0022", "period.form"),
        ("2022-02-30", "period.form"), ("2022, 2021", "period.order"), ("2022, 2022-12", "period.order"),
        ("2024", "period.future"), (",".join(f"2022-0{n}" for n in range(1, 10)), "period.many"),
        ("2021..2020", "period.order"), ("2020..2021..2022", "period.form"),
    ],
)  # fmt: skip
def test_what_is_no_period(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_periods(typed, TODAY)
    assert refused.value.code == code


def test_the_usual_columns_are_years_and_one_for_what_is_older() -> None:
    assert [one.name(Words("en")) for one in usual(date(2014, 3, 1), TODAY)] == [
        "2014-2018", "2019", "2020", "2021", "2022", "2023 (until 30 April)",
    ]  # fmt: skip
    (only,) = usual(None, TODAY)
    assert only == Period(date(2023, 1, 1), TODAY, is_open=True)


def test_from_the_first_day_to_the_last() -> None:
    assert whole(read_periods("2020-2021, 2023", TODAY)) == Period(date(2020, 1, 1), TODAY, is_open=True)
