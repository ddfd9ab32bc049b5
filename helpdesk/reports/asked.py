"""What a report is asked with, as a page or command line names it and as builders get it. It counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from helpdesk.core.language import Words
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.areas.standing import Publics
from helpdesk.reports.periods import Period, whole
from helpdesk.reports.table import SMALL

SIGNS: Final = ("*", "**", "***", "\u2020", "\u2021", "\u00a7", "\u00b6", "#")
"""Signs of notes in their order."""


@dataclass(frozen=True)
class Asking:
    """What somebody asks for, before the store is looked at.

    ``text`` are typed periods; without it ``first`` and ``last``, each open where it is None. ``leaves`` and ``bands``
    as in :class:`Asked`.
    """

    words: Words
    text: str = ""
    first: date | None = None
    last: date | None = None
    bands: str = "camp"
    leaves: bool = False


@dataclass(frozen=True)
class Asked:
    """The periods, the language, the places by name, and whose signatures count (None: as this store knows them).

    ``leaves`` is True for what goes out of the room: notes then say no small number either. ``bands`` names a set of
    age bands.
    """

    periods: tuple[Period, ...]
    words: Words
    places: Gazetteer
    publics: Publics | None = None
    leaves: bool = False
    bands: str = "camp"

    @property
    def period(self) -> Period:
        """From the first day asked for to the last."""
        return whole(self.periods)

    def number(self, count: int) -> str:
        """A count inside a sentence."""
        if self.leaves and 0 < count < SMALL:
            return self.words("fewer than {n}", n=SMALL)
        return self.words.digits(f"{count:,}".replace(",", "\u2009"))

    def amounts(self, count: int, *amounts: int) -> tuple[int | None, ...]:
        """Amounts that belong to a count: hidden where it is, for an amount divided by the grant is the count."""
        hide = self.leaves and 0 < count < SMALL
        return tuple(None if hide else amount for amount in amounts)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands above every table: the days it covers."""
        period = self.period
        return ((self.words("Days"), self.words("{first} to {last}", first=period.first, last=period.last)),)

    def place(self, place_id: str | None) -> str:
        """A place by its name, or that nobody said."""
        if not place_id:
            return self.words("not said")
        return self.places.shown(place_id, self.words.language)

    def above(self, place_id: str | None, kind: str) -> str | None:
        """The id of the district or governorate a place lies in."""
        found = self.places.ancestor(place_id, kind) if place_id else None
        return found.place_id if found else None


def sign(place: int) -> str:
    """The sign of a note by its place."""
    return SIGNS[place] if place < len(SIGNS) else f"({place + 1})"


def listed(words: Words, parts: Sequence[str]) -> str:
    """Several things in one line."""
    return (", " if words.language == "en" else "\u060c ").join(parts)
