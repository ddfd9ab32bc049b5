"""What a family was given and promised, and its referrals, in its file: each step is one key away.

Referrals of protection are shown only to whom the core tells them, and stay closed until a key opens them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals import queries as referral_queries
from helpdesk.assistance.referrals.codes import END, OFF_LISTS, STATUS
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.queries import ReferralShown
from helpdesk.assistance.services import commands as services
from helpdesk.assistance.services import directory, queries
from helpdesk.assistance.services.codes import ITEM, SECTOR
from helpdesk.assistance.services.codes import OFF_LISTS as OFF_LIST_ITEMS
from helpdesk.assistance.services.codes import STATUS as SERVICE_STATUS
from helpdesk.assistance.services.directory import OfferShown
from helpdesk.assistance.services.documents import Delivery
from helpdesk.core.language import isolate
from helpdesk.desk.commands import View
from helpdesk.households.documents import PlaceAnswer
from ui.forms.call_papers import closing_paper, referral_paper
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act, Lines
from ui.forms.file_part import FilePart
from ui.forms.part import Part
from ui.forms.referral_pieces import AnswerPart, ClosePart, OpenReferralPart, SendPart
from ui.forms.service_pieces import DeliveryPart, ProgressPart
from ui.widgets.closed import ClosedRows

DOT = "  \u00b7  "


@dataclass(frozen=True)
class ReferralsShown:
    """A family's referrals, and the directory of where it lives."""

    referrals: tuple[tuple[str, Referral], ...]
    offers: tuple[OfferShown, ...]


@dataclass(frozen=True)
class SlipRead:
    """One referral for its paper, and what the directory has for the same need."""

    shown: ReferralShown
    offers: tuple[OfferShown, ...]


def referrals_shown(view: View, household: str) -> ReferralsShown:
    """What the part shows."""
    return ReferralsShown(referral_queries.referrals_of(view, household), directory.directory(view))


def slip_read(view: View, referral: str) -> SlipRead:
    """What a referral's paper needs."""
    shown = referral_queries.referral_shown(view, referral)
    return SlipRead(shown, directory.directory(view, shown.place, shown.referral.sector))


class ReferralsPart(FilePart):
    """The family's referrals."""

    name: ClassVar[str] = "referralsPart"
    shows: ClassVar[frozenset[str]] = frozenset({"referral", "offer", "consent"})

    def title(self) -> str:
        """The heading."""
        return self.words("Referrals")

    def build(self) -> None:
        """Open lines, closed lines, acts."""
        self._shown: ReferralsShown | None = None
        self.lines = Lines(self.look, "referralLines")
        self.closed = ClosedRows(self.look, "referralClosed", self.words("referrals nobody else should see"))
        self.closed_acts = Lines(self.look, "referralActs")
        for widget in (self.lines, self.closed, self.closed_acts):
            self.add(widget)
        self.closed.opened.connect(self._offer_closed)

    def refresh(self) -> None:
        """Read again."""
        self.read(referrals_shown, self.household, then=self._show, newest="referrals")

    def _show(self, shown: ReferralsShown) -> None:
        self._shown = shown
        words = self.words
        open_ones = [one for one in shown.referrals if one[1].sector not in OFF_LISTS]
        hidden = [one for one in shown.referrals if one[1].sector in OFF_LISTS]
        acts: list[Act] = []
        if self.around.may(referrals.open_):
            acts.append((words("Refer this family"), self._ask_open))
        self.lines.tell([(self._line(r), self._act(one, r)) for one, r in open_ones], acts, words("No referral yet."))
        self.closed.tell([(words.label(SECTOR.name, r.sector), self._line(r)) for _, r in hidden])
        self.closed.setVisible(bool(hidden))
        self.closed_acts.tell([])

    def _offer_closed(self) -> None:
        # acts of closed referrals come with the key that opens them, and name no sector
        hidden = [one for one in self._shown.referrals if one[1].sector in OFF_LISTS] if self._shown else []
        words = self.words
        lines = [(words("Closed referral {n}", n=n), self._act(one, r)) for n, (one, r) in enumerate(hidden, start=1)]
        self.closed_acts.tell(lines)

    def _line(self, referral: Referral) -> str:
        words = self.words
        parts = [
            words.label(SECTOR.name, referral.sector) if referral.sector not in OFF_LISTS else "",
            isolate(referral.provider) if referral.provider else "",
            words.label(STATUS.name, referral.status),
            words.label(END.name, referral.end) if referral.end else "",
            words("answer due by {day}", day=referral.due) if referral.status in ("DRAFT", "SENT") else "",
        ]
        return DOT.join(part for part in parts if part)

    def _act(self, referral_id: str, referral: Referral) -> Act | None:
        words, status = self.words, referral.status
        if status == "DRAFT":
            return words("Send"), partial(self._ask_send, referral_id, referral)
        if status in ("SENT", "ACCEPTED"):
            return words("Answer"), partial(self._ask_answer, referral_id)
        if status == "CLOSED":
            return words("Print how it ended"), partial(self._print, referral_id)
        return words("Close"), partial(self._ask_close, referral_id, status)

    # asking

    def _asks(self, part: Part) -> None:
        part.changed.connect(lambda *_: self.typed.emit())

    def _ask_open(self) -> None:
        part = OpenReferralPart(self.look, self._shown.offers if self._shown is not None else ())
        self._asks(part)
        self.ask(Asking(part, lambda: (referrals.open_, part.form(self.household)), self.say_saved))

    def _ask_send(self, referral_id: str, referral: Referral) -> None:
        part = SendPart(self.look, referral)
        self._asks(part)

        def acts() -> tuple[object, ...]:
            if part.is_refused:
                return referrals.refuse_sharing, referral_id, part.answer()
            return referrals.send, referral_id, part.shared.ticked, part.answer(), part.provider.value()

        self.ask(Asking(part, acts, lambda _: self._print(referral_id)))

    def _ask_answer(self, referral_id: str) -> None:
        part = AnswerPart(self.look)
        self._asks(part)
        outcome = part.outcome
        self.ask(
            Asking(part, lambda: (referrals.answer, referral_id, part.status.chosen, outcome.value()), self.say_saved)
        )

    def _ask_close(self, referral_id: str, status: str) -> None:
        part = ClosePart(self.look, status)
        self._asks(part)
        self.ask(
            Asking(
                part,
                lambda: (referrals.close, referral_id, part.end.chosen, part.told.chosen == "Y"),
                lambda _: self._print(referral_id),
            )
        )

    def _print(self, referral_id: str) -> None:
        self.read(slip_read, referral_id, then=self._show_paper, newest="slip")

    def _show_paper(self, read: SlipRead) -> None:
        if self.family is None:
            return
        words, practice, now = self.words, self.around.seat.practice, self.family.beside.now
        if read.shown.referral.status == "CLOSED":
            offers = [one.offer for one in read.offers]
            self.paper(closing_paper(words, read.shown, offers, now, practice=practice))
        else:
            self.paper(referral_paper(words, read.shown, self._named, now, practice=practice))

    def _named(self, place: str) -> str:
        return self.family.places.name(PlaceAnswer(place)) if self.family is not None else ""

    def printable(self) -> Sequence[Act]:
        """The slips of referrals that were sent or closed."""
        if self._shown is None:
            return ()
        return [
            (self.words("Referral to {provider}", provider=isolate(r.provider)), partial(self._print, one))
            for one, r in self._shown.referrals
            if (r.sent_on is not None or r.status == "CLOSED") and r.sector not in OFF_LISTS
        ]


class ServicesPart(FilePart):
    """What the family was given and promised."""

    name: ClassVar[str] = "servicesPart"
    shows: ClassVar[frozenset[str]] = frozenset({"delivery"})

    def title(self) -> str:
        """The heading."""
        return self.words("Services")

    def build(self) -> None:
        """Lines, closed lines."""
        self.lines = Lines(self.look, "serviceLines")
        self.closed = ClosedRows(self.look, "serviceClosed", self.words("services nobody else should see"))
        self.add(self.lines)
        self.add(self.closed)

    def refresh(self) -> None:
        """Read again."""
        self.read(queries.deliveries_of, self.household, then=self._show, newest="services")

    def _show(self, found: Sequence[tuple[str, Delivery]]) -> None:
        words = self.words
        lines: list[tuple[str, Act | None]] = []
        for one, delivery in found:
            if delivery.item in OFF_LIST_ITEMS:
                continue
            is_open = delivery.status in ("PLANNED", "STARTED") and self.around.may(services.progress)
            act: Act | None = (words("Go on"), partial(self._ask_progress, one, delivery)) if is_open else None
            lines.append((self._line(delivery), act))
        acts: list[Act] = []
        if self.around.may(services.deliver):
            acts.append((words("Record a service"), self._ask_delivery))
        self.lines.tell(lines, acts, words("No service yet."))
        hidden = [delivery for _, delivery in found if delivery.item in OFF_LIST_ITEMS]
        self.closed.tell([(words.label(ITEM.name, one.item), self._line(one)) for one in hidden])
        self.closed.setVisible(bool(hidden))

    def _line(self, one: Delivery) -> str:
        words = self.words
        day = one.completed_on or one.started_on or one.planned_on
        parts = [
            words.label(ITEM.name, one.item),
            isolate(one.provider),
            words.label(SERVICE_STATUS.name, one.status),
            words.date(day) if day is not None else "",
        ]
        return DOT.join(part for part in parts if part)

    def _ask_delivery(self) -> None:
        if self.family is None:
            return
        part = DeliveryPart(self.look, self.household, self.family.places)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (services.deliver, part.delivery()), self.say_saved))

    def _ask_progress(self, delivery_id: str, delivery: Delivery) -> None:
        part = ProgressPart(self.look, delivery)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(
            Asking(
                part,
                lambda: (services.progress, delivery_id, part.started.day(), part.completed.day()),
                self.say_saved,
            )
        )
