"""Small pieces of feedback: an answer, passing on, an appeal, a box that was opened, and one record to read.

They save nothing. Of a sealed record nothing can be shown but its number and the centre's word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from helpdesk.assistance.feedback import queries
from helpdesk.assistance.feedback.boxes import Box
from helpdesk.assistance.feedback.codes import AGE, CHANNEL, CLOSED_TYPE, FINISHED, SECTOR, STATUS, TYPE, WORD
from helpdesk.assistance.feedback.documents import Feedback
from helpdesk.assistance.feedback.numbers import shown
from helpdesk.core.clock import day_of
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import phone_shown
from helpdesk.desk.bundle import FeedbackWord
from helpdesk.desk.commands import View
from helpdesk.households.codes import SEX
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow
from ui.widgets.closed_text import LongText
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import Card, button, clear, label


def type_said(words: Words, type_: str) -> str:
    """The kind in words; all sealed kinds are one."""
    return words("Sealed") if type_ == CLOSED_TYPE else words.label(TYPE.name, type_)


def word_said(words: Words, word: FeedbackWord | None) -> str:
    """The centre's neutral word, or that there is none yet."""
    if word is None:
        return words("On its way to the centre; no word yet.")
    label_ = words.label(WORD.name, word.state)
    return words("The centre: {word} on {day}.", word=label_, day=words.date(day_of(word.on)))


@dataclass(frozen=True)
class FeedbackShown:
    """One record and the centre's word on it."""

    id: str
    feedback: Feedback
    word: FeedbackWord | None


def feedback_shown(view: View, feedback: str) -> FeedbackShown:
    """What the card shows. Raises Refusal("feedback.unknown")."""
    found = queries.one(view, feedback)
    return FeedbackShown(feedback, found, queries.word_on(view, found.number))


class AnswerPart(Part):
    """What is answered, and whether the person was told."""

    def __init__(self, look: Look, found: Feedback) -> None:
        super().__init__(look, look.words("The answer"), "feedbackAnswer")
        words = self.words
        self.add(label(isolate(found.appeal or found.text)))
        self.text = LongText(look, "fb.answer", words("What is answered"))
        self.told = ChoiceRow(
            look, "fb.told", words("Was the person told?"), [("Y", words("Yes")), ("N", words("Not yet"))]
        )
        self.add(self.field("answer", words("What is answered"), self.text, required=True))
        self.add(self.field("told", words("Was the person told?"), self.told, required=True))
        self.text.typed.connect(lambda: self.keep("", ""))
        self.told.changed.connect(lambda _: self.keep("", ""))

    def missing(self) -> list[Missing]:
        """The answer, and whether it was told."""
        words = self.words
        if not self.text.value():
            return [Missing(words("what is answered"), self.text)]
        return [] if self.told.chosen else [Missing(words("whether the person was told"), self.told)]


class PassOnPart(Part):
    """Somebody outside is asked."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Pass on"), "feedbackPassOn")
        self.to = NameEdit(look, "fb.to", longest=200)
        self.add(self.field("referred_to", self.words("Who outside is asked"), self.to, required=True))
        self.to.typed.connect(lambda _: self.keep("", ""))

    def missing(self) -> list[Missing]:
        """Who."""
        return [] if self.to.value() else [Missing(self.words("who is asked"), self.to)]


class AppealPart(Part):
    """The answer is not accepted."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("The answer is not accepted"), "feedbackAppeal")
        words = self.words
        self.add(label(words("No reason is needed. A supervisor looks at it again.")))
        self.why = LongText(look, "fb.why", words("Why, in the person's own words"))
        self.add(self.field("appeal", words("Why, in the person's own words"), self.why))


class OpenBoxPart(Part):
    """A box was opened by two people: which, and how many papers were in it."""

    def __init__(self, look: Look, box: Box | None = None) -> None:
        words = look.words
        heading = words("A box was opened") if box is None else words("You opened this box together")
        super().__init__(look, heading, "feedbackBox")
        self.box = box
        self.place = NameEdit(look, "fb.place", longest=120)
        self.papers = DigitEdit(look, "fb.papers", longest=3)
        if box is None:
            self.add(label(words("Two people open a box. The other one confirms the count with her own account.")))
            self.add(self.field("place", words("Which box"), self.place, required=True))
        else:
            self.add(label(isolate(box.opening.place), role="head"))
        self.add(self.field("papers", words("How many papers you counted"), self.papers, required=True))
        for edit in (self.place, self.papers):
            edit.typed.connect(lambda _: self.keep("", ""))

    def missing(self) -> list[Missing]:
        """Which box, and the count."""
        words = self.words
        if self.box is None and not self.place.value():
            return [Missing(words("which box"), self.place)]
        return [] if self.papers.value() else [Missing(words("the count"), self.papers)]


class FormsPart(Part):
    """How many numbered forms are to be printed."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Numbered forms"), "feedbackForms")
        words = self.words
        self.add(label(words("One form for everything, so that asking for it tells nothing. Any desk types it in.")))
        self.count = DigitEdit(look, "fb.count", longest=3)
        self.add(self.field("count", words("How many forms"), self.count, required=True))
        self.count.typed.connect(lambda _: self.keep("", ""))

    def missing(self) -> list[Missing]:
        """A number from 1 to 200."""
        typed = self.count.value()
        return [] if typed and 1 <= int(typed) <= 200 else [Missing(self.words("a number from 1 to 200"), self.count)]


class FeedbackCard(Card):
    """One record to read, with what may be done about it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("One piece of feedback"), "feedbackCard")
        self._look = look
        self.rows = Rows(look, name="feedbackRows")
        self.acts = QHBoxLayout()
        self.add(self.rows)
        self.inside.addLayout(self.acts)
        self.shown: FeedbackShown | None = None
        self.hide()

    def show_one(self, one: FeedbackShown | None, acts: list[tuple[str, str, Callable[[], object]]]) -> None:
        """Show a record and offer acts: (object name, words, act)."""
        self.shown = one
        clear(self.acts)
        self.setVisible(one is not None)
        if one is None:
            self.rows.show_rows(())
            return
        self.rows.show_rows(self._told(one))
        for name, said, act in acts:
            self.acts.addWidget(button(said, self._look, act, name=name))
        self.acts.addStretch(1)

    def _told(self, one: FeedbackShown) -> list[tuple[str, str | None]]:
        words, found = self._look.words, one.feedback
        rows: list[tuple[str, str | None]] = [
            (words("Number"), isolate_ltr(shown(found.number))),
            (words("What it is"), type_said(words, found.type)),
            (words("How it came"), words.label(CHANNEL.name, found.channel)),
            (words("Received on"), words.date(found.received_on)),
        ]
        if found.type == CLOSED_TYPE:
            return [*rows, (words("Centre"), word_said(words, one.word))]
        return [
            *rows,
            (words("State"), words.label(STATUS.name, found.status)),
            (words("Answer due by"), words.date(found.due) if found.status not in FINISHED else ""),
            (words("About what"), words.label(SECTOR.name, found.sector) if found.sector else ""),
            (words("Who"), self._person(found)),
            (words("Telephone for the answer"), isolate_ltr(phone_shown(found.phone)) if found.phone else ""),
            (words("What was said"), found.text),
            (words("Passed on to"), found.referred_to),
            (words("Answer"), found.answer),
            (words("Was the person told?"), self._yes(found.told) if found.answer else ""),
            (words("Not accepted"), found.appeal),
        ]

    def _person(self, found: Feedback) -> str:
        words = self._look.words
        said = [words.label(SEX.name, found.sex)] if found.sex else []
        said += [words.label(AGE.name, found.age)] if found.age else []
        return "  \u00b7  ".join(said)

    def _yes(self, told: bool | None) -> str:
        return self._look.words("Yes") if told else self._look.words("Not yet")
