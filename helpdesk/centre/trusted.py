"""Whom the intake believes: enrolled devices, the supervisors of each desk, and the keys beside single records.

It reads the register and nothing else; which file or record a belief is asked for is decided elsewhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from helpdesk.centre.tables import CentreBatchRow, CentreDeskRow, CentreUserRow
from helpdesk.desk.roles import Role
from helpdesk.exchange.reading import Signer
from helpdesk.exchange.signing import RecordSigner
from helpdesk.exchange.statement import Statement
from helpdesk.vault.keys import key_id


class CentreTrust:
    """The register as a reader of files asks it; ``desks`` by device key id."""

    def __init__(self, register: Connection) -> None:
        self._signers: dict[str, Signer] = {}
        self._revoked: dict[str, int] = {}
        self._epochs: set[tuple[str, str]] = set()
        self.desks: dict[str, Any] = {}
        for desk in register.execute(select(CentreDeskRow)):
            self._signers[desk.device] = Signer(bytes.fromhex(desk.device_public), "device", str(desk.number))
            self.desks[desk.device] = desk
            if desk.revoked_after is not None:
                self._revoked[desk.device] = desk.revoked_after
        for user in known_users(register).values():
            if user.live and user.role == Role.SUPERVISOR:
                # never over a device: an account that claims another desk's key must not silence it
                self._signers.setdefault(key_id(user.public), Signer(user.public, "supervisor", str(user.desk)))
        if self._revoked:
            seen = select(CentreBatchRow.sender, CentreBatchRow.epoch).where(
                CentreBatchRow.state.in_(("accepted", "waiting"))
            )
            self._epochs = {(row.sender, row.epoch) for row in register.execute(seen)}

    def signer(self, key_id: str) -> Signer | None:
        """The key of that name, None when no desk brought it."""
        return self._signers.get(key_id)

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        """A lost laptop is believed up to the last file the centre had in hand, no clock involved.

        Numbers begin anew with each epoch, so only an epoch of which the centre had a file counts.
        """
        if key_id not in self._revoked:
            return False
        return statement.seq > self._revoked[key_id] or (key_id, statement.epoch) not in self._epochs


def known_users(register: Connection) -> dict[str, RecordSigner]:
    """Every account that desks brought, by the id of its key."""
    users = (
        RecordSigner(row.id, row.desk, row.role, bytes.fromhex(row.public), row.status in ("live", "revoked"))
        for row in register.execute(select(CentreUserRow))
    )
    return {key_id(user.public): user for user in users}
