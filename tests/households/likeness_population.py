"""A population with known likenesses: the same family registered again with noise, brothers registered apart, others.

For tests of ``helpdesk.households.similar`` only; everybody comes from the maker of fictional people.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from msgspec.structs import replace as changed

from helpdesk.households.similar import ComparedFamily, ComparedPerson
from helpdesk.practice.members import FictionalPerson
from helpdesk.practice.people import FictionalFamily, families


@cache
def spellings(names: Path) -> dict[str, list[str]]:
    """Arabic name -> every way the names files spell it in Latin and Kurdish."""
    found: dict[str, list[str]] = {}
    for name in ("names_given.csv", "names_family.csv"):
        with (names / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                latin = [part.rsplit(":", 1)[0] for part in row["latin"].split("|")][:3]
                found.setdefault(row["arabic"], []).extend([*latin, *([row["kurdish"]] if row["kurdish"] else [])])
    return found


def compared(family: FictionalFamily) -> ComparedFamily:
    """What the register would compare of a fictional family."""
    return ComparedFamily(
        members=tuple(person(one) for one in family.members),
        head=family.head,
        phones=(family.phone,) if family.phone else (),
        origin=family.origin,
        site=family.site,
        shelter=family.shelter,
    )


def person(one: FictionalPerson) -> ComparedPerson:
    """What the register would compare of a fictional person."""
    return ComparedPerson(
        given_name=one.given_name,
        father_name=one.father_name,
        grandfather_name=one.grandfather_name,
        family_name=one.family_name,
        mother_name=one.mother_name,
        sex=one.sex,
        birth_date=one.birth_date,
        birth_precision=one.birth_precision,
        papers=(f"{one.document_type}{one.document_number}",) if one.document_number else (),
    )


def again(family: ComparedFamily, chance: Random, names: Path, *, papers: bool) -> ComparedFamily:
    """The same family as another desk writes it: other script, ages, phone, somebody missing, a new head."""
    script = chance.random() < 0.3
    members = [_again(one, chance, names, script=script, papers=papers) for one in family.members]
    head = members[family.head]
    adults = [one for one in members if one.birth_date and one.birth_date.year < 2005]
    if adults and chance.random() < 0.2:
        head = chance.choice(adults)
    kept = [one for one in members if one is head or chance.random() > 0.1]
    chance.shuffle(kept)
    phones = family.phones if chance.random() < 0.45 else (f"+9647000{chance.randrange(10**6):06d}",)
    return ComparedFamily(
        members=tuple(kept),
        head=kept.index(head),
        phones=phones if papers else (),
        origin=family.origin if chance.random() < 0.85 else "",
        site=family.site if chance.random() < 0.5 else "",
        shelter=family.shelter if chance.random() < 0.3 else "",
    )


def _again(one: ComparedPerson, chance: Random, names: Path, *, script: bool, papers: bool) -> ComparedPerson:
    def respelled(name: str) -> str:
        if script and name in spellings(names):
            return chance.choice(spellings(names)[name])
        if len(name) > 4 and chance.random() < 0.04:
            place = chance.randrange(1, len(name))
            return name[:place] + name[place + 1 :]
        return name

    told = one.birth_date
    exact = chance.random() < 0.5
    if told and not exact:
        told = date(told.year + chance.choice((-2, -1, 0, 0, 0, 0, 1)), 7, 1)
    return changed(
        one,
        given_name=respelled(one.given_name),
        father_name=respelled(one.father_name),
        grandfather_name=respelled(one.grandfather_name) if chance.random() < 0.75 else "",
        family_name=respelled(one.family_name) if chance.random() < 0.85 else "",
        mother_name=respelled(one.mother_name) if chance.random() < 0.5 else "",
        birth_date=told,
        birth_precision=one.birth_precision if exact else "est",
        papers=one.papers if papers and chance.random() < 0.5 else (),
    )


def brother(family: FictionalFamily, other: FictionalFamily, chance: Random) -> ComparedFamily:
    """The family of the head's brother: the same father, grandfather and tribe, place, and often the same phone."""
    old, head = family.members[family.head], other.members[other.head]
    members = []
    for one in other.members:
        line: dict[str, str] = {}
        if one is head:
            line = {
                "father_name": old.father_name,
                "grandfather_name": old.grandfather_name,
                "family_name": old.family_name,
                "mother_name": old.mother_name,
            }
        elif one.relation == "CHILD" and head.sex == "M":
            line = {"grandfather_name": old.father_name, "family_name": old.family_name}
        members.append(changed(person(one), **line))
    return ComparedFamily(
        members=tuple(members),
        head=other.head,
        phones=(family.phone,) if family.phone and chance.random() < 0.3 else (),
        origin=family.origin,
        site=family.site,
    )


def population(n: int, seed: int) -> list[FictionalFamily]:
    """``n`` fictional families of their own."""
    return list(families(n, seed))
