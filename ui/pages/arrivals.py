"""Arrivals: who is expected, scanning families in one after another, what differs, and handing families over.

A scan counts a whole family as here today; what is more to say is asked afterwards, in one piece. What a command
refuses is said with the way on, and nothing is recorded over anybody's head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.core.progress import Progress
from helpdesk.desk.places import load_gazetteer
from helpdesk.exchange import transfers
from helpdesk.exchange.transfers import HandedOver
from helpdesk.households.queries import lines as household_lines
from helpdesk.journey.arrivals import codes, commands, papers, queries
from helpdesk.journey.arrivals.commands import Counted, TypedIn
from helpdesk.journey.arrivals.queries import ArrivalLine, ArrivalShown
from ui.forms.arrival_lines import ListWords
from ui.forms.arrival_papers import expected_paper, lists_paper, slip_paper
from ui.forms.arrival_record import ArrivalCounter, ArrivalPart, HandOverPart, PaperArrivalPart, leave_button
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.in_list import InList
from ui.forms.movement_facts import SAID, refusal_rows
from ui.forms.part import Part
from ui.forms.places import Places
from ui.forms.scanned import family_of
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Rows
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, clear, label


class Arrivals(Page):
    """Opened with nothing, or with the name of a list (``codes.WHICH``)."""

    name: ClassVar[str] = "arrivals"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"arrival", "arrival_profile", "handover", "case", "departure", "household", "outbox"}
    )

    def build(self) -> None:
        """Counter and scans above, the piece that is being typed, the list, and what may be done."""
        words, look = self.words, self.look
        self.places = Places(look, load_gazetteer)
        self._now: DeskNow | None = None
        self._ids: Sequence[str] = ()
        self._words_of_list = ListWords(words, self.places)
        self.part: Part | None = None
        self.counter = ArrivalCounter(look)
        self.target = ScanTarget(look)
        self.target.scanned.connect(self._scanned)
        self.last = label("", role="head", tone="good", name="lastArrived")
        self.doubt = label("", tone="stop", name="arrivalDoubts")
        self.room = QVBoxLayout()
        self.refusals = Rows(look, name="arrivalRefusals")
        self.which = ChoiceRow(look, "whichArrivals", words("Which families"), entries_of(look, codes.WHICH))
        self.which.choose("EXPECTED")
        self.which.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="arrivalsCount")
        self.table = PagedTable(look, "arrivalsTable", words("Families"), self._words_of_list.columns(), self._fetch)
        self.table.setMinimumHeight(look.size(260))
        self.table.opened.connect(self._open_file)
        self.table.picked.connect(lambda _: self._arrange())
        above: tuple[QWidget, ...] = (self.counter, self.target, self.last, self.doubt)
        below: tuple[QWidget, ...] = (self.refusals, self.which, self.told)
        for widget in above:
            self.body.addWidget(widget)
        self.body.addLayout(self.room)
        for widget in below:
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)
        for hidden in (self.last, self.doubt, self.refusals):
            hidden.hide()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        rows: tuple[tuple[tuple[str, str, Callable[[], None]], ...], ...] = (
            (
                ("details", words("Details of this family"), lambda: self._with_picked(self._open_details)),
                ("slip", words("Arrival slip"), self._slip),
                ("type_in", words("Type in a paper list"), self._type_in),
                ("one", words("Hand this family over"), lambda: self._with_picked(lambda one: self._ask_desk([one]))),
                ("all", words("Hand this list over"), lambda: self._ask_desk(self._ids)),
            ),
            (
                ("expected", words("Expected families"), self._print_expected),
                ("names", words("Expected families with names"), self._print_names),
                ("lists", words("Paper lists"), self._print_lists),
            ),
        )
        self.buttons: dict[str, QPushButton] = {}
        self.acts = QWidget()
        column = QVBoxLayout(self.acts)
        column.setContentsMargins(0, 0, 0, 0)
        for place, acts in enumerate(rows):
            row = QHBoxLayout()
            for name, text, pressed in acts:
                made = button(text, look, pressed, icon_name="print" if place else "", name=f"arrivals.{name}")
                self.buttons[name] = made
                row.addWidget(made)
            row.addStretch(1)
            column.addLayout(row)
        return self.acts

    def title(self) -> str:
        """The page's title."""
        return self.words("Arrivals")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Scan one card after the other: each scan counts a family as arrived today, whole and as planned. Then "
            "open its details to say who is missing, where it sleeps and what was given. Families come here with a "
            "transfer file: take it in on the page of files. Enter opens a family's file."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        return self.target

    def main_action(self) -> Action | None:
        """Save what is being typed; else there is nothing but scanning."""
        part = getattr(self, "part", None)
        if part is None:
            return None
        words = self.words
        missing = part.missing()
        lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        if isinstance(part, HandOverPart):
            return Action(words("Write to a stick"), self._choose_stick, "stick", lacking)
        return Action(words("Save"), self._save, "check", lacking)

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a list."""
        self.subject = subject
        self._forget()
        self.last.hide()
        if isinstance(subject, str) and subject in codes.WHICH:
            self.which.choose(subject)
        self.read(desk_now, then=self._know_desk, newest="now")
        self._ask()

    def refresh(self) -> None:
        """Read again what is shown; what is typed stays."""
        self._ask()

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now
        self._words_of_list.desk = now.number
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))

    def _ask(self) -> None:
        self.read(queries.ids, self.which.chosen or "EXPECTED", then=self._show, newest="rows")
        self.read(queries.count_now, then=self.counter.show_count, newest="count")
        self.read(queries.doubts, then=self._tell_doubts, newest="doubts")

    def _show(self, ids: Sequence[str]) -> None:
        words = self.words
        self._ids = ids
        self.table.show_ids(ids)
        self.told.setText(
            words.plural("{n} family", "{n} families", len(ids))
            if ids
            else words("Nobody is on this list. Families come here with a transfer file or by leaving from this desk.")
        )
        self._arrange()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(found: dict[str, ArrivalLine]) -> None:
            then([found[one] for one in ids if one in found])

        self.read(queries.lines, tuple(ids), then=take)

    def _tell_doubts(self, found: Sequence[queries.Doubt]) -> None:
        words = self.words
        said = [
            f"{words.label('arrival_doubt', one.code)}: {isolate_ltr(household_number_shown(one.number))}"
            for one in found[:SAID]
        ]
        self.doubt.setText("\n".join(said))
        self.doubt.setVisible(bool(said))

    # pieces

    def _begin(self, part: Part) -> None:
        self._forget()
        self.last.hide()
        leave_button(self.look, part, self._forget)
        self.part = part
        self.room.addWidget(part)
        self._arrange()
        part.fields[next(iter(part.fields))].edit.setFocus() if part.fields else self.setFocus()

    def _forget(self) -> None:
        self.part = None
        clear(self.room)
        self._arrange()

    def _arrange(self) -> None:
        typing, picked = self.part is not None, self.table.picked_id() is not None
        supervises = self.around.may(papers.expected_names)
        leaves = (self.which.chosen or "EXPECTED") == "EXPECTED" and supervises
        self.target.setVisible(not typing or isinstance(self.part, PaperArrivalPart))
        for widget in (self.counter, self.which, self.told, self.table, self.acts):
            widget.setVisible(not typing)
        self.buttons["details"].setEnabled(picked)
        self.buttons["slip"].setEnabled(picked)
        self.buttons["one"].setEnabled(picked)
        self.buttons["one"].setVisible(supervises)
        self.buttons["all"].setVisible(leaves and bool(self._ids))
        self.buttons["names"].setVisible(supervises)
        self.show_head()

    def _with_picked(self, act: Callable[[str], None]) -> None:
        picked = self.table.picked_id()
        if picked is not None:
            act(picked)

    def _open_details(self, household: str) -> None:
        self.quiet()
        self.read(queries.arrival_of, household, then=self._ask_details)

    def _ask_details(self, shown: ArrivalShown) -> None:
        part = ArrivalPart(self.look, self.places, shown)
        part.moved.connect(self.show_head)
        self._begin(part)

    def _type_in(self) -> None:
        part = PaperArrivalPart(self.look)
        part.moved.connect(self.show_head)
        self._begin(part)

    def _save(self) -> None:
        part = self.part
        if isinstance(part, PaperArrivalPart):
            self.write(commands.type_in, part.number.value(), part.forms(), then=self._typed)
        elif isinstance(part, ArrivalPart) and part.record is not None:
            self.write(commands.correct, part.record, part.form(), then=self._saved)
        elif isinstance(part, ArrivalPart):
            self.write(commands.record, part.form(), then=self._saved)

    def _saved(self, _: Any) -> None:
        self._forget()
        self.say("good", self.words("Saved."))

    def _typed(self, typed: TypedIn) -> None:
        self._forget()
        self.counter.show_count(typed.counted)
        self._say_refused(typed.refused)
        if not typed.refused:
            self.say("good", self.words("The list is typed in."))

    def _say_refused(self, refused: Sequence[Any]) -> None:
        self.refusals.setVisible(bool(refused))
        if refused:
            households = tuple(one.household for one in refused[:SAID])
            self.read(household_lines, households, then=partial(self._tell_refused, refused))

    def _tell_refused(self, refused: Sequence[Any], found: Any) -> None:
        self.refusals.show_rows(refusal_rows(self.words, refused, found))

    def _open_file(self, household: str) -> None:
        self.around.go("family", InList(household, list(self._ids)))

    # scanning

    def take_scan(self, digits: str) -> bool:
        """A scan on this page is a family that has arrived."""
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.read(family_of, digits, then=self._take_family, newest="scan")

    def _take_family(self, household: str) -> None:
        if isinstance(self.part, PaperArrivalPart):
            self.read(household_lines, (household,), then=partial(self._take_for_list, self.part, household))
        elif self.part is None:
            self.write(
                commands.scan, household, then=partial(self._counted, household),
                failed=partial(self._not_counted, household),
            )  # fmt: skip

    def _take_for_list(self, part: PaperArrivalPart, household: str, found: Any) -> None:
        if household in found:
            part.take(household, found[household].number)

    def _counted(self, household: str, counted: Counted) -> None:
        self.counter.show_count(counted)
        self.read(household_lines, (household,), then=partial(self._tell_last, household), newest="last")

    def _tell_last(self, household: str, found: Any) -> None:
        line = found.get(household)
        if line is not None:
            words = self.words
            number = isolate_ltr(household_number_shown(line.number))
            persons = words.plural("{n} person", "{n} persons", line.persons)
            self.last.setText(words("Here: {number}, {name}, {persons}",
                                    number=number, name=isolate(line.principal), persons=persons))  # fmt: skip
            self.last.show()

    def _not_counted(self, household: str, error: Exception) -> None:
        asks = isinstance(error, Refusal) and error.code == "arrival.not_departed"
        way_on = (
            (self.words("Say why they came"), partial(self._open_details, household))
            if asks
            else (self.words("Open the file"), partial(self._open_file, household))
        )
        self.show_failure(error, way_on)

    # handing over

    def _ask_desk(self, households: Sequence[str]) -> None:
        def ask(desks: Any) -> None:
            part = HandOverPart(self.look, households, desks)
            part.moved.connect(self.show_head)
            self._begin(part)

        self.quiet()
        self.read(transfers.targets, then=ask)

    def _choose_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.words("Choose the stick"), "",
            QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly,
        )  # fmt: skip
        if chosen:
            self.write_out(Path(chosen))

    def write_out(self, stick: Path) -> None:
        """Hand the chosen families over and write their file into a folder."""
        part = self.part
        if not isinstance(part, HandOverPart):
            return
        home, households, number = self.around.seat.folder, part.households, part.chosen()
        self._forget()

        def write(desk: Any, progress: Progress) -> HandedOver:
            return transfers.hand_over(desk, home, households, number, stick, progress)

        self.long(write, self._left, self.words("Writing the file"))

    def _left(self, done: HandedOver) -> None:
        words = self.words
        self.say(
            "good",
            words.plural(
                "{n} family is handed over to desk {desk}. You may remove the stick.",
                "{n} families are handed over to desk {desk}. You may remove the stick.",
                done.families, desk=done.desk,
            ),
        )  # fmt: skip
        self._say_refused(done.refused)
        self._ask()

    # papers

    def print_pressed(self) -> None:
        """F6: the expected families."""
        self._print_expected()

    def _slip(self) -> None:
        self._with_picked(lambda one: self.read(queries.arrival_of, one, then=self._show_slip))

    def _show_slip(self, shown: ArrivalShown) -> None:
        if shown.arrival is None or self._now is None:
            self.say("careful", self.words("The slip is printed once the arrival is recorded."))
            return
        practice = self.around.seat.practice
        self.around.go("paper", slip_paper(self.words, shown, self.places.all, self._now, practice=practice))

    def _print_expected(self) -> None:
        self.read(papers.expected_list, then=self._show_expected)

    def _print_names(self) -> None:
        self.write(papers.expected_names, then=self._show_expected)

    def _show_expected(self, found: Any) -> None:
        self.around.go("paper", expected_paper(self.words, found, practice=self.around.seat.practice))

    def _print_lists(self) -> None:
        self.around.go("paper", lists_paper(self.words, practice=self.around.seat.practice))
