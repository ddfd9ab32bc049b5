"""What a family said with its name, and the answers, as a part of its file. Sealed feedback is never in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from helpdesk.assistance.feedback import commands, queries
from helpdesk.assistance.feedback.codes import FINISHED, SECTOR, STATUS, TYPE
from helpdesk.assistance.feedback.documents import Feedback
from ui.forms.file_cards import Act
from ui.forms.file_part import LinesPart

DOT = "  \u00b7  "


class FeedbackPart(LinesPart):
    """Questions and complaints of the family, the newest first."""

    name: ClassVar[str] = "feedbackPart"
    shows: ClassVar[frozenset[str]] = frozenset({"feedback"})

    def title(self) -> str:
        """The heading."""
        return self.words("Feedback")

    def refresh(self) -> None:
        """Read again."""
        self.read(queries.of_household, self.household, then=self._show, newest="feedback")

    def _show(self, found: Sequence[tuple[str, Feedback]]) -> None:
        words = self.words
        lines: list[tuple[str, Act | None]] = [
            (self._said(one), (words("Open"), partial(self.around.go, "feedback", record))) for record, one in found
        ]
        acts: list[Act] = []
        if self.around.may(commands.record):
            acts.append((words("Take down feedback"), self._take))
        self.lines.tell(lines, acts, words("Nothing was taken down with this family's name."))

    def _said(self, one: Feedback) -> str:
        words = self.words
        due = "" if one.status in FINISHED else words("answer due by {day}", day=one.due)
        parts = (
            words.date(one.received_on),
            words.label(TYPE.name, one.type),
            words.label(SECTOR.name, one.sector) if one.sector else "",
            words.label(STATUS.name, one.status),
            due,
        )
        return DOT.join(part for part in parts if part)

    def _take(self) -> None:
        if self.family is not None:
            self.around.go("feedback", ("family", self.household, self.family.file.household.number))
