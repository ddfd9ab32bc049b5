"""Places in the window: the list by need, one place, recording, and a waiver that a second person confirms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from helpdesk.desk.roles import Role
from helpdesk.journey.areas import commands
from helpdesk.journey.areas.forms import NoteForm, ObstacleForm, WaiverForm
from tests.places import FALLUJAH, MARKAZ, open_place
from tests.programme import START, Programme
from tests.ui.conftest import named
from tests.ui.page_contract import PageContract
from tests.ui.pictured import picture
from tests.ui.real_desk import around_of, settled, shown, work_at
from ui.pages.area import Area
from ui.pages.areas import Areas
from ui.pages.base import Page
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

SINJAR = "IQG15Q07"
NAMES = frozenset({"pageTitle", "areaFound"})


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """One place that is open, one that is held, a waiver to confirm and an obstacle."""
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))

    def fill(desk: Any) -> None:
        open_place(desk, FALLUJAH)
        desk.do(commands.set_profile, SINJAR, "VH", True, "")
        desk.do(commands.raise_alert, (SINJAR,), "1")
        desk.do(commands.propose_waiver, WaiverForm((SINJAR,), ("L_PLAN",), "1", START.date()))
        desk.do(commands.raise_obstacle, ObstacleForm(SINJAR, "JOBS", "AREA", "1", "1"))
        desk.do(commands.note, NoteForm(SINJAR, "LESSON", "JOBS", "1", "1"))

    full.at("one", "supervisor", fill)
    return full


@pytest.fixture
def here(full_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return full_programme.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def account() -> str:
    return "other"


@pytest.fixture
def work(qtbot: QtBot, here: Programme, account: str) -> Iterator[Work]:
    with work_at(qtbot, here, account) as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme, account: str) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, account)

    return make


class TestAreas(PageContract):
    full = "EVERY"

    def make(self, around: Surroundings) -> Areas:
        return Areas(around)


class TestArea(PageContract):
    full = SINJAR
    names = NAMES

    def make(self, around: Surroundings) -> Area:
        return Area(around)


def texts(page: Page) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def press(page: Page, text: str) -> None:
    (made,) = (one for one in page.findChildren(QAbstractButton) if one.accessibleName() == text)
    made.click()


def test_places_stand_by_need_and_open(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> None:
    page = Areas(surroundings(look))
    shown(qtbot, page)
    assert [page.table.rows.id_at(row) for row in range(page.table.rows.rowCount())] == [SINJAR, FALLUJAH]
    page.lists.button("OPEN").click()
    settled(qtbot, page)
    assert [page.table.rows.id_at(0)] == [FALLUJAH]
    page.table.opened.emit(FALLUJAH)
    assert page.around.go.places[-1] == ("area", FALLUJAH)


def test_one_place_says_what_it_lacks_and_a_second_person_confirms(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Area(surroundings(look))
    shown(qtbot, page, SINJAR)
    assert "tension alert" in texts(page)
    press(page, "Confirm the waiver")
    settled(qtbot, page)
    assert "waived by two people" in texts(page)
    page.reason.setText("Calm for a week")
    press(page, "Lift the alert")
    settled(qtbot, page)
    assert "tension alert" not in texts(page)


def test_an_alert_is_recorded_for_what_lies_in_an_open_place(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Area(surroundings(look))
    shown(qtbot, page, MARKAZ)
    assert "People may be helped to move there until" in texts(page)
    page.part.kinds.button("ALERT").click()
    assert page.main_action() is not None
    assert page.main_action().missing
    page.part.fields["reason"].edit.setText("Shooting at night")
    page.act()
    settled(qtbot, page)
    assert "People may not be helped to move there yet." in texts(page)


def test_an_obstacle_is_handed_up_with_a_line_in_its_log(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Area(surroundings(look))
    shown(qtbot, page, SINJAR)
    press(page, "Hand it up: Governorate")
    settled(qtbot, page)
    assert "a reason or a text is missing" in texts(page)
    page.reason.setText("Asked the governor")
    press(page, "Hand it up: Governorate")
    settled(qtbot, page)
    assert "Asked the governor" in texts(page)
    page.reason.setText("There is work now")
    press(page, "It is solved")
    settled(qtbot, page)
    assert "Hand it up" not in texts(page)


@pytest.mark.parametrize("kind", ["ASSESS", "ANSWER", "PLAN", "WAIVE", "OBSTACLE", "NOTE", "PROFILE"])
def test_each_kind_of_entry_is_made_of_what_is_shown(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], kind: str
) -> None:
    page = Area(surroundings(look))
    shown(qtbot, page, SINJAR)
    part = page.part
    part.kinds.button(kind).click()
    _fill_all(part)
    entry = part.entry()
    assert part.missing() == []
    page.act()
    settled(qtbot, page)
    refused = kind in ("ASSESS", "ANSWER", "PLAN")
    assert ("side of return" in texts(page)) is refused, entry
    assert (part.kinds.chosen is None) is not refused


def test_an_assessment_has_as_many_conditions_as_were_found(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Area(surroundings(look))
    shown(qtbot, page, SINJAR)
    part = page.part
    part.kinds.button("ASSESS").click()
    named(page, "area.result.CONDITIONS").click()
    _fill_all(part)
    assert part.missing() == []
    named(page, "condition0.text").setText("The well is repaired")
    named(page, "addCondition").click()
    assert named(page, "condition1.text").hasFocus()
    named(page, "condition1.text").setText("The school opens")
    assert [one.where for one in part.missing()] == [named(page, "condition1.due")]
    assert page.main_action().missing
    page.act()
    named(page, "condition1.due").setText("10.2.2027")
    named(page, "addCondition").click()
    picture(page, "conditions")
    (form,) = part.entry().arguments
    assert [(one.text, one.due.month) for one in form.conditions] == [
        ("The well is repaired", 1), ("The school opens", 2)
    ]  # fmt: skip
    part.forget()
    assert len(part.conditions.lines) == 1


def _fill_all(part: Any) -> None:
    for _ in range(20):
        missing = part.missing()
        if not missing:
            return
        _fill(missing[0].where)


def _fill(widget: Any) -> None:
    if hasattr(widget, "button"):
        next(iter(widget._buttons.values())).click()
    elif hasattr(widget, "day"):
        widget.setText("10.1.2027")
    else:
        widget.setText("7")
