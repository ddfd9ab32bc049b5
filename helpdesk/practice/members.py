"""The members of one fictional family: who they are to each other, their names and ages, all consistent.

Ages follow from the mother's, names from the father's line. Nothing here knows places or the programme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.core.dates import age_on
from helpdesk.practice.names import Line, Spelled, given_name, new_line

ADULT: Final = 18

_FORMS: Final = {"couple": 62, "widow": 19, "three_generations": 9, "elderly": 6, "widower": 4}
_ONE_FAMILY_NAME: Final = 0.35  # marriages within one tribe
_DISABLED: Final = 0.07
_DOMAINS: Final = ("see", "hear", "walk", "remember", "care", "speak")


@dataclass(frozen=True)
class FictionalPerson:
    """One person; codes are those of registration's lists. ``difficulties`` None: not asked yet.

    ``document_number`` is "" where the paper is lost or was never had; ``birth_precision`` as in DOMAIN.md 2.3.
    """

    given_name: str
    father_name: str
    grandfather_name: str
    family_name: str
    mother_name: str
    name_latin: str
    sex: str
    birth_date: date
    birth_precision: str
    relation: str
    marital: str
    adult: bool
    difficulties: dict[str, str] | None
    document_type: str
    document_number: str

    @property
    def full_name(self) -> str:
        """The four parts as far as they are known."""
        parts = (self.given_name, self.father_name, self.grandfather_name, self.family_name)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Roster:
    """The members in the order of the form, and the place of the head among them."""

    members: tuple[FictionalPerson, ...]
    head: int


@dataclass
class _Making:
    """What the members of one family have in common while they are made."""

    chance: Random
    governorate: str
    kurdish: bool
    kurdish_script: bool
    day: date
    people: list[FictionalPerson] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def new_line(self) -> Line:
        return new_line(self.chance, self.governorate, self.kurdish)

    def given(self, sex: str) -> Spelled:
        """A given name that no other member has, as far as chance allows."""
        drawn = given_name(self.chance, sex, self.kurdish)
        for _ in range(8):
            if drawn.arabic not in self.used:
                break
            drawn = given_name(self.chance, sex, self.kurdish)
        self.used.add(drawn.arabic)
        return drawn

    def born(self, age: int) -> date:
        """A day on which somebody was born who is ``age`` years old now."""
        last = self.day.replace(year=self.day.year - age, day=min(self.day.day, 28))
        return last - timedelta(days=self.chance.randrange(360))

    def add(
        self, relation: str, sex: str, name: Spelled, line: Line, birth: date, mother: Spelled, marital: str
    ) -> None:
        """Put one more member on the roster."""
        chance = self.chance
        script = self.kurdish_script
        parts = (name, line.father, line.grandfather, line.family)
        precision = chance.choices(("day", "year", "est"), (62, 23, 15))[0]
        if precision != "day":
            birth = _same_age(birth, self.day)
        age = age_on(birth, self.day)
        document_type, document_number = _document(chance, age)
        self.people.append(
            FictionalPerson(
                given_name=name.written(script),
                father_name=line.father.written(script),
                grandfather_name=line.grandfather.written(script),
                family_name=line.family.written(script) if line.family else "",
                mother_name=mother.written(script),
                name_latin=" ".join(part.latin for part in parts if part),
                sex=sex,
                birth_date=birth,
                birth_precision=precision,
                relation=relation,
                marital=marital,
                adult=age >= ADULT,
                difficulties=_difficulties(chance, age),
                document_type=document_type,
                document_number=document_number,
            )
        )


def make_roster(chance: Random, governorate: str, language: str, day: date) -> Roster:
    """A family from a governorate (P-code), speaking ``language``; ages as of ``day``."""
    kurdish = language in ("ckb", "kmr")
    making = _Making(chance, governorate, kurdish, kurdish and chance.random() < 0.6, day)
    form = chance.choices(list(_FORMS), list(_FORMS.values()))[0]
    if form == "widow":
        _widow(making)
    elif form == "elderly":
        _elderly(making)
    else:
        _couple(making, widower=form == "widower", grandparents=form == "three_generations")
    return Roster(tuple(making.people), 0)


def _couple(making: _Making, *, widower: bool, grandparents: bool) -> None:
    chance = making.chance
    wife_age = chance.randint(19, 52)
    head_age = min(wife_age + chance.randint(0, 9), 75)
    line, own_mother, name = making.new_line(), making.given("F"), making.given("M")
    making.add("HEAD", "M", name, line, making.born(head_age), own_mother, "WID" if widower else "MAR")
    wife, wife_line = making.given("F"), making.new_line()
    if chance.random() < _ONE_FAMILY_NAME:
        wife_line = Line(wife_line.father, wife_line.grandfather, line.family)
    if not widower:
        making.add("SPOUSE", "F", wife, wife_line, making.born(wife_age), making.given("F"), "MAR")
    _children(making, Line(name, line.father, line.family), wife, wife_age)
    if grandparents and head_age + 18 <= 92:
        age = chance.randint(head_age + 17, min(head_age + 32, 92))
        making.add("PARENT", "F", own_mother, making.new_line(), making.born(age), making.given("F"), "WID")


def _widow(making: _Making) -> None:
    chance = making.chance
    age = chance.randint(22, 62)
    name, line, husband = making.given("F"), making.new_line(), making.new_line()
    marital = chance.choices(("WID", "DIV", "SEP", "MAR"), (70, 12, 6, 12))[0]
    making.add("HEAD", "F", name, line, making.born(age), making.given("F"), marital)
    _children(making, Line(making.given("M"), husband.father, husband.family), name, age)
    if chance.random() < 0.1:
        sister = making.born(max(ADULT, age - chance.randint(1, 12)))
        making.add("SIB", "F", making.given("F"), line, sister, making.given("F"), "SIN")


def _elderly(making: _Making) -> None:
    chance = making.chance
    age = chance.randint(62, 88)
    alone = chance.random() < 0.5
    sex = "F" if alone and chance.random() < 0.6 else "M"
    making.add("HEAD", sex, making.given(sex), making.new_line(), making.born(age), making.given("F"),
               "WID" if alone else "MAR")  # fmt: skip
    if not alone:
        wife = making.born(max(55, age - chance.randint(0, 10)))
        making.add("SPOUSE", "F", making.given("F"), making.new_line(), wife, making.given("F"), "MAR")


def _children(making: _Making, line: Line, mother: Spelled, mother_age: int) -> None:
    """Children of a mother: the first when she was 17 to 26, the last at 43, grown and married ones mostly gone."""
    chance = making.chance
    at = chance.randint(17, 26)
    wanted = chance.choices(range(11), (2, 4, 8, 12, 16, 17, 15, 11, 8, 5, 2))[0]
    for _ in range(wanted):
        age = mother_age - at
        if age < 0 or at > 43:
            return
        at += chance.choices((1, 2, 3, 4, 5), (18, 40, 24, 12, 6))[0]
        if age > 20 and chance.random() < min(0.9, (age - 18) * 0.12):
            continue
        sex = chance.choice("FM")
        name = making.given(sex)
        marries = sex == "M" and age >= 21 and chance.random() < 0.35
        making.add("CHILD", sex, name, line, making.born(age), mother, "MAR" if marries else "SIN")
        if marries:
            _young_couple(making, Line(name, line.father, line.family), age)


def _young_couple(making: _Making, line: Line, husband_age: int) -> None:
    """The wife and the small children of a married son who stayed."""
    chance = making.chance
    wife, age = making.given("F"), max(ADULT, husband_age - chance.randint(0, 4))
    making.add("CHILDLAW", "F", wife, making.new_line(), making.born(age), making.given("F"), "MAR")
    for child_age in range(chance.randint(0, min(2, age - ADULT))):
        sex = chance.choice("FM")
        making.add("GRANDCH", sex, making.given(sex), line, making.born(child_age), wife, "SIN")


def _same_age(birth: date, day: date) -> date:
    """The first of July that makes somebody as old on ``day`` as ``birth`` does: how years and ages are stored."""
    year = day.year - age_on(birth, day) - ((day.month, day.day) < (7, 1))
    return date(year, 7, 1)


def _difficulties(chance: Random, age: int) -> dict[str, str] | None:
    if age < 5 or chance.random() < 0.5:
        return None
    share = _DISABLED + (0.25 if age > 60 else 0)
    answers = dict.fromkeys(_DOMAINS, "1")
    if chance.random() < share:
        answers[chance.choice(_DOMAINS)] = chance.choice(("3", "3", "4"))
    elif chance.random() < 0.15:
        answers[chance.choice(_DOMAINS)] = "2"
    return answers


def _document(chance: Random, age: int) -> tuple[str, str]:
    lost = chance.random() < 0.14
    if age < ADULT and chance.random() < 0.5:
        return "BIRTH", "" if lost else f"00{chance.randrange(10**5):05d}"
    if chance.random() < 0.6:
        return "NID", "" if lost else f"00{chance.randrange(10**10):010d}"
    return "CSID", "" if lost else f"00{chance.randrange(10**6):06d}"
