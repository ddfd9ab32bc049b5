"""Facts of this laptop alone: key seeds, counters, what is installed. They live in the encrypted store.

Nothing here is ever exported; reading one that was never written is a bug, so ``read`` raises KeyError.
"""

from __future__ import annotations

from sqlalchemy import Connection

# Straight to the driver: every act reads and writes here, and the table never leaves the encrypted store.
_ONE = "SELECT value FROM local WHERE name = ?"
_TWO = "SELECT (SELECT value FROM local WHERE name = ?), (SELECT value FROM local WHERE name = ?)"
_WRITE = "INSERT INTO local (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def read(connection: Connection, name: str) -> bytes:
    """The value of a fact. Raises KeyError."""
    value = peek(connection, name)
    if value is None:
        raise KeyError(name)
    return value


def peek(connection: Connection, name: str) -> bytes | None:
    """The value of a fact, None if it was never written."""
    value = connection.exec_driver_sql(_ONE, (name,)).scalar()
    return None if value is None else bytes(value)


def write(connection: Connection, name: str, value: bytes) -> None:
    """Write or replace a fact."""
    connection.exec_driver_sql(_WRITE, (name, value))


def read_number(connection: Connection, name: str) -> int:
    """A counter; 0 before its first write."""
    value = peek(connection, name)
    return int(value) if value is not None else 0


def read_two_numbers(connection: Connection, one: str, other: str) -> tuple[int, int]:
    """Two counters in one reading; 0 before their first write."""
    first, second = connection.exec_driver_sql(_TWO, (one, other)).one()
    return int(first or 0), int(second or 0)


def write_number(connection: Connection, name: str, value: int) -> None:
    """Write a counter."""
    write(connection, name, b"%d" % value)
