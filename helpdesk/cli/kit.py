"""``kit``: arrival packages as stock: received, given to families that arrived, written off, counted.

The desk gives nothing that it does not have; a count that differs is explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.assistance.kits import commands, queries
from helpdesk.assistance.kits.documents import KIT_MOVE, Stock
from helpdesk.cli.door import Door
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import read_number
from helpdesk.desk.commands import View
from helpdesk.households.cards import household_of
from helpdesk.opening import Desk
from helpdesk.printing.work_sheets import stock_card_pdf

app: Final = typer.Typer(name="kit", help="Arrival packages, counted like money.", rich_markup_mode=None)

Kits = Annotated[int, typer.Argument(metavar="PACKAGES", help="How many.")]


def _answer_stock(door: Door, desk: Desk) -> None:
    found = desk.ask(queries.stock)
    door.answer({"stock": found, "here": found.here}, *_stock_lines(door.words, found))


def _stock_lines(words: Words, found: Stock) -> Iterator[str]:
    yield words("{thing}: {count}", thing=words("Given to families"), count=found.issued)
    yield words("{thing}: {count}", thing=words("Must be here"), count=found.here)


def _moved(words: Words, line: queries.StockLine) -> str:
    given = line.what == queries.ISSUED
    what = words("Given to families") if given else words.label(KIT_MOVE.name, line.what)
    change, left = (isolate_ltr(words.digits(text)) for text in (f"{line.change:+d}", str(line.left)))
    return f"{words.date(line.on)}  {what}  {change}  {left}  {isolate(line.note)}"


def _today(view: View) -> date:
    return view.day


@app.command("receive")
def receive(
    context: typer.Context, kits: Kits, giver: Annotated[str, typer.Option("--from", help="From whom.")]
) -> None:
    """Take packages into the stock."""
    with desk_of(context) as (door, desk):
        desk.do(commands.receive, kits, giver)
        _answer_stock(door, desk)


@app.command("issue")
def issue(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The household number.")],
    kits: Annotated[int, typer.Option(help="How many packages.")] = 1,
) -> None:
    """Give packages to a family that arrived here."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        desk.do(commands.issue, desk.ask(household_of, digits), kits)
        _answer_stock(door, desk)


@app.command("write-off")
def write_off(context: typer.Context, kits: Kits, note: Annotated[str, typer.Option(help="What happened.")]) -> None:
    """Take spoiled packages out of the stock."""
    with desk_of(context) as (door, desk):
        desk.do(commands.write_off, kits, note)
        _answer_stock(door, desk)


@app.command("count")
def count(
    context: typer.Context, kits: Kits, note: Annotated[str, typer.Option(help="Why it differs, where it does.")] = ""
) -> None:
    """Say what was counted."""
    with desk_of(context) as (door, desk):
        desk.do(commands.count, kits, note)
        _answer_stock(door, desk)


@app.command("stock")
def stock(context: typer.Context) -> None:
    """How many packages must be here, and how they moved."""
    with desk_of(context) as (door, desk):
        found, card = desk.ask(queries.stock), desk.ask(queries.stock_card)
        lines = (_moved(door.words, line) for line in card)
        door.answer({"stock": found, "here": found.here, "card": card}, *lines, *_stock_lines(door.words, found))


@app.command("paper")
def paper(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")] = None,
) -> None:
    """Print the stock card."""
    writable(out)
    with desk_of(context) as (door, desk):
        card, found, day = desk.ask(queries.stock_card), desk.ask(queries.stock), desk.ask(_today)
        replace_file(out, stock_card_pdf(card, found, paper_words(door, language), day, practice=desk.practice))
        door.answer({"file": out}, str(out))
