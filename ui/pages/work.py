"""Cash for work: sheets from the blank lines at the work to the vouchers for the days worked.

A clerk opens, prints and enters a sheet, a supervisor who did not enter it signs it, and its vouchers are planned
from the signed rate; nobody types an amount.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.assistance.attendance import commands, queries
from helpdesk.assistance.attendance.documents import SHEET_STATE
from helpdesk.assistance.attendance.queries import SheetLine, SheetShown
from helpdesk.core.language import isolate_ltr
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import paper_forms
from helpdesk.printing.work_sheets import work_sheet_pdf
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.places import Places
from ui.forms.work_pieces import DaysPart, Grown, SheetPart, grown_of
from ui.pages.base import Action, Page
from ui.printing import Paper
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, label


class WorkSheets(Page):
    """Opened with nothing, or with the id of a sheet."""

    name: ClassVar[str] = "work"
    shows: ClassVar[frozenset[str]] = frozenset({"work_sheet"})

    def build(self) -> None:
        """The list; the form of a new sheet; or one sheet with its days."""
        words, look = self.words, self.look
        self._now: DeskNow | None = None
        self._lines: dict[str, SheetLine] = {}
        self._sheet: SheetShown | None = None
        self.places = Places(look, load_gazetteer)
        self.told = label("", role="quiet", name="sheetsTold")
        self.table = PagedTable(look, "sheets", words("Sheets of work"), self._columns(), self._fetch)
        self.table.setMinimumHeight(look.size(300))
        self.table.opened.connect(lambda sheet: self.around.go("work", sheet))
        self.target = ScanTarget(look)
        self.target.scanned.connect(self._scanned)
        self.form = SheetPart(look, self.places)
        self.form.moved.connect(self._arrange)
        self.about = label("", role="head", name="sheetAbout")
        self.days = DaysPart(look)
        self.days.moved.connect(self.show_head)
        self.reason = NameEdit(look, "sheetReason", longest=120)
        self.reason.setAccessibleName(words("Why the sheet counts for nothing"))
        self.reason.setPlaceholderText(words("why it counts for nothing"))
        self.back = button(words("All sheets"), look, lambda: self.around.go("work"), kind="link", name="sheetBack")
        self.print = button(words("Print the sheet"), look, self.print_pressed, icon_name="print", name="sheetPrint")
        self.sign = button(words("Sign these days"), look, self._sign, name="sheetSign")
        self.drop = button(words("Drop the sheet"), look, self._drop, kind="stop", name="sheetDrop")
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.back, self.print, self.sign):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.drop)
        for piece in (self.told, self.table, self.target, self.form, self.about, self.days, self.acts):
            self.body.addWidget(piece)
        self.body.addStretch(1)
        self._arrange()

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Sheet"), 130, lambda line: paper_forms.shown(line.number), ltr=True),
            Column(words("What is done"), 0, lambda line: line.work),
            Column(words("First day"), 180, lambda line: words.date(line.first)),
            Column(words("Last day"), 180, lambda line: words.date(line.last)),
            Column(words("People"), 80, lambda line: words.digits(line.persons)),
            Column(words("Days"), 80, lambda line: words.digits(line.person_days)),
            Column(words("State"), 130, lambda line: words.label(SHEET_STATE.name, line.state), tone=_tone),
        ]

    def title(self) -> str:
        """The sheet's number, else what these sheets are."""
        sheet = getattr(self, "_sheet", None)  # the base asks before the page is built
        if sheet is None:
            return self.words("Cash for work")
        return self.words("Sheet {number}", number=isolate_ltr(paper_forms.shown(sheet.sheet.number)))

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Ctrl+Enter opens a sheet: scan the cards of the families and tick who works. F6 prints it for the work. "
            "Afterwards tick the days as the foreman signed them. A supervisor who did not enter them signs, and then "
            "the vouchers are planned: days times the signed rate."
        )

    def first_field(self) -> QWidget | None:
        """The form, the first day, or the list."""
        if not self.form.isHidden():
            return self.form.work
        return self.days.foreman if self._sheet is not None and self.days.foreman.isEnabled() else self.table

    def main_action(self) -> Action | None:
        """Save what is typed, plan what was signed, or open a sheet."""
        if not hasattr(self, "acts"):
            return None
        words = self.words
        if not self.form.isHidden():
            return Action(words("Open this sheet"), self._open_sheet, "save", self._lacking(self.form.missing()))
        if self._sheet is None:
            if not self.around.may(commands.open_) or self._now is None:
                return None
            return Action(words("New sheet"), self._begin, "add")
        state = self._sheet.sheet.state
        if state == "OPEN" and self.around.may(commands.enter):
            return Action(words("Enter these days"), self._enter, "save", self._lacking(self.days.missing()))
        if state == "SIGNED" and self.around.may(commands.plan):
            return Action(words("Plan the vouchers"), self._plan, "money")
        return None

    def _lacking(self, missing: Sequence[Any]) -> str:
        return self.words("Still to ask: {what}.", what=missing[0].what) if missing else ""

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        missing = []
        if not self.form.isHidden():
            missing = self.form.missing()
        elif self._sheet is not None and self._sheet.sheet.state == "OPEN":
            missing = self.days.missing()
        if missing:
            missing[0].where.setFocus()
        super().act()

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the list or one sheet."""
        self.subject = subject
        self._sheet = None
        self.form.forget()
        self.days.hide()
        self.read(desk_now, then=self._know, newest="now")
        self.refresh()
        self._arrange()

    def _know(self, now: DeskNow) -> None:
        self._now = now
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))
        self._show_sheet_now()
        self._arrange()

    def refresh(self) -> None:
        """Read again what is shown."""
        if isinstance(self.subject, str) and self.subject:
            self.read(queries.sheet_of, self.subject, then=self._take_sheet, newest="sheet")
        else:
            self.read(queries.sheets, then=self._show, newest="sheets")

    def _show(self, lines: Sequence[SheetLine]) -> None:
        words = self.words
        self._lines = {line.id: line for line in lines}
        self.table.show_ids(list(self._lines))
        self.told.setText(
            words.plural("{n} sheet", "{n} sheets", len(lines))
            if lines
            else words("No sheet yet. Ctrl+Enter opens the first; it is printed, marked at the work, and entered here.")
        )
        self._arrange()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._lines[one] for one in ids if one in self._lines])

    def _take_sheet(self, sheet: SheetShown) -> None:
        fresh = self._sheet is None
        self._sheet = sheet
        self._show_sheet_now()
        if fresh:
            self.focus_first()

    def _show_sheet_now(self) -> None:
        shown, now, words = self._sheet, self._now, self.words
        if shown is None or now is None:
            return
        sheet = shown.sheet
        may_enter = sheet.state == "OPEN" and self.around.may(commands.enter)
        self.about.setText(
            words("{work}, {first} to {last}: {state}", work=sheet.work, first=sheet.first, last=sheet.last,
                  state=words.label(SHEET_STATE.name, sheet.state))
        )  # fmt: skip
        self.days.show_sheet(shown, now.day, may_enter=may_enter)
        self._arrange()

    def _arrange(self) -> None:
        if not hasattr(self, "acts"):
            return
        typing, sheet, may = not self.form.isHidden(), self._sheet, self.around.may
        is_list = sheet is None and not typing
        self.told.setVisible(is_list)
        self.table.setVisible(is_list and bool(self._lines))
        self.target.setVisible(typing)
        state = sheet.sheet.state if sheet is not None else ""
        for widget in (self.about, self.acts):
            widget.setVisible(sheet is not None)
        self.sign.setVisible(state == "OPEN" and bool(sheet and sheet.sheet.present) and may(commands.sign))
        may_drop = state in ("OPEN", "SIGNED") and may(commands.drop)
        self.reason.setVisible(may_drop)
        self.drop.setVisible(may_drop)
        self.show_head()

    # acts

    def _begin(self) -> None:
        if self._now is not None:
            self.quiet()
            self.form.begin(self._now.pay_points, self._now.day)

    def take_scan(self, digits: str) -> bool:
        """A scan while a sheet is opened brings a family's people."""
        if self.target.isHidden():
            return False
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.read(grown_of, digits, then=self._came, newest="scan")

    def _came(self, people: Sequence[Grown]) -> None:
        self.form.take(people)
        if not people:
            self.say("careful", self.words("Nobody of this family is old enough to work for cash."))

    def _open_sheet(self) -> None:
        form = self.form.form()
        if form is not None:
            self.write(commands.open_, form, then=partial(self.around.go, "work"))

    def _enter(self) -> None:
        self.write(commands.enter, self.subject, self.days.foreman.value(), self.days.present(), then=self._entered)

    def _entered(self, _done: object) -> None:
        self.say("good", self.words("Saved. A supervisor who did not enter these days signs them."))

    def _sign(self) -> None:
        said = self.words("Your signature says that these people worked on these days. They are changed no more.")
        self.quiet()
        self.say("careful", said, (self.words("Sign"), self._sign_now))

    def _sign_now(self) -> None:
        self.quiet()
        self.write(commands.sign, self.subject, then=lambda _: self._say_saved())

    def _plan(self) -> None:
        self.write(commands.plan, self.subject, then=self._planned)

    def _planned(self, vouchers: Sequence[str]) -> None:
        said = self.words.plural("{n} voucher is planned. A supervisor approves it.",
                                 "{n} vouchers are planned. A supervisor approves them.", len(vouchers))  # fmt: skip
        self.say("good", said, (self.words("To the vouchers"), partial(self.around.go, "vouchers")))

    def _drop(self) -> None:
        self.write(commands.drop, self.subject, self.reason.value(), then=lambda _: self._say_saved())

    def _say_saved(self) -> None:
        self.reason.clear()
        self.say("good", self.words("Saved."))

    def print_pressed(self) -> None:
        """F6: the sheet to take to the work, or as it was entered."""
        if self._sheet is not None:
            pdf = work_sheet_pdf(self._sheet, self.words, practice=self.around.seat.practice)
            # it names people, and is not saved as a file
            self.around.go("paper", Paper(self.words("Attendance of cash-for-work"), pdf, may_save=False))


def _tone(line: SheetLine) -> str:
    return {"OPEN": "careful", "SIGNED": "good", "VOID": "quiet"}.get(line.state, "ink")
