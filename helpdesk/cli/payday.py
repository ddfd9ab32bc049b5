"""``payday``: a distribution day, from its numbered list to what it came to, with power or on paper.

Lines keep their numbers. A list that was paid on paper is typed in by them; a line that is in already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.assistance.cash.queries import closed_end
from helpdesk.assistance.distributions import commands, queries
from helpdesk.assistance.distributions.documents import (
    DISTRIBUTION_STATE,
    LINE_STATE,
    Handed,
    Line,
    PaperLine,
    Sums,
    TypedIn,
)
from helpdesk.assistance.vouchers.finding import by_number
from helpdesk.cli.cash import pay_point_name, pay_point_of
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import as_document, desk_of, read_json, writable
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import read_number, voucher_number_shown
from helpdesk.desk.commands import View
from helpdesk.households import paper_forms
from helpdesk.opening import Desk
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.paydays import distribution_list_pdf, reconciliation_pdf

app: Final = typer.Typer(name="payday", help="Distribution days.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]
REFUSED: Final = 1

List = Annotated[str, typer.Argument(metavar="LIST", help="The number on the printed list.")]
LineNumber = Annotated[int, typer.Argument(metavar="LINE", help="The number of the line.")]
Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]
Vouchers = Annotated[list[str] | None, typer.Argument(metavar="NUMBER...", help="Numbers of vouchers.")]


def _day_of(desk: Desk, number: str) -> str:
    return desk.ask(queries.day_by_number, paper_forms.read(number))


def _voucher_ids(desk: Desk, numbers: list[str]) -> tuple[str, ...]:
    return tuple(desk.ask(_voucher_id, read_number(number).digits) for number in numbers)


def _voucher_id(view: View, number: str) -> str:
    return by_number(view.connection, number)[0]


@app.command("open")
def open_(
    context: typer.Context,
    vouchers: Vouchers = None,
    on: Annotated[datetime | None, typer.Option(formats=_DAY, help="The day, else today.")] = None,
    pay_point: Annotated[int | None, typer.Option(help="Number of the pay point; else the desk's only one.")] = None,
) -> None:
    """Make the list of a day: of the vouchers named, else of all that are payable there and on no list."""
    with desk_of(context) as (door, desk):
        point, day = pay_point_of(desk, pay_point), on.date() if on else desk.ask(lambda view: view.day)
        ids = _voucher_ids(desk, vouchers) if vouchers else desk.ask(queries.payable, point, day)
        record = desk.do(commands.open_, point, day, ids)
        found = desk.ask(queries.day_of, record)
        number = isolate_ltr(paper_forms.shown(found.distribution.number))
        door.answer(
            {"distribution": record, "number": found.distribution.number, "lines": found.sums.lines},
            door.words.plural("List {number}: {n} line", "List {number}: {n} lines", found.sums.lines, number=number),
        )


@app.command("add")
def add(
    context: typer.Context, number: List, vouchers: Annotated[list[str], typer.Argument(metavar="NUMBER...")]
) -> None:
    """Add vouchers at the end of a list."""
    with desk_of(context) as (door, desk):
        desk.do(commands.add, _day_of(desk, number), _voucher_ids(desk, vouchers))
        door.answer({"added": len(vouchers)}, door.words("Saved."))


@app.command("list")
def list_(context: typer.Context) -> None:
    """Distribution days, the newest first."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.days)
        door.answer(found, *(_day_line(door.words, one) for one in found))


def _day_line(words: Words, one: queries.DayLine) -> str:
    state = words.label(DISTRIBUTION_STATE.name, one.state)
    paid = words("{done} of {all} paid", done=one.sums.paid, all=one.sums.lines)
    return f"{isolate_ltr(paper_forms.shown(one.number))}  {words.date(one.on)}  {state}  {paid}"


@app.command("show")
def show(context: typer.Context, number: List) -> None:
    """One day with its lines."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.day_of, _day_of(desk, number))
        lines = (_line(door.words, line) for line in found.lines)
        door.answer(found, *lines, *_sums(door.words, found.sums))


def _line(words: Words, line: Line) -> str:
    voucher = isolate_ltr(voucher_number_shown(line.number)) if line.number else "-"
    amount = amount_shown(words, line.amount, line.currency)
    return (
        f"{words.digits(line.line)}  {voucher}  {isolate(line.payee)}  {amount}  "
        f"{words.label(LINE_STATE.name, line.state)}"
    )


def _sums(words: Words, sums: Sums) -> Iterator[str]:
    for state, number in (
        ("WAITING", sums.waiting),
        ("ABSENT", sums.absent),
        ("UNCLAIMED", sums.unclaimed),
        ("OUT", sums.out),
    ):
        if number:
            yield words("{thing}: {count}", thing=words.label(LINE_STATE.name, state), count=number)
    yield words("{done} of {all} paid", done=sums.paid, all=sums.lines)


@app.command("scan")
def scan(
    context: typer.Context,
    number: List,
    text: Annotated[str, typer.Argument(metavar="CODE", help="A scanned voucher or card, or a typed number.")],
) -> None:
    """The line of whoever stands at the table."""
    with desk_of(context) as (door, desk):
        line = desk.do(commands.scan, _day_of(desk, number), text)
        door.answer(line, _line(door.words, line))


@app.command("stand-for")
def stand_for(context: typer.Context, number: List) -> None:
    """Stand for today's payments as the second person, where the payer registered or planned herself."""
    with desk_of(context) as (door, desk):
        lines = desk.do(commands.stand_for, _day_of(desk, number))
        said = door.words.plural("You stand for {n} line.", "You stand for {n} lines.", lines)
        door.answer({"lines": lines}, said)


@app.command("pay")
def pay(
    context: typer.Context,
    number: List,
    line: LineNumber,
    witness: Annotated[str, typer.Option(help="Who saw the money handed over.")],
    identity: Annotated[str, typer.Option(help="SEEN or ATTESTED.")] = "SEEN",
    collector: Annotated[str, typer.Option(help="PAYEE or ALTERNATE.")] = "PAYEE",
    mark: Annotated[str, typer.Option(help="SIGNATURE or THUMB.")] = "SIGNATURE",
) -> None:
    """Pay one line."""
    with desk_of(context) as (door, desk):
        handed = Handed(witness=witness, identity=identity, collector=collector, mark=mark)
        payment = desk.do(commands.pay_line, _day_of(desk, number), line, handed)
        amount = amount_shown(door.words, payment.amount, payment.currency)
        shown = isolate_ltr(voucher_number_shown(payment.number))
        door.answer(payment, door.words("Paid {amount} for {number}.", amount=amount, number=shown))


@app.command("absent")
def absent(context: typer.Context, number: List, line: LineNumber) -> None:
    """Nobody came when this line was called."""
    with desk_of(context) as (door, desk):
        desk.do(commands.absent, _day_of(desk, number), line)
        door.answer({"absent": line}, door.words("Saved."))


@app.command("type-in")
def type_in(
    context: typer.Context,
    number: List,
    file: Annotated[Path, typer.Option(help='JSON: [{"line": 1, "witness": "...", "collector": "PAYEE"}, ...].')],
) -> None:
    """Type in lines that were paid on paper; exit code 1 where any was refused, each with its reason."""
    papers = as_document(read_json(file), tuple[PaperLine, ...], file)
    with desk_of(context) as (door, desk):
        done = commands.type_in(desk, _day_of(desk, number), papers)
        door.answer(done, *_typed(door.words, done))
    if done.refused:
        raise typer.Exit(REFUSED)


def _typed(words: Words, done: TypedIn) -> Iterator[str]:
    yield words.plural("{n} line was paid on paper.", "{n} lines were paid on paper.", len(done.paid))
    for one in done.refused:
        reason = words.sentence(Refusal(one.code, **one.values))
        yield words("Line {line}: {reason}", line=one.line, reason=reason)


@app.command("close")
def close(context: typer.Context, number: List) -> None:
    """End the day: whoever did not come is unclaimed."""
    with desk_of(context) as (door, desk):
        sums = desk.do(commands.close, _day_of(desk, number))
        door.answer(sums, *_sums(door.words, sums))


@app.command("paper")
def paper(context: typer.Context, number: List, out: Out, language: Language = None) -> None:
    """Print the numbered list to pay by."""
    writable(out)
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.day_of, _day_of(desk, number))
        name = pay_point_name(desk, found.distribution.pay_point)
        pdf = distribution_list_pdf(found, paper_words(door, language), name, practice=desk.practice)
        replace_file(out, pdf)
        door.answer({"file": out}, str(out))


@app.command("reconciliation")
def reconciliation(context: typer.Context, number: List, out: Out, language: Language = None) -> None:
    """Print what the day came to, with the cash by note and lines for two signatures."""
    writable(out)
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.day_of, _day_of(desk, number))
        point, on = found.distribution.pay_point, found.distribution.on
        end, name = desk.ask(closed_end, point, on), pay_point_name(desk, point)
        pdf = reconciliation_pdf(found, end, paper_words(door, language), name, practice=desk.practice)
        replace_file(out, pdf)
        door.answer({"file": out}, str(out))
