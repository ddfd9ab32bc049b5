"""Whether two families may be one: block keys to find candidates by, and an additive score with its reasons.

Pure functions over what a form or the register holds; weights stand readable in ``resources/duplicates``. A score is
a question to the clerk ("same family / relatives / other") and must never block saving (DESIGN.md section 6).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations, product
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.core.codes import CodeList
from helpdesk.core.resources import resource
from helpdesk.core.text import fold, skeleton

REASON: Final = CodeList(
    "similar", "HEAD", "OTHERHEAD", "MEMBERS", "PHONE", "PHONENEAR", "PAPER", "RATION", "ORIGIN", "SHELTER", "BROTHERS",
)  # fmt: skip
"""What speaks for a likeness; BROTHERS against it: one father's line, another given name at the head."""

_BONES_IN_KEY: Final = 14
_DAYS_IN_YEAR: Final = 365.25
_NEAR_FROM: Final = 4
_PARTS: Final = ("given", "father", "grandfather", "family", "mother")


class ComparedPerson(Struct, frozen=True, kw_only=True):
    """A person as far as known. ``papers`` are keyed hashes of document numbers (never the numbers themselves)."""

    given_name: str
    father_name: str = ""
    grandfather_name: str = ""
    family_name: str = ""
    mother_name: str = ""
    sex: str | None = None
    birth_date: date | None = None
    birth_precision: str | None = None
    papers: tuple[str, ...] = ()


class ComparedFamily(Struct, frozen=True, kw_only=True):
    """A family as far as known. ``phones`` E.164; ``origin``, ``site`` place ids; ``papers`` a ration card's hashes."""

    members: tuple[ComparedPerson, ...]
    head: int = 0
    phones: tuple[str, ...] = ()
    origin: str = ""
    site: str = ""
    shelter: str = ""
    papers: tuple[str, ...] = ()


class Similarity(Struct, frozen=True):
    """How likely two families are one, 0 to 100, and what speaks for it (codes of :data:`REASON`)."""

    probability: int
    reasons: tuple[str, ...]


class _Part(Struct, frozen=True):
    share: int
    different: int


class _Weights(Struct, frozen=True):
    """``resources/duplicates/weights.json``: points, ten of which multiply the odds by e."""

    start: int
    part: dict[str, _Part]
    spelling_percent: dict[str, int]
    age: dict[str, int]
    sex_different: int
    same_person_from: int
    first_member_at_most: int
    further_member: dict[str, int]
    member_without_match: int
    phone: int
    phone_one_digit_off: int
    paper: int
    ration_card: int
    origin: dict[str, int]
    same_site: int
    same_shelter: int
    rare_name_permille: int
    common_names_permille: dict[str, int]


class _Person(Struct, frozen=True):
    """A person with every name part folded once: (folded, skeleton) or None, in the order of :data:`_PARTS`."""

    names: tuple[tuple[str, str] | None, ...]
    sex: str | None
    born: date | None
    exact: bool
    papers: frozenset[str]


def block_keys(family: ComparedFamily) -> frozenset[str]:
    """Keys, at most 48 characters each, at least one of which two records of a family nearly always share.

    Unordered pairs of the name parts' skeletons (beside the head only pairs with the given name), each phone with one
    digit free, and the hashes of papers. Rare keys first: the caller counts them.
    """
    keys = {f"d:{paper}" for paper in family.papers}
    for phone in family.phones:
        digits = phone[-9:]
        keys.update(f"p:{digits[:place]}_{digits[place + 1 :]}" for place in range(len(digits)))
    for place, person in enumerate(family.members):
        keys.update(f"d:{paper}" for paper in person.papers)
        given, *others = _bones(person)
        pairs: Iterable[tuple[str, str]] = ((given, other) for other in others)
        if place == family.head:
            pairs = combinations((given, *others), 2)
        for one, other in pairs:
            if one and other:
                first, second = sorted((one[:_BONES_IN_KEY], other[:_BONES_IN_KEY]))
                keys.add(f"n:{first}|{second}")
    return frozenset(keys)


def score(one: ComparedFamily, other: ComparedFamily) -> Similarity:
    """How likely ``one`` and ``other`` are the same family. Symmetric; nothing decides alone."""
    weights = _weights()
    mine, theirs = [_prepared(person) for person in one.members], [_prepared(person) for person in other.members]
    matches = _matched(mine, theirs)
    reasons: list[str] = []
    points = weights.start + _member_points(matches, min(len(mine), len(theirs)))
    heads = any((a, b) == (one.head, other.head) for _points, a, b in matches)
    if matches:
        reasons.append("HEAD" if heads else "OTHERHEAD")
        if len(matches) > 1:
            reasons.append("MEMBERS")
    elif mine and theirs and _same_line(mine[one.head], theirs[other.head]):
        reasons.append("BROTHERS")
    for found, reason, worth in _circumstances(one, other):
        if found:
            points += worth
            if reason:
                reasons.append(reason)
    return Similarity(round(100 / (1 + math.exp(-points / 10))), tuple(reasons))


def _circumstances(one: ComparedFamily, other: ComparedFamily) -> Iterator[tuple[bool, str, int]]:
    """(whether it holds, its reason or "", its points) for everything that is not about a member's name or age."""
    weights = _weights()
    same_phone = bool({*one.phones} & {*other.phones})
    yield same_phone, "PHONE", weights.phone
    near = any(_one_digit_off(a, b) for a, b in product(one.phones, other.phones))
    yield near and not same_phone, "PHONENEAR", weights.phone_one_digit_off
    mine = {paper for person in one.members for paper in person.papers}
    yield bool(mine & {paper for person in other.members for paper in person.papers}), "PAPER", weights.paper
    yield bool({*one.papers} & {*other.papers}), "RATION", weights.ration_card
    known = bool(one.origin and other.origin)
    yield known and one.origin == other.origin, "ORIGIN", weights.origin["same"]
    yield known and one.origin != other.origin, "", weights.origin["different"]
    site = bool(one.site) and one.site == other.site
    yield site, "", weights.same_site
    yield site and bool(one.shelter) and fold(one.shelter) == fold(other.shelter), "SHELTER", weights.same_shelter


def _member_points(matches: Sequence[tuple[int, int, int]], possible: int) -> int:
    """The first match counts whole, every further one only for given name and age: the line is the same anyway."""
    weights = _weights()
    if not matches:
        return 0
    further = weights.further_member
    points = min(matches[0][0], weights.first_member_at_most)
    points += sum(min(match[0] * further["share"] // 100, further["at_most"]) for match in matches[1:])
    return points + weights.member_without_match * (possible - len(matches))


def _matched(mine: Sequence[_Person], theirs: Sequence[_Person]) -> list[tuple[int, int, int]]:
    """(points, place in mine, place in theirs) of members that may be one person, one to one, the strongest first."""
    # ties in an order that is the same from either side, so that the score is symmetric
    pairs = sorted(
        ((_person_points(one, other), a, b) for (a, one), (b, other) in product(enumerate(mine), enumerate(theirs))),
        key=lambda pair: (-pair[0], pair[1] + pair[2], abs(pair[1] - pair[2])),
    )
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    found: list[tuple[int, int, int]] = []
    for points, a, b in pairs:
        if points < _weights().same_person_from:
            break
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            found.append((points, a, b))
    return found


def _person_points(one: _Person, other: _Person) -> int:
    weights = _weights()
    points = 0
    for part, mine, theirs in zip(_PARTS, one.names, other.names, strict=True):
        if mine is None or theirs is None:
            continue
        spelling = _spelling(mine, theirs)
        weight = weights.part[part]
        if spelling:
            share = weight.share * weights.spelling_percent[spelling]
            points += _rarity(mine[1]) * share // 10_000
        else:
            points += weight.different
        if points < -weights.same_person_from:
            return points
    if one.sex and other.sex and one.sex != other.sex:
        points += weights.sex_different
    return points + _age_points(one, other)


def _age_points(one: _Person, other: _Person) -> int:
    if one.born is None or other.born is None:
        return 0
    apart = abs((one.born - other.born).days) / _DAYS_IN_YEAR
    if not (one.exact and other.exact):
        apart = max(0, apart - 1)
    ages = _weights().age
    return next((points for years, points in ages.items() if years.isdecimal() and apart <= int(years)), ages["more"])


def _same_line(one: _Person, other: _Person) -> bool:
    """Whether two heads have one father and grandfather but different given names: brothers, most likely."""
    agree = [mine and theirs and _spelling(mine, theirs) for mine, theirs in zip(one.names, other.names, strict=True)]
    return not agree[0] and bool(agree[1]) and bool(agree[2] or agree[3])


def _spelling(one: tuple[str, str], other: tuple[str, str]) -> str:
    if one[0] == other[0]:
        return "same"
    if one[1] and one[1] == other[1]:
        return "sounds"
    return "near" if min(len(one[0]), len(other[0])) >= _NEAR_FROM and _one_apart(one[0], other[0]) else ""


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter changed, came in or was left out makes the one the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    start = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    rest_one, rest_other = one[start:], other[start:]
    return rest_one[1:] == rest_other[1:] or rest_one[1:] == rest_other or rest_one == rest_other[1:]


def _one_digit_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _rarity(bones: str) -> int:
    """Points that the meeting of a name part is worth: ten times the log of how seldom the name is."""
    weights = _weights()
    share = max(weights.common_names_permille.get(bones, 0), weights.rare_name_permille)
    return round(10 * math.log(1000 / share))


def _prepared(person: ComparedPerson) -> _Person:
    names = (person.given_name, person.father_name, person.grandfather_name, person.family_name, person.mother_name)
    return _Person(
        names=tuple((fold(name), skeleton(name)) if name else None for name in names),
        sex=person.sex,
        born=person.birth_date,
        exact=person.birth_precision == "day",
        papers=frozenset(person.papers),
    )


def _bones(person: ComparedPerson) -> tuple[str, str, str, str]:
    return (
        skeleton(person.given_name),
        skeleton(person.father_name),
        skeleton(person.grandfather_name),
        skeleton(person.family_name),
    )


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    return msgspec.json.decode(resource("duplicates", "weights.json").read_bytes(), type=_Weights)
