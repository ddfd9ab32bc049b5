"""Arrival packages: what came, what families were given, what was spoiled and what was counted, as one stock.

A scan gives a family that arrived its package; the desk never gives what it does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.assistance.kits import commands
from helpdesk.assistance.kits.documents import Stock
from helpdesk.assistance.kits.queries import StockLine
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.kit_pieces import COMMANDS, KitPart, kit_columns, kits_now, stock_paper
from ui.forms.scanned import family_of
from ui.pages.base import Action, Page
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Rows
from ui.widgets.scan import ScanTarget
from ui.widgets.words import Card, button, label


class Kits(Page):
    """Opened with nothing."""

    name: ClassVar[str] = "kits"
    shows: ClassVar[frozenset[str]] = frozenset({"kit_move", "arrival"})

    def build(self) -> None:
        """The stock large, scans, the piece that is typed, and the card of movements."""
        words, look = self.words, self.look
        self._now: DeskNow | None = None
        self._stock: Stock | None = None
        self._lines: tuple[StockLine, ...] = ()
        card = Card(look, "", "kitStock")
        self.here = label("", role="huge", wrap=False, name="kitsHere")
        self.rows = Rows(look, name="kitRows")
        top = QHBoxLayout()
        here = QVBoxLayout()
        here.addWidget(self.here)
        here.addWidget(label(words("packages must be here"), role="quiet"))
        here.addStretch(1)
        top.addLayout(here, 1)
        top.addWidget(self.rows, 2)
        card.inside.addLayout(top)
        self.target = ScanTarget(look)
        self.target.scanned.connect(self._scanned)
        self.part = KitPart(look)
        self.part.moved.connect(self._arrange)
        self.told = label("", role="quiet", name="kitsTold")
        self.table = PagedTable(look, "kitCard", words("Stock card"), kit_columns(words), self._fetch)
        self.table.setMinimumHeight(look.size(230))
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        for what, text in (
            ("RECEIVED", words("Packages came")),
            ("DAMAGED", words("Packages are spoiled")),
            ("COUNTED", words("Count the packages")),
        ):
            row.addWidget(button(text, look, partial(self._begin, what), name=f"kits.{what}"))
        row.addStretch(1)
        row.addWidget(button(words("Print the stock card"), look, self.print_pressed, icon_name="print",
                             name="kitsPrint"))  # fmt: skip
        for widget in (card, self.target, self.part, self.acts, self.told):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self._arrange()

    def title(self) -> str:
        """The page's title."""
        return self.words("Arrival packages")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Scan the card of a family that arrived here to give it one package; more than one is written into its "
            "arrival. Write down each time packages come or are spoiled, and count them from time to time: what "
            "differs needs a word. F6 prints the stock card for two signatures."
        )

    def first_field(self) -> QWidget | None:
        """The piece that is open, else scans go to the target."""
        return self.target if self.part.isHidden() else self.part.number

    def main_action(self) -> Action | None:
        """Save what is typed; else packages came."""
        if not hasattr(self, "acts") or not self.around.may(commands.receive):
            return None
        words = self.words
        if self.part.isHidden():
            return Action(words("Packages came"), partial(self._begin, "RECEIVED"), "add")
        missing = self.part.missing()
        lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        return Action(self.part.said(), self._save, "save", lacking)

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        missing = self.part.missing() if not self.part.isHidden() else []
        if missing:
            missing[0].where.setFocus()
        super().act()

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the stock."""
        self.subject = subject
        self.read(desk_now, then=self._know, newest="now")
        self.refresh()

    def _know(self, now: DeskNow) -> None:
        self._now = now

    def refresh(self) -> None:
        """Read the stock again; what is typed stays."""
        self.read(kits_now, then=self._show, newest="kits")

    def _show(self, found: tuple[Stock, tuple[StockLine, ...]]) -> None:
        words = self.words
        self._stock, self._lines = found
        stock = self._stock
        self.here.setText(words.digits(stock.here))
        self.rows.show_rows(
            [
                (words("Received"), words.digits(stock.received)),
                (words("Given to families"), words.digits(stock.issued)),
                (words("Spoiled"), words.digits(stock.damaged)),
                (words("Found or missed by counts"), words.digits(f"{stock.by_counts:+d}") if stock.by_counts else ""),
            ]
        )
        # the newest first: that is what somebody looks for
        self.table.show_ids(list(range(len(self._lines) - 1, -1, -1)))
        self.told.setText("" if self._lines else words("Nothing came yet. Ctrl+Enter writes down the first delivery."))
        self._arrange()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._lines[one] for one in ids if one < len(self._lines)])

    def _arrange(self) -> None:
        if not hasattr(self, "acts"):
            return
        typing = not self.part.isHidden()
        self.acts.setVisible(not typing)
        self.target.setVisible(not typing)
        self.told.setVisible(not self._lines)
        self.table.setVisible(bool(self._lines))
        self.show_head()

    # typing

    def _begin(self, what: str) -> None:
        self.quiet()
        self.part.begin(what, self._stock.here if self._stock is not None else 0)

    def _save(self) -> None:
        part = self.part
        if part.what:
            self.write(COMMANDS[part.what], int(part.number.value()), part.note.value(), then=self._saved)

    def _saved(self, _record: str) -> None:
        self.part.forget()
        self.say("good", self.words("Saved."))
        self.focus_first()

    # giving

    def take_scan(self, digits: str) -> bool:
        """A scan on this page gives a family its package."""
        if self.target.isHidden():
            return False
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.read(family_of, digits, then=self._give, newest="scan")

    def _give(self, household: str) -> None:
        self.write(commands.issue, household, then=partial(self._given, household))

    def _given(self, household: str, _arrival: str) -> None:
        words = self.words
        opens = (words("Open the file"), partial(self.around.go, "family", household))
        self.say("good", words("One package is given, and written into the family's arrival."), opens)
        self.target.setFocus()

    # paper

    def print_pressed(self) -> None:
        """F6: the stock card."""
        if self._stock is not None and self._now is not None:
            practice = self.around.seat.practice
            self.around.go("paper", stock_paper(self.words, self._lines, self._stock, self._now.day, practice=practice))
