"""The way of a family in words: steps for every state and track, and sentences that give nothing away."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.journey.cases.codes import STATE, WHY
from helpdesk.journey.cases.documents import Missing, Standing
from helpdesk.journey.cases.queries import BOARD
from ui.forms.journey_words import (
    ARRIVING,
    REMAINING,
    beside_the_way,
    lack_told,
    lacks,
    reached_state,
    sentence_of,
    way_of,
)

DAY = date(2026, 11, 21)
PLAIN = Standing(
    household="h", number="5772656435", population="CAMP", case="c", attempt=1, track="RETURN", state="PREPARING",
    declared="PREPARING", missing=(), held=(), good_until=None, next_step="COMPLETE", decision="FOLLOW_UP",
    destination=None, movement_day=None, departed_on=None, arrived_on=None, review_on=None, reason="",
    caseworker=None, previous_case=None, travellers=(), facilitated=None, incident="", unproven=(), proposed=(),
    day=DAY, since=DAY,
)  # fmt: skip


def standing(**changes: Any) -> Standing:
    return msgspec.structs.replace(PLAIN, **changes)


@pytest.mark.parametrize("state", BOARD)
def test_every_step_before_the_present_one_is_done_and_none_after(state: str) -> None:
    marks = [step.state for step in way_of(Words("en"), standing(state=state))]
    place = BOARD.index(state)
    assert marks[:place] == ["done"] * place
    assert marks[place] == ("done" if state == "CLOSED" else "now")
    assert marks[place + 1 :] == ["ahead"] * (len(BOARD) - place - 1)


def test_preparing_with_something_missing_is_marked() -> None:
    lacking = standing(missing=(Missing("H8", "NOT_DONE"),))
    assert way_of(Words("en"), lacking)[2].state == "missing"
    warned = standing(missing=(Missing("H9", "FEW_CONTACTS", blocks=False),))
    assert way_of(Words("en"), warned)[2].state == "now"


@pytest.mark.parametrize(
    ("changes", "steps", "reached"),
    [
        ({"state": "HOLD"}, BOARD, "PREPARING"),
        ({"state": "FOLLOW_UP"}, BOARD, "SCREENED"),
        ({"state": "WITHDRAWN"}, BOARD, "SCREENED"),
        ({"state": "UNFACILITATED", "departed_on": DAY}, BOARD, "DEPARTED"),
        ({"state": "LOST", "departed_on": DAY, "arrived_on": DAY}, BOARD, "ARRIVED"),
        ({"state": "REDISPLACED", "departed_on": DAY}, BOARD, "DEPARTED"),
        ({"state": "STAYING", "track": "STAY"}, REMAINING, "STAYING"),
        ({"state": "SCREENED", "track": "", "case": None, "population": "HOST"}, ARRIVING, "SCREENED"),
        ({"state": "ARRIVED", "track": "RETURNEE", "population": "RET"}, ARRIVING, "ARRIVED"),
        ({"state": "MERGED", "track": "", "case": None}, BOARD, "SCREENED"),
    ],
)
def test_who_stands_beside_the_way_has_a_place_on_it(
    changes: dict[str, Any], steps: tuple[str, ...], reached: str
) -> None:
    words, one = Words("en"), standing(**changes)
    assert [step.name for step in way_of(words, one)] == [words.label(STATE.name, state) for state in steps]
    assert reached_state(one, steps) == reached


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATE)
def test_every_state_has_its_words_in_every_language(language: str, state: str) -> None:
    words = Words(language)
    one = standing(state=state, reason="ILLNESS" if state == "HOLD" else "", movement_day=DAY)
    assert way_of(words, one)
    assert bool(beside_the_way(words, one)) is (state not in BOARD)
    assert "{" not in sentence_of(words, one)


@pytest.mark.parametrize("why", [why for why in WHY if why != "PLACE_UNKNOWN"])
def test_nothing_is_told_of_why_an_own_word_or_the_centres_is_missing(why: str) -> None:
    words = Words("en")
    for code in ("H7", "CENTRE"):
        told = {lack_told(words, lacks([Missing(code, one, "p")])[0], {"p": "Sara"}) for one in ("NOT_DONE", why)}
        assert len(told) == 1


def test_people_and_authorities_of_one_condition_stand_on_one_line() -> None:
    missing = [Missing("H6", "NOT_DONE", person, authority) for person in ("a", "b") for authority in ("MOMD", "CAMP")]
    (lack,) = lacks(missing)
    assert (lack.people, lack.authorities) == (("a", "b"), ("MOMD", "CAMP"))
    told = lack_told(Words("en"), lack, {"a": "Sara", "b": "Ahmed"})
    assert "Sara" in told
    assert "Ahmed" in told
    assert "2 authorities" in told
