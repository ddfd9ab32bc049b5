"""Facts of this laptop alone: key seeds, counters, what is installed. They live in the encrypted store.

Nothing here is ever exported; reading one that was never written is a bug, so ``read`` raises KeyError.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from helpdesk.vault.tables import LocalRow


def read(connection: Connection, name: str) -> bytes:
    """The value of a fact. Raises KeyError."""
    value = peek(connection, name)
    if value is None:
        raise KeyError(name)
    return value


def peek(connection: Connection, name: str) -> bytes | None:
    """The value of a fact, None if it was never written."""
    value = connection.scalar(select(LocalRow.value).where(LocalRow.name == name))
    return None if value is None else bytes(value)


def write(connection: Connection, name: str, value: bytes) -> None:
    """Write or replace a fact."""
    connection.execute(delete(LocalRow).where(LocalRow.name == name))
    connection.execute(insert(LocalRow).values(name=name, value=value))


def read_number(connection: Connection, name: str) -> int:
    """A counter; 0 before its first write."""
    value = peek(connection, name)
    return int(value) if value is not None else 0


def write_number(connection: Connection, name: str, value: int) -> None:
    """Write a counter."""
    write(connection, name, b"%d" % value)
