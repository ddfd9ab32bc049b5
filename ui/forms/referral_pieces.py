"""Pieces that ask about referrals: a new one, what may be shared with which consent, the answer, the honest end.

Each is one card; whoever opens it saves what it gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.assistance.referrals import commands
from helpdesk.assistance.referrals.codes import ANSWERS, END, SHARED, URGENCY
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.rules import LONGEST_NEED, ReferralForm, ends_of
from helpdesk.assistance.services.codes import SECTOR
from helpdesk.assistance.services.directory import OfferShown
from helpdesk.core.language import isolate
from helpdesk.households.consent import consent_text
from helpdesk.households.forms import ConsentAnswer
from ui.forms.consent import ConsentPart
from ui.forms.part import Kept, Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import label


class OpenReferralPart(Part):
    """A referral is opened: sector, who of the directory offers it, what is asked, how soon."""

    def __init__(self, look: Look, offers: Sequence[OfferShown]) -> None:
        super().__init__(look, look.words("Refer this family"), "openReferral")
        words = self.words
        self._offers = offers
        self.sector = PickBox(look, "referral.sector", words("For what"), entries_of(look, SECTOR), numbered=False)
        self.offer = PickBox(look, "referral.offer", words("Who offers it here"), ())
        self.provider = NameEdit(look, "referral.provider")
        self.need = NameEdit(look, "referral.need", longest=LONGEST_NEED)
        self.urgency = ChoiceRow(look, "referral.urgency", words("How soon"), entries_of(look, URGENCY))
        self.add(self.field("sector", words("For what"), self.sector, required=True))
        self.add(
            self.field(
                "offer",
                words("Who offers it here"),
                self.offer,
                hint=words("From the directory of this place. Without a line, name the provider below."),
            )
        )
        self.add(self.field("provider", words("Provider"), self.provider))
        self.add(
            self.field(
                "need",
                words("What is asked of the provider"),
                self.need,
                required=True,
                hint=words("In a few words. Write nothing about what happened to somebody."),
            )
        )
        self.add(self.field("urgency", words("How soon"), self.urgency, required=True))  # fmt: skip
        self.add(label(words("After violence or abuse write nothing at all: print the list of services and give it."),
                       tone="careful"))  # fmt: skip
        self.sector.picked.connect(self._choose_sector)
        for name, edit in (("provider", self.provider), ("need", self.need)):
            edit.typed.connect(lambda text, name=name: self.keep(name, text))
        self.urgency.changed.connect(lambda code: self.keep("urgency", code))
        self.offer.picked.connect(lambda code: self.keep("offer", code))

    def _choose_sector(self, sector: str) -> None:
        self.offer.offer(
            [
                (one.id, f"{isolate(one.offer.provider)}  \u00b7  {isolate(one.offer.what)}")
                for one in self._offers
                if one.offer.sector == sector
            ]
        )
        self.keep("sector", sector)

    def show_kept(self, kept: Kept) -> None:
        """Show what was answered before."""
        with self.showing():
            self.sector.choose(kept("sector") or None)
            self._choose_sector(self.sector.chosen or "")
            self.offer.choose(kept("offer") or None)
            self.provider.setText(kept("provider"))
            self.need.setText(kept("need"))
            self.urgency.choose(kept("urgency") or None)

    def missing(self) -> list[Missing]:
        """Sector, need and urgency."""
        words = self.words
        found = []
        if self.sector.chosen is None:
            found.append(Missing(words("for what"), self.sector))
        if not self.need.value():
            found.append(Missing(words("what is asked of the provider"), self.need))
        if self.urgency.chosen is None:
            found.append(Missing(words("how soon"), self.urgency))
        return found

    def form(self, household: str) -> ReferralForm:
        """The referral as it is handed in."""
        return ReferralForm(
            household=household,
            sector=self.sector.chosen or "",
            need=self.need.value(),
            urgency=self.urgency.chosen or "",
            provider=self.provider.value(),
            offer=self.offer.chosen,
        )


class SendPart(Part):
    """What may be shared, and the family's consent to this one sharing; a refusal closes the referral."""

    def __init__(self, look: Look, referral: Referral) -> None:
        super().__init__(look, look.words("Send the referral"), "sendReferral")
        words = self.words
        self.provider = NameEdit(look, "send.provider")
        self.provider.setText(referral.provider)
        self.shared = TickGroup(look, "send.shared", words("What the provider is told"), entries_of(look, SHARED))
        self.consent = ConsentPart(look, consent_text, commands.PURPOSE, tally=False)
        self.add(self.field("provider", words("Provider"), self.provider, required=True))
        self.add(self.field("shared", words("What the provider is told"), self.shared, required=True,
                            hint=words("As little as the provider needs.")))  # fmt: skip
        self.add(self.consent)
        self.consent.agreed.connect(lambda _: self.keep("consent", ""))
        self.consent.answer.changed.connect(lambda _: self.changed.emit("consent", ""))
        self.shared.changed.connect(lambda _: self.changed.emit("shared", ""))
        self.provider.typed.connect(lambda _: self.changed.emit("provider", ""))

    @property
    def is_refused(self) -> bool:
        """Whether the family does not want to be named."""
        return self.consent.answer.chosen == "REFUSED"

    def missing(self) -> list[Missing]:
        """Consent, and unless it is refused the provider and what is shared."""
        words = self.words
        if self.is_refused:
            return []
        found = []
        if not self.provider.value():
            found.append(Missing(words("the provider"), self.provider))
        if not self.shared.ticked:
            found.append(Missing(words("what the provider is told"), self.shared))
        return [*found, *self.consent.missing()]

    def answer(self) -> ConsentAnswer:
        """The family's answer."""
        given = self.consent.consent()
        if given is None:
            raise RuntimeError("no answer")
        return given


class AnswerPart(Part):
    """What the provider said."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("The provider's answer"), "answerReferral")
        words = self.words
        self.status = ChoiceRow(
            look, "answer.status", words("Answer"), [(one, words.label("referral_status", one)) for one in ANSWERS],
            columns=3,
        )  # fmt: skip
        self.outcome = NameEdit(look, "answer.outcome", longest=LONGEST_NEED)
        self.add(self.field("status", words("Answer"), self.status, required=True))
        self.add(self.field("outcome", words("What was said"), self.outcome))
        self.status.changed.connect(lambda _: self.changed.emit("status", ""))

    def missing(self) -> list[Missing]:
        """The answer."""
        return [] if self.status.chosen else [Missing(self.words("the answer"), self.status)]


class ClosePart(Part):
    """How it ended, and that the family knows."""

    def __init__(self, look: Look, status: str) -> None:
        super().__init__(look, look.words("Close the referral"), "closeReferral")
        words = self.words
        ends = [(one, words.label(END.name, one)) for one in ends_of(status)]
        self.end = ChoiceRow(look, "close.end", words("How it ended"), ends, columns=2)
        self.told = ChoiceRow(
            look, "close.told", words("Does the family know?"), [("Y", words("Yes, it was told")), ("N", words("No"))]
        )
        self.add(self.field("end", words("How it ended"), self.end, required=True))
        self.add(
            self.field(
                "told",
                words("Does the family know?"),
                self.told,
                required=True,
                hint=words("Say it as it is: who was asked, what they said, and what else there is."),
            )
        )
        for row in (self.end, self.told):
            row.changed.connect(lambda _: self.changed.emit("end", ""))  # fmt: skip

    def missing(self) -> list[Missing]:
        """Both answers."""
        words = self.words
        asked = ((words("how it ended"), self.end), (words("whether the family knows"), self.told))
        return [Missing(what, row) for what, row in asked if row.chosen is None]
