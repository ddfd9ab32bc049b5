"""The inside of a ``.fvb`` file: an age file around one zstd frame around JSON Lines (FORMATS.md section 1).

Everything streams in bounded pieces, and the plain text never touches the disk. It knows the first and the last
line; what stands between them is the business of batches, bundles and acknowledgements.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, BinaryIO, Final, NamedTuple, Self, cast

import msgspec
import zstandard

from helpdesk.core.canonical import LARGEST
from helpdesk.core.errors import Fault
from helpdesk.exchange.frame import LARGEST_WINDOW, OneFrame, Source
from helpdesk.exchange.strict import read_line
from helpdesk.vault import keys

LONGEST_LINE: Final = 256 << 10
LARGEST_PLAIN: Final = 8 << 30
LARGEST_RATIO: Final = 200
FREE_PLAIN: Final = 16 << 20
MOST_LINES: Final = 5_000_000
_PIECE: Final = 128 << 10
_LONGEST_AGE_HEADER: Final = 64 << 10
_AGE_BEGINS: Final = b"age-encryption.org/v1\n"
_LEVEL: Final = 3

Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
Hex16 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class AuditPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the desk's audit log had come: number of entries and the head of their chain."""

    size: Count
    head: Hex64


NO_AUDIT: Final = AuditPoint(0, "0" * 64)
"""For kinds that carry no entries of an audit log."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="manifest"):
    """The first line. ``kind`` to ``to`` repeat the statement; ``made_at`` is an instant, ``tz`` the desk's zone."""

    kind: str
    sender: str = msgspec.field(name="from")
    epoch: str
    seq: int
    prev: str
    to: tuple[str, ...]
    schema: Count
    desk: str
    counts: dict[str, Count]
    audit: AuditPoint
    made_at: str
    tz: str


class _End(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="end"):
    lines: Count
    sha256: Hex64


class Line(NamedTuple):
    """One record: its line number (the manifest is line 1), what it says, and its bytes without the line feed.

    ``typed`` is what the caller's own reader made of it; then nothing stands in ``value``.
    """

    number: int
    value: dict[str, Any]
    raw: bytes
    typed: Any = None


Typed = Callable[[bytes], Any]
"""A caller's reader of whole lines: not None only for what ``strict`` would accept, and neither manifest nor end."""


def untyped(raw: bytes) -> None:
    """For callers who read every line as JSON."""


Record = bytes | msgspec.Struct | dict[str, Any]
"""A record to be written: a JSON object ready as bytes, or something msgspec writes as one."""


def plain_limit(cipher_size: int) -> int:
    """How many plain bytes a payload of ``cipher_size`` may hold."""
    return min(LARGEST_PLAIN, max(FREE_PLAIN, LARGEST_RATIO * cipher_size))


# --- writing ---------------------------------------------------------------------------------------------------------


class Sealed(NamedTuple):
    """What a written payload came to: bytes and digest of the age file."""

    size: int
    sha256: str


def write_payload(target: BinaryIO, manifest: Manifest, records: Iterable[Record], recipients: Sequence[str]) -> Sealed:
    """Write manifest, records and end into ``target``. Raises ``Fault("fvb.too_large")`` and ``Fault("fvb.line")``."""
    source = _Compressed(_plain_pieces(manifest, records))
    counted = _Digesting(target)
    keys.age_encrypt(cast(BinaryIO, source), cast(BinaryIO, counted), recipients)
    if source.plain > plain_limit(counted.size):  # our own reader would refuse it
        raise Fault("fvb.too_large")
    return Sealed(counted.size, counted.sha256.hexdigest())


def _plain_pieces(manifest: Manifest, records: Iterable[Record]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    lines: list[bytes] = []
    held = count = 0
    for line in _encoded(manifest, records):
        lines.append(line)
        held += len(line) + 1
        count += 1
        if held >= _PIECE:
            piece = b"\n".join(lines) + b"\n"
            digest.update(piece)
            yield piece
            lines, held = [], 0
    if count > MOST_LINES:
        raise Fault("fvb.too_large")
    rest = b"".join(line + b"\n" for line in lines)
    digest.update(rest)
    yield rest + msgspec.json.encode(_End(count, digest.hexdigest())) + b"\n"


def _encoded(manifest: Manifest, records: Iterable[Record]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    yield encoder.encode(manifest)
    for number, record in enumerate(records, start=2):
        line = record if isinstance(record, bytes) else encoder.encode(record)
        if len(line) > LONGEST_LINE or b"\n" in line:
            raise Fault("fvb.line", line=number)
        yield line


class _Compressed:
    # pulled by age: plain pieces in, bytes of one zstd frame out

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._frame = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj()
        self._ready = b""
        self._ended = False
        self.plain = 0

    def read(self, size: int) -> bytes:
        while not self._ready and not self._ended:
            piece = next(self._pieces, None)
            if piece is None:
                self._ready, self._ended = self._frame.flush(), True
            else:
                self.plain += len(piece)
                if self.plain > LARGEST_PLAIN:
                    raise Fault("fvb.too_large")
                self._ready = self._frame.compress(piece)
        data, self._ready = self._ready[:size], self._ready[size:]
        return data


class _Digesting:
    # counts and digests what age writes on its way to the file

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.size = 0
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.sha256.update(data)
        return self._target.write(data)

    def flush(self) -> None:
        self._target.flush()


# --- reading ---------------------------------------------------------------------------------------------------------


def read_payload(source: BinaryIO, size: int, key: keys.ReceiveKey, typed: Typed = untyped) -> Iterator[Line]:
    """Decrypt an age file of ``size`` bytes and hand out its lines, the manifest first, the end checked and kept back.

    Nothing that was handed out may be believed before the iterator has ended. Raises ``Fault`` with ``fvb.decrypt``,
    ``fvb.zstd``, ``fvb.bomb``, ``fvb.line``, ``fvb.json`` or ``fvb.incomplete``.
    """
    _check_age_header(source)
    with _Decrypting(source, key) as cipher:
        digest = hashlib.sha256()
        end: _End | None = None
        number = 0
        for number, raw in enumerate(_lines(_plain(cipher, size)), start=1):
            if end is not None or number > MOST_LINES + 1:
                raise Fault("fvb.line", line=number)
            known = typed(raw) if number > 1 else None
            value = read_line(raw, number) if known is None else {}
            if known is None and value["t"] == "end":
                end = _read_end(value, number)
            else:
                digest.update(raw)
                digest.update(b"\n")
                yield Line(number, value, raw, known)
        if end is None or (end.lines, end.sha256) != (number - 1, digest.hexdigest()):
            raise Fault("fvb.incomplete")


def _read_end(value: dict[str, Any], number: int) -> _End:
    try:
        return msgspec.convert(value, _End)
    except msgspec.ValidationError:
        raise Fault("fvb.line", line=number) from None


def _check_age_header(source: BinaryIO) -> None:
    # the library would gather a header of any length in memory
    at = source.tell()
    begin = source.read(_LONGEST_AGE_HEADER)
    source.seek(at)
    if not begin.startswith(_AGE_BEGINS) or b"\n--- " not in begin:
        raise Fault("fvb.decrypt")


def _plain(cipher: Source, size: int) -> Iterator[bytes]:
    # pulled in bounded pieces: a pushed piece of 64 KiB may expand to gigabytes before anybody can look
    limit = plain_limit(size)
    frame = OneFrame(cipher)
    decompressor = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
    seen = 0
    with decompressor.stream_reader(cast(BinaryIO, frame), read_size=_PIECE) as plain:
        while True:
            try:
                piece = plain.read(_PIECE)
            except zstandard.ZstdError:
                raise Fault("fvb.zstd") from None
            if not piece:
                break
            seen += len(piece)
            if seen > limit:
                raise Fault("fvb.bomb")
            yield piece
    while frame.read(_PIECE):  # to the true end: the library need not have asked so far
        pass


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    number = 0
    for piece in pieces:
        complete = (held + piece).split(b"\n")
        held = complete.pop()
        for line in complete:
            number += 1
            if len(line) > LONGEST_LINE:
                raise Fault("fvb.line", line=number)
            yield line
        if len(held) > LONGEST_LINE:
            raise Fault("fvb.line", line=number + 1)
    if held:
        raise Fault("fvb.incomplete")


class _Decrypting:
    # age pushes, zstd pulls: a thread and a pipe between them, so that neither holds more than the pipe does

    def __init__(self, source: BinaryIO, key: keys.ReceiveKey) -> None:
        reading, writing = os.pipe()
        self._cipher = os.fdopen(reading, "rb", buffering=0)
        self._pushed = os.fdopen(writing, "wb", buffering=0)
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._push, args=(source, key), name="age", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._cipher.close()  # a thread that still pushes gets a broken pipe and ends
        self._thread.join()

    def read(self, size: int, /) -> bytes:
        data = self._cipher.read(size)
        if not data:
            self._thread.join()
            if isinstance(self._failure, Fault):
                raise Fault("fvb.decrypt")
            if self._failure is not None:
                raise self._failure
        return data or b""

    def _push(self, source: BinaryIO, key: keys.ReceiveKey) -> None:
        try:
            keys.age_decrypt(source, cast(BinaryIO, _Whole(self._pushed)), key)
        except BrokenPipeError:
            pass  # whoever read has stopped
        except BaseException as error:  # noqa: BLE001 - carried to the reading thread, which raises it
            self._failure = error
        finally:
            self._pushed.close()


class _Whole:
    # a raw pipe may take less than it is given

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:
            view = view[self._pipe.write(view) :]
        return len(data)

    def flush(self) -> None:
        pass
