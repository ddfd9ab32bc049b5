"""The documents of preparing: information given, reconfirmed intentions, briefings, checks of where a family goes.

All are append-only: what was said on a day stays said, and a later answer stands beside it. Nothing here says why
somebody is not free to choose; that belongs to the protection unit alone.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Information(Struct, frozen=True, forbid_unknown_fields=True):
    """Topics (codes of ``preparing_topic``) that were explained to the family on a day."""

    household: str
    on: date
    topics: tuple[str, ...]


class Reconfirmation(Struct, frozen=True, forbid_unknown_fields=True):
    """One adult's own answer: where she wants to go, asked alone or not, free to choose (yes_no), forced or not."""

    household: str
    person: str
    on: date
    choice: str
    destination: PlaceAnswer | None
    alone: bool
    free_to_choose: str
    forced: bool = False
    language: str = ""


class Briefing(Struct, frozen=True, forbid_unknown_fields=True):
    """The departure briefing: which items (codes of ``briefing_item``) were told on which day."""

    household: str
    on: date
    items: tuple[str, ...]


class RelocationCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at the destination for a family that settles elsewhere, with the last day of either paper."""

    household: str
    on: date
    destination: PlaceAnswer
    housing: str
    residency: str
    until: date | None = None
    reference: str = ""


class GuardianCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """A protection check of minors who travel without both guardians: it holds for exactly these persons.

    ``organisation`` is who checked; what was found is not written down, a check that ends badly is not recorded.
    """

    household: str
    on: date
    minors: tuple[str, ...]
    adults: tuple[str, ...]
    organisation: str
