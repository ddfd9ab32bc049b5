"""Handing families over to another desk: the signed word whose case it is, and the file that carries everything.

The word comes first and stands in the file itself; a stop in between leaves families that are handed over and a file
still to be written, which doing it again does. The file's order and repetition change nothing (FORMATS.md section 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from helpdesk.core.errors import Refusal
from helpdesk.core.progress import Progress, silent
from helpdesk.desk import local
from helpdesk.desk.bundle import Bundle, KnownDesk
from helpdesk.desk.commands import Act, Gate, View, command
from helpdesk.desk.folder import OUTBOX, free_bytes
from helpdesk.desk.roles import Role
from helpdesk.exchange.arrived import revision_line
from helpdesk.exchange.batches import LEAST_FREE, raise_full
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.outgoing import Heading, Outgoing, Written
from helpdesk.exchange.statement import NO_PREVIOUS
from helpdesk.exchange.stick import copy_to
from helpdesk.exchange.tables import OutboxRow, TransferRow
from helpdesk.journey.areas import kinds as areas
from helpdesk.journey.arrivals.handing import hand_over_each
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.cases.kinds import DEPARTURE
from helpdesk.journey.departures.tables import ClosingRow, LineRow
from helpdesk.vault.bulk import among
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import decode_revision, documents_of, hash_named
from helpdesk.vault.tables import RecordRow, RevisionRow

MOST: Final = 1000
"""Families in one file: a camp that leaves in a rush, within what one statement of the store may name."""
_EVENTS: Final = frozenset(kind.name for kind in KINDS.values() if kind.event)
_AREAS: Final = frozenset(kind.name for kind in areas.KINDS)
_EVERY: Final = 500
_STEP: Final = "Writing the transfer"


class HandedOver(Struct, frozen=True):
    """A transfer that left: its number, target and file, what it holds, and the families that may not go and why."""

    seq: int
    identity: str
    desk: int
    path: Path
    families: int
    records: int
    size: int
    refused: tuple[NotNow, ...] = ()


class TransferLine(Struct, frozen=True):
    """One transfer of this desk as the files page shows it."""

    seq: int
    identity: str
    desk: int
    families: int
    records: int
    size: int
    made_at: str
    state: str


class _Planned(Struct, frozen=True):
    seq: int
    epoch: str
    households: tuple[str, ...]
    refused: tuple[NotNow, ...]
    recipient: str


def targets(view: View) -> tuple[KnownDesk, ...]:
    """The desks that families may be handed over to, as the bundle in force names them."""
    return view.bundle.desks if view.bundle is not None else ()


def hand_over(
    gate: Gate, home: Path, households: Sequence[str], desk: int, stick: Path | None, progress: Progress = silent
) -> HandedOver:
    """Hand families over to a desk and write the file that carries them; whoever is signed in approves by doing so.

    Doing it again for the same desk writes everything anew and is harmless. Raises Refusal("transfer.*" |
    "bundle.none" | "desk.not_enrolled" | "role.not_allowed" | "disk.nearly_full"), Fault("disk.full" | "stick.*").
    """
    planned = gate.do(_hand_over, tuple(households), desk)
    if free_bytes(home) < LEAST_FREE:
        raise_full()
    outbox = Outgoing(home / OUTBOX)
    with gate.store.read() as connection:
        device = SigningKey.from_seed(local.read(connection, "device_seed"))
        bundle = View(connection, gate.user, gate.clock.now().date(), gate.device, gate.bundle).in_force()
        chosen = _chosen(connection, planned.households)
        counts = _counts(connection, chosen)
        written = outbox.build(
            Heading(
                kind="transfer",
                sender=device.key_id,
                epoch=planned.epoch,
                seq=planned.seq,
                bundle=bundle.version,
                desk=str(bundle.desk.number),
                counts=counts,
                made_at=gate.clock.now(),
            ),
            _lines(connection, chosen, sum(counts.values()), progress),
            [device, gate.user.key],
            [planned.recipient, bundle.intake],
        )
    records = sum(counts.values())
    gate.do(_commit, planned, desk, written, records)
    final = outbox.install(written)
    done = HandedOver(
        planned.seq, final.identity, desk, final.path, len(planned.households), records, final.size, planned.refused
    )
    return done if stick is None else _copied(gate, done, stick, progress)


@command("transfer.hand_over", roles=(Role.SUPERVISOR,))
def _hand_over(act: Act, households: tuple[str, ...], desk: int) -> _Planned:
    bundle = act.in_force()
    if local.peek(act.connection, "enrol_identity") is None:
        raise Refusal("desk.not_enrolled")
    target = target_of(bundle, desk)
    wanted = tuple(dict.fromkeys(households))
    if len(wanted) > MOST:
        raise Refusal("transfer.too_many", most=MOST)
    refused = hand_over_each(act, wanted, desk)
    left = {one.household for one in refused}
    going = tuple(one for one in wanted if one not in left)
    if not going:
        first = refused[0] if len(refused) == 1 else None
        raise Refusal(first.code, **first.values) if first else Refusal("transfer.nobody")
    epoch = local.read(act.connection, "epoch").decode()
    last = act.connection.scalar(
        select(func.max(OutboxRow.seq)).where(OutboxRow.kind == "transfer", OutboxRow.epoch == epoch)
    )
    return _Planned((last or 0) + 1, epoch, going, refused, target.recipient)


def target_of(bundle: Bundle, desk: int) -> KnownDesk:
    """The desk of a number to hand families over to. Raises Refusal("transfer.desk" | "transfer.own_desk")."""
    if desk == bundle.desk.number:
        raise Refusal("transfer.own_desk", desk=desk)
    found = next((known for known in bundle.desks if known.number == desk), None)
    if found is None:
        raise Refusal("transfer.desk", desk=desk)
    return found


@command("transfer.written", roles=(Role.SUPERVISOR,))
def _commit(act: Act, planned: _Planned, desk: int, written: Written, records: int) -> None:
    act.connection.execute(
        insert(OutboxRow).values(
            kind="transfer",
            epoch=planned.epoch,
            seq=planned.seq,
            identity=written.identity,
            prev=NO_PREVIOUS,
            upto=0,
            audit_upto=0,
            records=records,
            size=written.size,
            made_at=act.at,
            state="WRITTEN",
        )
    )
    act.connection.execute(
        insert(TransferRow).values(identity=written.identity, desk=desk, families=len(planned.households))
    )
    act.concerns(written.identity)
    act.touch("outbox")


@command("transfer.copied", roles=(Role.SUPERVISOR,))
def _note_copied(act: Act, identity: str) -> None:
    act.connection.execute(update(OutboxRow).where(OutboxRow.identity == identity).values(state="COPIED"))
    act.touch("outbox")


def copy_again(gate: Gate, home: Path, seq: int, stick: Path, progress: Progress = silent) -> HandedOver:
    """Copy an earlier transfer of this epoch to a stick once more. Raises Refusal("transfer.unknown")."""
    found = next((line for line in gate.ask(sent) if line.seq == seq), None)
    if found is None:
        raise Refusal("transfer.unknown", seq=seq)
    path = Outgoing(home / OUTBOX).final(found.identity)
    known = HandedOver(seq, found.identity, found.desk, path, found.families, found.records, found.size)
    return _copied(gate, known, stick, progress)


def _copied(gate: Gate, done: HandedOver, stick: Path, progress: Progress) -> HandedOver:
    path = copy_to(done.path, stick, progress)
    gate.do(_note_copied, done.identity)
    return msgspec.structs.replace(done, path=path)


def sent(view: View) -> tuple[TransferLine, ...]:
    """The transfers of this desk, the newest first."""
    epoch = local.read(view.connection, "epoch").decode()
    rows = view.connection.execute(
        select(OutboxRow, TransferRow.desk, TransferRow.families)
        .join(TransferRow, TransferRow.identity == OutboxRow.identity)
        .where(OutboxRow.kind == "transfer", OutboxRow.epoch == epoch)
        .order_by(OutboxRow.seq.desc())
    )
    return tuple(
        TransferLine(r.seq, r.identity, r.desk, r.families, r.records, r.size, r.made_at, r.state) for r in rows
    )


def _chosen(connection: Connection, households: tuple[str, ...]) -> ColumnElement[bool]:
    # every record of the families, the movements they are on, and the places by which they were allowed to leave
    own = among(connection, RecordRow.household, households)
    movements = connection.scalars(
        select(LineRow.movement).where(among(connection, LineRow.household, households)).distinct()
    ).all()
    closings = connection.scalars(select(ClosingRow.id).where(among(connection, ClosingRow.movement, movements))).all()
    related = {*movements, *closings, *_places(connection, households)}
    beside = and_(RecordRow.household.is_(None), among(connection, RecordRow.id, sorted(related)))
    return or_(own, beside)


def _places(connection: Connection, households: tuple[str, ...]) -> set[str]:
    named = {
        revision
        for household in households
        for _, departure in documents_of(connection, DEPARTURE, household)
        for proof in departure.evidence.proofs
        for revision in proof.revisions
    }
    found = _area_records(connection, named)
    seen = {
        areas.CONFIRMED.decode(bytes(decode_revision(body).doc)).seen
        for kind, body in found.values()
        if kind == areas.CONFIRMED.name
    }
    return {*found, *_area_records(connection, seen)}


def _area_records(connection: Connection, hashes: set[str]) -> dict[str, tuple[str, bytes]]:
    ordered = [named for one in sorted(hashes) if (named := hash_named(one)) is not None]
    found: dict[str, tuple[str, bytes]] = {}
    for start in range(0, len(ordered), _EVERY):
        rows = connection.execute(
            select(RevisionRow.record, RevisionRow.kind, RevisionRow.body).where(
                among(connection, RevisionRow.hash, ordered[start : start + _EVERY]), RevisionRow.kind.in_(_AREAS)
            )
        )
        found.update({row.record: (row.kind, bytes(row.body)) for row in rows})
    return found


def _counts(connection: Connection, chosen: ColumnElement[bool]) -> dict[str, int]:
    rows = connection.execute(
        select(RevisionRow.kind, func.count())
        .join(RecordRow, RecordRow.id == RevisionRow.record)
        .where(chosen, RevisionRow.kind == RecordRow.kind)
        .group_by(RevisionRow.kind)
    )
    return {row[0]: row[1] for row in rows}


def _lines(connection: Connection, chosen: ColumnElement[bool], whole: int, progress: Progress) -> Iterator[bytes]:
    rows: Any = connection.execute(
        select(RevisionRow.kind, RevisionRow.body, RevisionRow.sig_key, RevisionRow.sig)
        .join(RecordRow, RecordRow.id == RevisionRow.record)
        .where(chosen, RevisionRow.kind == RecordRow.kind)
        .order_by(RevisionRow.n)
        .execution_options(yield_per=_EVERY)
    )
    for done, (kind, body, sig_key, sig) in enumerate(rows):
        if done % _EVERY == 0:
            progress(done, whole, _STEP)
        yield revision_line(bytes(body), event=kind in _EVENTS, sig_key=sig_key, sig=bytes(sig) if sig else None)
