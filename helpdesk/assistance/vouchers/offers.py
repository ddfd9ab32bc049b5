"""What whoever pays must know before the money is counted out: who may collect, and what else must be true.

It reads and decides nothing; paying.py refuses whatever is not so.
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.vouchers.documents import Rerouting
from helpdesk.assistance.vouchers.finding import by_number, id_of
from helpdesk.assistance.vouchers.kinds import REROUTING
from helpdesk.assistance.vouchers.lines import VoucherShown, shown
from helpdesk.assistance.vouchers.questions import PaidBefore, paid_before
from helpdesk.assistance.vouchers.tables import ReroutingRow, WitnessRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.desk.users import same_names
from helpdesk.households.kinds import PERSON
from helpdesk.vault.records import document_of


class Offer(Struct, frozen=True):
    """One voucher that somebody holds up to be paid.

    ``alternate`` is the name of the adult who may collect instead, "" for none; ``second`` NOT_NEEDED, NEEDED or
    GIVEN; ``approved``: whoever asks approved it, so another pays; ``taken_in``: the paper of a family
    that only another desk knows, whose name stands on the paper alone; ``same_names`` accounts that carry one name.
    """

    voucher: VoucherShown
    alternate: str = ""
    second: str = "NOT_NEEDED"
    approved: bool = False
    taken_in: bool = False
    maybe_paid: PaidBefore | None = None
    same_names: tuple[tuple[str, ...], ...] = ()


def offer_of(view: View, number: str) -> Offer:
    """What is known of a number that is held up. Raises Refusal("voucher.unknown")."""
    view.only(NAMES)
    if id_of(view.connection, number) is None:
        return _taken_in(view, number)
    voucher_id, voucher = by_number(view.connection, number)
    line = shown(view, voucher_id, voucher)
    alternate = document_of(view.connection, PERSON, voucher.alternate) if voucher.alternate else None
    return Offer(
        voucher=line,
        alternate=alternate.full_name if alternate is not None and not alternate.gone else "",
        second=_second(view, voucher_id) if line.own else "NOT_NEEDED",
        approved=voucher.approved_by == view.user.id,
        maybe_paid=_open_question(view, voucher_id),
        same_names=tuple(tuple(account.name for account in accounts) for accounts in same_names(view)),
    )


def _second(view: View, voucher_id: str) -> str:
    word = select(WitnessRow.id).where(
        WitnessRow.what == "PAYMENT", WitnessRow.of == voucher_id, WitnessRow.on == view.day,
        WitnessRow.by != view.user.id,
    )  # fmt: skip
    return "NEEDED" if view.connection.scalar(word.limit(1)) is None else "GIVEN"


def _open_question(view: View, voucher_id: str) -> PaidBefore | None:
    hit = paid_before(view, voucher_id)
    return hit if hit is not None and not hit.answer else None


def _taken_in(view: View, number: str) -> Offer:
    record = view.connection.scalar(
        select(ReroutingRow.id).where(ReroutingRow.number == number).order_by(ReroutingRow.id).limit(1)
    )
    taken: Rerouting | None = document_of(view.connection, REROUTING, record) if record else None
    if taken is None:
        raise Refusal("voucher.unknown")
    line = VoucherShown(
        id="",
        number=number,
        household="",
        household_number=taken.household_number,
        payee="",
        grant=taken.grant,
        amount=taken.amount,
        currency=taken.currency,
        state="PRINTED",
        pay_point=taken.to_point,
        first_day=taken.first_day,
        last_day=taken.last_day,
        own=taken.by == view.user.id,
    )
    return Offer(line, taken_in=True)
