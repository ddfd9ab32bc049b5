"""Fictional families that really leave: everything the gate asks of them is recorded, and the gate itself decides.

Nobody is made ready past it. Whoever it refuses, for the centre's word or for another reason, goes on preparing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.households import profiling
from helpdesk.households.commands import known_household
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import ConsentAnswer, Profiling
from helpdesk.households.kinds import PERSON
from helpdesk.households.rules import ADULT
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.clearances import queries as clearances
from helpdesk.journey.clearances.commands import record as record_clearances
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.departures import bulk, day, planning
from helpdesk.journey.departures.bulk import ready_all, schedule_all
from helpdesk.journey.departures.documents import MovementPlan
from helpdesk.journey.departures.queries import of_states
from helpdesk.journey.engagement import commands as events
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.codes import BRIEFING, TOPIC
from helpdesk.journey.preparing.commands import ReconfirmationAnswer, RelocationAnswer
from helpdesk.journey.visits import offers
from helpdesk.opening import Desk
from helpdesk.practice.filled import reading_language
from helpdesk.practice.journey.areas import OPEN
from helpdesk.practice.journey.engagement import event_of
from helpdesk.practice.journey.leaving import VEHICLES
from helpdesk.practice.people import FictionalFamily
from helpdesk.vault.records import document_of

_MOVING: Final = ("RET", "REL")
_CONTACT: Final = "07000000010"
_CLEARED_DAYS: Final = 60


class Left(Struct, frozen=True):
    """How a movement ended: who has really left, how many did not come, and how many were turned back."""

    departed: tuple[str, ...]
    absent: int
    turned_back: int


def district_of(family: FictionalFamily) -> str:
    """The district a family wants to go to; "" for none."""
    return (family.destination or "").split("N")[0]


def choose(families: Mapping[str, FictionalFamily], used: AbstractSet[str], count: int) -> dict[str, FictionalFamily]:
    """At most so many families that want to go where it is open, those to the district of the most first."""
    wanting = {
        household: family
        for household, family in families.items()
        if household not in used and family.intention in _MOVING and district_of(family) in OPEN
    }
    most = Counter(district_of(family) for family in wanting.values())
    return dict(sorted(wanting.items(), key=lambda one: -most[district_of(one[1])])[:count])


def prepare_whole(desk: Desk, families: Mapping[str, FictionalFamily], on: date) -> int:
    """Record all that the gate asks of these families, by a clerk; how many prepare. ``on`` is today."""
    session = desk.do(events.plan, event_of(on, kind="SESSION"))
    begun = []
    for household, family in families.items():
        try:
            desk.do(cases.prepare, household)
        except Refusal:
            continue  # it was prepared before, or changed its mind
        begun.append(household)
        desk.do(events.attend, session, household)
        desk.do(offers.wish, household, "GAS", False)
        desk.do(profiling.profile, Profiling(household, vulnerabilities={"NOINC": family.index % 4 == 0}))
        desk.do(preparing.record_travellers, household, {})
        _each_adult(desk, household, family)
        if family.intention == "REL" and family.destination:
            desk.do(
                preparing.record_relocation_check,
                household, RelocationAnswer(PlaceAnswer(family.destination), "RENT", "GRANTED"),
            )  # fmt: skip
    if begun:
        desk.do(preparing.record_information, begun, tuple(TOPIC))
        desk.do(preparing.record_briefing, begun, tuple(BRIEFING))
        desk.do(record_clearances, tuple(_cleared(desk, household, on) for household in begun))
    return len(begun)


def _each_adult(desk: Desk, household: str, family: FictionalFamily) -> None:
    language = reading_language(family)
    version = consent_text("MOVE", language).version
    place = PlaceAnswer(family.destination) if family.destination else None
    for person in desk.ask(_adults, household):
        answer = ReconfirmationAnswer(person, family.intention or "", place, alone=True, free_to_choose="Y")
        desk.do(preparing.record_reconfirmation, household, answer)
        consent = ConsentAnswer("MOVE", "GIVEN", "SIGN", language, True, version)
        desk.do(preparing.move_consent, household, person, consent)


def _adults(view: View, household: str) -> tuple[str, ...]:
    found = known_household(view, household)
    people = ((person, document_of(view.connection, PERSON, person)) for person in found.members)
    return tuple(one for one, person in people if person and age_on(person.birth_date, view.day) >= ADULT)


def _cleared(desk: Desk, household: str, on: date) -> ClearanceEntry:
    asked = desk.ask(clearances.clearances_of, household)
    return ClearanceEntry(
        household, asked.authorities, "GRANTED",
        applied_on=on - timedelta(days=9), reference=f"P/{on.year}", valid_until=on + timedelta(days=_CLEARED_DAYS),
    )  # fmt: skip


def plan_movement(desk: Desk, families: Mapping[str, FictionalFamily], on: date) -> str:
    """A movement on a day with these families: declared ready and given the day as far as the gate lets them.

    ``desk`` is a supervisor's; the id of the movement.
    """
    districts = {district_of(family) for family in families.values()}
    form = MovementPlan(
        on, "IOM", PlaceAnswer(districts.pop()) if len(districts) == 1 else None, route="Road 12", meeting="Gate",
        hour="08:00", contact=_CONTACT, organisation="Practice", vehicles=VEHICLES,
    )  # fmt: skip
    movement: str = desk.do(planning.plan, form)
    refused = {one.household for one in desk.do(planning.list_families, movement, tuple(families))}
    listed = tuple(one for one in families if one not in refused)
    ready_all(desk, movement)
    if listed:
        desk.do(planning.all_fit, movement, listed)
        desk.do(planning.notify, movement, "JOC", f"P-{on.isoformat()}")
        schedule_all(desk, movement)
    return movement


def leave(desk: Desk, movement: str) -> Left:
    """The day of a movement: of four families or more one does not come, and one is turned back on the road."""
    given: Sequence[str] = desk.ask(of_states, movement, ("SCHEDULED",))
    if not given:
        desk.do(planning.cancel, movement, "Nobody may leave yet")
        return Left((), 0, 0)
    many = len(given) > 3
    here = given[:-1] if many else given
    for household in here:
        desk.do(day.present, movement, household)
    bulk.close_manifest(desk, movement)
    left: tuple[str, ...] = desk.ask(of_states, movement, ("DEPARTED",))
    if many and len(left) > 1:
        desk.do(day.came_back, movement, left[-1], "TURNED_BACK", "The bridge was closed")
        left = left[:-1]
    return Left(left, len(given) - len(here), int(many and len(left) > 0))
