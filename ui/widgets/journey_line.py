"""The way of a family as a line of steps: a mark for each with its word below, done, now or later.

It only shows. The words may take two lines, so that nine steps have room in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Look
from ui.widgets.words import clear, label, picture_label

ICONS: Final = {"done": "step-done", "now": "step-now", "missing": "step-missing", "ahead": "step-ahead"}
TONES: Final = {"done": "good", "now": "action", "missing": "careful", "ahead": "quiet"}


@dataclass(frozen=True)
class WayStep:
    """One step: its word, and how it stands. ``missing`` is the present one while the next is not open yet."""

    name: str
    state: Literal["done", "now", "missing", "ahead"]


class JourneyLine(QFrame):
    """Equal columns, in the direction of the language; a screen reader hears the line as one sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("journeyLine")
        self.setProperty("frame", "plain")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(look.size(2))

    def show_steps(self, steps: Sequence[WayStep]) -> None:
        """Show these instead."""
        clear(self._grid)
        words = self._look.words
        said = {
            "done": words("done"),
            "now": words("now"),
            "missing": words("something is missing"),
            "ahead": words("later"),
        }
        for place, step in enumerate(steps):
            self._grid.addWidget(self._mark(step, place > 0, place < len(steps) - 1), 0, place)
            word = label(step.name, role="" if step.state in ("now", "missing") else "small", name=f"way{place}")
            word.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            word.setAccessibleName(f"{step.name}: {said[step.state]}")
            if step.state in ("now", "missing"):
                word.setProperty("strong", True)
            self._grid.addWidget(word, 1, place)
            self._grid.setColumnStretch(place, 1)
        for place in range(len(steps), self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)
        self.setAccessibleName("  ".join(f"{step.name}: {said[step.state]}" for step in steps))

    def _mark(self, step: WayStep, before: bool, after: bool) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.size(2))
        row.addWidget(self._rule(before), 1)
        row.addWidget(picture_label(ICONS[step.state], self._look, TONES[step.state]))
        row.addWidget(self._rule(after), 1)
        return whole

    def _rule(self, seen: bool) -> QWidget:
        rule = QFrame()
        rule.setObjectName("wayRule" if seen else "wayGap")
        rule.setFixedHeight(2)
        rule.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return rule
