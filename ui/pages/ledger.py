"""The ledger of vouchers: every act of this desk, and whatever was changed or forged behind its back.

It mends nothing: what is found is said in words, printed, and taken to the centre.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QWidget

from helpdesk.assistance.vouchers import ledger, verifying
from helpdesk.assistance.vouchers.codes import ACT, FLAW, STATE
from helpdesk.assistance.vouchers.documents import LedgerEntry
from helpdesk.assistance.vouchers.verifying import Flaw
from helpdesk.core.language import N_, Words, isolate, isolate_ltr
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.core.progress import Progress
from helpdesk.desk.commands import View
from helpdesk.desk.users import names
from helpdesk.printing.blocks import day_shown
from helpdesk.printing.lists import Column as PaperColumn
from helpdesk.printing.lists import ListPaper, list_pdf
from ui.forms.desk_now import DeskNow, desk_now
from ui.pages.base import Action, Page
from ui.printing import Paper
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Verdict
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, label
from ui.work import AnyDesk

NEWEST: Final = 500
_SHOWN: Final = 12
"""Flaws that stand on the page; all of them are printed."""


class Ledger(Page):
    """Opened with nothing."""

    name: ClassVar[str] = "ledger"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset({"ledger"})

    def build(self) -> None:
        """The verdict above, the newest acts below."""
        words, look = self.words, self.look
        self._now: DeskNow | None = None
        self._flaws: tuple[Flaw, ...] | None = None
        self._busy = False
        self._entries: tuple[LedgerEntry, ...] = ()
        self._names: dict[str, str] = {}
        self.verdict = Verdict(look)
        self.found = Card(look, words("What was found"), "ledgerFlaws")
        self.found_lines = label("", name="flawLines")
        self.found.add(self.found_lines)
        self.told = label("", role="quiet", name="ledgerTold")
        self.table = PagedTable(look, "ledgerTable", words("What was done, the newest first"), self._columns(),
                                self._fetch)  # fmt: skip
        for widget in (self.verdict, self.found, self.told):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.found.hide()

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("No."), 80, lambda one: words.digits(one.n), ltr=True),
            Column(words("Day"), 160, lambda one: words.date(one.on)),
            Column(words("What was done"), 200, lambda one: words.label(ACT.name, one.act)),
            Column(words("Voucher"), 150, lambda one: voucher_number_shown(one.number) if one.number else "", ltr=True),
            Column(words("Amount"), 130, lambda one: words.digits(f"{one.amount:,}"), ltr=True),
            Column(words("State"), 150, lambda one: words.label(STATE.name, one.state)),
            Column(words("By"), 0, lambda one: self._names.get(one.user, words("somebody at another desk"))),
        ]

    def title(self) -> str:
        """The page's title."""
        return self.words("The ledger of vouchers")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Every act on a voucher stands here, signed by whoever did it and chained to the one before. Ctrl+Enter "
            "looks through all of it: a changed row, a removed entry or a number used twice is found and named. F6 "
            "prints what was found. Nothing is mended here; call the centre."
        )

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def main_action(self) -> Action | None:
        """Look through."""
        return Action(self.words("Look through the ledger"), self._look, "check")

    # reading

    def refresh(self) -> None:
        """The newest acts."""
        self.read(_newest, then=self._show, newest="newest")

    def _show(self, found: tuple[DeskNow, tuple[LedgerEntry, ...], dict[str, str]]) -> None:
        words, (self._now, self._entries, self._names) = self.words, found
        self.told.setText(
            words("What was done with vouchers here, the newest first.")
            if self._entries
            else words("Nothing was done with a voucher here yet.")
        )
        self.table.show_ids(range(len(self._entries)))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._entries[one] for one in ids])

    def _look(self) -> None:
        if self._busy:
            return
        self._busy = True
        self.quiet()
        running = self.long(_looked, then=self._judge, title=self.words("Looking through the ledger"))
        running.ended.connect(self._ended)

    def _ended(self) -> None:
        self._busy = False

    def _judge(self, found: tuple[Flaw, ...]) -> None:
        words, self._flaws = self.words, found
        self.found.setVisible(bool(found))
        if not found:
            self.verdict.say("good", words("Nothing is wrong"), words(
                "Every act on vouchers is signed, none is missing, and what the lists show is what was signed."
            ))  # fmt: skip
            return
        count = words.plural("{n} thing is wrong", "{n} things are wrong", len(found))
        self.verdict.say("stop", count, words(
            "Somebody or something changed the money's records behind the program's back. Print this, stop paying, and "
            "call the centre."
        ), acts=[(words("Print what was found (F6)"), self.print_pressed)])  # fmt: skip
        lines = [flaw_said(words, flaw) for flaw in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(words("And {n} more on paper.", n=len(found) - _SHOWN))
        self.found_lines.setText("\n".join(lines))

    def print_pressed(self) -> None:
        """F6: what was found."""
        if self._flaws is None or self._now is None:
            self.say("info", self.words("Look through the ledger first; then what was found can be printed."))
            return
        practice = self.around.seat.practice
        self.around.go("paper", flaws_paper(self.words, self._flaws, self._now, practice=practice))


def flaw_said(words: Words, flaw: Flaw) -> str:
    """What is wrong, and where."""
    what = words.label(FLAW.name, flaw.code)
    if flaw.number and flaw.n:
        return words("{what}: voucher {number}, entry {n}.", what=isolate(what), n=flaw.n,
                     number=isolate_ltr(voucher_number_shown(flaw.number)))  # fmt: skip
    if flaw.number:
        return words("{what}: voucher {number}.", what=isolate(what),
                     number=isolate_ltr(voucher_number_shown(flaw.number)))  # fmt: skip
    if flaw.n:
        return words("{what}: entry {n}.", what=isolate(what), n=flaw.n)
    return words("{what}: record {record}.", what=isolate(what), record=isolate_ltr(flaw.record))


def flaws_paper(words: Words, flaws: Sequence[Flaw], now: DeskNow, *, practice: bool) -> Paper:
    """All that was found, to be signed and taken to the centre."""
    paper = ListPaper(
        title=words("The ledger of vouchers: what was found"),
        columns=(PaperColumn(words("No.")), PaperColumn(words("What is wrong"), 9)),
        rows=[(words.digits(place), flaw_said(words, flaw)) for place, flaw in enumerate(flaws, start=1)],
        practice=practice,
        facts=(
            (words("Desk"), words.digits(f"{now.number:03d}")),
            (words("Day"), day_shown(words, now.day)),
            (words("Things that are wrong"), words.digits(len(flaws))),
        ),
        sign_here=(words("Looked through by"), words("Second person")),
    )
    return Paper(paper.title, list_pdf(paper, words))


def _looked(desk: AnyDesk, progress: Progress) -> Any:
    progress(0, None, N_("Looking through the ledger"))
    return desk.ask(verifying.flaws)


def _newest(view: View) -> tuple[DeskNow, tuple[LedgerEntry, ...], dict[str, str]]:
    return desk_now(view), ledger.newest(view, NEWEST), names(view)
