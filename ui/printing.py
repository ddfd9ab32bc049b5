"""From a PDF in memory to paper: pages as pictures for the preview, and the way to the printer of this system.

On Linux the PDF goes to CUPS unscaled through a pipe, on Windows as pictures through QPrinter; no file of ours is left
behind. It draws no paper itself: they all come from ``helpdesk.printing``.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

import pypdfium2
from PIL.Image import Image
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from helpdesk.core.errors import Fault
from helpdesk.core.language import Words
from helpdesk.printing.page import A4
from helpdesk.printing.raster import page_image, page_images
from helpdesk.printing.reason import reason_slip
from helpdesk.printing.ruler import ruler_page

POINTS_PER_MM: Final = 72 / 25.4
PRINT_DPI: Final = 300
LP_SECONDS: Final = 30


@dataclass(frozen=True)
class Paper:
    """Something to print: its title for the queue (never a name), the PDF, and whether it may be saved as a file."""

    title: str
    pdf: bytes
    may_save: bool = True
    layouts: tuple[str, ...] = ()
    """What it may be printed on, in words; ``pdf`` is drawn for the first of them."""
    draw: Callable[[int], bytes] | None = None
    """The PDF for another layout, by its place; it may take seconds and is called away from the window's thread."""


@dataclass(frozen=True)
class Offset:
    """How far a printer must be pushed to hit the marks, in tenths of a millimetre: right and down."""

    right: int = 0
    down: int = 0


def page_picture(pdf: bytes, number: int, dpi: int) -> QImage:
    """One page as a grey picture; a page of A4 at 300 dpi takes 9 MB."""
    return _picture(page_image(pdf, number, dpi), dpi)


def _picture(image: Image, dpi: int) -> QImage:
    # the copy ends the picture's dependence on memory that Python frees
    picture = QImage(image.tobytes(), image.width, image.height, image.width, QImage.Format.Format_Grayscale8).copy()
    picture.setDotsPerMeterX(round(dpi / 0.0254))
    picture.setDotsPerMeterY(round(dpi / 0.0254))
    return picture


def page_millimetres(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sizes = (document.get_page_size(number) for number in range(len(document)))
        return [(width / POINTS_PER_MM, height / POINTS_PER_MM) for width, height in sizes]
    finally:
        document.close()


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


def to_cups(pdf: bytes, title: str, printer: str, copies: int) -> str:
    """Hand a PDF to CUPS unscaled; the number of the job. Raises ``Fault("print.refused")``. Any thread may call it."""
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


def to_qprinter(pdf: bytes, title: str, name: str, copies: int) -> None:
    """Print a PDF as pictures, where no CUPS is. Raises ``Fault("print.refused")``. Only for the window's thread."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    _paint(pdf, printer)


def _paint(pdf: bytes, printer: QPrinter) -> None:
    painter = QPainter()
    try:
        pictures = page_images(pdf, PRINT_DPI)
        for (width, height), image in zip(page_millimetres(pdf), pictures, strict=True):
            size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
            layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
            layout.setMode(QPageLayout.Mode.FullPageMode)
            printer.setPageLayout(layout)
            begun = painter.isActive()
            if not (printer.newPage() if begun else painter.begin(printer)):
                raise Fault("print.refused", printer=printer.printerName())
            dots = QSizeF(width / 25.4 * printer.resolution(), height / 25.4 * printer.resolution())
            painter.drawImage(QRectF(QPointF(0, 0), dots), _picture(image, PRINT_DPI))
    finally:
        painter.end()


def test_page(words: Words, practice: bool, offset: Offset) -> Paper:
    """The ruler page in A4, with the offset as it is now."""
    millimetres = (offset.right / 10, offset.down / 10)
    return Paper(words("Printer test page"), ruler_page(A4, words, practice=practice, offset=millimetres), False)


def reason_paper(words: Words, sentence: str, desk: int, day: date, practice: bool) -> Paper:
    """The slip with a reason, for the family to take along."""
    return Paper(words("Reason"), reason_slip(A4, words, sentence, desk=desk, day=day, practice=practice))
