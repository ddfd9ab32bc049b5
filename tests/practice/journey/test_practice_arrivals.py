"""The practice programme's arrivals: details and profiles by the program's own commands, papers in every language."""

from __future__ import annotations

from random import Random

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.households import commands as families
from helpdesk.journey.arrivals import commands, profiling, queries
from helpdesk.journey.arrivals.documents import ArrivalForm
from helpdesk.opening import Desk
from helpdesk.practice.journey.arrivals import make_arrivals, papers
from tests.people import small_form
from tests.programme import Programme


def test_arrived_families_are_told_of(programme: Programme) -> None:
    def make(desk: Desk) -> None:
        forms = [small_form(desk.clock) for _ in range(3)]
        for form in forms:
            desk.do(families.register, form)
        households = [form.household_id for form in forms]
        for household in households[:2]:
            desk.do(commands.record, ArrivalForm(household, unplanned="OWN"))
        assert make_arrivals(desk, households, Random(3)) == 2
        shown = desk.ask(queries.arrival_of, households[0])
        assert shown.arrival is not None
        assert shown.arrival.kits == 1
        assert [len(desk.ask(profiling.profiles_of, one)) for one in households] == [1, 0, 0]

    programme.at("one", "clerk", make)


@pytest.mark.parametrize("language", LANGUAGES)
def test_specimens(language: str) -> None:
    made = dict(papers(Words(language)))
    assert set(made) == {"arrival-slip", "expected-families", "arrival-list"}
    assert all(pdf.startswith(b"%PDF") for pdf in made.values())
