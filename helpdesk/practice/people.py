"""Fictional families for practice programmes, tests and benchmarks: real places, nobody real.

The same seed gives the same families. Phones begin with 0700, which no operator in Iraq has, and document numbers
with 00, so that nothing made here can be taken for somebody's own (resources/practice/SOURCES.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.practice import origins
from helpdesk.practice.members import FictionalPerson, Roster, make_roster

PRACTICE_DAY: Final = date(2026, 1, 1)
"""The day ages are made for where the caller names none."""

_EACH: Final = ("CAMP", "OOC", "RET", "HOST")
_BLOCK: Final = ("CAMP",) * 10 + ("OOC",) * 3 + ("RET",) * 2 + ("HOST",)
_BARRIERS: Final = (
    ("C1HOU", 0.62), ("C1JOB", 0.5), ("C1SRV", 0.4), ("C1DOC", 0.18), ("C1ERW", 0.12), ("C1MHI", 0.08),
)  # fmt: skip
_CHOICES: Final = {"RET": 46, "UND": 24, "LOC": 18, "REL": 12}
_NO_PHONE: Final = 0.05


@dataclass(frozen=True)
class FictionalFamily:
    """One family. Places are ids of the gazetteer, codes those of registration's lists.

    ``head``, ``principal`` and ``alternate`` are places in ``members``. ``site`` is where the family is now: a camp,
    an informal site or a district. RET and HOST families have no intention and no barriers; HOST ones were never
    displaced (``left_on`` None). ``phone`` is E.164 or "".
    """

    index: int
    population: str
    language: str
    members: tuple[FictionalPerson, ...]
    head: int
    principal: int
    alternate: int | None
    phone: str
    origin: str
    site: str
    shelter: str
    left_on: date | None
    arrived_on: date | None
    intention: str | None
    horizon: str | None
    destination: str | None
    barriers: tuple[str, ...]

    @property
    def size(self) -> int:
        """Persons in the family."""
        return len(self.members)


def families(n: int, seed: int, day: date = PRACTICE_DAY) -> Iterator[FictionalFamily]:
    """``n`` families of a seed, ages as of ``day``; the first four are one of each population group."""
    groups: list[str] = []
    for index in range(n):
        if index % (len(_EACH) + len(_BLOCK)) == 0:
            order = _chance(seed, -1 - index)
            groups = [*order.sample(_EACH, len(_EACH)), *order.sample(_BLOCK, len(_BLOCK))]
        yield _family(index, groups[index % len(groups)], _chance(seed, index), day)


def _chance(seed: int, index: int) -> Random:
    return Random(seed * 1_000_003 + index)  # noqa: S311 - fictional people need no secret chance


def _family(index: int, population: str, chance: Random, day: date) -> FictionalFamily:
    district = origins.origin(chance)
    language = origins.language(chance, district)
    roster = make_roster(chance, district.governorate, language, day)
    home = origins.part_of(chance, district.place_id)
    principal, alternate = _card_holders(roster, chance)
    displaced = population != "HOST"
    left_on = date(2014, 6, 1) + timedelta(days=chance.randrange(1300)) if displaced else None
    arrived_on = min(left_on + timedelta(days=chance.randrange(1, 700)), day) if left_on else None
    moving = population in ("CAMP", "OOC")
    site = _site(population, district, home, chance)
    intention = chance.choices(list(_CHOICES), list(_CHOICES.values()))[0] if moving else None
    return FictionalFamily(
        index=index,
        population=population,
        language=language,
        members=roster.members,
        head=roster.head,
        principal=principal,
        alternate=alternate,
        phone="" if chance.random() < _NO_PHONE else f"+9647000{chance.randrange(10**6):06d}",
        origin=home,
        site=site,
        shelter=_tent(chance) if population == "CAMP" else "",
        left_on=left_on,
        arrived_on=arrived_on,
        intention=intention,
        horizon=chance.choice(("NOW", "3M", "12M")) if intention in ("RET", "REL") else None,
        destination=_destination(intention, district, home, site, chance),
        barriers=tuple(code for code, share in _BARRIERS if chance.random() < share) if moving else (),
    )


def _card_holders(roster: Roster, chance: Random) -> tuple[int, int | None]:
    """Who holds the card and who may collect for her: adults; most often the head, sometimes the wife."""
    adults = [place for place, person in enumerate(roster.members) if person.adult]
    others = [place for place in adults if place != roster.head]
    principal = others[0] if others and chance.random() < 0.15 else roster.head
    rest = [place for place in adults if place != principal]
    return principal, rest[0] if rest and chance.random() < 0.8 else None


def _site(population: str, district: origins.District, home: str, chance: Random) -> str:
    if population == "CAMP":
        return origins.camp(chance, district)
    if population == "OOC":
        return origins.informal_site(chance) if chance.random() < 0.5 else origins.refuge(chance, district)
    return home


def _tent(chance: Random) -> str:
    return f"{chance.choice('ABCDEFG')}{chance.randint(1, 12)}-{chance.randint(1, 60)}"


def _destination(intention: str | None, district: origins.District, home: str, site: str, chance: Random) -> str | None:
    if intention == "RET":
        return home
    if intention == "REL":
        return origins.refuge(chance, district)
    return site if intention == "LOC" else None
