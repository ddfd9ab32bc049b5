"""The outer shape of a ``.fvb`` file: an ustar archive of exactly two members, with no byte left to choice.

The reader builds the headers it would have written and compares (FORMATS.md section 1). It knows nothing of
signatures and people, and never unpacks anything to a name found in a file.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from helpdesk.core.errors import Fault

ENVELOPE: Final = "envelope.json"
PAYLOAD: Final = "payload.age"
LARGEST_ENVELOPE: Final = 65_536
LARGEST_PAYLOAD: Final = 1 << 30
_BLOCK: Final = 512
_END: Final = bytes(1024)
_SMALLEST: Final = 4 * _BLOCK + len(_END)
_LARGEST: Final = 2 * _BLOCK + LARGEST_ENVELOPE + LARGEST_PAYLOAD + len(_END)


class Layout(NamedTuple):
    """Where the two members lie in a file: byte offset and size of the payload, and the bytes of the envelope."""

    envelope: bytes
    payload_at: int
    payload_size: int


def header(name: str, size: int) -> bytes:
    """The 512 bytes before a member."""
    fields = b"".join(
        (
            name.encode("ascii").ljust(100, b"\0"),
            b"0000600\0" + b"0000000\0" + b"0000000\0",
            b"%011o\0" % size,
            b"00000000000\0",
            b"        ",
            b"0",
            bytes(100),
            b"ustar\x0000",
            bytes(64),
            b"0000000\0" + b"0000000\0",
            bytes(167),
        )
    )
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]


def padding(size: int) -> bytes:
    """The zeros behind a member of ``size`` bytes."""
    return bytes(-size % _BLOCK)


def opening(envelope: bytes, payload_size: int) -> bytes:
    """All bytes of a file before its payload."""
    return header(ENVELOPE, len(envelope)) + envelope + padding(len(envelope)) + header(PAYLOAD, payload_size)


def closing(payload_size: int) -> bytes:
    """All bytes of a file behind its payload."""
    return padding(payload_size) + _END


def open_file(path: Path) -> BinaryIO:
    """Open a file from a stick once, for everything. Raises ``Fault("fvb.size")`` for what is not a plain file.

    A link is not followed and a pipe not waited for.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        raise
    except OSError:
        raise Fault("fvb.size") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Fault("fvb.size")
    return os.fdopen(handle, "rb")


def read_layout(file: BinaryIO) -> Layout:
    """Check size, headers and every byte that is neither envelope nor payload.

    Raises ``Fault("fvb.size")`` when no such file can have the size, ``Fault("fvb.header")`` for any other byte.
    """
    total = file.seek(0, os.SEEK_END)
    if not _SMALLEST <= total <= _LARGEST or total % _BLOCK:
        raise Fault("fvb.size")
    file.seek(0)
    envelope_size = _read_header(file, ENVELOPE, LARGEST_ENVELOPE)
    envelope = file.read(envelope_size)
    if file.read(-envelope_size % _BLOCK) != padding(envelope_size):
        raise Fault("fvb.header")
    payload_size = _read_header(file, PAYLOAD, LARGEST_PAYLOAD)
    payload_at = file.tell()
    if payload_at + payload_size + len(closing(payload_size)) != total:
        raise Fault("fvb.header")
    file.seek(payload_at + payload_size)
    if file.read() != closing(payload_size):
        raise Fault("fvb.header")
    return Layout(envelope, payload_at, payload_size)


def _read_header(file: BinaryIO, name: str, largest: int) -> int:
    found = file.read(_BLOCK)
    digits = found[124:135]
    if len(digits) != 11 or not all(digit in b"01234567" for digit in digits):
        raise Fault("fvb.header")
    size = int(digits, 8)
    if not 1 <= size <= largest or found != header(name, size):
        raise Fault("fvb.header")
    return size
