"""The lists of feedback under one choice: records, messages nobody read yet, and boxes; each its own table.

It reads a page of rows at a time through what it is handed, and says by signals what was chosen and opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from helpdesk.assistance.feedback import boxes, messages, queries
from helpdesk.core.language import N_
from helpdesk.households.list_rows import RowProblem
from ui.forms.feedback_lists import box_columns, feedback_columns, message_columns, message_lines, problems
from ui.theme import Look
from ui.widgets.choices import ChoiceRow
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Rows
from ui.widgets.words import label

WAITING, LATE, ALL, MESSAGES, BOXES = "waiting", "late", "all", "messages", "boxes"
LISTS: Final = {
    WAITING: N_("Waiting"), LATE: N_("Late"), ALL: N_("All"), MESSAGES: N_("Messages to read"), BOXES: N_("Boxes"),
}  # fmt: skip
RECORDS: Final = (WAITING, LATE, ALL)
"""Lists that show records, in one table."""


class FeedbackTables(QWidget):
    """``read`` is the page's way to ask the store. :attr:`opened` carries the list and the id of a line."""

    opened = Signal(str, str)
    chosen = Signal()
    """Another list was chosen."""

    def __init__(self, look: Look, read: Callable[..., None]) -> None:
        super().__init__()
        self._words = words = look.words
        self._read = read
        self.boxes: dict[str, boxes.Box] = {}
        self.choice = ChoiceRow(
            look, "feedbackLists", words("What to show"), [(one, words(said)) for one, said in LISTS.items()]
        )
        self.choice.choose(WAITING)
        self.choice.changed.connect(lambda _: self.chosen.emit())
        self.told = label("", role="quiet", name="feedbackCount")
        self.report = Rows(look, name="feedbackProblems")
        self.tables = {
            WAITING: PagedTable(look, "feedbackTable", words("Feedback"), feedback_columns(words), self._records),
            MESSAGES: PagedTable(
                look, "messagesTable", words("Messages to read"), message_columns(words), self._messages
            ),
            BOXES: PagedTable(look, "boxesTable", words("Boxes"), box_columns(words), self._boxes),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.choice, self.told, self.report):
            column.addWidget(widget)
        for one, table in self.tables.items():
            table.setMinimumHeight(look.size(300))
            table.opened.connect(partial(self.opened.emit, one))
            column.addWidget(table, 1)
        self.setFocusProxy(self.choice)

    @property
    def which(self) -> str:
        """The list that is chosen."""
        return self.choice.chosen or WAITING

    def ask(self) -> None:
        """Read the chosen list again."""
        which = self.which
        self.report.setVisible(which == MESSAGES)
        for one, table in self.tables.items():
            table.setVisible(one == (WAITING if which in RECORDS else which))
        if which == MESSAGES:
            self._read(messages.waiting, then=self._show_messages, newest="rows")
        elif which == BOXES:
            self._read(boxes.boxes, then=self._show_boxes, newest="rows")
        else:
            self._read(queries.count, which, then=partial(self._show_count, which), newest="rows")

    def picked(self) -> str | None:
        """The line the keys stand on in the chosen list."""
        found: str | None = self.tables[WAITING if self.which in RECORDS else self.which].picked_id()
        return found

    def tell_problems(self, found: Sequence[RowProblem]) -> None:
        """What was wrong in a file that was loaded."""
        self.report.show_rows(problems(self._words, found))

    def _show_count(self, which: str, count: int) -> None:
        self._tell(which, count)
        # of thousands that were taken down over the years only those on the screen are asked for
        self.tables[WAITING].show_count(
            count, lambda first, most, then: self._read(queries.ids, which, first, most, then=then)
        )

    def _show_messages(self, ids: Sequence[str]) -> None:
        self._tell(MESSAGES, len(ids))
        self.tables[MESSAGES].show_ids(ids)

    def _tell(self, which: str, count: int) -> None:
        words = self._words
        empty = {
            WAITING: words("Nobody waits for an answer."),
            LATE: words("No answer is late."),
            ALL: words("Nothing was taken down yet. Ctrl+Enter begins."),
            MESSAGES: words("No message waits. Load the file of the helpline or the text message service."),
        }[which]
        self.told.setText(words.plural("{n} line", "{n} lines", count) if count else empty)

    def _show_boxes(self, found: Sequence[boxes.Box]) -> None:
        words = self._words
        self.boxes = {box.id: box for box in found}
        none = words("No box was opened yet. Two people open it, and both count the papers.")
        self.told.setText(words.plural("{n} box", "{n} boxes", len(found)) if found else none)
        self.tables[BOXES].show_ids(list(self.boxes))

    def _records(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        self._read(queries.lines, tuple(ids), then=lambda found: then([found[one] for one in ids if one in found]))

    def _messages(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        self._read(message_lines, tuple(ids), then=lambda found: then([found[one] for one in ids if one in found]))

    def _boxes(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self.boxes[one] for one in ids if one in self.boxes])
