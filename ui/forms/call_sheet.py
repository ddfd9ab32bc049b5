"""One call as a form: whom to call, what was tried, "safe to talk?" first, the questions, and how it ended.

It saves nothing. Numbers and names stay closed until a key opens them; ending the call is always one key away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from helpdesk.assistance.referrals import queries as referrals
from helpdesk.assistance.referrals import rules as referral_rules
from helpdesk.assistance.referrals.codes import OFF_LISTS, STATUS
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services.codes import SECTOR
from helpdesk.assistance.services.directory import OfferShown, directory
from helpdesk.casework.calling import Told
from helpdesk.core.clock import read_instant
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, phone_shown
from helpdesk.desk.commands import View
from helpdesk.households.codes import SPOKEN
from helpdesk.journey.monitoring import queries
from helpdesk.journey.monitoring.codes import LACKS, RESULT, ROUND, STANDING, WHOM
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.journey.monitoring.queries import CallSheet
from ui.forms.call_questions import CallQuestions
from ui.forms.call_referral import CallReferral
from ui.forms.part import Kept, Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.closed import ClosedRows
from ui.widgets.day import DayEdit
from ui.widgets.reading import Rows
from ui.widgets.words import button, label

DOT: Final = "  \u00b7  "
YES, NO = "Y", "N"
_REACHED: Final = ("DONE", "PARTIAL", "PROXY")
_SPOKE_HERSELF: Final = ("DONE", "PARTIAL")
"""Somebody of the family itself was reached: only then a referral is opened or its end told."""


@dataclass(frozen=True)
class OneCall:
    """What is read for one call: its sheet, the family's referrals whose end it was not told yet, the directory."""

    sheet: CallSheet
    to_tell: tuple[tuple[str, Referral], ...]
    offers: tuple[OfferShown, ...] = ()


def one_call(view: View, household: str, round_: str) -> OneCall:
    """Everything for one call. Raises what queries.call_sheet raises."""
    found = referrals.referrals_of(view, household)
    waiting = tuple(
        (one, referral)
        for one, referral in found
        if referral.status in ("SERVED", "DECLINED", "NOCAP") and referral.sector not in OFF_LISTS
    )
    return OneCall(queries.call_sheet(view, household, round_), waiting, directory(view))


class CallPart(Part):
    """Opened with one call. ``moved``: the page's main action may have changed; ``ended``: the call was ended."""

    moved = Signal()
    ended = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "call")
        words = self.words
        self.call: OneCall | None = None
        self.head = label("", role="head", name="callHead")
        self.facts = Rows(look, name="callFacts")
        self.closed = ClosedRows(look, "callWhom", words("whom to call, and the numbers"))
        self.tried = label("", role="quiet", name="callTried")
        self.number = ChoiceRow(look, "callNumber", words("Which number is called"), ())
        self.safe = ChoiceRow(
            look, "safeToTalk", words("Is it safe to talk now?"), [(YES, words("Yes")), (NO, words("No"))]
        )
        self.end = button(words("End the call (F7)"), look, self.end_call, kind="stop", name="endCall")
        """Placed by the page where it is always seen."""
        self.questions = CallQuestions(look)
        self.referral = CallReferral(look)
        self.result = ChoiceRow(look, "callResult", words("How it ended"), entries_of(look, RESULT), columns=3)
        self.again = DayEdit(look, "callAgain")
        for widget in (self.head, self.facts, self.closed, self.tried):
            self.add(widget)
        self._number_place = QHBoxLayout()
        self.inside.addLayout(self._number_place)
        self.add(
            self.field(
                "safe_to_talk", words("Is it safe to talk now?"), self.safe, required=True,
                hint=words("Say neither where they lived nor for whom you call before this."),
            )
        )  # fmt: skip
        self.add(self.questions)
        self._told_place = QHBoxLayout()
        self.inside.addLayout(self._told_place)
        self.add(self.referral)
        self.add(self.field("result", words("How it ended"), self.result, required=True))
        self.again_field = self.field("callback_on", words("Call again on"), self.again)
        self.add(self.again_field)
        leave = QHBoxLayout()
        leave.addWidget(button(words("Leave without recording"), look, self.forget, kind="link", name="callLeave"))
        leave.addStretch(1)
        self.inside.addLayout(leave)
        self._tells: TickGroup | None = None
        self._connect()
        self.hide()

    def _connect(self) -> None:
        self.safe.changed.connect(lambda _: self._move())
        self.result.changed.connect(lambda _: self._move())
        self.again.typed.connect(lambda _: self.moved.emit())
        self.questions.changed.connect(self.keep)
        self.questions.changed.connect(lambda *_: self.moved.emit())
        self.referral.changed.connect(self.keep)
        self.referral.changed.connect(lambda *_: self.moved.emit())

    # showing

    def show_call(self, call: OneCall, kept: Kept) -> None:
        """Begin a call, with what was typed before the power went."""
        words, sheet = self.words, call.sheet
        self.call = call
        number = isolate_ltr(household_number_shown(sheet.number))
        self.head.setText(DOT.join((number, words.label(ROUND.name, sheet.round))))
        self.facts.show_rows(self._facts(sheet))
        self.closed.tell(self._whom(sheet))
        tried = [
            DOT.join((words.date(one.on), words.label(WHOM.name, one.whom), words.label(RESULT.name, one.result)))
            for one in sheet.attempts
        ]
        self.tried.setText("\n".join(tried) or words("Nobody tried yet."))
        self._offer_numbers(sheet)
        self._offer_told(call)
        with self.showing():
            self.questions.know(sheet.earlier)
            self.questions.show_kept(kept, sheet.call.answers if sheet.call is not None else {})
            self.referral.begin(call.offers, kept)
            self.safe.choose(None)
            self.result.choose(None)
            self.again.clear()
        self.show()
        self._move()
        self.closed.toggle.setFocus()

    def _facts(self, sheet: CallSheet) -> list[tuple[str, str | None]]:
        words = self.words
        lacks = words.label(LACKS.name, sheet.lacks) if sheet.lacks is not None else words("nothing")
        return [
            (words("Stands"), words.label(STANDING.name, sheet.standing)),
            (words("Due"), words.date(sheet.due)),
            (words("Speaks"), words.label(SPOKEN.name, sheet.spoken)),
            (words("Agreed to be called"), words("yes") if sheet.consented else words("no: do not call")),
            (words("To try before they are given up"), lacks),
        ]

    def _whom(self, sheet: CallSheet) -> list[tuple[str, str | None]]:
        words = self.words
        rows: list[tuple[str, str | None]] = []
        if sheet.principal is not None:
            rows.append((words("Ask for"), isolate(sheet.principal.full_name)))
        for place, phone in enumerate(sheet.phones, start=1):
            more = [isolate_ltr(phone_shown(phone.number)), isolate(phone.owner) if phone.owner else "", phone.hours]
            if phone.voicemail is not None:
                more.append(words("voice mail allowed") if phone.voicemail else words("leave no voice mail"))
            rows.append((words("Number {n}", n=place), DOT.join(part for part in more if part)))
        if sheet.contact is not None:
            contact = [isolate(sheet.contact.name), isolate(sheet.contact.relation) if sheet.contact.relation else "",
                       isolate_ltr(phone_shown(sheet.contact.phone))]  # fmt: skip
            rows.append((words("The relative they named"), DOT.join(part for part in contact if part)))
        return rows

    def _offer_numbers(self, sheet: CallSheet) -> None:
        words = self.words
        entries = [(f"OWN:{one}", words("Number {n}", n=n)) for n, one in enumerate(sheet.numbers, start=1)]
        if sheet.contact is not None:
            entries.append((f"OTHER:{sheet.contact.phone}", words("The relative")))
        while (item := self._number_place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        title = words("Which number is called")
        if not entries:
            self.number = ChoiceRow(self.look, "callNumber", title, ())
            none = words("No number may be called: none was called safe, or all were tried in vain.")
            self._number_place.addWidget(label(none, tone="careful", name="noNumber"))
            return
        self.number = ChoiceRow(self.look, "callNumber", title, entries)
        if len(entries) == 1:
            self.number.choose(entries[0][0])
        self.number.changed.connect(lambda _: self._move())
        self._number_place.addWidget(self.field("number", title, self.number, required=True))

    def _offer_told(self, call: OneCall) -> None:
        words = self.words
        while (item := self._told_place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        self._tells = None
        entries = [
            (one, DOT.join((words.label(SECTOR.name, referral.sector), words.label(STATUS.name, referral.status))))
            for one, referral in call.to_tell
        ]
        if entries:
            title = words("Told how these ended")
            self._tells = TickGroup(self.look, "callTold", title, entries, columns=1)
            self._told_place.addWidget(self.field("told", title, self._tells))

    def _move(self) -> None:
        talking = self.safe.chosen == YES and self.result.chosen not in ("UNSAFE", "REFUSED")
        self.questions.setVisible(talking)
        self.questions.ask_relative(self.is_relative)
        self.referral.setVisible(talking and not self.is_relative)
        if not talking:
            self.questions.block.close_questions()
        if self.safe.chosen == NO and self.result.chosen is None:
            self.result.choose("UNSAFE")
        self.again_field.setVisible(self.result.chosen in ("CALLBACK", "NOANS", "OFF"))
        for tells in (self._tells,):
            if tells is not None:
                self.fields["told"].setVisible(talking)
        self.moved.emit()

    # ending

    def end_call(self) -> None:
        """F7: nothing of the call is seen any more; what was answered so far is kept, to be recorded."""
        if self.call is None:
            return
        self.closed.close_rows()
        self.questions.block.close_questions()
        self.questions.hide()
        answered = self.safe.chosen == YES and bool(self.questions.answers(relative=self.is_relative))
        self.result.choose(("PROXY" if self.is_relative else "PARTIAL") if answered else "UNSAFE")
        self.result.button(self.result.chosen or "UNSAFE").setFocus()
        self.moved.emit()
        self.ended.emit()

    def forget(self) -> None:
        """No call is open any more."""
        self.call = None
        self.closed.tell(())
        self.questions.block.close_questions()
        self.hide()
        self.moved.emit()

    # answers

    @property
    def is_relative(self) -> bool:
        """Whether the relative is called."""
        return (self.number.chosen or "").startswith("OTHER")

    def missing(self) -> list[Missing]:
        """What must be said before it is recorded."""
        words = self.words
        found = []
        if self.number.chosen is None:
            found.append(Missing(words("which number was called"), self.number))
        if self.result.chosen is None:
            found.append(Missing(words("how it ended"), self.result))
        elif self.result.chosen in _REACHED:
            if self.safe.chosen != YES:
                found.append(Missing(words("whether it is safe to talk"), self.safe))
            elif not self.questions.answers(relative=self.is_relative):
                found.append(Missing(words("at least one answer"), self.questions))
            if self.result.chosen in _SPOKE_HERSELF:
                found += self.referral.missing()
        if self.again.is_wrong():
            found.append(Missing(words("the day on which to call again"), self.again))
        return found

    def form(self) -> CallForm:
        """The attempt as it is handed in."""
        if self.call is None or self.number.chosen is None or self.result.chosen is None:
            raise RuntimeError("no call")
        whom, _, number = self.number.chosen.partition(":")
        reached = self.result.chosen in _REACHED
        return CallForm(
            household=self.call.sheet.household,
            round=self.call.sheet.round,
            number=number,
            whom=whom,
            result=self.result.chosen,
            safe_to_talk=self.safe.chosen == YES,
            answers=self.questions.answers(relative=self.is_relative) if reached else {},
            still=self.questions.confirmed(relative=self.is_relative) if reached else (),
            sealed=self.questions.sealed.ticked if reached else (),
            callback_on=self.again.day() if self.again_field.isVisibleTo(self) else None,
        )

    def opened(self) -> tuple[ReferralForm, ...]:
        """The referral that was asked for; none where nobody of the family itself was reached."""
        if self.call is None or self.result.chosen not in _SPOKE_HERSELF:
            return ()
        return self.referral.forms(self.call.sheet.household)

    @property
    def leaves_referral(self) -> bool:
        """Whether a referral was begun that this call cannot open."""
        return self.referral.part is not None and not self.opened()

    def told_ends(self) -> tuple[Told, ...]:
        """The referrals whose end was told, each with the end that its answer means."""
        if self.call is None or self._tells is None or self.result.chosen not in _SPOKE_HERSELF:
            return ()
        status = {one: referral.status for one, referral in self.call.to_tell}
        return tuple(Told(one, referral_rules.ends_of(status[one])[0]) for one in self._tells.ticked)


def due_shown(look: Look, instant: str) -> str:
    """The instant by which a task must be done, in the desk's own time."""
    at = read_instant(instant).astimezone()
    return DOT.join((look.words.date(at.date()), isolate_ltr(look.words.digits(f"{at:%H:%M}"))))
