"""A board: columns of small cards, one stop for Tab; arrows move from card to card, Page Down turns a column.

It shows what it is handed and tells which card was opened and which column shall turn. Nothing can be dragged: a card
moves when something is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Look
from ui.widgets.words import button, clear, label

_KEYS: Final = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp,
)  # fmt: skip


@dataclass(frozen=True)
class CardShown:
    """One card: the id it opens, its lines, and what a screen reader says."""

    id: str
    lines: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class ColumnShown:
    """One column: its code, heading, how many, that in words, this page of cards, and whether there are others."""

    code: str
    heading: str
    count: str
    counts: str
    cards: Sequence[CardShown]
    before: bool = False
    after: bool = False


class BoardGrid(QFrame):
    """Equal columns in the direction of the language."""

    opened = Signal(str)
    """The id of a card."""
    listed = Signal(str)
    """The code of a column whose heading was pressed."""
    turned = Signal(str, int)
    """A column's code, and 1 for its next page or -1 for the one before."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("board")
        self.setProperty("frame", "plain")
        self.setAccessibleName(title)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.size(4))
        self._cards: list[list[QPushButton]] = []
        self._columns: Sequence[ColumnShown] = ()

    def show_columns(self, columns: Sequence[ColumnShown]) -> None:
        """Show these instead; the keys stay on the same card, or on its place."""
        at = self._where()
        kept = self._columns[at[0]].cards[at[1]].id if at is not None else ""
        had_keys = at is not None and self._cards[at[0]][at[1]].hasFocus()
        clear(self._grid)
        self._columns = columns
        self._cards = []
        for place, column in enumerate(columns):
            self._grid.addWidget(self._column(column), 0, place)
            self._grid.setColumnStretch(place, 1)
        self._choose_stop(kept, at)
        stop = self.stop()
        if had_keys and stop is not None:
            stop.setFocus()

    def _column(self, column: ColumnShown) -> QWidget:
        look = self._look
        whole = QFrame()
        whole.setObjectName(f"column.{column.code}")
        whole.setProperty("frame", "column")
        whole.setAccessibleName(f"{column.heading}: {column.counts}")
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(look.size(4), look.size(6), look.size(4), look.size(6))
        inside.setSpacing(look.size(4))
        heading = button(column.heading, look, lambda: self.listed.emit(column.code), kind="link",
                         name=f"list.{column.code}")  # fmt: skip
        heading.setAccessibleDescription(column.counts)
        heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        heading.setToolTip(column.heading)
        inside.addWidget(heading)
        inside.addLayout(self._counted(column))
        made = [self._card(card) for card in column.cards]
        self._cards.append(made)
        for one in made:
            inside.addWidget(one)
        inside.addStretch(1)
        return whole

    def _card(self, card: CardShown) -> QPushButton:
        made = QPushButton("\n".join(card.lines))
        made.setObjectName(f"card.{card.id}")
        made.setAccessibleName(card.said)
        made.setToolTip(card.said)
        made.setProperty("kind", "board")
        made.setAutoDefault(False)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        made.clicked.connect(lambda *_: self.opened.emit(card.id))
        made.installEventFilter(self)
        return made

    def _counted(self, column: ColumnShown) -> QHBoxLayout:
        look, words = self._look, self._look.words
        row = QHBoxLayout()
        row.setContentsMargins(look.size(4), 0, 0, 0)
        row.setSpacing(0)
        count = label(column.count, role="head", wrap=False, name=f"counts.{column.code}")
        count.setToolTip(column.counts)
        count.setAccessibleName(column.counts)
        row.addWidget(count)
        row.addStretch(1)
        if not (column.before or column.after):
            return row
        for step, sign, said, wanted in (
            (-1, "\u25b2", words("Earlier families of this column"), column.before),
            (1, "\u25bc", words("Further families of this column"), column.after),
        ):
            made = button(sign, look, partial(self.turned.emit, column.code, step), kind="link",
                          name=f"turn.{column.code}.{'next' if step > 0 else 'before'}")  # fmt: skip
            made.setAccessibleName(said)
            made.setToolTip(said)
            made.setEnabled(wanted)
            made.setFixedWidth(look.size(28))
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Page Down does the same without leaving the cards
            row.addWidget(made)
        return row

    # the keys

    def stop(self) -> QWidget | None:
        """The card that Tab stops at, None on an empty board."""
        at = self._where()
        return self._cards[at[0]][at[1]] if at is not None else None

    def _where(self) -> tuple[int, int] | None:
        for place, cards in enumerate(self._cards):
            for row, made in enumerate(cards):
                if made.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                    return place, row
        return None

    def _choose_stop(self, kept: str, at: tuple[int, int] | None) -> None:
        places = [(c, r) for c, cards in enumerate(self._cards) for r in range(len(cards))]
        if not places:
            return
        same = next((p for p in places if self._columns[p[0]].cards[p[1]].id == kept), None)
        near = next((p for p in places if at is not None and p[0] == at[0]), places[0])
        self._stop_at(*(same or near))

    def _stop_at(self, column: int, row: int) -> None:
        for cards in self._cards:
            for made in cards:
                made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._cards[column][row].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows and pages inside the board."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _KEYS:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        at = next(((c, r) for c, cards in enumerate(self._cards) for r, m in enumerate(cards) if m is watched), None)
        if at is None:
            return False
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = 1 if event.key() == Qt.Key.Key_PageDown else -1
            column = self._columns[at[0]]
            if column.after if step > 0 else column.before:
                self._stop_at(*at)
                self.turned.emit(column.code, step)
            return True
        self._move(at, Qt.Key(event.key()))
        return True

    def _move(self, at: tuple[int, int], key: Qt.Key) -> None:
        column, row = at
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row = min(max(0, row + (1 if key == Qt.Key.Key_Down else -1)), len(self._cards[column]) - 1)
        else:
            ahead = (key == Qt.Key.Key_Right) is not self._look.right_to_left
            others = range(column + 1, len(self._cards)) if ahead else range(column - 1, -1, -1)
            column = next((one for one in others if self._cards[one]), column)
            row = min(row, len(self._cards[column]) - 1)
        self._stop_at(column, row)
        self._cards[column][row].setFocus(Qt.FocusReason.TabFocusReason)
