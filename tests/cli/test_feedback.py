"""``feedback`` on a real store: taken down from stdin, loaded from files, answered; sealed, unsealed; boxes, papers."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from helpdesk.assistance.feedback.numbers import draw, shown
from helpdesk.cli.app import DONE, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.printing.raster import page_count
from helpdesk.vault.keys import FLOOR
from helpdesk.vault.officers import write_officer_key
from tests.cli.conftest import Programme

CLERK, SUPERVISOR, CENTRE = "desk-one:clerk", "desk-one:supervisor", "centre:centre"
TODAY = SystemClock().now().date().isoformat()


def said(**changes: Any) -> dict[str, Any]:
    return {"channel": "DESK", "side": "DIS", "type": "R", "received_on": TODAY, "text": "A tent", **changes}


def listed(programme: Programme, who: str, *command: str) -> list[str]:
    """The numbers of a list."""
    return [one["number"] for one in programme(who, *command).document]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, programme: Programme) -> Any:
    """Take down a document that comes from stdin."""

    def take(document: dict[str, Any], *options: object) -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(document).encode())))
        return programme(CLERK, "feedback", "record", "-", *options)

    return take


def test_taken_down_answered_and_closed(programme: Programme, typed: Any, tmp_path: Path) -> None:
    receipt, slip = tmp_path / "receipt.pdf", tmp_path / "slip.pdf"
    taken = typed(said(), "--receipt", receipt, "--language", "ar")
    assert taken.code == DONE, taken.err
    number = shown(taken.document["number"])
    assert page_count(receipt.read_bytes()) == 1
    assert taken.document["number"] in listed(programme, CLERK, "feedback", "list")
    assert programme(CLERK, "feedback", "close", number).refused == "feedback.not_answered"
    assert programme(CLERK, "feedback", "assign", number, "--to", "Shelter cluster").code == DONE
    answered = programme(CLERK, "feedback", "answer", number, "--text", "On Sunday", "--slip", slip)
    assert answered.code == DONE, answered.err
    assert page_count(slip.read_bytes()) == 1
    for act in ("tell", "close", "appeal"):
        assert programme(CLERK, "feedback", act, number).code == DONE
    shown_now = programme(SUPERVISOR, "feedback", "show", number, document=False).out
    assert "On Sunday" in shown_now
    assert "Answer not accepted" in shown_now
    counted = programme(CLERK, "feedback", "counts", "--from", TODAY, "--until", TODAY).document
    (requests,) = (one for one in counted if (one["type"], one["channel"]) == ("R", "DESK"))
    assert requests["received"] >= requests["answered"] >= 1


def test_sealed_read_by_the_centre_alone_and_its_word_comes_back(
    programme: Programme, typed: Any, tmp_path: Path
) -> None:
    number = draw()
    sealed = {"type": "X1", "text": "planted words", "contact": "", "household_number": "", "about_desk": "one"}
    taken = typed(said(type="", text="", sealed=sealed, number=number))
    assert taken.code == DONE, taken.err
    assert number not in listed(programme, CLERK, "feedback", "list")
    assert number in listed(programme, CLERK, "feedback", "list", "all")
    seen = programme(SUPERVISOR, "feedback", "show", number)
    assert "planted" not in seen.out
    assert seen.document["feedback"]["type"] == "SEALED"
    assert "no word yet" in programme(CLERK, "feedback", "show", number, document=False).out
    assert programme(CLERK, "feedback", "answer", number, "--text", "no").refused == "feedback.sealed"
    stick = tmp_path / "stick"
    stick.mkdir()
    exported = programme(SUPERVISOR, "batch", "export", "--to", stick)
    assert exported.code == DONE, exported.err
    took = programme(CENTRE, "centre", "receive", *stick.rglob("*.fvb"))
    assert took.code == DONE, took.err
    at_centre = programme(CENTRE, "centre", "feedback", "list")
    assert number in [one["number"] for one in at_centre.document]
    assert "planted" not in at_centre.out
    secret, officer = tmp_path / "secret", tmp_path / "protection.officer.json"
    secret.write_text("officer\n", encoding="utf-8")
    write_officer_key(officer, "protection", bytes.fromhex(programme.facts.protection_seed), "officer", FLOOR)
    key = ("--officer", officer, "--officer-passphrase-file", secret)
    opened = programme(CENTRE, "centre", "unseal", shown(number), *key, document=False)
    assert "planted words" in opened.out, opened.err
    assert "received" in programme(CENTRE, "centre", "feedback", "list", document=False).out
    assert programme(CENTRE, "centre", "feedback", "close", number).code == DONE
    assert number not in listed(programme, CENTRE, "centre", "feedback", "list")


def test_messages_come_from_a_file_once(programme: Programme, typed: Any, tmp_path: Path) -> None:
    file = tmp_path / "sms.csv"
    file.write_text(f"date,from,message\n{TODAY} 08:15,4455,When?\nlong ago,,Who?\n", encoding="utf-8")
    loaded = programme(CLERK, "feedback", "load", file).document
    assert (loaded["new"], loaded["known"]) == (1, 0)
    assert [(one["row"], one["column"], one["code"]) for one in loaded["problems"]] == [
        (2, "phone", "message.phone"),
        (3, "received_at", "message.day"),
    ]
    again = programme(CLERK, "feedback", "load", file, document=False)
    assert "Loaded before: 1" in again.out
    (waiting,) = (one for one in programme(CLERK, "feedback", "messages").document if one["text"] == "When?")
    assert typed(said(type="Q", channel="SMS", text="When?", source=waiting["source"])).code == DONE
    assert waiting not in programme(CLERK, "feedback", "messages").document
    assert programme(CLERK, "feedback", "discard", waiting["source"]).refused == "feedback.message_gone"
    assert programme(CLERK, "feedback", "load", file, "--column", "text").code == USAGE


def test_boxes_forms_and_poster(programme: Programme, tmp_path: Path) -> None:
    opening = programme(CLERK, "feedback", "box", "open", "At the gate", 2).document["box"]
    assert programme(CLERK, "feedback", "box", "confirm", opening, 2).refused == "feedback.box_second"
    assert programme(SUPERVISOR, "feedback", "box", "confirm", opening, 2).code == DONE
    assert "0 of 2" in programme(CLERK, "feedback", "box", "list", document=False).out
    forms, poster = tmp_path / "forms.pdf", tmp_path / "poster.pdf"
    made = programme(CLERK, "feedback", "forms", 3, "--out", forms).document
    assert page_count(forms.read_bytes()) == len(made["numbers"]) == 3
    assert programme(CLERK, "feedback", "poster", "--out", poster).code == DONE
    assert page_count(poster.read_bytes()) == 1
