"""The slip that tells a family which grants are due to it and which are not, each with its reason.

The reasons are those that planning goes by, in the family's language. Nothing on it names a person, a place, a barrier
or a category.
"""

from __future__ import annotations

from helpdesk.assistance.grants.codes import GRANT, IN_KIND, REASON
from helpdesk.assistance.vouchers.entitlements import Entitled, Why
from helpdesk.core.language import LANGUAGES, Words, isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.printing.blocks import Helplines, amount_shown, day_shown, unbroken
from helpdesk.printing.slips import Slip


def language_of(why: Why) -> str | None:
    """The language that the family reads, else the one it speaks; None where the program has neither."""
    return next((one for one in (why.reading, why.spoken) if one in LANGUAGES), None)


def grants_slip(words: Words, why: Why, helplines: Helplines, *, practice: bool) -> Slip:
    """Every type of grant with its answer, in the order of the list."""
    return Slip(
        title=words("Your grants, and why"),
        practice=practice,
        facts=(
            (words("Household number"), unbroken(household_number_shown(why.number))),
            (words("Day"), day_shown(words, why.day)),
            *((words.label(GRANT.name, one.answer.grant), answer_shown(words, one)) for one in why.grants),
        ),
        sentences=(
            words("All amounts stand in one table of the programme. Nobody at the desk decides them."),
            words("You may ask for this decision to be looked at again: call a line below."),
        ),
        helplines=helplines,
    )


def answer_shown(words: Words, one: Entitled) -> str:
    """Yes or no, how much, and why."""
    answer = one.answer
    why = " ".join(words.label(REASON.name, reason) for reason in answer.reasons)
    if not answer.due:
        return words("Not now. {why}", why=isolate(why))
    if one.amount is None or answer.grant == IN_KIND:
        return words("Yes. {why}", why=isolate(why))
    amount = isolate(amount_shown(words, one.amount, one.currency))
    if answer.of > 1:
        part, of = answer.instalment, answer.of
        return words("Yes, part {part} of {of}: {amount}. {why}", part=part, of=of, amount=amount, why=isolate(why))
    return words("Yes: {amount}. {why}", amount=amount, why=isolate(why))
