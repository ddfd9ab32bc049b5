"""A family that is at the desk again: displaced a second time, or simply to go on. Never a fresh number for it.

The first case keeps its history and says REDISPLACED; the second one names it and begins where every case begins.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.casework.codes import DISPLACED_AGAIN as REASON
from helpdesk.casework.documents import DisplacedAgain
from helpdesk.casework.kinds import DISPLACED_AGAIN
from helpdesk.casework.roster import LONGEST_AGO
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES
from helpdesk.households.commands import consenting, known_household
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import CASE
from helpdesk.journey.monitoring.kinds import RETURNED
from helpdesk.vault.records import documents_of

_HOME: Final = ("ARRIVED", "MONITORED", "LOST", "CLOSED", "UNFACILITATED")
_DISPLACED: Final = ("CAMP", "OOC")


class AgainForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Since when, why in a word, and where the family lives now; ``population`` CAMP or OOC."""

    on: date
    reason: str
    place: PlaceAnswer
    population: str = "OOC"
    shelter: str = ""


@command("case.displaced_again", roles=FAMILIES)
def displaced_again(act: Act, household: str, form: AgainForm) -> Case:
    """End the case of a family that had to move again, and open its next one.

    Raises Refusal("again.day" | "again.place" | "form.code" | "case.step" | "household.closed" | "consent.data").
    """
    found = consenting(act, household)
    if found.status != "REGISTERED":
        raise Refusal("household.closed")
    if form.reason not in REASON:
        raise Refusal("form.code", field="reason")
    if form.population not in _DISPLACED:
        raise Refusal("form.code", field="population")
    if not (form.place.place_id or form.place.unlisted.strip()):
        raise Refusal("again.place")
    record, began = _ended(act, household, found.population)
    if not 0 <= (act.day - form.on).days <= LONGEST_AGO or (began is not None and form.on < began):
        raise Refusal("again.day", most=LONGEST_AGO)
    written = DisplacedAgain(household, record, form.on, form.reason, form.place, act.user.id)
    act.records.create(DISPLACED_AGAIN, act.new_id(), written)
    moved = msgspec.structs.replace(found, site=form.place, population=form.population, shelter=form.shelter)
    act.records.revise(HOUSEHOLD, household, moved)
    for person, doc in documents_of(act.connection, PERSON, household):
        if doc.travels is not None:  # said for the first journey
            act.records.revise(PERSON, person, msgspec.structs.replace(doc, travels=None, travels_reason=""))
    act.records.flush()
    act.concerns(household)
    return steps.open_next(act, household)


def _ended(act: Act, household: str, population: str) -> tuple[str, date | None]:
    # the case that ends, and the day the family came home
    known = steps.case_of(act, household)
    if known is None and population == "RET":
        came = documents_of(act.connection, RETURNED, household)
        for record, said in came:
            act.records.revise(RETURNED, record, msgspec.structs.replace(said, ended_on=act.day))
        steps.move(act, household, "UNFACILITATED", track="RETURNEE", reason="OWN")
        steps.move(act, household, "REDISPLACED")
        return steps.known_case(act, household)[0], came[-1][1].from_on if came else None
    record, case = steps.known_case(act, household)
    steps.move(act, household, "REDISPLACED", movement_day=None)
    return record, case.arrived_on or case.departed_on


class Reopening(Struct, frozen=True):
    """What fits a known family at the desk: a code of ``reopen``, its number, and how many cases it had."""

    household: str
    number: str
    what: str
    cases: int


def reopening(view: View, household: str) -> Reopening:
    """What a re-registration offers instead of a fresh number. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    found = known_household(view, household)
    seen = {household}
    while found.merged_into is not None and found.merged_into not in seen:  # two desks may each have closed the other
        household = found.merged_into
        seen.add(household)
        found = known_household(view, household)
    cases = sorted((doc for _, doc in documents_of(view.connection, CASE, household)), key=lambda case: case.attempt)
    state = cases[-1].state if cases else ""
    if state == "WITHDRAWN":
        what = "TAKE_BACK"
    elif state in ("ARRIVED", "MONITORED") or (not cases and found.population == "RET"):
        what = "DISPLACED_AGAIN"
    elif state in _HOME:
        what = "NEXT_ATTEMPT"
    else:
        what = "NONE"
    return Reopening(household, found.number, what, len(cases))
