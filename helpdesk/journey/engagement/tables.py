"""Projections of sessions, events and lessons: what lists, counts and the reach report ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class EventRow(Base):
    """One session or event. ``place`` is an id of the gazetteer, where it is listed."""

    __tablename__ = "event"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    side: Mapped[str] = mapped_column(String(3))
    level: Mapped[str] = mapped_column(String(4))
    held_on: Mapped[date] = mapped_column(Date, index=True)
    place: Mapped[str | None] = mapped_column(String(40))
    phase: Mapped[str] = mapped_column(String(1))
    women_only: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(12))


class AttendanceRow(Base):
    """A family at an event. Two desks may both write it down: counts ask for distinct households."""

    __tablename__ = "attendance"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    event: Mapped[str] = mapped_column(String(36), index=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    present: Mapped[bool] = mapped_column(Boolean)


class AttendedRow(Base):
    """One person of a family at an event; a person counts once however often she is written down."""

    __tablename__ = "attended"

    attendance: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(36), primary_key=True)
    event: Mapped[str] = mapped_column(String(36), index=True)


class HeadCountRow(Base):
    """How many unregistered people of one sex and age band one count found."""

    __tablename__ = "head_count"

    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    sex: Mapped[str] = mapped_column(String(1), primary_key=True)
    band: Mapped[str] = mapped_column(String(5), primary_key=True)
    event: Mapped[str] = mapped_column(String(36), index=True)
    persons: Mapped[int] = mapped_column(Integer)


class QuestionRow(Base):
    """A question that was raised; its words stay in the record."""

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    event: Mapped[str] = mapped_column(String(36), index=True)
    topic: Mapped[str | None] = mapped_column(String(8))
    answered: Mapped[bool] = mapped_column(Boolean)


class LessonRow(Base):
    """A lesson or problem; its words stay in the record."""

    __tablename__ = "lesson"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    noted_on: Mapped[date] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
