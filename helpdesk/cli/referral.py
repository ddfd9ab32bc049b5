"""``referral``: open, send with consent, answer and close referrals; worklists, slips, providers and gaps.

Protection stands in no list; its slip and its lines are a supervisor's and those of whoever opened it.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.assistance.referrals import commands, counts, queries
from helpdesk.assistance.referrals.codes import ANSWERS, END, SHARED, STATUS, URGENCY
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services import directory
from helpdesk.assistance.services.codes import SECTOR
from helpdesk.cli.household import paper_words
from helpdesk.cli.places import gazetteer_of
from helpdesk.cli.service import DAY
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.desk.commands import View
from helpdesk.households.cards import household_of
from helpdesk.households.codes import CONSENT_FORM
from helpdesk.households.consent import consent_text
from helpdesk.households.forms import ConsentAnswer
from helpdesk.printing.faces import helplines_of
from helpdesk.printing.referral_papers import closing_slip, referral_slip
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="referral", help="Referrals, from the draft to the honest end.", rich_markup_mode=None)
Id = Annotated[str, typer.Argument(metavar="ID", help="Id, as open and list show it.")]
Spoken = Annotated[str, typer.Option("--read-in", help="Language in which the consent was read aloud.")]
Witness = Annotated[str, typer.Option(help="Who witnessed an oral consent.")]


@app.command("open")
def open_(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The household number.")],
    sector: Annotated[str, typer.Option(help=f"One of {', '.join(SECTOR)}.")],
    need: Annotated[str, typer.Option(help="What is asked of the provider; never what happened to somebody.")],
    urgency: Annotated[str, typer.Option(help=f"One of {', '.join(URGENCY)}.")] = "ROUT",
    provider: Annotated[str, typer.Option(help="To whom it goes.")] = "",
    offer: Annotated[str | None, typer.Option(help="Id of a line of the directory instead.")] = None,
    person: Annotated[str | None, typer.Option(help="Id of the member whom it concerns.")] = None,
    previous: Annotated[str | None, typer.Option(help="Id of the referral that it follows.")] = None,
) -> None:
    """Open a referral; nobody outside hears of it yet."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        household = desk.ask(household_of, digits)
        form = ReferralForm(household, sector, need, urgency, provider, offer, person, previous)
        opened = desk.do(commands.open_, form)
        door.answer({"referral": opened}, opened)


@app.command("send")
def send(
    context: typer.Context,
    referral: Id,
    share: Annotated[list[str], typer.Option(help=f"What may be told: {', '.join(SHARED)}; may be repeated.")],
    form: Annotated[str, typer.Option(help=f"How the consent was given: {', '.join(CONSENT_FORM)}.")],
    read_in: Spoken = "ar",
    witness: Witness = "",
    provider: Annotated[str, typer.Option(help="To whom it goes, if it was not said before.")] = "",
) -> None:
    """Record that a referral was handed over, with the consent to this sharing."""
    with desk_of(context) as (door, desk):
        consent = _consent("GIVEN", form, read_in, witness)
        sent = desk.do(commands.send, referral, tuple(dict.fromkeys(share)), consent, provider)
        door.answer(sent, door.words("Sent. An answer is due by {day}.", day=sent.due))


def _consent(answer: str, form: str | None, spoken: str, witness: str) -> ConsentAnswer:
    return ConsentAnswer(
        commands.PURPOSE, answer, form, spoken, True, consent_text(commands.PURPOSE, spoken).version, witness
    )


@app.command("refuse")
def refuse(context: typer.Context, referral: Id, read_in: Spoken = "ar") -> None:
    """The family does not want to be named: it gets the address and goes by itself."""
    with desk_of(context) as (door, desk):
        desk.do(commands.refuse_sharing, referral, _consent("REFUSED", None, read_in, ""))
        door.answer({"referral": referral}, door.words("Closed. Give the family the address."))


@app.command("answer")
def answer(
    context: typer.Context,
    referral: Id,
    status: Annotated[str, typer.Argument(help=f"One of {', '.join(ANSWERS)}.")],
    outcome: Annotated[str, typer.Option(help="What the provider said.")] = "",
) -> None:
    """Record what the provider said."""
    with desk_of(context) as (door, desk):
        desk.do(commands.answer, referral, status, outcome)
        door.answer({"referral": referral}, door.words("Saved."))


@app.command("close")
def close(
    context: typer.Context,
    referral: Id,
    end: Annotated[str, typer.Argument(help=f"One of {', '.join(END)}.")],
    told: Annotated[bool, typer.Option("--told", help="The family was told how it ended.")] = False,
) -> None:
    """Close a referral, once the family knows how it ended."""
    with desk_of(context) as (door, desk):
        desk.do(commands.close, referral, end, told)
        door.answer({"referral": referral}, door.words("Closed."))


@app.command("list")
def list_(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help=f"One of {', '.join(queries.WORKLIST)}.")] = "ALL",
    provider: Annotated[str | None, typer.Option(help="Of one provider only.")] = None,
) -> None:
    """A worklist, what is due first."""
    if which not in queries.WORKLIST:
        raise typer.BadParameter(f"one of {', '.join(queries.WORKLIST)}", param_hint="WHICH")
    with desk_of(context) as (door, desk):
        ids = desk.ask(queries.referral_ids, which, provider)
        found = desk.ask(queries.referral_lines, ids)
        listed = tuple(found[one] for one in ids if one in found)
        door.answer(listed, *(_line(door.words, line) for line in listed))


def _line(words: Words, line: queries.ReferralLine) -> str:
    return "  ".join(
        (
            line.id,
            isolate_ltr(household_number_shown(line.number)),
            words.label(SECTOR.name, line.sector),
            words.label(STATUS.name, line.status),
            isolate(line.provider),
            words.date(line.due),
        )
    )


@app.command("show")
def show(context: typer.Context, number: Annotated[str, typer.Argument(help="The household number.")]) -> None:
    """A family's referrals, as far as your role may read them."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.referrals_of, desk.ask(household_of, digits))
        words = door.words
        door.answer(
            found,
            *(
                f"{one}  {words.label(SECTOR.name, referral.sector)}  {words.label(STATUS.name, referral.status)}"
                f"  {isolate(referral.provider)}"
                for one, referral in found
            ),
        )


@app.command("slip")
def slip(
    context: typer.Context,
    referral: Id,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    language: Annotated[str | None, typer.Option(help="Language of the slip, else that of the answers.")] = None,
) -> None:
    """Print the slip for the provider; of a closed referral, how it ended and what else exists."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        shown = desk.ask(queries.referral_shown, referral)
        places = gazetteer_of(desk)
        lines = helplines_of(desk.ask(View.in_force))
        if shown.referral.end is not None:
            offers = [one.offer for one in desk.ask(directory.directory, shown.place, shown.referral.sector)]
            paper = closing_slip(words, shown, shown.referral.end, offers, lines, practice=desk.practice)
        else:
            paper = referral_slip(
                words, shown, lambda place: places.shown(place, words.language), lines, practice=desk.practice
            )
        replace_file(out, slip_pdf(paper, words))
        door.answer({"file": str(out)}, str(out))


@app.command("providers")
def providers(context: typer.Context) -> None:
    """How every provider stands: open, overdue, the oldest, and what became of the others."""
    with desk_of(context) as (door, desk):
        found = desk.ask(_by_provider)
        words = door.words
        door.answer(
            found,
            *(
                "  ".join(
                    (
                        isolate(one.provider),
                        words.label(SECTOR.name, one.sector),
                        words("open: {n}", n=one.open),
                        words("overdue: {n}", n=one.overdue),
                        words("no capacity: {n}", n=one.no_capacity),
                    )
                )
                for one in found
            ),
        )


def _by_provider(view: View) -> tuple[counts.ProviderCount, ...]:
    return counts.by_provider(view.connection, view.day)


@app.command("gaps")
def gaps(
    context: typer.Context,
    first: Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")],
    last: Annotated[datetime, typer.Option("--until", formats=DAY, help="Last day.")],
) -> None:
    """Where there was no capacity: sector, provider, place, families."""
    with desk_of(context) as (door, desk):
        found = desk.ask(_gaps, first.date(), last.date())
        words, places = door.words, gazetteer_of(desk)
        door.answer(
            found,
            *(
                "  ".join(
                    (
                        words.label(SECTOR.name, one.sector),
                        isolate(one.provider),
                        isolate(places.shown(one.place, words.language)) if one.place else "-",
                        words.plural("{n} family", "{n} families", one.families),
                    )
                )
                for one in found
            ),
        )


def _gaps(view: View, first: date, last: date) -> tuple[counts.Gap, ...]:
    return counts.gaps(view.connection, first, last)
