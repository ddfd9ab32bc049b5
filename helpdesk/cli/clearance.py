"""``clearance``: record what authorities answered, show one family's answers, worklists and ageing.

A clerk is told "granted", "run out" or "not complete"; only a supervisor who asks for one family reads the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Final

import typer

from helpdesk.cli.session import desk_of
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.households.cards import household_of
from helpdesk.households.queries import lines as household_lines
from helpdesk.journey.clearances import queries
from helpdesk.journey.clearances.codes import AUTHORITY, CLEARANCE_STATUS
from helpdesk.journey.clearances.commands import record
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.departures import clearing

app: Final = typer.Typer(name="clearance", help="What authorities answered, and what runs out.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]


@app.command("record")
def record_answers(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Household numbers.")],
    authority: Annotated[list[str], typer.Option(help=f"Who answered: {', '.join(AUTHORITY)}; may be repeated.")],
    status: Annotated[str, typer.Option(help=f"What: {', '.join(CLEARANCE_STATUS)}.")],
    person: Annotated[
        list[str] | None, typer.Option(help="Id of a member; else everybody old enough. For one family only.")
    ] = None,
    applied: Annotated[datetime | None, typer.Option(formats=_DAY, help="The day it was asked for.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="The last day it holds.")] = None,
    reference: Annotated[str, typer.Option(help="What stands on the paper.")] = "",
    seen: Annotated[bool, typer.Option("--seen", help="The paper was seen at this desk.")] = False,
) -> None:
    """Record one answer for one family or for many: all of it or nothing."""
    if person and len(numbers) > 1:
        raise typer.BadParameter("for one family only", param_hint="--person")
    digits = [read_number(number).digits for number in dict.fromkeys(numbers)]
    with desk_of(context) as (door, desk):
        entries = tuple(
            ClearanceEntry(
                household=desk.ask(household_of, number),
                authorities=tuple(dict.fromkeys(authority)),
                status=status,
                persons=tuple(dict.fromkeys(person or ())),
                applied_on=applied.date() if applied else None,
                reference=reference,
                valid_until=until.date() if until else None,
                seen=seen,
            )
            for number in digits
        )
        written = desk.do(record, entries)
        done = door.words.plural("{n} answer was recorded.", "{n} answers were recorded.", written)
        door.answer({"recorded": written}, done)


@app.command("show")
def show(context: typer.Context, number: Annotated[str, typer.Argument(help="The household number.")]) -> None:
    """One family's answers, as your role may see them."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.clearances_of, desk.ask(household_of, digits))
        door.answer(found, *_family_lines(door.words, found))


def _family_lines(words: Words, found: queries.HouseholdClearances) -> Iterator[str]:
    if not found.complete:
        yield words("Freedom of movement: not complete")
    elif found.until is None:
        yield words("Freedom of movement: complete")
    else:
        yield words("Freedom of movement: complete until {day}", day=found.until)
    names = dict(found.people)
    for answer in found.answers:
        said = words.label("clearance_status", answer.status) if answer.status else ""
        until = words.date(answer.valid_until) if answer.valid_until else ""
        parts = (
            isolate(names.get(answer.person, answer.person)),
            words.label("authority", answer.authority),
            words.label("clearance_shown", answer.shown),
            said,
            until,
        )
        yield "  ".join(part for part in parts if part)


@app.command("list")
def list_(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help=f"One of {', '.join(clearing.WORKLISTS)}.")] = clearing.WORKLISTS[0],
) -> None:
    """Families whose clearances run out soon (ENDING), have run out, are missing before a departure, or are open."""
    if which not in clearing.WORKLISTS:
        raise typer.BadParameter(f"one of {', '.join(clearing.WORKLISTS)}", param_hint="WHICH")
    with desk_of(context) as (door, desk):
        ids = desk.ask(clearing.worklist, which)
        work = desk.ask(queries.work_lines, ids)
        families = desk.ask(household_lines, ids)
        words = door.words
        listed, lines = [], []
        for one in ids:
            if one not in families:
                continue
            family, known = families[one], work.get(one)
            open_, ends = (known.open, known.ends) if known else (0, None)
            listed.append({"number": family.number, "open": open_, "ends": ends})
            parts = (
                isolate_ltr(household_number_shown(family.number)),
                isolate(family.principal),
                words("not complete: {n}", n=open_) if open_ else "",
                words.date(ends) if ends else "",
            )
            lines.append("  ".join(part for part in parts if part))
        door.answer(listed, *lines)


@app.command("ageing")
def ageing(context: typer.Context) -> None:
    """Open answers by authority and days since they were asked for; no names."""
    with desk_of(context) as (door, desk):
        words = door.words
        found = desk.ask(queries.ageing)
        heads = (
            *(words("up to {n} days", n=days) for days in queries.AGES),
            words("longer"),
            words("day not known"),
        )
        door.answer(
            found,
            *(
                "  ".join(
                    (
                        words.label("authority", line.authority),
                        *(words("{thing}: {count}", thing=h, count=n) for h, n in zip(heads, line.counts, strict=True)),
                    )
                )
                for line in found
            ),
        )
