"""``prepare``: what a family is asked and told before it leaves: profile, information, briefing, each adult's own word.

Whatever an adult answered alone is written and never shown again: an answer of this command says "recorded", no more.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from helpdesk.cli.movement_papers import household_id
from helpdesk.cli.places import place_of
from helpdesk.cli.session import as_document, desk_of, read_json
from helpdesk.desk.commands import Command
from helpdesk.households import commands as families
from helpdesk.households import profiling
from helpdesk.households.codes import CHOICE, CONSENT_FORM, PURPOSE, YES_NO
from helpdesk.households.consent import consent_text
from helpdesk.households.forms import ConsentAnswer, Profiling
from helpdesk.journey.preparing import commands
from helpdesk.journey.preparing.codes import BRIEFING, HOUSING, RESIDENCY, TOPIC
from helpdesk.journey.preparing.commands import ReconfirmationAnswer, RelocationAnswer
from helpdesk.journey.visits.queries import members
from helpdesk.opening import Desk

app: Final = typer.Typer(
    name="prepare", help="What a family is asked and told before it leaves.", rich_markup_mode=None
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The household number.")]
Numbers = Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Household numbers.")]
PersonPlace = Annotated[int, typer.Option("--person", min=1, help="Place in the family's list, from 1.")]
Places = Annotated[list[int], typer.Option(min=1, help="A place in the family's list; may be repeated.")]
OnDay = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day on the paper form, else today.")
]


@app.command("profile")
def profile(
    context: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The answers as JSON.")],
) -> None:
    """Record what profiling asks: persons, papers, vulnerabilities."""
    given = read_json(file)
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        fields = {**given, "household_id": household} if isinstance(given, dict) else given
        desk.do(profiling.profile, as_document(fields, Profiling, file))
        door.answer({"recorded": number}, door.words("Recorded."))


@app.command("inform")
def inform(
    context: typer.Context,
    numbers: Numbers,
    topic: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(TOPIC)}; else all.")] = None,
    on: OnDay = None,
) -> None:
    """Families were told of compensation and of the numbers to call."""
    _told(context, numbers, commands.record_information, tuple(topic or TOPIC), on)


@app.command("brief")
def brief(
    context: typer.Context,
    numbers: Numbers,
    item: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(BRIEFING)}; else all.")] = None,
    on: OnDay = None,
) -> None:
    """Families heard the departure briefing."""
    _told(context, numbers, commands.record_briefing, tuple(item or BRIEFING), on)


def _told(
    context: typer.Context, numbers: list[str], act: Command[..., Any], said: tuple[str, ...], on: datetime | None
) -> None:
    with desk_of(context) as (door, desk):
        households = tuple(household_id(desk, number) for number in dict.fromkeys(numbers))
        desk.do(act, households, said, on.date() if on else None)
        door.answer({"recorded": len(households)}, door.words("Recorded."))


@app.command("answer")
def answer(
    context: typer.Context,
    number: Number,
    person: PersonPlace,
    choice: Annotated[str, typer.Option(help=f"One of {', '.join(CHOICE)}.")],
    free: Annotated[str, typer.Option(help=f"Free to choose: {', '.join(YES_NO)}.")],
    to: Annotated[str | None, typer.Option(help="Id or name of the place, or any words.")] = None,
    alone: Annotated[bool, typer.Option("--alone/--not-alone", help="Whether she was asked alone.")] = False,
    forced: Annotated[bool, typer.Option("--forced", help="She is made to go.")] = False,
    on: OnDay = None,
) -> None:
    """One adult's own answer. It is written as it was given and never shown."""
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        said = ReconfirmationAnswer(
            _person(desk, household, person), choice, place_of(desk, to) if to else None, alone, free, forced,
            on=on.date() if on else None,
        )  # fmt: skip
        desk.do(commands.record_reconfirmation, household, said)
        door.answer({"recorded": number}, door.words("Recorded."))


@app.command("travellers")
def travellers(
    context: typer.Context,
    number: Number,
    stays: Annotated[list[str] | None, typer.Option(metavar="PLACE=WHY", help="Who stays behind, and why.")] = None,
) -> None:
    """Who of a family travels: everybody who is here, but those who are named."""
    named = [text.partition("=") for text in stays or ()]
    if not all(place.isascii() and place.isdigit() and int(place) for place, _, _ in named):
        raise typer.BadParameter("PLACE=WHY", param_hint="--stays")
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        staying = {_person(desk, household, int(place)): why for place, _, why in named}
        desk.do(commands.record_travellers, household, staying)
        door.answer({"staying": len(staying)}, door.words("Recorded."))


@app.command("consent")
def consent(
    context: typer.Context,
    number: Number,
    purpose: Annotated[str, typer.Argument(help=f"One of {', '.join(PURPOSE)}; MOVE is the declaration.")],
    person: Annotated[int | None, typer.Option(min=1, help="Place of the adult; else the family's principal.")] = None,
    form: Annotated[str, typer.Option(help=f"One of {', '.join(CONSENT_FORM)}.")] = "SIGN",
    refused: Annotated[bool, typer.Option("--refused", help="The answer is no.")] = False,
    language: Annotated[str, typer.Option(help="The language in which the text was read.")] = "ar",
    witness: Annotated[str, typer.Option(help="Who heard it, where it was said and not signed.")] = "",
) -> None:
    """A consent of the family, or one adult's own: to be named to authorities, to be called, to move (MOVE)."""
    if purpose not in PURPOSE:
        raise typer.BadParameter(f"one of {', '.join(PURPOSE)}", param_hint="PURPOSE")
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        said = ConsentAnswer(
            purpose, "REFUSED" if refused else "GIVEN", None if refused else form, language, True,
            consent_text(purpose, language).version, witness,
        )  # fmt: skip
        who = _person(desk, household, person) if person else None
        if purpose == "MOVE" and who is not None:
            desk.do(commands.move_consent, household, who, said)
        else:
            desk.do(families.record_consent, household, said, who)
        door.answer({"recorded": number}, door.words("Recorded."))


@app.command("relocation")
def relocation(
    context: typer.Context,
    number: Number,
    to: Annotated[str, typer.Option(help="Id or name of the place.")],
    housing: Annotated[str, typer.Option(help=f"One of {', '.join(HOUSING)}.")],
    residency: Annotated[str, typer.Option(help=f"One of {', '.join(RESIDENCY)}.")],
) -> None:
    """Where a family that settles elsewhere will live, and whether it may."""
    with desk_of(context) as (door, desk):
        check = RelocationAnswer(place_of(desk, to), housing, residency)
        desk.do(commands.record_relocation_check, household_id(desk, number), check)
        door.answer({"recorded": number}, door.words("Recorded."))


@app.command("guardians")
def guardians(
    context: typer.Context,
    number: Number,
    minor: Places,
    adult: Places,
    organisation: Annotated[str, typer.Option(help="Who checked.")],
) -> None:
    """Protection staff checked minors who travel with these adults; what they found is not written."""
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        minors, adults = ([_person(desk, household, place) for place in places] for places in (minor, adult))
        desk.do(commands.record_guardian_check, household, minors, adults, organisation)
        door.answer({"recorded": number}, door.words("Recorded."))


def _person(desk: Desk, household: str, place: int) -> str:
    family = desk.ask(members, household)
    if place > len(family):
        raise typer.BadParameter(f"1-{len(family)}", param_hint="--person")
    return family[place - 1].person
