"""``visit``: plan visits, offer seats, write down who came and what they decided, print the papers of the day.

Offering is required, going is not; nobody is asked to decide on the day of the visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.cli.household import paper_words
from helpdesk.cli.places import gazetteer_of, place_of
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, read_number
from helpdesk.households.cards import household_of
from helpdesk.journey.codes import PHASE
from helpdesk.journey.scans import household_scanned
from helpdesk.journey.visits import codes, commands, offers, queries
from helpdesk.journey.visits.documents import Finding
from helpdesk.journey.visits.forms import VisitForm
from helpdesk.journey.visits.papers import driver_facts, interviewed
from helpdesk.journey.visits.reach import VisitsReport, visits_report
from helpdesk.opening import Desk
from helpdesk.printing.visit_papers import DriverList, InterviewSheet, driver_list_pdf, interview_sheets_pdf

app: Final = typer.Typer(name="visit", help="Go-and-see and come-and-tell visits.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]

VisitId = Annotated[str, typer.Argument(metavar="VISIT", help="Id, as plan and list show it.")]
SeatId = Annotated[str, typer.Argument(metavar="SEAT", help="Id, as offer and show tell it.")]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The household number.")]
Person = Annotated[str, typer.Argument(metavar="PARTICIPANT", help="Id, as show tells it.")]
Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]


@app.command("plan")
def plan(
    context: typer.Context,
    on: Annotated[datetime, typer.Option(formats=_DAY, help="The day.")],
    destination: Annotated[str, typer.Option(help="Id or name of the place it is about, or any words.")],
    start: Annotated[str, typer.Option(help="Where people meet.")],
    seats: Annotated[int, typer.Option(help="How many may come.")],
    organisation: Annotated[str, typer.Option(help="Who carries it out.")],
    kind: Annotated[str, typer.Option(help="GAS: go and see. CAT: come and tell.")] = "GAS",
    phase: Annotated[str, typer.Option(help=f"Phase of the toolkit: {', '.join(PHASE)}.")] = "1",
    host: Annotated[list[str] | None, typer.Option(help=f"Whom they meet: {', '.join(codes.HOST)}.")] = None,
    route: Annotated[str, typer.Option(help="The way.")] = "",
    leaves: Annotated[str, typer.Option(help="When it leaves.")] = "",
    vehicle: Annotated[str, typer.Option(help="The vehicle.")] = "",
    contact: Annotated[str, typer.Option(help="Telephone of whoever is called on the way.")] = "",
    women_only: Annotated[bool, typer.Option("--women-only", help="For women only.")] = False,
) -> None:
    """Plan a visit."""
    with desk_of(context) as (door, desk):
        form = VisitForm(
            kind=kind,
            on=on.date(),
            destination=place_of(desk, destination),
            start=place_of(desk, start),
            seats=seats,
            phase=phase,
            organisation=organisation,
            hosts=tuple(dict.fromkeys(host or ())),
            route=route,
            leaves=leaves,
            vehicle=vehicle,
            contact=contact,
            women_only=women_only,
        )
        visit = desk.do(commands.plan, form)
        door.answer({"visit": visit}, door.words("Planned: {visit}", visit=isolate_ltr(visit)))


@app.command("list")
def list_(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help=f"One of {', '.join(codes.VISIT_STATE)}.")] = None,
) -> None:
    """All visits, the latest day first."""
    if state is not None and state not in codes.VISIT_STATE:
        raise typer.BadParameter(f"one of {', '.join(codes.VISIT_STATE)}", param_hint="--state")
    with desk_of(context) as (door, desk):
        found = tuple(desk.ask(queries.visit_lines, desk.ask(queries.visit_ids, state)).values())
        door.answer(found, *(_listed(door.words, line) for line in found))


def _listed(words: Words, line: queries.VisitLine) -> str:
    visit = line.visit
    return "  ".join(
        (
            line.id,
            words.date(visit.on),
            words.label("visit", visit.kind),
            words.label("visit_state", visit.state),
            words(
                "{held} of {seats} seats, {waiting} waiting", held=line.held, seats=visit.seats, waiting=line.waiting
            ),
        )
    )


@app.command("show")
def show(context: typer.Context, visit: VisitId) -> None:
    """One visit with the families that were offered seats."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.visit_of, visit)
        door.answer(found, *_shown(door.words, found))


def _shown(words: Words, found: queries.VisitShown) -> Iterator[str]:
    yield _listed(words, found.line)
    for seat in found.seats:
        number = isolate_ltr(household_number_shown(seat.number)) if seat.number else "-"
        yield f"{seat.id}  {number}  {isolate(seat.principal)}  {words.label('seat', seat.state)}"
        for one in seat.travellers:
            decided = words.label("visit_decision", one.decision) if one.decision else ""
            yield f"  {one.participant or '-'}  {isolate(one.name)}  {decided}"
        yield from _warnings(words, seat.woman, len(seat.at_risk))


def _warnings(words: Words, woman: str, at_risk: int) -> Iterator[str]:
    if woman == "NOT_OFFERED":
        yield words("No woman of this family was offered a seat. Ask whether one wants to come.")
    if at_risk:
        yield words.plural(
            "{n} person has no valid civil paper and may be stopped at a checkpoint.",
            "{n} persons have no valid civil papers and may be stopped at a checkpoint.",
            at_risk,
        )


@app.command("offer")
def offer(
    context: typer.Context,
    visit: VisitId,
    number: Number,
    person: Annotated[
        list[int] | None, typer.Option(help="Place in the family's list, from 1; else everybody.")
    ] = None,
    why: Annotated[str, typer.Option(help="Why no woman is offered a seat.")] = "",
) -> None:
    """Offer seats to a family; where too few are free it goes on the waiting list."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        household = desk.ask(household_of, digits)
        made = desk.do(offers.offer, visit, household, _chosen(desk, household, person), why)
        words = door.words
        said = f"{words.label('seat', made.state)}: {isolate_ltr(made.seat)}"
        door.answer(made, said, *_warnings(words, made.woman, len(made.at_risk)))


def _chosen(desk: Desk, household: str, places: list[int] | None) -> tuple[str, ...]:
    family = desk.ask(queries.members, household)
    if not places:
        return tuple(one.person for one in family)
    if not all(1 <= place <= len(family) for place in places):
        raise typer.BadParameter(f"1-{len(family)}", param_hint="--person")
    return tuple(family[place - 1].person for place in places)


@app.command("answer")
def answer(
    context: typer.Context,
    seat: SeatId,
    said: Annotated[str, typer.Argument(help="TAKEN or DECLINED.")],
) -> None:
    """Write down a family's answer."""
    with desk_of(context) as (door, desk):
        desk.do(offers.answer, seat, said)
        door.answer({"seat": seat, "state": said}, door.words("Saved."))


@app.command("take-back")
def take_back(context: typer.Context, seat: SeatId) -> None:
    """Take back an offer that was a mistake."""
    with desk_of(context) as (door, desk):
        desk.do(offers.take_back, seat)
        door.answer({"taken_back": seat}, door.words("Taken back."))


@app.command("wish")
def wish(
    context: typer.Context,
    number: Number,
    wants: Annotated[bool, typer.Option("--wants/--declines", help="Whether it wants a visit.")],
    kind: Annotated[str, typer.Option(help="GAS or CAT.")] = "GAS",
) -> None:
    """Ask a family while no visit is planned."""
    digits = read_number(number).digits
    with desk_of(context) as (door, desk):
        made = desk.do(offers.wish, desk.ask(household_of, digits), kind, wants)
        door.answer(made, door.words.label("seat", made.state))


@app.command("risk")
def risk(
    context: typer.Context, visit: VisitId, note: Annotated[str, typer.Option(help="What was checked and found.")]
) -> None:
    """Note the risk check; without it nobody gets on."""
    with desk_of(context) as (door, desk):
        desk.do(commands.check_risk, visit, note)
        door.answer({"checked": visit}, door.words("Saved."))


@app.command("cancel")
def cancel(context: typer.Context, visit: VisitId, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Say that it does not take place."""
    with desk_of(context) as (door, desk):
        desk.do(commands.cancel, visit, reason)
        door.answer({"cancelled": visit}, door.words("Saved."))


@app.command("board")
def board(
    context: typer.Context,
    visit: VisitId,
    code: Annotated[str, typer.Argument(help="A scanned card or a household number.")],
    person: Annotated[list[int] | None, typer.Option(help="Who came, by place in the family's list.")] = None,
    paper: Annotated[list[int] | None, typer.Option(help="Who carries a civil paper, by place.")] = None,
) -> None:
    """Write down who of a family came; everybody who took a seat, unless told otherwise."""
    with desk_of(context) as (door, desk):
        household = desk.ask(household_scanned, code)
        came = _chosen(desk, household, person) if person else None
        carried = _chosen(desk, household, paper) if paper else ()
        boarded = desk.do(commands.board, visit, household, came, carried)
        door.answer(boarded, door.words.plural("{n} person came.", "{n} persons came.", len(boarded.came)))


@app.command("find")
def find(
    context: typer.Context,
    participant: Person,
    saw_own_house: Annotated[bool, typer.Option("--saw-own-house/--not-seen", help="Whether the own house was seen.")],
    house: Annotated[str | None, typer.Option(help=f"Damage: {', '.join(codes.HOUSE)}.")] = None,
    service: Annotated[list[str] | None, typer.Option(help=f"Some of {', '.join(codes.SEEN_SERVICE)}.")] = None,
    hazard: Annotated[list[str] | None, typer.Option(help=f"Some of {', '.join(codes.HAZARD)}.")] = None,
    reception: Annotated[str | None, typer.Option(help="From 1, hostile, to 5, warm.")] = None,
) -> None:
    """Write down what somebody found."""
    finding = Finding(saw_own_house, house, tuple(service or ()), tuple(hazard or ()), reception)
    with desk_of(context) as (door, desk):
        desk.do(commands.find, participant, finding)
        door.answer({"found": participant}, door.words("Saved."))


@app.command("decide")
def decide(
    context: typer.Context,
    participant: Person,
    decision: Annotated[str, typer.Argument(help=f"One of {', '.join(codes.DECISION)}.")],
) -> None:
    """Write down a decision, from the day after the visit on."""
    with desk_of(context) as (door, desk):
        desk.do(commands.decide, participant, decision)
        door.answer({"decided": participant}, door.words("Saved."))


@app.command("driver")
def driver(context: typer.Context, visit: VisitId, out: Out, language: Language = None) -> None:
    """Print the driver's list: how many, when, whom to call; no names."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        shown = desk.ask(queries.visit_of, visit)
        about = DriverList(*driver_facts(shown, gazetteer_of(desk), words.language), desk.practice)
        replace_file(out, driver_list_pdf(about, words))
        door.answer({"file": out}, str(out))


@app.command("interviews")
def interviews(context: typer.Context, visit: VisitId, out: Out, language: Language = None) -> None:
    """Print an interview sheet for everybody who came; a blank one before anybody has."""
    writable(out)
    with desk_of(context) as (door, desk):
        shown = desk.ask(queries.visit_of, visit)
        sheets = [InterviewSheet(number, place) for number, place in interviewed(shown)]
        pdf = interview_sheets_pdf(
            shown.line.visit.on, shown.decide_from, sheets or [InterviewSheet(None, None)],
            paper_words(door, language), practice=desk.practice,
        )  # fmt: skip
        replace_file(out, pdf)
        door.answer({"file": out, "sheets": len(sheets)}, str(out))


@app.command("report")
def report(
    context: typer.Context,
    from_: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day.")],
    until: Annotated[datetime, typer.Option(formats=_DAY, help="The last day.")],
) -> None:
    """Offered, went, decided afterwards, for both kinds of visit."""
    with desk_of(context) as (door, desk):
        found = tuple(desk.ask(visits_report, from_.date(), until.date(), kind) for kind in codes.VISIT)
        door.answer(found, *(line for one in found for line in _reported(door.words, one)))


def _reported(words: Words, found: VisitsReport) -> Iterator[str]:
    yield words.label("visit", found.kind)
    yield "  " + words("families offered a seat: {n}", n=found.offered)
    yield "  " + words("families that did not want to go: {n}", n=found.declined)
    yield "  " + words("families waiting: {n}", n=found.waiting)
    yield "  " + words("families that went: {n}", n=found.families_went)
    for decision, persons in found.decisions.items():
        said = words.label("visit_decision", decision) if decision else words("not asked yet")
        yield "  " + words("{thing}: {count}", thing=said, count=persons)
