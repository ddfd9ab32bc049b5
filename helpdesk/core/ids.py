"""Record ids: UUID version 7 (RFC 9562), sortable by creation, saying nothing about desk or camp."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_BYTES = 10
_RANDOM_BITS = (1 << 74) - 1


def new_id(instant: datetime) -> str:
    """A new UUIDv7 for ``instant`` as lower-case text with hyphens."""
    milliseconds = int(instant.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    chance = int.from_bytes(secrets.token_bytes(_RANDOM_BYTES), "big") & _RANDOM_BITS
    text = f"{milliseconds << 80 | 0x7 << 76 | chance >> 62 << 64 | 0b10 << 62 | chance & (1 << 62) - 1:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_bytes(record_id: str) -> bytes:
    """The 16 bytes of an id."""
    return UUID(record_id).bytes
