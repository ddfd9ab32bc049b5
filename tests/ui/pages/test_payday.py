"""The pay day in the window: its contract, a queue in three key presses, paper typed in, and the day's closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.distributions import commands, queries
from helpdesk.desk.roles import Role
from helpdesk.opening import Desk
from tests.assistance.papers import printed_papers
from tests.programme import Programme
from tests.ui.conftest import Went, named
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import Fingers, around_of, asked, done, settled, shown, work_at
from ui.pages.payday import Payday
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

LINES = 3
MOST_PRESSES = 3


@pytest.fixture(scope="module")
def ready(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, str]:
    """Today's list of three vouchers, for which a second person stands; copied for each test."""
    full = ready_programme.copied(tmp_path_factory.mktemp("payday"))
    printed_papers(full, LINES)
    point = full.numbers["one"]

    def begin(desk: Desk) -> str:
        today = full.clock.now().date()
        return desk.do(commands.open_, point, today, desk.ask(queries.payable, point, today))

    return full, full.at("one", "clerk", begin)


@pytest.fixture
def here(ready: tuple[Programme, str], tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return ready[0].copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def day(ready: tuple[Programme, str]) -> str:
    return ready[1]


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "clerk") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.CLERK) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], day: str) -> Payday:
    made = Payday(surroundings(look))
    shown(qtbot, made, day)
    return made


class TestPayday(PageContract):
    names = frozenset({"paydayTold"})

    @pytest.fixture(autouse=True)
    def _full(self, day: str) -> None:
        type(self).full = day

    def make(self, around: Surroundings) -> Payday:
        return Payday(around)


def press(page: QWidget, name: str) -> None:
    made = named(page, name)
    assert isinstance(made, QPushButton)
    made.click()


def way_on(page: QWidget) -> None:
    press(page, "stripWayOn")


def stands_at(fingers: Fingers, name: str) -> bool:
    return fingers.at() == name


def lines(qtbot: QtBot, page: Payday, day: str) -> list[str]:
    return [line.state for line in asked(qtbot, page, queries.day_of, day).lines]


def test_three_key_presses_after_the_scan_pay(qtbot: QtBot, page: Payday, day: str) -> None:
    page.room.witness.setText("Huda Salim")
    for number in range(LINES):
        voucher = asked(qtbot, page, queries.day_of, day).lines[number].number
        assert page.focusWidget() is page.target
        assert page.take_scan(voucher)
        settled(qtbot, page)
        assert page.line.line is not None
        fingers = Fingers(page)
        fingers.digits("1", enter=False)
        qtbot.waitUntil(partial(stands_at, fingers, "signs.PAYEE.SIGNATURE"))
        fingers.digits("1", enter=False)
        qtbot.waitUntil(partial(stands_at, fingers, "payNow"))
        fingers.enter()
        settled(qtbot, page)
        assert fingers.presses <= MOST_PRESSES
    assert lines(qtbot, page, day) == ["PAYEE"] * LINES
    assert page.room.counter.text() == "3 of 3 paid"


def test_the_line_stands_large_and_is_paid_once(qtbot: QtBot, page: Payday, here: Programme, day: str) -> None:
    first = asked(qtbot, page, queries.day_of, day).lines[0]
    page.take_scan(first.number)
    settled(qtbot, page)
    assert first.payee in page.line.payee.text()
    assert page.line.doubt.isVisibleTo(page), "a typed number proves nothing about the paper"
    assert not page.line.question.isVisibleTo(page)
    page.line.ask_before("another", here.clock.now().date())
    assert not page.line.question.isVisibleTo(page), "an answer about another voucher came late"
    page.line.ask_before(first.voucher, here.clock.now().date())
    assert page.line.question.isVisibleTo(page)
    assert page.line.amount.text()
    assert str(first.size) in page.line.facts.text()
    assert not page.line.signs.button("ALTERNATE.THUMB").isEnabled() or first.alternate
    page.line.identity.choose("SEEN")
    page.line.signs.choose("PAYEE.THUMB")
    page.act()
    assert page.focusWidget() is page.room.witness, "who witnesses is asked before anything is paid"
    page.room.witness.setText("Huda Salim")
    page.act()
    settled(qtbot, page)
    assert lines(qtbot, page, day)[0] == "PAYEE"
    page.take_scan(first.number)
    settled(qtbot, page)
    assert "Paid already" in page.line.verdict.text()
    assert page.main_action() is None
    page.print_pressed()
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    assert went.places[-1][0] == "paper"
    assert isinstance(went.places[-1][1], Paper)


def test_whoever_is_not_on_the_list_is_refused_in_words(qtbot: QtBot, page: Payday) -> None:
    page.take_scan("12345678901")
    settled(qtbot, page)
    assert page.line.line is None
    assert named(page, "stripSentence").property("text")
    assert page.focusWidget() is page.target


def test_absent_and_then_there_after_all(qtbot: QtBot, page: Payday, day: str) -> None:
    page.room.lines.opened.emit(1)
    settled(qtbot, page)
    assert page.line.doubt.isVisibleTo(page), "a line that was chosen was not scanned"
    page.line.gone.click()
    settled(qtbot, page)
    assert lines(qtbot, page, day)[0] == "ABSENT"
    page.room.lines.opened.emit(1)
    settled(qtbot, page)
    assert page.line.may_be_paid


def test_paper_is_typed_in_by_its_line_numbers(qtbot: QtBot, page: Payday, day: str) -> None:
    press(page, "payday.type_in")
    assert "1, 2, 3" in page.typing.left.text()
    assert not page.target.isVisibleTo(page), "nothing is scanned while paper is typed in"
    action = page.main_action()
    assert action is not None
    assert action.missing, "the page says what is read from the paper first"
    fingers = Fingers(page)
    fingers.digits("2")
    fingers.name("Huda Salim", enter=False)
    page.typing.signs.choose("PAYEE.THUMB")
    page.typing.identity.choose("SEEN")
    page.act()
    settled(qtbot, page)
    assert lines(qtbot, page, day) == ["WAITING", "PAYEE", "WAITING"]
    assert "1, 3" in page.typing.left.text()
    page.typing.number.setText("\u0663")  # Arabic three
    page.typing.signs.choose("ABSENT")
    page.act()
    settled(qtbot, page)
    assert lines(qtbot, page, day)[2] == "ABSENT"
    page.typing.number.setText("9")
    page.typing.signs.choose("ABSENT")
    page.act()
    settled(qtbot, page)
    told = [label.accessibleName() for label in page.typing.rows.findChildren(QWidget) if label.accessibleName()]
    assert any("no line" in one for one in told)
    assert page.typing.number.value() == "9", "what was refused stays to be mended"
    # in already: nothing changes, and that is said
    page.typing.number.setText("2")
    page.typing.signs.choose("PAYEE.SIGNATURE")
    page.typing.identity.choose("SEEN")
    page.act()
    settled(qtbot, page)
    assert lines(qtbot, page, day) == ["WAITING", "PAYEE", "ABSENT"]


def test_closing_asks_once_and_tells_the_sums(qtbot: QtBot, page: Payday, day: str) -> None:
    press(page, "payday.close")
    assert lines(qtbot, page, day) == ["WAITING"] * LINES, "nothing is closed before it was confirmed"
    way_on(page)
    settled(qtbot, page)
    assert lines(qtbot, page, day) == ["UNCLAIMED"] * LINES
    assert not page.target.isVisibleTo(page)
    assert not page.take_scan("12345678901")
    press(page, "payday.reconciliation")
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    assert isinstance(went.places[-1][1], Paper)


def test_a_day_is_opened_with_what_is_payable(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], here: Programme, day: str
) -> None:
    page = Payday(surroundings(look))
    shown(qtbot, page)
    action = page.main_action()
    assert action is not None
    assert action.missing, "everything stands on a list"
    done(qtbot, page, commands.close, day)
    assert page.days.rows.rowCount() == 1


def test_the_list_is_printed_by_its_key(qtbot: QtBot, page: Payday) -> None:
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    page.print_pressed()
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    place, paper = went.places[-1]
    assert place == "paper"
    assert not paper.may_save
