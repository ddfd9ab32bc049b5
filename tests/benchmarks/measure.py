"""How things are measured: ours and its floor in turns in one run, so that a busy machine slows both alike.

A :class:`Measured` passes or fails by its limit; absolute times stand beside it and decide nothing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

SECOND = "s"
MILLISECONDS = "ms"
_FACTOR = {SECOND: 1.0, MILLISECONDS: 1000.0}


@dataclass(frozen=True)
class Measured:
    """One line of the table. ``figure`` is held against ``limit``; ``at_least`` turns the comparison round."""

    what: str
    floor: str
    ours: str
    figure: float
    limit: float
    unit: str = "x"
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """The last word of the line; nothing where nothing is promised."""
        if not isfinite(self.limit):
            return ""
        return "pass" if self.passed else "FAIL"

    @property
    def passed(self) -> bool:
        """Whether the limit is kept."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


@dataclass(frozen=True)
class Pair:
    """Seconds of every round, ours and the floor's, in the order of the rounds."""

    ours: tuple[float, ...]
    floor: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The middle of the rounds' ratios: each round's two measurements saw the same machine."""
        return statistics.median(a / b for a, b in zip(self.ours, self.floor, strict=True))

    def measured(self, what: str, limit: float, unit: str = MILLISECONDS) -> Measured:
        """The line of the table."""
        return Measured(
            what,
            shown(statistics.median(self.floor), unit),
            shown(statistics.median(self.ours), unit),
            self.ratio,
            limit,
        )


def shown(seconds: float, unit: str) -> str:
    """An absolute time."""
    return f"{seconds * _FACTOR[unit]:.2f} {unit}"


def timed(work: Callable[[], object]) -> float:
    """Seconds on the wall for one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turns(
    rounds: int,
    ours: Callable[[int], object],
    floor: Callable[[int], object],
    *,
    unmeasured: int = 3,
    alternate: bool = True,
    clock: Callable[[], float] = time.perf_counter,
) -> Pair:
    """Run both in turns; the first rounds only warm up. ``alternate`` lets the floor begin every second round.

    ``clock`` tells seconds: of the wall, or of the processor for work that waits for nothing.
    """
    seconds: tuple[list[float], list[float]] = ([], [])
    for turn in range(-unmeasured, rounds):
        order = (1, 0) if alternate and turn % 2 else (0, 1)
        for side in order:
            work = (ours, floor)[side]
            begun = clock()
            work(turn + unmeasured)
            taken = clock() - begun
            if turn >= 0:
                seconds[side].append(taken)
    return Pair(tuple(seconds[0]), tuple(seconds[1]))


@dataclass(frozen=True)
class Spent:
    """What a process used: processor seconds of user and system; and its words."""

    cpu: float
    said: str


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a process to its end. Raises RuntimeError where it fails; what it complains goes where ours does."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(" ".join(command))
    return Spent(used.ru_utime + used.ru_stime, said)


def table(lines: Sequence[Measured]) -> str:
    """The table as text."""
    rows = [("what", "floor", "ours", "figure", "limit", "")]
    for line in lines:
        sign = ">=" if line.at_least else "<="
        rows.append(
            (
                line.what,
                line.floor,
                line.ours,
                f"{line.figure:,.2f} {line.unit}",
                f"{sign} {line.limit:,g} {line.unit}" if isfinite(line.limit) else "",
                line.verdict,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
