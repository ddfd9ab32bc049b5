"""Which family a scan means where a card only says who is here: at a session, a visit, a bus.

A card that pays or decides nothing may be an old one; a revoked or forged one may say anything and is refused.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.households.cards import verdict

TAKEN: Final = ("LIVE", "TYPED", "REPLACED", "EXPIRED")
_STRANGE: Final = ("TYPED_UNKNOWN", "UNKNOWN_ISSUER")


def household_scanned(view: View, text: str) -> str:
    """The household of a scanned card or a typed number.

    Raises Refusal("scan.card") for a card that is not genuine or was revoked, Refusal("scan.stranger") for a family
    this desk does not know.
    """
    seen = verdict(view, text)
    if seen.code not in (*TAKEN, *_STRANGE):
        raise Refusal("scan.card")
    if seen.household is None or seen.code in _STRANGE:
        raise Refusal("scan.stranger")
    return seen.household
