"""The pieces that several papers share: a label over its value, boxes to write in, boxes to tick, telephone lines.

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
QUIET: Final = Style(8, grey=0.25)

_LABEL_HEIGHT: Final = 3.2
_TICK: Final = 3.4


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
    """The helplines beside each other, at most three in a row."""
    if not helplines:
        return
    columns = min(3, len(helplines))
    rows = -(-len(helplines) // columns)
    width, height = box.width / columns, box.height / rows
    for place, (label, phone) in enumerate(helplines):
        row, column = divmod(place, columns)
        cell = Box(box.x + column * width, box.y + row * height, width - 1, height)
        area.line(cell, f"{isolate(label)} {unbroken(phone)}", style, vertical="middle")


def writing_line(area: Area, box: Box, label: str, *, label_style: Style = QUIET) -> None:
    """A label with a line under the rest of the box to write on."""
    area.line(Box(box.x, box.bottom - 5, box.width * 0.42, 4.6), label, label_style, vertical="bottom")
    area.rule(box.x + box.width * 0.44, box.bottom, box.width * 0.56, grey=0.35)


def digit_boxes(area: Area, x: float, y: float, groups: tuple[int, ...], *, side: float = 5.0) -> float:
    """Boxes for single digits in groups, written from left to right in every language; answers their width (mm)."""
    gap = 1.6
    width = sum(groups) * side + (len(groups) - 1) * gap
    place = x
    ordered = groups if area.direction == "ltr" else groups[::-1]
    for group in ordered:
        for _ in range(group):
            area.frame(Box(place, y, side, side), grey=0.35)
            place += side
        place += gap
    return width


def tick_box(area: Area, box: Box, label: str, style: Style) -> None:
    """A square to tick and the words beside it."""
    area.frame(Box(box.x, box.y + (box.height - _TICK) / 2, _TICK, _TICK), thickness=0.3)
    words_box = Box(box.x + _TICK + 1.4, box.y, box.width - _TICK - 2.4, box.height)
    area.text(words_box, label, style, vertical="middle")
