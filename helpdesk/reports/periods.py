"""The columns of reports: periods as somebody types them, what each is called, and which end today.

"2020-2021, 2022, 2023" and "2026-03-01..2026-03-31" are periods; the programme's day bounds them all.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.core.plain_text import clean, fold_digits

MOST: Final = 8
"""Columns that one sheet of paper has room for."""
EARLIEST: Final = 2000
_YEARS: Final = 5
_SPLIT: Final = re.compile(r"[,;\u060c\n]+")
_ONE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_YEAR_TO_YEAR: Final = re.compile(r"(\d{4})\s*[-\u2013]\s*(\d{4})")


class Period(Struct, frozen=True):
    """Days from ``first`` to ``last``, both included. ``is_open``: it was asked for beyond the last day there is."""

    first: date
    last: date
    is_open: bool = False

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def name(self, words: Words) -> str:
        """Years where they are whole, "2023 (until 30 April)" for one that is not over, else its days."""
        first, last = self.first, self.last
        begins_year = (first.month, first.day) == (1, 1)
        if begins_year and (last.month, last.day) == (12, 31):
            return words.digits(_years(first, last))
        if begins_year:
            until = words.digits(f"{last.day} {words.label('month', str(last.month))}")
            return words("{years} (until {day})", years=words.digits(_years(first, last)), day=until)
        if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends_month(last):
            return f"{words.label('month', str(first.month))} {words.digits(first.year)}"
        return words("{first} to {last}", first=first, last=last)

    @property
    def code(self) -> str:
        """How files call it: ISO days."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def _years(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def read_periods(text: str, today: date) -> tuple[Period, ...]:
    """Periods in the order they were typed, bounded by ``today``; between commas, semicolons or line ends.

    Raises Refusal("period.form" | "period.order" | "period.future" | "period.many").
    """
    parts = [part.strip() for part in _SPLIT.split(fold_digits(text)) if part.strip()]
    if not parts:
        raise Refusal("period.form", text=clean(text))
    return checked((_days(part) for part in parts), today)


def checked(days: Iterable[tuple[date, date]], today: date) -> tuple[Period, ...]:
    """Periods of (first, last) pairs: each begins after the one before ends, none after ``today``.

    Raises Refusal("period.order" | "period.future" | "period.many").
    """
    periods: list[Period] = []
    for first, last in days:
        if first > last or (periods and first <= periods[-1].last):
            raise Refusal("period.order")
        if first > today:
            raise Refusal("period.future", day=first)
        periods.append(Period(first, min(last, today), is_open=last > today))
    if len(periods) > MOST:
        raise Refusal("period.many", most=MOST)
    return tuple(periods)


def _days(part: str) -> tuple[date, date]:
    years = _YEAR_TO_YEAR.fullmatch(part)
    if years:
        return date(_year(years[1], part), 1, 1), date(_year(years[2], part), 12, 31)
    ends = part.split("..")
    if len(ends) > 2:
        raise Refusal("period.form", text=part)
    return _edge(ends[0].strip(), part, last=False), _edge(ends[-1].strip() or "9999", part, last=True)


def _edge(text: str, part: str, *, last: bool) -> date:
    if text == "9999":
        return date.max
    found = _ONE.fullmatch(text)
    if not found:
        raise Refusal("period.form", text=part)
    year = _year(found[1], part)
    month = int(found[2]) if found[2] else 12 if last else 1
    try:
        length = calendar.monthrange(year, month)[1]
        return date(year, month, int(found[3]) if found[3] else length if last else 1)
    except ValueError:
        raise Refusal("period.form", text=part) from None


def _year(text: str, part: str) -> int:
    year = int(text)
    if not EARLIEST <= year <= EARLIEST + 199:
        raise Refusal("period.form", text=part)
    return year


def usual(first: date | None, today: date) -> tuple[Period, ...]:
    """The calendar years from the first that has anything to this one; what is older stands in one column."""
    begin = min(first, today).year if first is not None else today.year
    recent = max(begin, today.year - _YEARS + 1)
    years = [(date(year, 1, 1), date(year, 12, 31)) for year in range(recent, today.year + 1)]
    older = [(date(begin, 1, 1), date(recent - 1, 12, 31))] if begin < recent else []
    return checked([*older, *years], today)


def whole(periods: Iterable[Period]) -> Period:
    """From the first day of them all to the last."""
    known = tuple(periods)
    return Period(min(one.first for one in known), max(one.last for one in known), any(one.is_open for one in known))
