"""Papers about places: readable in every language, long findings broken over pages, nothing of few families."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.areas.advocacy import Brief, Evidence, OpenObstacle
from helpdesk.journey.areas.codes import AREA_SECTION
from helpdesk.journey.areas.documents import AreaPlan, Assessment, Condition, Obstacle, PlanAction, Safeguard
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.areas.queries import ObstacleShown, PlaceFile, PlanShown
from helpdesk.printing.areas import brief_pdf, place_pdf, plan_pdf
from tests.places import FALLUJAH, MARKAZ
from tests.printing.reading import assert_inside, text_of

DAY = date(2026, 11, 21)
MISSING = (("L_RISK", "ALERT"), ("L_FDBK", "MISSING"))
LONG = "Water runs three hours a day in two quarters. " * 80


def file(**fields: object) -> PlaceFile:
    told: dict[str, object] = {
        "place": MARKAZ,
        "within": (MARKAZ, FALLUJAH),
        "day": DAY,
        "standing": AreaStanding(MARKAZ, MISSING, "CONDITIONS", None, ("L_COHES",), ()),
        "profile": None,
        "assessments": (
            (
                "1",
                Assessment(
                    FALLUJAH, DAY, date(2027, 2, 1), "CONDITIONS", "IOM", "u", dict.fromkeys(AREA_SECTION, LONG),
                    (Condition("Clear the road", date(2026, 12, 1)),),
                ),
            ),
        ),
        "safeguards": (("2", Safeguard(FALLUJAH, "L_HOSTENG", "DONE", DAY, "IOM", "u", concerns=("Work",))),),
        "plans": (
            PlanShown(
                "3",
                AreaPlan(FALLUJAH, "Plan of the year", "ABC", "AGREED", DAY, "Council", "u"),
                (("4", PlanAction("3", FALLUJAH, "Repair the pump", "Water department", date(2026, 12, 9))),),
            ),
        ),
        "alerts": (),
        "waivers": (),
        "obstacles": (ObstacleShown("5", Obstacle(FALLUJAH, "JOBS", "NATIONAL", "No work", DAY, "IOM", "u"), ()),),
        "notes": (),
        **fields,
    }  # fmt: skip
    return PlaceFile(**told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_in_every_language_stays_on_its_page(language: str) -> None:
    words, places = Words(language), load_gazetteer()
    brief = Brief(DAY, (Evidence(MARKAZ, "HLP", None, (), DAY),), (OpenObstacle(MARKAZ, "JOBS", "AREA", LONG, DAY),))
    for pdf in (
        place_pdf(words, file(), places, practice=False),
        plan_pdf(words, file(), places, practice=False),
        brief_pdf(words, brief, places, practice=True),
    ):
        assert_inside(pdf, 10)


def test_the_summary_says_what_is_missing_and_everything_that_was_found() -> None:
    text = " ".join(text_of(place_pdf(Words("en"), file(), load_gazetteer(), practice=False)).split())
    for said in (
        "may not be helped to move there yet",
        "tension alert",
        "nothing is recorded",
        "Waived by two people",
        "Council",  # who agreed on the plan
        "Condition, due 1 December 2026: Clear the road",
        "Concern of the host community: Work",
        "Obstacle (Livelihoods, National): No work",
    ):
        assert said in text
    assert text.count("quarters.") == 80 * len(AREA_SECTION)


def test_the_plan_without_a_plan_is_a_form_to_write_on() -> None:
    text = text_of(plan_pdf(Words("en"), file(), load_gazetteer(), practice=False))
    assert "Repair the pump" in text
    empty = text_of(plan_pdf(Words("en"), file(plans=()), load_gazetteer(), practice=False))
    assert "Joint action plan" in empty
    assert "Repair" not in empty


def test_the_brief_never_shows_the_words_of_few() -> None:
    brief = Brief(DAY, (Evidence(MARKAZ, "HLP", None, (), DAY),), ())
    text = text_of(brief_pdf(Words("en"), brief, load_gazetteer(), practice=False))
    assert "fewer than 5" in " ".join(text.split())
