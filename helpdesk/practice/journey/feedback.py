"""What people said at a fictional desk: questions, complaints, answers, a sealed one, a box and messages of a file.

Written by the program's own commands, in plain fictional words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.assistance.feedback import boxes, commands, messages
from helpdesk.assistance.feedback.documents import FeedbackEntry, Message, SealedFeedback
from helpdesk.assistance.feedback.numbers import draw_many
from helpdesk.core.language import Words
from helpdesk.opening import Desk
from helpdesk.printing.feedback_papers import answer_slip, feedback_forms_pdf, poster_pdf, receipt_slip
from helpdesk.printing.slips import slip_pdf

SAID: Final = (
    ("Q", "TRAVEL", "When does the next bus leave, and may we take our stove?"),
    ("C2", "GRANT", "Our neighbours were paid and we were not, though we left on the same day."),
    ("R", "SHEL", "The roof of our tent is torn. We ask for a new one before the rain."),
    ("T", "STAFF", "The woman at the desk explained everything twice. Thank you."),
    ("C1", "STAFF", "We waited from morning until noon and nobody told us why."),
    ("S", "EDU", "Hold the session after school, then mothers can come."),
)
_SEALED: Final = SealedFeedback("X1", "Practice: somebody asked for a share.", about_desk="Practice desk")
_MESSAGES: Final = ("Is the road open?", "I lost my card, what shall I do?")


def make_feedback(desk: Desk, households: Sequence[str], day: date, rng: Random) -> str:
    """Feedback of some families and of nobody by name; the id of a box that waits for :func:`make_box`."""
    for place, (kind, sector, text) in enumerate(SAID):
        household = households[place % len(households)] if households and place % 2 else None
        taken = desk.do(
            commands.record,
            FeedbackEntry(
                rng.choice(("DESK", "HELP", "MOBILE")), "DIS", kind, day - timedelta(rng.randint(1, 12)),
                language="ar", household=household, sector=sector, text=text,
            ),
        )  # fmt: skip
        if kind in ("T", "S"):
            desk.do(commands.answer, taken.id, "We read this together. Thank you.", True)
    desk.do(commands.record, FeedbackEntry("DESK", "DIS", "", day, sealed=_SEALED))
    desk.do(
        messages.load,
        tuple(
            Message(hashlib.sha256(text.encode()).hexdigest(), day, "SMS", text, f"+96470000000{place:02d}", "ar")
            for place, text in enumerate(_MESSAGES)
        ),
    )
    return desk.do(boxes.open_box, "Practice box at the gate", 2)


def make_box(second: Desk, opening: str, day: date) -> None:
    """Another account confirms the box and types one of its two papers in."""
    second.do(boxes.confirm_box, opening, 2)
    second.do(
        commands.record,
        FeedbackEntry("BOX", "DIS", "C1", day, sector="WASH", text="The tap by the school is broken.", opening=opening),
    )


def feedback_specimens(words: Words, day: date) -> Iterator[tuple[str, bytes]]:
    """Every paper of feedback, filled with fictional words: (name, PDF)."""
    helplines = (("IIC", "0700 000 0001"),)
    first, second = draw_many(2)
    yield "feedback-forms", feedback_forms_pdf(words, (first, second), helplines, practice=True)
    yield "feedback-poster", poster_pdf(words, helplines, practice=True)
    receipt = receipt_slip(words, first, day, day + timedelta(7), helplines, practice=True)
    yield "feedback-receipt", slip_pdf(receipt, words)
    answer = answer_slip(words, first, SAID[2][2], day, helplines, practice=True)
    yield "feedback-answer", slip_pdf(answer, words)
