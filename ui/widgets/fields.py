"""Fields to type into: digits in any script, names cleaned, and an age, a year or a date in one field.

A field says beside itself what it understood and what it doubts; it never opens a box and never refuses a key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from helpdesk.core.dates import Dated, age_on, read_birth
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean, fold_digits
from ui.theme import Look
from ui.widgets.words import label


class Field(QWidget):
    """A control with its name above and one line below for what was understood or is doubted.

    ``required`` is said in words, not with a star alone. The control is :attr:`edit`.
    """

    def __init__(self, look: Look, title: str, edit: QWidget, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self._look = look
        self._hint = hint
        self.edit = edit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(4))
        shown = look.words("{field} (needed)", field=title) if required else title
        self.title = label(shown, wrap=False)
        self.title.setBuddy(edit)
        self.below = label(hint, role="small", name="fieldBelow")
        self.below.setVisible(bool(hint))
        column.addWidget(self.title)
        column.addWidget(edit)
        column.addWidget(self.below)
        edit.setAccessibleName(shown)
        if hint:
            edit.setAccessibleDescription(hint)
        self.setFocusProxy(edit)
        if isinstance(edit, (DigitEdit, NameEdit, DateAgeEdit)):
            edit.told.connect(self.say)

    def say(self, sentence: str, tone: str = "quiet") -> None:
        """Say something below the field; an empty sentence brings the hint back."""
        self.below.setText(sentence or self._hint)
        self.below.setVisible(bool(sentence or self._hint))
        self.below.setProperty("tone", "" if tone == "quiet" else tone)
        self.edit.setProperty("wrong", "true" if tone in ("careful", "stop") and sentence else "false")
        for widget in (self.below, self.edit):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.edit.setAccessibleDescription(sentence or self._hint)


class TextEdit(QLineEdit):
    """The base of one-line fields: selects nothing on its own, reports each change as cleaned text."""

    told = Signal(str, str)
    """A sentence to show below and its tone."""
    typed = Signal(str)
    """The value after each change, as :meth:`value` gives it."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self.setMinimumHeight(look.size(32))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textChanged.connect(lambda _: self.typed.emit(self.value()))

    def value(self) -> str:
        """What the field holds, cleaned."""
        return clean(self.text())


class DigitEdit(TextEdit):
    """Numbers of any kind, typed in any digit script; always runs left to right. ``longest`` in digits, 0 for any.

    ``check(digits)`` may return a sentence about what is doubtful; it is said below after the field is left.
    """

    def __init__(
        self, look: Look, name: str, longest: int = 0, check: Callable[[str], str] | None = None, plus: bool = False
    ) -> None:
        super().__init__(look, name)
        self._check = check
        self._keep = "+" if plus else ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        if longest:
            self.setMaxLength(longest + longest // 3 + 2)  # room for hyphens and spaces
        self.textEdited.connect(self._fold)
        self.editingFinished.connect(self._judge)

    def value(self) -> str:
        """ASCII digits only (and a leading + where the field takes one)."""
        folded = fold_digits(self.text())
        digits = "".join(c for c in folded if "0" <= c <= "9")
        return self._keep + digits if self._keep and folded.strip().startswith("+") else digits

    def _fold(self, text: str) -> None:
        place = self.cursorPosition()
        folded = "".join(c for c in fold_digits(text) if c in "0123456789- " or c == self._keep)
        if folded != text:
            place -= len(text) - len(folded)
            self.setText(folded)
            self.setCursorPosition(max(place, 0))

    def _judge(self) -> None:
        if self._check is not None:
            doubt = self._check(self.value()) if self.value() else ""
            self.told.emit(doubt, "careful" if doubt else "quiet")


class NameEdit(TextEdit):
    """A name or other words: shown as typed, cleaned of invisible characters when the field is left."""

    def __init__(self, look: Look, name: str, longest: int = 120) -> None:
        super().__init__(look, name)
        self.setMaxLength(longest)
        self.editingFinished.connect(self._tidy)

    def _tidy(self) -> None:
        tidy = clean(self.text())
        if tidy != self.text():
            self.setText(tidy)


class MillimetreEdit(TextEdit):
    """A length from -20 to 20 millimetres with one decimal, in any digit script; Up and Down move it by half a one."""

    LARGEST = 200
    STEP = 5

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft)
        self.editingFinished.connect(lambda: self.show_tenths(self.tenths()))

    def tenths(self) -> int:
        """The length in tenths of a millimetre; 0 for what is no number."""
        typed = fold_digits(self.value()).replace("\u066b", ".").replace(",", ".").replace("\u2212", "-")
        try:
            return max(-self.LARGEST, min(self.LARGEST, round(float(typed) * 10)))
        except ValueError:
            return 0

    def show_tenths(self, tenths: int) -> None:
        """Show a length, in the digits of the language."""
        self.setText(self._look.words.digits(f"{tenths / 10:.1f}"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down."""
        step = {Qt.Key.Key_Up: self.STEP, Qt.Key.Key_Down: -self.STEP}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.show_tenths(max(-self.LARGEST, min(self.LARGEST, self.tenths() + step)))


class DateAgeEdit(TextEdit):
    """An age, a year or a date in one field, in any digit script: ``34``, ``1991``, ``7/1991``, ``3.5.1991``.

    Says below what it understood or what it misses. :meth:`birth` is None while it understands nothing.
    """

    understood = Signal(object)
    """The :class:`~helpdesk.core.dates.Dated` after each change, or None."""

    def __init__(self, look: Look, name: str, today: date) -> None:
        super().__init__(look, name)
        self._today = today
        self._birth: Dated | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft)
        self.setPlaceholderText(look.words("age, year or date"))
        self.textChanged.connect(lambda _: self._read())
        self.editingFinished.connect(self._doubt)

    def birth(self) -> Dated | None:
        """The birth date and how exactly it is known, as understood."""
        return self._birth

    def _read(self) -> None:
        words = self._look.words
        try:
            birth = read_birth(self.value(), self._today) if self.value() else None
        except Refusal:
            birth = None
        self._birth = birth
        self.understood.emit(birth)
        if birth is None:
            self.told.emit("", "quiet")
            return
        years = age_on(birth.day, self._today)
        year = words.digits(birth.day.year)
        if birth.precision == "day":
            told = words.plural("born {day}, {n} year old", "born {day}, {n} years old", years, day=birth.day)
        else:
            told = words.plural("born about {year}, {n} year old", "born about {year}, {n} years old", years, year=year)
        self.told.emit(told, "quiet")

    def _doubt(self) -> None:
        # said only when the field is left: half a date is no mistake while it is typed
        if not self.value() or self._birth is not None:
            return
        try:
            read_birth(self.value(), self._today)
        except Refusal as refusal:
            self.told.emit(self._look.words.sentence(refusal), "careful")
