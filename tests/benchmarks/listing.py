"""A list of all households painted, against an empty paged table; and how long the window's own thread stands still.

The tables are built, shown and painted in turns in one process with the program's look in Arabic. Ours fetches the
page it shows from the full store and shows other families in every round, so that no words were ever laid out before.
What decides is the bare thing, as everywhere here: Qt's own table with its own cells, paged over the same list by the
same query, its cells empty. It does not get slower or faster with our own code. Beside it stand, and decide nothing,
our own table with empty cells and with no rows at all: what they lack is the page's words, and laying out one screen
of Arabic words costs Qt more than a third of making and painting a whole table without rows, whoever asks for it.
As a program of its own (``python -m tests.benchmarks.listing FOLDER``) it is that process, because Qt wants the first
thread of one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.exchange import batches
from helpdesk.households import commands, queries
from helpdesk.opening import Desk
from tests.benchmarks.families import of_six
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured, Pair, in_turns, run
from tests.benchmarks.painted import when_painted
from ui.theme import Look, application, dress
from ui.widgets.paged_table import PAGE, Fetch, Index, PagedTable
from ui.widgets.row_drawing import Column
from ui.work import Running, Work

ROUNDS = 25
UNMEASURED = 3
ROW_HEIGHT = 36
NOWHERE: Final = QModelIndex()
LIMIT = 1.3
LIMIT_MS = 100.0
BEAT_MS = 2
IDLE_MS = 2000
SEARCHES = 60
FAMILIES = 20


def measure(programme: Programme) -> list[Measured]:
    """What the process found."""
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = run([sys.executable, "-m", "tests.benchmarks.listing", str(programme.folder)], offscreen).said
    return [Measured(**line) for line in json.loads(said)]  # Infinity passes, both ends are Python


def _columns(words: Words) -> list[Column]:
    # what the page of families shows
    return [
        Column(words("Number"), 150, lambda line: household_number_shown(line.number), "number", ltr=True),
        Column(words("Name on the card"), 0, lambda line: line.principal, "name"),
        Column(words("People"), 80, lambda line: words.digits(line.persons), "persons"),
        Column(words("Camp or site"), 190, lambda line: line.site or "", "site"),
        Column(words("Shelter"), 120, lambda line: line.shelter, "shelter"),
        Column(words("Registered"), 150, lambda line: words.date(line.registered_on), "registered_on"),
    ]


class _BareRows(QAbstractTableModel):
    """The least a paged model can be: so many rows, their page fetched when one is asked for, nothing to show."""

    def __init__(self, ids: Sequence[str], titles: Sequence[str], fetch: Fetch) -> None:
        super().__init__()
        self._ids = ids
        self._titles = titles
        self._fetch = fetch
        self._pages: dict[int, Sequence[Any]] = {}

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        page = index.row() // PAGE
        if page not in self._pages:
            self._fetch(self._ids[page * PAGE : (page + 1) * PAGE], partial(self._pages.__setitem__, page))
        return ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if across else None


def _bare(ids: Sequence[str], columns: Sequence[Column], fetch: Fetch) -> QTableView:
    # set up as ours is, before there are rows, which is the cheaper order
    table = QTableView()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    down, across = table.verticalHeader(), table.horizontalHeader()
    down.setVisible(False)
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setDefaultSectionSize(ROW_HEIGHT)
    rows = _BareRows(ids, [column.title for column in columns], fetch)
    rows.setParent(table)
    table.setModel(rows)
    across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    for place, column in enumerate(columns):
        if column.width:
            table.setColumnWidth(place, column.width)
        else:
            across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
    table.setCurrentIndex(rows.index(0, 0))
    return table


class _Tables:
    """Makes, shows and paints tables over one full store."""

    def __init__(self, app: QApplication, look: Look, desk: Desk) -> None:
        self._app, self._look, self._desk = app, look, desk
        ids = desk.ask(queries.household_ids)
        self.count = len(ids)
        # every round begins the list with a page that no round showed before
        self.lists = [[*ids[turn * PAGE :], *ids[: turn * PAGE]] for turn in range(UNMEASURED + ROUNDS)]
        self.columns = _columns(look.words)
        self.blank = [replace(column, cell=lambda _line: "") for column in self.columns]

    def _fetch(self, wanted: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        found = self._desk.ask(queries.lines, wanted)
        then([found[household] for household in wanted])

    def ours(self, ids: Sequence[str], columns: Sequence[Column]) -> QTableView:
        """The program's table."""
        table = PagedTable(self._look, "families", "Families", columns, self._fetch)
        table.show_ids(ids)
        return table

    def bare(self, ids: Sequence[str]) -> QTableView:
        """Qt's table."""
        return _bare(ids, self.columns, self._fetch)

    def paint(self, make: Callable[[], QTableView]) -> None:
        """Make a table, show it, and come back when it has been painted."""
        table = self.show(make)
        table.close()
        table.deleteLater()

    def show(self, make: Callable[[], QTableView]) -> QTableView:
        """Make a table and show it painted."""
        table = make()
        table.resize(1198, 648)
        loop = QEventLoop()
        when_painted(self._app, table.viewport(), loop.quit)
        table.show()
        loop.exec()
        return table


def _painting(app: QApplication, look: Look, programme: Programme) -> list[Measured]:
    desk = programme.open_desk()
    tables = _Tables(app, look, desk)

    def full(turn: int) -> None:
        tables.paint(lambda: tables.ours(tables.lists[turn], tables.columns))

    def against(make: Callable[[Sequence[str]], QTableView]) -> Pair:
        return in_turns(
            ROUNDS, full, lambda turn: tables.paint(lambda: make(tables.lists[turn])), unmeasured=UNMEASURED
        )

    bare = against(tables.bare)
    empty_cells = against(lambda ids: tables.ours(ids, tables.blank))
    no_rows = against(lambda _ids: tables.ours([], tables.columns))
    one_page = against(lambda ids: tables.ours(ids[:PAGE], tables.columns))
    shown = tables.show(lambda: tables.ours(tables.lists[0], tables.columns))
    floor = tables.show(lambda: tables.bare(tables.lists[0]))
    again = in_turns(ROUNDS, lambda _: shown.viewport().repaint(), lambda _: floor.viewport().repaint())
    shown.close()
    floor.close()
    desk.close()
    return [
        bare.measured(f"list of {tables.count:,} households painted", LIMIT),
        again.measured("  painted again, both", LIMIT),
        empty_cells.measured("  beside our table with empty cells", inf),
        no_rows.measured("  beside our table without rows", inf),
        one_page.measured("  beside a list of one page", inf),
    ]


class _Owner(QWidget):
    # who asks the store's thread
    def show_failure(self, error: Exception) -> None:
        raise error

    def show_running(self, running: Running) -> None:
        """Nothing shows it here."""


def _blocked(app: QApplication, programme: Programme) -> Measured:
    # a beat every few milliseconds in the window's thread, while the store's thread does everything it can
    work, owner, loop, beats = Work(), _Owner(), QEventLoop(), []
    timer = QTimer(interval=BEAT_MS)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    forms = of_six()
    ready = [next(forms) for _ in range(FAMILIES)]
    timer.start()
    QTimer.singleShot(IDLE_MS, loop.quit)
    loop.exec()
    idle = _longest(beats)  # what the machine itself does to a thread that only waits
    beats.clear()
    work.open(owner, programme.open_desk)
    for form in ready:
        work.write(owner, commands.register, form)
        name = form.members[0].given_name
        for _ in range(SEARCHES // FAMILIES):
            work.read(owner, queries.find, name, then=lambda _found: None)
    work.read(owner, queries.household_ids, "name", then=lambda _ids: None)
    work.long(
        owner, lambda desk, progress: batches.export(desk, desk.folder, None, progress), then=lambda _: loop.quit()
    )
    loop.exec()
    timer.stop()
    assert work.close(60)
    longest = _longest(beats)
    return Measured(
        "window's thread blocked at most", f"{idle:.0f} ms idle", f"{longest:.0f} ms", longest, LIMIT_MS, "ms"
    )


def _longest(beats: Sequence[float]) -> float:
    # the longest time between two beats, in milliseconds
    return 1000 * max(later - earlier for earlier, later in pairwise(beats))


def main() -> None:
    """Measure in this process; the answer is JSON on stdout."""
    app = application(sys.argv[0])
    look = Look(Words("ar"))
    dress(app, look)
    programme = Programme(Path(sys.argv[1]))
    print(json.dumps([asdict(line) for line in (*_painting(app, look, programme), _blocked(app, programme))]))


if __name__ == "__main__":
    main()
