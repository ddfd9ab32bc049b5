"""What a chart shows, taken from a report's table: names, series and counts. It draws nothing and knows no colour.

A count that was hidden stays hidden: its place is empty and says so, it is no zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from helpdesk.core.language import Words, isolate_ltr
from helpdesk.reports.table import Row, Table
from helpdesk.reports.writing import shown

MOST_NAMES: Final = 14
"""Groups of bars, or days of a line, that one picture has room for; a table shows them all."""
MOST_SERIES: Final = 4


@dataclass(frozen=True)
class Shape:
    """``values[series][name]`` are counts, None where one is hidden; ``lines`` joins them, else they are bars.

    ``left_out`` counts names there was no room for.
    """

    title: str
    names: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[int | None, ...], ...]
    lines: bool
    left_out: int = 0

    @property
    def highest(self) -> int:
        """The highest count, at least 1."""
        return max((value for line in self.values for value in line if value is not None), default=0) or 1


def shape_of(table: Table, words: Words) -> Shape | None:
    """The picture of a table, None where it has none: no counts, or none that a picture would make clearer.

    Parts, sums and amounts of money are left to the table: beside counts of families they would hide them.
    """
    counted = [place for place, column in enumerate(table.columns) if column.counts and not column.total]
    group = table.columns[counted[0]].group if counted else ""
    counted = [place for place in counted if table.columns[place].group == group][:MOST_SERIES]
    rows = [row for row in table.rows if not (row.total or row.part or row.money)]
    if not table.chart or not counted or not rows:
        return None
    lines = table.chart == "lines"
    kept = rows[-MOST_NAMES:] if lines else _largest(rows, counted)
    labels = [place for place, column in enumerate(table.columns) if not column.counts]
    names = tuple(" \u00b7 ".join(_names(row, labels, table.columns[labels[0]].code, words)) for row in kept)
    values = tuple(tuple(_count(row, place) for row in kept) for place in counted)
    if not any(any(line) for line in values):
        return None
    series = tuple(table.columns[place].heading for place in counted)
    return Shape(table.title, names, series, values, lines, len(rows) - len(kept))


def _largest(rows: Sequence[Row], counted: Sequence[int]) -> list[Row]:
    # the largest ones, in the order of the table
    ranked = sorted(rows, key=lambda row: -max(_count(row, place) or 0 for place in counted))
    kept = {id(row) for row in ranked[:MOST_NAMES]}
    return [row for row in rows if id(row) in kept]


def _names(row: Row, labels: Sequence[int], first: str, words: Words) -> list[str]:
    told = [shown(row.cells[place], words) for place in labels[:2] if row.cells[place]]
    if first == "day" and told:
        # days are short in a picture: day and month
        _, month, day = told[0].split("-") if told[0].count("-") == 2 else ("", "", "")  # the sum is no day
        return [isolate_ltr(words.digits(f"{int(day)}/{int(month)}")) if day else told[0], *told[1:]]
    # "0-5" keeps its order in any line
    return [isolate_ltr(words.digits(one)) if one[:1].isdecimal() else one for one in told]


def _count(row: Row, place: int) -> int | None:
    value = row.cells[place]
    return value if isinstance(value, int) else None
