"""The page of the day: a family at the desk first, then what waits to be finished, and three numbers of the day.

A supervisor sees exceptions first. Numbers come from one query; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final, Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.clock import read_instant
from helpdesk.core.codes import CodeList
from helpdesk.core.language import isolate, isolate_ltr
from ui.forms.roster import head_in
from ui.pages.base import Action, Page
from ui.surroundings import Surroundings
from ui.widgets.words import Card, button, clear, label

FORMS: Final = CodeList("form", "registration", "profiling", "intention", "barriers", "call", "event", "visit")
"""The forms that keep drafts, as the page names them."""
EXCEPTION: Final = CodeList(
    "exception", "to_approve", "possible_duplicates", "conflicts", "files_waiting", "gaps", "quarantine", "doubtful",
    "double_payments", "paid_questions", "incidents", "waivers", "declare", "choices_run_out", "permissions_run_out",
    "two_arrivals", "follow_ups", "calls_overdue", "answers_due", "money_differs", "counts_to_sign", "days_open",
    "departed_unpaid", "sheets_to_sign",
)  # fmt: skip
"""What a supervisor decides in the evening."""


class DayNumbers(Protocol):
    """How many today at this desk (``helpdesk.households.queries.Today``)."""

    @property
    def families(self) -> int:
        """Families registered today."""

    @property
    def persons(self) -> int:
        """The people in them."""

    @property
    def cards(self) -> int:
        """Cards issued today."""


class Waiting(Protocol):
    """One kind of thing a supervisor decides: a code of the list ``exception``, how many, and the page for it."""

    @property
    def code(self) -> str:
        """Entry of the list ``exception``."""

    @property
    def count(self) -> int:
        """How many wait."""

    @property
    def page(self) -> str:
        """Where they are decided."""

    @property
    def subject(self) -> str:
        """What that page is opened with, "" for nothing."""


@dataclass(frozen=True)
class TodayCalls:
    """``day(view) -> DayNumbers``; ``exceptions(view) -> sequence of Waiting``, None where this user decides nothing.

    ``register`` is the command behind "New family".
    """

    day: Callable[..., Any]
    register: Callable[..., Any]
    exceptions: Callable[..., Any] | None = None


class Today(Page):
    """Where everybody starts."""

    name: ClassVar[str] = "today"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"household", "card", "voucher", "draft", "batch", "ack", "case", "waiver", "waiver_confirmed", "settlement",
         "follow_up_proposal", "call", "call_attempt", "feedback", "payment", "day_end", "day_end_signed", "cash_in",
         "work_sheet", "departure", "paid_question", "double_settled"}
    )  # fmt: skip

    def __init__(self, around: Surroundings, calls: TodayCalls) -> None:
        self._calls = calls
        super().__init__(around)

    def title(self) -> str:
        """The page's title."""
        return self.words("Today")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Search for a family with F2, or scan her card from any page. F4 begins a new family. "
            "Forms that were not finished wait below; opening one goes on where it stopped."
        )

    def main_action(self) -> Action | None:
        """A new family, for those who may register."""
        if not self.around.may(self._calls.register):
            return None
        return Action(self.words("New family"), lambda: self.around.go("new_family"), "new-family")

    def build(self) -> None:
        """Cards for exceptions, unfinished forms and the numbers of the day."""
        words = self.words
        self._exceptions = Card(self.look, words("To decide"), "exceptions")
        self._exception_rows = QVBoxLayout()
        self._exceptions.inside.addLayout(self._exception_rows)
        self._exceptions.hide()
        self._drafts = Card(self.look, words("Not finished yet"), "drafts")
        self._draft_rows = QVBoxLayout()
        self._drafts.inside.addLayout(self._draft_rows)
        self._draft_rows.addWidget(label(words("Nothing waits."), role="quiet"))
        numbers = QHBoxLayout()
        numbers.setSpacing(self.look.size(12))
        self._numbers = {
            "families": self._number(numbers, words("families registered here today")),
            "persons": self._number(numbers, words("people in them")),
            "cards": self._number(numbers, words("cards issued here today")),
        }
        self.body.addWidget(self._exceptions)
        self.body.addWidget(self._drafts)
        self.body.addLayout(numbers)
        self.body.addStretch(1)

    def _number(self, row: QHBoxLayout, said: str) -> Callable[[int], None]:
        card = Card(self.look, name="number")
        number = label("\u2013", role="huge")
        card.add(number)
        card.add(label(said, role="quiet"))
        row.addWidget(card, 1)

        def show(count: int) -> None:
            number.setText(self.words.digits(count))
            card.setAccessibleName(f"{self.words.digits(count)} {said}")

        return show

    def refresh(self) -> None:
        """Ask for the numbers and for what waits."""
        self.read(self._calls.day, then=self._show_day, newest="day")
        if self._calls.exceptions is not None:
            self.read(self._calls.exceptions, then=self._show_exceptions, newest="exceptions")
        self.around.drafts.listed(self, self._show_drafts)

    def _show_day(self, day: DayNumbers) -> None:
        for name, show in self._numbers.items():
            show(getattr(day, name))

    def _show_exceptions(self, waiting: Sequence[Waiting]) -> None:
        clear(self._exception_rows)
        self._exceptions.setVisible(bool(waiting))
        for one in waiting:
            said = self.words.label(EXCEPTION.name, one.code)
            told = self.words("{thing}: {count}", thing=said, count=one.count)
            opens = partial(self.around.go, one.page, one.subject or None)
            self._exception_rows.addWidget(self._row(told, opens, f"exception.{one.code}"))

    def _show_drafts(self, drafts: Sequence[Any]) -> None:
        clear(self._draft_rows)
        if not drafts:
            self._draft_rows.addWidget(
                label(self.words("Nothing waits. What you type is kept here until it is saved."), role="quiet")
            )
        for place, draft in enumerate(drafts):
            clock = isolate_ltr(self.words.digits(f"{read_instant(draft.at).astimezone():%H:%M}"))
            form, head = self.words.label(FORMS.name, draft.form), head_in(draft.fields)
            said = (
                self.words("{form} of {name}, last typed {time}", form=form, name=isolate(head), time=clock)
                if head
                else self.words("{form}, last typed {time}", form=form, time=clock)
            )
            opens = partial(self.around.go, _page_of(draft.form), draft.key or None)
            row = QHBoxLayout()
            row.addWidget(self._row(said, opens, f"draft{place}"))
            if draft.whose:
                row.addWidget(label(self.words("typed by {user}", user=isolate(draft.whose)), role="quiet", wrap=False))
            row.addStretch(1)
            row.addWidget(self._discard(draft, said, place))
            self._draft_rows.addLayout(row)

    def _discard(self, draft: Any, said: str, place: int) -> QWidget:
        asks = partial(self._ask_to_discard, draft.form, draft.key)
        made = button(self.words("Discard"), self.look, asks, kind="link", name=f"discard{place}")
        made.setAccessibleName(self.words("Discard: {form}", form=said))
        return made

    def _ask_to_discard(self, form: str, key: str) -> None:
        self.quiet()
        self.say(
            "careful",
            self.words("Discard this form? What was typed in it is lost."),
            (self.words("Discard"), partial(self._drop_draft, form, key)),
        )

    def _drop_draft(self, form: str, key: str) -> None:
        self.quiet()
        self.around.drafts.of(form, key).drop()

    def _row(self, said: str, opens: Callable[[], None], name: str) -> QWidget:
        return button(said, self.look, opens, kind="link", name=name)


def _page_of(form: str) -> str:
    pages = {"registration": "new_family", "call": "calls", "event": "events", "visit": "visits"}
    return pages.get(form, "family")
