"""The working window: going, coming back, keys, scans, changes, and being rebuilt in another language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from helpdesk.core.language import Words
from tests.ui.conftest import PlainDesk, named
from ui.foot import Status
from ui.navigation import Place
from ui.pages.base import Action, Page
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.fields import Field, NameEdit
from ui.widgets.strips import Strip
from ui.window import Plan, Window


class _Form(Page):
    """A page with three fields, a draft and a main action."""

    name: ClassVar[str] = "form"
    shows: ClassVar[frozenset[str]] = frozenset({"household"})

    def build(self) -> None:
        self.opened: list[Any] = []
        self.refreshed = 0
        self.acts: list[str] = []
        self.fields = [NameEdit(self.look, f"field{n}") for n in range(3)]
        self.kept = self.draft("form")
        for place, edit in enumerate(self.fields):
            self.body.addWidget(Field(self.look, f"Field {place}", edit))
            edit.setText(self.kept.get(edit.objectName()))
            edit.typed.connect(partial(self.kept.set, edit.objectName()))

    def open(self, subject: Any = None) -> None:
        self.opened.append(subject)
        super().open(subject)

    def refresh(self) -> None:
        self.refreshed += 1

    def title(self) -> str:
        return self.words("Form")

    def help_text(self) -> str:
        return self.words("Type.")

    def main_action(self) -> Action | None:
        missing = "" if hasattr(self, "fields") and self.fields[0].value() else self.words("Type a name first.")
        return Action(self.words("Save"), lambda: self.acts.append("saved"), "save", missing)

    def search(self, text: str) -> None:
        self.acts.append(f"search {text}")

    def open_best(self, text: str) -> None:
        self.acts.append(f"best {text}")


class _Check(_Form):
    name: ClassVar[str] = "check"
    shows: ClassVar[frozenset[str]] = frozenset()

    def take_scan(self, digits: str) -> bool:
        self.acts.append(digits)
        return True


def _status(_desk: PlainDesk) -> Status:
    return Status(37, 9, 2, 1)


PLAN = Plan(
    (
        Place("today", _Form, "today", "Today"),
        Place("families", _Form, "families", "Families"),
        Place("check", _Check, "check", "Check"),
        Place("secret", _Form, "desk", "Desk", allowed=lambda _: False),
    ),
    _status,
)


@pytest.fixture
def window(qtbot: QtBot, look: Look, surroundings: Callable[[Look], Surroundings]) -> Window:
    made = Window(surroundings(look), PLAN)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.take_up([])
    qtbot.waitUntil(lambda: not made.around.work.busy)
    return made


def _form(window: Window) -> _Form:
    page = window.current
    assert isinstance(page, _Form)
    return page


def test_navigation_shows_only_what_the_role_may_do(window: Window) -> None:
    assert [b.objectName() for b in window.findChildren(QPushButton) if b.objectName().startswith("go.")] == [
        "go.today", "go.families", "go.check",
    ]  # fmt: skip
    window.go("secret")
    assert _form(window) is window.page("today")


def test_alt_digits_go_and_esc_comes_back(window: Window) -> None:
    window.press("Alt+2")
    assert window.current is window.page("families")
    window.press("Alt+9")
    assert window.current is window.page("families")
    window.press("Esc")
    assert window.current is window.page("today")
    window.press("Esc")
    assert window.current is window.page("today")


BESIDE = Plan(
    (
        Place("today", _Form, "today", "Today"),
        Place("families", _Form, "families", "Families"),
        Place("worklists", _Form, "check", "Worklists", under="journey"),
        Place("check", _Check, "check", "Check"),
        Place("journey", _Form, "check", "Journey"),
        Place("secret", _Form, "desk", "Desk", allowed=lambda _: False, under="families"),
        *(Place(f"more{n}", _Form, "files", "More") for n in range(7)),
    ),
)  # fmt: skip


@pytest.fixture
def broad(qtbot: QtBot, look: Look, surroundings: Callable[[Look], Surroundings]) -> Window:
    made = Window(surroundings(look), BESIDE)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    made.show()
    made.take_up([])
    return made


def _tabs(window: Window) -> list[str]:
    return [b.objectName() for b in window.tabs.findChildren(QPushButton) if b.isVisibleTo(window)]


def test_pages_of_one_entry_stand_in_a_row_above(broad: Window) -> None:
    assert _tabs(broad) == []
    broad.press("Alt+3")
    assert broad.current is broad.page("journey")
    assert _tabs(broad) == ["tab.journey", "tab.worklists"]
    named(broad, "tab.worklists").click()
    assert broad.current is broad.page("worklists")
    assert named(broad, "go.journey").isChecked()
    broad.press("Alt+3")
    assert broad.current is broad.page("journey")
    broad.press("Alt+2")
    assert _tabs(broad) == []


def test_alt_and_nought_is_the_tenth_entry(broad: Window) -> None:
    broad.press("Alt+0")
    assert broad.current is broad.page("more5")
    assert broad.findChild(QPushButton, "go.worklists") is None


def test_every_entry_has_room_beside_the_page(broad: Window) -> None:
    area, inside = broad.navigation.viewport(), broad.navigation.widget()
    assert inside.sizeHint().height() <= area.height()


def test_enter_presses_what_tab_reached_beside_the_page(window: Window) -> None:
    there = named(window, "go.families")
    there.setFocus()
    QTest.keyClick(there, Qt.Key.Key_Return)
    assert window.current is window.page("families")


def test_page_down_shows_what_has_no_field(qtbot: QtBot, window: Window) -> None:
    page = _form(window)
    page.body.addSpacing(4000)
    area = page.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_the_foot_is_true(window: Window) -> None:
    said = {name: named(window, f"foot.{name}").property("text").strip() for name in ("waiting", "backup")}
    assert said == {"waiting": "37 not yet acknowledged, oldest 9 days", "backup": "backup 1 day ago"}
    age = named(window, "listsAge")
    assert isinstance(age, QLabel)
    assert age.text() == "lists 2 days old"


def test_a_save_is_told_at_the_foot(qtbot: QtBot, window: Window) -> None:
    window.around.work.write(window, lambda _: None)
    qtbot.waitUntil(lambda: "saved" in named(window, "foot.saved").property("text"))


def test_enter_moves_on_and_shift_enter_back(window: Window) -> None:
    page = _form(window)
    page.fields[0].setFocus()
    QTest.keyClick(page.fields[0], Qt.Key.Key_Return)
    assert page.focusWidget() is page.fields[1]
    QTest.keyClick(page.fields[1], Qt.Key.Key_Return)
    QTest.keyClick(page.fields[2], Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.focusWidget() is page.fields[1]


def test_what_is_missing_is_said_beside_the_action(window: Window) -> None:
    page = _form(window)
    missing = named(page, "pageMissing")
    assert isinstance(missing, QLabel)
    assert missing.text() == "Type a name first."
    window.press("Ctrl+Enter")
    assert page.acts == []
    assert [strip.notice.sentence for strip in page.findChildren(Strip)] == ["Type a name first."]
    page.fields[0].setText("Amal")
    page.show_head()
    assert not page.findChildren(Strip)  # what was said is no longer true
    window.press("Ctrl+Enter")
    assert page.acts == ["saved"]


def test_scans_go_to_the_page_that_waits_else_to_the_check(window: Window) -> None:
    window.take_scan("1" * 258)
    assert window.current is window.page("check")
    assert _form(window).opened == ["1" * 258]
    window.take_scan("2" * 258)
    assert _form(window).acts == ["2" * 258]
    window.go("today")
    window.take_scan("0123456789")
    assert window.current is window.page("families")
    assert _form(window).acts == ["best 0123456789"]


def test_typing_in_the_search_shows_families_and_keeps_the_keys(qtbot: QtBot, window: Window) -> None:
    window.press("F2")
    assert window.search.hasFocus()
    with qtbot.waitSignal(window.search.asked):
        QTest.keyClicks(window.search, "ahm")
    assert window.current is window.page("families")
    assert _form(window).acts == ["search ahm"]
    assert window.search.hasFocus()


def test_the_search_is_empty_again_on_any_other_page(qtbot: QtBot, window: Window) -> None:
    window.press("F2")
    with qtbot.waitSignal(window.search.asked):
        QTest.keyClicks(window.search, "ahm")
    window.go("check", "1")
    assert window.search.text() == ""
    window.go("families")
    assert _form(window).acts == ["search ahm", "search "]


def test_a_page_opened_from_the_search_takes_the_keys(window: Window) -> None:
    window.press("F2")
    window.press("F5")
    assert not window.search.hasFocus()
    assert window.page("check").isAncestorOf(window.focusWidget())


def test_pages_refresh_for_the_kinds_they_show(qtbot: QtBot, window: Window) -> None:
    def register(_desk: PlainDesk) -> None:
        """A command."""

    register.changes = ("household",)
    page = _form(window)
    before = page.refreshed
    window.around.work.write(page, register)
    qtbot.waitUntil(lambda: page.refreshed == before + 1)
    window.go("check")
    other = _form(window)
    count = other.refreshed
    window.around.work.write(other, register)
    qtbot.waitUntil(lambda: not window.around.work.busy)
    assert other.refreshed == count


def test_f1_opens_help_beside_the_page(window: Window) -> None:
    window.press("F1")
    assert named(window, "helpPanel").isVisible()
    said = named(window, "helpText")
    assert isinstance(said, QLabel)
    assert said.text() == "Type."
    window.press("Esc")
    assert not named(window, "helpPanel").isVisible()


def test_another_language_loses_nothing(qtbot: QtBot, window: Window, desk: PlainDesk) -> None:
    window.go("families")
    _form(window).fields[1].setText("Dohuk")
    other = Window(replace(window.around, look=Look(Words("ckb"))), PLAN)
    qtbot.addWidget(other)
    other.take_up(window.trail, QTime(10, 42))
    assert Words("ckb").digits("10:42") in named(other, "foot.saved").property("text")
    assert other.current is other.page("families")
    assert _form(other).fields[1].text() == "Dohuk"
    other.around.drafts.save_all()
    qtbot.waitUntil(lambda: ("form", "") in desk.drafts)
    assert desk.drafts["form", ""] == {"field1": "Dohuk"}


def test_sealed_answers_never_reach_a_draft_on_disk(qtbot: QtBot, window: Window, desk: PlainDesk) -> None:
    kept = window.around.drafts.of("registration")
    kept.set("sealed.note", "x")
    kept.set("given", "Amal")
    kept.save()
    qtbot.waitUntil(lambda: not window.around.work.busy)
    assert desk.drafts["registration", ""] == {"given": "Amal"}
    assert kept.get("sealed.note") == "x"
