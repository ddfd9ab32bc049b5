"""Taking down what somebody said: one column of questions; for sensitive kinds what is typed is sealed at saving.

It never saves and keeps no draft. Once a sensitive kind is chosen, the words move into the sealed part and the other
fields are emptied: nothing of it may stand outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from helpdesk.assistance.feedback.codes import AGE, CHANNEL, SEALED_TYPE, SECTOR, SIDE, TYPE
from helpdesk.assistance.feedback.documents import FeedbackEntry, Message, SealedFeedback
from helpdesk.assistance.feedback.numbers import as_number
from helpdesk.core.language import isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.codes import SEX, SPOKEN, YES_NO
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.closed_text import ClosedText, LongText
from ui.widgets.day import DayEdit
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import button, label, picture_label

NOTHING_WRITTEN: Final = "X2"
"""Of this kind nothing is written at all: the list of services is given."""


@dataclass(frozen=True)
class Start:
    """What is known before the first question: where this desk stands, and where the words come from."""

    side: str
    day: date
    household: str | None = None
    household_number: str = ""
    message: Message | None = None
    opening: str | None = None
    number: str = ""


class SealedPiece(QFrame):
    """The sealed fields. Nothing in them is kept, undone or shown for long."""

    typed = Signal()
    services = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = look.words
        self.setObjectName("feedback.sealed")
        self.setProperty("ground", "info")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.size(12), look.size(8), look.size(12), look.size(8))
        head = QHBoxLayout()
        head.addWidget(picture_label("lock", look, "action"))
        self.told = label("", name="feedback.sealedTold")
        head.addWidget(self.told, 1)
        inside.addLayout(head)
        self.text = ClosedText(look, "sealed.text", words("What the person said, in her own words"))
        self.contact = self._secret(look, "sealed.contact", words("How the centre may reach the person, if she wishes"))
        self.household = self._secret(look, "sealed.household", words("Household number, only if she wishes"))
        self.about = NameEdit(look, "sealed.about", longest=120)
        self._asked: list[QWidget] = []
        for edit, title in (
            (self.text, words("What the person said, in her own words")),
            (self.contact, words("How the centre may reach the person, if she wishes")),
            (self.household, words("Household number, only if she wishes")),
            (self.about, words("Which desk or office it is about")),
        ):
            title_label = label(title, role="quiet")
            edit.setAccessibleName(title)
            inside.addWidget(title_label)
            inside.addWidget(edit)
            if edit is not self.about:
                self._asked += [title_label, edit]
        self.slip = button(
            words("To the list of services"), look, self.services.emit, icon_name="print", name="toServices"
        )
        inside.addWidget(self.slip)
        self.text.typed.connect(self.typed)
        self._words = words

    def _secret(self, look: Look, name: str, title: str) -> NameEdit:
        edit = NameEdit(look, name, longest=120)
        edit.setAccessibleName(title)
        edit.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)  # readable only while it is typed
        return edit

    def ask(self, kind: str) -> None:
        """Ask for a sensitive kind; of abuse nothing is asked."""
        words = self._words
        nothing = kind == NOTHING_WRITTEN
        self.told.setText(
            words(
                "Write nothing about what happened or to whom, and ask nothing. Save, and give the list of services: "
                "she chooses where she goes. What is saved is a number and that it was said; only the centre learns of "
                "what kind."
            )
            if nothing
            else words(
                "Sealed for the centre at saving. Nobody at this desk can read it again, you neither: only the number "
                "stays. Say so to the person before she goes on. If you leave this page, it is gone."
            )
        )
        for widget in self._asked:
            widget.setVisible(not nothing)
        self.slip.setVisible(nothing)
        if nothing:
            self.forget()

    def forget(self) -> None:
        """Nothing of it remains in the window."""
        self.text.forget()
        for edit in (self.contact, self.household, self.about):
            edit.setText("")  # clear() could be undone

    def content(self, kind: str) -> SealedFeedback:
        """What is to be sealed."""
        if kind == NOTHING_WRITTEN:
            return SealedFeedback(kind, about_desk=self.about.value())
        return SealedFeedback(kind, self.text.value(), self.household.value(), self.contact.value(), self.about.value())


class TakePart(Part):
    """All questions of one piece of feedback."""

    services = Signal()
    """The list of services is wanted."""

    def __init__(self, look: Look, start: Start) -> None:
        super().__init__(look, look.words("What somebody said"), "takeFeedback")
        words = self.words
        self.start = start
        self.channel = ChoiceRow(look, "fb.channel", words("How it came"), entries_of(look, CHANNEL), columns=6)
        self.kind = ChoiceRow(
            look, "fb.kind", words("What it is"),
            [*entries_of(look, TYPE), *entries_of(look, SEALED_TYPE)], columns=3,
        )  # fmt: skip
        self.side = ChoiceRow(look, "fb.side", words("Which side"), entries_of(look, SIDE))
        self.day = DayEdit(look, "fb.day")
        self.number = DigitEdit(look, "fb.number", longest=12)
        self.text = LongText(look, "fb.text", words("What the person said, in her own words"))
        self.sector = PickBox(look, "fb.sector", words("About what"), entries_of(look, SECTOR), numbered=False)
        self.family = DigitEdit(look, "fb.family", longest=10)
        self.phone = DigitEdit(look, "fb.phone", longest=15, plus=True)
        self.sex = ChoiceRow(look, "fb.sex", words("Sex"), entries_of(look, SEX))
        self.age = ChoiceRow(look, "fb.age", words("Age"), entries_of(look, AGE))
        self.disability = PickBox(look, "fb.disability", words("Disability"), entries_of(look, YES_NO))
        self.language = PickBox(look, "fb.language", words("Language"), entries_of(look, SPOKEN))
        self.sealed = SealedPiece(look)
        self.sealed.services.connect(self.services)
        self._lay()
        self._begin()
        self.kind.changed.connect(lambda _: self._kind_changed())
        for signal in (self.channel.changed, self.side.changed, self.day.typed, self.number.typed, self.text.typed,
                       self.sealed.typed):  # fmt: skip
            signal.connect(lambda *_: self.keep("", ""))

    def _lay(self) -> None:
        words = self.words
        self.add(self.field("channel", words("How it came"), self.channel, required=True))
        self.add(self.field("type", words("What it is"), self.kind, required=True))
        self.add(self.sealed)
        self._open = QWidget()
        column = QVBoxLayout(self._open)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field("text", words("What the person said, in her own words"), self.text, required=True))
        column.addWidget(self.field("sector", words("About what"), self.sector))
        for fields in (
            (("household", words("Household number, only if she wants an answer by name"), self.family),
             ("phone", words("Telephone for the answer"), self.phone)),
            (("sex", words("Sex"), self.sex), ("age", words("Age"), self.age)),
            (("disability", words("Disability"), self.disability), ("language", words("Language"), self.language)),
        ):  # fmt: skip
            row = QHBoxLayout()
            for name, title, edit in fields:
                row.addWidget(self.field(name, title, edit), 1)
            column.addLayout(row)
        self.add(self._open)
        row = QHBoxLayout()
        row.addWidget(self.field("received_on", words("Received on"), self.day, required=True), 1)
        row.addWidget(
            self.field("number", words("Number"), self.number, hint=words("Only of a numbered form.")), 1
        )  # fmt: skip
        self.day.told.connect(self.fields["received_on"].say)
        self.add(self.field("side", words("Which side"), self.side, required=True))
        self.inside.addLayout(row)

    def _begin(self) -> None:
        start, message = self.start, self.start.message
        self.side.choose(start.side or None)
        self.day.show_day(message.received_on if message else start.day)
        self.number.setText(start.number)
        if start.opening is not None:
            self.channel.choose("BOX")
            self.channel.setEnabled(False)
        if message is not None:
            self.channel.choose(message.channel)
            self.text.setPlainText(message.text)
            self.phone.setText(message.phone)
            self.language.choose(message.language or None)
        if start.household is not None:
            self.family.setText(household_number_shown(start.household_number))
            self.family.setEnabled(False)
            self.fields["household"].say(isolate_ltr(household_number_shown(start.household_number)))
        self._kind_changed()

    def _kind_changed(self) -> None:
        closed = self.is_sealed
        self._open.setVisible(not closed)
        self.sealed.setVisible(closed)
        if closed:
            self.sealed.ask(self.kind.chosen or "")
            if self.text.value() and self.kind.chosen != NOTHING_WRITTEN and not self.sealed.text.value():
                # what a message or a hasty clerk wrote moves into the sealed part
                self.sealed.text.edit.setPlainText(self.text.value())
            self._empty()
        else:
            if not self.text.value():
                message = self.start.message
                self.text.setPlainText(self.sealed.text.value() or (message.text if message else ""))
            self.sealed.forget()
        self.keep("", "")

    def _empty(self) -> None:
        self.text.clear()
        self.text.document().clearUndoRedoStacks()
        for edit in (self.phone, self.family):
            edit.setText("")
        for box in (self.sector, self.disability, self.language):
            box.choose(None)
        for row in (self.sex, self.age):
            row.choose(None)

    @property
    def is_sealed(self) -> bool:
        """Whether a sensitive kind is chosen."""
        return self.kind.chosen in SEALED_TYPE

    def forget(self) -> None:
        """Nothing of it remains in the window."""
        self.sealed.forget()
        self._empty()

    def missing(self) -> list[Missing]:
        """What must still be asked."""
        words, found = self.words, []
        if self.channel.chosen is None:
            found.append(Missing(words("how it came"), self.channel))
        if self.kind.chosen is None:
            found.append(Missing(words("what it is"), self.kind))
        elif self.is_sealed and self.kind.chosen != NOTHING_WRITTEN and not self.sealed.text.value():
            found.append(Missing(words("what the person said"), self.sealed.text))
        elif not self.is_sealed and not self.text.value():
            found.append(Missing(words("what the person said"), self.text))
        if self.day.day() is None:
            found.append(Missing(words("the day it was received"), self.day))
        if self.side.chosen is None:
            found.append(Missing(words("which side"), self.side))
        if self.number.value() and as_number(self.number.value()) is None:
            found.append(Missing(words("the whole number of the form"), self.number))
        return found

    def family_number(self) -> str:
        """The household number that was typed, "" for none or where the family is known already."""
        return "" if self.is_sealed or self.start.household is not None else self.family.value()

    def entry(self, household: str | None = None) -> FeedbackEntry:
        """What was typed, with the id of the household that was named, if one was."""
        start, message = self.start, self.start.message
        kind = self.kind.chosen or ""
        # a form without its day is not asked for its entry: missing() says so first
        outside = FeedbackEntry(
            type="",
            channel=self.channel.chosen or "",
            side=self.side.chosen or "",
            received_on=self.day.day() or start.day,
            number=self.number.value(),
            source=message.source if message else "",
            opening=start.opening,
        )
        if self.is_sealed:
            return replace(outside, sealed=self.sealed.content(kind))
        return replace(
            outside, type=kind, text=self.text.value(), sector=self.sector.chosen, sex=self.sex.chosen,
            age=self.age.chosen, disability=self.disability.chosen, language=self.language.chosen or "",
            phone=self.phone.value(), household=start.household or household,
        )  # fmt: skip
