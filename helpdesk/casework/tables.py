"""The projection of family events: what lists of changes and the links between families ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class FamilyEventRow(Base):
    """One dated change of a household; ``other`` is the household it was split into or merged with."""

    __tablename__ = "family_event"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    what: Mapped[str] = mapped_column(String(16))
    on: Mapped[date] = mapped_column(Date, index=True)
    persons: Mapped[int] = mapped_column(Integer)
    other: Mapped[str | None] = mapped_column(String(36), index=True)
