"""``python3 run.py bench``: measures everything, prints the table, and ends with 1 where a limit is missed."""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import (
    exporting,
    full_store,
    journeying,
    listing,
    loading,
    money,
    papers,
    saving,
    searching,
    starting,
)
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured, table

FULL = 50_000
PARTS: dict[str, Callable[[Programme], list[Measured]]] = {
    "start": starting.measure,
    "list": listing.measure,
    "save": saving.measure,
    "search": searching.measure,
    "cards": papers.measure,
    "journey": journeying.measure,
    "money": money.measure,
    "export": exporting.measure,
    "load": loading.measure,
}

WALKED = {"journey"}
"""Parts that need families on their way."""


def main() -> int:
    """Measure the named parts, or all."""
    parser = argparse.ArgumentParser(prog="run.py bench", description="Ratios pass or fail; absolute times are told.")
    parser.add_argument("--households", type=int, default=FULL, help=f"households in the store (default {FULL})")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="these parts alone")
    chosen = parser.parse_args()
    kept = full_store.full(chosen.households)
    walked = full_store.walked(chosen.households) if WALKED & set(chosen.only) else kept
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="helpdesk-bench-", dir=full_store.CACHE) as folder:
        for name in chosen.only:
            programme = full_store.copy(walked if name in WALKED else kept, Path(folder) / name)
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            begun = time.monotonic()
            gc.collect()
            measured.extend(PARTS[name](programme))
            print(f"  {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
            if name != "export":  # loading takes in what was exported
                shutil.rmtree(programme.folder)
    print(f"{chosen.households:,} households in the store" + ("" if chosen.households >= FULL else ": not a full one"))
    print(table(measured))
    return 0 if all(line.passed for line in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
