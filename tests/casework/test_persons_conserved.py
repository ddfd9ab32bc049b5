"""However families change, every living member is counted in exactly one household, and rosters say the same."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from helpdesk.casework import family as changes
from helpdesk.casework import merging, settling, splitting
from helpdesk.casework.family import Holders
from helpdesk.core.errors import Refusal
from helpdesk.households import commands as families
from helpdesk.opening import Desk
from tests.casework.families import counted, family, large_family, people, split_form
from tests.journey.ready import Hands
from tests.people import head, member, small_form

STEPS = 45


class World:
    """What is true outside: how many people live, and in which households they are registered."""

    def __init__(self, desk: Desk, rng: random.Random) -> None:
        self.desk = desk
        self.rng = rng
        self.day: date = desk.clock.now().date()
        self.households = [large_family(desk)[0] for _ in range(2)]
        self.alive = 10
        self.done = 0

    def step(self) -> None:
        act = self.rng.choice([self.birth, self.death, self.split, self.split, self.marry, self.merge, self.register])
        try:
            self.alive += act(self.rng.choice(self.households))
            self.done += 1
        except Refusal:
            pass  # whatever is refused leaves everything as it is

    def birth(self, household: str) -> int:
        child = member("Zain", birth_date=self.day, birth_precision="day")
        self.desk.do(changes.came, household, "BIRTH", child, self.day)
        return 1

    def death(self, household: str) -> int:
        members = list(family(self.desk, household).members)
        gone = self.rng.choice(members)
        rest = [one for one in members if one != gone]
        leads = self.rng.choice(rest) if rest and self.rng.random() < 0.8 else None
        self.desk.do(changes.gone, household, gone, "DEATH", self.day, Holders(leads, leads))
        return -1

    def split(self, household: str) -> int:
        members = list(family(self.desk, household).members)
        movers = tuple(self.rng.sample(members, self.rng.randint(1, len(members))))
        rest = [one for one in members if one not in movers]
        holders = Holders(rest[0], rest[0]) if rest else Holders()
        done = self.desk.do(splitting.split, household, split_form(movers, holders=holders))
        self.households.append(done.moving.household)
        return 0

    def marry(self, household: str) -> int:
        into = self.rng.choice(self.households)
        members = list(family(self.desk, household).members)
        goes = self.rng.choice(members)
        rest = [one for one in members if one != goes]
        holders = Holders(rest[0], rest[0]) if rest else Holders()
        self.desk.do(changes.moved, goes, into, "MARRIED_IN", "CHILDLAW", self.day, holders)
        return 0

    def merge(self, household: str) -> int:
        other = self.rng.choice(self.households)
        ours, theirs = (list(family(self.desk, one).members) for one in (household, other))
        pairs = dict(zip(self.rng.sample(ours, 1), self.rng.sample(theirs, 1), strict=True))
        done = self.desk.do(merging.merge, household, other, pairs)
        self.households.remove(done.closed)
        return -len(pairs)  # the two were one person, registered twice

    def register(self, _household: str) -> int:
        form = small_form(self.desk.clock, members=(head(), member()))
        self.desk.do(families.register, form)
        self.households.append(form.household_id)
        return 2


@pytest.mark.parametrize("seed", range(4))
def test_people_are_neither_lost_nor_doubled(hands: Hands, seed: int) -> None:
    world = World(hands.as_("supervisor"), random.Random(seed))
    for _ in range(STEPS):
        world.step()
        assert world.desk.ask(counted) == (world.alive,) * 3
    assert world.done > STEPS // 4
    assert world.desk.ask(settling.doubts) == ()
    seen: list[Any] = []
    for household in world.households:
        known = people(world.desk, household)
        assert tuple(known) == family(world.desk, household).members
        assert [one.relation for one in known.values()].count("HEAD") == 1
        assert known[family(world.desk, household).head].relation == "HEAD"
        seen += known
    assert len(seen) == len(set(seen)) == world.alive
