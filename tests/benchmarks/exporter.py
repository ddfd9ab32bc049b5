"""The process that exporting.py measures: imports what a desk needs to export, and nothing more.

``python -m tests.benchmarks.exporter export|serialise DESK USER PASSPHRASE TARGET``
"""

from __future__ import annotations

import sys
from pathlib import Path

from helpdesk.exchange import batches
from helpdesk.opening import Desk, open_desk


def export(desk: Desk, stick: Path) -> None:
    """What a supervisor does in the evening."""
    records = batches.export(desk, desk.folder, stick).records
    peak = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    print(records, int(peak.split()[1]))  # what getrusage tells begins with the size of whoever started us


def serialise(desk: Desk, target: Path) -> None:
    """The same lines in one file, and nothing else."""
    planned = desk.do(batches.plan)
    with target.open("wb") as file, desk.store.read() as connection:
        for line in batches.lines(connection, planned):
            file.write(line + b"\n")


def main() -> None:
    """Sign in, do the one, close."""
    act, folder, user, passphrase, target = sys.argv[1:]
    desk = open_desk(Path(folder), user, passphrase)
    try:
        {"export": export, "serialise": serialise}[act](desk, Path(target))
    finally:
        desk.close()


if __name__ == "__main__":
    main()
