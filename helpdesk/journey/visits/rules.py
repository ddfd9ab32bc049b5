"""What a visit, an offer, a finding and a decision must be. Pure: no store, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from helpdesk.core.codes import BUILT_IN, Lists
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.households.documents import PaperDocument, Person, PlaceAnswer
from helpdesk.households.rules import ADULT, among
from helpdesk.journey import codes as shared
from helpdesk.journey.visits import codes
from helpdesk.journey.visits.documents import Finding, Participant, Visit
from helpdesk.journey.visits.forms import VisitForm

MOST_SEATS: Final = 500
CHECKED_FROM: Final = 15
"""Checkpoints ask for the papers of travellers from this age on (DOMAIN.md 2.12)."""
_CIVIL: Final = ("NID", "CSID")
"""A national card replaces the civil status card; either passes a checkpoint (DOMAIN.md 2.4)."""


def is_place(place: PlaceAnswer) -> bool:
    """Whether a place was answered at all."""
    return bool(place.place_id or place.unlisted.strip() or place.village.strip())


def check_visit(form: VisitForm) -> None:
    """Raises Refusal("form.code" | "visit.place" | "visit.seats" | "visit.organisation" | "visit.contact")."""
    among(form.kind, codes.VISIT, "visit")
    among(form.phase, shared.PHASE, "phase")
    for host in form.hosts:
        among(host, codes.HOST, "host")
    if not is_place(form.destination) or not is_place(form.start):
        raise Refusal("visit.place")
    if not 1 <= form.seats <= MOST_SEATS:
        raise Refusal("visit.seats", most=MOST_SEATS)
    if not form.organisation.strip():
        raise Refusal("visit.organisation")
    if form.kind == "GAS" and not form.contact.strip():
        raise Refusal("visit.contact")


def woman_offered(offered: Iterable[Person], family: Iterable[Person], day: date) -> str:
    """Whether an adult woman is among those offered a seat, as a code of the list ``woman``."""
    if any(_is_woman(person, day) for person in offered):
        return "OFFERED"
    return "NOT_OFFERED" if any(_is_woman(person, day) for person in family) else "NONE"


def _is_woman(person: Person, day: date) -> bool:
    return person.sex == "F" and age_on(person.birth_date, day) >= ADULT


def without_civil_paper(persons: Mapping[str, Person], papers: Sequence[PaperDocument], day: date) -> tuple[str, ...]:
    """Ids of the persons who may be stopped at a checkpoint: old enough to be asked, and no valid paper is known.

    A paper nobody asked about is not known: it is asked before anybody gets on a bus.
    """
    holders = {paper.person for paper in papers if paper.type in _CIVIL and paper.status == "VALID"}
    return tuple(
        person_id
        for person_id, person in persons.items()
        if age_on(person.birth_date, day) >= CHECKED_FROM and person_id not in holders
    )


def check_boarding(visit: Visit, day: date) -> None:
    """Raises Refusal("visit.cancelled" | "visit.not_yet" | "visit.risk")."""
    if visit.state == "CANCELLED":
        raise Refusal("visit.cancelled")
    if day < visit.on:
        raise Refusal("visit.not_yet", on=visit.on)
    if visit.risk_checked_on is None:
        raise Refusal("visit.risk")


def check_finding(finding: Finding, lists: Lists = BUILT_IN) -> None:
    """Raises Refusal("form.code" | "visit.own_house")."""
    among(finding.house, codes.HOUSE, "house", required=False)
    among(finding.reception, codes.RECEPTION, "reception", required=False)
    for service in finding.services:
        among(service, lists.accepted(codes.SEEN_SERVICE), "seen_service")
    for hazard in finding.hazards:
        among(hazard, lists.accepted(codes.HAZARD), "hazard")
    if "NONE" in finding.hazards and len(finding.hazards) > 1:
        raise Refusal("visit.no_hazard")
    if finding.house is not None and not finding.saw_own_house:
        raise Refusal("visit.own_house")


def fullest(records: Iterable[tuple[str, Participant]]) -> dict[str, tuple[str, Participant]]:
    """(record id, participant) by person. Of several records of one person, made at several desks, what tells most."""

    def rank(one: tuple[str, Participant]) -> tuple[bool, bool, bool, str]:
        record_id, told = one
        return told.decision is None, told.finding is None, not told.came, record_id

    found: dict[str, tuple[str, Participant]] = {}
    for record in records:
        person = record[1].person
        found[person] = min(found.get(person, record), record, key=rank)
    return found


def first_day_to_decide(on: date) -> date:
    """Nobody is asked on the bus: the day after a visit is the first on which a decision is noted."""
    return on + timedelta(days=min(1, (date.max - on).days))  # another desk may have written any day


def check_decision(on: date, day: date) -> None:
    """Raises Refusal("visit.next_day", first=...)."""
    if day < first_day_to_decide(on):
        raise Refusal("visit.next_day", first=first_day_to_decide(on))
