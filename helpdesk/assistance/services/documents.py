"""The documents of the service directory and of services delivered. Days are ``datetime.date``; nobody is named.

A delivery of the level COMM has a place and no family; one of the level HH has a family. Pathway information given
after a disclosure is a weekly number without any family, person or day.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Offer(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the directory: who offers what, where, to whom. ``capacity`` families a month, None: not known.

    ``place`` is an id of the gazetteer; the offer holds for everything that lies in it. ``days`` are codes of
    ``weekday``. ``ended_on`` is the last day it was offered.
    """

    place: str
    provider: str
    sector: str
    what: str
    for_whom: str = ""
    contact: str = ""
    free: bool | None = None
    days: tuple[str, ...] = ()
    hours: str = ""
    capacity: int | None = None
    checked_on: date | None = None
    ended_on: date | None = None


class Delivery(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.17. ``quantity`` in ``unit``; ``families`` reached, for the level COMM; ``detail`` a code or "".

    ``organisation`` carries it out (S71); ``referral`` is the referral that it answers.
    """

    level: str
    item: str
    provider: str
    status: str
    household: str | None = None
    person: str | None = None
    place: str | None = None
    organisation: str = ""
    planned_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    stopped_on: date | None = None
    quantity: int | None = None
    unit: str = ""
    families: int | None = None
    detail: str = ""
    referral: str | None = None
    stop_reason: str = ""


class PathwayCount(Struct, frozen=True, forbid_unknown_fields=True):
    """How often, in one whole week, somebody was told where to find help after violence: two numbers, no more.

    ``week_of`` is the week's Saturday. Typed in once the week is over, so that no save lies beside a visit.
    """

    week_of: date
    women: int
    men: int
