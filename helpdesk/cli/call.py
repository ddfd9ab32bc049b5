"""``call``: worklists, the printed call list, one call's sheet and its record, tasks of 24 hours, reach and durability.

Nothing of a sealed answer is ever printed; the list on paper holds numbers alone.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.casework.calling import finish_call
from helpdesk.cli.household import paper_words
from helpdesk.cli.service import DAY, known_place
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, phone_shown, read_number, read_phone
from helpdesk.desk.commands import View
from helpdesk.households.cards import household_of
from helpdesk.journey.monitoring import commands, counts, queries
from helpdesk.journey.monitoring.codes import (
    BY_CODE,
    LACKS,
    OUTCOME,
    QUESTION,
    RESULT,
    ROUND,
    SEALED,
    SHELTER,
    STANDING,
    STATE,
    TASK,
    WHOM,
)
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.opening import Desk
from helpdesk.printing.call_list import call_list_pdf

app: Final = typer.Typer(name="call", help="Calls after arrival, and what must be done at once.", rich_markup_mode=None)
Number = Annotated[str, typer.Argument(help="The household number.")]
Round = Annotated[str, typer.Argument(metavar="ROUND", help=f"One of {', '.join(ROUND)}.")]
Which = Annotated[str, typer.Argument(help=f"One of {', '.join(queries.WORKLIST)}.")]
First = Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")]
Last = Annotated[datetime, typer.Option("--until", formats=DAY, help="Last day.")]


class Monitored(Struct, frozen=True):
    """The answer to ``counts``."""

    reach: tuple[counts.Reach, ...]
    durability: tuple[counts.Durability, ...]
    shelter: tuple[counts.ShelterChange, ...]
    displaced_again: int


@app.command("list")
def list_(context: typer.Context, which: Which = "ALL") -> None:
    """The calls that are open, what is due first: numbers, no names."""
    with desk_of(context) as (door, desk):
        ids = desk.ask(queries.call_ids, which)
        found = desk.ask(queries.call_lines, ids)
        lines = tuple(found[one] for one in ids if one in found)
        door.answer(lines, *(_line(door.words, line) for line in lines))


def _line(words: Words, line: queries.CallLine) -> str:
    tried = words.plural("{n} attempt", "{n} attempts", line.attempts)
    return "  ".join(
        (
            isolate_ltr(household_number_shown(line.number)),
            words.label(ROUND.name, line.round),
            words.label(STANDING.name, line.standing),
            words.date(line.due),
            tried,
        )
    )


@app.command("paper")
def paper(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    which: Which = "ALL",
    language: Annotated[str | None, typer.Option(help="Language of the list, else that of the answers.")] = None,
) -> None:
    """Print the call list: numbers alone. It leaves an entry in the audit log."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        listed = desk.do(queries.print_list, tuple(desk.ask(queries.call_ids, which)))
        replace_file(out, call_list_pdf(listed, words, desk.ask(_today), practice=desk.practice))
        door.answer({"file": str(out), "calls": len(listed)}, str(out))


def _today(view: View) -> date:
    return view.day


@app.command("show")
def show(context: typer.Context, number: Number, round_: Round) -> None:
    """What a caller needs for one call: the numbers that may be called, what was tried, what was said before."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        sheet = desk.ask(queries.call_sheet, desk.ask(household_of, digits), round_)
        door.answer(sheet, *_sheet_lines(door.words, sheet))


def _sheet_lines(words: Words, sheet: queries.CallSheet) -> list[str]:
    state = sheet.call.state if sheet.call is not None else ""
    lines = [
        words.label(ROUND.name, sheet.round),
        words.label(STATE.name, state) if state else words.label(STANDING.name, sheet.standing),
        *(isolate_ltr(phone_shown(number)) for number in sheet.numbers),
    ]
    if not sheet.consented:
        lines.append(words("They did not agree to be called."))
    lines += [
        f"{words.date(one.on)}  {words.label(WHOM.name, one.whom)}  {words.label(RESULT.name, one.result)}"
        for one in sheet.attempts
    ]
    for code, known in sheet.earlier.items():
        said = words.label(BY_CODE[code].answers.name, known.answer)
        lines.append(f"{words.label(QUESTION.name, code)}  {said}")
    if sheet.lacks is not None:
        lines.append(words("Before they are given up: {what}", what=words.label(LACKS.name, sheet.lacks)))
    return lines


@app.command("record")
def record(
    context: typer.Context,
    number: Number,
    round_: Round,
    result: Annotated[str, typer.Option(help=f"One of {', '.join(RESULT)}.")],
    phone: Annotated[str, typer.Option(help="The number that was called.")],
    whom: Annotated[str, typer.Option(help=f"Whose it is: {', '.join(WHOM)}.")] = "OWN",
    safe: Annotated[bool, typer.Option("--safe", help="They said that it is safe to talk.")] = False,
    answer: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION=ANSWER", help="An answer; may be repeated.")
    ] = None,
    still: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="An earlier answer that still holds; may be repeated.")
    ] = None,
    sealed: Annotated[list[str] | None, typer.Option(help=f"Told on the call and sealed: {', '.join(SEALED)}.")] = None,
    again: Annotated[datetime | None, typer.Option(formats=DAY, help="The day on which to call again.")] = None,
) -> None:
    """Record one attempt and what was answered; red answers raise a task of 24 hours."""
    digits = read_number(number).digits
    pairs = [one.partition("=") for one in answer or ()]
    if any(not separator for _, separator, _ in pairs):
        raise typer.BadParameter("QUESTION=ANSWER", param_hint="--answer")
    with desk_of(context) as (door, desk):
        household = desk.ask(household_of, digits)
        known = _earlier(desk, household, round_) if still else {}
        answers = {question: said for question, _, said in pairs}
        answers |= {code: known[code].answer for code in still or () if code in known}
        form = CallForm(
            household=household,
            round=round_,
            number=read_phone(phone),
            whom=whom,
            result=result,
            safe_to_talk=safe,
            answers=answers,
            still=tuple(still or ()),
            sealed=tuple(sealed or ()),
            callback_on=again.date() if again is not None else None,
        )
        done = desk.do(finish_call, form)
        words = door.words
        tasks = (words("Within 24 hours: {what}", what=words.label(TASK.name, one)) for one in done.recorded.tasks)
        door.answer(done.recorded, words.label(STATE.name, done.recorded.state), *tasks)


def _earlier(desk: Desk, household: str, round_: str) -> dict[str, commands.Earlier]:
    return desk.ask(commands.earlier, household, round_)


@app.command("lose")
def lose(context: typer.Context, number: Number, round_: Round) -> None:
    """Give a family up for this round, once everything was tried."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        desk.do(commands.lose, desk.ask(household_of, digits), round_)
        door.answer({"round": round_}, door.words.label(STATE.name, "LOST"))


@app.command("returned")
def returned(
    context: typer.Context,
    number: Number,
    day: Annotated[datetime, typer.Option("--on", formats=DAY, help="The day they came back.")],
    place: Annotated[str | None, typer.Option(help="Where they live now, by id or name.")] = None,
) -> None:
    """Count a recent returnee's calls from its own return."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        household = desk.ask(household_of, digits)
        recorded = desk.do(commands.returned, household, day.date(), known_place(desk, place))
        door.answer({"return": recorded}, door.words("Saved."))


@app.command("tasks")
def tasks(context: typer.Context) -> None:
    """What must be done within 24 hours, what is due first."""
    with desk_of(context) as (door, desk):
        ids = desk.ask(queries.task_ids)
        found = desk.ask(queries.task_lines, ids)
        words = door.words
        lines = tuple(found[one] for one in ids if one in found)
        door.answer(
            lines,
            *(
                "  ".join(
                    (
                        line.id,
                        isolate_ltr(household_number_shown(line.number)),
                        words.label(TASK.name, line.reason),
                        words("overdue") if line.late else "",
                    )
                ).rstrip()
                for line in lines
            ),
        )


@app.command("finish")
def finish(
    context: typer.Context,
    task: Annotated[str, typer.Argument(metavar="ID", help="Id, as tasks shows it.")],
    done: Annotated[str, typer.Option(help="What was done; it is kept.")],
) -> None:
    """Record what was done about a task."""
    with desk_of(context) as (door, desk):
        desk.do(commands.finish, task, done)
        door.answer({"task": task}, door.words("Saved."))


@app.command("counts")
def show_counts(context: typer.Context, first: First, last: Last) -> None:
    """Reach, durability and change of shelter in a period; what was answered is told of those reached."""
    with desk_of(context) as (door, desk):
        found = desk.ask(_counts, first.date(), last.date())
        words = door.words
        lines = [
            words(
                "{round}: {reached} reached of {due} due (of those reached)",
                round=words.label(ROUND.name, one.round),
                reached=one.reached,
                due=one.due,
            )
            for one in found.reach
        ]
        lines += [
            f"{words.label(ROUND.name, one.round)}  {words.label(OUTCOME.name, one.outcome)}"
            f"  {words.digits(one.families)}"
            for one in found.durability
        ]
        lines += [
            f"{words.label(ROUND.name, one.to_round)}  {isolate(words.label(SHELTER.name, one.before))}"
            f"  {isolate(words.label(SHELTER.name, one.after))}  {words.digits(one.families)}"
            for one in found.shelter
        ]
        door.answer(found, *lines)


def _counts(view: View, first: date, last: date) -> Monitored:
    connection = view.connection
    return Monitored(
        counts.reach(connection, first, last, view.day),
        counts.durability(connection, first, last),
        counts.shelter_change(connection, first, last),
        counts.displaced_again(connection, first, last),
    )
