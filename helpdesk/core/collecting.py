"""Letting the garbage collector rest while very many objects come and go that refer to each other in no circle.

It would look at each of them again and again and find nothing. The interpreter has one collector: whoever else runs
meanwhile is collected less often too, but is collected.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = 200_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for circles only after two hundred thousand objects more, until the context is left."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _SELDOM) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
