"""What the page of cash reads of one pay point in one go: what should be there, its counts, days left open, moves."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.assistance.cash import queries
from helpdesk.assistance.cash.documents import DayEnd
from helpdesk.assistance.cash.queries import DayEndShown, Move
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View

MOST_MOVES = 6
COUNTS = 30


class CashNow(Struct, frozen=True):
    """A box now. ``expected`` is None once today is closed; ``open_days`` are days nobody closed, the oldest first."""

    today: date
    expected: DayEnd | None
    ends: tuple[DayEndShown, ...]
    open_days: tuple[date, ...]
    moves: tuple[Move, ...]

    @property
    def last_closed(self) -> DayEndShown | None:
        """The count that closed a day last."""
        return next((one for one in self.ends if one.closed), None)


def cash_now(view: View, pay_point: int) -> CashNow:
    """The box of a pay point. Raises Refusal("bundle.none" | "role.not_allowed")."""
    try:
        expected = queries.box(view, pay_point)
    except Refusal as refusal:
        if refusal.code != "cash.closed":
            raise
        expected = None
    return CashNow(
        today=view.day,
        expected=expected,
        ends=queries.day_ends(view, pay_point, COUNTS),
        open_days=tuple(sorted({one.on for one in queries.open_days(view) if one.pay_point == pay_point})),
        moves=queries.moves(view, pay_point, MOST_MOVES),
    )
