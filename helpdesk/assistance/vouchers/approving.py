"""Approving planned vouchers: another hand than whoever planned or registered, signed with her own key."""

from __future__ import annotations

import msgspec

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.finding import opened
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.vault.records import document_of


@command("voucher.approve", roles=(Role.SUPERVISOR,))
def approve(act: Act, vouchers: tuple[str, ...]) -> None:
    """Approve planned vouchers, signed with the supervisor's own key; never her own plan or registration.

    Raises Refusal("voucher.own" | "voucher.state" | "voucher.days" | "voucher.unknown" | "bundle.hard_expired").
    """
    if day_number(act.day) > act.in_force().hard_expires:
        raise Refusal("bundle.hard_expired")
    for voucher_id in vouchers:
        voucher = opened(act, voucher_id, "APPROVE")
        household = document_of(act.connection, HOUSEHOLD, voucher.household)
        if act.user.id in (voucher.planned_by, household.registered_by if household else None):
            raise Refusal("voucher.own")
        approved = msgspec.structs.replace(voucher, state="APPROVED", approved_by=act.user.id)
        act.records.revise(VOUCHER, voucher_id, approved, signed=True)
        ledger.note(act, "APPROVE", voucher_id, approved)
    act.concerns(*vouchers)
