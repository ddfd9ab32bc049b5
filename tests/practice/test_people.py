"""Fictional families: reproducible, consistent, of every sort, and nobody's own numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import phonenumbers
import pytest

from helpdesk.core.dates import age_on
from helpdesk.core.numbers import read_phone
from helpdesk.core.text import clean
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import codes
from helpdesk.practice.people import PRACTICE_DAY, FictionalFamily, families


@pytest.fixture(scope="module")
def many() -> list[FictionalFamily]:
    return list(families(1500, 7))


def age(birth: date) -> int:
    return age_on(birth, PRACTICE_DAY)


def test_a_seed_gives_the_same_families_however_many_are_asked_for() -> None:
    assert list(families(30, 3)) == list(families(60, 3))[:30]
    assert list(families(30, 3)) != list(families(30, 4))
    assert list(families(0, 3)) == []


@pytest.mark.parametrize("seed", range(20))
def test_eight_families_hold_every_population_group(seed: int) -> None:
    assert {family.population for family in families(8, seed)} == {"CAMP", "OOC", "RET", "HOST"}


def test_all_codes_and_places_are_real(many: list[FictionalFamily]) -> None:
    places = load_gazetteer()
    for family in many:
        assert family.population in codes.POPULATION
        assert family.language in codes.SPOKEN
        assert family.origin in places
        assert family.site in places
        assert family.destination is None or family.destination in places
        assert all(barrier in codes.BARRIER for barrier in family.barriers)
        assert (family.intention is None) == (family.population in ("RET", "HOST"))
        assert family.intention is None or family.intention in codes.CHOICE
        site = places.get(family.site)
        assert site
        assert (site.kind == "camp") == (family.population == "CAMP")
        assert family.left_on is None or (family.arrived_on and family.left_on < family.arrived_on <= PRACTICE_DAY)
        for person in family.members:
            assert person.sex in codes.SEX
            assert person.relation in codes.RELATION
            assert person.marital in codes.MARITAL
            assert person.birth_precision in codes.PRECISION
            assert person.document_type in codes.DOCUMENT


def test_phones_and_papers_are_nobody_s_own(many: list[FictionalFamily]) -> None:
    for family in many:
        if family.phone:
            assert read_phone(family.phone) == family.phone
            assert not phonenumbers.is_valid_number(phonenumbers.parse(family.phone, None))
        assert all(person.document_number[:2] in ("", "00") for person in family.members)
    assert 0 < sum(not family.phone for family in many) < len(many) / 8


def test_every_family_hangs_together(many: list[FictionalFamily]) -> None:
    for family in many:
        head = family.members[family.head]
        relations = Counter(person.relation for person in family.members)
        assert relations["HEAD"] == 1
        assert relations["SPOUSE"] <= 1
        assert head.relation == "HEAD"
        assert family.members[family.principal].adult
        assert family.alternate is None or family.members[family.alternate].adult
        assert family.alternate != family.principal
        for person in family.members:
            assert clean(person.full_name) == person.full_name
            assert person.given_name
            assert person.father_name
            assert 0 <= age(person.birth_date) <= 120
            assert person.birth_date <= PRACTICE_DAY
            assert person.birth_precision == "day" or (person.birth_date.month, person.birth_date.day) == (7, 1)
            assert person.marital == "SIN" or age(person.birth_date) >= 15
            if person.relation == "CHILD":
                if head.sex == "M":
                    assert (person.father_name, person.grandfather_name) == (head.given_name, head.father_name)
                    assert person.family_name == head.family_name
                else:
                    assert person.mother_name == head.given_name
                assert age(head.birth_date) - age(person.birth_date) >= 15
            if person.relation == "PARENT":
                assert head.mother_name == person.given_name
                assert age(person.birth_date) - age(head.birth_date) >= 15


def test_children_of_one_mother_are_at_least_a_year_apart(many: list[FictionalFamily]) -> None:
    for family in many:
        ages = sorted(age(person.birth_date) for person in family.members if person.relation == "CHILD")
        assert all(later - earlier >= 1 for earlier, later in pairwise(ages))


def test_the_whole_is_like_a_camp(many: list[FictionalFamily]) -> None:
    persons = [person for family in many for person in family.members]
    shares = {
        "size": len(persons) / len(many),
        "women at the head": sum(family.members[family.head].sex == "F" for family in many) / len(many),
        "children": sum(not person.adult for person in persons) / len(persons),
        "elderly": sum(age(person.birth_date) >= 60 for person in persons) / len(persons),
        "Kurdish": sum(family.language != "ar" for family in many) / len(many),
    }
    assert 4.5 <= shares["size"] <= 6.5
    assert 0.12 <= shares["women at the head"] <= 0.3
    assert 0.4 <= shares["children"] <= 0.7
    assert 0.02 <= shares["elderly"] <= 0.08
    assert 0.05 <= shares["Kurdish"] <= 0.25
    assert {"kmr", "ckb", "ar"} == {family.language for family in many}
    assert any("\u06d5" in person.full_name for person in persons)  # some write their names in Kurdish
    disabled = [p for p in persons if p.difficulties and {"3", "4"} & set(p.difficulties.values())]
    assert 0.01 <= len(disabled) / len(persons) <= 0.1
    assert {family.size for family in many} >= set(range(1, 10))
