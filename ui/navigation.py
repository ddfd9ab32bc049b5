"""Where the window leads: the table's lines as entries beside the page, and the pages of one entry in a row above it.

It knows names and titles of pages, never a page itself; going there is the window's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.icons import icon
from ui.pages.base import Page
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.words import button, clear

FULL_MENU: Final = 168
"""Width of the navigation in pixels at 100 % text size."""
DIGITS: Final = 10
"""So many entries have a digit: Alt+1 to Alt+9, and Alt+0."""


@dataclass(frozen=True)
class Place:
    """A page the window may show. ``build`` makes it; ``icon`` and ``title`` put it into the navigation, in order.

    ``under`` names the page beside which it stands: the navigation shows one entry for both, and a row above the page
    leads from one to the other.
    """

    name: str
    build: Callable[[Surroundings], Page]
    icon: str = ""
    title: str = ""
    allowed: Callable[[Surroundings], bool] = lambda _: True
    under: str = ""

    @property
    def entry(self) -> str:
        """The entry of the navigation that leads here."""
        return self.under or self.name


class Navigation(QScrollArea):
    """One button for each entry; it scrolls, because at the largest text not all of them have room."""

    def __init__(self, around: Surroundings, places: Sequence[Place]) -> None:
        super().__init__()
        look = around.look
        self._around = around
        self._entries = entries_of(around, places)
        self._buttons: dict[str, QPushButton] = {}
        self.setObjectName("navigationArea")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(look.size(FULL_MENU))
        inside = QWidget()
        inside.setObjectName("navigation")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setAccessibleName(look.words("Pages"))
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.size(8), look.size(8), look.size(8), look.size(8))
        column.setSpacing(look.size(2))
        for number, (name, shown) in enumerate(self._entries.items(), start=1):
            self._buttons[name] = self._entry(look, number, name, shown[0])
            column.addWidget(self._buttons[name])
        column.addStretch(1)
        self.setWidget(inside)

    def _entry(self, look: Look, number: int, name: str, first: Place) -> QPushButton:
        text = look.words(first.title)
        made = QPushButton(icon(first.icon, look), f"  {text}")
        made.setObjectName(f"go.{name}")
        made.setAccessibleName(text)
        made.setToolTip(f"{text}  \u2066(Alt+{number % DIGITS})\u2069" if number <= DIGITS else text)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda *_: self._around.go(first.name))
        return made

    def stand_on(self, place: Place) -> Sequence[Place]:
        """Mark the entry of the page that is shown; the pages of that entry."""
        for name, made in self._buttons.items():
            made.setChecked(name == place.entry)
        return self._entries.get(place.entry, ())

    def press(self, digit: int, shown: str) -> None:
        """Alt and a digit: to the entry, and pressed again to the page beside the one that is shown."""
        place = (digit or DIGITS) - 1
        if place < len(self._entries):
            names = [one.name for one in list(self._entries.values())[place]]
            self._around.go(names[(names.index(shown) + 1) % len(names)] if shown in names else names[0])


def entries_of(around: Surroundings, places: Sequence[Place]) -> dict[str, Sequence[Place]]:
    """The pages that this user may see, by their entry; the page that names an entry stands first in it."""
    entries: dict[str, list[Place]] = {}
    for place in places:
        if place.title and place.allowed(around):
            entries.setdefault(place.entry, []).append(place)
    return {name: sorted(shown, key=lambda place: bool(place.under)) for name, shown in entries.items()}


class TabRow(QWidget):
    """The pages that stand beside the one that is shown, above it; gone where there are none."""

    def __init__(self, look: Look, go: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._go = go
        self._shown: Sequence[Place] = ()
        self._buttons: dict[str, QPushButton] = {}
        self.setObjectName("tabs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(look.words("Pages"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.size(24), look.size(4), look.size(24), 0)
        self._row.setSpacing(look.size(4))
        self.hide()

    def tell(self, places: Sequence[Place], shown: str) -> None:
        """Show these, and which of them is the page that is seen."""
        if places != self._shown:
            self._shown = places
            self._build()
        for name, made in self._buttons.items():
            made.setChecked(name == shown)
        self.setVisible(len(places) > 1)

    def _build(self) -> None:
        clear(self._row)
        self._buttons.clear()
        for place in self._shown:
            made = button(self._look.words(place.title), self._look, partial(self._go, place.name))
            made.setObjectName(f"tab.{place.name}")
            made.setCheckable(True)
            made.setProperty("kind", "tab")
            self._row.addWidget(made)
            self._buttons[place.name] = made
        self._row.addStretch(1)
