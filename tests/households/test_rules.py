"""The rules of registration by tables of cases, and as properties over anything a form can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.clock import SetClock
from helpdesk.core.errors import Refusal
from helpdesk.households import codes, rules
from helpdesk.households.documents import (
    BarrierItem,
    OtherContact,
    PaperDocument,
    Person,
    Phone,
    PlaceAnswer,
    SealedAnswers,
    SealedPerson,
)
from helpdesk.households.forms import DisplacementAnswer, IntentionAnswer, LikenessAnswer, Registration
from tests.people import CONSENT, DAY, head, member, practice_form, small_form
from tests.programme import START

CLOCK = SetClock(START)
HERE = PlaceAnswer(unlisted="A village")


def with_consent(**changes: Any) -> dict[str, Any]:
    return {"consents": (msgspec.structs.replace(CONSENT, **changes),)}


RIGHT: tuple[dict[str, Any], ...] = (
    {},
    with_consent(form="THUMB"),
    with_consent(form="ORAL", witness="W"),
    {"phones": (), "no_phone": True, "contact": OtherContact("A cousin")},
    {"population": "HOST", "displacement": None, "site": None},
    {"members": (head(),), "alternate": None},
    {"members": (head(), head(relation="SPOUSE")), "alternate": 1},
    {"members": tuple([head()] + [member()] * 39)},
    {"members": (head(birth_date=date(2026, 7, 1), birth_precision="year"), head(relation="PARENT")), "principal": 1},
    {"members": (head(), member(birth_date=date(2026, 12, 31), birth_precision="year"))},
    {"intention": IntentionAnswer("RET", destination=HERE)},
    {"intention": None, "barriers": None},
    {"barriers": (BarrierItem("C1HOU", severity=3), BarrierItem("XKIN"))},
    {"sealed": SealedAnswers(("C2AFF",), (SealedPerson(1, "DETAINED", papers=(("NID", "CONFISC"),)),), "n")},
    {"notes": "x" * rules.NOTE_LENGTH},
)

WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("consent.data", {"consents": ()}),
    ("consent.data", with_consent(purpose="CALL")),
    ("consent.data", with_consent(answer="REFUSED", form=None)),
    ("form.code", with_consent(answer="WITHDRAWN")),
    ("form.code", with_consent(purpose="X")),
    ("form.code", with_consent(language="xx")),
    ("consent.form", with_consent(form=None)),
    ("consent.form", with_consent(form="SILENCE")),
    ("consent.witness", with_consent(form="ORAL")),
    ("consent.witness", with_consent(form="PROXY", witness="  ")),
    ("consent.twice", {"consents": (CONSENT, CONSENT)}),
    ("form.code", {"population": "X"}),
    ("form.code", {"spoken": "xx"}),
    ("form.code", {"reading": "xx"}),
    ("roster.empty", {"members": ()}),
    ("roster.too_many", {"members": tuple([head()] + [member()] * 40)}),
    ("roster.name", {"members": (head(given=" "),)}),
    ("roster.name", {"members": (head(father=""),)}),
    ("roster.name_letters", {"members": (head(given="12"),)}),
    ("roster.name_letters", {"members": (head(), member(father="?-\u0663"))}),
    ("form.code", {"members": (head(sex="X"),)}),
    ("form.code", {"members": (head(), member(relation="DOG"))}),
    ("form.code", {"members": (head(presence="GONE"),)}),
    ("form.code", {"members": (head(birth_precision="?"),)}),
    ("roster.not_born", {"members": (head(), member(birth_date=date(2026, 11, 22), birth_precision="day"))}),
    ("roster.not_born", {"members": (head(), member(birth_date=date(2027, 7, 1)))}),
    ("roster.too_old", {"members": (head(birth_date=date(1900, 1, 1)),)}),
    ("roster.head", {"members": (member(), head())}),
    ("roster.head", {"members": (head(), head())}),
    ("roster.head", {"members": (member(birth_date=date(1980, 1, 1)),)}),
    ("roster.no_adult", {"members": (head(birth_date=date(2010, 1, 1)), member())}),
    ("roster.principal", {"principal": 2}),
    ("roster.principal", {"principal": -1}),
    ("roster.alternate", {"alternate": 0}),
    ("roster.alternate", {"alternate": 5}),
    ("roster.alternate", {"alternate": -1}),
    ("roster.alternate_age", {"alternate": 1}),
    ("phone.needed", {"phones": ()}),
    ("contact.needed", {"phones": (), "no_phone": True}),
    ("contact.needed", {"phones": (), "no_phone": True, "contact": OtherContact(" ")}),
    ("phone.form", {"phones": (Phone("07701234567"),)}),
    ("site.needed", {"site": None}),
    ("site.needed", {"site": PlaceAnswer(unlisted=" ")}),
    ("origin.needed", {"displacement": None}),
    ("origin.needed", {"displacement": DisplacementAnswer(PlaceAnswer())}),
    ("form.code", {"displacement": DisplacementAnswer(HERE, cause="X")}),
    ("displacement.future", {"displacement": DisplacementAnswer(HERE, left_on=date(2027, 1, 1))}),
    ("displacement.order", {"displacement": DisplacementAnswer(HERE, date(2016, 1, 1), arrived_on=date(2015, 1, 1))}),
    ("displacement.times", {"displacement": DisplacementAnswer(HERE, times_displaced=16)}),
    ("form.code", {"intention": IntentionAnswer("X")}),
    ("form.code", {"intention": IntentionAnswer("UND", reasons=("X",))}),
    ("form.code", {"intention": IntentionAnswer("UND", information_needs=("X",))}),
    ("intention.destination", {"intention": IntentionAnswer("RET")}),
    ("intention.destination", {"intention": IntentionAnswer("REL", destination=PlaceAnswer(village="v"))}),
    ("form.code", {"barriers": (BarrierItem("C2AFF"),)}),
    ("barrier.twice", {"barriers": (BarrierItem("C1HOU"), BarrierItem("C1HOU"))}),
    ("barrier.severity", {"barriers": (BarrierItem("C1HOU", severity=4),)}),
    ("form.code", {"barriers": (BarrierItem("C1HOU", status="X"),)}),
    ("form.code", {"sealed": SealedAnswers(("C1HOU",))}),
    ("form.code", {"sealed": SealedAnswers(persons=(SealedPerson(2),))}),
    ("form.code", {"sealed": SealedAnswers(persons=(SealedPerson(0, "X"),))}),
    ("form.code", {"sealed": SealedAnswers(persons=(SealedPerson(0, marital="X"),))}),
    ("form.code", {"sealed": SealedAnswers(persons=(SealedPerson(0, papers=(("NID", "X"),)),))}),
    ("form.code", {"sealed": SealedAnswers(persons=(SealedPerson(0, papers=(("X", "LOST"),)),))}),
    ("notes.long", {"notes": "x" * (rules.NOTE_LENGTH + 1)}),
    ("form.code", {"likeness": (LikenessAnswer("h", "X", 50),)}),
)  # fmt: skip


def refusal_of(form: Registration) -> str | None:
    try:
        rules.check_registration(form, DAY)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("changes", RIGHT, ids=repr)
def test_right_forms(changes: dict[str, Any]) -> None:
    assert refusal_of(small_form(CLOCK, **changes)) is None


@pytest.mark.parametrize(("code", "changes"), WRONG, ids=repr)
def test_wrong_forms(code: str, changes: dict[str, Any]) -> None:
    assert refusal_of(small_form(CLOCK, **changes)) == code


@given(st.integers(0, 39))
def test_every_fictional_family_may_register(index: int) -> None:
    assert refusal_of(practice_form(CLOCK, index)) is None


@given(
    st.lists(st.tuples(st.sampled_from(list(codes.PURPOSE)), st.sampled_from(["GIVEN", "REFUSED"])), max_size=5),
    st.sampled_from([None, "SIGN", "ORAL"]),
    st.sampled_from(["", "W"]),
)
def test_without_a_data_consent_there_is_no_registration(
    answers: list[tuple[str, str]], form: str | None, witness: str
) -> None:
    consents = tuple(
        msgspec.structs.replace(CONSENT, purpose=purpose, answer=answer, form=form, witness=witness)
        for purpose, answer in answers
    )
    if refusal_of(small_form(CLOCK, consents=consents)) is None:
        (data,) = [c for c in consents if c.purpose == "DATA"]
        assert data.answer == "GIVEN"
        assert data.form == "SIGN" or data.witness


# --- flags ---


def person(**changes: Any) -> Person:
    fields: dict[str, Any] = {
        "household": "h", "given_name": "N", "father_name": "A", "grandfather_name": None, "sex": "F",
        "birth_date": date(1985, 7, 1), "birth_precision": "year", "relation": "HEAD",
    }  # fmt: skip
    return Person(**{**fields, **changes})


CHILD, MAN, OLD = date(2015, 7, 1), date(1985, 7, 1), date(1950, 7, 1)


@pytest.mark.parametrize(
    ("people", "flags"),
    [
        ({"h": person(sex="M")}, set()),
        ({"h": person()}, {"FHH"}),
        ({"h": person(birth_date=date(2010, 1, 1), sex="M")}, {"CHH"}),
        ({"h": person(sex="M", birth_date=OLD)}, {"ELH"}),
        ({"h": person(sex="M", birth_date=OLD), "a": person(birth_date=MAN)}, set()),
        ({"h": person(sex="M", birth_date=OLD), "a": person(birth_date=MAN, presence="AWAY")}, {"ELH"}),
        ({"h": person(sex="M", difficulties={"see": "2", "walk": "3"})}, {"DIS"}),
        ({"h": person(sex="M", difficulties={"see": "dk"})}, set()),
        ({"h": person(sex="M", chronic="Y")}, {"CHRON"}),
        ({"h": person(sex="M", serious_medical="Y", pregnant="N")}, {"CHRON"}),
        ({"h": person(sex="M"), "a": person(pregnant="Y")}, {"PREG"}),
        ({"h": person(sex="M"), "a": person(birth_date=CHILD), "b": person(birth_date=CHILD)}, set()),
        ({"h": person(sex="M"), **{c: person(birth_date=CHILD) for c in "abc"}}, {"LARGE"}),
        ({"h": person(sex="M"), **{c: person(birth_date=MAN) for c in "abcdefg"}}, {"LARGE"}),
    ],
)
def test_derived_flags(people: Mapping[str, Person], flags: set[str]) -> None:
    assert rules.derived_flags(people, "h", (), DAY) == flags


@pytest.mark.parametrize(
    ("status", "lacks"), [("VALID", False), ("EXP", False), ("DAMAGED", True), ("NOTHELD", True), ("DK", True)]
)
def test_who_was_asked_and_holds_no_paper_lacks_it(status: str, lacks: bool) -> None:
    people = {"h": person(sex="M"), "a": person()}
    papers = (PaperDocument("h", "h", "NID", status), PaperDocument("h", "a", "PASS", "NOTHELD"))
    assert ("NODOC" in rules.derived_flags(people, "h", papers, DAY)) == lacks


# --- warnings never stop ---


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"size_declared": 3}, [("warn.size", 0)]),
        ({"members": (head(), member(birth_date=date(1990, 7, 1)))}, [("warn.age", 2)]),
        ({"members": (head(), member(relation="PARENT", birth_date=date(1984, 7, 1)))}, [("warn.age", 2)]),
        ({"members": (head(birth_date=date(2012, 1, 1)), head(relation="SIB"))}, [("warn.child_head", 1)]),
        ({"head": 7}, []),
    ],
)
def test_warnings(changes: dict[str, Any], found: list[tuple[str, int]]) -> None:
    assert rules.warnings(small_form(CLOCK, **changes), DAY) == found
