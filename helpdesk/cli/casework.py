"""What befalls a family, beside the nouns ``case`` and ``household``: withdraw, come back, close, change, split, merge.

People are named by their place in the roster as ``household show`` prints it, counted from 1. Papers are written in the
same call, so that nobody leaves without one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from helpdesk.casework import closing, displacing, family, merging, payees, queries, settling, splitting, withdrawing
from helpdesk.casework.codes import CAME, DISPLACED_AGAIN, EVENT, GONE, REACHED
from helpdesk.casework.family import Holders
from helpdesk.casework.roster import Changed
from helpdesk.cli.door import Door
from helpdesk.cli.household import paper_words
from helpdesk.cli.movement_papers import household_id
from helpdesk.cli.session import as_document, desk_of, read_json, writable
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.codes import RELATION
from helpdesk.households.commands import known_household, note_printed
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import MemberEntry
from helpdesk.opening import Desk
from helpdesk.printing.blocks import Helplines
from helpdesk.printing.card_papers import cards_with_notices
from helpdesk.printing.cards import CardLayout
from helpdesk.printing.casework import closing_slip, stopped_slip
from helpdesk.printing.faces import helplines_of
from helpdesk.printing.slips import Slip, slip_pdf

member: Final = typer.Typer(name="member", help="Who was born, died, joined or left.", rich_markup_mode=None)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The household number.")]
Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day it happened.")]
Out = Annotated[Path | None, typer.Option(help="The PDF to write.")]
Language = Annotated[str | None, typer.Option(help="Language of the paper, else that of the answers.")]
Place = Annotated[int | None, typer.Option(min=1, help="A place in the roster.")]
Places = Annotated[list[int], typer.Option(min=1, help="A place in the roster; say it again for more.")]


def mount(cases: typer.Typer, households: typer.Typer) -> None:
    """Put the commands beside those of ``case`` and ``household``."""
    of_cases: dict[str, Callable[..., None]] = {
        "withdraw": withdraw, "take-back": take_back, "close": close, "again": again,
    }  # fmt: skip
    of_households: dict[str, Callable[..., None]] = {
        "changes": changes, "split": split, "merge": merge, "doubts": doubts, "settle": settle, "payee": payee,
    }  # fmt: skip
    for name, act in of_cases.items():
        cases.command(name)(act)
    for name, act in of_households.items():
        households.command(name)(act)
    households.add_typer(member)


def withdraw(
    context: typer.Context,
    number: Number,
    witness: Annotated[str, typer.Option(help="Who heard it.")],
    reached: Annotated[str, typer.Option(help=f"One of {', '.join(REACHED)}.")] = "PRESENT",
    phone: Annotated[str, typer.Option(help="The family's number she was reached on.")] = "",
    reason: Annotated[str, typer.Option(help="Only if she wishes to give one.")] = "",
    out: Out = None,
    language: Language = None,
) -> None:
    """Stop a family's movement because it says so: no reason, no penalty; the receipt goes to --out."""
    if out is not None:
        writable(out)
    form = withdrawing.WithdrawalForm(reached, witness, phone, reason)
    with desk_of(context) as (door, desk):
        done = desk.do(withdrawing.withdraw, household_id(desk, number), form)
        words = paper_words(door, language)
        slip = stopped_slip(
            words, done.number, done.on, done.until, vouchers=done.vouchers > 0, helplines=_helplines(desk),
            practice=desk.practice,
        )  # fmt: skip
        _paper(door, desk, done.household, slip, out, language)
        door.answer(done, door.words("Withdrawn. It can be taken back; vouchers wait until {day}.", day=done.until))


def take_back(context: typer.Context, number: Number) -> None:
    """Undo a withdrawal: the family prepares again, and vouchers that still wait come back."""
    with desk_of(context) as (door, desk):
        case = desk.do(withdrawing.take_back, household_id(desk, number))
        door.answer(case, door.words("Recorded."))


def close(context: typer.Context, number: Number, out: Out = None, language: Language = None) -> None:
    """Close a case whose calls are over and whose vouchers are settled."""
    if out is not None:
        writable(out)
    with desk_of(context) as (door, desk):
        done = desk.do(closing.close, household_id(desk, number))
        words = paper_words(door, language)
        slip = closing_slip(words, done.number, done.on, _helplines(desk), practice=desk.practice)
        _paper(door, desk, done.household, slip, out, language)
        door.answer(done, door.words("Recorded."))


def again(
    context: typer.Context,
    number: Number,
    on: Day,
    reason: Annotated[str, typer.Option(help=f"One of {', '.join(DISPLACED_AGAIN)}.")],
    place: Annotated[str, typer.Option(help="Where they live now, in words.")],
    population: Annotated[str, typer.Option(help="CAMP or OOC.")] = "OOC",
) -> None:
    """A family was displaced again: its case ends, the next one opens under the same number."""
    with desk_of(context) as (door, desk):
        form = displacing.AgainForm(on.date(), reason, PlaceAnswer(unlisted=place), population)
        case = desk.do(displacing.displaced_again, household_id(desk, number), form)
        door.answer(case, door.words("Attempt {n}", n=case.attempt))


def changes(context: typer.Context, number: Number) -> None:
    """What changed in a family, and which other numbers it is linked with."""
    with desk_of(context) as (door, desk):
        found = desk.ask(queries.changes_of, household_id(desk, number))
        words = door.words
        lines = [
            f"{words.date(event.on)}  {words.label(EVENT.name, event.what)}  "
            + ", ".join(isolate(found.names[person]) for person in event.persons if person in found.names)
            for event in found.events
        ]
        lines += [
            f"{words.label(EVENT.name, link.what)}  {isolate_ltr(household_number_shown(link.number))}"
            for link in found.links
        ]
        door.answer(found, *(lines or [words("Nothing has changed since the registration.")]))


@member.command("came")
def came(
    context: typer.Context,
    number: Number,
    on: Day,
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The person as JSON, a line of a roster.")],
    what: Annotated[str, typer.Option(help=f"One of {', '.join(CAME)}.")] = "BIRTH",
    out: Out = None,
    language: Language = None,
) -> None:
    """Somebody was born, married in or joined."""
    document = read_json(file)
    if out is not None:
        writable(out)
    with desk_of(context) as (door, desk):
        entry = as_document(document, MemberEntry, file)
        done = desk.do(family.came, household_id(desk, number), what, entry, on.date())
        _changed(door, desk, done, out, language)


@member.command("gone")
def gone(
    context: typer.Context,
    number: Number,
    on: Day,
    person: Annotated[int, typer.Option(min=1, help="Whose place in the roster.")],
    what: Annotated[str, typer.Option(help=f"One of {', '.join(GONE)}.")],
    head: Place = None,
    principal: Place = None,
    out: Out = None,
    language: Language = None,
) -> None:
    """Somebody died, married into another family or left; say who leads and who holds the card, if they did."""
    if out is not None:
        writable(out)
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        (who,) = _people(desk, household, (person,))
        holders = Holders(_one(desk, household, head), _one(desk, household, principal))
        done = desk.do(family.gone, household, who, what, on.date(), holders)
        _changed(door, desk, done, out, language)


@member.command("holders")
def holders(
    context: typer.Context,
    number: Number,
    on: Day,
    head: Place = None,
    principal: Place = None,
    out: Out = None,
    language: Language = None,
) -> None:
    """Another head of the family, another holder of the card, or both."""
    if out is not None:
        writable(out)
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        chosen = Holders(_one(desk, household, head), _one(desk, household, principal))
        done = desk.do(family.change_holders, household, chosen, on.date())
        _changed(door, desk, done, out, language)


@member.command("moved")
def moved(
    context: typer.Context,
    number: Number,
    on: Day,
    person: Annotated[int, typer.Option(min=1, help="Whose place in the roster.")],
    into: Annotated[str, typer.Option(help="The number of the family that she joins.")],
    relation: Annotated[str, typer.Option(help=f"There; one of {', '.join(RELATION)}.")],
    what: Annotated[str, typer.Option(help="MARRIED_IN or JOINED.")] = "MARRIED_IN",
) -> None:
    """Somebody goes over into another registered family."""
    with desk_of(context) as (door, desk):
        (who,) = _people(desk, household_id(desk, number), (person,))
        done = desk.do(family.moved, who, household_id(desk, into), what, relation, on.date())
        door.answer(done, door.words("Recorded."))


def split(
    context: typer.Context,
    number: Number,
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Consent, phones and place as JSON.")],
    mover: Places,
    head: Annotated[int, typer.Option(min=1, help="Who leads the new household, by place.")],
    stay_head: Annotated[int | None, typer.Option(min=1, help="Who leads those who stay, if the head goes.")] = None,
    out: Out = None,
    language: Language = None,
) -> None:
    """Divide a family: those who go get a number of their own; --head stands at the desk and holds the card."""
    document = read_json(file)
    if out is not None:
        writable(out)
    with desk_of(context) as (door, desk):
        household = household_id(desk, number)
        movers = _people(desk, household, mover)
        (leads,) = _people(desk, household, (head,))
        stays = _one(desk, household, stay_head)
        fields = {
            **(document if isinstance(document, dict) else {}), "movers": movers, "head": leads, "principal": leads,
            "present": (leads,), "holders": {"head": stays, "principal": stays},
        }  # fmt: skip
        done = desk.do(splitting.split, household, as_document(fields, splitting.SplitForm, file))
        _cards(door, desk, (done.moving, done.staying), out, language)
        shown = isolate_ltr(household_number_shown(done.number))
        door.answer(done, door.words("The new household has the number {number}.", number=shown))


def merge(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="NUMBER", help="One household number.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other one.")],
    same: Annotated[list[str], typer.Option(help="PLACE=PLACE: who is the same person; say it again for more.")],
    yes: Annotated[bool, typer.Option("--yes", help="It cannot be undone.")] = False,
) -> None:
    """Merge two registrations of one family: the earlier number stays, the later one is closed for good."""
    with desk_of(context) as (door, desk):
        first, second = household_id(desk, one), household_id(desk, other)
        pairs = [_pair(text) for text in same]
        here = _people(desk, first, [pair[0] for pair in pairs])
        there = _people(desk, second, [pair[1] for pair in pairs])
        if not yes:
            typer.confirm(door.words("This cannot be undone. Merge the two households?"), abort=True)
        done = desk.do(merging.merge, first, second, dict(zip(here, there, strict=True)))
        shown = isolate_ltr(household_number_shown(done.closed_number))
        door.answer(done, door.words("The number {number} is closed; its cards and vouchers are void.", number=shown))


def _pair(text: str) -> tuple[int, int]:
    one, _, other = text.partition("=")
    if not (one.isdecimal() and other.isdecimal()):
        raise typer.BadParameter("PLACE=PLACE", param_hint="--same")
    return int(one), int(other)


def doubts(context: typer.Context) -> None:
    """People whom two families name, because two desks changed one family at the same time."""
    with desk_of(context) as (door, desk):
        found = desk.ask(settling.doubts)
        lines = [f"{one.person}  {isolate(one.name)}  {' '.join(one.named_by)}" for one in found]
        door.answer(found, *(lines or [door.words("Nobody stands in two families.")]))


def settle(
    context: typer.Context,
    person: Annotated[str, typer.Option(help="The person's id, as doubts shows it.")],
    number: Annotated[str, typer.Option("--into", help="The number of the family that she belongs to.")],
) -> None:
    """Say where somebody belongs; every roster follows."""
    with desk_of(context) as (door, desk):
        done = desk.do(settling.settle, {person: household_id(desk, number)})
        door.answer({"households": done}, door.words("Recorded."))


def payee(
    context: typer.Context,
    number: Number,
    voucher: Annotated[str, typer.Option(help="The voucher's id.")],
    to: Annotated[int, typer.Option(min=1, help="Whose place in the roster.")],
) -> None:
    """Give an unpaid voucher to another adult: the old one is void, the new one is approved by another supervisor."""
    with desk_of(context) as (door, desk):
        (who,) = _people(desk, household_id(desk, number), (to,))
        fresh = desk.do(payees.reassign, voucher, who)
        door.answer({"voucher": fresh}, door.words("Recorded."))


def _people(desk: Desk, household: str, places: Sequence[int]) -> tuple[str, ...]:
    members = desk.ask(known_household, household).members
    if any(place > len(members) for place in places):
        raise Refusal("person.unknown")
    return tuple(members[place - 1] for place in places)


def _one(desk: Desk, household: str, place: int | None) -> str | None:
    return None if place is None else _people(desk, household, (place,))[0]


def _helplines(desk: Desk) -> Helplines:
    return tuple((line.label, line.number) for line in desk.bundle.helplines) if desk.bundle else ()


def _paper(door: Door, desk: Desk, household: str, slip: Slip, out: Path | None, language: str | None) -> None:
    if out is not None:
        replace_file(out, slip_pdf(slip, paper_words(door, language)))
        desk.do(note_printed, household, "slip")


def _changed(door: Door, desk: Desk, done: Changed, out: Path | None, language: str | None) -> None:
    words = door.words
    lines = [words("Recorded.")]
    if done.off_list:
        lines.append(words("The family was taken off the list of its movement; put it on again once it is ready."))
    lines += [words("This voucher needs another payee: {voucher}", voucher=voucher) for voucher in done.vouchers]
    _cards(door, desk, (done,), out, language)
    door.answer(done, *lines)


def _cards(door: Door, desk: Desk, changed: Sequence[Changed], out: Path | None, language: str | None) -> None:
    issued = [one.card for one in changed if one.card is not None]
    if out is None or not issued or desk.bundle is None:
        return
    words, helplines = paper_words(door, language), helplines_of(desk.bundle)
    with door.progress() as progress:
        paper = cards_with_notices(
            issued, helplines, words, CardLayout.A4_TEN, practice=desk.practice, progress=progress
        )
    replace_file(out, paper)
