"""The life of a voucher as a table: which act leads from which state to which, and what counts on a day.

Pure rules; who may act, and what else must be true, the commands ask. Two desks' words on one voucher meet here too:
whatever stops a payment wins over whatever allows it, and a payment is a fact that nothing undoes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.vault.records import safest

UNPAID: Final = ("PLANNED", "APPROVED", "PRINTED", "ISSUED", "UNCLAIMED", "LOST")
"""Nothing was paid for it yet, and something still may be."""
PAPER: Final = ("PRINTED", "ISSUED", "UNCLAIMED")
"""There is a paper with a number that nobody has reported lost."""
PAYABLE: Final = ("PRINTED", "ISSUED")
PAID: Final = ("PAID", "RECONCILED")
LIVE: Final = (*UNPAID, *PAID, "DISPUTED", "SUSPENDED")
"""States of a voucher that holds its grant: no second one is planned beside it."""

_CLOSING: Final = (
    "PLANNED", "APPROVED", "PRINTED", "ISSUED", "UNCLAIMED", "LOST", "REPLACED", "VOID", "PAID", "RECONCILED",
    "DISPUTED",
)  # fmt: skip
"""From open to closed: two desks that disagree leave the later one."""

SAME: Final = ""
"""An act that leaves the state as it was, or brings back the one before."""

STEPS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "PLAN": ((), "PLANNED"),
    "APPROVE": (("PLANNED",), "APPROVED"),
    "PRINT": (("APPROVED",), "PRINTED"),
    "ISSUE": (("PRINTED",), "ISSUED"),
    "PAY": (("ISSUED",), "PAID"),
    "RECONCILE": (("PAID",), "RECONCILED"),
    "UNCLAIMED": (PAYABLE, "UNCLAIMED"),
    "RETURN": (("UNCLAIMED",), "PRINTED"),
    "LOST": (PAPER, "LOST"),
    "REPLACE": (("LOST",), "REPLACED"),
    "DISPUTE": ((*PAPER, "LOST", *PAID), "DISPUTED"),
    "SETTLE": (("DISPUTED",), SAME),
    "REROUTE": (PAPER, SAME),
    "SUSPEND": (UNPAID, SAME),
    "RESUME": (("SUSPENDED",), SAME),
    "VOID": ((*UNPAID, "EXPIRED", "SUSPENDED", "DISPUTED"), "VOID"),
}
"""Each act with the states it begins in and the state it ends in. A disputed voucher that was paid is never void."""


def after(act: str, state: str) -> str:
    """The state that an act leads to from ``state``. Raises Refusal("voucher.state", state=...)."""
    before, then = STEPS[act]
    if state not in before:
        raise Refusal("voucher.state", state=state)
    return then or state


def allowed(state: str) -> tuple[str, ...]:
    """The acts that a voucher in this state is open to."""
    return tuple(act for act, (before, _) in STEPS.items() if state in before)


def effective(state: str, suspended_until: date | None, last_day: date, day: date) -> str:
    """The state that counts on ``day``: what is settled stays so, a suspended one is void after its day.

    An unpaid one is expired after its last day, unless its paper is lost: that is told first.
    """
    if state not in UNPAID:
        return state
    if suspended_until is not None:
        return "SUSPENDED" if day <= suspended_until else "VOID"
    return "EXPIRED" if day > last_day and state != "LOST" else state


def safer_state(one: str, other: str) -> str:
    """What stops a payment beats what allows it; a payment is a fact; a dispute stands until somebody settles it."""
    return safest(_CLOSING, one, other)


def safer_suspension(one: str | None, other: str | None) -> str | None:
    """Suspended at either desk is suspended, until the earlier day (ISO days, as documents hold them)."""
    return min((day for day in (one, other) if day is not None), default=None)
