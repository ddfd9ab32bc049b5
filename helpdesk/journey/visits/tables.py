"""Projections of visits: what lists, seat counts and the visits report ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class VisitRow(Base):
    """One visit. ``destination`` is an id of the gazetteer, where it is listed."""

    __tablename__ = "visit"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(3))
    made_on: Mapped[date] = mapped_column(Date, index=True)
    destination: Mapped[str | None] = mapped_column(String(40))
    seats: Mapped[int] = mapped_column(Integer)
    phase: Mapped[str] = mapped_column(String(1))
    state: Mapped[str] = mapped_column(String(12))


class SeatRow(Base):
    """The offer to one family; ``persons`` how many seats it stands for."""

    __tablename__ = "seat"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    visit: Mapped[str | None] = mapped_column(String(36), index=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(3))
    persons: Mapped[int] = mapped_column(Integer)
    woman: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10), index=True)
    offered_on: Mapped[date] = mapped_column(Date)


class ParticipantRow(Base):
    """One person of a visit. Two desks may both write her down: counts ask for distinct persons."""

    __tablename__ = "participant"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    visit: Mapped[str] = mapped_column(String(36), index=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    person: Mapped[str] = mapped_column(String(36))
    came: Mapped[bool | None] = mapped_column(Boolean)
    found: Mapped[bool] = mapped_column(Boolean)
    decision: Mapped[str | None] = mapped_column(String(3))
