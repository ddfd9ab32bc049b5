"""The documents of sessions, events and lessons (DOMAIN.md 2.10): what revisions hold and batches carry.

Who came, counts and questions are records of their own beside the event, so that two desks that write down the same
event never contradict one another. Questions and lessons name nobody.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Material(Struct, frozen=True, forbid_unknown_fields=True):
    """What was handed out, hung up or sent, in which language, how many copies."""

    kind: str
    copies: int
    language: str


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """One session or event. ``phase`` of the toolkit, ``bodies`` of the government, ``facilitators`` as typed."""

    kind: str
    side: str
    level: str
    on: date
    place: PlaceAnswer
    phase: str
    topics: tuple[str, ...]
    organisation: str
    planned_by: str
    facilitators: str = ""
    bodies: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    language: str | None = None
    women_only: bool = False
    starts: str = ""
    state: str = "PLANNED"
    cancel_reason: str = ""


class Attendance(Struct, frozen=True, forbid_unknown_fields=True):
    """A family that came to an event, and which of its persons, where somebody said so. ``on`` is the event's day."""

    household: str
    event: str
    on: date
    informs: bool
    persons: tuple[str, ...] = ()
    scanned: bool = True
    state: str = "PRESENT"


class HeadCount(Struct, frozen=True, forbid_unknown_fields=True):
    """People who came and are not scanned: how many of one sex by age band. Several counts of an event add up."""

    event: str
    counts: dict[str, dict[str, int]]
    state: str = "PRESENT"


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody asked at an event, and the answer. Nobody is named."""

    event: str
    on: date
    text: str
    topic: str | None = None
    answer: str = ""


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson or problem to share. ``doubts`` are what stood against sharing it when it was last written down."""

    kind: str
    on: date
    side: str
    phase: str
    text: str
    place: str | None = None
    topic: str | None = None
    doubts: tuple[str, ...] = ()
    state: str = "WRITTEN"
    read_by: str | None = None
