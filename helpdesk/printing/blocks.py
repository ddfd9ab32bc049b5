"""The pieces that several papers share: a label over its value, boxes to write in, telephone lines.

Draws on an :class:`helpdesk.printing.page.Area` and gets every word and value handed in; decides nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.printing.page import Area, Box
from helpdesk.printing.text import Style

Helplines = tuple[tuple[str, str], ...]
"""(what the line is for, telephone number)."""

LABEL: Final = Style(6.5, grey=0.25)
SMALL: Final = Style(8, grey=0.25)

_LABEL_HEIGHT: Final = 3.2
_GAP: Final = 3.0
_DIGIT_GAP: Final = 1.6


def unbroken(text: str) -> str:
    """A number, phone or date that runs left to right and is never cut at a space."""
    return isolate_ltr(text.replace(" ", "\u00a0"))


def day_shown(words: Words, day: date) -> str:
    """A day written out in the language, never cut at a space."""
    return isolate(words.date(day).replace(" ", "\u00a0"))


def amount_shown(words: Words, amount: int, currency: str) -> str:
    """An amount in whole units with the language's digits and separators, and its ISO 4217 code."""
    digits = f"{amount:,}"
    if words.language != "en":
        digits = words.digits(digits.replace(",", "\u066c"))
    return f"{unbroken(digits)}\u00a0{isolate_ltr(currency)}"


def field(area: Area, box: Box, label: str, value: str, style: Style, *, label_style: Style = LABEL) -> None:
    """A small label and its value below it; the value is isolated, wrapped and shrunk as it needs."""
    area.line(Box(box.x, box.y, box.width, _LABEL_HEIGHT), label, label_style)
    below = Box(box.x, box.y + _LABEL_HEIGHT - 0.3, box.width, box.height - _LABEL_HEIGHT + 0.3)
    area.text(below, isolate(value), style)


def telephone_lines(area: Area, box: Box, helplines: Helplines, style: Style) -> None:
    """The helplines beside each other, at most three in a row, all of one size."""
    texts = [f"{isolate(label)} {unbroken(phone)}" for label, phone in helplines]
    rows = [texts[start : start + 3] for start in range(0, len(texts), 3)]
    height = box.height / max(1, len(rows))
    widths = [[area.natural_width(text, style) for text in row] for row in rows]
    scale = min([1.0, *((box.width - _GAP * (len(row) - 1)) / sum(row) for row in widths)])
    for number, (row, wide) in enumerate(zip(rows, widths, strict=True)):
        free = box.width - scale * sum(wide)
        x = box.x
        for text, width in zip(row, wide, strict=True):
            cell = Box(x, box.y + number * height, width * scale + 0.01, height)
            area.line(cell, text, style, vertical="middle")
            x += width * scale + (free / (len(row) - 1) if len(row) > 1 else 0)


def writing_line(area: Area, box: Box, label: str, *, label_style: Style = SMALL) -> None:
    """A label with a line under the rest of the box to write on."""
    area.line(Box(box.x, box.bottom - 5, box.width * 0.42, 4.6), label, label_style, vertical="bottom")
    area.rule(box.x + box.width * 0.44, box.bottom, box.width * 0.56, grey=0.35)


def digit_boxes(area: Area, x: float, y: float, groups: tuple[int, ...], *, side: float = 5.0) -> None:
    """Boxes for single digits in groups; the first group stands at the left in every language, as numbers do."""
    place = x
    for group in groups if area.direction == "ltr" else groups[::-1]:
        for _ in range(group):
            area.frame(Box(place, y, side, side), grey=0.35)
            place += side
        place += _DIGIT_GAP
