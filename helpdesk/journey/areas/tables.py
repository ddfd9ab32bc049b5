"""Projections of places: an index of what is recorded of each, and how each stands today.

``area_standing`` is derived (standing.py): it holds every place of the gazetteer with what it lacks, so that lists of
families join it. Nothing reads it as truth; it can be made again at any time.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class AreaRecordRow(Base):
    """One record about a place. ``state`` is its result, state or level; ``plan`` what a part belongs to."""

    __tablename__ = "area_record"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), index=True)
    place: Mapped[str] = mapped_column(Text, index=True)
    day: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(24))
    part_of: Mapped[str | None] = mapped_column(String(36), index=True)


class AreaStandingRow(Base):
    """How one place stands on ``day``: bits of ``missing`` as in AREA_SAFEGUARD's order, 0 when nothing is missing.

    ``until`` is the last day on which that stays so without anything new; ``hold`` an alert; ``result`` of the
    assessment that counts; ``rank`` the severity as 0 (not known) to 4, one more for a hotspot.
    """

    __tablename__ = "area_standing"

    place: Mapped[str] = mapped_column(Text, primary_key=True)
    missing: Mapped[int] = mapped_column(Integer, index=True)
    hold: Mapped[bool] = mapped_column(Boolean)
    result: Mapped[str | None] = mapped_column(String(16))
    until: Mapped[date | None] = mapped_column(Date)
    severity: Mapped[str | None] = mapped_column(String(2))
    hotspot: Mapped[bool] = mapped_column(Boolean)
    rank: Mapped[int] = mapped_column(Integer, index=True)
    day: Mapped[date] = mapped_column(Date)
