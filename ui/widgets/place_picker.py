"""Picking a place by any spelling: what is typed is searched in the gazetteer; "not listed" is always possible.

The gazetteer is handed in as a function; nothing here knows how it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from helpdesk.core.language import isolate
from ui.keys import is_enter
from ui.theme import Look
from ui.widgets.fields import NameEdit


@dataclass(frozen=True)
class PlaceFound:
    """A place of the gazetteer: its id, its name and what it lies within, in the window's language."""

    place_id: str
    name: str
    within: str = ""


@dataclass(frozen=True)
class PlacePicked:
    """What was answered: a place of the gazetteer, or a place in words. Neither: nothing was answered."""

    place_id: str | None = None
    words: str = ""


class _PlaceLine(NameEdit):
    """The line of the picker: arrows and Enter belong to the list below while it is open."""

    moved = Signal(int)
    entered = Signal()
    left = Signal()
    taking = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up, Down and Enter choose in the list; Esc closes it."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif is_enter(event) and self.taking and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        ):  # fmt: skip
            self.entered.emit()
            event.ignore()  # Enter goes on to the next field as everywhere
        elif event.key() == Qt.Key.Key_Escape and self.taking:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PlacePicker(QWidget):
    """A line to type into and, below it while typing, the places found and "not listed"."""

    picked = Signal(object)
    """The :class:`PlacePicked` after each choice."""

    def __init__(
        self, look: Look, name: str, title: str, find: Callable[[str], Sequence[PlaceFound]], shown: int = 7
    ) -> None:
        super().__init__()
        self._look = look
        self._find = find
        self._shown = shown
        self._value = PlacePicked()
        self.setObjectName(name)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(4))
        self.line = _PlaceLine(look, f"{name}.line")
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(look.words("name of the place, in any spelling"))
        self.list = QListWidget()
        self.list.setObjectName(f"{name}.list")
        self.list.setAccessibleName(look.words("Places found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.setFocusProxy(self.line)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(80)
        self._rest.timeout.connect(self._search)
        self.line.textEdited.connect(self._type)
        self.line.moved.connect(self._move)
        self.line.entered.connect(self._take)
        self.line.left.connect(self._close)
        self.line.editingFinished.connect(self._leave)
        self.list.itemClicked.connect(lambda _: self._take())

    def value(self) -> PlacePicked:
        """What was answered."""
        return self._value

    def show_value(self, value: PlacePicked, name: str = "") -> None:
        """Show an earlier answer; ``name`` is the place's name for an id."""
        self._value = value
        self.line.setText(name or value.words)
        self._close()

    def _type(self, _text: str) -> None:
        self._value = PlacePicked(words=self.line.value())
        self._rest.start()

    def _search(self) -> None:
        typed = self.line.value()
        self.list.clear()
        if not typed:
            self._close()
            return
        words = self._look.words
        for found in list(self._find(typed))[: self._shown]:
            text = f"{isolate(found.name)}  \u00b7  {isolate(found.within)}" if found.within else found.name
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, found)
            self.list.addItem(item)
        self.list.addItem(words("Not listed: keep \u201c{place}\u201d as told", place=isolate(typed)))
        self.list.setCurrentRow(0)
        row = max(self.list.sizeHintForRow(0), self._look.size(32))
        self.list.setFixedHeight(row * self.list.count() + self._look.size(8))
        self.list.show()
        self.line.taking = True

    def _move(self, step: int) -> None:
        if self.list.isVisibleTo(self):
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        elif self.line.value():
            self._search()

    def _take(self) -> None:
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if self.list.count() else None
        if isinstance(found, PlaceFound):
            self._value = PlacePicked(found.place_id)
            self.line.setText(found.name)
        else:
            self._value = PlacePicked(words=self.line.value())
        self._close()
        self.picked.emit(self._value)

    def _leave(self) -> None:
        # leaving the field with the mouse or Tab keeps what was typed as a place in words
        if self._rest.isActive() or self.line.taking:
            self._rest.stop()
            self._close()
            self.picked.emit(self._value)

    def _close(self) -> None:
        self.line.taking = False
        self.list.hide()
