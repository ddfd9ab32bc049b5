"""Sessions, visits and lessons on the command line: what they do, what they refuse, what leaves and what does not."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.cli.app import DONE, REFUSED, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.households.queries import household_ids, lines
from helpdesk.opening import open_desk
from tests.cli.conftest import Programme

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"
TODAY = SystemClock().now().date().isoformat()


@pytest.fixture
def number(programme: Programme) -> str:
    with closing(open_desk(programme.home / "desk-one", "clerk", programme.passphrase("desk-one", "clerk"))) as desk:
        household = desk.ask(household_ids)[0]
        return desk.ask(lines, (household,))[household].number


@pytest.fixture
def event(programme: Programme) -> str:
    said = programme(CLERK, "event", "plan", "--place", "Falluja", "--topic", "VOLUNT", "--organisation", "Practice")
    assert said.code == DONE, said.err
    return str(said.document["event"])


@pytest.fixture
def visit(programme: Programme) -> str:
    said = programme(
        CLERK, "visit", "plan", "--on", TODAY, "--destination", "Falluja", "--start", "the gate", "--seats", 40,
        "--organisation", "Practice", "--contact", "+9647000000001",
    )  # fmt: skip
    assert said.code == DONE, said.err
    return str(said.document["visit"])


def test_a_session_is_held_and_counted(programme: Programme, number: str, event: str, tmp_path: Path) -> None:
    shown = programme(CLERK, "event", "show", event).document
    assert shown["event"]["place"]["place_id"] == "IQG01Q01"
    came = programme(CLERK, "event", "attend", event, number, number)
    assert [one["again"] for one in came.document] == [False, True]
    assert programme(CLERK, "event", "attend", event, "1" * 30).refused == "scan.card"
    assert programme(CLERK, "event", "count", event, "F:18-59:12", "M:60+:3").code == DONE
    assert programme(CLERK, "event", "count", event, "F:18-59:x").code == USAGE
    assert programme(CLERK, "event", "ask", event, "Call 0770 123 45 67").refused == "text.number"
    assert programme(CLERK, "event", "ask", event, "When is the road open?", "--topic", "SERV").code == DONE
    (line,) = programme(CLERK, "event", "list", "--state", "HELD").document
    assert (line["families"], line["counted"]) == (1, 15)
    reached = programme(CLERK, "event", "reach", "--from", TODAY, "--until", TODAY).document
    assert (reached["families"], reached["counted"]) == (1, {"F": {"18-59": 12}, "M": {"60+": 3}})
    for command in (("sheet", event), ("messages", "--topic", "VOLUNT")):
        out = tmp_path / f"{command[0]}.pdf"
        assert programme(CLERK, "event", *command, "--out", out, "--language", "ar").code == DONE
        assert out.read_bytes().startswith(b"%PDF")
    assert programme(CLERK, "event", "cancel", event, "--reason", "x").refused == "role.not_allowed"
    assert programme(SUPERVISOR, "event", "cancel", event, "--reason", "rain").code == DONE
    assert programme(CLERK, "event", "attend", event, number).refused == "event.cancelled"


def test_a_visit_from_the_offer_to_the_driver(programme: Programme, number: str, visit: str, tmp_path: Path) -> None:
    made = programme(CLERK, "visit", "offer", visit, number)
    assert made.code == DONE, made.err
    seat = made.document["seat"]
    assert programme(CLERK, "visit", "offer", visit, number).refused == "seat.second"
    assert programme(CLERK, "visit", "answer", seat, "TAKEN").code == DONE
    assert programme(CLERK, "visit", "board", visit, number).refused == "visit.risk"
    assert programme(CLERK, "visit", "risk", visit, "--note", "the road is open").code == DONE
    assert programme(CLERK, "visit", "board", visit, number).document["came"]
    (line,) = programme(CLERK, "visit", "show", visit).document["seats"]
    person = line["travellers"][0]["participant"]
    assert programme(CLERK, "visit", "find", person, "--saw-own-house", "--house", "25-49").code == DONE
    assert programme(CLERK, "visit", "decide", person, "RET").refused == "visit.next_day"
    for command in ("driver", "interviews"):
        out = tmp_path / f"{command}.pdf"
        assert programme(CLERK, "visit", command, visit, "--out", out).code == DONE
        assert out.read_bytes().startswith(b"%PDF")
    found = programme(CLERK, "visit", "report", "--from", TODAY, "--until", TODAY).document
    assert [(one["kind"], one["offered"], one["families_went"]) for one in found] == [("GAS", 1, 1), ("CAT", 0, 0)]


def test_a_family_may_want_no_visit(programme: Programme, number: str) -> None:
    assert programme(CLERK, "visit", "wish", number, "--declines").document["state"] == "DECLINED"


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_only_what_was_read_leaves(programme: Programme, tmp_path: Path, form: str) -> None:
    said = programme(CLERK, "lesson", "note", "=1+1 is a lesson", "--district", "Falluja")
    assert said.code == DONE, said.err
    out = tmp_path / f"lessons.{form}"
    assert programme(CLERK, "lesson", "export", "--out", out).document["lessons"] == 0
    assert b"is a lesson" not in out.read_bytes()
    assert programme(CLERK, "lesson", "share", said.document["id"]).refused == "role.not_allowed"
    assert programme(SUPERVISOR, "lesson", "share", said.document["id"]).code == DONE
    assert programme(CLERK, "lesson", "export", "--out", out).document["lessons"] == 1
    if form == "csv":
        assert "'=1+1 is a lesson" in out.read_text(encoding="utf-8")


def test_a_lesson_with_a_number_is_kept_back(programme: Programme) -> None:
    said = programme(CLERK, "lesson", "note", "Ask 07701234567", document=False)
    assert "telephone" in said.out
    (line,) = programme(SUPERVISOR, "lesson", "list").document
    assert programme(SUPERVISOR, "lesson", "share", line["id"]).code == REFUSED
    assert json.dumps(line["doubts"]) == '["PHONE"]'
