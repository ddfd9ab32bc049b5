"""Makers of ``.fvb`` files for the tests: right ones, and ones that are wrong in one place."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault
from helpdesk.exchange import container, envelope
from helpdesk.exchange.outgoing import Heading
from helpdesk.exchange.payload import Line
from helpdesk.exchange.reading import Signer, payload_type, read_file
from helpdesk.exchange.statement import Statement
from helpdesk.vault import keys

DEVICE, SUPERVISOR, CONFIG, ACK, OTHER, OTHER_SUPERVISOR, STRANGER = (
    keys.SigningKey.from_seed(bytes([n]) * 32) for n in range(1, 8)
)
INTAKE = keys.ReceiveKey.from_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
RECOVERY, FOREIGN = keys.ReceiveKey.generate(), keys.ReceiveKey.generate()
EPOCH = "00112233aabbccdd"
DESK = "QAYYARAH-1"
MADE = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
RECORDS = [{"t": "revision", "id": str(n), "doc": {"note": "\u0646\u0648\u0631" * n}} for n in range(3)]


@dataclass
class KnownKeys:
    """A reader's trust for these tests: everybody but the stranger, nobody revoked."""

    revoked: set[str] = field(default_factory=set)
    known: dict[str, Signer] = field(
        default_factory=lambda: {
            DEVICE.key_id: Signer(DEVICE.public, "device", "D1"),
            SUPERVISOR.key_id: Signer(SUPERVISOR.public, "supervisor", "D1"),
            OTHER.key_id: Signer(OTHER.public, "device", "D2"),
            OTHER_SUPERVISOR.key_id: Signer(OTHER_SUPERVISOR.public, "supervisor", "D2"),
            CONFIG.key_id: Signer(CONFIG.public, "configuration"),
            ACK.key_id: Signer(ACK.public, "acknowledgement"),
        }
    )

    def signer(self, key_id: str) -> Signer | None:
        return self.known.get(key_id)

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        return key_id in self.revoked


def heading(kind: str = "batch", sender: keys.SigningKey = DEVICE, seq: int = 1, **more: Any) -> Heading:
    return Heading(
        kind=kind, sender=sender.key_id, epoch=EPOCH, seq=seq, desk=DESK, counts={"revision": 3}, made_at=MADE, **more
    )


def opened(path: Path, key: keys.ReceiveKey = INTAKE, trust: KnownKeys | None = None) -> list[Line]:
    with read_file(path, trust or KnownKeys()) as received:
        return list(received.open(key))


def refused(path: Path, key: keys.ReceiveKey = INTAKE, trust: KnownKeys | None = None) -> str:
    with pytest.raises(Fault) as fault:
        opened(path, key, trust)
    return fault.value.code


# --- files made by hand, wrong in one place ---


def cipher_of(plain: bytes, *, level: int = 3, recipients: Iterable[keys.ReceiveKey] = (INTAKE,), **how: Any) -> bytes:
    packed = zstandard.ZstdCompressor(level=level, write_checksum=True, **how).compress(plain)
    return aged(packed, recipients)


def aged(packed: bytes, recipients: Iterable[keys.ReceiveKey] = (INTAKE,)) -> bytes:
    sealed = io.BytesIO()
    keys.age_encrypt(io.BytesIO(packed), sealed, [key.recipient for key in recipients])
    return sealed.getvalue()


MANIFEST = {
    "t": "manifest",
    "kind": "batch",
    "from": DEVICE.key_id,
    "epoch": EPOCH,
    "seq": 1,
    "prev": "0" * 64,
    "to": [INTAKE.recipient_id],
    "schema": 1,
    "desk": DESK,
    "counts": {},
    "audit": {"size": 0, "head": "0" * 64},
    "made_at": "2026-11-21T09:05:00.000Z",
    "tz": "Asia/Baghdad",
}


def plain_of(*lines: bytes, manifest: dict[str, Any] | None = None, end: dict[str, Any] | None = None) -> bytes:
    body = b"".join(line + b"\n" for line in (canonical(manifest or MANIFEST), *lines))
    closing = end or {"t": "end", "lines": len(lines) + 1, "sha256": hashlib.sha256(body).hexdigest()}
    return body + canonical(closing) + b"\n"


def file_of(
    path: Path,
    cipher: bytes,
    signers: Iterable[keys.SigningKey] = (DEVICE, SUPERVISOR),
    statement: dict[str, Any] | None = None,
    kind_outside: str | None = None,
) -> Path:
    said: dict[str, Any] = {
        "v": 1,
        "kind": "batch",
        "from": DEVICE.key_id,
        "epoch": EPOCH,
        "seq": 1,
        "prev": "0" * 64,
        "to": [INTAKE.recipient_id],
        "bundle": 0,
        "payload": {"name": "payload.age", "sha256": hashlib.sha256(cipher).hexdigest(), "size": len(cipher)},
    }
    said.update(statement or {})
    signed = envelope.sign(canonical(said), payload_type(kind_outside or said["kind"]), list(signers))
    return raw_file(path, signed, cipher)


def raw_file(path: Path, signed: bytes, cipher: bytes) -> Path:
    path.write_bytes(container.opening(signed, len(cipher)) + cipher + container.closing(len(cipher)))
    return path


def small_bytes() -> bytes:
    cipher = cipher_of(plain_of(b'{"t":"revision"}'))
    part = {"name": "payload.age", "sha256": hashlib.sha256(cipher).hexdigest(), "size": len(cipher)}
    said = {name: value for name, value in MANIFEST.items() if name in ("kind", "from", "epoch", "seq", "prev", "to")}
    signed = envelope.sign(
        canonical({"v": 1, "bundle": 0, "payload": part, **said}), payload_type("batch"), [DEVICE, SUPERVISOR]
    )
    return container.opening(signed, len(cipher)) + cipher + container.closing(len(cipher))


SMALL = small_bytes()


LONG = b'{"t":"x","d":"' + b"x" * (300_000) + b'"}'
BAD_LINES = [
    (LONG, "fvb.line"),
    (b"", "fvb.json"),
    (b"null", "fvb.json"),
    (b"[]", "fvb.json"),
    (b"{}", "fvb.line"),
    (b'{"t":1}', "fvb.line"),
    (b'{"t":"manifest"}', "fvb.line"),
    (b'{"t":"x","t":"x"}', "fvb.json"),
    (b'{"t":"x","d":{"a":1,"a":1}}', "fvb.json"),
    (b'{"t":"x","n":1e999}', "fvb.json"),
    (b'{"t":"x","n":-1e999}', "fvb.json"),
    (b'{"t":"x","n":1.0}', "fvb.json"),
    (b'{"t":"x","n":1E2}', "fvb.json"),
    (b'{"t":"x","n":NaN}', "fvb.json"),
    (b'{"t":"x","n":Infinity}', "fvb.json"),
    (b'{"t":"x","n":9007199254740992}', "fvb.json"),
    (b'{"t":"x","n":' + b"9" * 30 + b"}", "fvb.json"),
    (b'{"t":"x","n":' + b"9" * 100_000 + b"}", "fvb.json"),
    (b'{"t":"x","s":"\\u0000"}', "fvb.json"),
    (b'{"t":"x","s":"a\x00b"}', "fvb.json"),
    (b'{"t":"x","\\u0000":1}', "fvb.json"),
    (b'{"t":"x","s":"\\ud800"}', "fvb.json"),
    (b'{"t":"x","s":"\\udc00\\ud800"}', "fvb.json"),
    (b'{"t":"x","s":"\xed\xa0\x80"}', "fvb.json"),
    (b'{"t":"x","s":"\xff"}', "fvb.json"),
    (b'{"t":"x","s":"\xc0\xaf"}', "fvb.json"),
    (b"\xef\xbb\xbf" + b'{"t":"x"}', "fvb.json"),
    (b'{"t":"x","d":' + b"[" * 16 + b"]" * 16 + b"}", "fvb.json"),
    (b'{"t":"x","d":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "fvb.json"),
    (b'{"t":"x","d":' + b'{"a":' * 40_000 + b"1" + b"}" * 40_000 + b"}", "fvb.json"),
    (b"[" * 100_000, "fvb.json"),
    (b'{"t":"x"} {"t":"y"}', "fvb.json"),
    (b'{"t":"x",}', "fvb.json"),
    (b"{'t':'x'}", "fvb.json"),
]
