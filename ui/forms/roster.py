"""The roster: everybody of a family, one line each, typed like a sheet with Enter, Ins and Ctrl+Backspace.

The names of children are offered from the head and stay an offer until somebody types over them; nothing is guessed
for anybody else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from helpdesk.households.forms import MemberEntry
from ui.forms.member_line import WIDTHS, MemberLine, Offered
from ui.keys import is_enter
from ui.theme import Look
from ui.widgets.words import button, label

KIN = ("SPOUSE", "CHILD", "COWIFE")
"""Once one of these stands in the roster, the next person is most likely a child."""


def offered_names(sex: str | None, given: str, father: str, family: str) -> Offered:
    """What a child of this head is offered: of a man his own names, of a woman nothing but the family name.

    Wives keep their own father's line (DOMAIN.md 2.3), so a mother says nothing about the names between.
    """
    if sex == "M":
        return Offered(given, father, family)
    return Offered(family=family)


def head_in(fields: Mapping[str, str]) -> str:
    """The given name of the head in a draft's fields, of whoever stands first while nobody is head; "" for nobody."""
    lines = [json.loads(kept) for name, kept in sorted(fields.items()) if name.startswith("member.") and kept]
    named = [line for line in lines if line["given"].strip()]
    heads = [line for line in named if line["relation"] == "HEAD"]
    return str((heads or named)[0]["given"]).strip() if named else ""


def sheet_header(look: Look, *, lines_go: bool = True) -> QHBoxLayout:
    """The titles above lines of people, as wide as their fields; ``lines_go`` where lines can be removed."""
    words = look.words
    row = QHBoxLayout()
    row.setSpacing(look.size(4))
    titles = {
        "n": "", "given": words("Given name"), "father": words("Father"), "grandfather": words("Grandfather"),
        "family": words("Family name"), "sex": words("Sex"), "birth": words("Age or year"),
        "relation": words("Relation to head"), "away": "",
    } | ({"remove": ""} if lines_go else {})  # fmt: skip
    for name, title in titles.items():
        made = label(title, role="small", wrap=False)
        if name in ("given", "father", "grandfather", "family"):
            made.setMinimumWidth(look.size(80))
            row.addWidget(made, WIDTHS[name])
        else:
            made.setFixedWidth(look.size(WIDTHS[name]))
            row.addWidget(made)
    return row


class Roster(QWidget):
    """All lines. :attr:`changed` names what changed: a line's place, or -1 for all; ``anchor`` is the field before."""

    changed = Signal(int)
    left = Signal()
    """Enter on an empty line: the roster is finished."""

    def __init__(self, look: Look, today: date, anchor: QWidget) -> None:
        super().__init__()
        self._look = look
        self._anchor = anchor
        self.today = today
        self.lines: list[MemberLine] = []
        self._gone: tuple[int, str] | None = None
        self.setObjectName("roster")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.size(4))
        whole.addLayout(sheet_header(look))
        self._column = QVBoxLayout()
        self._column.setSpacing(look.size(4))
        whole.addLayout(self._column)
        whole.addLayout(self._below())
        self.add(focus=False)

    def _below(self) -> QHBoxLayout:
        look, words = self._look, self._look.words
        row = QHBoxLayout()
        add = words("Add a person (Ins)")
        self._more = button(add, look, self._add_at_end, kind="link", icon_name="add", name="roster.add")
        # Enter walks from line to line; these two are reached by their keys, the mouse, and Tab
        self._back = button(words("Put back"), look, self.put_back, kind="link", name="roster.back")
        self._back.hide()
        row.addWidget(self._more)
        row.addWidget(self._back)
        row.addStretch(1)
        return row

    # lines

    def _add_at_end(self) -> None:
        self.add()

    def add(self, after: int | None = None, *, focus: bool = True) -> MemberLine:
        """A new line, at the end or after another."""
        line = MemberLine(self._look, self.today)
        place = len(self.lines) if after is None else after + 1
        self.lines.insert(place, line)
        self._column.insertWidget(place, line)
        line.show()  # a layout would show it only later, and keys go to nothing that is not shown
        line.changed.connect(lambda: self._line_changed(line))
        line.related.connect(lambda: self._related(line))
        line.removed.connect(lambda: self.take_away(self.lines.index(line)))
        self._number()
        if not self.filled():
            line.relation.choose("HEAD")
        elif any(other.relation.chosen in KIN for other in self.lines):
            line.offer(self._offered())
        if focus:
            line.select(line.names["given"])
        self.changed.emit(-1)
        return line

    def take_away(self, place: int) -> None:
        """Remove a line; it can be put back."""
        line = self.lines.pop(place)
        if not line.is_empty:
            self._gone = (place, line.kept())
            name = line.shown_name()
            words = self._look.words
            text = words("Put back {name}", name=name) if name else words("Put back the person removed")
            self._back.setText(text)
            self._back.setAccessibleName(text)
            self._back.show()
        self._drop(line)
        if not self.lines:
            self.add(focus=False)
        self._number()
        here = self.lines[min(place, len(self.lines) - 1)]
        here.select(here.names["given"])
        self.changed.emit(-1)

    def put_back(self) -> None:
        """Undo the last removal."""
        if self._gone is None:
            return
        place, kept = self._gone
        self._gone = None
        self._back.hide()
        line = self.add(min(place, len(self.lines)) - 1, focus=False)
        line.show_kept(kept)
        line.select(line.names["given"])
        self.changed.emit(-1)

    def _drop(self, line: MemberLine) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.setParent(None)
        line.deleteLater()

    def _number(self) -> None:
        for place, line in enumerate(self.lines):
            line.set_place(place)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Put every line on Tab's way where it belongs: a widget made later stands last until then."""
        before = self._anchor
        if before.window() is not self.window():
            return
        for control in [*(one for line in self.lines for one in line.tab_order()), self._more, self._back]:
            QWidget.setTabOrder(before, control)
            before = control

    def _line_changed(self, line: MemberLine) -> None:
        if line is self.head():
            for other in self.lines:
                if other is not line and other.offered:
                    other.offer(self._offered())
        if line in self.lines:
            self.changed.emit(self.lines.index(line))

    def _related(self, line: MemberLine) -> None:
        if line.relation.chosen == "CHILD":
            line.offer(self._offered())
        elif line.relation.chosen is not None and line.take_back():
            line.select(line.names["father"])

    def head(self) -> MemberLine | None:
        """The line of the head, None while nobody is."""
        return next((line for line in self.lines if line.relation.chosen == "HEAD"), None)

    def _offered(self) -> Offered:
        head = self.head()
        if head is None:
            return Offered()
        return offered_names(head.sex.chosen, head.name("given"), head.name("father"), head.name("family"))

    def filled(self) -> list[MemberLine]:
        """The lines in which somebody stands."""
        return [line for line in self.lines if not line.is_empty]

    def entries(self) -> list[MemberEntry | None]:
        """The people, None where a line is not complete."""
        return [line.entry() for line in self.filled()]

    # keeping and showing

    def kept(self) -> dict[str, str]:
        """All lines as a draft keeps them."""
        lines = {f"member.{place}": line.kept() for place, line in enumerate(self.lines)}
        return {"members": str(len(self.lines)), **lines}

    def show_lines(self, kept: list[str]) -> None:
        """Show these lines instead; none at all is one empty line."""
        self.clear()
        for place, one in enumerate(kept):
            line = self.lines[0] if place == 0 else self.add(focus=False)
            line.show_kept(one)

    def show_people(self, people: list[tuple[MemberEntry, str]]) -> None:
        """Show people who are known already."""
        self.clear()
        for place, (entry, told) in enumerate(people):
            line = self.lines[0] if place == 0 else self.add(focus=False)
            line.take_back()
            line.show_person(entry, told)

    def clear(self) -> None:
        """One empty line."""
        for line in list(self.lines):
            self._drop(line)
        self.lines.clear()
        self._gone = None
        self._back.hide()
        self.add(focus=False)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter from field to field and line to line, Ins adds, Ctrl+Backspace removes."""
        focused = self.focusWidget()
        place = next((n for n, line in enumerate(self.lines) if line.isAncestorOf(focused)), None)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Insert and not control:
            self.add(place)
        elif event.key() == Qt.Key.Key_Backspace and control and place is not None:
            self.take_away(place)
        elif is_enter(event) and not control and place is not None and self._enter(place, event):
            return
        else:
            super().keyPressEvent(event)

    def _enter(self, place: int, event: QKeyEvent) -> bool:
        line = self.lines[place]
        focused = line.focused()
        if focused is None or isinstance(self.focusWidget(), QPushButton):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False  # Shift+Enter goes back over everything, offered or not
        if focused is line.names["given"] and line.is_empty:
            self.left.emit()
            return True
        order = line.order()
        later = [field for field in _after(line, focused) if field in order]
        if later:
            line.select(later[0])
        elif place + 1 < len(self.lines):
            following = self.lines[place + 1]
            following.select(following.names["given"])
        else:
            self.add()
        return True


def _after(line: MemberLine, field: QWidget) -> list[QWidget]:
    """The fields of a line behind one of them."""
    every: list[QWidget] = [*line.names.values(), line.sex, line.birth, line.relation]
    return every[every.index(field) + 1 :]
