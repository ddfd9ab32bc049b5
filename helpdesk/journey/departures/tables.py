"""The projections of departures: movements, their lines, who was told, and closings, as lists and counts ask them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class MovementRow(Base):
    """One movement. Another desk may have drawn the same number: both are kept."""

    __tablename__ = "movement"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(8), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    mode: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12))
    destination: Mapped[str | None] = mapped_column(String(40))


class LineRow(Base):
    """One household on one movement. ``fit`` is whether everybody was found fit, or fit with company."""

    __tablename__ = "movement_line"
    __table_args__ = (Index("ix_movement_line_movement", "movement", "state"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    movement: Mapped[str] = mapped_column(String(36))
    household: Mapped[str] = mapped_column(String(36), index=True)
    state: Mapped[str] = mapped_column(String(12))
    persons: Mapped[int] = mapped_column(Integer)
    fit: Mapped[int] = mapped_column(Integer)
    vehicle: Mapped[str] = mapped_column(String(40))
    paper_form: Mapped[str | None] = mapped_column(String(16), index=True)


class NotificationRow(Base):
    """One authority told of one movement."""

    __tablename__ = "movement_notification"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    movement: Mapped[str] = mapped_column(String(36), index=True)
    authority: Mapped[str] = mapped_column(String(8))
    on: Mapped[date] = mapped_column(Date)


class ClosingRow(Base):
    """One closing of a manifest. More than one for a movement is an incident that this table shows."""

    __tablename__ = "movement_closing"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    movement: Mapped[str] = mapped_column(String(36), index=True)
    on: Mapped[date] = mapped_column(Date)
    departed: Mapped[int] = mapped_column(Integer)
    absent: Mapped[int] = mapped_column(Integer)
    paper_form: Mapped[str | None] = mapped_column(String(16), index=True)


class RoadCallRow(Base):
    """One call on the road."""

    __tablename__ = "road_call"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    movement: Mapped[str] = mapped_column(String(36), index=True)
    at: Mapped[str] = mapped_column(String(24))
