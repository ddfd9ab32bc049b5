"""``cash``: what came into a pay point's box and went back, the day's end counted by note, and its second signature.

Notes are told as NOTE:PIECES, for example 25000:40. A day that does not add up is closed with an explanation or not at
all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.assistance.cash import balance, commands, queries
from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.cash.documents import DayEnd
from helpdesk.assistance.cash.kinds import IN
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.desk.commands import View
from helpdesk.opening import Desk
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.paydays import box_notes, day_end_pdf

app: Final = typer.Typer(name="cash", help="Cash in the box, and the day's end.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]

Point = Annotated[int | None, typer.Option("--pay-point", help="Number of the pay point; else the desk's only one.")]
Notes = Annotated[list[str], typer.Argument(metavar="NOTE:PIECES...", help="For example 25000:40.")]
CountId = Annotated[str, typer.Argument(metavar="COUNT", help="Id, as count and list show it.")]
On = Annotated[datetime | None, typer.Option(formats=_DAY, help="The day, else today.")]


def pay_point_of(desk: Desk, given: int | None) -> int:
    """The pay point that is meant. Raises Refusal("voucher.pay_point") where the desk has none or several."""
    points = desk.ask(View.in_force).desk.pay_points
    if given is not None:
        return given
    if len(points) != 1:
        raise Refusal("voucher.pay_point")
    return points[0].number


def pay_point_name(desk: Desk, number: int) -> str:
    """A pay point's name, its number where the bundle names none."""
    points = {point.number: point.name for point in desk.ask(View.in_force).desk.pay_points}
    return points.get(number, str(number))


def _pieces(told: list[str]) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for one in told:
        note, _, number = one.partition(":")
        if not (note.isascii() and note.isdigit() and number.isascii() and number.isdigit()) or note in pieces:
            raise typer.BadParameter("NOTE:PIECES, each note once", param_hint="NOTE:PIECES")
        pieces[note] = int(number)
    return pieces


def _day(on: datetime | None) -> date | None:
    return on.date() if on is not None else None


@app.command("receive")
def receive(
    context: typer.Context,
    notes: Notes,
    giver: Annotated[str, typer.Option("--from", help="Who handed it over.")],
    pay_point: Point = None,
) -> None:
    """Take cash into the box."""
    pieces = _pieces(notes)
    with desk_of(context) as (door, desk):
        record = desk.do(commands.receive, pay_point_of(desk, pay_point), pieces, giver)
        door.answer({"cash": record}, door.words("Saved."))


@app.command("give-back")
def give_back(
    context: typer.Context,
    notes: Notes,
    receiver: Annotated[str, typer.Option("--to", help="Who took it over.")],
    pay_point: Point = None,
) -> None:
    """Give cash back out of the box."""
    pieces = _pieces(notes)
    with desk_of(context) as (door, desk):
        record = desk.do(commands.give_back, pay_point_of(desk, pay_point), pieces, receiver)
        door.answer({"cash": record}, door.words("Saved."))


@app.command("show")
def show(context: typer.Context, pay_point: Point = None, on: On = None) -> None:
    """What must be in the box and the drawer, before anything is counted."""
    with desk_of(context) as (door, desk):
        end = desk.ask(queries.box, pay_point_of(desk, pay_point), _day(on))
        door.answer(end, *_expected(door.words, end))


def _expected(words: Words, end: DayEnd) -> Iterator[str]:
    box, papers = end.box, end.papers
    for label, amount in (
        (words("In the box before"), box.opening),
        (words("Received"), box.received),
        (words("Paid"), box.paid),
        (words("Returned"), box.returned),
        (words("Must be there"), box.should_hold),
    ):
        yield words("{thing}: {count}", thing=label, count=amount_shown(words, amount, CURRENCY))
    for label, number in (
        (words("Papers printed"), papers.printed),
        (words("Papers paid"), papers.paid),
        (words("Papers void"), papers.void),
        (words("Papers with families"), papers.with_families),
        (words("Papers that must be here"), papers.in_stock),
    ):
        yield words("{thing}: {count}", thing=label, count=number)
    for flaw in end.flaws:
        yield f"{words.label('ledger_flaw', flaw.code)}  {isolate_ltr(flaw.number)}"


@app.command("count")
def count(
    context: typer.Context,
    notes: Notes,
    papers: Annotated[int, typer.Option(help="Unpaid papers that lie at the desk.")],
    explanation: Annotated[str, typer.Option(help="Why it does not add up, where it does not.")] = "",
    pay_point: Point = None,
    on: On = None,
) -> None:
    """Count the end of a day; it is closed once a second person signs."""
    pieces = _pieces(notes)
    with desk_of(context) as (door, desk):
        record = desk.do(commands.count, pay_point_of(desk, pay_point), pieces, papers, explanation, _day(on))
        shown = desk.ask(queries.day_end, record)
        door.answer({"count": record, "day_end": shown}, isolate_ltr(record), *_shown(door.words, shown))


def _shown(words: Words, shown: queries.DayEndShown | None) -> Iterator[str]:
    if shown is not None:
        yield from box_notes(shown, words)
        for code in shown.differences:
            yield words.label(balance.DIFFERENCE.name, code)


@app.command("sign")
def sign(context: typer.Context, record: CountId) -> None:
    """Sign a count as the second person: the day is closed."""
    with desk_of(context) as (door, desk):
        vouchers = desk.do(commands.sign, record)
        shown = desk.ask(queries.day_end, record)
        done = door.words.plural("{n} voucher was reconciled.", "{n} vouchers were reconciled.", vouchers)
        door.answer({"reconciled": vouchers, "day_end": shown}, done, *_shown(door.words, shown))


@app.command("correct")
def correct(
    context: typer.Context,
    record: CountId,
    reason: Annotated[str, typer.Option(help="What turned out; it is kept.")],
    amount: Annotated[int, typer.Option(help="Dinars more in the box, below zero fewer.")] = 0,
    papers: Annotated[int, typer.Option(help="Papers more at the desk, below zero fewer.")] = 0,
) -> None:
    """Note what turned out later about the last closed day; it stays closed."""
    with desk_of(context) as (door, desk):
        correction = desk.do(commands.correct, record, amount, papers, reason)
        door.answer({"correction": correction}, door.words("Saved."))


@app.command("list")
def list_(
    context: typer.Context, pay_point: Annotated[int | None, typer.Option(help="Of one pay point.")] = None
) -> None:
    """Counts, the newest first, and the days that nobody has closed."""
    with desk_of(context) as (door, desk):
        ends, open_days = desk.ask(queries.day_ends, pay_point), desk.ask(queries.open_days)
        lines = [_line(door.words, one) for one in ends]
        lines += [
            door.words("Not closed: {day}, pay point {point}", day=one.on, point=one.pay_point) for one in open_days
        ]
        door.answer({"ends": ends, "open": open_days}, *lines)


def _line(words: Words, one: queries.DayEndShown) -> str:
    state = words("closed") if one.closed else words("waits for the second signature")
    difference = amount_shown(words, one.end.variance, CURRENCY)
    return f"{isolate_ltr(one.id)}  {words.date(one.end.on)}  {words.digits(one.end.pay_point)}  {state}  {difference}"


@app.command("moves")
def moves(
    context: typer.Context, pay_point: Annotated[int | None, typer.Option(help="Of one pay point.")] = None
) -> None:
    """Cash that came in and went back, the newest first."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.moves, pay_point)
        door.answer(found, *(_move(door.words, one) for one in found))


def _move(words: Words, one: queries.Move) -> str:
    what = words("Received") if one.what == IN else words("Returned")
    return f"{words.date(one.on)}  {what}  {amount_shown(words, one.amount, CURRENCY)}  {isolate(one.name)}"


@app.command("paper")
def paper(
    context: typer.Context,
    record: CountId,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")] = None,
) -> None:
    """Print a day's end, with lines for two signatures."""
    writable(out)
    with desk_of(context) as (door, desk):
        shown = desk.ask(queries.day_end, record)
        if shown is None:
            raise Refusal("cash.no_count")
        name = pay_point_name(desk, shown.end.pay_point)
        replace_file(out, day_end_pdf(shown, paper_words(door, language), name, practice=desk.practice))
        door.answer({"file": out}, str(out))
