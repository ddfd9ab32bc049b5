"""``attendance``: cash-for-work sheets, from the people of a work to the vouchers for their days.

Who entered the days does not sign them, and nobody is paid twice for one day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.assistance.attendance import commands, queries
from helpdesk.assistance.attendance.documents import SHEET_STATE, WorkForm
from helpdesk.cli.cash import pay_point_of
from helpdesk.cli.household import paper_words
from helpdesk.cli.places import place_of
from helpdesk.cli.session import as_document, desk_of, read_json, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households import paper_forms
from helpdesk.printing.work_sheets import work_sheet_pdf

app: Final = typer.Typer(name="attendance", help="Cash-for-work: who worked, and for how long.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]

Sheet = Annotated[str, typer.Argument(metavar="SHEET", help="Id, as open and list show it.")]


@app.command("open")
def open_(
    context: typer.Context,
    persons: Annotated[list[str], typer.Argument(metavar="PERSON...", help="Ids of persons, as household show tells.")],
    place: Annotated[str, typer.Option(help="Id or name of the place, or any words.")],
    work: Annotated[str, typer.Option(help="What is done.")],
    first: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day.")],
    last: Annotated[datetime, typer.Option("--until", formats=_DAY, help="The last day.")],
    pay_point: Annotated[
        int | None, typer.Option(help="Where it will be paid; else the desk's only pay point.")
    ] = None,
) -> None:
    """Open a sheet for people who will work."""
    with desk_of(context) as (door, desk):
        form = WorkForm(
            place_of(desk, place), work, first.date(), last.date(), pay_point_of(desk, pay_point), tuple(persons)
        )
        sheet = desk.do(commands.open_, form)
        number = desk.ask(queries.sheet_of, sheet).sheet.number
        said = door.words("Sheet {number}: {id}", number=isolate_ltr(paper_forms.shown(number)), id=isolate_ltr(sheet))
        door.answer({"sheet": sheet, "number": number}, said)


@app.command("enter")
def enter(
    context: typer.Context,
    sheet: Sheet,
    file: Annotated[Path, typer.Option(help='JSON: the days by line, {"1": ["2026-11-21"]}.')],
    foreman: Annotated[str, typer.Option(help="The foreman's name as signed.")],
) -> None:
    """Enter the days of a sheet by its line numbers."""
    days = as_document(read_json(file), dict[str, tuple[date, ...]], file)
    with desk_of(context) as (door, desk):
        lines = {str(worker.line): worker.person for worker in desk.ask(queries.sheet_of, sheet).workers}
        unknown = sorted(set(days) - set(lines))
        if unknown:
            raise typer.BadParameter(f"no line {unknown[0]}", param_hint="--file")
        desk.do(commands.enter, sheet, foreman, {lines[line]: worked for line, worked in days.items()})
        found = desk.ask(queries.sheet_of, sheet)
        door.answer(
            {"sheet": sheet, "person_days": found.sheet.person_days},
            door.words.plural("{n} day of work", "{n} days of work", found.sheet.person_days),
        )


@app.command("sign")
def sign(context: typer.Context, sheet: Sheet) -> None:
    """Stand for the days of a sheet, as a supervisor who did not enter them."""
    with desk_of(context) as (door, desk):
        desk.do(commands.sign, sheet)
        door.answer({"signed": sheet}, door.words("Saved."))


@app.command("plan")
def plan(context: typer.Context, sheet: Sheet) -> None:
    """Plan the vouchers of a signed sheet."""
    with desk_of(context) as (door, desk):
        planned = desk.do(commands.plan, sheet)
        said = door.words.plural("{n} voucher was planned.", "{n} vouchers were planned.", len(planned))
        door.answer({"vouchers": planned}, said)


@app.command("drop")
def drop(context: typer.Context, sheet: Sheet, reason: Annotated[str, typer.Option(help="Why; it is kept.")]) -> None:
    """Declare a sheet a mistake."""
    with desk_of(context) as (door, desk):
        desk.do(commands.drop, sheet, reason)
        door.answer({"dropped": sheet}, door.words("Saved."))


@app.command("list")
def list_(
    context: typer.Context, state: Annotated[str | None, typer.Option(help=f"One of {', '.join(SHEET_STATE)}.")] = None
) -> None:
    """Sheets, the newest first."""
    if state is not None and state not in SHEET_STATE:
        raise typer.BadParameter(f"one of {', '.join(SHEET_STATE)}", param_hint="--state")
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.sheets, state)
        door.answer(found, *(_line(door.words, one) for one in found))


def _line(words: Words, one: queries.SheetLine) -> str:
    number, state = isolate_ltr(paper_forms.shown(one.number)), words.label(SHEET_STATE.name, one.state)
    days = words.plural("{n} day of work", "{n} days of work", one.person_days)
    return f"{isolate_ltr(one.id)}  {number}  {isolate(one.work)}  {words.date(one.first)}  {state}  {days}"


@app.command("show")
def show(context: typer.Context, sheet: Sheet) -> None:
    """One sheet with its people and their days."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.sheet_of, sheet)
        door.answer(found, *_workers(door.words, found))


def _workers(words: Words, found: queries.SheetShown) -> Iterator[str]:
    for worker in found.workers:
        number = isolate_ltr(household_number_shown(worker.household_number))
        days = words.plural("{n} day of work", "{n} days of work", len(worker.days))
        yield f"{words.digits(worker.line)}  {number}  {isolate(worker.name)}  {days}"


@app.command("sheet")
def sheet_paper(
    context: typer.Context,
    sheet: Sheet,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")] = None,
) -> None:
    """Print the sheet to mark at the work."""
    writable(out)
    with desk_of(context) as (door, desk):
        found, words = desk.ask(queries.sheet_of, sheet), paper_words(door, language)
        replace_file(out, work_sheet_pdf(found, words, practice=desk.practice))
        door.answer({"file": out}, str(out))
