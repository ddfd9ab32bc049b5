"""What is asked about one family's journey, and about a call from the road. Each piece is one card; it saves nothing.

Of each traveller it is asked how fit she is for the way: one who needs somebody beside her travels with an escort, one
who should wait keeps the family off its day until that is settled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.departures import codes, day, planning
from helpdesk.journey.departures.documents import Belongings, LineAnswers
from helpdesk.journey.departures.queries import TravelShown
from ui.forms.file_beside import Asking
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import label

YES, NO = "Y", "N"
NO_VEHICLE = ""
"""The family is in none of the movement's vehicles."""


def _yes_no(look: Look) -> tuple[tuple[str, str], ...]:
    return (YES, look.words.label("yes_no", YES)), (NO, look.words.label("yes_no", NO))


def _said(answer: bool | None) -> str | None:
    return None if answer is None else YES if answer else NO


def _told(row: ChoiceRow) -> bool | None:
    return None if row.chosen is None else row.chosen == YES


def _number(edit: DigitEdit) -> int | None:
    return int(edit.value()) if edit.value() else None


class TravelPart(Part):
    """How one family travels: each traveller's fitness, its vehicle, and what it takes along."""

    def __init__(self, look: Look, travel: TravelShown) -> None:
        number = isolate_ltr(household_number_shown(travel.number))
        super().__init__(look, look.words("How the family {number} travels", number=number), "travel")
        words = self.words
        self.fitness: dict[str, ChoiceRow] = {}
        self.add(label(words("Somebody goes beside whoever cannot travel alone. Whoever cannot travel now keeps the "
                             "family off its day until that is settled."), role="quiet"))  # fmt: skip
        for place, (person, name) in enumerate(travel.travellers.items()):
            title = words("How fit {name} is for the way", name=isolate(name))
            row = ChoiceRow(look, f"travel.fitness{place}", title, entries_of(look, codes.FITNESS))
            row.choose(travel.line.fitness.get(person))
            row.changed.connect(lambda code, place=place: self.keep(f"fitness{place}", code))
            self.fitness[person] = row
            self.add(self.field(person, title, row))
        self.vehicle = self._vehicles(travel)
        self._belongings(travel.line.belongings)

    def _vehicles(self, travel: TravelShown) -> ChoiceRow | None:
        if not travel.vehicles:
            return None
        words, title = self.words, self.words("Which vehicle")
        entries = [
            (one.plate, f"{words.label(codes.VEHICLE.name, one.kind)}  {isolate_ltr(one.plate)}")
            for one in travel.vehicles
        ]
        row = ChoiceRow(self.look, "travel.vehicle", title, [*entries, (NO_VEHICLE, words("none of these"))], columns=4)
        row.choose(travel.line.vehicle or None)
        row.changed.connect(lambda code: self.keep("vehicle", code))
        self.add(self.field("vehicle", title, row))
        return row

    def _belongings(self, taken: Belongings) -> None:
        words, look = self.words, self.look
        self.tent = ChoiceRow(look, "travel.tent", words("Whose the tent is"), entries_of(look, codes.TENT))
        self.own_vehicle = ChoiceRow(look, "travel.ownVehicle", words("Vehicle of their own"), _yes_no(look))
        self.guideline = ChoiceRow(look, "travel.guideline", words("What may be taken was explained"), _yes_no(look))
        self.livestock = DigitEdit(look, "travel.livestock", longest=3)
        self.load = DigitEdit(look, "travel.load", longest=3)
        self.permit = NameEdit(look, "travel.permit", longest=80)
        self.add(self.field("tent", words("Whose the tent is"), self.tent))
        self._beside(
            self.field("own_vehicle", words("Vehicle of their own"), self.own_vehicle),
            self.field("guideline", words("What may be taken was explained"), self.guideline),
        )
        self._beside(
            self.field("load", words("Belongings, cubic metres"), self.load),
            self.field("livestock", words("Animals"), self.livestock),
            self.field("permit", words("Removal permit, its reference"), self.permit),
        )
        for name, row, answer in (
            ("tent", self.tent, taken.tent),
            ("ownVehicle", self.own_vehicle, _said(taken.own_vehicle)),
            ("guideline", self.guideline, _said(taken.guideline_explained)),
        ):
            row.choose(answer)
            row.changed.connect(lambda code, name=name: self.keep(name, code))
        for name, edit, text in (
            ("livestock", self.livestock, "" if taken.livestock is None else str(taken.livestock)),
            ("load", self.load, "" if taken.load is None else str(taken.load)),
            ("permit", self.permit, taken.permit),
        ):
            edit.setText(text)
            edit.typed.connect(lambda text, name=name: self.keep(name, text))

    def _beside(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(row)

    def missing(self) -> list[Missing]:
        """Nothing must be answered at once, but something of it."""
        rows = [*self.fitness.values(), self.tent, self.own_vehicle, self.guideline]
        rows += [self.vehicle] if self.vehicle is not None else []
        typed = self.livestock.value() or self.load.value() or self.permit.value()
        if typed or any(row.chosen is not None for row in rows):
            return []
        return [Missing(self.words("at least one answer"), rows[0])]

    def answers(self) -> LineAnswers:
        """What was answered; what was not stays as it is."""
        fitness = {person: row.chosen for person, row in self.fitness.items() if row.chosen is not None}
        return LineAnswers(
            fitness=fitness or None,
            belongings=Belongings(
                tent=self.tent.chosen,
                livestock=_number(self.livestock),
                own_vehicle=_told(self.own_vehicle),
                load=_number(self.load),
                guideline_explained=_told(self.guideline),
                permit=self.permit.value(),
            ),
            vehicle=self.vehicle.chosen if self.vehicle is not None else None,
        )

    @property
    def defers(self) -> bool:
        """Whether somebody should wait."""
        return any(row.chosen == "DEFER" for row in self.fitness.values())


class RoadCallPart(Part):
    """A call to or from the road: where they are, and whether everybody is well."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("A call on the road"), "road")
        words = self.words
        self.place = NameEdit(look, "road.place", longest=120)
        self.well = ChoiceRow(look, "road.well", words("Is everybody well?"), _yes_no(look))
        self.told = NameEdit(look, "road.said", longest=300)
        self.add(self.field("place", words("Where they are"), self.place, required=True))
        self.add(self.field("well", words("Is everybody well?"), self.well, required=True))
        hint = words("Who is not well is not named here.")
        self.add(self.field("said", words("What was said"), self.told, hint=hint))
        self.place.typed.connect(lambda text: self.keep("place", text))
        self.well.changed.connect(lambda code: self.keep("well", code))
        self.told.typed.connect(lambda text: self.keep("said", text))

    def missing(self) -> list[Missing]:
        """Where, whether all is well, and what is wrong where it is not."""
        words = self.words
        if not self.place.value():
            return [Missing(words("where they are"), self.place)]
        if self.well.chosen is None:
            return [Missing(words("whether everybody is well"), self.well)]
        if self.well.chosen == NO and not self.told.value():
            return [Missing(words("what was said"), self.told)]
        return []


def travel_asking(look: Look, movement: str, travel: TravelShown, then: Callable[[bool], None]) -> Asking:
    """How one family travels; ``then`` is told whether somebody should wait."""
    piece = TravelPart(look, travel)

    def acts() -> tuple[Any, ...]:
        return planning.answer, movement, travel.line.household, piece.answers()

    return Asking(piece, acts, lambda _: then(piece.defers))


def road_asking(look: Look, movement: str, then: Callable[[bool], None]) -> Asking:
    """A call on the road; ``then`` is told whether everybody is well."""
    piece = RoadCallPart(look)

    def acts() -> tuple[Any, ...]:
        return day.road_call, movement, piece.place.value(), piece.well.chosen == YES, piece.told.value()

    return Asking(piece, acts, lambda _: then(piece.well.chosen == YES))
