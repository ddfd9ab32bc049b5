"""The centre's own tables, beside the records it shares with desks: desks, their keys, batches, allotted numbers.

They stand in the register, which is the encrypted store of a small office or PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class CentreDeskRow(Base):
    """An enrolled desk. ``revoked_after`` is the last file believed of a lost laptop; NULL while it is live.

    ``revoked_on`` is the day it was told: what its card key signed later counts nowhere.
    """

    __tablename__ = "centre_desk"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(String(3))
    site: Mapped[str | None] = mapped_column(String(40))
    device: Mapped[str] = mapped_column(String(16), unique=True)
    device_public: Mapped[str] = mapped_column(String(64))
    card_public: Mapped[str] = mapped_column(String(64), unique=True)
    receive: Mapped[str] = mapped_column(String(80))
    enrolment: Mapped[str] = mapped_column(String(64))
    enrolled_on: Mapped[int] = mapped_column(Integer)
    revoked_after: Mapped[int | None] = mapped_column(WHOLE)
    revoked_on: Mapped[int | None] = mapped_column(Integer)


class CentreUserRow(Base):
    """An account of a desk as the centre knows it: id, role, key, no name. ``status`` live, closed or revoked.

    ``revoked``: open until its desk was lost; it is believed in what the desk sent before, and nowhere else.
    ``closed_on`` is the number of the day on which its desk closed it: what its key signed later counts nowhere.
    """

    __tablename__ = "centre_user"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    desk: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(String(16))
    public: Mapped[str] = mapped_column(String(64), unique=True)
    status: Mapped[str] = mapped_column(String(10))
    closed_on: Mapped[int | None] = mapped_column(Integer)


class CentreBatchRow(Base):
    """One batch: taken in, waiting for one before it, or in quarantine. ``ack`` is the answer as it was given."""

    __tablename__ = "centre_batch"
    __table_args__ = (
        # one file for each number is taken in; any number of forks and damaged copies may lie beside it
        Index(
            "uq_centre_batch_accepted",
            "sender",
            "epoch",
            "seq",
            unique=True,
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
        Index("ix_centre_batch_sender", "sender", "epoch"),
    )

    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    sender: Mapped[str] = mapped_column(String(16))
    epoch: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int] = mapped_column(WHOLE)
    prev: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    code: Mapped[str | None] = mapped_column(String(40))
    line: Mapped[int | None] = mapped_column(Integer)
    records: Mapped[int] = mapped_column(Integer)
    audit_size: Mapped[int] = mapped_column(WHOLE)
    audit_head: Mapped[str] = mapped_column(String(64))
    ack: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[str] = mapped_column(String(24))
    answered: Mapped[int] = mapped_column(Integer, default=0)


class CentreWaiverRow(Base):
    """A batch that a person gave up so that its desk's chain goes on; its content is never taken in.

    ``identity`` is the file's, as it came or as the one after it names it.
    """

    __tablename__ = "centre_waiver"

    sender: Mapped[str] = mapped_column(String(16), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(16), primary_key=True)
    seq: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(64))
    user: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(24))


class CentreAuditRow(Base):
    """The audit entries of the desks, as their batches brought them."""

    __tablename__ = "centre_audit"

    sender: Mapped[str] = mapped_column(String(16), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(16), primary_key=True)
    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=False)
    entry: Mapped[str] = mapped_column(Text)


class CentreBundleRow(Base):
    """The bundles that were written for each desk."""

    __tablename__ = "centre_bundle"

    desk: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class CentreBlockRow(Base):
    """A block of numbers that was allotted to a desk; never twice, by this key."""

    __tablename__ = "centre_block"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    first: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(Integer)
    desk: Mapped[int] = mapped_column(Integer, index=True)


class CentreAlarmRow(Base):
    """Something a person must look at: a fork, a broken audit chain, a false signature beside a record."""

    __tablename__ = "centre_alarm"

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    identity: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(40))
    record: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[str] = mapped_column(String(24))


class CentreCodeRow(Base):
    """One change of an entry of a code list; the newest of an entry holds. ``labels`` is JSON, by language."""

    __tablename__ = "centre_code"

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    list: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(16))
    labels: Mapped[str] = mapped_column(Text)
    retired: Mapped[bool] = mapped_column(Boolean)
    user: Mapped[str] = mapped_column(String(36))
    at: Mapped[str] = mapped_column(String(24))


class CentreTransferRow(Base):
    """A lost desk's transfer that a person believes: whose it was, who said so and why."""

    __tablename__ = "centre_transfer"

    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    desk: Mapped[int] = mapped_column(Integer)
    user: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(24))
