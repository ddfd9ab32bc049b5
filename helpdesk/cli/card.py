"""``card``: print household cards, and the verdict on a code that somebody holds up.

Which card is in force the commands decide. ``check`` exits 0 only for a card that is genuine and live.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.cli.door import Door
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.desk.commands import View
from helpdesk.households import cards
from helpdesk.households.queries import family_file
from helpdesk.households.verdicts import CARD_SENTENCES
from helpdesk.opening import Desk
from helpdesk.printing.card_papers import cards_with_notices
from helpdesk.printing.cards import CardLayout
from helpdesk.printing.faces import helplines_of

app: Final = typer.Typer(name="card", help="Print household cards and check them.", rich_markup_mode=None)
REFUSED: Final = 1


class Layout(StrEnum):
    """What the printer holds: A4 sheets of ten cards, or plastic cards."""

    A4 = "a4"
    CR80 = "cr80"


_LAYOUTS: Final = {Layout.A4: CardLayout.A4_TEN, Layout.CR80: CardLayout.CR80}


class PrintedCard(Struct, frozen=True):
    """One card on the paper: ``digits`` is what its code says."""

    number: str
    issue: int
    persons: int
    digits: str
    new: bool


class PrintedCards(Struct, frozen=True):
    """The answer to ``print``."""

    file: str
    cards: tuple[PrintedCard, ...]


@app.command("print")
def print_cards(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Household numbers.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the cards, else that of the answers.")] = None,
    layout: Annotated[Layout, typer.Option(help="What the printer holds.")] = Layout.A4,
    new: Annotated[bool, typer.Option("--new", help="Issue anew: the card in force becomes void.")] = False,
    reason: Annotated[str | None, typer.Option(help="With --new: LOST, DAMAGED, CHANGED or WRONG.")] = None,
) -> None:
    """Print cards: a first one where none is in force, else the same one again; with --new another one."""
    if new != (reason is not None):
        raise typer.BadParameter("--new and --reason belong together", param_hint="--new")
    digits = tuple(dict.fromkeys(read_number(number).digits for number in numbers))
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        households = [desk.ask(cards.household_of, number) for number in digits]
        printed, fresh = _issued(desk, households, reason)
        helplines = helplines_of(desk.ask(View.in_force))
        with door.progress() as progress:
            paper = cards_with_notices(
                printed, helplines, words, _LAYOUTS[layout], practice=desk.practice, progress=progress
            )
        replace_file(out, paper)
        done = PrintedCards(
            str(out),
            tuple(PrintedCard(c.number, c.issue, c.persons, c.digits, c.household in fresh) for c in printed),
        )
        door.answer(done, *(_printed_line(door.words, card) for card in done.cards), str(out))


def _issued(desk: Desk, households: list[str], reason: str | None) -> tuple[list[cards.IssuedCard], set[str]]:
    """The cards in the order asked for, and the households that got a new one."""
    live = {household for household in households if desk.ask(family_file, household).card is not None}
    fresh = {household for household in households if reason is not None or household not in live}
    found: dict[str, cards.IssuedCard] = {}
    if fresh:
        issued = desk.do(cards.issue, tuple(h for h in households if h in fresh), reason or "FIRST")
        found |= {card.household: card for card in issued}
    if len(fresh) < len(households):
        again = desk.do(cards.reprint, tuple(h for h in households if h not in fresh))
        found |= {card.household: card for card in again}
    return [found[household] for household in households], fresh


def _printed_line(words: Words, card: PrintedCard) -> str:
    number = isolate_ltr(household_number_shown(card.number))
    if card.new:
        return words("{number}: a new card, its issue {issue}", number=number, issue=card.issue)
    return words("{number}: the card in force once more, its issue {issue}", number=number, issue=card.issue)


@app.command("check")
def check(context: typer.Context, digits: Annotated[str, typer.Argument(help="A scanned code or a number.")]) -> None:
    """The verdict on a card. Exit code 0 only for genuine and live; a typed number is not verified."""
    with desk_of(context) as (door, desk):
        verdict = desk.do(cards.check, digits)
        door.answer(verdict, *_verdict_lines(door, verdict))
    if not verdict.good:
        raise typer.Exit(REFUSED)


def _verdict_lines(door: Door, verdict: cards.Verdict) -> list[str]:
    words = door.words
    lines = [words.label("card_verdict", verdict.code), words(CARD_SENTENCES[verdict.code])]
    if verdict.number:
        lines.append(words("Household {number}", number=isolate_ltr(verdict.number_shown)))
    if verdict.persons is not None:
        lines.append(words.plural("{n} person", "{n} persons", verdict.persons))
    if verdict.issued_on:
        lines.append(words("Issued on {day}", day=verdict.issued_on))
    if verdict.replaced_on:
        lines.append(words("Another card is in force since {day}", day=verdict.replaced_on))
    if verdict.lists_of:
        lines.append(words("Lists of {day}", day=verdict.lists_of))
    return lines
