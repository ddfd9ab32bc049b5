"""The projection of opening balances: what was counted before the register began."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class OpeningBalanceRow(Base):
    """The balance of one indicator for one stretch of days before the register; ``beside`` is the footnote's number."""

    __tablename__ = "opening_balance"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(4))
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    number: Mapped[int] = mapped_column(WHOLE)
    beside: Mapped[int] = mapped_column(WHOLE)
