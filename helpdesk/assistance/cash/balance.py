"""When a day adds up, and when it does not: pure rules over what was counted and what should be there.

A difference is never hidden: the day is closed with an explanation in words, or it is not closed.
"""

from __future__ import annotations

from typing import Final

from helpdesk.assistance.cash.documents import DayEnd
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal

DIFFERENCE = CodeList("cash_difference", "CASH", "PAPERS", "UNACCOUNTED", "LEDGER", "LATE")
"""What does not add up: the cash, the papers at the desk, papers that are nowhere, the ledger, payments typed in for a
day that was closed."""
SHORTEST: Final = 10
LONGEST: Final = 1000
"""Letters of an explanation."""


def differences(end: DayEnd) -> tuple[str, ...]:
    """What of a count does not add up, as codes of ``cash_difference``."""
    found = {
        "CASH": end.variance != 0,
        "PAPERS": end.papers_variance != 0,
        "UNACCOUNTED": end.papers.unaccounted != 0,
        "LEDGER": bool(end.flaws),
        "LATE": bool(end.box.late),
    }
    return tuple(code for code in DIFFERENCE if found[code])


def check_explained(end: DayEnd) -> None:
    """A day that does not add up is explained. Raises Refusal("cash.explain" | "text.too_long")."""
    if len(end.explanation) > LONGEST:
        raise Refusal("text.too_long", most=LONGEST)
    if differences(end) and len(end.explanation) < SHORTEST:
        raise Refusal(
            "cash.explain",
            cash=end.variance,
            papers=end.papers_variance,
            flaws=len(end.flaws),
            shortest=SHORTEST,
        )
