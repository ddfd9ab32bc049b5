"""One question, one answer: is this card or voucher genuine, does it still hold, and what may be done next.

It shows nothing about a family that the desk does not need. A bad code is an answer too, never an error.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final, TypeAlias

from PySide6.QtWidgets import QWidget

from helpdesk.assistance.vouchers import checks, paying
from helpdesk.core.codes import CodeList
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import HOUSEHOLD_DIGITS, VOUCHER_DIGITS, voucher_number_shown
from helpdesk.households import cards, queries
from ui.forms.desk_now import DeskNow, desk_now
from ui.messages import Tone
from ui.pages.base import Page, Reason
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
        """The target and the verdict."""
        self._now: DeskNow | None = None
        self._sentence = ""
        self.target = ScanTarget(self.look)
        self.target.scanned.connect(self._ask)
        self.verdict = Verdict(self.look)
        self.body.addWidget(self.target)
        self.body.addWidget(self.verdict)
        self.body.addStretch(1)

    def title(self) -> str:
        """The page's title."""
        return self.words("Check a card or voucher")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Scan a card or a voucher, or type its number and press Enter. Green means: genuine and holds today. A "
            "typed number is only looked up; whether the paper is genuine, only a scan can say. F6 prints the answer."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        return self.target

    def open(self, subject: Any = None) -> None:
        """Ask about a scan that was made elsewhere, or wait for one."""
        self.subject = subject
        self.verdict.forget()
        self._sentence = ""
        self.read(desk_now, then=self._know_desk, newest="now")
        if isinstance(subject, str) and subject:
            self._ask(subject)

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now

    def take_scan(self, digits: str) -> bool:
        """Every scan on this page is a question."""
        self.target.take(digits)
        return True

    def _ask(self, digits: str) -> None:
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
            number = seen.number
            acts.append((words("Pay it"), lambda: self.around.go("vouchers", ("pay", number))))
        if seen.household is not None and self.around.may(queries.open_file):
            household = seen.household
            acts.append((words("Open the file"), lambda: self.around.go("family", household)))
        word = words.label(checks.VERDICT.name, seen.code)
        self._say(TONES[seen.code], word, words.label(VOUCHER_SENTENCE.name, seen.code).format_map(facts), seen, acts)

    def _amount(self, seen: checks.Verdict) -> str:
        if seen.amount is None:
            return ""
        return isolate_ltr(f"{self.words.digits(f'{seen.amount:,}')} {seen.currency}")

    def _point(self, number: int | None) -> str:
        points = {point.number: point.name for point in self._now.pay_points} if self._now else {}
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

    def _age(self, lists_of: date | None) -> str:
        words = self.words
        if lists_of is None or self._now is None:
            return ""
        days = max((self._now.day - lists_of).days, 0)
        return words.plural(
            "Answered from lists of {day}, {n} day old.", "Answered from lists of {day}, {n} days old.", days,
            day=lists_of,
        )  # fmt: skip

    def print_pressed(self) -> None:
        """F6: the answer on paper, with the way to object."""
        if self._sentence:
            self.around.go("paper", Reason(self._sentence))
        else:
            self.say("info", self.words("Scan or type something first; then its answer can be printed."))


def _is_voucher(digits: str) -> bool:
    if len(digits) > max(HOUSEHOLD_DIGITS, VOUCHER_DIGITS):
        return digits[1:2] == VOUCHER_KIND
    return len(digits) == VOUCHER_DIGITS
