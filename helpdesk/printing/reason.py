"""A slip that says in large type why something cannot be done now, for the family to take along. It names nobody.

The sentence comes from the catalogue, the same that the window showed.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from helpdesk.core.language import Words
from helpdesk.printing.blocks import unbroken
from helpdesk.printing.page import Box, PageSize, Sheet
from helpdesk.printing.text import Style

_EDGE: Final = 12.0
_SENTENCE: Final = Style(18)
_SMALL: Final = Style(11)


def reason_slip(size: PageSize, words: Words, sentence: str, *, desk: int, day: date, practice: bool) -> bytes:
    """One page: the sentence, below it the desk's number and the day it was said on."""
    sheet = Sheet(size, words)
    page = sheet.page()
    inside = size.width - 2 * _EDGE
    if practice:
        page.practice(words, Box(_EDGE, size.height - _EDGE, inside, 5))
    end = page.text(Box(_EDGE, _EDGE, inside, size.height - 4 * _EDGE), sentence, _SENTENCE)
    told = words("Desk {number}, {day}", number=unbroken(words.digits(f"{desk:03d}")), day=day)
    page.text(Box(_EDGE, end + 6, inside, 2 * _EDGE), told, _SMALL)
    return sheet.pdf()
