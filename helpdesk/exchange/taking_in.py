"""Taking revisions of other stores into this one: the set grows, touched records are folded anew and projected.

Used by the centre for batches, by desks for siblings' batches. One transaction of the caller's covers a whole file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Dialect, delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from helpdesk.core.errors import code
from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.merge import Folded, fold
from helpdesk.vault.bulk import Spelled, among, insert_spelled, spell, spell_columns
from helpdesk.vault.records import Kind, Revision, Row, decode_revision, project
from helpdesk.vault.tables import ConflictRow, OtherHeadRow, RecordRow, RevisionRow, table_of

CHUNK = 4000
_OTHER_KIND = code("record.other_kind")
_NOT_HELD = code("record.not_held")


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


class Ready(NamedTuple):
    """Arrived revisions with every row they would be in a store that knew nothing of their records, spelled for it.

    ``revisions`` and ``records`` have one row for each of ``items``; of ``shown`` the numbers tell whose row is which.
    """

    items: Sequence[Arrived]
    origin: str
    revisions: Spelled
    records: Spelled
    shown: Sequence[tuple[Spelled, Sequence[int]]]


def make_ready(dialect: Dialect, items: Sequence[Arrived], origin: str) -> Ready:
    """Spell the rows of what a file brings, for a store that speaks ``dialect``; looks into no store."""
    rows: dict[Any, list[Row]] = defaultdict(list)
    owners: dict[Any, list[int]] = defaultdict(list)
    households = []
    for number, item in enumerate(items):
        kind = KINDS[item.revision.kind]
        households.append(kind.household(item.revision.id, item.document))
        for projection in kind.projections:
            found = list(projection.shown(dialect, item.revision.id, item.document))
            rows[projection.table].extend(found)
            owners[projection.table].extend([number] * len(found))
    return Ready(
        items,
        origin,
        spell_columns(dialect, table_of(RevisionRow), _revision_columns(items, origin)),
        spell_columns(dialect, table_of(RecordRow), _record_columns(items, households)),
        [(spell(dialect, table, found), owners[table]) for table, found in rows.items() if found],
    )


def _revision_columns(items: Sequence[Arrived], origin: str) -> dict[str, Sequence[Any]]:
    revisions = [item.revision for item in items]
    return {
        "hash": [item.hash for item in items],
        "record": [revision.id for revision in revisions],
        "kind": [revision.kind for revision in revisions],
        "ctr": [revision.ctr for revision in revisions],
        "body": [item.body for item in items],
        "sig_key": [item.sig_key for item in items],
        "sig": [item.sig for item in items],
        "origin": [origin] * len(items),
    }


def _record_columns(items: Sequence[Arrived], households: Sequence[str | None]) -> dict[str, Sequence[Any]]:
    # of records whose only revision just arrived
    return {
        "id": [item.revision.id for item in items],
        "kind": [item.revision.kind for item in items],
        "household": households,
        "head": [item.hash for item in items],
        "folded": [None] * len(items),
        "conflict": [False] * len(items),
    }


def take_in(connection: Connection, ready: Ready) -> Merged:
    """Add revisions to the set and bring the records they touch up to date. Repeating it changes nothing.

    One bad record is no reason to refuse the others. A revision that uses the id of a record of another kind is kept
    and shown nowhere: whoever came first keeps the id. What our tables do not hold is left out, with its record.
    """
    try:
        with connection.begin_nested():
            return _take_in(connection, ready)
    except (DataError, IntegrityError):
        return _one_by_one(connection, ready)


def _one_by_one(connection: Connection, ready: Ready) -> Merged:
    of_record: dict[str, list[Arrived]] = defaultdict(list)
    for item in ready.items:
        of_record[item.revision.id].append(item)
    taken, rejected = [], []
    for record, items in of_record.items():
        alone = make_ready(connection.dialect, items, ready.origin)
        try:
            with connection.begin_nested():
                taken.append(_take_in(connection, alone))
        except (DataError, IntegrityError):
            rejected.append((record, _NOT_HELD))
            _keep_alone(connection, alone)
    return Merged(
        new=sum(merged.new for merged in taken),
        known=sum(merged.known for merged in taken),
        kinds=frozenset().union(*(merged.kinds for merged in taken)),
        conflicts=tuple(conflict for merged in taken for conflict in merged.conflicts),
        rejected=(*rejected, *(refused for merged in taken for refused in merged.rejected)),
        moved=tuple(record for merged in taken for record in merged.moved),
    )


def _keep_alone(connection: Connection, ready: Ready) -> None:
    # the revisions of a record that no table shows, for whoever must look at it; not where not even they fit
    with suppress(DataError, IntegrityError), connection.begin_nested():
        insert_spelled(connection, ready.revisions.only(_unknown(connection, ready.items)))


def _take_in(connection: Connection, ready: Ready) -> Merged:
    items = ready.items
    fresh = _unknown(connection, items)
    insert_spelled(connection, ready.revisions.only(fresh))
    touched: dict[str, list[int]] = defaultdict(list)
    for number in fresh:
        touched[items[number].revision.id].append(number)
    kinds = select(RecordRow.id, RecordRow.kind).where(among(connection, RecordRow.id, list(touched)))
    known = {row.id: row.kind for row in connection.execute(kinds)}
    rejected = []
    for record, numbers in touched.items():
        kind = known.get(record, items[numbers[0]].revision.kind)
        if any(items[number].revision.kind != kind for number in numbers):
            rejected.append((record, _OTHER_KIND))
            numbers[:] = [number for number in numbers if items[number].revision.kind == kind]
    touched = {record: numbers for record, numbers in touched.items() if numbers}
    _first_versions(
        connection, ready, [numbers[0] for record, numbers in touched.items() if _is_first(record, numbers, known)]
    )
    conflicts, moved = [], []
    for record, numbers in touched.items():
        if not _is_first(record, numbers, known):
            came = [items[number] for number in numbers]
            folded = KINDS[came[0].revision.kind]
            revisions = _revisions_of(connection, folded, record)
            conflicts.extend(_fold_record(connection, folded, record, revisions, is_new=record not in known))
            if _is_moved(folded, came, revisions):
                moved.append(record)
    return Merged(
        new=len(fresh),
        known=len(items) - len(fresh),
        kinds=frozenset(items[number].revision.kind for number in fresh),
        conflicts=tuple(conflicts),
        rejected=tuple(rejected),
        moved=tuple(moved),
    )


def _is_first(record: str, numbers: Sequence[int], known: Collection[str]) -> bool:
    # whether the one revision that came is all there is of its record
    return record not in known and len(numbers) == 1


def _unknown(connection: Connection, items: Sequence[Arrived]) -> list[int]:
    # the numbers of those that the store has not, each revision once
    kept = select(RevisionRow.hash).where(among(connection, RevisionRow.hash, [item.hash for item in items]))
    seen = {bytes(body_hash) for body_hash in connection.scalars(kept)}
    fresh = []
    for number, item in enumerate(items):
        if item.hash not in seen:
            seen.add(item.hash)
            fresh.append(number)
    return fresh


def _first_versions(connection: Connection, ready: Ready, numbers: Sequence[int]) -> None:
    insert_spelled(connection, ready.records.only(numbers))
    chosen = frozenset(numbers)
    for rows, owners in ready.shown:
        insert_spelled(connection, rows.only([place for place, owner in enumerate(owners) if owner in chosen]))


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
