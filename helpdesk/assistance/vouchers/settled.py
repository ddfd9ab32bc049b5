"""What persons said, signed, where the program can only ask: of payments made twice, and of hits on the paid list.

Documents, kinds and rows alone. Both are events: two desks' words never meet in one record, and none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.core.codes import CodeList
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import Base, table_of

OUTCOME: Final = CodeList(
    "double_outcome", "SAME_RECORDED_TWICE", "PAID_TWICE_RECOVERED", "PAID_TWICE_WRITTEN_OFF", "FRAUD_REFERRED"
)
"""What a double payment turned out to be."""
PAID_ANSWER: Final = CodeList("paid_answer", "NOT_PAID", "DUE_AGAIN", "PAID_ELSEWHERE")
"""A hit was chance; it was paid and is due all the same, an instalment for one; it was paid, and is not due again."""


class DoubleSettled(Struct, frozen=True, forbid_unknown_fields=True):
    """What a double payment was. ``payments`` are the hashes of all payments of the case, in order.

    ``recovered`` is what came back of it, in whole units. ``household`` is that of the first payment, "" where unknown.
    """

    household: str
    payments: tuple[str, ...]
    outcome: str
    recovered: int
    on: date
    by: str
    note: str


class PaidQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A supervisor's answer to a hit on the paid list of ``list_day`` for one voucher, a code of ``paid_answer``.

    NOT_PAID holds for lists up to that day, the others for good.
    """

    household: str
    voucher: str
    grant: str
    list_day: date
    answer: str
    on: date
    by: str
    note: str = ""


class DoubleSettledRow(Base):
    """One word on a double payment; which payments it is about stands in the record."""

    __tablename__ = "double_settled"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(24))


class PaidQuestionRow(Base):
    """One answer to a hit on the paid list."""

    __tablename__ = "paid_question"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    voucher: Mapped[str] = mapped_column(String(36), index=True)
    answer: Mapped[str] = mapped_column(String(16))
    list_day: Mapped[date] = mapped_column(Date)


def _settled_rows(record_id: str, doc: DoubleSettled) -> Iterable[Row]:
    yield {"id": record_id, "outcome": doc.outcome}


def _question_rows(record_id: str, doc: PaidQuestion) -> Iterable[Row]:
    yield {"id": record_id, "voucher": doc.voucher, "answer": doc.answer, "list_day": doc.list_day}


DOUBLE_SETTLED: Final = Kind(
    "double_settled",
    DoubleSettled,
    household=lambda _id, doc: doc.household or None,
    projections=(Projection(table_of(DoubleSettledRow), "id", _settled_rows),),
    event=True,
)
PAID_QUESTION: Final = Kind(
    "paid_question",
    PaidQuestion,
    projections=(Projection(table_of(PaidQuestionRow), "id", _question_rows),),
    event=True,
)
KINDS = (DOUBLE_SETTLED, PAID_QUESTION)
