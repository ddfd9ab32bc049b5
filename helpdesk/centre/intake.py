"""Taking batches in: every check in its order, one transaction a batch, the whole of it or nothing.

A batch that came before is answered as before; one that comes early waits; anything else that fails goes whole to
quarantine with its code and first offending line. A kill at any moment leaves the batch to be taken in again.
A file is copied from its stick first: what is checked, taken in and kept is this one copy, whatever the stick does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, IntegrityError

from helpdesk.assistance.vouchers.kinds import LEDGER
from helpdesk.centre import areas, batch, journal
from helpdesk.centre.issued import bring_up
from helpdesk.centre.ledgers import not_whole
from helpdesk.centre.office import ARRIVING, KEPT, QUARANTINE, WAITING, Office
from helpdesk.centre.trusted import CentreTrust
from helpdesk.core.errors import Fault, code
from helpdesk.core.files import put_in_place, room_needed
from helpdesk.core.folders import private_folder
from helpdesk.core.progress import Progress, silent
from helpdesk.desk.commands import Act, command, may
from helpdesk.desk.deriving import last_revision
from helpdesk.desk.roles import Role
from helpdesk.exchange import chain
from helpdesk.exchange.acks import Ack, AnsweredFile
from helpdesk.exchange.container import LARGEST_PAYLOAD, open_file
from helpdesk.exchange.reading import read_file
from helpdesk.exchange.statement import Statement
from helpdesk.exchange.typed import read_typed
from helpdesk.journey.areas.kinds import STANDING
from helpdesk.journey.cases.deriving import derive_register
from helpdesk.vault.keys import ReceiveKey

_LOCK = 0x66766D  # one intake at a time on a shared server
_OURS = ("disk.full", "store.busy", "store.damaged")
"""What is wrong with this machine and not with a file."""
_NEW_EPOCH = code("fvb.new_epoch")
_LARGEST_KEPT = LARGEST_PAYLOAD + (1 << 20)


class Receipt(Struct, frozen=True):
    """What became of one file: ``state`` accepted, known, waiting or quarantined."""

    file: str
    state: str
    code: str | None
    identity: str | None
    desk: int | None
    seq: int | None
    records: int


def receive(office: Office, paths: Sequence[Path], progress: Progress = silent) -> tuple[Receipt, ...]:
    """Take files in, then whatever waited for one of them. Never raises for a bad file: its receipt tells."""
    receipts = tuple(_receive_one(office, path, progress) for path in paths)
    if any(receipt.state == "accepted" for receipt in receipts):
        receipts += take_waiting(office, progress)
    return receipts


def take_waiting(office: Office, progress: Progress = silent) -> tuple[Receipt, ...]:
    """Take in what waited for a file that has come, until nothing more moves."""
    receipts: list[Receipt] = []
    moved = True
    while moved:
        waiting = sorted(private_folder(office.home / WAITING).glob("*.fvb"))
        again = [_judge(office, path, progress) for path in waiting]
        receipts.extend(receipt for receipt in again if receipt.state != "waiting")
        moved = any(receipt.state == "accepted" for receipt in again)
    return tuple(receipts)


def _receive_one(office: Office, path: Path, progress: Progress) -> Receipt:
    if not may(office.gate.user.role, _take):
        office.gate.do(_take, office, path, office.keys().intake, progress)  # the gate refuses, and leaves its entry
    arriving = private_folder(office.home / ARRIVING)
    for leftover in arriving.iterdir():  # of a killed intake: its file is still on the stick
        leftover.unlink()
    try:
        own = _brought(path, arriving)
    except Fault as fault:
        if fault.code in _OURS:
            raise
        return office.gate.do(_put_aside, office, path, _Refused(fault, None))
    return _judge(office, own, progress)


def _judge(office: Office, path: Path, progress: Progress) -> Receipt:
    # a file in our own folder: nobody but us changes it between its check and its place
    intake = office.keys().intake
    try:
        receipt = office.gate.do(_take, office, path, intake, progress)
    except _Refused as refused:
        receipt = office.gate.do(_put_aside, office, path, refused)
    _store_file(office, path, receipt)
    return receipt


class _Refused(Exception):
    def __init__(self, fault: Fault, proved: tuple[Statement, str] | None) -> None:
        super().__init__(fault.code)
        self.code = fault.code
        line = fault.values.get("line")
        self.line = line if isinstance(line, int) else None
        self.proved = proved


class _ChainCheck:
    # asked once the signers stand: from here on there is a desk behind the file, to be answered

    def __init__(self, register: Connection, trust: CentreTrust) -> None:
        self._register = register
        self._trust = trust
        self.proved: tuple[Statement, str] | None = None
        self.is_known = False
        self.is_new_epoch = False

    def __call__(self, statement: Statement, identity: str) -> None:
        if statement.kind != "batch":
            raise Fault("file.not_batch")
        self.proved = (statement, identity)
        enrolment = self._trust.desks[statement.sender].enrolment
        held = journal.held(self._register, statement.sender, enrolment, statement.epoch)
        self.is_known = chain.is_known(held, statement, identity)
        self.is_new_epoch = held.begins_after > {enrolment} and not (held.identities or held.waived)


@command("centre.receive", roles=(Role.CENTRE,))
def _take(act: Act, office: Office, path: Path, intake: ReceiveKey, progress: Progress) -> Receipt:
    check: _ChainCheck | None = None
    try:
        with office.writing(act) as register:
            if register.dialect.name == "postgresql":
                register.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            trust = CentreTrust(register)
            check = _ChainCheck(register, trust)
            before = last_revision(register)
            with read_file(path, trust, check) as received:
                statement, identity = received.statement, received.identity
                desk = trust.desks[statement.sender].number
                if check.is_known:
                    return Receipt(path.name, "known", None, identity, desk, statement.seq, 0)
                taken = batch.merge(register, statement, identity, desk, received.open(intake, read_typed), progress)
            if taken.counts.keys() & STANDING:
                areas.restand(act, register)
            bring_up(register)
            derive_register(register, act.day, before, areas.publics_of(act.connection, register))
            _note_accepted(act, register, taken, is_new_epoch=check.is_new_epoch)
            act.concerns(identity)
            return Receipt(path.name, "accepted", None, identity, desk, statement.seq, taken.records)
    except Fault as fault:
        if fault.code in _OURS:
            raise
        raise _Refused(fault, check.proved if check else None) from None
    except (DataError, IntegrityError):
        # the register itself would not hold what a record says: too long, too large, or twice
        raise _Refused(Fault("record.not_held"), check.proved if check else None) from None


def _note_accepted(act: Act, register: Connection, taken: batch.Batch, *, is_new_epoch: bool) -> None:
    noted = journal.Noted("accepted", batch.answer(taken, act.at), records=taken.records, point=taken.point)
    journal.note(register, act.at, taken.statement, taken.identity, noted)
    for rejected in taken.rejected:
        journal.alarm(register, act.at, taken.identity, rejected.code, rejected.id)
    if LEDGER.name in taken.counts:
        for wrong in not_whole(register, taken.statement.sender):
            journal.alarm(register, act.at, taken.identity, wrong)
    if is_new_epoch:
        # a restored backup, or a copy of the laptop: both are for a person to know
        journal.alarm(register, act.at, taken.identity, _NEW_EPOCH)


@command("centre.put_aside", roles=(Role.CENTRE,))
def _put_aside(act: Act, office: Office, path: Path, refused: _Refused) -> Receipt:
    state = "waiting" if refused.code == "fvb.gap" else "quarantined"
    if refused.proved is None:
        # nobody we know stands behind it: there is nobody to answer
        return Receipt(path.name, state, refused.code, None, None, None, 0)
    statement, identity = refused.proved
    with office.writing(act) as register:
        desk = CentreTrust(register).desks[statement.sender].number
        if refused.code == "fvb.fork":
            journal.alarm(register, act.at, identity, refused.code)
        known = journal.state_of(register, identity)
        if known != "accepted" and (known != "waiting" or path.parent == office.home / WAITING):
            journal.note(register, act.at, statement, identity, _aside(act, register, statement, identity, refused))
    act.concerns(identity, refused.code)
    return Receipt(path.name, state, refused.code, identity, desk, statement.seq, 0)


def _aside(act: Act, register: Connection, statement: Statement, identity: str, refused: _Refused) -> journal.Noted:
    state = "waiting" if refused.code == "fvb.gap" else "quarantined"
    seen = journal.audit_seen(register, statement.sender, statement.epoch)
    seqs = [seq for epoch, seq in journal.accepted(register, statement.sender) if epoch == statement.epoch]
    ack = Ack(
        v=1,
        answers=AnsweredFile(statement.sender, statement.epoch, statement.seq, identity),
        result=state,
        code=refused.code,
        counts={},
        rejected=(),
        conflicts=(),
        contiguous=max(seqs, default=0),
        audit_seen=seen,
        centre_time=act.at,
    )
    return journal.Noted(state, ack, code=refused.code, line=refused.line, point=seen)


def _store_file(office: Office, path: Path, receipt: Receipt) -> None:
    # the original is kept by its identity, so that everything can be proved or taken in again
    place = {"accepted": KEPT, "known": KEPT, "waiting": WAITING, "quarantined": QUARANTINE}[receipt.state]
    target = private_folder(office.home / place) / f"{(receipt.identity or path.stem)[:64]}.fvb"
    if target != path:
        if not target.exists():
            put_in_place(path, target)
        path.unlink(missing_ok=True)
    if receipt.state in ("accepted", "known"):  # a damaged copy sends no sound one away
        (office.home / WAITING / target.name).unlink(missing_ok=True)


def _brought(path: Path, folder: Path) -> Path:
    # links are not followed, devices and what is larger than any file of ours are not copied: the disk is the centre's
    own = folder / path.name
    with room_needed(), open_file(path) as original:
        if os.fstat(original.fileno()).st_size > _LARGEST_KEPT:
            raise Fault("fvb.size")
        with own.open("wb") as copy:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())
        own.chmod(0o400)
    return own
