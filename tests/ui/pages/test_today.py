"""The page of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pytestqt.qtbot import QtBot

from helpdesk.desk.roles import Role
from tests.ui.conftest import PlainDesk, named
from tests.ui.page_contract import PageContract
from ui.pages.today import Today, TodayCalls
from ui.surroundings import Surroundings
from ui.theme import Look


@dataclass(frozen=True)
class _Day:
    families: int = 3
    persons: int = 17
    cards: int = 2


@dataclass(frozen=True)
class _Waiting:
    code: str = "to_approve"
    count: int = 4
    subject: str = ""
    page: str = "vouchers"


def _day(_desk: PlainDesk) -> _Day:
    return _Day()


def _exceptions(_desk: PlainDesk) -> tuple[_Waiting, ...]:
    return (_Waiting(),)


def _register(_desk: Any) -> None:
    """A command."""


_register.roles = frozenset({Role.CLERK, Role.SUPERVISOR})
CALLS = TodayCalls(_day, _register, _exceptions)


class TestContract(PageContract):
    def make(self, around: Surroundings) -> Today:
        return Today(around, CALLS)


def test_shows_the_numbers_of_the_day(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> None:
    page = Today(surroundings(look), CALLS)
    qtbot.addWidget(page)
    page.open()
    qtbot.waitUntil(lambda: not page.around.work.busy)
    said = {card.accessibleName() for card in page.findChildren(type(named(page, "number")), "number")}
    assert said == {"3 families registered here today", "17 people in them", "2 cards issued here today"}


def test_new_family_is_offered_to_those_who_may(look: Look, surroundings: Callable[..., Surroundings]) -> None:
    page = Today(surroundings(look), CALLS)
    page.act()
    assert page.around.go.places == [("new_family", None)]
    other = Today(surroundings(look, Role.ADMINISTRATOR), CALLS)
    assert other.main_action() is None
    page.deleteLater()
    other.deleteLater()
