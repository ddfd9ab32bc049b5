"""``voucher``, continued: what the paid list asks, and payments that were made twice.

A question is no refusal, and a case undoes no payment: both wait for a supervisor's signed word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.assistance.vouchers import doubles, questions
from helpdesk.assistance.vouchers.settled import OUTCOME, PAID_ANSWER
from helpdesk.cli.session import desk_of
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number, voucher_number_shown
from helpdesk.desk.paid_list import already_paid
from helpdesk.printing.blocks import amount_shown

Case = Annotated[str, typer.Argument(metavar="ID", help="Id of the case, as it is listed.")]
Outcome = Annotated[str, typer.Argument(help=f"{', '.join(OUTCOME)}.")]
Note = Annotated[str, typer.Option(help="What was found; it is kept.")]
Recovered = Annotated[int, typer.Option(min=0, help="What came back, in whole units.")]


class PaidBeforeAnswer(Struct, frozen=True):
    """The answer to ``paid-before``: what the paid list says, and of which day it is."""

    maybe: bool
    list_day: date | None


def paid_before(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The household number.")],
    grant: Annotated[str, typer.Argument(help="The grant, for example DEP.")],
) -> None:
    """Whether another desk may have paid a grant to a household. It is a question, never a refusal."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        found = desk.ask(already_paid, digits, grant)
        words, day = door.words, found.list_day
        if day is None:
            said = words("The centre has sent no list of paid grants yet.")
        elif found.maybe:
            said = words("It may have been paid elsewhere: ask a supervisor. List of {day}.", day=day)
        else:
            said = words("Nothing is known of a payment elsewhere. List of {day}.", day=day)
        door.answer(PaidBeforeAnswer(found.maybe, day), said)


def paid_questions(context: typer.Context) -> None:
    """Vouchers that may have been paid elsewhere, which no supervisor has answered yet."""
    with desk_of(context) as (door, desk):
        found = desk.ask(questions.open_questions)
        words = door.words
        lines = (
            words(
                "{voucher}: household {number}, {grant}, list of {day}",
                voucher=isolate_ltr(one.voucher), number=isolate_ltr(household_number_shown(one.household_number)),
                grant=words.label("grant", one.grant), day=one.list_day,
            )
            for one in found
        )  # fmt: skip
        door.answer(found, *(lines if found else [words("No question is open.")]))


def paid_answer(
    context: typer.Context,
    voucher: Annotated[str, typer.Argument(metavar="ID", help="Id, as paid-questions shows it.")],
    answer: Annotated[str, typer.Argument(help=f"{', '.join(PAID_ANSWER)}.")],
    note: Annotated[str, typer.Option(help="What was found; it is kept.")] = "",
) -> None:
    """Answer such a question, signed by the supervisor who is signed in. No voucher changes by it."""
    with desk_of(context) as (door, desk):
        record = desk.do(questions.answer, voucher, answer, note)
        door.answer({"answer": record}, door.words("The answer is recorded."))


def list_doubles(context: typer.Context) -> None:
    """Double payments, the open ones first, each with its payments."""
    with desk_of(context) as (door, desk):
        found = desk.ask(doubles.double_payments)
        lines = double_lines(door.words, found)
        door.answer(found, *(lines if found else [door.words("No payment was made twice.")]))


def double_lines(words: Words, cases: Sequence[doubles.DoublePayment]) -> Iterator[str]:
    """Double payments as lines of a terminal: what they are, then payment by payment."""
    for case in cases:
        why = ", ".join(words.label("double_why", one) for one in case.why)
        settled = words.label("double_outcome", case.settled.outcome) if case.settled else words("open")
        yield f"{case.id}  {settled}  {why}"
        for proof in case.proofs:
            amount = amount_shown(words, proof.amount, proof.currency)
            yield "    " + words(
                "{number}: {amount} on {day} at pay point {point}, by {user}, payment {hash}",
                number=isolate_ltr(voucher_number_shown(proof.number)), amount=amount, day=proof.paid_on,
                point=proof.pay_point, user=isolate_ltr(proof.user), hash=isolate_ltr(proof.hash),
            )  # fmt: skip


def settle_double(
    context: typer.Context,
    case: Case,
    outcome: Outcome,
    note: Note,
    recovered: Recovered = 0,
) -> None:
    """Say of a double payment what it was, signed by the supervisor who is signed in."""
    with desk_of(context) as (door, desk):
        record = desk.do(doubles.settle, case, outcome, note, recovered)
        door.answer({"settled": record}, door.words("The double payment is settled."))


_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "paid-before": paid_before,
    "paid-questions": paid_questions,
    "paid-answer": paid_answer,
    "doubles": list_doubles,
    "settle-double": settle_double,
}


def mount(app: typer.Typer) -> None:
    """Put these commands under their noun."""
    for name, function in _COMMANDS.items():
        app.command(name)(function)
