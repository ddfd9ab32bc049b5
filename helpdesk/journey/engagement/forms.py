"""What is typed of an event or a lesson before it becomes a record: the documents that pages and files hand in."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.engagement.documents import Material


class EventForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A session or event as planned (documents.Event without what the program knows itself)."""

    kind: str
    side: str
    level: str
    on: date
    place: PlaceAnswer
    phase: str
    topics: tuple[str, ...]
    organisation: str
    facilitators: str = ""
    bodies: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    language: str | None = None
    women_only: bool = False
    starts: str = ""


class LessonForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson or problem as written. ``place`` is an id of the gazetteer: a district, never a camp or site."""

    kind: str
    side: str
    phase: str
    text: str
    place: str | None = None
    topic: str | None = None
