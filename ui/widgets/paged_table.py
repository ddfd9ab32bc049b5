"""A table for any number of rows: an array of ids, and a small cache of pages fetched as they are looked at.

Sorting is asked of whoever owns the query and done in SQL. Never put a QSortFilterProxyModel over it: sorting 50,000
rows in one takes 15 to 28 seconds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.keys import is_enter
from ui.theme import Look
from ui.widgets.row_drawing import WAITING, Cell, Column, RowDrawing

PAGE: Final = 50
"""Rows fetched at once: two screens."""
PAGES_KEPT: Final = 3
"""What a screen shows, and its neighbours: nobody's rows stay in memory who is not looked at."""

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Fetch: TypeAlias = Callable[[Sequence[Any], Callable[[Sequence[Any]], None]], None]
"""``fetch(ids, then)``: hand the rows of these ids, in their order, to ``then`` (at once or later)."""

_NOWHERE: Final = QModelIndex()
# plain numbers: Qt asks for some hundred roles at each paint, and hands them over as such
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_FOREGROUND: Final = int(Qt.ItemDataRole.ForegroundRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class PagedRows(QAbstractTableModel):
    """The model: knows ids, asks for rows by the page, forgets pages nobody looked at for long."""

    def __init__(self, look: Look, columns: Sequence[Column], fetch: Fetch) -> None:
        super().__init__()
        self._look = look
        self._columns = columns
        self._fetch = fetch
        self._ids: Sequence[Any] = ()
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0
        self._asking = False

    def show_ids(self, ids: Sequence[Any]) -> None:
        """Show these rows, in this order."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._asked.clear()
        self._generation += 1
        self.endResetModel()

    def id_at(self, row: int) -> Any:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, wanted: Any) -> int | None:
        """The place of an id in the list, None where it is not in it."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return None

    def row(self, place: int) -> Any | None:
        """A row if its page is here; else it is fetched and None is given."""
        page = place // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            rows = self._pages.get(page)  # the fetch may have answered at once
            if rows is None:
                return None
        self._pages.move_to_end(page)
        within = place % PAGE
        return rows[within] if within < len(rows) else None

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        generation = self._generation

        def take(rows: Sequence[Any]) -> None:
            if generation != self._generation:
                return
            self._asked.discard(page)
            self._pages[page] = rows
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
            if self._asking:  # whoever asked is just being drawn
                return
            first, last = page * PAGE, min(page * PAGE + len(rows), len(self._ids)) - 1
            if last >= first:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

        self._asking = True
        self._fetch(self._ids[page * PAGE : (page + 1) * PAGE], take)
        self._asking = False

    # Qt's names from here on

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """How many rows."""
        return 0 if parent.isValid() else len(self._ids)

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
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.id_at(index.row())))

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
        if current.isValid():
            self.picked.emit(self.rows.id_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; everything else moves."""
        if is_enter(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.currentIndex().isValid():
                self.opened.emit(self.rows.id_at(self.currentIndex().row()))
            return
        super().keyPressEvent(event)
