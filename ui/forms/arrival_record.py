"""What is asked of one family's arrival, a paper list that is typed in, and the desk families are handed over to.

The pieces give answers and save nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.bundle import KnownDesk
from helpdesk.journey.arrivals import codes
from helpdesk.journey.arrivals.commands import Counted
from helpdesk.journey.arrivals.documents import ArrivalForm
from helpdesk.journey.arrivals.queries import ArrivalShown
from helpdesk.journey.cases.codes import UNFACILITATED
from ui.forms.part import Missing, Part
from ui.forms.places import Places, answer_of, kept_answer
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import Card, button, label

ON_THE_WAY = ("DEPARTED", "SCHEDULED", "UNFACILITATED", "LOST", "ARRIVED", "MONITORED")
"""States in which nobody is asked why the family came."""


class ArrivalCounter(Card):
    """How many arrived today and who is still expected, large enough to be read across a yard."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "arrivalCounter")
        self._words = look.words
        self.families = label("", role="huge", wrap=False, name="arrivedFamilies")
        self.people = label("", role="head", name="arrivedPeople")
        self.add(self.families)
        self.add(self.people)

    def show_count(self, counted: Counted) -> None:
        """Show these numbers."""
        words = self._words
        self.families.setText(words.plural("{n} family arrived today", "{n} families arrived today", counted.families))
        self.people.setText(
            words.plural(
                "{people} people. Still expected: {n} family, {expected} people.",
                "{people} people. Still expected: {n} families, {expected} people.",
                counted.expected_families, people=counted.people, expected=counted.expected_people,
            )
        )  # fmt: skip


class ArrivalPart(Part):
    """One family's arrival: who is here, since when, where, and what was given."""

    moved = Signal()

    def __init__(self, look: Look, places: Places, shown: ArrivalShown) -> None:
        number = isolate_ltr(household_number_shown(shown.number))
        super().__init__(look, look.words("Arrival of {number}", number=number), "arrival")
        words = self.words
        self._shown = shown
        known = shown.arrival
        self.is_unplanned = known is None and shown.state not in ON_THE_WAY
        self.unplanned = ChoiceRow(
            look, "arrival.unplanned", words("Nobody here knows that they left. Why did they come?"),
            entries_of(look, UNFACILITATED), columns=2,
        )  # fmt: skip
        self.day = DayEdit(look, "arrival.day")
        self.day.show_day(known.on if known else shown.day)
        self.phone = QCheckBox(words("Confirmed by phone, not seen"))
        self.phone.setObjectName("arrival.phone")
        self.phone.setChecked(bool(known and known.by_phone))
        self.place = places.picker("arrival.place", words("Where they are"))
        places.show(self.place, kept_answer(known.place if known else shown.planned))
        self.shelter = ChoiceRow(
            look, "arrival.shelter", words("Where they sleep tonight"), entries_of(look, codes.SHELTER), columns=3
        )
        self.kits = DigitEdit(look, "arrival.kits", longest=2)
        self.momd = NameEdit(look, "arrival.momd", longest=codes.LONGEST_REFERENCE)
        self.helpline = QCheckBox(words("The slip with the helplines was given"))
        self.helpline.setObjectName("arrival.helpline")
        self.incidents = TickGroup(
            look, "arrival.incidents", words("On the way"), entries_of(look, codes.INCIDENT), columns=3
        )
        self.people = self._people()
        self._show_known()
        self._arrange()

    def _people(self) -> dict[str, ChoiceRow]:
        known = self._shown.arrival
        rows = {}
        for place, (person, name) in enumerate(self._shown.members):
            row = ChoiceRow(self.look, f"arrival.person{place}", isolate(name), entries_of(self.look, codes.MEMBER))
            travels = "ARRIVED" if person in self._shown.travellers else None
            row.choose(known.members.get(person) if known else travels)
            row.changed.connect(lambda _: self.moved.emit())
            rows[person] = row
        return rows

    def _show_known(self) -> None:
        known = self._shown.arrival
        if known is not None:
            self.shelter.choose(known.shelter)
            self.kits.setText("" if known.kits is None else str(known.kits))
            self.momd.setText(known.momd)
            self.helpline.setChecked(known.helpline)
            self.incidents.tick(known.incidents or ())

    def _arrange(self) -> None:
        words = self.words
        if self.is_unplanned:
            self.add(self.field("unplanned", self.unplanned.accessibleName(), self.unplanned, required=True))
            self.unplanned.changed.connect(lambda _: self.moved.emit())
        day = self.field("day", words("Day of arrival"), self.day, required=True)
        self.day.told.connect(day.say)
        self.day.typed.connect(lambda _: self.moved.emit())
        self._beside(day, self.field("place", words("Where they are"), self.place))
        self.add(self.phone)
        for row in self.people.values():
            self.add(self.field(row.objectName(), row.accessibleName(), row))
        self.add(self.field("shelter", words("Where they sleep tonight"), self.shelter))
        self._beside(
            self.field("kits", words("Packages given"), self.kits),
            self.field("momd", words("Reference of the ministry"), self.momd),
        )
        self.add(self.helpline)
        self.add(self.field("incidents", words("On the way"), self.incidents))

    def _beside(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        for field in fields:
            row.addWidget(field, 1)
        self.inside.addLayout(row)

    def missing(self) -> list[Missing]:
        """Why they came where nobody knows, the day, and at least one person."""
        words = self.words
        found = []
        if self.is_unplanned and self.unplanned.chosen is None:
            found.append(Missing(words("why they came"), self.unplanned))
        if self.day.day() is None:
            found.append(Missing(words("the day"), self.day))
        if "ARRIVED" not in (row.chosen for row in self.people.values()):
            found.append(Missing(words("who is here"), self.day))
        return found

    @property
    def record(self) -> str | None:
        """The arrival that is corrected, None for a new one."""
        return self._shown.record

    def form(self) -> ArrivalForm:
        """The answers. To be asked for once nothing is missing."""
        kits = self.kits.value()
        return ArrivalForm(
            household=self._shown.household,
            on=self.day.day(),
            members={person: row.chosen for person, row in self.people.items() if row.chosen},
            place=answer_of(self.place.value()),
            by_phone=self.phone.isChecked(),
            unplanned=self.unplanned.chosen if self.is_unplanned else None,
            shelter=self.shelter.chosen,
            kits=int(kits) if kits else None,
            helpline=self.helpline.isChecked(),
            momd=self.momd.value(),
            incidents=self.incidents.ticked or None,
        )


class PaperArrivalPart(Part):
    """A list of a day without power: its number, its day, and each family on it, by scan or number."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Type in a paper list"), "paperArrival")
        words = self.words
        self._families: dict[str, str] = {}
        self.number = DigitEdit(look, "paperArrival.number", longest=8)
        self.day = DayEdit(look, "paperArrival.day")
        self.told = label("", role="quiet", name="paperArrivalTold")
        row = QHBoxLayout()
        row.addWidget(self.field("number", words("Number of the list"), self.number, required=True), 1)
        row.addWidget(self.field("day", words("Day on the list"), self.day, required=True), 1)
        self.inside.addLayout(row)
        self.add(label(words("Then scan or type the number of each family on it, one after the other."), role="quiet"))
        self.add(self.told)
        for edit in (self.number, self.day):
            edit.typed.connect(lambda _: self.moved.emit())

    def take(self, household: str, number: str) -> None:
        """A family that stands on the list."""
        self._families[household] = isolate_ltr(household_number_shown(number))
        words, count = self.words, len(self._families)
        said = words.plural("{n} family on this list", "{n} families on this list", count)
        self.told.setText(" \u00b7 ".join((said, *self._families.values())))
        self.moved.emit()

    def forms(self) -> tuple[ArrivalForm, ...]:
        """An arrival for each family, on the day of the list."""
        return tuple(ArrivalForm(household, self.day.day()) for household in self._families)

    def missing(self) -> list[Missing]:
        """Number, day, somebody."""
        words = self.words
        found = []
        if not self.number.value():
            found.append(Missing(words("the number of the list"), self.number))
        if self.day.day() is None:
            found.append(Missing(words("the day on the list"), self.day))
        if not self._families:
            found.append(Missing(words("a family on the list"), self.number))
        return found


class HandOverPart(Part):
    """Families go to another desk with a file on a stick: which desk."""

    moved = Signal()

    def __init__(self, look: Look, households: Sequence[str], desks: Sequence[KnownDesk]) -> None:
        super().__init__(look, look.words("Hand over to another desk"), "handOver")
        words = self.words
        self.households = tuple(households)
        self.desk = ChoiceRow(
            look, "handOver.desk", words("Which desk"),
            [(str(one.number), words("{number}: {name}", number=isolate_ltr(words.digits(one.number)),
                                     name=isolate(one.name))) for one in desks],
            columns=3,
        )  # fmt: skip
        count = len(self.households)
        self.add(label(words.plural("{n} family goes with the file.", "{n} families go with the file.", count)))
        self.add(
            label(
                words(
                    "Only that desk and the centre can read it. Here the families stay readable, and are shown as "
                    "handed over."
                ),
                role="quiet",
            )
        )
        if desks:
            self.add(self.field("desk", words("Which desk"), self.desk, required=True))
        else:
            self.add(label(words("No other desk is known here. The centre's next bundle names them."), tone="careful"))
        self.desk.changed.connect(lambda _: self.moved.emit())

    def missing(self) -> list[Missing]:
        """The desk."""
        return [] if self.desk.chosen else [Missing(self.words("which desk"), self.desk)]

    def chosen(self) -> int:
        """The number of the desk. To be asked for once nothing is missing."""
        return int(self.desk.chosen or 0)


class TakeBackPart(Part):
    """A family that was handed over is this desk's again: why."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Take the family back"), "takeBack")
        self.reason = NameEdit(look, "takeBack.reason", longest=200)
        self.add(self.field("reason", self.words("Why"), self.reason, required=True))

    def missing(self) -> list[Missing]:
        """The reason."""
        return [] if self.reason.value() else [Missing(self.words("why"), self.reason)]


def leave_button(look: Look, part: Part, leave: Callable[[], None]) -> None:
    """A way out of a piece that saves nothing."""
    row = QHBoxLayout()
    row.addWidget(button(look.words("Leave"), look, leave, kind="link", name=f"{part.objectName()}Leave"))
    row.addStretch(1)
    part.inside.addLayout(row)
