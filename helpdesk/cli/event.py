"""``event``: plan sessions and events, write down who came, print their papers, count the reach.

Whoever has no card is a number; questions are noted without names. Lessons stand in ``lesson``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.cli.household import paper_words
from helpdesk.cli.places import place_of
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.journey.codes import BAND, PHASE, SIDE
from helpdesk.journey.engagement import codes, commands, queries
from helpdesk.journey.engagement.documents import Material
from helpdesk.journey.engagement.forms import EventForm
from helpdesk.journey.engagement.reach import Bands, Reach, reach
from helpdesk.printing.attendance import AttendanceSheet, attendance_sheet_pdf
from helpdesk.printing.messages import key_message_sheet

app: Final = typer.Typer(name="event", help="Sessions and events, and who came.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]

EventId = Annotated[str, typer.Argument(metavar="EVENT", help="Id, as plan and list show it.")]
Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]


@app.command("plan")
def plan(
    context: typer.Context,
    place: Annotated[str, typer.Option(help="Id or name of the place, or any words.")],
    topic: Annotated[list[str], typer.Option(help=f"What about: {', '.join(codes.TOPIC)}; may be repeated.")],
    organisation: Annotated[str, typer.Option(help="Who carries it out.")],
    on: Annotated[datetime | None, typer.Option(formats=_DAY, help="The day, else today.")] = None,
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(codes.EVENT)}.")] = "SESSION",
    side: Annotated[str, typer.Option(help=f"One of {', '.join(SIDE)}.")] = "DIS",
    level: Annotated[str, typer.Option(help=f"One of {', '.join(codes.LEVEL)}.")] = "SITE",
    phase: Annotated[str, typer.Option(help=f"Phase of the toolkit: {', '.join(PHASE)}.")] = "1",
    body: Annotated[list[str] | None, typer.Option(help=f"Government there: {', '.join(codes.BODY)}.")] = None,
    facilitators: Annotated[str, typer.Option(help="Who speaks.")] = "",
    material: Annotated[
        list[str] | None, typer.Option(help="KIND:COPIES:LANGUAGE, for example LEAFLET:200:ar.")
    ] = None,
    women_only: Annotated[bool, typer.Option("--women-only", help="For women only.")] = False,
) -> None:
    """Plan an event, or write down one that took place."""
    materials = tuple(_material(one) for one in material or ())
    with desk_of(context) as (door, desk):
        form = EventForm(
            kind=kind,
            side=side,
            level=level,
            on=on.date() if on else desk.ask(_today),
            place=place_of(desk, place),
            phase=phase,
            topics=tuple(dict.fromkeys(topic)),
            organisation=organisation,
            facilitators=facilitators,
            bodies=tuple(dict.fromkeys(body or ())),
            materials=materials,
            women_only=women_only,
        )
        event = desk.do(commands.plan, form)
        door.answer({"event": event}, door.words("Planned: {event}", event=isolate_ltr(event)))


def _today(view: View) -> date:
    return view.day


def _material(text: str) -> Material:
    kind, _, rest = text.partition(":")
    copies, _, language = rest.partition(":")
    if not copies.isascii() or not copies.isdigit():
        raise typer.BadParameter("KIND:COPIES:LANGUAGE", param_hint="--material")
    return Material(kind, int(copies), language or "ar")


@app.command("list")
def list_(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help=f"One of {', '.join(codes.EVENT_STATE)}.")] = None,
) -> None:
    """All events, the latest day first."""
    if state is not None and state not in codes.EVENT_STATE:
        raise typer.BadParameter(f"one of {', '.join(codes.EVENT_STATE)}", param_hint="--state")
    with desk_of(context) as (door, desk):
        found = tuple(desk.ask(queries.event_lines, desk.ask(queries.event_ids, state)).values())
        door.answer(found, *(_listed(door.words, line) for line in found))


def _listed(words: Words, line: queries.EventLine) -> str:
    event = line.event
    return "  ".join(
        (
            line.id,
            words.date(event.on),
            words.label("event", event.kind),
            words.label("event_state", event.state),
            words.plural("{n} family", "{n} families", line.families),
            words("others counted: {n}", n=line.counted),
        )
    )


@app.command("show")
def show(context: typer.Context, event: EventId) -> None:
    """One event: its families, its counts, its questions."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.event_of, event)
        door.answer(found, *_shown(door.words, found))


def _shown(words: Words, found: queries.EventShown) -> Iterator[str]:
    yield f"{words.label('event', found.event.kind)}  {words.date(found.event.on)}"
    yield words.plural("{n} family", "{n} families", len(found.families))
    for there in found.families:
        yield f"  {isolate_ltr(household_number_shown(there.number))}  {isolate(there.principal)}"
    yield from _bands(words, found.counts)
    for question_id, question in found.questions:
        yield f"{question_id}  {isolate(question.text)}  {isolate(question.answer)}"


def _bands(words: Words, bands: Bands) -> Iterator[str]:
    for sex in bands:
        for band in BAND:
            if band in bands[sex]:
                counted = words.digits(bands[sex][band])
                yield f"  {words.label('sex', sex)}  {words.label('band', band)}  {counted}"


@app.command("attend")
def attend(
    context: typer.Context,
    event: EventId,
    codes_: Annotated[list[str], typer.Argument(metavar="CODE...", help="Scanned cards or household numbers.")],
) -> None:
    """Write down families that came, one after the other; each is kept even if a later one is refused."""
    with desk_of(context) as (door, desk):
        came = [desk.do(commands.scan, event, code) for code in codes_]
        door.answer(came, door.words.plural("{n} family", "{n} families", came[-1].families))


@app.command("take-back")
def take_back(context: typer.Context, record: Annotated[str, typer.Argument(help="Id, as attend shows it.")]) -> None:
    """Take back that a family came."""
    with desk_of(context) as (door, desk):
        desk.do(commands.take_back, record)
        door.answer({"taken_back": record}, door.words("Taken back."))


@app.command("count")
def count(
    context: typer.Context,
    event: EventId,
    cells: Annotated[list[str], typer.Argument(metavar="SEX:BAND:N...", help="For example F:18-59:12.")],
) -> None:
    """Count people who have no card. Several counts of one event add up."""
    counts: dict[str, dict[str, int]] = {}
    for cell in cells:
        sex, _, rest = cell.partition(":")
        band, _, persons = rest.partition(":")
        if not persons.isascii() or not persons.isdigit() or band in counts.get(sex, {}):
            raise typer.BadParameter("SEX:BAND:N", param_hint="SEX:BAND:N")
        counts.setdefault(sex, {})[band] = int(persons)
    with desk_of(context) as (door, desk):
        record = desk.do(commands.count, event, counts)
        door.answer({"count": record}, door.words("Saved."))


@app.command("hold")
def hold(context: typer.Context, event: EventId) -> None:
    """Say that it took place, where nobody is counted."""
    with desk_of(context) as (door, desk):
        desk.do(commands.hold, event)
        door.answer({"held": event}, door.words("Saved."))


@app.command("cancel")
def cancel(context: typer.Context, event: EventId, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Say that it did not take place."""
    with desk_of(context) as (door, desk):
        desk.do(commands.cancel, event, reason)
        door.answer({"cancelled": event}, door.words("Saved."))


@app.command("ask")
def ask(
    context: typer.Context,
    event: EventId,
    text: Annotated[str, typer.Argument(help="The question, without names.")],
    topic: Annotated[str | None, typer.Option(help=f"One of {', '.join(codes.TOPIC)}.")] = None,
    answer: Annotated[str, typer.Option(help="What was answered.")] = "",
    names_nobody: Annotated[bool, typer.Option("--names-nobody", help="It was looked at: nobody is meant.")] = False,
) -> None:
    """Note a question that was raised."""
    with desk_of(context) as (door, desk):
        question = desk.do(commands.ask, event, text, topic, answer, names_nobody=names_nobody)
        door.answer({"question": question}, door.words("Saved."))


@app.command("answer")
def answer(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Id, as show tells it.")],
    text: Annotated[str, typer.Argument(help="The answer, without names.")],
) -> None:
    """Note what was answered."""
    with desk_of(context) as (door, desk):
        desk.do(commands.answer_, question, text)
        door.answer({"answered": question}, door.words("Saved."))


@app.command("sheet")
def sheet(
    context: typer.Context,
    event: EventId,
    out: Out,
    language: Language = None,
    lines: Annotated[int, typer.Option(min=1, max=500, help="Lines to write on.")] = 40,
) -> None:
    """Print the attendance sheet; no names stand on it."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        found = desk.ask(queries.event_of, event).event
        kind = words.label("event", found.kind)
        about = AttendanceSheet(kind, found.on, found.topics, lines, desk.practice, women_only=found.women_only)
        replace_file(out, attendance_sheet_pdf(about, words))
        door.answer({"file": out}, str(out))


@app.command("messages")
def messages(
    context: typer.Context,
    out: Out,
    topic: Annotated[list[str] | None, typer.Option(help=f"Some of {', '.join(codes.TOPIC)}; else all.")] = None,
    language: Language = None,
) -> None:
    """Print the key-message sheet."""
    wanted = tuple(topic or codes.TOPIC)
    if not set(wanted) <= set(codes.TOPIC):
        raise typer.BadParameter(f"one of {', '.join(codes.TOPIC)}", param_hint="--topic")
    writable(out)
    with desk_of(context) as (door, desk):
        lines = tuple((line.label, line.number) for line in desk.bundle.helplines) if desk.bundle else ()
        replace_file(out, key_message_sheet(paper_words(door, language), wanted, lines, practice=desk.practice))
        door.answer({"file": out}, str(out))


@app.command("reach")
def reach_(
    context: typer.Context,
    from_: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day.")],
    until: Annotated[datetime, typer.Option(formats=_DAY, help="The last day.")],
    side: Annotated[str | None, typer.Option(help=f"One of {', '.join(SIDE)}, else both.")] = None,
) -> None:
    """Count who was reached."""
    if side is not None and side not in SIDE:
        raise typer.BadParameter(f"one of {', '.join(SIDE)}", param_hint="--side")
    with desk_of(context) as (door, desk):
        found = desk.ask(reach, from_.date(), until.date(), side)
        door.answer(found, *_reached(door.words, found))


def _reached(words: Words, found: Reach) -> Iterator[str]:
    for kind, events in found.events.items():
        yield words("{thing}: {count}", thing=words.label("event", kind), count=events)
    yield words.plural("{n} family", "{n} families", found.families)
    yield words("Registered persons")
    yield from _bands(words, found.persons)
    yield words("Counted without a card")
    yield from _bands(words, found.counted)
