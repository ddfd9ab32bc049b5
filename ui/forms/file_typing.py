"""The one piece that is open for typing in a family's file, with its draft and what it still lacks.

It opens, keeps and closes the piece, and saves it by the pen it is handed; what stands in a piece is its maker's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from ui.forms.file_beside import Asking
from ui.forms.registering import FIELD_OF
from ui.theme import Look
from ui.widgets.words import button, clear

QUESTION: Final = "question"
"""The field of a draft that says which question was open."""


class TypingPlace(QWidget):
    """At most one piece; opening another closes the one before, whose draft stays."""

    moved = Signal()
    """A piece was opened or closed, or something in it was typed."""
    opened = Signal(object)
    """The piece that was opened: bring it into view."""
    left = Signal()
    """The piece is gone, saved or not: the keys go back to where they were."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._code = ""
        self._saving = False
        self.came_from = ""
        """The name of the control that had the keys before: they go back to it."""
        self.asking: Asking | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def open(self, asking: Asking, code: str = "") -> None:
        """Show a piece and give it the keys; ``code`` is kept in its draft, so that it can be opened again."""
        self.close_piece()
        self.asking, self._code = asking, code
        before = QApplication.focusWidget()
        self.came_from = before.objectName() if before is not None else ""
        words = self._look.words
        leave = button(words("Leave without saving"), self._look, self.give_up, kind="link", name="leaveQuestion")
        self._column.addWidget(asking.part)
        asking.part.add(leave)
        asking.part.changed.connect(self._keep)
        self.show()
        asking.part.show()
        self.moved.emit()
        stops = (one for one in asking.part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        next((one for one in stops if one.isVisibleTo(asking.part)), leave).setFocus()
        self.opened.emit(asking.part)

    def close_piece(self) -> None:
        """Take the piece away; what its draft keeps stays."""
        self.asking = None
        clear(self._column)
        self.hide()
        self.moved.emit()

    def give_up(self) -> None:
        """Take the piece away with what was typed."""
        self._drop()
        self.close_piece()
        self.left.emit()

    def saved(self) -> Asking | None:
        """Its answers are saved by the page itself: it goes, with its draft. What it was."""
        asking = self.asking
        self._drop()
        self.close_piece()
        return asking

    def save(self, write: Callable[..., None], failed: Callable[[Exception], None]) -> None:
        """Save the piece by ``write``, once however often it is asked for; then comes what its asking says.

        A refusal is said at the field it is about, any other failure by ``failed``; the piece stays open.
        """
        asking = self.asking
        if asking is None or self._saving:
            return
        self._saving = True
        command, *answers = asking.acts()
        write(command, *answers, then=partial(self._after, asking), failed=partial(self._not_saved, failed))

    def _after(self, asking: Asking, result: Any) -> None:
        self._saving = False
        if asking.draft is not None:
            asking.draft.drop()
        if self.asking is asking:
            self.close_piece()
            self.left.emit()
        if asking.then is not None:
            asking.then(result)

    def _not_saved(self, failed: Callable[[Exception], None], error: Exception) -> None:
        self._saving = False
        if not self.refused(error):
            failed(error)

    def lacking(self) -> str:
        """What must still be asked, in words, "" for nothing."""
        missing = self.asking.part.missing() if self.asking is not None else []
        return self._look.words("Still to ask: {what}.", what=missing[0].what) if missing else ""

    def refused(self, error: Exception) -> bool:
        """Say a refusal at the field it is about; False if it is about none of this piece."""
        if self.asking is None or not isinstance(error, Refusal):
            return False
        field = FIELD_OF.get(error.code) or str(error.values.get("field", ""))
        if not field and "line" not in error.values:
            return False
        return self.asking.part.say_at(field, self._look.words.sentence(error))

    def _keep(self, name: str, value: str) -> None:
        if self.asking is not None and self.asking.draft is not None:
            self.asking.draft.set(QUESTION, self._code)
            self.asking.draft.set(name, value)
        self.moved.emit()

    def _drop(self) -> None:
        if self.asking is not None and self.asking.draft is not None:
            self.asking.draft.drop()
