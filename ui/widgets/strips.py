"""Strips inside a page: something said (good news, a refusal, a fault) and long work under way.

They replace message boxes. A strip says the thing, the reason and the way out; it never closes by itself while it
says that something failed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from helpdesk.core.language import isolate_ltr
from ui.messages import Notice
from ui.theme import Look
from ui.widgets.words import button, label, picture_label
from ui.work import Running

SLOW_MS = 1000
"""Work that lasts longer than this shows its progress and a stop button."""

ICON_OF_TONE = {"good": "good", "careful": "careful", "stop": "stop", "info": "info", "unknown": "unknown"}
INK_OF_TONE = {"good": "good", "careful": "careful", "stop": "stop", "info": "action", "unknown": "quiet"}


class Strip(QFrame):
    """One notice with its icon, its sentence, its code, perhaps a way on, "print the reason", and a close button."""

    closed = Signal()

    def __init__(
        self,
        look: Look,
        notice: Notice,
        print_reason: Callable[[str], None] | None = None,
        way_on: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        super().__init__()
        words = look.words
        self.notice = notice
        self.setObjectName("strip")
        self.setProperty("ground", notice.tone)
        self.setAccessibleName(notice.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(12), look.size(8), look.size(8), look.size(8))
        row.addWidget(picture_label(ICON_OF_TONE[notice.tone], look, INK_OF_TONE[notice.tone]))
        row.addWidget(label(notice.sentence, name="stripSentence"), 1)
        if notice.code:
            row.addWidget(label(isolate_ltr(notice.code), role="small", wrap=False, name="stripCode"))
        if way_on is not None:
            row.addWidget(button(way_on[0], look, way_on[1], name="stripWayOn"))
        if notice.printable and print_reason is not None:
            to_paper = partial(print_reason, notice.sentence)
            row.addWidget(button(words("Print the reason"), look, to_paper, icon_name="print", name="stripPrint"))
        row.addWidget(button(words("Close"), look, self.closed.emit, kind="link", name="stripClose"))


class ProgressStrip(QFrame):
    """Long work: appears after one second, counts, and can be stopped."""

    def __init__(self, look: Look, running: Running) -> None:
        super().__init__()
        words = look.words
        self._look = look
        self._running = running
        self.setObjectName("progressStrip")
        self.setProperty("ground", "info")
        self.setAccessibleName(running.title or words("Working"))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(12), look.size(8), look.size(12), look.size(8))
        self._step = label(running.title or words("Working"), name="progressStep")
        self._count = label("", role="quiet", wrap=False, name="progressCount")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words("How far it is"))
        self._bar.setObjectName("progressBar")
        self._stop = button(words("Stop"), look, self._press_stop, kind="stop", icon_name="close", name="progressStop")
        row.addWidget(self._step, 1)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self._stop)
        self.hide()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self.show)
        self._slow.start()
        running.moved.connect(self._move)
        running.ended.connect(self._end)

    def _move(self, done: int, total: int, step: str) -> None:
        words = self._look.words
        if step:
            self._step.setText(words(step))
        if total > 0:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._count.setText(words("{done} of {total}", done=done, total=total))
        else:
            self._count.setText(words.digits(done) if done else "")

    def _press_stop(self) -> None:
        self._running.stop()
        self._stop.setEnabled(False)
        self._step.setText(self._look.words("Stopping. What was finished stays."))

    def _end(self) -> None:
        self._slow.stop()
        self.hide()
        self.setParent(None)
        self.deleteLater()
