"""What a desk notes of a sibling's records that it keeps although it cannot believe who made them.

Judged by the centre's own rule (signing.py) and the accounts of the bundle; a note stands in the audit log and among
the supervisor's exceptions. It never undoes anything: paid cash is paid, and a person must look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import insert, select

from helpdesk.core.errors import code
from helpdesk.desk.commands import Act
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.desk.users import USER, UserRecord
from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.signing import Judged, RecordSigner, firsts, judge
from helpdesk.exchange.tables import DoubtRow
from helpdesk.vault.keys import key_id
from helpdesk.vault.records import decode_revision
from helpdesk.vault.tables import RevisionRow

MOVED = code("record.moved")
_UNPROVED = code("user.unproved")
STRANGE = code("transfer.strange_device")


class Doubts:
    """The notes of one file of the desk with the device key ``sender``; ``identity`` is the file.

    A batch holds its sender's own records alone; a transfer those of every desk that served its families.
    """

    def __init__(self, act: Act, sender: str, identity: str) -> None:
        self._act = act
        self._identity = identity
        bundle = act.in_force()
        self._desks = {device.keyid: device.desk for device in bundle.devices}
        self._desk = self._desks.get(sender, 0)
        self._signers = {
            key_id(bytes.fromhex(user.pub)): RecordSigner(
                user.id, user.desk, user.role, bytes.fromhex(user.pub), user.status in ("live", "revoked")
            )
            for user in (*bundle.users, *bundle.centre_users)
        }
        self._noted = {(row.record, row.code) for row in act.connection.execute(select(DoubtRow))}
        self._remember_users(sender)

    def judge(self, chunk: Sequence[Arrived]) -> None:
        """Note every record of these whose signature is missing or false; before they are taken in."""
        first = firsts(self._act.connection, chunk)
        found: list[tuple[str, str]] = []
        for arrived in chunk:
            desk = self._desks.get(arrived.revision.device, 0)
            judged = judge(arrived, self._signers, desk, is_first=arrived.hash in first)
            found.extend((arrived.revision.id, why) for why in judged.codes)
            if not desk and (judged.signer is None or judged.signer.role != Role.CENTRE):
                found.append((arrived.revision.id, STRANGE))
            if arrived.revision.kind == USER.name and not self._is_learned(arrived, judged):
                found.append((arrived.revision.id, _UNPROVED))
        self.note(found)

    def note(self, found: Iterable[tuple[str, str]]) -> None:
        """Keep (record, code) for the supervisor and in the audit log, each once."""
        for record, why in found:
            if (record, why) in self._noted:
                continue
            self._noted.add((record, why))
            self._act.connection.execute(insert(DoubtRow).values(record=record, code=why, identity=self._identity))
            self._act.concerns(why, record)

    def _is_learned(self, arrived: Arrived, judged: Judged) -> bool:
        signer = judged.signer
        if signer is None or judged.codes or signer.role != Role.ADMINISTRATOR:
            return False
        return self._learn(arrived.revision.id, arrived.document)

    def _learn(self, user: str, document: UserRecord) -> bool:
        # an account that came after the bundle; the bundle's own word on a key stays
        if document.role not in EVERYBODY:
            return False
        try:
            public = bytes.fromhex(document.public)
        except ValueError:
            return False
        known = self._signers.get(key_id(public))
        if known is not None and known.id != user:
            return False
        live = document.live and (known is None or known.live)
        self._signers[key_id(public)] = RecordSigner(user, self._desk, document.role, public, live)
        return True

    def _remember_users(self, sender: str) -> None:
        doubtful = {record for record, _ in self._noted}
        rows = self._act.connection.execute(
            select(RevisionRow.record, RevisionRow.body)
            .where(RevisionRow.kind == USER.name, RevisionRow.origin.is_not(None))
            .order_by(RevisionRow.n)
        )
        for row in rows:
            revision = decode_revision(bytes(row.body))
            if revision.device == sender and row.record not in doubtful:
                self._learn(row.record, USER.decode(bytes(revision.doc)))
