"""Making the next things while the last ones are used: a thread of its own, a bounded queue between.

For sources that compute and users that wait for a disk or a server. What is handed over must belong to nobody else;
nothing here knows what it is.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from queue import Empty, Queue
from typing import Generic, TypeVar

Item = TypeVar("Item")


class _End:
    # behind the last item: how it ended
    def __init__(self, failure: BaseException | None) -> None:
        self.failure = failure


class _Made(Generic[Item]):
    def __init__(self, items: Generator[Item, None, None], most: int) -> None:
        self._items = items
        self._ready: Queue[Item | _End] = Queue(most)
        self._is_left = threading.Event()
        self._thread = threading.Thread(target=self._make, name="ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Item]:
        while not isinstance(item := self._ready.get(), _End):
            yield item
        if item.failure is not None:
            raise item.failure

    def leave(self) -> None:
        self._is_left.set()
        with suppress(Empty):
            while True:  # whoever waits for room gets it; once is enough, for then it sees that nobody wants more
                self._ready.get_nowait()
        self._thread.join()

    def _make(self) -> None:
        failure: BaseException | None = None
        try:
            with closing(self._items):
                for item in self._items:
                    self._ready.put(item)
                    if self._is_left.is_set():
                        return
        except BaseException as error:  # noqa: BLE001 - carried to the using thread, which raises it
            failure = error
        self._ready.put(_End(failure))


@contextmanager
def made_ahead(items: Generator[Item, None, None], most: int) -> Iterator[Iterator[Item]]:
    """Iterate over ``items`` while at most ``most`` of them (1 or more) wait ready; what they raise comes in its place.

    Leaving the context ends the thread and closes ``items``, wherever it stood.
    """
    made = _Made(items, most)
    try:
        yield iter(made)
    finally:
        made.leave()
