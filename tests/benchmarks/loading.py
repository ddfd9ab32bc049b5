"""The centre takes a full store's batch into PostgreSQL: records a second, with every check and the answer."""

from __future__ import annotations

import time
from dataclasses import replace

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
            begun = time.perf_counter()
            (receipt,) = intake.receive(office, [path])
            seconds = time.perf_counter() - begun
            register.close()
    finally:
        close(own)
    assert receipt.state == "accepted", receipt
    rate = receipt.records / seconds
    what = f"centre takes {receipt.records:,} records in"
    return [Measured(what, "", f"{seconds:.1f} s", rate, LIMIT, "records/s", at_least=True)]
