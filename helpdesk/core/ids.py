"""Record ids: UUID version 7 (RFC 9562), sortable by creation, saying nothing about desk or camp.

Ids of one millisecond follow each other within a process (RFC 9562 section 6.2, method 2), so that a list ordered by
id is in the order of the acts even where a clock stands still.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from threading import Lock
from uuid import UUID

_RANDOM_BITS = 74
_STEP_BITS = 32


class _Newest:
    """The last id's millisecond and chance; the one thing here that changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._milliseconds = -1
        self._chance = 0

    def after(self, milliseconds: int) -> int:
        """The chance of the next id: above the last one's within its millisecond, fresh in any other."""
        with self._lock:
            higher = self._chance + 1 + secrets.randbits(_STEP_BITS)
            if milliseconds != self._milliseconds or higher >> _RANDOM_BITS:
                # half of the room stays above the first one, for those that may follow
                higher = secrets.randbits(_RANDOM_BITS - 1)
            self._milliseconds, self._chance = milliseconds, higher
            return higher


_NEWEST = _Newest()


def new_id(instant: datetime) -> str:
    """A new UUIDv7 for ``instant`` as lower-case text with hyphens."""
    milliseconds = int(instant.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    chance = _NEWEST.after(milliseconds)
    text = f"{milliseconds << 80 | 0x7 << 76 | chance >> 62 << 64 | 0b10 << 62 | chance & (1 << 62) - 1:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_bytes(record_id: str) -> bytes:
    """The 16 bytes of an id."""
    return UUID(record_id).bytes
