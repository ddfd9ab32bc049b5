"""The papers of arrivals as the window shows them before they are printed."""

from __future__ import annotations

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.places import Gazetteer
from helpdesk.households import paper_forms
from helpdesk.journey.arrivals.papers import ExpectedList
from helpdesk.journey.arrivals.queries import ArrivalShown
from helpdesk.printing import arrivals
from helpdesk.printing.lists import list_pdf
from helpdesk.printing.slips import slip_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper

LISTS = 3
"""Paper lists printed at once."""


def slip_paper(words: Words, shown: ArrivalShown, places: Gazetteer, now: DeskNow, *, practice: bool) -> Paper:
    """The slip that a family keeps, in the language it reads. Raises ValueError before its arrival is recorded."""
    own = words.in_language(shown.reading) if shown.reading in LANGUAGES else words
    slip = arrivals.arrival_slip(own, shown, now.number, places, now.helplines, practice=practice)
    return Paper(words("Arrival slip"), slip_pdf(slip, own))


def expected_paper(words: Words, found: ExpectedList, *, practice: bool) -> Paper:
    """The families that are expected; one with names is not saved as a file."""
    named = any(family.name for family in found.families)
    pdf = list_pdf(arrivals.expected_paper(words, found, practice=practice), words)
    return Paper(words("Expected families"), pdf, may_save=not named)


def lists_paper(words: Words, *, practice: bool) -> Paper:
    """Lists for a day without power, each with a number of its own."""
    pdf = arrivals.arrival_forms_pdf(words, paper_forms.draw(LISTS), practice=practice)
    return Paper(words("Arrival lists"), pdf)
