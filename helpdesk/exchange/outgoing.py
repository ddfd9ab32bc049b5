"""Writing ``.fvb`` files so that neither a power cut nor a full disk leaves half of one under its final name.

A file is built as ``<16 hex>.fvb.part``, complete and forced to the disk; the caller records its identity, which is
the point of no return; then it gets its name. Plain text never touches the disk.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from helpdesk.core.clock import instant_text
from helpdesk.core.errors import Fault
from helpdesk.core.files import put_in_place, room_needed, sync_folder
from helpdesk.exchange import container, envelope
from helpdesk.exchange.payload import NO_AUDIT, AuditPoint, Manifest, Record, write_payload
from helpdesk.exchange.reading import payload_type
from helpdesk.exchange.statement import NO_PREVIOUS, PayloadPart, Statement, encode_statement, identity_of
from helpdesk.vault import keys

_PART = ".part"
_PIECE = 1 << 20


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says of itself: the statement's fields, and those that only the manifest inside holds.

    ``sender`` is a key id, ``bundle`` the version in force (0: none), ``desk`` the desk's code, ``tz`` its zone,
    ``counts`` records by type.
    """

    kind: str
    sender: str
    epoch: str
    seq: int
    prev: str = NO_PREVIOUS
    bundle: int = 0
    schema: int = 1
    desk: str
    counts: Mapping[str, int]
    audit: AuditPoint = NO_AUDIT
    made_at: datetime
    tz: str = "Asia/Baghdad"


class Written(msgspec.Struct, frozen=True):
    """A finished file: where it lies, its identity (64 hex digits), its statement and its size in bytes."""

    path: Path
    identity: str
    statement: Statement
    size: int


class Outgoing:
    """The folder where files are made. Nothing but files of this program lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self,
        heading: Heading,
        records: Iterable[Record],
        signers: Sequence[keys.SigningKey],
        recipients: Sequence[str],
    ) -> Written:
        """:meth:`build` and :meth:`install` in one, where nothing has to be recorded between them."""
        return self.install(self.build(heading, records, signers, recipients))

    def build(
        self,
        heading: Heading,
        records: Iterable[Record],
        signers: Sequence[keys.SigningKey],
        recipients: Sequence[str],
    ) -> Written:
        """Stream ``records`` into a complete file under its temporary name, encrypted to ``recipients`` (``age1...``).

        Memory stays bounded whatever the number of records. Raises ``Fault("fvb.too_large")``, ``Fault("fvb.line")``,
        ``Fault("disk.full")`` and OSError; nothing is left behind then.
        """
        working = self.folder / f"{secrets.token_hex(8)}.building"
        cipher = working.with_suffix(".cipher")
        try:
            with room_needed():
                return self._build(working, cipher, heading, records, signers, recipients)
        finally:
            working.unlink(missing_ok=True)
            cipher.unlink(missing_ok=True)

    def _build(
        self,
        working: Path,
        cipher: Path,
        heading: Heading,
        records: Iterable[Record],
        signers: Sequence[keys.SigningKey],
        recipients: Sequence[str],
    ) -> Written:
        to = tuple(keys.recipient_id(keys.recipient_public(recipient)) for recipient in recipients)
        with cipher.open("w+b") as sealed:
            part = write_payload(sealed, _manifest(heading, to), records, recipients)
            if part.size > container.LARGEST_PAYLOAD:
                raise Fault("fvb.too_large")
            statement = _statement(heading, to, PayloadPart(container.PAYLOAD, part.sha256, part.size))
            signed = envelope.sign(encode_statement(statement), payload_type(heading.kind), signers)
            if len(signed) > container.LARGEST_ENVELOPE:
                raise Fault("fvb.too_large")
            with working.open("wb") as file:
                size = _assemble(file, signed, sealed, part.size)
        identity = identity_of(statement)
        path = self.temporary(identity)
        put_in_place(working, path)
        return Written(path, identity, statement, size)

    def temporary(self, identity: str) -> Path:
        """Where a built file lies before :meth:`install`."""
        return self.folder / f"{identity[:16]}.fvb{_PART}"

    def final(self, identity: str) -> Path:
        """The name of an installed file."""
        return self.folder / f"{identity[:16]}.fvb"

    def install(self, written: Written) -> Written:
        """Give a built file its name. Doing it again after a power cut is harmless."""
        final = self.final(written.identity)
        if written.path.exists():
            put_in_place(written.path, final)
        return msgspec.structs.replace(written, path=final)

    def sweep(self, committed: Iterable[str]) -> None:
        """After a power cut: files whose identity was recorded get their name, everything unfinished goes."""
        for identity in committed:
            if self.temporary(identity).exists():
                put_in_place(self.temporary(identity), self.final(identity))
        for pattern in ("*.building", "*.cipher", f"*.fvb{_PART}"):
            for path in self.folder.glob(pattern):
                path.unlink()
        sync_folder(self.folder)


def _manifest(heading: Heading, to: tuple[str, ...]) -> Manifest:
    return Manifest(
        kind=heading.kind,
        sender=heading.sender,
        epoch=heading.epoch,
        seq=heading.seq,
        prev=heading.prev,
        to=to,
        schema=heading.schema,
        desk=heading.desk,
        counts=dict(heading.counts),
        audit=heading.audit,
        made_at=instant_text(heading.made_at),
        tz=heading.tz,
    )


def _statement(heading: Heading, to: tuple[str, ...], part: PayloadPart) -> Statement:
    return Statement(
        v=1,
        kind=heading.kind,
        sender=heading.sender,
        epoch=heading.epoch,
        seq=heading.seq,
        prev=heading.prev,
        to=to,
        bundle=heading.bundle,
        payload=part,
    )


def _assemble(file: BinaryIO, signed: bytes, sealed: BinaryIO, payload_size: int) -> int:
    # the envelope stands before the payload but holds its digest: so the ciphertext is copied once
    file.write(container.opening(signed, payload_size))
    sealed.seek(0)
    shutil.copyfileobj(sealed, file, _PIECE)
    file.write(container.closing(payload_size))
    file.flush()
    os.fsync(file.fileno())
    return file.tell()
