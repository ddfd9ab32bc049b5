"""Pieces of cash-for-work: a sheet that is opened for people who will work, and its days as they were signed.

None of them saves. People come by the card of their family; who of it works is ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from helpdesk.assistance.attendance.documents import WorkForm
from helpdesk.assistance.attendance.queries import SheetShown
from helpdesk.assistance.attendance.rules import GROWN, LONGEST_SHEET, LONGEST_WORK
from helpdesk.core.dates import age_on
from helpdesk.core.language import isolate
from helpdesk.desk.bundle import PayPoint
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault.records import document_of
from ui.forms.part import Missing, Part
from ui.forms.places import Places, answer_of
from ui.forms.scanned import family_of
from ui.theme import Look
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import button, clear, label


class Grown(Struct, frozen=True):
    """Somebody of a family who is old enough to work for cash."""

    person: str
    name: str


def grown_of(view: View, digits: str) -> tuple[Grown, ...]:
    """The grown people of the family of a card or number. Raises Refusal("household.unknown" | "role.not_allowed")."""
    view.only(NAMES)
    household = document_of(view.connection, HOUSEHOLD, family_of(view, digits))
    found = []
    for person_id in household.members if household is not None else ():
        person = document_of(view.connection, PERSON, person_id)
        if person is not None and not person.gone and age_on(person.birth_date, view.day) >= GROWN:
            found.append(Grown(person_id, person.full_name))
    return tuple(found)


class SheetPart(Part):
    """What is done, where, when, where it will be paid, and who does it."""

    moved = Signal()

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__(look, look.words("Open a sheet"), "sheetForm")
        words = self.words
        self._people: dict[str, QCheckBox] = {}
        self.work = NameEdit(look, "sheetWork", longest=LONGEST_WORK)
        self.place = places.picker("sheetPlace", words("Where"))
        self.first, self.last = DayEdit(look, "sheetFirst"), DayEdit(look, "sheetLast")
        self.point = PickBox(look, "sheetPoint", words("Where it will be paid"), [], numbered=False)
        top = Qt.AlignmentFlag.AlignTop
        row = QHBoxLayout()
        row.addWidget(self.field("work", words("What is done"), self.work, required=True), 1, top)
        row.addWidget(self.field("place", words("Where"), self.place, required=True), 1, top)
        self.inside.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(self.field("first", words("First day"), self.first, required=True), 1, top)
        row.addWidget(self.field("last", words("Last day"), self.last, required=True), 1, top)
        row.addWidget(self.field("pay_point", words("Where it will be paid"), self.point, required=True), 1, top)
        self.inside.addLayout(row)
        self.told = label("", role="quiet", name="sheetPeopleTold")
        self.add(self.told)
        self._grid = QGridLayout()
        self.inside.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.addWidget(button(words("Leave without saving"), look, self.forget, kind="link", name="sheetLeave"))
        foot.addStretch(1)
        self.inside.addLayout(foot)
        for edit, name in ((self.first, "first"), (self.last, "last")):
            edit.told.connect(self.fields[name].say)
        for typed in (self.work, self.first, self.last):
            typed.typed.connect(lambda _: self.moved.emit())
        self.place.picked.connect(lambda *_: self.moved.emit())
        self.point.picked.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self, points: Sequence[PayPoint], today: date) -> None:
        """Begin a sheet."""
        self.point.offer([(str(one.number), one.name) for one in points])
        if len(points) == 1:
            self.point.choose(str(points[0].number))
        self.work.clear()
        self.first.show_day(today)
        self.last.show_day(today)
        self._people = {}
        clear(self._grid)
        self._tell()
        self.show()
        self.work.setFocus()
        self.moved.emit()

    def take(self, people: Sequence[Grown]) -> None:
        """The grown people of a family whose card was scanned; the one there is works, of several they are ticked."""
        fresh = [one for one in people if one.person not in self._people]
        for one in fresh:
            place = len(self._people)
            tick = QCheckBox(isolate(one.name).replace("&", "&&"))
            tick.setObjectName(f"sheetPerson{place}")
            tick.setAccessibleName(one.name)
            tick.setChecked(len(people) == 1)
            tick.toggled.connect(lambda _: self._tell())
            self._people[one.person] = tick
            self._grid.addWidget(tick, place // 3, place % 3)
        if fresh:
            self._people[fresh[0].person].setFocus()
        self._tell()

    def _tell(self) -> None:
        words, count = self.words, len(self.persons())
        self.told.setText(
            words.plural("{n} person works. Scan the next card.", "{n} persons work. Scan the next card.", count)
            if self._people
            else words("Scan the card of each family somebody of which works, then tick who.")
        )
        self.moved.emit()

    def forget(self) -> None:
        """Nothing is typed any more."""
        self.hide()
        self.moved.emit()

    def persons(self) -> tuple[str, ...]:
        """Who works, in the order of the lines."""
        return tuple(person for person, tick in self._people.items() if tick.isChecked())

    def missing(self) -> list[Missing]:
        """What is still to be said."""
        words, first, last = self.words, self.first.day(), self.last.day()
        asked: tuple[tuple[bool, str, QWidget], ...] = (
            (not self.work.value(), words("what is done"), self.work),
            (answer_of(self.place.value()) is None, words("where"), self.place),
            (first is None, words("the first day"), self.first),
            (last is None, words("the last day"), self.last),
            (first is not None and last is not None and not 0 <= (last - first).days < LONGEST_SHEET,
             words("a last day within a month of the first"), self.last),
            (self.point.chosen is None, words("where it will be paid"), self.point),
            (not self.persons(), words("who works: scan a card"), self.work),
        )  # fmt: skip
        return [Missing(what, where) for lacks, what, where in asked if lacks]

    def form(self) -> WorkForm | None:
        """The sheet as typed; None while something is missing."""
        first, last, place = self.first.day(), self.last.day(), answer_of(self.place.value())
        if self.missing() or first is None or last is None or place is None:
            return None
        return WorkForm(place, self.work.value(), first, last, int(self.point.chosen or 0), self.persons())


class DaysPart(Part):
    """The days of a sheet as the foreman signed them: a box for each person and day."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Days that were worked"), "sheetDays")
        words = self.words
        self._ticks: dict[tuple[str, date], QCheckBox] = {}
        self.foreman = NameEdit(look, "sheetForeman")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.size(4))
        self._grid.setVerticalSpacing(look.size(2))
        self.total = label("", role="head", name="sheetTotal")
        self.inside.addLayout(self._grid)
        self.add(self.total)
        hint = words("The name signed below the paper sheet.")
        self.add(self.field("foreman", words("Foreman"), self.foreman, required=True, hint=hint))
        self.foreman.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def show_sheet(self, shown: SheetShown, today: date, *, may_enter: bool) -> None:
        """Show a sheet; days may be ticked while it is open, up to today."""
        words, sheet = self.words, shown.sheet
        clear(self._grid)
        self._ticks = {}
        days = [sheet.first + timedelta(n) for n in range((sheet.last - sheet.first).days + 1)]
        for column, day in enumerate(days, start=2):
            title = label(words.digits(f"{day.day}/{day.month}"), role="small", wrap=False)
            self._grid.addWidget(title, 0, column, Qt.AlignmentFlag.AlignHCenter)
        for row, worker in enumerate(shown.workers, start=1):
            self._grid.addWidget(label(words.digits(worker.line), wrap=False), row, 0)
            self._grid.addWidget(label(isolate(worker.name), wrap=False, name="sheetName"), row, 1)
            for column, day in enumerate(days, start=2):
                tick = QCheckBox()
                tick.setObjectName(f"day.{worker.line}.{day:%Y%m%d}")
                tick.setAccessibleName(words("{name}, {day}", name=isolate(worker.name), day=day))
                tick.setChecked(day in worker.days)
                tick.setEnabled(may_enter and day <= today)
                tick.toggled.connect(lambda _: self._tell())
                self._ticks[worker.person, day] = tick
                self._grid.addWidget(tick, row, column, Qt.AlignmentFlag.AlignHCenter)
        self._grid.setColumnStretch(len(days) + 2, 1)
        self.foreman.setText(sheet.foreman)
        self.foreman.setEnabled(may_enter)
        self.show()
        self._tell()

    def _tell(self) -> None:
        count = sum(tick.isChecked() for tick in self._ticks.values())
        self.total.setText(self.words.plural("{n} day of work", "{n} days of work", count))
        self.moved.emit()

    def tick(self, person: str, day: date) -> QCheckBox:
        """The box of a person and day."""
        return self._ticks[person, day]

    def present(self) -> dict[str, tuple[date, ...]]:
        """The days by person."""
        found: dict[str, tuple[date, ...]] = {}
        for (person, day), tick in self._ticks.items():
            if tick.isChecked():
                found[person] = (*found.get(person, ()), day)
        return found

    def missing(self) -> list[Missing]:
        """A day, and the foreman's name."""
        words = self.words
        found = []
        if not self.present():
            first = next(iter(self._ticks.values()), None)
            found.append(Missing(words("a day that somebody worked"), first or self.foreman))
        if not self.foreman.value():
            found.append(Missing(words("the foreman's name"), self.foreman))
        return found
