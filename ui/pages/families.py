"""All registered families, and whoever is sought: by number, scan, phone's end, or a name in any spelling.

It shows the least of each. Families that only stand on a list are shown apart, because nobody asked them yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import cards, commands, expected, queries
from helpdesk.households.expected import ExpectedLine
from helpdesk.households.queries import HouseholdLine
from ui.forms.in_list import InList
from ui.forms.places import Places
from ui.pages.base import Action, Page
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, button, clear, label

FOUND: Final = 50
EXPECTED_SHOWN: Final = 5


class Families(Page):
    """See the module. It is what the search box leads to (``ui.window.Finds``)."""

    name: ClassVar[str] = "families"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset({"household", "person", "expected"})

    def build(self) -> None:
        """The table, and above it what stands on lists."""
        self._sought = ""
        self._order = ("registered_on", True)
        self._lines: dict[str, HouseholdLine] = {}
        self._ids: Sequence[str] = ()
        self._open_best = False
        self.places = Places(self.look, load_gazetteer)
        words = self.words
        self.expected = Card(self.look, words("On a list, not registered"), "expectedFamilies")
        self._expected_rows = QVBoxLayout()
        self.expected.inside.addLayout(self._expected_rows)
        self.expected.hide()
        self.told = label("", role="quiet", name="foundCount")
        self.table = PagedTable(
            self.look, "familiesTable", words("Families"), self._columns(), self._fetch, self._sort_by
        )
        self.table.opened.connect(self._open)
        to_many = partial(self.around.go, "many")
        self.many = button(words("Lists, cards and paper forms"), self.look, to_many, kind="link", icon_name="files",
                           name="toMany")  # fmt: skip
        self.many.setVisible(self.around.may(cards.issue))
        above = QHBoxLayout()
        above.addWidget(self.told, 1)
        above.addWidget(self.many)
        self.body.addWidget(self.expected)
        self.body.addLayout(above)
        self.body.addWidget(self.table, 1)

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Number"), 150, lambda line: household_number_shown(line.number), "number", ltr=True),
            Column(words("Name on the card"), 0, self._name, "name"),
            Column(words("People"), 80, lambda line: words.digits(line.persons), "persons"),
            Column(words("Camp or site"), 190, self._site),
            Column(words("Shelter"), 120, lambda line: line.shelter, "shelter"),
            Column(words("Registered"), 190, lambda line: words.date(line.registered_on), "registered_on"),
        ]

    def _name(self, line: HouseholdLine) -> str:
        if not line.matched:
            return line.principal
        return self.words("{name} (found by {member})", name=isolate(line.principal), member=isolate(line.matched))

    def _site(self, line: HouseholdLine) -> str:
        place = self.places.all.get(line.site) if line.site else None
        return place.name(self.words.language) if place is not None else ""

    def title(self) -> str:
        """The page's title."""
        return self.words("Families")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Press F2 and type a name in any spelling, the number, or the last digits of a phone. Arrows move, Enter "
            "opens the file. Families on a list were announced by a camp; open one to register it when they come."
        )

    def main_action(self) -> Action | None:
        """A new family, for those who may."""
        if not self.around.may(commands.register):
            return None
        return Action(self.words("New family"), lambda: self.around.go("new_family"), "new-family")

    # searching

    def search(self, text: str) -> None:
        """Show what is found for a text; nothing sought shows everybody."""
        self._sought = text
        self._open_best = False
        self._ask()

    def open_best(self, text: str) -> None:
        """Open the one family it can only be, or stand on the first."""
        self._sought = text
        self._open_best = True
        self._ask()

    def refresh(self) -> None:
        """Read again what is shown."""
        self._ask()

    def _ask(self) -> None:
        if self._sought:
            self.read(queries.find, self._sought, FOUND, then=self._found, newest="rows")
            self.read(expected.find_expected, self._sought, EXPECTED_SHOWN, then=self._show_expected, newest="lists")
        else:
            order, descending = self._order
            self.read(_ordered, order, descending, then=self._all, newest="rows")
            self._show_expected(())

    def _found(self, lines: Sequence[HouseholdLine]) -> None:
        self._lines = {line.id: line for line in lines}
        self._ids = [line.id for line in lines]
        self.table.show_ids(self._ids)
        words = self.words
        if not lines:
            self.told.setText(
                words("Nobody registered here is found for {text}. Try fewer letters, or another member of the family.",
                      text=isolate(self._sought))
            )  # fmt: skip
        else:
            self.told.setText(words.plural("{n} family found", "{n} families found", len(lines)))
        if self._open_best:
            self._open_best = False
            if len(lines) == 1:
                self._open(lines[0].id)
            elif lines:
                self.table.setFocus()

    def _all(self, ids: Sequence[str]) -> None:
        self._lines = {}
        self._ids = ids
        self.table.show_ids(ids)
        words = self.words
        if ids:
            self.told.setText(words.plural("{n} family registered", "{n} families registered", len(ids)))
        else:
            self.told.setText(words("No family is registered at this desk yet. F4 begins the first."))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        if all(one in self._lines for one in ids):
            then([self._lines[one] for one in ids])
            return

        def take(lines: dict[str, HouseholdLine]) -> None:
            then([lines[one] for one in ids if one in lines])

        self.read(queries.lines, tuple(ids), then=take)

    def _sort_by(self, column: str, descending: bool) -> None:
        self._order = (column, descending)
        self._sought = ""
        self._ask()

    # expected families

    def _show_expected(self, found: Sequence[ExpectedLine]) -> None:
        clear(self._expected_rows)
        self.expected.setVisible(bool(found))
        may = self.around.may(commands.register)
        for place, line in enumerate(found):
            people = self.words.plural("{n} person", "{n} persons", line.persons)
            said = f"{isolate(line.name)}  ({people})  {isolate_ltr(line.reference)}"
            if may:
                opens = partial(self.around.go, "new_family", f"expected:{line.key}")
                row = button(said, self.look, opens, kind="link", icon_name="new-family", name=f"expected{place}")
                row.setToolTip(self.words("Register this family: ask for their agreement first."))
                self._expected_rows.addWidget(row)
            else:
                self._expected_rows.addWidget(label(said))

    # opening

    def _open(self, household: str) -> None:
        self.around.go("family", InList(household, self._ids))

    def step(self, by: int) -> None:
        """Ctrl+arrow: move in the list."""
        neighbour = self.table.neighbour(self.table.picked_id(), by)
        row = self.table.rows.row_of(neighbour) if neighbour is not None else None
        if row is not None:
            self.table.selectRow(row)


def _ordered(view: Any, order: str, descending: bool) -> list[str]:
    return queries.household_ids(view, order, descending=descending)
