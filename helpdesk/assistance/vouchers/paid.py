"""The payments of a store beside the vouchers they paid, whichever desk's papers they were: what is counted as paid.

A payment is a fact, whatever state its voucher stands in. One that a desk made on a paper taken in names no voucher;
its number tells which it was, once the voucher is known here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Label, Subquery, func, select, union_all

from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow


def paid_vouchers(name: str = "paid") -> CTE:
    """Every payment whose voucher is known, under this name.

    Its columns are ``payment``, ``number``, ``paid_on``, ``paid`` (the amount handed over), ``point``, ``payer``, and
    of the voucher ``voucher``, ``household``, ``grant``, ``case``, ``instalment``.
    """
    named = select(*_columns()).join(VoucherRow, VoucherRow.id == PaymentRow.voucher)
    bearer = _bearers()
    by_number = (
        select(*_columns())
        .join(bearer, bearer.c.number == PaymentRow.number)
        .join(VoucherRow, VoucherRow.id == bearer.c.voucher)
        .where(PaymentRow.voucher == "")
    )
    return union_all(named, by_number).cte(name)


def _columns() -> tuple[Label[Any], ...]:
    return (
        PaymentRow.id.label("payment"),
        PaymentRow.number.label("number"),
        PaymentRow.paid_on.label("paid_on"),
        PaymentRow.amount.label("paid"),
        PaymentRow.pay_point.label("point"),
        PaymentRow.user.label("payer"),
        VoucherRow.id.label("voucher"),
        VoucherRow.household.label("household"),
        VoucherRow.grant.label("grant"),
        VoucherRow.case.label("case"),
        VoucherRow.instalment.label("instalment"),
    )


def _bearers() -> Subquery:
    # two desks that said one number twice: the payment counts for one of them, and the case of the number tells of both
    unnamed = select(PaymentRow.number).where(PaymentRow.voucher == "")
    return (
        select(VoucherRow.number.label("number"), func.min(VoucherRow.id).label("voucher"))
        .where(VoucherRow.number.in_(unnamed))
        .group_by(VoucherRow.number)
        .subquery()
    )
