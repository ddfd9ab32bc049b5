"""One zstd frame (RFC 8878) and nothing behind it: the outline of the frame is walked while its bytes pass by.

The library neither reports a frame that was cut short nor a second one behind it, so we look ourselves. It
decompresses nothing, and never keeps more than a block header.
"""

from __future__ import annotations

from typing import Final, Protocol

from helpdesk.core.errors import Fault

LARGEST_WINDOW: Final = 8 << 20
_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_MOST_BLOCKS: Final = 1 << 20
_CHECKSUM: Final = 4


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        ...


class OneFrame:
    """Hands on what ``source`` gives. Raises ``Fault("fvb.zstd")`` unless it is exactly one frame.

    The frame must have a window of at most 8 MiB, a checksum and no dictionary; it must end where ``source`` ends.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held = b""  # a header not yet complete
        self._pass = 0  # bytes of the present block still to come
        self._blocks = -1  # -1: the frame's own header is still to come
        self._last = False
        self._ended = False

    def read(self, size: int = 1 << 17) -> bytes:
        """At most ``size`` bytes of the frame; none at its end, which is then known to be a true end."""
        data = self._source.read(size)
        if not data and not self._ended:
            raise Fault("fvb.zstd")
        self._walk(data)
        return data

    def _walk(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if self._ended:
                raise Fault("fvb.zstd")
            if self._pass:
                step = min(self._pass, len(data) - at)
                self._pass -= step
                at += step
            else:
                step = min(self._wanted() - len(self._held), len(data) - at)
                self._held += data[at : at + step]
                at += step
                if len(self._held) == self._wanted():
                    self._take()
            self._ended = self._last and not self._pass

    def _wanted(self) -> int:
        # how many bytes the header that begins in ``_held`` has, as far as one can tell yet
        if self._blocks >= 0:
            return 3
        if len(self._held) < 5:
            return 5
        descriptor = self._held[4]
        single = descriptor >> 5 & 1
        return 5 + (1 - single) + (single, 2, 4, 8)[descriptor >> 6]

    def _take(self) -> None:
        if self._blocks >= 0:
            self._take_block()
        else:
            self._take_frame()
        self._held = b""

    def _take_frame(self) -> None:
        magic, descriptor = self._held[:4], self._held[4]
        reserved, checksum, dictionary = descriptor >> 3 & 1, descriptor >> 2 & 1, descriptor & 3
        if magic != _MAGIC or reserved or dictionary or not checksum:
            raise Fault("fvb.zstd")
        if descriptor >> 5 & 1:
            window = int.from_bytes(self._held[5:], "little") + (256 if len(self._held) == 7 else 0)
        else:
            base = 1 << 10 + (self._held[5] >> 3)
            window = base + base // 8 * (self._held[5] & 7)
        if window > LARGEST_WINDOW:
            raise Fault("fvb.zstd")
        self._blocks = 0

    def _take_block(self) -> None:
        block = int.from_bytes(self._held, "little")
        last, kind, size = block & 1, block >> 1 & 3, block >> 3
        self._blocks += 1
        if kind == 3 or self._blocks > _MOST_BLOCKS:
            raise Fault("fvb.zstd")
        self._pass = 1 if kind == 1 else size
        if last:
            self._last = True
            self._pass += _CHECKSUM
