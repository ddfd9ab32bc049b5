"""Where the family comes from and when they left."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import DisplacementAnswer
from ui.forms.part import Kept, Missing, Part
from ui.forms.places import Places, answer_of, kept_of
from ui.theme import Look
from ui.widgets.fields import NameEdit
from ui.widgets.when import WhenEdit

DISPLACED = ("CAMP", "OOC")


class WayPart(Part):
    """Origin, village and the day they left, as exactly as they know it."""

    def __init__(self, look: Look, places: Places, today: date) -> None:
        super().__init__(look, look.words("Where they come from"), "way")
        words = self.words
        self._places = places
        self._needed = True
        self.origin = places.picker("origin", words("Where they come from"))
        self.village = NameEdit(look, "village")
        self.left = WhenEdit(look, "left_on", today)
        self.origin_field = self.field("origin", words("District, sub-district or town"), self.origin, required=True)
        when = self.field("left_on", words("When they left"), self.left)
        self.left.told.connect(when.say)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        for field in (self.origin_field, self.field("village", words("Village or neighbourhood"), self.village), when):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.add(both)
        self.origin.picked.connect(lambda picked: self.keep("origin", kept_of(picked)))
        self.village.typed.connect(lambda text: self.keep("village", text))
        self.left.typed.connect(lambda text: self.keep("left_on", text))

    def know_population(self, population: str) -> None:
        """Only displaced families must say where they come from."""
        self._needed = population in DISPLACED
        words = self.words
        title = words("District, sub-district or town")
        self.origin_field.title.setText(words("{field} (needed)", field=title) if self._needed else title)

    def where(self) -> PlaceAnswer | None:
        """The place of origin."""
        return answer_of(self.origin.value(), self.village.value())

    def displacement(self) -> DisplacementAnswer | None:
        """The way here as told, None where nothing was."""
        origin, left = self.where(), self.left.when()
        if origin is None:
            return None
        return DisplacementAnswer(
            origin=origin,
            left_on=left.day if left else None,
            left_precision=left.precision if left else None,
        )

    def missing(self) -> list[Missing]:
        """Where they come from."""
        words = self.words
        found = []
        picked = self.origin.value()
        if self._needed and not (picked.place_id or picked.words):
            found.append(Missing(words("where they come from"), self.origin))
        if self.left.value() and self.left.when() is None:
            found.append(Missing(words("a day, month or year that can be read"), self.left))
        return found

    def show_origin(self, kept: str) -> None:
        """Show an origin as a draft keeps it."""
        self._places.show(self.origin, kept)

    def show_kept(self, kept: Kept) -> None:
        """Show earlier answers."""
        with self.showing():
            self._places.show(self.origin, kept("origin"))
            self.village.setText(kept("village"))
            self.left.setText(kept("left_on"))
