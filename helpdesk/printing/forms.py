"""The registration form on paper, for the hours without power: two A4 pages that are typed in afterwards.

Each label stands in the desk's language and in English. The sealed questions (categories 2 and 3, DOMAIN.md 2.6) are
not on it and there is no room for remarks: what is not asked on paper cannot be found on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from helpdesk.core.codes import CodeList
from helpdesk.core.language import N_, Words
from helpdesk.households.codes import (
    BARRIER,
    CHOICE,
    CONSENT_FORM,
    HORIZON,
    OTHER_REASON,
    POPULATION,
    SERVICE,
    SPOKEN,
    YES_NO,
)
from helpdesk.printing.blocks import Helplines, digit_boxes, field, telephone_lines, unbroken
from helpdesk.printing.page import A4, Area, Box, Offset, Sheet
from helpdesk.printing.text import Style


class FormBatch(Struct, frozen=True, forbid_unknown_fields=True):
    """Forms to print: one for each of ``form_ids``; ``consent_text`` is read aloud before anything is written.

    The consent text may be in another language than the labels: it takes its direction from itself.
    """

    form_ids: tuple[str, ...]
    consent_text: str
    consent_version: str
    helplines: Helplines
    practice: bool


_X: Final = 10.0
_WIDTH: Final = A4.width - 2 * _X
_STRIP: Final = Box(_X, 287, _WIDTH, 4)
_ROWS: Final = 8
_ROW: Final = 9.6
_OWN: Final = Style(8)
_HEADING: Final = Style(9, bold=True, grey=1)
_TICK: Final = 3.6
_PHONE: Final = (4, 3, 4)
_MONTH_YEAR: Final = (2, 4)
_DAY: Final = (2, 2, 4)

_COLUMNS: Final = (
    (N_("Given name"), 31.0), (N_("Father's name"), 28.0), (N_("Grandfather's name"), 28.0), (N_("Family name"), 25.0),
    (N_("Woman / man"), 15.0), (N_("Age"), 12.0), (N_("or year of birth"), 23.0), (N_("Relation to the head"), 22.0),
)  # fmt: skip
_NUMBER_COLUMN: Final = _WIDTH - sum(width for _msgid, width in _COLUMNS)
_PLACE: Final = (
    N_("Governorate"), N_("District"), N_("Sub-district"), N_("Village or neighbourhood"),
)  # fmt: skip


def registration_forms_pdf(batch: FormBatch, words: Words, *, offset: Offset = (0.0, 0.0)) -> bytes:
    """The forms, two pages each: print them on both sides of one sheet.

    Raises:
        ValueError: no form ids.
    """
    if not batch.form_ids:
        raise ValueError("no form ids")
    sheet = Sheet(A4, words, offset=offset)
    front, back = "front", "back"
    sheet.form(front, A4, lambda area: _Form(area, words).front(batch))
    sheet.form(back, A4, lambda area: _Form(area, words).back(batch))
    for form_id in batch.form_ids:
        for side in (front, back):
            page = sheet.page()
            page.place(side)
            field(page, Box(_X + 120, 7, 70, 10), "", unbroken(form_id), Style(14, bold=True))
    return sheet.pdf()


class _Form:
    """One side of the form, drawn from the top down; each label twice, but once in English."""

    def __init__(self, area: Area, words: Words) -> None:
        self._area = area
        self._words = words
        self._english = words.in_language("en")

    def front(self, batch: FormBatch) -> None:
        """Consent and people."""
        self._head(batch)
        self._label(Box(_X, 19, 20, 7), N_("Day, month, year"))
        digit_boxes(self._area, _X + 20, 20, _DAY)
        self._write(Box(_X + 72, 19, 118, 7), N_("Written by"), share=0.2)
        self._list_row(27.5, N_("Spoken language"), SPOKEN)
        self._list_row(35.5, N_("Population group"), POPULATION)
        self._heading(45, N_("1. Consent. Read this aloud before you write anything about the family."))
        box = Box(_X, 51.5, _WIDTH, 72)
        self._area.frame(box, grey=0.35)
        inner = Box(box.x + 2.5, box.y + 1.5, box.width - 5, box.height - 3)
        self._area.text(inner, batch.consent_text, Style(12, leading=1.5), own_direction=True)
        self._ticks(
            Box(_X, 125, _WIDTH, 8),
            (
                self._pair(N_("Agrees")),
                self._pair(N_("Does not agree: write nothing more, keep no name")),
            ),
        )
        self._list_row(133.5, N_("How"), CONSENT_FORM)
        self._write(Box(_X, 143, 92, 8), N_("Signature or thumb"))
        self._write(Box(_X + 98, 143, 92, 8), N_("Witness"), share=0.2)
        self._row_of(153, N_("May we call this family?"), self._entries(YES_NO, "Y", "N"), label_width=60)
        self._heading(163, N_("2. Everybody who lives and eats together. More than eight: use a second form."))
        self._roster(169.5)
        foot = 169.5 + 9 + _ROWS * _ROW + 2
        for place, msgid in enumerate((N_("Head: line"), N_("Principal: line"), N_("Alternate: line"))):
            self._label(Box(_X + place * 42, foot, 30, 7), msgid)
            digit_boxes(self._area, _X + place * 42 + 31, foot + 1, (1,))
        self._label(Box(_X + 130, foot, 44, 7), N_("Persons in all"))
        digit_boxes(self._area, _X + 176, foot + 1, (2,))
        telephone_lines(self._area, Box(_X, 268, _WIDTH, 10), batch.helplines, Style(9))

    def back(self, batch: FormBatch) -> None:
        """Phones, places, intention, barriers."""
        self._head(batch)
        self._heading(19, N_("3. Telephone"))
        for y in (26.0, 34.0):
            digit_boxes(self._area, _X, y + 1, _PHONE)
            self._write(Box(_X + 62, y, 62, 7), N_("Whose"), share=0.26)
            self._row_of(y, N_("Safe to call?"), self._entries(YES_NO, "Y", "N"), start=_X + 126, label_width=26)
        self._write(Box(_X, 42, 100, 7), N_("No phone: who can reach you"), share=0.5)
        digit_boxes(self._area, _X + 110, 43, _PHONE)
        self._heading(53, N_("4. Where the family is from, and where it is now"))
        self._place(60)
        self._month(78, N_("Left in (month, year)"), _X)
        self._write(Box(_X, 87, 92, 7), N_("Lives now at (camp, site)"), share=0.4)
        self._write(Box(_X + 98, 87, 92, 7), N_("Block, tent or house"), share=0.4)
        self._month(96, N_("Arrived here in (month, year)"), _X)
        self._heading(106, N_("5. What the family wants"))
        self._ticks(Box(_X, 112.5, _WIDTH, 17), self._entries(CHOICE), columns=3)
        self._list_row(130, N_("When"), HORIZON)
        self._place(139)
        self._row_of(
            157, N_("Is the family free to choose?"), self._entries(YES_NO, "Y", "N", "dk", "pnta"), label_width=60
        )
        self._heading(167, N_("6. What stands in the way"))
        self._ticks(Box(_X, 173.5, _WIDTH, 27), self._entries(BARRIER), columns=2)
        self._list_row(202, N_("Services that lack"), SERVICE)
        self._row_of(211, N_("Stays for other reasons"), self._entries(OTHER_REASON))
        self._heading(222, N_("Write nothing else on this paper. Other questions are asked in private at the desk."))
        self._label(Box(_X, 231, 40, 7), N_("Typed in on"))
        digit_boxes(self._area, _X + 42, 232, _DAY)
        self._write(Box(_X + 98, 231, 92, 7), N_("Typed in by"), share=0.3)
        self._label(Box(_X, 241, 40, 7), N_("Household number"))
        digit_boxes(self._area, _X + 42, 242, (4, 4, 2))
        last = N_("Once it is typed in, give this paper to the supervisor, who destroys it.")
        self._label(Box(_X, 252, _WIDTH, 9), last, style=Style(10, bold=True))

    def _head(self, batch: FormBatch) -> None:
        words = self._words
        if batch.practice:
            self._area.practice(words, _STRIP)
        self._label(Box(_X, 7, 104, 10), N_("Registration on paper"), style=Style(14, bold=True))
        field(self._area, Box(_X + 120, 7, 70, 10), words("Form number"), "", _OWN)
        version = words("Consent text {version}", version=unbroken(batch.consent_version))
        self._area.line(Box(_X, 281, _WIDTH, 4), version, Style(6.5, grey=0.3))

    def _pair(self, msgid: str) -> tuple[str, str]:
        return self._words(msgid), self._english(msgid)

    def _entries(self, codes: CodeList, *only: str) -> list[tuple[str, str]]:
        # the boxes of the form have their places: what the centre added is told at the desk
        offered = [entry for entry in self._words.lists.offered(codes) if entry in codes]
        return [
            (self._words.label(codes.name, entry), self._english.label(codes.name, entry)) for entry in only or offered
        ]

    def _both(self, box: Box, pair: tuple[str, str], style: Style) -> None:
        """The words in the desk's language, and small below them in English."""
        own, english = pair
        if own == english:
            self._area.text(box, own, style, vertical="middle")
            return
        upper = box.height * 0.6
        self._area.text(Box(box.x, box.y, box.width, upper), own, style, vertical="bottom")
        lower = Box(box.x, box.y + upper, box.width, box.height - upper)
        small = Style(6, grey=0.3, align="start")
        self._area.line(lower, f"\u2066{english}\u2069", small)

    def _label(self, box: Box, msgid: str, *, style: Style = _OWN) -> None:
        self._both(box, self._pair(msgid), style)

    def _heading(self, y: float, msgid: str) -> None:
        own, english = self._pair(msgid)
        band = Box(_X, y, _WIDTH, 5.4)
        self._area.fill(band, 0.2)
        share = 0.52 if own != english else 1.0
        self._area.line(Box(_X + 2, y, _WIDTH * share - 4, 5.4), own, _HEADING, vertical="middle")
        if own != english:
            rest = Box(_X + _WIDTH * share, y, _WIDTH * (1 - share) - 2, 5.4)
            self._area.line(rest, f"\u2066{english}\u2069", Style(7, grey=1, align="end"), vertical="middle")

    def _write(self, box: Box, msgid: str, *, share: float = 0.36) -> None:
        """A label and a line to write on beside it."""
        self._label(Box(box.x, box.y, box.width * share - 1, box.height), msgid)
        self._area.rule(box.x + box.width * share, box.bottom - 0.6, box.width * (1 - share), grey=0.35)

    def _ticks(self, box: Box, pairs: Sequence[tuple[str, str]], *, columns: int | None = None) -> None:
        """Squares to tick, each with its words, in rows of equal columns."""
        columns = columns or len(pairs)
        rows = -(-len(pairs) // columns)
        width, height = box.width / columns, box.height / rows
        for place, pair in enumerate(pairs):
            row, column = divmod(place, columns)
            x, y = box.x + column * width, box.y + row * height
            self._area.frame(Box(x, y + (height - _TICK) / 2, _TICK, _TICK), thickness=0.3)
            self._both(Box(x + _TICK + 1.2, y, width - _TICK - 2.4, height), pair, _OWN)

    def _row_of(
        self, y: float, msgid: str, pairs: Sequence[tuple[str, str]], *, start: float = _X, label_width: float = 30
    ) -> None:
        """A label and its squares on one row."""
        self._label(Box(start, y, label_width - 1, 7.5), msgid)
        self._ticks(Box(start + label_width, y, _X + _WIDTH - start - label_width, 7.5), pairs)

    def _list_row(self, y: float, msgid: str, codes: CodeList) -> None:
        self._row_of(y, msgid, self._entries(codes))

    def _place(self, y: float) -> None:
        """The four lines of a place."""
        for number, msgid in enumerate(_PLACE):
            row, column = divmod(number, 2)
            self._write(Box(_X + column * 98, y + row * 8.5, 92, 7), msgid)

    def _month(self, y: float, msgid: str, x: float) -> None:
        self._label(Box(x, y, 55, 7), msgid)
        digit_boxes(self._area, x + 56, y + 1, _MONTH_YEAR)

    def _roster(self, y: float) -> None:
        """The table of eight people."""
        edges = [_X, _X + _NUMBER_COLUMN]
        for _msgid, width in _COLUMNS:
            edges.append(edges[-1] + width)
        for (msgid, width), x in zip(_COLUMNS, edges[1:], strict=False):
            self._label(Box(x + 0.8, y, width - 1.6, 8.6), msgid, style=Style(7.5))
        top = y + 9
        for row in range(_ROWS + 1):
            self._area.rule(_X, top + row * _ROW, _WIDTH, grey=0.35)
        for x in edges:
            self._area.rule(x, top, 0, _ROWS * _ROW, grey=0.35)
        sexes = [self._words.label("sex", code) for code in ("F", "M")]
        for row in range(_ROWS):
            line = top + row * _ROW
            number = self._words.digits(row + 1)
            self._area.line(Box(_X, line, _NUMBER_COLUMN, _ROW), number, Style(9, align="center"), vertical="middle")
            self._sex(Box(edges[5], line, 15, _ROW), sexes)
            digit_boxes(self._area, edges[6] + 1, line + 2.3, (2,))
            digit_boxes(self._area, edges[7] + 1.5, line + 2.3, (4,))

    def _sex(self, cell: Box, labels: Iterable[str]) -> None:
        """Two squares above each other with their words."""
        for place, label in enumerate(labels):
            y = cell.y + 0.9 + place * 4.2
            self._area.frame(Box(cell.x + 1, y, _TICK, _TICK), thickness=0.3)
            self._area.line(Box(cell.x + 5.4, y - 0.4, cell.width - 6, 4.4), label, Style(6.5), vertical="middle")
