"""Practice families that change: some stopped, one divided, and people counted once."""

from __future__ import annotations

from random import Random

from helpdesk.casework import queries
from helpdesk.practice.journey.casework import EVERY_BORN, EVERY_STOPPED, make_changes
from tests.casework.families import counted, large_family
from tests.programme import Programme


def test_families_change_and_nobody_is_counted_twice(programme: Programme) -> None:
    with programme.open("one", "supervisor") as desk:
        households = [large_family(desk)[0] for _ in range(EVERY_STOPPED)]
        assert make_changes(desk, households, Random(3)) == 3
        states = [desk.ask(queries.changes_of, one).state for one in households]
        assert states.count("WITHDRAWN") == 1
        people = 5 * EVERY_STOPPED + 1
        assert desk.ask(counted) == (people, people, people)
        (event,) = desk.ask(queries.events_of, households[EVERY_BORN - 1])
        assert event.what == "BIRTH"
