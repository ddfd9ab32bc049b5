"""The second half of the story in the window: a convoy of forty families, an arrival elsewhere, nine months of calls.

The forty are made ready by commands; the day itself, the arrival and every call are keys alone.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt

from helpdesk.households.commands import record_consent
from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.departures import bulk, planning
from helpdesk.journey.departures.documents import Vehicle
from helpdesk.journey.departures.queries import movement_of
from helpdesk.journey.monitoring.queries import call_sheet, task_ids, task_lines
from helpdesk.opening import Desk
from tests.journey.arrived import PHONE
from tests.journey.handed import departed, far_desk, hand_over, take_in
from tests.journey.leaving import movement_plan, prepared_at
from tests.journeys.told import CALLS
from tests.programme import Programme
from tests.ui.keyboard import Keyboard, Sit, sit

__all__ = ["sit"]

FORTY = 40
BUSES = tuple(Vehicle("BUS", f"1234{place}", f"Driver {place}", "07000000003", 45) for place in range(3))


def state(programme: Programme, household: str, folder: str = "one") -> str:
    found: str = programme.at(folder, "clerk", lambda desk: desk.ask(standing_of, household).state)
    return found


def forty_with_their_day(programme: Programme) -> tuple[str, dict[str, str]]:
    """A movement today with forty families on it: its id, and their numbers by household."""

    def make(desk: Desk) -> tuple[str, dict[str, str]]:
        households = prepared_at(desk, FORTY)
        assert desk.do(bulk_declare_ready, households) == ()
        movement = desk.do(planning.plan, movement_plan(desk.clock, vehicles=BUSES))
        assert desk.do(planning.list_families, movement, tuple(households)) == ()
        desk.do(planning.all_fit, movement, tuple(households))
        desk.do(planning.notify, movement, "JOC", "12/2026")
        assert bulk.schedule_all(desk, movement).refused == ()
        return movement, {one: line.number for one, line in desk.ask(lines, households).items()}

    return programme.at("one", "supervisor", make)


def open_movement(keys: Keyboard) -> None:
    keys.window.go("convoys")
    keys.settle()
    keys.walk_to("movementsTable")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    assert keys.window.trail[-1][0] == "convoy"


def test_a_convoy_of_forty(programme: Programme, sit: Sit) -> None:
    movement, numbers = forty_with_their_day(programme)
    came = list(numbers)[:38]
    with sit("supervisor") as keys:
        open_movement(keys)
        for household in came:
            keys.scan(numbers[household])
        assert keys.page.counter.families.text() == "38 of 40 families"
        keys.save()
        keys.choose("stripWayOn")
        counts = programme_counts(keys)
        assert (counts["DEPARTED"], counts["NOSHOW"]) == (38, 2)
        # a bridge was closed: one of them is back at the gate in the evening
        keys.walk_to("convoyTable")
        keys.press(Qt.Key.Key_Home)
        keys.walk_to("lineReason")
        keys.type("a closed bridge")
        keys.choose("act.turned_back")
    shown = programme.at("one", "clerk", lambda desk: desk.ask(movement_of, movement))
    assert shown.counts == {"DEPARTED": 37, "NOSHOW": 2, "TURNED_BACK": 1}
    states = programme.at("one", "clerk", lambda desk: Counter(desk.ask(standing_of, one).state for one in numbers))
    assert states == {"DEPARTED": 37, "PREPARING": 1, "READY": 2}


def programme_counts(keys: Keyboard) -> dict[str, int]:
    counts: dict[str, int] = keys.page._shown.counts
    return counts


ROUNDS = (("W2", 1), ("M3", 83), ("M9", 183))


def test_a_family_arrives_elsewhere_and_is_called_for_nine_months(programme: Programme, sit: Sit) -> None:
    far_desk(programme)
    (household,) = departed(programme, 1)
    take_in(programme, hand_over(programme, [household]))
    number = programme.at("far", "clerk", lambda desk: desk.ask(lines, [household])[household].number)
    programme.clock.move(days=1)
    with sit("clerk", "far") as keys:
        keys.window.go("arrivals")
        keys.settle()
        keys.scan(number)
    assert state(programme, household, "far") == "ARRIVED"
    programme.at("far", "clerk", lambda desk: desk.do(record_consent, household, CALLS))
    programme.clock.move(days=8)
    with sit("clerk", "far") as keys:
        _ring(keys, number)
        keys.walk_to("callResult.DONE")
        keys.press(Qt.Key.Key_3)  # nobody answered
        keys.save()
    for round_, days in ROUNDS:
        programme.clock.move(days=days)
        with sit("clerk", "far") as keys:
            _ring(keys, number)
            keys.walk_to("safeToTalk.Y")
            keys.press(Qt.Key.Key_1)
            _answer(keys, round_)
            keys.press(Qt.Key.Key_F7)
            keys.press(Qt.Key.Key_1)
            keys.save()
            assert keys.page.call.call is None
        sheet = programme.at("far", "clerk", lambda desk, one=round_: desk.ask(call_sheet, household, one))
        assert sheet.call is not None
        assert (sheet.call.state, len(sheet.attempts)) == ("DONE", 2 if round_ == "W2" else 1)
    reasons = programme.at("far", "clerk", open_tasks)
    assert reasons == ["CENTRE", "HUNGER"]
    assert state(programme, household, "far") == "MONITORED"


def open_tasks(desk: Desk) -> list[str]:
    """Why somebody must act within a day, of every call that was made."""
    return sorted(line.reason for line in desk.ask(task_lines, desk.ask(task_ids)).values())


def _answer(keys: Keyboard, round_: str) -> None:
    """Where they live and whether they stay; after three months they go hungry."""
    for question in ("same_place", "plan"):
        keys.walk_to(f"answer.{question}")
        keys.press(Qt.Key.Key_1)
    if round_ == "M3":
        keys.choose("closedQuestions.open")
        keys.walk_to("answer.food")
        keys.press(Qt.Key.Key_3)


def _ring(keys: Keyboard, number: str) -> None:
    keys.window.go("calls")
    keys.settle()
    keys.scan(number)
    keys.choose(f"callNumber.OWN:{PHONE}")
