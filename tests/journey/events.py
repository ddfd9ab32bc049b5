"""Makers of what is typed of events, lessons and visits, each field open to be changed."""

from __future__ import annotations

from typing import Any

from helpdesk.core.clock import Clock
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.engagement.forms import EventForm, LessonForm
from helpdesk.journey.visits.forms import VisitForm


def event_form(clock: Clock, **changes: Any) -> EventForm:
    """An information session today."""
    fields: dict[str, Any] = {
        "kind": "SESSION",
        "side": "DIS",
        "level": "SITE",
        "on": clock.now().date(),
        "place": PlaceAnswer(unlisted="Big tent"),
        "phase": "1",
        "topics": ("VOLUNT", "REG"),
        "organisation": "Tests",
    }
    return EventForm(**{**fields, **changes})


def lesson_form(**changes: Any) -> LessonForm:
    """A lesson that names nobody."""
    fields: dict[str, Any] = {"kind": "LESSON", "side": "RET", "phase": "4", "text": "Water came late in the village."}
    return LessonForm(**{**fields, **changes})


def visit_form(clock: Clock, **changes: Any) -> VisitForm:
    """A go-and-see visit today with ten seats."""
    fields: dict[str, Any] = {
        "kind": "GAS",
        "on": clock.now().date(),
        "destination": PlaceAnswer(unlisted="The village"),
        "start": PlaceAnswer(unlisted="The gate"),
        "seats": 10,
        "phase": "1",
        "organisation": "Tests",
        "contact": "07000000001",
    }
    return VisitForm(**{**fields, **changes})
