"""The types of grants (DOMAIN.md 2.14), and the reasons why one is due to a family or not.

The ministry's own return grant is none of them: it is only noted on the family (ministry.py).
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

GRANT = CodeList("grant", "TRN", "DEP", "RIN", "RIG", "CFW", "CASH", "LIV", "SME", "KIT")
"""Transportation, departure, reinstallation, reintegration, cash-for-work, other cash, livelihood, enterprise, kit."""
MOVEMENT: Final = ("TRN", "DEP", "RIN")
"""Grants of a movement: never for a host family, and once in a case, all instalments together."""
ONCE: Final = (*MOVEMENT, "RIG", "LIV", "SME")
"""Grants that a case has once; where there is no case, a household."""
IN_KIND: Final = "KIT"
"""Counted in packages and issued from stock: no voucher is ever planned for it."""
BY_DAYS: Final = "CFW"
"""Paid for each day that somebody worked, from signed attendance."""
WITH_A_NEED: Final = "CASH"
"""Given where a supervisor has written down why."""

REASON = CodeList(
    "grant_reason",
    "DAY_GIVEN", "DEPARTED", "OWN_VEHICLE", "ARRIVED", "PROFILED", "RETURNED", "HOST_FAMILY", "NEED", "WORKED",
    "FOLLOWS",
    "FAMILY_CLOSED", "NO_CONSENT", "NO_POLICY", "NO_ADULT", "HOST", "CAME_BACK_ALONE", "WITHDRAWN", "LEFT_ALONE",
    "NO_DAY", "TRANSPORTED", "DEPARTURE_UNKNOWN", "UNPROVEN", "NOT_ARRIVED", "NOT_PROFILED", "NO_NEED", "NO_DAYS",
    "KIT_GIVEN", "HAD", "WHOLE_FAMILY", "EARLIER_UNPAID", "NO_DISTANCE", "NO_AMOUNT",
)  # fmt: skip
"""First why a grant is due, from FAMILY_CLOSED on why it is not. None of them says a barrier, a category or a place."""
