"""The money of a family in its file: each grant with yes or no and why, its vouchers, and the ministry's own grant.

Amounts come from the signed table. The reason for other cash is a supervisor's, and stands on no paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from helpdesk.assistance.grants import commands as grants
from helpdesk.assistance.grants.codes import BY_DAYS, GRANT, IN_KIND
from helpdesk.assistance.grants.documents import CashNeed, MinistryNote
from helpdesk.assistance.vouchers import approving, entitlements, planning
from helpdesk.assistance.vouchers.entitlements import Entitled, Why
from helpdesk.assistance.vouchers.life import PAYABLE, UNPAID
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.casework import payees
from helpdesk.core.language import isolate
from helpdesk.desk.commands import View
from helpdesk.households.codes import YES_NO
from helpdesk.printing.grants import answer_shown, grants_slip, language_of
from helpdesk.printing.slips import slip_pdf
from ui.forms import askings, file_rows
from ui.forms.casework_homes import PayeePart
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act
from ui.forms.file_part import Family, LinesPart
from ui.forms.grant_asks import MinistryPart, NeedPart
from ui.printing import Paper

Money = tuple[Why, tuple[MinistryNote, ...], tuple[CashNeed, ...]]


class GrantsPart(LinesPart):
    """What is due to them, what is not, and why; what they say of the ministry's grant."""

    name: ClassVar[str] = "grants"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"voucher", "payment", "case", "departure", "arrival", "arrival_profile", "cash_need", "ministry_note",
         "bundle", "household", "person", "consent"}
    )  # fmt: skip

    def title(self) -> str:
        """The heading."""
        return self.words("Grants: yes or no, and why")

    def build(self) -> None:
        """The lines."""
        self._why: Why | None = None
        super().build()

    def refresh(self) -> None:
        """Put the family's facts to the rules again."""
        self.read(partial(_money, reasons=self.around.may(grants.give_reason)), self.household, then=self._show,
                  newest="grants", failed=self._no_answer)  # fmt: skip

    def _no_answer(self, _error: Exception) -> None:
        # without the centre's table there are no grants: the file is read all the same
        self._why = None
        self.lines.tell([], (), self.words("This desk has no table of grants yet. Install the file of the centre."))

    def _show(self, found: Money) -> None:
        words, (self._why, notes, needs) = self.words, found
        lines: list[tuple[str, Act | None]] = [self._answer(one) for one in self._why.grants]
        lines += [(self._need(one), None) for one in needs]
        lines.append((self._ministry(notes), None))
        acts: list[Act] = [(words("Print the answers for the family"), self._print)]
        if self.around.may(grants.note_ministry):
            acts.append((words("Note the ministry's grant"), self._ask_ministry))
        if self.around.may(grants.give_reason):
            acts.append((words("Give a reason for other cash"), self._ask_need))
        self.lines.tell(lines, acts)

    def _answer(self, one: Entitled) -> tuple[str, Act | None]:
        words, grant = self.words, one.answer.grant
        said = words("{thing}: {count}", thing=words.label(GRANT.name, grant), count=isolate(answer_shown(words, one)))
        if not one.answer.due or grant in (IN_KIND, BY_DAYS) or not self.around.may(planning.plan):
            return said, None
        return said, (words("Plan it"), partial(self._plan, grant))

    def _need(self, need: CashNeed) -> str:
        words = self.words
        state = words("a voucher stands for it") if need.voucher else words("no voucher stands for it yet")
        return words("Other cash, {day}: {why} ({state})", day=need.on, why=isolate(need.reason), state=state)

    def _ministry(self, notes: tuple[MinistryNote, ...]) -> str:
        words = self.words
        if not notes:
            return words("The ministry's own grant was not asked about yet. It is never ours to pay.")
        note = notes[-1]
        asked = (
            (words("registered as displaced"), note.registered),
            (words("file of displacement closed"), note.file_closed),
            (words("return registered"), note.return_registered),
            (words("card of the ministry"), note.q_card),
            (words("grant received"), note.received),
        )
        told = words.listed(
            words("{thing}: {count}", thing=what, count=words.label(YES_NO.name, answer))
            for what, answer in asked
            if answer
        )
        return words("The ministry's grant, as they said on {day}: {what}", day=note.on, what=isolate(told))

    def _plan(self, grant: str) -> None:
        if self.family is not None:
            points = self.family.beside.now.pay_points
            asking = askings.voucher(self.look, self.household, points, self.typed.emit, self._planned, grant=grant)
            self.ask(asking)

    def _planned(self, _: Any) -> None:
        self.say("good", self.words("The voucher is planned. Another person must approve it."))

    def _ask_ministry(self) -> None:
        piece = MinistryPart(self.look)
        self.ask(Asking(piece, lambda: (grants.note_ministry, self.household, piece.form()), self.say_saved))

    def _ask_need(self) -> None:
        piece = NeedPart(self.look)
        done = self.words("The reason is written down; other cash may be planned once.")
        acts = grants.give_reason, self.household
        self.ask(Asking(piece, lambda: (*acts, piece.reason.value()), lambda _: self.say("good", done)))

    def printable(self) -> Sequence[Act]:
        """The slip of answers."""
        return ((self.words("Their grants, and why"), self._print),) if self._why is not None else ()

    def _print(self) -> None:
        if self._why is not None and self.family is not None:
            own = language_of(self._why)
            words = self.words.in_language(own) if own is not None else self.words
            lines = self.family.beside.now.helplines
            slip = grants_slip(words, self._why, lines, practice=self.around.seat.practice)
            self.paper(Paper(self.words("Their grants, and why"), slip_pdf(slip, words)))


class VouchersPart(LinesPart):
    """Their vouchers, with instalments and how each stands."""

    name: ClassVar[str] = "voucherCard"
    reads: ClassVar[bool] = False

    def title(self) -> str:
        """The heading."""
        return self.words("Vouchers")

    def tell(self, family: Family) -> None:
        """A line for each voucher, planning, and the way to their list."""
        words = self.words
        acts: list[Act] = [(words("Plan a voucher"), self._plan)] if self.around.may(planning.plan) else []
        if family.beside.vouchers and self.around.may(planning.plan):
            acts.append((words("To the page of vouchers"), partial(self._to_list, family.beside.vouchers[0])))
        lines = [(file_rows.voucher_line(words, one), self._act(one)) for one in family.beside.vouchers]
        self.lines.tell(lines, acts, words("No voucher yet. What is due stands above; plan it there."))

    def _to_list(self, one: VoucherShown) -> None:
        self.around.go("vouchers", one.state)

    def _act(self, one: VoucherShown) -> Act | None:
        words = self.words
        if one.state in UNPAID and self.around.may(payees.reassign):
            return words("Another payee"), partial(self._ask_payee, one)
        if one.state == "PLANNED" and not one.own and self.around.may(approving.approve):
            return words("Approve"), partial(self.around.go, "approval", (one.id,))
        if one.state in PAYABLE and one.number and self.around.may(planning.plan):
            return words("Check and pay"), partial(self.around.go, "check", one.number)
        return None

    def _ask_payee(self, one: VoucherShown) -> None:
        if self.family is not None:
            part = PayeePart(self.look, self.family.file, one)
            acts = payees.reassign, one.id
            self.ask(Asking(part, lambda: (*acts, part.who.chosen), lambda _: self._planned()))

    def _plan(self) -> None:
        if self.family is not None:
            points = self.family.beside.now.pay_points
            self.ask(askings.voucher(self.look, self.household, points, self.typed.emit, lambda _: self._planned()))

    def _planned(self) -> None:
        self.say("good", self.words("The voucher is planned. Another person must approve it."))


def _money(view: View, household: str, *, reasons: bool) -> Money:
    return (
        entitlements.why(view, household),
        grants.ministry_notes(view, household),
        grants.reasons_of(view, household) if reasons else (),
    )
