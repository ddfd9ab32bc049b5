"""Reports of money against tables worked out by hand, and what of them is hidden when they leave the room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from helpdesk.assistance.cash.documents import Box, DayEnd, Papers
from helpdesk.assistance.cash.kinds import DAY_END
from helpdesk.assistance.cash.tables import DayCorrectionRow, DayEndSignedRow
from helpdesk.assistance.kits.tables import KitMoveRow
from helpdesk.assistance.vouchers.tables import LedgerRow, PaymentRow, ReroutingRow, VoucherRow
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.commands import User, View
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import Role
from helpdesk.journey.arrivals.tables import ArrivalRow
from helpdesk.opening import Desk
from helpdesk.printing.raster import page_count
from helpdesk.reports import cash, grants
from helpdesk.reports.asked import Asked
from helpdesk.reports.indicators import status
from helpdesk.reports.periods import Period
from helpdesk.reports.registry import REPORTS, made
from helpdesk.reports.table import Cell, Table
from helpdesk.reports.writing import table_csv, table_pdf, table_xlsx
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import Stamp, Writer
from helpdesk.vault.tables import table_of
from tests.reports.filled import households, paid, standing

TODAY = date(2026, 11, 21)
MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))
BEFORE = date(2026, 10, 5)
KEY = SigningKey.from_seed(bytes(32))


@pytest.fixture
def register(desk_as: Callable[..., Desk]) -> Iterator[Connection]:
    with desk_as("supervisor").store.write() as connection:
        yield connection


def view_of(connection: Connection) -> View:
    return View(connection, User("u", "u", Role.SUPERVISOR, KEY), TODAY, "d" * 16, None)


def asked(*, leaves: bool = False, words: Words | None = None) -> Asked:
    return Asked((MONTH,), words or Words("en"), load_gazetteer(), leaves=leaves)


def cells(table: Table) -> list[tuple[Cell, ...]]:
    return [row.cells for row in table.rows]


def shared(build: Callable[[View, Asked], Table], connection: Connection) -> list[tuple[Cell, ...]]:
    question = asked(leaves=True)
    return cells(made(build(view_of(connection), question), question))


def acts(connection: Connection, act: str, vouchers: Sequence[str], on: date, *, amount: int = 600_000) -> None:
    """One entry of the ledger for each voucher."""
    rows = [
        {"id": f"{act}.{one}.{on}", "device": "d", "epoch": "e", "n": n, "act": act, "voucher": one, "number": None,
         "amount": amount, "state": "", "payment": None, "user": "u", "on": on}
        for n, one in enumerate(vouchers, start=1)
    ]  # fmt: skip
    insert_rows(connection, table_of(LedgerRow), rows)


def vouchers(connection: Connection, families: Sequence[str], name: str = "v", **changes: Any) -> list[str]:
    fields: dict[str, Any] = {
        "number": None, "grant": "DEP", "amount": 600_000, "state": "APPROVED", "pay_point": 1, "last_day": TODAY,
        "suspended_until": None, "currency": "IQD", "instalment": 1, "case": None, "replaces": None,
        "rerouted_to": None,
    }  # fmt: skip
    ids = [f"{name}.{one}" for one in families]
    rows = [{"id": one, "household": family, **fields, **changes} for one, family in zip(ids, families, strict=True)]
    insert_rows(connection, table_of(VoucherRow), rows)
    return ids


def payments(connection: Connection, of: Sequence[str], on: date, **changes: Any) -> None:
    fields: dict[str, Any] = {
        "household": "", "amount": 600_000, "paid_on": on, "user": "u", "number": "", "currency": "IQD",
        "pay_point": 1, "distribution": None,
    }  # fmt: skip
    name = changes.pop("name", "p")
    rows = [{"id": f"{name}.{one}.{on}", "voucher": one, **fields, **changes} for one in of]
    insert_rows(connection, table_of(PaymentRow), rows)


def filled_grants(connection: Connection) -> None:
    """DEP at two sites and RIN at one; of the month: 7 and 6 planned, 6 and 6 approved, 5 and 6 paid; one was void."""
    one = households(connection, 7, BEFORE, "a", site="IQ-S1")
    two = households(connection, 6, BEFORE, "b", site="IQ-S2")
    dep_one, dep_two = vouchers(connection, one), vouchers(connection, two)
    acts(connection, "PLAN", [*dep_one, *dep_two], date(2026, 11, 2))
    acts(connection, "APPROVE", [*dep_one[:6], *dep_two], date(2026, 11, 3))
    acts(connection, "PRINT", [*dep_one[:6], *dep_two], date(2026, 11, 3))
    acts(connection, "PRINT", dep_one[:1], date(2026, 11, 4))  # a second act on one voucher is one voucher
    acts(connection, "VOID", dep_one[6:], date(2026, 11, 5))
    payments(connection, [*dep_one[:5], *dep_two], date(2026, 11, 6))
    rin = vouchers(connection, one, "r", grant="RIN", amount=1_000_000, instalment=1)
    later = vouchers(connection, one[:5], "s", grant="RIN", amount=500_000, instalment=2)
    acts(connection, "PLAN", rin, BEFORE)  # of another month
    acts(connection, "PLAN", later, date(2026, 11, 10))
    payments(connection, rin, BEFORE, amount=1_000_000)
    payments(connection, rin[:6], date(2026, 11, 1), amount=1_000_000, name="q")
    payments(connection, later, date(2026, 11, 20), amount=500_000)


def test_grants_by_type_and_site(register: Connection) -> None:
    filled_grants(register)
    table = grants.grants(view_of(register), asked())
    assert [column.code for column in table.columns] == [
        "grant", "site", "planned", "approved", "printed", "paid", "void", "unclaimed", "lost",
    ]  # fmt: skip
    words = Words("en")
    assert [row.cells[0] for row in table.rows] == [words.label("grant", "DEP")] * 6 + [words.label("grant", "RIN")] * 2
    assert [row.cells[2:] for row in table.rows] == [
        (7, 6, 6, 5, 1, 0, 0),
        (4_200_000, 3_600_000, 3_600_000, 3_000_000, 600_000, 0, 0),
        (6, 6, 6, 6, 0, 0, 0),
        (3_600_000, 3_600_000, 3_600_000, 3_600_000, 0, 0, 0),
        (13, 12, 12, 11, 1, 0, 0),
        (7_800_000, 7_200_000, 7_200_000, 6_600_000, 600_000, 0, 0),
        (5, 0, 0, 11, 0, 0, 0),
        (2_500_000, 0, 0, 8_500_000, 0, 0, 0),
    ]


def test_small_counts_of_grants_and_their_amounts_stay(register: Connection) -> None:
    filled_grants(register)
    void = 6
    found = [row[void] for row in shared(grants.grants, register)]
    assert found[:6] == [None, None, 0, 0, None, None]  # one voucher at one site: neither it nor the sum is told


def test_instalments(register: Connection) -> None:
    filled_grants(register)
    assert [row[1:] for row in cells(grants.instalments(view_of(register), asked()))] == [
        (11, 0, 11),
        (6_600_000, 0, 6_600_000),
        (6, 5, 11),
        (6_000_000, 2_500_000, 8_500_000),
    ]


def test_who_waits_by_days(register: Connection) -> None:
    """Seven days are "to 7", eight are not; a payment of either grant ends the waiting, another grant does not."""
    ids = households(register, 9, BEFORE)
    for place, days in enumerate((0, 7, 8, 14, 30, 90, 91)):
        standing(register, ids[place : place + 1], departed_on=TODAY - timedelta(days=days), site="IQ-S1")
    standing(register, ids[7:8], departed_on=TODAY, facilitated=False, site="IQ-S1")
    standing(register, ids[8:9], departed_on=TODAY, site="IQ-S2")
    paid(register, ids[3:4], TODAY, grant="RIN")
    paid(register, ids[4:5], TODAY, grant="TRN")
    found = cells(grants.waiting(view_of(register), asked()))
    assert sorted(row[1:] for row in found[:-1]) == [(1, 0, 0, 0, 0, 0, 1), (2, 1, 1, 0, 1, 1, 6)]
    assert found[-1] == ("Total", 3, 1, 1, 0, 1, 1, 7)
    check = status(register, TODAY, (MONTH,)).check
    assert (check.queue, check.holds) == (7, True)


def test_a_paper_taken_in_elsewhere_counts_as_paid(register: Connection) -> None:
    """The desk that paid knew no voucher; here its number tells which it was."""
    (family,) = households(register, 1, BEFORE)
    standing(register, [family], departed_on=BEFORE)
    vouchers(register, [family], number="12345678901")
    assert status(register, TODAY, (MONTH,)).check.queue == 1
    payments(register, [""], TODAY, number="12345678901", pay_point=2)
    found = status(register, TODAY, (MONTH,))
    assert (found.columns[0].numbers["I4"], found.columns[0].vouchers, found.columns[0].amount) == (1, 1, 600_000)
    assert (found.check.queue, found.check.holds) == (0, True)
    assert found.columns[0].earlier == 1


def test_reroutes(register: Connection) -> None:
    rows = [
        {"id": f"r{n}", "number": f"{number:011d}", "voucher": "", "amount": 600_000, "from_point": 1, "to_point": to,
         "on": on, "by": "u"}
        for n, (number, to, on) in enumerate(
            [(1, 2, TODAY), (1, 2, TODAY), (2, 2, TODAY), (3, 3, TODAY), (4, 3, BEFORE)]
        )
    ]  # fmt: skip
    insert_rows(register, table_of(ReroutingRow), rows)
    payments(register, [""], TODAY, number=f"{1:011d}", pay_point=2)
    payments(register, ["x"], TODAY, number=f"{3:011d}", pay_point=1)
    assert cells(grants.reroutes(view_of(register), asked())) == [
        ("1", "2", 2, 1),
        ("1", "3", 1, 0),
        ("Total", "", 3, 1),
    ]


def counted_day(connection: Connection, n: int, on: date, payments_made: int, held: int, **box: int) -> str:
    end = DayEnd(
        desk=101, pay_point=1, on=on, upto=n, box=Box(payments=payments_made, **box), papers=Papers(),
        pieces={"1000": held // 1000}, held=held, papers_counted=0, by="counter",
    )  # fmt: skip
    record = f"01a1fd55-7a80-7000-8000-{n:012d}"
    pen = Writer(connection, Stamp("d" * 16, "counter", "2026-11-21T09:00:00.000Z"), n, lambda _: ("", b""))
    pen.create(DAY_END, record, end)
    pen.flush()
    return record


def filled_cash(connection: Connection) -> None:
    first = counted_day(connection, 1, date(2026, 11, 2), 6, 1_400_000, received=5_000_000, paid=3_600_000)
    counted_day(connection, 2, date(2026, 11, 3), 2, 150_000, opening=1_400_000, paid=1_200_000, returned=100_000)
    counted_day(connection, 3, BEFORE, 9, 0)
    insert_rows(connection, table_of(DayEndSignedRow), [{"id": "s1", "day_end": first, "by": "second"}])
    rows = [{"id": "c1", "day_end": first, "amount": -50_000, "papers": 0}]
    insert_rows(connection, table_of(DayCorrectionRow), rows)


def test_cash_by_day(register: Connection) -> None:
    filled_cash(register)
    assert cells(cash.reconciliation(view_of(register), asked())) == [
        ("2026-11-02", "1", 6, 0, 5_000_000, 3_600_000, 0, 1_400_000, 0, -50_000, "yes"),
        ("2026-11-03", "1", 2, 1_400_000, 0, 1_200_000, 100_000, 150_000, 50_000, 0, "no"),
    ]
    told, hidden = shared(cash.reconciliation, register)
    assert told[2:6] == (6, 0, 5_000_000, 3_600_000)
    assert hidden[2:10] == (None,) * 8


def test_packages(register: Connection) -> None:
    moves = [("RECEIVED", BEFORE, 100), ("DAMAGED", TODAY, -3), ("COUNTED", TODAY, -1), ("RECEIVED", TODAY, 20)]
    rows = [
        {"id": f"k{n}", "desk": 101, "on": on, "what": what, "change": change}
        for n, (what, on, change) in enumerate(moves)
    ]
    insert_rows(register, table_of(KitMoveRow), rows)
    for n, (on, kits) in enumerate([(BEFORE, 40), (TODAY, 3), (TODAY, 1)]):
        arrival: dict[str, Any] = {column.name: None for column in table_of(ArrivalRow).columns}
        given = {"id": f"a{n}", "household": f"h{n}", "on": on, "desk": 101, "kits": kits}
        insert_rows(register, table_of(ArrivalRow), [{**arrival, **_filled_arrival(), **given}])
    assert cells(cash.kits(view_of(register), asked())) == [("101", 20, 4, 3, -1, 72)]
    assert shared(cash.kits, register) == [("101", 20, None, 3, -1, None)]


def _filled_arrival() -> dict[str, Any]:
    # what the table wants beside what is counted
    return {
        column.name: 0 if column.type.python_type in (int, bool) else ""
        for column in table_of(ArrivalRow).columns
        if not column.nullable
    }


@pytest.mark.parametrize("name", ["grants", "instalments", "unpaid", "double-payments", "reroutes", "cash", "kits"])
def test_every_report_leaves_as_a_file_in_every_language(register: Connection, name: str) -> None:
    filled_grants(register)
    filled_cash(register)
    for language in LANGUAGES:
        words = Words(language)
        question = asked(leaves=True, words=words)
        table = made(REPORTS[name].build(view_of(register), question), question)
        assert page_count(table_pdf(table, words, practice=False)) >= 1
        assert table_csv(table)
        assert table_xlsx(table, words)
