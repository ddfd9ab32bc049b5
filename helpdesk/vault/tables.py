"""The tables every store has: revisions, current records, audit, and the small table of local facts.

Slices add their own tables on the same :class:`Base`; they are projections of the records' heads and can be
rebuilt from the revisions at any time.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

WHOLE = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The base of all tables of the program."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table_of(row: type[Base]) -> Table:
    """The table behind a mapped class, for bulk statements."""
    return cast(Table, row.__table__)


class RevisionRow(Base):
    """One revision or event, grow-only. ``body`` is the canonical JSON that ``hash`` is the SHA-256 of.

    ``origin`` is NULL for what this store's own device wrote, else the identity of the file that brought it.
    """

    __tablename__ = "revision"

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    record: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    ctr: Mapped[int] = mapped_column(WHOLE)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    sig_key: Mapped[str | None] = mapped_column(String(16))
    sig: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    origin: Mapped[str | None] = mapped_column(String(64))


class RecordRow(Base):
    """The current state of one record: its head, or the folded document where there are several heads."""

    __tablename__ = "record"
    __table_args__ = (Index("ix_record_household", "household", "kind"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    household: Mapped[str | None] = mapped_column(String(36))
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    folded: Mapped[bytes | None] = mapped_column(LargeBinary)
    conflict: Mapped[bool] = mapped_column(Boolean, default=False)


class OtherHeadRow(Base):
    """Further heads of a record that several desks wrote at once; ``record.head`` is the highest of all."""

    __tablename__ = "other_head"

    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class ConflictRow(Base):
    """A field that two desks changed differently and no rule may settle: a person at the centre decides."""

    __tablename__ = "conflict"

    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    field: Mapped[str] = mapped_column(String(48), primary_key=True)
    settled: Mapped[bool] = mapped_column(Boolean, default=False)


class AuditRow(Base):
    """One entry of the audit log; ``head`` chains it to all before it (desk/audit.py)."""

    __tablename__ = "audit"

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=False)
    entry: Mapped[str] = mapped_column(Text)
    head: Mapped[bytes] = mapped_column(LargeBinary(32))


class LocalRow(Base):
    """A fact of this laptop alone that never leaves it as a record: key seeds, counters, installed versions."""

    __tablename__ = "local"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
