"""The centre takes a full store's batch into PostgreSQL: records a second, with every check and the answer.

Beside it what the server alone needs: the same rows by COPY in one transaction into an empty register of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

from sqlalchemy import Table, make_url

from helpdesk.centre import desks, intake
from helpdesk.exchange import batches
from helpdesk.exchange.kinds import KINDS
from helpdesk.vault import migrate
from helpdesk.vault.store import Store, open_server
from helpdesk.vault.tables import RecordRow, RevisionRow, table_of
from tests.benchmarks.full_store import Programme, close
from tests.benchmarks.measure import Measured
from tests.postgres import server

LIMIT = 10_000.0
TABLES: tuple[Table, ...] = (
    table_of(RevisionRow),
    table_of(RecordRow),
    *dict.fromkeys(projection.table for kind in KINDS.values() for projection in kind.projections),
)
_PIECE = 128 << 10


def measure(programme: Programme) -> list[Measured]:
    """Needs the export to have run, or exports now."""
    desk = programme.open_desk()
    if not desk.ask(batches.outbox_lines):
        batches.export(desk, desk.folder, None)
    path = next((desk.folder / "outbox").glob("*.fvb"))
    desk.close()
    own = programme.open_centre()
    try:
        with server() as url:
            register = _register(url)
            office = replace(own, register=register)
            desks.enrol(office, programme.enrolment)
            begun, used = time.perf_counter(), time.process_time()
            (receipt,) = intake.receive(office, [path])
            seconds, used = time.perf_counter() - begun, time.process_time() - used
            floor = _copied(register, url, programme.folder / "rows")
            register.close()
    finally:
        close(own)
    assert receipt.state == "accepted", receipt
    rate = receipt.records / seconds
    what = f"centre takes {receipt.records:,} records in"
    return [
        Measured(what, f"{floor:.1f} s", f"{seconds:.1f} s", rate, LIMIT, "records/s", at_least=True),
        Measured("  by our own processor time", "", f"{used:.1f} s", receipt.records / used, inf, "records/s"),
        Measured("  the server's rows alone, by COPY", "", f"{floor:.1f} s", receipt.records / floor, inf, "records/s"),
    ]


def _register(url: str) -> Store:
    register = open_server(url)
    migrate.upgrade(register)
    return register


def _copied(register: Store, url: str, folder: Path) -> float:
    # seconds to write into an empty register what this one holds
    folder.mkdir()
    with _driver(register) as driver:
        for table in TABLES:
            with driver.cursor().copy(f"COPY {table.name} TO STDOUT (FORMAT BINARY)") as copy:
                (folder / table.name).write_bytes(b"".join(map(bytes, copy)))
        driver.rollback()
        driver.autocommit = True
        driver.execute("CREATE DATABASE empty")
    empty = _register(make_url(url).set(database="empty").render_as_string(hide_password=False))
    with _driver(empty) as driver:
        begun = time.perf_counter()
        for table in TABLES:
            with (folder / table.name).open("rb") as rows, driver.cursor() as cursor:
                with cursor.copy(f"COPY {table.name} FROM STDIN (FORMAT BINARY)") as copy:
                    while piece := rows.read(_PIECE):
                        copy.write(piece)
        driver.commit()
        seconds = time.perf_counter() - begun
    empty.close()
    return seconds


@contextmanager
def _driver(register: Store) -> Iterator[Any]:
    raw = register.engine.raw_connection()
    try:
        yield raw.driver_connection
    finally:
        raw.invalidate()
