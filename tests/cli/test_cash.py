"""Cash, distribution days, cash-for-work and packages on the command line: what they do, refuse and print."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.assistance.cash.counting import notes_for
from helpdesk.assistance.grants import commands as granting
from helpdesk.assistance.vouchers import numbering, planning
from helpdesk.cli.app import DONE, REFUSED, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.desk.commands import View
from helpdesk.households import commands
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.households.queries import household_ids
from helpdesk.opening import Desk, open_desk
from helpdesk.practice.terms import NEED, approve_list
from helpdesk.vault.records import document_of
from tests.cli.conftest import Programme
from tests.people import small_form

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"
TODAY = SystemClock().now().date().isoformat()
LANGUAGES = ("en", "ar", "ckb", "kmr")


def prints(programme: Programme, out: Path, *command: object) -> None:
    for language in LANGUAGES:
        said = programme(CLERK, *command, "--out", out, "--language", language)
        assert said.code == DONE, said.err
        assert out.read_bytes().startswith(b"%PDF")


def test_a_day_of_cash(programme: Programme, tmp_path: Path) -> None:
    """The practice desk's own day is counted already and waits for its second signature: more comes in after it."""
    point = programme(CLERK, "cash", "show").document["pay_point"]
    (waiting,) = programme(CLERK, "cash", "list", "--pay-point", point).document["ends"]
    assert not waiting["closed"]
    held = waiting["end"]["held"]
    came = programme(CLERK, "cash", "receive", "50000:100", "250:4", "--from", "The finance office")
    assert came.code == DONE, came.err
    assert programme(SUPERVISOR, "cash", "sign", waiting["id"]).refused == "cash.changed"
    assert programme(CLERK, "cash", "receive", "50000", "--from", "The finance office").code == USAGE
    assert programme(CLERK, "cash", "receive", "300:1", "--from", "The finance office").refused == "cash.note"
    shown = programme(CLERK, "cash", "show").document
    assert shown["box"]["received"] - shown["box"]["paid"] == held + 5_001_000
    assert programme(CLERK, "cash", "give-back", "50000:900", "--to", "The bank").refused == "cash.too_much"
    assert programme(CLERK, "cash", "give-back", "50000:100", "--to", "The bank").code == DONE
    pieces = [f"{note}:{number}" for note, number in notes_for([held + 1000]).items()]
    stock = shown["papers"]["in_stock"]
    assert programme(CLERK, "cash", "count", "250:1", "--papers", stock).refused == "cash.explain"
    counted = programme(CLERK, "cash", "count", *pieces, "--papers", stock)
    assert counted.code == DONE, counted.err
    count = counted.document["count"]
    assert programme(CLERK, "cash", "sign", count).refused == "cash.same_person"
    signed = programme(SUPERVISOR, "cash", "sign", count, document=False)
    assert signed.code == DONE, signed.err
    ends = programme(CLERK, "cash", "list", "--pay-point", point).document["ends"]
    assert [end["closed"] for end in ends] == [True, False]
    assert len(programme(CLERK, "cash", "moves", "--pay-point", point).document) == 3
    assert programme(CLERK, "cash", "count", *pieces, "--papers", stock).refused == "cash.closed"
    corrected = programme(SUPERVISOR, "cash", "correct", count, "--reason", "a note was false", "--amount", -50_000)
    assert corrected.code == DONE, corrected.err
    prints(programme, tmp_path / "end.pdf", "cash", "paper", count)
    assert programme(CLERK, "cash", "paper", "nothing", "--out", tmp_path / "x.pdf").refused == "cash.no_count"
    assert any(end["closed"] for end in programme("desk-two:clerk", "cash", "list").document["ends"])


def test_packages(programme: Programme, tmp_path: Path) -> None:
    before = programme(CLERK, "kit", "stock").document["here"]
    assert programme(CLERK, "kit", "receive", 10, "--from", "The warehouse").document["here"] == before + 10
    assert programme(CLERK, "kit", "write-off", 2, "--note", "wet in the rain").document["here"] == before + 8
    assert programme(CLERK, "kit", "count", before + 7).refused == "kit.explain"
    counted = programme(CLERK, "kit", "count", before + 7, "--note", "one was stolen")
    assert counted.document["here"] == before + 7
    assert len(programme(CLERK, "kit", "stock").document["card"]) == 4
    assert programme(CLERK, "kit", "stock", document=False).out.count("\n") == 6
    prints(programme, tmp_path / "card.pdf", "kit", "paper")


def signed_in(programme: Programme, who: str) -> Desk:
    desk, _, user = who.partition(":")
    return open_desk(programme.home / desk, user, programme.passphrase(desk, user))


def print_three(programme: Programme) -> None:
    """Papers for three families that are registered for it."""
    with closing(signed_in(programme, CLERK)) as desk:
        forms = [small_form(desk.clock) for _ in range(3)]
        for form in forms:
            desk.do(commands.register, form)
        point = desk.ask(View.in_force).desk.pay_points[0].number
    households = tuple(form.household_id for form in forms)
    with closing(signed_in(programme, SUPERVISOR)) as desk:
        for household in households:
            desk.do(granting.give_reason, household, NEED)
    with closing(signed_in(programme, CLERK)) as desk:
        made = desk.do(planning.plan_many, households, "CASH", point)
        assert not made.refused
    with closing(signed_in(programme, SUPERVISOR)) as desk:
        approve_list(desk, made.vouchers)
    with closing(signed_in(programme, CLERK)) as desk:
        desk.do(numbering.print_, made.vouchers)


@pytest.fixture
def listed(programme: Programme) -> str:
    """The number of today's list of everything payable, for which the supervisor stands."""
    print_three(programme)
    said = programme(CLERK, "payday", "open")
    assert said.code == DONE, said.err
    number = str(said.document["number"])
    assert programme(SUPERVISOR, "payday", "stand-for", number).code == DONE
    return number


def test_a_distribution_day(programme: Programme, listed: str, tmp_path: Path) -> None:
    lines = programme(CLERK, "payday", "show", listed).document["lines"]
    assert [line["line"] for line in lines] == list(range(1, len(lines) + 1))
    assert programme(CLERK, "payday", "open").refused == "payday.empty"
    first, last = lines[0], lines[-1]
    assert programme(CLERK, "payday", "scan", listed, first["number"]).document["line"] == 1
    assert programme(CLERK, "payday", "scan", listed, first["household_number"]).document["line"] == 1
    paid = programme(CLERK, "payday", "pay", listed, 1, "--witness", "A witness", "--mark", "THUMB")
    assert paid.code == DONE, paid.err
    assert programme(CLERK, "payday", "absent", listed, last["line"]).code == DONE
    prints(programme, tmp_path / "list.pdf", "payday", "paper", listed)
    closed = programme(CLERK, "payday", "close", listed)
    assert (closed.document["paid"], closed.document["unclaimed"]) == (1, len(lines) - 1)
    prints(programme, tmp_path / "reconciliation.pdf", "payday", "reconciliation", listed)
    (day,) = (one for one in programme(CLERK, "payday", "list").document if one["number"] == listed)
    assert day["state"] == "CLOSED"
    assert programme(CLERK, "payday", "show", "00000000").refused == "form.number"


def test_a_paper_list_is_typed_in(programme: Programme, listed: str, tmp_path: Path) -> None:
    file = tmp_path / "lines.json"
    file.write_text(json.dumps([{"line": 1, "witness": "A witness"}, {"line": 2, "absent": True}]), encoding="utf-8")
    done = programme(CLERK, "payday", "type-in", listed, "--file", file)
    assert done.code == DONE, done.err
    assert (done.document["paid"], done.document["absent"]) == ([1], [2])
    file.write_text(json.dumps([{"line": 1, "witness": "A witness"}, {"line": 999}]), encoding="utf-8")
    again = programme(CLERK, "payday", "type-in", listed, "--file", file)
    assert again.code == REFUSED
    assert again.document["again"] == [1]
    (refused,) = again.document["refused"]
    assert (refused["line"], refused["code"]) == (999, "payday.no_line")
    spoken = programme(CLERK, "payday", "type-in", listed, "--file", file, document=False)
    assert "999" in spoken.out


def test_days_of_work(programme: Programme, tmp_path: Path) -> None:
    with closing(signed_in(programme, CLERK)) as desk:
        household = desk.ask(household_ids)[0]
        with desk.store.read() as connection:
            known = document_of(connection, HOUSEHOLD, household)
    assert known is not None
    opened = programme(
        CLERK, "attendance", "open", known.principal, "--place", "the canal", "--work", "Clearing", "--from", TODAY,
        "--until", TODAY,
    )  # fmt: skip
    assert opened.code == DONE, opened.err
    sheet = opened.document["sheet"]
    prints(programme, tmp_path / "sheet.pdf", "attendance", "sheet", sheet)
    file = tmp_path / "days.json"
    file.write_text(json.dumps({"1": [TODAY]}), encoding="utf-8")
    entered = programme(CLERK, "attendance", "enter", sheet, "--file", file, "--foreman", "Kamal")
    assert entered.document["person_days"] == 1
    assert programme(CLERK, "attendance", "sign", sheet).refused == "role.not_allowed"
    assert programme(SUPERVISOR, "attendance", "sign", sheet).code == DONE
    planned = programme(CLERK, "attendance", "plan", sheet)
    assert planned.code == DONE, planned.err
    assert len(planned.document["vouchers"]) == 1
    (line,) = programme(CLERK, "attendance", "list", "--state", "PLANNED").document
    assert line["person_days"] == 1
    assert programme(SUPERVISOR, "attendance", "drop", sheet, "--reason", "it was a mistake").refused == (
        "attendance.state"
    )
    file.write_text(json.dumps({"2": [TODAY]}), encoding="utf-8")
    assert programme(CLERK, "attendance", "enter", sheet, "--file", file, "--foreman", "Kamal").code == USAGE
