"""The paper page: the true pages before they are printed, from any page that has something to print.

It makes no papers but a family's reason slip and the printer's test page; the PDF of everything else is handed in.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QFileDialog

from helpdesk.core.errors import Fault
from helpdesk.core.settings import PRINTER, PRINTER_DOWN, PRINTER_RIGHT
from ui.pages.base import Action, Page, Reason
from ui.printing import (
    Offset,
    Paper,
    forget_job,
    is_waiting,
    printers,
    reason_paper,
    shifted,
    test_page,
    to_cups,
    to_qprinter,
)
from ui.widgets.paper_preview import PaperPreview

SPOOL_LOOK_MS = 5000
"""How often a job is looked for in the queue before its file is taken out of the spool."""


class PaperPage(Page):
    """Opened with a :class:`~ui.printing.Paper` or a :class:`~ui.pages.base.Reason`."""

    name: ClassVar[str] = "paper"
    scrolls: ClassVar[bool] = False

    def build(self) -> None:
        """The preview, set to the printer and offset of this desk."""
        settings = self.around.settings
        self._paper: Paper | None = None
        self._jobs: list[str] = []
        self._turn = 0
        names = printers()
        self.preview = PaperPreview(self.look, names)
        if settings[PRINTER] in names:
            self.preview.printer.setCurrentText(settings[PRINTER])
        self.preview.show_offset(Offset(settings[PRINTER_RIGHT], settings[PRINTER_DOWN]))
        self.preview.print_wanted.connect(self._print)
        self.preview.save_wanted.connect(self._save)
        self.preview.test_wanted.connect(self._test)
        self.preview.layout_wanted.connect(self._lay_out)
        self.body.addWidget(self.preview, 1)
        self._spool = QTimer(self)
        self._spool.setInterval(SPOOL_LOOK_MS)
        self._spool.timeout.connect(self._look_at_spool)

    def title(self) -> str:
        """What is printed."""
        paper = getattr(self, "_paper", None)
        return paper.title if paper is not None else self.words("Paper")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "This is the page as the printer will print it. Print the test page once for each printer and measure its "
            "two rulers: both must be 100 millimetres long."
        )

    def main_action(self) -> Action | None:
        """Print."""
        missing = ""
        if self._paper is None:
            missing = self.words("There is nothing to print here. Open a family, and press F6 there.")
        elif not self.preview.printer.count():
            missing = self.words("No printer is set up on this computer. Save the paper as a PDF instead.")
        return Action(self.words("Print"), self.preview.ask_print, "print", missing)

    def open(self, subject: Any = None) -> None:
        """Show a paper."""
        self.subject = subject
        if isinstance(subject, Reason):
            self._show(self._reason(subject))
        elif isinstance(subject, Paper):
            self._show(subject)

    def print_pressed(self) -> None:
        """F6 prints."""
        self.act()

    def _reason(self, reason: Reason) -> Paper:
        seat, today = self.around.seat, QDate.currentDate()
        day = date(today.year(), today.month(), today.day())
        return reason_paper(self.words, reason.sentence, seat.desk_number, day, seat.practice)

    def _show(self, paper: Paper) -> None:
        self._paper = paper
        self._turn += 1
        self.preview.show_paper(paper)
        self.show_head()

    def _lay_out(self, place: int) -> None:
        paper = self._paper
        if paper is not None and paper.draw is not None:
            self._turn += 1
            self.around.work.apart(self, partial(paper.draw, place), then=partial(self._laid_out, paper, self._turn))

    def _laid_out(self, paper: Paper, turn: int, pdf: bytes) -> None:
        if turn == self._turn:  # nothing else was asked for meanwhile
            self._paper = replace(paper, pdf=pdf)
            self.preview.show_layout(pdf)

    def _print(self, printer: str, copies: int, offset: Offset) -> None:
        if self._paper is not None:
            self._send(self._paper.title, shifted(self._paper.pdf, offset), printer, copies, offset)

    def _test(self, printer: str, offset: Offset) -> None:
        paper = test_page(self.words, self.around.seat.practice, offset)
        self._send(paper.title, paper.pdf, printer, 1, offset)

    def _send(self, title: str, pdf: bytes, printer: str, copies: int, offset: Offset) -> None:
        settings = self.around.settings
        settings.change(PRINTER, printer)
        settings.change(PRINTER_RIGHT, offset.right)
        settings.change(PRINTER_DOWN, offset.down)
        if sys.platform == "win32":
            to_qprinter(pdf, title, printer, copies)
            self._sent("")
        else:
            self.around.work.apart(self, partial(to_cups, pdf, title, printer, copies), then=self._sent)

    def _sent(self, job: str) -> None:
        self.say("good", self.words("The printer has the paper."))
        if job:
            self._jobs.append(job)
            self._spool.start()

    def _look_at_spool(self) -> None:
        for job in list(self._jobs):
            self.around.work.apart(self, partial(is_waiting, job), then=partial(self._after_look, job))
        if not self._jobs:
            self._spool.stop()

    def _after_look(self, job: str, waiting: bool) -> None:
        if not waiting and job in self._jobs:
            self._jobs.remove(job)
            self.around.work.apart(self, partial(forget_job, job))

    def _save(self) -> None:
        paper = self._paper
        if paper is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self, self.words("Save as PDF"), f"{paper.title}.pdf", "PDF (*.pdf)",
            options=QFileDialog.Option.DontUseNativeDialog,  # native ones keep lists of recent files
        )  # fmt: skip
        if path:
            self.around.work.apart(self, partial(_write, Path(path), paper.pdf), then=self._saved)

    def _saved(self, path: Path) -> None:
        self.say(
            "careful",
            self.words("Saved as {file}. It is not encrypted: remove it when it is no longer needed.", file=path.name),
        )


def _write(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError:
        raise Fault("print.not_saved", file=path.name) from None
    return path
