"""What the paid list makes a desk ask: was this grant not paid to the family elsewhere? A question, never a refusal.

It stands beside planning, paying and the verdict of a check until a supervisor has answered it with her signature; her
answer changes no voucher. Who finds that a grant is not due declares its voucher void as always.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.settled import PAID_ANSWER, PAID_QUESTION, PaidQuestion, PaidQuestionRow
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.core.clock import day_of
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.paid_list import on_list
from helpdesk.desk.roles import Role
from helpdesk.households.rules import among as on_codes
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.bulk import among
from helpdesk.vault.records import document_of

ASKED: Final = ("PLANNED", "APPROVED", "PRINTED", "ISSUED", "UNCLAIMED", "DISPUTED")
"""States in which an answer can still keep money in the box."""


class PaidBefore(Struct, frozen=True):
    """A hit for one voucher. ``answer`` a code of ``paid_answer``, "" while nobody has answered."""

    voucher: str
    household: str
    household_number: str
    number: str | None
    grant: str
    list_day: date
    answer: str


def paid_before(view: View, voucher: str) -> PaidBefore | None:
    """The hit of one voucher that is not paid yet, None without one."""
    found = _hits(view, (voucher,))
    return found[0] if found else None


def open_questions(view: View) -> tuple[PaidBefore, ...]:
    """Every hit that nobody has answered, in the order of planning."""
    return tuple(hit for hit in _hits(view, None) if not hit.answer)


@command("paid.answer", roles=(Role.SUPERVISOR,))
def answer(act: Act, voucher: str, said: str, note: str = "") -> str:
    """Answer the question about a voucher, signed; returns the record.

    Raises Refusal("form.code" | "voucher.unknown" | "paid.no_question").
    """
    on_codes(said, PAID_ANSWER, "answer")
    known = document_of(act.connection, VOUCHER, voucher)
    if known is None:
        raise Refusal("voucher.unknown")
    hit = paid_before(act, voucher)
    if hit is None:
        raise Refusal("paid.no_question")
    record = act.new_id()
    word = PaidQuestion(
        known.household, voucher, known.grant, hit.list_day, said, act.day, act.user.id, note=clean(note)
    )
    act.records.create(PAID_QUESTION, record, word, signed=True)
    act.concerns(record, voucher)
    return record


def _hits(view: View, vouchers: Sequence[str] | None) -> list[PaidBefore]:
    told = view.bundle.paid if view.bundle else None
    if told is None:
        return []
    statement = (
        select(VoucherRow, HouseholdRow.number.label("of"))
        .join(HouseholdRow, HouseholdRow.id == VoucherRow.household)
        .where(VoucherRow.state.in_(ASKED))
        .order_by(VoucherRow.id)
    )
    if vouchers is not None:
        statement = statement.where(among(view.connection, VoucherRow.id, vouchers))
    rows = view.connection.execute(statement).all()
    maybe = on_list(view, {(row.of, row.grant) for row in rows})
    rows = [row for row in rows if (row.of, row.grant) in maybe]
    day = day_of(told.day)
    answers = _answers(view, [row.id for row in rows], day)
    return [
        PaidBefore(row.id, row.household, row.of, row.number, row.grant, day, answers.get(row.id, "")) for row in rows
    ]


def _answers(view: View, vouchers: Sequence[str], list_day: date) -> dict[str, str]:
    if not vouchers:
        return {}
    rows = view.connection.execute(
        select(PaidQuestionRow)
        .where(among(view.connection, PaidQuestionRow.voucher, vouchers))
        .order_by(PaidQuestionRow.id)
    )
    return {row.voucher: row.answer for row in rows if row.answer != "NOT_PAID" or row.list_day >= list_day}
