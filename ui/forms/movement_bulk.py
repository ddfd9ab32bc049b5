"""What is done for a whole movement at once, with progress and a stop: declaring ready, giving the day, closing.

It runs by the page's own long work and says afterwards how many were served; who was not is told by ``refused``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from helpdesk.core.language import Words
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.departures import bulk
from ui.forms.movement_facts import bulk_said


class MovementBulk:
    """``long`` and ``say`` are the page's; ``refused`` shows families that could not be served."""

    def __init__(
        self,
        words: Words,
        long: Callable[..., Any],
        say: Callable[..., Any],
        refused: Callable[[Sequence[NotNow]], None],
    ) -> None:
        self._words = words
        self._long = long
        self._say = say
        self._refused = refused

    def declare(self, movement: str) -> None:
        """Declare everybody on the list ready who is."""
        title = self._words("Declaring families ready")
        then = partial(self._counted, True)
        self._long(lambda desk, told: bulk.ready_all(desk, movement, told), then=then, title=title)

    def schedule(self, movement: str) -> None:
        """Give everybody on the list the day who may have it."""
        title = self._words("Giving the families their day")
        then = partial(self._counted, False)
        self._long(lambda desk, told: bulk.schedule_all(desk, movement, told), then=then, title=title)

    def _counted(self, ready: bool, done: bulk.Bulk) -> None:
        self._say(*bulk_said(self._words, done, ready=ready))
        self._refused(done.refused)

    def close(self, movement: str) -> None:
        """Let everybody leave who is here and may, and close the manifest."""
        title = self._words("Closing the manifest")
        self._long(lambda desk, told: bulk.close_manifest(desk, movement, told), then=self._closed, title=title)

    def _closed(self, closed: bulk.ClosedManifest) -> None:
        words = self._words
        if closed.closing is None:
            self._say("careful", words("Stopped. Who has left has left; close the manifest again to go on."))
        else:
            self._say("good", words("The manifest is closed: {left} families left, {absent} did not come.",
                                    left=closed.closing.departed, absent=closed.closing.absent))  # fmt: skip
        self._refused(closed.refused)
