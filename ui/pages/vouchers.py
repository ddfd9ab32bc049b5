"""Vouchers by what is to be done with them: approve, print, hand over, pay, and all that can go wrong with one.

Nobody types an amount, and nobody approves her own: the commands refuse it, and this page says so beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from helpdesk.assistance.vouchers import approving, checks, mishaps, numbering, paying, planning, rerouting
from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import isolate_ltr
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.core.progress import Progress
from ui.forms import voucher_asks
from ui.forms.file_typing import TypingPlace
from ui.forms.pay_flow import PayFlow
from ui.forms.voucher_acts import VoucherActs
from ui.forms.voucher_lists import (
    ALL,
    APPROVE,
    EMPTY,
    HAND_OVER,
    LISTS,
    LONGEST_PAPER,
    PRINT,
    QUESTIONS,
    Counted,
    Listed,
    columns,
    counted,
    list_of,
    list_paper,
    listed,
)
from ui.forms.voucher_round import print_round, vouchers_paper
from ui.forms.voucher_sure import SURE, Sure
from ui.forms.voucher_waiting import WaitingPapers
from ui.pages.base import Action, Page
from ui.printing import Paper
from ui.widgets.choices import ChoiceRow
from ui.widgets.paged_table import PagedTable
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, label
from ui.work import AnyDesk

TYPED = ("TYPED", "LIVE")
FIRST_LINES: Final = 200
"""Lines that are read together with the ids of a list; for so many a second account stands at once."""


class Vouchers(Page):
    """Opened with nothing, a list, a state, or ``("pay", number)`` from elsewhere."""

    name: ClassVar[str] = "vouchers"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset(
        {"voucher", "payment", "rerouting", "voucher_witness", "witness", "sample_check", "paid_question", "bundle"}
    )

    def build(self) -> None:
        """Scan target and payment above, lists and table below."""
        words, look = self.words, self.look
        self._lines: dict[str, VoucherShown] = {}
        self._ids: Sequence[str] = ()
        self._wrong: frozenset[str] = frozenset()
        self._counted = Counted({}, {}, ())
        self._ways: list[QPushButton] = []
        self.target = ScanTarget(look)
        self.target.scanned.connect(self._scanned)
        self.flow = PayFlow(self)
        self.pay = self.flow.part
        self.pay.moved.connect(self._moved)
        self.flow.paid.connect(self.target.setFocus)
        self.typing = TypingPlace(look)
        self.typing.moved.connect(self._moved)
        self.typing.left.connect(self.focus_first)
        self.waiting = WaitingPapers(look)
        self.waiting.confirmed.connect(self._confirm_paper)
        self.lists = ChoiceRow(
            look, "states", words("Which vouchers"), [(name, words(said)) for name, (said, _) in LISTS.items()],
            columns=5,
        )  # fmt: skip
        self.lists.choose(APPROVE if self.around.may(approving.approve) else HAND_OVER)
        self.lists.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="voucherCount")
        self.table = PagedTable(look, "vouchersTable", words("Vouchers"), columns(words), self._fetch)
        self.table.opened.connect(self._open_file)
        self.table.picked.connect(lambda _: self._pick())
        self.acts = VoucherActs(self.around)
        self.acts.wanted.connect(self._act)
        self._head_ways()
        self.paying = QScrollArea()
        self.paying.setObjectName("payingArea")
        self.paying.setWidgetResizable(True)
        self.paying.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.paying.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paying.setWidget(self.pay)
        self.paying.hide()
        for widget in (self.target, self.paying, self.typing, self.waiting, self.lists, self.told):
            self.body.addWidget(widget)
        self.body.setStretchFactor(self.paying, 1)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.acts)
        self.body.addStretch(0)

    def _head_ways(self) -> None:
        words, go = self.words, self.around.go
        ways: tuple[tuple[Callable[..., Any], str, str, Callable[[], object]], ...] = (
            (planning.plan_many, words("Plan for many"), "planMany", lambda: go("plan_vouchers")),
            (planning.plan, words("Look through the ledger"), "openLedger", lambda: go("ledger")),
        )
        for command, text, name, act in ways:
            if self.around.may(command):
                self._ways.append(button(text, self.look, act, kind="link", name=name))
        said = words("Stand for all of this list")
        self.stand_for_all = button(said, self.look, self._stand_for_all, kind="link", name="standForAll")
        for made in (*self._ways, self.stand_for_all):
            self.beside_title.addWidget(made)

    def title(self) -> str:
        """The page's title."""
        return self.words("Vouchers")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Scan a voucher to pay it: choose how the payee is known, see that the witness is right, and press "
            "Ctrl+Enter. Below stand the vouchers by what is to be done with them; the digits choose a list. What may "
            "be done with the one that is picked stands under the table. Enter opens the family's file, F6 prints the "
            "list, or the receipt of the payment made last."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        if self.typing.asking is not None:
            return None
        return self.pay.identity if self.pay.voucher is not None else self.target

    def main_action(self) -> Action | None:
        """Pay what was scanned, save what is asked; else approve or print all of the list."""
        if not hasattr(self, "stand_for_all"):
            return None
        words, name = self.words, self.lists.chosen
        if self.typing.asking is not None:
            return Action(words("Save"), self._save, "save", self.typing.lacking())
        if self.pay.voucher is not None:
            missing = self.pay.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(self.pay.said(), self.flow.pay, "money", lacking)
        if name == APPROVE and self.around.may(approving.approve):
            ready = self._approvable()
            lacking = "" if ready else words("Nothing here is yours to approve: another must have planned it.")
            said = words.plural("Approve {n} voucher", "Approve {n} vouchers", len(ready))
            return Action(said, lambda: self.around.go("approval", tuple(ready)), "check", lacking)
        if name == PRINT and self.around.may(numbering.print_):
            lacking = "" if self._ids else words("No voucher waits to be printed.")
            said = words.plural("Print {n} voucher", "Print {n} vouchers", len(self._ids))
            return Action(said, lambda: self._print(tuple(self._ids)), "print", lacking)
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a list, or what shall be paid."""
        self.subject = subject
        self.flow.open()
        if isinstance(subject, str) and (subject in LISTS or subject in STATE):
            self.lists.choose(subject if subject in LISTS else list_of(subject))
        self._ask()
        if isinstance(subject, tuple) and subject[0] == "pay":
            self.flow.begin(subject[1], scanned=True)

    def refresh(self) -> None:
        """Read again what is shown."""
        self._ask()

    def _ask(self) -> None:
        self.read(listed, self.lists.chosen or ALL, FIRST_LINES, then=self._show, newest="rows")
        self.read(counted, then=self._count, newest="counts")

    def _show(self, found: Listed) -> None:
        self._ids, self._lines, self._wrong = found.ids, found.lines, found.wrong
        self.table.show_ids(self._ids)
        self._pick()

    def _count(self, found: Counted) -> None:
        words = self.words
        self._counted = found
        for name, (said, _) in LISTS.items():
            count = found.lists.get(name, 0)
            text = words("{thing}: {count}", thing=words(said), count=count) if count else words(said)
            self.lists.button(name).setText(text.replace("&", "&&"))
            self.lists.button(name).setAccessibleName(text)
        self.waiting.tell(found.waiting)
        self._tell_empty()

    def _tell_empty(self) -> None:
        words, name = self.words, self.lists.chosen or ALL
        if not self._counted.lists:
            return  # not counted yet
        count = self._counted.lists[name]
        if not count:
            self.told.setText(words(EMPTY[name]))
            return
        amount = words.digits(f"{self._counted.amounts.get(name, 0):,}")
        whole = words.plural("{n} voucher", "{n} vouchers", count)
        together = words("{what}, together {amount}", what=whole, amount=isolate_ltr(amount))
        self.told.setText(whole if name == QUESTIONS else together)

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        if all(one in self._lines for one in ids):
            then([self._lines[one] for one in ids])
            return

        def take(lines: dict[str, VoucherShown]) -> None:
            self._lines.update(lines)
            then([lines[one] for one in ids if one in lines])
            self._pick()

        self.read(voucher_lines.voucher_lines, tuple(ids), then=take)

    def _moved(self) -> None:
        # while money is handed over or something is typed nothing else is on the page
        busy = self.pay.voucher is not None or self.typing.asking is not None
        for widget in (self.target, self.lists, self.told, self.table, self.acts):
            widget.setVisible(not busy)
        self.paying.setVisible(self.pay.voucher is not None)
        self.waiting.setVisible(not busy and bool(self._counted.waiting))
        for way in self._ways:
            way.setVisible(not busy)
        self._offer_standing(busy)
        self.show_head()

    # one voucher

    def _picked(self) -> VoucherShown | None:
        picked = self.table.picked_id()
        return self._lines.get(picked) if picked is not None else None

    def _pick(self) -> None:
        self.acts.tell(self._picked(), asked=self.lists.chosen == QUESTIONS)
        self._offer_standing(self.pay.voucher is not None or self.typing.asking is not None)
        self._tell_empty()
        self.show_head()

    def _offer_standing(self, busy: bool) -> None:
        self.stand_for_all.setVisible(not busy and self.lists.chosen == HAND_OVER and bool(self._standing()))

    def _open_file(self, voucher_id: str) -> None:
        voucher = self._lines.get(voucher_id)
        if voucher is not None:
            self.around.go("family", voucher.household)

    def _act(self, code: str) -> None:
        voucher = self._picked()
        if voucher is None:
            return
        self.quiet()
        words = self.words
        done = {
            "VOID": words("The voucher is void. Nobody can be paid with it."),
            "DISPUTE": words("It is stopped until a supervisor settles it."),
            "SETTLE": words("The dispute is settled."),
            "ISSUE": words("The paper was handed over. Scan it to pay the cash."),
            "ANSWER": words("The question is answered."),
        }
        if code in voucher_asks.ASKS:
            self.typing.open(voucher_asks.ASKS[code](self.look, voucher, self._saying(done[code])))
            return
        self._do(code, voucher)

    def _do(self, code: str, voucher: VoucherShown) -> None:
        words, number = self.words, voucher.number or ""
        if code == "APPROVE":
            self.write(approving.approve, (voucher.id,), then=self._saying(words("The voucher is approved.")))
        elif code == "PRINT":
            self._print((voucher.id,))
        elif code == "PAY":
            self.flow.begin(number, scanned=False)
        elif code == "RECEIPT":
            self.flow.show_receipt(number)
        elif code == "WITNESS":
            self._stand_for((number,))
        elif code == "RETURN":
            done = words("It is in stock again, and payable within its days.")
            self.write(mishaps.put_back, voucher.id, then=self._saying(done))
        else:
            sure = SURE[code](words, voucher)
            self._sure(sure, self._one_printed if sure.prints else self._saying(sure.done))

    def _sure(self, sure: Sure, then: Callable[[Any], None]) -> None:
        def go_on() -> None:
            self.quiet()
            self.write(sure.command, sure.what, then=then)

        self.say("careful", sure.sentence, (sure.text, go_on))

    def _saying(self, sentence: str) -> Callable[[Any], None]:
        return lambda _: self._said("good", sentence)

    def _said(self, tone: Any, sentence: str) -> None:
        self.quiet()
        self.say(tone, sentence)

    def _save(self) -> None:
        self.typing.save(self.write, self.show_failure)

    def _confirm_paper(self, rerouting_id: str) -> None:
        self.write(rerouting.confirm, rerouting_id, then=self._paper_confirmed)

    def _paper_confirmed(self, number: str) -> None:
        shown = isolate_ltr(voucher_number_shown(number))
        self.say("good", self.words("Voucher {number} is paid at this pay point.", number=shown))

    # many vouchers

    def _approvable(self) -> list[str]:
        lines = self._lines
        return [one for one in self._ids if one in lines and not lines[one].own and one not in self._wrong]

    def _standing(self) -> tuple[str, ...]:
        found = (self._lines.get(one) for one in self._ids[:FIRST_LINES])
        return tuple(one.number for one in found if one is not None and one.number and not one.own)

    def _stand_for_all(self) -> None:
        self._stand_for(self._standing())

    def _stand_for(self, numbers: tuple[str, ...]) -> None:
        said = self.words.plural(
            "You stand for the payment of {n} voucher today.", "You stand for the payment of {n} vouchers today.",
            len(numbers),
        )  # fmt: skip
        self.write(paying.witness, numbers, then=self._saying(said))

    def _print(self, ids: tuple[str, ...]) -> None:
        if self.flow.now is None:
            return
        paper = partial(vouchers_paper, self.words, now=self.flow.now, practice=self.around.seat.practice)

        def work(desk: AnyDesk, progress: Progress) -> tuple[int, Paper | None]:
            return print_round(desk, progress, ids, paper)

        self.long(work, then=self._printed, title=self.words("Printing the vouchers"))

    def _printed(self, done: tuple[int, Paper | None]) -> None:
        if done[1] is not None:
            self.around.go("paper", done[1])
        self.refresh()

    def _one_printed(self, face: PrintedVoucher) -> None:
        if self.flow.now is not None:
            practice = self.around.seat.practice
            self.around.go("paper", vouchers_paper(self.words, [face], self.flow.now, practice=practice))

    def print_pressed(self) -> None:
        """F6: the receipt of the payment made last, or of the paid voucher that is picked; else the list."""
        picked = self._picked()
        if self.flow.last_paid:
            self.flow.print_receipt()
        elif picked is not None and picked.number and picked.state in ("PAID", "RECONCILED"):
            self.flow.show_receipt(picked.number)
        elif self._ids:
            self.read(voucher_lines.voucher_lines, tuple(self._ids[:LONGEST_PAPER]), then=self._print_list)

    def _print_list(self, lines: dict[str, VoucherShown]) -> None:
        if self.flow.now is not None:
            name, whole, practice = self.lists.chosen or ALL, len(self._ids), self.around.seat.practice
            paper = list_paper(self.words, name, list(lines.values()), whole, self.flow.now, practice=practice)
            self.around.go("paper", paper)

    # paying

    def take_scan(self, digits: str) -> bool:
        """A scan on this page is a voucher to pay."""
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.pay.forget()
        self.flow.last_paid = ""
        self.write(checks.check, digits, then=self._checked)

    def _checked(self, seen: checks.Verdict) -> None:
        if seen.code in TYPED and seen.number is not None and (seen.voucher is not None or seen.code == "LIVE"):
            self.flow.begin(seen.number, scanned=seen.code == "LIVE")
            return
        word = self.words.label(checks.VERDICT.name, seen.code)
        self.say(
            "stop", self.words("This voucher cannot be paid here today: {why}", why=word),
            (self.words("See why"), partial(self.around.go, "check", seen.number or "")),
        )  # fmt: skip
