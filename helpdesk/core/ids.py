"""Record ids: UUID version 7 (RFC 9562), sortable by creation, saying nothing about desk or camp."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def new_id(instant: datetime) -> str:
    """A new UUIDv7 for ``instant`` as lower-case text with hyphens."""
    milliseconds = int(instant.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(UUID(int=value))


def id_bytes(record_id: str) -> bytes:
    """The 16 bytes of an id."""
    return UUID(record_id).bytes
