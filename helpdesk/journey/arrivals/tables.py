"""The projections of arrivals, profiles and handed-over cases, as lists and counts ask them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class ArrivalRow(Base):
    """One recorded arrival. A case may have several when desks did not know of each other: the earliest counts."""

    __tablename__ = "arrival"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    case_id: Mapped[str] = mapped_column(String(36), index=True)
    on: Mapped[date] = mapped_column(Date, index=True)
    desk: Mapped[int] = mapped_column(Integer)
    persons: Mapped[int] = mapped_column(Integer)
    missing: Mapped[int] = mapped_column(Integer)
    extra: Mapped[int] = mapped_column(Integer)
    other_place: Mapped[bool] = mapped_column(Boolean)
    by_phone: Mapped[bool] = mapped_column(Boolean)
    kits: Mapped[int] = mapped_column(Integer)
    helpline: Mapped[bool] = mapped_column(Boolean)
    registered: Mapped[bool] = mapped_column(Boolean)
    paper_form: Mapped[str | None] = mapped_column(String(16), index=True)


class ProfileRow(Base):
    """One profile; what it says stays in its document."""

    __tablename__ = "arrival_profile"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    on: Mapped[date] = mapped_column(Date)


class HandoverRow(Base):
    """Which desk has a household's case."""

    __tablename__ = "handover"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    desk: Mapped[int] = mapped_column(Integer, index=True)
    from_desk: Mapped[int] = mapped_column(Integer)
    on: Mapped[date] = mapped_column(Date)
