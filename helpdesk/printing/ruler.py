"""The test page of a printer: rulers that show a wrong scale, and a cross that shows how far to push the page.

Made in the size that the printer will use, with the offset it has now; measured by hand, typed into the settings.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.language import Words
from helpdesk.printing.blocks import unbroken
from helpdesk.printing.page import Area, Box, Offset, PageSize, Sheet
from helpdesk.printing.text import Style

ARM: Final = 10.0
"""Millimetres from the paper's left and top edge at which the middle of the cross must stand."""

_EDGE: Final = 5.0
_NUMBER: Final = Style(6, align="center")


def ruler_page(size: PageSize, words: Words, *, practice: bool, offset: Offset = (0.0, 0.0)) -> bytes:
    """The test page: a cross 10 mm from the left and the top edge, a ruler across and a ruler down, how to measure."""
    sheet = Sheet(size, words, offset=offset)
    page = sheet.page()
    if practice:
        page.practice(words, Box(ARM + 15, size.height - _EDGE - 4, size.width - 2 * (ARM + 15), 4))
    across = _ruler_length(size.width - ARM - _EDGE)
    down = _ruler_length(size.height - ARM - _EDGE)
    for millimetre in range(across + 1):
        _tick(page, _from_left(page, ARM + millimetre, 0), ARM, 0, _mark(millimetre))
    for millimetre in range(down + 1):
        _tick(page, _from_left(page, ARM, _mark(millimetre)), ARM + millimetre, _mark(millimetre), 0)
    page.rule(_from_left(page, ARM, across), ARM, across)
    page.rule(_from_left(page, ARM, 0), ARM, 0, down)
    page.rule(_from_left(page, ARM - 4, 8), ARM, 8, thickness=0.3)
    page.rule(_from_left(page, ARM, 0), ARM - 4, 0, 8, thickness=0.3)
    for ten in range(10, across + 1, 10):
        box = Box(_from_left(page, ARM + ten - 4, 8), ARM + 4.4, 8, 3)
        page.line(box, str(ten), _NUMBER)
    for ten in range(20, down + 1, 10):
        box = Box(_from_left(page, ARM + 4.4, 6), ARM + ten - 1.5, 6, 3)
        page.line(box, str(ten), _NUMBER, vertical="middle")
    _sentences(page, words, across, offset)
    return sheet.pdf()


def _sentences(page: Area, words: Words, across: int, offset: Offset) -> None:
    right, down = offset
    sentences = (
        words(
            "The line across must measure {length} on the paper. If it does not, print at 100 percent, without fitting"
            " to the page.",
            length=unbroken(f"{across} mm"),
        ),
        words(
            "The middle of the cross must stand {place} from the left and from the top edge of the paper. Add what is"
            " missing on the left to the first offset, and what is missing at the top to the second.",
            place=unbroken(f"{ARM:g} mm"),
        ),
        words(
            "Offsets of this page: {right} and {down}.",
            right=unbroken(f"{right:+.1f} mm"),
            down=unbroken(f"{down:+.1f} mm"),
        ),
    )
    inside = page.size.width - 2 * (ARM + 15)
    page.text(Box(ARM + 15, ARM + 10, inside, page.size.height - ARM - 10 - _EDGE - 5), "\n".join(sentences), Style(10))


def _ruler_length(room: float) -> int:
    """Whole centimetres that fit, in millimetres."""
    return int(room // 10) * 10


def _mark(millimetre: int) -> float:
    return 4.0 if millimetre % 10 == 0 else 2.8 if millimetre % 5 == 0 else 1.8


def _from_left(page: Area, left: float, width: float) -> float:
    """Paper has a left edge in every language: the place from the start side of what begins ``left`` of it."""
    return left if page.direction == "ltr" else page.size.width - left - width


def _tick(page: Area, x: float, y: float, width: float, height: float) -> None:
    page.rule(x, y, width, height, thickness=0.12)
