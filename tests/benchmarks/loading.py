"""The centre takes a full store's batch into PostgreSQL: records a second, with every check and the answer."""

from __future__ import annotations

import time
from dataclasses import replace
from math import inf

from helpdesk.centre import desks, intake
from helpdesk.exchange import batches
from helpdesk.vault import migrate
from helpdesk.vault.store import open_server
from tests.benchmarks.full_store import Programme, close
from tests.benchmarks.measure import Measured
from tests.postgres import server

LIMIT = 10_000.0


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
            register = open_server(url)
            migrate.upgrade(register)
            office = replace(own, register=register)
            desks.enrol(office, programme.enrolment)
            begun, used = time.perf_counter(), time.process_time()
            (receipt,) = intake.receive(office, [path])
            seconds, used = time.perf_counter() - begun, time.process_time() - used
            register.close()
    finally:
        close(own)
    assert receipt.state == "accepted", receipt
    rate = receipt.records / seconds
    what = f"centre takes {receipt.records:,} records in"
    return [
        Measured(what, "", f"{seconds:.1f} s", rate, LIMIT, "records/s", at_least=True),
        Measured("  by our own processor time", "", f"{used:.1f} s", receipt.records / used, inf, "records/s"),
    ]
