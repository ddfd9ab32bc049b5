"""From a PDF in memory to paper: pages as pictures for the preview, and the way to the printer of this system.

On Linux the PDF goes to CUPS unscaled through a pipe, on Windows as pictures through QPrinter; no file of ours is left
behind. It makes no papers itself except the ruler test page and the slip with a reason.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

import pypdfium2
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen, QTextDocument, QTextOption
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from helpdesk.core.errors import Fault
from helpdesk.core.language import isolate_ltr
from ui.theme import FAMILY, Look

POINTS_PER_MM: Final = 72 / 25.4
PRINT_DPI: Final = 300
LP_SECONDS: Final = 30


@dataclass(frozen=True)
class Paper:
    """Something to print: its title for the queue (never a name), the PDF, and whether it may be saved as a file."""

    title: str
    pdf: bytes
    may_save: bool = True


@dataclass(frozen=True)
class Offset:
    """How far a printer must be pushed to hit the marks, in tenths of a millimetre: right and down."""

    right: int = 0
    down: int = 0


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_images(pdf: bytes, dpi: int) -> Iterator[QImage]:
    """The pages as grey pictures, one after the other: a page of A4 at 300 dpi takes 9 MB."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            yield page_image(document, number, dpi)
    finally:
        document.close()


def page_image(document: pypdfium2.PdfDocument, number: int, dpi: int) -> QImage:
    """One page as a grey picture."""
    bitmap = document[number].render(scale=dpi / 72, grayscale=True)
    # the copy ends the picture's dependence on PDFium's memory
    picture = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8
    ).copy()
    picture.setDotsPerMeterX(round(dpi / 0.0254))
    picture.setDotsPerMeterY(round(dpi / 0.0254))
    return picture


def shifted(pdf: bytes, offset: Offset) -> bytes:
    """The PDF with every page moved by a printer's offset; unchanged where it is zero."""
    if offset == Offset():
        return pdf
    document = pypdfium2.PdfDocument(pdf)
    try:
        right, down = (tenths / 10 * POINTS_PER_MM for tenths in (offset.right, offset.down))
        for page in document:
            left, bottom, far, top = page.get_mediabox()
            page.set_mediabox(left - right, bottom + down, far - right, top + down)
            page.set_cropbox(left - right, bottom + down, far - right, top + down)
        with MemoryFile() as out:
            document.save(out)
            return out.bytes()
    finally:
        document.close()


class MemoryFile:
    """The least of a file that PDFium wants to write into: memory, never the disk."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._parts.append(bytes(data))
        return len(data)

    def bytes(self) -> bytes:
        """All of them."""
        return b"".join(self._parts)


def printers() -> list[str]:
    """The names of the printers of this machine, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def send(paper: Paper, printer: str, copies: int, offset: Offset) -> str:
    """Print; the number of the job where the system gives one. Raises ``Fault("print.refused")``.

    Runs outside the window's thread on Linux; on Windows QPrinter needs the window's thread.
    """
    pdf = shifted(paper.pdf, offset)
    if sys.platform == "win32":
        _to_qprinter(pdf, paper.title, printer, copies)
        return ""
    return _to_cups(pdf, paper.title, printer, copies)


def _to_cups(pdf: bytes, title: str, printer: str, copies: int) -> str:
    done = _run("lp", "-d", printer, "-n", str(copies), "-t", title, "-o", "print-scaling=none", "-", given=pdf)
    if done is None or done.returncode:
        raise Fault("print.refused", printer=printer)
    # lp says which request it made, for example office-12
    words_said = done.stdout.decode(errors="replace").split()
    return next((word for word in words_said if word.startswith(f"{printer}-")), "")


def forget_job(job: str) -> None:
    """Remove a job and its file from the CUPS spool, which keeps what was printed for a day otherwise."""
    done = _run("cancel", "-x", job)
    if done is None or done.returncode:
        raise Fault("print.spool", job=job)


def is_waiting(job: str) -> bool:
    """Whether CUPS has not finished a job."""
    done = _run("lpstat", "-W", "not-completed", "-o")
    return done is not None and job in done.stdout.decode(errors="replace").split()


def _run(program: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    path = shutil.which(program)
    if path is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - a fixed program of CUPS; the arguments are never a shell's
            [path, *arguments], input=given, capture_output=True, timeout=LP_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def _to_qprinter(pdf: bytes, title: str, name: str, copies: int) -> None:
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    _paint(pdf, printer)


def _paint(pdf: bytes, printer: QPrinter) -> None:
    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter()
    try:
        for number in range(len(document)):
            width, height = (points / POINTS_PER_MM for points in document[number].get_size())
            size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
            layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
            layout.setMode(QPageLayout.Mode.FullPageMode)
            printer.setPageLayout(layout)
            begun = painter.isActive()
            if not (printer.newPage() if begun else painter.begin(printer)):
                raise Fault("print.refused", printer=printer.printerName())
            image = page_image(document, number, PRINT_DPI)
            dots = QSizeF(width / 25.4 * printer.resolution(), height / 25.4 * printer.resolution())
            painter.drawImage(QRectF(QPointF(0, 0), dots), image)
    finally:
        painter.end()
        document.close()


def _writer(buffer: QBuffer, title: str) -> QPdfWriter:
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(PRINT_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    return writer


def ruler_page(look: Look) -> Paper:
    """The test page: rulers of 100 mm from each edge. Measure them to find a wrong scale and the printer's offset."""
    words = look.words
    buffer = QBuffer()
    writer = _writer(buffer, words("Printer test page"))
    per_mm = PRINT_DPI / 25.4
    painter = QPainter(writer)
    painter.setPen(QPen(Qt.GlobalColor.black, per_mm * 0.2))
    font = QFont(FAMILY)
    font.setPointSizeF(9)
    painter.setFont(font)
    for mm in range(101):
        length = per_mm * (6 if mm % 10 == 0 else 4 if mm % 5 == 0 else 2.5)
        along = (20 + mm) * per_mm
        painter.drawLine(QPointF(along, 20 * per_mm), QPointF(along, 20 * per_mm + length))
        painter.drawLine(QPointF(20 * per_mm, along), QPointF(20 * per_mm + length, along))
        if mm % 10 == 0:
            across = QRectF(along - 5 * per_mm, 27 * per_mm, 10 * per_mm, 6 * per_mm)
            painter.drawText(across, Qt.AlignmentFlag.AlignCenter, str(mm))
            down = QRectF(27 * per_mm, along - 3 * per_mm, 10 * per_mm, 6 * per_mm)
            painter.drawText(down, Qt.AlignmentFlag.AlignCenter, str(mm))
    told = words(
        "Both lines of marks are 100 millimetres long and begin 20 millimetres from the edge of the paper. "
        "If they are shorter or longer, switch off \u201cfit to page\u201d in the printer. "
        "If they begin elsewhere, type the difference into the paper page."
    )
    flags = Qt.TextFlag.TextWordWrap | (
        Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft
    )
    painter.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if look.right_to_left else Qt.LayoutDirection.LeftToRight
    )
    painter.drawText(QRectF(50 * per_mm, 50 * per_mm, 120 * per_mm, 60 * per_mm), int(flags), told)
    painter.end()
    return Paper(words("Printer test page"), bytes(buffer.data().data()), may_save=False)


def reason_slip(look: Look, sentence: str, desk_label: str, day: str) -> Paper:
    """A slip that says in large type why something cannot be done now, to hand to the family. It names nobody."""
    words = look.words
    buffer = QBuffer()
    writer = _writer(buffer, words("Reason"))
    per_mm = PRINT_DPI / 25.4
    document = QTextDocument()
    option = QTextOption()
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if look.right_to_left else Qt.LayoutDirection.LeftToRight
    )
    document.setDefaultTextOption(option)
    font = QFont(FAMILY)
    font.setPointSizeF(16)
    document.setDefaultFont(font)
    document.setPlainText(f"{sentence}\n\n{desk_label}\n{isolate_ltr(day) if not look.right_to_left else day}")
    document.documentLayout().setPaintDevice(writer)
    document.setTextWidth(150 * per_mm)
    painter = QPainter(writer)
    painter.translate(30 * per_mm, 30 * per_mm)
    document.drawContents(painter)
    painter.end()
    return Paper(words("Reason"), bytes(buffer.data().data()))
