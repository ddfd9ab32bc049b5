"""What a worklist shows and asks: its columns, its counts, and how another room's list stands among them.

Rows come a page at a time; what is missing is said by the name of the first condition, never by its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.journey.cases import queries
from helpdesk.journey.cases.codes import AWAITING, SAFEGUARD, STATE
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.cases.queries import CaseLine
from ui.forms.journey_words import unmarked
from ui.surroundings import Surroundings
from ui.widgets.row_drawing import Column

REVIEWED: Final = ("FOLLOW_UP", "STAYING", "HOLD")
"""Lists whose day is the day to look again."""


@dataclass(frozen=True)
class OtherList:
    """A worklist of another room: its name and title, how many, and its families, or the page that shows it itself."""

    name: str
    title: str
    count: Callable[..., Any]
    ids: Callable[..., Any] | None = None
    """``ids(view, site) -> list of household ids``; None where ``page`` shows them."""
    page: str = ""
    subject: Any = None
    allowed: Callable[[Surroundings], bool] = lambda _: True


class Worded:
    """The cells of a worklist in words; :attr:`code` is the list that is open, :attr:`refused` what a bulk act left."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.code = ""
        self.refused: dict[str, NotNow] = {}

    def columns(self) -> list[Column]:
        """The columns of every list."""
        words = self._words
        return [
            Column(words("Number"), 140, lambda row: household_number_shown(row.number), sort="number", ltr=True),
            Column(words("Name on the card"), 0, lambda row: row.principal, sort="name"),
            Column(words("People"), 70, lambda row: words.digits(row.persons)),
            Column(words("Step"), 110, lambda row: words.label(STATE.name, row.state)),
            Column(words("Missing"), 230, self.lacking, sort="blocking"),
            Column(words("Day"), 150, self.day, sort="good_until"),
        ]

    def lacking(self, row: CaseLine) -> str:
        """The first condition that does not hold and how many more; after a bulk act, why not."""
        words = self._words
        refused = self.refused.get(row.household)
        if refused is not None:
            error = unmarked(Refusal(refused.code, **refused.values))
            return words.sentence(error) if isinstance(error, Refusal) else ""
        if row.awaiting:
            return words(AWAITING)
        if not row.blocking or not row.missing:
            return ""
        first, more = words.label(SAFEGUARD.name, row.missing[0]), row.blocking - 1
        return words.plural("{what} and {n} more", "{what} and {n} more", more, what=first) if more else first

    def day(self, row: CaseLine) -> str:
        """The day that matters in the list that is open."""
        day: date | None = row.movement_day or row.departed_on or row.good_until
        if self.code in REVIEWED:
            day = row.review_on
        return self._words.date(day) if day is not None else ""


def counts_of(view: View, site: str | None, others: Sequence[OtherList]) -> dict[str, int]:
    """How many each list holds; lists with a page of their own are counted for all sites."""
    counts = queries.worklist_counts(view, site)
    for other in others:
        counts[other.name] = other.count(view, site) if other.ids is not None else other.count(view)
    return counts


def ids_of(view: View, code: str, site: str | None, safeguard: str | None, order: str, descending: bool) -> list[str]:
    """The families of one list, in order."""
    return queries.worklist(view, code, site=site, safeguard=safeguard, order=order, descending=descending)


def lines_of(view: View, households: Sequence[str]) -> tuple[CaseLine, ...]:
    """The lines of these families, to be printed."""
    found = queries.lines(view, households)
    return tuple(found[one] for one in households if one in found)
