"""``movement``: plan a departure, list its families, tell authorities, give the day, scan in, close, print the papers.

A convoy's day can be run from here alone. What is missing for a family is said with the reason of the gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from helpdesk.cli import movement_papers
from helpdesk.cli.movement_papers import Family, Number, household_id, movement_id, places_of
from helpdesk.cli.session import as_document, desk_of, read_json
from helpdesk.core.errors import HelpDeskError, Refusal
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.places import Gazetteer
from helpdesk.households import paper_forms
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.queries import lines as household_lines
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.departures import bulk, codes, day, planning, queries
from helpdesk.journey.departures.documents import DayMark, LineAnswers, MovementPlan
from helpdesk.opening import Desk
from helpdesk.printing import movements as paper

app: Final = typer.Typer(
    name="movement", help="Movements: from the plan to the closed manifest.", rich_markup_mode=None
)
_DAY: Final = ["%Y-%m-%d"]

Families = Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Household numbers.")]

app.add_typer(movement_papers.app)


def _households(desk: Desk, numbers: list[str]) -> tuple[str, ...]:
    return tuple(household_id(desk, number) for number in dict.fromkeys(numbers))


@app.command("plan")
def plan(
    context: typer.Context,
    on: Annotated[datetime | None, typer.Option(formats=_DAY, help="The day.")] = None,
    mode: Annotated[str, typer.Option(help=f"One of {', '.join(codes.MODE)}.")] = "IOM",
    to: Annotated[str | None, typer.Option(help="Id of the place it goes to.")] = None,
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The whole plan as JSON, instead of options.")
    ] = None,
) -> None:
    """Plan a movement, with options or from a JSON file that also holds vehicles, route, meeting point and contact."""
    if (file is None) == (on is None):
        raise typer.BadParameter("either --on or --file", param_hint="--on")
    if file is not None:
        form = as_document(read_json(file), MovementPlan, file)
    else:
        assert on is not None
        form = MovementPlan(on.date(), mode, PlaceAnswer(place_id=to) if to else None)
    with desk_of(context) as (door, desk):
        movement = desk.do(planning.plan, form)
        number = desk.ask(queries.movement_of, movement).movement.number
        said = door.words("Movement {number} is planned.", number=isolate_ltr(paper_forms.shown(number)))
        door.answer({"movement": movement, "number": number}, said)


@app.command("list")
def list_(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help=f"One of {', '.join(queries.WHICH)}.")] = "TO_COME",
) -> None:
    """Movements to come, past ones, or all."""
    if which not in queries.WHICH:
        raise typer.BadParameter(f"one of {', '.join(queries.WHICH)}", param_hint="WHICH")
    with desk_of(context) as (door, desk):
        ids = desk.ask(queries.movements, which)
        found = desk.ask(queries.movement_lines, ids)
        words = door.words
        lines = (
            "  ".join(
                (
                    isolate_ltr(paper_forms.shown(found[one].number)),
                    words.date(found[one].day),
                    words.label("movement_mode", found[one].mode),
                    words.label("movement_state", found[one].state),
                    words.plural("{n} family", "{n} families", found[one].families),
                    words.plural("{n} person", "{n} persons", found[one].people),
                )
            )
            for one in ids
        )
        door.answer([found[one] for one in ids], *lines)


@app.command("show")
def show(context: typer.Context, number: Number) -> None:
    """One movement with its families and what each of them still lacks."""
    with desk_of(context) as (door, desk):
        movement = movement_id(desk, number)
        found = desk.ask(queries.movement_of, movement)
        ids = desk.ask(queries.family_ids, movement)
        families = desk.ask(queries.family_lines, movement, ids)
        ordered = [families[one] for one in ids if one in families]
        door.answer({"movement": found, "families": ordered}, *_shown(door.words, found, ordered, places_of(desk)))


def _shown(
    words: Words, found: queries.MovementShown, families: list[queries.FamilyLine], places: Gazetteer
) -> Iterator[str]:
    movement = found.movement
    yield words(
        "Movement {number}: {day}, {state}",
        number=isolate_ltr(paper_forms.shown(movement.number)), day=movement.day,
        state=words.label("movement_state", movement.state),
    )  # fmt: skip
    yield f"{words('Where to')}: {isolate(paper.destination_shown(words, places, movement.destination))}"
    for told in found.notifications:
        yield words("Told on {day}: {who}", day=told.on, who=words.label("authority", told.authority))
    for family in families:
        parts = (
            isolate_ltr(household_number_shown(family.number)),
            isolate(family.principal),
            words.plural("{n} person", "{n} persons", family.persons),
            words.label("line_state", family.state),
            words("still missing: {n}", n=family.blocking) if family.blocking and family.state in codes.LIVE else "",
        )
        yield "  ".join(part for part in parts if part)
    if len(found.closings) > 1:
        yield words.label("movement_incident", "CLOSED_TWICE")


@app.command("add")
def add(context: typer.Context, number: Number, families: Families) -> None:
    """Put families on a movement's list."""
    with desk_of(context) as (door, desk):
        households = _households(desk, families)
        refused = desk.do(planning.list_families, movement_id(desk, number), households)
        _bulk_answer(door, desk, bulk.Bulk(len(households), refused))


@app.command("ready")
def ready(context: typer.Context, number: Number) -> None:
    """Declare every family of the list ready that is; the others are named with their reason."""
    with desk_of(context) as (door, desk), door.progress() as progress:
        _bulk_answer(door, desk, bulk.ready_all(desk, movement_id(desk, number), progress))


@app.command("remove")
def remove(
    context: typer.Context, number: Number, family: Family, reason: Annotated[str, typer.Option(help="Why.")]
) -> None:
    """Take a family off the list."""
    with desk_of(context) as (door, desk):
        desk.do(planning.take_off, movement_id(desk, number), household_id(desk, family), reason)
        door.answer({"removed": True}, door.words("The family is off the list."))


@app.command("answer")
def answer(
    context: typer.Context,
    number: Number,
    family: Family,
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Fitness, belongings, vehicle as JSON.")],
) -> None:
    """Record how one family travels."""
    form = as_document(read_json(file), LineAnswers, file)
    with desk_of(context) as (door, desk):
        desk.do(planning.answer, movement_id(desk, number), household_id(desk, family), form)
        door.answer({"recorded": True}, door.words("Recorded."))


@app.command("fit")
def fit(context: typer.Context, number: Number) -> None:
    """Record that everybody on the list who was not asked yet is fit to travel."""
    with desk_of(context) as (door, desk):
        movement = movement_id(desk, number)
        listed = desk.ask(queries.of_states, movement, codes.LIVE)
        desk.do(planning.all_fit, movement, listed)
        door.answer({"families": len(listed)}, door.words("Recorded."))


@app.command("notify")
def notify(
    context: typer.Context,
    number: Number,
    authority: Annotated[str, typer.Option(help="Who was told.")],
    reference: Annotated[str, typer.Option(help="What stands on their stamp.")] = "",
) -> None:
    """Record that an authority was told of a movement."""
    with desk_of(context) as (door, desk):
        told = desk.do(planning.notify, movement_id(desk, number), authority, reference)
        said = door.words.plural(
            "Recorded. The names of {n} family may be given.", "Recorded. The names of {n} families may be given.",
            len(told.named),
        )  # fmt: skip
        door.answer(told, said)


@app.command("schedule")
def schedule(context: typer.Context, number: Number) -> None:
    """Give every family of the list the day, as far as the gate lets it."""
    with desk_of(context) as (door, desk), door.progress() as progress:
        _bulk_answer(door, desk, bulk.schedule_all(desk, movement_id(desk, number), progress))


@app.command("present")
def present(context: typer.Context, number: Number, family: Family) -> None:
    """A family is here: its card was scanned or its number typed."""
    with desk_of(context) as (door, desk):
        counted = desk.do(day.present, movement_id(desk, number), household_id(desk, family))
        door.answer(counted, _counted(door.words, counted))


def _counted(words: Words, counted: day.Counted) -> str:
    return words(
        "{families} of {of_families} families are here, {people} of {of_people} people.",
        families=counted.families, of_families=counted.of_families, people=counted.people, of_people=counted.of_people,
    )  # fmt: skip


@app.command("type-in")
def type_in(
    context: typer.Context,
    number: Number,
    form: Annotated[str, typer.Option(help="The number of the paper form.")],
    present: Annotated[list[str] | None, typer.Option(help="Household number of a family that was there.")] = None,
    absent: Annotated[list[str] | None, typer.Option(help="Household number of a family that was not.")] = None,
) -> None:
    """Type in a paper form of a day without power; each form once."""
    with desk_of(context) as (door, desk):
        marks = [
            DayMark(household, mark)
            for mark, numbers in (("PRESENT", present), ("NOSHOW", absent))
            for household in _households(desk, numbers or [])
        ]
        counted = desk.do(day.type_in, movement_id(desk, number), form, tuple(marks))
        door.answer(counted, _counted(door.words, counted))


@app.command("close")
def close(context: typer.Context, number: Number) -> None:
    """Let everybody who is here leave, and close the manifest; interrupted, call it again."""
    with desk_of(context) as (door, desk):
        with door.progress() as progress:
            closed = bulk.close_manifest(desk, movement_id(desk, number), progress)
        words = door.words
        lines = [] if closed.closing is None else [
            words.plural("{n} family left.", "{n} families left.", closed.closing.departed),
            words.plural("{n} family did not come.", "{n} families did not come.", closed.closing.absent),
        ]  # fmt: skip
        door.answer(closed, *lines, *_refused_lines(words, desk, closed.refused))


@app.command("came-back")
def came_back(
    context: typer.Context,
    number: Number,
    family: Family,
    how: Annotated[str, typer.Option(help=f"One of {', '.join(codes.CAME_BACK)}.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """A family that had left was refused at a checkpoint or turned back."""
    with desk_of(context) as (door, desk):
        desk.do(day.came_back, movement_id(desk, number), household_id(desk, family), how, reason)
        door.answer({"back": True}, door.words("Recorded. The family prepares anew and counts as not departed."))


@app.command("cancel")
def cancel(context: typer.Context, number: Number, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Cancel a movement; its families keep everything but the day."""
    with desk_of(context) as (door, desk):
        desk.do(planning.cancel, movement_id(desk, number), reason)
        door.answer({"cancelled": True}, door.words("The movement is cancelled."))


@app.command("incidents")
def incidents(context: typer.Context) -> None:
    """What two desks did against each other: manifests closed twice, families on two lists."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.incidents)
        words = door.words
        lines = (
            f"{isolate_ltr(paper_forms.shown(o.number))}  {words.label('movement_incident', o.code)}" for o in found
        )
        door.answer(found, *lines)


def _bulk_answer(door: Any, desk: Desk, done: bulk.Bulk) -> None:
    good = done.asked - len(done.refused)
    said = door.words.plural("Done for {n} family.", "Done for {n} families.", good)
    door.answer(done, said, *_refused_lines(door.words, desk, done.refused))


def _refused_lines(words: Words, desk: Desk, refused: tuple[NotNow, ...]) -> Iterator[str]:
    families = desk.ask(household_lines, [one.household for one in refused])
    for one in refused:
        line = families.get(one.household)
        number = isolate_ltr(household_number_shown(line.number)) if line else "-"
        yield f"{number}  {reason_said(words, one)}"


def reason_said(words: Words, one: NotNow) -> str:
    """Why the answer was no for one family of many, in a sentence."""
    return words.sentence(_refusal(one))


def _refusal(one: NotNow) -> HelpDeskError:
    return Refusal(one.code, **one.values)
