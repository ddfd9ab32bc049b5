"""The papers of arrivals in every language: what must stand on them, and what must not."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.paper_forms import draw, shown
from helpdesk.journey.arrivals.documents import Arrival
from helpdesk.journey.arrivals.papers import ExpectedFamily, ExpectedList
from helpdesk.journey.arrivals.queries import ArrivalShown
from helpdesk.printing.arrivals import arrival_forms_pdf, arrival_slip, expected_paper
from helpdesk.printing.lists import list_pdf
from helpdesk.printing.messages import EXPLOSIVES, MESSAGES
from helpdesk.printing.movements import route_slip
from helpdesk.printing.slips import slip_pdf
from tests.printing.reading import text_of
from tests.printing.test_movements import manifest

DAY = date(2026, 11, 21)
NUMBER = "9915975545"
HOME = PlaceAnswer("IQG01Q01")


def an_arrival(*, recorded: bool = True) -> ArrivalShown:
    arrival = Arrival("h", "c", DAY, 103, {"a": "ARRIVED", "b": "LATER"}, ("a", "b"), False, "u", HOME, HOME, kits=2)
    return ArrivalShown(
        "h", NUMBER, "ar", (("a", "Nour Ali"), ("b", "Sara Ali")), ("a", "b"), "ARRIVED", DAY, HOME, "r",
        arrival if recorded else None, 0, (), None, False, DAY,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_are_drawn_in_every_language(language: str) -> None:
    words = Words(language)
    slip = arrival_slip(words, an_arrival(), 103, load_gazetteer(), (("Helpline", "80069999"),), practice=True)
    assert slip_pdf(slip, words).startswith(b"%PDF")
    found = ExpectedList(DAY, tuple(ExpectedFamily(str(n), NUMBER, 4, DAY) for n in range(60)))
    assert list_pdf(expected_paper(words, found, practice=True), words).startswith(b"%PDF")
    assert arrival_forms_pdf(words, draw(2), practice=True).startswith(b"%PDF")


def test_a_slip_says_what_was_given_and_no_name() -> None:
    words = Words("en")
    slip = arrival_slip(words, an_arrival(), 103, load_gazetteer(), (("Helpline", "80069999"),), practice=False)
    said = text_of(slip_pdf(slip, words))
    for part in ("9915-9755-45", "Packages given", "80069999", "free of charge"):
        assert part in said
    assert "Nour" not in said
    with pytest.raises(ValueError, match="no arrival"):
        arrival_slip(words, an_arrival(recorded=False), 103, load_gazetteer(), (), practice=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_explosives_every_paper_says_the_same_and_never_to_mark_them(language: str) -> None:
    words, helplines = Words(language), (("Helpline", "80069999"),)
    arrived = arrival_slip(words, an_arrival(), 103, load_gazetteer(), helplines, practice=False)
    leaving = route_slip(words, manifest().movement, NUMBER, load_gazetteer(), helplines, practice=False)
    said = words(EXPLOSIVES)
    assert said in arrived.sentences
    assert said in leaving.sentences
    assert EXPLOSIVES in MESSAGES["ERW"]
    assert "mark" not in " ".join((EXPLOSIVES, *MESSAGES["ERW"])).lower()


def test_names_stand_only_on_a_list_that_has_them() -> None:
    words = Words("en")
    plain = ExpectedList(DAY, (ExpectedFamily("h", NUMBER, 4, DAY),))
    said = text_of(list_pdf(expected_paper(words, plain, practice=False), words))
    assert "no names" in said
    assert "Principal" not in said
    named = ExpectedList(DAY, (ExpectedFamily("h", NUMBER, 4, DAY, "Nour Ali"),))
    said = text_of(list_pdf(expected_paper(words, named, practice=False), words))
    assert "Nour Ali" in said
    assert "for the team only" in said


def test_a_paper_list_carries_its_number() -> None:
    (number,) = draw(1)
    assert shown(number) in text_of(arrival_forms_pdf(Words("en"), [number], practice=False))
