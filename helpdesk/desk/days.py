"""The programme day: the latest of the wall clock's day and every day seen in store, bundle and acknowledgements.

Expiry and deadlines use it, never the clock alone (FORMATS.md section 2). Because it never goes back, a day too far
ahead of all that was seen is not believed: one wrong clock must not expire everything for ever.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection

from helpdesk.core.clock import day_number, day_of
from helpdesk.core.errors import Refusal
from helpdesk.desk import local

LAST_DAY = "last_day"
"""The counter of the latest day seen."""
FURTHEST_AHEAD: Final = 400
"""Days that one file or clock may move the programme day; a store that has seen nothing yet follows any."""


def is_far_ahead(day: date, last: int) -> bool:
    """Whether a day lies too far after ``last``, the number of the latest day seen (0: none yet)."""
    return last > 0 and day_number(day) > last + FURTHEST_AHEAD


def believed(day: date, last: int) -> date:
    """The programme day when ``day`` comes to ``last``. Raises Refusal("clock.far_ahead", most=...)."""
    if is_far_ahead(day, last):
        raise Refusal("clock.far_ahead", most=FURTHEST_AHEAD)
    return max(day, day_of(last))


def programme_day(connection: Connection, today: date) -> date:
    """The latest of the wall clock's day and every day seen; a clock too far ahead is left out."""
    last = local.read_number(connection, LAST_DAY)
    return day_of(last) if is_far_ahead(today, last) else max(today, day_of(last))


def see_day(connection: Connection, day: date) -> None:
    """Remember a day, so that turning the clock back opens nothing that has expired.

    Raises Refusal("clock.far_ahead", most=...).
    """
    last = local.read_number(connection, LAST_DAY)
    if believed(day, last) > day_of(last):
        local.write_number(connection, LAST_DAY, day_number(day))
