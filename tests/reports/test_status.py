"""The status table: the programme's own table comes out exactly, each rule of counting, and footnotes worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Connection

from helpdesk.casework.kinds import split_id
from helpdesk.casework.tables import FamilyEventRow
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.places import load_gazetteer
from helpdesk.opening import Desk
from helpdesk.printing.raster import page_count
from helpdesk.reports import indicators
from helpdesk.reports.asked import Asked
from helpdesk.reports.balances import OPENING_BALANCE, OpeningBalance
from helpdesk.reports.periods import read_periods
from helpdesk.reports.status_table import drawn
from helpdesk.reports.table import Table, shareable
from helpdesk.reports.writing import table_pdf
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.tables import table_of
from tests.reports.filled import delivered, households, paid, standing

TODAY = date(2023, 4, 30)
PERIODS = "2020-2021, 2022, 2023"
YEARS = ((date(2020, 1, 1), date(2021, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31)), (date(2023, 1, 1), TODAY))
FACTSHEET = {
    "I1": (4464, 3793, 341),
    "I2": (3709, 1580, 606),
    "I3": (142, 170, 154),
    "I4": (3215, 2042, 1104),
    "I5": (725, 222, 259),
    "I6": (73, 550, 251),
}


@pytest.fixture
def register(desk_as: Callable[..., Desk]) -> Iterator[Connection]:
    with desk_as("supervisor").store.write() as connection:
        yield connection


def opened(connection: Connection, numbers: dict[str, tuple[int, ...]], beside: dict[tuple[str, int], int]) -> None:
    (projection,) = OPENING_BALANCE.projections
    for indicator, columns in numbers.items():
        for place, number in enumerate(columns):
            doc = OpeningBalance(indicator, *YEARS[place], number, "Factsheet", beside.get((indicator, place), 0))
            insert_rows(connection, projection.table, list(projection.rows(f"{indicator}{place}", doc)))


def counted(connection: Connection, periods: str = PERIODS, today: date = TODAY) -> indicators.Status:
    return indicators.status(connection, today, read_periods(periods, today))


def numbers(found: indicators.Status, code: str) -> list[int]:
    return [column.numbers[code] for column in found.columns]


def asked(words: Words | None = None, today: date = TODAY, **changes: bool) -> Asked:
    return Asked(read_periods(PERIODS, today), words or Words("en"), load_gazetteer(), **changes)


def lines(table: Table) -> dict[str, tuple[object, ...]]:
    return {str(row.cells[0]): row.cells[1:] for row in table.rows}


def test_the_programmes_table_comes_out_exactly(register: Connection) -> None:
    """Most of it from balances; the last of every number, and of every footnote, from records."""
    ids = households(register, 41, date(2023, 2, 1))
    standing(register, ids[:6], departed_on=date(2023, 3, 1), arrived_on=date(2023, 3, 2))
    standing(register, ids[6:8], departed_on=date(2023, 3, 1), track="RELOCATION")
    standing(register, ids[8:10], departed_on=date(2022, 12, 20))
    paid(register, ids[8:10], date(2023, 1, 10))
    delivered(register, ids[:9], "LV1", date(2023, 2, 2), date(2023, 2, 3))
    delivered(register, ids[:1], "SH1", date(2023, 2, 2), date(2023, 3, 3))
    delivered(register, ids[1:5], "SH3", date(2023, 2, 2))
    opened(
        register,
        {
            **FACTSHEET,
            "I1": (4464, 3793, 300),
            "I2": (3709, 1578, 600),
            "I3": (142, 170, 152),
            "I4": (3215, 2042, 1102),
            "I5": (725, 222, 250),
            "I6": (73, 550, 250),
        },
        {("I4", 1): 512, ("I4", 2): 340, ("I6", 1): 39, ("I6", 2): 137},
    )
    found = counted(register)
    for code, row in FACTSHEET.items():
        assert numbers(found, code) == list(row), code
    table = drawn(found, asked())
    assert [column.heading for column in table.columns[1:]] == ["2020-2021", "2022", "2023 (until 30 April)"]
    told = lines(table)
    assert told["HHs registered at help desks"] == (4464, 3793, 341)
    assert told["Cash grants distributed"] == (3215, 2042, 1104)
    assert told["HHs with completed housing repair and reconstruction"] == (73, 550, 251)
    cash, first_works, second_works, *_ = table.notes
    assert cash.startswith("* Families who departed in an earlier period and received cash grants")
    assert "2022: 512, 2023 (until 30 April): 342" in cash
    assert first_works == "** Housing repair and reconstruction works still ongoing at the end of 2022: 39."
    assert second_works.startswith("*** Housing repair")
    assert second_works.endswith("(until 30 April): 141.")
    at = {str(row.cells[0]): place for place, row in enumerate(table.rows)}
    assert table.mark(at["Cash grants distributed"], 2).split()[0] == "*"
    assert table.mark(at["HHs with completed housing repair and reconstruction"], 3).split()[0] == "***"
    assert found.check.holds
    assert shareable(table).rows[0] == table.rows[0]
    for language in LANGUAGES:
        words = Words(language)
        assert page_count(table_pdf(drawn(found, asked(words)), words, practice=False)) == 1


def test_who_is_registered(register: Connection) -> None:
    day = date(2022, 5, 1)
    households(register, 3, day, "camp")
    households(register, 2, day, "ooc", population="OOC")
    households(register, 7, day, "host", population="HOST")
    households(register, 7, day, "ret", population="RET")
    households(register, 7, day, "void", status="VOID")
    households(register, 7, day, "merged", status="MERGED")
    households(register, 1, date(2021, 12, 31), "before")
    households(register, 1, date(2022, 12, 31), "last")
    assert numbers(counted(register), "I1") == [1, 6, 0]


def test_families_formed_by_dividing_one_are_counted_apart(register: Connection) -> None:
    (old,) = households(register, 1, date(2022, 1, 1), "old")
    fresh = split_id(old, ["a mover"])
    households(register, 1, date(2022, 5, 1), id=fresh)
    rows = [
        {"id": one, "household": one, "what": "SPLIT", "on": date(2022, 5, 1), "persons": 1, "other": other}
        for one, other in ((old, fresh), (fresh, old))
    ]
    insert_rows(register, table_of(FamilyEventRow), rows)
    found = counted(register)
    assert numbers(found, "I1") == [0, 1, 0]
    assert [column.splits for column in found.columns] == [0, 1, 0]


def test_who_departed(register: Connection) -> None:
    ids = households(register, 20, date(2021, 1, 1))
    day = date(2022, 6, 1)
    standing(register, ids[:3], departed_on=day, arrived_on=day)
    standing(register, ids[3:5], departed_on=day)
    standing(register, ids[5:6], departed_on=day, track="RELOCATION", state="CLOSED")
    standing(register, ids[6:7], departed_on=day, facilitated=False, incident="UNPROVEN")
    standing(register, ids[7:8], departed_on=day, facilitated=None, state="UNFACILITATED")
    standing(register, ids[8:9], departed_on=None, facilitated=None, state="WITHDRAWN")
    standing(register, ids[9:10], departed_on=day, state="MERGED")
    found = counted(register)
    assert (numbers(found, "I2"), numbers(found, "I3")) == ([0, 5, 0], [0, 1, 0])
    assert found.columns[1].unconfirmed == {"I2": 2, "I3": 1}


def test_who_was_paid_and_when_it_had_left(register: Connection) -> None:
    ids = households(register, 10, date(2021, 1, 1))
    standing(register, ids[:4], departed_on=date(2021, 12, 20))
    standing(register, ids[4:6], departed_on=date(2022, 3, 1))
    paid(register, ids[:3], date(2022, 1, 5))
    paid(register, ids[:2], date(2022, 4, 5), grant="RIN")  # a second instalment is no second family
    paid(register, ids[4:5], date(2022, 3, 2))
    paid(register, ids[6:7], date(2022, 3, 2))  # paid, and never departed
    paid(register, ids[7:8], date(2022, 3, 2), grant="LV1")  # another grant
    found = counted(register)
    assert numbers(found, "I4") == [0, 5, 0]
    assert [column.earlier for column in found.columns] == [0, 3, 0]
    assert (found.columns[1].vouchers, found.columns[1].amount) == (7, 7 * 600_000)
    check = found.check
    assert (check.departed, check.paid, check.queue, check.apart) == (6, 5, 2, 1)
    assert check.holds


def test_a_balance_that_lies_in_no_column_is_named(register: Connection) -> None:
    opened(register, {"I1": (4464,)}, {})
    found = counted(register, "2021, 2022")
    assert numbers(found, "I1") == [0, 0]
    notes = drawn(found, asked()).notes
    assert any("1 January 2020 to 31 December 2021 lies in no column whole" in note for note in notes)


def test_what_leaves_says_no_small_number_in_its_notes(register: Connection) -> None:
    ids = households(register, 3, date(2021, 1, 1))
    standing(register, ids, departed_on=date(2021, 12, 20))
    paid(register, ids, date(2022, 1, 5))
    table = drawn(counted(register), asked(leaves=True))
    assert "2022: fewer than 5" in table.notes[0]
    assert not any(note.startswith("Check") for note in table.notes)


def test_thousands_of_families_are_counted_in_the_store(register: Connection) -> None:
    ids = households(register, 3000, date(2022, 2, 1))
    standing(register, ids[:1580], departed_on=date(2022, 6, 1))
    paid(register, ids[:1000], date(2022, 7, 1))
    found = counted(register)
    assert (numbers(found, "I1")[1], numbers(found, "I2")[1], numbers(found, "I4")[1]) == (3000, 1580, 1000)
    assert found.check.queue == 580
