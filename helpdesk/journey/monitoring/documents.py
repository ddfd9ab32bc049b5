"""The documents of monitoring: the start of calls, a round's call, its attempts, and tasks of 24 hours.

A call's answers are codes by question; what was sealed on the call (threat, somebody missing, a wish for protection)
is in none of them.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Returned(Struct, frozen=True, forbid_unknown_fields=True):
    """Calls are counted from ``from_on``: a recent returnee's own return (an arrival says its day itself)."""

    household: str
    from_on: date
    registered_on: date
    place: str | None = None
    ended_on: date | None = None


class Call(Struct, frozen=True, forbid_unknown_fields=True):
    """One round with one family. ``start`` is the record the round is counted from, ``from_on`` its day.

    ``still`` are questions whose earlier answer was read out and confirmed; their answers stand in ``answers`` too.
    """

    household: str
    round: str
    start: str
    from_on: date
    state: str
    on: date | None = None
    whom: str | None = None
    answers: dict[str, str] = {}
    still: tuple[str, ...] = ()
    caller: str = ""


class Attempt(Struct, frozen=True, forbid_unknown_fields=True):
    """One try to reach a family: an event. ``hour`` of the desk's clock, 0 to 23; ``number`` that was called."""

    household: str
    round: str
    start: str
    on: date
    hour: int
    whom: str
    number: str
    result: str
    callback_on: date | None = None


class Task(Struct, frozen=True, forbid_unknown_fields=True):
    """Something somebody must do within 24 hours. ``due_at`` and ``done_at`` are instants as records hold them."""

    household: str
    reason: str
    opened_at: str
    due_at: str
    opened_by: str
    call: str | None = None
    done_at: str | None = None
    done_by: str | None = None
    done: str = ""
