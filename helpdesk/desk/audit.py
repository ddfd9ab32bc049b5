"""The audit log: every act and every refused act, chained by hashes, carried whole in batches.

An entry holds who, what act, which record ids and when; never a name, a number or an answer. The chain alone
proves nothing against the holder of the store key; the checkpoints that leave in batches do (notes: threats, E).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, select

from helpdesk.core.errors import Fault, Refusal, code
from helpdesk.vault.tables import AuditRow

_CONTEXT = b"fvm/audit/1\0"
FIRST_HEAD = bytes(32)
_SEALED = "sealed"
_REFUSED = code("audit.refused")


class AuditEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Entry ``n`` (from 1): ``result`` is "done" or the code of the refusal; ``objects`` are record ids."""

    n: int
    at: str
    user: str
    act: str
    result: str
    objects: tuple[str, ...] = ()


class Checkpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long the log is and the hash over all of it, hex."""

    size: int
    head: str


_encode = msgspec.json.Encoder(order="sorted").encode


# Straight to the driver: every act does both, and the log never leaves the encrypted store as a table.
_LAST = "SELECT n, head FROM audit ORDER BY n DESC LIMIT 1"
_APPEND = "INSERT INTO audit (n, entry, head) VALUES (?, ?, ?)"


def next_head(head: bytes, entry: bytes) -> bytes:
    """The chain's rule: SHA-256 over context, the head before, and the entry's canonical JSON."""
    return hashlib.sha256(_CONTEXT + head + entry).digest()


def last(connection: Connection) -> Checkpoint:
    """The log's present end."""
    row = connection.exec_driver_sql(_LAST).first()
    return Checkpoint(0, FIRST_HEAD.hex()) if row is None else Checkpoint(row.n, bytes(row.head).hex())


def append(connection: Connection, *, at: str, user: str, act: str, result: str, objects: Iterable[str]) -> None:
    """Add one entry inside the caller's transaction."""
    end = last(connection)
    entry = _encode(AuditEntry(end.size + 1, at, user, act, result, tuple(objects)))
    head = next_head(bytes.fromhex(end.head), entry)
    connection.exec_driver_sql(_APPEND, (end.size + 1, entry.decode(), head))


def entries(connection: Connection, after: int = 0) -> Iterator[tuple[int, str]]:
    """(n, canonical JSON) of the entries after ``after``, streamed."""
    statement = select(AuditRow.n, AuditRow.entry).where(AuditRow.n > after).order_by(AuditRow.n)
    for row in connection.execute(statement.execution_options(yield_per=500)):
        yield row.n, row.entry


def number_of(line: str) -> int:
    """The number of an entry, for a reader that lacks what stands before it. Raises Fault("audit.broken", n=0)."""
    try:
        return msgspec.json.decode(line, type=AuditEntry).n
    except msgspec.DecodeError:
        raise Fault("audit.broken", n=0) from None


def extend(checkpoint: Checkpoint, lines: Iterable[str]) -> Checkpoint:
    """The checkpoint after further entries, as a reader at the centre computes it.

    Raises Fault("audit.broken", n=...) where an entry is not canonical or not the next one.
    """
    size, head = checkpoint.size, bytes.fromhex(checkpoint.head)
    for line in lines:
        size += 1
        try:
            entry = msgspec.json.decode(line, type=AuditEntry)
        except msgspec.DecodeError:
            raise Fault("audit.broken", n=size) from None
        if entry.n != size or _encode(entry) != line.encode():
            raise Fault("audit.broken", n=size)
        head = next_head(head, line.encode())
    return Checkpoint(size, head.hex())


def result_of(refusal: Refusal) -> str:
    """What an entry says of a refused act.

    That sealed answers were too long, or that an answer must be sealed, would tell that there was one.
    """
    return _REFUSED if _SEALED in refusal.code else refusal.code


def verify(connection: Connection, known: Checkpoint | None = None) -> Checkpoint:
    """Recompute the whole chain against the stored heads, and find the ``known`` earlier end in it.

    A log cut off at its end is found only by an end that was seen before (a batch or an acknowledgement names one).
    Raises Fault("audit.broken", n=...).
    """
    end = Checkpoint(0, FIRST_HEAD.hex())
    for row in connection.execute(select(AuditRow).order_by(AuditRow.n).execution_options(yield_per=500)):
        end = extend(end, [row.entry])
        if bytes.fromhex(end.head) != bytes(row.head):
            raise Fault("audit.broken", n=row.n)
        if known is not None and known.size == end.size and known != end:
            raise Fault("audit.broken", n=row.n)
    if known is not None and known.size > end.size:
        raise Fault("audit.broken", n=end.size + 1)
    return end
