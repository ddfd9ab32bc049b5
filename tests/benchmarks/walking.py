"""Families of a full store on their way: 20,000 open cases of 50,000 families, in the states that a camp's desk has.

Records are written by their kinds and the standings are derived by the gate, as in every act; only the role checks and
questions of single commands are left out, because a clerk would need months. Nobody is ready here but by the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

import msgspec
from sqlalchemy import select

from helpdesk.assistance.feedback.documents import Feedback
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.numbers import draw_many
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.kinds import REFERRAL
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.core.clock import day_number
from helpdesk.core.dates import age_on
from helpdesk.desk.bundle import Decision
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.documents import Consent, Intention, PlaceAnswer, Vulnerability
from helpdesk.households.kinds import CONSENT, INTENTION, PERSON, VULNERABILITY
from helpdesk.households.rules import ADULT
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.arrivals.documents import Arrival, Handover
from helpdesk.journey.arrivals.kinds import ARRIVAL, HANDOVER, handover_id
from helpdesk.journey.cases.documents import Case, Departure, Evidence
from helpdesk.journey.cases.kinds import CASE, DEPARTURE, case_id
from helpdesk.journey.clearances.documents import Clearance
from helpdesk.journey.clearances.kinds import CLEARANCE
from helpdesk.journey.engagement.documents import Attendance
from helpdesk.journey.engagement.kinds import ATTENDANCE
from helpdesk.journey.monitoring.documents import Attempt, Call, Task
from helpdesk.journey.monitoring.kinds import ATTEMPT, CALL, TASK
from helpdesk.journey.preparing.codes import BRIEFING as BRIEFING_ITEMS
from helpdesk.journey.preparing.codes import TOPIC
from helpdesk.journey.preparing.documents import Briefing, GuardianCheck, Information, Reconfirmation
from helpdesk.journey.preparing.kinds import BRIEFING, GUARDIAN_CHECK, INFORMATION, RECONFIRMATION
from helpdesk.journey.visits.documents import Seat
from helpdesk.journey.visits.kinds import SEAT
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.places import open_place

DISTRICTS: Final = ("IQG01Q01", "IQG01Q07", "IQG15Q05", "IQG16Q06")
AUTHORITIES: Final = ("MOMD", "JOC")
"""Whose clearance every way of the benchmark's programme needs."""
STATES: Final = {
    "PREPARING": 44, "READY": 13, "SCHEDULED": 5, "HOLD": 2, "FOLLOW_UP": 5, "STAYING": 6, "DEPARTED": 5,
    "ARRIVED": 12, "MONITORED": 5, "WITHDRAWN": 2, "CLOSED": 1,
}  # fmt: skip
"""Of each hundred cases; 97 of them are open."""
_MIX: Final = tuple(state for state, share in STATES.items() for _ in range(share))
_WHOLE: Final = ("READY", "SCHEDULED")
_BEFORE: Final = ("PREPARING", "HOLD", *_WHOLE)
_AFTER: Final = ("DEPARTED", "ARRIVED", "MONITORED", "CLOSED")
_AT_ONCE: Final = 200


@dataclass(frozen=True)
class Family:
    """Who walks: the household, its persons with their birth dates, its place in the order of registration."""

    id: str
    persons: tuple[tuple[str, date], ...]
    place: int


def walk(desk: Desk, households: int) -> None:
    """Give 5 of 12 families of a store a case; every hundred of them has the mix of :data:`STATES`."""
    for place in DISTRICTS:
        open_place(desk, place)
    families = _families(desk, households * 5 // 12)
    for first in range(0, len(families), _AT_ONCE):
        desk.do(step, families[first : first + _AT_ONCE])


def _families(desk: Desk, count: int) -> list[Family]:
    with desk.store.read() as connection:
        chosen = select(HouseholdRow.id).order_by(HouseholdRow.id).limit(count)
        people: dict[str, list[tuple[str, date]]] = {}
        rows = select(PersonRow.household, PersonRow.id, PersonRow.birth_date).where(PersonRow.household.in_(chosen))
        for household, person, born in connection.execute(rows.order_by(PersonRow.household, PersonRow.id)):
            people.setdefault(household, []).append((person, born))
    return [Family(one, tuple(persons), place) for place, (one, persons) in enumerate(people.items())]


@command("bench.walk", roles=FAMILIES)
def step(act: Act, families: Sequence[Family]) -> None:
    """Write what the desk would have written of these families until today."""
    for family in families:
        _Walking(act, family).write()
    words = [Decision(family.id, "proceed", day_number(act.day)) for family in families if family.place % 7]
    act.records.flush()
    for decision in words:  # what a bundle brings; those of other families stay
        _add_decision(act, decision)
    act.objects.clear()


def _add_decision(act: Act, decision: Decision) -> None:
    act.connection.exec_driver_sql(
        'INSERT INTO decision (household, decision, "on") VALUES (?, ?, ?)',
        (decision.household, decision.decision, decision.on),
    )


class _Walking:
    # one family in one act; a step is left out by chance where it still prepares

    def __init__(self, act: Act, family: Family) -> None:
        self.act, self.family = act, family
        self.chance = Random(family.place)
        self.state = _MIX[family.place % 100]
        self.place = PlaceAnswer(DISTRICTS[family.place % len(DISTRICTS)])
        self.adults = tuple(person for person, born in family.persons if age_on(born, act.day) >= ADULT)

    def write(self) -> None:
        self._case()
        if self.state in _BEFORE:
            self._prepare()
        if self.state in _AFTER:
            self._leave()
        if self.state in ("ARRIVED", "MONITORED"):
            self._after_arrival()
        if self.family.place % 5 == 0:
            self._feedback()

    def _days(self, least: int, most: int) -> date:
        return self.act.day - timedelta(self.chance.randint(least, most))

    def _does(self) -> bool:
        return self.state in _WHOLE or self.chance.random() < 0.8

    def _case(self) -> None:
        act, state = self.act, self.state
        self.departed_on = self._days(1, 60) if state in _AFTER else None
        if state == "MONITORED":
            self.departed_on = self._days(95, 300)
        self.arrived_on = self.departed_on if state in ("ARRIVED", "MONITORED", "CLOSED") else None
        case = Case(
            self.family.id, 1, "STAY" if state == "STAYING" else "RETURN", state, self._days(30, 90),
            destination=None if state == "STAYING" else self.place,
            changed_on=self._days(0, 30),
            movement_day=act.day + timedelta(self.chance.randint(0, 5)) if state == "SCHEDULED" else None,
            departed_on=self.departed_on,
            arrived_on=self.arrived_on,
            reason="TENSION" if state == "HOLD" else "",
            review_on=act.day + timedelta(self.chance.randint(-9, 30))
            if state in ("HOLD", "FOLLOW_UP", "STAYING")
            else None,
        )  # fmt: skip
        self.case = case_id(self.family.id, 1)
        act.records.create(CASE, self.case, case, signed=True)
        choice = "LOC" if state == "STAYING" else "RET"
        intention = Intention(self.family.id, act.day, choice, destination=case.destination, free_to_choose="Y")
        act.records.create(INTENTION, act.new_id(), intention)

    def _prepare(self) -> None:
        act, household = self.act, self.family.id
        if self._does():
            came = Attendance(household, act.new_id(), self._days(1, 40), informs=True)
            act.records.create(ATTENDANCE, act.new_id(), came)
        if self._does():
            act.records.create(SEAT, act.new_id(), Seat(household, None, "GAS", self._days(1, 40), (), "N"))
        if self._does():
            act.records.create(VULNERABILITY, act.new_id(), Vulnerability(household, {"NOINC": False}))
        if self._does():
            act.records.create(INFORMATION, act.new_id(), Information(household, self._days(1, 30), tuple(TOPIC)))
        if self._does():
            told = Briefing(household, self._days(0, 5), tuple(BRIEFING_ITEMS))
            act.records.create(BRIEFING, act.new_id(), told)
        if self._does():
            self._travellers()
        if self._does():
            self._answers()
        self._clearances()

    def _travellers(self) -> None:
        act, household = self.act, self.family.id
        if self.state not in _WHOLE:
            return
        for person, _ in self.family.persons:
            found = document_of(act.connection, PERSON, person)
            if found is not None:
                act.records.revise(PERSON, person, msgspec.structs.replace(found, travels="Y"))
        minors = tuple(person for person, _ in self.family.persons if person not in self.adults)
        if minors:
            check = GuardianCheck(household, self._days(0, 9), minors, self.adults, "Benchmark")
            act.records.create(GUARDIAN_CHECK, act.new_id(), check)

    def _answers(self) -> None:
        act, household, on = self.act, self.family.id, self._days(0, 12 if self.state in _WHOLE else 20)
        for person in self.adults:
            answer = Reconfirmation(household, person, on, "RET", self.place, alone=True, free_to_choose="Y")
            act.records.create(RECONFIRMATION, act.new_id(), answer)
            if self.state in _WHOLE:
                signed = Consent(household, "MOVE", "GIVEN", "SIGN", "ar", True, "1", act.user.id, act.at,
                                 person=person)  # fmt: skip
                act.records.create(CONSENT, act.new_id(), signed)

    def _clearances(self) -> None:
        for person, born in self.family.persons:
            if age_on(born, self.act.day) < 15:
                continue
            for authority in AUTHORITIES:
                granted = self.state in _WHOLE or self.chance.random() < 0.7
                until = self.act.day + timedelta(self.chance.randint(6 if self.state in _WHOLE else -20, 90))
                self.act.records.create(
                    CLEARANCE,
                    self.act.new_id(),
                    Clearance(
                        self.family.id, person, authority, "GRANTED" if granted else "PEND", self._days(1, 30),
                        self._days(30, 90), valid_until=until if granted else None,
                    ),
                )  # fmt: skip

    def _leave(self) -> None:
        act, household, place = self.act, self.family.id, self.family.place
        if place % 20 == 1 and self.departed_on is not None:  # it left without proof
            evidence = Evidence(household, self.case, "RETURN", self.departed_on, self.place, (), (), (), 0)
            departure = Departure(household, self.case, self.departed_on, evidence)
            act.records.create(DEPARTURE, act.new_id(), departure, signed=True)
        voucher = Voucher(
            household, "DEP", 1_500_000, "IQD", 1, 1, self.adults[0] if self.adults else household, self._days(30, 40),
            act.day + timedelta(90), "PAID" if place % 3 else "PRINTED", act.user.id,
        )  # fmt: skip
        act.records.create(VOUCHER, act.new_id(), voucher)
        if self.state == "DEPARTED" and place % 4 == 0:
            handed = Handover(household, 2, 1, self._days(0, 9), act.user.id)
            act.records.create(HANDOVER, handover_id(household), handed)

    def _after_arrival(self) -> None:
        act, household, place, arrived_on = self.act, self.family.id, self.family.place, self.arrived_on
        assert arrived_on is not None
        travellers = tuple(person for person, _ in self.family.persons)
        came = travellers[1:] if place % 10 == 3 and len(travellers) > 1 else travellers
        arrival = Arrival(household, self.case, arrived_on, 1, dict.fromkeys(came, "ARRIVED"), travellers,
                          place % 15 == 2, act.user.id, self.place, self.place)  # fmt: skip
        act.records.create(ARRIVAL, act.new_id(), arrival)
        if self.state == "MONITORED":
            call = Call(household, "W2", self.case, arrived_on, "DONE", arrived_on + timedelta(9), "OWN",
                        {"same_place": "SAME"}, caller=act.user.id)  # fmt: skip
            act.records.create(CALL, act.new_id(), call)
        elif place % 3 == 0:
            attempt = Attempt(household, "W2", self.case, self._days(0, 3), 10, "OWN", "+9647000000001", "NOANS",
                              act.day if place % 2 else None)  # fmt: skip
            act.records.create(ATTEMPT, act.new_id(), attempt)
        if place % 40 == 2:
            task = Task(household, "PROTECTION", act.at, act.at, act.user.id)
            act.records.create(TASK, act.new_id(), task)
        if place % 2:
            referral = Referral(
                household, "HEALTH", "A doctor", "72H", ("DRAFT", "SENT", "ACCEPTED", "CLOSED")[place // 2 % 4],
                self._days(5, 30), act.user.id, act.day + timedelta(self.chance.randint(-9, 9)), "Benchmark clinic",
            )  # fmt: skip
            act.records.create(REFERRAL, act.new_id(), referral)

    def _feedback(self) -> None:
        act, place, record = self.act, self.family.place, self.act.new_id()
        status = ("NEW", "OPEN", "ANSWERED", "CLOSED")[place // 5 % 4]
        said = Feedback(
            draw_many(1)[0], "DESK", "DIS", "Q", self._days(0, 20), act.day + timedelta(self.chance.randint(-9, 9)),
            status, act.user.id, household=self.family.id, anonymous=False, text="When is the next convoy?",
        )  # fmt: skip
        act.records.create(FEEDBACK, record, said, seal=act.sealer(record, b""))
