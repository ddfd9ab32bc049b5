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


def counted(items: Iterable[T], progress: Progress, step: str, total: int | None = None) -> Iterator[T]:
    """The items one by one, each reported before it is handed out."""
    for done, item in enumerate(items):
        progress(done, total, step)
        yield item
