"""Projections of sample checks and of reasons for other cash, as approving and lists ask them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class SampleCheckRow(Base):
    """One voucher that was opened before a list was approved."""

    __tablename__ = "sample_check"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    voucher: Mapped[str] = mapped_column(String(36), index=True)
    seen: Mapped[str] = mapped_column(String(64))
    right: Mapped[bool] = mapped_column(Boolean)
    by: Mapped[str] = mapped_column(String(36))
    on: Mapped[date] = mapped_column(Date, index=True)


class CashNeedRow(Base):
    """One reason for other cash; ``voucher`` is empty while nothing was planned for it."""

    __tablename__ = "cash_need"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    voucher: Mapped[str | None] = mapped_column(String(36))
    by: Mapped[str] = mapped_column(String(36))
    on: Mapped[date] = mapped_column(Date)
