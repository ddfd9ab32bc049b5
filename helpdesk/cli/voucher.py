"""``voucher``: plan, approve, print, pay, void, check and list grant vouchers; the rest of its life is voucher_life.py.

Nobody types an amount. ``check`` exits 0 only for a voucher that is genuine, unpaid and payable here today.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.assistance.vouchers import approving, checks, mishaps, numbering, paying, planning
from helpdesk.assistance.vouchers.codes import STATE as VOUCHER_STATE
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.lines import VoucherLine, listed
from helpdesk.assistance.vouchers.verdicts import VOUCHER_SENTENCES
from helpdesk.cli import voucher_life, voucher_lists
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number, voucher_number_shown
from helpdesk.desk.commands import View
from helpdesk.households.cards import household_of
from helpdesk.households.queries import lines as household_lines
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.faces import voucher_face
from helpdesk.printing.vouchers import VoucherLayout, vouchers_pdf

app: Final = typer.Typer(name="voucher", help="Grant vouchers, from the plan to the payment.", rich_markup_mode=None)
REFUSED: Final = 1

Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as plan and list show them.")]


class Layout(StrEnum):
    """What the printer holds: A4 sheets of three vouchers with counterfoils, A6, or a roll of 80 mm."""

    A4 = "a4"
    A6 = "a6"
    ROLL = "roll"


_LAYOUTS: Final = {Layout.A4: VoucherLayout.A4_THREE, Layout.A6: VoucherLayout.A6, Layout.ROLL: VoucherLayout.ROLL}


class PrintedVouchers(Struct, frozen=True):
    """The answer to ``print``."""

    file: str
    vouchers: tuple[PrintedVoucher, ...]


class ListedVoucher(Struct, frozen=True):
    """One line of ``list``: the voucher, and the number of its household."""

    voucher: VoucherLine
    household_number: str | None


@app.command("plan")
def plan(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The household number.")],
    grant: Annotated[str, typer.Option(help="The grant, for example DEP.")],
    pay_point: Annotated[int, typer.Option(help="Number of the pay point.")],
) -> None:
    """Plan a voucher; the amount comes from the centre's table."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        voucher = desk.do(planning.plan, desk.ask(household_of, digits), grant, pay_point)
        door.answer({"voucher": voucher}, door.words("Planned: {voucher}", voucher=isolate_ltr(voucher)))


@app.command("approve")
def approve(context: typer.Context, ids: Ids) -> None:
    """Approve planned vouchers: all of them or none."""
    with desk_of(context) as (door, desk):
        desk.do(approving.approve, tuple(dict.fromkeys(ids)))
        count = len(set(ids))
        done = door.words.plural("{n} voucher was approved.", "{n} vouchers were approved.", count)
        door.answer({"approved": tuple(dict.fromkeys(ids))}, done)


@app.command("print")
def print_vouchers(
    context: typer.Context,
    ids: Ids,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the vouchers, else that of the answers.")] = None,
    layout: Annotated[Layout, typer.Option(help="What the printer holds.")] = Layout.A4,
) -> None:
    """Give approved vouchers their numbers and print them."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        printed = desk.do(numbering.print_, tuple(dict.fromkeys(ids)))
        points = desk.ask(View.in_force).desk.pay_points
        faces = [voucher_face(voucher, points, words, practice=desk.practice) for voucher in printed]
        with door.progress() as progress:
            replace_file(out, vouchers_pdf(faces, words, _LAYOUTS[layout], progress=progress))
        lines = (f"{_number(voucher.number)}  {voucher.id}" for voucher in printed)
        door.answer(PrintedVouchers(str(out), printed), *lines, str(out))


@app.command("pay")
def pay(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The number on the voucher.")],
    witness: Annotated[str, typer.Option(help="Who saw the money handed over.")],
    identity: Annotated[str, typer.Option(help="SEEN: an ID was seen; ATTESTED: the principal said who it is.")],
    collector: Annotated[str, typer.Option(help="PAYEE or ALTERNATE.")] = "PAYEE",
    mark: Annotated[str, typer.Option(help="SIGNATURE or THUMB.")] = "SIGNATURE",
) -> None:
    """Pay a voucher whose code was checked."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        payment = desk.do(paying.pay, digits, witness, identity, collector=collector, mark=mark)
        amount = amount_shown(door.words, payment.amount, payment.currency)
        door.answer(payment, door.words("Paid {amount} for {number}.", amount=amount, number=_number(payment.number)))


@app.command("void")
def void(
    context: typer.Context,
    voucher: Annotated[str, typer.Argument(metavar="ID", help="Id, as plan and list show it.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
) -> None:
    """Declare a voucher void before it is paid."""
    with desk_of(context) as (door, desk):
        desk.do(mishaps.void, voucher, reason)
        door.answer({"void": voucher}, door.words("The voucher is void."))


@app.command("check")
def check(context: typer.Context, digits: Annotated[str, typer.Argument(help="A scanned code or a number.")]) -> None:
    """The verdict on a voucher. Exit code 0 only for genuine and live; a typed number is not verified."""
    with desk_of(context) as (door, desk):
        verdict = desk.do(checks.check, digits)
        door.answer(verdict, *_verdict_lines(door.words, verdict))
    if not verdict.good:
        raise typer.Exit(REFUSED)


def _verdict_lines(words: Words, verdict: checks.Verdict) -> list[str]:
    lines = [words.label("voucher_verdict", verdict.code), words(VOUCHER_SENTENCES[verdict.code])]
    if verdict.number:
        lines.append(words("Voucher {number}", number=_number(verdict.number)))
    if verdict.amount is not None and verdict.currency is not None:
        lines.append(amount_shown(words, verdict.amount, verdict.currency))
    if verdict.first_day and verdict.last_day:
        lines.append(words("Payable from {first} to {last}", first=verdict.first_day, last=verdict.last_day))
    if verdict.paid_on and verdict.paid_at is not None:
        lines.append(words("Paid on {day} at pay point {point}", day=verdict.paid_on, point=verdict.paid_at))
    if verdict.may_be_rerouted:
        lines.append(words("A supervisor and a second account may take it in here."))
    if verdict.maybe_paid:
        lines.append(words("It may have been paid elsewhere: ask a supervisor. List of {day}.", day=verdict.maybe_paid))
    if verdict.paid_twice:
        lines.append(words("It was paid more than once: a supervisor settles the case."))
    if verdict.lists_of:
        lines.append(words("Lists of {day}", day=verdict.lists_of))
    return lines


@app.command("list")
def list_(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help="PLANNED, APPROVED, PRINTED, PAID and so on.")] = None,
) -> None:
    """The newest vouchers, of one state or of all."""
    if state is not None and state not in VOUCHER_STATE:
        raise typer.BadParameter(f"one of {', '.join(VOUCHER_STATE)}", param_hint="--state")
    with desk_of(context) as (door, desk):
        found = desk.ask(listed, state)
        families = desk.ask(household_lines, list({line.household for line in found}))
        shown = tuple(
            ListedVoucher(line, families[line.household].number if line.household in families else None)
            for line in found
        )
        door.answer(shown, *(_listed_line(door.words, line) for line in shown))


def _listed_line(words: Words, line: ListedVoucher) -> str:
    voucher = line.voucher
    household = isolate_ltr(household_number_shown(line.household_number)) if line.household_number else "-"
    number = _number(voucher.number) if voucher.number else "-"
    state = words.label("voucher_state", voucher.state)
    return (
        f"{voucher.id}  {number}  {household}  {words.digits(voucher.amount)}  {state}  {words.date(voucher.last_day)}"
    )


def _number(number: str) -> str:
    return isolate_ltr(voucher_number_shown(number))


for _name, _function in voucher_life.COMMANDS:
    app.command(_name)(_function)
app.command("print-list")(voucher_lists.print_list)
