"""Projections of the directory and of deliveries: what lists, indicators and referrals ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class OfferRow(Base):
    """One offer of the directory that a desk wrote; those of the bundle stand beside it."""

    __tablename__ = "offer"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), index=True)
    sector: Mapped[str] = mapped_column(String(8))
    provider: Mapped[str] = mapped_column(Text)
    ended_on: Mapped[date | None] = mapped_column(Date)


class DeliveryRow(Base):
    """One service planned, begun or given. ``household`` is empty for the level COMM."""

    __tablename__ = "delivery"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str | None] = mapped_column(String(36), index=True)
    level: Mapped[str] = mapped_column(String(4))
    item: Mapped[str] = mapped_column(String(4), index=True)
    status: Mapped[str] = mapped_column(String(10), index=True)
    place: Mapped[str | None] = mapped_column(String(40))
    provider: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    planned_on: Mapped[date | None] = mapped_column(Date)
    started_on: Mapped[date | None] = mapped_column(Date)
    completed_on: Mapped[date | None] = mapped_column(Date, index=True)
    quantity: Mapped[int | None] = mapped_column(WHOLE)
    families: Mapped[int | None] = mapped_column(WHOLE)


class PathwayRow(Base):
    """A week's count of pathway information given."""

    __tablename__ = "pathway"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    week_of: Mapped[date] = mapped_column(Date, index=True)
    women: Mapped[int] = mapped_column(WHOLE)
    men: Mapped[int] = mapped_column(WHOLE)
