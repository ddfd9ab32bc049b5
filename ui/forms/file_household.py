"""The parts of a file that show the household itself: people, how to reach them, wishes, barriers, agreements, papers.

They show the file the page has read and hand what is to be typed to the page. What is sensitive stays closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout

from helpdesk.core.numbers import household_number_shown
from helpdesk.households import codes, commands
from ui.forms import askings, file_rows
from ui.forms.file_cards import Act
from ui.forms.file_paper import CardBound
from ui.forms.file_part import Family, FilePart, LinesPart
from ui.forms.papers import consent_receipt, record_paper, withdrawal_paper
from ui.widgets.closed import ClosedRows
from ui.widgets.reading import Rows
from ui.widgets.words import button


class PeoplePart(CardBound):
    """Who they are; each line can be corrected."""

    name: ClassVar[str] = "people"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("People")

    def tell(self, family: Family) -> None:
        """A line for each person."""
        words, file = self.words, family.file
        self.lines.tell(
            [
                (file_rows.person_line(words, person, file.day), (words("Correct"), partial(self._correct, one)))
                for one, person in file.persons.items()
            ],
            (
                (words("Add a person who was forgotten"), self.add_forgotten),
                (words("Change who holds the card"), self.mend_holder),
                (words("Print the family's own record"), self._print_record),
            ),
        )

    def _correct(self, person_id: str) -> None:
        if self.family is not None:
            self.ask(askings.person(self.look, self.family.file, person_id, self.typed.emit, self.say_saved))

    def mend_holder(self) -> None:
        """Ask who holds the card."""
        if self.family is not None:
            self.ask(askings.holder(self.look, self.family.file, self.typed.emit, self._told_of_card))

    def add_forgotten(self) -> None:
        """Ask for a person who was forgotten."""
        if self.family is not None:
            file = self.family.file
            told = partial(self._told_of_card, file.card is not None)
            self.ask(askings.forgotten(self.look, file, self.typed.emit, lambda _: told()))

    def _told_of_card(self, is_old: bool) -> None:
        if not is_old:
            self.say_saved()
            return
        self.say(
            "careful", self.words("Saved. The card in the family's hands shows what was written before."),
            (self.words("Issue a new one"), self.ask_new_card),
        )  # fmt: skip

    def printable(self) -> Sequence[Act]:
        """Their own record."""
        return ((self.words("The family's own record"), self._print_record),)

    def _print_record(self) -> None:
        family = self.family
        if family is None:
            return
        facts = file_rows.record_facts(self.words, family.file, family.places)
        number, practice = family.file.household.number, self.around.seat.practice
        paper = record_paper(self.words, number, facts, family.beside.now, practice=practice)
        self.write(commands.note_printed, self.household, "own_record", then=lambda _: self.paper(paper))


class ReachPart(FilePart):
    """Where they come from, and how to reach them, which stays closed."""

    name: ClassVar[str] = "contactCard"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("How to reach them, and where they come from")

    def build(self) -> None:
        """Open rows, closed rows, and the way to mend them."""
        self.way = Rows(self.look, name="wayRows")
        self.closed = ClosedRows(self.look, "contactRows", self.words("phone, shelter and notes"))
        self.add(self.way)
        self.add(self.closed)
        row = QHBoxLayout()
        row.addWidget(button(self.words("Correct phone and shelter"), self.look, self._mend, name="mendReach"))
        row.addStretch(1)
        self.inside.addLayout(row)

    def tell(self, family: Family) -> None:
        """Both kinds of rows; the closed ones close again."""
        self.closed.tell(file_rows.contact_rows(self.words, family.file, family.places))
        self.way.show_rows(file_rows.way_rows(self.words, family.file, family.places))

    def _mend(self) -> None:
        if self.family is not None:
            self.ask(askings.reach(self.look, self.family.places, self.family.file, self.say_saved))


class WishesPart(LinesPart):
    """What they want, over time."""

    name: ClassVar[str] = "wishes"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("What they want, over time")

    def tell(self, family: Family) -> None:
        """The newest answer first."""
        words = self.words
        self.lines.tell(
            [(f"{words.date(wish.on)}:  {file_rows.intention_line(words, wish, family.places)}", None)
             for wish in reversed(family.file.intentions)],
            ((words("Ask again what they want"), partial(self.questioned.emit, "INTENTION")),),
            words("Nobody asked yet what they want."),
        )  # fmt: skip


class BarriersPart(LinesPart):
    """What stands in the way, as far as a desk may read it."""

    name: ClassVar[str] = "barriersCard"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("What stands in the way")

    def tell(self, family: Family) -> None:
        """A line for each time they were asked."""
        words = self.words
        self.lines.tell(
            [(f"{words.date(one.on)}:  {file_rows.barrier_line(words, one)}", None) for one in family.file.barriers],
            ((words("Ask again what stands in the way"), partial(self.questioned.emit, "BARRIERS")),),
            words("Nobody asked yet what stands in the way."),
        )


class ConsentsPart(LinesPart):
    """What they agreed to, purpose by purpose."""

    name: ClassVar[str] = "consents"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("Agreements")

    def tell(self, family: Family) -> None:
        """A line for each purpose, asked or not."""
        words = self.words
        known = file_rows.asked_consents(family.file)
        lines: list[tuple[str, Act | None]] = []
        for purpose in codes.PURPOSE:
            said = words.label(codes.PURPOSE.name, purpose)
            consent = known.get(purpose)
            told = words("not asked yet") if consent is None else file_rows.consent_line(words, consent)
            act: Act = (words("Ask"), partial(self._ask, purpose))
            if consent is not None and consent.answer == "GIVEN":
                act = (words("Withdraw"), partial(self._withdraw, purpose))
            lines.append((f"{said}:  {told}", act))
        self.lines.tell(lines, ((words("Print what they agreed to"), self._print),))

    def _ask(self, purpose: str) -> None:
        self.ask(askings.agreement(self.look, self.household, purpose, self.typed.emit, self.say_saved))

    def _withdraw(self, purpose: str) -> None:
        after = partial(self._withdrawn, self.words.label(codes.PURPOSE.name, purpose))
        self.ask(askings.withdrawal(self.look, self.household, purpose, self.typed.emit, after))

    def _withdrawn(self, said: str, _: Any) -> None:
        self.say(
            "good", self.words("Withdrawn. Give them the receipt."),
            (self.words("Print the receipt"), partial(self._print_withdrawal, said)),
        )  # fmt: skip

    def _print_withdrawal(self, said: str) -> None:
        family = self.family
        if family is not None:
            number, practice = family.file.household.number, self.around.seat.practice
            self.paper(withdrawal_paper(self.words, number, (said,), family.beside.now, practice=practice))

    def printable(self) -> Sequence[Act]:
        """What they agreed to."""
        return ((self.words("What they agreed to"), self._print),)

    def _print(self) -> None:
        family = self.family
        if family is None:
            return
        known = file_rows.asked_consents(family.file)
        given = tuple(self.words.label(codes.PURPOSE.name, p) for p, c in known.items() if c.answer == "GIVEN")
        number, practice = household_number_shown(family.file.household.number), self.around.seat.practice
        self.paper(consent_receipt(self.words, number, given, family.file.day, family.beside.now, practice=practice))


class PapersPart(FilePart):
    """Identity papers, closed, and the way to record another."""

    name: ClassVar[str] = "paperCard"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("Identity papers")

    def build(self) -> None:
        """Closed rows and one act."""
        self.closed = ClosedRows(self.look, "paperRows", self.words("identity papers"))
        self.add(self.closed)
        row = QHBoxLayout()
        record = partial(self.questioned.emit, "PAPERS")
        row.addWidget(button(self.words("Record a paper"), self.look, record, name="addPaper"))
        row.addStretch(1)
        self.inside.addLayout(row)

    def tell(self, family: Family) -> None:
        """The papers, closed again."""
        papers = enumerate(family.file.papers, start=1)
        self.closed.tell([(str(n), file_rows.paper_line(self.words, paper)) for n, paper in papers])
