"""``prepare`` on a real store: what is recorded is missing no more, and what an adult answered is never shown."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from helpdesk.cli.app import DONE, REFUSED, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.journey.preparing.codes import BRIEFING
from helpdesk.practice.filled import registration
from helpdesk.practice.people import families
from tests.cli.conftest import Programme, Said

CLERK, SUPERVISOR, ADMIN = "desk-one:clerk", "desk-one:supervisor", "desk-one:admin"
FALLUJAH = "IQG01Q01"


@pytest.fixture
def form() -> dict[str, object]:
    """A family of two grown people and a child that wants to return."""
    found = next(iter(families(1, 11, SystemClock().now().date())))
    document: dict[str, object] = msgspec.to_builtins(registration(found, "x"))
    del document["household_id"]
    today = SystemClock().now().date()
    person = {"father_name": "Ali", "family_name": "", "grandfather_name": None, "birth_precision": "year"}
    grown, young = (today.replace(month=1, day=1) - timedelta(days=366 * years) for years in (40, 9))
    members = [
        {**person, "given_name": "Nour", "sex": "F", "relation": "HEAD", "birth_date": grown.isoformat()},
        {**person, "given_name": "Omar", "sex": "M", "relation": "SPOUSE", "birth_date": grown.isoformat()},
        {**person, "given_name": "Zina", "sex": "F", "relation": "CHILD", "birth_date": young.isoformat()},
    ]
    return {
        **document,
        "members": members, "head": 0, "principal": 0, "alternate": None, "size_declared": None,
        "population": "OOC", "intention": {"choice": "RET", "destination": {"place_id": FALLUJAH}}, "barriers": [],
        "sealed": {},
    }  # fmt: skip


@pytest.fixture
def family(programme: Programme, form: dict[str, object], tmp_path: Path) -> str:
    """The number of that family, being prepared."""
    path = tmp_path / "form.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    said = programme(CLERK, "household", "register", "--file", path)
    assert said.code == DONE, said.err
    number: str = said.document["number"]
    assert programme(CLERK, "case", "prepare", number).code == DONE
    return number


def missing(programme: Programme, family: str) -> set[str]:
    shown = programme(CLERK, "case", "show", family)
    assert shown.code == DONE, shown.err
    return {one["safeguard"] for one in shown.document["missing"]}


def done(said: Said) -> Said:
    assert said.code == DONE, said.err
    return said


def test_what_was_told_is_missing_no_more(programme: Programme, family: str) -> None:
    assert {"H4", "H5", "H8"} <= missing(programme, family)
    done(programme(CLERK, "prepare", "inform", family, "--topic", "HLPCOMP"))
    assert missing(programme, family) & {"H4", "H5"} == {"H5"}
    done(programme(CLERK, "prepare", "inform", family, "--topic", "NUMBERS"))
    assert done(programme(CLERK, "prepare", "brief", family, "--item", BRIEFING.entries[0])).document["recorded"] == 1
    assert missing(programme, family) & {"H4", "H5", "H8"} == {"H8"}
    done(programme(CLERK, "prepare", "brief", family))
    assert not missing(programme, family) & {"H4", "H5", "H8"}


def test_an_answer_is_recorded_and_never_shown(programme: Programme, family: str) -> None:
    assert "H7" in missing(programme, family)
    for person in (1, 2):
        answer = ("prepare", "answer", family, "--person", person, "--choice", "RET", "--free", "Y", "--to", FALLUJAH)
        assert done(programme(CLERK, *answer, "--alone")).document == {"recorded": family}
    assert "H7" not in missing(programme, family)
    # who is made to go is heard, and nothing tells it back
    made = ("prepare", "answer", family, "--person", 2, "--choice", "RET", "--free", "N", "--to", FALLUJAH, "--forced")
    for as_document in (True, False):
        said = done(programme(CLERK, *made, "--alone", document=as_document))
        assert "orced" not in said.out
        assert "free" not in said.out
    assert "H7" in missing(programme, family)


def test_who_travels_and_what_is_declared(programme: Programme, family: str) -> None:
    assert done(programme(CLERK, "prepare", "travellers", family, "--stays", "2=he works")).document == {"staying": 1}
    assert done(programme(CLERK, "prepare", "travellers", family)).document == {"staying": 0}
    declared = done(programme(CLERK, "prepare", "consent", family, "MOVE", "--person", 1))
    assert declared.document == {"recorded": family}
    done(programme(CLERK, "prepare", "consent", family, "CALL"))
    spoken = ("prepare", "consent", family, "CALL", "--form", "ORAL")
    assert programme(CLERK, *spoken).refused == "consent.witness"
    done(programme(CLERK, *spoken, "--witness", "Sara"))
    guardians = ("prepare", "guardians", family, "--minor", 3, "--adult", 1, "--organisation", "UNICEF")
    assert programme(CLERK, *guardians).refused == "role.not_allowed"
    assert done(programme(SUPERVISOR, *guardians)).document == {"recorded": family}


def test_a_place_to_settle_and_a_profile(programme: Programme, family: str, tmp_path: Path) -> None:
    settle = ("prepare", "relocation", family, "--to", FALLUJAH, "--housing", "RENT", "--residency", "GRANTED")
    assert done(programme(CLERK, *settle)).document == {"recorded": family}
    path = tmp_path / "profile.json"
    path.write_text('{"social": ["PDS"]}', encoding="utf-8")
    assert done(programme(CLERK, "prepare", "profile", family, "--file", path)).document == {"recorded": family}
    path.write_text('{"social": ["LOTTERY"]}', encoding="utf-8")
    assert programme(CLERK, "prepare", "profile", family, "--file", path).refused == "form.code"
    path.write_text('{"socks": []}', encoding="utf-8")
    assert programme(CLERK, "prepare", "profile", family, "--file", path).refused == "cli.document"


def test_what_is_refused(programme: Programme, family: str) -> None:
    long_ago = (SystemClock().now().date() - timedelta(days=4000)).isoformat()
    child = ("prepare", "answer", family, "--person", 3, "--choice", "RET", "--free", "Y", "--to", FALLUJAH)
    for arguments, code in (
        (("prepare", "inform", family, "--topic", "WEATHER"), "form.code"),
        (("prepare", "inform", family, "--on", long_ago), "preparing.day"),
        (("prepare", "brief", family, "--item", "WEATHER"), "form.code"),
        (child, "preparing.not_adult"),
        (("prepare", "answer", family, "--person", 1, "--choice", "RET", "--free", "Y"), "intention.destination"),
        (("prepare", "answer", family, "--person", 1, "--choice", "FLY", "--free", "Y"), "form.code"),
        (("prepare", "travellers", family, "--stays", "2="), "preparing.reason"),
        (("prepare", "consent", family, "MOVE", "--person", 3), "preparing.not_adult"),
        (("prepare", "relocation", family, "--to", FALLUJAH, "--housing", "X", "--residency", "NONE"), "form.code"),
    ):
        said = programme(CLERK, *arguments)
        assert (arguments, said.code, said.refused) == (arguments, REFUSED, code)
    for arguments in (
        ("prepare", "answer", family, "--person", 9, "--choice", "RET", "--free", "Y"),
        ("prepare", "travellers", family, "--stays", "he works"),
        ("prepare", "travellers", family, "--stays", "\u00b2=he works"),
        ("prepare", "consent", family, "DANCE"),
    ):
        assert programme(CLERK, *arguments).code == USAGE
    assert programme(ADMIN, "prepare", "inform", family).refused == "role.not_allowed"
