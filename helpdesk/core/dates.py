"""Dates, years and ages as people type them, read into a day and how exactly it is known (DOMAIN.md section 2.3).

Stored is always a Gregorian day beside its precision; a year alone is its first of July and must never be shown as
an exact day. Today is handed in: nothing here asks a clock.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from helpdesk.core.calendars import HIJRI_YEARS, KURDISH_YEARS, from_hijri, from_kurdish
from helpdesk.core.errors import Refusal
from helpdesk.core.resources import resource
from helpdesk.core.text import clean, fold, fold_digits

Precision = Literal["day", "month", "year", "est"]
"""How exactly a day is known; ``est`` where it was reckoned from an age."""

OLDEST: Final = 120
"""Years; nobody older is taken without a question (DOMAIN.md section 2.3)."""

_YEAR_ALONE: Final = (7, 1)  # the customary registry date in Iraq
_MONTH_ALONE: Final = 15

_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_BETWEEN = re.compile(r"[\s/.,\-\u060c\u060d\u066b\u2010-\u2015]+")
_COMPACT = re.compile(r"\d{8}")
_YEAR = re.compile(r"(\d{4})\s*(?:\u0645)?")
_AGE = re.compile(r"(\d{1,3})(?:\s*([^\d\s]+))?")


@dataclass(frozen=True)
class Dated:
    """A day and how exactly it is known."""

    day: date
    precision: Precision


def read_date(text: str) -> Dated:
    """The date in ``text``, in any digit script: year, month and year, or a whole date.

    Read are day/month/year and year/month/day with any usual separator, eight digits, month names in Arabic
    (Levantine and Egyptian), Kurdish and English. Day comes before month unless only the other order is a date.
    Years 1300 to 1499 are Hijri (known to the month at best), 2600 to 2799 Kurdish; both become Gregorian.
    Raises ``Refusal("date.form")`` where it is no date and ``Refusal("date.impossible")`` where there is no such day.
    """
    typed = _TIME.sub("", fold_digits(clean(text)))
    year = _YEAR.fullmatch(typed)
    if year:
        return _year_alone(int(year[1]))
    if _COMPACT.fullmatch(typed):
        by_year = typed[:2] in ("19", "20") and typed[4:6] <= "12"
        parts = [typed[:4], typed[4:6], typed[6:]] if by_year else [typed[:2], typed[2:4], typed[4:]]
    else:
        parts = _BETWEEN.split(_months_as_numbers(typed).strip())
    if not 2 <= len(parts) <= 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        raise Refusal("date.form")
    return _of_month(parts) if len(parts) == 2 else _of_day(parts)


def read_past(text: str, today: date) -> Dated:
    """:func:`read_date` for something that has happened. Raises ``Refusal("date.future")`` as well."""
    dated = read_date(text)
    if _begins(dated) > today:
        raise Refusal("date.future")
    return dated


def read_birth(text: str, today: date) -> Dated:
    """A birth as a date, a year, or an age in years or months ("34", "6 months") on ``today``.

    Raises the refusals of :func:`read_past` and :func:`read_age`, and ``Refusal("date.too_old")`` for more than 120
    years ago.
    """
    typed = fold_digits(clean(text))
    if _AGE.fullmatch(typed) and not _YEAR.fullmatch(typed):
        return read_age(typed, today)
    dated = read_past(typed, today)
    if age_on(dated.day, today) > OLDEST:
        raise Refusal("date.too_old", years=OLDEST)
    return dated


def read_age(text: str, today: date) -> Dated:
    """An age on ``today``, in years or with a unit in months, as the first of July that makes a person that old.

    Raises ``Refusal("age.form")`` where it is no whole number and ``Refusal("age.range", years=120)`` beyond 120 years.
    """
    match = _AGE.fullmatch(fold_digits(clean(text)))
    unit = _age_units().get(fold(match[2]), "") if match and match[2] else "year"
    if not match or not unit:
        raise Refusal("age.form")
    count = int(match[1])
    if count > (OLDEST if unit == "year" else OLDEST * 12):
        raise Refusal("age.range", years=OLDEST)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return Dated(min(date(months // 12, months % 12 + 1, _MONTH_ALONE), today), "est")
    year = today.year - count - ((today.month, today.day) < _YEAR_ALONE)
    return Dated(date(year, *_YEAR_ALONE), "est")


def age_on(birth: date, day: date) -> int:
    """Whole years from ``birth`` to ``day``; 0 for a birth later in the same year, as a year alone may be stored."""
    return max(0, day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)))


def _year_alone(year: int) -> Dated:
    if year in HIJRI_YEARS:
        year = from_hijri(year, *_YEAR_ALONE).year
    elif year in KURDISH_YEARS:
        year = from_kurdish(year, *_YEAR_ALONE).year
    return Dated(_day(year, *_YEAR_ALONE), "year")


def _of_month(parts: list[str]) -> Dated:
    first, second = parts
    year, month = (first, second) if len(first) == 4 else (second, first)
    if len(year) != 4 or len(month) > 2:
        raise Refusal("date.form")
    return Dated(_day(int(year), int(month), _MONTH_ALONE), "month")


def _of_day(parts: list[str]) -> Dated:
    if len(parts[0]) == 4 and max(len(part) for part in parts[1:]) <= 2:
        return _exact(*(int(part) for part in parts))
    if max(len(part) for part in parts[:2]) > 2 or len(parts[2]) != 4:
        raise Refusal("date.form")  # a year of two digits could be either century
    day, month, year = (int(part) for part in parts)
    if day == 0:  # registries write 00/00/1985 where only the year is known
        return _year_alone(year) if month == 0 else _of_month([parts[1], parts[2]])
    if month > 12 >= day:
        day, month = month, day
    return _exact(year, month, day)


def _exact(year: int, month: int, day: int) -> Dated:
    # the Hijri day depended on who saw the moon: no more than its month is sure
    return Dated(_day(year, month, day), "month" if year in HIJRI_YEARS else "day")


def _day(year: int, month: int, day: int) -> date:
    if not 1000 <= year <= 2999:
        raise Refusal("date.form")
    try:
        if year in HIJRI_YEARS:
            return from_hijri(year, month, day)
        return from_kurdish(year, month, day) if year in KURDISH_YEARS else date(year, month, day)
    except ValueError:
        raise Refusal("date.impossible") from None


def _begins(dated: Dated) -> date:
    """The first day that ``dated`` may mean."""
    if dated.precision == "year":
        return date(dated.day.year, 1, 1)
    return dated.day.replace(day=1) if dated.precision == "month" else dated.day


def _months_as_numbers(typed: str) -> str:
    if not any(character.isalpha() for character in typed):
        return typed
    folded = fold(typed)
    for name, number in _months().items():
        replaced = re.sub(rf"(?<![^\W\d]){re.escape(name)}(?![^\W_])", f" {number} ", folded)
        if replaced != folded:
            # a month's name says which part the month is: with the day last or first, put it in the middle
            parts = replaced.split()
            if len(parts) == 3 and parts[0] == number and len(parts[1]) <= 2:
                parts[0], parts[1] = parts[1], parts[0]
            return " ".join(parts)
    return typed


@lru_cache(maxsize=1)
def _months() -> dict[str, str]:
    """Folded month name -> its number, longest names first so that no name hides in another."""
    with resource("dates", "months.csv").open(encoding="utf-8", newline="") as file:
        names = {fold(row["name"]): row["month"] for row in csv.DictReader(file)}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=1)
def _age_units() -> dict[str, str]:
    with resource("dates", "age_units.csv").open(encoding="utf-8", newline="") as file:
        return {fold(row["word"]): row["unit"] for row in csv.DictReader(file)}
