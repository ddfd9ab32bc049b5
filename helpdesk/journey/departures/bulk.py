"""Many families at once, in pieces: each piece one transaction, so that a stop or a power cut leaves everybody whole.

What was done by then stays done; the same call again goes on with the rest. Nothing here decides: each family is
asked for in the same commands as a single one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct

from helpdesk.core.errors import Stopped
from helpdesk.core.language import N_
from helpdesk.core.progress import Progress, silent
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.departures.day import close, depart
from helpdesk.journey.departures.documents import Closing
from helpdesk.journey.departures.planning import schedule
from helpdesk.journey.departures.queries import of_states, preparing_families

PIECE: Final = 20
"""Families of one transaction: about a tenth of a second here."""


class AnyDesk(Protocol):
    """Whatever runs commands and queries through the gate: a desk, or the window's thread."""

    @property
    def do(self) -> Callable[..., Any]:
        """Runs a command."""

    @property
    def ask(self) -> Callable[..., Any]:
        """Runs a query."""


class Bulk(Struct, frozen=True):
    """What came of a bulk act: how many it was asked of, for whom the answer was no, and whether it was stopped."""

    asked: int
    refused: tuple[NotNow, ...]
    stopped: bool = False


class ClosedManifest(Struct, frozen=True):
    """What came of closing: None while it was stopped, and who was there and could not leave."""

    closing: Closing | None
    refused: tuple[NotNow, ...]


def in_pieces(
    households: Sequence[str],
    piece: Callable[[tuple[str, ...]], tuple[NotNow, ...]],
    progress: Progress,
    step: str,
) -> Bulk:
    """Run ``piece`` over the households; a stop between two pieces ends it and is told."""
    refused: list[NotNow] = []
    for first in range(0, len(households), PIECE):
        try:
            progress(first, len(households), step)
        except Stopped:
            return Bulk(first, tuple(refused), stopped=True)
        refused.extend(piece(tuple(households[first : first + PIECE])))
    return Bulk(len(households), tuple(refused))


def ready_all(desk: AnyDesk, movement: str, progress: Progress = silent) -> Bulk:
    """Declare every family of the list ready that is; who is not is told with the first reason."""
    waiting: tuple[str, ...] = desk.ask(preparing_families, movement)
    return in_pieces(waiting, lambda some: desk.do(bulk_declare_ready, some), progress, N_("Declaring families ready"))


def schedule_all(desk: AnyDesk, movement: str, progress: Progress = silent) -> Bulk:
    """Give every family of the list the movement's day, as far as it may have it."""
    waiting: tuple[str, ...] = desk.ask(of_states, movement, ("LISTED",))
    return in_pieces(
        waiting, lambda some: desk.do(schedule, movement, some), progress, N_("Giving the families their day")
    )


def close_manifest(desk: AnyDesk, movement: str, progress: Progress = silent) -> ClosedManifest:
    """Let everybody who was scanned leave, then close. Interrupted, it stays open and is closed by calling it again.

    Raises what ``depart`` and ``close`` refuse.
    """
    here: tuple[str, ...] = desk.ask(of_states, movement, ("PRESENT",))
    done = in_pieces(here, lambda some: desk.do(depart, movement, some), progress, N_("Recording who leaves"))
    if done.stopped:
        return ClosedManifest(None, done.refused)
    behind = tuple(one.household for one in done.refused)
    return ClosedManifest(desk.do(close, movement, behind), done.refused)
