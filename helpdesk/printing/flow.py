"""A4 papers that are filled from the top down: headings, sentences, facts, squares to tick, lines to write on, tables.

Whoever uses it says what stands on the paper; this only finds the place for it, and another page when one is full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from helpdesk.core.language import isolate
from helpdesk.printing.blocks import SMALL
from helpdesk.printing.page import A4, Area, Box, Sheet
from helpdesk.printing.text import Style

MARGIN: Final = 14.0
WIDTH: Final = A4.width - 2 * MARGIN
TITLE: Final = Style(18, bold=True)
HEADING: Final = Style(13, bold=True)
BODY: Final = Style(11, leading=1.5)
LARGE: Final = Style(12.5, leading=1.5)
"""For papers that are read aloud or by eyes that are not young."""

_LABEL: Final = Style(9.5, grey=0.25)
_VALUE: Final = Style(11)
_OWN: Final = Style(9.5)
_STRIP: Final = 4.0
_TALLEST: Final = 120.0
_TICK: Final = 4.0
_LINE: Final = 7.5


class Flow:
    """Fills pages of a sheet. ``again`` draws what stands at the top of each further page, answering where it ends."""

    def __init__(self, sheet: Sheet, *, practice: bool) -> None:
        self.sheet = sheet
        self.again: Callable[[Area, float], float] | None = None
        self._practice = practice
        self._bottom = A4.height - MARGIN - _STRIP
        self._count = 0
        self.area = self._next_page()
        self.y = MARGIN

    def text(self, text: str, style: Style = BODY, *, after: float = 2.0) -> None:
        """A sentence or a heading over the whole width."""
        height = self.area.height_of(text, style, WIDTH, _TALLEST)
        self.room(height)
        self.y = self.area.text(Box(MARGIN, self.y, WIDTH, height), text, style) + after

    def heading(self, text: str, *, keep: float = 14.0) -> None:
        """A heading that stays on the page of the ``keep`` millimetres below it."""
        self.room(8 + keep)
        self.y += 2
        self.text(text, HEADING, after=1.2)

    def fact(self, label: str, value: str) -> None:
        """A label at the start and its value beside it; an empty value is a line to write on."""
        share = 0.32 * WIDTH
        shown = isolate(value) if value else ""
        height = max(
            self.area.height_of(label, _LABEL, share - 2, _TALLEST),
            self.area.height_of(shown, _VALUE, WIDTH - share, _TALLEST) if shown else _LINE - 2,
        )
        self.room(height)
        self.area.text(Box(MARGIN, self.y, share - 2, height), label, _LABEL)
        if shown:
            self.area.text(Box(MARGIN + share, self.y, WIDTH - share, height), shown, _VALUE)
        else:
            self.area.rule(MARGIN + share, self.y + height, WIDTH - share, grey=0.35)
        self.y += height + 1.2

    def ticks(self, label: str, choices: Sequence[str], *, columns: int = 3) -> None:
        """A question and squares to tick, each with its words."""
        rows = -(-len(choices) // columns)
        self.room(6 + rows * _LINE)
        self.area.line(Box(MARGIN, self.y, WIDTH, 5), label, Style(10, bold=True))
        self.y += 6
        width = WIDTH / columns
        for place, choice in enumerate(choices):
            row, column = divmod(place, columns)
            x, y = MARGIN + column * width, self.y + row * _LINE
            self.area.frame(Box(x, y, _TICK, _TICK), thickness=0.3)
            self.area.line(Box(x + _TICK + 1.5, y - 0.4, width - _TICK - 3, 5), choice, _OWN)
        self.y += rows * _LINE + 1

    def sign(self, label: str) -> None:
        """A line to sign on."""
        self.room(16)
        self.area.rule(MARGIN, self.y + 11, WIDTH * 0.6, grey=0.35)
        self.area.line(Box(MARGIN, self.y + 11.4, WIDTH * 0.6, 4), label, SMALL)
        self.y += 16

    def row(self, cells: Sequence[tuple[float, str]], height: float, *, style: Style = _OWN, grey: float = 1.0) -> None:
        """A row of a table: framed cells of these widths (mm), each with its text; "" stays to be written in."""
        self.room(height)
        x = MARGIN
        for width, text in cells:
            box = Box(x, self.y, width, height)
            if grey < 1:
                self.area.fill(box, grey)
            self.area.frame(box, grey=0.35)
            if text:
                self.area.text(Box(x + 1, self.y + 0.5, width - 2, height - 1), text, style, vertical="middle")
            x += width
        self.y += height

    def room(self, height: float) -> None:
        """Go on to the next page where ``height`` millimetres are not left."""
        if self.y + height > self._bottom and self.y > MARGIN:
            self.area = self._next_page()
            self.y = MARGIN
            if self.again is not None:
                self.y = self.again(self.area, self.y)

    def _next_page(self) -> Area:
        area = self.sheet.page()
        self._count += 1
        foot = Box(MARGIN, self._bottom + 1, WIDTH, _STRIP)
        words = self.sheet.words
        if self._practice:
            area.practice(words, foot)
        elif self._count > 1:
            area.line(foot, words("Page {n}", n=self._count), Style(7.5, grey=0.25))
        return area
