"""The kinds of record of sessions, events and lessons, and how two desks' changes to each meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.journey.engagement.documents import Attendance, Event, HeadCount, Lesson, Question
from helpdesk.journey.engagement.tables import (
    AttendanceRow,
    AttendedRow,
    EventRow,
    HeadCountRow,
    LessonRow,
    QuestionRow,
)
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _event_rows(record_id: str, doc: Event) -> Iterable[Row]:
    yield {
        "id": record_id,
        "kind": doc.kind,
        "side": doc.side,
        "level": doc.level,
        "held_on": doc.on,
        "place": doc.place.place_id,
        "phase": doc.phase,
        "women_only": doc.women_only,
        "state": doc.state,
    }


def _attendance_rows(record_id: str, doc: Attendance) -> Iterable[Row]:
    yield {
        "id": record_id,
        "event": doc.event,
        "household": doc.household,
        "present": doc.state == "PRESENT",
    }


def _attended_rows(record_id: str, doc: Attendance) -> Iterable[Row]:
    persons = dict.fromkeys(doc.persons) if doc.state == "PRESENT" else ()
    return [{"attendance": record_id, "person": person, "event": doc.event} for person in persons]


def _count_rows(record_id: str, doc: HeadCount) -> Iterable[Row]:
    counts = doc.counts if doc.state == "PRESENT" else {}
    return [
        {"record": record_id, "sex": sex, "band": band, "event": doc.event, "persons": persons}
        for sex, bands in counts.items()
        for band, persons in bands.items()
    ]


def _question_rows(record_id: str, doc: Question) -> Iterable[Row]:
    yield {"id": record_id, "event": doc.event, "topic": doc.topic, "answered": bool(doc.answer)}


def _lesson_rows(record_id: str, doc: Lesson) -> Iterable[Row]:
    yield {"id": record_id, "kind": doc.kind, "noted_on": doc.on, "state": doc.state}


def safer_event(one: str, other: str) -> str:
    """An event cancelled at either desk proves nothing."""
    return safest(("PLANNED", "HELD", "CANCELLED"), one, other)


def safer_attendance(one: str, other: str) -> str:
    """What either desk took back is taken back."""
    return safest(("PRESENT", "VOID"), one, other)


def safer_lesson(one: str, other: str) -> str:
    """A text is shared only where neither desk holds it back."""
    return safest(("SHAREABLE", "WRITTEN", "VOID"), one, other)


EVENT = Kind(
    "event",
    Event,
    projections=(Projection(table_of(EventRow), "id", _event_rows),),
    safer={"state": safer_event},
)
ATTENDANCE = Kind(
    "attendance",
    Attendance,
    projections=(
        Projection(table_of(AttendanceRow), "id", _attendance_rows),
        Projection(table_of(AttendedRow), "attendance", _attended_rows),
    ),
    safer={"state": safer_attendance},
    never_merged=frozenset({"household", "event"}),
)
HEAD_COUNT = Kind(
    "head_count",
    HeadCount,
    projections=(Projection(table_of(HeadCountRow), "record", _count_rows),),
    safer={"state": safer_attendance},
)
QUESTION = Kind("question", Question, projections=(Projection(table_of(QuestionRow), "id", _question_rows),))
LESSON = Kind(
    "lesson",
    Lesson,
    projections=(Projection(table_of(LessonRow), "id", _lesson_rows),),
    safer={"state": safer_lesson},
    never_merged=frozenset({"text"}),
)

KINDS = (EVENT, ATTENDANCE, HEAD_COUNT, QUESTION, LESSON)
