"""Time as the program uses it: an injected clock for instants, and the programme day for deadlines.

No other module may call ``datetime.now``: expiry must not be unlocked by turning the clock back
(FORMATS.md section 2), so rules get a day handed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

EPOCH_DAY = date(1970, 1, 1)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_OFFSET = len("+00:00")


class Clock(Protocol):
    """Where instants come from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        """The present instant of the machine, in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved: for practice programmes and tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def move(self, **delta: float) -> None:
        """Move the clock by a ``timedelta``'s keyword arguments (``days=-1`` turns it back)."""
        self.instant += timedelta(**delta)


def instant_text(instant: datetime) -> str:
    """An instant as records hold it: UTC, milliseconds, ``2026-11-21T09:05:03.120Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")[:-_OFFSET] + "Z"


def read_instant(text: str) -> datetime:
    """The inverse of :func:`instant_text`. Raises ValueError on any other form."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def day_number(day: date) -> int:
    """Days since 1970-01-01, the form days have in QR codes."""
    return (day - EPOCH_DAY).days


def day_of(number: int) -> date:
    """The inverse of :func:`day_number`."""
    return EPOCH_DAY + timedelta(days=number)
