"""Taking revisions of other stores into this one: the set grows, touched records are folded anew and projected.

Used by the centre for batches, by desks for siblings' batches. One transaction of the caller's covers a whole file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from helpdesk.core.clock import read_instant
from helpdesk.core.errors import Fault, code
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.merge import Folded, fold
from helpdesk.vault.bulk import among, insert_rows
from helpdesk.vault.keys import verify
from helpdesk.vault.records import SIGNED_CONTEXT, Kind, Revision, Row, decode_revision, project
from helpdesk.vault.tables import ConflictRow, OtherHeadRow, RecordRow, RevisionRow, table_of

CHUNK = 4000
SEALED_LENGTH = 4 * ((512 + 48 + 2) // 3)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEX16 = re.compile(r"[0-9a-f]{16}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_LONGEST_ID = 36
_SIGNATURE_BYTES = 64
_OTHER_KIND = code("record.other_kind")
_NOT_HELD = code("record.not_held")
_encode = msgspec.json.Encoder(order="sorted").encode


class Arrived(msgspec.Struct, frozen=True):
    """One revision of a file, checked: its bytes, hash, signer if any, and what it says."""

    body: bytes
    hash: bytes
    revision: Revision
    document: Any
    sig_key: str | None
    sig: bytes | None


class Merged(msgspec.Struct, frozen=True):
    """What taking in came to: revisions that were new, known before, and records with a conflict to settle.

    ``rejected`` are (record, code) of single records that could not be taken in; the others are. ``moved`` are
    records of a household that a revision gave to another one.
    """

    new: int
    known: int
    kinds: frozenset[str]
    conflicts: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()


def read_revision(value: Mapping[str, Any], raw: bytes, line: int) -> Arrived:
    """Check one ``revision`` or ``event`` line: canonical, of a known kind, typed, sealed parts of one length.

    Raises Fault("record.canonical" | "record.kind" | "record.form", line=...).
    """
    # what the compiled reader would not write the same way again has a second spelling
    if _encode(value) != raw or set(value) not in ({"t", "r"}, {"t", "r", "sig"}):
        raise Fault("record.canonical", line=line)
    body = _encode(value["r"])
    try:
        revision = decode_revision(body)
        kind = KINDS.get(revision.kind)
        if kind is None:
            raise Fault("record.kind", line=line)
        document = kind.decode(bytes(revision.doc))
        key, signature = _signature(value.get("sig"))
        check_outline(kind, revision, is_event=value["t"] == "event")
    except (msgspec.DecodeError, ValueError):
        raise Fault("record.form", line=line) from None
    return Arrived(body, hashlib.sha256(body).digest(), revision, document, key, signature)


def check_outline(kind: Kind[Any], revision: Revision, *, is_event: bool) -> None:
    """Check what of a revision does not depend on its document. Raises ValueError."""
    _check_stamp(revision)
    if kind.event != is_event or (kind.event and revision.parents):
        raise ValueError("event")
    if (revision.sealed is not None) != (kind.name == "protection") or not _is_sealed(revision.sealed):
        raise ValueError("sealed")


def _check_stamp(revision: Revision) -> None:
    # ids, hashes and the instant in their one spelling: they become keys of tables
    if not _ID.fullmatch(revision.id) or len(revision.user) > _LONGEST_ID or revision.ctr < 1:
        raise ValueError("stamp")
    if not _HEX16.fullmatch(revision.device) or not all(_HEX64.fullmatch(parent) for parent in revision.parents):
        raise ValueError("stamp")
    if list(revision.parents) != sorted(set(revision.parents)):
        raise ValueError("parents")
    read_instant(revision.at)


def _is_sealed(sealed: str | None) -> bool:
    if sealed is None:
        return True
    try:
        message = base64.b64decode(sealed, validate=True)
    except ValueError:
        return False
    return len(sealed) == SEALED_LENGTH and base64.b64encode(message).decode() == sealed


def _signature(value: Any) -> tuple[str | None, bytes | None]:
    if value is None:
        return None, None
    if not isinstance(value, dict) or set(value) != {"keyid", "sig"}:
        raise ValueError("signature")
    keyid, text = value["keyid"], value["sig"]
    if not isinstance(keyid, str) or not isinstance(text, str):
        raise ValueError("signature")  # noqa: TRY004 - wrong in a file, not in a call
    return keyid, check_signature(keyid, text)


def check_signature(keyid: str, text: str) -> bytes:
    """The bytes of a signature, both parts in their one spelling. Raises ValueError."""
    signature = base64.b64decode(text, validate=True)
    if not _HEX16.fullmatch(keyid) or len(signature) != _SIGNATURE_BYTES:
        raise ValueError("signature")
    if base64.b64encode(signature).decode() != text:
        raise ValueError("signature")
    return signature


def is_signed_truly(arrived: Arrived, public: bytes) -> bool:
    """Whether the user's signature beside a revision is true."""
    return arrived.sig is not None and verify(public, arrived.sig, SIGNED_CONTEXT + arrived.hash)


def revision_line(body: bytes, *, event: bool, sig_key: str | None, sig: bytes | None) -> bytes:
    """The line of a stored revision; canonical because its parts are."""
    kind = b"event" if event else b"revision"
    if sig_key is None or sig is None:
        return b'{"r":%s,"t":"%s"}' % (body, kind)
    signed = base64.b64encode(sig)
    return b'{"r":%s,"sig":{"keyid":"%s","sig":"%s"},"t":"%s"}' % (body, sig_key.encode(), signed, kind)


def take_in(connection: Connection, arrived: Sequence[Arrived], origin: str) -> Merged:
    """Add revisions to the set and bring the records they touch up to date. Repeating it changes nothing.

    One bad record is no reason to refuse the others. A revision that uses the id of a record of another kind is kept
    and shown nowhere: whoever came first keeps the id. What our tables do not hold is left out, with its record.
    """
    try:
        with connection.begin_nested():
            return _take_in(connection, arrived, origin)
    except (DataError, IntegrityError):
        return _one_by_one(connection, arrived, origin)


def _one_by_one(connection: Connection, arrived: Sequence[Arrived], origin: str) -> Merged:
    of_record: dict[str, list[Arrived]] = defaultdict(list)
    for item in arrived:
        of_record[item.revision.id].append(item)
    taken, rejected = [], []
    for record, items in of_record.items():
        try:
            with connection.begin_nested():
                taken.append(_take_in(connection, items, origin))
        except (DataError, IntegrityError):
            rejected.append((record, _NOT_HELD))
            _keep_alone(connection, items, origin)
    return Merged(
        new=sum(merged.new for merged in taken),
        known=sum(merged.known for merged in taken),
        kinds=frozenset().union(*(merged.kinds for merged in taken)),
        conflicts=tuple(conflict for merged in taken for conflict in merged.conflicts),
        rejected=(*rejected, *(refused for merged in taken for refused in merged.rejected)),
        moved=tuple(record for merged in taken for record in merged.moved),
    )


def _keep_alone(connection: Connection, items: Sequence[Arrived], origin: str) -> None:
    # the revisions of a record that no table shows, for whoever must look at it; not where not even they fit
    with suppress(DataError, IntegrityError), connection.begin_nested():
        rows = [revision_row(item, origin) for item in _unknown(connection, items)]
        insert_rows(connection, table_of(RevisionRow), rows)


def _take_in(connection: Connection, arrived: Sequence[Arrived], origin: str) -> Merged:
    fresh = _unknown(connection, arrived)
    if fresh:
        insert_rows(connection, table_of(RevisionRow), [revision_row(item, origin) for item in fresh])
    touched: dict[str, list[Arrived]] = defaultdict(list)
    for item in fresh:
        touched[item.revision.id].append(item)
    kinds = select(RecordRow.id, RecordRow.kind).where(among(connection, RecordRow.id, list(touched)))
    known = {row.id: row.kind for row in connection.execute(kinds)}
    rejected = []
    for record, items in touched.items():
        kind = known.get(record, items[0].revision.kind)
        if any(item.revision.kind != kind for item in items):
            rejected.append((record, _OTHER_KIND))
            items[:] = [item for item in items if item.revision.kind == kind]
    touched = {record: items for record, items in touched.items() if items}
    simple = [items[0] for record, items in touched.items() if record not in known and len(items) == 1]
    _first_versions(connection, simple)
    conflicts, moved = [], []
    for record, items in touched.items():
        if record in known or len(items) > 1:
            kind = KINDS[items[0].revision.kind]
            revisions = _revisions_of(connection, kind, record)
            conflicts.extend(_fold_record(connection, kind, record, revisions, is_new=record not in known))
            if _is_moved(kind, items, revisions):
                moved.append(record)
    return Merged(
        new=len(fresh),
        known=len(arrived) - len(fresh),
        kinds=frozenset(item.revision.kind for item in fresh),
        conflicts=tuple(conflicts),
        rejected=tuple(rejected),
        moved=tuple(moved),
    )


def revision_row(item: Arrived, origin: str) -> Row:
    """The row of an arrived revision."""
    return {
        "hash": item.hash,
        "record": item.revision.id,
        "kind": item.revision.kind,
        "ctr": item.revision.ctr,
        "body": item.body,
        "sig_key": item.sig_key,
        "sig": item.sig,
        "origin": origin,
    }


def record_row(item: Arrived) -> Row:
    """The row of a record whose only revision just arrived."""
    kind = KINDS[item.revision.kind]
    return {
        "id": item.revision.id,
        "kind": kind.name,
        "household": kind.household(item.revision.id, item.document),
        "head": item.hash,
        "folded": None,
        "conflict": False,
    }


def _unknown(connection: Connection, arrived: Sequence[Arrived]) -> list[Arrived]:
    hashes = [item.hash for item in arrived]
    kept = select(RevisionRow.hash).where(among(connection, RevisionRow.hash, hashes))
    present = {bytes(body_hash) for body_hash in connection.scalars(kept)}
    fresh: dict[bytes, Arrived] = {}
    for item in arrived:
        if item.hash not in present:
            fresh.setdefault(item.hash, item)
    return list(fresh.values())


def _first_versions(connection: Connection, items: Iterable[Arrived]) -> None:
    rows: dict[Any, list[Row]] = defaultdict(list)
    for item in items:
        rows[table_of(RecordRow)].append(record_row(item))
        for projection in KINDS[item.revision.kind].projections:
            rows[projection.table].extend(projection.shown(connection, item.revision.id, item.document))
    for table, values in rows.items():
        insert_rows(connection, table, values)


def _revisions_of(connection: Connection, kind: Kind[Any], record: str) -> dict[str, Revision]:
    rows = connection.execute(
        select(RevisionRow.hash, RevisionRow.body, RevisionRow.kind).where(RevisionRow.record == record)
    ).all()
    return {bytes(row.hash).hex(): decode_revision(bytes(row.body)) for row in rows if row.kind == kind.name}


def _is_moved(kind: Kind[Any], fresh: Sequence[Arrived], revisions: Mapping[str, Revision]) -> bool:
    # whether what came names a household that the record's other revisions do not
    came = {item.hash.hex(): kind.household(item.revision.id, item.document) for item in fresh}
    before = {
        kind.household(revision.id, kind.decode(bytes(revision.doc)))
        for name, revision in revisions.items()
        if name not in came
    }
    return not before.issuperset(came.values()) if before else len(set(came.values())) > 1


def _fold_record(
    connection: Connection, kind: Kind[Any], record: str, revisions: Mapping[str, Revision], *, is_new: bool
) -> list[tuple[str, str]]:
    folded = fold(kind, revisions)
    document = kind.decode(folded.document)
    values = {
        "household": kind.household(record, document),
        "head": bytes.fromhex(folded.first),
        "folded": folded.document if len(folded.heads) > 1 else None,
        "conflict": bool(folded.conflicts),
    }
    if is_new:
        connection.execute(insert(RecordRow).values(id=record, kind=kind.name, **values))
    else:
        connection.execute(update(RecordRow).where(RecordRow.id == record).values(**values))
    _store_heads(connection, record, folded)
    project(connection, kind, [(record, document)])
    return [(record, field) for field in sorted(folded.conflicts)]


def _store_heads(connection: Connection, record: str, folded: Folded) -> None:
    connection.execute(delete(OtherHeadRow).where(OtherHeadRow.record == record))
    if len(folded.heads) > 1:
        connection.execute(
            insert(OtherHeadRow),
            [{"record": record, "hash": bytes.fromhex(other)} for other in folded.heads[:-1]],
        )
    connection.execute(delete(ConflictRow).where(ConflictRow.record == record))
    if folded.conflicts:
        connection.execute(
            insert(ConflictRow),
            [{"record": record, "field": field, "settled": False} for field in sorted(folded.conflicts)],
        )
