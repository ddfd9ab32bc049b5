"""Projections of returns, calls, attempts and tasks: what the worklist, tasks and the reach rate ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class ReturnedRow(Base):
    """A family whose calls are counted from its own return."""

    __tablename__ = "returned"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    from_on: Mapped[date] = mapped_column(Date, index=True)
    place: Mapped[str | None] = mapped_column(String(40))
    ended_on: Mapped[date | None] = mapped_column(Date)


class CallRow(Base):
    """One round with one family, as far as it went; ``outcome`` follows from the answers (rules.durability)."""

    __tablename__ = "call"
    __table_args__ = (Index("ix_call_start_round", "start", "round"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    round: Mapped[str] = mapped_column(String(2))
    start: Mapped[str] = mapped_column(String(36))
    from_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(8))
    on: Mapped[date | None] = mapped_column(Date, index=True)
    outcome: Mapped[str] = mapped_column(String(8))
    shelter: Mapped[str | None] = mapped_column(String(8))


class AttemptRow(Base):
    """One try to reach a family."""

    __tablename__ = "call_attempt"
    __table_args__ = (Index("ix_call_attempt_start_round", "start", "round"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    round: Mapped[str] = mapped_column(String(2))
    start: Mapped[str] = mapped_column(String(36))
    on: Mapped[date] = mapped_column(Date)
    hour: Mapped[int] = mapped_column(Integer)
    result: Mapped[str] = mapped_column(String(8))
    callback_on: Mapped[date | None] = mapped_column(Date)


class TaskRow(Base):
    """Something to be done within 24 hours."""

    __tablename__ = "task"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    reason: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[str] = mapped_column(String(24), index=True)
    done_at: Mapped[str | None] = mapped_column(String(24), index=True)
