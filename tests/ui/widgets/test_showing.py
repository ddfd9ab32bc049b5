"""Strips, progress, verdict, rows, steps, and the paged table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Fault, Refusal, Stopped
from helpdesk.core.language import Words, isolate_ltr
from tests.ui.conftest import named
from ui.messages import Notice, notice_of
from ui.theme import Look
from ui.widgets.paged_table import PAGE, PagedRows, PagedTable
from ui.widgets.reading import Rows, Step, StepLine, Verdict
from ui.widgets.row_drawing import WAITING, Cell, Column, RowDrawing
from ui.widgets.strips import SLOW_MS, ProgressStrip, Strip
from ui.work import Running


def test_a_refusal_can_be_printed_and_a_fault_shows_its_code(qtbot: QtBot, look: Look) -> None:
    refusal, fault = notice_of(Refusal("number.check"), look), notice_of(Fault("disk.full"), look)
    assert (refusal.tone, refusal.printable) == ("careful", True)
    assert (fault.tone, fault.printable, fault.code) == ("stop", False, "disk.full")
    printed: list[str] = []
    strip = Strip(look, refusal, printed.append)
    qtbot.addWidget(strip)
    QTest.mouseClick(named(strip, "stripPrint"), Qt.MouseButton.LeftButton)
    assert printed == [refusal.sentence]
    assert strip.accessibleName() == refusal.sentence


def test_progress_shows_after_a_second_and_stops(qtbot: QtBot, look: Look) -> None:
    running = Running("Writing the file")
    strip = ProgressStrip(look, running)
    qtbot.addWidget(strip)
    assert not strip.isVisible()
    assert SLOW_MS == 1000
    qtbot.waitUntil(strip.isVisible, timeout=3000)
    running.report(3, 10, "Counting")
    count = named(strip, "progressCount")
    assert isinstance(count, QLabel)
    qtbot.waitUntil(lambda: count.text() == "3 of 10")
    QTest.mouseClick(named(strip, "progressStop"), Qt.MouseButton.LeftButton)
    with pytest.raises(Stopped):
        running.report(4, 10, "Counting")


def test_short_work_shows_nothing(qtbot: QtBot, look: Look) -> None:
    running = Running("")
    strip = ProgressStrip(look, running)
    with qtbot.waitSignal(strip.destroyed):
        running.ended.emit()


def test_rows_say_what_was_not_asked(qtbot: QtBot, look: Look) -> None:
    rows = Rows(look, [("Mother", None), ("Work", ""), ("Sex", "Female")])
    qtbot.addWidget(rows)
    said = [child.accessibleName() for child in rows.findChildren(QLabel) if child.accessibleName()]
    assert said == ["Mother: not asked yet", "Sex: Female"]


def test_a_verdict_is_colour_icon_word_and_sentence(qtbot: QtBot, look: Look) -> None:
    verdict = Verdict(look)
    qtbot.addWidget(verdict)
    done: list[str] = []
    acts = [("Open the file", lambda: done.append("x"))]
    verdict.say("stop", "Replaced", "Ask for the new one.", "Lists of today", acts)
    assert verdict.property("ground") == "stop"
    assert verdict.accessibleName() == "Replaced. Ask for the new one."
    act = named(verdict, "verdictAct0")
    assert isinstance(act, QPushButton)
    act.click()
    assert done == ["x"]
    verdict.forget()
    assert not verdict.isVisible()


def test_steps_say_what_is_missing(qtbot: QtBot, look: Look) -> None:
    line = StepLine(look)
    qtbot.addWidget(line)
    opened: list[str] = []
    line.show_steps(
        [Step("Registered", "done"), Step("Ready", "missing", "visit offered", lambda: opened.append("ready"))],
        "One thing is missing.",
    )
    step = named(line, "step1")
    assert isinstance(step, QPushButton)
    assert step.accessibleName() == "Ready: visit offered"
    step.click()
    assert opened == ["ready"]


def _columns() -> list[Column]:
    number = Column("Number", 120, lambda row: f"+{row}", sort="number", ltr=True)
    return [number, Column("Name", 0, lambda row: f"n{row}")]


class _Source:
    """Rows by the page, answered at once or when told."""

    def __init__(self, later: bool = False) -> None:
        self.asked: list[int] = []
        self.later = later
        self.waiting: list[tuple[Any, Sequence[int]]] = []

    def __call__(self, ids: Sequence[int], then: Any) -> None:
        self.asked.append(ids[0])
        if self.later:
            self.waiting.append((then, ids))
        else:
            then(list(ids))


def test_the_model_keeps_qts_rules(qtbot: QtBot, qtmodeltester: ModelTester, look: Look) -> None:
    model: QAbstractItemModel = PagedRows(look, _columns(), _Source())
    model.show_ids(range(250))
    qtmodeltester.check(model)


def test_only_what_is_looked_at_is_fetched(look: Look, qapp: object) -> None:
    source = _Source()
    model = PagedRows(look, _columns(), source)
    model.show_ids(range(50_000))
    assert model.rowCount() == 50_000
    assert model.data(model.index(49_999, 1)) == "n49999"
    assert source.asked == [50_000 - PAGE]
    assert model.data(model.index(50_000 - PAGE, 1)) == f"n{50_000 - PAGE}"
    assert model.data(model.index(0, 1)) == "n0"
    assert source.asked == [50_000 - PAGE, 0]


def test_a_page_of_rows_is_all_that_is_kept(look: Look, qapp: object) -> None:
    model = PagedRows(look, _columns(), _Source())
    model.show_ids(range(20_000))
    for place in (*range(20_000), *range(19_999, -1, -7)):
        assert model.row(place) == place
        assert len(model._rows) == len(model._held) == PAGE


@pytest.mark.parametrize("shown", [1, 20, 25, 60])
def test_what_a_screen_shows_comes_with_one_fetch(look: Look, qapp: object, shown: int) -> None:
    source = _Source()
    model = PagedRows(look, _columns(), source)
    model.make_room(shown)
    model.show_ids(range(1000))
    for top in (0, 13, 300, 301, 340, 290, 1000 - shown, 500):
        before = len(source.asked)
        for _ in range(3):  # drawn again and again
            assert [model.row(place) for place in range(top, top + shown)] == list(range(top, top + shown))
        assert len(source.asked) <= before + 1


def test_a_list_that_is_only_counted_keeps_the_ids_of_one_page(look: Look, qapp: object) -> None:
    asked: list[tuple[int, int]] = []

    def ids(first: int, most: int, then: Any) -> None:
        asked.append((first, most))
        then(list(range(first, min(first + most, 30_000))))

    table = PagedTable(look, "long", "Long", _columns(), _Source())
    opened: list[int] = []
    table.opened.connect(opened.append)
    table.show_count(30_000, ids)
    assert table.rows.rowCount() == 30_000
    assert table.rows.row(17_000) == 17_000
    assert table.rows.id_at(17_001) == 17_001
    assert table.rows.row_of(17_001) == 17_001
    assert table.rows.id_at(3) is None
    assert table.rows.row_of(3) is None
    assert asked == [(17_000 - PAGE // 2, PAGE)]
    table.selectRow(17_001)
    assert table.picked_id() == 17_001
    assert table.neighbour(17_001, 1) == 17_002
    table.doubleClicked.emit(table.rows.index(17_003, 0))
    table.doubleClicked.emit(table.rows.index(9, 0))  # its page is not here yet: nothing is opened
    assert opened == [17_003]
    table.show_count(5, lambda first, most, then: then(list(range(5))))
    assert table.currentIndex().row() == 4
    table.show_count(0, ids)
    assert table.picked_id() is None


def test_cells_wait_for_their_page_and_late_answers_of_an_old_list_are_dropped(look: Look, qapp: object) -> None:
    source = _Source(later=True)
    model = PagedRows(look, _columns(), source)
    model.show_ids([7])
    assert model.data(model.index(0, 1)) == "\u2026"
    assert model.data(model.index(0, 1)) == "\u2026"
    assert source.asked == [7]
    model.show_ids([8])
    then, ids = source.waiting[0]
    then(list(ids))
    assert model.data(model.index(0, 1)) == "\u2026"
    then, ids = source.waiting[1]
    then(list(ids))
    assert model.data(model.index(0, 1)) == "n8"


def _drawn(look: Look, column: Column, row: object, width: int = 300) -> QImage:
    drawing = RowDrawing(look)
    picture = QImage(width, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor(look.colour("paper")))
    painter = QPainter(picture)
    drawing.begin(painter)
    drawing.draw(painter, [Cell(column, 0, width)], 0, 40, row, chosen=False)
    painter.end()
    return picture


@pytest.mark.parametrize("language", ["en", "ar"])
def test_numbers_stand_left_to_right(qapp: QApplication, language: str) -> None:
    look = Look(Words(language))
    phone = "+964 770 123"
    number = _drawn(look, Column("Phone", 0, str, ltr=True), phone)
    assert number == _drawn(look, Column("Phone", 0, lambda _row: isolate_ltr(phone)), phone)
    assert (number == _drawn(look, Column("Phone", 0, str), phone)) == (language == "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_begin_where_lines_begin_and_end_in_an_ellipsis(qapp: QApplication, language: str) -> None:
    look = Look(Words(language))
    paper = QColor(look.colour("paper")).rgb()

    def inked(picture: QImage) -> list[int]:
        return [
            x for x in range(picture.width())
            if any(picture.pixel(x, y) != paper for y in range(picture.height() - 1))
        ]  # fmt: skip

    column = Column("Name", 0, str)
    few = inked(_drawn(look, column, "\u2588"))
    assert (few[-1] < 150) if language == "en" else (few[0] > 150)
    many = inked(_drawn(look, column, "\u2588" * 99))
    margin = look.size(8) // 2  # letters bleed a pixel
    assert margin <= many[0] <= many[-1] < 300 - margin
    assert inked(_drawn(look, column, None)) == inked(_drawn(look, column, WAITING)) != []
    assert inked(_drawn(look, column, "")) == []


def test_another_font_lays_words_out_anew(qapp: QApplication, look: Look) -> None:
    drawing, column = RowDrawing(look), Column("Name", 0, str)

    def drawn(points: float) -> QImage:
        picture = QImage(300, 40, QImage.Format.Format_RGB32)
        picture.fill(QColor(look.colour("paper")))
        painter = QPainter(picture)
        font = painter.font()
        font.setPointSizeF(points)
        painter.setFont(font)
        drawing.begin(painter)
        drawing.draw(painter, [Cell(column, 0, 300)], 0, 40, "Name", chosen=False)
        painter.end()
        return picture

    first = drawn(9)
    assert drawn(14) != first
    assert drawn(9) == first


def test_cells_are_drawn_with_their_tone_and_the_row_that_is_chosen(qtbot: QtBot, look: Look) -> None:
    column = Column("Name", 0, lambda row: "\u2588" * 9, tone=lambda row: "stop" if row else "good")
    table = PagedTable(look, "list", "List", [column], _Source())
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show_ids([0, 1])
    table.show()
    picture = table.viewport().grab().toImage()

    def colours(row: int) -> set[str]:
        place = table.visualRect(table.rows.index(row, 0))
        return {picture.pixelColor(x, place.center().y()).name() for x in range(place.left(), place.right())}

    chosen, other = (
        {look.colour("ink").lower(), look.colour("chosen").lower()},
        {look.colour("stop").lower(), look.colour("paper").lower()},
    )
    assert chosen <= colours(0)
    assert other <= colours(1)


def test_the_table_opens_sorts_and_knows_neighbours(qtbot: QtBot, look: Look) -> None:
    sorted_by: list[tuple[str, bool]] = []
    table = PagedTable(look, "list", "List", _columns(), _Source(), lambda key, down: sorted_by.append((key, down)))
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.show_ids([5, 6, 7])
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [6]
    table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert sorted_by == [("number", True)]
    assert table.neighbour(6, 1) == 7
    assert table.neighbour(7, 1) is None
    table.show_ids([7, 6, 5])
    assert table.picked_id() == 6


def test_a_strip_without_reason_prints_nothing(qtbot: QtBot, look: Look) -> None:
    strip = Strip(look, Notice("good", "Saved."))
    qtbot.addWidget(strip)
    assert strip.findChild(QPushButton, "stripPrint") is None
