"""The chart of a table in the window, and the same picture as a page of paper.

A screen reader hears every name and number; whoever sees neither has the table, one key away.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import QSizePolicy, QWidget

from helpdesk.core.language import Words
from ui.charts.drawing import Ground, Inks, draw, height_of
from ui.charts.shape import Shape
from ui.theme import FAMILY, Look

_DPI = 300
_MARGIN_MM = 14.0
_INK = "#000000"
_BAR = "#5A5A5A"


class Chart(QWidget):
    """One picture; :meth:`show_shape` changes it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shape: Shape | None = None
        self.setObjectName("chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shape(self, shape: Shape | None) -> None:
        """Show this picture, or nothing."""
        self._shape = shape
        if shape is not None:
            self.setAccessibleName(shape.title)
            self.setAccessibleDescription(said(shape, self._look.words))
            self.setFixedHeight(round(height_of(shape, QFontMetricsF(self.font()).height())))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        return QSize(self._look.size(600), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        if self._shape is None:
            return
        look = self._look
        inks = Inks(QColor(look.colour("ink")), QColor(look.colour("action")), QColor(look.colour("line")))
        painter = QPainter(self)
        draw(painter, self._shape, Ground(QRectF(self.rect()), self.font(), inks, look.words))
        painter.end()


def said(shape: Shape, words: Words) -> str:
    """The picture in words."""
    parts = [
        words("{name}, {series}: {count}", name=name, series=series,
              count=words("hidden") if values[at] is None else words.digits(values[at]))
        for at, name in enumerate(shape.names)
        for series, values in zip(shape.series, shape.values, strict=True)
    ]  # fmt: skip
    return "; ".join(parts)


def chart_pdf(shape: Shape, words: Words, *, practice: bool) -> bytes:
    """The picture on A4, in black and greys. Any thread may call it."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setCreator("Help Desk")
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    dots = _DPI / 25.4
    painter = QPainter(writer)
    box = QRectF(_MARGIN_MM * dots, _MARGIN_MM * dots, (210 - 2 * _MARGIN_MM) * dots, (297 - 2 * _MARGIN_MM) * dots)
    inks = Inks(QColor(_INK), QColor(_BAR), QColor(_BAR))
    title, text = _font(13, bold=True), _font(9)
    high = QFontMetricsF(title).height() * 2.6
    below = box.adjusted(0, high, 0, 0)
    wanted = height_of(shape, QFontMetricsF(text).height())
    if wanted > below.height():
        text.setPixelSize(max(1, int(text.pixelSize() * below.height() / wanted)))
    heading = [shape.title, *([words("PRACTICE - not valid, for training only")] if practice else [])]
    side = Qt.AlignmentFlag.AlignRight if words.direction == "rtl" else Qt.AlignmentFlag.AlignLeft
    painter.setFont(title)
    painter.setPen(QColor(_INK))
    flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    painter.drawText(QRectF(box.left(), box.top(), box.width(), high), flags, "\n".join(heading))
    below.setHeight(min(below.height(), wanted))
    draw(painter, shape, Ground(below, text, inks, words))
    painter.end()
    buffer.close()
    return bytes(kept.data())


def _font(points: float, *, bold: bool = False) -> QFont:
    # in dots of the page: what is measured must not follow the screen's own resolution
    font = QFont(FAMILY)
    font.setPixelSize(round(points * _DPI / 72))
    font.setBold(bold)
    return font
