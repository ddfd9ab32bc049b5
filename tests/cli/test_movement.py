"""``movement`` on a real store: a convoy of forty families, two of which do not come and one is turned back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpdesk.cli.app import DONE
from helpdesk.core.clock import SystemClock
from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.opening import open_desk
from tests.cli.conftest import Programme
from tests.journey.leaving import movement_plan, prepared_at

CLERK, SUPERVISOR = "desk-one:clerk", "desk-one:supervisor"
COUNT = 40


@pytest.fixture
def numbers(programme: Programme) -> list[str]:
    """The household numbers of forty families that are declared ready; five agree to be named."""
    folder = programme.home / "desk-one"
    supervisor = open_desk(folder, "supervisor", programme.passphrase("desk-one", "supervisor"))
    with closing(supervisor):
        households = prepared_at(supervisor, COUNT, shared=5)
        shown = supervisor.ask(lines, households)
        assert supervisor.do(bulk_declare_ready, households) == ()
    return [shown[one].number for one in households]


def test_a_convoy_of_forty(programme: Programme, numbers: list[str], tmp_path: Path) -> None:
    def done(who: str, *arguments: object) -> Any:
        said = programme(who, "movement", *arguments)
        assert said.code == DONE, said.err
        return said.document

    plan = tmp_path / "plan.json"
    plan.write_bytes(msgspec.json.encode(movement_plan(SystemClock())))
    movement = done(CLERK, "plan", "--file", plan)["number"]
    assert done(CLERK, "add", movement, *numbers)["refused"] == []
    done(CLERK, "fit", movement)
    assert programme(SUPERVISOR, "movement", "schedule", movement).refused == "movement.not_told"
    told = done(SUPERVISOR, "notify", movement, "--authority", "JOC", "--reference", "7")
    assert len(told["named"]) == 5
    assert done(SUPERVISOR, "schedule", movement)["refused"] == []
    for kind, families in (("OPERATIONAL", 40), ("DRIVER", 40), ("AUTHORITIES", 5)):
        out = tmp_path / f"{kind}.pdf"
        assert done(SUPERVISOR, "paper", "manifest", movement, "--kind", kind, "--out", out)["families"] == families
        assert out.read_bytes().startswith(b"%PDF")
    for name, *more in (("letter", "--authority", "JOC"), ("declaration",), ("slip",)):
        family = [] if name == "letter" else [numbers[0]]
        done(SUPERVISOR, "paper", name, movement, *family, *more, "--out", tmp_path / f"{name}.pdf")
    forms = done(CLERK, "paper", "forms", "--count", 2, "--movement", movement, "--out", tmp_path / "forms.pdf")[
        "forms"
    ]

    # the power is cut: thirty come by paper, then eight by scan; two never come
    for form, some in zip(forms, (numbers[:15], numbers[15:30]), strict=True):
        marks = [part for number in some for part in ("--present", number)]
        done(CLERK, "type-in", movement, "--form", form, *marks)
    again = programme(CLERK, "movement", "type-in", movement, "--form", forms[0], "--present", numbers[0])
    assert again.refused == "movement.form_typed"
    for number in numbers[30:38]:
        counted = done(CLERK, "present", movement, number)
    assert (counted["families"], counted["of_families"], counted["people"]) == (38, 40, 114)
    closed = done(SUPERVISOR, "close", movement)
    assert closed["refused"] == []
    assert (closed["closing"]["departed"], closed["closing"]["absent"]) == (38, 2)
    done(SUPERVISOR, "came-back", movement, numbers[0], "--how", "TURNED_BACK", "--reason", "the road was closed")
    shown = done(CLERK, "show", movement)
    states = [family["state"] for family in shown["families"]]
    assert sorted(states) == sorted(["DEPARTED"] * 37 + ["NOSHOW"] * 2 + ["TURNED_BACK"])
    assert done(CLERK, "list", "PAST")[0]["departed"] == 37
    assert done(CLERK, "incidents") == []
    assert "Has left" in programme(CLERK, "movement", "show", movement, document=False).out


def test_a_movement_that_is_cancelled_and_what_is_no_movement(programme: Programme) -> None:
    today = SystemClock().now().date()
    planned = programme(CLERK, "movement", "plan", "--on", today, "--mode", "SELF")
    assert planned.code == DONE, planned.err
    number = planned.document["number"]
    assert programme(CLERK, "movement", "cancel", number, "--reason", "rain").refused == "role.not_allowed"
    assert programme(SUPERVISOR, "movement", "cancel", number, "--reason", "rain").code == DONE
    assert programme(CLERK, "movement", "show", "00000000").refused == "form.number"
    assert "Cancelled" in programme(CLERK, "movement", "list", "ALL", document=False).out
