"""The story again in the window, by keys alone: a family is ready and leaves, another stops, one arrives and is called.

Every step is a key sent to the frame's own window, as a keyboard sends it; a control is reached by Tab or it is not
reached. What happened is then read from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.clock import SystemClock
from helpdesk.households import cards
from helpdesk.households.commands import record_consent
from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.departures import bulk, planning
from helpdesk.journey.monitoring.queries import call_sheet
from helpdesk.opening import Desk
from tests.journey.arrived import PHONE
from tests.journey.handed import departed, far_desk, hand_over, take_in
from tests.journey.leaving import movement_plan
from tests.journey.ready import declare, preparing_family
from tests.journeys.told import CALLS
from tests.people import head, member
from tests.programme import Programme, passphrase
from ui.app import Program

OPENING_MS = 60_000
MOST_TABS = 150
SIX = (
    head(),
    member("Ali", relation="SPOUSE", sex="M", birth_date=date(1980, 7, 1)),
    *(member(name, "Ali", birth_date=date(born, 7, 1)) for name, born in
      (("Omar", 2011), ("Huda", 2013), ("Sara", 2016), ("Yusuf", 2021))),
)  # fmt: skip


class Keyboard:
    """A keyboard before the whole program: every press goes to the frame's window and where that sends it."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot = qtbot
        self.program = program

    @property
    def window(self) -> Any:
        return self.program.window

    def at(self) -> str:
        """The name of the control that has the keys."""
        widget: QWidget | None = self.program.frame.focusWidget()
        return widget.objectName() if widget is not None else ""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and whatever it sets off."""
        QTest.keyClick(self.program.frame.windowHandle(), key, modifiers)
        self.settle()

    def save(self) -> None:
        """Ctrl+Enter: the page's main action."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def scan(self, number: str) -> None:
        """A scanner's burst: digits and Enter without a pause."""
        for digit in number:
            QTest.keyClick(self.program.frame.windowHandle(), Qt.Key(ord(digit)))
        self.press(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        """Letters into the field that has the keys."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.program.frame.focusWidget(), key)
        self.settle()

    def walk_to(self, name: str) -> None:
        """Tab until a control has the keys."""
        seen = []
        for _ in range(MOST_TABS):
            if self.at() == name:
                return
            seen.append(self.at())
            QTest.keyClick(self.program.frame.windowHandle(), Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"Tab never reaches {name}: {seen}")

    def choose(self, name: str) -> None:
        """Walk to a control and press it."""
        self.walk_to(name)
        self.press(Qt.Key.Key_Space)

    def settle(self) -> None:
        """Wait until nothing is read or written, and what follows from it was done."""
        for _ in range(3):
            QApplication.processEvents()
            self._qtbot.waitUntil(lambda: not self.program.work.busy, timeout=OPENING_MS)
            self._qtbot.wait(30)


Sit = Callable[..., Any]


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sit down at a desk as somebody: ``with sit("supervisor") as keys``. The laptop's clock is the programme's."""
    monkeypatch.setattr(SystemClock, "now", lambda _self: programme.clock.now())

    @contextmanager
    def sitting(name: str = "supervisor", folder: str = "one") -> Iterator[Keyboard]:
        program = Program(qapp, programme.home / folder, lambda: None)
        qtbot.addWidget(program.frame)
        program.start()
        qtbot.waitUntil(program.frame.isActiveWindow, timeout=OPENING_MS)
        keys = Keyboard(qtbot, program)
        program.sign_in.first_field().setFocus()
        keys.type(name)
        keys.press(Qt.Key.Key_Return)
        keys.type(passphrase(name))
        keys.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.window is not None, timeout=OPENING_MS)
        keys.settle()
        yield keys
        program.end()
        program.frame.close()

    return sitting


def state(programme: Programme, household: str, folder: str = "one") -> str:
    found: str = programme.at(folder, "clerk", lambda desk: desk.ask(standing_of, household).state)
    return found


def number_of(programme: Programme, household: str, folder: str = "one") -> str:
    return programme.at(folder, "clerk", lambda desk: desk.ask(lines, [household])[household].number)


def a_family(programme: Programme, without: tuple[str, ...] = (), **changes: Any) -> str:
    """A family at the first desk with its card, everything done but what is named."""

    def make(desk: Desk) -> str:
        household = preparing_family(desk, without, **changes)
        declare(desk, household)
        desk.do(cards.issue, (household,), "FIRST")
        return household

    return programme.at("one", "supervisor", make)


def given_the_day(programme: Programme, household: str) -> None:
    def give(desk: Desk) -> None:
        assert desk.do(bulk_declare_ready, (household,)) == ()
        movement = desk.do(planning.plan, movement_plan(desk.clock))
        desk.do(planning.list_families, movement, (household,))
        desk.do(planning.all_fit, movement, (household,))
        desk.do(planning.notify, movement, "JOC", "12/2026")
        assert bulk.schedule_all(desk, movement).refused == ()

    programme.at("one", "supervisor", give)


def test_a_family_of_six_is_ready(programme: Programme, sit: Sit) -> None:
    household = a_family(programme, ("H4", "H8"), members=SIX)
    number = number_of(programme, household)
    with sit("supervisor") as keys:
        keys.scan(number)
        assert keys.window.trail[-1][0] == "family"
        keys.choose("lack.H4")
        keys.save()
        keys.choose("lack.H8")
        keys.walk_to("briefing.items.TIME")
        for digit in "1234567":
            keys.press(Qt.Key(ord(digit)))
        keys.save()
        keys.save()  # the next right step: declare it ready
    assert state(programme, household) == "READY"


def test_a_family_leaves(programme: Programme, sit: Sit) -> None:
    household = a_family(programme, members=SIX)
    given_the_day(programme, household)
    number = number_of(programme, household)
    with sit("supervisor") as keys:
        keys.window.go("convoys")
        keys.settle()
        keys.walk_to("movementsTable")
        keys.press(Qt.Key.Key_Down)
        keys.press(Qt.Key.Key_Return)
        assert keys.window.trail[-1][0] == "convoy"
        keys.scan(number)
        keys.save()
        keys.choose("stripWayOn")
    assert state(programme, household) == "DEPARTED"


def test_a_family_stops_on_the_eve(programme: Programme, sit: Sit) -> None:
    household = a_family(programme)
    given_the_day(programme, household)
    number = number_of(programme, household)
    with sit("clerk") as keys:
        keys.scan(number)
        keys.choose("stopping.act0")
        keys.choose("stop.reached.PRESENT")
        keys.walk_to("stop.witness")
        keys.type("Huda Salim")
        keys.save()
    assert state(programme, household) == "WITHDRAWN"


def test_a_family_arrives_and_is_called(programme: Programme, sit: Sit) -> None:
    far_desk(programme)
    (household,) = departed(programme, 1)
    take_in(programme, hand_over(programme, [household]))
    number = number_of(programme, household, "far")
    programme.clock.move(days=1)
    with sit("clerk", "far") as keys:
        keys.window.go("arrivals")
        keys.settle()
        keys.scan(number)
    assert state(programme, household, "far") == "ARRIVED"
    programme.at("far", "clerk", lambda desk: desk.do(record_consent, household, CALLS))
    programme.clock.move(days=9)
    with sit("clerk", "far") as keys:
        keys.window.go("calls")
        keys.settle()
        keys.scan(number)
        keys.choose(f"callNumber.OWN:{PHONE}")
        keys.walk_to("callResult.DONE")
        keys.press(Qt.Key.Key_3)  # nobody answered
        keys.save()
    sheet = programme.at("far", "clerk", lambda desk: desk.ask(call_sheet, household, "W2"))
    assert [(one.whom, one.result) for one in sheet.attempts] == [("OWN", "NOANS")]
