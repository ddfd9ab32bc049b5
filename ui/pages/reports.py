"""Reports: one at a time, its picture and its table one key apart, printed, or let go as a file by a supervisor.

What is on the screen is exact. What is printed or saved has its small numbers hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from helpdesk.core.language import isolate_ltr
from helpdesk.reports.asked import Asking
from helpdesk.reports.exporting import Left, export, form_of, written
from helpdesk.reports.people import BANDS
from helpdesk.reports.registry import REPORTS, table_of
from helpdesk.reports.table import Row, Table
from helpdesk.reports.writing import shown
from ui.charts.chart import Chart, chart_pdf
from ui.charts.shape import shape_of
from ui.forms.save_as import ask_where, put
from ui.pages.base import Action, Page
from ui.printing import Paper
from ui.widgets.choices import ChoiceRow
from ui.widgets.fields import Field, NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import button, clear, label

LONGEST = 200
NARROWEST, WIDEST, A_LETTER = 90, 260, 9
"""Pixels of a column at 100 %: as wide as its heading needs."""
_BANDED = "sadd"


class Reports(Page):
    """Opened with nothing, or with the name of a report."""

    name: ClassVar[str] = "reports"
    scrolls: ClassVar[bool] = False

    def build(self) -> None:
        """What to ask above, the answer below."""
        look, words = self.look, self.words
        self._table: Table | None = None
        self.which = QComboBox()
        self.which.setObjectName("reportWhich")
        self.which.setAccessibleName(words("Report"))
        role = self.around.seat.role
        for report in REPORTS.values():
            if role in report.roles:
                self.which.addItem(words(report.title), report.name)
        self.periods = NameEdit(look, "reportPeriods", longest=LONGEST)
        self.bands = ChoiceRow(look, "reportBands", words("Age bands"), self._band_sets())
        self.bands.choose(next(iter(BANDS)))
        self.views = ChoiceRow(
            look, "reportViews", words("Show as"), (("TABLE", words("Table")), ("PICTURE", words("Picture")))
        )
        self.views.choose("PICTURE")
        asks = QHBoxLayout()
        asks.addWidget(Field(look, words("Report"), self.which), 2, Qt.AlignmentFlag.AlignTop)
        hint = words("Such as 2020-2021, 2022, 2023 or 2026-03-01..2026-03-31")
        asks.addWidget(Field(look, words("Periods"), self.periods, hint=hint), 3)
        self.facts = label("", role="quiet", name="reportFacts")
        self.place = QVBoxLayout()
        self.notes = label("", role="small", name="reportNotes")
        self.body.addLayout(asks)
        self.body.addWidget(self.bands)
        self.body.addWidget(self._acts())
        self.body.addWidget(self.facts)
        self.body.addLayout(self.place, 1)
        self.body.addWidget(self.notes)
        self.which.currentIndexChanged.connect(lambda _: self.refresh())
        self.periods.editingFinished.connect(self.refresh)
        self.bands.changed.connect(lambda _: self.refresh())
        self.views.changed.connect(lambda _: self._show())

    def _band_sets(self) -> tuple[tuple[str, str], ...]:
        digits = self.words.digits
        return tuple((name, isolate_ltr(", ".join(digits(band) for band, _ in bands))) for name, bands in BANDS.items())

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.views)
        row.addStretch(1)
        self.paper = button(words("Print"), look, self.print_pressed, icon_name="print", name="reportPaper")
        self.let_go = button(words("Save as a file"), look, self._save, icon_name="save", name="reportSave")
        self.let_go.setVisible(self.around.may(export))
        row.addWidget(self.paper)
        row.addWidget(self.let_go)
        return acts

    def title(self) -> str:
        """The page's title."""
        return self.words("Reports")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Choose a report and the days it shall cover. F3 changes between picture and table, F6 prints. Numbers on "
            "the screen are exact; what is printed or saved hides small ones, so that nobody can be recognised."
        )

    def main_action(self) -> Action | None:
        """Nothing is done here; it is read."""
        return None

    def first_field(self) -> QWidget | None:
        """Which report."""
        return self.which

    def open(self, subject: Any = None) -> None:
        """Show a report."""
        self.subject = subject
        place = self.which.findData(subject) if subject else -1
        if place >= 0 and place != self.which.currentIndex():
            self.which.setCurrentIndex(place)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Count again."""
        name = self._name()
        if name:
            self.bands.setVisible(name == _BANDED)
            self.read(table_of, name, self._asking(leaves=False), then=self._take, newest="report")

    def _name(self) -> str:
        return str(self.which.currentData() or "")

    def _asking(self, *, leaves: bool) -> Asking:
        return Asking(self.words, self.periods.value(), bands=self.bands.chosen or next(iter(BANDS)), leaves=leaves)

    def _take(self, table: Table) -> None:
        self.quiet()
        self._table = table
        separator = "   "
        self.facts.setText(separator.join(f"{name}: {value}" for name, value in table.facts))
        self.notes.setText("\n".join(table.notes))
        self.notes.setVisible(bool(table.notes))
        self._show()

    def sections_pressed(self) -> None:
        """F3: from the picture to the table and back."""
        self.views.choose("TABLE" if self.views.chosen == "PICTURE" else "PICTURE")
        self._show()

    def _show(self) -> None:
        table = self._table
        if table is None:
            return
        clear(self.place)
        shape = shape_of(table, self.words)
        self.views.setVisible(shape is not None)
        if not table.rows:
            self.place.addWidget(label(self.words("Nothing is recorded of these days."), name="reportEmpty"))
            self.place.addStretch(1)
        elif shape is not None and self.views.chosen == "PICTURE":
            chart = Chart(self.look)
            chart.show_shape(shape)
            self.place.addWidget(self._scrolled(chart), 1)
            if shape.left_out:
                more = self.words.plural("{n} further line stands in the table.",
                                         "{n} further lines stand in the table.", shape.left_out)  # fmt: skip
                self.place.addWidget(label(more, role="quiet", name="reportLeftOut"))
        else:
            self.place.addWidget(self._rows(table), 1)

    def _scrolled(self, chart: Chart) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("chartArea")
        area.setAccessibleName(self.words("Picture"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # a picture keeps its width
        chart.resize(1, chart.height())  # the area makes it as wide as there is room, and never wider
        area.setWidget(chart)
        return area

    def _rows(self, table: Table) -> PagedTable:
        words = self.words
        columns = [
            Column(
                column.heading,
                0 if place == 0 else min(WIDEST, max(NARROWEST, len(column.heading) * A_LETTER)),
                partial(self._cell, place),
                ltr=column.counts,
            )
            for place, column in enumerate(table.columns)
        ]

        def fetch(ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
            then([(one, table.rows[one]) for one in ids])

        made = PagedTable(self.look, "reportTable", words(REPORTS[table.name].title), columns, fetch)
        made.show_ids(range(len(table.rows)))
        return made

    def _cell(self, place: int, row: tuple[int, Row]) -> str:
        number, told = row
        sign = self._table.mark(number, place) if self._table is not None else ""
        return shown(told.cells[place], self.words, sign)

    def print_pressed(self) -> None:
        """F6: the table, or its picture."""
        name = self._name()
        if name:
            self.read(table_of, name, self._asking(leaves=True), then=self._paper)

    def _paper(self, table: Table) -> None:
        words, practice = self.words, self.around.seat.practice
        shape = shape_of(table, words)

        def draw(place: int) -> bytes:
            if place and shape is not None:
                return chart_pdf(shape, words, practice=practice)
            return written(table, "pdf", words, practice=practice)

        layouts = (words("Table"), words("Picture")) if shape is not None else ()
        self.around.go("paper", Paper(table.title, draw(0), may_save=False, layouts=layouts, draw=draw))

    def _save(self) -> None:
        name = self._name()
        path = ask_where(self, self.words("Save as a file, not encrypted, small numbers hidden"), name)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Let the report leave as a file: the supervisor has chosen where to."""
        name, practice = self._name(), self.around.seat.practice
        try:
            form = form_of(path.suffix)
        except Refusal as refusal:
            self.show_failure(refusal)
            return
        self.write(export, name, self._asking(leaves=True), form, practice, then=partial(self._write, path))

    def _write(self, path: Path, left: Left) -> None:
        self.around.work.apart(self, partial(put, path, left.data), then=self._saved)

    def _saved(self, path: Path) -> None:
        said = self.words("Saved as {file}. It is not encrypted; small numbers are hidden in it.", file=path.name)
        self.say("careful", said)
