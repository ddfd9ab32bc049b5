"""``voucher``: what becomes of a voucher once it has a number, and the ledger that keeps every act on it.

``verify`` exits 0 only for a ledger in which nothing is wrong. Which acts are open to whom the commands decide.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from helpdesk.assistance.vouchers import ledger, lines, mishaps, numbering, paying, rerouting, verifying
from helpdesk.assistance.vouchers.documents import LedgerEntry
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.cli.door import Door
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.core.numbers import read_number, voucher_number_shown
from helpdesk.desk.commands import View
from helpdesk.opening import Desk
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.faces import voucher_face
from helpdesk.printing.vouchers import VoucherLayout, vouchers_pdf

REFUSED: Final = 1

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The number on the voucher.")]
Numbers = Annotated[list[str], typer.Argument(metavar="NUMBER...", help="The numbers on the vouchers.")]
Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the voucher, else that of the answers.")]
Mark = Annotated[str, typer.Option(help="SIGNATURE or THUMB.")]


def issue(context: typer.Context, number: Number, mark: Mark = "SIGNATURE") -> None:
    """Hand the paper to its payee, who has seen the amount and signed for it."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        desk.do(paying.issue, digits, mark)
        door.answer({"issued": digits}, door.words("The voucher was handed over."))


def witness(context: typer.Context, numbers: Numbers) -> None:
    """Stand for payments that a colleague makes today, where she registered or planned herself."""
    digits = tuple(read_number(number).digits for number in numbers)
    with desk_of(context) as (door, desk):
        desk.do(paying.witness, digits)
        done = door.words.plural(
            "You stand for the payment of {n} voucher today.",
            "You stand for the payment of {n} vouchers today.",
            len(set(digits)),
        )
        door.answer({"witnessed": digits}, done)


def lost(context: typer.Context, number: Number) -> None:
    """Report a paper lost: nobody is paid for it from now on."""
    _by_id(context, number, mishaps.lose, lambda words: words("The paper is reported lost. Nobody is paid for it."))


def unclaim(context: typer.Context, number: Number) -> None:
    """Nobody came for a voucher on its day."""
    _by_id(context, number, mishaps.unclaim, lambda words: words("The voucher was not collected."))


def put_back(context: typer.Context, number: Number) -> None:
    """Return an unclaimed voucher to stock, its cash being in the box again."""
    _by_id(context, number, mishaps.put_back, lambda words: words("The voucher is in stock again."))


def dispute(
    context: typer.Context, number: Number, what: Annotated[str, typer.Option(help="What is not right; it is kept.")]
) -> None:
    """Stop a voucher of which somebody says that it is not right."""
    _by_id(context, number, mishaps.dispute, lambda words: words("The voucher is stopped until it is settled."), what)


def settle(
    context: typer.Context,
    number: Number,
    how: Annotated[str, typer.Option(help="STANDS: it is what it was; VOID: it is void.")],
) -> None:
    """Settle a dispute."""
    _by_id(context, number, mishaps.settle, lambda words: words("The dispute is settled."), how)


def reprint(context: typer.Context, number: Number, out: Out, language: Language = None) -> None:
    """Print a spoiled voucher again, under a new number; the old one is void."""
    writable(out)
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        _print(door, desk, desk.do(numbering.reprint, digits), out, language)


def replace(context: typer.Context, number: Number, out: Out, language: Language = None) -> None:
    """Print another voucher for one that was reported lost, under a new number."""
    writable(out)
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        face = desk.do(mishaps.replace, desk.ask(lines.voucher_of, digits).id)
        _print(door, desk, face, out, language)


def reroute(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The scanned code of the voucher.")],
    to: Annotated[int, typer.Option(help="Number of the pay point that takes it in.")],
) -> None:
    """Take in a voucher of another pay point; a second account confirms it."""
    with desk_of(context) as (door, desk):
        taken = desk.do(rerouting.take_in, code, to)
        door.answer(
            {"rerouting": taken}, door.words("Taken in: {id}. Another account confirms it.", id=isolate_ltr(taken))
        )


def confirm_reroute(
    context: typer.Context, taken: Annotated[str, typer.Argument(metavar="ID", help="The id that reroute gave.")]
) -> None:
    """Stand for a voucher of another pay point that a supervisor took in; then it is paid here."""
    with desk_of(context) as (door, desk):
        number = desk.do(rerouting.confirm, taken)
        shown = isolate_ltr(voucher_number_shown(number))
        door.answer({"number": number}, door.words("Voucher {number} is paid at this pay point.", number=shown))


def show(context: typer.Context, number: Number) -> None:
    """One voucher and everything that was done to it."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        voucher = desk.ask(lines.voucher_of, digits)
        entries = desk.ask(ledger.entries_of, voucher.id)
        words = door.words
        door.answer(
            {"voucher": voucher, "ledger": entries},
            isolate_ltr(voucher_number_shown(digits)),
            words.label("voucher_state", voucher.state),
            amount_shown(words, voucher.amount, voucher.currency),
            words("Payable from {first} to {last}", first=voucher.first_day, last=voucher.last_day),
            *(_entry_line(words, entry) for entry in entries),
        )


def show_ledger(
    context: typer.Context,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="How many entries at most.")] = 200,
) -> None:
    """This desk's entries, the newest first."""
    with desk_of(context) as (door, desk):
        entries = desk.ask(ledger.newest, most)
        door.answer(entries, *(_entry_line(door.words, entry) for entry in entries))


def verify(context: typer.Context) -> None:
    """Look through the ledger. Exit code 0 only where nothing was changed, removed or forged."""
    with desk_of(context) as (door, desk):
        found = desk.ask(verifying.flaws)
        sound = door.words("Nothing is wrong with the ledger.")
        door.answer(found, *([_flaw_line(door.words, flaw) for flaw in found] or [sound]))
    if found:
        raise typer.Exit(REFUSED)


COMMANDS: Final[tuple[tuple[str, Callable[..., None]], ...]] = (
    ("reprint", reprint),
    ("issue", issue),
    ("witness", witness),
    ("lost", lost),
    ("replace", replace),
    ("unclaim", unclaim),
    ("return", put_back),
    ("dispute", dispute),
    ("settle", settle),
    ("reroute", reroute),
    ("confirm-reroute", confirm_reroute),
    ("show", show),
    ("ledger", show_ledger),
    ("verify", verify),
)


def _by_id(context: typer.Context, number: str, act: Any, said: Callable[[Words], str], *arguments: str) -> None:
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        desk.do(act, desk.ask(lines.voucher_of, digits).id, *arguments)
        door.answer({"voucher": digits}, said(door.words))


def _print(door: Door, desk: Desk, printed: PrintedVoucher, out: Path, language: str | None) -> None:
    words = paper_words(door, language)
    points = desk.ask(View.in_force).desk.pay_points
    face = voucher_face(printed, points, words, practice=desk.practice)
    replace_file(out, vouchers_pdf([face], words, VoucherLayout.A6))
    door.answer({"file": str(out), "voucher": printed}, isolate_ltr(voucher_number_shown(printed.number)), str(out))


def _entry_line(words: Words, entry: LedgerEntry) -> str:
    number = isolate_ltr(voucher_number_shown(entry.number)) if entry.number else "-"
    act, state = words.label("voucher_act", entry.act), words.label("voucher_state", entry.state)
    return f"{words.digits(entry.n)}  {words.date(entry.on)}  {number}  {words.digits(entry.amount)}  {act}  {state}"


def _flaw_line(words: Words, flaw: verifying.Flaw) -> str:
    number = isolate_ltr(voucher_number_shown(flaw.number)) if flaw.number else "-"
    where = isolate_ltr(f"{flaw.device} {flaw.n}") if flaw.device else isolate_ltr(flaw.record)
    return f"{words.label('ledger_flaw', flaw.code)}  {number}  {where}"
