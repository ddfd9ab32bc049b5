"""What every page must pass. Inherit it, give ``make`` and, where there is one, ``fill``.

class TestToday(PageContract):
    def make(self, around): return Today(around, CALLS)
    full = FullSubject or None
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Refusal
from tests.ui.conftest import PlainDesk
from tests.ui.pseudo import PseudoWords, untranslated
from ui.pages.base import Page
from ui.surroundings import Surroundings
from ui.theme import Look, dress
from ui.work import Work

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QAbstractItemView)
WIDTH, HEIGHT = 1366 - 168, 768 - 120
"""What the frame leaves of the smallest screen."""


def controls_of(page: QWidget) -> list[QWidget]:
    """The controls a person can reach, without the inner parts of Qt's own."""
    found = []
    for widget in page.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QComboBox, QSpinBox))
        if isinstance(widget, CONTROLS) and not inner and widget.isVisibleTo(page):
            found.append(widget)
    return found


def _fits(area: QScrollArea) -> bool:
    return area.widget().width() <= area.viewport().width() + 1


class PageContract:
    """See the module."""

    full: ClassVar[Any] = None
    """The subject with which the page opens full."""
    names: ClassVar[frozenset[str]] = frozenset()
    """Object names of widgets that show names, addresses or codes, which nobody translates."""

    def make(self, around: Surroundings) -> Page:
        raise NotImplementedError

    @pytest.fixture
    def page(self, qtbot: QtBot, each_look: Look, surroundings: Callable[[Look], Surroundings]) -> Page:
        page = self.make(surroundings(each_look))
        qtbot.addWidget(page)
        page.resize(WIDTH, HEIGHT)
        return page

    def _open(self, qtbot: QtBot, page: Page, subject: Any) -> None:
        page.show()
        page.open(subject)
        page.show_head()
        qtbot.waitUntil(lambda: not page.around.work.busy)
        page.layout().activate()

    def test_builds_without_the_store(
        self, look: Look, surroundings: Callable[[Look], Surroundings], work: Work, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        monkeypatch.setattr(Work, "_put", lambda *_: asked.append("asked"))
        self.make(surroundings(look)).deleteLater()
        monkeypatch.undo()
        assert asked == []

    def test_opens_empty_and_full(self, qtbot: QtBot, page: Page) -> None:
        self._open(qtbot, page, None)
        assert page.title()
        assert page.help_text()
        self._open(qtbot, page, self.full)
        assert page.accessibleName()

    def test_every_control_has_a_name(self, qtbot: QtBot, page: Page) -> None:
        self._open(qtbot, page, self.full)
        for control in controls_of(page):
            assert control.accessibleName() or control.property("text"), f"{control.objectName()} {control}"
            assert control.objectName(), control.accessibleName()

    def test_every_control_is_reached_by_tab(self, qtbot: QtBot, page: Page) -> None:
        self._open(qtbot, page, self.full)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        wanted = {
            control
            for control in controls_of(page)
            if control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        page.focus_first()
        reached: set[QWidget] = set()
        for _ in range(len(wanted) * 2 + 20):
            focused = page.focusWidget()
            if focused is not None:
                reached.add(focused)
            QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
        assert wanted <= reached, [f"{w.objectName()} {w.accessibleName()}" for w in wanted - reached]

    def test_nothing_is_wider_than_the_screen(self, qtbot: QtBot, page: Page) -> None:
        self._open(qtbot, page, self.full)
        assert page.minimumSizeHint().width() <= WIDTH
        for area in page.findChildren(QScrollArea):
            is_laid_out = area.isVisibleTo(page) and area.widgetResizable() and area.widget() is not None
            if is_laid_out and area.objectName() != "paperPages":
                # a scroll bar that has just come is made room for with the next layout
                qtbot.waitUntil(partial(_fits, area))

    def test_runs_in_the_direction_of_its_language(self, qtbot: QtBot, page: Page) -> None:
        self._open(qtbot, page, self.full)
        title, action = page.findChild(QWidget, "pageTitle"), page.findChild(QWidget, "mainAction")
        if action.isVisibleTo(page):
            assert (title.x() < action.x()) is (not page.look.right_to_left)

    def test_every_sentence_was_given_to_the_translators(
        self, qtbot: QtBot, qapp: QApplication, surroundings: Callable[[Look], Surroundings]
    ) -> None:
        look = Look(PseudoWords())
        dress(qapp, look)
        page = self.make(surroundings(look))
        qtbot.addWidget(page)
        page.resize(WIDTH, HEIGHT)
        self._open(qtbot, page, self.full)
        latin = {
            f"{widget.objectName()}: {text}"
            for widget in page.findChildren(QWidget)
            for text in (widget.accessibleName(), str(widget.property("text") or ""), widget.toolTip())
            if untranslated(text) and widget.objectName() not in self.names
        }
        assert not latin, sorted(latin)
        cut = {
            f"{label.objectName()}: {label.text()}"
            for label in page.findChildren(QLabel)
            if label.isVisibleTo(page) and not label.wordWrap() and label.sizeHint().width() > label.width() + 1
        }
        assert not cut, sorted(cut)
        assert page.minimumSizeHint().width() <= WIDTH

    def test_a_failure_is_said_in_the_page(self, qtbot: QtBot, page: Page, desk: PlainDesk) -> None:
        self._open(qtbot, page, None)
        page.show_failure(Refusal("number.check"))
        assert page.findChild(QWidget, "stripSentence") is not None
        assert page.findChild(QWidget, "stripPrint") is not None
