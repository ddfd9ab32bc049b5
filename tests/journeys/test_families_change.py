"""The story through the command line: a widow who withdraws on the eve and a family that is divided."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpdesk.cli.app import DONE
from helpdesk.core.clock import SystemClock
from helpdesk.households.commands import register
from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.opening import open_desk
from tests.cli.conftest import Programme, _made, programme  # noqa: F401 - fixtures of the command line
from tests.journey.leaving import movement_plan, prepared_at
from tests.people import CONSENT, head, member, small_form

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"


@pytest.fixture
def ready(programme: Programme) -> str:  # noqa: F811 - the fixture
    """The number of a family that is ready to leave."""
    folder = programme.home / "desk-one"
    with closing(open_desk(folder, "supervisor", programme.passphrase("desk-one", "supervisor"))) as supervisor:
        households = prepared_at(supervisor, 1)
        assert supervisor.do(bulk_declare_ready, households) == ()
        return supervisor.ask(lines, households)[households[0]].number


def test_a_widow_withdraws_on_the_eve_and_goes_after_all(
    programme: Programme, ready: str, tmp_path: Path  # noqa: F811 - the fixture
) -> None:  # fmt: skip
    def done(who: str, *arguments: object) -> Any:
        said = programme(who, *arguments)
        assert said.code == DONE, said.err
        return said.document

    plan = tmp_path / "plan.json"
    plan.write_bytes(msgspec.json.encode(movement_plan(SystemClock())))
    movement = done(CLERK, "movement", "plan", "--file", plan)["number"]
    done(CLERK, "movement", "add", movement, ready)
    assert done(CLERK, "case", "show", ready)["state"] == "READY"
    receipt = tmp_path / "receipt.pdf"
    assert programme(CLERK, "case", "withdraw", ready, "--witness", " ").refused == "withdrawal.witness"
    done(CLERK, "case", "withdraw", ready, "--witness", "Umm Ali", "--out", receipt)
    assert receipt.read_bytes().startswith(b"%PDF")
    assert done(CLERK, "case", "show", ready)["state"] == "WITHDRAWN"
    shown = done(CLERK, "movement", "show", movement)
    assert ready not in str([line for line in shown.get("families", ()) if line.get("state") != "OFF"])
    done(CLERK, "case", "take-back", ready)
    assert done(CLERK, "case", "show", ready)["state"] == "PREPARING"
    assert not done(SUPERVISOR, "case", "ready", ready)["refused"]
    assert done(CLERK, "case", "show", ready)["state"] == "READY"


def test_a_family_is_divided_and_each_part_has_its_number(
    programme: Programme, tmp_path: Path  # noqa: F811 - the fixture
) -> None:  # fmt: skip
    clerk = open_desk(programme.home / "desk-one", "clerk", programme.passphrase("desk-one", "clerk"))
    brother = member("Omar", relation="SIB", sex="M", birth_date=date(1990, 7, 1))
    number = clerk.do(register, small_form(clerk.clock, members=(head(), member(), brother))).number
    clerk.close()
    form = tmp_path / "split.json"
    form.write_bytes(msgspec.json.encode({"consent": CONSENT, "phones": [{"number": "+9647000000077"}]}))
    cards = tmp_path / "cards.pdf"
    arguments = ("household", "split", number, "--file", form, "--mover", 3, "--head", 3, "--out", cards)
    assert programme(CLERK, *arguments).refused == "role.not_allowed"
    said = programme(SUPERVISOR, *arguments)
    assert said.code == DONE, said.err
    fresh = said.document["number"]
    assert cards.read_bytes().startswith(b"%PDF")
    assert len(programme(CLERK, "household", "show", fresh).document["file"]["persons"]) == 1
    assert len(programme(CLERK, "household", "show", number).document["file"]["persons"]) == 2
    links = programme(CLERK, "household", "changes", number).document["links"]
    assert [link["number"] for link in links] == [fresh]
    assert programme(CLERK, "household", "doubts").document == []
