"""What is typed about a box: cash that came in or goes back, the count of a day, what turned out later.

None of them saves; each says what it still lacks. The count shows at once what differs, and asks why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from helpdesk.assistance.cash import balance
from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.cash.documents import DayEnd
from helpdesk.printing.blocks import amount_shown
from ui.forms.cash_notes import Notes
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow
from ui.widgets.day import day_typed
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import button, label


class CashPart(Part):
    """Base of the pieces: opened empty, left without a trace."""

    moved = Signal()

    def add_leave(self, name: str) -> None:
        """The way out, below everything."""
        row = QHBoxLayout()
        row.addWidget(button(self.words("Leave without saving"), self.look, self.forget, kind="link", name=name))
        row.addStretch(1)
        self.inside.addLayout(row)

    def forget(self) -> None:
        """Nothing is typed any more."""
        self.hide()
        self.moved.emit()

    def lacking(self) -> str:
        """What must still be said, in words, "" for nothing."""
        missing = self.missing()
        return self.words("Still to ask: {what}.", what=missing[0].what) if missing else ""


class MovePart(CashPart):
    """Cash that comes in, or goes back where ``back``."""

    def __init__(self, look: Look, *, back: bool) -> None:
        words = look.words
        name = "cashBack" if back else "cashIn"
        super().__init__(look, words("Cash goes back") if back else words("Cash came in"), name)
        self.notes = Notes(look, f"{name}Notes")
        self.other = NameEdit(look, f"{name}Other")
        title = words("Who takes it over") if back else words("Who handed it over")
        self._what = words("who takes it over") if back else words("who handed it over")
        row = QHBoxLayout()
        row.addWidget(self.notes, 2)
        row.addWidget(self.field("name", title, self.other, required=True), 3, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(row)
        self.add_leave(f"{name}Leave")
        self.notes.moved.connect(self.moved.emit)
        self.other.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self) -> None:
        """Begin anew."""
        self.notes.empty()
        self.other.clear()
        self.show()
        self.notes.setFocus()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """Notes and a name."""
        words = self.words
        found = []
        if not self.notes.amount():
            found.append(Missing(words("the notes, counted"), self.notes))
        if not self.other.value():
            found.append(Missing(self._what, self.other))
        return found


class CountPart(CashPart):
    """The end of a day: notes and unpaid papers, and why they are not what they should be."""

    asked = Signal(object)
    """A day was chosen: what should be there?"""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Count the day's end"), "countDay")
        words = self.words
        self._end: DayEnd | None = None
        self._days: dict[str, date] = {}
        self.on = PickBox(look, "countOn", words("Which day"), [], numbered=False)
        self.on.setMinimumContentsLength(18)
        self.notes = Notes(look, "countNotes")
        self.papers = DigitEdit(look, "countPapers", longest=6)
        self.why = NameEdit(look, "countWhy", longest=balance.LONGEST)
        self.told = label("", role="head", name="countTold")
        self.flaws = label("", tone="stop", name="countFlaws")
        beside = QVBoxLayout()
        beside.addWidget(self.field("on", words("Which day"), self.on, required=True))
        hint = words("Printed vouchers that lie here and were not paid. None: type 0.")
        beside.addWidget(
            self.field("papers", words("Unpaid papers at the desk"), self.papers, required=True, hint=hint)
        )
        beside.addWidget(self.told)
        beside.addWidget(self.flaws)
        reason = words("What happened, as far as it is known. It stands on the paper that two people sign.")
        beside.addWidget(self.field("why", words("Why it does not add up"), self.why, required=True, hint=reason))
        beside.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.notes, 2)
        row.addLayout(beside, 3)
        self.inside.addLayout(row)
        self.add_leave("countLeave")
        self.on.picked.connect(lambda _: self._ask())
        self.notes.moved.connect(self._move)
        self.papers.typed.connect(lambda _: self._move())
        self.why.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self, days: Sequence[date]) -> None:
        """Begin the count of one of these days; the last is offered first."""
        words = self.words
        self._days = {day_typed(day): day for day in days}
        self.on.offer([(typed, words.date(day)) for typed, day in self._days.items()])
        self.on.choose(day_typed(days[-1]))
        self._end = None
        self.notes.empty()
        self.papers.clear()
        self.why.clear()
        self.show()
        self.notes.setFocus()
        self._ask()

    def day(self) -> date | None:
        """The day that is counted."""
        return self._days.get(self.on.chosen or "")

    def _ask(self) -> None:
        self._end = None
        self._move()
        if self.day() is not None:
            self.asked.emit(self.day())

    def show_expected(self, end: DayEnd) -> None:
        """What should be there on that day."""
        self._end = end
        self._move()

    def counted(self) -> DayEnd | None:
        """The day's end as counted so far; None while it is not known what should be there."""
        if self._end is None or not self.papers.value():
            return None
        return replace(self._end, held=self.notes.amount(), papers_counted=int(self.papers.value()))

    def _move(self) -> None:
        words, end = self.words, self.counted()
        said, tone = words("Count the notes and the papers; then it is compared."), "quiet"
        differs: tuple[str, ...] = ()
        if end is not None:
            differs = balance.differences(end)
            said, tone = words("It adds up."), "good"
        if end is not None and differs:
            named = [words.label(balance.DIFFERENCE.name, code) for code in differs]
            if end.variance:
                named.append(difference_told(self.look, end.variance))
            if end.papers_variance:
                named.append(words("Difference in papers: {papers}.", papers=end.papers_variance))
            said, tone = "\n".join(named), "stop"
        self.told.setText(said)
        self.told.setProperty("tone", "" if tone == "quiet" else tone)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.fields["why"].setVisible(bool(differs))
        flaws = self._end.flaws if self._end is not None else ()
        self.flaws.setText(words.plural("The ledger has {n} flaw.", "The ledger has {n} flaws.", len(flaws)))
        self.flaws.setVisible(bool(flaws))
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """The day, the papers, and an explanation where one is needed."""
        words = self.words
        if self.day() is None:
            return [Missing(words("the day"), self.on)]
        if not self.papers.value():
            return [Missing(words("the papers that lie here"), self.papers)]
        end = self.counted()
        if end is not None and balance.differences(end) and len(self.why.value()) < balance.SHORTEST:
            return [Missing(words("why it does not add up, in a sentence"), self.why)]
        return []


class CorrectPart(CashPart):
    """What turned out later about the last closed day: so much more or fewer, and why."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Correct the last closed day"), "correctDay")
        words = self.words
        sides = [("MORE", words("more")), ("FEWER", words("fewer"))]
        self.way = ChoiceRow(look, "correctWay", words("More or fewer"), sides)
        self.amount = DigitEdit(look, "correctAmount", longest=12)
        self.papers = DigitEdit(look, "correctPapers", longest=6)
        self.why = NameEdit(look, "correctWhy", longest=balance.LONGEST)
        self.add(label(words("The day stays closed as it was signed; the next begins with the corrected sum.")))
        self.add(self.field("way", words("More or fewer"), self.way, required=True))
        row = QHBoxLayout()
        row.addWidget(self.field("amount", words("Dinars"), self.amount))
        row.addWidget(self.field("papers", words("Papers"), self.papers))
        self.inside.addLayout(row)
        self.add(self.field("reason", words("What turned out"), self.why, required=True))
        self.add_leave("correctLeave")
        self.way.changed.connect(lambda _: self.moved.emit())
        for edit in (self.amount, self.papers, self.why):
            edit.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def begin(self) -> None:
        """Begin anew."""
        self.way.choose(None)
        for edit in (self.amount, self.papers, self.why):
            edit.clear()
        self.show()
        self.way.setFocus()
        self.moved.emit()

    def changes(self) -> tuple[int, int, str]:
        """Dinars and papers more, below zero fewer, and why."""
        sign = -1 if self.way.chosen == "FEWER" else 1
        return sign * int(self.amount.value() or 0), sign * int(self.papers.value() or 0), self.why.value()

    def missing(self) -> list[Missing]:
        """Which way, how much, and why."""
        words = self.words
        found = []
        if self.way.chosen is None:
            found.append(Missing(words("whether it is more or fewer"), self.way))
        if not int(self.amount.value() or 0) and not int(self.papers.value() or 0):
            found.append(Missing(words("how many dinars or papers"), self.amount))
        if len(self.why.value()) < balance.SHORTEST:
            found.append(Missing(words("what turned out, in a sentence"), self.why))
        return found


def difference_told(look: Look, variance: int) -> str:
    """A difference in cash, in words: too much or too little."""
    words, amount = look.words, amount_shown(look.words, abs(variance), CURRENCY)
    if variance > 0:
        return words("{amount} too much in the box.", amount=amount)
    return words("{amount} too little in the box.", amount=amount)
