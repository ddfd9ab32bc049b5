"""A table for any number of rows: it holds one page of them, around what is looked at, and fetches the next as needed.

Its order comes as ids, or as a mere count where the list may be longer than anybody reads; sorting is asked of whoever
owns the query and done in SQL. Never put a QSortFilterProxyModel over it: sorting 50,000 rows in one takes 15 to 28
seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.keys import is_enter
from ui.theme import Look
from ui.widgets.row_drawing import WAITING, Cell, Column, RowDrawing

PAGE: Final = 50
"""Rows fetched at once and kept: two screens. Nobody's rows stay in memory who is not looked at."""

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Fetch: TypeAlias = Callable[[Sequence[Any], Callable[[Sequence[Any]], None]], None]
"""``fetch(ids, then)``: hand the rows of these ids, in their order, to ``then`` (at once or later)."""
Ids: TypeAlias = Callable[[int, int, Callable[[Sequence[Any]], None]], None]
"""``ids(first, most, then)``: hand at most so many ids of a list, from a place on, to ``then`` (at once or later)."""

_NOWHERE: Final = QModelIndex()
# plain numbers: Qt asks for some hundred roles at each paint, and hands them over as such
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_FOREGROUND: Final = int(Qt.ItemDataRole.ForegroundRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class PagedRows(QAbstractTableModel):
    """The model: knows how many rows there are, and holds those of one page around the row that was asked for last.

    ``page`` rows are fetched at once; whoever shows more than half of them on a screen makes room first.
    """

    def __init__(self, look: Look, columns: Sequence[Column], fetch: Fetch) -> None:
        super().__init__()
        self._look = look
        self._columns = columns
        self._fetch = fetch
        self._count = 0
        self._ids: Sequence[Any] | None = ()
        self._ask_ids: Ids | None = None
        self._page = PAGE
        self._first = 0
        self._held: Sequence[Any] = ()
        self._rows: Sequence[Any] = ()
        self._asked: int | None = None
        self._generation = 0
        self._asking = False

    def show_ids(self, ids: Sequence[Any]) -> None:
        """Show these rows, in this order."""
        self._begin(len(ids), ids, None)

    def show_count(self, count: int, ids: Ids) -> None:
        """Show so many rows, whose ids are asked for a page at a time."""
        self._begin(count, None, ids)

    def _begin(self, count: int, ids: Sequence[Any] | None, ask: Ids | None) -> None:
        self.beginResetModel()
        self._count, self._ids, self._ask_ids = count, ids, ask
        self._first, self._held, self._rows = 0, (), ()
        self._asked = None
        self._generation += 1
        self.endResetModel()

    def make_room(self, shown: int) -> None:
        """So many rows are on the screen: a page around any of them holds them all."""
        self._page = max(PAGE, 2 * shown)

    def id_at(self, row: int) -> Any | None:
        """The id of a row; None where only the count is known and its page is not here."""
        if self._ids is not None:
            return self._ids[row]
        within = row - self._first
        return self._held[within] if 0 <= within < len(self._held) else None

    def row_of(self, wanted: Any) -> int | None:
        """The place of an id in the list, None where it is not in it (or not in its page, if only that is known)."""
        try:
            return self._ids.index(wanted) if self._ids is not None else self._first + self._held.index(wanted)
        except ValueError:
            return None

    def row(self, place: int) -> Any | None:
        """A row if it is here; else its page is fetched and None is given."""
        if not self._first <= place < self._first + len(self._held):
            self._ask(place)
        within = place - self._first  # the fetch may have answered at once
        return self._rows[within] if 0 <= within < len(self._rows) else None

    def _ask(self, place: int) -> None:
        if not 0 <= place < self._count or (self._asked is not None and 0 <= place - self._asked < self._page):
            return
        first = max(min(place - self._page // 2, self._count - self._page), 0)
        self._asked, generation = first, self._generation

        def is_awaited() -> bool:
            return (generation, first) == (self._generation, self._asked)

        def take(ids: Sequence[Any], rows: Sequence[Any]) -> None:
            if not is_awaited():
                return
            self._asked = None
            self._first, self._held, self._rows = first, ids, rows
            if not self._asking and ids:  # whoever asked is just being drawn
                last = min(first + len(ids), self._count) - 1
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

        def fetch(ids: Sequence[Any]) -> None:
            if is_awaited():
                self._fetch(ids, lambda rows: take(ids, rows))

        self._asking = True
        if self._ask_ids is not None:
            self._ask_ids(first, self._page, fetch)
        elif self._ids is not None:
            fetch(self._ids[first : first + self._page])
        self._asking = False

    # Qt's names from here on

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """How many rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell; an ellipsis while its page is on the way."""
        if role in (_DISPLAY, _SPOKEN):
            row = self.row(index.row())
            return WAITING if row is None else self._columns[index.column()].cell(row)
        if role == _FOREGROUND:
            tone = self._columns[index.column()].tone
            row = self.row(index.row()) if tone is not None else None
            return QColor(self._look.colour(tone(row))) if tone is not None and row is not None else None
        if role == _ALIGNMENT:
            return _LEADING
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802 - Qt's own name
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == _ALIGNMENT:
            return _LEADING
        return None


class PagedTable(QTableView):
    """The table itself: fixed widths, one row chosen at a time, Enter opens it."""

    opened = Signal(object)
    """The id of the row that was opened by Enter or a double click."""
    picked = Signal(object)
    """The id of the row the keys stand on."""

    def __init__(
        self,
        look: Look,
        name: str,
        title: str,
        columns: Sequence[Column],
        fetch: Fetch,
        sort: Callable[[str, bool], None] | None = None,
    ) -> None:
        super().__init__()
        self._columns = columns
        self._sort = sort
        self.rows = PagedRows(look, columns, fetch)
        self.rows.setParent(self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._set_header(look)
        self._drawing = RowDrawing(look)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _set_header(self, look: Look) -> None:
        down = self.verticalHeader()
        down.setVisible(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(look.size(36))
        across = self.horizontalHeader()
        for header in (down, across):
            header.setObjectName(f"{self.objectName()}.header")
            header.setAccessibleName(self.accessibleName())
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for place, column in enumerate(self._columns):
            if column.width:
                self.setColumnWidth(place, look.size(column.width))
            else:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if self._sort is not None:
            across.setSectionsClickable(True)
            across.setSortIndicatorShown(True)
            across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            across.sortIndicatorChanged.connect(self._sort_by)

    def _sort_by(self, section: int, order: Qt.SortOrder) -> None:
        if self._sort is not None and 0 <= section < len(self._columns) and self._columns[section].sort:
            self._sort(self._columns[section].sort, order == Qt.SortOrder.DescendingOrder)

    def show_ids(self, ids: Sequence[Any]) -> None:
        """Show these rows and stand on the same id as before where it is still there, else on the first."""
        before = self.picked_id()
        self.rows.show_ids(ids)
        if ids:
            place = self.rows.row_of(before) if before is not None else None
            self.selectRow(place or 0)

    def show_count(self, count: int, ids: Ids) -> None:
        """Show so many rows of a list that may be longer than anybody reads, and stand on the same place as before."""
        before = max(self.currentIndex().row(), 0)
        self.rows.show_count(count, ids)
        if count:
            self.selectRow(min(before, count - 1))

    def selectRow(self, row: int) -> None:  # noqa: N802 - Qt's name
        """Stand on a row."""
        # where lines run right to left Qt's own looks for the first column at the viewport's far edge, finds none there
        # if the columns are narrower, and leaves no current row
        self.setCurrentIndex(self.rows.index(row, 0))

    def picked_id(self) -> Any | None:
        """The id of the row the keys stand on."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def neighbour(self, of: Any, step: int) -> Any | None:
        """The id ``step`` rows after ``of`` in this list, for next and previous family."""
        row = self.rows.row_of(of)
        if row is None or not 0 <= row + step < self.rows.rowCount():
            return None
        return self.rows.id_at(row + step)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows that are asked for."""
        painter = QPainter(self.viewport())
        try:
            self._draw_rows(painter, event.rect().top(), event.rect().bottom())
        finally:
            painter.end()  # whatever a column's words raise, the next paint can begin

    def _draw_rows(self, painter: QPainter, top: int, bottom: int) -> None:
        first = self.rowAt(top)
        if first < 0 or not self._columns:
            return
        self._drawing.begin(painter)
        cells = [
            Cell(column, self.columnViewportPosition(place), self.columnWidth(place))
            for place, column in enumerate(self._columns)
        ]
        height = self.rowHeight(first)  # every row's
        self.rows.make_room(self.viewport().height() // height + 2)
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        y = self.rowViewportPosition(first)
        for row in range(first, self.rows.rowCount()):
            if y > bottom:
                break
            self._drawing.draw(painter, cells, y, height, self.rows.row(row), chosen=row in chosen)
            y += height

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Say which row the keys stand on."""
        super().currentChanged(current, previous)
        picked = self.rows.id_at(current.row()) if current.isValid() else None
        if picked is not None:
            self.picked.emit(picked)

    def _open(self, row: int) -> None:
        found = self.rows.id_at(row) if row >= 0 else None
        if found is not None:
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; everything else moves."""
        if is_enter(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)
