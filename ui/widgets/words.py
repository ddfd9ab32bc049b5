"""Labels and buttons in the house's styles, each with the names tests and screen readers need.

Every function takes translated text; nothing here translates or decides.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon, picture
from ui.theme import Look


def label(text: str, role: str = "", tone: str = "", wrap: bool = True, name: str = "") -> QLabel:
    """A label, of plain text always.

    ``role``: title, head, quiet, small, huge, counter; ``tone``: good, careful, stop, action.
    """
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")
    made.setWordWrap(wrap)
    if made.isRightToLeft():
        # a label follows its text: without this, numbers and Latin names would stand at the far end of the line
        made.setProperty("alignment", "AlignRight|AlignAbsolute|AlignVCenter")
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if name:
        made.setObjectName(name)
    return made


def picture_label(icon_name: str, look: Look, tone: str = "ink", size: int = 20) -> QLabel:
    """An icon beside a word; screen readers skip it, because the word says the same."""
    made = QLabel()
    made.setPixmap(picture(icon_name, look, tone, size))
    made.setFixedSize(look.size(size), look.size(size))
    made.setProperty("decorative", True)
    return made


def button(
    text: str,
    look: Look,
    pressed: Callable[[], object] | None = None,
    kind: str = "",
    icon_name: str = "",
    name: str = "",
) -> QPushButton:
    """A button. ``kind``: main (one a page), stop, link, or nothing."""
    made = QPushButton(f" {text}" if icon_name else text)
    made.setAccessibleName(text)
    made.setMinimumHeight(look.size(32))
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if icon_name:
        made.setIcon(icon(icon_name, look, {"main": "on_action", "stop": "stop", "link": "action"}.get(kind, "ink")))
    if name:
        made.setObjectName(name)
    if pressed is not None:
        made.clicked.connect(lambda *_: pressed())
    return made


class Card(QFrame):
    """A quiet frame with an optional heading; put rows into :attr:`inside`."""

    def __init__(self, look: Look, heading: str = "", name: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setObjectName(name or "card")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(look.size(16), look.size(12), look.size(16), look.size(12))
        self.inside.setSpacing(look.size(8))
        if heading:
            self.setAccessibleName(heading)
            self.inside.addWidget(label(heading, role="head"))

    def add(self, widget: QWidget) -> None:
        """Add a widget below the others."""
        self.inside.addWidget(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
