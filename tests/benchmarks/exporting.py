"""Exporting a full store, against serialising the same records and the command-line tools ``zstd -3`` and ``age``.

Each runs in a process of its own, so that its processor time and its most memory can be told. As a program of its own
(``python -m tests.benchmarks.exporting export|serialise FOLDER``) this module is that process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from helpdesk.exchange import batches
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured, Spent, run

LIMIT = 2.0
LIMIT_MB = 150.0
SERIALISED = "lines.jsonl"


def export(programme: Programme) -> None:
    """What a supervisor does in the evening, to a folder for a stick."""
    desk = programme.open_desk()
    try:
        print(batches.export(desk, desk.folder, programme.stick).records)
    finally:
        desk.close()


def serialise(programme: Programme) -> None:
    """The same lines in one file, and nothing else."""
    desk = programme.open_desk()
    try:
        planned = desk.do(batches.plan)
        with (programme.folder / SERIALISED).open("wb") as file, desk.store.read() as connection:
            for line in batches.lines(connection, planned):
                file.write(line + b"\n")
    finally:
        desk.close()


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
    what = f"export of {int(ours.said):,} records ({plain / 1e6:.0f} MB)"
    return [
        Measured(f"{what}, processor", f"{cpu:.2f} s", f"{ours.cpu:.2f} s", ours.cpu / cpu, LIMIT),
        Measured("export, memory", "", f"{ours.peak_mb:.0f} MB", ours.peak_mb, LIMIT_MB, "MB"),
    ]


def _itself(act: str, programme: Programme) -> Spent:
    command = [sys.executable, "-m", "tests.benchmarks.exporting", act, str(programme.folder)]
    try:
        return run(command)
    except subprocess.CalledProcessError as error:
        raise SystemExit(error.stderr) from None


if __name__ == "__main__":
    {"export": export, "serialise": serialise}[sys.argv[1]](Programme(Path(sys.argv[2])))
