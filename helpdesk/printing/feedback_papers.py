"""Papers of feedback: the receipt, the answer, the pre-numbered form, and the poster that says how to complain.

A receipt says neither what kind of feedback it is for nor whether it was sealed: whoever finds it on somebody learns
that she once spoke to a desk. The form is one for everything, so that asking for it tells nothing either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from helpdesk.assistance.feedback import codes
from helpdesk.assistance.feedback.numbers import shown
from helpdesk.core.language import N_, Words, isolate
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.flow import LARGE, MARGIN, TITLE, WIDTH, Flow
from helpdesk.printing.page import A4, Box, Offset, Sheet
from helpdesk.printing.slips import Slip
from helpdesk.printing.text import Style

_NUMBER: Final = Style(17, bold=True)
_POSTER_TITLE: Final = Style(30, bold=True, leading=1.3)
_POSTER: Final = Style(17, leading=1.45)
_PHONE: Final = Style(24, bold=True)
_CUT: Final = A4.height - 52.0
"""Where the strip to keep is cut off the form, in millimetres from the top."""
_LINES: Final = 8.5
_ON_PAPER: Final = ("X1", "X3", "X4", "X5")
"""Sensitive kinds the form offers: for abuse it offers help and no line to write on."""
_WAYS: Final = (
    N_("Tell any help desk."),
    N_("Send a text message or call one of the numbers below."),
    N_("Put a paper into the complaint box. Two people open it together."),
    N_("Tell the mobile team when it comes."),
)


def receipt_slip(
    words: Words, number: str, received_on: date, ask_from: date, helplines: Helplines, *, practice: bool
) -> Slip:
    """What everybody gets who gave feedback, whatever it was about."""
    return Slip(
        title=words("You spoke to us"),
        practice=practice,
        facts=(
            (words("Your number"), unbroken(shown(number))),
            (words("Received on"), day_shown(words, received_on)),
            (words("Ask from"), day_shown(words, ask_from)),
        ),
        sentences=(
            words("With this number you may ask at any desk or by telephone what became of it. No name is needed."),
            words("What you said changes nothing about the help you get."),
            words("Keep this paper where only you see it, or learn the number and throw it away."),
        ),
        helplines=helplines,
    )


def answer_slip(
    words: Words, number: str, answer: str, answered_on: date, helplines: Helplines, *, practice: bool
) -> Slip:
    """The answer to one piece of feedback, in the words it was given in."""
    return Slip(
        title=words("Our answer"),
        practice=practice,
        facts=(
            (words("Your number"), unbroken(shown(number))),
            (words("Answered on"), day_shown(words, answered_on)),
        ),
        sentences=(
            isolate(answer),
            words("If you do not accept this answer, say so at any desk: somebody else looks at it again."),
        ),
        helplines=helplines,
    )


def feedback_forms_pdf(
    words: Words, numbers: Sequence[str], helplines: Helplines, *, practice: bool, offset: Offset = (0.0, 0.0)
) -> bytes:
    """Numbered forms, one page each, with a strip to cut off and keep. Raises ValueError: no numbers."""
    if not numbers:
        raise ValueError("no numbers")
    sheet = Sheet(A4, words, offset=offset)
    for number in numbers:
        _form(sheet, number, helplines, practice=practice)
    return sheet.pdf()


def _form(sheet: Sheet, number: str, helplines: Helplines, *, practice: bool) -> None:
    words = sheet.words
    flow = Flow(sheet, practice=practice)
    flow.text(words("Tell us"), TITLE, after=1)
    flow.text(unbroken(shown(number)), _NUMBER, after=2)
    flow.text(
        words(
            "Put it into the box, or into an envelope, and give it to any desk or to somebody you trust: it need not "
            "be the desk that it is about. What stands under the second question is sealed: once it is typed in, no "
            "desk can read it again."
        ),
        after=2,
    )
    plain = [words.label(codes.TYPE.name, code) for code in codes.TYPE]
    flow.ticks(words("What is it?"), plain, columns=2)
    closed = [words.label(codes.SEALED_TYPE.name, code) for code in _ON_PAPER]
    flow.ticks(words("Or is it one of these? (sealed)"), closed, columns=2)
    flow.text(
        words(
            "If somebody was abused, do not write about it here. Call one of the numbers below, or ask any woman at "
            "the desk for the list of services. You need not say why."
        ),
        after=3,
    )
    flow.fact(words("Day"), "")
    flow.fact(words("Which desk or office is it about?"), "")
    flow.fact(words("How may we reach you? Only if you wish"), "")
    flow.text(words("What do you want to say?"), Style(10, bold=True), after=0)
    while flow.y + _LINES < _CUT - 3:
        flow.y += _LINES
        flow.area.rule(MARGIN, flow.y, WIDTH, grey=0.5)
    _strip(flow, number, helplines)


def _strip(flow: Flow, number: str, helplines: Helplines) -> None:
    words = flow.sheet.words
    flow.area.rule(MARGIN, _CUT, WIDTH, grey=0.6)
    flow.area.line(
        Box(MARGIN, _CUT + 0.8, WIDTH, 4), words("Cut here and keep this part"), Style(8, grey=0.25, align="center")
    )
    flow.y = _CUT + 6
    flow.text(unbroken(shown(number)), _NUMBER, after=1)
    flow.text(words("With this number you may ask what became of it. No name is needed."), Style(9.5), after=1)
    for label, phone in helplines:
        flow.text(f"{isolate(label)} {unbroken(phone)}", Style(9.5), after=0.5)


def poster_pdf(words: Words, helplines: Helplines, *, practice: bool, offset: Offset = (0.0, 0.0)) -> bytes:
    """A wall's poster: how to ask and complain, that it is free and safe, and the numbers."""
    sheet = Sheet(A4, words, offset=offset)
    flow = Flow(sheet, practice=practice)
    flow.text(words("Ask us. Complain. Say thanks."), _POSTER_TITLE, after=6)
    for way in _WAYS:
        flow.text(words(way), _POSTER, after=2.5)
    flow.y += 4
    for sentence in (
        words("Our help is free. Nobody may ask you for money or for anything else."),
        words("You need not say your name. A complaint changes nothing about the help you get."),
        words("A complaint about staff goes sealed to another office. The desk cannot read it."),
    ):
        flow.text(sentence, Style(LARGE.size + 2.5, leading=1.5), after=2)
    flow.y += 6
    for label, phone in helplines:
        flow.text(f"{isolate(label)} {unbroken(phone)}", _PHONE, after=3)
    return sheet.pdf()
