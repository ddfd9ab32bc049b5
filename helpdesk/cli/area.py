"""``area``: places of return. At a desk ``area ...``, with the whole programme's register ``centre area ...``.

One set of commands for both: the office behind the folder tells which it is. What somebody records comes as a JSON
file of the forms in journey/areas/forms.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer

from helpdesk.centre import areas as centre_areas
from helpdesk.centre.office import Office
from helpdesk.cli.door import Door
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import as_document, centre_of, desk_of, read_json, writable
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.desk.commands import Command
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.areas import advocacy, commands, queries
from helpdesk.journey.areas.forms import (
    ActionForm,
    AssessmentForm,
    NoteForm,
    ObstacleForm,
    PlanForm,
    SafeguardForm,
    WaiverForm,
)
from helpdesk.journey.areas.standing import gazetteer_of
from helpdesk.opening import Desk
from helpdesk.printing.areas import brief_pdf, place_pdf, plan_pdf

app: Final = typer.Typer(name="area", help="Places of return and their safeguards.", rich_markup_mode=None)

FormFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON: the form, filled in.")]
PlaceId = Annotated[str, typer.Argument(metavar="PLACE_ID", help="An id of the gazetteer, district or narrower.")]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="Id, as show tells it.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept.")]
OutPdf = Annotated[Path, typer.Option(help="The PDF to write.")]
PaperLanguage = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]
Form = TypeVar("Form")


@dataclass(frozen=True)
class _Here:
    # where the command runs: a desk, or a centre's office
    door: Door
    desk: Desk | None
    office: Office | None

    def do(self, at_desk: Command[..., Any], at_centre: Command[..., Any], *args: Any) -> Any:
        if self.office is not None:
            return self.office.gate.do(at_centre, self.office, *args)
        return self._desk().do(at_desk, *args)

    def lines(self, *, everything: bool) -> tuple[queries.PlaceLine, ...]:
        if self.office is not None:
            return centre_areas.lines(self.office, everything=everything)
        return self._desk().ask(lambda view: queries.lines(view, everything=everything))

    def file(self, place: str) -> queries.PlaceFile:
        return centre_areas.place_of(self.office, place) if self.office else self._desk().ask(queries.place_of, place)

    def brief(self, within: str | None) -> advocacy.Brief:
        return centre_areas.brief(self.office, within) if self.office else self._desk().ask(advocacy.brief, within)

    def places(self) -> Gazetteer:
        with (self.office.gate.store if self.office else self._desk().store).read() as connection:
            return gazetteer_of(connection)

    @property
    def practice(self) -> bool:
        return self.office.programme().practice if self.office else self._desk().practice

    def _desk(self) -> Desk:
        if self.desk is None:
            raise Refusal("folder.none")
        return self.desk


@contextmanager
def _here(context: typer.Context) -> Iterator[_Here]:
    above = context.parent.parent if context.parent is not None else None
    if above is not None and above.info_name == "centre":
        with centre_of(context) as (door, office):
            yield _Here(door, None, office)
    else:
        with desk_of(context) as (door, desk):
            yield _Here(door, desk, None)


def _form(file: Path, kind: type[Form]) -> Form:
    return as_document(read_json(file), kind, file)


@app.command("list")
def list_places(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also places of which nothing is recorded.")] = False,
) -> None:
    """Places by priority, and what each lacks."""
    with _here(context) as here:
        lines, places, words = here.lines(everything=everything), here.places(), here.door.words
        said = [_line(words, places, line) for line in lines]
        here.door.answer(lines, *(said or [words("Nothing is recorded of any place.")]))


def _line(words: Words, places: Gazetteer, line: queries.PlaceLine) -> str:
    name = isolate(places.shown(line.place, words.language))
    severity = words.label("area_severity", line.severity) if line.severity else ""
    hotspot = words("hotspot") if line.hotspot else ""
    return "  ".join(part for part in (isolate_ltr(line.place), name, severity, hotspot, _verdict(words, line)) if part)


def _verdict(words: Words, line: queries.PlaceLine) -> str:
    if line.missing:
        return "; ".join(_missing(words, one) for one in line.missing)
    return words("open until {day}", day=words.date(line.until)) if line.until else words("open")


def _missing(words: Words, missing: tuple[str, str]) -> str:
    safeguard, why = missing
    label, reason = words.label("area_safeguard", safeguard), words.label("area_why", why)
    return words("{thing}: {count}", thing=label, count=reason)


@app.command("show")
def show(context: typer.Context, place: PlaceId) -> None:
    """One place whole."""
    with _here(context) as here:
        file, words = here.file(place), here.door.words
        here.door.answer(file, *_file_lines(words, file, here.places()))


def _file_lines(words: Words, file: queries.PlaceFile, places: Gazetteer) -> Iterator[str]:
    yield isolate(places.shown(file.place, words.language))
    yield from (_missing(words, one) for one in file.standing.missing)
    if not file.standing.missing:
        yield words("open until {day}", day=words.date(file.standing.until)) if file.standing.until else words("open")
    for code in file.standing.waived:
        yield words("{thing}: {count}", thing=words.label("area_safeguard", code), count=words("Waived by two people"))
    for record, assessment in file.assessments:
        yield f"{record}  {words.label('area_result', assessment.result)}  {words.date(assessment.on)}"
    for record, one in file.safeguards:
        safeguard, state = words.label("area_safeguard", one.safeguard), words.label("area_state", one.state)
        yield f"{record}  {safeguard}  {state}  {words.date(one.on)}"
    for plan in file.plans:
        yield f"{plan.id}  {isolate(plan.plan.title)}  {words.label('plan_state', plan.plan.state)}"
        for action, doing in plan.actions:
            yield f"    {action}  {isolate(doing.text)}  {words.label('action_state', doing.state)}"
    for record, alert in file.alerts:
        yield f"{record}  {words.label('area_why', 'ALERT')}  {isolate(alert.reason)}"
    for waiver in file.waivers:
        yield f"{waiver.id}  {words.label('area_waiver_state', waiver.waiver.state)}  {isolate(waiver.waiver.reason)}"
    for obstacle in file.obstacles:
        level = words.label("obstacle_level", obstacle.obstacle.level)
        yield f"{obstacle.id}  {level}  {isolate(obstacle.obstacle.text)}"


def _recorded(here: _Here, record: Any) -> None:
    ids = record if isinstance(record, tuple) else (record,)
    here.door.answer({"recorded": ids}, *(isolate_ltr(one) for one in ids))


def _done(here: _Here, record: str) -> None:
    here.door.answer({"changed": record}, here.door.words("Recorded."))


@app.command("assess")
def assess(context: typer.Context, file: FormFile) -> None:
    """Record an assessment of needs, risks and tensions with its result."""
    form = _form(file, AssessmentForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.assess, centre_areas.assess, form))


@app.command("meet")
def meet(context: typer.Context, record: RecordId, condition: Annotated[str, typer.Option(help="Its words.")]) -> None:
    """Note that a condition of an assessment came true."""
    with _here(context) as here:
        here.do(commands.meet_condition, centre_areas.meet_condition, record, condition)
        _done(here, record)


@app.command("void")
def void(context: typer.Context, record: RecordId, reason: Reason) -> None:
    """Take back an assessment or a safeguard entered by mistake."""
    with _here(context) as here:
        here.do(commands.void, centre_areas.void, record, reason)
        _done(here, record)


@app.command("answer")
def answer(context: typer.Context, file: FormFile) -> None:
    """Record an answer to one of the other safeguards."""
    form = _form(file, SafeguardForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.answer, centre_areas.answer, form))


@app.command("plan")
def plan(context: typer.Context, file: FormFile) -> None:
    """Record a joint action plan with its actions."""
    form = _form(file, PlanForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.make_plan, centre_areas.make_plan, form))


@app.command("plan-state")
def plan_state(
    context: typer.Context,
    record: RecordId,
    state: Annotated[str, typer.Argument(help="DRAFT, AGREED or ENDED.")],
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Its last day.")] = None,
) -> None:
    """Agree on a plan from today, or end it."""
    last = _day(until)
    with _here(context) as here:
        here.do(commands.move_plan, centre_areas.move_plan, record, state, last)
        _done(here, record)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD") from None


@app.command("action")
def action(context: typer.Context, record: RecordId, file: FormFile) -> None:
    """Add an action to a plan."""
    form = _form(file, ActionForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.add_action, centre_areas.add_action, record, form))


@app.command("action-state")
def action_state(
    context: typer.Context,
    record: RecordId,
    state: Annotated[str, typer.Argument(help="OPEN, STARTED, DONE or DROPPED.")],
    note: Annotated[str, typer.Option(help="A remark.")] = "",
) -> None:
    """Say how far an action is."""
    with _here(context) as here:
        here.do(commands.move_action, centre_areas.move_action, record, state, note)
        _done(here, record)


@app.command("profile")
def profile(
    context: typer.Context,
    place: PlaceId,
    severity: Annotated[str | None, typer.Option(help="L, M, H or VH.")] = None,
    hotspot: Annotated[bool, typer.Option("--hotspot", help="Conditions are most severe there.")] = False,
    group: Annotated[str, typer.Option(help="The area's coordination group.")] = "",
) -> None:
    """Say how severe conditions are in a place."""
    with _here(context) as here:
        _recorded(here, here.do(commands.set_profile, centre_areas.set_profile, place, severity, hotspot, group))


@app.command("alert")
def alert(
    context: typer.Context, places: Annotated[list[str], typer.Argument(metavar="PLACE_ID...")], reason: Reason
) -> None:
    """Hold everybody who is to move to these places."""
    with _here(context) as here:
        _recorded(here, here.do(commands.raise_alert, centre_areas.raise_alert, tuple(places), reason))


@app.command("lift")
def lift(context: typer.Context, record: RecordId, reason: Reason) -> None:
    """Lift an alert."""
    with _here(context) as here:
        here.do(commands.lift_alert, centre_areas.lift_alert, record, reason)
        _done(here, record)


@app.command("waive")
def waive(context: typer.Context, file: FormFile) -> None:
    """Propose to waive safeguards of places; another account confirms."""
    form = _form(file, WaiverForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.propose_waiver, centre_areas.propose_waiver, form))


@app.command("confirm")
def confirm(context: typer.Context, records: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Confirm waivers that another account proposed: all of them or none."""
    with _here(context) as here:
        here.do(commands.confirm_waivers, centre_areas.confirm_waivers, tuple(records))
        _recorded(here, tuple(records))


@app.command("unwaive")
def unwaive(context: typer.Context, record: RecordId) -> None:
    """End a waiver."""
    with _here(context) as here:
        here.do(commands.withdraw_waiver, centre_areas.withdraw_waiver, record)
        _done(here, record)


@app.command("obstacle")
def obstacle(context: typer.Context, file: FormFile) -> None:
    """Record what stands in the way of a whole place."""
    form = _form(file, ObstacleForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.raise_obstacle, centre_areas.raise_obstacle, form))


@app.command("step")
def step(
    context: typer.Context,
    record: RecordId,
    text: Annotated[str, typer.Option(help="What was done.")],
    org: Annotated[str, typer.Option(help="By which organisation.")],
    level: Annotated[str | None, typer.Option(help="AREA, GOVERNORATE or NATIONAL: where it is to be solved.")] = None,
    state: Annotated[str | None, typer.Option(help="OPEN, ANSWERED or CLOSED.")] = None,
    review: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="When to look again.")] = None,
) -> None:
    """Write one line of an obstacle's action log; with it, escalate or close it."""
    day = _day(review)
    with _here(context) as here:
        args = (record, text, org, level, state, day)
        _recorded(here, here.do(commands.step_obstacle, centre_areas.step_obstacle, *args))


@app.command("note")
def note(context: typer.Context, file: FormFile) -> None:
    """Record evidence that return is not viable, or a lesson, without a name."""
    form = _form(file, NoteForm)
    with _here(context) as here:
        _recorded(here, here.do(commands.note, centre_areas.note, form))


@app.command("paper")
def paper(
    context: typer.Context,
    place: PlaceId,
    out: OutPdf,
    plan: Annotated[bool, typer.Option("--plan", help="The joint action plan, not the summary.")] = False,
    language: PaperLanguage = None,
) -> None:
    """Print the summary of a place, or its joint action plan."""
    writable(out)
    with _here(context) as here:
        words, draw = paper_words(here.door, language), plan_pdf if plan else place_pdf
        replace_file(out, draw(words, here.file(place), here.places(), practice=here.practice))
        here.door.answer({"file": str(out)}, isolate_ltr(str(out)))


@app.command("brief")
def brief(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Also write it as a PDF.")] = None,
    within: Annotated[str | None, typer.Option(metavar="PLACE_ID", help="Only what lies in this place.")] = None,
    language: PaperLanguage = None,
) -> None:
    """The advocacy brief: evidence that return is not viable, without families."""
    if out is not None:
        writable(out)
    with _here(context) as here:
        found, places, words = here.brief(within), here.places(), here.door.words
        if out is not None:
            replace_file(out, brief_pdf(paper_words(here.door, language), found, places, practice=here.practice))
        said = [
            f"{isolate(places.shown(one.place, words.language))}  {words.label('obstacle_topic', one.topic)}  "
            + (words("fewer than {n}", n=advocacy.FEWEST) if one.families is None else words.digits(one.families))
            for one in found.evidence
        ]
        here.door.answer(found, *(said or [words("No evidence is recorded.")]))
