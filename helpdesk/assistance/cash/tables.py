"""The projections of cash: movements of the box, counts, and second signatures."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class CashMoveRow(Base):
    """Cash that came in (IN) or went back (BACK), in whole dinars."""

    __tablename__ = "cash_move"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    what: Mapped[str] = mapped_column(String(4))
    desk: Mapped[int] = mapped_column(Integer)
    pay_point: Mapped[int] = mapped_column(Integer, index=True)
    on: Mapped[date] = mapped_column(Date, index=True)
    amount: Mapped[int] = mapped_column(WHOLE)


class DayEndRow(Base):
    """One count. ``upto`` is its desk's counter; whether it closes its day is said by ``day_end_signed``."""

    __tablename__ = "day_end"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    desk: Mapped[int] = mapped_column(Integer)
    pay_point: Mapped[int] = mapped_column(Integer, index=True)
    on: Mapped[date] = mapped_column(Date, index=True)
    upto: Mapped[int] = mapped_column(WHOLE)
    by: Mapped[str] = mapped_column(String(36))


class DayEndSignedRow(Base):
    """A second signature under a count."""

    __tablename__ = "day_end_signed"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    day_end: Mapped[str] = mapped_column(String(36), index=True)
    by: Mapped[str] = mapped_column(String(36))


class DayCorrectionRow(Base):
    """What turned out later about a closed day."""

    __tablename__ = "day_correction"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    day_end: Mapped[str] = mapped_column(String(36), index=True)
    amount: Mapped[int] = mapped_column(WHOLE)
    papers: Mapped[int] = mapped_column(Integer)
