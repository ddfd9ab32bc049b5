"""The inside of a file: manifest, lines, end, one frame, and all of it in bounded memory."""

from __future__ import annotations

import hashlib
import io
import json
import resource
import threading
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault
from helpdesk.exchange import frame, payload
from helpdesk.exchange.outgoing import Outgoing, Written
from helpdesk.exchange.reading import read_file
from tests.exchange.fvb import (
    BAD_LINES,
    DEVICE,
    FOREIGN,
    INTAKE,
    MANIFEST,
    OTHER,
    SUPERVISOR,
    KnownKeys,
    aged,
    cipher_of,
    file_of,
    heading,
    opened,
    plain_of,
    refused,
)

# --- the inside ---


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "ack"),
        ("from", OTHER.key_id),
        ("epoch", "0" * 16),
        ("seq", 2),
        ("prev", "1" * 64),
        ("to", [FOREIGN.recipient_id]),
        ("schema", -1),
        ("counts", {"revision": -1}),
        ("audit", {"size": 0}),
        ("more", 1),
        ("t", "revision"),
    ],
)
def test_the_manifest_repeats_the_statement(made: Callable[..., Path], name: str, value: object) -> None:
    assert refused(made(manifest={**MANIFEST, name: value})) == "fvb.manifest"


@pytest.mark.parametrize(("line", "code"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_line_that_is_not_strict_is_refused_with_its_number(
    made: Callable[..., Path], line: bytes, code: str
) -> None:
    with pytest.raises(Fault) as fault:
        opened(made(b'{"t":"revision"}', line))
    assert (fault.value.code, fault.value.values["line"]) == (code, 3)


@pytest.mark.parametrize(
    "line",
    [
        b'{"t":"x","d":' + b"[" * 15 + b"]" * 15 + b"}",
        b'{ "t" : "x" }',
        b'{"t":"x","s":"\\u0041\\/\\ud83d\\ude00"}',
        b'{"t":"x","s":"\\\\u0000"}',
        b'{"t":"x","n":-9007199254740991,"m":9007199254740991,"z":-0}',
        b'{"t":"x","d":"' + b"x" * (payload.LONGEST_LINE - 16) + b'"}',
    ],
)
def test_strict_lines_in_any_spelling_are_read(made: Callable[..., Path], line: bytes) -> None:
    assert opened(made(line))[1].value == json.loads(line)


@pytest.mark.parametrize(
    "end",
    [
        {"t": "end", "lines": 3, "sha256": hashlib.sha256(canonical(MANIFEST) + b"\n").hexdigest()},
        {"t": "end", "lines": 1, "sha256": "0" * 64},
    ],
)
def test_an_end_that_does_not_fit_is_incomplete(made: Callable[..., Path], end: dict[str, Any]) -> None:
    assert refused(made(end=end)) == "fvb.incomplete"


def test_what_is_cut_off_is_incomplete_whatever_age_and_zstd_say(tmp_path: Path) -> None:
    whole = plain_of(b'{"t":"revision"}', b'{"t":"revision"}')
    lines = whole.splitlines(keepends=True)
    for plain, code in (
        (b"".join(lines[:-1]), "fvb.incomplete"),
        (whole[:-1], "fvb.incomplete"),
        (b"".join(lines[:-2]) + lines[-1], "fvb.incomplete"),
        (whole + lines[1], "fvb.line"),
        (whole + whole, "fvb.line"),
        (whole + b"\n", "fvb.line"),
        (lines[-1], "fvb.incomplete"),
        (b"\n", "fvb.json"),
    ):
        assert refused(file_of(tmp_path / "x", cipher_of(plain))) == code


def test_an_empty_inside_is_refused(tmp_path: Path) -> None:
    assert refused(file_of(tmp_path / "x", cipher_of(b""))) == "fvb.incomplete"


# --- the frame ---


def test_only_one_whole_frame_is_taken(tmp_path: Path) -> None:
    packed = zstandard.ZstdCompressor(write_checksum=True).compress(plain_of(b'{"t":"revision"}'))
    empty = zstandard.ZstdCompressor(write_checksum=True).compress(b"")
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    unchecked = zstandard.ZstdCompressor(write_checksum=False).compress(plain_of())
    assert opened(file_of(tmp_path / "x", aged(packed)))
    for inside in (
        packed + packed,
        packed + empty,
        packed + skippable,
        skippable + packed,
        packed + b"\0",
        *(packed[:-cut] for cut in range(1, len(packed), 7)),
        packed[:-1],
        packed[:-4],
        packed[:-4] + bytes(4),
        unchecked,
        unchecked + bytes(4),
        b"",
        b"not a frame at all",
        plain_of(),
    ):
        assert refused(file_of(tmp_path / "x", aged(inside))) == "fvb.zstd"


def test_a_wide_window_is_refused(tmp_path: Path) -> None:
    how = zstandard.ZstdCompressionParameters(window_log=27, write_checksum=1, write_content_size=0)
    compressor = zstandard.ZstdCompressor(compression_params=how).compressobj()
    inside = compressor.compress(plain_of()) + compressor.flush()
    assert refused(file_of(tmp_path / "x", aged(inside))) == "fvb.zstd"


def test_the_outline_itself_knows_the_window() -> None:
    for log, known in ((24, False), (27, False), (24, True)):
        how = zstandard.ZstdCompressionParameters(window_log=log, write_checksum=1, write_content_size=known)
        compressor = zstandard.ZstdCompressor(compression_params=how).compressobj(9 << 20 if known else -1)
        begin = compressor.compress(bytes(9 << 20)) + compressor.flush()
        with pytest.raises(Fault, match=r"^fvb\.zstd$"):
            frame.OneFrame(io.BytesIO(begin)).read()


def test_the_outline_itself_wants_a_checksum() -> None:
    unchecked = zstandard.ZstdCompressor(write_checksum=False).compress(b"plain")
    with pytest.raises(Fault, match=r"^fvb\.zstd$"):
        _read_out(frame.OneFrame(io.BytesIO(unchecked + bytes(4))), 100)


class _Pieces:
    def __init__(self, *pieces: bytes) -> None:
        self._pieces = list(pieces)

    def read(self, size: int, /) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


def test_what_comes_after_the_frame_in_a_later_piece_is_seen() -> None:
    packed = zstandard.ZstdCompressor(write_checksum=True).compress(b"plain")
    assert list(payload._plain(_Pieces(packed), 100)) == [b"plain"]
    for later in (b"x", packed):
        with pytest.raises(Fault, match=r"^fvb\.zstd$"):
            list(payload._plain(_Pieces(packed, later), 100))


def _read_out(outline: frame.OneFrame, step: int) -> bytes:
    return b"".join(iter(lambda: outline.read(step), b""))


@given(st.binary(max_size=3000), st.integers(1, 40), st.integers(1, 19), st.booleans())
def test_the_outline_of_a_true_frame_is_followed_byte_by_byte(data: bytes, step: int, level: int, known: bool) -> None:
    packed = zstandard.ZstdCompressor(level=level, write_checksum=True, write_content_size=known).compress(data)
    assert _read_out(frame.OneFrame(io.BytesIO(packed)), step) == packed
    for wrong in (packed + b"\0", packed[:-1]):
        outline = frame.OneFrame(io.BytesIO(wrong))
        with pytest.raises(Fault, match=r"^fvb\.zstd$"):
            _read_out(outline, step)


# --- bounds ---


def _zeros_packed(size: int) -> bytes:
    compressor = zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj()
    piece = bytes(1 << 20)
    return b"".join(compressor.compress(piece) for _ in range(size >> 20)) + compressor.flush()


def _newlines_packed(size: int) -> bytes:
    compressor = zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj()
    line = canonical({"t": "x", "d": "x" * 1000}) + b"\n"
    piece = line * 1000
    begin = compressor.compress(canonical(MANIFEST) + b"\n")
    return begin + b"".join(compressor.compress(piece) for _ in range(size // len(piece))) + compressor.flush()


@pytest.mark.parametrize(("packed", "code"), [(_zeros_packed, "fvb.line"), (_newlines_packed, "fvb.bomb")])
def test_a_bomb_is_refused_in_bounded_memory(tmp_path: Path, packed: Callable[[int], bytes], code: str) -> None:
    path = file_of(tmp_path / "x", aged(packed(400 << 20)))
    assert path.stat().st_size < 1 << 20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    try:
        with pytest.raises(Fault) as fault, read_file(path, KnownKeys()) as received:
            for _ in received.open(INTAKE):
                pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault.value.code == code
    assert peak < 8 << 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 << 10  # KiB


def test_an_age_header_without_end_is_not_gathered(tmp_path: Path) -> None:
    endless = b"age-encryption.org/v1\n" + b"-> X25519 " + b"A" * 43 + b"\n" + (b"A" * 64 + b"\n") * 20_000
    for cipher in (endless, b"age-encryption.org/v2\n--- \n", b"x" * 300):
        assert refused(file_of(tmp_path / "x", cipher)) == "fvb.decrypt"


def test_twenty_thousand_records_stream_in_bounded_memory(tmp_path: Path) -> None:
    def records() -> Iterable[bytes]:
        for number in range(20_000):
            noise = hashlib.sha512(str(number).encode()).hexdigest() * 8
            yield canonical({"t": "revision", "n": number, "d": noise})

    tracemalloc.start()
    try:
        written = Outgoing(tmp_path).write(heading(), records(), [DEVICE, SUPERVISOR], [INTAKE.recipient])
        with read_file(written.path, KnownKeys()) as received:
            assert sum(1 for _ in received.open(INTAKE)) == 20_001
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written.size > 1 << 20
    assert peak < 8 << 20


def test_a_reader_who_stops_early_leaves_no_thread(small: Written) -> None:
    before = threading.active_count()
    with read_file(small.path, KnownKeys()) as received:
        lines = received.open(INTAKE)
        next(lines)
        lines.close()
    assert threading.active_count() == before
