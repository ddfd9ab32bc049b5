"""Exporting what is new at this desk as a signed, encrypted batch, in an order that no power cut can break.

The number is reserved by the outbox row that is written only when the file is complete on the disk (the point of no
return); then it gets its name; then it is copied to the stick and read back. At start :func:`recover` finishes or
removes what was left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select, update

from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.progress import Progress, silent
from helpdesk.desk import audit, local
from helpdesk.desk.bundle import Bundle
from helpdesk.desk.commands import Act, Gate, View, command
from helpdesk.desk.folder import OUTBOX, free_bytes
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.exchange.arrived import revision_line
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.outgoing import Heading, Outgoing, Written
from helpdesk.exchange.payload import AuditPoint
from helpdesk.exchange.stick import copy_to
from helpdesk.exchange.tables import OutboxRow
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.tables import RevisionRow

_EVENTS = frozenset(kind.name for kind in KINDS.values() if kind.event)
_STEP = "Writing the batch"
_EVERY = 1000
LEAST_FREE = 64 << 20


class Plan(Struct, frozen=True):
    """What the next batch holds: revisions after ``after`` up to ``upto``, audit entries likewise."""

    seq: int
    prev: str
    epoch: str
    after: int
    upto: int
    audit_after: int
    audit: AuditPoint
    counts: dict[str, int]

    @property
    def records(self) -> int:
        """Revisions and events inside."""
        return sum(count for kind, count in self.counts.items() if kind != "audit")


class OutboxLine(Struct, frozen=True):
    """One file as the files page shows it."""

    seq: int
    identity: str
    records: int
    size: int
    made_at: str
    state: str
    ack: bytes | None


class Exported(Struct, frozen=True):
    """A batch that left: its number, file, and what it holds."""

    seq: int
    identity: str
    path: Path
    records: int
    size: int


@command("batch.plan", roles=(Role.SUPERVISOR,))
def plan(act: Act) -> Plan:
    """What would leave now.

    Raises Refusal("bundle.none" | "desk.not_enrolled" | "batch.nothing"), Fault("audit.broken").
    """
    act.in_force()
    enrolment = local.peek(act.connection, "enrol_identity")
    if enrolment is None:
        raise Refusal("desk.not_enrolled")
    epoch = local.read(act.connection, "epoch").decode()
    last = act.connection.execute(
        select(OutboxRow)
        .where(OutboxRow.kind == "batch", OutboxRow.epoch == epoch)
        .order_by(OutboxRow.seq.desc())
        .limit(1)
    ).first()
    after, audit_after = (last.upto, last.audit_upto) if last else (0, 0)
    end = audit.last(act.connection)
    if end.size < audit_after:
        raise Fault("audit.broken", n=end.size + 1)
    counted = act.connection.execute(
        select(RevisionRow.kind, func.count(), func.max(RevisionRow.n))
        .where(RevisionRow.n > after, RevisionRow.origin.is_(None))
        .group_by(RevisionRow.kind)
    ).all()
    if not counted:
        raise Refusal("batch.nothing")
    return Plan(
        seq=last.seq + 1 if last else 1,
        prev=last.identity if last else enrolment.hex(),
        epoch=epoch,
        after=after,
        upto=max(row[2] for row in counted),
        audit_after=audit_after,
        audit=AuditPoint(end.size, end.head),
        counts={**{row[0]: row[1] for row in counted}, "audit": end.size - audit_after},
    )


@command("batch.written", roles=(Role.SUPERVISOR,))
def _commit(act: Act, planned: Plan, written: Written) -> None:
    act.connection.execute(
        insert(OutboxRow).values(
            kind="batch",
            epoch=planned.epoch,
            seq=planned.seq,
            identity=written.identity,
            prev=planned.prev,
            upto=planned.upto,
            audit_upto=planned.audit.size,
            records=planned.records,
            size=written.size,
            made_at=act.at,
            state="WRITTEN",
        )
    )
    act.touch("outbox")


@command("batch.copied", roles=(Role.SUPERVISOR,))
def _note_copied(act: Act, identity: str) -> None:
    act.connection.execute(
        update(OutboxRow).where(OutboxRow.identity == identity, OutboxRow.state == "WRITTEN").values(state="COPIED")
    )
    act.touch("outbox")


def lines(connection: Connection, planned: Plan, progress: Progress = silent) -> Iterator[bytes]:
    """The record lines of a planned batch, streamed: revisions in the order of their writing, then the audit."""
    rows = connection.execute(
        select(RevisionRow.kind, RevisionRow.body, RevisionRow.sig_key, RevisionRow.sig)
        .where(RevisionRow.n > planned.after, RevisionRow.n <= planned.upto, RevisionRow.origin.is_(None))
        .order_by(RevisionRow.n)
        .execution_options(yield_per=_EVERY)
    )
    for done, (kind, body, sig_key, sig) in enumerate(rows):
        if done % _EVERY == 0:
            progress(done, planned.records, _STEP)
        yield revision_line(bytes(body), event=kind in _EVENTS, sig_key=sig_key, sig=bytes(sig) if sig else None)
    for n, entry in audit.entries(connection, planned.audit_after):
        if n <= planned.audit.size:
            yield audit_line(entry)


def audit_line(entry: str) -> bytes:
    """The line of an audit entry, which is canonical JSON itself."""
    return b'{"e":%s,"t":"audit"}' % entry.encode()


def recipients_of(bundle: Bundle) -> list[str]:
    """Who may open a batch: intake, recovery and the sibling laptops of the camp that were not lost."""
    lost = {device.keyid for device in bundle.devices if device.status == "revoked"}
    siblings = (sibling.recipient for sibling in bundle.siblings if sibling.device not in lost)
    return [bundle.intake, bundle.recovery, *siblings]


def export(gate: Gate, home: Path, stick: Path | None, progress: Progress = silent) -> Exported:
    """Write everything new as the next batch and copy it to ``stick``; whoever is signed in approves by doing so.

    Stopping or failing before the file is complete leaves nothing; after that the batch exists, and only its copy may
    have to be made again (:func:`copy_again`). Raises Refusal as :func:`plan`, Fault("disk.full" | "stick.*").
    """
    if free_bytes(home) < LEAST_FREE:
        gate.do(plan)  # a clerk is refused as a clerk, whatever the disk
        raise_full()
    planned = gate.do(plan)
    outbox = Outgoing(home / OUTBOX)
    with gate.store.read() as connection:
        device = SigningKey.from_seed(local.read(connection, "device_seed"))
        bundle = View(connection, gate.user, gate.clock.now().date(), gate.device, gate.bundle).in_force()
        written = outbox.build(
            Heading(
                kind="batch",
                sender=device.key_id,
                epoch=planned.epoch,
                seq=planned.seq,
                prev=planned.prev,
                bundle=bundle.version,
                desk=str(bundle.desk.number),
                counts=planned.counts,
                audit=planned.audit,
                made_at=gate.clock.now(),
            ),
            lines(connection, planned, progress),
            [device, gate.user.key],
            recipients_of(bundle),
        )
    gate.do(_commit, planned, written)
    final = outbox.install(written)
    exported = Exported(planned.seq, final.identity, final.path, planned.records, final.size)
    return exported if stick is None else _copied(gate, exported, stick, progress)


def raise_full() -> None:
    """Refuse to begin what the disk cannot hold. Raises Refusal("disk.nearly_full")."""
    raise Refusal("disk.nearly_full", least=LEAST_FREE >> 20)


def _copied(gate: Gate, exported: Exported, stick: Path, progress: Progress) -> Exported:
    path = copy_to(exported.path, stick, progress)
    gate.do(_note_copied, exported.identity)
    return Exported(exported.seq, exported.identity, path, exported.records, exported.size)


def copy_again(gate: Gate, home: Path, seq: int, stick: Path, progress: Progress = silent) -> Exported:
    """Copy an earlier batch of this epoch to a stick once more. Raises Refusal("batch.unknown")."""
    found = next((line for line in gate.ask(outbox_lines) if line.seq == seq), None)
    if found is None:
        raise Refusal("batch.unknown", seq=seq)
    path = Outgoing(home / OUTBOX).final(found.identity)
    return _copied(gate, Exported(found.seq, found.identity, path, found.records, found.size), stick, progress)


def outbox_lines(view: View) -> tuple[OutboxLine, ...]:
    """The batches of this desk, the newest first."""
    epoch = local.read(view.connection, "epoch").decode()
    rows = view.connection.execute(
        select(OutboxRow).where(OutboxRow.kind == "batch", OutboxRow.epoch == epoch).order_by(OutboxRow.seq.desc())
    )
    return tuple(
        OutboxLine(r.seq, r.identity, r.records, r.size, r.made_at, r.state, bytes(r.ack) if r.ack else None)
        for r in rows
    )


class Unacknowledged(Struct, frozen=True):
    """What the foot of the window says: records that never left, batches without an answer, the oldest day."""

    records: int
    batches: int
    oldest: str | None


def unacknowledged(view: View) -> Unacknowledged:
    """How much would be lost with this laptop today."""
    batches: Sequence[OutboxLine] = outbox_lines(view)
    last = view.connection.scalar(select(func.max(OutboxRow.upto)).where(OutboxRow.kind == "batch")) or 0
    waiting = view.connection.scalar(
        select(func.count()).select_from(RevisionRow).where(RevisionRow.n > last, RevisionRow.origin.is_(None))
    )
    open_ones = [line for line in batches if line.state != "ACCEPTED"]
    return Unacknowledged(
        records=(waiting or 0) + sum(line.records for line in open_ones),
        batches=len(open_ones),
        oldest=min((line.made_at for line in open_ones), default=None),
    )


@command("outbox.recover", roles=(*FAMILIES, Role.ADMINISTRATOR))
def _committed(act: Act) -> tuple[str, ...]:
    return tuple(act.connection.scalars(select(OutboxRow.identity)))


def recover(gate: Gate, home: Path) -> None:
    """After a start: finish what was committed, remove what was not. Silent when there is nothing to do."""
    outbox = Outgoing(home / OUTBOX)
    left = [*outbox.folder.glob("*.building"), *outbox.folder.glob("*.cipher"), *outbox.folder.glob("*.part")]
    if left:
        outbox.sweep(gate.do(_committed))
