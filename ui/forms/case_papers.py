"""What a family may take home about its way: the readiness checklist, what happens next, and why it is not ready yet.

They carry the number and conditions in words. No name, place, authority or reason that could mark a family stands here.
"""

from __future__ import annotations

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.cases.codes import SAFEGUARD, STATE
from helpdesk.journey.cases.documents import Standing
from helpdesk.printing.blocks import day_shown, unbroken
from helpdesk.printing.page import A4
from helpdesk.printing.slips import Slip, next_steps_slip, slip_pdf
from ui.forms.desk_now import DeskNow
from ui.forms.journey_words import lacks, sentence_of
from ui.printing import Paper


def checklist_paper(words: Words, standing: Standing, now: DeskNow, *, practice: bool) -> Paper:
    """Every condition, whether it holds, and two lines to sign on."""
    missing = {one.safeguard: one for one in lacks(standing.missing)}
    held = {one.safeguard: one for one in reversed(standing.held)}
    facts = [_number(words, standing), (words("Day"), day_shown(words, standing.day))]
    for code in SAFEGUARD:
        if code in missing:
            answer = words("not yet") if missing[code].blocks else words("not yet; it does not hold anybody back")
        elif code in held:
            answer = words("waived by two persons") if held[code].waived else words("there")
        else:
            continue
        facts.append((words.label(SAFEGUARD.name, code), answer))
    slip = Slip(
        title=words("Readiness checklist"),
        practice=practice,
        facts=tuple(facts),
        sentences=(words("You may stop at any moment, and lose nothing by it."),),
        helplines=now.helplines,
        sign_here=(words("Supervisor"), words("For the family")),
    )
    return Paper(slip.title, slip_pdf(slip, words, size=A4))


def next_paper(words: Words, standing: Standing, now: DeskNow, *, practice: bool) -> Paper:
    """What happens next, step by step."""
    steps = [sentence_of(words, standing).rstrip(":")] + [
        words.label(SAFEGUARD.name, one.safeguard) for one in lacks(standing.missing) if one.blocks
    ]
    slip = next_steps_slip(
        words, standing.number, tuple(step for step in steps if step), now.helplines, practice=practice
    )
    return Paper(slip.title, slip_pdf(slip, words))


def reason_paper(words: Words, standing: Standing, now: DeskNow, *, practice: bool) -> Paper:
    """Why the family is not ready or not on a list, and what can be done about it."""
    reasons = [words.label(SAFEGUARD.name, one.safeguard) for one in lacks(standing.missing) if one.blocks]
    sentences = (
        *((words("These are still missing. Each is asked of every family alike:"), *reasons) if reasons else ()),
        *((sentence_of(words, standing),) if not reasons else ()),
        words("You may ask for this decision to be looked at again: call a line below."),
    )
    slip = Slip(
        title=words("Why not yet"),
        practice=practice,
        facts=(
            _number(words, standing),
            (words("Day"), day_shown(words, standing.day)),
            (words("Where you stand"), words.label(STATE.name, standing.state)),
        ),
        sentences=sentences,
        helplines=now.helplines,
    )
    return Paper(slip.title, slip_pdf(slip, words))


def _number(words: Words, standing: Standing) -> tuple[str, str]:
    return words("Household number"), unbroken(household_number_shown(standing.number))
