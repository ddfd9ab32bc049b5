"""What goes wrong with a voucher, and what is done about it: each an act of its own, entered in the ledger."""

from __future__ import annotations

import msgspec

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.finding import known_voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import PAID
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role


@command("voucher.void", roles=(Role.SUPERVISOR,))
def void(act: Act, voucher_id: str, reason: str) -> None:
    """Declare a voucher void before it is paid. Raises Refusal("voucher.paid_void" | "voucher.reason")."""
    voucher = known_voucher(act.connection, voucher_id)
    if voucher.state in PAID:
        raise Refusal("voucher.paid_void")
    if not reason.strip():
        raise Refusal("voucher.reason")
    gone = msgspec.structs.replace(voucher, state="VOID", void_reason=reason)
    act.records.revise(VOUCHER, voucher_id, gone, signed=True)
    ledger.note(act, "VOID", voucher_id, gone)
    act.concerns(voucher_id)
