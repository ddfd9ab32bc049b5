"""What leaves in a report: small counts hidden and not to be found by subtracting, and no cell that is a formula."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.printing.raster import page_count
from helpdesk.reports.table import SMALL, Column, Row, Table, shareable
from helpdesk.reports.writing import table_csv, table_pdf, table_xlsx


def made(counts: list[list[int]]) -> Table:
    """A table of counts with a total of each row and of each column."""
    width = len(counts[0])
    columns = (
        Column("place", "Place", "#adm1+name", counts=False),
        *(Column(f"c{place}", f"Column {place}", "#affected+hh") for place in range(width)),
        Column("total", "Total", "#affected+hh+total", total=True),
    )
    rows = [Row((f"row {n}", *line, sum(line))) for n, line in enumerate(counts)]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    return Table("made", "A table", columns, (*rows, Row(("all", *sums, sum(sums)), total=True)), (("Until", "today"),))


grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(grids)
def test_no_small_count_can_be_found_by_subtracting(counts: list[list[int]]) -> None:
    table = made(counts)
    shared = shareable(table)
    cells = [row.cells[1:] for row in shared.rows]
    for row in cells:
        assert not any(cell is not None and 0 < cell < SMALL for cell in row)
    for line in (*cells, *zip(*cells, strict=True)):
        hidden = sum(cell is None for cell in line)
        # one hidden place in a line that adds up is an open one, unless all the others are zero and it is the total
        assert hidden != 1


@given(grids)
def test_what_is_not_hidden_is_true(counts: list[list[int]]) -> None:
    table = made(counts)
    for before, after in zip(table.rows, shareable(table).rows, strict=True):
        assert all(new in (None, old) for old, new in zip(before.cells, after.cells, strict=True))


def test_a_table_of_large_counts_hides_nothing() -> None:
    table = made([[5, 0], [70, 8]])
    assert shareable(table) == table


def test_a_csv_holds_tags_and_no_formula() -> None:
    table = made([[3, 50], [60, 70]])
    hostile = Table(table.name, table.title, table.columns, (Row(("=1+1", 1, 2, 3)), *table.rows[1:]))
    rows = list(csv.reader(table_csv(shareable(hostile)).decode("utf-8").splitlines()))
    assert rows[0] == ["place", "c0", "c1", "total"]
    assert rows[1][0] == "#adm1+name"
    assert rows[2] == ["'=1+1", "<5", "<5", "<5"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_and_a_paper_in_each_language(language: str) -> None:
    words, table = Words(language), made([[30, 50], [60, 70]])
    hostile = Table(table.name, "=cmd()", table.columns, table.rows, table.facts, ("@note",))
    sheet = load_workbook(BytesIO(table_xlsx(hostile, words))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "n") for cell in cells)
    assert sheet["A1"].value == "=cmd()"
    assert bool(sheet.sheet_view.rightToLeft) == (words.direction == "rtl")
    assert 210 in [cell.value for cell in cells]
    assert page_count(table_pdf(table, words, practice=True)) == 1


def test_an_amount_tells_no_hidden_count() -> None:
    columns = (Column("what", "What", counts=False), Column("a", "A"), Column("b", "B"))
    rows = (Row(("Vouchers", 3, 9), part=True), Row(("Dinars", 1_800_000, 5_400_000), part=True, money=True))
    shared = shareable(Table("made", "A table", columns, rows))
    assert [row.cells[1:] for row in shared.rows] == [(None, 9), (None, 5_400_000)]


def test_groups_add_up_apart() -> None:
    columns = (
        Column("what", "What", counts=False), Column("f", "F"), Column("m", "M"), Column("all", "All", total=True),
        Column("df", "F", group="d"), Column("dm", "M", group="d"), Column("d", "All", total=True, group="d"),
    )  # fmt: skip
    (row,) = shareable(Table("made", "A table", columns, (Row(("a", 30, 20, 50, 2, 8, 10)),))).rows
    assert row.cells == ("a", 30, 20, 50, None, None, 10)
