"""A family of six goes home from AAF camp to Fallujah; another laptop receives it and calls it for nine months.

Beside it a host household is served where it lives, and never asked to move. All of it is typed on command lines.
"""

from __future__ import annotations

from datetime import date, timedelta

from helpdesk.households.documents import PlaceAnswer
from tests.journeys.told import AAF, ARRIVALS, CLERK, FALLUJAH, FAR, SUPERVISOR, Story
from tests.people import CONSENT, head, member, small_form

CHILDREN = tuple(
    member(name, "Salim", sex=sex, birth_date=date(born, 7, 1))
    for name, sex, born in (("Omar", "M", 2011), ("Huda", "F", 2013), ("Sara", "F", 2016), ("Yusuf", "M", 2021))
)
WELL = {"same_place": "SAME", "plan": "STAY", "feels_safe": "Y", "papers": "ALL"}


def test_a_family_of_six_goes_home(story: Story) -> None:
    number = story.leaving_family(*CHILDREN)
    assert story.state(CLERK, number) == "SCREENED"
    story.to_the_centre()
    story.open_fallujah()
    assert story.word_of_the_centre()["proceed"] >= 1

    # nothing is ready because somebody says so: the gate names each thing that is missing
    story.do(CLERK, "case", "prepare", number)
    assert story.do(SUPERVISOR, "case", "ready", number)["done"] == 0
    assert {"H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"} <= story.missing(number)
    why = story.folder / "why.pdf"
    story.do(CLERK, "case", "why-not", number, "--out", why, "--language", "ar")
    assert why.read_bytes().startswith(b"%PDF")

    _hears_and_decides(story, number)
    assert story.missing(number) == set()
    assert story.refused(CLERK, "case", "ready", number) == "role.not_allowed"
    assert story.do(SUPERVISOR, "case", "ready", number)["done"] == 1
    story.do(CLERK, "case", "checklist", number, "--out", story.folder / "checklist.pdf")
    story.declare_to_move(number)
    movement = story.movement(story.today + timedelta(days=2), number)
    _leaves(story, number, movement)
    _arrives(story, number, movement)
    _nine_months(story, number)


def _hears_and_decides(story: Story, number: str) -> None:
    event = story.do(
        CLERK, "event", "plan", "--place", AAF, "--topic", "REG", "--topic", "VOLUNT", "--organisation", "IOM"
    )["event"]
    story.do(CLERK, "event", "attend", event, number)
    visit = story.do(
        CLERK, "visit", "plan", "--on", story.today, "--destination", FALLUJAH, "--start", AAF, "--seats", 20,
        "--organisation", "IOM", "--host", "AUTHORITY", "--contact", "07000000010",
    )["visit"]  # fmt: skip
    seat = story.do(CLERK, "visit", "offer", visit, number, "--person", 1, "--person", 2)["seat"]
    story.do(CLERK, "visit", "answer", seat, "TAKEN")
    story.do(CLERK, "visit", "risk", visit, "--note", "Road and town were asked about today.")
    came = story.do(CLERK, "visit", "board", visit, number)["came"]
    person = story.do(CLERK, "visit", "show", visit)["seats"][0]["travellers"][0]["participant"]
    assert len(came) == 2
    story.do(CLERK, "visit", "find", person, "--saw-own-house", "--house", "25-49", "--reception", 4)
    story.clock.move(days=1)
    story.do(CLERK, "visit", "decide", person, "RET")
    _is_prepared(story, number)


def _is_prepared(story: Story, number: str) -> None:
    file = story.written("profile", {"vulnerabilities": {"NOINC": True}})
    story.do(CLERK, "prepare", "profile", number, "--file", file)
    story.do(CLERK, "prepare", "inform", number)
    story.do(CLERK, "prepare", "brief", number)
    story.do(CLERK, "prepare", "travellers", number)
    for place in (1, 2):
        story.do(
            CLERK, "prepare", "answer", number, "--person", place, "--choice", "RET", "--to", FALLUJAH, "--free", "Y",
            "--alone",
        )  # fmt: skip
    until = story.today + timedelta(days=60)
    everybody = [part for one in ("CAMP", "SEC", "JOC", "NEXT", "MAY") for part in ("--authority", one)]
    shown = story.do(CLERK, "clearance", "show", number)["authorities"]
    asked = [part for one in shown for part in ("--authority", one)] or everybody
    story.do(CLERK, "clearance", "record", number, *asked, "--status", "GRANTED", "--seen", "--until", until)


def _leaves(story: Story, number: str, movement: str) -> None:
    papers = {
        "manifest": ("--kind", "AUTHORITIES"), "letter": ("--authority", "JOC"),
        "declaration": (number,), "slip": (number,),
    }  # fmt: skip
    for paper, more in papers.items():
        out = story.folder / f"{paper}.pdf"
        story.do(SUPERVISOR, "movement", "paper", paper, movement, *more, "--out", out)
        assert out.read_bytes().startswith(b"%PDF")
    assert story.state(CLERK, number) == "SCHEDULED"
    story.clock.move(days=2)
    assert story.do(CLERK, "movement", "present", movement, number)["people"] == 6
    closed = story.do(SUPERVISOR, "movement", "close", movement)
    assert (closed["closing"]["departed"], closed["closing"]["absent"]) == (1, 0)
    assert story.state(CLERK, number) == "DEPARTED"


def _arrives(story: Story, number: str, movement: str) -> None:
    far = story.programme.facts.desks[1].number
    handed = story.do(SUPERVISOR, "batch", "transfer", "--desk", far, "--movement", movement, "--to", story.stick)
    assert handed["families"] == 1
    assert story.refused(FAR, "case", "show", number) == "household.unknown"
    story.do(FAR, "batch", "install", handed["path"])
    story.clock.move(days=1)
    counted = story.do(ARRIVALS, "arrival", "scan", number)
    assert (counted["families"], counted["people"], counted["expected_families"]) == (1, 6, 0)
    story.do(ARRIVALS, "arrival", "record", number, "--kits", 1, "--momd", "M-7/26")
    shelter = story.written("profile", {"household": "", "shelter": {"tenure": "OWN"}})
    story.do(ARRIVALS, "arrival", "profile", number, "--file", shelter)
    story.do(ARRIVALS, "arrival", "paper", "slip", number, "--out", story.folder / "arrived.pdf")
    assert story.state(ARRIVALS, number) == "ARRIVED"


def _nine_months(story: Story, number: str) -> None:
    for round_, days in (("W2", 9), ("M3", 83), ("M9", 183)):
        story.clock.move(days=days)
        listed = {(line["number"], line["round"]) for line in story.do(ARRIVALS, "call", "list")}
        assert (number, round_) in listed
        hungry = {"food": "HUNGRY"} if round_ == "M3" else {"food": "ENOUGH"}
        called = story.call(ARRIVALS, number, round_, **WELL, **hungry)
        assert called["tasks"] == (["HUNGER", "CENTRE"] if round_ == "M3" else ["CENTRE"])
    assert story.refused(FAR, "case", "close", number) == "close.lacks"
    (task,) = (one for one in story.do(ARRIVALS, "call", "tasks") if one["reason"] == "HUNGER")
    story.do(ARRIVALS, "call", "finish", task["id"], "--done", "Food was brought the same day")
    assert story.state(ARRIVALS, number) == "MONITORED"
    story.do(FAR, "case", "close", number, "--out", story.folder / "closed.pdf")
    assert story.state(ARRIVALS, number) == "CLOSED"
    # the camp's batch and the arrival desk's tell the centre one story, whichever comes first
    story.bundles()
    story.to_the_centre(FAR)
    story.to_the_centre()
    assert story.do("centre", "centre", "conflicts") == []


def test_a_host_household_is_served_where_it_lives(story: Story) -> None:
    number = story.family(
        small_form(
            story.clock, population="HOST", members=(head(given_name="Warda"), member("Nada", "Fadil")),
            site=PlaceAnswer(place_id=FALLUJAH), displacement=None, intention=None, barriers=None,
            consents=(CONSENT,),
        )
    )  # fmt: skip
    assert story.refused(CLERK, "case", "prepare", number) == "case.no_movement"
    assert story.refused(CLERK, "arrival", "scan", number) == "arrival.not_displaced"
    answers = {"household": "", "shelter": {"tenure": "OWN"}, "livelihood": {"incomes": ["NONE"]}}
    story.do(CLERK, "arrival", "profile", number, "--file", story.written("profile", answers))
    given = story.do(
        CLERK, "service", "deliver", "--number", number, "--item", "LV1", "--provider", "Practice works",
        "--started", story.today,
    )  # fmt: skip
    story.do(CLERK, "service", "progress", given["delivery"], "--completed", story.today)
    assert len(story.do(CLERK, "service", "list", "--number", number)) == 1
    assert number not in story.programme(CLERK, "case", "list", "MISSING", document=False).out
