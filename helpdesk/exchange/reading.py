"""Reading a ``.fvb`` file: every check of FORMATS.md section 1 in its order, none before the one above has passed.

The file is opened once and that handle serves for everything. Who may be believed is the caller's policy, and so is
the chain; what the records mean is not known here.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self, cast

import msgspec

from helpdesk.core.errors import Fault
from helpdesk.exchange import container, envelope
from helpdesk.exchange.payload import Line, Manifest, Typed, read_payload, untyped
from helpdesk.exchange.statement import SIGNERS, Statement, read_statement
from helpdesk.vault import keys

LARGEST_ENROLMENT: Final = 1 << 20
"""Bytes of the payload of an ``enrol`` file, which must be opened before its signature can be checked."""

_PIECE: Final = 128 << 10


class Signer(msgspec.Struct, frozen=True):
    """A key the reader knows: its 32 public bytes, its role (``statement.SIGNERS``) and its desk, if it has one."""

    public: bytes
    role: str
    desk: str = ""


class Trust(Protocol):
    """Whom a reader believes: the installed bundle of a desk, the register of the centre, or a programme file."""

    def signer(self, key_id: str) -> Signer | None:
        """The key of that name, revoked or not; None when it was never heard of."""
        ...

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        """Whether the key's word no longer counts for this file."""
        ...


ChainCheck = Callable[[Statement, str], None]
"""Called with statement and identity once the signers stand: raises the ``Fault`` for a gap, a fork, a repetition."""


def no_chain(statement: Statement, identity: str) -> None:
    """For kinds whose order does not matter."""


class Received:
    """A file whose outside has passed every check up to the digest of its payload. Use it as a context.

    ``signers`` are the known signers in the order of the envelope; they are empty for an ``enrol`` file, which is
    proved by :meth:`prove` with the key it brings.
    """

    def __init__(
        self, file: BinaryIO, layout: container.Layout, signed: envelope.SignedBytes, statement: Statement
    ) -> None:
        self._file = file
        self._layout = layout
        self._signed = signed
        self.statement = statement
        self.identity = hashlib.sha256(signed.body).hexdigest()
        self.key_ids = signed.signers
        self.signers: tuple[Signer, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Lines can no longer be read."""
        self._file.close()

    def prove(self, public: bytes) -> None:
        """For ``enrol``: check the signature with the device key found inside.

        Raises ``Fault("fvb.signature")`` unless it is the key the statement is from and has signed it, and
        ``Fault("key.low_order")``.
        """
        keys.check_public(public)
        if keys.key_id(public) != self.statement.sender or not self._signed.is_signed_by(public):
            raise Fault("fvb.signature")

    def open(self, key: keys.ReceiveKey, typed: Typed = untyped) -> Iterator[Line]:
        """Hand out the lines, the manifest first; nothing may be believed before the iterator has ended.

        Raises ``Fault("fvb.not_for_us")``, ``Fault("fvb.manifest")``, ``Fault("fvb.digest")`` when the file changed
        under the reader, and what :func:`helpdesk.exchange.payload.read_payload` raises.
        """
        if key.recipient_id not in self.statement.to:
            raise Fault("fvb.not_for_us")
        source = _Part(self._file, self._layout.payload_at, self._layout.payload_size)
        number = 0
        for line in read_payload(cast(BinaryIO, source), self._layout.payload_size, key, typed):
            number = line.number
            if number == 1:
                _check_manifest(line, self.statement)
            elif line.typed is None and line.value["t"] == "manifest":
                raise Fault("fvb.line", line=number)
            yield line
        if not number:
            raise Fault("fvb.manifest")
        if source.sha256.hexdigest() != self.statement.payload.sha256:
            raise Fault("fvb.digest")

    def check_digest(self) -> None:
        """Compare the payload with the signed digest. Raises ``Fault("fvb.digest")``."""
        source = _Part(self._file, self._layout.payload_at, self._layout.payload_size)
        while source.read(_PIECE):
            pass
        if source.sha256.hexdigest() != self.statement.payload.sha256:
            raise Fault("fvb.digest")


def read_file(path: Path, trust: Trust, chain: ChainCheck = no_chain) -> Received:
    """Open a ``.fvb`` file and check it from its size to the digest of its payload.

    Raises ``Fault`` with, in this order, ``fvb.size``, ``fvb.header``, ``fvb.envelope`` (or ``fvb.version``),
    ``fvb.signer_unknown``, ``fvb.signature``, ``fvb.signer_missing``, ``fvb.revoked``, what ``chain`` raises,
    ``fvb.digest``. A file that is not there is FileNotFoundError.
    """
    file = container.open_file(path)
    try:
        received = _read_outside(file)
        if received.statement.kind != "enrol":
            received.signers = _check_signers(received, trust)
        chain(received.statement, received.identity)
        received.check_digest()
    except BaseException:
        file.close()
        raise
    return received


def payload_type(kind: str) -> str:
    """The DSSE payload type of a kind."""
    return f"application/vnd.fvm.{kind}.v1+json"


def _read_outside(file: BinaryIO) -> Received:
    layout = container.read_layout(file)
    signed = envelope.read(layout.envelope, "fvb.envelope")
    statement = read_statement(signed.body)
    if signed.body_type != payload_type(statement.kind) or statement.payload.size != layout.payload_size:
        raise Fault("fvb.envelope")
    if statement.kind == "enrol" and layout.payload_size > LARGEST_ENROLMENT:
        raise Fault("fvb.size")
    return Received(file, layout, signed, statement)


def _check_signers(received: Received, trust: Trust) -> tuple[Signer, ...]:
    statement, signed = received.statement, received._signed
    known = {key_id: trust.signer(key_id) for key_id in signed.signers}
    signers: dict[str, Signer] = {}
    for key_id, signer in known.items():
        if signer is None:
            raise Fault("fvb.signer_unknown", key=key_id)
        signers[key_id] = signer
    for key_id, signer in signers.items():
        if not signed.is_signed_by(signer.public, key_id):
            raise Fault("fvb.signature", key=key_id)
    _check_roles(statement, signers)
    for key_id in signers:
        if trust.is_revoked(key_id, statement):
            raise Fault("fvb.revoked", key=key_id)
    return tuple(signers.values())


def _check_roles(statement: Statement, signers: dict[str, Signer]) -> None:
    first, *others = SIGNERS[statement.kind]
    sender = signers.get(statement.sender)
    if sender is None or sender.role != first:
        raise Fault("fvb.signer_missing", role=first)
    for role in others:  # an approval counts only from the sender's own desk
        if not any(signer.role == role and signer.desk == sender.desk for signer in signers.values()):
            raise Fault("fvb.signer_missing", role=role)


def _check_manifest(line: Line, statement: Statement) -> None:
    try:
        manifest = msgspec.convert(line.value, Manifest)
    except msgspec.ValidationError:
        raise Fault("fvb.manifest") from None
    for name in ("kind", "sender", "epoch", "seq", "prev", "to"):
        if getattr(manifest, name) != getattr(statement, name):
            raise Fault("fvb.manifest")


class _Part(io.RawIOBase):
    # one stretch of the file, digested as it is read for the first time

    def __init__(self, file: BinaryIO, at: int, size: int) -> None:
        super().__init__()
        self._file, self._at, self._size, self._place, self._digested = file, at, size, 0, 0
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._size - self._place if size < 0 else min(size, self._size - self._place)
        self._file.seek(self._at + self._place)
        data = self._file.read(wanted)
        fresh = self._place + len(data) - self._digested
        if fresh > 0:
            self.sha256.update(data[-fresh:])
            self._digested += fresh
        self._place += len(data)
        return data

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        self._place = place
        return place

    def tell(self) -> int:
        return self._place
