"""Taking a file from a stick into a desk: bundles, acknowledgements, siblings' batches, families handed over.

Every check of FORMATS.md section 1 comes before anything is believed; a file that fails one is refused whole, with its
code, and leaves nothing but an audit entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Connection, select

from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.progress import Progress, silent
from helpdesk.desk import local, modules, trust
from helpdesk.desk.bundle import Bundle, KnownKey, ProgrammeKeys, Sibling, WholeBundle
from helpdesk.desk.commands import Act, Gate, command
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.desk.told import TRANSFERS
from helpdesk.exchange import chain
from helpdesk.exchange.acks import install_ack, read_ack
from helpdesk.exchange.area_lines import take_area_lines
from helpdesk.exchange.arrived import Arrived, read_revision
from helpdesk.exchange.bundle_lines import LISTED, take_lists
from helpdesk.exchange.code_lists import check_all
from helpdesk.exchange.doubts import MOVED, Doubts
from helpdesk.exchange.inbox import Installed, households_of, installed, note_inbox, see_ctr
from helpdesk.exchange.payload import Line
from helpdesk.exchange.reading import ChainCheck, Received, Signer, read_file
from helpdesk.exchange.statement import Statement, encode_statement
from helpdesk.exchange.tables import InboxRow
from helpdesk.exchange.taking_in import CHUNK, make_ready, take_in
from helpdesk.exchange.transfers_in import take_transfer
from helpdesk.exchange.typed import read_typed
from helpdesk.households.alike import index_again
from helpdesk.households.numbers import add_block
from helpdesk.journey.areas.commands import restand
from helpdesk.journey.areas.kinds import STANDING
from helpdesk.vault.keys import ReceiveKey, key_id

B = TypeVar("B", bound=Bundle)

RECORDS: Final = frozenset(("revision", "event"))
_STEP = "Reading the file"


class DeskTrust:
    """Whom a desk believes: the programme it was made for, and its installed bundle.

    ``believed`` are the identities of a lost desk's transfers that count all the same.
    """

    def __init__(self, programme: ProgrammeKeys, bundle: Bundle | None, believed: Iterable[str]) -> None:
        self._signers: dict[str, Signer] = {}
        self._revoked: dict[str, KnownKey] = {}
        self._lost: set[str] = set()
        self._believed = frozenset(believed)
        for role, publics in (("configuration", programme.config), ("acknowledgement", programme.ack)):
            for public in publics:
                self._add(Signer(bytes.fromhex(public), role))
        if bundle is not None:
            for device in bundle.devices:
                self._add(Signer(bytes.fromhex(device.pub), "device", str(device.desk)))
                if device.status == "revoked":
                    self._revoked[device.keyid] = device
            for user in bundle.users:
                if user.role == Role.SUPERVISOR and user.status in ("live", "revoked"):
                    self._add(Signer(bytes.fromhex(user.pub), "supervisor", str(user.desk)))
                    if user.status == "revoked":  # open until its desk was lost, and believed no longer than the desk
                        self._lost.add(key_id(bytes.fromhex(user.pub)))

    def _add(self, signer: Signer) -> None:
        # a key keeps its first role: an account that claims the centre's or a device's key takes nothing from them
        self._signers.setdefault(key_id(signer.public), signer)

    def signer(self, key_id: str) -> Signer | None:
        """The key of that name, None when it was never heard of."""
        return self._signers.get(key_id)

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        """A revoked device is believed up to the last batch the centre had when it was lost, its people with it.

        Of its transfers those are believed that a person at the centre names by their identity: no clock is asked.
        """
        if key_id not in self._revoked and key_id not in self._lost:
            return False
        if statement.kind == "transfer":
            return hashlib.sha256(encode_statement(statement)).hexdigest() not in self._believed
        known = self._revoked.get(statement.sender)
        return statement.kind != "batch" or known is None or known.after_seq is None or statement.seq > known.after_seq


def install(gate: Gate, path: Path, progress: Progress = silent) -> Installed:
    """Take one file in. Raises Fault("fvb.*"), and the refusals of bundles, acknowledgements and the merge.

    Bundles and acknowledgements anybody may bring in, because that only ever makes a desk safer; a sibling's batch and
    families that were handed over a supervisor, whose role is checked before anything of it is decrypted.
    """
    with gate.store.read() as connection:
        programme = trust.programme(connection)
        receive = ReceiveKey.from_text(local.read(connection, "receive_key").decode())
        believed = DeskTrust(programme, gate.bundle, TRANSFERS.every(connection))
    try:
        with read_file(path, believed, _chain_of(gate)) as received:
            kind = received.statement.kind
            if kind == "bundle":
                return gate.do(_install_bundle, received, receive)
            if kind == "ack":
                return gate.do(_install_ack, received, receive)
            if kind == "batch":
                return gate.do(_install_batch, received, receive, progress)
            if kind == "transfer":
                return gate.do(_install_transfer, received, receive, progress)
            raise Refusal("file.not_for_desks", kind=kind)
    except Fault as fault:
        gate.do(_note_refused, fault.code)
        raise


def _chain_of(gate: Gate) -> ChainCheck:
    # asked before the payload is read (FORMATS.md section 1); the act that takes the batch in asks again, with the lock
    def check(statement: Statement, identity: str) -> None:
        bundle = gate.bundle
        if statement.kind == "batch" and bundle is not None and _sibling(bundle, statement) is not None:
            with gate.store.read() as connection:
                chain.is_known(_held(connection, bundle, statement), statement, identity)

    return check


@command("file.refused", roles=EVERYBODY)
def _note_refused(act: Act, code: str) -> None:
    act.concerns(code)


@command("bundle.install", roles=EVERYBODY)
def _install_bundle(act: Act, received: Received, receive: ReceiveKey) -> Installed:
    lines = Stretches(received.open(receive))
    lines.one("manifest")
    whole = read_bundle(lines.one("bundle").value)
    bundle = checked(take_lists(act.connection, whole, lines.of(LISTED)))
    if bundle.version != received.statement.seq:
        raise Fault("bundle.form")
    before = act.bundle.version if act.bundle else 0
    for block in trust.install(act.connection, bundle, received.identity):
        add_block(act.connection, block, bytes.fromhex(bundle.match_key))
    act.touch("bundle")
    records = 1 + take_area_lines(act, lines.of(RECORDS), received.identity)
    lines.end()
    note_inbox(act, received, "installed", records)
    return installed(received, "known" if bundle.version == before else "installed", records)


class Stretches:
    """The lines of a bundle's file, one stretch after the other: nothing of it is held but the line it stands at."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._next = next(lines, None)

    def one(self, kind: str) -> Line:
        """The next line, which must be of that kind. Raises Fault("bundle.form")."""
        line = next(self.of((kind,)), None)
        if line is None:
            raise Fault("bundle.form")
        return line

    def of(self, kinds: Collection[str]) -> Iterator[Line]:
        """The lines up to the first of another kind."""
        while self._next is not None and self._next.value["t"] in kinds:
            line, self._next = self._next, next(self._lines, None)
            yield line

    def end(self) -> None:
        """Nothing may follow. Raises Fault("bundle.form")."""
        if self._next is not None:
            raise Fault("bundle.form")


def read_bundle(value: Mapping[str, Any]) -> WholeBundle:
    """A bundle as its own line says it. Raises Fault("bundle.form") for one that no honest centre writes."""
    try:
        return checked(msgspec.convert({key: part for key, part in value.items() if key != "t"}, WholeBundle))
    except msgspec.ValidationError:
        raise Fault("bundle.form") from None


def checked(bundle: B) -> B:
    """The same bundle. Raises Fault("bundle.form") for modules and code lists that no honest centre names."""
    if modules.unknown(bundle.modules):
        raise Fault("bundle.form")
    try:
        check_all(bundle.code_lists)
    except Refusal:
        raise Fault("bundle.form") from None
    return bundle


@command("ack.install", roles=EVERYBODY)
def _install_ack(act: Act, received: Received, receive: ReceiveKey) -> Installed:
    ack = read_ack(_only_record(received, receive, "ack"))
    install_ack(act, ack)
    note_inbox(act, received, ack.result, 1)
    return installed(received, "installed", 1)


@command("batch.install", roles=(Role.SUPERVISOR,))
def _install_batch(act: Act, received: Received, receive: ReceiveKey, progress: Progress) -> Installed:
    statement = received.statement
    held = _held(act.connection, act.in_force(), statement)
    if chain.is_known(held, statement, received.identity):
        return installed(received, "known", 0)
    records, kinds, doubts = 0, set[str](), Doubts(act, statement.sender, received.identity)
    for chunk in chunks(received.open(receive, read_typed), statement.sender):
        doubts.judge(chunk)
        merged = take_in(act.connection, make_ready(act.connection.dialect, chunk, received.identity))
        doubts.note((*merged.rejected, *((record, MOVED) for record in merged.moved)))
        records += len(chunk)
        kinds |= merged.kinds
        for household in households_of(chunk):
            index_again(act.connection, household)
        see_ctr(act, chunk)
        progress(records, None, _STEP)
    for kind in kinds:
        act.touch(kind)
    if kinds & STANDING:
        restand(act)
    note_inbox(act, received, "installed", records)
    return installed(received, "installed", records)


@command("transfer.install", roles=(Role.SUPERVISOR,))
def _install_transfer(act: Act, received: Received, receive: ReceiveKey, progress: Progress) -> Installed:
    return take_transfer(act, received, receive, progress)


def chunks(lines: Iterator[Line], sender: str) -> Iterator[list[Arrived]]:
    """The revisions of a batch in bounded pieces, all of its sender's own device; the audit is the centre's business.

    Raises Fault("record.*", line=...).
    """
    found: list[Arrived] = []
    for line in lines:
        if line.typed is not None or line.value["t"] in ("revision", "event"):
            found.append(read_own(line, sender))
        elif line.value["t"] not in ("manifest", "audit"):
            raise Fault("record.kind", line=line.number)
        if len(found) >= CHUNK:
            yield found
            found = []
    if found:
        yield found


def read_own(line: Line, sender: str) -> Arrived:
    """One revision that its sender wrote itself: nobody brings another's. Raises Fault("record.*", line=...)."""
    arrived: Arrived = line.typed or read_revision(line.value, line.raw, line.number)
    if arrived.revision.device != sender:
        raise Fault("record.device", line=line.number)
    return arrived


def _only_record(received: Received, receive: ReceiveKey, kind: str) -> dict[str, Any]:
    records = [line.value for line in received.open(receive) if line.value["t"] != "manifest"]
    if len(records) != 1 or records[0]["t"] != kind:
        raise Fault("ack.form")
    return records[0]


def _held(connection: Connection, bundle: Bundle, statement: Statement) -> chain.Held:
    sibling = _sibling(bundle, statement)
    if sibling is None:
        raise Refusal("file.not_a_sibling")
    rows = connection.execute(
        select(InboxRow.epoch, InboxRow.seq, InboxRow.identity).where(
            InboxRow.kind == "batch", InboxRow.sender == statement.sender
        )
    ).all()
    mine = {row.seq: row.identity for row in rows if row.epoch == statement.epoch}
    device = next((known for known in bundle.devices if known.keyid == statement.sender), None)
    if device is not None and device.status == "revoked" and not mine:
        raise Fault("fvb.revoked", key=statement.sender)  # whoever took the laptop cannot begin anew
    return chain.Held(mine, frozenset({sibling.enrolment, *(row.identity for row in rows)}))


def _sibling(bundle: Bundle, statement: Statement) -> Sibling | None:
    return next((known for known in bundle.siblings if known.device == statement.sender), None)
