"""Looking at a ``.fvb`` file from outside, as far as this desk's trust goes: who signed it, for whom, whole or not.

Nothing is opened, taken in or remembered; what stands inside is only known to whom it is encrypted to.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection

from helpdesk.desk import local, trust
from helpdesk.desk.commands import View
from helpdesk.desk.told import TRANSFERS
from helpdesk.exchange.installing import DeskTrust
from helpdesk.exchange.reading import read_file
from helpdesk.vault.keys import ReceiveKey


class SeenSigner(Struct, frozen=True):
    """A signer this desk knows: key id, role, and desk where it has one."""

    key: str
    role: str
    desk: str


class SeenFile(Struct, frozen=True):
    """A file whose outer checks passed. ``signers`` is empty for an ``enrol`` file, which only the centre can prove.

    ``for_us`` says whether this desk is among its recipients.
    """

    kind: str
    identity: str
    sender: str
    epoch: str
    seq: int
    bundle: int
    size: int
    signers: tuple[SeenSigner, ...]
    for_us: bool


def look_at(view: View, path: Path) -> SeenFile:
    """Check a file from its size to the digest of its payload. Raises Fault("fvb.*") and OSError."""
    believed = DeskTrust(trust.programme(view.connection), view.bundle, TRANSFERS.every(view.connection))
    with read_file(path, believed) as received:
        statement = received.statement
        return SeenFile(
            kind=statement.kind,
            identity=received.identity,
            sender=statement.sender,
            epoch=statement.epoch,
            seq=statement.seq,
            bundle=statement.bundle,
            size=path.stat().st_size,
            signers=tuple(
                SeenSigner(key, signer.role, signer.desk)
                for key, signer in zip(received.key_ids, received.signers, strict=False)
            ),
            for_us=_own_recipient(view.connection) in statement.to,
        )


def _own_recipient(connection: Connection) -> str:
    return ReceiveKey.from_text(local.read(connection, "receive_key").decode()).recipient_id
