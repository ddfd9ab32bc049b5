"""``movement paper``: manifests, the letter, a family's declaration and route slip, forms for days without power.

Every manifest that is printed leaves an audit entry; none of these commands changes a movement.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.cli.household import paper_words
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.numbers import read_number
from helpdesk.desk.commands import View
from helpdesk.desk.places import Gazetteer, load_gazetteer
from helpdesk.households import paper_forms
from helpdesk.households.cards import household_of
from helpdesk.journey.departures import queries
from helpdesk.journey.departures.manifests import MANIFEST, manifest, papers_of_family
from helpdesk.opening import Desk
from helpdesk.printing import movements as paper
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="paper", help="Print the papers of a movement.", rich_markup_mode=None)

Number = Annotated[str, typer.Argument(metavar="MOVEMENT", help="The movement's number.")]
Family = Annotated[str, typer.Argument(metavar="NUMBER", help="The household number.")]
Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]


def movement_id(desk: Desk, number: str) -> str:
    """The movement of a typed number. Raises Refusal("form.number" | "movement.unknown")."""
    return desk.ask(queries.movement_by_number, paper_forms.read(number))


def household_id(desk: Desk, number: str) -> str:
    """The household of a typed number. Raises Refusal("number.*" | "household.unknown")."""
    return desk.ask(household_of, read_number(number).digits)


def places_of(desk: Desk) -> Gazetteer:
    """The places this desk knows, those of its bundle too."""
    return load_gazetteer().with_added(desk.bundle.places) if desk.bundle else load_gazetteer()


@app.command("manifest")
def print_manifest(
    context: typer.Context,
    number: Number,
    out: Out,
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(MANIFEST)}.")] = "OPERATIONAL",
    language: Language = None,
) -> None:
    """Print one of the three manifests."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        made = desk.do(manifest, movement_id(desk, number), kind)
        replace_file(out, paper.manifest_pdf(words, made, places_of(desk), practice=desk.practice))
        door.answer({"file": str(out), "families": len(made.families)}, str(out))


@app.command("letter")
def letter(
    context: typer.Context,
    number: Number,
    authority: Annotated[str, typer.Option(help="To whom.")],
    out: Out,
    language: Language = None,
) -> None:
    """Print the letter that tells an authority of a movement."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        made = desk.do(manifest, movement_id(desk, number), "AUTHORITIES")
        pdf = paper.notification_letter(words, made, places_of(desk), authority, practice=desk.practice)
        replace_file(out, pdf)
        door.answer({"file": str(out)}, str(out))


@app.command("declaration")
def declaration(context: typer.Context, number: Number, family: Family, out: Out, language: Language = None) -> None:
    """Print one family's declaration, in the language it reads."""
    writable(out)
    with desk_of(context) as (door, desk):
        made = desk.do(papers_of_family, movement_id(desk, number), household_id(desk, family))
        words = paper.reading_words(made.families[0], paper_words(door, language))
        replace_file(out, paper.declarations_pdf(words, made, places_of(desk), practice=desk.practice))
        door.answer({"file": str(out)}, str(out))


@app.command("slip")
def slip(context: typer.Context, number: Number, family: Family, out: Out, language: Language = None) -> None:
    """Print the slip a family takes along: when, where, which way, whom to call."""
    writable(out)
    with desk_of(context) as (door, desk):
        made = desk.do(papers_of_family, movement_id(desk, number), household_id(desk, family))
        words = paper.reading_words(made.families[0], paper_words(door, language))
        helplines = tuple((line.label, line.number) for line in desk.ask(View.in_force).helplines)
        one = paper.route_slip(
            words, made.movement, made.families[0].number, places_of(desk), helplines, practice=desk.practice
        )
        replace_file(out, slip_pdf(one, words))
        door.answer({"file": str(out)}, str(out))


@app.command("forms")
def forms(
    context: typer.Context,
    out: Out,
    count: Annotated[int, typer.Option(min=1, max=paper_forms.MOST, help="How many forms.")] = 1,
    number: Annotated[str | None, typer.Option("--movement", help="The movement they are for.")] = None,
    language: Language = None,
) -> None:
    """Print forms for a departure day without power; each has a number of its own and is typed in once."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        movement = desk.ask(queries.movement_of, movement_id(desk, number)).movement if number else None
        drawn = paper_forms.draw(count)
        pdf = paper.departure_forms_pdf(words, drawn, movement, places_of(desk), practice=desk.practice)
        replace_file(out, pdf)
        door.answer({"file": str(out), "forms": drawn}, str(out))
