"""``grant``: what is due to a family and why, planning for many, approving with a sample, the table, other cash.

Amounts are the signed table's; nobody types one. What a family says of the ministry's own grant is only noted.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.assistance.grants import commands
from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.grants.documents import MinistryNote
from helpdesk.assistance.grants.policy import percents_of
from helpdesk.assistance.vouchers import approving, entitlements, lines, planning
from helpdesk.cli.door import Door
from helpdesk.cli.household import paper_words
from helpdesk.cli.service import DAY
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.clock import day_of
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.desk.bundle import GrantAmount, GrantPolicy
from helpdesk.desk.commands import View
from helpdesk.desk.users import same_names
from helpdesk.households.cards import household_of
from helpdesk.households.codes import YES_NO
from helpdesk.households.queries import lines as household_lines
from helpdesk.opening import Desk
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.faces import helplines_of
from helpdesk.printing.grants import answer_shown, grants_slip, language_of
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="grant", help="Grants: what is due and why, for one or many.", rich_markup_mode=None)
Number = Annotated[str, typer.Argument(help="The household number.")]
YesNo = Annotated[str | None, typer.Option(help=f"One of {', '.join(YES_NO)}.")]


class Approved(Struct, frozen=True):
    """The answer to ``approve``: what is approved, and what of the sample was opened or is still to be opened."""

    approved: tuple[str, ...]
    opened: tuple[approving.Opened, ...] = ()
    same_names: tuple[tuple[str, ...], ...] = ()


@app.command("why")
def why(
    context: typer.Context,
    number: Number,
    out: Annotated[Path | None, typer.Option(help="Write the family's slip, a PDF.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the slip, else the family's own.")] = None,
) -> None:
    """What is due to a family today and what is not, with the reason for each."""
    if out is not None:
        writable(out)
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        found = desk.ask(entitlements.why, desk.ask(household_of, digits))
        if out is not None:
            words = paper_words(door, language or language_of(found))
            slip = grants_slip(words, found, helplines_of(desk.ask(View.in_force)), practice=desk.practice)
            replace_file(out, slip_pdf(slip, words))
        words = door.words
        answers = (f"{words.label(GRANT.name, one.answer.grant)}: {answer_shown(words, one)}" for one in found.grants)
        door.answer(found, *answers, *([str(out)] if out is not None else []))


@app.command("plan")
def plan(
    context: typer.Context,
    grant: Annotated[str, typer.Option(help=f"One of {', '.join(GRANT)}.")],
    pay_point: Annotated[int, typer.Option(help="Number of the pay point.")],
    numbers: Annotated[list[str] | None, typer.Argument(metavar="NUMBER...", help="Household numbers.")] = None,
    movement: Annotated[str | None, typer.Option(help="Everybody on this movement to whom it is due.")] = None,
    site: Annotated[str | None, typer.Option(help="Everybody of this site (its id) to whom it is due.")] = None,
    arrived: Annotated[bool, typer.Option(help="Everybody who arrived and to whom it is due.")] = False,
) -> None:
    """Plan a grant for families; who is not entitled is told why and holds nobody back."""
    if sum((bool(numbers), movement is not None, site is not None, arrived)) != 1:
        raise typer.BadParameter("numbers, or one of --movement, --site, --arrived", param_hint="NUMBER")
    digits = [read_number(number).digits for number in numbers or ()]
    with desk_of(context) as (door, desk):
        families = tuple(desk.ask(household_of, one) for one in digits) or _families(desk, movement, site)
        if not digits:
            families = desk.ask(entitlements.due_among, families, grant)
        planned = desk.do(planning.plan_many, families, grant, pay_point)
        door.answer(planned, *_planned_lines(door, desk, planned))


def _families(desk: Desk, movement: str | None, site: str | None) -> tuple[str, ...]:
    if movement is not None:
        return desk.ask(entitlements.families_of_movement, movement)
    if site is not None:
        return desk.ask(entitlements.families_of_site, site)
    return desk.ask(entitlements.families_arrived)


def _planned_lines(door: Door, desk: Desk, planned: planning.Planned) -> list[str]:
    words, count = door.words, len(planned.vouchers)
    known = desk.ask(household_lines, [one.household for one in planned.refused])
    said = [words.plural("{n} voucher was planned.", "{n} vouchers were planned.", count), *planned.vouchers]
    for one in planned.refused:
        number = household_number_shown(known[one.household].number) if one.household in known else one.household
        said.append(f"{isolate_ltr(number)}: {isolate(words.sentence(Refusal(one.code, **one.values)))}")
    return said


@app.command("approve")
def approve(
    context: typer.Context,
    vouchers: Annotated[list[str] | None, typer.Argument(metavar="ID...", help="Ids; else all that you may.")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Open the sample of the list; approve nothing yet.")] = False,
    right: Annotated[list[str] | None, typer.Option(help="What an opened voucher showed as seen: it is right.")] = None,
    wrong: Annotated[list[str] | None, typer.Option(help="What an opened voucher showed as seen: it is wrong.")] = None,
) -> None:
    """Approve a list of planned vouchers, all or none, once those of its sample were opened and confirmed."""
    with desk_of(context) as (door, desk):
        listed = tuple(dict.fromkeys(vouchers or _own_to_approve(desk)))
        opened = tuple(desk.do(approving.open_sample, one) for one in desk.ask(approving.sample_of, listed))
        for one in opened:
            for said, is_right in ((right, True), (wrong, False)):
                if one.seen in (said or ()):
                    desk.do(approving.confirm_sample, listed, one.id, one.seen, is_right)
        if not sample:
            desk.do(approving.approve, listed)
        names = tuple(tuple(account.name for account in accounts) for accounts in desk.ask(same_names))
        words, count = door.words, len(listed)
        done = words.plural("{n} voucher was approved.", "{n} vouchers were approved.", count)
        told = [_opened_line(words, one) for one in opened] if sample else [done]
        door.answer(Approved(() if sample else listed, opened, names), *told, *_names_told(words, names))


def _own_to_approve(desk: Desk) -> list[str]:
    ids = desk.ask(lines.voucher_ids, "PLANNED")
    shown = desk.ask(lines.voucher_lines, ids)
    return [one for one in ids if one in shown and not shown[one].own]


def _opened_line(words: Words, one: approving.Opened) -> str:
    number = isolate_ltr(household_number_shown(one.household_number))
    amount = amount_shown(words, one.voucher.amount, one.voucher.currency)
    persons = words.plural("{n} person", "{n} persons", one.persons)
    label = words.label(GRANT.name, one.voucher.grant)
    return f"{one.id}  {number}  {isolate(one.payee)}  {persons}  {label}  {amount}  {one.seen}"


def _names_told(words: Words, names: tuple[tuple[str, ...], ...]) -> list[str]:
    return [
        words("These accounts carry one name: {names}. Make sure that they are two people.", names=words.listed(one))
        for one in names
    ]


@app.command("policy")
def policy(context: typer.Context) -> None:
    """The table of grants in force here, as the centre signed it."""
    with desk_of(context) as (door, desk):
        policies = desk.ask(View.in_force).grants
        shown = [line for one in policies for line in _policy_lines(door.words, one)]
        door.answer(policies, *shown)


def _policy_lines(words: Words, one: GrantPolicy) -> list[str]:
    days = words("from {first} to {last}", first=day_of(one.from_day), last=day_of(one.to_day))
    parts = words.listed(words.digits(f"{percent} %") for percent in percents_of(one))
    return [
        f"{words.label(GRANT.name, one.type)}  {isolate(days)}  {isolate_ltr(parts)}",
        *(f"  {_row(words, row)}  {amount_shown(words, row.amount, one.currency)}" for row in one.amounts),
    ]


def _row(words: Words, row: GrantAmount) -> str:
    size = words("{first} to {last} persons", first=row.from_size, last=row.to_size)
    if row.days is not None:
        return f"{size}  {words('each day of work, at most {days}', days=row.days)}"
    if row.to_km is not None:
        return f"{size}  {words('{first} to below {last} km', first=row.from_km, last=row.to_km)}"
    return f"{size}  {words('from {first} km', first=row.from_km)}" if row.from_km else size


@app.command("reason")
def reason(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Option(help="Why other cash is due; supervisors can read it, it is never printed.")],
) -> None:
    """Say why other cash is due to a family; it may then be planned once."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        record = desk.do(commands.give_reason, desk.ask(household_of, digits), text)
        door.answer({"reason": record}, door.words("The reason is written down; other cash may be planned once."))


@app.command("momd")
def momd(
    context: typer.Context,
    number: Number,
    registered: YesNo = None,
    file_closed: YesNo = None,
    return_registered: YesNo = None,
    q_card: YesNo = None,
    received: YesNo = None,
    received_on: Annotated[datetime | None, typer.Option(formats=DAY, help="When it was paid.")] = None,
) -> None:
    """Note what a family says of the ministry's return grant, or show the notes. It is never ours to pay."""
    digits = read_number(number).digits
    day = received_on.date() if received_on else None
    form = commands.MinistryForm(registered, file_closed, return_registered, q_card, received, day)
    with desk_of(context) as (door, desk):
        household = desk.ask(household_of, digits)
        if form != commands.MinistryForm():
            desk.do(commands.note_ministry, household, form)
        notes = desk.ask(commands.ministry_notes, household)
        door.answer(notes, *(_note_line(door.words, note) for note in notes))


def _note_line(words: Words, note: MinistryNote) -> str:
    answered = (
        (words("registered as displaced"), note.registered),
        (words("file of displacement closed"), note.file_closed),
        (words("return registered"), note.return_registered),
        (words("card of the ministry"), note.q_card),
        (words("grant received"), note.received),
    )
    said = words.listed(f"{what}: {words.label(YES_NO.name, answer)}" for what, answer in answered if answer)
    paid = words("Paid on {day}", day=note.received_on) if note.received_on else ""
    return "  ".join(part for part in (words.date(note.on), isolate(said), paid) if part)
