"""One piece of a family's form: a card whose answers are kept by name, shown again, and said to be missing.

A piece never saves and never asks the store; it tells each change by a signal and gives its answers when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import Look
from ui.widgets.fields import Field
from ui.widgets.words import Card

Kept: TypeAlias = "Callable[[str], str]"
"""``kept(name)``: what was typed before into a field, "" for nothing."""


@dataclass(frozen=True)
class Missing:
    """Something that still must be asked: what, in words, and where."""

    what: str
    where: QWidget


class Part(Card):
    """Base of the pieces. Names that begin with ``sealed`` never reach the disk (``ui.drafts``)."""

    changed = Signal(str, str)
    """Name and text of an answer, as a draft keeps it."""

    def __init__(self, look: Look, heading: str, name: str) -> None:
        super().__init__(look, heading, name)
        self.look = look
        self.words = look.words
        self._showing = False
        self.fields: dict[str, Field] = {}

    def keep(self, name: str, value: str) -> None:
        """Tell that an answer changed, unless it is only being shown again."""
        if not self._showing:
            self.changed.emit(name, value)

    @contextmanager
    def showing(self) -> Iterator[None]:
        """While earlier answers are shown, nothing counts as typed."""
        before, self._showing = self._showing, True
        try:
            yield
        finally:
            self._showing = before

    def field(self, name: str, title: str, edit: QWidget, *, required: bool = False, hint: str = "") -> Field:
        """Put a control with its title into a field that refusals can be said at."""
        made = self.fields[name] = Field(self.look, title, edit, required, hint)
        return made

    def show_kept(self, kept: Kept) -> None:
        """Show what was answered before; everything else becomes empty."""

    def missing(self) -> list[Missing]:
        """What still must be asked here, in the order of the form."""
        return []

    def say_at(self, name: str, sentence: str, tone: str = "stop") -> bool:
        """Say something at a field of this piece; False if it has no such field."""
        field = self.fields.get(name)
        if field is None:
            return False
        field.say(sentence, tone)
        field.edit.setFocus()
        return True
