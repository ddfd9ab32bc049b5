"""The rules of an arrival and of a profile: pure checks, and which of several arrivals of one case counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from helpdesk.core.codes import BUILT_IN, CodeList, Lists
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.households.codes import DAMAGE, YES_NO
from helpdesk.households.rules import among
from helpdesk.journey.arrivals import codes
from helpdesk.journey.arrivals.documents import Arrival, ArrivalForm, ProfileForm

_MOST_PEOPLE = 40
_MOST_DEBT = 10**12


def check_form(form: ArrivalForm, day: date, left_on: date | None, lists: Lists = BUILT_IN) -> None:
    """What an arrival may say on ``day``; ``left_on`` is the day of the departure, None where none is known.

    Raises Refusal("form.code" | "arrival.day" | "arrival.kits" | "arrival.reference").
    """
    on = form.on or day
    if on > day or (left_on is not None and on < left_on):
        raise Refusal("arrival.day", left=left_on or day)
    for state in form.members.values():
        among(state, codes.MEMBER, "members")
    if form.shelter is not None:
        among(form.shelter, codes.SHELTER, "shelter")
    for incident in form.incidents or ():
        among(incident, lists.accepted(codes.INCIDENT), "incidents")
    if form.kits is not None and not 0 <= form.kits <= codes.MOST_KITS:
        raise Refusal("arrival.kits", most=codes.MOST_KITS)
    if len(clean(form.momd)) > codes.LONGEST_REFERENCE:
        raise Refusal("arrival.reference", most=codes.LONGEST_REFERENCE)


def check_profile(form: ProfileForm, known: Lists = BUILT_IN) -> None:
    """Raises Refusal("form.code" | "profile.number" | "profile.empty")."""
    lists: tuple[tuple[str, str | None, CodeList], ...] = (
        ("tenure", form.shelter.tenure, codes.TENURE),
        ("dwelling", form.shelter.dwelling, codes.DWELLING),
        ("damage", form.shelter.damage, DAMAGE),
        ("hazard", form.shelter.hazard, YES_NO),
        ("occupied", form.shelter.occupied, YES_NO),
        ("ownership", form.shelter.ownership, codes.OWNERSHIP),
        ("claim", form.shelter.claim, codes.CLAIM),
        ("wish", form.livelihood.wish, codes.WISH),
        ("documents", form.protection.documents, YES_NO),
        ("movement", form.protection.movement, YES_NO),
        ("mhpss", form.protection.mhpss, YES_NO),
        ("access", form.protection.access, YES_NO),
    )
    for name, value, of in lists:
        if value is not None:
            among(value, known.accepted(of), name)
    for name, several, of in (
        ("incomes", form.livelihood.incomes, codes.INCOME),
        ("assets", form.livelihood.assets, codes.ASSET),
        ("sealed", form.sealed, codes.SEALED_PROFILE),
    ):
        for value in several or ():
            among(value, known.accepted(of), name)
    for count, most in (
        (form.livelihood.earners, _MOST_PEOPLE),
        (form.livelihood.debt, _MOST_DEBT),
        (form.protection.out_of_school, _MOST_PEOPLE),
    ):
        if count is not None and not 0 <= count <= most:
            raise Refusal("profile.number", most=most)
    if form == ProfileForm(form.household):
        raise Refusal("profile.empty")


def counted(arrivals: Iterable[tuple[str, Arrival]]) -> tuple[str, Arrival] | None:
    """The one arrival of a case that counts: the earliest day, then one that was seen, then by id."""
    return min(arrivals, key=lambda one: (one[1].on, one[1].by_phone, one[0]), default=None)


def differences(arrival: Arrival, travelled: Iterable[str] | None, *, twice: bool) -> tuple[str, ...]:
    """How an arrival differs from the manifest: codes of ``arrival_difference``.

    ``travelled`` are those who left by the departure's own evidence, None where no departure is known here.
    """
    left = set(arrival.expected if travelled is None else travelled)
    here = set(arrival.arrived)
    found: Mapping[str, bool] = {
        "MISSING": bool(left - here),
        "EXTRA": bool(here - left),
        "PLACE": arrival.place is not None and arrival.planned is not None and arrival.place != arrival.planned,
        "TWICE": twice,
        "NO_DEPARTURE": travelled is None,
        "BY_PHONE": arrival.by_phone,
    }
    return tuple(code for code in codes.DIFFERENCE if found[code])
