"""``centre``, continued: what to look at in the money of all desks, and settling what was paid twice.

It shows ids, numbers and counts; whom an id belongs to its own desk knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Annotated, Final

import typer

from helpdesk.centre import money
from helpdesk.cli.paid_twice import Case, Note, Outcome, Recovered, double_lines
from helpdesk.cli.session import centre_of
from helpdesk.core.language import Words, isolate_ltr

_MONTH: Final = 30


def look_at_money(
    context: typer.Context,
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day, else today.")] = None,
) -> None:
    """What to look at in the money of all desks: flaws of ledgers, habits, accounts with one name, double payments."""
    with centre_of(context) as (door, office):
        last = until.date() if until else office.gate.clock.now().date()
        found_money = money.money(office, from_.date() if from_ else last - timedelta(days=_MONTH), last)
        lines = list(_money_lines(door.words, found_money))
        door.answer(found_money, *(lines or [door.words("Nothing asks for a look.")]))


def _money_lines(words: Words, found_money: money.Money) -> Iterator[str]:
    for flaw in found_money.flaws:
        where = " ".join(str(part) for part in (flaw.device, flaw.n or "", flaw.number, flaw.record) if part)
        yield f"{words.label('ledger_flaw', flaw.code)}  {isolate_ltr(where)}"
    for pair in found_money.pairs:
        yield words(
            "Desk {desk}: {percent} % of what {payer} paid was approved by {approver}: {n} vouchers",
            desk=pair.desk, percent=pair.percent, payer=isolate_ltr(pair.payer), approver=isolate_ltr(pair.approver),
            n=pair.vouchers,
        )  # fmt: skip
    for burst in found_money.bursts:
        yield words(
            "Desk {desk}: {payer} made {n} payments from {first} to {last}",
            desk=burst.desk, payer=isolate_ltr(burst.payer), n=burst.payments, first=isolate_ltr(burst.first),
            last=isolate_ltr(burst.last),
        )  # fmt: skip
    for group in found_money.one_name:
        accounts = isolate_ltr(", ".join(group.accounts))
        yield words("Desk {desk}: these accounts carry one name: {accounts}", desk=group.desk, accounts=accounts)
    for one in found_money.rerouted:
        yield words(
            "Pay point {point} took in {n} papers of others on {day}", point=one.pay_point, n=one.papers, day=one.on
        )
    yield from double_lines(words, found_money.doubles)


def settle_double(
    context: typer.Context,
    case: Case,
    outcome: Outcome,
    note: Note,
    recovered: Recovered = 0,
) -> None:
    """Say of a double payment what it was, with the centre's signature. Desks settle theirs themselves."""
    with centre_of(context) as (door, office):
        record = office.gate.do(money.settle_double, office, case, outcome, note, recovered)
        door.answer({"settled": record}, door.words("The double payment is settled."))


_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "money": look_at_money,
    "settle-double": settle_double,
}


def mount(app: typer.Typer) -> None:
    """Put these commands under their noun."""
    for name, function in _COMMANDS.items():
        app.command(name)(function)
