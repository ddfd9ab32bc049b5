"""Slips of casework: the receipt of a withdrawal, the end of a case, and what a new card means for the old one.

They name nobody, and say neither a reason nor a place. Whoever finds one learns a number and a day.
"""

from __future__ import annotations

from datetime import date

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.slips import Slip


def stopped_slip(
    words: Words, number: str, day: date, until: date, *, vouchers: bool, helplines: Helplines, practice: bool
) -> Slip:
    """The receipt of a withdrawal; ``until`` the last day of its vouchers, said only where there are ``vouchers``."""
    sentences = [
        words("You said that you do not want to move now. Nobody asked why, and there is no penalty."),
        words("What is due to you here stays due. You may change your mind on any day: come, or call a line below."),
    ]
    if vouchers:
        sentences.append(
            words("Your vouchers for the journey wait until {day}. Afterwards new ones are planned.", day=until)
        )
    return Slip(
        title=words("Receipt: you have withdrawn"),
        practice=practice,
        facts=_facts(words, number, day),
        sentences=tuple(sentences),
        helplines=helplines,
        sign_here=(words("Principal"), words("Witness")),
    )


def closing_slip(words: Words, number: str, day: date, helplines: Helplines, *, practice: bool) -> Slip:
    """That a family's case is over, and that the lines stay open."""
    return Slip(
        title=words("Your case is closed"),
        practice=practice,
        facts=_facts(words, number, day),
        sentences=(
            words("Our calls to you are over. This is not a decision against you, and your number stays yours."),
            words("If you have to move again, come with this number: it is opened again. You may call a line below."),
            words("You may ask for your record, have it corrected, or withdraw your consent at any time."),
        ),
        helplines=helplines,
    )


def card_notice(
    words: Words, number: str, day: date, persons: int, helplines: Helplines, *, practice: bool, changed: bool = True
) -> Slip:
    """What comes with a card that replaces another; ``changed`` because the family did, else the old one was lost."""
    if changed:
        title = words("Your card has changed")
        why = words("Your family changed, so the old card is void. Keep the new one, and destroy the old one.")
        stays = words("What was planned or paid before stays as it is. The next grant is planned for the new size.")
    else:
        title = words("You have a new card")
        why = words("The old card is void. Keep the new one; if the old one is found, destroy it.")
        stays = words("Your number is the same, and so are your vouchers: those you hold stay good.")
    return Slip(
        title=title,
        practice=practice,
        facts=(*_facts(words, number, day), (words("Persons on the card"), words.digits(persons))),
        sentences=(why, stays),
        helplines=helplines,
    )


def _facts(words: Words, number: str, day: date) -> tuple[tuple[str, str], ...]:
    return (
        (words("Household number"), unbroken(household_number_shown(number))),
        (words("Day"), day_shown(words, day)),
    )
