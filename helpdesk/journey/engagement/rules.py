"""What an event, a count and a shared text must be. Pure: no store, no clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from helpdesk.core.codes import BUILT_IN, Lists
from helpdesk.core.errors import Refusal
from helpdesk.core.plain_text import fold_digits
from helpdesk.core.text import words_of
from helpdesk.households import codes as household_codes
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.rules import among
from helpdesk.journey import codes as shared
from helpdesk.journey.engagement import codes
from helpdesk.journey.engagement.forms import EventForm, LessonForm

MOST: Final = 9_999
"""Persons in one cell of a count, and copies of one material: more is a slip of the finger."""
LONGEST: Final = 2_000
"""Characters of a question, an answer or a lesson."""

_JOINED = re.compile(r"(?<=\d)[\s().-]+(?=\d)")
_RUN = re.compile(r"\d+")
_PHONE_DIGITS = 9
_NUMBER_DIGITS = 5


def is_place(place: PlaceAnswer) -> bool:
    """Whether a place was answered at all."""
    return bool(place.place_id or place.unlisted.strip() or place.village.strip())


def check_event(form: EventForm, lists: Lists = BUILT_IN) -> None:
    """Raises Refusal("form.code" | "event.place" | "event.topics" | "event.organisation" | "event.copies")."""
    among(form.kind, codes.EVENT, "event")
    among(form.side, shared.SIDE, "side")
    among(form.level, codes.LEVEL, "level")
    among(form.phase, shared.PHASE, "phase")
    spoken = lists.accepted(household_codes.SPOKEN)
    among(form.language, spoken, "spoken", required=False)
    for topic in form.topics:
        among(topic, codes.TOPIC, "topic")
    for body in form.bodies:
        among(body, codes.BODY, "body")
    for material in form.materials:
        among(material.kind, codes.MATERIAL, "material")
        among(material.language, spoken, "spoken")
        if not 0 <= material.copies <= MOST * 10:
            raise Refusal("event.copies")
    if not is_place(form.place):
        raise Refusal("event.place")
    if not form.topics:
        raise Refusal("event.topics")
    if not form.organisation.strip():
        raise Refusal("event.organisation")


def check_begun(on: date, day: date) -> None:
    """Nobody has come to what has not happened. Raises Refusal("event.not_yet", on=...)."""
    if day < on:
        raise Refusal("event.not_yet", on=on)


def check_counts(counts: Mapping[str, Mapping[str, int]]) -> None:
    """Raises Refusal("form.code" | "event.count" | "event.count_empty")."""
    for sex, bands in counts.items():
        among(sex, household_codes.SEX, "sex")
        for band, persons in bands.items():
            among(band, shared.BAND, "band")
            if not 0 <= persons <= MOST:
                raise Refusal("event.count", most=MOST)
    if not any(persons for bands in counts.values() for persons in bands.values()):
        raise Refusal("event.count_empty")


def check_text(text: str) -> str:
    """A text that says something, cleaned at its ends. Raises Refusal("text.empty" | "text.long", most=...)."""
    said = text.strip()
    if not said:
        raise Refusal("text.empty")
    if len(said) > LONGEST:
        raise Refusal("text.long", most=LONGEST)
    return said


def check_lesson(form: LessonForm) -> None:
    """Raises Refusal("form.code" | "text.empty" | "text.long")."""
    among(form.kind, codes.LESSON, "lesson")
    among(form.side, shared.SIDE, "side")
    among(form.phase, shared.PHASE, "phase")
    among(form.topic, codes.TOPIC, "topic", required=False)
    check_text(form.text)


def doubts(text: str, is_name: Callable[[str, str], bool]) -> tuple[str, ...]:
    """Why a text may point at somebody, as codes of the list ``doubt``; none is no proof that it does not.

    ``is_name(word, next word)`` says whether two folded words that stand together are a registered person's name.
    """
    digits = [len(run) for run in _RUN.findall(_JOINED.sub("", fold_digits(text)))]
    alone = [len(run) for run in _RUN.findall(fold_digits(text))]
    found = {
        "PHONE": any(length >= _PHONE_DIGITS for length in digits),
        "NUMBER": any(_NUMBER_DIGITS <= length < _PHONE_DIGITS for length in alone),
        "NAME": any(is_name(*pair) for pair in dict.fromkeys(pairwise(words_of(text)))),
    }
    return tuple(code for code in codes.DOUBT if found[code])
