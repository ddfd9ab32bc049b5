"""What stands after saving: the number, large, and the next steps. It knows no family."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from helpdesk.core.language import isolate_ltr
from ui.theme import Look
from ui.widgets.words import button, clear, label, picture_label


class SavedNumber(QFrame):
    """A number for everybody at the desk to read."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("savedNumber")
        self.setProperty("ground", "good")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(look.size(24), look.size(24), look.size(24), look.size(24))
        self._inside.setSpacing(look.size(12))
        self.hide()

    def say(self, sentence: str, number: str, below: str, acts: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show a number with the sentence above it, one below, and the next steps."""
        look = self._look
        clear(self._inside)
        head = QHBoxLayout()
        head.addWidget(picture_label("good", look, "good", 32))
        head.addWidget(label(sentence, role="head"), 1)
        self._inside.addLayout(head)
        shown = label(isolate_ltr(number), role="number", wrap=False, name="numberShown")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(number)
        self._inside.addWidget(shown)
        self._inside.addWidget(label(below, role="quiet"))
        row = QHBoxLayout()
        for place, (text, act) in enumerate(acts):
            row.addWidget(button(text, look, act, kind="main" if not place else "", name=f"savedAct{place}"))
        row.addStretch(1)
        self._inside.addLayout(row)
        self.setAccessibleName(f"{sentence} {number}")
        self.show()
