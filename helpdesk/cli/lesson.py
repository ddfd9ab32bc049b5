"""``lesson``: write lessons and problems down, release them once read, hand out what may be shared.

Nothing leaves by ``export`` that a supervisor has not read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.cli.places import gazetteer_of, place_of
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.journey.codes import PHASE, SIDE
from helpdesk.journey.engagement import codes, lessons
from helpdesk.journey.engagement.forms import LessonForm
from helpdesk.reports.lessons import lessons_table
from helpdesk.reports.writing import table_csv, table_pdf, table_xlsx

app: Final = typer.Typer(name="lesson", help="Lessons and problems, without names.", rich_markup_mode=None)
LessonId = Annotated[str, typer.Argument(metavar="LESSON", help="Id, as note and list show it.")]
FORMS: Final = (".csv", ".xlsx", ".pdf")


@app.command("note")
def note(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The lesson or problem, without names.")],
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(codes.LESSON)}.")] = "LESSON",
    side: Annotated[str, typer.Option(help=f"One of {', '.join(SIDE)}.")] = "DIS",
    phase: Annotated[str, typer.Option(help=f"Phase of the toolkit: {', '.join(PHASE)}.")] = "1",
    district: Annotated[str | None, typer.Option(help="Id or name of a district.")] = None,
    topic: Annotated[str | None, typer.Option(help=f"One of {', '.join(codes.TOPIC)}.")] = None,
) -> None:
    """Write a lesson or problem down."""
    with desk_of(context) as (door, desk):
        place = place_of(desk, district).place_id if district else None
        line = desk.do(lessons.note, LessonForm(kind, side, phase, text, place, topic))
        door.answer(line, *_line(door.words, line))


@app.command("list")
def list_(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help=f"One of {', '.join(codes.LESSON_STATE)}.")] = None,
) -> None:
    """All lessons that were not dropped, the latest first."""
    if state is not None and state not in codes.LESSON_STATE:
        raise typer.BadParameter(f"one of {', '.join(codes.LESSON_STATE)}", param_hint="--state")
    with desk_of(context) as (door, desk):
        found = tuple(desk.ask(lessons.lesson_lines, desk.ask(lessons.lesson_ids, state)).values())
        door.answer(found, *(line for one in found for line in _line(door.words, one)))


def _line(words: Words, line: lessons.LessonLine) -> tuple[str, ...]:
    state = words.label("lesson_state", line.state)
    said = f"{isolate_ltr(line.id)}  {words.date(line.on)}  {state}  {isolate(line.text)}"
    doubts = ", ".join(words.label("doubt", doubt) for doubt in line.doubts)
    return (said, words("Look again before it is shared: {doubts}", doubts=doubts)) if doubts else (said,)


@app.command("mend")
def mend(
    context: typer.Context, lesson: LessonId, text: Annotated[str, typer.Argument(help="The words anew.")]
) -> None:
    """Write its words anew; it must be read again."""
    with desk_of(context) as (door, desk):
        line = desk.do(lessons.mend, lesson, text)
        door.answer(line, *_line(door.words, line))


@app.command("share")
def share(context: typer.Context, lesson: LessonId) -> None:
    """Say, having read it, that it names nobody and may be shared."""
    with desk_of(context) as (door, desk):
        desk.do(lessons.share, lesson)
        door.answer({"shared": lesson}, door.words("Saved."))


@app.command("drop")
def drop(context: typer.Context, lesson: LessonId) -> None:
    """Take it out of every list."""
    with desk_of(context) as (door, desk):
        desk.do(lessons.drop, lesson)
        door.answer({"dropped": lesson}, door.words("Saved."))


@app.command("export")
def export(context: typer.Context, out: Annotated[Path, typer.Option(help=f"The file: {', '.join(FORMS)}.")]) -> None:
    """What may be shared, as CSV, spreadsheet or paper."""
    if out.suffix not in FORMS:
        raise typer.BadParameter(", ".join(FORMS), param_hint="--out")
    writable(out)
    with desk_of(context) as (door, desk):
        found = desk.ask(lessons.shareable)
        table = lessons_table(found, gazetteer_of(desk), door.words)
        if out.suffix == ".csv":
            replace_file(out, table_csv(table))
        elif out.suffix == ".xlsx":
            replace_file(out, table_xlsx(table, door.words))
        else:
            replace_file(out, table_pdf(table, door.words, practice=desk.practice))
        door.answer({"file": out, "lessons": len(found)}, str(out))
