"""Services, referrals and calls on the command line: what they do, what they refuse, what they never say."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk.cli.app import DONE, REFUSED, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.desk.places import load_gazetteer
from helpdesk.practice.filled import registration
from helpdesk.practice.people import families
from tests.cli.conftest import Programme

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"
DAY = SystemClock().now().date()


def returnee(programme: Programme, path: Path) -> str:
    """The number of a recent returnee with a phone that may be called."""
    import msgspec

    family = next(iter(families(1, 11, DAY)))
    document = msgspec.to_builtins(registration(family, "x"))
    del document["household_id"]
    consent = document["consents"][0]
    document |= {
        "population": "RET",
        "phones": [{"number": "+9647700000001", "safe_to_call": True}],
        "consents": [consent, consent | {"purpose": "CALL"}],
        "displacement": None,
        "intention": None,
    }
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    said = programme(CLERK, "household", "register", "--file", path)
    assert said.code == DONE, said.err
    number: str = said.document["number"]
    return number


@pytest.fixture
def number(programme: Programme, tmp_path: Path) -> str:
    return returnee(programme, tmp_path / "f.json")


def test_a_call_from_the_list_to_the_task(programme: Programme, number: str, tmp_path: Path) -> None:
    back = DAY - timedelta(8)
    assert programme(CLERK, "call", "returned", number, "--on", back).code == DONE
    (line,) = [one for one in programme(CLERK, "call", "list").document if one["number"] == number]
    assert (line["round"], line["standing"]) == ("W2", "DUE")
    paper = programme(CLERK, "call", "paper", "--out", tmp_path / "calls.pdf", "--language", "ar")
    assert paper.document["calls"] >= 1
    assert (tmp_path / "calls.pdf").read_bytes().startswith(b"%PDF")
    phone = ("--phone", "07700000001")
    said = programme(CLERK, "call", "record", number, "W2", "--result", "DONE", *phone, "--answer", "plan=STAY")
    assert (said.code, said.refused) == (REFUSED, "call.safe_first")
    said = programme(
        CLERK, "call", "record", number, "W2", "--result", "DONE", *phone, "--safe", "--answer", "plan=STAY",
        "--answer", "food=HUNGRY", "--sealed", "THREAT",
    )  # fmt: skip
    assert said.code == DONE, said.err
    assert said.document["tasks"] == ["HUNGER", "CENTRE"]
    tasks = [one for one in programme(CLERK, "call", "tasks").document if one["number"] == number]
    assert sorted(one["reason"] for one in tasks) == ["CENTRE", "HUNGER"]
    assert programme(CLERK, "call", "finish", tasks[0]["id"], "--done", "visited").code == DONE
    shown = programme(CLERK, "call", "show", number, "W2", document=False)
    assert "THREAT" not in shown.out + programme(CLERK, "call", "show", number, "W2").out
    counted = programme(CLERK, "call", "counts", "--from", back, "--until", DAY).document
    assert counted["reach"][0]["reached"] >= 1
    lost = programme(CLERK, "call", "lose", number, "W2")
    assert lost.refused == "call.closed"


def test_a_referral_from_draft_to_its_end(programme: Programme, number: str, tmp_path: Path) -> None:
    opened = programme(
        CLERK, "referral", "open", number, "--sector", "HEALTH", "--need", "A doctor", "--provider", "A clinic"
    )
    referral = opened.document["referral"]
    slip = programme(CLERK, "referral", "slip", referral, "--out", tmp_path / "r.pdf")
    assert (slip.code, slip.refused) == (REFUSED, "referral.consent")
    sent = programme(CLERK, "referral", "send", referral, "--share", "NAME", "--form", "SIGN")
    assert sent.code == DONE, sent.err
    assert programme(CLERK, "referral", "slip", referral, "--out", tmp_path / "r.pdf", "--language", "ckb").code == DONE
    assert [one["id"] for one in programme(CLERK, "referral", "list", "WAITING").document].count(referral) == 1
    assert programme(CLERK, "referral", "list", "NONSENSE").code == USAGE
    assert programme(CLERK, "referral", "answer", referral, "NOCAP").code == DONE
    assert programme(CLERK, "referral", "close", referral, "NOCAP").refused == "referral.told"
    assert programme(CLERK, "referral", "close", referral, "NOCAP", "--told").code == DONE
    assert programme(CLERK, "referral", "slip", referral, "--out", tmp_path / "end.pdf").code == DONE
    (gap,) = programme(CLERK, "referral", "gaps", "--from", DAY, "--until", DAY).document
    assert gap["families"] == 1
    (provider,) = [p for p in programme(CLERK, "referral", "providers").document if p["provider"] == "A clinic"]
    assert provider["no_capacity"] == 1
    again = programme(CLERK, "referral", "open", number, "--sector", "PROT", "--need", "x", "--provider", "P").document
    assert programme(CLERK, "referral", "refuse", again["referral"]).code == DONE
    assert len(programme(SUPERVISOR, "referral", "show", number).document) == 2


def test_services_and_the_directory(programme: Programme, number: str, tmp_path: Path) -> None:
    place = next(one.place_id for one in load_gazetteer() if one.kind == "district")
    offer = {"place": place, "provider": "A clinic", "sector": "HEALTH", "what": "Doctor", "free": True}
    path = tmp_path / "offers.json"
    path.write_text(json.dumps([offer, offer | {"sector": "LEGAL"}]), encoding="utf-8")
    assert programme(CLERK, "service", "offer", "--file", path).refused == "role.not_allowed"
    kept = programme(SUPERVISOR, "service", "offer", "--file", path).document["offers"]
    assert len(kept) == 2
    assert len(programme(CLERK, "service", "directory", "--place", place, "--sector", "LEGAL").document) == 1
    assert programme(CLERK, "service", "directory", "--place", "nowhere at all xyz").code == USAGE
    assert programme(CLERK, "service", "slip", "--place", place, "--out", tmp_path / "s.pdf").document["offers"] >= 2
    given = programme(
        CLERK, "service", "deliver", "--number", number, "--item", "SH1", "--provider", "Builders",
        "--started", DAY - timedelta(9),
    )  # fmt: skip
    assert given.code == DONE, given.err
    assert programme(CLERK, "service", "progress", given.document["delivery"], "--completed", DAY).code == DONE
    assert programme(CLERK, "service", "stop", given.document["delivery"], "--reason", "x").refused == "service.ended"
    community = ("--item", "BS1", "--provider", "Builders", "--place", place, "--detail", "WATER", "--families", 30)
    assert programme(CLERK, "service", "deliver", *community, "--completed", DAY).code == DONE
    counted = programme(CLERK, "service", "counts", "--from", DAY, "--until", DAY).document
    assert counted["housing"]["completed"] == 1
    assert len(programme(CLERK, "service", "list", "--number", number).document) == 1
    assert len(programme(CLERK, "service", "list", "--status", "COMPLETED").document) >= 2
    assert programme(CLERK, "service", "pathways", "--week", DAY, "--women", 1).refused in (
        "pathway.saturday", "pathway.not_over",
    )  # fmt: skip
