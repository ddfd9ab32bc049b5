"""Clearances in the window: worklists, one family's answer, one answer for many, and what a clerk never reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from helpdesk.core.language import Words
from helpdesk.desk.roles import Role
from helpdesk.journey.clearances import queries
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.clearances.commands import record
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.departures import clearing
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, settled, shown, work_at
from ui.pages.clearances import Clearances
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

FAMILIES = tuple(f"019a0000-0000-7000-8000-00000000000{n}" for n in range(1, 4))


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Three families: answers that run out, a refusal, nothing asked yet."""
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))
    for index, household in enumerate(FAMILIES):
        full.register(form=practice_form(full.clock, index, household_id=household))
    ends = full.clock.now().date() + timedelta(days=9)
    full.at("one", "clerk", lambda desk: desk.do(record, (
        ClearanceEntry(FAMILIES[0], tuple(AUTHORITY), "GRANTED", seen=True, valid_until=ends),
        ClearanceEntry(FAMILIES[1], ("JOC",), "REFUSED"),
    )))  # fmt: skip
    return full


@pytest.fixture
def here(full_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return full_programme.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def role() -> Role:
    return Role.SUPERVISOR


@pytest.fixture
def work(qtbot: QtBot, here: Programme, role: Role) -> Iterator[Work]:
    with work_at(qtbot, here, role.value) as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestClearances(PageContract):
    full = FAMILIES[1]

    def make(self, around: Surroundings) -> Clearances:
        return Clearances(around)


def texts(page: Clearances) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], role: Role) -> Clearances:
    page = Clearances(surroundings(look, role))
    shown(qtbot, page)
    return page


def test_an_answer_is_recorded_for_one_family_and_shows_in_its_list(qtbot: QtBot, page: Clearances) -> None:
    assert [page.table.rows.id_at(0)] == [FAMILIES[0]]
    page.open(FAMILIES[2])
    settled(qtbot, page)
    assert page.main_action() is not None
    assert page.main_action().missing
    page.part.authorities.button("JOC").click()
    page.part.status.button("PEND").click()
    assert page.main_action().missing == ""
    page.act()
    settled(qtbot, page)
    page.lists.button("OPEN").click()
    settled(qtbot, page)
    assert set(page.table.rows._ids) == {FAMILIES[1], FAMILIES[2]}


def test_one_answer_for_many_families(qtbot: QtBot, page: Clearances, here: Programme) -> None:
    page.open(FAMILIES)
    settled(qtbot, page)
    page.part.authorities.button("NSS").click()
    page.part.status.button("GRANTED").click()
    assert "reference" in page.main_action().missing
    page.part.reference.setText("77/2026")
    page.part.until.setText("1.3.2027")
    page.act()
    settled(qtbot, page)
    assert not page.part.households
    counts: dict[str, int] = {}
    page.read(clearing.counts, then=counts.update)
    settled(qtbot, page)
    assert counts == {"ENDING": 1, "ENDED": 0, "MISSING": 0, "OPEN": 1}


def test_a_day_that_is_none_is_said_and_not_saved(qtbot: QtBot, page: Clearances) -> None:
    page.open(FAMILIES[2])
    settled(qtbot, page)
    page.part.authorities.button("NSS").click()
    page.part.status.button("GRANTED").click()
    page.part.seen.click()
    page.part.until.setText("2027")
    assert page.main_action().missing


def test_a_supervisor_opens_the_answers_and_they_close(qtbot: QtBot, page: Clearances) -> None:
    page.open(FAMILIES[1])
    settled(qtbot, page)
    assert "Refused" not in texts(page)
    page.part.answers.toggle.click()
    assert "Refused" in texts(page)
    page.part.forget()
    assert not page.part.answers.is_open


@pytest.mark.parametrize("role", [Role.CLERK])
def test_a_clerk_is_never_shown_them(qtbot: QtBot, page: Clearances) -> None:
    page.open(FAMILIES[1])
    settled(qtbot, page)
    assert not page.part.answers.isVisibleTo(page)
    assert "Refused" not in texts(page)
    assert "Not complete" in texts(page)


def test_a_scan_adds_and_an_unknown_number_is_said(qtbot: QtBot, page: Clearances) -> None:
    page.take_scan("1111111111")
    settled(qtbot, page)
    assert "stripSentence" in {widget.objectName() for widget in page.findChildren(QLabel)}
    number: list[str] = []
    page.read(lambda view: queries.clearances_of(view, FAMILIES[2]).number, then=number.append)
    settled(qtbot, page)
    page.take_scan(number[0])
    settled(qtbot, page)
    assert "1" in page.pile.text()
    assert Words("en")("Clearances") == page.title()
