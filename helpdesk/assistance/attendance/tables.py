"""The projections of cash-for-work sheets: the sheets, and every day that somebody worked."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class WorkSheetRow(Base):
    """One sheet."""

    __tablename__ = "work_sheet"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), index=True)
    state: Mapped[str] = mapped_column(String(8), index=True)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    persons: Mapped[int] = mapped_column(Integer)
    person_days: Mapped[int] = mapped_column(Integer)


class WorkDayRow(Base):
    """One day of one person on one sheet that counts. Two sheets of two desks may meet here; neither is paid then."""

    __tablename__ = "work_day"

    sheet: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(36), primary_key=True, index=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
