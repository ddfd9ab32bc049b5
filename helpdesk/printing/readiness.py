"""What a family takes home about its readiness: the checklist, what happens next, and why it is not on the list yet.

All of it is said to the family, in the words of paper: what is still to do, and never why somebody is not free, which
authority did not answer, or what the centre looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from helpdesk.core.language import N_, Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.cases.codes import SAFEGUARD
from helpdesk.journey.cases.documents import Held, Missing, Standing
from helpdesk.journey.cases.reasons import HELD_BACK, paper_reason
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.page import A4, Offset
from helpdesk.printing.slips import Facts, Slip, next_steps_slip, refusal_slip, slip_pdf

_NEXT: Final = {
    "REGISTERED": N_("You are registered. Next we ask what you want, and what stands in your way."),
    "SCREENED": N_("If you want to move, tell us: then we prepare it with you."),
    "PREPARING": N_("Everything is done. A supervisor looks at it once more, and then we look for a day."),
    "READY": N_("Everything is done. Next we look for a day and for seats, and ask you whether that suits you."),
    "DEPARTED": N_("When you arrive, show your card at the arrival desk, or call us."),
    "ARRIVED": N_("We call you after one week, three months and nine months, and ask how you are."),
    "MONITORED": N_("We go on calling you until the ninth month, and ask how you are."),
    "HOLD": N_("Your journey waits for now. You may ask us at any time how long."),
    "FOLLOW_UP": N_("The follow-up is not finished. We tell you as soon as we know more; you may ask us at any time."),
    "STAYING": N_("You stay where you are, and our help goes on. You may change your mind on any day."),
    "WITHDRAWN": N_("You do not want to move now. There is no penalty, and you may change your mind on any day."),
    "CLOSED": N_("Our calls to you are over. If you need us, come with your number, or call a line below."),
}
"""What the family reads where nothing is missing, by the state of its case."""


def checklist_pdf(
    words: Words, standing: Standing, helplines: Helplines, *, practice: bool, offset: Offset = (0.0, 0.0)
) -> bytes:
    """The checklist on A4, as of ``standing.day``."""
    return slip_pdf(checklist(words, standing, helplines, practice=practice), words, size=A4, offset=offset)


def checklist(words: Words, standing: Standing, helplines: Helplines, *, practice: bool) -> Slip:
    """The same as a slip: one line for each condition, then a sentence for each that is missing."""
    ready = not standing.blocking
    return Slip(
        title=words("Checklist before leaving"),
        practice=practice,
        facts=(
            (words("Household number"), unbroken(household_number_shown(standing.number))),
            (words("Day"), day_shown(words, standing.day)),
            *_lines(words, standing),
        ),
        sentences=(
            words("Everything is done.") if ready else words("This is still to do before you can leave with our help:"),
            *_reasons(words, standing.missing),
            words("Leaving is your own decision, and you may stop at any time."),
        ),
        helplines=helplines,
        sign_here=(words("Supervisor"),),
    )


def _lines(words: Words, standing: Standing) -> Facts:
    return tuple(_line_of(words, standing))


def _line_of(words: Words, standing: Standing) -> Iterator[tuple[str, str]]:
    missing = {"CENTRE" if one.safeguard in HELD_BACK else one.safeguard for one in standing.missing}
    held: dict[str, list[Held]] = {}
    for one in standing.held:
        held.setdefault(one.safeguard, []).append(one)
    for code in (code for code in SAFEGUARD if code not in HELD_BACK):
        if code in missing:
            yield words.label("safeguard", code), words("Not yet")
        elif code in held:
            yield words.label("safeguard", code), _done(words, held[code])


def _done(words: Words, held: list[Held]) -> str:
    if any(one.waived for one in held):
        return words("Not asked of you, two of our staff decided")
    days = [one.on for one in held if one.on is not None]
    ends = [one.until for one in held if one.until is not None]
    if ends and days:
        return words("Done on {day}, holds until {until}", day=max(days), until=min(ends))
    if ends:
        return words("Done, holds until {until}", until=min(ends))
    return words("Done on {day}", day=max(days)) if days else words("Done")


def next_slip(words: Words, standing: Standing, helplines: Helplines, *, practice: bool) -> Slip:
    """What happens next: one step for each thing that is still to do, else what follows."""
    steps = _reasons(words, standing.blocking) or _follows(words, standing)
    return next_steps_slip(words, standing.number, steps, helplines, practice=practice)


def not_yet_slip(words: Words, standing: Standing, helplines: Helplines, *, practice: bool) -> Slip:
    """The answer to "why was I taken off the list?": the reasons in plain words, to take along."""
    first, *more = _reasons(words, standing.blocking) or _follows(words, standing)
    title = words("Why your family is not on the list yet")
    slip = refusal_slip(words, title, first, standing.day, helplines, practice=practice)
    return msgspec.structs.replace(slip, sentences=(first, *more, *slip.sentences[1:]))


def _reasons(words: Words, missing: tuple[Missing, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.sentence(paper_reason(one)) for one in missing))


def _follows(words: Words, standing: Standing) -> tuple[str, ...]:
    if standing.state == "SCHEDULED" and standing.movement_day is not None:
        return (words("You leave on {day}. You may still change your mind.", day=standing.movement_day),)
    return (words(_NEXT[standing.state]) if standing.state in _NEXT else words("Ask us at the desk what comes next."),)
