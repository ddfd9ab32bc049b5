"""The list of arrivals in words: its columns, and what of a family is to be looked at."""

from __future__ import annotations

from typing import Final

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.arrivals.queries import ArrivalLine
from ui.forms.places import Places
from ui.widgets.row_drawing import Column

DOT: Final = "  \u00b7  "


class ListWords:
    """The cells of a list; :attr:`desk` is this desk's own number, 0 while it is not known."""

    def __init__(self, words: Words, places: Places) -> None:
        self._words = words
        self._places = places
        self.desk = 0

    def columns(self) -> list[Column]:
        """The columns of every list: number and name on the card, sizes, days."""
        words = self._words
        return [
            Column(words("Number"), 150, lambda line: household_number_shown(line.number), ltr=True),
            Column(words("Name on the card"), 0, lambda line: line.principal),
            Column(words("People"), 70, lambda line: words.digits(line.persons)),
            Column(words("Left on"), 150, lambda line: words.date(line.departed_on) if line.departed_on else ""),
            Column(words("Where to"), 150, self._destination),
            Column(words("Arrived"), 150, lambda line: words.date(line.arrived_on) if line.arrived_on else ""),
            Column(words("To be looked at"), 260, self._differs, tone=lambda line: "stop" if line.twice else "careful"),
        ]

    def _destination(self, line: ArrivalLine) -> str:
        return self._places.name(PlaceAnswer(place_id=line.destination)) if line.destination else ""

    def _differs(self, line: ArrivalLine) -> str:
        words = self._words
        if line.arrived_on is None:
            if line.desk is not None and line.handed_on is not None and line.desk != self.desk:
                return words("handed over to desk {desk} on {day}", desk=line.desk, day=line.handed_on)
            return ""
        said = (
            (line.twice, words("recorded twice")),
            (line.missing, words("not arrived: {n}", n=line.missing)),
            (line.extra, words("not on the list: {n}", n=line.extra)),
            (line.other_place, words("another place")),
            (line.by_phone, words("by phone")),
        )
        return DOT.join(text for holds, text in said if holds)
