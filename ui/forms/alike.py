"""Families in the register that may be the one at the desk, with what speaks for it, and the clerk's word on each.

It appears only when there is somebody, blocks nothing, and shows the least: number, name, size and reasons. Of one that
went home, withdrew or was closed it says how that family goes on under its own number instead of getting a fresh one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from helpdesk.casework.codes import REOPEN
from helpdesk.casework.displacing import Reopening
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.alike import Alike
from helpdesk.households.codes import LIKENESS
from helpdesk.households.forms import LikenessAnswer
from helpdesk.households.similar import REASON
from ui.theme import Look
from ui.widgets.choices import entries_of
from ui.widgets.pick import PickBox
from ui.widgets.words import Card, button, clear, label

SHOWN = 3
OPEN_ALREADY = "NONE"
"""The family's case is open: there is nothing to reopen."""


class AlikeCard(Card):
    """One line for each family, the likeliest first; answers stay while the form is typed on."""

    went_on = Signal(str)
    """The household whose file shall be opened, to go on under its number."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("This may be the same family"), "alike")
        self._look = look
        self._answers: dict[str, LikenessAnswer] = {}
        self._shown: tuple[str, ...] = ()
        self._ways: dict[str, QPushButton] = {}
        self._goes_on: dict[str, str] = {}
        self._lines = QVBoxLayout()
        self.inside.addLayout(self._lines)
        self.hide()

    def show_families(self, found: Sequence[Alike]) -> bool:
        """Show these; none hides the card. Whether they are others than before."""
        shown = tuple(one.household for one in found[:SHOWN])
        self.setVisible(bool(shown))
        if shown == self._shown:
            return False
        self._shown = shown
        self._ways.clear()
        self._goes_on.clear()
        clear(self._lines)
        for one in found[:SHOWN]:
            self._lines.addWidget(self._line(one))
        return True

    def offer_ways(self, ways: Mapping[str, Reopening]) -> None:
        """For each family that is shown, how it goes on, if there is anything to reopen."""
        for household, way in ways.items():
            made = self._ways.get(household)
            if made is None or way.what == OPEN_ALREADY:
                continue
            self._goes_on[household] = way.household  # of a merged number the one that stayed
            made.setText(self._look.words.label(REOPEN.name, way.what))
            made.setAccessibleName(made.text())
            made.show()

    def _go_on(self, household: str) -> None:
        self.went_on.emit(self._goes_on.get(household, household))

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
        way = button("", look, partial(self._go_on, one.household), icon_name="forward", name=f"reopen.{one.number}")
        way.setAccessibleDescription(number)
        way.hide()
        self._ways[one.household] = way
        row.addWidget(way)
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
        self._ways.clear()
        self._goes_on.clear()
        clear(self._lines)
        self.hide()
