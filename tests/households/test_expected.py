"""Camps' lists in the store: loaded whole, never doubled, and gone from the waiting once the family stands here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from helpdesk.core.errors import Refusal
from helpdesk.households import commands, expected
from helpdesk.opening import Desk
from tests.people import practice_form
from tests.programme import Programme

LIST = """family no,name,sex,relation,age
1,Salim Karim Jamil,M,head,40
1,Layla Hasan Jamil,F,wife,35
2,Nadia Faris Omar,F,head,50
"""


@pytest.fixture
def desk(desk_as: Callable[..., Desk]) -> Desk:
    return desk_as("clerk")


@pytest.fixture
def camp(tmp_path: Path) -> Path:
    path = tmp_path / "camp.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_loaded_twice_doubles_nobody(desk: Desk, camp: Path) -> None:
    first, again = desk.do(expected.load, camp), desk.do(expected.load, camp)
    assert (first.new, first.known, first.registered) == (2, 0, 0)
    assert (again.new, again.known, again.registered) == (0, 2, 0)
    assert again.list_id == first.list_id
    assert desk.ask(expected.waiting) == 2


def test_who_was_registered_waits_no_longer(desk: Desk, camp: Path, programme: Programme) -> None:
    desk.do(expected.load, camp)
    (line,) = desk.ask(expected.find_expected, "salim karim")
    assert (line.persons, line.reference, line.household) == (2, "1", None)
    assert len(desk.ask(expected.expected_family, line.key).members) == 2
    desk.do(commands.register, msgspec.structs.replace(practice_form(programme.clock), expected=line.key))
    assert desk.ask(expected.waiting) == 1
    assert desk.ask(expected.find_expected, "salim karim") == ()
    assert desk.do(expected.load, camp).registered == 1


def test_a_family_no_list_named_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match=r"expected\.unknown"):
        desk.ask(expected.expected_family, "nobody")
