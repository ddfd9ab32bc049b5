"""Household cards: one on a plastic card (CR80), or ten on an A4 sheet to cut apart.

A card says what DOMAIN.md section 3 lists and nothing else: no camp, desk, barrier or phone of the family. Which card
is live, and what its code says, is decided elsewhere; here it is only drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Final

from msgspec import Struct

from helpdesk.core.language import N_, Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.core.progress import Progress, counted, silent
from helpdesk.printing.blocks import LABEL, Helplines, field, telephone_lines, unbroken
from helpdesk.printing.page import A4, CR80, Area, Box, Offset, Sheet
from helpdesk.printing.qr import symbol
from helpdesk.printing.text import Style

DPI: Final = 300
"""Cards go to card and laser printers; finer ones (600, 1200) print whole dots as well."""


class CardLayout(Enum):
    """What the cards are printed on."""

    CR80 = "cr80"
    A4_TEN = "a4-ten"


class CardFace(Struct, frozen=True, forbid_unknown_fields=True):
    """What one card shows: ``number`` ten digits, names as given + father, ``qr_digits`` the signed code."""

    number: str
    principal_name: str
    alternate_name: str | None
    persons: int
    issued: date
    qr_digits: str
    helplines: Helplines
    practice: bool


_START: Final = 3.5
_COLUMN: Final = 40.6
_NUMBER: Final = Box(_START, 2.6, _COLUMN, 7.8)
_PRINCIPAL: Final = Box(_START, 10.6, _COLUMN, 11.8)
_ALTERNATE: Final = Box(_START, 22.6, _COLUMN, 10.2)
_PERSONS: Final = Box(_START, 33.0, 13, 7)
_ISSUED: Final = Box(_START + 14, 33.0, _COLUMN - 14, 7)
_CODE: Final = Box(CR80.width - 41, 0.4, 40.4, 40.4)
_HELPLINES: Final = Box(_START, 40.2, CR80.width - 2 * _START, 4.2)
_SENTENCE: Final = Box(_START, 44.4, CR80.width - 2 * _START, 6.4)
_MARK: Final = Box(1, 2, 43, 38)
_STRIP: Final = Box(_START, 50.8, CR80.width - 2 * _START, 2.9)

_ACROSS: Final = 2
_DOWN: Final = 5


def cards_pdf(
    faces: Sequence[CardFace],
    words: Words,
    layout: CardLayout,
    *,
    offset: Offset = (0.0, 0.0),
    progress: Progress = silent,
) -> bytes:
    """The cards as one PDF, in the order given, in the language (and direction) of ``words``.

    Raises:
        ValueError: no cards, or a code that is not digits.
    """
    if not faces:
        raise ValueError("no cards")
    sheet = Sheet(CR80 if layout is CardLayout.CR80 else A4, words, offset=offset)
    backs = _Backgrounds(sheet)
    page: Area | None = None
    for place, face in enumerate(counted(faces, progress, N_("Drawing the cards"), len(faces))):
        if layout is CardLayout.CR80:
            card = sheet.page()
        else:
            row, column = divmod(place % (_ACROSS * _DOWN), _ACROSS)
            if row == column == 0:
                page = sheet.page()
                _cut_lines(page)
            assert page is not None
            card = page.part(_seat(row, column))
        card.place(backs.name(face))
        _draw(card, face, words)
    return sheet.pdf()


class _Backgrounds:
    """What many cards have in common is kept in the file once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._names: dict[tuple[Helplines, bool, bool], str] = {}

    def name(self, face: CardFace) -> str:
        """The static part under this face."""
        key = (face.helplines, face.alternate_name is not None, face.practice)
        if key not in self._names:
            self._names[key] = f"card{len(self._names)}"
            self._sheet.form(self._names[key], CR80, lambda area: _draw_background(area, face, self._sheet.words))
        return self._names[key]


def _draw_background(area: Area, face: CardFace, words: Words) -> None:
    if face.practice:
        area.practice(words, _STRIP, mark=_MARK)
    telephone_lines(area, _HELPLINES, face.helplines, Style(9, bold=True))
    sentence = words("Free of charge. Not an identity document: carry your own ID. You may stop at any time.")
    area.text(_SENTENCE, sentence, Style(7), vertical="middle")
    labels = [(_PRINCIPAL, words("Principal")), (_PERSONS, words("Persons")), (_ISSUED, words("Issued"))]
    if face.alternate_name is not None:
        labels.append((_ALTERNATE, words("Alternate")))
    for box, label in labels:
        field(area, box, label, "", LABEL)


def _draw(area: Area, face: CardFace, words: Words) -> None:
    area.code(_CODE, symbol(face.qr_digits, "Q"), DPI)
    area.line(_NUMBER, unbroken(household_number_shown(face.number)), Style(18, bold=True), vertical="middle")
    field(area, _PRINCIPAL, "", face.principal_name, Style(9.5, bold=True, leading=1.3))
    if face.alternate_name is not None:
        field(area, _ALTERNATE, "", face.alternate_name, Style(8.5, leading=1.3))
    field(area, _PERSONS, "", words.digits(face.persons), Style(9.5, bold=True))
    field(area, _ISSUED, "", words.date(face.issued), Style(9))


def _seat(row: int, column: int) -> Box:
    """Where a card stands on the A4 sheet."""
    left = (A4.width - _ACROSS * CR80.width) / 2
    top = (A4.height - _DOWN * CR80.height) / 2
    return Box(left + column * CR80.width, top + row * CR80.height, CR80.width, CR80.height)


def _cut_lines(page: Area) -> None:
    first = _seat(0, 0)
    for column in range(_ACROSS + 1):
        page.rule(first.x + column * CR80.width, 4, 0, A4.height - 8, thickness=0.15, grey=0.45, dashed=True)
    for row in range(_DOWN + 1):
        page.rule(4, first.y + row * CR80.height, A4.width - 8, thickness=0.15, grey=0.45, dashed=True)
