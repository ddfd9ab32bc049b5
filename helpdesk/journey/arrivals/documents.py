"""The documents of arrivals: who arrived where, a family's profile at its new place, and which desk has its case.

Sensitive answers of a profile stand in none of them: they are sealed (``households.sealing``).
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Arrival(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.15. ``desk`` is the number of the desk that recorded it; ``members`` codes by person.

    ``expected`` are the travellers as this desk knew them; ``kits`` household arrival packages handed out, None for
    not asked yet; ``momd`` the ministry's reference.
    """

    household: str
    case: str
    on: date
    desk: int
    members: dict[str, str]
    expected: tuple[str, ...]
    by_phone: bool
    by: str
    place: PlaceAnswer | None = None
    planned: PlaceAnswer | None = None
    shelter: str | None = None
    kits: int | None = None
    helpline: bool = False
    momd: str = ""
    incidents: tuple[str, ...] | None = None
    paper_form: str | None = None

    @property
    def arrived(self) -> tuple[str, ...]:
        """The persons who are there."""
        return tuple(person for person, state in self.members.items() if state == "ARRIVED")


class ShelterAnswers(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the family lives: codes of tenure, dwelling_type, damage, yes_no, ownership_paper, compensation_claim."""

    tenure: str | None = None
    dwelling: str | None = None
    damage: str | None = None
    hazard: str | None = None
    occupied: str | None = None
    ownership: str | None = None
    claim: str | None = None


class LivelihoodAnswers(Struct, frozen=True, forbid_unknown_fields=True):
    """What the family lives on. ``debt`` whole dinars; ``skill`` and ``trade`` as people say them."""

    incomes: tuple[str, ...] | None = None
    earners: int | None = None
    debt: int | None = None
    skill: str = ""
    assets: tuple[str, ...] | None = None
    trade: str = ""
    wish: str | None = None


class ProtectionAnswers(Struct, frozen=True, forbid_unknown_fields=True):
    """What a desk may read: codes of yes_no, and how many children are out of school."""

    documents: str | None = None
    movement: str | None = None
    out_of_school: int | None = None
    mhpss: str | None = None
    access: str | None = None


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """The three assessments of one day (S48, S49), the same for arrivals, returnees and host households."""

    household: str
    on: date
    by: str
    shelter: ShelterAnswers = ShelterAnswers()
    livelihood: LivelihoodAnswers = LivelihoodAnswers()
    protection: ProtectionAnswers = ProtectionAnswers()


class Handover(Struct, frozen=True, forbid_unknown_fields=True):
    """Which desk has a household's case: ``desk`` received it from ``from_desk``. One record for each household."""

    household: str
    desk: int
    from_desk: int
    on: date
    by: str
    reason: str = ""


class ArrivalForm(Struct, frozen=True, forbid_unknown_fields=True):
    """An arrival as a desk records it. ``on`` None is today, ``members`` empty is everybody who travels.

    ``unplanned`` is a code of ``unfacilitated_reason``: why a family without a departure came.
    """

    household: str
    on: date | None = None
    members: dict[str, str] = {}
    place: PlaceAnswer | None = None
    by_phone: bool = False
    unplanned: str | None = None
    shelter: str | None = None
    kits: int | None = None
    helpline: bool = False
    momd: str = ""
    incidents: tuple[str, ...] | None = None


class ProfileForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A profile as it is asked; ``sealed`` are codes of ``sealed_profile`` that are true."""

    household: str
    shelter: ShelterAnswers = ShelterAnswers()
    livelihood: LivelihoodAnswers = LivelihoodAnswers()
    protection: ProtectionAnswers = ProtectionAnswers()
    sealed: tuple[str, ...] = ()
