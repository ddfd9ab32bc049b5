"""Lessons and problems as a table that may be shared: only what a supervisor has read, and no place below a district.

The words stand as they were written; nothing here can judge them.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.core.language import Words
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.codes import PHASE, SIDE
from helpdesk.journey.engagement.codes import LESSON, TOPIC
from helpdesk.journey.engagement.lessons import LessonLine
from helpdesk.reports.table import Column, Row, Table


def lessons_table(lessons: Iterable[LessonLine], places: Gazetteer, words: Words) -> Table:
    """The table of these lessons; whatever is not SHAREABLE is left out, whoever hands it in."""
    columns = (
        Column("day", words("Day"), "#date", counts=False),
        Column("kind", words("Kind"), "", counts=False),
        Column("side", words("Where"), "", counts=False),
        Column("district", words("District"), "#adm2+name", counts=False),
        Column("phase", words("Phase"), "", counts=False),
        Column("topic", words("Topic"), "", counts=False),
        Column("text", words("Words"), "#description", counts=False),
    )
    rows = tuple(_row(lesson, places, words) for lesson in lessons if lesson.state == "SHAREABLE")
    return Table("lessons", words("Lessons and problems"), columns, rows)


def _row(lesson: LessonLine, places: Gazetteer, words: Words) -> Row:
    district = places.ancestor(lesson.place, "district") if lesson.place else None
    return Row(
        (
            lesson.on.isoformat(),
            words.label(LESSON.name, lesson.kind),
            words.label(SIDE.name, lesson.side),
            district.name(words.language) if district else "",
            words.label(PHASE.name, lesson.phase),
            words.label(TOPIC.name, lesson.topic) if lesson.topic else "",
            lesson.text,
        )
    )
