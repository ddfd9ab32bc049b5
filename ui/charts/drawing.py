"""Draws a chart with QPainter on whatever is handed to it: a window, a picture or a page of paper.

Every bar and point bears its number, every series its name at its own sign; patterns and dashes tell series apart, so
that a grey print reads like the screen. In a right-to-left language the picture runs from the right. No grid, no
shadow, no depth: a bar's length is its count, from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from helpdesk.core.language import Words
from ui.charts.shape import Shape

_PATTERNS: Final = (
    Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense6Pattern, Qt.BrushStyle.NoBrush,
)  # fmt: skip
_DASHES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_NAMES: Final = 0.34
"""The share of the width that names of bars may take."""


@dataclass(frozen=True)
class Inks:
    """The colours of a picture: words, the bars' own, and thin lines."""

    ink: QColor
    bars: QColor
    line: QColor


@dataclass(frozen=True)
class Ground:
    """Where and how to draw: the box, the font, the colours, the words and the direction."""

    box: QRectF
    font: QFont
    inks: Inks
    words: Words

    @property
    def mirrored(self) -> bool:
        """Whether it runs from the right."""
        return self.words.direction == "rtl"

    def placed(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A box by its distance from the side where reading begins."""
        left = self.box.right() - x - width if self.mirrored else self.box.left() + x
        return QRectF(left, self.box.top() + y, width, height)


def height_of(shape: Shape, line: float) -> float:
    """How high a picture wants to be, of lines of text of a height."""
    if shape.lines:
        return line * 16
    return line * (1.6 + len(shape.names) * (len(shape.series) * 1.15 + 0.6)) + _key_height(shape, line)


def draw(painter: QPainter, shape: Shape, ground: Ground) -> None:
    """The whole picture, inside the box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(ground.font)
    line = QFontMetricsF(ground.font).height()
    top = _key(painter, shape, ground, line)
    if shape.lines:
        _lines(painter, shape, ground, line, top)
    else:
        _bars(painter, shape, ground, line, top)


def _key_height(shape: Shape, line: float) -> float:
    return line * 1.5 * len(shape.series) if len(shape.series) > 1 else 0.0


def _key(painter: QPainter, shape: Shape, ground: Ground, line: float) -> float:
    # one series needs no name: it is what the title says
    if len(shape.series) == 1:
        return line * 0.4
    for place, name in enumerate(shape.series):
        y = place * line * 1.5
        sign = ground.placed(0, y + line * 0.2, line * 1.6, line * 0.8)
        if shape.lines:
            painter.setPen(_stroke(ground, place, line))
            painter.drawLine(QPointF(sign.left(), sign.center().y()), QPointF(sign.right(), sign.center().y()))
        else:
            _fill(painter, ground, place, sign)
        _write(painter, ground, ground.placed(line * 2.1, y, ground.box.width() - line * 2.1, line * 1.2), name)
    return _key_height(shape, line)


def _bars(painter: QPainter, shape: Shape, ground: Ground, line: float, top: float) -> None:
    names = ground.box.width() * _NAMES
    room = ground.box.width() - names - line * 5  # behind the longest bar stands its number
    y = top + line * 0.4
    for at, name in enumerate(shape.names):
        high = len(shape.series) * line * 1.15
        _write(painter, ground, ground.placed(0, y, names - line * 0.6, high), name, far=True)
        for place, values in enumerate(shape.values):
            value = values[at]
            width = room * (value or 0) / shape.highest
            bar = ground.placed(names, y + place * line * 1.15 + line * 0.1, width, line * 0.95)
            if value:
                _fill(painter, ground, place, bar)
            number = ground.placed(names + width + line * 0.3, bar.top() - ground.box.top(), line * 5, bar.height())
            _write(painter, ground, number, _number(value, ground.words))
        y += high + line * 0.6
    painter.setPen(QPen(ground.inks.line, max(1.0, line * 0.05)))
    edge = ground.placed(names, 0, 0, 0).left()
    painter.drawLine(QPointF(edge, ground.box.top() + top), QPointF(edge, ground.box.top() + y))


def _lines(painter: QPainter, shape: Shape, ground: Ground, line: float, top: float) -> None:
    side = line * 2
    width, high = ground.box.width() - 2 * side, ground.box.height() - top - line * 4
    step = width / max(1, len(shape.names) - 1)

    def point(at: int, value: int) -> QPointF:
        spot = ground.placed(side + at * step, top + line * 1.6 + high * (1 - value / shape.highest), 0, 0)
        return spot.topLeft()

    painter.setPen(QPen(ground.inks.line, max(1.0, line * 0.05)))
    painter.drawLine(point(0, 0), point(max(1, len(shape.names) - 1), 0))
    for place, values in enumerate(shape.values):
        known = [(at, point(at, value)) for at, value in enumerate(values) if value is not None]
        painter.setPen(_stroke(ground, place, line))
        for (before, start), (after, end) in pairwise(known):
            if after == before + 1:  # across a hidden number nothing is known
                painter.drawLine(start, end)
        painter.setBrush(QBrush(ground.inks.bars))
        for at, spot in known:
            painter.drawEllipse(spot, line * 0.16, line * 0.16)
            if place == 0 or values[at] == shape.highest:
                box = QRectF(spot.x() - line * 1.5, spot.y() - line * 1.3, line * 3, line)
                _write(painter, ground, box, _number(values[at], ground.words), middle=True)
    every = max(1, round(len(shape.names) * line * 3.4 / max(width, 1)))
    for at, name in enumerate(shape.names):
        if at % every == 0:
            spot = point(at, 0)
            box = QRectF(spot.x() - line * 2, spot.y() + line * 0.3, line * 4, line * 1.2)
            _write(painter, ground, box, name, middle=True)


def _stroke(ground: Ground, place: int, line: float) -> QPen:
    return QPen(ground.inks.bars, max(1.5, line * 0.12), _DASHES[place % len(_DASHES)])


def _fill(painter: QPainter, ground: Ground, place: int, box: QRectF) -> None:
    painter.setPen(QPen(ground.inks.bars, max(1.0, box.height() * 0.06)))
    painter.setBrush(QBrush(ground.inks.bars, _PATTERNS[place % len(_PATTERNS)]))
    painter.drawRect(box)


def _write(
    painter: QPainter, ground: Ground, box: QRectF, text: str, *, far: bool = False, middle: bool = False
) -> None:
    # far: towards the end of the line, against what stands behind it
    painter.setPen(QPen(ground.inks.ink))
    begin = Qt.AlignmentFlag.AlignRight if ground.mirrored != far else Qt.AlignmentFlag.AlignLeft
    across = Qt.AlignmentFlag.AlignHCenter if middle else begin | Qt.AlignmentFlag.AlignAbsolute
    flags = int(across | Qt.AlignmentFlag.AlignVCenter)
    if not middle and box.height() > QFontMetricsF(ground.font).height() * 1.9:
        flags |= int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box, flags, text)
    else:
        metrics = QFontMetricsF(ground.font)
        painter.drawText(box, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 1.0)))


def _number(value: int | None, words: Words) -> str:
    if value is None:
        return words("hidden")
    return words.digits(f"{value:,}".replace(",", "\u2009"))
