"""Searching a full store through the gate, against the search by name's FTS5 statements alone in plain SQLite.

A number and a phone are found by an index in some hundredths of a millisecond, less than the gate's own transaction
takes; they are held against the same FTS5 floor, and told beside their own statement's time, which decides nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from math import inf
from random import Random
from typing import Any

from sqlalchemy import event

from helpdesk.households import queries
from helpdesk.opening import Desk
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured, in_turns
from tests.benchmarks.saving import open_plain

ROUNDS = 150
LIMIT = 3.0
SEED = 3

Asked = list[tuple[str, Any]]
_SEARCHING = {"name": "person_search", "number": "household.number =", "phone": "phone.backwards"}
"""What tells a searching statement from those that fetch the lines found or read the day."""


def measure(programme: Programme) -> list[Measured]:
    """By name (two words of a member's name), by number, by the last digits of a phone."""
    desk, plain = programme.open_desk(), open_plain(programme)
    try:
        chance = Random(SEED)
        typed = {
            "name": _drawn(plain, "SELECT name FROM person ORDER BY n", chance, _two_words),
            "number": _drawn(plain, "SELECT number FROM household ORDER BY id", chance, str),
            "phone": _drawn(plain, "SELECT number FROM phone ORDER BY household", chance, lambda phone: phone[-8:]),
        }
        floors = {kind: [_statements(desk, kind, word) for word in words] for kind, words in typed.items()}
        measured = [_measure(desk, plain, kind, typed[kind], floors["name"], LIMIT) for kind in typed]
        own = [_measure(desk, plain, kind, typed[kind], floors[kind], inf) for kind in ("number", "phone")]
        return [*measured, *(replace(line, what=f"  beside its own statement: {line.what}") for line in own)]
    finally:
        plain.close()
        desk.close()


def _two_words(name: str) -> str:
    return " ".join(name.split()[:2])


def _drawn(plain: sqlite3.Connection, query: str, chance: Random, cut: Callable[[str], str]) -> list[str]:
    found = [row[0] for row in plain.execute(query)]
    return [cut(chance.choice(found)) for _ in range(ROUNDS + 3)]


def _measure(
    desk: Desk, plain: sqlite3.Connection, kind: str, typed: list[str], statements: list[Asked], limit: float
) -> Measured:
    def ours(turn: int) -> None:
        assert desk.ask(queries.find, typed[turn])

    def floor(turn: int) -> None:
        for sql, parameters in statements[turn]:
            plain.execute(sql, parameters).fetchall()

    return in_turns(ROUNDS, ours, floor).measured(f"search by {kind}", limit)


def _statements(desk: Desk, kind: str, typed: str) -> Asked:
    asked: Asked = []

    def hear(_conn: object, _cursor: object, sql: str, parameters: Any, _context: object, _many: bool) -> None:
        if _SEARCHING[kind] in sql:
            asked.append((sql, parameters))

    event.listen(desk.store.engine, "before_cursor_execute", hear)
    try:
        desk.ask(queries.find, typed)
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", hear)
    assert asked, f"no statement searched by {kind}"
    return asked
