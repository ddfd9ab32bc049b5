"""Batches written by hand with a desk's own keys: what a broken program or a hostile hand could sign."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from helpdesk.core.ids import new_id
from helpdesk.desk import local
from helpdesk.exchange.arrived import revision_line
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.outgoing import Heading, Outgoing
from helpdesk.exchange.payload import NO_AUDIT, AuditPoint
from helpdesk.exchange.tables import OutboxRow
from helpdesk.households.documents import Tally
from helpdesk.opening import Desk
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import SIGNED_CONTEXT, Revision, encode_document, encode_revision, revision_hash
from tests.programme import Programme

DAY = date(2026, 11, 21)


def device_key(desk: Desk) -> SigningKey:
    with desk.store.read() as connection:
        return SigningKey.from_seed(local.read(connection, "device_seed"))


def line(desk: Desk, kind: str, document: msgspec.Struct, *, sign: bool | SigningKey = False, **changes: Any) -> bytes:
    """One record line as this desk would write it, but for ``changes``."""
    fields: dict[str, Any] = {
        "kind": kind,
        "id": new_id(desk.clock.now()),
        "parents": (),
        "ctr": 1,
        "device": desk.device,
        "user": desk.user.id,
        "at": "2026-11-21T09:00:00.000Z",
        "doc": msgspec.Raw(encode_document(document)),
    }
    revision = Revision(**{**fields, **changes})
    body = encode_revision(revision)
    key = desk.user.key if sign is True else sign
    name = key.key_id if key else None
    signature = key.sign(SIGNED_CONTEXT + revision_hash(body)) if key else None
    event = KINDS[kind].event if kind in KINDS else False
    return revision_line(body, event=event, sig_key=name, sig=signature)


def tally(desk: Desk, women: int = 1, **changes: Any) -> bytes:
    """A harmless event."""
    return line(desk, "tally", Tally(DAY, "REFUSED", women, 0), **changes)


def batch(
    programme: Programme,
    folder: str,
    name: str,
    records: Callable[[Desk], Sequence[bytes]] = lambda desk: [tally(desk)],
    *,
    signers: Callable[[SigningKey, SigningKey], Sequence[SigningKey]] = lambda device, user: [device, user],
    to: Sequence[str] | None = None,
    audit: AuditPoint = NO_AUDIT,
    **heading: Any,
) -> Path:
    """A batch of a desk, signed by its device and whoever is named, with any records."""
    programme.clock.move(seconds=1)
    with programme.open(folder, name) as desk:
        device = device_key(desk)
        with desk.store.read() as connection:
            enrolment = local.read(connection, "enrol_identity").hex()
            epoch = local.read(connection, "epoch").decode()
            last = connection.execute(select(OutboxRow).order_by(OutboxRow.seq.desc()).limit(1)).first()
        fields: dict[str, Any] = {
            "kind": "batch",
            "sender": device.key_id,
            "epoch": epoch,
            "seq": last.seq + 1 if last else 1,
            "prev": last.identity if last else enrolment,
            "desk": folder,
            "counts": {},
            "audit": audit,
            "made_at": programme.clock.now(),
        }
        recipients = [programme.founding.programme.intake] if to is None else to
        written = Outgoing(programme.stick).write(
            Heading(**{**fields, **heading}), list(records(desk)), signers(device, desk.user.key), recipients
        )
    return written.path


def sealed(length: int = 560) -> str:
    """Base64 of something as long as a sealed answer."""
    return base64.b64encode(bytes(length)).decode()
