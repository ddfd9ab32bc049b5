"""``case``: what is missing is said in sentences, bulk acts name who was left out, papers are written."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from helpdesk.cli.app import DONE, REFUSED
from helpdesk.core.clock import SystemClock
from helpdesk.practice.filled import registration
from helpdesk.practice.people import families
from tests.cli.conftest import Programme

CLERK, SUPERVISOR, OTHER = "desk-one:clerk", "desk-one:supervisor", "desk-one:clerk"


@pytest.fixture
def family(programme: Programme, tmp_path: Path) -> str:
    """The number of a family that wants to return and is screened."""
    found = next(iter(families(1, 11, SystemClock().now().date())))
    document = msgspec.to_builtins(registration(found, "x"))
    del document["household_id"]
    document["population"] = "OOC"
    document["intention"] = {"choice": "RET", "destination": {"place_id": "IQG01Q01"}}
    document["barriers"] = []
    path = tmp_path / "form.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    said = programme(CLERK, "household", "register", "--file", path)
    assert said.code == DONE, said.err
    number: str = said.document["number"]
    return number


def test_a_family_is_prepared_and_told_what_is_missing(programme: Programme, family: str) -> None:
    said = programme(CLERK, "case", "prepare", family, document=False)
    assert said.code == DONE, said.err
    assert "Preparing" in said.out
    assert "information session" in said.out
    said = programme(SUPERVISOR, "case", "ready", family)
    assert said.code == DONE
    assert said.document["done"] == 0
    assert said.document["refused"][family].startswith("gate.")
    assert programme(CLERK, "case", "ready", family).refused == "role.not_allowed"


def test_a_waiver_takes_two_and_some_are_never(programme: Programme, family: str) -> None:
    programme(CLERK, "case", "prepare", family)
    never = programme(SUPERVISOR, "case", "waive", family, "--safeguard", "H7", "--reason", "There was no time")
    assert (never.code, never.refused) == (REFUSED, "waiver.never")
    said = programme(SUPERVISOR, "case", "waive", family, "--safeguard", "H2", "--reason", "The road is closed")
    waiver = said.document["waiver"]
    assert programme(SUPERVISOR, "case", "confirm", waiver).refused == "waiver.same_person"
    assert programme(OTHER, "case", "confirm", waiver).code == DONE
    shown = programme(CLERK, "case", "show", family).document
    assert "H2" not in {one["safeguard"] for one in shown["missing"]}


def test_lists_board_and_papers(programme: Programme, family: str, tmp_path: Path) -> None:
    programme(CLERK, "case", "prepare", family)
    listed = programme(CLERK, "case", "list", "MISSING", "--safeguard", "H1").document
    assert family in {row["number"] for row in listed}
    board = {column["state"]: column["families"] for column in programme(CLERK, "case", "board").document}
    assert board["PREPARING"] >= 1
    for paper in ("checklist", "why-not"):
        out = tmp_path / f"{paper}.pdf"
        said = programme(CLERK, "case", paper, family, "--out", out, "--language", "ar")
        assert said.code == DONE, said.err
        assert out.read_bytes().startswith(b"%PDF")


def test_hold_and_resume(programme: Programme, family: str) -> None:
    programme(CLERK, "case", "prepare", family)
    assert programme(CLERK, "case", "hold", family, "--reason", "ILLNESS").document["done"] == 1
    assert programme(CLERK, "case", "show", family).document["state"] == "HOLD"
    assert programme(CLERK, "case", "resume", family).document["state"] == "PREPARING"


def test_a_clerk_proposes_follow_up_and_takes_it_back(programme: Programme, family: str) -> None:
    said = programme(CLERK, "case", "propose-follow-up", family, "--review", "2099-01-01")
    assert (said.code, said.refused) == (REFUSED, "case.review")
    later = (SystemClock().now().date() + timedelta(days=30)).isoformat()
    assert programme(CLERK, "case", "propose-follow-up", family, "--review", later).code == DONE
    said = programme(CLERK, "case", "propose-follow-up", family, "--review", later)
    assert (said.code, said.refused) == (REFUSED, "follow_up.twice")
    assert programme(CLERK, "case", "decline-follow-up", family).code == DONE
    said = programme(CLERK, "case", "decline-follow-up", family)
    assert (said.code, said.refused) == (REFUSED, "follow_up.none")
