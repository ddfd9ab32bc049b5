"""The projection of clearances: what facts, worklists and the ageing report ask without opening a document."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class ClearanceRow(Base):
    """One authority's answer for one traveller. Two desks may each have recorded one: both are kept."""

    __tablename__ = "clearance"
    __table_args__ = (
        Index("ix_clearance_status_valid_until", "status", "valid_until", "household"),
        Index("ix_clearance_status_authority", "status", "authority"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    person: Mapped[str] = mapped_column(String(36))
    authority: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(8))
    on: Mapped[date] = mapped_column(Date)
    applied_on: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
