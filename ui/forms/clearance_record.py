"""Recording one answer of one or several authorities: for the members of a family, or for many families at once.

It saves nothing. What an authority answered is shown for one family only, closed, and only to whom the core tells it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from helpdesk.core.language import isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.clearances.codes import AUTHORITY, CLEARANCE_STATUS, SHOWN_STATUS
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.clearances.queries import HouseholdClearances, PersonAnswer
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.closed import ClosedRows
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import button, clear, label


class ClearancePart(Part):
    """Opened with the families an answer is for; ``moved`` tells that the main action changed."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("What was answered"), "clearance")
        words = self.words
        self.households: tuple[str, ...] = ()
        self._people: TickGroup | None = None
        self.whom = label("", role="head", name="clearanceWhom")
        self.state = Rows(look, name="clearanceState")
        self.answers = ClosedRows(look, "clearanceAnswers", words("what each authority answered"))
        self._people_place = QHBoxLayout()
        self.authorities = TickGroup(look, "authorities", words("Who answered"), entries_of(look, AUTHORITY), columns=4)
        self.status = ChoiceRow(
            look, "clearanceStatus", words("The answer"), entries_of(look, CLEARANCE_STATUS), columns=4
        )
        self.seen = QCheckBox(words("The paper was seen here"))
        self.seen.setObjectName("clearanceSeen")
        self.seen.setAccessibleName(self.seen.text())
        self.reference = NameEdit(look, "clearanceReference", longest=80)
        self.until = DayEdit(look, "clearanceUntil")
        self.applied = DayEdit(look, "clearanceApplied")
        for widget in (self.whom, self.state, self.answers):
            self.add(widget)
        self.inside.addLayout(self._people_place)
        self.add(self.field("authorities", words("Who answered"), self.authorities, required=True))
        self.add(self.field("status", words("The answer"), self.status, required=True))
        self.add(self.seen)
        row = QHBoxLayout()
        row.addWidget(self.field("reference", words("Reference on the paper"), self.reference), 1)
        row.addWidget(self.field("valid_until", words("Last day it holds"), self.until), 1)
        row.addWidget(self.field("applied_on", words("Asked for on"), self.applied), 1)
        self.inside.addLayout(row)
        for day, name in ((self.until, "valid_until"), (self.applied, "applied_on")):
            day.told.connect(self.fields[name].say)
        leave = QHBoxLayout()
        leave.addWidget(button(words("Leave without recording"), look, self.forget, kind="link", name="clearanceLeave"))
        leave.addStretch(1)
        self.inside.addLayout(leave)
        self.authorities.changed.connect(lambda _: self.moved.emit())
        self.status.changed.connect(lambda _: self.moved.emit())
        self.seen.toggled.connect(lambda _: self.moved.emit())
        for edit in (self.reference, self.until, self.applied):
            edit.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def show_families(self, households: Sequence[str]) -> None:
        """Begin an answer for these families."""
        words = self.words
        self.households = tuple(households)
        self.whom.setText(
            words.plural("One answer for {n} family", "One answer for {n} families", len(self.households))
        )
        self.state.show_rows(())
        self.answers.tell(())
        self.answers.hide()
        self._forget_people()
        self.authorities.tick(())
        self.status.choose(None)
        self.seen.setChecked(False)
        for edit in (self.reference, self.until, self.applied):
            edit.clear()
        self.show()
        self.authorities.setFocus()
        self.moved.emit()

    def show_family(self, found: HouseholdClearances) -> None:
        """What is known of the one family, and its members to choose from."""
        words = self.words
        number = household_number_shown(found.number)
        self.whom.setText(words("Household {number}", number=isolate(number)))
        if not found.complete:
            freedom = words("not complete")
        elif found.until is None:
            freedom = words("complete")
        else:
            freedom = words("complete until {day}", day=found.until)
        rows = [(words("Freedom of movement"), freedom)]
        rows += [(name, self._of_person(found.answers, person)) for person, name in found.people]
        self.state.show_rows(rows)
        told = [
            (f"{name}, {words.label(AUTHORITY.name, one.authority)}", words.label(CLEARANCE_STATUS.name, one.status))
            for person, name in found.people
            for one in found.answers
            if one.person == person and one.status is not None
        ]
        self.answers.tell(told)
        self.answers.setVisible(bool(told))
        self._forget_people()
        if found.people:
            self._people = TickGroup(self.look, "clearancePeople", words("For whom"), found.people, columns=3)
            self._people.tick(person for person, _ in found.people)
            self._people.changed.connect(lambda _: self.moved.emit())
            self._people_place.addWidget(self.field("persons", words("For whom"), self._people, required=True))

    def _of_person(self, answers: Sequence[PersonAnswer], person: str) -> str:
        words, said = self.words, []
        separator = "\u060c " if words.direction == "rtl" else ", "
        for code in SHOWN_STATUS:
            named = [
                words.label(AUTHORITY.name, one.authority)
                for one in answers
                if one.person == person and one.shown == code and (one.needed or code == "GRANTED")
            ]
            if named:
                what = words.label(SHOWN_STATUS.name, code)
                said.append(words("{thing}: {count}", thing=what, count=separator.join(named)))
        return "   \u00b7   ".join(said)

    def _forget_people(self) -> None:
        self._people = None
        clear(self._people_place)
        self.fields.pop("persons", None)

    def forget(self) -> None:
        """Nothing is to be recorded any more; what was open closes."""
        self.households = ()
        self.answers.tell(())
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """What an answer still lacks."""
        words = self.words
        found = []
        if self._people is not None and not self._people.ticked:
            found.append(Missing(words("for whom"), self._people))
        if not self.authorities.ticked:
            found.append(Missing(words("who answered"), self.authorities))
        if self.status.chosen is None:
            found.append(Missing(words("the answer"), self.status))
        if self.status.chosen == "GRANTED" and not self.seen.isChecked() and not self.reference.value():
            found.append(Missing(words("the reference, or that the paper was seen"), self.reference))
        found += [Missing(words("a whole day"), edit) for edit in (self.until, self.applied) if edit.is_wrong()]
        return found

    def entries(self) -> tuple[ClearanceEntry, ...]:
        """The answer for each family."""
        persons = self._people.ticked if self._people is not None else ()
        return tuple(
            ClearanceEntry(
                household=household,
                authorities=self.authorities.ticked,
                status=self.status.chosen or "",
                persons=persons,
                applied_on=self.applied.day(),
                reference=self.reference.value(),
                valid_until=self.until.day(),
                seen=self.seen.isChecked(),
            )
            for household in self.households
        )
