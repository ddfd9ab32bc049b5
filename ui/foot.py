"""The strip at the foot of the window: saved when, how much the centre has not acknowledged, backup, disk.

Always true: it says what the status query says and "not known yet" before that. Each part opens its page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from helpdesk.core.language import isolate_ltr
from ui.icons import icon
from ui.theme import Look
from ui.widgets.words import button

OLD_LISTS_DAYS = 7
OLD_WORK_DAYS = 7
OLD_BACKUP_DAYS = 2


class StatusFacts(Protocol):
    """What the status query answers."""

    saved_at: datetime | None
    """When something was last saved, aware; None where nothing was."""
    unacknowledged: int
    """Records the centre has not acknowledged."""
    oldest_days: int
    """Age in days of the oldest of them."""
    lists_days: int | None
    """Age in days of the lists of cards and vouchers; None where none was installed."""
    backup_days: int | None
    """Days since the last backup; None where there is none."""
    disk_low: bool
    """Whether the disk is nearly full."""


class Foot(QWidget):
    """Four parts, each a button with an icon and words."""

    def __init__(self, look: Look, go: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
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

    def tell(self, facts: StatusFacts) -> None:
        """Show the state."""
        words = self._look.words
        if facts.saved_at is None:
            self._part("saved", words("nothing saved yet"), "save", "quiet")
        else:
            clock = isolate_ltr(words.digits(f"{facts.saved_at.astimezone():%H:%M}"))
            self._part("saved", words("saved {time}", time=clock), "good", "good")
        self._tell_waiting(facts)
        if facts.backup_days is None:
            self._part("backup", words("no backup yet"), "careful", "careful")
        else:
            old = facts.backup_days > OLD_BACKUP_DAYS
            said = words.plural("backup {n} day ago", "backup {n} days ago", facts.backup_days)
            said = said if facts.backup_days else words("backup today")
            self._part("backup", said, "careful" if old else "backup", "careful" if old else "quiet")
        if facts.disk_low:
            self._part("disk", words("the disk is nearly full"), "stop", "stop")
        else:
            self._part("disk", words("disk ok"), "disk", "quiet")

    def _tell_waiting(self, facts: StatusFacts) -> None:
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

    def age_of_lists(self, facts: StatusFacts) -> str:
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
