"""Draws the rows of a paged table: ground of the chosen one, line below, words.

By hand and by the row, because Qt's own way sends every cell through the style sheet and lays its words out at each
paint: three times the time. It reads rows and never asks for any, and it knows no model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText, QTextOption, QTransform

from ui.theme import Look

WAITING: Final = "\u2026"
"""What stands in a cell whose page is on the way."""
TEXTS_KEPT: Final = 4096
_INKS: Final = ("ink", "quiet", "action", "good", "careful", "stop")
"""Tones a column may give its words."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``width`` is in pixels at 100 %, 0 for the one that takes the rest; ``sort`` is the key handed to the query, ""
    where it cannot be sorted by; ``ltr`` is for numbers, phones, dates and Latin names.
    """

    title: str
    width: int
    cell: Callable[[Any], str]
    sort: str = ""
    ltr: bool = False
    tone: Callable[[Any], str] | None = None


class Cell(NamedTuple):
    """Where a column stands in every row of one paint, in pixels of the viewport."""

    column: Column
    x: int
    width: int


class RowDrawing:
    """Draws rows with one look. Words that were laid out once are only put down again, until others crowd them out."""

    def __init__(self, look: Look) -> None:
        self._inks = {tone: QColor(look.colour(tone)) for tone in _INKS}
        self._chosen, self._line = QColor(look.colour("chosen")), QColor(look.colour("line"))
        self._margin = look.size(8)
        self._right_to_left = look.right_to_left
        along = Qt.LayoutDirection.RightToLeft if look.right_to_left else Qt.LayoutDirection.LeftToRight
        # a number, phone or date keeps its own direction in any line, or +964... would stand backwards
        self._blanks = {False: _one_line(along), True: _one_line(Qt.LayoutDirection.LeftToRight)}
        self._font, self._sharpness = QFont(), 0.0
        self._metrics = QFontMetrics(self._font)
        self._transform = QTransform()
        self._laid_out = lru_cache(TEXTS_KEPT)(self._lay_out)

    def begin(self, painter: QPainter) -> None:
        """Call before the rows of a paint: what was laid out for another font or screen is forgotten."""
        font, sharpness = painter.font(), painter.device().devicePixelRatioF()
        if font != self._font or sharpness != self._sharpness:
            self._font, self._sharpness = font, sharpness
            self._metrics = QFontMetrics(font)
            self._transform = QTransform.fromScale(sharpness, sharpness)
            self._laid_out.cache_clear()

    def draw(self, painter: QPainter, cells: Sequence[Cell], y: int, height: int, row: Any, *, chosen: bool) -> None:
        """One row, ``height`` pixels from ``y`` down; ``row`` is None while its page is on the way."""
        left = min(cell.x for cell in cells)
        right = max(cell.x + cell.width for cell in cells)
        if chosen:
            painter.fillRect(left, y, right - left, height, self._chosen)
        painter.fillRect(left, y + height - 1, right - left, 1, self._line)
        pen = ""
        for column, x, width in cells:
            text = WAITING if row is None else column.cell(row)
            room = width - 2 * self._margin
            if not text or room <= 0:
                continue
            tone = column.tone(row) if column.tone is not None and row is not None and not chosen else "ink"
            if tone != pen:
                pen = tone
                painter.setPen(self._inks[tone])
            words, words_width, words_height = self._laid_out(text, column.ltr, room)
            begin = room - words_width if self._right_to_left else 0.0
            painter.drawStaticText(QPointF(x + self._margin + begin, y + (height - words_height) / 2), words)

    def _lay_out(self, text: str, ltr: bool, room: int) -> tuple[QStaticText, float, float]:
        # what does not fit ends in an ellipsis
        words = self._prepared(text, ltr)
        if words.size().width() > room:
            words = self._prepared(self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room), ltr)
        size = words.size()
        return words, size.width(), size.height()

    def _prepared(self, text: str, ltr: bool) -> QStaticText:
        words = QStaticText(self._blanks[ltr])
        words.setText(text)
        words.prepare(self._transform, self._font)
        return words


def _one_line(direction: Qt.LayoutDirection) -> QStaticText:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(direction)
    blank = QStaticText()
    blank.setTextFormat(Qt.TextFormat.PlainText)
    blank.setTextOption(option)
    return blank
