"""How late something of another day may be typed in: one rule for every act that takes a day from paper.

What was typed in late is as true as the rest, but harder to check: so a supervisor stands for it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act
from helpdesk.desk.roles import Role
from helpdesk.households.documents import Household

LATE_DAYS: Final = 14
"""Days back for which anybody types a day in: as long as an adult's own word holds (H7, DOMAIN.md section 3)."""
FURTHEST_BACK: Final = 60
"""Days back for which anything is still typed in: as long as a movement is planned ahead."""


def typed(act: Act, on: date | None, why: str, most: int = FURTHEST_BACK) -> date:
    """The day of a fact, today where none is typed. ``why`` is the code for one that is to come, or too long ago.

    Raises Refusal(``why``, most=...), Refusal("late.supervisor", most=...).
    """
    if on is None:
        return act.day
    back = (act.day - on).days
    if not 0 <= back <= most:
        raise Refusal(why, most=most)
    if back > LATE_DAYS and act.user.role != Role.SUPERVISOR:
        raise Refusal("late.supervisor", most=LATE_DAYS)
    return on


def since_registration(household: Household, on: date) -> date:
    """A day on which a family was registered here. Raises Refusal("late.unregistered", day=...)."""
    if on < household.registered_on:
        raise Refusal("late.unregistered", day=household.registered_on)
    return on
