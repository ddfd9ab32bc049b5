"""The rule of the gate by tables: guardians, travellers, papers of a new place, contacts, days, states."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from helpdesk.core.clock import day_number
from helpdesk.households.documents import (
    Barriers,
    Consent,
    Household,
    Intention,
    OtherContact,
    Person,
    Phone,
    PlaceAnswer,
    Vulnerability,
)
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.cases.facts import Decided, Facts, Papers, Said
from helpdesk.journey.cases.kinds import safer_state
from helpdesk.journey.cases.rules import effective, examine, latest_answers, minors_to_check, travellers_of
from helpdesk.journey.clearances.rules import Cleared
from helpdesk.journey.facts import Fact
from helpdesk.journey.preparing.codes import BRIEFING, TOPIC
from helpdesk.journey.preparing.documents import Briefing, GuardianCheck, Information, Reconfirmation, RelocationCheck

DAY = date(2026, 11, 21)
THERE = PlaceAnswer("IQG01Q01")
FAR = PlaceAnswer("IQG02Q01")
HOUSE = "h"
BORN = {"adult": date(1985, 7, 1), "child": date(2016, 7, 1)}


def said(document: Any, record: str = "r", ctr: int = 1, device: str = "d", revision: str = "aa") -> Said[Any]:
    return Said(record, revision, ctr, device, "u", "2026-11-21T09:00:00.000Z", document)


def person(relation: str, age: str = "adult", **changes: Any) -> Person:
    fields: dict[str, Any] = {
        "household": HOUSE, "given_name": "A", "father_name": "B", "grandfather_name": None, "sex": "F",
        "birth_date": BORN[age], "birth_precision": "year", "relation": relation, "travels": "Y",
    }  # fmt: skip
    return Person(**{**fields, **changes})


def papers(people: dict[str, Person], **changes: Any) -> Papers:
    first = next(iter(people))
    phones = (Phone("+9647000000001", safe_to_call=True), Phone("+9647000000002", safe_to_call=True))
    household = Household("1", "CAMP", "ar", "ar", first, first, None, tuple(people), DAY, "u", phones=phones)
    fields: dict[str, Any] = {
        "id": HOUSE,
        "household": said(household),
        "persons": {name: said(one, name) for name, one in people.items()},
        "intentions": (said(Intention(HOUSE, DAY, "RET", destination=THERE, free_to_choose="Y")),),
        "barriers": (said(Barriers(HOUSE, DAY, THERE, ())),),
        "consents": (said(Consent(HOUSE, "DATA", "GIVEN", "SIGN", "ar", True, "1", "u", "2026-11-21T09:00:00.000Z")),),
        "vulnerability": said(Vulnerability(HOUSE, {})),
        "information": (said(Information(HOUSE, DAY, tuple(TOPIC))),),
        "reconfirmations": tuple(said(answer(name)) for name, one in people.items() if one.birth_date == BORN["adult"]),
        "briefings": (said(Briefing(HOUSE, DAY, tuple(BRIEFING))),),
    }
    return Papers(**{**fields, **changes})


def answer(name: str, **changes: Any) -> Reconfirmation:
    fields: dict[str, Any] = {
        "household": HOUSE, "person": name, "on": DAY, "choice": "RET", "destination": THERE, "alone": True,
        "free_to_choose": "Y",
    }  # fmt: skip
    return Reconfirmation(**{**fields, **changes})


def facts(found: Papers, **changes: Any) -> Facts:
    fields: dict[str, Any] = {
        "papers": found,
        "track": "RETURN",
        "destination": THERE,
        "travellers": travellers_of(found),
        "attended": Fact(DAY, "e", "ee"),
        "offered": Fact(DAY, "o", "00"),
        "clearance": Cleared(True, (), DAY + timedelta(days=30), ("cc",)),
        "area": AreaStanding("IQG01Q01", (), "ACCEPTABLE", DAY + timedelta(days=60), (), ("dd",)),
        "waived": {},
        "decided": Decided("proceed", day_number(DAY)),
    }
    return Facts(**{**fields, **changes})


def lacking(found: Facts, day: date = DAY) -> set[str]:
    return {one.safeguard for one in examine(found, day).missing}


COUPLE = {"h": person("HEAD"), "s": person("SPOUSE"), "c": person("CHILD", "child")}


def test_with_everything_nothing_is_missing() -> None:
    examined = examine(facts(papers(COUPLE)), DAY)
    assert examined.missing == ()
    assert examined.good_until == DAY + timedelta(days=14)


@pytest.mark.parametrize(
    ("changes", "safeguard"),
    [
        ({"attended": None}, "H1"),
        ({"attended": Fact(DAY + timedelta(days=1), "e", "ee")}, "H1"),
        ({"offered": None}, "H2"),
        ({"clearance": Cleared(False, (("h", "MOMD"),), None, ())}, "H6"),
        ({"clearance": Cleared(False, (), None, ())}, "H6"),
        ({"area": None}, "L_RISK"),
        ({"area": AreaStanding("x", (("L_PLAN", "MISSING"),), None, None, (), ())}, "L_PLAN"),
        ({"area": AreaStanding("x", (("L_RISK", "NOT_ACCEPTABLE"),), None, None, (), ())}, "L_RISK"),
        ({"decided": None}, "CENTRE"),
        ({"decided": Decided("wait", 1)}, "CENTRE"),
        ({"decided": Decided("proceed", day_number(DAY) + 1)}, "CENTRE"),
        ({"destination": FAR}, "INTENTION"),
        ({"track": "RELOCATION"}, "HOUSING"),
    ],
)
def test_what_the_other_rooms_say(changes: dict[str, Any], safeguard: str) -> None:
    assert safeguard in lacking(facts(papers(COUPLE), **changes))


@pytest.mark.parametrize(
    ("changes", "safeguard"),
    [
        ({"vulnerability": None}, "H3"),
        ({"information": (said(Information(HOUSE, DAY, ("NUMBERS",))),)}, "H4"),
        ({"information": (said(Information(HOUSE, DAY, ("HLPCOMP",))),)}, "H5"),
        ({"briefings": (said(Briefing(HOUSE, DAY, ("TIME", "STOP"))),)}, "H8"),
        ({"reconfirmations": (said(answer("h")),)}, "H7"),
        ({"consents": ()}, "CONSENT"),
        ({"intentions": (said(Intention(HOUSE, DAY, "LOC")),)}, "INTENTION"),
        ({"intentions": (said(Intention(HOUSE, DAY, "RET", destination=THERE, reasons=("FORCED",))),)}, "H7"),
        ({"intentions": (said(Intention(HOUSE, DAY, "RET", destination=THERE, free_to_choose="N")),)}, "H7"),
    ],
)
def test_what_the_family_s_own_papers_say(changes: dict[str, Any], safeguard: str) -> None:
    assert lacking(facts(papers(COUPLE, **changes))) == {safeguard}


@pytest.mark.parametrize("safeguard", ["H6", "H7", "CENTRE", "L_RISK", "CONSENT", "GUARDIANS", "MOVE"])
def test_no_signature_waives_what_never_is(safeguard: str) -> None:
    bare = facts(
        papers({"h": person("HEAD"), "c": person("NEPH", "child")}, reconfirmations=(), consents=()),
        clearance=Cleared(False, (), None, ()), area=None, decided=None, waived={safeguard: ("11", "22")},
    )  # fmt: skip
    assert safeguard in {one.safeguard for one in examine(bare, DAY, DAY).missing}


@pytest.mark.parametrize("safeguard", ["H1", "H2", "H3", "H4", "H5", "H8"])
def test_two_people_waive_the_others(safeguard: str) -> None:
    bare = facts(
        papers(COUPLE, vulnerability=None, information=(), briefings=()), attended=None, offered=None,
        waived={safeguard: ("11", "22")},
    )  # fmt: skip
    assert lacking(bare) == {"H1", "H2", "H3", "H4", "H5", "H8"} - {safeguard}


@pytest.mark.parametrize(
    ("people", "checked"),
    [
        (COUPLE, False),
        ({"h": person("HEAD"), "c": person("CHILD", "child")}, False),
        ({**COUPLE, "s": person("SPOUSE", presence="AWAY", travels="N")}, True),
        ({**COUPLE, "s": person("SPOUSE", travels="N")}, True),
        ({"h": person("HEAD"), "c": person("NEPH", "child")}, True),
        ({"h": person("HEAD"), "c": person("GRANDCH", "child")}, True),
        ({"h": person("HEAD"), "d": person("CHILD"), "c": person("GRANDCH", "child")}, False),
        ({"h": person("HEAD", "child"), "a": person("SIB")}, True),
    ],
)
def test_children_without_every_guardian_are_looked_at(people: dict[str, Person], checked: bool) -> None:
    found = papers(people)
    assert bool(minors_to_check(found, travellers_of(found), DAY)) is checked
    assert ("GUARDIANS" in lacking(facts(found))) is checked


def test_why_a_guardian_is_away_makes_no_difference_and_a_check_holds_for_its_own_persons() -> None:
    away = {**COUPLE, "s": person("SPOUSE", presence="AWAY", travels="N")}
    check = GuardianCheck(HOUSE, DAY, ("c",), ("h",), "Protection")
    assert "GUARDIANS" not in lacking(facts(papers(away, guardians=(said(check),))))
    more = {**away, "n": person("NEPH", "child")}
    assert "GUARDIANS" in lacking(facts(papers(more, guardians=(said(check),))))
    uncle = {**away, "u": person("SIB")}
    assert "GUARDIANS" in lacking(facts(papers(uncle, guardians=(said(check),))))


@pytest.mark.parametrize(
    ("check", "missing"),
    [
        (RelocationCheck(HOUSE, DAY, THERE, "RENT", "GRANTED"), set()),
        (RelocationCheck(HOUSE, DAY, THERE, "HOST", "NOT_NEEDED", DAY), set()),
        (RelocationCheck(HOUSE, DAY, THERE, "NONE", "GRANTED"), {"HOUSING"}),
        (RelocationCheck(HOUSE, DAY, THERE, "RENT", "PENDING"), {"RESIDENCY"}),
        (RelocationCheck(HOUSE, DAY, FAR, "RENT", "GRANTED"), {"HOUSING", "RESIDENCY"}),
        (RelocationCheck(HOUSE, DAY, THERE, "RENT", "GRANTED", DAY - timedelta(days=1)), {"HOUSING", "RESIDENCY"}),
    ],
)
def test_settling_elsewhere_asks_there_and_not_for_the_old_house(check: RelocationCheck, missing: set[str]) -> None:
    found = papers(
        COUPLE,
        intentions=(said(Intention(HOUSE, DAY, "REL", destination=THERE)),),
        reconfirmations=tuple(said(answer(name, choice="REL")) for name in ("h", "s")),
        information=(said(Information(HOUSE, DAY, ("NUMBERS",))),),
        relocations=(said(check),),
    )
    assert lacking(facts(found, track="RELOCATION")) == missing


def test_few_contacts_only_warn() -> None:
    found = papers(COUPLE)
    few = Household("1", "CAMP", "ar", "ar", "h", "h", None, tuple(COUPLE), DAY, "u", phones=(Phone("+9647000000001"),))
    examined = examine(facts(papers(COUPLE, household=said(few))), DAY)
    assert [one.safeguard for one in examined.missing] == ["H9"]
    assert examined.blocking == ()
    relative = OtherContact("Sami")
    none = Household("1", "CAMP", "ar", "ar", "h", "h", None, tuple(COUPLE), DAY, "u", no_phone=True, contact=relative)
    assert examine(facts(papers(COUPLE, household=said(none))), DAY).missing == ()
    assert found.household.document.phones


@pytest.mark.parametrize(("days", "held"), [(0, True), (14, True), (15, False)])
def test_an_answer_holds_for_fourteen_days(days: int, held: bool) -> None:
    late = DAY + timedelta(days=days)
    assert ("H7" not in lacking(facts(papers(COUPLE)), late)) is held


def test_two_laptops_that_did_not_see_each_other_both_count() -> None:
    good, bad = answer("h"), answer("h", free_to_choose="N")
    here, there = said(good, "1", 9, "a"), said(bad, "2", 3, "b")
    assert {one.device for one in latest_answers((here, there), "h", DAY)} == {"a", "b"}
    corrected = said(good, "3", 10, "a")
    mistaken = said(bad, "1", 9, "a")
    assert [one.record for one in latest_answers((corrected, mistaken), "h", DAY)] == ["3"]


@pytest.mark.parametrize(
    ("signed", "held"), [(DAY, True), (DAY - timedelta(days=7), True), (DAY - timedelta(days=8), False)]
)
def test_declarations_are_seven_days_old_at_most(signed: date, held: bool) -> None:
    at = f"{signed.isoformat()}T09:00:00.000Z"
    moves = [
        said(Consent(HOUSE, "MOVE", "GIVEN", "SIGN", "ar", True, "1", "u", at, person=name)) for name in ("h", "s")
    ]
    found = papers(COUPLE)
    both = papers(COUPLE, consents=(*found.consents, *moves))
    one = papers(COUPLE, consents=(*found.consents, moves[0]))
    assert (not examine(facts(both), DAY, DAY).missing) is held
    assert {m.person for m in examine(facts(one), DAY, DAY).missing} >= {"s"}


@pytest.mark.parametrize(
    ("declared", "missing", "movement", "shown"),
    [
        ("", False, None, "SCREENED"),
        ("READY", False, None, "READY"),
        ("READY", True, None, "PREPARING"),
        ("SCHEDULED", True, DAY, "PREPARING"),
        ("SCHEDULED", False, DAY, "SCHEDULED"),
        ("SCHEDULED", False, None, "READY"),
        ("WITHDRAWN", True, None, "WITHDRAWN"),
        ("DEPARTED", True, None, "DEPARTED"),
    ],
)
def test_what_shows_is_never_more_than_what_holds(
    declared: str, missing: bool, movement: date | None, shown: str
) -> None:
    found = facts(papers(COUPLE), attended=None if missing else Fact(DAY, "e", "ee"))
    examined = examine(found, DAY)
    assert effective(declared, screened=True, examined=examined, movement_day=movement) == shown


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("READY", "WITHDRAWN", "WITHDRAWN"),
        ("SCHEDULED", "HOLD", "HOLD"),
        ("PREPARING", "FOLLOW_UP", "FOLLOW_UP"),
        ("WITHDRAWN", "DEPARTED", "DEPARTED"),
        ("ARRIVED", "DEPARTED", "ARRIVED"),
        ("HOLD", "WITHDRAWN", "WITHDRAWN"),
    ],
)
def test_what_stops_wins_and_what_happened_stays(one: str, other: str, kept: str) -> None:
    assert safer_state(one, other) == safer_state(other, one) == kept
