"""The parts of a file, one below the other: each is loaded once somebody comes near it, and can be jumped to.

The column knows no part by name and asks the store nothing; what a part reads is the part's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.forms.file_cards import Act
from ui.forms.file_part import Family, FilePart, NextStep, PartPlace
from ui.surroundings import Surroundings
from ui.widgets.words import clear

BUSY_MS = 30
"""How long the next part waits while the store's thread is busy."""
ARRIVING_MS = 200
"""So long a jump follows its part, whose height is known only after it was laid out."""


class FileColumn(QWidget):
    """Holds the parts of one family; :meth:`open` makes them anew for another."""

    made = Signal(object)
    """A part was made: whoever owns the column listens to it."""

    def __init__(self, around: Surroundings, places: Sequence[PartPlace], *, at_once: bool = False) -> None:
        super().__init__()
        self._at_once = at_once
        self._around = around
        self._places = [place for place in places if place.allowed(around)]
        self._parts: list[FilePart] = []
        self._scroll: QScrollArea | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(around.look.size(12))
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._load_next)
        self._goal: FilePart | None = None
        self._arrived = QTimer(self, singleShot=True, interval=ARRIVING_MS)
        self._arrived.timeout.connect(self._arrive)

    def scrolled_in(self, scroll: QScrollArea | None) -> None:
        """The area the column is seen through."""
        self._scroll = scroll
        if scroll is not None:
            bar = scroll.verticalScrollBar()
            bar.valueChanged.connect(lambda _: self.look_around())
            bar.rangeChanged.connect(lambda *_: self._move())
            bar.rangeChanged.connect(lambda *_: self.look_around())

    def open(self, household: str) -> None:
        """Make the parts of a family, hidden until its file is known."""
        self.forget()
        for place in self._places:
            part = place.build(self._around, household)
            self._parts.append(part)
            self._column.addWidget(part)
            self.made.emit(part)
        self.hide()

    def forget(self) -> None:
        """Nobody's parts."""
        self._soon.stop()
        self._arrived.stop()
        self._goal = None
        self._parts.clear()
        clear(self._column)

    def know(self, family: Family) -> None:
        """The page has read the file: parts that only show it do so at once, the others when they come in sight."""
        self.show()
        for part in self._parts:
            part.know(family)
            if self._at_once or not part.reads:
                part.load()
        self.look_around()

    def heed(self, kinds: frozenset[str]) -> None:
        """Kinds of records have changed: parts that show them and are loaded read again."""
        for part in self._parts:
            if part.is_loaded and part.shows & kinds:
                part.refresh()

    def concerns(self, kinds: frozenset[str]) -> bool:
        """Whether a part shows one of these kinds."""
        return any(part.shows & kinds for part in self._parts)

    def part(self, name: str) -> FilePart | None:
        """The part of a name, None where this user has none."""
        return next((part for part in self._parts if part.name == name), None)

    def next_step(self) -> NextStep | None:
        """The first next step that a loaded part knows."""
        return next((step for part in self._parts if part.is_loaded and (step := part.next_step())), None)

    def printable(self) -> list[Act]:
        """What loaded parts can print."""
        return [act for part in self._parts if part.is_loaded for act in part.printable()]

    def titles(self) -> Iterator[tuple[str, str]]:
        """Name and heading of each part, in order."""
        return ((part.name, part.title()) for part in self._parts)

    def jump(self, name: str) -> None:
        """Load a part, bring its heading to the top of what is seen, and give it the keys."""
        part = self.part(name)
        if part is None:
            return
        part.load()
        part.first_stop().setFocus()
        self._goal = part
        self._arrived.start()
        self._move()

    def look_around(self) -> None:
        """What is seen has changed: perhaps another part has come near."""
        if not self._soon.isActive():
            self._soon.start(0)

    def _move(self) -> None:
        # a part that was just built has its full height only after a layout, so the way there is gone again
        if self._scroll is not None and self._goal is not None:
            self._scroll.verticalScrollBar().setValue(self._top_of(self._goal))

    def _arrive(self) -> None:
        goal, self._goal = self._goal, None
        if goal is not None and self.focusWidget() is goal:
            goal.first_stop().setFocus()
        self.look_around()

    def _top_of(self, part: FilePart) -> int:
        return self.y() + part.y()

    def _load_next(self) -> None:
        """Load the first part in sight or up to one screen below; the rest follow one by one, each when nothing waits.

        One at a time, because a loaded part grows and pushes those after it out of reach. None above what is seen:
        what somebody reads would be pushed away.
        """
        waiting = next((part for part in self._parts if not part.is_loaded and self._is_near(part)), None)
        if waiting is None or self._goal is not None or not self.isVisible():
            return
        if self._around.work.busy:
            self._soon.start(BUSY_MS)
            return
        waiting.load()
        self._soon.start(BUSY_MS)

    def _is_near(self, part: FilePart) -> bool:
        if self._scroll is None:
            return True
        seen = self._scroll.viewport().height()
        top = self._top_of(part) - self._scroll.verticalScrollBar().value()
        return -part.height() < top <= 2 * seen
