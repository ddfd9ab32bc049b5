"""``feedback``: take it down, load messages, sort them, answer, open boxes by two, print forms and the poster.

What somebody said comes as a JSON document, from a file or better from standard input: an argument would stand in the
list of processes and in the shell's history, and what is sealed must stand nowhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from helpdesk.assistance.feedback import boxes, commands, messages, numbers, queries
from helpdesk.assistance.feedback.codes import CHANNEL, CLOSED_TYPE, STATUS, TYPE, WORD
from helpdesk.assistance.feedback.documents import Feedback, FeedbackEntry, Message
from helpdesk.assistance.feedback.message_file import COLUMNS, read_messages
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import LARGEST_DOCUMENT, as_document, desk_of, read_json, writable
from helpdesk.core.canonical import read_strict
from helpdesk.core.clock import day_of
from helpdesk.core.errors import Fault, HelpDeskError
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.desk.bundle import FeedbackWord
from helpdesk.desk.commands import View
from helpdesk.households.list_rows import RowProblem
from helpdesk.opening import Desk
from helpdesk.printing.faces import helplines_of
from helpdesk.printing.feedback_papers import answer_slip, feedback_forms_pdf, poster_pdf, receipt_slip
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="feedback", help="Questions, complaints, and their answers.", rich_markup_mode=None)
box: Final = typer.Typer(name="box", help="Complaint boxes, opened by two people.", rich_markup_mode=None)
app.add_typer(box)
DAY: Final = ["%Y-%m-%d"]
STDIN: Final = Path("-")

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The twelve digits of the receipt or form.")]
OutPdf = Annotated[Path, typer.Option(help="The PDF to write.")]
MaybePdf = Annotated[Path | None, typer.Option(help="A PDF to write as well.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]


@app.command("record")
def record(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(allow_dash=True, help="JSON of what was said, or - to read it from stdin.")],
    receipt: MaybePdf = None,
    language: Language = None,
) -> None:
    """Take down one piece of feedback; what is given under "sealed" is sealed and cannot be read here again."""
    if receipt is not None:
        writable(receipt)
    entry = as_document(_stdin() if file == STDIN else read_json(file), FeedbackEntry, file)
    with desk_of(context) as (door, desk):
        taken = desk.do(commands.record, entry)
        if receipt is not None:
            words, lines = paper_words(door, language), helplines_of(desk.ask(View.in_force))
            slip = receipt_slip(words, taken.number, taken.received_on, taken.ask_from, lines, practice=desk.practice)
            replace_file(receipt, slip_pdf(slip, words))
        door.answer(taken, numbers.shown(taken.number), *_afterwards(door.words, taken))


def _stdin() -> Any:
    data = sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        raise Fault("cli.json", file=str(STDIN))
    try:
        return read_strict(data)
    except Fault:
        raise Fault("cli.json", file=str(STDIN)) from None


def _afterwards(words: Words, taken: commands.Taken) -> Iterator[str]:
    if taken.sealed:
        yield words("Sealed. Nobody at this desk can read it again.")
    yield words("The receipt says to ask from {day}.", day=words.date(taken.ask_from))


@app.command("load")
def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .csv or .xlsx file of messages.")],
    channel: Annotated[str, typer.Option(help=f"Where rows say nothing: {', '.join(CHANNEL)}.")] = "SMS",
    column: Annotated[
        list[str] | None, typer.Option(help=f"OURS=HEADER; ours: {', '.join(COLUMNS)}. May be repeated.")
    ] = None,
) -> None:
    """Load messages of a helpline or text message service; the same file twice loads nothing twice."""
    if channel not in CHANNEL:
        raise typer.BadParameter(f"one of {', '.join(CHANNEL)}", param_hint="--channel")
    mapping = dict(_pair(one) for one in column or ())
    with desk_of(context) as (door, desk):
        read = read_messages(file, desk.ask(_today), channel, mapping)
        loaded = desk.do(messages.load, read.messages)
        words = door.words
        door.answer(
            {"new": loaded.new, "known": loaded.known, "problems": read.problems},
            words.plural("{n} message waits to be read.", "{n} messages wait to be read.", loaded.new),
            words("Loaded before: {n}", n=loaded.known),
            *(_problem(words, one) for one in read.problems),
        )


def _pair(text: str) -> tuple[str, str]:
    ours, equals, header = text.partition("=")
    if not equals:
        raise typer.BadParameter("OURS=HEADER", param_hint="--column")
    return ours, header


def _today(view: View) -> date:
    return view.day


def _problem(words: Words, problem: RowProblem) -> str:
    why = words.sentence(HelpDeskError(problem.code, value=problem.value))
    return words("Row {place}: {reason}", place=f"{words.digits(problem.row)}  {problem.column}", reason=why)


@app.command("messages")
def list_messages(context: typer.Context) -> None:
    """Messages that nobody read yet; to take one down, name its id as "source" of what is recorded."""
    with desk_of(context) as (door, desk):
        found = tuple(desk.ask(messages.message, source) for source in desk.ask(messages.waiting))
        door.answer(found, *(_message_line(door.words, one) for one in found))


def _message_line(words: Words, one: Message) -> str:
    said = words.label(CHANNEL.name, one.channel)
    return "  ".join((isolate_ltr(one.source), words.date(one.received_on), said, isolate(one.text)))


@app.command("discard")
def discard(context: typer.Context, message: Annotated[str, typer.Argument(help="Id of a message.")]) -> None:
    """Remove a message that needs no answer: an advertisement, an empty one."""
    with desk_of(context) as (door, desk):
        desk.do(messages.discard, message)
        door.answer({"message": message}, door.words("Removed."))


@app.command("list")
def list_(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help="waiting, late or all.")] = "waiting",
) -> None:
    """What waits for an answer, the most pressing first; late ones alone; or all, the newest first."""
    with desk_of(context) as (door, desk):
        ids = desk.ask(queries.ids, which)
        found = desk.ask(queries.lines, ids)
        listed = tuple(found[one] for one in ids)
        door.answer(listed, *(_line(door.words, line) for line in listed))


def _line(words: Words, line: queries.FeedbackLine) -> str:
    late = words.plural("{n} day late", "{n} days late", line.late) if line.late else ""
    due = "" if line.type == CLOSED_TYPE else words.date(line.due)
    said = (isolate_ltr(numbers.shown(line.number)), type_said(words, line.type), _state(words, line), due, late)
    return "  ".join(part for part in said if part)


def type_said(words: Words, type_: str) -> str:
    """The type in words; all five sealed ones are one."""
    return words("sealed") if type_ == CLOSED_TYPE else words.label(TYPE.name, type_)


def _state(words: Words, line: queries.FeedbackLine) -> str:
    return "" if line.type == CLOSED_TYPE else words.label(STATUS.name, line.status)


@app.command("show")
def show(context: typer.Context, number: Number) -> None:
    """One piece of feedback; of a sealed one only the centre's word."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.one, desk.ask(queries.by_number, number))
        word = desk.ask(queries.word_on, found.number)
        door.answer({"feedback": found, "word": word}, *_shown(door.words, found, word))


def _shown(words: Words, found: Feedback, word: FeedbackWord | None) -> Iterator[str]:
    yield f"{isolate_ltr(numbers.shown(found.number))}  {type_said(words, found.type)}"
    if found.type == CLOSED_TYPE:
        yield word_said(words, word)
        return
    yield words.label(STATUS.name, found.status)
    yield isolate(found.text)
    if found.answer:
        yield words("Answer: {text}", text=isolate(found.answer))
    if found.appeal:
        yield words("Not accepted: {text}", text=isolate(found.appeal))


def word_said(words: Words, word: FeedbackWord | None) -> str:
    """The centre's neutral word, or that there is none yet."""
    if word is None:
        return words("On its way to the centre; no word yet.")
    label = words.label(WORD.name, word.state)
    return words("The centre: {word} on {day}.", word=label, day=words.date(day_of(word.on)))


@app.command("answer")
def answer(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Option(help="What was answered.")],
    told: Annotated[bool, typer.Option("--told", help="The person was told.")] = False,
    slip: MaybePdf = None,
    language: Language = None,
) -> None:
    """Answer; the answer may be printed for whoever asked."""
    if slip is not None:
        writable(slip)
    with desk_of(context) as (door, desk):
        record_id = desk.ask(queries.by_number, number)
        desk.do(commands.answer, record_id, text, told)
        if slip is not None:
            words, lines = paper_words(door, language), helplines_of(desk.ask(View.in_force))
            found = desk.ask(queries.one, record_id)
            day = found.answered_on or found.received_on
            paper = answer_slip(words, found.number, found.answer, day, lines, practice=desk.practice)
            replace_file(slip, slip_pdf(paper, words))
        door.answer({"feedback": record_id}, door.words("Saved."))


@app.command("assign")
def assign(
    context: typer.Context,
    number: Number,
    to: Annotated[str, typer.Option(help="The body outside that was asked; empty: somebody here looks at it.")] = "",
) -> None:
    """Take it on yourself, or note who outside was asked."""
    with desk_of(context) as (door, desk):
        _do(desk, commands.assign, number, None if to else desk.user.id, to)
        door.answer({"number": number}, door.words("Saved."))


@app.command("tell")
def tell(context: typer.Context, number: Number) -> None:
    """Note that the person was told the answer."""
    with desk_of(context) as (door, desk):
        _do(desk, commands.tell, number)
        door.answer({"number": number}, door.words("Saved."))


@app.command("close")
def close(context: typer.Context, number: Number) -> None:
    """Close what was answered."""
    with desk_of(context) as (door, desk):
        _do(desk, commands.close, number)
        door.answer({"number": number}, door.words("Closed."))


@app.command("appeal")
def appeal(
    context: typer.Context, number: Number, why: Annotated[str, typer.Option(help="In the person's words.")] = ""
) -> None:
    """Note that the answer is not accepted; a supervisor answers anew."""
    with desk_of(context) as (door, desk):
        _do(desk, commands.appeal, number, why)
        door.answer({"number": number}, door.words("Saved. A supervisor answers it."))


def _do(desk: Desk, act: Any, number: str, *arguments: Any) -> None:
    desk.do(act, desk.ask(queries.by_number, number), *arguments)


@app.command("counts")
def counts(
    context: typer.Context,
    first: Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")],
    last: Annotated[datetime, typer.Option("--until", formats=DAY, help="Last day.")],
) -> None:
    """How much came in, by type and way, how much was answered, and how long answers took."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.counts, first.date(), last.date())
        door.answer(found, *(_count(door.words, one) for one in found))


def _count(words: Words, one: queries.TypeCount) -> str:
    told = [
        type_said(words, one.type),
        words.label(CHANNEL.name, one.channel),
        words("came in: {n}", n=one.received),
    ]
    if one.type != CLOSED_TYPE:
        told.append(words("answered: {n}", n=one.answered))
    if one.answered:
        days = round(one.days_to_answer / one.answered)
        told.append(words.plural("about {n} day to an answer", "about {n} days to an answer", days))
    return "  ".join(told)


@app.command("forms")
def forms(
    context: typer.Context,
    count: Annotated[int, typer.Argument(min=1, max=numbers.MOST, help="How many.")],
    out: OutPdf,
    language: Language = None,
) -> None:
    """Print numbered forms; each may be typed in at any desk."""
    writable(out)
    with desk_of(context) as (door, desk):
        words, lines = paper_words(door, language), helplines_of(desk.ask(View.in_force))
        drawn = numbers.draw_many(count)
        replace_file(out, feedback_forms_pdf(words, drawn, lines, practice=desk.practice))
        door.answer({"file": str(out), "numbers": drawn}, str(out))


@app.command("poster")
def poster(context: typer.Context, out: OutPdf, language: Language = None) -> None:
    """Print the poster that says how to ask and complain."""
    writable(out)
    with desk_of(context) as (door, desk):
        words, lines = paper_words(door, language), helplines_of(desk.ask(View.in_force))
        replace_file(out, poster_pdf(words, lines, practice=desk.practice))
        door.answer({"file": str(out)}, str(out))


@box.command("open")
def open_box(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="Which box.")],
    papers: Annotated[int, typer.Argument(help="How many papers were in it.")],
) -> None:
    """Note that a box was opened; a second person with her own account must confirm the count."""
    with desk_of(context) as (door, desk):
        opening = desk.do(boxes.open_box, place, papers)
        door.answer({"box": opening}, opening, door.words("A second person must confirm it."))


@box.command("confirm")
def confirm_box(
    context: typer.Context,
    opening: Annotated[str, typer.Argument(help="Id of the opening.")],
    papers: Annotated[int, typer.Argument(help="How many papers you counted.")],
) -> None:
    """Confirm an opening that somebody else noted."""
    with desk_of(context) as (door, desk):
        desk.do(boxes.confirm_box, opening, papers)
        door.answer({"box": opening}, door.words("Confirmed. Its papers can be typed in now."))


@box.command("list")
def list_boxes(context: typer.Context) -> None:
    """The last openings, and how many of their papers are typed in."""
    with desk_of(context) as (door, desk):
        found = desk.ask(boxes.boxes)
        door.answer(found, *(_box_line(door.words, one) for one in found))


def _box_line(words: Words, one: boxes.Box) -> str:
    is_open = one.opening.confirmed_by is not None
    state = (
        words("{typed} of {papers} typed in", typed=one.typed, papers=one.opening.papers)
        if is_open
        else words("waits for a second person")
    )
    return "  ".join((one.id, isolate(one.opening.place), words.date(one.opening.on), state))
