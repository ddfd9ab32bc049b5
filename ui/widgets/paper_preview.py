"""The true pages before they are printed, with copies, printer, the printer's offset, saving as PDF and a test page.

Pages are drawn from the very PDF that goes to the printer, one at a time. It prints nothing itself: it says what is
wanted by signals.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.printing import POINTS_PER_MM, Offset, Paper, page_millimetres, page_picture
from ui.theme import Look
from ui.widgets.choices import ChoiceRow
from ui.widgets.fields import DigitEdit, MillimetreEdit
from ui.widgets.words import Card, button, clear, label

SHARPNESS = 2
"""Pixels drawn per pixel shown."""
SIDE_WIDTH = 300
BAR_WIDTH = 32
"""Pixels at 100 % of the cards beside the page, and of their scroll bar with its margin."""


class PaperPreview(QWidget):
    """Pages at one side, what to do with them at the other. Signals carry the wish; the page fulfils it."""

    print_wanted = Signal(str, int, object)
    """Printer, copies, :class:`~ui.printing.Offset`."""
    save_wanted = Signal()
    test_wanted = Signal(str, object)
    """Printer and offset for the ruler test page."""
    layout_wanted = Signal(int)
    """Place of another layout among those of the paper."""

    def __init__(self, look: Look, printers: list[str]) -> None:
        super().__init__()
        words = look.words
        self._look = look
        self._paper: Paper | None = None
        self._sizes: list[tuple[float, float]] = []
        self._number = 0
        self.setObjectName("paperPreview")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.size(16))
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sheet.setAccessibleName(words("The page as it will be printed"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._sheet)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setObjectName("paperPages")
        self._scroll.setAccessibleName(words("The page as it will be printed"))
        row.addWidget(self._scroll, 1)
        beside = QWidget()
        beside.setObjectName("pageBody")
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, 0, look.size(4), 0)
        side.addWidget(self._print_card(printers))
        side.addWidget(self._printer_card())
        side.addStretch(1)
        # on a low screen, or with large text, the cards scroll; squeezed into each other nobody could read them
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside.setFixedWidth(look.size(SIDE_WIDTH + 4))
        self._side.setWidget(beside)
        self._side.setFixedWidth(look.size(SIDE_WIDTH + BAR_WIDTH))
        row.addWidget(self._side)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_keys)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self._draw)

    def _follow_keys(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._side.isAncestorOf(now):
            self._side.ensureWidgetVisible(now)

    def _print_card(self, printers: list[str]) -> Card:
        look, words = self._look, self._look.words
        card = Card(look, words("Print"), "printCard")
        card.setFixedWidth(look.size(SIDE_WIDTH))
        self.count = label("", role="quiet", name="paperCount")
        turn = QHBoxLayout()
        self.previous = button(words("Page before"), look, lambda: self.turn(-1), icon_name="back", name="paperBefore")
        self.next = button(words("Page after"), look, lambda: self.turn(1), icon_name="forward", name="paperAfter")
        turn.addWidget(self.previous)
        turn.addWidget(self.next)
        self.copies = DigitEdit(look, "paperCopies", longest=2)
        self.copies.setText(words.digits(1))
        self.copies.setAccessibleName(words("Copies"))
        self.printer = QComboBox()
        self.printer.addItems(printers)
        self.printer.setObjectName("paperPrinter")
        self.printer.setAccessibleName(words("Printer"))
        self.no_printer = label(words("No printer is set up on this computer. Save the paper as a PDF instead."),
                                tone="careful", name="paperNoPrinter")  # fmt: skip
        self.no_printer.setVisible(not printers)
        self.save = button(words("Save as PDF"), look, self.save_wanted.emit, icon_name="save", name="paperSave")
        card.add(self.count)
        card.inside.addLayout(turn)
        self._layouts = QVBoxLayout()
        card.inside.addLayout(self._layouts)
        card.add(label(words("Copies"), role="quiet"))
        card.add(self.copies)
        card.add(label(words("Printer"), role="quiet"))
        card.add(self.printer)
        card.add(self.no_printer)
        card.add(self.save)
        return card

    def _printer_card(self) -> Card:
        look, words = self._look, self._look.words
        card = Card(look, words("Position on the paper"), "offsetCard")
        card.setFixedWidth(look.size(SIDE_WIDTH))
        self.right = self._millimetres("paperRight", words("Push to the right, millimetres"))
        self.down = self._millimetres("paperDown", words("Push down, millimetres"))
        for title, box in ((words("To the right"), self.right), (words("Down"), self.down)):
            line = QHBoxLayout()
            line.addWidget(label(title, role="quiet"), 1)
            line.addWidget(box)
            card.inside.addLayout(line)
        self.test = button(
            words("Print a test page"),
            look,
            lambda: self.test_wanted.emit(self.printer.currentText(), self.offset()),
            name="paperTest",
        )
        self.test.setEnabled(self.printer.count() > 0)
        card.add(self.test)
        return card

    def _millimetres(self, name: str, title: str) -> MillimetreEdit:
        edit = MillimetreEdit(self._look, name)
        edit.setAccessibleName(title)
        edit.setFixedWidth(self._look.size(90))
        edit.show_tenths(0)
        return edit

    def offset(self) -> Offset:
        """The printer's offset as set here."""
        return Offset(self.right.tenths(), self.down.tenths())

    def show_offset(self, offset: Offset) -> None:
        """Show a printer's offset."""
        self.right.show_tenths(offset.right)
        self.down.show_tenths(offset.down)

    def ask_print(self) -> None:
        """Say that printing is wanted, as F6 and the page's main action do."""
        if self.printer.currentText():
            self.print_wanted.emit(self.printer.currentText(), max(int(self.copies.value() or 1), 1), self.offset())

    def show_paper(self, paper: Paper) -> None:
        """Show a paper from its first page."""
        self._paper = paper
        self._sizes = page_millimetres(paper.pdf)
        self._number = 0
        self.save.setVisible(paper.may_save)
        self._offer_layouts(paper.layouts)
        self._draw()

    def show_layout(self, pdf: bytes) -> None:
        """Show the same paper, drawn for another layout."""
        if self._paper is not None:
            self._paper = replace(self._paper, pdf=pdf)
            self._sizes = page_millimetres(pdf)
            self._number = 0
            self._draw()

    def _offer_layouts(self, layouts: tuple[str, ...]) -> None:
        clear(self._layouts)
        if not layouts:
            return
        title = self._look.words("Print on")
        row = ChoiceRow(self._look, "paperLayout", title, [(str(n), text) for n, text in enumerate(layouts)], columns=1)
        row.choose("0")
        row.changed.connect(lambda place: self.layout_wanted.emit(int(place)))
        self._layouts.addWidget(label(title, role="quiet"))
        self._layouts.addWidget(row)
        before: QWidget = self.next
        for n in range(len(layouts)):
            self.setTabOrder(before, row.button(str(n)))
            before = row.button(str(n))

    def turn(self, step: int) -> None:
        """Show another page."""
        self._number = min(max(self._number + step, 0), max(len(self._sizes) - 1, 0))
        self._scroll.verticalScrollBar().setValue(0)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the page to the width anew."""
        super().resizeEvent(event)
        self._redraw.start(50)

    def _draw(self) -> None:
        if self._paper is None:
            return
        width = max(self._scroll.viewport().width() - self._look.size(24), 200)
        points = self._sizes[self._number][0] * POINTS_PER_MM
        # small papers (a card) are shown at most three times their size
        wide = min(width, round(points * 3))
        shown = QPixmap.fromImage(page_picture(self._paper.pdf, self._number, round(72 * wide * SHARPNESS / points)))
        shown.setDevicePixelRatio(SHARPNESS)
        self._sheet.setPixmap(shown)
        words, total = self._look.words, len(self._sizes)
        self.count.setText(words("Page {page} of {total}", page=self._number + 1, total=total))
        self.previous.setEnabled(self._number > 0)
        self.next.setEnabled(self._number < total - 1)
