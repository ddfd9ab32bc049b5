"""Projections of vouchers and payments: what lists, day's ends and the check page ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class VoucherRow(Base):
    """One voucher. ``number`` is empty until it is printed; another desk may say one twice, and both are kept."""

    __tablename__ = "voucher"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    number: Mapped[str | None] = mapped_column(String(11), index=True)
    grant: Mapped[str] = mapped_column(String(8))
    amount: Mapped[int] = mapped_column(WHOLE)
    state: Mapped[str] = mapped_column(String(12), index=True)
    pay_point: Mapped[int] = mapped_column(Integer)
    last_day: Mapped[date] = mapped_column(Date)
    suspended_until: Mapped[date | None] = mapped_column(Date)


class DivisionRow(Base):
    """A household and the one that its grants count against too: it was split off, or merged into it."""

    __tablename__ = "division"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    of: Mapped[str] = mapped_column(String(36), index=True)


class PaymentRow(Base):
    """One payment event. Two for one voucher are both kept and found by this table's index."""

    __tablename__ = "payment"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    voucher: Mapped[str] = mapped_column(String(36), index=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    amount: Mapped[int] = mapped_column(WHOLE)
    paid_on: Mapped[date] = mapped_column(Date, index=True)
    user: Mapped[str] = mapped_column(String(36))
