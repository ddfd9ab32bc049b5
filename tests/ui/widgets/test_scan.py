"""Scanner bursts, the scan target and the search box, with real key events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.keys import digit_of
from ui.theme import Look
from ui.widgets.scan import ScanTarget, ScanWatch, SearchBox

NONE = Qt.KeyboardModifier.NoModifier


def _key(key: int, text: str, scan: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, NONE, scan, 0, 0, text)


@pytest.mark.parametrize(
    ("event", "platform", "digit"),
    [
        (_key(Qt.Key.Key_7, "7"), "", "7"),
        (_key(0x667, "\u0667"), "", "7"),
        (_key(0x6F7, "\u06f7"), "", "7"),
        (_key(Qt.Key.Key_Eacute, "\u00e9", 11), "xcb", "2"),
        (_key(Qt.Key.Key_Eacute, "\u00e9", 3), "windows", "2"),
        (_key(Qt.Key.Key_0, "", 19), "xcb", "0"),
        (_key(Qt.Key.Key_End, "", 87), "xcb", None),
        (_key(Qt.Key.Key_A, "a", 38), "xcb", None),
        (_key(Qt.Key.Key_A, "a"), "", None),
    ],
)
def test_digits_are_known_by_their_place(event: QKeyEvent, platform: str, digit: str | None) -> None:
    assert digit_of(event, platform) == digit


@pytest.fixture
def watched(qtbot: QtBot, look: Look) -> tuple[QWidget, QLineEdit, ScanWatch, list[str]]:
    top = QWidget()
    field = QLineEdit()
    QVBoxLayout(top).addWidget(field)
    qtbot.addWidget(top)
    top.show()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    field.setFocus()
    watch = ScanWatch(top.windowHandle())
    scans: list[str] = []
    watch.scanned.connect(scans.append)
    return top, field, watch, scans


def test_a_burst_with_enter_is_a_scan_and_stays_out_of_the_field(
    watched: tuple[QWidget, QLineEdit, ScanWatch, list[str]],
) -> None:
    top, field, _watch, scans = watched
    code = "11" + "0123456789" * 25
    for digit in code:
        QTest.keyClick(top.windowHandle(), digit)
    QTest.keyClick(top.windowHandle(), Qt.Key.Key_Return)
    assert scans == [code]
    assert field.text() == ""


def test_slow_digits_reach_the_field(qtbot: QtBot, watched: tuple[QWidget, QLineEdit, ScanWatch, list[str]]) -> None:
    top, field, _watch, scans = watched
    for digit in "0770":
        QTest.keyClick(top.windowHandle(), digit)
        qtbot.waitUntil(lambda digit=digit: field.text().endswith(digit))
    assert field.text() == "0770"
    assert scans == []


def test_digits_and_letters_keep_their_order(watched: tuple[QWidget, QLineEdit, ScanWatch, list[str]]) -> None:
    top, field, _watch, scans = watched
    for letter in "12ab34":
        QTest.keyClick(top.windowHandle(), letter)
    QTest.keyClick(top.windowHandle(), Qt.Key.Key_Return)
    assert field.text() == "12ab34"
    assert scans == []


def test_a_long_burst_needs_no_enter(qtbot: QtBot, watched: tuple[QWidget, QLineEdit, ScanWatch, list[str]]) -> None:
    top, field, watch, scans = watched
    with qtbot.waitSignal(watch.scanned):
        for digit in "1" * 60:
            QTest.keyClick(top.windowHandle(), digit)
    assert scans == ["1" * 60]
    assert field.text() == ""


def test_the_target_takes_digits_of_any_layout(qtbot: QtBot, look: Look) -> None:
    target = ScanTarget(look)
    qtbot.addWidget(target)
    target.show()
    scans: list[str] = []
    target.scanned.connect(scans.append)
    for event in (_key(0x661, "\u0661"), _key(Qt.Key.Key_2, "2"), _key(0x6F3, "\u06f3"), _key(Qt.Key.Key_9, "9")):
        QApplication.sendEvent(target, event)
    QTest.keyClick(target, Qt.Key.Key_Backspace)
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert scans == ["123"]


def test_the_search_box_asks_after_a_rest_and_opens_on_enter(qtbot: QtBot, look: Look) -> None:
    box = SearchBox(look)
    qtbot.addWidget(box)
    box.show()
    asked: list[str] = []
    box.asked.connect(asked.append)
    with qtbot.waitSignal(box.asked):
        QTest.keyClicks(box, "ahm")
    assert asked == ["ahm"]
    with qtbot.waitSignal(box.chosen) as chosen:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["ahm"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert asked[-1] == ""
