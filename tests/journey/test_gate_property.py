"""Random acts of random people at two desks that exchange batches: nobody is ready, and nobody leaves, unsafely.

The oracle knows nothing of the rules' code: it keeps what was recorded, at which desk it is known, and asks the
conditions of DOMAIN.md section 3 of that. It asks only what is necessary, so it never calls a right act wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.exchange import batches, installing
from helpdesk.households import commands as families
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import DisplacementAnswer, IntentionAnswer
from helpdesk.journey.areas import commands as areas
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, queries, steps, waiving
from helpdesk.journey.cases.kinds import DEPARTURE
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.commands import ReconfirmationAnswer
from helpdesk.vault.records import documents_of
from tests.journey import ready
from tests.journey.conftest import hands_at
from tests.journey.ready import Hands
from tests.programme import Programme

DISTRICTS: Final = [place.place_id for place in load_gazetteer() if place.kind == "district"]
PEOPLE: Final = ("clerk", "supervisor", "other")
FOLDERS: Final = ("one", "two")
STATES: dict[str, int] = {}
"""How often the walks came to each effective state."""


@command("test.go", roles=FAMILIES)
def go(act: Act, household: str) -> None:
    """Try to leave, whoever is asking."""
    gate.depart(act, household, act.day)


@command("test.withdraw", roles=FAMILIES)
def withdraw(act: Act, household: str) -> None:
    """What withdrawing does to the case."""
    steps.move(act, household, "WITHDRAWN", movement_day=None)


@command("test.back", roles=(Role.SUPERVISOR,))
def back(act: Act, household: str) -> None:
    """Take a withdrawal back."""
    steps.move(act, household, "PREPARING")


@command("test.jump", roles=FAMILIES)
def jump(act: Act, household: str, to: str) -> None:
    """Ask the primitive of the rooms above for a state of the gate."""
    steps.move(act, household, to)


@dataclass
class Known:
    """What one desk knows of one family: (what, person, day, device, order, is good)."""

    facts: set[tuple[str, str, date, str, int, bool]] = field(default_factory=set)
    decided: str = ""
    heard: bool = False
    """Whether the centre's word ever reached this desk itself."""
    gone: bool = False

    def has(self, what: str, day: date, most: int = 10_000) -> bool:
        return any(one[0] == what and one[5] and 0 <= (day - one[2]).days <= most for one in self.facts)

    def answers_well(self, person: str, day: date) -> bool:
        mine = [one for one in self.facts if one[0] == "H7" and one[1] == person]
        last = max((one[2] for one in mine), default=None)
        if last is None or (day - last).days > 14:
            return False
        of_device = {one[3]: one for one in sorted(mine, key=lambda one: one[4]) if one[2] == last}
        return all(one[5] for one in of_device.values())

    def is_waived(self, safeguard: str) -> bool:
        waivers = {one[1] for one in self.facts if one[0] == f"confirmed {safeguard}"}
        ended = {one[1] for one in self.facts if one[0] == "unwaived"}
        return bool(waivers - ended)

    def lacks(self, adults: list[str], day: date) -> list[str]:
        """The conditions that surely do not hold."""
        needed = {name: self.has(name, day) or self.is_waived(name) for name in ("H1", "H2", "H3", "H4", "H8")}
        needed["H6"] = self.has("H6", day, ready.SAFE_DAYS)
        needed["H7"] = all(self.answers_well(person, day) for person in adults)
        needed["TRAVELLERS"] = self.has("TRAVELLERS", day)
        needed["L_RISK"] = self.has("L_RISK", day, 90) and not self.has("alert", day)
        needed["CENTRE"] = self.decided == "proceed"
        needed["FREE"] = not self.has("forced", day)
        return [name for name, holds in needed.items() if not holds]


@dataclass
class Walk:
    """One family, the two desks, and what each knows."""

    programme: Programme
    hands: dict[str, Hands]
    family: str
    place: str
    adults: list[str]
    known: dict[str, Known]
    waivers: dict[str, str] = field(default_factory=dict)
    order: int = 0

    def note(self, folder: str, what: str, *, person: str = "", good: bool = True) -> None:
        self.order += 1
        day = self.programme.clock.now().date()
        self.known[folder].facts.add((what, person, day, folder, self.order, good))

    def do(self, folder: str, who: str, name: str) -> None:
        desk = self.hands[folder].as_(who)
        self.programme.clock.move(seconds=1)
        if name in ready.STEPS:
            self._step(folder, name)
        elif name.startswith("answer"):
            self._answer(folder, name)
        elif name.startswith("waive"):
            safeguard = name.split()[1]
            self.waivers[safeguard] = desk.do(waiving.propose_waiver, self.family, safeguard, "A reason in words")
        elif name.startswith("confirm"):
            safeguard = name.split()[1]
            desk.do(waiving.confirm_waiver, self.waivers.get(safeguard, ""))
            self.note(folder, f"confirmed {safeguard}", person=self.waivers[safeguard])
        elif name.startswith("unwaive"):
            waiver = self.waivers.get(name.split()[1], "")
            desk.do(waiving.withdraw_waiver, waiver)
            self.note(folder, "unwaived", person=waiver)
        else:
            self._other(folder, desk, name)

    def _step(self, folder: str, name: str) -> None:
        desk = self.hands[folder].desk
        given: dict[str, Any] = {"place": self.place} if name in ("H6", "L_RISK") else {}
        if name == "H7":
            given = {"destination": PlaceAnswer(self.place)}
        ready.STEPS[name](desk, self.family, **given)
        if name == "CENTRE":
            self.known[folder].decided = "proceed"
            self.known[folder].heard = True
        elif name == "H7":
            for person in self.adults:
                self.note(folder, name, person=person)
        else:
            self.note(folder, name)

    def _answer(self, folder: str, name: str) -> None:
        good = name == "answer well"
        changes: dict[str, Any] = {
            "answer well": {},
            "answer not alone": {"alone": False},
            "answer not free": {"free_to_choose": "N"},
            "answer forced": {"forced": True},
        }[name]
        person = self.adults[-1]
        answer = ReconfirmationAnswer(
            **{
                "person": person, "choice": "RET", "destination": PlaceAnswer(self.place), "alone": True,
                "free_to_choose": "Y", **changes,
            }
        )  # fmt: skip
        self.hands[folder].desk.do(preparing.record_reconfirmation, self.family, answer)
        self.note(folder, "H7", person=person, good=good)

    def _other(self, folder: str, desk: Any, name: str) -> None:
        today = self.programme.clock.now().date()
        acts: dict[str, Callable[[], object]] = {
            "prepare": lambda: desk.do(cases.prepare, self.family),
            "ready": lambda: desk.do(cases.declare_ready, self.family),
            "ready many": lambda: desk.do(cases.bulk_declare_ready, (self.family,)),
            "schedule": lambda: desk.do(cases.schedule, (self.family,), today),
            "schedule later": lambda: desk.do(cases.schedule, (self.family,), today + timedelta(days=3)),
            "unschedule": lambda: desk.do(cases.unschedule, self.family, absent=True),
            "hold": lambda: desk.do(cases.hold, (self.family,), "ILLNESS"),
            "resume": lambda: desk.do(cases.resume, self.family),
            "withdraw": lambda: desk.do(withdraw, self.family),
            "back": lambda: desk.do(back, self.family),
            "jump ready": lambda: desk.do(jump, self.family, "READY"),
            "jump departed": lambda: desk.do(jump, self.family, "DEPARTED"),
            "depart": lambda: self._depart(folder, desk),
            "declare": lambda: self._declare(folder, desk),
            "wait": lambda: self._wait(folder, desk),
            "alert": lambda: self._alert(folder, desk),
            "forced": lambda: self._forced(folder, desk),
            "a day": lambda: self.programme.clock.move(days=1),
            "a week": lambda: self.programme.clock.move(days=8),
            "cross": lambda: self._cross(folder),
        }
        acts[name]()

    def _declare(self, folder: str, desk: Any) -> None:
        ready.declare(desk, self.family)
        self.note(folder, "MOVE")

    def _wait(self, folder: str, desk: Any) -> None:
        desk.do(ready.decide, self.family, "wait")
        self.known[folder].decided = "wait"

    def _alert(self, folder: str, desk: Any) -> None:
        desk.do(areas.raise_alert, (self.place,), "Shots were heard")
        self.note(folder, "alert")

    def _forced(self, folder: str, desk: Any) -> None:
        answer = IntentionAnswer("RET", destination=PlaceAnswer(self.place), reasons=("FORCED",))
        desk.do(families.record_intention, self.family, answer)
        self.note(folder, "forced")

    def _depart(self, folder: str, desk: Any) -> None:
        desk.do(go, self.family)
        day = self.programme.clock.now().date()
        assert self.known[folder].lacks(self.adults, day) == []
        assert self.known[folder].has("MOVE", day, 7)
        self.known[folder].gone = True

    def _cross(self, folder: str) -> None:
        other = FOLDERS[1 - FOLDERS.index(folder)]
        sender, receiver = self.hands[folder].as_("supervisor"), self.hands[other].as_("supervisor")
        written = batches.export(sender, sender.folder, self.programme.stick)
        installing.install(receiver, written.path)
        self.known[other].facts |= self.known[folder].facts
        self.known[other].gone |= self.known[folder].gone

    def check(self) -> None:
        """At each desk the standing, computed and kept, says nothing that its knowledge does not bear out."""
        day = self.programme.clock.now().date()
        for folder in FOLDERS:
            desk = self.hands[folder].desk
            try:
                standing = desk.ask(queries.standing_of, self.family)
            except Refusal:
                continue  # this desk has not heard of the family
            desk.catch_up()
            kept = desk.ask(queries.lines, (self.family,))[self.family]
            assert kept.state == standing.state
            STATES[standing.state] = STATES.get(standing.state, 0) + 1
            if standing.state in ("READY", "SCHEDULED"):
                assert self.known[folder].lacks(self.adults, day) == []
            departures = desk.ask(lambda view: documents_of(view.connection, DEPARTURE, self.family))
            assert bool(departures) == self.known[folder].gone
            if standing.state == "DEPARTED":
                assert departures
            if standing.facilitated:
                assert self.known[folder].heard  # evidence never speaks for the centre
            assert not (standing.facilitated and (standing.awaiting or standing.incident))


MOVES: Final = (
    "ready", "ready many", "schedule", "depart", "schedule later", "unschedule", "hold", "resume", "withdraw", "back",
    "jump ready", "jump departed", "declare", "wait", "alert", "forced", "a day", "a week", "cross", "prepare",
    "answer well", "answer not alone", "answer not free", "answer forced", "waive H1", "confirm H1", "unwaive H1",
    "waive H2", "confirm H2", "unwaive H2", "waive H7", *ready.STEPS,
)  # fmt: skip
TOWARDS: Final = ("declare", "ready", "schedule", "depart")
"""A rush to the bus: walks are drawn to it, or hardly any would come that far."""
ONE: Final = st.tuples(
    st.sampled_from(FOLDERS[:1] * 3 + FOLDERS), st.sampled_from((*PEOPLE, "supervisor")), st.sampled_from(MOVES)
)
RUSH: Final = st.tuples(
    st.sampled_from(FOLDERS[:1] * 3 + FOLDERS), st.just("supervisor"), st.sampled_from(("rush", "rush", "late rush"))
)
WALK: Final = st.lists(st.one_of(ONE, ONE, RUSH), min_size=1, max_size=16)
MISSING: Final = st.one_of(
    st.sampled_from([frozenset({name}) for name in ready.STEPS]), st.frozensets(st.sampled_from(sorted(ready.STEPS)))
)


@pytest.fixture(scope="module")
def two_desks(
    ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Programme, dict[str, Hands]]]:
    """One programme for all walks: each has a family and a district of its own."""
    programme = ready_programme.copied(tmp_path_factory.mktemp("walks"))
    hands = {folder: hands_at(programme, folder) for folder in FOLDERS}
    yield programme, hands
    for found in hands.values():
        found.desk.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    missing=MISSING,
    place=st.sampled_from(DISTRICTS),
    first=RUSH,
    walk=WALK,
)
def one_walk(
    two_desks: tuple[Programme, dict[str, Hands]],
    missing: frozenset[str],
    place: str,
    first: tuple[str, str, str],
    walk: list[tuple[str, str, str]],
) -> None:
    programme, hands = two_desks
    programme.clock.move(days=100)  # what another walk recorded of the same district has run out
    form = ready.returning_form(
        programme.clock,
        displacement=DisplacementAnswer(PlaceAnswer(place)),
        intention=IntentionAnswer("RET", destination=PlaceAnswer(place), free_to_choose="Y"),
    )
    elsewhere = hands["two"].as_("clerk")  # a desk that nobody works at for a year believes no clock any more
    elsewhere.do(families.register, ready.returning_form(programme.clock))
    desk = hands["one"].as_("supervisor")
    desk.do(families.register, form)
    found = Walk(
        programme, hands, form.household_id, place, ready.adults(desk, form.household_id), {f: Known() for f in FOLDERS}
    )
    found.do("one", "clerk", "prepare")
    for step in ready.STEPS:
        if step not in missing:
            found.do("one", "clerk", step)
    found.check()
    for folder, who, name in (first, *walk):
        for one in {"rush": TOWARDS, "late rush": ("a week", "a week", *TOWARDS)}.get(name, (name,)):
            with suppress(Refusal):
                found.do(folder, who, one)
            found.check()


def test_no_walk_leaves_without_its_safeguards(two_desks: tuple[Programme, dict[str, Hands]]) -> None:
    one_walk(two_desks)
    # a walk that never gets anywhere proves nothing
    assert {"PREPARING", "READY", "SCHEDULED", "DEPARTED"} <= STATES.keys()
