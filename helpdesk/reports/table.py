"""A report as a table of counts: its columns with their HXL tags, its rows, its footnotes, and what must stay hidden.

Numbers and labels only. A table that leaves the room goes through :func:`shareable`, which hides small counts and as
many others as are needed so that nobody can subtract them back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

Cell = str | int | None
"""A label, a count, or None for what was hidden."""

SMALL: Final = 5
"""Counts from 1 up to this, itself not included, are hidden in whatever is shared (FORMATS.md section 5)."""


class Column(Struct, frozen=True):
    """One column. ``code`` names it in CSV, ``hxl`` is its tag of the HXL standard ("" for none).

    ``total`` columns are sums of the other counted columns of their row that have the same ``group``.
    """

    code: str
    heading: str
    hxl: str = ""
    counts: bool = True
    total: bool = False
    group: str = ""


class Row(Struct, frozen=True):
    """One row; ``total`` rows are sums of the other rows of their column that have the same ``group``.

    ``part`` rows tell something of the row above them (a sub-line) and are no part of a sum; ``money`` rows hold the
    amounts that belong to the counts of the row right above: they are hidden where those are, and never for themselves.
    """

    cells: tuple[Cell, ...]
    total: bool = False
    group: str = ""
    part: bool = False
    money: bool = False


class Table(Struct, frozen=True):
    """A whole report. ``facts`` (label, value) say what it covers; ``notes`` are whole sentences below it.

    ``marks`` are (row, column, sign): cells to which a note with the same sign belongs. ``chart`` is how the counts are
    drawn: ``bars``, ``lines`` along the rows, or "" where a picture would say nothing.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()
    chart: str = ""

    def mark(self, row: int, column: int) -> str:
        """The sign behind a cell, "" for most."""
        return next((sign for at, place, sign in self.marks if (at, place) == (row, column)), "")


def shareable(table: Table, small: int = SMALL) -> Table:
    """The table as it may leave the room: counts below ``small`` hidden, and what would give them away too.

    In each row or column with a shown total at least two counts that are not zero are hidden, or none. Where a line
    has no second count to hide its total is hidden instead.
    """
    grid = [list(row.cells) for row in table.rows]
    for row, cells in zip(table.rows, grid, strict=True):
        for place, column in enumerate(table.columns):
            value = cells[place]
            if column.counts and not row.money and isinstance(value, int) and 0 < value < small:
                cells[place] = None
    while any(_protect(grid, line) for line in _lines(table)):
        pass
    for number, row in enumerate(table.rows):
        if row.money and number:
            # an amount divided by the grant is the count
            grid[number] = [None if grid[number - 1][at] is None else cell for at, cell in enumerate(grid[number])]
    rows = tuple(replace(row, cells=tuple(cells)) for cells, row in zip(grid, table.rows, strict=True))
    return replace(table, rows=rows)


class _Line(Struct, frozen=True):
    # places (row, column) of the counts of one line, and of its total
    parts: tuple[tuple[int, int], ...]
    total: tuple[int, int]


def _lines(table: Table) -> Sequence[_Line]:
    return tuple(chain(_rows_with_total(table), _columns_with_total(table)))


def _rows_with_total(table: Table) -> Iterator[_Line]:
    for total, summed in enumerate(table.columns):
        if not summed.total:
            continue
        parts = [
            place
            for place, column in enumerate(table.columns)
            if column.counts and not column.total and column.group == summed.group
        ]
        for row in range(len(table.rows)):
            yield _Line(tuple((row, part) for part in parts), (row, total))


def _columns_with_total(table: Table) -> Iterator[_Line]:
    for total, summed in enumerate(table.rows):
        if not summed.total:
            continue
        parts = [
            place
            for place, row in enumerate(table.rows)
            if not row.total and not row.part and not row.money and row.group == summed.group
        ]
        for column, described in enumerate(table.columns):
            if described.counts:
                yield _Line(tuple((part, column) for part in parts), (total, column))


def _protect(grid: list[list[Cell]], line: _Line) -> bool:
    # hides one more place of the line where a single hidden one could be found by subtracting; True if it did
    hidden = [place for place in (*line.parts, line.total) if grid[place[0]][place[1]] is None]
    if len(hidden) != 1:
        return False
    seen = ((grid[row][column], (row, column)) for row, column in line.parts)
    others = sorted((value, place) for value, place in seen if isinstance(value, int) and value > 0)
    row, column = others[0][1] if others else line.total
    if grid[row][column] is None:
        # the total is hidden already and nothing else is there to hide behind: the one count is no count of anybody
        return False
    grid[row][column] = None
    return True
