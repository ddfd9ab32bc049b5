"""Giving an unpaid voucher to another adult of the family, after its payee died, left, or cannot come.

The payee of a voucher never changes: the old one is void and a new one is planned, which another supervisor approves.
"""

from __future__ import annotations

import msgspec

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import UNPAID
from helpdesk.casework.roster import adults_of, open_family, people_of
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.vault.records import document_of

REASON = "PAYEE"
"""What stands in a voucher that was void for another payee."""


@command("voucher.reassign", roles=(Role.SUPERVISOR,))
def reassign(act: Act, voucher_id: str, payee: str) -> str:
    """Void a voucher and plan it for another adult, with the same amount; returns the new one's id.

    Raises Refusal("voucher.unknown" | "voucher.state" | "voucher.same_payee" | "voucher.payee_adult").
    """
    voucher = document_of(act.connection, VOUCHER, voucher_id)
    if voucher is None:
        raise Refusal("voucher.unknown")
    state = voucher.on(act.day)
    if state not in UNPAID:
        raise Refusal("voucher.state", state=state)
    if payee == voucher.payee:
        raise Refusal("voucher.same_payee")
    found = open_family(act, voucher.household)
    if payee not in adults_of(people_of(act, voucher.household, found), act.day):
        raise Refusal("voucher.payee_adult")
    void = msgspec.structs.replace(voucher, state="VOID", void_reason=REASON)
    act.records.revise(VOUCHER, voucher_id, void, signed=True)
    ledger.note(act, "VOID", voucher_id, void)
    fresh = msgspec.structs.replace(
        voucher, state="PLANNED", payee=payee, planned_by=act.user.id, number=None, issuer=None, approved_by=None,
        first_day=act.day, alternate=voucher.alternate if voucher.alternate != payee else None, mark="",
        rerouted_to=None,
    )  # fmt: skip
    record = act.new_id()
    act.records.create(VOUCHER, record, fresh)
    ledger.note(act, "PLAN", record, fresh)
    act.concerns(voucher_id, record, voucher.household)
    return record
