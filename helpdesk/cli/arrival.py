"""``arrival``: who is expected, scanning families in, what differs, profiles, handing families over, and the papers.

An arrival day can be run from here alone. A list shows numbers and sizes, never names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer

from helpdesk.cli.household import paper_words
from helpdesk.cli.movement import reason_said
from helpdesk.cli.movement_papers import Family, household_id, places_of
from helpdesk.cli.session import as_document, desk_of, read_json, writable
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import LANGUAGES, Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.households import paper_forms
from helpdesk.journey.arrivals import codes, commands, handing, papers, profiling, queries
from helpdesk.journey.arrivals.documents import ArrivalForm, ProfileForm
from helpdesk.journey.cases.codes import UNFACILITATED
from helpdesk.printing import arrivals as paper
from helpdesk.printing.lists import list_pdf
from helpdesk.printing.movements import destination_shown
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="arrival", help="Arrivals: expected, scanned in, profiled.", rich_markup_mode=None)
paper_app: Final = typer.Typer(name="paper", help="Print the papers of arrivals.", rich_markup_mode=None)
app.add_typer(paper_app)
_DAY: Final = ["%Y-%m-%d"]

Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]
FormFile = Annotated[Path, typer.Option("--file", exists=True, dir_okay=False, help="The answers as JSON.")]


@app.command("list")
def list_(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help=f"One of {', '.join(codes.WHICH)}.")] = "EXPECTED",
) -> None:
    """Families of one list, by number, and the counter of today."""
    if which not in codes.WHICH:
        raise typer.BadParameter(f"one of {', '.join(codes.WHICH)}", param_hint="WHICH")
    with desk_of(context) as (door, desk):
        wanted = desk.ask(queries.ids, which)
        found = desk.ask(queries.lines, wanted)
        counted = desk.ask(queries.count_now)
        ordered = [msgspec.structs.replace(found[one], principal="") for one in wanted if one in found]
        said = (_line(door.words, line) for line in ordered)
        door.answer({"families": ordered, "counted": counted}, _counted(door.words, counted), *said)


def _line(words: Words, line: queries.ArrivalLine) -> str:
    parts = [
        isolate_ltr(household_number_shown(line.number)),
        words.plural("{n} person", "{n} persons", line.persons),
        words.label("case_state", line.state),
    ]
    if line.arrived_on is not None:
        parts.append(words("arrived on {day}: {n}", day=line.arrived_on, n=line.arrived))
    if line.missing:
        parts.append(words("not arrived: {n}", n=line.missing))
    if line.by_phone:
        parts.append(words.label("arrival_difference", "BY_PHONE"))
    if line.desk is not None and line.handed_on is not None:
        parts.append(words("handed over to desk {desk} on {day}", desk=line.desk, day=line.handed_on))
    return "  ".join(parts)


def _counted(words: Words, counted: commands.Counted) -> str:
    arrived = words.plural("{n} family arrived today", "{n} families arrived today", counted.families)
    coming = words.plural(
        "{people} people. Still expected: {n} family, {expected} people.",
        "{people} people. Still expected: {n} families, {expected} people.",
        counted.expected_families, people=counted.people, expected=counted.expected_people,
    )  # fmt: skip
    return f"{arrived}  {coming}"


@app.command("show")
def show(context: typer.Context, family: Family) -> None:
    """One family's arrival, and how it differs from the manifest."""
    with desk_of(context) as (door, desk):
        shown = desk.ask(queries.arrival_of, household_id(desk, family))
        door.answer(shown, *_shown(door.words, shown, destination_shown(door.words, places_of(desk), shown.planned)))


def _shown(words: Words, shown: queries.ArrivalShown, planned: str) -> Iterator[str]:
    yield f"{isolate_ltr(household_number_shown(shown.number))}  {words.label('case_state', shown.state)}"
    if planned:
        yield f"{words('Where to')}: {isolate(planned)}"
    if shown.arrival is not None:
        yield words("arrived on {day}: {n}", day=shown.arrival.on, n=len(shown.arrival.arrived))
    for code in shown.differences:
        yield words.label("arrival_difference", code)
    if shown.handover is not None:
        yield words("handed over to desk {desk} on {day}", desk=shown.handover.desk, day=shown.handover.on)
    if shown.in_conflict:
        yield words.label("arrival_doubt", "TWO_DESKS")


@app.command("scan")
def scan(context: typer.Context, families: Annotated[list[str], typer.Argument(metavar="NUMBER...")]) -> None:
    """Families are here, whole and as planned: their cards were scanned or their numbers typed."""
    with desk_of(context) as (door, desk):
        counted = desk.ask(queries.count_now)
        for number in families:
            counted = desk.do(commands.scan, household_id(desk, number))
        door.answer(counted, _counted(door.words, counted))


@app.command("record")
def record(
    context: typer.Context,
    family: Family,
    on: Annotated[datetime | None, typer.Option(formats=_DAY, help="The day, else today.")] = None,
    phone: Annotated[bool, typer.Option("--phone", help="Confirmed by phone, not seen.")] = False,
    unplanned: Annotated[str | None, typer.Option(help=f"Came without: {', '.join(UNFACILITATED)}.")] = None,
    kits: Annotated[int | None, typer.Option(min=0, max=codes.MOST_KITS, help="Packages handed out.")] = None,
    momd: Annotated[str, typer.Option(help="Reference of the ministry's registration.")] = "",
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The whole arrival as JSON, instead of options.")
    ] = None,
) -> None:
    """Record one arrival, or correct and complete the one that is recorded."""
    with desk_of(context) as (door, desk):
        household = household_id(desk, family)
        if file is not None:
            form = msgspec.structs.replace(as_document(read_json(file), ArrivalForm, file), household=household)
        else:
            form = ArrivalForm(
                household, on.date() if on else None, by_phone=phone, unplanned=unplanned, kits=kits, momd=momd
            )
        known = desk.ask(queries.arrival_of, household).record
        if known is None:
            known = desk.do(commands.record, form)
        else:
            desk.do(commands.correct, known, form)
        door.answer({"arrival": known}, door.words("Recorded."))


@app.command("type-in")
def type_in(
    context: typer.Context,
    form: Annotated[str, typer.Option(help="The number of the paper list.")],
    families: Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Household numbers.")],
    on: Annotated[datetime | None, typer.Option(formats=_DAY, help="The day on the paper, else today.")] = None,
) -> None:
    """Type in a paper list of a day without power; each list once."""
    with desk_of(context) as (door, desk):
        day = on.date() if on else None
        forms = tuple(ArrivalForm(household_id(desk, number), day) for number in dict.fromkeys(families))
        typed = desk.do(commands.type_in, form, forms)
        told = (reason_said(door.words, one) for one in typed.refused)
        door.answer(typed, _counted(door.words, typed.counted), *told)


@app.command("profile")
def profile(context: typer.Context, family: Family, file: FormFile) -> None:
    """Record shelter, livelihood and protection of a family at its place; host families too."""
    with desk_of(context) as (door, desk):
        household = household_id(desk, family)
        form = msgspec.structs.replace(as_document(read_json(file), ProfileForm, file), household=household)
        door.answer({"profile": desk.do(profiling.profile, form)}, door.words("Recorded."))


@app.command("take-back")
def take_back(context: typer.Context, family: Family, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """This desk has a family again that was handed over."""
    with desk_of(context) as (door, desk):
        desk.do(handing.take_back, household_id(desk, family), reason)
        door.answer({"taken_back": True}, door.words("Recorded."))


@app.command("doubts")
def doubts(context: typer.Context) -> None:
    """What two desks did against each other: two arrivals of one family, a family handed to two desks."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.doubts)
        words = door.words
        door.answer(
            found,
            *(
                f"{isolate_ltr(household_number_shown(one.number))}  {words.label('arrival_doubt', one.code)}"
                for one in found
            ),
        )


@paper_app.command("slip")
def slip(context: typer.Context, family: Family, out: Out, language: Language = None) -> None:
    """Print the slip that an arrived family keeps, in the language it reads."""
    writable(out)
    with desk_of(context) as (door, desk):
        shown = desk.ask(queries.arrival_of, household_id(desk, family))
        if shown.arrival is None:
            raise Refusal("arrival.unknown")
        words = paper_words(door, language or (shown.reading if shown.reading in LANGUAGES else None))
        bundle = desk.ask(View.in_force)
        helplines = tuple((line.label, line.number) for line in bundle.helplines)
        made = paper.arrival_slip(words, shown, bundle.desk.number, places_of(desk), helplines, practice=desk.practice)
        replace_file(out, slip_pdf(made, words))
        door.answer({"file": str(out)}, str(out))


@paper_app.command("expected")
def expected(
    context: typer.Context,
    out: Out,
    names: Annotated[bool, typer.Option("--names", help="With names: a supervisor's decision, kept.")] = False,
    language: Language = None,
) -> None:
    """Print the list of expected families: numbers and sizes."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        found = desk.do(papers.expected_names) if names else desk.ask(papers.expected_list)
        replace_file(out, list_pdf(paper.expected_paper(words, found, practice=desk.practice), words))
        door.answer({"file": str(out), "families": len(found.families)}, str(out))


@paper_app.command("forms")
def forms(
    context: typer.Context,
    out: Out,
    count: Annotated[int, typer.Option(min=1, max=paper_forms.MOST, help="How many lists.")] = 1,
    language: Language = None,
) -> None:
    """Print lists for an arrival day without power; each has a number of its own and is typed in once."""
    writable(out)
    with desk_of(context) as (door, desk):
        words = paper_words(door, language)
        drawn = paper_forms.draw(count)
        replace_file(out, paper.arrival_forms_pdf(words, drawn, practice=desk.practice))
        door.answer({"file": str(out), "forms": drawn}, str(out))
