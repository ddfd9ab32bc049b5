"""Mending what was written: the new holds, the old stays in the history, and no rule of registration is passed by."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from helpdesk.core.errors import Refusal
from helpdesk.households import commands, correcting, queries
from helpdesk.households.documents import OtherContact, Phone
from helpdesk.opening import Desk
from tests.people import member, small_form

SignIn = Callable[..., Desk]


@pytest.fixture
def desk(desk_as: SignIn) -> Desk:
    return desk_as("clerk")


def registered(desk: Desk) -> str:
    form = small_form(desk.clock)
    desk.do(commands.register, form)
    return form.household_id


def correction(desk: Desk, household: str, **changes: object) -> correcting.HouseholdCorrection:
    now = desk.ask(queries.family_file, household).household
    return msgspec.structs.replace(correcting.correction_of(now), **changes)


def test_a_new_phone_finds_the_family(desk: Desk) -> None:
    household = registered(desk)
    before = len(desk.ask(queries.history, household))
    fresh = correction(desk, household, phones=(Phone("+9647000123987"),))
    desk.do(correcting.correct_household, household, fresh)
    (found,) = desk.ask(queries.find, "123987")
    assert found.id == household
    assert len(desk.ask(queries.history, household)) == before + 1


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"phones": (), "no_phone": False}, "phone.needed"),
        ({"phones": (), "no_phone": True, "contact": None}, "contact.needed"),
        ({"phones": (), "no_phone": True, "contact": OtherContact(" ")}, "contact.needed"),
        ({"phones": (Phone("0700"),)}, "phone.form"),
        ({"principal": "nobody"}, "roster.principal"),
        ({"alternate": "nobody"}, "roster.alternate"),
    ],
)
def test_rules_hold(desk: Desk, changes: dict[str, object], refused: str) -> None:
    household = registered(desk)
    wrong = correction(desk, household, **changes)
    with pytest.raises(Refusal) as said:
        desk.do(correcting.correct_household, household, wrong)
    assert said.value.code == refused


def test_a_forgotten_child_is_added(desk: Desk) -> None:
    household = registered(desk)
    child = desk.do(correcting.add_member, household, member(given="Layal"))
    file = desk.ask(queries.family_file, household)
    assert file.household.members[-1] == child
    assert file.persons[child].given_name == "Layal"
    assert desk.ask(queries.find, "Layal")[0].id == household


def test_a_second_head_is_not_added(desk: Desk) -> None:
    household = registered(desk)
    with pytest.raises(Refusal, match=r"roster\.head"):
        desk.do(correcting.add_member, household, member(relation="HEAD"))


def test_nothing_is_mended_after_the_consent_was_taken_back(desk: Desk) -> None:
    household = registered(desk)
    fresh = correction(desk, household)
    desk.do(commands.withdraw_consent, household, "DATA", "Witness")
    with pytest.raises(Refusal, match=r"consent\.data"):
        desk.do(correcting.correct_household, household, fresh)
