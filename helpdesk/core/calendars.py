"""Hijri and Kurdish dates, as old contracts and papers of the Kurdistan Region carry them, turned into Gregorian days.

Only turned, never stored: records hold Gregorian days beside what was told (DOMAIN.md section 2.3, ``cal_raw``).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

HIJRI_YEARS: Final = range(1300, 1500)
"""Years that can only be Hijri: no Gregorian date of the programme lies there."""
KURDISH_YEARS: Final = range(2600, 2800)
"""Years that can only be Kurdish: 700 ahead of the Gregorian ones."""

_KURDISH_AHEAD: Final = 700
_LONG_MONTHS: Final = 6
_JULIAN_TO_ORDINAL: Final = 1_721_425


def from_hijri(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Hijri date by the civil tabular calendar; the moon as seen may be a day or two off.

    Raises ValueError where the calendar has no such day.
    """
    if not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError("no such Hijri day")
    julian = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1_948_440 - 385
    return date.fromordinal(julian - _JULIAN_TO_ORDINAL)


def from_kurdish(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Kurdish date: the year begins on 21 March, six months of 31 days come first.

    Raises ValueError where the calendar has no such day.
    """
    longest = 31 if month <= _LONG_MONTHS else 30
    if not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError("no such Kurdish day")
    before = 31 * (month - 1) if month <= _LONG_MONTHS + 1 else 31 * _LONG_MONTHS + 30 * (month - 1 - _LONG_MONTHS)
    return date(year - _KURDISH_AHEAD, 3, 21) + timedelta(days=before + day - 1)
