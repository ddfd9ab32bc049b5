"""Projections of feedback: what the list, the overdue worklist and the counts ask. No text stands in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String
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
    source: Mapped[str] = mapped_column(String(80), index=True)


class BoxOpeningRow(Base):
    """A box that was emptied; ``papers`` typed in so far are counted from the records."""

    __tablename__ = "box_opening"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(120))
    on: Mapped[date] = mapped_column(Date, index=True)
    papers: Mapped[int] = mapped_column(Integer)
    confirmed: Mapped[bool] = mapped_column(Boolean)
