"""For every reason against a grant the code of the sentence with which planning refuses it: the reason and the way out.

The same reasons stand in words of their own (``grant_reason``) on the family's slip, where no way out is promised.
"""

from __future__ import annotations

from typing import Final

from helpdesk.assistance.grants.eligibility import Eligibility, GrantFacts
from helpdesk.core.errors import Refusal, code

_CODE_OF: Final[dict[str, str]] = {
    "FAMILY_CLOSED": code("household.closed"),
    "NO_CONSENT": code("consent.data"),
    "NO_POLICY": code("grant.no_policy"),
    "NO_ADULT": code("grant.no_adult"),
    "HOST": code("grant.host"),
    "CAME_BACK_ALONE": code("grant.came_back_alone"),
    "WITHDRAWN": code("grant.withdrawn"),
    "LEFT_ALONE": code("grant.left_alone"),
    "NO_DAY": code("grant.no_day"),
    "TRANSPORTED": code("grant.transported"),
    "DEPARTURE_UNKNOWN": code("grant.departure_unknown"),
    "UNPROVEN": code("grant.unproven"),
    "NOT_ARRIVED": code("grant.not_arrived"),
    "NOT_PROFILED": code("grant.not_profiled"),
    "NO_NEED": code("grant.no_need"),
    "NO_DAYS": code("grant.no_days"),
    "KIT_GIVEN": code("grant.kit_given"),
    "HAD": code("voucher.second"),
    "WHOLE_FAMILY": code("voucher.divided"),
    "EARLIER_UNPAID": code("grant.earlier_unpaid"),
    "NO_DISTANCE": code("grant.no_distance"),
}


def refusal_of(found: Eligibility, facts: GrantFacts) -> Refusal:
    """The first reason against a grant that is not due, as planning says it."""
    reason = found.reasons[0]
    if reason == "NO_AMOUNT":
        return Refusal("grant.no_amount", persons=facts.persons)
    return Refusal(_CODE_OF[reason])
