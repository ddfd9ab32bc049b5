"""Projections of vouchers, payments, reroutings and the ledger: what lists, day's ends and the check page ask.

One table is none: numbers drawn at this desk stand in a table of their own, so that the store itself refuses a second
voucher with one of them.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, String
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
    currency: Mapped[str] = mapped_column(String(3))
    instalment: Mapped[int] = mapped_column(Integer)
    case: Mapped[str | None] = mapped_column(String(36))
    replaces: Mapped[str | None] = mapped_column(String(36), index=True)
    rerouted_to: Mapped[int | None] = mapped_column(Integer)


class DivisionRow(Base):
    """A household and the one that its grants count against too: it was split off, or merged into it."""

    __tablename__ = "division"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    of: Mapped[str] = mapped_column(String(36), index=True)


class PaymentRow(Base):
    """One payment event. Two for one voucher are both kept and found by this table's indexes.

    ``voucher`` and ``household`` are empty for a paper of another desk that was taken in here.
    """

    __tablename__ = "payment"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    voucher: Mapped[str] = mapped_column(String(36), index=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    amount: Mapped[int] = mapped_column(WHOLE)
    paid_on: Mapped[date] = mapped_column(Date, index=True)
    user: Mapped[str] = mapped_column(String(36))
    number: Mapped[str] = mapped_column(String(11), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    pay_point: Mapped[int] = mapped_column(Integer)
    distribution: Mapped[str | None] = mapped_column(String(36), index=True)


class ReroutingRow(Base):
    """A paper taken in at another pay point than its own. ``voucher`` is empty where the family is not known here."""

    __tablename__ = "rerouting"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(11), index=True)
    voucher: Mapped[str] = mapped_column(String(36))
    amount: Mapped[int] = mapped_column(WHOLE)
    from_point: Mapped[int] = mapped_column(Integer)
    to_point: Mapped[int] = mapped_column(Integer)
    on: Mapped[date] = mapped_column(Date, index=True)
    by: Mapped[str] = mapped_column(String(36))


class WitnessRow(Base):
    """A second account's word for a payment or a rerouting."""

    __tablename__ = "voucher_witness"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    what: Mapped[str] = mapped_column(String(12))
    of: Mapped[str] = mapped_column(String(36), index=True)
    on: Mapped[date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String(36))


class LedgerRow(Base):
    """One entry of a desk's ledger. Forks are kept: the place in the chain is not unique here."""

    __tablename__ = "ledger"
    __table_args__ = (Index("ix_ledger_chain", "device", "epoch", "n"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device: Mapped[str] = mapped_column(String(16))
    epoch: Mapped[str] = mapped_column(String(16))
    n: Mapped[int] = mapped_column(WHOLE)
    act: Mapped[str] = mapped_column(String(12))
    voucher: Mapped[str] = mapped_column(String(36), index=True)
    number: Mapped[str | None] = mapped_column(String(11))
    amount: Mapped[int] = mapped_column(WHOLE)
    state: Mapped[str] = mapped_column(String(12))
    payment: Mapped[str | None] = mapped_column(String(36), index=True)
    user: Mapped[str] = mapped_column(String(36))
    on: Mapped[date] = mapped_column(Date, index=True)


class DrawnRow(Base):
    """A number that this desk drew, and the one voucher that bears it. It shows nothing: it is a rule of the store."""

    __tablename__ = "voucher_number"

    number: Mapped[str] = mapped_column(String(11), primary_key=True)
    voucher: Mapped[str] = mapped_column(String(36), unique=True)
