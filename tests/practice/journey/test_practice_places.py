"""The practice places: they come with a bundle, and show a board every case there is."""

from __future__ import annotations

from random import Random

from helpdesk.exchange import installing
from helpdesk.journey.areas.facts import standings_of
from helpdesk.practice.journey.areas import FALLUJAH, SHIRQAT, SINJAR, TELAFAR, make_areas
from tests.programme import Programme


def test_practice_places_show_every_case(programme: Programme) -> None:
    with programme.office() as office:
        assert make_areas(office, Random(1)) >= 5
    path = programme.bundle("one")
    programme.at("one", "clerk", lambda desk: installing.install(desk, path))
    places = (FALLUJAH, TELAFAR, SINJAR, SHIRQAT)
    found = programme.at(
        "one", "clerk", lambda desk: desk.ask(lambda view: standings_of(view.connection, places, view.day))
    )
    assert found[FALLUJAH].missing == found[TELAFAR].missing == ()
    assert found[TELAFAR].result == "CONDITIONS"
    assert found[SINJAR].missing == (("L_RISK", "NOT_ACCEPTABLE"),)
    assert {why for _, why in found[SHIRQAT].missing} == {"MISSING"}
