"""The strip at the foot of the window: saved when, how much the centre has not acknowledged, backup, disk.

Always true: it says what the status query says and "not known yet" before that. Each part opens its page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from helpdesk.core.language import isolate_ltr
from helpdesk.desk.folder import free_bytes
from ui.icons import icon
from ui.theme import Look
from ui.widgets.words import button

OLD_WORK_DAYS = 7
OLD_BACKUP_DAYS = 2
LITTLE_SPACE = 500 * 1024 * 1024
"""Bytes of free disk below which the foot warns."""


@dataclass(frozen=True)
class Status:
    """What the status query answers.

    Records the centre has not acknowledged and the age in days of the oldest file with some; the age in days of the
    lists of cards and vouchers and of the last backup, None where there is none.
    """

    unacknowledged: int
    oldest_days: int
    lists_days: int | None
    backup_days: int | None = None


class Foot(QWidget):
    """Four parts, each a button with an icon and words."""

    def __init__(self, look: Look, go: Callable[[str], None], folder: Path) -> None:
        super().__init__()
        self._look = look
        self._folder = folder
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(look.words("State of this desk"))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(8), look.size(4), look.size(8), look.size(4))
        row.setSpacing(look.size(16))
        self._parts: dict[str, QPushButton] = {}
        for name, icon_name, page in (
            ("saved", "save", "desk"),
            ("waiting", "files", "files"),
            ("backup", "backup", "files"),
            ("disk", "disk", "desk"),
        ):
            part = button(look.words("not known yet"), look, partial(go, page), name=f"foot.{name}")
            part.setIcon(icon(icon_name, look, "quiet", 16))
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            part.setMinimumHeight(look.size(28))
            row.addWidget(part)
            self._parts[name] = part
        row.addStretch(1)
        self._part("saved", look.words("nothing saved since you signed in"), "save", "quiet")

    def saved(self, at: QTime) -> None:
        """Something was saved just now."""
        clock = isolate_ltr(self._look.words.digits(at.toString("HH:mm")))
        self._part("saved", self._look.words("saved {time}", time=clock), "good", "good")

    def tell(self, facts: Status) -> None:
        """Show the state."""
        words = self._look.words
        self._tell_waiting(facts)
        # a warning nobody can act on helps nobody: without backups of its own the desk says what the centre lacks
        self._parts["backup"].setVisible(facts.backup_days is not None)
        if facts.backup_days is not None:
            old = facts.backup_days > OLD_BACKUP_DAYS
            said = words.plural("backup {n} day ago", "backup {n} days ago", facts.backup_days)
            said = said if facts.backup_days else words("backup today")
            self._part("backup", said, "careful" if old else "backup", "careful" if old else "quiet")
        if free_bytes(self._folder) < LITTLE_SPACE:
            self._part("disk", words("the disk is nearly full"), "stop", "stop")
        else:
            self._part("disk", words("disk ok"), "disk", "quiet")

    def _tell_waiting(self, facts: Status) -> None:
        words = self._look.words
        if not facts.unacknowledged:
            self._part("waiting", words("the centre has everything"), "good", "good")
            return
        said = words.plural("{n} not yet acknowledged", "{n} not yet acknowledged", facts.unacknowledged)
        if facts.oldest_days:
            said = words.plural(
                "{count} not yet acknowledged, oldest {n} day",
                "{count} not yet acknowledged, oldest {n} days",
                facts.oldest_days,
                count=facts.unacknowledged,
            )
        late = facts.oldest_days > OLD_WORK_DAYS
        self._part("waiting", said, "careful" if late else "files", "careful" if late else "quiet")

    def age_of_lists(self, facts: Status) -> str:
        """How old the lists are by which cards and vouchers are checked."""
        words = self._look.words
        if facts.lists_days is None:
            return words("no lists installed")
        if not facts.lists_days:
            return words("lists of today")
        return words.plural("lists {n} day old", "lists {n} days old", facts.lists_days)

    def _part(self, name: str, said: str, icon_name: str, tone: str) -> None:
        part = self._parts[name]
        part.setText(f" {said}")
        part.setAccessibleName(said)
        part.setIcon(icon(icon_name, self._look, tone, 16))
