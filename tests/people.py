"""Makers of what a clerk hands in: forms of fictional families, each field open to be changed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from helpdesk.core.clock import Clock
from helpdesk.core.ids import new_id
from helpdesk.households.documents import Phone, PlaceAnswer, SealedAnswers
from helpdesk.households.forms import (
    ConsentAnswer,
    DisplacementAnswer,
    IntentionAnswer,
    MemberEntry,
    Registration,
)
from helpdesk.practice.filled import registration
from helpdesk.practice.people import FictionalFamily, families

DAY = date(2026, 11, 21)
CONSENT = ConsentAnswer("DATA", "GIVEN", "SIGN", "ar", True, "1")


@lru_cache(maxsize=4)
def _families(seed: int) -> tuple[FictionalFamily, ...]:
    return tuple(families(40, seed, DAY))


def practice_form(clock: Clock, index: int = 0, *, seed: int = 7, **changes: Any) -> Registration:
    """The form of a whole fictional family; no sealed answers unless they are asked for."""
    form = registration(_families(seed)[index], new_id(clock.now()))
    return msgspec.structs.replace(form, **{"sealed": SealedAnswers(), **changes})


def member(given: str = "Nour", father: str = "Ali", relation: str = "CHILD", **changes: Any) -> MemberEntry:
    """One line of a roster."""
    fields: dict[str, Any] = {
        "given_name": given,
        "father_name": father,
        "grandfather_name": None,
        "family_name": "",
        "sex": "F",
        "birth_date": date(2015, 7, 1),
        "birth_precision": "year",
        "relation": relation,
    }
    return MemberEntry(**{**fields, **changes})


def head(**changes: Any) -> MemberEntry:
    """A grown head of a family."""
    return member(**{"relation": "HEAD", "birth_date": date(1985, 7, 1), **changes})


def small_form(clock: Clock, **changes: Any) -> Registration:
    """The smallest right registration: a mother and her daughter in a camp."""
    fields: dict[str, Any] = {
        "household_id": new_id(clock.now()),
        "consents": (CONSENT,),
        "population": "CAMP",
        "spoken": "ar",
        "reading": "ar",
        "members": (head(), member()),
        "head": 0,
        "principal": 0,
        "phones": (Phone("+9647000000001"),),
        "site": PlaceAnswer(unlisted="A camp"),
        "displacement": DisplacementAnswer(PlaceAnswer(unlisted="A village")),
        "intention": IntentionAnswer("UND"),
        "barriers": (),
    }
    return Registration(**{**fields, **changes})
