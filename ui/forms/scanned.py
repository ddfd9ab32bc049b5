"""Which family a scan or a typed number means, for pages that gather families one after the other."""

from __future__ import annotations

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.households.cards import household_of, verdict
from helpdesk.households.queries import LONGEST_NUMBER


def family_of(view: View, digits: str) -> str:
    """The household of a scanned card or a typed number. Raises Refusal("household.unknown")."""
    if len(digits) <= LONGEST_NUMBER:
        return household_of(view, digits)
    seen = verdict(view, digits)
    if seen.household is None:
        raise Refusal("household.unknown")
    return seen.household
