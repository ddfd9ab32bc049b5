"""The projections of distribution days: the days, their lines, and marks."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class DistributionRow(Base):
    """One distribution day."""

    __tablename__ = "distribution"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), index=True)
    pay_point: Mapped[int] = mapped_column(Integer, index=True)
    on: Mapped[date] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(8))


class DistributionLineRow(Base):
    """One line of its list."""

    __tablename__ = "distribution_line"

    distribution: Mapped[str] = mapped_column(String(36), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    voucher: Mapped[str] = mapped_column(String(36), index=True)


class DistributionMarkRow(Base):
    """A line that nobody was paid for."""

    __tablename__ = "distribution_mark"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    distribution: Mapped[str] = mapped_column(String(36), index=True)
    voucher: Mapped[str] = mapped_column(String(36), index=True)
    what: Mapped[str] = mapped_column(String(10))
