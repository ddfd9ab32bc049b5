"""Things made ahead come in their order, fail in their place, and are made no longer when nobody wants them."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from helpdesk.core.ahead import made_ahead


@pytest.mark.parametrize("most", [1, 2, 100])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_everything_comes_in_order(most: int, count: int) -> None:
    with made_ahead((n for n in range(count)), most) as items:
        assert list(items) == list(range(count))


def test_what_fails_fails_behind_what_came_before() -> None:
    def failing() -> Generator[int, None, None]:
        yield 1
        yield 2
        raise KeyError(3)

    seen: list[int] = []

    def use() -> None:
        with made_ahead(failing(), 8) as items:
            seen.extend(iter(lambda: next(items), None))

    with pytest.raises(KeyError, match="3"):
        use()
    assert seen == [1, 2]


@pytest.mark.parametrize("taken", [0, 1, 5])
@pytest.mark.parametrize("most", [1, 3])
def test_leaving_early_ends_the_making(taken: int, most: int) -> None:
    made: list[int] = []
    closed = threading.Event()

    def endless() -> Generator[int, None, None]:
        try:
            while True:
                made.append(len(made))
                yield made[-1]
        finally:
            closed.set()

    with made_ahead(endless(), most) as items:
        assert [next(items) for _ in range(taken)] == list(range(taken))
    assert closed.is_set()
    assert len(made) <= taken + 2 * (most + 2)  # bounded: what waits ready, and room that was made on leaving
    assert not any(thread.name == "ahead" for thread in threading.enumerate())
