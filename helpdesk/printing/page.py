"""Pages of the sizes we print on, and drawing on them in millimetres from the start side and the top.

The start side is left in English and right in Arabic and Kurdish, so one layout serves both directions. Every
page can be made again byte for byte, says nothing about people in its properties, and on a practice desk says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from math import atan2, degrees, hypot
from typing import Any, Final, Literal

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from helpdesk.core.language import Words
from helpdesk.printing.qr import QUIET, Symbol
from helpdesk.printing.text import ASCENT, DESCENT, Direction, Setting, Style, fit, fit_line, operators, set_line

# ReportLab reads this from its module alone. ASCII85 makes a page a fifth larger and slower for nothing.
rl_config.useA85 = 0

POINT: Final = 72 / 25.4
"""Points to the millimetre."""

Vertical = Literal["top", "middle", "bottom"]
Offset = tuple[float, float]
"""Millimetres by which a printer must be pushed to the right and down to hit the paper (the ruler page tells)."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """Millimetres."""

    width: float
    height: float


A4: Final = PageSize(210, 297)
A6: Final = PageSize(105, 148)
CR80: Final = PageSize(85.6, 54)


def roll(height: float) -> PageSize:
    """A receipt of 80 mm thermal paper, cut at ``height``; printers leave 4 mm at both sides white."""
    return PageSize(80, height)


@dataclass(frozen=True, slots=True)
class Box:
    """A place in an area: millimetres from its start side and from its top."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where the box ends, from the area's top."""
        return self.y + self.height


class Area:
    """A rectangle of paper to draw on. Nothing drawn by it knows left from right, only start from end."""

    def __init__(self, canvas: Any, left: float, top: float, size: PageSize, direction: Direction) -> None:
        self.size = size
        self.direction = direction
        self._canvas = canvas
        self._left = left  # points from the canvas origin
        self._top = top

    @property
    def box(self) -> Box:
        """The whole of the area."""
        return Box(0, 0, self.size.width, self.size.height)

    def part(self, box: Box) -> Area:
        """A smaller area, with its own start side and top."""
        left, _bottom, _width, _height = self._points(box)
        return Area(self._canvas, left, self._top - box.y * POINT, PageSize(box.width, box.height), self.direction)

    def place(self, form: str) -> None:
        """Show a static part (made by :meth:`Sheet.form` in this area's size)."""
        self._canvas.saveState()
        self._canvas.translate(self._left, self._top - self.size.height * POINT)
        self._canvas.doForm(form)
        self._canvas.restoreState()

    def text(
        self, box: Box, text: str, style: Style, *, vertical: Vertical = "top", own_direction: bool = False
    ) -> float:
        """Text in a box, wrapped and shrunk until it fits; answers where it ends (mm from the area's top).

        ``own_direction`` takes the direction from the text's first strong letter instead of the area's.
        """
        direction = None if own_direction else self.direction
        setting = fit(text, style, direction, box.width * POINT, box.height * POINT)
        return self._show(setting, box, vertical)

    def height_of(self, text: str, style: Style, width: float, tallest: float) -> float:
        """Millimetres that :meth:`text` will take in a box of that width, at most ``tallest``."""
        return fit(text, style, self.direction, width * POINT, tallest * POINT).height / POINT

    def natural_width(self, text: str, style: Style) -> float:
        """Millimetres of the text on one line at the full size of its style."""
        return set_line(text, self.direction, bold=style.bold).width * style.size / POINT

    def line(self, box: Box, text: str, style: Style, *, vertical: Vertical = "top") -> float:
        """Text on one line of the box, shrunk as its width asks, never broken."""
        sized = replace(style, size=min(style.size, box.height * POINT / (ASCENT + DESCENT)))
        return self._show(fit_line(text, sized, self.direction, box.width * POINT), box, vertical)

    def rule(
        self,
        x: float,
        y: float,
        width: float,
        height: float = 0,
        *,
        thickness: float = 0.2,
        grey: float = 0,
        dashed: bool = False,
    ) -> None:
        """A straight line from a place, ``width`` towards the end side and ``height`` down (mm)."""
        left, bottom, wide, high = self._points(Box(x, y, width, height))
        self._pen(thickness, grey, dashed)
        self._canvas.line(left, bottom + high, left + wide, bottom)

    def frame(self, box: Box, *, thickness: float = 0.2, grey: float = 0) -> None:
        """The outline of a box."""
        self._pen(thickness, grey, dashed=False)
        self._canvas.rect(*self._points(box), stroke=1, fill=0)

    def fill(self, box: Box, grey: float) -> None:
        """A box in one tone: 0 black, 1 white."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(*self._points(box), stroke=0, fill=1)

    def code(self, box: Box, symbol: Symbol, dpi: int) -> None:
        """A QR symbol with its quiet zone in the middle of a box, each module a whole number of dots.

        Raises:
            ValueError: the box is too small for the symbol at 30 mm.
        """
        width = symbol.width(dpi)
        if width > min(box.width, box.height) + 0.01:
            raise ValueError("box too small for the symbol")
        ground = Box(box.x + (box.width - width) / 2, box.y + (box.height - width) / 2, width, width)
        self.fill(ground, 1)
        module = symbol.module(dpi)
        inner = Box(ground.x + QUIET * module, ground.y + QUIET * module, symbol.size * module, symbol.size * module)
        left, bottom, wide, high = self._points(inner)
        self._canvas.setFillGray(0)
        self._canvas.addLiteral(
            f"q {wide:.4f} 0 0 {high:.4f} {left:.4f} {bottom:.4f} cm\n"
            f"BI /W {symbol.size} /H {symbol.size} /IM true /BPC 1 /D [1 0] /F /AHx ID\n"
            f"{b''.join(symbol.rows).hex()}>\nEI Q"
        )

    def mark(self, word: str, *, grey: float = 0.89) -> None:
        """A word across the area from corner to corner, light enough to write and print over."""
        width, height = self.size.width * POINT, self.size.height * POINT
        line = set_line(word, self.direction, bold=True)
        size = min(0.7 * hypot(width, height) / line.width, 0.35 * min(width, height))
        self._canvas.saveState()
        self._canvas.translate(self._left + width / 2, self._top - height / 2)
        self._canvas.rotate(degrees(atan2(height, width)))
        self._canvas.setFillGray(grey)
        self._canvas.addLiteral(
            operators(self._canvas._doc, line, -line.width * size / 2, -0.25 * size, size, bold=True)
        )
        self._canvas.restoreState()

    def practice(self, words: Words, strip: Box, *, mark: Box | None = None) -> None:
        """The mark of a practice desk: across the area (or the box ``mark`` of it), and a clear line in ``strip``."""
        (self if mark is None else self.part(mark)).mark(words("PRACTICE"))
        self.fill(strip, 0)
        middle = Box(strip.x + 1, strip.y, strip.width - 2, strip.height)
        text = words("PRACTICE - not valid, for training only")
        self.line(middle, text, Style(9, bold=True, grey=1, align="center"), vertical="middle")

    def _show(self, setting: Setting, box: Box, vertical: Vertical) -> float:
        spare = box.height * POINT - setting.height
        down = {"top": 0.0, "middle": spare / 2, "bottom": spare}[vertical]
        left, _bottom, wide, _high = self._points(box)
        base = self._top - box.y * POINT - down - setting.size * ASCENT
        style = setting.style
        self._canvas.setFillGray(style.grey)
        for line in setting.lines:
            free = wide - line.width * setting.size
            at_right = (style.align == "start") == line.rtl
            shift = free / 2 if style.align == "center" else (free if at_right else 0)
            self._canvas.addLiteral(
                operators(self._canvas._doc, line, left + shift, base, setting.size, bold=style.bold)
            )
            base -= setting.size * style.leading
        return box.y + (down + setting.height) / POINT

    def _points(self, box: Box) -> tuple[float, float, float, float]:
        """Left, bottom, width and height in points."""
        start = box.x if self.direction == "ltr" else self.size.width - box.x - box.width
        return (
            self._left + start * POINT,
            self._top - (box.y + box.height) * POINT,
            box.width * POINT,
            box.height * POINT,
        )

    def _pen(self, thickness: float, grey: float, dashed: bool) -> None:
        self._canvas.setLineWidth(thickness * POINT)
        self._canvas.setStrokeGray(grey)
        self._canvas.setDash([1.5 * POINT, 1.2 * POINT] if dashed else [])


class Sheet:
    """A PDF in the making: pages of one size in the direction of one language. One thread makes PDFs at a time."""

    def __init__(self, size: PageSize, words: Words, *, offset: Offset = (0.0, 0.0)) -> None:
        self.size = size
        self.words = words
        self._offset = offset
        self._bytes = BytesIO()
        self._open = False
        self._canvas = Canvas(
            self._bytes,
            pagesize=(size.width * POINT, size.height * POINT),
            pageCompression=1,
            invariant=1,
            lang=words.language,
        )
        self._canvas.setTitle("Help Desk")
        self._canvas.setAuthor("Help Desk")
        self._canvas.setCreator("Help Desk")

    def page(self) -> Area:
        """The next page."""
        self._close_page()
        self._open = True
        right, down = self._offset
        self._canvas.translate(right * POINT, -down * POINT)
        return Area(self._canvas, 0, self.size.height * POINT, self.size, self.words.direction)

    def form(self, name: str, size: PageSize, draw: Callable[[Area], None]) -> None:
        """Keep a static part once, to be shown on many places by :meth:`Area.place`."""
        self._canvas.beginForm(name, 0, 0, size.width * POINT, size.height * POINT)
        draw(Area(self._canvas, 0, size.height * POINT, size, self.words.direction))
        self._canvas.endForm()

    def pdf(self) -> bytes:
        """The finished file: the same bytes for the same content."""
        self._close_page()
        self._canvas.save()
        return self._bytes.getvalue()

    def _close_page(self) -> None:
        if self._open:
            self._canvas.showPage()
            self._open = False
