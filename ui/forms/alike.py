"""Families in the register that may be the one at the desk, with what speaks for it, and the clerk's word on each.

It appears only when there is somebody, blocks nothing, and shows the least: number, name, size and reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.alike import Alike
from helpdesk.households.codes import LIKENESS
from helpdesk.households.forms import LikenessAnswer
from helpdesk.households.similar import REASON
from ui.theme import Look
from ui.widgets.choices import entries_of
from ui.widgets.pick import PickBox
from ui.widgets.words import Card, clear, label

SHOWN = 3


class AlikeCard(Card):
    """One line for each family, the likeliest first; answers stay while the form is typed on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("This may be the same family"), "alike")
        self._look = look
        self._answers: dict[str, LikenessAnswer] = {}
        self._shown: tuple[str, ...] = ()
        self._lines = QVBoxLayout()
        self.inside.addLayout(self._lines)
        self.hide()

    def show_families(self, found: Sequence[Alike]) -> None:
        """Show these; none hides the card."""
        shown = tuple(one.household for one in found[:SHOWN])
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        for one in found[:SHOWN]:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Alike) -> QWidget:
        look, words = self._look, self._look.words
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        number = isolate_ltr(household_number_shown(one.number))
        people = words.plural("{n} person", "{n} persons", one.persons)
        row.addWidget(label(f"{number}  {isolate(one.name)}  ({people})"), 1)
        reasons = [words.label(REASON.name, reason) for reason in one.reasons]
        row.addWidget(label(words("Why: {reasons}", reasons=words.listed(reasons)), role="quiet"), 1)
        box = PickBox(look, f"alike.{one.number}", words("Is it the same family?"), entries_of(look, LIKENESS))
        given = self._answers.get(one.household)
        box.choose(given.answer if given else None)
        box.picked.connect(lambda code: self._answer(one, code))
        row.addWidget(box)
        return line

    def _answer(self, one: Alike, code: str) -> None:
        if code:
            self._answers[one.household] = LikenessAnswer(one.household, code, one.probability)
        else:
            self._answers.pop(one.household, None)

    def answers(self) -> tuple[LikenessAnswer, ...]:
        """The clerk's words so far."""
        return tuple(self._answers.values())

    def forget(self) -> None:
        """The next family."""
        self._answers.clear()
        self._shown = ()
        clear(self._lines)
        self.hide()
