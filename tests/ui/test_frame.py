"""The frame: keys that mean the same everywhere, blanking, the PIN, idle time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.language import Words
from tests.ui.conftest import named
from ui.frame import Frame
from ui.lock import ASLEEP_SECONDS, TRIES, Blank, IdleWatch
from ui.theme import Look


class _Inside(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)


@pytest.fixture
def frame(qtbot: QtBot, look: Look) -> Frame:
    made = Frame(look, practice=True)
    qtbot.addWidget(made)
    made.inside = _Inside()
    made.put(made.inside)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.inside.edit.setFocus()
    return made


CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "F1"),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, "F6"),
        (Qt.Key.Key_Return, CONTROL, "Ctrl+Enter"),
        (Qt.Key.Key_Enter, CONTROL, "Ctrl+Enter"),
        (Qt.Key.Key_3, ALT, "Alt+3"),
        (Qt.Key.Key_Down, CONTROL, "next"),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "Esc"),
    ],
)
def test_keys_reach_the_window_from_any_field(
    qtbot: QtBot, frame: Frame, key: Qt.Key, held: Qt.KeyboardModifier, name: str
) -> None:
    with qtbot.waitSignal(frame.pressed) as pressed:
        QTest.keyClick(frame.windowHandle(), key, held)
    assert pressed.args == [name]
    assert frame.inside.edit.text() == ""


def test_nothing_is_saved_behind_an_open_menu(qtbot: QtBot, frame: Frame) -> None:
    pressed: list[str] = []
    frame.pressed.connect(pressed.append)
    menu = QMenu(frame)
    menu.addAction("One")
    menu.popup(frame.mapToGlobal(frame.rect().center()))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    handle = frame.windowHandle()
    assert handle is not None
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CONTROL)
    assert frame.eventFilter(handle, event)
    assert pressed == []
    menu.close()
    assert frame.eventFilter(handle, event)
    assert pressed == ["Ctrl+Enter"]


def test_a_frame_that_ended_leaves_the_keys_to_the_next(qtbot: QtBot, frame: Frame, look: Look) -> None:
    swallowed: list[str] = []
    frame.pressed.connect(swallowed.append)
    frame.cover()
    after = Frame(look, practice=True)
    qtbot.addWidget(after)
    after.show()
    after.activateWindow()
    qtbot.waitUntil(after.isActiveWindow)
    with qtbot.waitSignal(after.pressed) as pressed:
        QTest.keyClick(after.windowHandle(), Qt.Key.Key_Return, CONTROL)
    assert pressed.args == ["Ctrl+Enter"]
    assert swallowed == []


def test_words_are_still_jumped_in_a_field(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.assertNotEmitted(frame.pressed):
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Left, CONTROL)


@pytest.mark.parametrize(("language", "name"), [("en", "next"), ("ar", "previous")])
def test_arrows_point_with_the_line(qtbot: QtBot, frame: Frame, language: str, name: str) -> None:
    frame.wear(Look(Words(language)))
    frame.inside.edit.clearFocus()
    with qtbot.waitSignal(frame.pressed) as pressed:
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Right, CONTROL)
    assert pressed.args == [name]


def test_practice_is_written_across_the_window(frame: Frame) -> None:
    mark = named(frame, "practiceMark")
    assert isinstance(mark, QLabel)
    assert mark.isVisible()
    assert mark.width() == frame.width()


def test_f8_blanks_and_the_pin_brings_the_same_field_back(qtbot: QtBot, frame: Frame) -> None:
    frame.guard()
    frame.know_pin(True)
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F8)
    assert frame.is_blank
    assert not frame.inside.edit.isVisible()
    blank = frame.findChild(Blank)
    assert blank is not None
    with qtbot.waitSignal(frame.pin_tried) as tried:
        QTest.keyClicks(blank.pin, "4711")
        QTest.keyClick(blank.pin, Qt.Key.Key_Return)
    assert tried.args == ["4711"]
    frame.answer_pin(True)
    assert not frame.is_blank
    assert frame.focusWidget() is frame.inside.edit


def test_a_blank_window_answers_no_key(qtbot: QtBot, frame: Frame) -> None:
    frame.guard()
    frame.know_pin(True)
    frame.blank_out()
    with qtbot.assertNotEmitted(frame.pressed):
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F2)


def test_three_wrong_pins_end_it(qtbot: QtBot, frame: Frame) -> None:
    frame.guard()
    frame.know_pin(True)
    frame.blank_out()
    for _ in range(TRIES - 1):
        frame.answer_pin(False)
    said = named(frame, "pinSaid")
    assert isinstance(said, QLabel)
    assert said.text() == "Wrong. 1 try is left."
    with qtbot.waitSignal(frame.leave):
        frame.answer_pin(False)


def test_without_a_pin_the_first_lock_is_the_full_one(qtbot: QtBot, frame: Frame) -> None:
    frame.guard()
    with qtbot.waitSignal(frame.leave):
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F8)
    assert frame.is_blank


def test_nothing_is_locked_before_somebody_signed_in(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.assertNotEmitted(frame.leave):
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F9)
        QTest.keyClick(frame.windowHandle(), Qt.Key.Key_F8)
    assert not frame.is_blank


class _Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _pass(watch: IdleWatch, seconds: _Seconds, by: float) -> None:
    while by > 0:
        seconds.now += min(by, 5)
        by -= 5
        watch.tick()


def test_three_minutes_blank_and_fifteen_leave(qtbot: QtBot, look: Look) -> None:
    seconds, told = _Seconds(), []
    top = QWidget()
    qtbot.addWidget(top)
    watch = IdleWatch(top, seconds)
    watch.blank.connect(lambda: told.append(("blank", seconds.now)))
    watch.leave.connect(lambda: told.append(("leave", seconds.now)))
    watch.set_limits(180, 900)
    watch.start()
    _pass(watch, seconds, 170)
    watch.touch()
    _pass(watch, seconds, 170)
    assert told == []
    _pass(watch, seconds, 900)
    assert [what for what, _ in told] == ["blank", "leave"]
    assert [when - 1170 for _, when in told] == [180, 900]


def test_a_suspend_leaves_at_once(qtbot: QtBot, look: Look) -> None:
    seconds, told = _Seconds(), []
    top = QWidget()
    qtbot.addWidget(top)
    watch = IdleWatch(top, seconds)
    watch.leave.connect(lambda: told.append("leave"))
    watch.start()
    seconds.now += ASLEEP_SECONDS + 6
    watch.tick()
    assert told == ["leave"]
