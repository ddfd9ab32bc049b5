"""Records as grow-only revisions, and the projection of their heads (FORMATS.md section 2).

A slice declares a :class:`Kind` for each document it keeps; :class:`Writer` turns acts into revisions and rows;
the merge in ``exchange/merge.py`` uses the same kinds. This module never decides who may write.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, Dialect, Table, bindparam, delete, select, update

from helpdesk.core.canonical import read_strict
from helpdesk.core.errors import Fault, Refusal
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.prepared import Prepared
from helpdesk.vault.tables import ConflictRow, OtherHeadRow, RecordRow, RevisionRow, table_of

Document = TypeVar("Document", bound=msgspec.Struct)
Row = dict[str, Any]
Safer = Callable[[Any, Any], Any]

SIGNED_CONTEXT = b"fvm/revision/1\0"
LONGEST_DOCUMENT = 128 << 10
"""Bytes of one document: half of what a line of a batch may hold, so that every record can leave."""


class Revision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One version of one record. ``sealed`` is base64 of an HPKE message; ``doc`` the record's document."""

    kind: str
    id: str
    parents: tuple[str, ...]
    ctr: int
    device: str
    user: str
    at: str
    doc: msgspec.Raw
    sealed: str | None = None


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A user's own signature beside a revision, over the domain ``fvm/revision/1``, a zero byte and the hash."""

    keyid: str
    sig: str


_HASH_TEXT = re.compile(r"[0-9a-f]{64}")
_LONG_NUMBER = re.compile(rb"[:,\[]-?[0-9]{16}")
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_canonical = msgspec.json.Encoder(order="sorted")
_revision = msgspec.json.Decoder(Revision)


def encode_document(document: msgspec.Struct) -> bytes:
    """Canonical JSON of a document (RFC 8785: our documents hold no floats and only ASCII keys)."""
    return _canonical.encode(document)


def is_doubtful(encoded: bytes) -> bool:
    """Whether JSON that our types hold needs a strict reader's judgement: maybe U+0000 or a number beyond 2**53."""
    if b"\\u0000" in encoded:
        return True
    # the pattern is slow, and hardly any document has so many digits in a row
    return b"0" * 16 in encoded.translate(_DIGITS) and _LONG_NUMBER.search(encoded) is not None


def sound_document(document: msgspec.Struct) -> bytes:
    """The canonical JSON of a document that every reader will take: what a strict reader refuses is never written.

    One record that no reader takes would hold back its batch and all after it. Raises Refusal("record.unreadable")
    for U+0000, lone surrogates and numbers beyond 2**53, Refusal("record.too_long").
    """
    try:
        encoded = encode_document(document)
        if is_doubtful(encoded):
            read_strict(encoded)
    except (Fault, UnicodeEncodeError, OverflowError):
        raise Refusal("record.unreadable") from None
    if len(encoded) > LONGEST_DOCUMENT:
        raise Refusal("record.too_long", most=LONGEST_DOCUMENT >> 10)
    return encoded


def encode_revision(revision: Revision) -> bytes:
    """The bytes that are hashed: canonical JSON without ``sealed`` where there is none."""
    return b'{"at":%s,"ctr":%d,"device":%s,"doc":%s,"id":%s,"kind":%s,"parents":%s%s,"user":%s}' % (
        _canonical.encode(revision.at),
        revision.ctr,
        _canonical.encode(revision.device),
        bytes(revision.doc),
        _canonical.encode(revision.id),
        _canonical.encode(revision.kind),
        _canonical.encode(revision.parents),
        b',"sealed":' + _canonical.encode(revision.sealed) if revision.sealed is not None else b"",
        _canonical.encode(revision.user),
    )


def decode_revision(body: bytes) -> Revision:
    """Read the bytes of a stored revision. Raises msgspec.DecodeError on anything else."""
    return _revision.decode(body)


def revision_hash(body: bytes) -> bytes:
    """The identity of a revision."""
    return hashlib.sha256(body).digest()


def hash_named(text: str) -> bytes | None:
    """The hash that a document names as text, None where it names none: documents come from other hands too."""
    return bytes.fromhex(text) if _HASH_TEXT.fullmatch(text) else None


def safest(order: Sequence[str], one: str, other: str) -> str:
    """The later of two codes in an order from open to closed; a code that is not in it closes more than any other."""

    def rank(code: str) -> tuple[int, str]:
        return (order.index(code), "") if code in order else (len(order), code)

    return max(one, other, key=rank)


@dataclass(frozen=True)
class Projection:
    """A table that shows heads: ``rows(record id, document)`` gives its rows, ``key`` the column of the record id.

    ``words`` gives the column of that name, which only a store with a search index has a use for.
    """

    table: Table
    key: str
    rows: Callable[[str, Any], Iterable[Row]]
    words: Callable[[Any], str] | None = None

    def shown(self, dialect: Dialect, record_id: str, document: Any) -> Iterable[Row]:
        """The rows as a store that speaks ``dialect`` keeps them: a server of a centre has no search index."""
        rows = self.rows(record_id, document)
        if self.words is None:
            return rows
        words = self.words(document) if dialect.name == "sqlite" else ""
        return [{**row, "words": words} for row in rows]


@dataclass(frozen=True)
class Kind(Generic[Document]):
    """A kind of record: its document type, where it shows, and how two desks' changes meet.

    ``safer`` names fields that take the safer of two values; ``never_merged`` fields raise a conflict;
    ``event`` records are append-only and have no parents; ``household`` tells whose record it is. Every revision of a
    ``sealed`` kind carries a sealed part, whatever was answered, and no other kind does.
    """

    name: str
    document: type[Document]
    household: Callable[[str, Document], str | None] = lambda _id, doc: getattr(doc, "household", None)
    projections: tuple[Projection, ...] = ()
    safer: Mapping[str, Safer] = field(default_factory=dict)
    never_merged: frozenset[str] = frozenset()
    event: bool = False
    sealed: bool = False

    def decode(self, document: bytes) -> Document:
        """Read a document of this kind. Raises msgspec.ValidationError."""
        found: Document = _decoder(self.document).decode(document)
        return found


@cache
def _decoder(document: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(document)


@dataclass(frozen=True)
class Stamp:
    """Who writes, on what, when: the fixed part of every revision of one act."""

    device: str
    user: str
    at: str


@dataclass
class Writer:
    """Collects the revisions of one act and writes them and their rows in few statements.

    ``ctr`` is the Lamport counter: every revision takes the next value.
    ``sign`` is the acting user's signature over a message, as (key id, 64 bytes).
    """

    connection: Connection
    stamp: Stamp
    ctr: int
    sign: Callable[[bytes], tuple[str, bytes]]
    touched: set[str] = field(default_factory=set)
    _inserts: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def create(
        self,
        kind: Kind[Document],
        record_id: str,
        document: Document,
        *,
        seal: Callable[[int], str] | None = None,
        signed: bool = False,
    ) -> bytes:
        """Write the first revision of a new record (or an event); its hash. ``seal(ctr)`` makes the sealed part."""
        body_hash = self._revision(kind, record_id, document, (), seal, signed)
        self._inserts[table_of(RecordRow)].append(
            {
                "id": record_id,
                "kind": kind.name,
                "household": kind.household(record_id, document),
                "head": body_hash,
                "folded": None,
                "conflict": False,
            }
        )
        for projection in kind.projections:
            self._inserts[projection.table].extend(projection.shown(self.connection.dialect, record_id, document))
        return body_hash

    def revise(
        self,
        kind: Kind[Document],
        record_id: str,
        document: Document,
        *,
        seal: Callable[[int], str] | None = None,
        signed: bool = False,
    ) -> None:
        """Write the next revision of a record; its parents are all present heads, so a conflict ends here."""
        self.flush()
        parents = heads_of(self.connection, record_id)
        if not parents:
            raise KeyError(record_id)
        body_hash = self._revision(kind, record_id, document, tuple(sorted(h.hex() for h in parents)), seal, signed)
        self.flush()  # the head is read again in the same act, and its revision must be there
        its_household = kind.household(record_id, document)
        _NEXT_HEAD(self.connection, record_id=record_id, its_household=its_household, its_head=body_hash)
        _NO_OTHER_HEADS(self.connection, record_id=record_id)
        _NO_CONFLICTS(self.connection, record_id=record_id)
        project(self.connection, kind, [(record_id, document)])

    def flush(self) -> None:
        """Send what was collected."""
        for table, rows in self._inserts.items():
            insert_rows(self.connection, table, rows)
        self._inserts.clear()

    def _revision(
        self,
        kind: Kind[Document],
        record_id: str,
        document: Document,
        parents: tuple[str, ...],
        seal: Callable[[int], str] | None,
        signed: bool,
    ) -> bytes:
        self.ctr += 1
        self.touched.add(kind.name)
        body = encode_revision(
            Revision(
                kind=kind.name,
                id=record_id,
                parents=parents,
                ctr=self.ctr,
                device=self.stamp.device,
                user=self.stamp.user,
                at=self.stamp.at,
                doc=msgspec.Raw(sound_document(document)),
                sealed=seal(self.ctr) if seal else None,
            )
        )
        body_hash = revision_hash(body)
        key, signature = self.sign(SIGNED_CONTEXT + body_hash) if signed else (None, None)
        self._inserts[table_of(RevisionRow)].append(
            {
                "hash": body_hash,
                "record": record_id,
                "kind": kind.name,
                "ctr": self.ctr,
                "body": body,
                "sig_key": key,
                "sig": signature,
                "origin": None,
            }
        )
        return body_hash


_HEAD = Prepared(select(RecordRow.head).where(RecordRow.id == bindparam("record_id")))
_OTHER_HEADS = Prepared(select(OtherHeadRow.hash).where(OtherHeadRow.record == bindparam("record_id")))
_NO_OTHER_HEADS = Prepared(delete(OtherHeadRow).where(OtherHeadRow.record == bindparam("record_id")))
_NO_CONFLICTS = Prepared(delete(ConflictRow).where(ConflictRow.record == bindparam("record_id")))
_NEXT_HEAD = Prepared(
    update(RecordRow)
    .where(RecordRow.id == bindparam("record_id"))
    .values(household=bindparam("its_household"), head=bindparam("its_head"), folded=None, conflict=False)
)
_CURRENT = (
    select(RecordRow.id, RecordRow.folded, RevisionRow.body)
    .join(RevisionRow, RevisionRow.hash == RecordRow.head)
    .where(RecordRow.kind == bindparam("kind"))
)
_CURRENT_ONE = Prepared(_CURRENT.where(RecordRow.id == bindparam("record_id")))
_CURRENT_OF_HOUSEHOLD = Prepared(
    _CURRENT.where(RecordRow.household == bindparam("of_household")).order_by(RevisionRow.ctr, RecordRow.id)
)
_CURRENT_ALL = _CURRENT.order_by(RecordRow.id).execution_options(yield_per=500)


def heads_of(connection: Connection, record_id: str) -> list[bytes]:
    """The hashes of all heads of a record: none, one, or several while a conflict stands."""
    first = _HEAD(connection, record_id=record_id).scalar()
    if first is None:
        return []
    others = _OTHER_HEADS(connection, record_id=record_id).scalars()
    return [bytes(first), *(bytes(h) for h in others)]


def project(connection: Connection, kind: Kind[Any], documents: Sequence[tuple[str, Any]]) -> None:
    """Replace the rows that show these records."""
    for projection in kind.projections:
        table, ids = projection.table, [record_id for record_id, _ in documents]
        connection.execute(delete(table).where(table.c[projection.key].in_(ids)))
        shown = (projection.shown(connection.dialect, record_id, document) for record_id, document in documents)
        rows = [row for found in shown for row in found]
        insert_rows(connection, table, rows)


def _document(kind: Kind[Document], folded: bytes | None, body: bytes) -> Document:
    return kind.decode(bytes(folded) if folded is not None else bytes(decode_revision(bytes(body)).doc))


def document_of(connection: Connection, kind: Kind[Document], record_id: str) -> Document | None:
    """The current document of one record, None if there is no such record of this kind."""
    row = _CURRENT_ONE(connection, kind=kind.name, record_id=record_id).first()
    return None if row is None else _document(kind, row.folded, row.body)


def documents_of(connection: Connection, kind: Kind[Document], household: str) -> list[tuple[str, Document]]:
    """(id, document) of every record of a kind that belongs to a household, the last written at the end.

    Ordered by the head's Lamport counter, not by id: ids follow a clock that somebody may turn back.
    """
    rows = _CURRENT_OF_HOUSEHOLD(connection, kind=kind.name, of_household=household)
    return [(row.id, _document(kind, row.folded, row.body)) for row in rows]


def all_documents(connection: Connection, kind: Kind[Document]) -> Iterable[tuple[str, Document]]:
    """Every current record of a kind, streamed."""
    for row in connection.execute(_CURRENT_ALL, {"kind": kind.name}):
        yield row.id, _document(kind, row.folded, row.body)
