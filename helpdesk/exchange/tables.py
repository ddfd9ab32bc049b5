"""What went out of this desk and what came in: the outbox with its write-ahead identities, inbox and doubts."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class OutboxRow(Base):
    """One file of this desk. ``identity`` is NULL while it is being built; setting it is the point of no return.

    ``upto`` and ``audit_upto`` are the last revision and audit entry inside; ``state`` WRITTEN, COPIED, ACCEPTED,
    QUARANTINED or WAITING as the centre's acknowledgement says.
    """

    __tablename__ = "outbox"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(16), primary_key=True)
    seq: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(64), unique=True)
    prev: Mapped[str] = mapped_column(String(64))
    upto: Mapped[int] = mapped_column(WHOLE)
    audit_upto: Mapped[int] = mapped_column(WHOLE)
    records: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(WHOLE)
    made_at: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    ack: Mapped[bytes | None] = mapped_column(LargeBinary)


class TransferRow(Base):
    """A transfer of this desk in the outbox: to which desk it carries how many families."""

    __tablename__ = "transfer"

    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    desk: Mapped[int] = mapped_column(Integer)
    families: Mapped[int] = mapped_column(Integer)


class DoubtRow(Base):
    """A record of another desk that was kept although a signature beside it is missing or false, and why."""

    __tablename__ = "doubt"

    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    identity: Mapped[str] = mapped_column(String(64))


class InboxRow(Base):
    """One file that was taken in or put aside: bundles, acknowledgements, siblings' batches."""

    __tablename__ = "inbox"

    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    sender: Mapped[str] = mapped_column(String(16))
    epoch: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int] = mapped_column(WHOLE)
    code: Mapped[str] = mapped_column(String(40))
    records: Mapped[int] = mapped_column(Integer)
    at: Mapped[str] = mapped_column(String(24))
