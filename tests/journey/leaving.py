"""Families that may leave: everything that the gate asks is recorded by the program's own commands, place and all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from helpdesk.core.clock import Clock, day_number
from helpdesk.core.ids import new_id
from helpdesk.desk.bundle import Decision
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.exchange import installing
from helpdesk.households import commands, profiling
from helpdesk.households.documents import BarrierItem, Phone, PlaceAnswer
from helpdesk.households.forms import ConsentAnswer, IntentionAnswer, Profiling, Registration
from helpdesk.journey.areas import recording
from helpdesk.journey.areas.codes import AREA_SECTION
from helpdesk.journey.areas.commands import restand
from helpdesk.journey.areas.forms import AssessmentForm, SafeguardForm
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases.deriving import install_decisions
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.clearances.commands import record as record_clearances
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.departures.documents import MovementPlan, Vehicle
from helpdesk.journey.engagement import commands as events
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.codes import BRIEFING, TOPIC
from helpdesk.journey.visits import offers
from helpdesk.opening import Desk
from tests.journey.events import event_form
from tests.people import CONSENT, head, member, small_form
from tests.places import supervising
from tests.programme import Programme

FALLUJAH = "IQG01Q01"
HOME = PlaceAnswer(place_id=FALLUJAH)
DECLARED = ConsentAnswer("MOVE", "GIVEN", "SIGN", "ar", True, "1")
SHARED = ConsentAnswer("SHARE-AUTH", "GIVEN", "SIGN", "ar", True, "1")


def leaving_form(clock: Clock, **changes: Any) -> Registration:
    """A mother, her grown sister and a daughter who want to return."""
    fields: dict[str, Any] = {
        "household_id": new_id(clock.now()),
        "members": (
            head(),
            member("Huda", relation="SIB", birth_date=head().birth_date),
            member("Sara", birth_date=head().birth_date.replace(year=2015)),
        ),
        "phones": (Phone("+9647000000001", safe_to_call=True), Phone("+9647000000002", safe_to_call=True)),
        "intention": IntentionAnswer("RET", "NOW", HOME, free_to_choose="Y"),
        "barriers": (BarrierItem("C1HOU"),),
        "consents": (CONSENT,),
    }
    return small_form(clock, **{**fields, **changes})


@command("test.place", roles=FAMILIES)
def make_safe(act: Act, place: str = FALLUJAH) -> None:
    """The place is assessed and its safeguards stand, as a desk of the other side would have written."""
    until = act.day + timedelta(days=90)
    sections = {code: "looked at" for code in AREA_SECTION if code != "OTHER"}
    recording.assess(act, AssessmentForm(place, act.day, until, "ACCEPTABLE", "Tests", sections))
    for code in ("L_HOSTENG", "L_FDBK", "L_PLAN", "L_COHES"):
        recording.answer(act, SafeguardForm(place, code, "DONE", act.day, "Tests"))
    restand(act)


@command("test.prepare", roles=FAMILIES)
def prepare_whole(act: Act, households: Sequence[str], shared: Sequence[str] = ()) -> None:
    """Everything the gate asks of these families; the adults of those in ``shared`` agree to be named."""
    event = events.plan(act, event_form(act_clock(act)))
    act.records.flush()
    events.hold(act, event)
    until = act.day + timedelta(days=60)
    for household in households:
        found = commands.known_household(act, household)
        events.attend(act, event, household)
        offers.wish(act, household, "GAS", False)
        profiling.profile(act, Profiling(household, vulnerabilities={"NOINC": False}))
        preparing.record_travellers(act, household, {})
        adults = found.members[:2]
        for person in adults:
            answer = preparing.ReconfirmationAnswer(person, "RET", HOME, alone=True, free_to_choose="Y")
            preparing.record_reconfirmation(act, household, answer)
            preparing.move_consent(act, household, person, DECLARED)
            if household in shared:
                commands.record_consent(act, household, SHARED, person)
        cases.prepare(act, household)
    preparing.record_information(act, households, tuple(TOPIC))
    preparing.record_briefing(act, households, tuple(BRIEFING))
    record_clearances(
        act, tuple(ClearanceEntry(h, tuple(AUTHORITY), "GRANTED", seen=True, valid_until=until) for h in households)
    )


def act_clock(act: Act) -> Any:
    """A clock that stands at an act's instant, for makers of forms."""

    class _Now:
        def now(self) -> Any:
            return act.now

    return _Now()


def decide(programme: Programme, households: Sequence[str], folders: Sequence[str] = ("one", "two")) -> None:
    """The centre's "proceed" for these families, by bundle to each desk."""
    today = day_number(programme.clock.now().date())
    words = tuple(Decision(household, "proceed", today) for household in households)
    for folder in folders:
        path = programme.bundle(folder, decisions=words)
        programme.at(folder, "admin", lambda desk, path=path: installing.install(desk, path))


@command("test.proceed", roles=FAMILIES)
def proceed(act: Act, households: Sequence[str]) -> None:
    """The centre's "proceed" as a bundle would have brought it, for desks whose centre is not asked."""
    install_decisions(act.connection, [Decision(one, "proceed", day_number(act.day)) for one in households], 0)


def forms_of(clock: Clock, count: int) -> list[Registration]:
    """The forms of families with fathers of different names, so that none is taken for another."""
    forms = []
    for index in range(count):
        father = f"Father{chr(65 + index % 26)}{chr(97 + index // 26)}"
        members = tuple(msgspec.structs.replace(one, father_name=father) for one in leaving_form(clock).members)
        forms.append(leaving_form(clock, members=members))
    return forms


def prepared_at(desk: Desk, count: int, shared: int = 0) -> list[str]:
    """Families that may be declared ready, at a desk alone; the first ``shared`` agree to be named."""
    forms = forms_of(desk.clock, count)
    households = [form.household_id for form in forms]
    for form in forms:
        desk.do(commands.register, form)
    with supervising(desk):
        desk.do(make_safe)
    desk.do(proceed, households)
    desk.do(prepare_whole, households, households[:shared])
    return households


def prepared(programme: Programme, count: int, shared: int = 0, folder: str = "one") -> list[str]:
    """The same with the centre's word by bundle, at both desks."""
    forms = forms_of(programme.clock, count)
    households = [form.household_id for form in forms]

    def register(desk: Desk) -> None:
        for form in forms:
            desk.do(commands.register, form)

    programme.at(folder, "clerk", register)
    decide(programme, households)

    def whole(desk: Desk) -> None:
        with supervising(desk):
            desk.do(make_safe)
        desk.do(prepare_whole, households, households[:shared])

    programme.at(folder, "clerk", whole)
    return households


def movement_plan(clock: Clock, **changes: Any) -> MovementPlan:
    """A convoy of two buses today."""
    fields: dict[str, Any] = {
        "day": clock.now().date(),
        "mode": "IOM",
        "destination": HOME,
        "route": "the main road",
        "meeting": "at the gate",
        "hour": "08:00",
        "contact": "07000000009",
        "organisation": "Tests",
        "vehicles": (
            Vehicle("BUS", "12345", "Driver One", "07000000003", 45),
            Vehicle("BUS", "67890", "Driver Two", "07000000004", 45),
        ),
    }
    return MovementPlan(**{**fields, **changes})
