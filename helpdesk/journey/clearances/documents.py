"""The documents of clearances: one authority's answer for one traveller, and what is asked of a desk that records it.

A refusal stands in them as it was told; whoever shows them asks ``queries`` for what a role may see.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Clearance(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.12. ``on`` the day it was recorded; ``valid_until`` None where the answer names no end.

    ``seen_by`` is the user who saw the paper, None where it is only told.
    """

    household: str
    person: str
    authority: str
    status: str
    on: date
    applied_on: date | None = None
    reference: str = ""
    valid_until: date | None = None
    seen_by: str | None = None


class ClearanceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer as a desk records it, for several travellers and authorities at once.

    ``persons`` empty: every member of the household who needs a clearance.
    """

    household: str
    authorities: tuple[str, ...]
    status: str
    persons: tuple[str, ...] = ()
    applied_on: date | None = None
    reference: str = ""
    valid_until: date | None = None
    seen: bool = False
