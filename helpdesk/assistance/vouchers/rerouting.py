"""Taking a paper in at another pay point than its own: a supervisor reads its code, a second account stands for it.

Counted, and capped by the signed terms for each pay point and day; whoever took it in does not pay it. The family's own
desk may not know of it for days, so both payments would be kept, and told as one case at the centre.
"""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.checks import VoucherCode, read_code, verdict
from helpdesk.assistance.vouchers.documents import Rerouting, Witness
from helpdesk.assistance.vouchers.finding import id_of, known_voucher, payment_of
from helpdesk.assistance.vouchers.kinds import REROUTING, VOUCHER, WITNESS
from helpdesk.assistance.vouchers.life import PAYABLE
from helpdesk.assistance.vouchers.tables import ReroutingRow, WitnessRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES, Role
from helpdesk.vault.records import document_of

_WHAT = "REROUTING"


class Waiting(Struct, frozen=True):
    """A paper that was taken in and that no second account has stood for; ``own``: whoever asks took it in herself."""

    id: str
    taken: Rerouting
    own: bool


class Rerouted(Struct, frozen=True):
    """How many papers of other pay points one pay point took in on a day, and for how much (whole units)."""

    on: date
    to_point: int
    vouchers: int
    amount: int


@command("voucher.reroute", roles=(Role.SUPERVISOR,))
def take_in(act: Act, scanned: str, to_point: int) -> str:
    """Take in a paper whose code was scanned here; returns the rerouting's id, for a second account to confirm.

    Raises Refusal("voucher.pay_point" | "voucher.not_rerouted", verdict=... | "voucher.rerouted" |
    "voucher.reroute_cap", most=...).
    """
    bundle = act.in_force()
    if to_point not in {point.number for point in bundle.desk.pay_points}:
        raise Refusal("voucher.pay_point")
    seen = verdict(act, scanned)
    code = _code(act, scanned) if seen.code == "ELSEWHERE" else None
    if code is None:
        raise Refusal("voucher.not_rerouted", verdict=seen.code)
    earlier = select(ReroutingRow.id).where(ReroutingRow.number == code.number).limit(1)
    if act.connection.scalar(earlier) is not None:
        raise Refusal("voucher.rerouted")
    today = select(func.count()).select_from(ReroutingRow)
    count = act.connection.scalar(today.where(ReroutingRow.to_point == to_point, ReroutingRow.on == act.day))
    if (count or 0) >= bundle.money.reroute_cap:
        raise Refusal("voucher.reroute_cap", most=bundle.money.reroute_cap)
    voucher_id = id_of(act.connection, code.number) or ""
    rerouting_id = act.new_id()
    taken = _rerouting(act, code, to_point, voucher_id)
    act.records.create(REROUTING, rerouting_id, taken, signed=True)
    state = known_voucher(act.connection, voucher_id).state if voucher_id else "PRINTED"
    ledger.enter(act, "REROUTE", voucher_id, code.number, code.amount, state)
    act.concerns(rerouting_id)
    return rerouting_id


@command("voucher.confirm_reroute", roles=FAMILIES)
def confirm(act: Act, rerouting_id: str) -> str:
    """The second account's word; from now on the paper is paid here. Returns its number.

    Raises Refusal("voucher.reroute_unknown" | "voucher.same_person" | "voucher.state").
    """
    taken = document_of(act.connection, REROUTING, rerouting_id)
    if taken is None:
        raise Refusal("voucher.reroute_unknown")
    if taken.by == act.user.id:
        raise Refusal("voucher.same_person")
    word = Witness(_WHAT, rerouting_id, taken.household, act.day, act.user.id)
    act.records.create(WITNESS, act.new_id(), word, signed=True)
    if taken.voucher:
        voucher = known_voucher(act.connection, taken.voucher)
        state = "PAID" if payment_of(act.connection, taken.voucher) is not None else voucher.on(act.day)
        if state not in PAYABLE:
            raise Refusal("voucher.state", state=state)
        rerouted = msgspec.structs.replace(voucher, rerouted_to=taken.to_point)
        act.records.revise(VOUCHER, taken.voucher, rerouted, signed=True)
    act.concerns(rerouting_id)
    return taken.number


def waiting(view: View) -> tuple[Waiting, ...]:
    """What was taken in here and still waits for a second account, the first at the top.

    Raises Refusal("role.not_allowed").
    """
    view.only(NAMES)
    if view.bundle is None:
        return ()
    taker = aliased(ReroutingRow)
    confirmed = (
        select(WitnessRow.of)
        .join(taker, taker.id == WitnessRow.of)
        .where(WitnessRow.what == _WHAT, WitnessRow.by != taker.by)
    )
    ids = select(ReroutingRow.id).where(ReroutingRow.id.not_in(confirmed)).order_by(ReroutingRow.id)
    found = ((one, document_of(view.connection, REROUTING, one)) for one in view.connection.scalars(ids).all())
    points = {point.number for point in view.in_force().desk.pay_points}
    return tuple(
        Waiting(one, taken, taken.by == view.user.id)
        for one, taken in found
        if taken is not None and taken.to_point in points and taken.last_day >= view.day
    )


def rerouted(view: View, first: date, last: date) -> tuple[Rerouted, ...]:
    """What was taken in from a day to a day, both with it, by day and pay point. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    rows = view.connection.execute(
        select(ReroutingRow.on, ReroutingRow.to_point, func.count(), func.sum(ReroutingRow.amount))
        .where(ReroutingRow.on.between(first, last))
        .group_by(ReroutingRow.on, ReroutingRow.to_point)
        .order_by(ReroutingRow.on, ReroutingRow.to_point)
    )
    return tuple(Rerouted(on, point, count, int(amount)) for on, point, count, amount in rows)


def _code(act: Act, scanned: str) -> VoucherCode | None:
    try:
        return read_code(act.in_force(), scanned)
    except Fault:
        return None


def _rerouting(act: Act, code: VoucherCode, to_point: int, voucher_id: str) -> Rerouting:
    return Rerouting(
        number=code.number,
        household_number=code.household_number,
        amount=code.amount,
        currency=code.currency,
        grant=code.grant,
        first_day=code.first_day,
        last_day=code.last_day,
        policy=code.policy,
        issuer=code.issuer.keyid,
        from_point=code.pay_point,
        to_point=to_point,
        on=act.day,
        by=act.user.id,
        voucher=voucher_id,
        household=known_voucher(act.connection, voucher_id).household if voucher_id else "",
    )
