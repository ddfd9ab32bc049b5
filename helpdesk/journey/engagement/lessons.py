"""Lessons and problems to share with partners, without names (S77): written, read by a supervisor, then shared.

Nothing leaves the list of shareable texts unread: what the program finds suspicious is only a help for the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.journey.engagement import codes, rules
from helpdesk.journey.engagement.documents import Lesson
from helpdesk.journey.engagement.forms import LessonForm
from helpdesk.journey.engagement.kinds import LESSON
from helpdesk.journey.engagement.names import registered_names
from helpdesk.journey.engagement.tables import LessonRow
from helpdesk.vault.records import document_of


class LessonLine(Struct, frozen=True):
    """A lesson as lists show it and files carry it."""

    id: str
    kind: str
    on: date
    side: str
    phase: str
    place: str | None
    topic: str | None
    text: str
    doubts: tuple[str, ...]
    state: str


@command("lesson.note", roles=FAMILIES)
def note(act: Act, form: LessonForm) -> LessonLine:
    """Write a lesson down; its line tells what is doubted. Raises what rules.check_lesson refuses."""
    rules.check_lesson(form)
    text = form.text.strip()
    lesson = Lesson(
        kind=form.kind,
        on=act.day,
        side=form.side,
        phase=form.phase,
        text=text,
        place=form.place,
        topic=form.topic,
        doubts=rules.doubts(text, registered_names(act.connection)),
    )
    lesson_id = act.new_id()
    act.records.create(LESSON, lesson_id, lesson)
    act.concerns(lesson_id)
    return _line(lesson_id, lesson)


@command("lesson.mend", roles=FAMILIES)
def mend(act: Act, lesson_id: str, text: str) -> LessonLine:
    """Write its words anew; it must be read again before it is shared. Raises Refusal("lesson.unknown" | "text.*")."""
    lesson = _live(act, lesson_id)
    said = rules.check_text(text)
    found = rules.doubts(said, registered_names(act.connection))
    mended = msgspec.structs.replace(lesson, text=said, doubts=found, state="WRITTEN", read_by=None)
    act.records.revise(LESSON, lesson_id, mended)
    act.concerns(lesson_id)
    return _line(lesson_id, mended)


@command("lesson.share", roles=(Role.SUPERVISOR,))
def share(act: Act, lesson_id: str) -> None:
    """Say, having read it, that a text names nobody. Raises Refusal("lesson.unknown" | "text.number").

    A registered name may be an ordinary word too, and the reader decides; a telephone or long number never goes out.
    """
    lesson = _live(act, lesson_id)
    found = rules.doubts(lesson.text, registered_names(act.connection))
    if "PHONE" in found or "NUMBER" in found:
        raise Refusal("text.number")
    shared = msgspec.structs.replace(lesson, doubts=found, state="SHAREABLE", read_by=act.user.id)
    act.records.revise(LESSON, lesson_id, shared, signed=True)
    act.concerns(lesson_id)


@command("lesson.drop", roles=FAMILIES)
def drop(act: Act, lesson_id: str) -> None:
    """Take a lesson out of every list. Raises Refusal("lesson.unknown")."""
    act.records.revise(LESSON, lesson_id, msgspec.structs.replace(_live(act, lesson_id), state="VOID"))
    act.concerns(lesson_id)


def lesson_ids(view: View, state: str | None = None) -> list[str]:
    """The ids of lessons of one state, or of all that were not dropped, newest first."""
    statement = select(LessonRow.id).order_by(LessonRow.noted_on.desc(), LessonRow.id.desc())
    wanted = LessonRow.state == state if state else LessonRow.state != "VOID"
    return list(view.connection.scalars(statement.where(wanted)))


def lesson_lines(view: View, ids: Sequence[str]) -> dict[str, LessonLine]:
    """One page of a list."""
    found = ((lesson_id, document_of(view.connection, LESSON, lesson_id)) for lesson_id in ids)
    return {lesson_id: _line(lesson_id, lesson) for lesson_id, lesson in found if lesson is not None}


def shareable(view: View) -> tuple[LessonLine, ...]:
    """All that may leave: what a supervisor has read, newest first."""
    return tuple(lesson_lines(view, lesson_ids(view, "SHAREABLE")).values())


def _live(act: Act, lesson_id: str) -> Lesson:
    lesson = document_of(act.connection, LESSON, lesson_id)
    if lesson is None or lesson.state == "VOID":
        raise Refusal("lesson.unknown")
    return lesson


def _line(lesson_id: str, lesson: Lesson) -> LessonLine:
    return LessonLine(
        id=lesson_id,
        kind=lesson.kind,
        on=lesson.on,
        side=lesson.side,
        phase=lesson.phase,
        place=lesson.place,
        topic=lesson.topic,
        text=lesson.text,
        doubts=tuple(code for code in codes.DOUBT if code in lesson.doubts),
        state=lesson.state,
    )
