"""``clearance`` on a real store: answers are recorded, shown by role, listed before they run out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.cli.app import DONE, REFUSED, USAGE
from helpdesk.core.clock import SystemClock
from helpdesk.households.queries import household_ids
from helpdesk.journey.clearances import queries
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.opening import open_desk
from tests.cli.conftest import Programme

CLERK, SUPERVISOR, ADMIN = "desk-one:clerk", "desk-one:supervisor", "desk-one:admin"
EVERYBODY = [part for authority in AUTHORITY for part in ("--authority", authority)]


@pytest.fixture
def family(programme: Programme) -> str:
    """The number of a practice family with grown members."""
    desk = open_desk(programme.home / "desk-one", "clerk", programme.passphrase("desk-one", "clerk"))
    try:
        ids = desk.ask(household_ids)
        return next(found.number for one in ids if (found := desk.ask(queries.clearances_of, one)).people)
    finally:
        desk.close()


def test_recorded_shown_and_listed(programme: Programme, family: str) -> None:
    until = SystemClock().now().date() + timedelta(days=10)
    said = programme(
        CLERK, "clearance", "record", family, *EVERYBODY, "--status", "GRANTED", "--until", until, "--seen"
    )
    assert said.code == DONE, said.err
    assert said.document["recorded"] >= len(AUTHORITY)
    shown = programme(CLERK, "clearance", "show", family)
    assert shown.document["complete"]
    assert shown.document["until"] == until.isoformat()
    assert [line["number"] for line in programme(CLERK, "clearance", "list").document] == [family]
    assert "complete until" in programme(CLERK, "clearance", "show", family, document=False).out


def test_a_refusal_is_told_to_a_supervisor_alone(programme: Programme, family: str) -> None:
    refusal = ("clearance", "record", family, "--authority", "JOC", "--status", "REFUSED")
    assert programme(CLERK, *refusal).code == DONE
    for document in (True, False):
        seen = programme(CLERK, "clearance", "show", family, document=document)
        assert "REFUSED" not in seen.out
        assert "Refused" not in seen.out
        assert "Refused" in programme(SUPERVISOR, "clearance", "show", family, document=False).out
    for listed in ("list", "ageing"):
        said = programme(SUPERVISOR, "clearance", listed, *(["OPEN"] if listed == "list" else []), document=False)
        assert said.code == DONE
        assert said.out
        assert "efused" not in said.out


def test_what_is_refused(programme: Programme, family: str) -> None:
    assert programme(CLERK, "clearance", "record", family, "--authority", "JOC", "--status", "GRANTED").refused == (
        "clearance.proof"
    )
    assert programme(CLERK, "clearance", "record", family, "--authority", "X", "--status", "PEND").code == REFUSED
    assert programme(CLERK, "clearance", "list", "X").code == USAGE
    assert programme(CLERK, "clearance", "record", family, family[:9], "--authority", "JOC", "--status", "PEND",
                     "--person", "x").code == USAGE  # fmt: skip
    assert programme(ADMIN, "clearance", "show", family).refused == "role.not_allowed"
