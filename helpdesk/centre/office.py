"""A centre that somebody signed in to: its own encrypted folder with the keys, and the register of records.

The register is the same encrypted store, or PostgreSQL. Acts pass the gate of the folder, which keeps the audit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from helpdesk.desk import local, trust
from helpdesk.desk.bundle import ProgrammeKeys
from helpdesk.desk.commands import Act, Gate
from helpdesk.exchange.inbox import LARGEST_CTR
from helpdesk.vault.keys import ReceiveKey, SigningKey
from helpdesk.vault.records import Writer
from helpdesk.vault.store import Store
from helpdesk.vault.tables import RevisionRow

KEPT = "kept"
WAITING = "waiting"
QUARANTINE = "quarantine"
ARRIVING = "arriving"


@dataclass(frozen=True)
class CentreKeys:
    """The keys the intake box holds; roots, recovery and protection are with their officers, never here."""

    config: SigningKey
    ack: SigningKey
    intake: ReceiveKey


@dataclass(frozen=True)
class Office:
    """A signed-in centre. ``home`` is its folder."""

    gate: Gate
    register: Store
    home: Path

    @contextmanager
    def writing(self, act: Act) -> Iterator[Connection]:
        """The register inside an act: the act's own transaction, or one on the server that commits before it."""
        if self.register is self.gate.store:
            yield act.connection
        else:
            with self.register.write() as connection:
                yield connection

    @contextmanager
    def acting(self, act: Act) -> Iterator[Act]:
        """The act with its pen on the register: what is written in it stands there, later than all that came."""
        with self.writing(act) as register:
            pen = act.records
            highest = register.scalar(select(func.max(RevisionRow.ctr))) or 0
            pen.ctr = max(pen.ctr, min(highest, LARGEST_CTR))
            if register is act.connection:
                yield act
                return
            there = Writer(connection=register, stamp=pen.stamp, ctr=pen.ctr, sign=pen.sign)
            yield replace(act, connection=register, records=there)
            there.flush()
            pen.ctr = max(pen.ctr, there.ctr)
            pen.touched |= there.touched

    def keys(self) -> CentreKeys:
        """The keys of this box."""
        with self.gate.store.read() as connection:
            return CentreKeys(
                config=SigningKey.from_seed(local.read(connection, "config_seed")),
                ack=SigningKey.from_seed(local.read(connection, "ack_seed")),
                intake=ReceiveKey.from_text(local.read(connection, "intake_key").decode()),
            )

    def programme(self) -> ProgrammeKeys:
        """The programme this centre leads."""
        with self.gate.store.read() as connection:
            return trust.programme(connection)
