"""Choosing by keys: one of a row, or several to tick. Digits 1..9 choose, arrows move, Tab and Enter leave the row.

A row starts with nothing chosen: no answer is ever a default. Chosen codes leave by signals; labels come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from helpdesk.core.codes import CodeList
from ui.keys import digit_of
from ui.theme import Look


class Entries(tuple[tuple[str, str], ...]):  # noqa: SLOT001 - a tuple with slots has no room for a label
    """What a form offers of a list that may change, and the words of an entry that an old record holds beside it."""

    label: Callable[[str], str]


def entries_of(look: Look, codes: CodeList, only: Iterable[str] | None = None) -> tuple[tuple[str, str], ...]:
    """(code, label) of what is offered of a code list in the window's language, all of it or some."""
    label = partial(look.words.label, codes.name)
    entries = Entries((code, label(code)) for code in (look.words.lists.offered(codes) if only is None else only))
    entries.label = label
    return entries if codes.grows else tuple(entries)


class _Group(QWidget):
    """What both kinds share: a grid of buttons that is one stop on the way of Tab and Enter."""

    def __init__(self, look: Look, name: str, title: str, columns: int) -> None:
        super().__init__()
        self._look = look
        self._columns = columns
        self._buttons: dict[str, QRadioButton | QCheckBox] = {}
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.size(12))
        self._grid.setVerticalSpacing(0)

    def _add(self, code: str, text: str, made: QRadioButton | QCheckBox) -> None:
        place = len(self._buttons)
        made.setText(text.replace("&", "&&"))
        made.setObjectName(f"{self.objectName()}.{code}")
        made.setAccessibleName(text)
        made.setAccessibleDescription(self.accessibleName())
        made.setProperty("code", code)
        made.setMinimumHeight(self._look.size(32))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not place else Qt.FocusPolicy.ClickFocus)
        made.installEventFilter(self)
        self._buttons[code] = made
        if not place:
            self.setFocusProxy(made)
        self._grid.addWidget(made, place // self._columns, place % self._columns)
        self._grid.setColumnStretch(self._columns, 1)

    def button(self, code: str) -> QRadioButton | QCheckBox:
        """The button of an entry."""
        return self._buttons[code]

    def _stop_at(self, code: str) -> None:
        """Make one button the group's stop for Tab."""
        for other, made in self._buttons.items():
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == code else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._buttons[code])

    def _neighbour(self, code: str, key: int) -> str | None:
        forward, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if self._look.right_to_left else (
            Qt.Key.Key_Right, Qt.Key.Key_Left
        )  # fmt: skip
        steps = {forward.value: 1, back.value: -1, Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}
        if key not in steps:
            return None
        codes = list(self._buttons)
        return codes[(codes.index(code) + steps[key]) % len(codes)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Digits choose and arrows move inside the group."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        code = str(watched.property("code"))
        other = self._neighbour(code, event.key())
        if other is not None:
            self._stop_at(other)
            self._buttons[other].setFocus(Qt.FocusReason.TabFocusReason)
            self._moved_to(other)
            return True
        digit = digit_of(event) if event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        ) else None  # fmt: skip
        codes = list(self._buttons)
        if digit is not None and 1 <= int(digit) <= len(codes):
            chosen = codes[int(digit) - 1]
            self._stop_at(chosen)
            self._buttons[chosen].setFocus(Qt.FocusReason.TabFocusReason)
            self._buttons[chosen].click()
            return True
        return False

    def _moved_to(self, code: str) -> None:
        """Focus moved by an arrow."""


class ChoiceRow(_Group):
    """One of several, as radio buttons. :attr:`chosen` is a code or None while nothing was answered."""

    changed = Signal(str)

    def __init__(self, look: Look, name: str, title: str, entries: Sequence[tuple[str, str]], columns: int = 6) -> None:
        super().__init__(look, name, title, columns)
        self._entries = entries
        self._group = QButtonGroup(self)
        for code, text in entries:
            self._offer(code, text)
        self._group.buttonClicked.connect(lambda made: self._click(str(made.property("code"))))

    @property
    def chosen(self) -> str | None:
        """The code that is chosen."""
        made = self._group.checkedButton()
        return str(made.property("code")) if made is not None else None

    def _offer(self, code: str, text: str) -> None:
        made = QRadioButton()
        self._group.addButton(made)
        self._add(code, text, made)

    def choose(self, code: str | None) -> None:
        """Choose without a signal; None clears the answer.

        What is offered no more, or was never heard of here, is offered again for this record: no answer is lost.
        """
        if code and code not in self._buttons and isinstance(self._entries, Entries):
            self._offer(code, self._entries.label(code))
        if code is None:
            self._group.setExclusive(False)
            for made in self._buttons.values():
                made.setChecked(False)
            self._group.setExclusive(True)
        elif code in self._buttons:
            self._buttons[code].setChecked(True)
            self._stop_at(code)

    def _click(self, code: str) -> None:
        self._stop_at(code)
        self.changed.emit(code)

    def _moved_to(self, code: str) -> None:
        # arrows choose in a row of radio buttons on every platform
        self._buttons[code].click()


class TickGroup(_Group):
    """Several of several. :attr:`ticked` are codes in the order of the form."""

    changed = Signal(tuple)

    def __init__(self, look: Look, name: str, title: str, entries: Sequence[tuple[str, str]], columns: int = 2) -> None:
        super().__init__(look, name, title, columns)
        self._entries = entries
        for code, text in entries:
            self._offer(code, text)

    def _offer(self, code: str, text: str) -> None:
        made = QCheckBox()
        made.toggled.connect(lambda _: self.changed.emit(self.ticked))
        self._add(code, text, made)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes that are ticked."""
        return tuple(code for code, made in self._buttons.items() if made.isChecked())

    def tick(self, codes: Iterable[str]) -> None:
        """Tick exactly these, without a signal; what is offered no more is offered again where a record holds it."""
        wanted = dict.fromkeys(codes)
        if isinstance(self._entries, Entries):
            for code in wanted:
                if code not in self._buttons:
                    self._offer(code, self._entries.label(code))
        for code, made in self._buttons.items():
            made.blockSignals(True)
            made.setChecked(code in wanted)
            made.blockSignals(False)
