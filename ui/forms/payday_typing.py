"""Lines of the printed list that were paid without power, typed in one after the other under their own numbers.

Each line is taken in on its own, so that whoever stops in the middle goes on where she stopped. What is refused stays
here with its reason, and holds no other line back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from helpdesk.assistance.distributions.documents import TYPED, Line, PaperLine
from helpdesk.assistance.vouchers.codes import IDENTITY
from helpdesk.core.language import isolate
from helpdesk.printing.blocks import amount_shown
from ui.forms.part import Missing, Part
from ui.forms.payday_line import DOT, WAITS, signing_entries
from ui.forms.quick_row import QuickRow
from ui.theme import Look
from ui.widgets.choices import entries_of
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import button, label

ABSENT: Final = "ABSENT"
LEFT_NAMED: Final = 24
"""Numbers of lines that are named as not typed in yet."""
TOLD: Final = 8
"""Lines whose outcome stands below, the last ones."""


class TypeLinesPart(Part):
    """Opened for one list; the witness stays from line to line."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Type in from the paper list"), "typeLines")
        words = self.words
        self._lines: Sequence[Line] = ()
        self._told: dict[int, str] = {}
        self.number = DigitEdit(look, "typedLine", longest=4)
        self.signs = QuickRow(
            look, "typedSigns", words("What the paper says"),
            (*signing_entries(look), (ABSENT, words("Nobody came"))), columns=3,
        )  # fmt: skip
        self.identity = QuickRow(look, "typedIdentity", words("How the payee was known"), entries_of(look, IDENTITY))
        self.witness = NameEdit(look, "typedWitness")
        self.left = label("", role="quiet", name="typedLeft")
        self.who = label("", role="head", name="typedWho")
        self.rows = Rows(look, name="typedRows")
        row = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.field("line", words("Line"), self.number, required=True), 1, top)
        row.addWidget(self.field("witness", words("Witness on the paper"), self.witness, required=True), 3, top)
        self.add(self.left)
        self.inside.addLayout(row)
        self.add(self.who)
        self.add(self.field("signs", words("What the paper says"), self.signs, required=True))
        self.add(self.field("identity", words("How the payee was known"), self.identity, required=True))
        self.add(self.rows)
        foot = QHBoxLayout()
        foot.addWidget(button(words("Done typing in"), look, self.forget, kind="link", name="typedLeave"))
        foot.addStretch(1)
        self.inside.addLayout(foot)
        self.number.typed.connect(lambda _: self._moved())
        self.witness.typed.connect(lambda _: self.moved.emit())
        for asked in (self.signs, self.identity):
            asked.changed.connect(lambda _: self._moved())
        self.signs.answered.connect(self._after_signs)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a list is being typed in."""
        return not self.isHidden()

    def begin(self, lines: Sequence[Line]) -> None:
        """Begin or go on with a list."""
        self._told = {}
        self.rows.show_rows(())
        self.show_lines(lines)
        self.show()
        self._empty()
        self.number.setFocus()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The list as it stands now: what is typed in counts no more."""
        self._lines = lines
        words = self.words
        waiting = [line.line for line in lines if line.state in WAITS]
        named = words.listed(words.digits(one) for one in waiting[:LEFT_NAMED])
        more = len(waiting) - LEFT_NAMED
        if not waiting:
            self.left.setText(words("Every line of the list is settled."))
        elif more > 0:
            self.left.setText(words("Not typed in yet: {lines}, and {more} more.", lines=named, more=more))
        else:
            self.left.setText(words("Not typed in yet: {lines}.", lines=named))

    def _empty(self) -> None:
        self.number.clear()
        self.signs.choose(None)
        self.identity.choose(None)
        self._moved()

    def _after_signs(self) -> None:
        if self.signs.chosen != ABSENT:
            self.identity.setFocus()

    def _moved(self) -> None:
        line = self._line()
        told = ""
        if line is not None:
            amount = amount_shown(self.words, line.amount, line.currency)
            told = DOT.join((isolate(line.payee), amount))
            if line.alternate:
                told = DOT.join((told, self.words("may also be collected by {name}", name=isolate(line.alternate))))
        self.who.setText(told)
        self.who.setVisible(bool(told))
        self.fields["identity"].setVisible(self.signs.chosen != ABSENT)
        self.moved.emit()

    def _line(self) -> Line | None:
        typed = self.number.value()
        return next((line for line in self._lines if typed and line.line == int(typed)), None)

    def forget(self) -> None:
        """Nothing more is typed in now."""
        self.hide()
        self.moved.emit()

    def missing(self) -> list[Missing]:
        """What is still to be read from the paper."""
        words = self.words
        found: list[Missing] = []
        if not self.number.value():
            found.append(Missing(words("the number of the line"), self.number))
        if self.signs.chosen is None:
            found.append(Missing(words("what the paper says"), self.signs))
        elif self.signs.chosen != ABSENT:
            if self.identity.chosen is None:
                found.append(Missing(words("how the payee was known"), self.identity))
            if not self.witness.value():
                found.append(Missing(words("the witness"), self.witness))
        return found

    def paper_line(self) -> PaperLine | None:
        """The line as the paper says; None while something is missing."""
        signs = self.signs.chosen
        if self.missing() or signs is None:
            return None
        number = int(self.number.value())
        if signs == ABSENT:
            return PaperLine(number, absent=True)
        collector, _, mark = signs.partition(".")
        return PaperLine(number, self.witness.value(), collector, mark, self.identity.chosen or "")

    def taken(self, line: int, outcome: str) -> None:
        """A line is in; the next can be typed."""
        self._tell(line, self.words.label(TYPED.name, outcome))
        self._empty()
        self.number.setFocus()

    def refused(self, line: int, reason: str) -> None:
        """A line was not taken in; what was typed stays, to be mended or left."""
        self._tell(line, reason)
        self.number.setFocus()
        self.number.selectAll()

    def _tell(self, line: int, told: str) -> None:
        self._told.pop(line, None)
        self._told[line] = told
        words = self.words
        last = list(self._told.items())[-TOLD:]
        self.rows.show_rows([(words("Line {line}", line=one), said) for one, said in reversed(last)])
