"""A hundred power cuts: SIGKILL at random moments while a desk registers and exports, and what must still be true.

The desk is another process that says on a pipe what it has committed; nothing it said may be gone, nothing half done
may stand, and the centre must be able to take every file in, one after the other.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func
from sqlalchemy import select as select_rows

from helpdesk.centre import answers, intake
from helpdesk.core.errors import Refusal
from helpdesk.desk import audit
from helpdesk.exchange import batches, installing
from helpdesk.exchange.tables import OutboxRow
from helpdesk.households import commands, queries
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.opening import Desk
from helpdesk.vault.tables import RecordRow, RevisionRow
from tests import programme as programmes
from tests.people import practice_form

pytestmark = pytest.mark.slow

KILLS = 100
SEED = 11
LONGEST_LIFE = 0.35  # seconds after sign-in
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Said:
    """What the desk said before it died."""

    tried: dict[str, int] = field(default_factory=dict)
    families: set[str] = field(default_factory=set)
    batches: dict[int, str] = field(default_factory=dict)
    signed_in: int = 0

    def hear(self, line: str) -> str:
        word, *rest = line.split()
        if word == "tries":
            self.tried[rest[0]] = int(rest[1])
        elif word == "family":
            self.families.add(rest[0])
        elif word == "batch":
            assert self.batches.setdefault(int(rest[0]), rest[1]) == rest[1], "one number, two batches"
        elif word == "open":
            self.signed_in += 1
        return word


class Nursery:
    """Starts desks and kills them."""

    def __init__(self, home: Path, stick: Path, said: Said) -> None:
        self.said = said
        self.pipe = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.mortal", str(home), str(stick), str(SEED)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
        )  # fmt: skip
        self.held = b""

    def lines(self, seconds: float) -> list[str]:
        """What is said within so many seconds."""
        assert self.pipe.stdout is not None
        ready, _, _ = select.select([self.pipe.stdout], [], [], max(seconds, 0))
        if not ready:
            return []
        data = os.read(self.pipe.stdout.fileno(), 1 << 16)
        assert data, "the nursery died"
        *whole, self.held = (self.held + data).split(b"\n")
        return [line.decode() for line in whole]

    def life(self, number: int, chance: Random, home: Path) -> None:
        """One desk from its start to its death."""
        assert self.pipe.stdin is not None
        self.pipe.stdin.write(f"{number}\n".encode())
        self.pipe.stdin.flush()
        pid, end, words = 0, float("inf"), []
        early = chance.random() < 0.1  # some die while signing in or tidying up after the death before
        while time.monotonic() < end:
            for line in self.lines(min(end - time.monotonic(), 60)):
                words.append(self.said.hear(line))
                if words[-1] == "pid":
                    pid = int(line.split()[1])
                if words[-1] == ("pid" if early else "open"):
                    end = time.monotonic() + chance.random() * LONGEST_LIFE
            if number % 10 == 5 and "open" in words and not early:
                assert_held(home)
        os.kill(pid, signal.SIGKILL)
        while "gone" not in words:
            words.extend(self.said.hear(line) for line in self.lines(60))

    def close(self) -> None:
        self.pipe.communicate()
        assert self.pipe.returncode == 0


def assert_held(home: Path) -> None:
    with pytest.raises(Refusal, match=r"folder\.in_use"):
        programmes.open_desk(home, "clerk", programmes.passphrase("clerk"))


@pytest.mark.timeout(600)
def test_a_hundred_kills_lose_nothing_and_halve_nothing(tmp_path: Path) -> None:
    programme = programmes.build(tmp_path)
    bring_numbers(programme)
    home, said, chance = tmp_path / "one", Said(), Random(SEED)
    nursery = Nursery(home, programme.stick, said)
    for number in range(KILLS):
        nursery.life(number, chance, home)
    nursery.close()
    assert said.signed_in > KILLS / 2
    assert said.families
    assert said.batches

    programme.clock.move(days=1)
    with programme.open("one", "supervisor") as desk:
        assert_sound(desk)
        assert_families(desk, said)
        assert_outbox(desk, said)
        # the last kill may leave nothing to send
        desk.do(commands.register, practice_form(programme.clock, seed=SEED + 1))
        last = batches.export(desk, home, programme.stick)
        desk_families = set(desk.ask(queries.household_ids))
    assert_centre(programme, desk_families, last.seq)


def bring_numbers(programme: programmes.Programme) -> None:
    """Enough household numbers for everything a hundred lives may register."""
    path = programme.bundle("one", blocks=6)
    programme.at("one", "admin", lambda desk: installing.install(desk, path))


def assert_sound(desk: Desk) -> None:
    with desk.store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        audit.verify(connection)
    with desk.store.write() as connection:
        connection.exec_driver_sql("INSERT INTO person_search(person_search, rank) VALUES ('integrity-check', 1)")


def assert_families(desk: Desk, said: Said) -> None:
    present = set(desk.ask(queries.household_ids))
    assert said.families <= present, "an acknowledged family is gone"
    assert present <= set(said.tried), "a family nobody registered"
    with desk.store.read() as connection:
        roster = connection.execute(
            select_rows(HouseholdRow.id, HouseholdRow.persons, func.count(PersonRow.id))
            .join(PersonRow, PersonRow.household == HouseholdRow.id)
            .group_by(HouseholdRow.id, HouseholdRow.persons)
        ).all()
        assert {row[0] for row in roster} == present
        assert all(persons == counted for _, persons, counted in roster), "half a family"
        headless = (
            select_rows(func.count())
            .select_from(RecordRow)
            .where(~select_rows(RevisionRow.hash).where(RevisionRow.hash == RecordRow.head).exists())
        )
        assert connection.scalar(headless) == 0
    for household in sorted(present)[:: max(1, len(present) // 50)]:
        form = practice_form(desk.clock, said.tried[household], seed=SEED)
        file = desk.ask(queries.family_file, household)
        assert [p.given_name for p in file.persons.values()] == [entry.given_name for entry in form.members]
        assert len(file.consents) == len(form.consents)
        assert bool(file.intentions) == (form.intention is not None)
        assert bool(file.barriers) == (form.barriers is not None)


def assert_outbox(desk: Desk, said: Said) -> None:
    with desk.store.read() as connection:
        rows = connection.execute(select_rows(OutboxRow).where(OutboxRow.kind == "batch").order_by(OutboxRow.seq)).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1)), "a number is missing"
    by_number = {row.seq: row for row in rows}
    for seq, identity in said.batches.items():
        assert by_number[seq].identity == identity, "a batch that was said is another one now"
    for row in rows[1:]:
        assert row.prev == by_number[row.seq - 1].identity
        assert row.upto >= by_number[row.seq - 1].upto
    files = {path.name for path in (desk.folder / "outbox").iterdir()}
    named = {f"{row.identity[:16]}.fvb" for row in rows}
    assert named <= files, "a committed batch has no file"
    assert files <= named, "something unfinished or never committed was left"


def assert_centre(programme: programmes.Programme, families: set[str], last: int) -> None:
    with programme.open("one", "supervisor") as desk:
        lines = sorted(desk.ask(batches.outbox_lines), key=lambda line: line.seq)
        assert lines[-1].seq == last
        paths = [desk.folder / "outbox" / f"{line.identity[:16]}.fvb" for line in lines]
    with programme.office() as office:
        receipts = intake.receive(office, paths)
        assert {receipt.state for receipt in receipts} == {"accepted"}
        assert [receipt.seq for receipt in receipts] == list(range(1, last + 1))
        with office.register.read() as register:
            assert set(register.scalars(select_rows(HouseholdRow.id))) == families
        written = answers.acknowledge(office, programme.stick)
    with programme.open("one", "clerk") as desk:
        for ack in written:
            installing.install(desk, ack.path)
        assert desk.ask(batches.unacknowledged).batches == 0
