"""The projection of arrival packages: movements of the stock."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class KitMoveRow(Base):
    """One movement; ``change`` is what it adds to its desk's stock."""

    __tablename__ = "kit_move"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    desk: Mapped[int] = mapped_column(Integer, index=True)
    on: Mapped[date] = mapped_column(Date)
    what: Mapped[str] = mapped_column(String(10))
    change: Mapped[int] = mapped_column(Integer)
