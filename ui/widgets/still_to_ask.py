"""The foot of a form: what still must be asked, as links that lead there, and what may wait.

It is told by the page; it knows no question itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from ui.theme import Look
from ui.widgets.words import button, clear, label, picture_label

SHOWN = 5


class StillToAsk(QFrame):
    """One line; the first five links stand in it, the rest is counted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._now: list[tuple[str, QWidget]] = []
        self.setObjectName("stillToAsk")
        self.setProperty("frame", "card")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.size(12), look.size(4), look.size(12), look.size(4))
        self._row.setSpacing(look.size(8))
        self.setMinimumHeight(look.size(44))

    def tell(self, needed: Sequence[tuple[str, QWidget]], later: Sequence[tuple[str, QWidget]], done: str) -> None:
        """Show what is needed; when nothing is, ``done`` and what may still be asked."""
        listed = [*needed] if needed else [*later]
        if [what for what, _ in listed] == [what for what, _ in self._now] and self._row.count():
            self._now = listed
            return
        self._now = listed
        clear(self._row)
        look, words = self._look, self._look.words
        self._row.addWidget(picture_label("careful" if needed else "good", look, "careful" if needed else "good"))
        if needed:
            self._row.addWidget(label(words("Still to ask:"), wrap=False, name="stillHead"))
        else:
            self._row.addWidget(label(done, wrap=False, name="stillHead"))
            if later:
                self._row.addWidget(label(words("May still be asked:"), role="quiet", wrap=False))
        for place, (what, _) in enumerate(listed[:SHOWN]):
            link = button(what, look, partial(self._lead, place), kind="link", name=f"still{place}")
            # reached by the page's keys in the form itself; Tab need not walk through the same twice
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._row.addWidget(link)
        if len(listed) > SHOWN:
            more = words.plural("and {n} more", "and {n} more", len(listed) - SHOWN)
            self._row.addWidget(label(more, role="quiet", wrap=False))
        self._row.addStretch(1)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _lead(self, place: int) -> None:
        if place < len(self._now):
            self._now[place][1].setFocus(Qt.FocusReason.OtherFocusReason)
