"""``area`` and ``centre area``: one set of commands on a desk's store and on the programme's register."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tests.cli.conftest import Programme
from tests.places import FALLUJAH, MARKAZ, assessment, safeguard
from tests.printing.reading import text_of


def form(programme: Programme, document: msgspec.Struct | dict[str, Any]) -> Path:
    path = programme.home / "form.json"
    path.write_bytes(msgspec.json.encode(document))
    return path


def test_the_centre_records_and_a_desk_of_the_other_side_only_closes(programme: Programme) -> None:
    today = date.today()
    given = form(programme, assessment(FALLUJAH, today))
    assert programme("desk-one:supervisor", "area", "assess", given).refused == "area.side"
    (made,) = programme("centre", "centre", "area", "assess", given).document["recorded"]
    for code in ("L_HOSTENG", "L_FDBK", "L_COHES"):
        assert (
            programme("centre", "centre", "area", "answer", form(programme, safeguard(FALLUJAH, code, today))).code == 0
        )
    plan = {"place": FALLUJAH, "title": "Joint plan", "group": "ABC", "on": today, "org": "IOM", "agreed": True}
    action = {"text": "Repair the pump", "owner": "Water department", "due": today}
    (planned,) = programme("centre", "centre", "area", "plan", form(programme, plan)).document["recorded"]
    (doing,) = programme("centre", "centre", "area", "action", planned, form(programme, action)).document["recorded"]
    assert programme("centre", "centre", "area", "action-state", doing, "DONE").code == 0
    assert programme("centre", "centre", "area", "profile", FALLUJAH, "--severity", "VH", "--hotspot").code == 0
    (line,) = (
        one for one in programme("centre", "centre", "area", "list").document if one["place"] == FALLUJAH
    )  # fmt: skip
    assert (line["missing"], line["severity"], line["hotspot"]) == ([], "VH", True)
    shown = programme("centre", "centre", "area", "show", MARKAZ).document
    assert shown["standing"]["missing"] == []
    assert programme("centre", "centre", "area", "void", made, "--reason", "Wrong place").code == 0
    told = programme("centre", "centre", "area", "show", MARKAZ, document=False).out
    assert "Assessment of needs and risks: nothing is recorded" in told


def test_a_desk_holds_waives_and_prints(programme: Programme) -> None:
    (alert,) = programme("desk-one:clerk", "area", "alert", FALLUJAH, "--reason", "Shooting").document["recorded"]
    assert programme("desk-one:clerk", "area", "lift", alert, "--reason", "Calm").refused == "role.not_allowed"
    assert programme("desk-one:supervisor", "area", "lift", alert, "--reason", "Calm").code == 0
    until = date.today() + timedelta(days=30)
    waiver = {"places": [FALLUJAH], "safeguards": ["L_PLAN"], "reason": "No partner", "until": until}
    (made,) = programme("desk-one:supervisor", "area", "waive", form(programme, waiver)).document["recorded"]
    assert programme("desk-one:supervisor", "area", "confirm", made).refused == "area.own_waiver"
    assert programme("desk-one:clerk", "area", "confirm", made).code == 0
    shown = programme("desk-one:clerk", "area", "show", FALLUJAH).document
    assert shown["standing"]["waived"] == ["L_PLAN"]
    assert programme("desk-one:clerk", "area", "unwaive", made).code == 0
    obstacle = {"place": FALLUJAH, "topic": "JOBS", "level": "AREA", "text": "No work", "org": "IOM"}
    (one,) = programme("desk-one:clerk", "area", "obstacle", form(programme, obstacle)).document["recorded"]
    stepped = programme(
        "desk-one:clerk", "area", "step", one, "--text", "Asked", "--org", "IOM", "--level", "NATIONAL"
    )  # fmt: skip
    assert stepped.code == 0
    note = {"place": FALLUJAH, "kind": "NONVIABLE", "topic": "HLP", "text": "Occupied", "org": "IOM", "families": 3}
    assert programme("desk-one:clerk", "area", "note", form(programme, note)).code == 0
    out = programme.home / "paper.pdf"
    for arguments in (["paper", FALLUJAH], ["paper", FALLUJAH, "--plan"], ["brief"]):
        for language in ("en", "ar", "ckb", "kmr"):
            written = programme("desk-one:clerk", "area", *arguments, "--out", out, "--language", language)
            assert written.code == 0, written.err
            assert text_of(out.read_bytes()).strip()
    brief = programme("desk-one:clerk", "area", "brief").document
    ((evidence,), (open_one,)) = brief["evidence"], brief["obstacles"]
    assert (evidence["families"], evidence["texts"]) == (None, [])
    assert open_one["level"] == "NATIONAL"
    assert programme("desk-one:clerk", "area", "show", "IQG01").refused == "area.place"
