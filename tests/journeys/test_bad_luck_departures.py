"""Kills while a camp leaves: whenever it happens each family is whole, and closing again ends with everybody once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from helpdesk.desk import audit
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.cases.kinds import CASE, DEPARTURE
from helpdesk.journey.departures import bulk, day, planning, queries
from helpdesk.journey.departures.kinds import LINE, line_id
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of, documents_of
from helpdesk.vault.tables import RecordRow
from tests.journey.leaving import movement_plan, prepared
from tests.programme import Programme

pytestmark = pytest.mark.slow

COUNT = 20
KILLS = 4
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def leaving(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, list[str], str]:
    """A camp at its gate: twenty families, all but two scanned."""
    programme = ready_programme.copied(tmp_path_factory.mktemp("leaving"))
    families = prepared(programme, COUNT)

    def convoy(desk: Desk) -> str:
        assert desk.do(bulk_declare_ready, families) == ()
        movement: str = desk.do(planning.plan, movement_plan(programme.clock))
        desk.do(planning.list_families, movement, tuple(families))
        desk.do(planning.all_fit, movement, tuple(families))
        desk.do(planning.notify, movement, "JOC", "1")
        assert bulk.schedule_all(desk, movement).refused == ()
        for family in families[2:]:
            desk.do(day.present, movement, family)
        return movement

    return programme, families, programme.at("one", "supervisor", convoy)


def assert_whole(desk: Desk, movement: str, families: list[str]) -> int:
    """No family is half gone; returns how many have left."""
    left = 0
    with desk.store.read() as connection:
        for family in families:
            line = document_of(connection, LINE, line_id(movement, family))
            (case,) = (document for _, document in documents_of(connection, CASE, family))
            departures = documents_of(connection, DEPARTURE, family)
            gone = line is not None and line.state == "DEPARTED"
            assert gone == (case.state == "DEPARTED") == bool(departures)
            assert len(departures) <= 1
            left += gone
        heads = Counter(connection.scalars(select(RecordRow.kind)))
        assert heads[DEPARTURE.name] == left
        audit.verify(connection)
    return left


def life(programme: Programme, movement: str, minutes: int, pieces: int, seconds: float) -> None:
    """Close until death, so many seconds after the last of so many pieces was let go (or when all is done)."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.leaving_mortal", str(programme.home / "one"), movement, str(minutes)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "open"
    for _ in range(pieces):
        if not child.stdout.readline().startswith("piece"):
            break
        child.stdin.write("\n")
        child.stdin.flush()
    time.sleep(seconds)  # a power cut asks nobody
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()


def test_whenever_the_power_goes_each_family_is_whole(
    leaving: tuple[Programme, list[str], str], tmp_path: Path
) -> None:
    made, families, movement = leaving
    programme = made.copied(tmp_path / "programme")
    chance, seen = Random(7), [0]
    for number in range(KILLS):
        life(programme, movement, 60 + number, chance.randint(1, 3), chance.random() * 0.1)
        programme.clock.instant = made.clock.instant
        programme.clock.move(minutes=61 + number)
        with programme.open("one", "supervisor") as desk:
            seen.append(assert_whole(desk, movement, families))
    assert seen == sorted(seen)
    assert len(set(seen)) > 2, "no kill came in the middle"
    programme.clock.move(minutes=10)
    with programme.open("one", "supervisor") as desk:
        closed = bulk.close_manifest(desk, movement)
        assert closed.closing is not None
        assert (closed.closing.departed, closed.closing.absent) == (COUNT - 2, 2)
        assert assert_whole(desk, movement, families) == COUNT - 2
        assert desk.ask(queries.incidents) == ()
