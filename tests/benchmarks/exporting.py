"""Exporting a full store, against serialising the same records and the command-line tools ``zstd -3`` and ``age``.

Each runs in a process of its own (exporter.py), so that its processor time and its most memory can be told.
"""

from __future__ import annotations

import sys

from helpdesk.exchange import batches
from tests.benchmarks.full_store import PASSPHRASE, Programme
from tests.benchmarks.measure import Measured, Spent, run

LIMIT = 2.0
LIMIT_MB = 150.0
SERIALISED = "lines.jsonl"
ACCOUNT = "supervisor"


def measure(programme: Programme) -> list[Measured]:
    """The tools first, because exporting leaves nothing new to serialise."""
    lines = programme.folder / SERIALISED
    packed, sealed = lines.with_suffix(".zst"), lines.with_suffix(".age")
    desk = programme.open_desk()
    assert desk.bundle is not None
    recipients = [word for recipient in batches.recipients_of(desk.bundle) for word in ("-r", recipient)]
    desk.close()
    floor = [
        _itself("serialise", programme),
        run(["zstd", "-3", "--single-thread", "-q", "-f", "-o", str(packed), str(lines)]),
        run(["age", *recipients, "-o", str(sealed), str(packed)]),
    ]
    plain = lines.stat().st_size
    for path in (lines, packed, sealed):
        path.unlink()
    ours = _itself("export", programme)
    cpu = sum(spent.cpu for spent in floor)
    records, peak_kb = map(int, ours.said.split())
    what = f"export of {records:,} records ({plain / 1e6:.0f} MB)"
    return [
        Measured(f"{what}, processor", f"{cpu:.2f} s", f"{ours.cpu:.2f} s", ours.cpu / cpu, LIMIT),
        Measured("export, memory", "", f"{peak_kb / 1024:.0f} MB", peak_kb / 1024, LIMIT_MB, "MB"),
    ]


def _itself(act: str, programme: Programme) -> Spent:
    target = programme.stick if act == "export" else programme.folder / SERIALISED
    words = [act, str(programme.desk), ACCOUNT, PASSPHRASE, str(target)]
    return run([sys.executable, "-m", "tests.benchmarks.exporter", *words])
