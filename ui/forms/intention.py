"""What the family wants: to return, to settle elsewhere, to stay, or not yet to decide; where, when, and how freely.

One dated answer; it is added to those before and never overwrites them.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from helpdesk.households.codes import CHOICE, HORIZON, YES_NO
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import IntentionAnswer
from ui.forms.part import Kept, Missing, Part
from ui.forms.places import Places, answer_of, kept_answer, kept_of
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.place_picker import PlacePicked

WITH_DESTINATION = ("RET", "REL", "LOC", "ABR")


class IntentionPart(Part):
    """Choice, destination, horizon and freedom; the rest of DOMAIN.md 2.5 is asked later."""

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__(look, look.words("What they want"), "intention")
        words = self.words
        self._places = places
        self._origin: PlaceAnswer | None = None
        self.choice = ChoiceRow(look, "choice", words("What they want"), entries_of(look, CHOICE), columns=3)
        self.destination = places.picker("destination", words("Where to"))
        self.horizon = ChoiceRow(look, "horizon", words("When"), entries_of(look, HORIZON))
        self.free = ChoiceRow(look, "free", words("Was it their own free choice?"), entries_of(look, YES_NO))
        self.add(self.field("choice", words("What they want"), self.choice))
        self.destination_field = self.field("destination", words("Where to"), self.destination, required=True)
        self.add(self.destination_field)
        self.horizon_field = self.field("horizon", words("When"), self.horizon)
        self.add(self.horizon_field)
        self.free_field = self.field(
            "free", words("Was it their own free choice?"), self.free, hint=words("Ask each adult alone.")
        )
        self.add(self.free_field)
        self.choice.changed.connect(self._choose)
        self.destination.picked.connect(self._pick)
        self.horizon.changed.connect(lambda code: self.keep("horizon", code))
        self.free.changed.connect(lambda code: self.keep("free", code))
        self._arrange()

    def know_origin(self, origin: PlaceAnswer | None) -> None:
        """Where they come from: offered as the place to return to."""
        self._origin = origin
        self._offer()

    def _choose(self, code: str) -> None:
        self.keep("choice", code)
        self._offer()
        self._arrange()

    def _offer(self) -> None:
        picked = self.destination.value()
        origin = self._origin
        if self.choice.chosen == "RET" and origin is not None and not (picked.place_id or picked.words):
            self._places.show(self.destination, kept_answer(origin))
            self.keep("destination", kept_answer(origin))
            self.destination_field.say(self.words("offered: where they come from"))

    def _pick(self, picked: PlacePicked) -> None:
        self.keep("destination", kept_of(picked))
        self.destination_field.say("")

    def _arrange(self) -> None:
        chosen = self.choice.chosen
        self.destination_field.setVisible(chosen in WITH_DESTINATION)
        self.horizon_field.setVisible(chosen in WITH_DESTINATION)
        self.free_field.setVisible(chosen is not None)

    def where(self) -> PlaceAnswer | None:
        """The destination, with the village of origin where they return to it."""
        answer = answer_of(self.destination.value())
        origin = self._origin
        if answer is None or self.choice.chosen not in WITH_DESTINATION:
            return None
        same = origin is not None and (answer.place_id, answer.unlisted) == (origin.place_id, origin.unlisted)
        return origin if same else answer

    def intention(self) -> IntentionAnswer | None:
        """The answer, None while there is none."""
        choice = self.choice.chosen
        if choice is None:
            return None
        wants = choice in WITH_DESTINATION
        return IntentionAnswer(
            choice=choice,
            horizon=self.horizon.chosen if wants else None,
            destination=self.where(),
            free_to_choose=self.free.chosen,
        )

    def missing(self) -> list[Missing]:
        """A destination, where the choice needs one."""
        if self.choice.chosen in ("RET", "REL") and self.where() is None:
            return [Missing(self.words("where to"), self.destination)]
        return []

    def unasked(self) -> list[Missing]:
        """What may still be asked now, or later."""
        words = self.words
        asked: tuple[tuple[str, ChoiceRow, QWidget], ...] = (
            (words("what they want"), self.choice, self.choice),
            (words("whether the choice was free"), self.free, self.free),
        )
        return [Missing(what, where) for what, row, where in asked if row.chosen is None and where.isVisibleTo(self)]

    def show_kept(self, kept: Kept) -> None:
        """Show earlier answers."""
        with self.showing():
            self.choice.choose(kept("choice") or None)
            self._places.show(self.destination, kept("destination"))
            self.horizon.choose(kept("horizon") or None)
            self.free.choose(kept("free") or None)
        self.destination_field.say("")
        self._arrange()
