"""``arrival`` and ``batch transfer`` on a real store: a family that came by itself, papers, families handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from helpdesk.cli.app import DONE
from helpdesk.journey.arrivals.documents import LivelihoodAnswers, ProfileForm, ProtectionAnswers
from helpdesk.opening import open_desk
from tests.cli.conftest import Programme

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"


def numbers_of(programme: Programme) -> list[str]:
    desk = open_desk(programme.home / "desk-one", "clerk", programme.passphrase("desk-one", "clerk"))
    try:
        with desk.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT number FROM household WHERE population = 'CAMP' ORDER BY number")
            return [row[0] for row in rows]
    finally:
        desk.close()


def test_an_arrival_day(programme: Programme, tmp_path: Path) -> None:
    def done(who: str, *arguments: object) -> Any:
        said = programme(who, *arguments)
        assert said.code == DONE, said.err
        return said.document

    first, second, *_ = numbers_of(programme)
    before = done(CLERK, "arrival", "list", "HERE")["counted"]["families"]
    assert programme(CLERK, "arrival", "scan", first).refused == "arrival.not_departed"
    done(CLERK, "arrival", "record", first, "--unplanned", "OWN", "--kits", "1", "--phone")
    assert done(CLERK, "arrival", "show", first)["differences"] == ["NO_DEPARTURE", "BY_PHONE"]
    done(CLERK, "arrival", "record", first, "--momd", "R-17")  # seen now, and registered by the ministry
    shown = done(CLERK, "arrival", "show", first)
    assert (shown["differences"], shown["arrival"]["momd"]) == (["NO_DEPARTURE"], "R-17")
    listed = done(CLERK, "arrival", "list", "HERE")
    assert listed["counted"]["families"] == before + 1
    assert all(line["principal"] == "" for line in listed["families"])

    answers = tmp_path / "profile.json"
    living, care = LivelihoodAnswers(wish="JOB", earners=1), ProtectionAnswers(documents="N")
    answers.write_bytes(msgspec.json.encode(ProfileForm("", livelihood=living, protection=care, sealed=("UNSAFE",))))
    done(CLERK, "arrival", "profile", first, "--file", answers)

    # a paper list is typed in once
    (form,) = done(CLERK, "arrival", "paper", "forms", "--out", tmp_path / "forms.pdf")["forms"]
    typed = done(CLERK, "arrival", "type-in", "--form", form, first, second)
    assert [one["code"] for one in typed["refused"]] == ["arrival.not_departed"]
    assert programme(CLERK, "arrival", "paper", "expected", "--names", "--out", tmp_path / "x.pdf").refused == (
        "role.not_allowed"
    )
    done(SUPERVISOR, "arrival", "paper", "expected", "--names", "--out", tmp_path / "expected.pdf")
    done(CLERK, "arrival", "paper", "slip", first, "--out", tmp_path / "slip.pdf", "--language", "ar")
    for name in ("forms", "expected", "slip"):
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert done(SUPERVISOR, "arrival", "doubts") == []


def test_families_are_handed_over(programme: Programme, tmp_path: Path) -> None:
    first, second, *_ = numbers_of(programme)
    targets = programme(SUPERVISOR, "batch", "transfer", "--to", tmp_path).document
    target = next(one["number"] for one in targets)
    assert programme(CLERK, "batch", "transfer", first, "--desk", target, "--to", tmp_path).refused == (
        "role.not_allowed"
    )
    assert programme(SUPERVISOR, "batch", "transfer", first, "--desk", 999, "--to", tmp_path).refused == "transfer.desk"
    handed = programme(SUPERVISOR, "batch", "transfer", first, second, "--desk", target, "--to", tmp_path).document
    assert (handed["families"], handed["refused"]) == (2, [])
    again = programme(SUPERVISOR, "batch", "transfer", "--again", handed["seq"], "--to", tmp_path).document
    assert again["identity"] == handed["identity"]
    shown = programme(CLERK, "arrival", "show", first).document
    assert shown["handover"]["desk"] == target

    installed = programme("desk-two:supervisor", "batch", "install", handed["path"]).document
    assert (installed["kind"], installed["result"]) == ("transfer", "installed")
    assert programme("desk-two:supervisor", "batch", "install", handed["path"]).document["result"] == "known"
    assert programme(SUPERVISOR, "batch", "install", handed["path"]).refused == "transfer.other_desk"
    assert programme(SUPERVISOR, "arrival", "take-back", first, "--reason", "it stays").code == DONE
