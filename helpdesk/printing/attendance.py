"""The attendance sheet of a session or visit: numbered lines for whoever comes, to sign or to press a thumb on.

It is passed from hand to hand, so no name stands on it unless somebody chose to print them, and never where from.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.households.codes import SEX
from helpdesk.journey.codes import BAND
from helpdesk.journey.engagement.codes import TOPIC
from helpdesk.printing.blocks import day_shown
from helpdesk.printing.flow import TITLE, WIDTH, Flow
from helpdesk.printing.page import A4, Area, Offset, Sheet
from helpdesk.printing.text import Style

_NUMBER, _NAME, _SEX, _AGE = 10.0, 62.0, 18.0, 46.0
_SIGN: Final = WIDTH - _NUMBER - _NAME - _SEX - _AGE
_ROW: Final = 12.0
_SMALL: Final = Style(8, align="center")


class AttendanceSheet(Struct, frozen=True):
    """What the sheet says at its top; ``names`` are printed only where somebody chose so, blank lines follow them."""

    kind: str
    on: date
    topics: tuple[str, ...]
    lines: int
    practice: bool
    names: tuple[str, ...] = ()
    women_only: bool = False


def attendance_sheet_pdf(about: AttendanceSheet, words: Words, *, offset: Offset = (0.0, 0.0)) -> bytes:
    """The sheet as a PDF on A4. ``about.kind`` is the event in words."""
    sheet = Sheet(A4, words, offset=offset)
    flow = Flow(sheet, practice=about.practice)
    flow.text(words("Who came"), TITLE, after=2)
    flow.fact(words("Event"), about.kind)
    flow.fact(words("Day"), day_shown(words, about.on))
    if about.topics:
        flow.fact(words("Topics"), words.listed(words.label(TOPIC.name, topic) for topic in about.topics))
    if about.women_only:
        flow.text(words("This session is for women only."), after=1)
    flow.text(
        words("Signing says only that you were here. You need not sign, and you may give a first name alone."), after=3
    )
    _head(flow, words)

    def again(area: Area, y: float) -> float:
        flow.y = y
        _head(flow, words)
        return flow.y

    flow.again = again
    bands = "   ".join(isolate_ltr(words.digits(band)) for band in BAND)
    for place in range(max(about.lines, len(about.names))):
        name = isolate(about.names[place]) if place < len(about.names) else ""
        cells = [(_NUMBER, words.digits(place + 1)), (_NAME, name), (_SEX, _sexes(words)), (_AGE, bands), (_SIGN, "")]
        flow.row(cells, _ROW, style=Style(9.5))
    return sheet.pdf()


def _sexes(words: Words) -> str:
    return "   ".join(words.label(SEX.name, sex) for sex in SEX)


def _head(flow: Flow, words: Words) -> None:
    cells = [
        (_NUMBER, words("No.")),
        (_NAME, words("Name, as you wish to give it")),
        (_SEX, words("Woman / man")),
        (_AGE, words("Age: ring one")),
        (_SIGN, words("Signature or thumb")),
    ]
    flow.row(cells, 8, style=_SMALL, grey=0.9)
