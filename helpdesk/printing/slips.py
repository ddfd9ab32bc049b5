"""Slips: one title, sentences and labelled lines, for whatever a family takes home on paper.

Helplines and what happens next, the reason of any "no", the receipt of a withdrawn consent, a family's own record:
all are the same simple page. What may be said to whom is decided by the caller; sealed answers never come here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.core.language import Words, isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.printing.blocks import SMALL, Helplines, day_shown, unbroken
from helpdesk.printing.page import A4, A6, Area, Box, Offset, PageSize, Sheet
from helpdesk.printing.text import Style

Facts = tuple[tuple[str, str], ...]
"""(label, value), the value as it shall be read."""


class Slip(Struct, frozen=True, forbid_unknown_fields=True):
    """What one slip shows, from top to bottom; ``sign_here`` are labels of lines to sign on."""

    title: str
    practice: bool
    facts: Facts = ()
    sentences: tuple[str, ...] = ()
    helplines: Helplines = ()
    sign_here: tuple[str, ...] = ()


_MARGIN: Final = 8.0
_STRIP: Final = 4.0
_TITLE: Final = Style(15, bold=True)
_BODY: Final = Style(11, leading=1.5)
_VALUE: Final = Style(11)
_PHONE: Final = Style(13, bold=True)
_FOOT: Final = Style(7.5, grey=0.25)
_TALLEST: Final = 60.0
"""Millimetres one paragraph may take before it is shrunk."""


def slip_pdf(slip: Slip, words: Words, *, size: PageSize = A6, offset: Offset = (0.0, 0.0)) -> bytes:
    """One slip as a PDF; what does not fit on the first page goes on to the next."""
    return slips_pdf((slip,), words, size=size, offset=offset)


def slips_pdf(slips: Sequence[Slip], words: Words, *, size: PageSize = A6, offset: Offset = (0.0, 0.0)) -> bytes:
    """Several slips in one PDF, each beginning on its own page.

    Raises:
        ValueError: no slips.
    """
    if not slips:
        raise ValueError("no slips")
    sheet = Sheet(size, words, offset=offset)
    for slip in slips:
        _Column(sheet, slip.practice).slip(slip)
    return sheet.pdf()


def helpline_slip(words: Words, number: str, helplines: Helplines, *, practice: bool) -> Slip:
    """Where to ask and complain, given at registration (DOMAIN.md S47)."""
    return Slip(
        title=words("Questions, complaints, help"),
        practice=practice,
        facts=((words("Household number"), unbroken(household_number_shown(number))),),
        sentences=(
            words("Call these lines about anything: a question, a complaint, a threat, somebody who asks for money."),
            words("A complaint changes nothing about the help you get. You need not say your name."),
            words("Our help is free. Taking part is your own decision, and you may stop at any time."),
        ),
        helplines=helplines,
    )


def next_steps_slip(words: Words, number: str, steps: tuple[str, ...], helplines: Helplines, *, practice: bool) -> Slip:
    """What happens next for this family; ``steps`` are whole sentences in their order."""
    return Slip(
        title=words("What happens next"),
        practice=practice,
        facts=((words("Household number"), unbroken(household_number_shown(number))),),
        sentences=tuple(f"{words.digits(place)}. {isolate(step)}" for place, step in enumerate(steps, start=1)),
        helplines=helplines,
    )


def withdrawal_receipt(
    words: Words, number: str, withdrawn: tuple[str, ...], day: date, helplines: Helplines, *, practice: bool
) -> Slip:
    """The receipt of a withdrawn consent; ``withdrawn`` are the purposes in words."""
    return Slip(
        title=words("Receipt: consent withdrawn"),
        practice=practice,
        facts=(
            (words("Household number"), unbroken(household_number_shown(number))),
            (words("Day"), day_shown(words, day)),
            *((words("Withdrawn"), purpose) for purpose in withdrawn),
        ),
        sentences=(
            words("You withdrew this yourself. There is no penalty, and you may change your mind at any time."),
        ),
        helplines=helplines,
        sign_here=(words("Principal"), words("Witness")),
    )


def refusal_slip(words: Words, title: str, sentence: str, day: date, helplines: Helplines, *, practice: bool) -> Slip:
    """Any "no" of the program, with its reason and the way out, to take along and show."""
    return Slip(
        title=title,
        practice=practice,
        facts=((words("Day"), day_shown(words, day)),),
        sentences=(sentence, words("You may ask for this decision to be looked at again: call a line below.")),
        helplines=helplines,
    )


def own_record_pdf(
    words: Words, number: str, facts: Facts, day: date, helplines: Helplines, *, practice: bool
) -> bytes:
    """A family's own record on A4, for the principal who asked for it: every fact with its label."""
    slip = Slip(
        title=words("What is recorded about your household"),
        practice=practice,
        facts=(
            (words("Household number"), unbroken(household_number_shown(number))),
            (words("Printed on"), day_shown(words, day)),
            *facts,
        ),
        sentences=(words("You may have anything here corrected, and you may withdraw your consent at any time."),),
        helplines=helplines,
    )
    return slip_pdf(slip, words, size=A4)


class _Column:
    """Fills pages of a sheet from the top down."""

    def __init__(self, sheet: Sheet, practice: bool) -> None:
        self._sheet = sheet
        self._practice = practice
        self._width = sheet.size.width - 2 * _MARGIN
        self._bottom = sheet.size.height - _MARGIN - _STRIP
        self._count = 0
        self._area = self._next_page()
        self._y = _MARGIN

    def slip(self, slip: Slip) -> None:
        """The whole slip."""
        self._text(slip.title, _TITLE, after=3)
        for label, value in slip.facts:
            self._fact(label, value)
        self._y += 1.5
        for sentence in slip.sentences:
            self._text(sentence, _BODY, after=2.2)
        for label, phone in slip.helplines:
            self._text(f"{isolate(label)} {unbroken(phone)}", _PHONE, after=0.8)
        for label in slip.sign_here:
            self._sign(label)

    def _text(self, text: str, style: Style, *, after: float) -> None:
        height = self._area.height_of(text, style, self._width, _TALLEST)
        self._room(height)
        self._y = self._area.text(Box(_MARGIN, self._y, self._width, height), text, style) + after

    def _fact(self, label: str, value: str) -> None:
        """Label at the start, value beside it; both wrap."""
        share = 0.36 * self._width
        label_style = Style(9, grey=0.25) if self._sheet.size.width > A6.width else Style(8, grey=0.25)
        left = Box(_MARGIN, self._y, share - 2, 0)
        right = Box(_MARGIN + share, self._y, self._width - share, 0)
        value = isolate(value)
        height = max(
            self._area.height_of(label, label_style, left.width, _TALLEST),
            self._area.height_of(value, _VALUE, right.width, _TALLEST),
        )
        self._room(height)
        self._area.text(Box(left.x, self._y, left.width, height), label, label_style)
        self._area.text(Box(right.x, self._y, right.width, height), value, _VALUE)
        self._y += height + 0.4

    def _sign(self, label: str) -> None:
        self._room(14)
        self._area.rule(_MARGIN, self._y + 10, self._width * 0.8, grey=0.35)
        self._area.line(Box(_MARGIN, self._y + 10.3, self._width * 0.8, 3.5), label, SMALL)
        self._y += 14

    def _room(self, height: float) -> None:
        if self._y + height > self._bottom and self._y > _MARGIN:
            self._area = self._next_page()
            self._y = _MARGIN

    def _next_page(self) -> Area:
        area = self._sheet.page()
        self._count += 1
        foot = Box(_MARGIN, self._bottom + 1, self._width, _STRIP)
        words = self._sheet.words
        if self._practice:
            area.practice(words, foot)
        elif self._count > 1:
            area.line(foot, words("Page {n}", n=self._count), _FOOT)
        return area
