"""``case``: where a family stands, what is missing and why, the steps of its case, waivers, worklists, its checklist.

Every "no" is the same sentence as in the window; a bulk act names each family that it left out, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.cli.household import paper_words
from helpdesk.cli.movement_papers import household_id
from helpdesk.cli.session import desk_of, writable
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.users import names
from helpdesk.households.commands import note_printed
from helpdesk.journey.cases import commands, proposing, queries, waiving
from helpdesk.journey.cases.codes import AWAITING, FOLLOW_UP_ACTION, HOLD_REASON, SETTLED, UNFACILITATED, WAIVABLE
from helpdesk.journey.cases.documents import Standing
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.cases.reasons import reason_of
from helpdesk.opening import Desk
from helpdesk.printing.blocks import Helplines
from helpdesk.printing.readiness import checklist_pdf, not_yet_slip
from helpdesk.printing.slips import slip_pdf

app: Final = typer.Typer(name="case", help="Where families stand, and what is missing.", rich_markup_mode=None)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The household number.")]
Numbers = Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Household numbers.")]
Day = Annotated[datetime, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="Year-month-day.")]
Review = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day to look again.")]
MaybeReview = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to look again.")]
Out = Annotated[Path, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]


@app.command("show")
def show(context: typer.Context, number: Number) -> None:
    """Where a family stands, what is missing and why, and what comes next."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.standing_of, household_id(desk, number))
        door.answer(found, *_standing_lines(door.words, found))


def _standing_lines(words: Words, found: Standing) -> Iterator[str]:
    yield f"{household_number_shown(found.number)}  {words.label('case_state', found.state)}"
    yield words("Next: {step}", step=words.label("next_step", found.next_step))
    for one in found.missing:
        yield f"  {words.label('safeguard', one.safeguard)}: {isolate(words.sentence(reason_of(one)))}"
    if found.incident:
        yield words.label("incident", found.incident)
    if found.awaiting:
        yield words(AWAITING)


@app.command("prepare")
def prepare(context: typer.Context, number: Number) -> None:
    """Begin to prepare a screened family."""
    _one(context, number, lambda desk, household: desk.do(commands.prepare, household))


@app.command("ready")
def ready(context: typer.Context, numbers: Numbers) -> None:
    """Declare families ready; those that are not are named with their reason."""
    _many(context, numbers, lambda desk, households: desk.do(commands.bulk_declare_ready, households))


@app.command("schedule")
def schedule(context: typer.Context, day: Day, numbers: Numbers) -> None:
    """Give ready families their day."""
    _many(context, numbers, lambda desk, households: desk.do(commands.schedule, households, day.date()))


@app.command("unschedule")
def unschedule(
    context: typer.Context,
    number: Number,
    absent: Annotated[bool, typer.Option("--absent", help="It did not come on its day.")] = False,
) -> None:
    """Take a family's day back, without any penalty."""
    _one(context, number, lambda desk, household: desk.do(commands.unschedule, household, absent=absent))


@app.command("hold")
def hold(
    context: typer.Context,
    numbers: Numbers,
    reason: Annotated[str, typer.Option(help=f"One of {', '.join(HOLD_REASON)}.")],
    review: MaybeReview = None,
) -> None:
    """Stop families for now."""
    on = review.date() if review else None
    _many(context, numbers, lambda desk, households: desk.do(commands.hold, households, reason, on))


@app.command("resume")
def resume(context: typer.Context, number: Number) -> None:
    """Go on preparing after hold, follow-up or staying."""
    _one(context, number, lambda desk, household: desk.do(commands.resume, household))


@app.command("follow-up")
def follow_up(context: typer.Context, number: Number, review: Review) -> None:
    """Hand a family to the follow-up at the centre; no reason is asked."""
    _one(context, number, lambda desk, household: desk.do(commands.follow_up, household, review.date()))


@app.command("propose-follow-up")
def propose_follow_up(context: typer.Context, number: Number, review: Review) -> None:
    """Propose follow-up at the centre; a supervisor confirms it by follow-up, or declines."""
    _one(context, number, lambda desk, household: desk.do(proposing.propose, household, review.date()))


@app.command("decline-follow-up")
def decline_follow_up(context: typer.Context, number: Number) -> None:
    """Decline a follow-up that was proposed, or take one's own proposal back."""
    _one(context, number, lambda desk, household: desk.do(proposing.decline, household))


@app.command("stay")
def stay(context: typer.Context, number: Number, review: Review) -> None:
    """Record that a family stays where it is."""
    _one(context, number, lambda desk, household: desk.do(commands.stay, household, review.date()))


@app.command("note")
def note(
    context: typer.Context,
    number: Number,
    action: Annotated[str, typer.Option(help=f"One of {', '.join(FOLLOW_UP_ACTION)}.")],
    review: MaybeReview = None,
) -> None:
    """Write in the log of a family in follow-up or staying."""
    on = review.date() if review else None
    _one(context, number, lambda desk, household: desk.do(commands.note_follow_up, household, action, on))


@app.command("left")
def left(
    context: typer.Context,
    number: Number,
    day: Day,
    reason: Annotated[str, typer.Option(help=f"One of {', '.join(UNFACILITATED)}.")],
) -> None:
    """Record that a family left without the programme."""
    _one(context, number, lambda desk, household: desk.do(commands.leave_unfacilitated, household, reason, day.date()))


@app.command("assign")
def assign(
    context: typer.Context,
    number: Number,
    user: Annotated[str | None, typer.Option(help="The account's name; without it nobody.")] = None,
) -> None:
    """Name who accompanies a family."""

    def one(desk: Desk, household: str) -> object:
        found = {name: account for account, name in desk.ask(names).items()}
        if user is not None and user not in found:
            raise Refusal("users.unknown")
        return desk.do(commands.assign_caseworker, household, found[user] if user else None)

    _one(context, number, one)


@app.command("waive")
def waive(
    context: typer.Context,
    number: Number,
    safeguard: Annotated[str, typer.Option(help=f"One of {', '.join(sorted(WAIVABLE))}.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Propose to waive a condition; another account confirms it with the id that is answered."""
    with desk_of(context) as (door, desk):
        waiver = desk.do(waiving.propose_waiver, household_id(desk, number), safeguard, reason)
        door.answer({"waiver": waiver}, door.words("Proposed: {waiver}. Another account confirms it.", waiver=waiver))


@app.command("confirm")
def confirm(context: typer.Context, waiver: Annotated[str, typer.Argument(help="The waiver's id.")]) -> None:
    """Confirm a waiver that another account proposed."""
    with desk_of(context) as (door, desk):
        desk.do(waiving.confirm_waiver, waiver)
        door.answer({"waiver": waiver}, door.words("Recorded."))


@app.command("unwaive")
def unwaive(context: typer.Context, waiver: Annotated[str, typer.Argument(help="The waiver's id.")]) -> None:
    """End a waiver."""
    with desk_of(context) as (door, desk):
        desk.do(waiving.withdraw_waiver, waiver)
        door.answer({"waiver": waiver}, door.words("Recorded."))


@app.command("settle")
def settle(
    context: typer.Context,
    number: Number,
    result: Annotated[str, typer.Option(help=f"One of {', '.join(SETTLED)}.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Settle the incident of a departure."""
    _one(context, number, lambda desk, household: desk.do(waiving.settle_incident, household, result, reason))


@app.command("list")
def worklist(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=f"One of {', '.join(queries.WORKLIST)}, or a state.")] = "MISSING",
    safeguard: Annotated[str | None, typer.Option(help="Only families that lack this condition.")] = None,
    site: Annotated[str | None, typer.Option(help="The id of a site.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
) -> None:
    """The families of a worklist, with the codes of what is missing."""
    with desk_of(context) as (door, desk):
        ids = desk.ask(queries.worklist, code, site=site, safeguard=safeguard)
        found = desk.ask(queries.lines, ids[:limit])
        rows = [found[household] for household in ids[:limit] if household in found]
        words = door.words
        door.answer(
            rows,
            words.plural("{n} family", "{n} families", len(ids)),
            *(
                f"{household_number_shown(row.number)}  {isolate(row.principal)}  {' '.join(row.missing)}"
                for row in rows
            ),
        )


def _row(row: queries.CaseLine) -> str:
    return f"{household_number_shown(row.number)}  {isolate(row.principal)}  {' '.join(row.missing)}"


@app.command("board")
def board(context: typer.Context, site: Annotated[str | None, typer.Option(help="The id of a site.")] = None) -> None:
    """How many families and persons stand at each step."""
    with desk_of(context) as (door, desk):
        columns = desk.ask(queries.board, site)
        words = door.words
        door.answer(
            columns,
            *(f"{words.label('case_state', one.state)}: {one.families} / {one.persons}" for one in columns),
        )


@app.command("checklist")
def print_checklist(context: typer.Context, number: Number, out: Out, language: Language = None) -> None:
    """Print the checklist of a family's departure."""
    writable(out)
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        found = desk.ask(queries.standing_of, household)
        words = paper_words(door, language)
        replace_file(out, checklist_pdf(words, found, _helplines(desk), practice=desk.practice))
        desk.do(note_printed, household, "checklist")
        door.answer({"paper": out.name}, door.words("Written: {file}", file=out.name))


@app.command("why-not")
def print_reason(context: typer.Context, number: Number, out: Out, language: Language = None) -> None:
    """Print why a family is not on the list yet, to take along."""
    writable(out)
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        found = desk.ask(queries.standing_of, household)
        words = paper_words(door, language)
        replace_file(out, slip_pdf(not_yet_slip(words, found, _helplines(desk), practice=desk.practice), words))
        desk.do(note_printed, household, "reason")
        door.answer({"paper": out.name}, door.words("Written: {file}", file=out.name))


def _helplines(desk: Desk) -> Helplines:
    return tuple((line.label, line.number) for line in desk.bundle.helplines) if desk.bundle else ()


def _one(context: typer.Context, number: str, act: Callable[[Desk, str], object]) -> None:
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        act(desk, household)
        found = desk.ask(queries.standing_of, household)
        door.answer(found, *_standing_lines(door.words, found))


def _many(
    context: typer.Context, numbers: Sequence[str], act: Callable[[Desk, tuple[str, ...]], tuple[NotNow, ...]]
) -> None:
    with desk_of(context) as (door, desk):
        of_number = {household_id(desk, number): number for number in dict.fromkeys(numbers)}
        refused = act(desk, tuple(of_number))
        words = door.words
        done = len(of_number) - len(refused)
        door.answer(
            {"done": done, "refused": {of_number[one.household]: one.code for one in refused}},
            words.plural("{n} family", "{n} families", done),
            *(f"{of_number[one.household]}: {words.sentence(Refusal(one.code, **one.values))}" for one in refused),
        )
