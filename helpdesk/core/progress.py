"""Progress as a plain callable, the same for window, command line, printing and exchange.

Whoever does long work calls it between steps; whoever watches may raise ``Stopped`` from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[int, int | None, str], None]
"""``progress(done, total or None, msgid of the step)``; raises ``Stopped`` to cancel."""


def silent(done: int, total: int | None, step: str) -> None:
    """Nobody watches."""


def part(progress: Progress, first: int, share: int, total: int, step: str) -> Progress:
    """A progress for one part: its own 0..n is shown as ``first``..``first + share`` of ``total``."""

    def report(done: int, of: int | None, inner: str) -> None:
        within = share * done // of if of else 0
        progress(first + within, total, inner or step)

    return report


def counted(items: Iterable[T], progress: Progress, step: str, total: int | None = None) -> Iterator[T]:
    """The items one by one, each reported before it is handed out."""
    for done, item in enumerate(items):
        progress(done, total, step)
        yield item
