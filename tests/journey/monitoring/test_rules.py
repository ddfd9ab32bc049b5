"""When calls are due, when a family may be given up, what is red, and how durable a return is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Refusal
from helpdesk.journey.monitoring import rules
from helpdesk.journey.monitoring.codes import BY_CODE, QUESTION, QUESTIONS, ROUND
from helpdesk.journey.monitoring.documents import Attempt

ARRIVED = date(2026, 11, 30)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def attempt(day: int = 0, hour: int = 9, result: str = "NOANS", whom: str = "OWN", **changes: object) -> Attempt:
    fields: dict[str, object] = {
        "household": "h", "round": "W2", "start": "s", "on": ARRIVED + timedelta(day), "hour": hour, "whom": whom,
        "number": "+9647000000001", "result": result,
    }  # fmt: skip
    return Attempt(**{**fields, **changes})


def test_the_rounds_are_counted_from_the_actual_arrival() -> None:
    week, third, ninth = rules.rounds(ARRIVED)
    assert (week.due, week.last) == (date(2026, 12, 7), date(2026, 12, 14))
    assert (third.opens, third.due, third.last) == (date(2027, 2, 21), date(2027, 2, 28), date(2027, 3, 21))
    assert ninth.due == date(2027, 8, 30)


@pytest.mark.parametrize(
    ("day", "standings"),
    [
        (6, ("AHEAD", "AHEAD", "AHEAD")),
        (7, ("DUE", "AHEAD", "AHEAD")),
        (14, ("DUE", "AHEAD", "AHEAD")),
        (15, ("OVERDUE", "AHEAD", "AHEAD")),
        (83, ("MISSED", "DUE", "AHEAD")),
        (112, ("MISSED", "OVERDUE", "AHEAD")),
        (266, ("MISSED", "MISSED", "DUE")),
        (900, ("MISSED", "MISSED", "OVERDUE")),
    ],
)
def test_where_a_day_lies(day: int, standings: tuple[str, ...]) -> None:
    assert tuple(rules.standing(ARRIVED, code, ARRIVED + timedelta(day)) for code in ROUND) == standings


@given(arrived=DAYS, day=DAYS)
def test_one_round_at_a_time_is_called(arrived: date, day: date) -> None:
    found = [code for code in ROUND if rules.standing(arrived, code, day) in ("DUE", "OVERDUE")]
    assert len(found) <= 1


@given(arrived=DAYS, day=DAYS, code=st.sampled_from(ROUND.entries))
def test_the_days_that_lists_ask_for_are_those_of_the_rule(arrived: date, day: date, code: str) -> None:
    standing = rules.standing(arrived, code, day)
    first, last = rules.opened_between(code, day)
    assert (first <= arrived <= last) is (standing in ("DUE", "OVERDUE"))
    assert (first <= arrived <= min(last, rules.overdue_until(code, day))) is (standing == "OVERDUE")


@given(arrived=DAYS, first=DAYS, length=st.integers(0, 400), code=st.sampled_from(ROUND.entries))
def test_the_arrivals_of_a_period_are_those_due_in_it(arrived: date, first: date, length: int, code: str) -> None:
    last = first + timedelta(length)
    due = rules.round_of(arrived, code).due
    earliest, latest = rules.due_between(code, first, last)
    assert (earliest <= arrived <= latest) is (first <= due <= last)


@pytest.mark.parametrize(
    ("tried", "numbers", "has_other", "lacks"),
    [
        ((), 1, True, "ATTEMPTS"),
        ((attempt(0), attempt(0), attempt(0)), 1, False, "ATTEMPTS"),
        ((attempt(0), attempt(1), attempt(2)), 1, False, "HOURS"),
        ((attempt(0), attempt(1), attempt(2, 17)), 1, True, "OTHER"),
        ((attempt(0), attempt(1), attempt(2, 17)), 1, False, None),
        ((attempt(0), attempt(1), attempt(2, 17), attempt(3, whom="OTHER")), 1, True, None),
        ((), 0, True, "OTHER"),
        ((attempt(0, whom="OTHER"),), 0, True, None),
        ((), 0, False, None),
        ((attempt(0, result="DONE"), attempt(1), attempt(2, 17)), 1, False, "ATTEMPTS"),
    ],
)
def test_nobody_is_given_up_before_everything_was_tried(
    tried: tuple[Attempt, ...], numbers: int, has_other: bool, lacks: str | None
) -> None:
    assert rules.lacks_for_lost(tried, numbers=numbers, has_other=has_other) == lacks


def test_a_wrong_or_unsafe_number_is_not_called_again() -> None:
    safe = ("+9647000000001", "+9647000000002")
    assert rules.callable_numbers(safe, [attempt(result="NOANS")]) == safe
    for result in ("WRONG", "UNSAFE"):
        assert rules.callable_numbers(safe, [attempt(result=result)]) == safe[1:]


@pytest.mark.parametrize(
    ("answers", "reasons"),
    [
        ({}, ("CENTRE",)),
        ({"food": "HUNGRY"}, ("HUNGER", "CENTRE")),
        ({"eviction": "Y", "asked_share": "Y"}, ("EVICTION", "PAY", "CENTRE")),
        ({"eviction": "N", "food": "SOMETIMES", "asked_share": "dk"}, ("CENTRE",)),
    ],
)
def test_red_answers(answers: dict[str, str], reasons: tuple[str, ...]) -> None:
    assert rules.red(answers) == reasons


WELL = {"same_place": "SAME", "plan": "STAY", "feels_safe": "Y", "shelter": "OWN"}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "STABLE"),
        ({"plan": "LEFT"}, "FAILED"),
        ({"same_place": "ELSEWHERE"}, "FAILED"),
        ({"same_place": "NEARBY"}, "STABLE"),
        ({"plan": "UNSURE"}, "FRAGILE"),
        ({"feels_safe": "N"}, "FRAGILE"),
        ({"eviction": "Y"}, "FRAGILE"),
        ({"food": "HUNGRY"}, "FRAGILE"),
        ({"shelter": "TENT"}, "FRAGILE"),
        ({"income": "NONE"}, "FRAGILE"),
        ({"water": "N"}, "STABLE"),
        ({"water": "N", "clinic": "N"}, "FRAGILE"),
        ({"plan": "pnta"}, "UNKNOWN"),
        ({"feels_safe": "dk"}, "UNKNOWN"),
        ({"feels_safe": "pnta", "food": "HUNGRY"}, "FRAGILE"),
    ],
)
def test_how_durable(changes: dict[str, str], outcome: str) -> None:
    assert rules.durability("DONE", {**WELL, **changes}) == outcome
    assert rules.durability("LOST", {**WELL, **changes}) == "LOST"
    assert rules.durability("DONE", {}) == "UNKNOWN"


def test_every_question_stands_in_its_list_once() -> None:
    assert tuple(BY_CODE) == QUESTION.entries == tuple(question.code for question in QUESTIONS)


@pytest.mark.parametrize(
    ("answers", "of_relative", "code"),
    [
        ({"nonsense": "Y"}, False, "form.code"),
        ({"food": "Y"}, False, "form.code"),
        ({"food": "HUNGRY"}, True, "call.not_of_relative"),
    ],
)
def test_answers_are_of_the_lists(answers: dict[str, str], of_relative: bool, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_answers(answers, of_relative=of_relative)
    assert refusal.value.code == code
    rules.check_answers({"plan": "STAY"}, of_relative=of_relative)
