"""The documents of casework: events all, so that two desks' words never meet in one record and none is lost.

What was sealed of a family never comes here; a withdrawal's reason is only what somebody wished to have written down.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True):
    """That a family stopped. ``before`` is the declared state it stood in, ``until`` the last day of its vouchers.

    ``reached`` a code of ``withdrawal_reached``; ``phone`` the number it was reached on.
    """

    household: str
    case: str
    on: date
    before: str
    reached: str
    witness: str
    until: date
    by: str
    phone: str = ""
    reason: str = ""


class FamilyEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """One dated change: ``what`` of ``family_event``, whom it concerns, and the roster before it.

    ``on`` is the day it happened, ``written_on`` the day it was told; grants follow the size from their next planning.
    ``other`` is the other household of a split or merge; ``same`` pairs (person there, person here) of a merge.
    """

    household: str
    what: str
    on: date
    written_on: date
    persons: tuple[str, ...]
    before: tuple[str, ...]
    by: str
    other: str | None = None
    same: tuple[tuple[str, str], ...] = ()


class DisplacedAgain(Struct, frozen=True, forbid_unknown_fields=True):
    """That a family had to move again after it came home: since when, where to, and why in a word."""

    household: str
    case: str
    on: date
    reason: str
    place: PlaceAnswer
    by: str
