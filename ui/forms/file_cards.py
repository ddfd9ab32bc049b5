"""What a family's file is shown with: its head, what is not asked yet, and lines with acts.

They show what they are handed and say by callbacks what is wanted; acts and queries are the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.queries import NOT_ASKED, HouseholdFile
from helpdesk.journey.cases.codes import DECISION
from ui.forms.file_rows import decision_of
from ui.theme import Look
from ui.widgets.words import Card, button, clear, label

Act = tuple[str, Callable[[], object]]

ACTS_IN_ROW: Final = 4
"""So many buttons have room beside each other in every language."""


class Lines(QWidget):
    """Lines, and acts below them; each line may have an act of its own."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.size(8))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.size(2))
        self._acts = QGridLayout()
        self._acts.setSpacing(look.size(8))
        whole.addLayout(self._lines)
        whole.addLayout(self._acts)

    def tell(self, lines: Sequence[tuple[str, Act | None]], acts: Sequence[Act] = (), empty: str = "") -> None:
        """Show these lines and acts; ``empty`` is said where there are no lines."""
        clear(self._lines)
        clear(self._acts)
        if not lines and empty:
            self._lines.addWidget(label(empty, role="quiet"))
        for place, (text, act) in enumerate(lines):
            self._lines.addWidget(self._line(place, text, act))
        for place, (text, pressed) in enumerate(acts):
            made = button(text, self._look, pressed, name=f"{self._name}.act{place}")
            self._acts.addWidget(made, place // ACTS_IN_ROW, place % ACTS_IN_ROW)
        self._acts.setColumnStretch(ACTS_IN_ROW, 1)

    def _line(self, place: int, text: str, act: Act | None) -> QWidget:
        if act is None:
            return label(text)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(text), 1)
        made = button(act[0], self._look, act[1], kind="link", name=f"{self._name}.line{place}")
        made.setAccessibleDescription(text)
        row.addWidget(made)
        return line


class HeadCard(Card):
    """Name, number, size, card; the centre's word, in the same place for every family."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "fileHead")
        self._look = look
        top = QHBoxLayout()
        self._name = label("", role="title", name="fileName")
        self._number = label("", role="huge", wrap=False, name="fileNumber")
        top.addWidget(self._name, 1)
        top.addWidget(self._number)
        self._size = label("", name="fileSize")
        self._decision = label("", role="quiet", name="fileDecision")
        self.inside.addLayout(top)
        self.add(self._size)
        self.add(self._decision)

    def tell(self, file: HouseholdFile) -> None:
        """Show a family."""
        words, household = self._look.words, file.household
        principal = file.persons.get(household.principal)
        self._name.setText(isolate(principal.full_name) if principal else "")
        number = household_number_shown(household.number)
        self._number.setText(isolate_ltr(number))
        self._number.setAccessibleName(number)
        people = words.plural("{n} person", "{n} persons", len(household.members))
        registered = words("registered on {day}", day=household.registered_on)
        self._size.setText(f"{people}  \u00b7  {registered}  \u00b7  {card_state(self._look, file)}")
        self._decision.setText(words("Centre: {answer}", answer=words.label(DECISION.name, decision_of(file))))

    def number_shown(self) -> str:
        """The number as printed."""
        return self._number.accessibleName()


def card_state(look: Look, file: HouseholdFile) -> str:
    """The card in force, in words."""
    words = look.words
    if file.card is None:
        return words("no card")
    return words("card {n} of {day} holds", n=file.card.issue, day=file.card.issued_on)


class NotAskedCard(Card):
    """What is not asked yet: each opens the very question."""

    def __init__(self, look: Look, ask: Callable[[str], None]) -> None:
        super().__init__(look, look.words("Not asked yet"), "notAsked")
        self._look = look
        self._ask = ask
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        for row in self._rows:
            self.inside.addLayout(row)

    def tell(self, codes: Sequence[str]) -> None:
        """Show what is open; nothing hides the card."""
        self.setVisible(bool(codes))
        half = (len(codes) + 1) // 2
        for row, part in zip(self._rows, (codes[:half], codes[half:]), strict=True):
            clear(row)
            for code in part:
                text = self._look.words.label(NOT_ASKED.name, code)
                row.addWidget(button(text, self._look, partial(self._ask, code), kind="link", name=f"ask.{code}"))
            row.addStretch(1)
