"""Cash: what came into the box and went back, the day counted by note, and the second signature that closes it.

The two sides of a day stand beside one another; a day that does not add up is explained or not closed. Nothing is
ever taken back here: what turns out later is a correction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from helpdesk.assistance.cash import commands, queries
from helpdesk.assistance.cash.queries import DayEndShown
from helpdesk.printing.paydays import box_notes
from ui.forms.cash_pieces import CashPart, CorrectPart, CountPart, MovePart
from ui.forms.cash_read import CashNow, cash_now
from ui.forms.cash_sides import Sides, day_end_paper, end_columns, flaws_told, moves_told
from ui.forms.desk_now import DeskNow, desk_now
from ui.pages.base import Action, Page
from ui.widgets.paged_table import PagedTable
from ui.widgets.pick import PickBox
from ui.widgets.reading import Rows
from ui.widgets.words import button, label


class Cash(Page):
    """Opened with nothing, or with the number of a pay point."""

    name: ClassVar[str] = "cash"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"cash_in", "cash_returned", "day_end", "day_end_signed", "day_correction", "payment", "voucher"}
    )

    def build(self) -> None:
        """The pay point and its two sides, what is typed, and the counts below."""
        words, look = self.words, self.look
        self._now: DeskNow | None = None
        self._cash: CashNow | None = None
        self._points: dict[int, str] = {}
        self.point = PickBox(look, "cashPoint", words("Pay point"), [], numbered=False)
        self.point.setMinimumContentsLength(24)
        self.point.picked.connect(lambda _: self.refresh())
        self.beside_title.addWidget(self.point)
        self.left_open = label("", tone="careful", name="cashLeftOpen")
        self.sides = Sides(look)
        self.flaws = label("", tone="stop", name="cashFlaws")
        self.moves = Rows(look, name="cashMoves")
        self.came, self.back = MovePart(look, back=False), MovePart(look, back=True)
        self.count, self.correct = CountPart(look), CorrectPart(look)
        self.parts: tuple[CashPart, ...] = (self.came, self.back, self.count, self.correct)
        for part in self.parts:
            part.moved.connect(self._arrange)
        self.count.asked.connect(self._ask_expected)
        self.told = label("", role="quiet", name="cashEndsTold")
        self.table = PagedTable(look, "dayEnds", words("Counts"), end_columns(words, self._points), self._fetch)
        self.table.setMinimumHeight(look.size(150))
        self.table.picked.connect(lambda _: self._arrange())
        self.about = label("", name="cashAbout")
        for widget in (
            self.left_open, self.sides, self.flaws, self._begin_row(), *self.parts, self.moves, self.told, self.table,
            self.about, self._end_row(),
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._arrange()

    def _begin_row(self) -> QWidget:
        words = self.words
        self.take_in = self._button(words("Cash came in"), lambda: self._begin(self.came), "cashTakeIn")
        self.give_back = self._button(words("Cash goes back"), lambda: self._begin(self.back), "cashGiveBack")
        return _row(self.take_in, self.give_back)

    def _end_row(self) -> QWidget:
        words = self.words
        self.sign = self._button(words("Sign as the second person"), self._sign, "cashSign")
        self.print = self._button(words("Print this day's end"), self._print, "cashPrint", "print")
        self.mend = self._button(words("Correct it"), lambda: self._begin(self.correct), "cashCorrect")
        return _row(self.sign, self.print, self.mend)

    def _button(self, text: str, pressed: Callable[[], object], name: str, icon_name: str = "") -> QPushButton:
        return button(text, self.look, pressed, icon_name=icon_name, name=name)

    def title(self) -> str:
        """The page's title."""
        return self.words("Cash")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Write down each time cash comes in or goes back, counted by note. At the day's end press Ctrl+Enter and "
            "count: the notes, and the printed vouchers that were not paid. A second person then signs in, looks at "
            "the count and signs it; only then is the day closed. F6 prints the day's end for two signatures."
        )

    def first_field(self) -> QWidget | None:
        """The piece that is open, else the table of counts."""
        part = self._open_part()
        if part is not None:
            return next((field.edit for field in part.fields.values()), None)
        return self.take_in if not self.take_in.isHidden() else self.point

    def main_action(self) -> Action | None:
        """Save what is typed; else begin to count the day."""
        if not hasattr(self, "about"):
            return None
        words, part = self.words, self._open_part()
        if part is None:
            if self._cash is None or not self._days() or not self.around.may(commands.count):
                return None
            return Action(words("Count the day's end"), self._begin_count, "check")
        said = words("Write the count down") if part is self.count else words("Save")
        return Action(said, self._save, "save", part.lacking())

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        part = self._open_part()
        missing = part.missing() if part is not None else []
        if missing:
            missing[0].where.setFocus()
        super().act()

    def _open_part(self) -> CashPart | None:
        return next((part for part in self.parts if not part.isHidden()), None)

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a pay point: the one that is meant, or the only one."""
        self.subject = subject
        self.read(desk_now, then=self._know, newest="now")

    def _know(self, now: DeskNow) -> None:
        if self._now is None:
            self._points.update({point.number: point.name for point in now.pay_points})
            self.point.offer([(str(number), name) for number, name in self._points.items()])
        self._now = now
        if isinstance(self.subject, int):
            self.point.choose(str(self.subject))
        elif self.point.chosen is None and now.pay_points:
            self.point.choose(str(now.pay_points[0].number))
        self.point.setVisible(len(self._points) > 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the box again; what is typed stays."""
        if self.point.chosen is not None:
            self.read(cash_now, int(self.point.chosen), then=self._show, newest="cash")

    def _show(self, cash: CashNow) -> None:
        words = self.words
        self._cash = cash
        last = cash.last_closed
        end = cash.expected or (last.end if last is not None else None)
        if end is not None:
            self.sides.show_end(end)
            self.flaws.setText(flaws_told(words, end))
        self.flaws.setVisible(bool(end is not None and end.flaws))
        past = [day for day in cash.open_days if day < cash.today]
        days = words.listed(words.date(day) for day in past)
        self.left_open.setText(words("Not closed yet: {days}. Count them, and have them signed.", days=days))
        self.left_open.setVisible(bool(past))
        self.moves.show_rows(moves_told(words, [(one.what, one.amount, one.name) for one in cash.moves]))
        self.table.show_ids([one.id for one in cash.ends])
        self.told.setText(
            words("Today is closed. What turns out later is a correction.")
            if cash.expected is None
            else words("Counts of this pay point")
            if cash.ends
            else words("Nothing was counted here yet. Ctrl+Enter counts the day's end once there was cash.")
        )
        self._arrange()
        if self.count.isVisibleTo(self):
            self._ask_expected(self.count.day())

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        known = {one.id: one for one in self._cash.ends} if self._cash is not None else {}
        then([known[one] for one in ids if one in known])

    def _picked(self) -> DayEndShown | None:
        picked = self.table.picked_id()
        ends = self._cash.ends if self._cash is not None else ()
        return next((one for one in ends if one.id == picked), None)

    def _arrange(self) -> None:
        if not hasattr(self, "about"):
            return
        typing, picked, may = self._open_part() is not None, self._picked(), self.around.may
        is_open = self._cash is not None and self._cash.expected is not None
        self.take_in.setVisible(is_open and not typing and may(commands.receive))
        self.give_back.setVisible(is_open and not typing and may(commands.give_back))
        # whoever counts is not told beforehand what should be there
        self.sides.setVisible(self.count.isHidden())
        self.moves.setVisible(not typing)
        ends = self._cash.ends if self._cash is not None else ()
        self.table.setVisible(bool(ends) and not typing)
        self.told.setVisible(not typing)
        self.about.setVisible(picked is not None and not typing)
        self.about.setText("\n".join(box_notes(picked, self.words)) if picked is not None else "")
        self.sign.setVisible(picked is not None and not picked.closed and not typing and may(commands.sign))
        self.print.setVisible(picked is not None and not typing)
        last = self._cash.last_closed if self._cash is not None else None
        is_last = picked is not None and last is not None and picked.id == last.id
        self.mend.setVisible(is_last and not typing and may(commands.correct))
        self.show_head()

    # typing

    def _begin(self, part: Any) -> None:
        self.quiet()
        for other in self.parts:
            other.hide()
        part.begin()

    def _days(self) -> list[Any]:
        cash = self._cash
        if cash is None:
            return []
        return sorted({*cash.open_days, *([cash.today] if cash.expected is not None else [])})

    def _begin_count(self) -> None:
        self.quiet()
        self.count.begin(self._days())

    def _ask_expected(self, on: Any) -> None:
        if self.point.chosen is not None and on is not None:
            self.read(queries.box, int(self.point.chosen), on, then=self.count.show_expected, newest="expected")

    def _save(self) -> None:
        part, chosen = self._open_part(), self.point.chosen
        if chosen is None:
            return
        point = int(chosen)
        if part is self.came:
            self._write_part(self.came, commands.receive, point, self.came.notes.pieces(), self.came.other.value())
        elif part is self.back:
            self._write_part(self.back, commands.give_back, point, self.back.notes.pieces(), self.back.other.value())
        elif part is self.count:
            self._write_part(
                self.count, commands.count, point, self.count.notes.pieces(), int(self.count.papers.value()),
                self.count.why.value(), self.count.day(),
            )  # fmt: skip
        elif part is self.correct and self._cash is not None and self._cash.last_closed is not None:
            self._write_part(self.correct, commands.correct, self._cash.last_closed.id, *self.correct.changes())

    def _write_part(self, part: CashPart, command: Callable[..., Any], *arguments: Any) -> None:
        self.quiet()
        self.write(command, *arguments, then=partial(self._saved, part))

    def _saved(self, part: CashPart, _record: object) -> None:
        words = self.words
        part.forget()
        if part is self.count:
            self.say("good", words("Counted. A second person signs in and signs this count: then the day is closed."),
                     (words("Print for two signatures (F6)"), self._print))  # fmt: skip
        else:
            self.say("good", words("Saved."))
        self.focus_first()

    # signing and paper

    def _sign(self) -> None:
        picked = self._picked()
        if picked is None:
            return
        words = self.words
        said = (
            words("This count does not add up, and says why. Your signature stands for what lies there now.")
            if picked.differences
            else words("Your signature says that you saw the notes and the papers. The day is closed with it.")
        )
        self.quiet()
        self.say("careful", said, (words("Sign and close the day"), partial(self._sign_now, picked.id)))

    def _sign_now(self, count: str) -> None:
        self.quiet()
        self.write(commands.sign, count, then=self._signed)

    def _signed(self, vouchers: int) -> None:
        words = self.words
        said = words.plural("The day is closed. {n} voucher is reconciled.",
                            "The day is closed. {n} vouchers are reconciled.", vouchers)  # fmt: skip
        self.say("good", said, (words("Print this day's end"), self._print))

    def _print(self) -> None:
        picked = self._picked()
        if picked is not None:
            point, practice = self._points.get(picked.end.pay_point, ""), self.around.seat.practice
            self.around.go("paper", day_end_paper(self.words, picked, point, practice=practice))

    def print_pressed(self) -> None:
        """F6: the day's end that is picked."""
        self._print()


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
