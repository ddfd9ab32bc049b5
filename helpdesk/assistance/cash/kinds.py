"""The kinds of record cash consists of: all of them events, so that nothing of them is ever changed."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.cash.documents import CashIn, CashReturned, DayCorrection, DayEnd, DayEndSigned
from helpdesk.assistance.cash.tables import CashMoveRow, DayCorrectionRow, DayEndRow, DayEndSignedRow
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import table_of

IN, BACK = "IN", "BACK"


def _move(record_id: str, doc: CashIn | CashReturned) -> Iterable[Row]:
    yield {
        "id": record_id,
        "what": IN if isinstance(doc, CashIn) else BACK,
        "desk": doc.desk,
        "pay_point": doc.pay_point,
        "on": doc.on,
        "amount": doc.amount,
    }


def _end(record_id: str, doc: DayEnd) -> Iterable[Row]:
    yield {
        "id": record_id,
        "desk": doc.desk,
        "pay_point": doc.pay_point,
        "on": doc.on,
        "upto": doc.upto,
        "by": doc.by,
    }


def _signed(record_id: str, doc: DayEndSigned) -> Iterable[Row]:
    yield {"id": record_id, "day_end": doc.day_end, "by": doc.by}


def _correction(record_id: str, doc: DayCorrection) -> Iterable[Row]:
    yield {"id": record_id, "day_end": doc.day_end, "amount": doc.amount, "papers": doc.papers}


CASH_IN = Kind("cash_in", CashIn, projections=(Projection(table_of(CashMoveRow), "id", _move),), event=True)
CASH_RETURNED = Kind(
    "cash_returned", CashReturned, projections=(Projection(table_of(CashMoveRow), "id", _move),), event=True
)
DAY_END = Kind("day_end", DayEnd, projections=(Projection(table_of(DayEndRow), "id", _end),), event=True)
DAY_END_SIGNED = Kind(
    "day_end_signed", DayEndSigned, projections=(Projection(table_of(DayEndSignedRow), "id", _signed),), event=True
)
DAY_CORRECTION = Kind(
    "day_correction",
    DayCorrection,
    projections=(Projection(table_of(DayCorrectionRow), "id", _correction),),
    event=True,
)
KINDS = (CASH_IN, CASH_RETURNED, DAY_END, DAY_END_SIGNED, DAY_CORRECTION)
