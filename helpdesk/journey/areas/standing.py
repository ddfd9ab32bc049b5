"""How places stand: gathers what is recorded of each and what it lies in, and keeps the table that lists join.

Derived from the records alone, so any order of merges ends in the same rows. A waiver counts only where two people's
signatures hold under keys this store knows; nothing here trusts a name that stands in a document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, select

from helpdesk.core.clock import day_number, read_instant
from helpdesk.desk import trust
from helpdesk.desk.places import Gazetteer, Place, load_gazetteer
from helpdesk.desk.roles import Role
from helpdesk.desk.tables import UserRow
from helpdesk.journey.areas.codes import AREA_SAFEGUARD
from helpdesk.journey.areas.documents import (
    Alert,
    AreaPlan,
    AreaProfile,
    AreaWaiver,
    Assessment,
    Safeguard,
    WaiverConfirmed,
)
from helpdesk.journey.areas.kinds import ALERT, ASSESSMENT, CONFIRMED, PLAN, PROFILE, SAFEGUARD, WAIVER
from helpdesk.journey.areas.rules import Judged, Level, as_safeguard, judge, profile_of, severity_rank
from helpdesk.journey.areas.tables import AreaRecordRow, AreaStandingRow
from helpdesk.vault.bulk import among, insert_rows
from helpdesk.vault.keys import key_id, verify
from helpdesk.vault.records import SIGNED_CONTEXT, Kind, Row, decode_revision, hash_named
from helpdesk.vault.tables import OtherHeadRow, RecordRow, RevisionRow, table_of


class Signer(NamedTuple):
    """Whose signature counts: the public key, the role and desk of the account, and its last day once it is closed."""

    public: bytes
    role: str
    desk: int = 0
    closed_on: int | None = None


Publics = Mapping[str, Signer]
"""User id to signer."""

PROPOSING: Final = (Role.SUPERVISOR, Role.CENTRE)
"""Whose word opens a place, and whose proposal of a waiver counts: a clerk's opens none."""
_WIDEST = "governorate"
_LEVELS = (ASSESSMENT, SAFEGUARD, PLAN, PROFILE, ALERT)
_KINDS: Final[Mapping[str, Kind[Any]]] = {kind.name: kind for kind in (*_LEVELS, WAIVER)}


def gazetteer_of(connection: Connection) -> Gazetteer:
    """The places that ship with the program, with those the installed bundle adds."""
    bundle = trust.in_force(connection)
    return load_gazetteer().with_added(bundle.places) if bundle and bundle.places else load_gazetteer()


def lies_in(gazetteer: Gazetteer, place_id: str) -> tuple[str, ...]:
    """The place and what it lies in, narrowest first, up to its district; empty for an unknown or too wide one."""
    return tuple(place.place_id for place in reversed(gazetteer.path(place_id)) if place.kind != _WIDEST)


def known_publics(connection: Connection) -> dict[str, Signer]:
    """The keys of the people this store has heard of: its own accounts, the bundle's and the centre's."""
    bundle = trust.in_force(connection)
    mine = bundle.desk.number if bundle is not None else 0
    rows = connection.execute(select(UserRow.id, UserRow.public, UserRow.role, UserRow.closed_on))
    found = {row.id: Signer(bytes(row.public), row.role, mine, row.closed_on) for row in rows}
    if bundle is not None:
        for user in (*bundle.users, *bundle.centre_users):
            found.setdefault(user.id, Signer(bytes.fromhex(user.pub), user.role, user.desk, user.closed_on))
    return found


def levels_of(connection: Connection, places: Iterable[str] | None, publics: Publics) -> dict[str, Level]:
    """What is recorded of these places, or of all, by place.

    What no person signed who may open a place counts only as far as it closes one; else it is as if it had not come.
    """
    levels: dict[str, Level] = defaultdict(Level)
    wanted = None if places is None else sorted(set(places))
    statement = (
        select(
            RecordRow.kind,
            RecordRow.folded,
            RecordRow.id,
            RevisionRow.hash,
            RevisionRow.body,
            RevisionRow.sig_key,
            RevisionRow.sig,
        )
        .join(AreaRecordRow, AreaRecordRow.id == RecordRow.id)
        .join(RevisionRow, RevisionRow.hash == RecordRow.head)
        .where(AreaRecordRow.kind.in_([kind.name for kind in (*_LEVELS, WAIVER)]))
    )
    if wanted is not None:
        statement = statement.where(among(connection, AreaRecordRow.place, wanted))
    for row in connection.execute(statement).all():
        for document, revision in _believed(connection, row, publics):
            _put(connection, levels[document.place], (row.id, document, revision), publics)
    return levels


def _believed(connection: Connection, row: Any, publics: Publics) -> list[tuple[Any, str]]:
    # what of a record counts, with the revision that says it
    kind, head = _KINDS[row.kind], bytes(row.hash).hex()
    document = kind.decode(bytes(decode_revision(bytes(row.body)).doc if row.folded is None else row.folded))
    if not _may_open(document) or _is_opened(connection, row, publics):
        return [(document, head)]
    found = [(document, head)] if _closes(document) else []
    if isinstance(document, Alert):
        return [*found, (msgspec.structs.replace(document, lifted_on=None), head)]
    last = _last_opened(connection, row.id, publics)
    return found if last is None else [*found, (kind.decode(bytes(decode_revision(last[1]).doc)), last[0])]


def _may_open(document: Any) -> bool:
    # a waiver is judged by its two signatures; a profile opens nothing, nor does an alert that stands
    if isinstance(document, Alert):
        return document.lifted_on is not None
    return isinstance(document, Assessment | Safeguard | AreaPlan)


def _closes(document: Any) -> bool:
    if isinstance(document, Assessment):
        return document.result == "NOT_ACCEPTABLE" and not document.void
    return isinstance(document, Safeguard) and document.state not in ("DONE", "NA") and not document.void


def _is_opened(connection: Connection, row: Any, publics: Publics) -> bool:
    # every head of the record is by somebody who may open a place
    if not is_opening(row, publics):
        return False
    if row.folded is None:
        return True
    others = select(RevisionRow).join(OtherHeadRow, OtherHeadRow.hash == RevisionRow.hash)
    return all(
        is_opening(other, publics) for other in connection.execute(others.where(OtherHeadRow.record == row.id)).all()
    )


def _last_opened(connection: Connection, record: str, publics: Publics) -> tuple[str, bytes] | None:
    rows = connection.execute(select(RevisionRow).where(RevisionRow.record == record)).all()
    opened = [row for row in rows if is_opening(row, publics)]
    last = max(opened, key=lambda row: (row.ctr, bytes(row.hash)), default=None)
    return None if last is None else (bytes(last.hash).hex(), bytes(last.body))


def is_opening(row: Any, publics: Publics) -> bool:
    """Whether a revision (body, hash, sig_key, sig) truly is signed by somebody whose word may open a place."""
    signer = signer_of(row, publics)
    return signer is not None and publics[signer].role in PROPOSING


def _put(connection: Connection, level: Level, told: tuple[str, Any, str], publics: Publics) -> None:
    record_id, document, revision = told
    if isinstance(document, Assessment):
        level.assessments.append((document, revision))
    elif isinstance(document, Safeguard):
        level.safeguards.append((document, revision))
    elif isinstance(document, AreaPlan):
        level.safeguards.append((as_safeguard(document), revision))
    elif isinstance(document, AreaProfile):
        level.profiles.append((document, revision))
    elif isinstance(document, Alert):
        level.alerts.append((document, revision))
    elif isinstance(document, AreaWaiver):
        proof = confirmation_of(connection, record_id, document, publics)
        if proof is not None:
            level.waivers.append((document, proof))


def confirmation_of(connection: Connection, waiver_id: str, waiver: AreaWaiver, publics: Publics) -> str | None:
    """The hash of the second person's signed word on this very waiver, None where two signed acts do not stand."""
    confirmed = connection.scalars(
        select(AreaRecordRow.id).where(AreaRecordRow.kind == CONFIRMED.name, AreaRecordRow.part_of == waiver_id)
    ).all()
    for record in sorted(confirmed):
        row = connection.execute(select(RevisionRow).where(RevisionRow.record == record)).first()
        if row is None or (second := signer_of(row, publics)) is None:
            continue
        word: WaiverConfirmed = CONFIRMED.decode(bytes(decode_revision(bytes(row.body)).doc))
        seen = connection.execute(select(RevisionRow).where(RevisionRow.hash == hash_named(word.seen))).first()
        if seen is None or seen.record != waiver_id or (first := signer_of(seen, publics)) in (None, second):
            continue
        proposed: AreaWaiver = WAIVER.decode(bytes(decode_revision(bytes(seen.body)).doc))
        later = msgspec.structs.replace(waiver, state=proposed.state, until=proposed.until)
        if publics[first].role not in PROPOSING:
            continue
        if proposed.by == first and word.by == second and later == proposed and waiver.until <= proposed.until:
            return bytes(row.hash).hex()
    return None


def signer_of(row: Any, publics: Publics) -> str | None:
    """The user of a revision (body, hash, sig_key, sig) whose signature truly is hers, and from an open account."""
    if row.sig is None:
        return None
    revision = decode_revision(bytes(row.body))
    signer = publics.get(revision.user)
    if signer is None or key_id(signer.public) != row.sig_key:
        return None
    if signer.closed_on is not None and day_number(read_instant(revision.at).date()) > signer.closed_on:
        return None  # whoever found the key of somebody who left
    return revision.user if _is_true(signer.public, bytes(row.sig), bytes(row.hash)) else None


@lru_cache(maxsize=4096)
def _is_true(public: bytes, sig: bytes, revision: bytes) -> bool:
    # the same places are looked at again after every act that names one
    return verify(public, sig, SIGNED_CONTEXT + revision)


def judged(gazetteer: Gazetteer, levels: Mapping[str, Level], place_id: str, day: date) -> Judged:
    """Judge one place from gathered levels."""
    path = lies_in(gazetteer, place_id)
    return judge([levels.get(place) or Level() for place in path], day)


def refresh(connection: Connection, day: date, publics: Publics | None = None) -> frozenset[str]:
    """Make ``area_standing`` anew for ``day``; returns the places whose standing changed.

    Call it when a record of STANDING (kinds.py) changed, a bundle was installed or the day turned. It costs one pass
    over the places' records and the gazetteer, none over families.
    """
    gazetteer = gazetteer_of(connection)
    levels = levels_of(connection, None, known_publics(connection) if publics is None else publics)
    before = {row.place: tuple(row)[:-1] for row in connection.execute(select(table_of(AreaStandingRow)))}
    rows = [_row(gazetteer, levels, place, day) for place in gazetteer if place.kind != _WIDEST]
    changed = {row["place"] for row in rows if before.get(row["place"]) != tuple(row.values())[:-1]}
    connection.execute(delete(AreaStandingRow))
    insert_rows(connection, table_of(AreaStandingRow), rows)
    return frozenset(changed | (before.keys() - {row["place"] for row in rows}))


def _row(gazetteer: Gazetteer, levels: Mapping[str, Level], place: Place, day: date) -> Row:
    found = judged(gazetteer, levels, place.place_id, day)
    profile = profile_of([levels[one] for one in lies_in(gazetteer, place.place_id) if one in levels])
    return {
        "place": place.place_id,
        "missing": mask_of(code for code, _ in found.missing),
        "hold": found.hold,
        "result": found.result,
        "until": found.until,
        "severity": profile.severity if profile else None,
        "hotspot": bool(profile and profile.hotspot),
        "rank": severity_rank(profile),
        "day": day,
    }


def mask_of(missing: Iterable[str]) -> int:
    """Safeguard codes as bits, in the order of AREA_SAFEGUARD."""
    return sum({1 << AREA_SAFEGUARD.entries.index(code) for code in missing})


def codes_of(mask: int) -> tuple[str, ...]:
    """The inverse of :func:`mask_of`."""
    return tuple(code for bit, code in enumerate(AREA_SAFEGUARD) if mask >> bit & 1)
