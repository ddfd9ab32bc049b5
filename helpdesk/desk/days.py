"""The programme day: the latest of the wall clock's day and every day seen in store, bundle and acknowledgements.

Expiry and deadlines use it, never the clock alone (FORMATS.md section 2).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from helpdesk.core.clock import day_number, day_of
from helpdesk.desk import local

LAST_DAY = "last_day"
"""The counter of the latest day seen."""


def programme_day(connection: Connection, today: date) -> date:
    """The latest of the wall clock's day and every day seen."""
    return max(today, day_of(local.read_number(connection, LAST_DAY)))


def see_day(connection: Connection, day: date) -> None:
    """Remember a day, so that turning the clock back opens nothing that has expired."""
    if day_number(day) > local.read_number(connection, LAST_DAY):
        local.write_number(connection, LAST_DAY, day_number(day))
