"""What somebody is typing, kept field by field: a power cut, a lock or a change of language loses nothing.

Fields are text by name; where they are stored is the core's affair, through four calls that the window hands over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.work import Owner, Work

SEALED = "sealed"
"""Fields named so are answers this laptop must not be able to read back (``helpdesk.desk.drafts``)."""
PAUSE_MS = 400
"""Typing rests this long before a draft is written: one write for a word, not one for a letter."""


@dataclass(frozen=True)
class DraftCalls:
    """The commands and queries of ``helpdesk.desk.drafts``.

    ``save(act, form, key, fields)`` keeps the other fields of the draft; ``drop(act, form, key)``;
    ``load(view, form, key) -> dict[str, str]``; ``listed(view) -> drafts with form, key, at, fields, whose``.
    """

    save: Callable[..., Any]
    drop: Callable[..., Any]
    load: Callable[..., Any]
    listed: Callable[..., Any]


class Draft(QObject):
    """One form's draft. Pages call :meth:`set` on each change and read :attr:`fields` when they are rebuilt."""

    saved = Signal()

    def __init__(self, book: DraftBook, form: str, key: str) -> None:
        super().__init__(book)
        self.form = form
        self.key = key
        self.fields: dict[str, str] = {}
        self.is_dropped = False
        self.at = ""
        """The name of the control that had the keys last; in memory only."""
        self._changed: set[str] = set()
        self._book = book
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.save)

    def set(self, name: str, value: str) -> None:
        """Keep one field. One whose name begins with ``sealed`` stays in memory and never reaches the disk."""
        if self.fields.get(name, "") == value:
            return
        self.fields[name] = value
        if not name.startswith(SEALED):
            self._changed.add(name)
            self._timer.start()

    def get(self, name: str) -> str:
        """What stands in a field, "" where nothing was typed."""
        return self.fields.get(name, "")

    @property
    def unsaved(self) -> bool:
        """Whether something typed has not reached the disk yet."""
        return self._timer.isActive()

    def save(self) -> None:
        """Write it now; called by the timer, by leaving the page, by locking and by closing."""
        self._timer.stop()
        changed = {name: self.fields[name] for name in self._changed}
        self._changed.clear()
        if changed:
            self._book.write(self, changed)

    def drop(self) -> None:
        """The form was saved or given up: nothing remains."""
        self._timer.stop()
        self.fields.clear()
        self._changed.clear()
        self.is_dropped = True
        self._book.forget(self)


class DraftBook(QObject):
    """All drafts that are open in the window, by form and key."""

    def __init__(self, work: Work, owner: Owner, calls: DraftCalls | None) -> None:
        super().__init__()
        self._work = work
        self._owner = owner
        self._calls = calls
        self._open: dict[tuple[str, str], Draft] = {}
        self.standing: dict[str, str] = {}
        """The key of the draft that is being typed, by form: a window built anew goes on with it."""

    def of(self, form: str, key: str = "") -> Draft:
        """The draft of a form, the same object however often a page is rebuilt."""
        found = self._open.get((form, key))
        if found is None:
            found = self._open[form, key] = Draft(self, form, key)
        return found

    def load(self, form: str, key: str, then: Callable[[Draft], None], owner: Owner) -> None:
        """The draft with what stands on the disk; what was typed since then wins."""
        draft = self.of(form, key)
        if self._calls is None or draft.fields:
            then(draft)
            return

        def fill(fields: dict[str, str] | None) -> None:
            draft.fields = {**(fields or {}), **draft.fields}
            then(draft)

        self._work.read(owner, self._calls.load, form, key, then=fill)

    def listed(self, owner: Owner, then: Callable[[Any], None]) -> None:
        """What waits to be finished, newest first."""
        if self._calls is not None:
            self._work.read(owner, self._calls.listed, then=then, newest="drafts")

    def write(self, draft: Draft, fields: dict[str, str]) -> None:
        """Send the changed fields of a draft to the disk."""
        if self._calls is not None:
            self._work.write(
                self._owner, self._calls.save, draft.form, draft.key, fields, then=lambda _: draft.saved.emit()
            )

    def forget(self, draft: Draft) -> None:
        """Remove a draft from the disk."""
        self._open.pop((draft.form, draft.key), None)
        if self.standing.get(draft.form) == draft.key:
            del self.standing[draft.form]
        if self._calls is not None:
            self._work.write(self._owner, self._calls.drop, draft.form, draft.key)

    def save_all(self) -> None:
        """Write whatever is not written yet; before locking, closing and changing the language."""
        for draft in list(self._open.values()):
            if draft.unsaved:
                draft.save()
