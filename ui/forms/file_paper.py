"""The part of a file that ends on paper, the family's card; and what happened, line by line.

They show what the page has read. Issuing and printing go through commands; nothing is printed without its preview.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from helpdesk.core.errors import Refusal
from helpdesk.households import cards
from ui.forms import askings, file_rows
from ui.forms.file_cards import Act
from ui.forms.file_part import Family, LinesPart
from ui.forms.papers import card_and_slip


class CardBound(LinesPart):
    """A part whose acts may make the family's card old."""

    def ask_new_card(self) -> None:
        """Ask why another card is issued."""
        self.ask(askings.new_card(self.look, self.household, self.typed.emit, self.show_card))

    def show_card(self, issued: tuple[cards.IssuedCard, ...]) -> None:
        """The card and its slip, ready to be printed."""
        if self.family is not None:
            practice = self.around.seat.practice
            self.paper(card_and_slip(self.words, issued[0], self.family.beside.now, practice=practice))


class CardPart(CardBound):
    """The card in force."""

    name: ClassVar[str] = "cards"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("Card")

    def tell(self, family: Family) -> None:
        """The card that holds, or that none does."""
        words, card = self.words, family.file.card
        acts: list[Act] = []
        if card is None:
            acts.append((words("Issue and print (F6)"), self.print_card))
            line = words("No card holds.")
        else:
            line = words("Card {n}, issued on {day}, holds.", n=card.issue, day=card.issued_on)
            acts.append((words("Print it again (F6)"), self.print_card))
            acts.append((words("Issue a new one"), self.ask_new_card))
            if self.around.may(cards.revoke):
                acts.append((words("Declare it void"), self._revoke))
        self.lines.tell([(line, None)], acts)

    def printable(self) -> Sequence[Act]:
        """The card with its slip."""
        return ((self.words("Household card and slip"), self.print_card),)

    def print_card(self) -> None:
        """The card in force again, or the first one."""
        if self.family is None:
            return
        if self.family.file.card is None:
            self.write(cards.issue, (self.household,), "FIRST", then=self.show_card)
        else:
            self.write(cards.reprint, (self.household,), then=self.show_card, failed=self._not_reprinted)

    def _not_reprinted(self, error: Exception) -> None:
        if isinstance(error, Refusal) and error.code == "card.other_desk":
            self.failed.emit(error, (self.words("Issue a new card"), self.ask_new_card))
        else:
            self.show_failure(error)

    def _revoke(self) -> None:
        self.say(
            "careful", self.words("The card becomes void at every desk, and no new one is issued. Sure?"),
            (self.words("Declare it void"), lambda: self.write(cards.revoke, self.household, then=self.say_saved)),
        )  # fmt: skip


class HistoryPart(LinesPart):
    """Who wrote what, and when."""

    name: ClassVar[str] = "history"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("What happened")

    def tell(self, family: Family) -> None:
        """One line for each save."""
        beside = family.beside
        history = file_rows.history_lines(self.words, beside.history, beside.names, beside.device)
        self.lines.tell([(line, None) for line in history])
