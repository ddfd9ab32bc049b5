"""Names for fictional persons: drawn part by part, so that no real person stands in them.

A father's line is kept as Iraqi names keep it: a child carries the father's given name and the father's father's.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from helpdesk.core.resources import resource


@dataclass(frozen=True)
class Spelled:
    """One part of a name in the scripts it is written in."""

    arabic: str
    kurdish: str
    latin: str

    def written(self, kurdish: bool) -> str:
        """As a list or a clerk writes it: Kurdish spelling where asked for and known, otherwise Arabic."""
        return self.kurdish if kurdish and self.kurdish else self.arabic


@dataclass(frozen=True)
class Line:
    """The part of a name that brothers and sisters share."""

    father: Spelled
    grandfather: Spelled
    family: Spelled | None


class Choice:
    """Things with weights, drawn in proportion to them."""

    def __init__(self, things: Sequence[Spelled], weights: Sequence[int]) -> None:
        self._things = things
        self._steps = list(accumulate(weights))

    def draw(self, chance: Random) -> Spelled:
        """One of the things."""
        return chance.choices(self._things, cum_weights=self._steps)[0]


def given_name(chance: Random, sex: str, kurdish: bool) -> Spelled:
    """A given name for a boy or girl ("M", "F"); Kurdish families choose Arabic names too."""
    language = "ku" if kurdish and chance.random() < 0.7 else "ar"
    return _given()[sex, language].draw(chance)


def family_name(chance: Random, governorate: str, kurdish: bool) -> Spelled | None:
    """A family name of the governorate (P-code), or None: about one family in eight has none on paper."""
    if chance.random() < 0.12:
        return None
    choices = _family()
    return choices.get((governorate, kurdish), choices["", kurdish]).draw(chance)


def new_line(chance: Random, governorate: str, kurdish: bool) -> Line:
    """The line of somebody who comes from elsewhere: a head, a wife."""
    return Line(
        given_name(chance, "M", kurdish),
        given_name(chance, "M", kurdish),
        family_name(chance, governorate, kurdish),
    )


@lru_cache(maxsize=1)
def _given() -> dict[tuple[str, str], Choice]:
    found: dict[tuple[str, str], list[tuple[Spelled, int]]] = {}
    with resource("practice", "names_given.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spelled = Spelled(row["arabic"], row["kurdish"], row["latin"])
            found.setdefault((row["sex"], row["language"]), []).append((spelled, int(row["weight"])))
    return {key: Choice(*zip(*names, strict=True)) for key, names in found.items()}


@lru_cache(maxsize=1)
def _family() -> dict[tuple[str, bool], Choice]:
    """By (governorate, whether Kurdish), and under governorate "" all of them."""
    found: dict[tuple[str, bool], list[tuple[Spelled, int]]] = {}
    with resource("practice", "names_family.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spelled = Spelled(row["arabic"], row["kurdish"], row["latin"])
            for governorate in ("", *row["governorates"].split()):
                found.setdefault((governorate, row["language"] == "ku"), []).append((spelled, int(row["weight"])))
    return {key: Choice(*zip(*names, strict=True)) for key, names in found.items()}
