"""The readiness checklist of one family: every condition of its departure, done, missing or waived, with its days.

It goes home with the family, so it says what is still to do and never why somebody is not free, which authority did not
answer, or what the centre looks at.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.core.language import Words, isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.cases.codes import SAFEGUARD
from helpdesk.journey.cases.documents import Held, Standing
from helpdesk.journey.cases.reasons import HELD_BACK, paper_reason
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.page import A4, Offset
from helpdesk.printing.slips import Facts, Slip, refusal_slip, slip_pdf


def checklist_pdf(
    words: Words, standing: Standing, helplines: Helplines, *, practice: bool, offset: Offset = (0.0, 0.0)
) -> bytes:
    """The checklist on A4, as of ``standing.day``."""
    return slip_pdf(checklist(words, standing, helplines, practice=practice), words, size=A4, offset=offset)


def checklist(words: Words, standing: Standing, helplines: Helplines, *, practice: bool) -> Slip:
    """The same as a slip: one line for each condition, then a sentence for each that is missing."""
    reasons = dict.fromkeys(words.sentence(paper_reason(one)) for one in standing.missing)
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
            *reasons,
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
        return words("Waived by two people")
    days = [one.on for one in held if one.on is not None]
    ends = [one.until for one in held if one.until is not None]
    if ends and days:
        return words("Done on {day}, holds until {until}", day=max(days), until=min(ends))
    if ends:
        return words("Done, holds until {until}", until=min(ends))
    return words("Done on {day}", day=max(days)) if days else words("Done")


def not_yet_slip(words: Words, standing: Standing, helplines: Helplines, *, practice: bool) -> Slip:
    """The answer to "why was I taken off the list?": the reasons in plain words, to take along."""
    reasons = dict.fromkeys(words.sentence(paper_reason(one)) for one in standing.blocking)
    sentence = " ".join(isolate(reason) for reason in reasons) or words("Everything is done.")
    title = words("Why your family is not on the list yet")
    return refusal_slip(words, title, sentence, standing.day, helplines, practice=practice)
