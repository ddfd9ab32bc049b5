"""The conditions under which a place is acceptable: one line for each, with the day by which it must come true.

There is always one line; more come by a button. It saves nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.journey.areas.documents import Condition
from ui.theme import Look
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.words import button, label


class ConditionLine(QWidget):
    """One condition and its day."""

    changed = Signal()

    def __init__(self, look: Look, place: int, longest: int) -> None:
        super().__init__()
        words, number = look.words, look.words.digits(place + 1)
        self.text = NameEdit(look, f"condition{place}.text", longest=longest)
        self.text.setAccessibleName(words("Condition {n}", n=number))
        self.text.setPlaceholderText(words("what must come true"))
        self.due = DayEdit(look, f"condition{place}.due")
        self.due.setAccessibleName(words("Day by which condition {n} is due", n=number))
        self.understood = label("", role="small", name=f"condition{place}.told")
        self.understood.hide()
        row = QHBoxLayout()
        row.addWidget(self.text, 3)
        row.addWidget(self.due, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.understood)
        for edit in (self.text, self.due):
            edit.typed.connect(lambda _: self.changed.emit())
        self.due.told.connect(self._tell)

    def _tell(self, sentence: str, _tone: str) -> None:
        self.understood.setText(sentence)
        self.understood.setVisible(bool(sentence))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here."""
        return not self.text.value() and not self.due.value()

    def lacks(self) -> QWidget | None:
        """Where something is missing, None for a whole condition."""
        if not self.text.value():
            return self.text
        return self.due if self.due.day() is None else None

    def condition(self) -> Condition | None:
        """The condition, None while it is not whole."""
        due = self.due.day()
        return Condition(self.text.value(), due) if self.text.value() and due is not None else None


class ConditionLines(QWidget):
    """All of them. Lines after the first that stay empty count for nothing."""

    moved = Signal()

    def __init__(self, look: Look, longest: int) -> None:
        super().__init__()
        self._look = look
        self._longest = longest
        self.lines: list[ConditionLine] = []
        self.setObjectName("conditions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._rows = QVBoxLayout()
        column.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.addWidget(button(look.words("Another condition"), look, self.add_line, icon_name="add",
                              name="addCondition"))  # fmt: skip
        foot.addStretch(1)
        column.addLayout(foot)
        self._put()

    def add_line(self) -> None:
        """One more line, with the keys in it; an empty one that stands there already takes them instead."""
        empty = next((line for line in self.lines if line.is_empty), None)
        (empty or self._put()).text.setFocus()
        self.moved.emit()

    def _put(self) -> ConditionLine:
        line = ConditionLine(self._look, len(self.lines), self._longest)
        line.changed.connect(self.moved)
        self.lines.append(line)
        self._rows.addWidget(line)
        self.setFocusProxy(self.lines[0].text)
        return line

    def clear(self) -> None:
        """One empty line."""
        for line in self.lines[1:]:
            self._rows.removeWidget(line)
            line.hide()
            line.setParent(None)
            line.deleteLater()
        del self.lines[1:]
        self.lines[0].text.clear()
        self.lines[0].due.clear()

    def lacks(self) -> QWidget | None:
        """Where something is missing, None once every line that was begun is whole and there is one."""
        begun = [line for line in self.lines if not line.is_empty] or self.lines[:1]
        return next((where for line in begun if (where := line.lacks()) is not None), None)

    def conditions(self) -> tuple[Condition, ...]:
        """The whole ones, in their order."""
        return tuple(made for line in self.lines if (made := line.condition()) is not None)
