"""What is done for many families at once: load a camp's list, print first cards, print forms for hours without power.

Long work shows its progress and can be stopped. A list is nobody's agreement: loading one registers nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from helpdesk.core.errors import Fault
from helpdesk.core.files import replace_file
from helpdesk.core.progress import Progress
from helpdesk.desk.commands import View
from helpdesk.households import cards, expected, paper_forms
from helpdesk.households.cards import IssuedCard
from helpdesk.households.expected import Loaded
from helpdesk.households.list_rows import RowProblem
from ui.forms.card_round import MOST, issue_round
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.list_report import column_said, counts_said, reason_said, report_csv
from ui.forms.papers import many_cards, paper_forms_paper
from ui.pages.base import Page
from ui.printing import Paper
from ui.widgets.fields import DigitEdit, Field
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, button, label
from ui.work import AnyDesk

REPORT_HEIGHT: Final = 260


class Many(Page):
    """Three cards; the report stands under the list it is about."""

    name: ClassVar[str] = "many"
    shows: ClassVar[frozenset[str]] = frozenset({"household", "card", "expected"})

    def build(self) -> None:
        """Lists, cards, forms."""
        self._now: DeskNow | None = None
        self._busy = False
        self._problems: tuple[RowProblem, ...] = ()
        self._print_waiting: tuple[IssuedCard, ...] = ()
        for card in (self._list_card(), self._card_card(), self._form_card()):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _list_card(self) -> Card:
        words, look = self.words, self.look
        card = Card(look, words("A camp's list"), "listCard")
        self.waiting = label("", role="quiet", name="expectedCount")
        self.loaded = label("", name="loadedCounts")
        self.loaded.hide()
        self.load = button(words("Load a list"), look, self._choose_list, icon_name="files", name="loadList")
        self.export = button(words("Save the report as CSV"), look, self._choose_report, icon_name="save",
                             name="saveReport")  # fmt: skip
        self.report = PagedTable(look, "listReport", words("Rows that need a look"), self._columns(), self._fetch)
        self.report.setFixedHeight(look.size(REPORT_HEIGHT))
        card.add(
            label(
                words(
                    "An Excel (.xlsx) or CSV file with one line for each person: the household's number, given and "
                    "father's name, and whatever else the camp knows. Nobody is registered by it; the form of a family "
                    "that comes is filled in from it after they agree. Loading a list again doubles nothing."
                ),
                role="quiet",
            )
        )
        card.add(self.waiting)
        card.inside.addLayout(_row(self.load, self.export))
        card.add(self.loaded)
        card.add(self.report)
        self.export.hide()
        self.report.hide()
        return card

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Row"), 70, lambda one: words.digits(one.row)),
            Column(words("Column"), 190, partial(column_said, words)),
            Column(words("Why"), 0, partial(reason_said, words)),
            Column(words("Row left out"), 120, lambda one: words("Yes") if one.skipped else words("No")),
        ]

    def _card_card(self) -> Card:
        words, look = self.words, self.look
        card = Card(look, words("Cards for families that have none yet"), "cardRound")
        self.without = label("", role="quiet", name="withoutCard")
        self.issue = button(words("Issue and print the cards"), look, self._issue, icon_name="card", name="issueRound")
        card.add(self.without)
        card.inside.addLayout(_row(self.issue))
        return card

    def _form_card(self) -> Card:
        words, look = self.words, self.look
        card = Card(look, words("Paper forms for hours without power"), "paperForms")
        self.count = DigitEdit(look, "formCount", longest=3)
        self.count_field = Field(
            look, words("How many forms"), self.count,
            hint=words("from 1 to {most}; each has a number of its own and is typed in once", most=paper_forms.MOST),
        )  # fmt: skip
        self.forms = button(words("Show the forms"), look, self._draw_forms, icon_name="print", name="drawForms")
        card.add(self.count_field)
        card.inside.addLayout(_row(self.forms))
        return card

    def title(self) -> str:
        """The page's title."""
        return self.words("Lists, cards and paper forms")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Load the list of a camp before its families come, print the first cards of many families at once, and "
            "print registration forms for hours without power. Each can be stopped; what was finished stays."
        )

    def first_field(self) -> QWidget | None:
        """The list first."""
        return self.load

    # reading

    def refresh(self) -> None:
        """Count anew."""
        self.read(desk_now, then=self._know_desk, newest="now")
        self.read(_counts, then=self._tell_counts, newest="counts")

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now

    def _tell_counts(self, counts: tuple[int, int]) -> None:
        words, (waiting, without) = self.words, counts
        self.waiting.setText(
            words.plural("{n} family on a list has not come yet.", "{n} families on lists have not come yet.", waiting)
            if waiting
            else words("No family is expected. Load the list a camp gave you, or register families without one.")
        )
        self.without.setText(_without_said(self, without))
        self.issue.setEnabled(bool(without) and not self._busy)

    # a list

    def _choose_list(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.words("Load a list"), "", self.words("Lists (*.xlsx *.csv)"),
            options=QFileDialog.Option.DontUseNativeDialog,  # native ones keep lists of recent files
        )  # fmt: skip
        if path:
            self.load_list(Path(path))

    def load_list(self, path: Path) -> None:
        """Load a list, with progress and a stop button: whole or not at all."""
        self.quiet()

        def work(desk: AnyDesk, progress: Progress) -> Any:
            return desk.do(expected.load, path, None, progress)

        self.long(work, then=self._show_loaded, title=self.words("Loading the list"))

    def _show_loaded(self, loaded: Loaded) -> None:
        self._problems = loaded.problems
        self.loaded.setText(counts_said(self.words, loaded))
        self.loaded.show()
        for widget in (self.report, self.export):
            widget.setVisible(bool(loaded.problems))
        self.report.show_ids(range(len(loaded.problems)))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._problems[one] for one in ids])

    def _choose_report(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.words("Save the report as CSV"), "report.csv", "CSV (*.csv)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )  # fmt: skip
        if path:
            self.save_report(Path(path))

    def save_report(self, path: Path) -> None:
        """Write the report, unencrypted, where the clerk chose."""
        data = report_csv(self.words, self._problems)
        self.around.work.apart(self, partial(_write, path, data), then=self._report_saved)

    def _report_saved(self, path: Path) -> None:
        self.say(
            "careful",
            self.words("Saved as {file}. It is not encrypted: remove it when it is no longer needed.", file=path.name),
        )

    # cards

    def _issue(self) -> None:
        if self._busy or self._now is None:
            return
        self._busy = True
        self.issue.setEnabled(False)
        words, now, practice = self.words, self._now, self.around.seat.practice

        def work(desk: AnyDesk, progress: Progress) -> tuple[tuple[IssuedCard, ...], Paper | None]:
            issued = issue_round(desk, progress)
            return issued, many_cards(words, issued, now, practice=practice) if issued else None

        running = self.long(work, then=self._issued, title=words("Issuing the cards"))
        running.ended.connect(self._round_ended)

    def _round_ended(self) -> None:
        self._busy = False
        self.refresh()

    def _issued(self, done: tuple[tuple[IssuedCard, ...], Paper | None]) -> None:
        issued, paper = done
        if paper is not None:
            said = self.words.plural("{n} card is issued. Print it now.", "{n} cards are issued. Print them now.",
                                     len(issued))  # fmt: skip
            self.say("good", said, (self.words("Show the cards"), partial(self.around.go, "paper", paper)))
            self.around.go("paper", paper)

    # forms

    def _draw_forms(self) -> None:
        count = int(self.count.value() or 0)
        if not 1 <= count <= paper_forms.MOST:
            self.count_field.say(self.words("A number from 1 to {most}.", most=paper_forms.MOST), "careful")
            self.count.setFocus()
            return
        self.count_field.say("")
        if self._now is not None:
            words, now, practice = self.words, self._now, self.around.seat.practice
            self.around.work.apart(
                self,
                lambda: paper_forms_paper(words, paper_forms.draw(count), now, practice=practice),
                then=partial(self.around.go, "paper"),
            )


def _without_said(page: Page, without: int) -> str:
    words = page.words
    if not without:
        return words("Every registered family has had a card. A lost one is replaced in the family's file.")
    if without >= MOST:
        return words("{n} families or more have no card yet; {n} are printed at once.", n=MOST)
    return words.plural("{n} family has no card yet.", "{n} families have no card yet.", without)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _counts(view: View) -> tuple[int, int]:
    """Families on lists that have not come, and families without a card (at most one round of them)."""
    return expected.waiting(view), len(cards.without_card(view, MOST))


def _write(path: Path, data: bytes) -> Path:
    try:
        replace_file(path, data)
    except OSError:
        raise Fault("print.not_saved", file=path.name) from None
    return path
