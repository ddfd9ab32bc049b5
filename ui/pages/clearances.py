"""Clearances: what runs out, what has run out, what is not complete; and recording an answer for one family or many.

Lists say "not complete" for everything that is not granted: nobody who looks at this page learns of a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.core.language import N_
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.households.queries import HouseholdLine, lines
from helpdesk.journey.clearances import queries
from helpdesk.journey.clearances.commands import record
from helpdesk.journey.departures import clearing
from ui.forms.clearance_record import ClearancePart
from ui.forms.scanned import family_of
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, label

_LISTS: Final = {
    "ENDING": N_("Running out"), "ENDED": N_("Run out"), "MISSING": N_("Missing before a departure"),
    "OPEN": N_("Not complete"),
}  # fmt: skip
MOST: Final = 500
"""Families that one answer is recorded for at once."""


@dataclass(frozen=True)
class _Row:
    family: HouseholdLine
    open: int
    ends: date | None


class Clearances(Page):
    """Opened with nothing, a worklist, a household's id, or a tuple of ids to record one answer for."""

    name: ClassVar[str] = "clearances"
    shows: ClassVar[frozenset[str]] = frozenset({"clearance", "household", "person"})

    def build(self) -> None:
        """A scan target, the worklists with their table, and the answer that is being recorded."""
        words = self.words
        self._ids: Sequence[str] = ()
        self._chosen: list[str] = []
        self.target = ScanTarget(self.look)
        self.target.scanned.connect(self._scanned)
        self.part = ClearancePart(self.look)
        self.part.moved.connect(self._moved)
        self.lists = ChoiceRow(
            self.look, "worklists", words("Which families"), [(name, words(said)) for name, said in _LISTS.items()]
        )
        self.lists.choose(clearing.WORKLISTS[0])
        self.lists.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="clearanceCount")
        self.pile = label("", role="quiet", name="clearancePile")
        self.table = PagedTable(self.look, "clearancesTable", words("Families"), self._columns(), self._fetch)
        self.table.setMinimumHeight(self.look.size(320))
        self.table.opened.connect(self._begin_one)
        self.body.addWidget(self.target)
        self.body.addWidget(self.part)
        self.body.addWidget(self.lists)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.add_one = button(words("Add this family"), look, self._add_picked, icon_name="add", name="addOne")
        self.add_all = button(words("Add all of this list"), look, self._add_all, icon_name="add", name="addAll")
        self.drop = button(words("Begin again"), look, self._drop, kind="link", name="dropPile")
        for widget in (self.add_one, self.add_all, self.pile):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.drop)
        return self.acts

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Number"), 150, lambda row: household_number_shown(row.family.number), ltr=True),
            Column(words("Name on the card"), 0, lambda row: row.family.principal),
            Column(words("People"), 80, lambda row: words.digits(row.family.persons)),
            Column(words("Not complete"), 120, lambda row: words.digits(row.open) if row.open else ""),
            Column(words("First end"), 190, lambda row: words.date(row.ends) if row.ends else ""),
        ]

    def title(self) -> str:
        """The page's title."""
        return self.words("Clearances")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Enter on a family records an answer for its members. To record one answer for many families, add them "
            "from the list or by scanning their cards, and press Ctrl+Enter. Everything that is not granted reads "
            "\u201cnot complete\u201d; why, only a supervisor reads, in one family's answers."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        return self.part.authorities if self.part.households else self.target

    def main_action(self) -> Action | None:
        """Record the answer, or begin one for the families that were added."""
        if not hasattr(self, "table") or not self.around.may(record):
            return None
        words = self.words
        if self.part.households:
            missing = self.part.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            count = len(self.part.households)
            said = words.plural("Record for {n} family", "Record for {n} families", count)
            return Action(said, self._save, "check", lacking)
        lacking = "" if self._chosen else words("Add families first, or press Enter on one.")
        return Action(words("Record an answer"), self._begin_many, "check", lacking)

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a worklist, or begin an answer."""
        self.subject = subject
        self._chosen = []
        self.part.forget()
        if isinstance(subject, str) and subject in clearing.WORKLISTS:
            self.lists.choose(subject)
        elif isinstance(subject, str):
            self._begin_one(subject)
        elif isinstance(subject, tuple) and subject:
            self._begin(subject)
        self._ask()

    def refresh(self) -> None:
        """Read again what is shown; an answer that is being typed stays."""
        self._ask()

    def _ask(self) -> None:
        self.read(clearing.worklist, self.lists.chosen or clearing.WORKLISTS[0], then=self._show, newest="rows")
        self.read(clearing.counts, then=self._count, newest="counts")

    def _show(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self.table.show_ids(ids)
        self._moved()

    def _count(self, counts: dict[str, int]) -> None:
        words = self.words
        if not any(counts.values()):
            self.told.setText(
                words("Nothing runs out and nothing waits. Scan a card to record what an authority answered.")
            )
            return
        said = [words("{thing}: {count}", thing=words(_LISTS[name]), count=counts[name]) for name in _LISTS]
        self.told.setText("   \u00b7   ".join(said))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(rows: dict[str, _Row]) -> None:
            then([rows[one] for one in ids if one in rows])

        self.read(_page, tuple(ids), then=take)

    # gathering families

    def take_scan(self, digits: str) -> bool:
        """A scan on this page is a family to record an answer for."""
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.read(family_of, digits, then=self._add_scanned)

    def _add_scanned(self, household: str) -> None:
        if self.part.households:
            self._begin((*self.part.households, household))
        else:
            self._add((household,))

    def _add_picked(self) -> None:
        picked = self.table.picked_id()
        if picked is not None:
            self._add((picked,))

    def _add_all(self) -> None:
        self._add(self._ids)

    def _add(self, households: Sequence[str]) -> None:
        together = list(dict.fromkeys([*self._chosen, *households]))
        if len(together) > MOST:
            self.say("careful", self.words("At most {most} families at once; the rest were left out.", most=MOST))
        self._chosen = together[:MOST]
        self._moved()

    def _drop(self) -> None:
        self._chosen = []
        self._moved()

    def _begin_one(self, household: str) -> None:
        if self.around.may(record):
            self._begin((household,))

    def _begin_many(self) -> None:
        self._begin(tuple(self._chosen))

    def _begin(self, households: Sequence[str]) -> None:
        once = tuple(dict.fromkeys(households))
        self.part.show_families(once)
        if len(once) == 1:
            self.read(queries.clearances_of, once[0], then=self.part.show_family, newest="family")

    def _moved(self) -> None:
        recording = bool(self.part.households)
        for widget in (self.lists, self.told, self.table, self.acts):
            widget.setVisible(not recording)
        words, count = self.words, len(self._chosen)
        self.add_one.setEnabled(bool(self._ids))
        self.add_all.setEnabled(bool(self._ids))
        self.drop.setVisible(bool(count))
        self.pile.setText(words.plural("{n} family added", "{n} families added", count) if count else "")
        self.show_head()

    # writing

    def _save(self) -> None:
        entries = self.part.entries()
        self.write(record, entries, then=self._saved)

    def _saved(self, written: int) -> None:
        self._chosen = []
        self.part.forget()
        self.say("good", self.words.plural("{n} answer was recorded.", "{n} answers were recorded.", written))
        self._ask()


def _page(view: View, households: Sequence[str]) -> dict[str, _Row]:
    work = queries.work_lines(view, households)
    families = lines(view, households)
    return {one: _row(families[one], work.get(one)) for one in households if one in families}


def _row(family: HouseholdLine, work: queries.WorkLine | None) -> _Row:
    # a family of whom nothing was asked yet has no line of its own
    return _Row(family, work.open, work.ends) if work is not None else _Row(family, 0, None)
