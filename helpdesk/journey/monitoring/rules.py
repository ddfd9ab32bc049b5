"""The rules of monitoring as pure functions: when calls are due, when a family may be given up, how durable it is.

No store, no clock. Windows are DOMAIN.md 2.18: two weeks due after 7 days, overdue after 14; three and nine months due
on their day, from 7 days before to 21 after.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from typing import Final

from msgspec import Struct

from helpdesk.core.errors import Refusal
from helpdesk.journey.monitoring.codes import BY_CODE, CRITICAL_SHELTER, RESULT, ROUND, SILENT, WHOM
from helpdesk.journey.monitoring.documents import Attempt

FEWEST_ATTEMPTS: Final = 3
FEWEST_HOURS: Final = 2
_W2_DUE: Final = 7
_W2_OVERDUE: Final = 14
_BEFORE: Final = 7
_AFTER: Final = 21
_MONTHS: Final = {"M3": 3, "M9": 9}
EARLIEST_HOUR: Final = 0
LATEST_HOUR: Final = 23


class Round(Struct, frozen=True):
    """One round: from ``opens`` it may be called, ``due`` it should be, after ``last`` it is overdue."""

    code: str
    opens: date
    due: date
    last: date


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of a shorter month where there is no such day. At most ``date.max``."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@lru_cache(maxsize=1024)
def rounds(arrived_on: date) -> tuple[Round, ...]:
    """The three rounds counted from the actual arrival, in their order (S59)."""
    week = Round("W2", _on(arrived_on, _W2_DUE), _on(arrived_on, _W2_DUE), _on(arrived_on, _W2_OVERDUE))
    later = (
        Round(code, due - timedelta(_BEFORE), due, _on(due, _AFTER))
        for code, months in _MONTHS.items()
        for due in (add_months(arrived_on, months),)
    )
    return (week, *later)


def _on(day: date, days: int) -> date:
    # a day that another desk wrote may be any day; what would lie beyond the calendar is its last day
    return day + timedelta(min(days, (date.max - day).days))


def round_of(arrived_on: date, code: str) -> Round:
    """One round of a family. Raises Refusal("form.code", field="round")."""
    if code not in ROUND:
        raise Refusal("form.code", field="round")
    return next(one for one in rounds(arrived_on) if one.code == code)


def standing(arrived_on: date, code: str, day: date) -> str:
    """How a round that nobody closed stands on a day: AHEAD, DUE, OVERDUE, or MISSED once the next one has opened.

    A family is called for one round at a time; what was missed is counted and not caught up. The last round is never
    missed: it stays overdue until it is closed.
    """
    known = rounds(arrived_on)
    place = ROUND.entries.index(code)
    this = known[place]
    if day < this.opens:
        return "AHEAD"
    if place + 1 < len(known) and day >= known[place + 1].opens:
        return "MISSED"
    return "DUE" if day <= this.last else "OVERDUE"


@lru_cache(maxsize=16)
def opened_between(code: str, day: date) -> tuple[date, date]:
    """The first and last day of arrival for which the round ``code`` may be called on ``day``.

    The last round has no first day: ``date.min``.
    """
    place = ROUND.entries.index(code)
    latest = _latest_arrival(lambda one: one[place].opens, day)
    if place + 1 == len(ROUND):
        return date.min, latest
    gone = _latest_arrival(lambda one: one[place + 1].opens, day)
    return gone + timedelta(1), latest


@lru_cache(maxsize=16)
def overdue_until(code: str, day: date) -> date:
    """The last day of arrival whose round ``code`` was overdue on ``day`` already."""
    place = ROUND.entries.index(code)
    return _latest_arrival(lambda one: one[place].last + timedelta(1), day)


def due_between(code: str, first: date, last: date) -> tuple[date, date]:
    """The first and last day of arrival whose round ``code`` was due from ``first`` to ``last``."""
    place = ROUND.entries.index(code)
    before = _latest_arrival(lambda one: one[place].due, first - timedelta(1))
    return before + timedelta(1), _latest_arrival(lambda one: one[place].due, last)


def _latest_arrival(opens: Callable[[tuple[Round, ...]], date], day: date) -> date:
    # opening days never fall as the arrival rises, so the last arrival that has opened is found by walking back
    arrived = day
    while opens(rounds(arrived)) > day:
        arrived -= timedelta(1)
    return arrived


def callable_numbers(safe: Sequence[str], attempts: Iterable[Attempt]) -> tuple[str, ...]:
    """The safe numbers that may still be called in a round: none that was wrong or unsafe before."""
    left = {one.number for one in attempts if one.result in ("WRONG", "UNSAFE")}
    return tuple(number for number in safe if number not in left)


def lacks_for_lost(attempts: Sequence[Attempt], *, numbers: int, has_other: bool) -> str | None:
    """What is still to be done before a family may be called lost; None when nothing is.

    Three attempts in vain on three days, at two different hours of the day, then the relative it named (2.18). Where
    there is no number that may be called, the relative alone; where there is neither, nothing can be asked for.
    Answers a code of the list ``lost_lacks``.
    """
    own = [one for one in attempts if one.whom == "OWN" and one.result in SILENT]
    if numbers and len({one.on for one in own}) < FEWEST_ATTEMPTS:
        return "ATTEMPTS"
    if numbers and len({one.hour for one in own}) < FEWEST_HOURS:
        return "HOURS"
    if has_other and not any(one.whom == "OTHER" for one in attempts):
        return "OTHER"
    return None


def check_attempt(attempt: Attempt) -> None:
    """The form of an attempt. Raises Refusal("form.code", field=...), Refusal("call.callback")."""
    for field, value, allowed in (
        ("result", attempt.result, RESULT), ("whom", attempt.whom, WHOM), ("round", attempt.round, ROUND)
    ):  # fmt: skip
        if value not in allowed:
            raise Refusal("form.code", field=field)
    if not EARLIEST_HOUR <= attempt.hour <= LATEST_HOUR:
        raise Refusal("form.code", field="hour")
    if attempt.callback_on is not None and attempt.callback_on < attempt.on:
        raise Refusal("call.callback")


def check_answers(answers: Mapping[str, str], *, of_relative: bool) -> None:
    """Answers must be of the questions and their lists; of a relative only what she may be asked.

    Raises Refusal("form.code", field=...), Refusal("call.not_of_relative").
    """
    for code, answer in answers.items():
        question = BY_CODE.get(code)
        if question is None or answer not in question.answers:
            raise Refusal("form.code", field=code)
        if of_relative and not question.proxy:
            raise Refusal("call.not_of_relative")


def red(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The reasons for which somebody must act within 24 hours, in the order of the list ``task_reason``.

    What is sealed gives no reason of its own: every call goes to the centre within that time (CENTRE), so that nothing
    on a list tells which one had something to tell.
    """
    raised = {
        "EVICTION": answers.get("eviction") == "Y",
        "HUNGER": answers.get("food") == "HUNGRY",
        "PAY": answers.get("asked_share") == "Y",
    }
    return (*(reason for reason, holds in raised.items() if holds), "CENTRE")


def durability(state: str, answers: Mapping[str, str]) -> str:
    """How durable the return is, by what was told (S60): LOST, FAILED, FRAGILE, STABLE or UNKNOWN.

    FAILED: they live elsewhere, or have left again. FRAGILE: they mean to leave or are unsure, do not feel safe, fear
    eviction, are hungry, live in a critical shelter, have no income, or lack two of water, power and clinic. STABLE:
    none of these, and place, plan, safety and shelter are known. Else UNKNOWN: nothing is guessed. What is sealed has
    no part in it, so that the outcome tells nothing of it.
    """
    if state == "LOST":
        return "LOST"
    if answers.get("plan") == "LEFT" or answers.get("same_place") == "ELSEWHERE":
        return "FAILED"
    without = [one for one in ("water", "power", "clinic") if answers.get(one) == "N"]
    fragile = (
        answers.get("plan") in ("LEAVE", "UNSURE"),
        answers.get("feels_safe") == "N",
        answers.get("eviction") == "Y",
        answers.get("food") == "HUNGRY",
        answers.get("shelter") in CRITICAL_SHELTER,
        answers.get("income") == "NONE",
        len(without) > 1,
    )
    if any(fragile):
        return "FRAGILE"
    known = (answers.get(one) not in (None, "pnta", "dk") for one in ("same_place", "plan", "feels_safe", "shelter"))
    return "STABLE" if all(known) else "UNKNOWN"
