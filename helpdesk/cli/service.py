"""``service``: the directory per place, services given and promised, their numbers, and the slip anybody may take.

After a disclosure of violence nothing is recorded: ``slip`` prints, and ``pathways`` counts a week that is over.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.assistance.services import commands, counts, directory, queries
from helpdesk.assistance.services.codes import ITEM, SECTOR, STATUS
from helpdesk.assistance.services.documents import Delivery, Offer
from helpdesk.cli.household import paper_words
from helpdesk.cli.places import gazetteer_of, place_of
from helpdesk.cli.session import as_document, desk_of, read_json, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.desk.commands import View
from helpdesk.desk.places import Gazetteer
from helpdesk.households.cards import household_of
from helpdesk.opening import Desk
from helpdesk.printing.faces import helplines_of
from helpdesk.printing.page import A4
from helpdesk.printing.referral_papers import offer_line, services_slip
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="service", help="What is offered where, and what was given.", rich_markup_mode=None)
DAY: Final = ["%Y-%m-%d"]
Place = Annotated[str | None, typer.Option(help="A place by id or name; what is offered there.")]
Sector = Annotated[str | None, typer.Option(help=f"One of {', '.join(SECTOR)}.")]


class Numbers(Struct, frozen=True):
    """The answer to ``counts``: indicators I5 and I6, every item, and who does what where."""

    livelihoods: int
    housing: counts.Housing
    items: tuple[counts.ItemCount, ...]
    activities: tuple[counts.Activity, ...]


@app.command("directory")
def show_directory(context: typer.Context, place: Place = None, sector: Sector = None) -> None:
    """The lines of the directory, for one place and sector or all of them."""
    with desk_of(context) as (door, desk):
        found = desk.ask(directory.directory, known_place(desk, place), sector)
        places = gazetteer_of(desk)
        door.answer(found, *(_directory_line(door.words, one, places) for one in found))


def known_place(desk: Desk, typed: str | None) -> str | None:
    """The id of a place that was typed; one that is not listed is a usage error."""
    if typed is None:
        return None
    found = place_of(desk, typed).place_id
    if found is None:
        raise typer.BadParameter("no such place in the list", param_hint="--place")
    return found


def _directory_line(words: Words, one: directory.OfferShown, places: Gazetteer) -> str:
    where = isolate(places.shown(one.offer.place, words.language))
    return f"{one.id}  {words.label(SECTOR.name, one.offer.sector)}  {where}  {offer_line(words, one.offer)}"


@app.command("offer")
def offer(
    context: typer.Context,
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="JSON: one offer, or a list of them.")],
    replaces: Annotated[str | None, typer.Option(help="Id of the line that it replaces; for one offer only.")] = None,
) -> None:
    """Add lines to the directory, or write another version of one."""
    given = read_json(file)
    offers = [as_document(one, Offer, file) for one in (given if isinstance(given, list) else [given])]
    if replaces is not None and len(offers) != 1:
        raise typer.BadParameter("for one offer only", param_hint="--replaces")
    with desk_of(context) as (door, desk):
        kept = tuple(desk.do(commands.keep_offer, one, replaces) for one in offers)
        done = door.words.plural("{n} line of the directory was written.", "{n} lines were written.", len(kept))
        door.answer({"offers": kept}, done, *kept)


@app.command("slip")
def slip(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    place: Place = None,
    sector: Sector = None,
    language: Annotated[str | None, typer.Option(help="Language of the slip, else that of the answers.")] = None,
) -> None:
    """Print what is offered near a place: for anybody, without number, name or day. Nothing is recorded."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        offers = [one.offer for one in desk.ask(directory.directory, known_place(desk, place), sector)]
        lines = helplines_of(desk.ask(View.in_force))
        replace_file(out, slip_pdf(services_slip(words, offers, lines, practice=desk.practice), words, size=A4))
        door.answer({"file": str(out), "offers": len(offers)}, str(out))


@app.command("deliver")
def deliver(
    context: typer.Context,
    item: Annotated[str, typer.Option(help=f"One of {', '.join(ITEM)}.")],
    provider: Annotated[str, typer.Option(help="Who gives it.")],
    number: Annotated[str | None, typer.Option(help="The household number, for what a family is given.")] = None,
    place: Annotated[str | None, typer.Option(help="A place by id or name, for what a community is given.")] = None,
    organisation: Annotated[str, typer.Option(help="Who carries it out, if not the provider.")] = "",
    planned: Annotated[datetime | None, typer.Option(formats=DAY, help="The day it is planned for.")] = None,
    started: Annotated[datetime | None, typer.Option(formats=DAY, help="The day it began.")] = None,
    completed: Annotated[datetime | None, typer.Option(formats=DAY, help="The day it was completed.")] = None,
    quantity: Annotated[int | None, typer.Option(help="How much, in --unit.")] = None,
    unit: Annotated[str, typer.Option(help="What the quantity counts.")] = "",
    families: Annotated[int | None, typer.Option(help="Families reached, for a community.")] = None,
    detail: Annotated[str, typer.Option(help="BS1: WATER, POWER, SCHOOL, CLINIC. PR4: ASSIST, REPRESENT.")] = "",
) -> None:
    """Record a service planned, begun or given, to a family or to a community."""
    with desk_of(context) as (door, desk):
        family = desk.ask(household_of, read_number(number).digits) if number else None
        delivery = Delivery(
            level="HH" if family else "COMM",
            item=item,
            provider=provider,
            status="PLANNED",
            household=family,
            place=known_place(desk, place),
            organisation=organisation,
            planned_on=_day(planned),
            started_on=_day(started),
            completed_on=_day(completed),
            quantity=quantity,
            unit=unit,
            families=families,
            detail=detail,
        )
        recorded = desk.do(commands.deliver, delivery)
        door.answer({"delivery": recorded}, recorded)


def _day(typed: datetime | None) -> date | None:
    return typed.date() if typed is not None else None


@app.command("progress")
def progress(
    context: typer.Context,
    delivery: Annotated[str, typer.Argument(metavar="ID", help="Id, as deliver and list show it.")],
    started: Annotated[datetime | None, typer.Option(formats=DAY, help="The day it began.")] = None,
    completed: Annotated[datetime | None, typer.Option(formats=DAY, help="The day it was completed.")] = None,
    quantity: Annotated[int | None, typer.Option(help="How much in all.")] = None,
) -> None:
    """Record that a service began or was completed."""
    with desk_of(context) as (door, desk):
        desk.do(commands.progress, delivery, _day(started), _day(completed), quantity)
        door.answer({"delivery": delivery}, door.words("Saved."))


@app.command("stop")
def stop(
    context: typer.Context,
    delivery: Annotated[str, typer.Argument(metavar="ID", help="Id, as deliver and list show it.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
) -> None:
    """Record that a service will not be completed."""
    with desk_of(context) as (door, desk):
        desk.do(commands.stop, delivery, reason)
        door.answer({"delivery": delivery}, door.words("Saved."))


@app.command("list")
def list_(
    context: typer.Context,
    status: Annotated[str | None, typer.Option(help=f"One of {', '.join(STATUS)}.")] = None,
    number: Annotated[str | None, typer.Option(help="One family's, by its number.")] = None,
) -> None:
    """Services given and promised, the newest first; of one family all, else without what no list shows."""
    if status is not None and status not in STATUS:
        raise typer.BadParameter(f"one of {', '.join(STATUS)}", param_hint="--status")
    with desk_of(context) as (door, desk):
        if number is not None:
            found = desk.ask(queries.deliveries_of, desk.ask(household_of, read_number(number).digits))
            door.answer(found, *(_own_line(door.words, one, given) for one, given in found))
            return
        ids = desk.ask(queries.delivery_ids, status)
        lines = desk.ask(queries.delivery_lines, ids)
        places = gazetteer_of(desk)
        listed = tuple(lines[one] for one in ids if one in lines)
        door.answer(listed, *(_listed(door.words, line, places) for line in listed))


def _own_line(words: Words, delivery_id: str, one: Delivery) -> str:
    state = words.label(STATUS.name, one.status)
    return f"{delivery_id}  {words.label(ITEM.name, one.item)}  {state}  {isolate(one.provider)}"


def _listed(words: Words, line: queries.DeliveryLine, places: Gazetteer) -> str:
    whom = isolate_ltr(household_number_shown(line.number)) if line.number else ""
    where = isolate(places.shown(line.place, words.language)) if line.place else ""
    state = words.label(STATUS.name, line.status)
    item = words.label(ITEM.name, line.item)
    return "  ".join(part for part in (line.id, item, whom, where, state, isolate(line.provider)) if part)


@app.command("pathways")
def pathways(
    context: typer.Context,
    week: Annotated[datetime, typer.Option(formats=DAY, help="The Saturday on which the week began.")],
    women: Annotated[int, typer.Option(help="Strokes for women and girls.")] = 0,
    men: Annotated[int, typer.Option(help="Strokes for men and boys.")] = 0,
) -> None:
    """Count the strokes of a week that is over: how often somebody was told where to find help after violence."""
    with desk_of(context) as (door, desk):
        desk.do(commands.count_pathways, week.date(), women, men)
        door.answer({"week": week.date(), "women": women, "men": men}, door.words("Saved."))


@app.command("counts")
def show_counts(
    context: typer.Context,
    first: Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")],
    last: Annotated[datetime, typer.Option("--until", formats=DAY, help="Last day.")],
) -> None:
    """The numbers of a period: livelihoods, housing, every item, who does what where."""
    with desk_of(context) as (door, desk):
        found = desk.ask(_numbers, first.date(), last.date())
        words = door.words
        door.answer(
            found,
            words("{thing}: {count}", thing=words("Families with a livelihood service"), count=found.livelihoods),
            words("{thing}: {count}", thing=words("Families with works completed"), count=found.housing.completed),
            words("{thing}: {count}", thing=words("Works still going on"), count=found.housing.ongoing),
            *(
                words("{thing}: {count}", thing=words.label(ITEM.name, one.item), count=one.completed)
                for one in found.items
            ),
        )


def _numbers(view: View, first: date, last: date) -> Numbers:
    connection = view.connection
    return Numbers(
        counts.livelihoods(connection, first, last),
        counts.housing(connection, first, last),
        counts.by_item(connection, first, last),
        counts.who_does_what(connection, first, last),
    )
