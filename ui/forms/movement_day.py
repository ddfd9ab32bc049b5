"""Pieces of one movement: the big counter, who was told, a paper form that is typed in. They save nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.departures.day import Counted
from helpdesk.journey.departures.documents import DayMark
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import Card, button, label


class Counter(Card):
    """How many families are here of those who were given the day, large enough to be read across a gate."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "dayCounter")
        self._words = look.words
        self.families = label("", role="huge", wrap=False, name="counterFamilies")
        self.people = label("", role="head", name="counterPeople")
        self.add(self.families)
        self.add(self.people)

    def show_count(self, counted: Counted) -> None:
        """Show these numbers."""
        words = self._words
        self.families.setText(words("{here} of {all} families", here=counted.families, all=counted.of_families))
        self.people.setText(words("{here} of {all} people", here=counted.people, all=counted.of_people))


class NotifyPart(Part):
    """An authority was told of the movement: which, and what stands on its stamp."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("An authority was told"), "notify")
        words = self.words
        self.authority = ChoiceRow(
            look, "notify.authority", words("Who was told"), entries_of(look, AUTHORITY), columns=4
        )
        self.reference = NameEdit(look, "notify.reference", longest=80)
        self.add(self.field("authority", words("Who was told"), self.authority, required=True))
        self.add(self.field("reference", words("Reference on the stamp"), self.reference))
        row = QHBoxLayout()
        row.addWidget(button(words("Leave"), look, self.forget, kind="link", name="notifyLeave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.authority.changed.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self) -> None:
        """Begin an answer."""
        self.authority.choose(None)
        self.reference.clear()
        self.show()
        self.authority.setFocus()
        self.moved.emit()

    def forget(self) -> None:
        """Nothing is recorded."""
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """The authority."""
        return [] if self.authority.chosen else [Missing(self.words("who was told"), self.authority)]


class PaperDayPart(Part):
    """A form of a day without power: its number, and each family that was there, by scan or number."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Type in a paper form"), "paperDay")
        words = self.words
        self._present: dict[str, str] = {}
        self.number = DigitEdit(look, "paperDay.number", longest=8)
        self.told = label("", role="quiet", name="paperDayTold")
        self.add(
            self.field(
                "number", words("Number of the form"), self.number, required=True,
                hint=words("Then scan or type the number of each family that was there, one after the other."),
            )
        )  # fmt: skip
        self.add(self.told)
        row = QHBoxLayout()
        row.addWidget(button(words("Leave"), look, self.forget, kind="link", name="paperDayLeave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.number.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self) -> None:
        """Begin a form."""
        self._present = {}
        self.number.clear()
        self._tell()
        self.show()
        self.number.setFocus()
        self.moved.emit()

    def take(self, household: str, number: str) -> None:
        """A family that was there."""
        self._present[household] = number
        self._tell()
        self.moved.emit()

    def _tell(self) -> None:
        words = self.words
        count = len(self._present)
        said = words.plural("{n} family was there", "{n} families were there", count) if count else words("nobody yet")
        self.told.setText(" \u00b7 ".join((said, *self._present.values())))

    def forget(self) -> None:
        """Nothing is typed in."""
        self._present = {}
        self.hide()
        self.moved.emit()

    @property
    def is_open(self) -> bool:
        """Whether a form is being typed in."""
        return not self.isHidden()

    def marks(self) -> tuple[DayMark, ...]:
        """The families that were there."""
        return tuple(DayMark(household, "PRESENT") for household in self._present)

    def missing(self) -> list[Missing]:
        """The number, and somebody."""
        words = self.words
        found = []
        if not self.number.value():
            found.append(Missing(words("the number of the form"), self.number))
        if not self._present:
            found.append(Missing(words("a family that was there"), self.number))
        return found
