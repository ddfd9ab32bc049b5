"""The projection of referrals: worklists by provider and age, gaps, and the counts of reports."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


class ReferralRow(Base):
    """One referral. ``listed`` is false for sectors that stand in no list."""

    __tablename__ = "referral"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    sector: Mapped[str] = mapped_column(String(8))
    provider: Mapped[str] = mapped_column(Text)
    urgency: Mapped[str] = mapped_column(String(4))
    status: Mapped[str] = mapped_column(String(10), index=True)
    listed: Mapped[bool] = mapped_column(Boolean)
    opened_on: Mapped[date] = mapped_column(Date, index=True)
    due: Mapped[date] = mapped_column(Date, index=True)
    sent_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    end: Mapped[str | None] = mapped_column(String(12))
