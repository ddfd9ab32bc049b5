"""A family together with the list it was opened from, so that Ctrl and an arrow lead to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class InList:
    """``go("family", InList(household, ids))``; ``ids`` in the order of the list."""

    household: str
    ids: Sequence[str]

    def neighbour(self, step: int) -> InList | None:
        """The family ``step`` places on, None beyond the ends."""
        place = self.ids.index(self.household) + step if self.household in self.ids else -1
        return InList(self.ids[place], self.ids) if 0 <= place < len(self.ids) else None
