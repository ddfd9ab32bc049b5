"""What is read beside a family's file, and the piece that is open in it for typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.desk import users
from helpdesk.desk.commands import View
from helpdesk.households import queries
from helpdesk.households.queries import Change
from ui.drafts import Draft
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.part import Part

HISTORY_SHOWN: Final = 30


@dataclass(frozen=True)
class Beside:
    """What is read with a file and is not part of it."""

    now: DeskNow
    vouchers: tuple[VoucherShown, ...]
    history: tuple[Change, ...]
    names: dict[str, str]
    device: str


@dataclass(frozen=True)
class Asking:
    """A piece that is open for typing: what saving it does, what follows, and the draft it is kept in."""

    part: Part
    acts: Callable[[], tuple[Any, ...]]
    then: Callable[[Any], None] | None = None
    draft: Draft | None = None


def beside(view: View, household: str) -> Beside:
    """Vouchers, history and names for one family's file."""
    return Beside(
        desk_now(view),
        voucher_lines.of_household(view, household),
        queries.history(view, household)[:HISTORY_SHOWN],
        users.names(view),
        view.device,
    )
