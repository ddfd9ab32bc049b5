"""Approving a list of vouchers: those of its sample are opened one by one and confirmed, then the whole is approved.

Nobody chooses the sample, nothing is approved beside one that was found wrong, and nobody approves her own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers import approving
from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers.approving import Opened
from helpdesk.core.language import N_, isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.core.progress import Progress
from helpdesk.desk.commands import View
from helpdesk.desk.users import same_names
from helpdesk.printing.blocks import amount_shown
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow
from ui.widgets.reading import Rows
from ui.widgets.words import Card, button, label
from ui.work import AnyDesk

RIGHT, WRONG = "RIGHT", "WRONG"


@dataclass(frozen=True)
class Waiting:
    """What of a list may be approved, and what stands beside it; at most ``most`` are approved at once."""

    listed: tuple[str, ...]
    sample: tuple[str, ...]
    sums: tuple[tuple[str, int, int, str], ...]
    """(grant, vouchers, amount, currency) of those that may be approved."""
    own: int
    later: int
    wrong: int
    most: int
    names: tuple[tuple[str, ...], ...]


def waiting_of(view: View, vouchers: Sequence[str] | None) -> Waiting:
    """Look at a list, None for everything that waits: what was approved meanwhile is off it."""
    planned = voucher_lines.voucher_ids(view, "PLANNED")
    wanted = planned if vouchers is None else [one for one in planned if one in set(vouchers)]
    lines = voucher_lines.voucher_lines(view, wanted)
    wrong = set(approving.found_wrong(view, wanted))
    ready = [one for one in wanted if not lines[one].own and one not in wrong]
    most = view.in_force().money.approve_cap
    listed = tuple(ready[:most])
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for one in listed:
        line = lines[one]
        count, amount = sums.get((line.grant, line.currency), (0, 0))
        sums[line.grant, line.currency] = count + 1, amount + line.amount
    return Waiting(
        listed=listed,
        sample=approving.sample_of(view, listed),
        sums=tuple((grant, *sums[grant, currency], currency) for grant, currency in sorted(sums)),
        own=sum(lines[one].own for one in wanted),
        later=len(ready) - len(listed),
        wrong=len(wrong),
        most=most,
        names=tuple(tuple(account.name for account in accounts) for accounts in same_names(view)),
    )


class Approval(Page):
    """Opened with the ids of planned vouchers, or with nothing for all that wait."""

    name: ClassVar[str] = "approval"
    shows: ClassVar[frozenset[str]] = frozenset({"bundle"})

    def build(self) -> None:
        """The list, why others are not on it, and the voucher of the sample that is open."""
        words, look = self.words, self.look
        self._list: Waiting | None = None
        self._opened: Opened | None = None
        self._done = 0
        self._busy = False
        self.told = label("", role="head", name="approvalTold")
        self.sums = Rows(look, name="approvalSums")
        self.beside = label("", tone="careful", name="approvalBeside")
        whole = Card(look, words("The list"), "approvalList")
        for widget in (self.told, self.sums, self.beside):
            whole.add(widget)
        self.sample = Card(look, words("The sample"), "approvalSample")
        self.place = label("", role="head", name="sampleStep")
        self.facts = Rows(look, name="sampleFacts")
        self.answer = ChoiceRow(
            look, "sampleAnswer", words("Is this voucher right?"),
            [(RIGHT, words("Right: family, grant and amount belong together")),
             (WRONG, words("Wrong, or I cannot say"))], columns=1,
        )  # fmt: skip
        self.answer.changed.connect(lambda _: self.show_head())
        self.file = button(words("Open the family's file"), look, self._open_file, kind="link", name="sampleFile")
        self.sample.add(self.place)
        beside = QHBoxLayout()
        beside.addWidget(self.facts, 3)
        answering = QVBoxLayout()
        answering.addWidget(self.answer)
        answering.addWidget(self.file)
        answering.addStretch(1)
        beside.addLayout(answering, 2)
        self.sample.inside.addLayout(beside)
        self.body.addWidget(whole)
        self.body.addWidget(self.sample)
        self.body.addStretch(1)
        self.sample.hide()

    def title(self) -> str:
        """The page's title."""
        return self.words("Approve vouchers")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Some vouchers of a long list are drawn by its numbers; nobody chooses them. Look at each, press 1 if it "
            "is right or 2 if not, and Ctrl+Enter for the next. Then Ctrl+Enter approves the whole list with your "
            "signature. One that is wrong is taken off the list; declare it void, or have it planned anew."
        )

    def first_field(self) -> QWidget | None:
        """The answer, while one is asked for."""
        return self.answer if self._opened is not None else None

    def main_action(self) -> Action | None:
        """Confirm the one that is open, else approve."""
        if getattr(self, "_list", None) is None or self._list is None:
            return None
        words = self.words
        if self._opened is not None:
            lacking = "" if self.answer.chosen else words("Still to ask: {what}.", what=words("is this voucher right"))
            return Action(words("Confirm, and on"), self._confirm, "check", lacking)
        count = len(self._list.listed)
        lacking = "" if count else words("Nothing here is yours to approve: another must have planned it.")
        said = words.plural("Approve {n} voucher", "Approve {n} vouchers", count)
        return Action(said, self._approve, "check", lacking)

    # reading

    def open(self, subject: Any = None) -> None:
        """Look at a list anew; what was confirmed before stays confirmed."""
        self.subject = subject
        self._opened, self._done, self._busy = None, 0, False
        self.sample.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.read(waiting_of, self.subject, then=self._show, newest="list")

    def _show(self, found: Waiting) -> None:
        words, self._list = self.words, found
        if not found.listed:
            self.told.setText(words("Nothing of this list waits for you."))
        else:
            self.told.setText(
                words.plural("{n} voucher will be approved with your signature.",
                             "{n} vouchers will be approved with your signature.", len(found.listed))
            )  # fmt: skip
        self.sums.show_rows([
            (words.label(GRANT.name, grant),
             words("{count}, together {amount}", count=words.plural("{n} voucher", "{n} vouchers", count),
                   amount=amount_shown(words, amount, currency)))
            for grant, count, amount, currency in found.sums
        ])  # fmt: skip
        told = self._beside(found)
        self.beside.setText("\n".join(told))
        self.beside.setVisible(bool(told))
        if found.sample:
            self.write(approving.open_sample, found.sample[0], then=self._look)
        else:
            self._opened = None
            self.sample.hide()
            self.show_head()

    def _beside(self, found: Waiting) -> list[str]:
        words, told = self.words, []
        if found.own:
            told.append(words.plural(
                "{n} voucher is not on it: you planned it or registered the family, so another supervisor approves it.",
                "{n} vouchers are not on it: you planned them or registered the families, so another supervisor "
                "approves them.", found.own,
            ))  # fmt: skip
        if found.wrong:
            told.append(words.plural(
                "{n} voucher is not on it: it was found wrong. Declare it void, or have it planned anew.",
                "{n} vouchers are not on it: they were found wrong. Declare them void, or have them planned anew.",
                found.wrong,
            ))  # fmt: skip
        if found.later:
            told.append(words("{n} more wait for the next list: at most {most} are approved at once.",
                              n=found.later, most=found.most))  # fmt: skip
        told += [
            words("These accounts carry one name: {names}. Make sure that they are two people.",
                  names=words.listed(one))
            for one in found.names
        ]  # fmt: skip
        return told

    def _look(self, opened: Opened) -> None:
        if self._list is None:
            return
        words, voucher = self.words, opened.voucher
        self._opened = opened
        left = len(self._list.sample)
        self.place.setText(words("{n} of {of} to look at", n=self._done + 1, of=self._done + left))
        basis = {"size": words("people when it was planned"), "km": words("kilometres of the way"),
                 "days": words("days of work"), "whole": words("all instalments together")}  # fmt: skip
        of = words("{n} of {of}", n=voucher.instalment, of=voucher.of) if voucher.of > 1 else ""
        self.facts.show_rows([
            (words("Family"), household_number_shown(opened.household_number)),
            (words("Pay to"), opened.payee),
            (words("People today"), words.digits(opened.persons)),
            (words("Grant"), words.label(GRANT.name, voucher.grant)),
            (words("Amount"), amount_shown(words, voucher.amount, voucher.currency)),
            (words("Instalment"), of),
            *((said, words.digits(f"{voucher.basis[key]:,}")) for key, said in basis.items() if key in voucher.basis),
            (words("Payable until"), words.date(voucher.last_day)),
            (words("Why other cash"), isolate(opened.need) if opened.need else ""),
        ])  # fmt: skip
        self.answer.choose(None)
        self.sample.show()
        self.answer.setFocus()
        self.show_head()

    def _open_file(self) -> None:
        if self._opened is not None:
            self.around.go("family", self._opened.voucher.household)

    # acting

    def _confirm(self) -> None:
        found, opened, chosen = self._list, self._opened, self.answer.chosen
        if found is None or opened is None or chosen is None or self._busy:
            return
        self._busy = True
        self.write(
            approving.confirm_sample, found.listed, opened.id, opened.seen, chosen == RIGHT,
            then=lambda _: self._confirmed(chosen == RIGHT), failed=self._not_done,
        )  # fmt: skip

    def _confirmed(self, right: bool) -> None:
        self._busy = False
        self._opened = None
        if right:
            self._done += 1
        else:
            self.say("careful", self.words(
                "It is off the list, and nothing is approved for it. Declare it void, or have it planned anew."
            ))  # fmt: skip
        self.refresh()

    def _not_done(self, error: Exception) -> None:
        self._busy = False
        self.show_failure(error)
        self.refresh()

    def _approve(self) -> None:
        if self._list is None or self._busy:
            return
        self._busy = True
        listed = self._list.listed

        def work(desk: AnyDesk, progress: Progress) -> int:
            progress(0, len(listed), N_("Approving the vouchers"))
            desk.do(approving.approve, listed)
            return len(listed)

        running = self.around.work.long(
            self, work, then=self._approved, failed=self._not_done, title=self.words("Approving the vouchers")
        )
        running.ended.connect(self._ended)

    def _ended(self) -> None:
        self._busy = False

    def _approved(self, count: int) -> None:
        self.around.work.committed.emit()
        self.quiet()
        said = self.words.plural("{n} voucher is approved.", "{n} vouchers are approved.", count)
        self.say("good", said, (self.words("Print them"), lambda: self.around.go("vouchers", "PRINT")))
        self._done = 0
        self.refresh()
