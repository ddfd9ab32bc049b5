"""A text that is read aloud before a consent: large, in the person's own language and its own direction.

The text is handed in; nothing here knows where it comes from or what is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from helpdesk.core.language import Words
from ui.theme import Look


class Written(Protocol):
    """A text in one language (``helpdesk.households.consent.ConsentText``)."""

    @property
    def language(self) -> str:
        """The language it is written in."""

    @property
    def version(self) -> str:
        """The version that was read."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def paragraphs(self) -> Sequence[str]:
        """Its paragraphs."""


TextOf = Callable[[str, str], Written]
"""``text_of(purpose, language)``."""


class ReadAloud(QFrame):
    """Shows one text. Its direction follows the text, not the window."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("readAloud")
        self.setProperty("ground", "info")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(look.size(16), look.size(12), look.size(16), look.size(12))
        self._title = self._line("head")
        self._body = self._line("aloud")

    def _line(self, role: str) -> QLabel:
        made = QLabel()
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        made.setProperty("role", role)
        self._inside.addWidget(made)
        return made

    def show_text(self, text: Written) -> None:
        """Show a text."""
        right_to_left = Words(text.language).direction == "rtl"
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        for line, said in ((self._title, text.title), (self._body, "\n\n".join(text.paragraphs))):
            line.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
            line.setText(said)
        self.setAccessibleName(f"{text.title}. {' '.join(text.paragraphs)}")
