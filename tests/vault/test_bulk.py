"""What PostgreSQL reads of our rows is what was meant, whatever stands in them; tests/centre loads them into one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from helpdesk.vault import bulk
from helpdesk.vault.tables import RecordRow, RevisionRow, table_of

_MARKS = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


def _read_back(cell: str) -> str | None:
    # COPY's text format as the server's manual describes it
    if cell == "\\N":
        return None
    found, parts = "", iter(cell)
    for part in parts:
        found += _MARKS[next(parts)] if part == "\\" else part
    return found


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\\N", "\\.", "\t"])))
def test_texts_keep_their_cells_and_nothing_is_taken_for_null(values: list[str | None]) -> None:
    cells = bulk._cells(table_of(RecordRow).c.household, values)
    assert [_read_back(cell) for cell in cells] == values
    assert not any(mark in cell for cell in cells for mark in "\t\n\r")


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        (table_of(RevisionRow).c.sig, b"\x00\xff", "\\\\x00ff"),
        (table_of(RevisionRow).c.ctr, -3, "-3"),
        (table_of(RecordRow).c.conflict, True, "t"),
        (table_of(RecordRow).c.conflict, False, "f"),
    ],
)
def test_each_type_has_its_spelling(column: Any, value: Any, cell: str) -> None:
    assert list(bulk._cells(column, [value, None, value])) == [cell, "\\N", cell]


def test_days_are_written_as_days() -> None:
    assert list(bulk._COPIED[date]([date(987, 6, 5)])) == ["0987-06-05"]


@given(st.lists(st.tuples(st.text(), st.none() | st.integers(), st.booleans()), min_size=1), st.data())
def test_rows_of_some_numbers_are_those_rows_of_all(
    values: list[tuple[str, int | None, bool]], data: st.DataObject
) -> None:
    rows = [{"id": one, "kind": str(two), "conflict": three} for one, two, three in values]
    numbers = data.draw(st.lists(st.sampled_from(range(len(rows))), unique=True).map(sorted))
    for dialect in (postgresql.dialect(), sqlite.dialect()):
        spelled = bulk.spell(dialect, table_of(RecordRow), rows)
        expected = [bulk.spell(dialect, table_of(RecordRow), [rows[number]]).rows[0] for number in numbers]
        assert list(spelled.only(numbers).rows) == expected
