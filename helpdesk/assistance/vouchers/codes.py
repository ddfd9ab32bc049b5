"""Code lists of vouchers: states, acts, who collects, how it is signed, and what can be wrong with the ledger.

Which act leads from which state to which stands in life.py; nothing is decided here.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

STATE: Final = CodeList(
    "voucher_state", "PLANNED", "APPROVED", "PRINTED", "ISSUED", "PAID", "RECONCILED", "UNCLAIMED", "DISPUTED", "LOST",
    "REPLACED", "EXPIRED", "SUSPENDED", "VOID",
)  # fmt: skip
"""EXPIRED and SUSPENDED are never written: they follow from ``last_day`` and ``suspended_until`` (life.py)."""

ACT: Final = CodeList(
    "voucher_act", "PLAN", "APPROVE", "PRINT", "ISSUE", "PAY", "RECONCILE", "UNCLAIMED", "RETURN", "LOST", "REPLACE",
    "DISPUTE", "SETTLE", "REROUTE", "SUSPEND", "RESUME", "VOID",
)  # fmt: skip
"""What the ledger says was done to a voucher."""

IDENTITY: Final = CodeList("identity", "SEEN", "ATTESTED")
"""An identity paper was seen, or the principal of the household said who it is."""

COLLECTOR: Final = CodeList("collector", "PAYEE", "ALTERNATE")
MARK: Final = CodeList("mark", "SIGNATURE", "THUMB")

WITNESSED: Final = CodeList("witnessed", "PAYMENT", "REROUTING")
"""What a second account stands for with her own key."""

FLAW: Final = CodeList(
    "ledger_flaw", "GAP", "CUT_OFF", "BROKEN", "FORK", "ALTERED", "REMOVED", "CHANGED_ROW", "FALSE_SIGNATURE",
    "REUSED_NUMBER", "PAYMENT_WITHOUT_ENTRY", "ENTRY_WITHOUT_PAYMENT", "STATE_DIFFERS",
)  # fmt: skip

REPRINTED: Final = "REPRINTED"
"""Stands as the reason in a voucher whose paper was spoiled: another one, with another number, replaces it."""
