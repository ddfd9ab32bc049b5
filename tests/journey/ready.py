"""A family made ready step by step, each step by the act a desk would do; a test leaves out what it wants to miss."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from helpdesk.core.clock import day_number
from helpdesk.desk.bundle import Decision
from helpdesk.desk.commands import Act, User, command
from helpdesk.desk.deriving import Touched
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import commands as families
from helpdesk.households import profiling
from helpdesk.households.documents import Phone, PlaceAnswer
from helpdesk.households.forms import ConsentAnswer, DisplacementAnswer, IntentionAnswer, Profiling, Registration
from helpdesk.households.kinds import PERSON
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases.deriving import derive
from helpdesk.journey.cases.tables import DecisionRow
from helpdesk.journey.clearances.commands import record as record_clearance
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.clearances.facts import required_here
from helpdesk.journey.engagement import commands as events
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.codes import BRIEFING, TOPIC
from helpdesk.journey.preparing.commands import ReconfirmationAnswer
from helpdesk.journey.visits import offers
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.journey.events import event_form
from tests.people import head, member, small_form
from tests.places import FALLUJAH, open_place

DESTINATION = PlaceAnswer(FALLUJAH)
DECLARATION = ConsentAnswer("MOVE", "GIVEN", "SIGN", "ar", True, "1")
PHONES = (Phone("+9647000000001", safe_to_call=True), Phone("+9647000000002", safe_to_call=True))
SAFE_DAYS = 30


def returning_form(clock: Any, **changes: Any) -> Registration:
    """Two adults and a child of theirs who want to go back to Fallujah."""
    fields: dict[str, Any] = {
        "members": (head(), member("Ali", relation="SPOUSE", sex="M", birth_date=date(1980, 7, 1)), member()),
        "phones": PHONES,
        "displacement": DisplacementAnswer(DESTINATION),
        "intention": IntentionAnswer("RET", destination=DESTINATION, free_to_choose="Y"),
    }
    return small_form(clock, **{**fields, **changes})


@command("test.decide", roles=FAMILIES)
def decide(act: Act, household: str, decision: str) -> None:
    """What a bundle with the centre's word does, without the file."""
    act.connection.execute(DecisionRow.__table__.delete().where(DecisionRow.household == household))
    one = Decision(household, decision, day_number(act.day))
    act.connection.execute(
        DecisionRow.__table__.insert().values(household=one.household, decision=one.decision, on=one.on)
    )
    derive(act.connection, None, act.day, Touched(frozenset({household})))


@command("test.members", roles=FAMILIES)
def members_of(act: Act, household: str) -> dict[str, date]:
    """The persons of a household with their birth dates, in the order of the roster."""
    found = families.known_household(act, household)
    people = {person: document_of(act.connection, PERSON, person) for person in found.members}
    return {person: document.birth_date for person, document in people.items() if document is not None}


def adults(desk: Desk, household: str) -> list[str]:
    day = desk.clock.now().date()
    return [person for person, born in desk.do(members_of, household).items() if (day - born).days > 18 * 366]


def attend(desk: Desk, household: str) -> None:
    event = desk.do(events.plan, event_form(desk.clock))
    desk.do(events.attend, event, household)


def offer(desk: Desk, household: str) -> None:
    desk.do(offers.wish, household, "GAS", False)


def profile(desk: Desk, household: str) -> None:
    desk.do(profiling.profile, Profiling(household, vulnerabilities={"NOINC": True}))


def inform(desk: Desk, household: str) -> None:
    desk.do(preparing.record_information, (household,), tuple(TOPIC))


def clear(desk: Desk, household: str, days: int = SAFE_DAYS, place: str = FALLUJAH) -> None:
    authorities = desk.ask(lambda view: required_here(view.connection, None, place))
    until = desk.clock.now().date() + timedelta(days=days)
    entry = ClearanceEntry(household, authorities, "GRANTED", reference="7/1", valid_until=until, seen=True)
    desk.do(record_clearance, (entry,))


def reconfirm(desk: Desk, household: str, **changes: Any) -> None:
    for person in adults(desk, household):
        fields: dict[str, Any] = {
            "person": person, "choice": "RET", "destination": DESTINATION, "alone": True, "free_to_choose": "Y",
        }  # fmt: skip
        desk.do(preparing.record_reconfirmation, household, ReconfirmationAnswer(**{**fields, **changes}))


def brief(desk: Desk, household: str) -> None:
    desk.do(preparing.record_briefing, (household,), tuple(BRIEFING))


def travel(desk: Desk, household: str) -> None:
    desk.do(preparing.record_travellers, household, {})


def open_destination(desk: Desk, household: str, place: str = FALLUJAH) -> None:
    open_place(desk, place)


def proceed(desk: Desk, household: str) -> None:
    desk.do(decide, household, "proceed")


def declare(desk: Desk, household: str) -> None:
    for person in adults(desk, household):
        desk.do(preparing.move_consent, household, person, DECLARATION)


STEPS: dict[str, Callable[[Desk, str], None]] = {
    "H1": attend, "H2": offer, "H3": profile, "H4": inform, "H6": clear, "H7": reconfirm, "H8": brief,
    "TRAVELLERS": travel, "L_RISK": open_destination, "CENTRE": proceed,
}  # fmt: skip
"""What a family needs to be ready, by the safeguard that is missing without it."""


def preparing_family(desk: Desk, without: Iterable[str] = (), **changes: Any) -> str:
    """A family that prepares, with every step done but ``without``; its id."""
    form = returning_form(desk.clock, **changes)
    desk.do(families.register, form)
    desk.do(cases.prepare, form.household_id)
    for name, step in STEPS.items():
        if name not in without:
            step(desk, form.household_id)
    return form.household_id


class Hands:
    """One desk and the people who sign in there by turns, without the cost of signing in each time."""

    def __init__(self, desk: Desk, people: dict[str, User]) -> None:
        self.desk = desk
        self.people = people

    def as_(self, name: str) -> Desk:
        """The desk with this person at it."""
        self.desk.user = self.people[name]
        return self.desk
