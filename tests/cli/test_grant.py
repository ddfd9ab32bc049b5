"""``grant``: why, plan for many, approve with a sample, the table, other cash, and notes of the ministry's grant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.cli.app import DONE, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.practice.filled import registration
from helpdesk.practice.people import families
from tests.cli.conftest import Programme

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"
REASON = "Their tent burned down"


@pytest.fixture
def numbers(programme: Programme, tmp_path: Path) -> list[str]:
    """Three families, just registered."""
    found = []
    for family in list(families(12, 5, SystemClock().now().date()))[:3]:
        form = msgspec.to_builtins(registration(family, "-"))
        del form["household_id"]
        file = tmp_path / "form.json"
        file.write_text(json.dumps(form), encoding="utf-8")
        found.append(str(programme(CLERK, "household", "register", "--file", file).document["number"]))
    return found


def answers(programme: Programme, number: str, *more: object) -> dict[str, Any]:
    said = programme(CLERK, "grant", "why", number, *more).document["grants"]
    return {one["answer"]["grant"]: one for one in said}


def test_why_says_yes_and_no_and_prints_it_in_four_languages(
    programme: Programme, numbers: list[str], tmp_path: Path
) -> None:
    found = answers(programme, numbers[0])
    assert list(found) == list(GRANT)
    assert not any(one["answer"]["due"] for one in found.values())
    assert "NO_NEED" in found["CASH"]["answer"]["reasons"]
    assert programme(SUPERVISOR, "grant", "reason", numbers[0], "--text", REASON).code == DONE
    assert answers(programme, numbers[0])["CASH"]["amount"] in (200_000, 300_000, 400_000)
    told = programme(CLERK, "grant", "why", numbers[0], document=False).out
    assert "A supervisor has written down why." in told
    assert REASON not in told
    for language in ("en", "ar", "ckb", "kmr", None):
        out = tmp_path / f"slip-{language}.pdf"
        answers(programme, numbers[0], "--out", out, *(("--language", language) if language else ()))
        assert out.read_bytes().startswith(b"%PDF")


def test_a_list_is_planned_sampled_and_approved(programme: Programme, numbers: list[str]) -> None:
    point = programme.facts.desks[0].number
    for number in numbers[:2]:
        programme(SUPERVISOR, "grant", "reason", number, "--text", REASON)
    plan = ("grant", "plan", *numbers, "--grant", "CASH", "--pay-point", point)
    planned = programme(CLERK, *plan).document
    assert len(planned["vouchers"]) == 2
    assert [one["code"] for one in planned["refused"]] == ["grant.no_need"]
    assert "2" not in programme(CLERK, *plan, document=False).out.splitlines()[0]
    approve = ("grant", "approve", *planned["vouchers"])
    assert programme(CLERK, *approve).refused == "role.not_allowed"
    assert programme(SUPERVISOR, *approve).refused == "grant.sample"
    (opened,) = programme(SUPERVISOR, *approve, "--sample").document["opened"]
    assert opened["need"] == REASON
    wrong = programme(SUPERVISOR, *approve, "--wrong", opened["seen"])
    assert wrong.refused == "grant.sample_wrong"
    assert programme(SUPERVISOR, "voucher", "void", opened["id"], "--reason", "Another family").code == DONE
    (left,) = (one for one in planned["vouchers"] if one != opened["id"])
    assert programme(SUPERVISOR, "grant", "approve", left).document["approved"] == [left]
    assert programme(CLERK, "grant", "plan", "--grant", "CASH", "--pay-point", point).code == USAGE
    assert programme(CLERK, *plan, "--arrived").code == USAGE


def test_a_right_sample_lets_the_list_through(programme: Programme, numbers: list[str]) -> None:
    point = programme.facts.desks[0].number
    for number in numbers:
        programme(SUPERVISOR, "grant", "reason", number, "--text", REASON)
    listed = programme(CLERK, "grant", "plan", *numbers, "--grant", "CASH", "--pay-point", point).document["vouchers"]
    approve = ("grant", "approve", *listed)
    opened = programme(SUPERVISOR, *approve, "--sample").document["opened"]
    shown = programme(SUPERVISOR, *approve, "--sample", document=False).out
    assert opened[0]["id"] in shown
    confirmed = [argument for one in opened for argument in ("--right", one["seen"])]
    assert programme(SUPERVISOR, *approve, *confirmed).document["approved"] == listed


def test_the_table_and_whom_it_reaches(programme: Programme) -> None:
    policies = programme(CLERK, "grant", "policy").document
    assert {one["type"] for one in policies} == set(GRANT)
    told = programme(CLERK, "grant", "policy", document=False).out
    assert "Transport grant" in told
    assert "km" in told
    point = programme.facts.desks[0].number
    due = programme(CLERK, "grant", "plan", "--arrived", "--grant", "RIN", "--pay-point", point).document
    assert due["refused"] == []
    for where in (("--site", "nowhere"), ("--movement", "none")):
        nobody = programme(CLERK, "grant", "plan", *where, "--grant", "DEP", "--pay-point", point).document
        assert nobody == {"vouchers": [], "refused": []}


def test_the_ministrys_grant_is_noted(programme: Programme, numbers: list[str]) -> None:
    assert programme(CLERK, "grant", "momd", numbers[0]).document == []
    told = ("grant", "momd", numbers[0], "--registered", "Y", "--received", "Y", "--received-on", "2020-01-05")
    (note,) = programme(CLERK, *told).document
    assert (note["registered"], note["received_on"], note["q_card"]) == ("Y", "2020-01-05", None)
    assert "registered as displaced" in programme(CLERK, "grant", "momd", numbers[0], document=False).out
    assert programme(CLERK, "grant", "momd", numbers[0], "--q-card", "maybe").refused == "form.code"
