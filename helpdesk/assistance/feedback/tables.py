"""Projections of feedback: what the list, the overdue worklist and the counts ask. No text stands in them.

Beside them two tables that no batch carries: messages nobody sorted yet, and the centre's words on sealed feedback.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class FeedbackRow(Base):
    """One piece of feedback. ``finished`` while nobody waits for an answer; another desk may say a number twice."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(12), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    side: Mapped[str] = mapped_column(String(4))
    type: Mapped[str] = mapped_column(String(8))
    sector: Mapped[str | None] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(10))
    finished: Mapped[bool] = mapped_column(Boolean, index=True)
    due: Mapped[date] = mapped_column(Date, index=True)
    received_on: Mapped[date] = mapped_column(Date, index=True)
    answered_on: Mapped[date | None] = mapped_column(Date)
    household: Mapped[str | None] = mapped_column(String(36), index=True)
    source: Mapped[str] = mapped_column(String(64), index=True)
    opening: Mapped[str | None] = mapped_column(String(36), index=True)


class BoxOpeningRow(Base):
    """A box that was emptied; ``papers`` typed in so far are counted from the records."""

    __tablename__ = "box_opening"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(120))
    on: Mapped[date] = mapped_column(Date, index=True)
    papers: Mapped[int] = mapped_column(Integer)
    confirmed: Mapped[bool] = mapped_column(Boolean)


class MessageRow(Base):
    """A loaded message, at this desk only. Once it is ``taken`` its text and telephone number are gone from here."""

    __tablename__ = "feedback_message"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    received_on: Mapped[date] = mapped_column(Date, index=True)
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    phone: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    taken: Mapped[bool] = mapped_column(Boolean, index=True)


class FeedbackWordRow(Base):
    """At the centre: the neutral word on a sealed record, and the device that is told it (the one that sealed it)."""

    __tablename__ = "feedback_word"

    feedback: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(12), index=True)
    device: Mapped[str] = mapped_column(String(16), index=True)
    state: Mapped[str] = mapped_column(String(10))
    on: Mapped[int] = mapped_column(Integer)
