"""Lists on A4: a title, labelled facts, and a table that goes on over as many pages as its rows need.

Manifests, call lists, worklists and reports are all this paper. Every cell arrives as it shall be read; which columns
a reader may see, and whose name stands where, is decided by whoever makes the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from helpdesk.core.language import N_, Words, isolate
from helpdesk.core.progress import Progress, counted, silent
from helpdesk.printing.blocks import SMALL
from helpdesk.printing.page import A4, Area, Box, Offset, PageSize, Sheet
from helpdesk.printing.text import Style

A4_WIDE: Final = PageSize(A4.height, A4.width)
"""A4 on its side, for tables with many columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its share of the width (any unit), and where its cells stand.

    ``write_here`` leaves the cells empty and high enough for a pen or a thumb.
    """

    heading: str
    share: float = 1.0
    align: Literal["start", "center", "end"] = "start"
    write_here: bool = False


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A whole list. ``facts`` stand above the table, ``notes`` below it, and then lines to sign on.

    ``strong`` are places of rows printed bold (totals).
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    practice: bool
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    sign_here: tuple[str, ...] = ()
    strong: frozenset[int] = frozenset()


_MARGIN: Final = 12.0
_FOOT: Final = 5.0
_PAD: Final = 1.2
_PEN: Final = 11.0
_TALLEST: Final = 40.0
_TITLE: Final = Style(15, bold=True)
_FACT: Final = Style(9.5)
_HEAD: Final = Style(8.5, bold=True)
_CELL: Final = Style(9.5)
_NOTE: Final = Style(8.5, grey=0.2, leading=1.4)


def list_pdf(
    paper: ListPaper,
    words: Words,
    *,
    wide: bool = False,
    offset: Offset = (0.0, 0.0),
    progress: Progress = silent,
) -> bytes:
    """The list as a PDF of A4 pages; the headings stand on each of them. Raises Stopped."""
    return lists_pdf((paper,), words, wide=wide, offset=offset, progress=progress)


def lists_pdf(
    papers: Iterable[ListPaper],
    words: Words,
    *,
    wide: bool = False,
    offset: Offset = (0.0, 0.0),
    progress: Progress = silent,
) -> bytes:
    """Several lists in one PDF, each beginning on its own page. Raises Stopped."""
    sheet = Sheet(A4_WIDE if wide else A4, words, offset=offset)
    for paper in papers:
        _Pages(sheet, paper).draw(progress)
    return sheet.pdf()


class _Pages:
    # fills pages from the top down; a row is never cut in two

    def __init__(self, sheet: Sheet, paper: ListPaper) -> None:
        self._sheet = sheet
        self._paper = paper
        self._width = sheet.size.width - 2 * _MARGIN
        self._bottom = sheet.size.height - _MARGIN - _FOOT
        whole = sum(column.share for column in paper.columns)
        edges = [0.0]
        for column in paper.columns:
            edges.append(edges[-1] + self._width * column.share / whole)
        self._places = [(_MARGIN + start, end - start) for start, end in pairwise(edges)]
        self._count = 0
        self._area: Area
        self._y = 0.0

    def draw(self, progress: Progress) -> None:
        """Everything, from the title to the lines to sign on."""
        self._next_page()
        self._text(self._paper.title, _TITLE, after=2.5)
        for label, value in self._paper.facts:
            self._text(f"{label}: {isolate(value)}", _FACT, after=0.6)
        self._y += 2
        if self._paper.columns:
            self._heading()
        rows = counted(self._paper.rows, progress, N_("Printing the list"), len(self._paper.rows))
        for place, row in enumerate(rows):
            self._row(row, strong=place in self._paper.strong)
        self._y += 2
        for note in self._paper.notes:
            self._text(note, _NOTE, after=1)
        for label in self._paper.sign_here:
            self._sign(label)

    def _next_page(self) -> None:
        self._area = self._sheet.page()
        self._count += 1
        self._y = _MARGIN
        words = self._sheet.words
        foot = Box(_MARGIN, self._bottom + 1, self._width, _FOOT - 1)
        if self._paper.practice:
            self._area.practice(words, foot)
        else:
            self._area.line(foot, words("Page {n}", n=self._count), Style(8, grey=0.25))

    def _room(self, height: float, *, heading: bool = False) -> None:
        if self._y + height > self._bottom and self._y > _MARGIN:
            self._next_page()
            if heading:
                self._heading()

    def _text(self, text: str, style: Style, *, after: float) -> None:
        height = self._area.height_of(text, style, self._width, _TALLEST)
        self._room(height)
        self._y = self._area.text(Box(_MARGIN, self._y, self._width, height), text, style) + after

    def _heading(self) -> None:
        cells = [column.heading for column in self._paper.columns]
        height = self._height(cells, _HEAD)
        self._room(height)
        self._area.fill(Box(_MARGIN, self._y, self._width, height), 0.9)
        self._cells(cells, _HEAD, height)

    def _row(self, row: Sequence[str], *, strong: bool) -> None:
        style = Style(_CELL.size, bold=strong)
        height = self._height(row, style)
        if any(column.write_here for column in self._paper.columns):
            height = max(height, _PEN)
        self._room(height, heading=True)
        self._cells(row, style, height)

    def _height(self, cells: Sequence[str], style: Style) -> float:
        heights = (
            self._area.height_of(isolate(cell), style, width - 2 * _PAD, _TALLEST)
            for cell, (_, width) in zip(cells, self._places, strict=True)
            if cell
        )
        return max(heights, default=4.0) + 2 * _PAD

    def _cells(self, cells: Sequence[str], style: Style, height: float) -> None:
        for cell, column, (x, width) in zip(cells, self._paper.columns, self._places, strict=True):
            box = Box(x + _PAD, self._y + _PAD, width - 2 * _PAD, height - 2 * _PAD)
            if cell:
                self._area.text(box, isolate(cell), Style(style.size, bold=style.bold, align=column.align))
            self._area.rule(x, self._y, 0, height, grey=0.6)
        self._area.rule(_MARGIN + self._width, self._y, 0, height, grey=0.6)
        self._area.rule(_MARGIN, self._y, self._width, grey=0.6)
        self._y += height
        self._area.rule(_MARGIN, self._y, self._width, grey=0.6)

    def _sign(self, label: str) -> None:
        self._room(14)
        self._area.rule(_MARGIN, self._y + 10, self._width * 0.6, grey=0.35)
        self._area.line(Box(_MARGIN, self._y + 10.3, self._width * 0.6, 3.5), label, SMALL)
        self._y += 14
