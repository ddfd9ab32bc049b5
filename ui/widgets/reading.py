"""What a page shows to read: key-value rows, a big verdict, and the journey as a line of steps.

They only show; each step and row may open a page through a callback. "Not asked yet" is said in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.language import isolate
from ui.messages import Tone
from ui.theme import Look
from ui.widgets.strips import ICON_OF_TONE, INK_OF_TONE
from ui.widgets.words import button, clear, label, picture_label


class Rows(QWidget):
    """Names and values, one below the other. A value of None reads "not asked yet"; an empty text is left out."""

    def __init__(self, look: Look, rows: Sequence[tuple[str, str | None]] = (), name: str = "rows") -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.size(16))
        self._grid.setVerticalSpacing(look.size(6))
        self._grid.setColumnMinimumWidth(0, look.size(180))
        self._grid.setColumnStretch(1, 1)
        self.show_rows(rows)

    def narrow(self, width: int) -> None:
        """Give the names less room, in pixels at 100 %."""
        self._grid.setColumnMinimumWidth(0, self._look.size(width))

    def show_rows(self, rows: Sequence[tuple[str, str | None]]) -> None:
        """Show these instead."""
        clear(self._grid)
        place = 0
        for name, value in rows:
            if value == "":
                continue
            shown = self._look.words("not asked yet") if value is None else value
            self._grid.addWidget(label(name, role="quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            told = label(isolate(shown), role="quiet" if value is None else "")
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(f"{name}: {shown}")
            if not self._look.right_to_left:
                # a name in another script begins where the others do, not at the far end of the line
                told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
            self._grid.addWidget(told, place, 1, Qt.AlignmentFlag.AlignTop)
            place += 1


class Verdict(QFrame):
    """The answer to a check: colour, icon, one word and a sentence, and whatever may be done next."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("verdict")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(look.size(24), look.size(16), look.size(24), look.size(16))
        self._inside.setSpacing(look.size(8))
        self.hide()

    def say(
        self,
        tone: Tone,
        word: str,
        sentence: str,
        small: str = "",
        acts: Sequence[tuple[str, Callable[[], None]]] = (),
    ) -> None:
        """Show a verdict; ``small`` is for the age of the lists, ``acts`` are the next steps, the first the main."""
        look = self._look
        clear(self._inside)
        self.setProperty("ground", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{word}. {sentence}")
        row = QHBoxLayout()
        row.addWidget(picture_label(ICON_OF_TONE[tone], look, INK_OF_TONE[tone], 48))
        big = label(word, role="huge", tone=INK_OF_TONE[tone], name="verdictWord")
        row.addWidget(big, 1)
        self._inside.addLayout(row)
        self._inside.addWidget(label(sentence, role="head", name="verdictSentence"))
        if small:
            self._inside.addWidget(label(small, role="quiet", name="verdictSmall"))
        if acts:
            foot = QHBoxLayout()
            for place, (text, act) in enumerate(acts):
                foot.addWidget(button(text, look, act, kind="main" if not place else "", name=f"verdictAct{place}"))
            foot.addStretch(1)
            self._inside.addLayout(foot)
        self.show()

    def forget(self) -> None:
        """Take the verdict away."""
        self.hide()
        clear(self._inside)


@dataclass(frozen=True)
class Step:
    """One step of a journey: its name, how it stands, what is missing in words, and where it is done."""

    name: str
    state: Literal["done", "now", "missing", "ahead"]
    missing: str = ""
    opens: Callable[[], None] | None = None


class StepLine(QFrame):
    """A family's journey as a line of steps, with a sentence below saying what is missing for the next one."""

    _ICONS: Final = {"done": "step-done", "now": "step-now", "missing": "step-missing", "ahead": "step-ahead"}
    _TONES: Final = {"done": "good", "now": "action", "missing": "careful", "ahead": "quiet"}

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("stepLine")
        self.setProperty("frame", "plain")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)

    def show_steps(self, steps: Sequence[Step], sentence: str = "") -> None:
        """Show the steps from first to last; ``sentence`` says what is missing, in words."""
        look, words = self._look, self._look.words
        clear(self._inside)
        said = {
            "done": words("done"),
            "now": words("now"),
            "missing": words("something is missing"),
            "ahead": words("later"),
        }
        line = QHBoxLayout()
        line.setSpacing(look.size(4))
        for place, step in enumerate(steps):
            made = button(step.name, look, step.opens, kind="link", name=f"step{place}")
            made.setIcon(picture_label(self._ICONS[step.state], look, self._TONES[step.state]).pixmap())
            made.setAccessibleName(f"{step.name}: {step.missing or said[step.state]}")
            made.setToolTip(step.missing or said[step.state])
            made.setEnabled(step.opens is not None)
            line.addWidget(made)
            if place < len(steps) - 1:
                line.addWidget(picture_label("forward", look, "line", 16))
        line.addStretch(1)
        self._inside.addLayout(line)
        if sentence:
            self._inside.addWidget(label(sentence, tone="careful", name="stepSentence"))
