"""One question, one answer: is this card or voucher genuine, does it still hold, and what may be done next.

It shows nothing about a family that the desk does not need. A bad code is an answer too, never an error. What may be
paid is paid here, and what belongs to another pay point is taken in here by two.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, ClassVar, Final, TypeAlias

from PySide6.QtWidgets import QWidget

from helpdesk.assistance.vouchers import checks, doubles, paying, rerouting
from helpdesk.core.codes import CodeList
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import HOUSEHOLD_DIGITS, VOUCHER_DIGITS, voucher_number_shown
from helpdesk.desk.users import names
from helpdesk.households import cards, queries
from ui.forms import voucher_asks
from ui.forms.file_typing import TypingPlace
from ui.forms.pay_flow import PayFlow
from ui.messages import Tone
from ui.pages.base import Action, Page, Reason
from ui.widgets.reading import Verdict
from ui.widgets.scan import ScanTarget

CARD_SENTENCE: Final = CodeList(
    "card_verdict_sentence",
    "LIVE", "REPLACED", "REVOKED", "EXPIRED", "NOT_GENUINE", "UNKNOWN_ISSUER", "TYPED", "TYPED_UNKNOWN",
)  # fmt: skip
VOUCHER_SENTENCE: Final = CodeList(
    "voucher_verdict_sentence",
    "LIVE", "PAID", "VOID", "EXPIRED", "NOT_YET", "ELSEWHERE", "NOT_GENUINE", "UNKNOWN_ISSUER", "TYPED",
    "TYPED_UNKNOWN", "SUSPENDED", "LOST", "REPLACED", "DISPUTED", "UNCLAIMED",
)  # fmt: skip
TONES: Final[dict[str, Tone]] = {
    "LIVE": "good", "REPLACED": "stop", "REVOKED": "stop", "EXPIRED": "careful", "NOT_GENUINE": "stop",
    "UNKNOWN_ISSUER": "unknown", "TYPED": "unknown", "TYPED_UNKNOWN": "unknown", "PAID": "stop", "VOID": "stop",
    "NOT_YET": "careful", "ELSEWHERE": "careful",
    "SUSPENDED": "stop", "LOST": "stop", "DISPUTED": "stop", "UNCLAIMED": "careful",
}  # fmt: skip
VOUCHER_KIND: Final = "2"
"""The second digit of a code says its kind (DESIGN.md section 5)."""

Act: TypeAlias = "tuple[str, Callable[[], None]]"


class Check(Page):
    """Opened empty, or with the digits of a scan."""

    name: ClassVar[str] = "check"

    def build(self) -> None:
        """The target and the verdict; below it what is paid or taken in."""
        self._sentence = ""
        self._names: dict[str, str] = {}
        self._payable = ""
        self._scanned = ""
        self.target = ScanTarget(self.look)
        self.target.scanned.connect(self._ask)
        self.verdict = Verdict(self.look)
        self.flow = PayFlow(self)
        self.flow.part.moved.connect(self.show_head)
        self.flow.paid.connect(self._paid)
        self.typing = TypingPlace(self.look)
        self.typing.moved.connect(self.show_head)
        self.typing.left.connect(self.target.setFocus)
        for widget in (self.target, self.verdict, self.flow.part, self.typing):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def title(self) -> str:
        """The page's title."""
        return self.words("Check a card or voucher")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Scan a card or a voucher, or type its number and press Enter. Green means: genuine and holds today. A "
            "typed number is only looked up; whether the paper is genuine, only a scan can say. Ctrl+Enter pays what "
            "may be paid here. F6 prints the answer, or the receipt of what was paid."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        return self.flow.part.identity if self.flow.part.voucher is not None else self.target

    def main_action(self) -> Action | None:
        """Save what is asked, pay, or begin to pay."""
        if not hasattr(self, "typing"):
            return None
        words, part = self.words, self.flow.part
        if self.typing.asking is not None:
            return Action(words("Save"), self._save, "save", self.typing.lacking())
        if part.voucher is not None:
            missing = part.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(part.said(), self.flow.pay, "money", lacking)
        return Action(words("Pay it"), self._begin_pay, "money") if self._payable else None

    def open(self, subject: Any = None) -> None:
        """Ask about a scan that was made elsewhere, or wait for one."""
        self.subject = subject
        self._forget()
        self.flow.open()
        self.read(names, then=self._know_names, newest="names")
        if isinstance(subject, str) and subject:
            self._ask(subject)

    def _know_names(self, found: dict[str, str]) -> None:
        self._names = found

    def _forget(self) -> None:
        self._sentence, self._payable, self._scanned = "", "", ""
        self.flow.last_paid = ""
        self.verdict.forget()
        self.flow.part.forget()
        self.typing.close_piece()

    def take_scan(self, digits: str) -> bool:
        """Every scan on this page is a question."""
        self.target.take(digits)
        return True

    def _ask(self, digits: str) -> None:
        self.quiet()
        self._forget()
        self._scanned = digits
        if _is_voucher(digits):
            self.write(checks.check, digits, then=self._say_voucher)
        else:
            self.write(cards.check, digits, then=self._say_card)

    # cards

    def _say_card(self, seen: cards.Verdict) -> None:
        words = self.words
        facts = {
            "number": isolate_ltr(seen.number_shown),
            "issued": self._day(seen.issued_on),
            "replaced": self._day(seen.replaced_on),
            "people": words.digits(seen.persons or 0),
        }
        acts: list[Act] = []
        if seen.household is not None and self.around.may(queries.open_file):
            household = seen.household
            acts.append((words("Open the file"), lambda: self.around.go("family", household)))
        word = words.label(cards.VERDICT.name, seen.code)
        self._say(TONES[seen.code], word, words.label(CARD_SENTENCE.name, seen.code).format_map(facts), seen, acts)

    # vouchers

    def _say_voucher(self, seen: checks.Verdict) -> None:
        words = self.words
        facts = {
            "number": isolate_ltr(voucher_number_shown(seen.number)) if seen.number else "",
            "amount": self._amount(seen),
            "point": self._point(seen.pay_point),
            "first": self._day(seen.first_day),
            "last": self._day(seen.last_day),
            "paid": self._day(seen.paid_on),
        }
        acts: list[Act] = []
        if seen.good and seen.number is not None and self.around.may(paying.pay):
            self._payable = seen.number
            acts.append((words("Pay it"), self._begin_pay))
        if seen.may_be_rerouted and self.around.may(rerouting.take_in):
            acts.append((words("Take it in here"), self._take_in))
        if seen.paid_twice and self.around.may(doubles.settle):
            acts.append((words("Paid twice"), lambda: self.around.go("doubles", seen.voucher)))
        if seen.household is not None and self.around.may(queries.open_file):
            household = seen.household
            acts.append((words("Open the file"), lambda: self.around.go("family", household)))
        word = words.label(checks.VERDICT.name, seen.code)
        said = [words.label(VOUCHER_SENTENCE.name, seen.code).format_map(facts), *self._beside(seen)]
        self._say(TONES[seen.code], word, "\n".join(said), seen, acts)
        if seen.may_be_rerouted and self.around.may(rerouting.confirm):
            self.read(rerouting.waiting, then=partial(self._offer_confirm, seen.number or ""), newest="waiting")

    def _beside(self, seen: checks.Verdict) -> list[str]:
        """What stands beside the verdict and is no part of it."""
        words, told = self.words, []
        if seen.paid_at is not None:
            by = self._names.get(seen.paid_by or "")
            point = self._point(seen.paid_at)
            told.append(
                words("It was paid at {point}, by {name}.", point=point, name=isolate(by))
                if by
                else words("It was paid at {point}, by another desk.", point=point)
            )
        if seen.paid_twice:
            told.append(words("It was paid more than once: a supervisor settles the case."))
        if seen.maybe_paid is not None:
            told.append(words(
                "Ask first: the paid list of {day} says that this grant may have been paid to the family elsewhere.",
                day=seen.maybe_paid,
            ))  # fmt: skip
        if seen.may_be_rerouted and not self.around.may(rerouting.take_in):
            told.append(words("If they cannot go there: a supervisor and a colleague can take it in here."))
        return told

    def _begin_pay(self) -> None:
        if self._payable:
            self.flow.begin(self._payable, scanned=True)

    def _paid(self) -> None:
        self._payable = ""
        self.verdict.forget()
        self.show_head()
        self.target.setFocus()

    # papers of another pay point

    def _take_in(self) -> None:
        points = self.flow.now.pay_points if self.flow.now is not None else ()
        self.typing.open(voucher_asks.taking_in(self.look, self._scanned, points, lambda _: self._taken_in()))

    def _taken_in(self) -> None:
        self.verdict.forget()
        self.say("good", self.words(
            "It is taken in. A colleague signs in with her own account, scans it, and confirms it; then another than "
            "you pays it."
        ))  # fmt: skip

    def _offer_confirm(self, number: str, waiting: tuple[rerouting.Waiting, ...]) -> None:
        found = next((one for one in waiting if one.taken.number == number), None)
        if found is None:
            return
        words = self.words
        if found.own:
            self.say("info", words("You took it in: a colleague confirms it with her own account."))
        else:
            confirm = partial(self.write, rerouting.confirm, found.id, then=lambda _: self._ask(self._scanned))
            said = words("A supervisor took this paper in here. Compare it with its holder, then confirm.")
            self.say("careful", said, (words("Confirm, seen by me"), confirm))

    def _save(self) -> None:
        self.typing.save(self.write, self.show_failure)

    def _amount(self, seen: checks.Verdict) -> str:
        if seen.amount is None:
            return ""
        return isolate_ltr(f"{self.words.digits(f'{seen.amount:,}')} {seen.currency}")

    def _point(self, number: int | None) -> str:
        points = {point.number: point.name for point in self.flow.now.pay_points} if self.flow.now else {}
        return isolate(points.get(number or 0, self.words.digits(number or 0)))

    def _day(self, day: date | None) -> str:
        return self.words.date(day) if day is not None else ""

    # both

    def _say(self, tone: Tone, word: str, sentence: str, seen: cards.Verdict | checks.Verdict, acts: list[Act]) -> None:
        words = self.words
        self._sentence = sentence
        acts.append((words("Print this answer (F6)"), self.print_pressed))
        self.verdict.say(tone, word, sentence, self._age(seen.lists_of), acts)
        self.target.setFocus()
        self.show_head()

    def _age(self, lists_of: date | None) -> str:
        words = self.words
        if lists_of is None or self.flow.now is None:
            return ""
        days = max((self.flow.now.day - lists_of).days, 0)
        return words.plural(
            "Answered from lists of {day}, {n} day old.", "Answered from lists of {day}, {n} days old.", days,
            day=lists_of,
        )  # fmt: skip

    def print_pressed(self) -> None:
        """F6: the receipt of what was paid, else the answer on paper, with the way to object."""
        if self.flow.last_paid:
            self.flow.print_receipt()
        elif self._sentence:
            self.around.go("paper", Reason(self._sentence))
        else:
            self.say("info", self.words("Scan or type something first; then its answer can be printed."))


def _is_voucher(digits: str) -> bool:
    if len(digits) > max(HOUSEHOLD_DIGITS, VOUCHER_DIGITS):
        return digits[1:2] == VOUCHER_KIND
    return len(digits) == VOUCHER_DIGITS
