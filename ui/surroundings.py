"""What a page is given to live in: the look, the store's thread, who sits here, where to go, and its drafts.

Pages get everything through this; there are no globals. It opens nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from helpdesk.core.settings import Settings
from helpdesk.desk.modules import is_on
from helpdesk.desk.roles import Role
from ui.drafts import DraftBook
from ui.theme import Look
from ui.work import Work


@dataclass(frozen=True)
class Seat:
    """Who sits here and what this desk is, as the window may know it without asking the store.

    ``modules`` are those of the bundle with which this person signed in (helpdesk.desk.modules).
    """

    user_name: str
    role: Role
    desk_number: int
    practice: bool
    folder: Path
    modules: Mapping[str, bool] = field(default_factory=dict)


class Go(Protocol):
    """Open a page by its name, with what it shall show."""

    def __call__(self, page: str, subject: Any = None) -> None:
        """``go("family", household_id)``."""


@dataclass(frozen=True)
class Surroundings:
    """Handed to every page when it is built."""

    look: Look
    work: Work
    seat: Seat
    go: Go
    drafts: DraftBook
    settings: Settings
    wear: Callable[[Look], None]
    """Ask for another language, theme or text size."""

    def may(self, command: Callable[..., Any]) -> bool:
        """Whether this user's role may run a command (``command.roles``, set by the gate's decorator) at this desk."""
        return self.seat.role in getattr(command, "roles", ()) and is_on(
            self.seat.modules, getattr(command, "name", "")
        )
