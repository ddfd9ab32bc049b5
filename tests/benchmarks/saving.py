"""Saving a family of six through the gate, against every row that it writes as raw SQL in plain SQLite."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from helpdesk.households import commands
from helpdesk.opening import Desk
from tests.benchmarks.families import of_six
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured, in_turns

ROUNDS = 200
WARM = 10
LIMIT = 3.0

Statement = tuple[str, list[Any]]


class Rows:
    """What one act wrote: each writing statement as the driver got it, with all its rows."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __call__(self, _conn: object, _cursor: object, sql: str, parameters: Any, _context: object, many: bool) -> None:
        if not sql.lstrip().upper().startswith(("SELECT", "BEGIN", "PRAGMA")):
            self.statements.append((sql, list(parameters) if many else [parameters]))


@contextmanager
def written(desk: Desk) -> Iterator[Rows]:
    """Everything that acts write while the block runs."""
    rows = Rows()
    event.listen(desk.store.engine, "before_cursor_execute", rows)
    try:
        yield rows
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", rows)


def open_plain(programme: Programme) -> sqlite3.Connection:
    """The floor's file as the store is set, without encryption and without anything of ours."""
    plain = sqlite3.connect(programme.plain, isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("PRAGMA cache_size = -32768")
    return plain


def measure(programme: Programme) -> list[Measured]:
    """Families are saved in turns: ours by the command, the floor with the very rows that such a command wrote.

    The floor is one family behind, so that either may begin a round: whoever writes to a busy disk first waits longer.
    """
    forms = of_six()
    desk = programme.open_desk()
    plain = open_plain(programme)
    try:
        with written(desk) as rows:
            waiting: deque[list[Statement]] = deque()

            def ours(_turn: int) -> None:
                rows.statements = []
                desk.do(commands.register, form.pop())
                waiting.append(rows.statements)

            def floor(_turn: int) -> None:
                plain.execute("BEGIN IMMEDIATE")
                for sql, values in waiting.popleft():
                    plain.executemany(sql, values)
                plain.execute("COMMIT")

            form = [next(forms) for _ in range(ROUNDS + WARM + 1)]
            ours(0)
            pair = in_turns(ROUNDS, ours, floor, unmeasured=WARM)
        return [pair.measured(f"save a family of six ({counted(rows)} rows)", LIMIT)]
    finally:
        plain.close()
        desk.close()


def counted(rows: Rows) -> int:
    """How many rows the last act wrote, the search index's not counted: triggers write them on both sides."""
    return sum(len(values) for _, values in rows.statements)
