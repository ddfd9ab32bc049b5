"""Facts of this laptop alone: key seeds, counters, what is installed. They live in the encrypted store.

Nothing here is ever exported; reading one that was never written is a bug, so ``read`` raises KeyError.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, text

from helpdesk.vault.tables import LocalRow


_ONE = select(LocalRow.value).where(LocalRow.name == bindparam("name"))
_SEVERAL = select(LocalRow.name, LocalRow.value).where(LocalRow.name.in_(bindparam("names", expanding=True)))
_WRITE = text(
    "INSERT INTO local (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def read(connection: Connection, name: str) -> bytes:
    """The value of a fact. Raises KeyError."""
    value = peek(connection, name)
    if value is None:
        raise KeyError(name)
    return value


def peek(connection: Connection, name: str) -> bytes | None:
    """The value of a fact, None if it was never written."""
    value = connection.scalar(_ONE, {"name": name})
    return None if value is None else bytes(value)


def write(connection: Connection, name: str, value: bytes) -> None:
    """Write or replace a fact."""
    connection.execute(_WRITE, {"name": name, "value": value})


def read_number(connection: Connection, name: str) -> int:
    """A counter; 0 before its first write."""
    value = peek(connection, name)
    return int(value) if value is not None else 0


def read_numbers(connection: Connection, names: Sequence[str]) -> tuple[int, ...]:
    """Several counters in one reading, in the order of ``names``."""
    found = {row.name: int(row.value) for row in connection.execute(_SEVERAL, {"names": list(names)})}
    return tuple(found.get(name, 0) for name in names)


def write_number(connection: Connection, name: str, value: int) -> None:
    """Write a counter."""
    write(connection, name, b"%d" % value)
