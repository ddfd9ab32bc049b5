"""Where fictional families come from and where they were displaced to, in the proportions of IOM DTM 2019.

Only real places are named; which family is at which is drawn, and says nothing about any place.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from helpdesk.core.resources import resource
from helpdesk.desk.places import Place, load_gazetteer


@dataclass(frozen=True)
class District:
    """A district of origin, and how many of a hundred of its families speak Badini and Sorani."""

    place_id: str
    kmr_percent: int
    ckb_percent: int

    @property
    def governorate(self) -> str:
        """The P-code of its governorate."""
        return self.place_id[:5]


def origin(chance: Random) -> District:
    """A district that families were displaced from."""
    districts, weights = _origins()
    return chance.choices(districts, weights)[0]


def language(chance: Random, district: District) -> str:
    """The language of a family from a district: ``ar``, ``kmr`` or ``ckb``."""
    drawn = chance.randrange(100)
    if drawn < district.kmr_percent:
        return "kmr"
    return "ckb" if drawn < district.kmr_percent + district.ckb_percent else "ar"


def part_of(chance: Random, district: str) -> str:
    """A sub-district of a district, or the district itself where it has none."""
    inside = [place for place in load_gazetteer().children(district) if place.kind == "subdistrict"]
    return chance.choice(inside).place_id if inside else district


def refuge(chance: Random, district: District) -> str:
    """A district that families of ``district`` were displaced to: any of the governorate drawn, but not its own."""
    governorates, weights = _displaced()[district.governorate]
    drawn = chance.choices(governorates, weights)[0]
    inside = [place.place_id for place in load_gazetteer().children(drawn) if place.place_id != district.place_id]
    return chance.choice(inside)


def camp(chance: Random, district: District) -> str:
    """A camp for a family of ``district``: in a governorate its people were displaced to, where that has camps."""
    governorates, weights = _displaced()[district.governorate]
    camps = _camps()
    with_camps = [(one, weight) for one, weight in zip(governorates, weights, strict=True) if one in camps]
    drawn = chance.choices([one for one, _ in with_camps], [weight for _, weight in with_camps])[0]
    return chance.choice(camps[drawn]).place_id


def informal_site(chance: Random) -> str:
    """An informal site; which governorate it is in, the lists do not say."""
    return chance.choice(_sites()).place_id


@lru_cache(maxsize=1)
def _origins() -> tuple[list[District], list[int]]:
    with resource("practice", "origins.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    districts = [District(row["district"], int(row["kmr_percent"]), int(row["ckb_percent"])) for row in rows]
    return districts, [int(row["weight"]) for row in rows]


@lru_cache(maxsize=1)
def _displaced() -> dict[str, tuple[list[str], list[int]]]:
    found: dict[str, tuple[list[str], list[int]]] = {}
    with resource("practice", "displaced.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            governorates, weights = found.setdefault(row["origin"], ([], []))
            governorates.append(row["displaced_in"])
            weights.append(int(row["permille"]))
    return found


@lru_cache(maxsize=1)
def _camps() -> dict[str, list[Place]]:
    """The camps whose place is known, by governorate."""
    found: dict[str, list[Place]] = {}
    places = load_gazetteer()
    for place in places:
        governorate = places.ancestor(place.place_id, "governorate") if place.kind == "camp" else None
        if governorate:
            found.setdefault(governorate.place_id, []).append(place)
    return found


@lru_cache(maxsize=1)
def _sites() -> list[Place]:
    return [place for place in load_gazetteer() if place.kind == "site"]
