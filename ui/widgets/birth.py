"""Reading an age, a year or a date as a family tells it, in any digit script. Pure: the day is handed in.

A year alone is stored as 1 July of it (DOMAIN.md 2.3); it never guesses between day and month: day comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from helpdesk.core.text import clean, fold_digits

OLDEST: Final = 120
_MONTHS: Final = re.compile(
    r"(\d{1,2})\s*(?:m|mo|months?|\u0634|\u0634\u0647\u0631|\u0645\u0627\u0646\u06af|\u0645\u0647)"
)
_PARTS: Final = re.compile(r"\d+")
_DATE: Final = re.compile(r"\d{1,4}(?:[\s./\-\u2212\u060c,]+\d{1,4}){1,2}")


@dataclass(frozen=True)
class Birth:
    """A birth date with what is known of it: the day, the month, the year, or an estimate from an age."""

    day: date
    precision: Literal["day", "month", "year", "est"]

    def age_on(self, today: date) -> int:
        """Completed years."""
        before = (today.month, today.day) < (self.day.month, self.day.day)
        return max(today.year - self.day.year - before, 0)


def read_birth(text: str, today: date) -> Birth | None:
    """The birth told by ``text``; None where it says none, lies ahead or more than 120 years back."""
    told = fold_digits(clean(text)).strip().casefold()
    birth = _read(told, today)
    if birth is None or birth.day > today or birth.day.year < today.year - OLDEST:
        return None
    return birth


def _read(told: str, today: date) -> Birth | None:
    months = _MONTHS.fullmatch(told)
    if months:
        return Birth(_months_back(today, int(months[1])), "est")
    if told.isdecimal() and len(told) <= 3:
        return _from_age(int(told), today)
    if told.isdecimal() and len(told) == 4:
        return Birth(date(int(told), 7, 1), "year") if int(told) > 0 else None
    if _DATE.fullmatch(told):
        return _from_parts([int(part) for part in _PARTS.findall(told)])
    return None


def _from_age(age: int, today: date) -> Birth | None:
    if age > OLDEST:
        return None
    if age == 0:
        return Birth(_months_back(today, 6), "est")
    # the middle of the twelve months in which somebody of this age may be born
    middle = today - timedelta(days=round(age * 365.25 + 182.6))
    return Birth(date(middle.year, 7, 1) if date(middle.year, 7, 1) <= today else middle, "est")


def _from_parts(parts: list[int]) -> Birth | None:
    if parts[0] > 31:
        parts.reverse()
    try:
        if len(parts) == 3:
            return Birth(date(parts[2], parts[1], parts[0]), "day") if parts[2] > 999 else None
        return Birth(date(parts[1], parts[0], 1), "month") if parts[1] > 999 else None
    except ValueError:
        return None


def _months_back(today: date, months: int) -> date:
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
