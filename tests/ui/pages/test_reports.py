"""Reports in the window: picture and table of one report, print with small numbers hidden, a file that is let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.roles import Role
from helpdesk.printing.raster import page_count
from helpdesk.reports.registry import REPORTS
from helpdesk.reports.table import Column, Row, Table
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, settled, shown, work_at
from ui.charts.chart import Chart, chart_pdf, said
from ui.charts.shape import MOST_NAMES, Shape, shape_of
from ui.pages.reports import Reports
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.paged_table import PagedTable
from ui.work import Work


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))
    for index in range(3):
        full.register(form=practice_form(full.clock, index))
    return full


@pytest.fixture
def here(full_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return full_programme.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestPicture(PageContract):
    full = "sadd"

    def make(self, around: Surroundings) -> Reports:
        return Reports(around)


class TestTable(PageContract):
    full = "readiness"

    def make(self, around: Surroundings) -> Reports:
        page = Reports(around)
        page.views.choose("TABLE")
        return page


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> Reports:
    page = Reports(surroundings(look))
    shown(qtbot, page, "sadd")
    return page


def test_picture_and_table_are_one_key_apart(page: Reports) -> None:
    assert page.findChild(Chart) is not None
    page.sections_pressed()
    assert page.findChild(PagedTable) is not None
    page.sections_pressed()
    chart = page.findChild(Chart)
    assert chart is not None
    assert "18-59" in chart.accessibleDescription()


def test_every_report_opens(qtbot: QtBot, page: Reports) -> None:
    failures: list[Any] = []
    for name in REPORTS:
        page.open(name)
        settled(qtbot, page)
        assert page._table is not None
        assert page._table.name == name
    assert failures == []


def test_periods_are_typed(qtbot: QtBot, page: Reports) -> None:
    page.open("status-table")
    page.periods.setText("2025, 2026")
    QTest.keyClick(page.periods, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert page._table is not None
    assert page._table.columns[1].heading == "2025"
    page.periods.setText("last year")
    page.refresh()
    settled(qtbot, page)
    assert page.findChild(QWidget, "stripSentence") is not None


def test_what_is_printed_hides_small_numbers(qtbot: QtBot, page: Reports) -> None:
    page.print_pressed()
    settled(qtbot, page)
    place, paper = page.around.go.places[-1]
    assert place == "paper"
    assert isinstance(paper, Paper)
    assert not paper.may_save
    assert paper.draw is not None
    assert page_count(paper.draw(1)) == 1


def test_a_supervisor_lets_a_file_go(qtbot: QtBot, page: Reports, tmp_path: Path) -> None:
    page.save_to(tmp_path / "sadd.csv")
    settled(qtbot, page)
    qtbot.waitUntil((tmp_path / "sadd.csv").exists)
    page.save_to(tmp_path / "sadd.doc")
    assert not (tmp_path / "sadd.doc").exists()
    assert page.let_go.isVisibleTo(page)


def test_a_clerk_reads_and_lets_nothing_go(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> None:
    page = Reports(surroundings(look, Role.CLERK))
    qtbot.addWidget(page)
    assert not page.let_go.isVisibleTo(page)
    assert page.which.findData("audit") < 0


def counted(rows: list[Row], chart: str = "bars") -> Table:
    columns = (
        Column("place", "Place", counts=False),
        Column("women", "Women"),
        Column("men", "Men"),
        Column("total", "Total", total=True),
    )
    return Table("made", "A table", columns, tuple(rows), chart=chart)


def test_a_picture_leaves_sums_parts_and_money_to_the_table() -> None:
    rows = [
        Row(("A", 7, None, 7)),
        Row(("of them", 1, 1, 2), part=True),
        Row(("dinars", 10**9, 0, 10**9), money=True),
        Row(("all", 7, 0, 7), total=True),
    ]
    shape = shape_of(counted(rows), Words("en"))
    assert shape == Shape("A table", ("A",), ("Women", "Men"), ((7,), (None,)), lines=False)
    assert said(shape, Words("en")) == "A, Women: 7; A, Men: hidden"
    assert shape_of(counted([]), Words("en")) is None
    assert shape_of(counted(rows, chart=""), Words("en")) is None


def test_a_picture_has_room_for_the_largest_and_says_how_many_it_left_out() -> None:
    rows = [Row((f"place {n}", n, 0, n)) for n in range(1, 21)]
    shape = shape_of(counted(rows), Words("en"))
    assert shape is not None
    assert (len(shape.names), shape.left_out) == (MOST_NAMES, 20 - MOST_NAMES)
    assert shape.names[-1] == "place 20"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lines", [False, True])
def test_a_picture_is_one_page_in_every_language(qtbot: QtBot, language: str, lines: bool) -> None:
    names = tuple(f"name {n}" for n in range(MOST_NAMES))
    values = (tuple(range(MOST_NAMES)), (None, *range(MOST_NAMES - 1)))
    shape = Shape("A title", names, ("Women", "Men"), values, lines)
    assert page_count(chart_pdf(shape, Words(language), practice=True)) == 1


def test_right_to_left_is_the_mirror_of_left_to_right(qtbot: QtBot) -> None:
    """The bars begin at the right: dark columns of one picture are those of the other, seen in a mirror."""
    shape = Shape("A title", ("",), ("one",), ((1,),), lines=False)

    def dark(language: str) -> list[int]:
        chart = Chart(Look(Words(language)))
        qtbot.addWidget(chart)
        chart.resize(600, 100)
        chart.show_shape(shape)
        image = chart.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        middle = image.height() // 2
        return [x for x in range(image.width()) if image.pixelColor(x, middle).lightness() < 128]

    left, right = dark("en"), dark("ar")
    assert len(left) > 100
    assert max(left) + min(right) == pytest.approx(599, abs=30)
