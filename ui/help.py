"""The panel F1 opens beside a page: what the page is for, and the keys that work everywhere.

It is a panel and not a box, so that a person can read and type at once.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from helpdesk.core.language import N_, isolate_ltr
from ui.pages.base import Page
from ui.theme import Look
from ui.widgets.reading import Rows
from ui.widgets.words import button, clear, label

WIDTH: Final = 320
KEYS: Final = (
    ("F1", N_("help for this page")),
    ("F2", N_("search")),
    ("F3", N_("parts of the page")),
    ("F4", N_("new family")),
    ("F5", N_("check a card or voucher")),
    ("F6", N_("print")),
    ("F8", N_("blank the screen")),
    ("F9", N_("lock")),
    ("Ctrl+Enter", N_("the page's main action")),
    ("Enter", N_("next field")),
    ("Shift+Enter", N_("previous field")),
    ("Ins", N_("add a person")),
    ("Ctrl+Z", N_("undo typing")),
    ("Ctrl+\u2190 \u2192", N_("next or previous family of a list")),
    ("Esc", N_("back, the draft stays")),
    ("Alt+1 .. 9, 0", N_("pages")),
)


class HelpPanel(QFrame):
    """Closed by F1, Esc or its button."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("helpPanel")
        self.setProperty("frame", "card")
        self.setAccessibleName(look.words("Help"))
        self.setFixedWidth(look.size(WIDTH))
        whole = QVBoxLayout(self)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("clear")
        scroll.viewport().setAutoFillBackground(False)
        self._column = QVBoxLayout(inside)
        scroll.setWidget(inside)
        whole.addWidget(scroll, 1)
        whole.addWidget(button(look.words("Close"), look, self.hide, name="helpClose"))

    def toggle(self, page: Page) -> None:
        """Open for a page, or close."""
        if self.isVisible():
            self.hide()
        else:
            self.tell(page)
            self.show()

    def tell(self, page: Page) -> None:
        """Show the help of a page."""
        words = self._look.words
        clear(self._column)
        self._column.addWidget(label(page.title(), role="head"))
        self._column.addWidget(label(page.help_text(), name="helpText"))
        self._column.addWidget(label(words("Keys"), role="head"))
        keys = Rows(self._look, [(isolate_ltr(key), words(said)) for key, said in KEYS], "helpKeys")
        keys.narrow(90)
        self._column.addWidget(keys)
        self._column.addStretch(1)
