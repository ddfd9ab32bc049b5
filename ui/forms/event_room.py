"""One event while people come in: cards scanned one after another, a big count, and everybody else by number.

It shows what it is handed and says by signals what is wanted; the page writes. Questions name nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.codes import SEX
from helpdesk.journey.codes import BAND
from helpdesk.journey.engagement import codes
from helpdesk.journey.engagement.queries import EventShown, FamilyThere
from ui.forms.places import Places
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.scan import ScanTarget
from ui.widgets.words import Card, button, label

DOT = "   \u00b7   "


class CountGrid(Card):
    """How many women, men, girls and boys came without a card."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("People without a card"), "countCard")
        words = look.words
        self._words = words
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        self.edits: dict[tuple[str, str], DigitEdit] = {}
        for column, band in enumerate(BAND, start=1):
            grid.addWidget(label(words.label(BAND.name, band), role="quiet"), 0, column)
        for row, sex in enumerate(SEX, start=1):
            grid.addWidget(label(words.label(SEX.name, sex)), row, 0)
            for column, band in enumerate(BAND, start=1):
                edit = DigitEdit(look, f"count.{sex}.{band}", longest=3)
                edit.setAccessibleName(f"{words.label(SEX.name, sex)}, {words.label(BAND.name, band)}")
                edit.typed.connect(lambda _: self.moved.emit())
                self.edits[sex, band] = edit
                grid.addWidget(edit, row, column)
        self.add(holder)
        self.told = label("", role="quiet", name="countTold")
        self.add(self.told)

    def counts(self) -> dict[str, dict[str, int]]:
        """What was typed, by sex and band."""
        found: dict[str, dict[str, int]] = {}
        for (sex, band), edit in self.edits.items():
            if edit.value() and int(edit.value()):
                found.setdefault(sex, {})[band] = int(edit.value())
        return found

    def forget(self) -> None:
        """Empty all fields."""
        for edit in self.edits.values():
            edit.clear()

    def tell(self, counts: dict[str, dict[str, int]]) -> None:
        """Say what was counted so far."""
        words = self._words
        total = sum(sum(bands.values()) for bands in counts.values())
        said = [
            words("{thing}: {count}", thing=words.label(SEX.name, sex), count=sum(counts[sex].values()))
            for sex in SEX
            if sex in counts
        ]
        empty = words("Nobody was counted without a card yet.")
        self.told.setText(DOT.join((words("Counted so far: {n}", n=total), *said)) if total else empty)


class QuestionCard(Card):
    """A question that was raised, its topic and its answer."""

    noted = Signal(str, object, str, bool)
    """Text, topic or None, answer, and whether the writer confirmed that nobody is meant."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Questions people raised"), "questionCard")
        words = look.words
        self.text = NameEdit(look, "questionText", longest=500)
        self.text.setAccessibleName(words("The question, without names"))
        self.text.setPlaceholderText(words("the question, without names"))
        self.topic = ChoiceRow(look, "questionTopic", words("Topic"), entries_of(look, codes.TOPIC), columns=5)
        self.answer = NameEdit(look, "questionAnswer", longest=500)
        self.answer.setAccessibleName(words("The answer, if there was one"))
        self.answer.setPlaceholderText(words("the answer, if there was one"))
        for widget in (self.text, self.topic, self.answer):
            self.add(widget)
        row = QHBoxLayout()
        row.addWidget(button(words("Note the question"), look, partial(self.send, False), name="noteQuestion"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.told = label("", name="questionsTold")
        self.add(self.told)

    def send(self, names_nobody: bool) -> None:
        """Hand the question to the page."""
        self.noted.emit(self.text.value(), self.topic.chosen, self.answer.value(), names_nobody)

    def forget(self) -> None:
        """Empty the fields."""
        self.text.clear()
        self.answer.clear()
        self.topic.choose(None)


class EventRoom(QWidget):
    """See the module. The family written down last can be taken back."""

    taken_back = Signal(str)

    def __init__(self, look: Look, places: Places, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._places = places
        self._families: dict[str, FamilyThere] = {}
        words = look.words
        self.about = label("", role="head", name="eventAbout")
        self.target = ScanTarget(look, "eventScan")
        self.big = label("", role="counter", wrap=False, name="eventCount")
        self.below = label("", role="quiet", name="eventCountWords")
        self.last = label("", name="eventLast")
        self.undo = button(words("Take this one back"), look, self._undo, kind="link", name="eventUndo")
        self.table = PagedTable(look, "eventFamilies", words("Families that came"), self._columns(), self._fetch)
        self.table.setMinimumHeight(look.size(200))
        self.table.opened.connect(lambda one: opened(self._families[one].household))
        self.counts = CountGrid(look)
        self.questions = QuestionCard(look)
        self._lay(look)
        self.hide()

    def _lay(self, look: Look) -> None:
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setVerticalSpacing(look.size(8))
        whole.addWidget(self.about, 0, 0, 1, 2)
        whole.addWidget(self.target, 1, 0)
        counter = QHBoxLayout()
        counter.addWidget(self.big)
        counter.addWidget(self.below, 1)
        whole.addLayout(counter, 1, 1)
        said = QHBoxLayout()
        said.addWidget(self.last, 1)
        said.addWidget(self.undo)
        whole.addLayout(said, 2, 0, 1, 2)
        whole.addWidget(self.table, 3, 0, 1, 2)
        whole.addWidget(self.counts, 4, 0, 1, 2)
        whole.addWidget(self.questions, 5, 0, 1, 2)
        whole.setColumnStretch(0, 3)
        whole.setColumnStretch(1, 2)

    def _columns(self) -> list[Column]:
        words = self._look.words
        return [
            Column(words("Number"), 150, lambda there: household_number_shown(there.number), ltr=True),
            Column(words("Name on the card"), 0, lambda there: there.principal),
        ]

    def _fetch(self, ids: Iterable[str], then: Callable[[list[FamilyThere]], None]) -> None:
        then([self._families[one] for one in ids])

    def tell(self, shown: EventShown) -> None:
        """Show an event as it stands."""
        words, event = self._look.words, shown.event
        parts = [
            words.label(codes.EVENT.name, event.kind),
            words.date(event.on),
            self._places.name(event.place),
            words.label(codes.EVENT_STATE.name, event.state),
        ]
        if event.women_only:
            parts.append(words("for women only"))
        self.about.setText(DOT.join(isolate(part) for part in parts if part))
        self._families = {there.attendance: there for there in shown.families}
        self.table.show_ids(tuple(self._families))
        count = len(shown.families)
        self.big.setText(words.digits(count))
        self.big.setAccessibleName(words.plural("{n} family", "{n} families", count))
        counted = words.plural("{n} person without a card", "{n} persons without a card", shown.counted)
        self.below.setText(DOT.join((words.plural("family came", "families came", count), counted)))
        self._tell_last(shown)
        self.counts.tell(shown.counts)
        lines = [isolate(question.text) for _, question in shown.questions]
        self.questions.told.setText("\n".join(lines) or words("No question was noted yet."))
        live = event.state != "CANCELLED"
        for widget in (self.target, self.counts, self.questions):
            widget.setVisible(live)

    def _tell_last(self, shown: EventShown) -> None:
        words = self._look.words
        last = shown.families[0] if shown.families else None
        self.undo.setVisible(last is not None)
        if last is None:
            self.last.setText(words("Scan the card of each family that comes in."))
            return
        number = isolate_ltr(household_number_shown(last.number))
        self.last.setText(words("Last: {name}, {number}", name=isolate(last.principal), number=number))

    def _undo(self) -> None:
        last = next(iter(self._families), None)
        if last is not None:
            self.taken_back.emit(last)
