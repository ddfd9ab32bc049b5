"""The documents of go-and-see and come-and-tell visits (DOMAIN.md 2.11): what revisions hold and batches carry.

The offer to a family and what one person saw are records of their own beside the visit, so that two desks that fill
the same bus never contradict one another.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Visit(Struct, frozen=True, forbid_unknown_fields=True):
    """One visit. ``destination`` is the place it is about, ``start`` where people meet, ``leaves`` the time."""

    kind: str
    on: date
    destination: PlaceAnswer
    start: PlaceAnswer
    seats: int
    phase: str
    organisation: str
    planned_by: str
    hosts: tuple[str, ...] = ()
    route: str = ""
    leaves: str = ""
    vehicle: str = ""
    contact: str = ""
    women_only: bool = False
    risk_checked_on: date | None = None
    risk_note: str = ""
    state: str = "PLANNED"
    cancel_reason: str = ""


class Seat(Struct, frozen=True, forbid_unknown_fields=True):
    """A seat offered to a family, or the wish for one. ``visit`` is None where no visit is planned yet.

    ``persons`` are those to whom the offer was made; ``woman`` says whether a woman was among them, ``why`` if not.
    """

    household: str
    visit: str | None
    kind: str
    offered_on: date
    persons: tuple[str, ...]
    woman: str
    why: str = ""
    state: str = "OFFERED"


class Finding(Struct, frozen=True, forbid_unknown_fields=True):
    """What one person found: the house's damage band, services and hazards seen, reception from 1 to 5."""

    saw_own_house: bool
    house: str | None = None
    services: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    reception: str | None = None


class Participant(Struct, frozen=True, forbid_unknown_fields=True):
    """One person of a visit: whether she came, whether she carried a paper, what she saw, what she decided later."""

    household: str
    visit: str
    person: str
    came: bool | None = None
    paper: bool | None = None
    finding: Finding | None = None
    decision: str | None = None
    decided_on: date | None = None
