"""The questions of a call: what everybody may see, and what is asked only when nobody looks over the shoulder.

Earlier answers to lasting questions are read out and confirmed, not asked again. Nothing here saves or decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from helpdesk.journey.monitoring.codes import CRITERION, QUESTION, QUESTIONS, SEALED, Question
from helpdesk.journey.monitoring.commands import Earlier
from ui.forms.part import Kept
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.fields import Field
from ui.widgets.pick import PickBox
from ui.widgets.words import button, label

OPEN_SECONDS: Final = 60
"""So long closed questions stay open after the last key."""
STILL: Final = "STILL"
_CHANGED: Final = "CHANGED"


class QuestionField(QWidget):
    """One question: its answers to pick from, or first an earlier answer to confirm."""

    answered = Signal(str, str)
    """Question and answer, "" where it was emptied."""

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        self._look = look
        self.question = question
        words = look.words
        title = words.label(QUESTION.name, question.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.setObjectName(f"question.{question.code}")
        self.pick = PickBox(look, f"answer.{question.code}", title, entries_of(look, question.answers))
        self.pick.picked.connect(lambda _: self._tell())
        self._field = Field(look, title, self.pick)
        self.still: ChoiceRow | None = None
        self._earlier: Earlier | None = None
        self._place = column
        column.addWidget(self._field)

    def know(self, earlier: Earlier | None) -> None:
        """Offer an earlier answer to be confirmed."""
        self._earlier = earlier
        if earlier is None or self.still is not None:
            return
        words = self._look.words
        said = words.label(self.question.answers.name, earlier.answer)
        title = words.label(QUESTION.name, self.question.code)
        self.still = ChoiceRow(
            self._look, f"still.{self.question.code}", title,
            [(STILL, words("Still so: {answer}", answer=said)), (_CHANGED, words("No longer so"))], columns=2,
        )  # fmt: skip
        self.still.changed.connect(lambda _: self._chose())
        told = words("Said on {day}", day=earlier.on)
        self._place.insertWidget(0, Field(self._look, title, self.still, hint=told))
        self._field.hide()

    def _chose(self) -> None:
        changed = self.still is not None and self.still.chosen == _CHANGED
        self._field.setVisible(changed)
        if not changed:
            self.pick.choose(None)
        self._tell()

    def _tell(self) -> None:
        self.answered.emit(self.question.code, self.answer or "")

    @property
    def confirmed(self) -> bool:
        """Whether the earlier answer was read out and still holds."""
        return self.still is not None and self.still.chosen == STILL

    @property
    def answer(self) -> str | None:
        """The answer, None while there is none."""
        return self._earlier.answer if self.confirmed and self._earlier is not None else self.pick.chosen

    def show_answer(self, answer: str) -> None:
        """Show an answer that was given before, on the same call."""
        if self.still is not None and answer:
            same = self._earlier is not None and self._earlier.answer == answer
            self.still.choose(STILL if same else _CHANGED)
            self._field.setVisible(not same)
        if not self.confirmed:
            self.pick.choose(answer or None)


class ClosedBlock(QWidget):
    """Questions behind a key; they close by themselves, and what was answered stays without being seen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("closedQuestions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.toggle = button("", look, self._press, kind="link", icon_name="show", name="closedQuestions.open")
        self.body = QWidget()
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.toggle)
        column.addWidget(self.body)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OPEN_SECONDS * 1000)
        self._timer.timeout.connect(self.close_questions)
        self.close_questions()

    def close_questions(self) -> None:
        """Hide the questions and their answers."""
        self._timer.stop()
        self.body.hide()
        self._name(self._look.words("Open the questions nobody else should see (they close by themselves)"))

    def touched(self) -> None:
        """Somebody types: stay open a while longer."""
        if self.body.isVisibleTo(self):
            self._timer.start()

    def _press(self) -> None:
        if self.body.isVisibleTo(self):
            self.close_questions()
            return
        self.body.show()
        self._name(self._look.words("Close these questions"))
        self._timer.start()

    def _name(self, text: str) -> None:
        self.toggle.setText(f" {text}")
        self.toggle.setAccessibleName(text)


class CallQuestions(QWidget):
    """All questions in one column, by criterion; those nobody else should see, and the sealed ones, in one block."""

    changed = Signal(str, str)
    """Name and text of an answer, as a draft keeps it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("callQuestions")
        words = look.words
        self.fields = {one.code: QuestionField(look, one) for one in QUESTIONS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(8))
        self._heads: dict[str, QWidget] = {}
        for criterion in CRITERION:
            asked = [one for one in QUESTIONS if one.criterion == criterion and not one.closed]
            if not asked:
                continue
            head = self._heads[criterion] = label(words.label(CRITERION.name, criterion), role="head")
            column.addWidget(head)
            for one in asked:
                column.addWidget(self.fields[one.code])
        self.block = ClosedBlock(look)
        self.sealed = TickGroup(look, "sealed.call", words("Told on this call"), entries_of(look, SEALED), columns=1)
        self._sealed_head = label(words("Sealed as soon as it is saved: nobody at this desk can read it again."))
        for one in QUESTIONS:
            if one.closed:
                self.block.inside.addWidget(self.fields[one.code])
        self.block.inside.addWidget(self._sealed_head)
        self.block.inside.addWidget(self.sealed)
        column.addWidget(self.block)
        for code, field in self.fields.items():
            field.answered.connect(partial(self._answered, code))
        self.sealed.changed.connect(self._sealed)

    def _answered(self, code: str, _code: str, answer: str) -> None:
        self.block.touched()
        self.changed.emit(f"answer.{code}", answer)

    def _sealed(self, ticked: tuple[str, ...]) -> None:
        self.block.touched()
        self.changed.emit("sealed.call", ",".join(ticked))

    def know(self, earlier: Mapping[str, Earlier]) -> None:
        """Earlier answers to lasting questions."""
        for code, field in self.fields.items():
            field.know(earlier.get(code))

    def ask_relative(self, relative: bool) -> None:
        """Of a relative only a few questions are asked."""
        for field in self.fields.values():
            field.setVisible(field.question.proxy or not relative)
        shown = {one.criterion for one in QUESTIONS if (one.proxy or not relative) and not one.closed}
        for criterion, head in self._heads.items():
            head.setVisible(criterion in shown)

    def answers(self, *, relative: bool) -> dict[str, str]:
        """What was answered so far."""
        return {
            code: field.answer
            for code, field in self.fields.items()
            if field.answer is not None and (field.question.proxy or not relative)
        }

    def confirmed(self, *, relative: bool) -> tuple[str, ...]:
        """The lasting questions whose earlier answer still holds."""
        return tuple(
            code for code, field in self.fields.items() if field.confirmed and (field.question.proxy or not relative)
        )

    def show_kept(self, kept: Kept, answers: Mapping[str, str]) -> None:
        """Show what was answered on this call before, saved or only typed."""
        for code, field in self.fields.items():
            field.show_answer(kept(f"answer.{code}") or answers.get(code, ""))
        told = kept("sealed.call")
        self.sealed.tick(told.split(",") if told else ())
