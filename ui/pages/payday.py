"""A pay day: its list, the queue by scan, paper typed in afterwards, and the day's closing with its sums.

A scan brings the line to the table, large; two digits and Enter pay it. What is refused is said in place of the line,
and a list allows nothing that paying elsewhere would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from helpdesk.assistance.distributions import commands, queries
from helpdesk.assistance.distributions.documents import Line, Sums
from helpdesk.assistance.distributions.queries import DayLine, DayShown, sums_of
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.questions import PaidBefore, paid_before
from helpdesk.core.errors import Refusal
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import HOUSEHOLD_DIGITS, VOUCHER_DIGITS
from helpdesk.households import paper_forms
from helpdesk.printing.blocks import amount_shown
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.payday_line import PayLine
from ui.forms.payday_open import OpenDayPart, offered
from ui.forms.payday_papers import PaydayPrinting
from ui.forms.payday_room import PaydayRoom
from ui.forms.payday_typing import TypeLinesPart
from ui.forms.payday_words import closing_told, day_columns, line_now, replaced
from ui.pages.base import Action, Page
from ui.widgets.paged_table import PagedTable
from ui.widgets.scan import ScanTarget


class Payday(Page):
    """Opened with nothing, or with the id of a day."""

    name: ClassVar[str] = "payday"
    shows: ClassVar[frozenset[str]] = frozenset({"distribution"})

    def build(self) -> None:
        """The list of days with the form of a new one; or one day with whoever stands at its table."""
        words, look = self.words, self.look
        self._now: DeskNow | None = None
        self._points: dict[int, str] = {}
        self._days: Sequence[DayLine] = ()
        self._shown: DayShown | None = None
        self._last_paid = ""
        self._busy = False
        self._printing = PaydayPrinting(words, self.read, self.around.go, practice=self.around.seat.practice)
        self.begin = OpenDayPart(look)
        self.begin.asked.connect(self._ask_offered)
        self.begin.moved.connect(self.show_head)
        self.days = PagedTable(look, "paydays", words("Pay days"), day_columns(words, self._points), self._fetch_days)
        self.days.setMinimumHeight(look.size(260))
        self.days.opened.connect(self._open_day)
        self.target = ScanTarget(look)
        self.target.scanned.connect(self._scanned)
        self.room = PaydayRoom(look)
        self.room.pressed.connect(self._do)
        self.room.lines.opened.connect(self._choose_line)
        self.line = PayLine(look)
        self.line.moved.connect(self.show_head)
        self.line.paid.connect(self.act)
        self.line.absent.connect(self._absent)
        self.line.left.connect(self.focus_first)
        self.typing = TypeLinesPart(look)
        self.typing.moved.connect(self._arrange)
        for widget in (self.begin, self.days, self.room.head, self.target, self.line, self.typing, self.room):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._arrange()

    def title(self) -> str:
        """The number of the list, else what these days are."""
        shown = getattr(self, "_shown", None)  # the base asks before the page is built
        if shown is None:
            return self.words("Pay days")
        return self.words("Pay day {number}", number=isolate_ltr(paper_forms.shown(shown.distribution.number)))

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Print the list before the power goes. Scan a voucher or a card: the line stands here, large. One digit "
            "says how the payee is known, one who collects and how, and Enter pays. Whoever registered or planned a "
            'family herself pays only after a second person has signed in here and pressed "Stand for this list". '
            "Lines paid on paper are typed in by their numbers. Closing the day says who did not come."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target; a form begins at its top."""
        if self._shown is None:
            return self.begin.on if self.begin.point.chosen else self.begin.point
        return self.typing.number if self.typing.is_open else self.target

    def main_action(self) -> Action | None:
        """Pay the line that stands here, take a typed one in, or open a day."""
        if not hasattr(self, "typing"):
            return None
        words = self.words
        if self._shown is None:
            return self._opening()
        if self.typing.is_open:
            missing = self.typing.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(words("Take this line in"), self._take_in, "check", lacking)
        if not self.line.may_be_paid or not self._is_today:
            return None
        missing = [*self.line.missing(), *self.room.missing()]
        lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        return Action(self.line.said(), self._pay, "money", lacking)

    def _opening(self) -> Action | None:
        words = self.words
        if not self.around.may(commands.open_):
            return None
        missing, found = self.begin.missing(), self.begin.found
        lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        if not lacking and found is not None and not found.vouchers:
            lacking = words("No voucher with a paper is payable there on that day.")
        count = len(found.vouchers) if found is not None else 0
        said = words.plural("Open a list of {n} voucher", "Open a list of {n} vouchers", count)
        return Action(said, self._open, "check", lacking)

    def act(self) -> None:
        """Ctrl+Enter, and Enter on the pay button, lead to what is missing."""
        lacks = []
        if self._shown is not None and self.typing.is_open:
            lacks = self.typing.missing()
        elif self.line.may_be_paid:
            lacks = [*self.line.missing(), *self.room.missing()]
        if lacks:
            lacks[0].where.setFocus()
        super().act()

    @property
    def _is_today(self) -> bool:
        return self._shown is not None and self._now is not None and self._shown.distribution.on == self._now.day

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the days, or one of them."""
        same = self._shown is not None and self._shown.id == subject
        self.subject = subject
        if not same:
            self._shown = None
            self.line.forget()
            self.typing.forget()
        self.read(desk_now, then=self._know, newest="now")
        self.refresh()
        self._arrange()

    def _know(self, now: DeskNow) -> None:
        self._now = now
        self._points.clear()
        self._points.update({point.number: point.name for point in now.pay_points})
        self.begin.know(now.pay_points, now.day)
        self._arrange()

    def refresh(self) -> None:
        """Read again what is shown."""
        if isinstance(self.subject, str) and self.subject:
            self.read(queries.day_of, self.subject, then=self._show_day, newest="day")
        else:
            self.read(queries.days, then=self._show_days, newest="days")
            self.begin.ask()

    def _ask_offered(self, point: int, on: Any) -> None:
        self.read(offered, point, on, then=self.begin.show_offered, newest="offered")

    def _show_days(self, days: Sequence[DayLine]) -> None:
        self._days = days
        self.days.show_ids([day.id for day in days])
        self._arrange()

    def _fetch_days(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        known = {day.id: day for day in self._days}
        then([known[one] for one in ids if one in known])

    def _open_day(self, day: str) -> None:
        self.around.go("payday", day)

    def _show_day(self, shown: DayShown) -> None:
        fresh = self._shown is None
        self._shown = shown
        self._tell()
        if fresh:
            self.focus_first()

    def _tell(self) -> None:
        shown = self._shown
        if shown is None or self._now is None:
            return
        self.room.show_day(shown, self._points.get(shown.distribution.pay_point, ""), self._now.day)
        self.typing.show_lines(shown.lines)
        self._arrange()

    def _arrange(self) -> None:
        if not hasattr(self, "typing"):
            return
        day, shown = self._shown is not None, self._shown
        is_open = shown is not None and shown.distribution.state == "OPEN"
        self.begin.setVisible(not day and self.around.may(commands.open_))
        self.days.setVisible(not day and bool(self._days))
        self.room.head.setVisible(day)
        self.room.setVisible(day)
        self.target.setVisible(is_open and not self.typing.is_open)
        self.room.arrange(typing=self.typing.is_open)
        self.show_head()

    # opening and adding

    def _open(self) -> None:
        found, point, on = self.begin.found, self.begin.point.chosen, self.begin.on.day()
        if found is not None and point is not None and on is not None:
            self.write(commands.open_, int(point), on, found.vouchers, then=partial(self.around.go, "payday"))

    def _add(self) -> None:
        shown = self._shown
        if shown is not None:
            day = shown.distribution
            self.read(offered, day.pay_point, day.on, then=self._add_these, newest="more")

    def _add_these(self, found: Any) -> None:
        if not found.vouchers:
            self.say("info", self.words("Nothing was printed since: every payable voucher stands on a list."))
            return
        added = self.words.plural("{n} line is added at the end.", "{n} lines are added at the end.",
                                  len(found.vouchers))  # fmt: skip
        self.write(commands.add, self.subject, found.vouchers, then=partial(self._say_added, added))

    def _say_added(self, said: str, _done: object) -> None:
        self.say("good", said)

    # the queue

    def take_scan(self, digits: str) -> bool:
        """A scan while a day is open is whoever stands at the table."""
        if self.target.isHidden():
            return False
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.line.forget()
        # a number that was typed finds its line, and proves nothing about the paper
        scanned = len(digits) > max(HOUSEHOLD_DIGITS, VOUCHER_DIGITS)
        stand = partial(self._stand, scanned=scanned)
        self.write(commands.scan, self.subject, digits, then=stand, failed=self._not_here)

    def _not_here(self, error: Exception) -> None:
        self.show_failure(error, (self.words("Check it"), partial(self.around.go, "check")))
        self.focus_first()

    def _choose_line(self, line: int) -> None:
        if self._shown is not None and self._shown.distribution.state == "OPEN" and not self.typing.is_open:
            self.read(line_now, self.subject, line, then=partial(self._stand, scanned=False), newest="line")

    def _stand(self, line: Line, *, scanned: bool) -> None:
        self.line.show_line(line, scanned=scanned, today=self._is_today)
        if self.line.may_be_paid:
            self.read(paid_before, line.voucher, then=self._ask_before, newest="before")
        self._put(line)

    def _ask_before(self, hit: PaidBefore | None) -> None:
        if hit is not None and not hit.answer:
            self.line.ask_before(hit.voucher, hit.list_day)

    def _put(self, line: Line) -> None:
        # one line is read again after each act: a list of two thousand is not
        shown = self._shown
        if shown is not None:
            lines = replaced(shown.lines, line)
            self._shown = DayShown(shown.id, shown.distribution, lines, sums_of(lines))
            self._tell()

    def _pay(self) -> None:
        line = self.line.line
        handed = self.line.handed(self.room.witness.value())
        if line is not None and handed is not None and not self._busy:
            self._busy = True
            self.write(commands.pay_line, self.subject, line.line, handed, then=partial(self._paid, line),
                       failed=self._not_paid)  # fmt: skip

    def _not_paid(self, error: Exception) -> None:
        self._busy = False
        self.show_failure(error)

    def _paid(self, line: Line, payment: Payment) -> None:
        words = self.words
        self._busy = False
        self._last_paid = payment.number
        self.line.forget()
        self.quiet()
        amount = amount_shown(words, payment.amount, payment.currency)
        said = words("Paid {amount} to {name}. Scan the next.", amount=amount, name=isolate(line.payee))
        self.say("good", said, (words("Print the receipt (F6)"), self._receipt))
        self.read(line_now, self.subject, line.line, then=self._put)
        self.target.setFocus()

    def _absent(self) -> None:
        line = self.line.line
        if line is not None:
            self.write(commands.absent, self.subject, line.line, then=partial(self._gone, line.line))

    def _gone(self, line: int, _done: object) -> None:
        self.line.forget()
        self.say("good", self.words("Line {line} is marked absent. She may still come today.", line=line))
        self.read(line_now, self.subject, line, then=self._put)
        self.target.setFocus()

    # typed in afterwards

    def _take_in(self) -> None:
        paper = self.typing.paper_line()
        if paper is None or self._busy:
            return
        self._busy = True
        self.write(commands.type_line, self.subject, paper, then=partial(self._taken_in, paper.line),
                   failed=partial(self._not_taken_in, paper.line))  # fmt: skip

    def _taken_in(self, line: int, outcome: str) -> None:
        self._busy = False
        self.typing.taken(line, outcome)
        self.read(line_now, self.subject, line, then=self._put)

    def _not_taken_in(self, line: int, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Refusal):
            self.typing.refused(line, self.words.sentence(error))
        else:
            self.show_failure(error)

    # the day

    def _do(self, act: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "back": lambda: self.around.go("payday"),
            "type_in": self._type_in,
            "add": self._add,
            "stand_for": lambda: self.write(commands.stand_for, self.subject, then=self._stood),
            "close": self._warn_of_closing,
            "list": partial(self._print, "list"),
            "reconciliation": partial(self._print, "reconciliation"),
            "cash": lambda: self.around.go("cash"),
        }
        acts[act]()

    def _type_in(self) -> None:
        if self._shown is not None:
            self.line.forget()
            self.typing.begin(self._shown.lines)

    def _stood(self, lines: int) -> None:
        said = self.words.plural("You stand for {n} line. Sign out; your colleague pays it.",
                                 "You stand for {n} lines. Sign out; your colleague pays them.", lines)  # fmt: skip
        self.say("good", said)

    def _warn_of_closing(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.quiet()
        said = closing_told(self.words, shown.sums)
        self.say("careful", said, (self.words("Close the day"), self._close))

    def _close(self) -> None:
        self.quiet()
        self.line.forget()
        self.write(commands.close, self.subject, then=self._closed)

    def _closed(self, sums: Sums) -> None:
        words = self.words
        amount = amount_shown(words, sums.paid_amount, "IQD")
        said = words("The day is closed: {done} of {all} paid, {amount}. Count the cash next.", done=sums.paid,
                     all=sums.lines, amount=amount)  # fmt: skip
        self.say("good", said, (words("Count the cash"), partial(self.around.go, "cash")))

    # papers

    def print_pressed(self) -> None:
        """F6: the receipt of the payment made last, else the list."""
        if self._last_paid:
            self._receipt()
        else:
            self._print("list")

    def _receipt(self) -> None:
        number, self._last_paid = self._last_paid, ""
        if number:
            self._printing.receipt(number, self._now)

    def _print(self, act: str) -> None:
        if self._shown is not None:
            self._printing.press(act, self._shown, self._points.get(self._shown.distribution.pay_point, ""))
