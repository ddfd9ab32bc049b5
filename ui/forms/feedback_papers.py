"""The papers of feedback as the window shows them before they are printed."""

from __future__ import annotations

from datetime import date

from helpdesk.assistance.feedback.documents import Feedback
from helpdesk.assistance.feedback.numbers import draw_many
from helpdesk.core.language import Words
from helpdesk.printing.feedback_papers import answer_slip, feedback_forms_pdf, poster_pdf, receipt_slip
from helpdesk.printing.slips import slip_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper


def receipt_paper(
    words: Words, number: str, received_on: date, ask_from: date, now: DeskNow, *, practice: bool
) -> Paper:
    """The receipt, the same for every kind."""
    slip = receipt_slip(words, number, received_on, ask_from, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words))


def answer_paper(words: Words, found: Feedback, now: DeskNow, *, practice: bool) -> Paper:
    """The answer to take along."""
    day = found.answered_on or found.received_on
    slip = answer_slip(words, found.number, found.answer, day, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words))


def forms_paper(words: Words, count: int, now: DeskNow, *, practice: bool) -> Paper:
    """Forms with new numbers."""
    return Paper(words("Feedback forms"), feedback_forms_pdf(words, draw_many(count), now.helplines, practice=practice))


def poster_paper(words: Words, now: DeskNow, *, practice: bool) -> Paper:
    """The poster."""
    return Paper(words("Poster"), poster_pdf(words, now.helplines, practice=practice))
