"""Small pieces about a case: why it waits, when it is looked at again, how a family left, who accompanies it, a waiver.

They give codes, days and reasons; nothing is saved here and no reason is asked of a family that withdraws or waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpdesk.core.codes import CodeList
from helpdesk.journey.cases.codes import FOLLOW_UP_ACTION, HOLD_REASON, SAFEGUARD, SETTLED, UNFACILITATED
from helpdesk.journey.cases.waiving import SHORTEST_REASON
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.words import label


class CodeAndDayPart(Part):
    """One code of a list, or none at all, and a day: what most acts on a case ask."""

    def __init__(
        self,
        look: Look,
        name: str,
        heading: str,
        sentence: str,
        *,
        codes: CodeList | None = None,
        asked: str = "",
        day: str = "",
        day_required: bool = False,
        show_day: date | None = None,
    ) -> None:
        super().__init__(look, heading, name)
        self._day_required = day_required
        self.code = ChoiceRow(look, f"{name}.code", asked, entries_of(look, codes) if codes else (), columns=3)
        self.day = DayEdit(look, f"{name}.day")
        self.add(label(sentence))
        if codes is not None:
            self.add(self.field("code", asked, self.code, required=True))
            self.code.changed.connect(lambda chosen: self.keep("code", chosen))
        else:
            self.code.hide()
            self.code.setParent(None)
        self._asks_code = codes is not None
        if day:
            self.add(self.field("day", day, self.day, required=day_required))
            self.day.setAccessibleName(day)
            self.day.told.connect(self.fields["day"].say)
            self.day.typed.connect(lambda text: self.keep("day", text))
            self.day.show_day(show_day)
        else:
            self.day.hide()
            self.day.setParent(None)

    def missing(self) -> list[Missing]:
        """The code, and the day where one must be said."""
        words = self.words
        if self._asks_code and self.code.chosen is None:
            return [Missing(words("one of these"), self.code)]
        if self.day.is_wrong() or (self._day_required and self.day.day() is None):
            return [Missing(words("a whole day"), self.day)]
        return []


def hold_piece(look: Look) -> CodeAndDayPart:
    """The family waits for now."""
    words = look.words
    return CodeAndDayPart(
        look, "hold", words("Wait for now"), words("Nothing is lost: it goes on from here once it is taken up again."),
        codes=HOLD_REASON, asked=words("Why it waits"), day=words("Day to look again"),
    )  # fmt: skip


def review_piece(look: Look, heading: str, sentence: str, offered: date) -> CodeAndDayPart:
    """Another way, with a day to look again; no reason is asked."""
    return CodeAndDayPart(
        look, "review", heading, sentence, day=look.words("Day to look again"), day_required=True, show_day=offered
    )


def log_piece(look: Look) -> CodeAndDayPart:
    """What was done for a family that is followed up or stays."""
    words = look.words
    return CodeAndDayPart(
        look, "followUp", words("What was done"), words("Write down what was done, never why it was needed."),
        codes=FOLLOW_UP_ACTION, asked=words("What was done"), day=words("Day to look again"),
    )  # fmt: skip


def left_piece(look: Look, today: date) -> CodeAndDayPart:
    """The family left without the programme."""
    words = look.words
    return CodeAndDayPart(
        look, "leftAlone", words("Left on their own"),
        words("It is a fact and no fault. Arrival services and calls stay open to them."),
        codes=UNFACILITATED, asked=words("How they came to leave"), day=words("Day they left"), day_required=True,
        show_day=today,
    )  # fmt: skip


class ReasonPart(Part):
    """A reason in words that another person will read; with it perhaps a choice."""

    def __init__(
        self, look: Look, name: str, heading: str, sentence: str, *, codes: CodeList | None = None, asked: str = ""
    ) -> None:
        super().__init__(look, heading, name)
        words = self.words
        self.reason = NameEdit(look, f"{name}.reason", longest=300)
        self.choice: ChoiceRow | None = None
        self.add(label(sentence))
        if codes is not None:
            self.choice = ChoiceRow(look, f"{name}.choice", asked, entries_of(look, codes))
            self.add(self.field("result", asked, self.choice, required=True))
            self.choice.changed.connect(lambda chosen: self.keep("choice", chosen))
        self.add(self.field("reason", words("Reason, in a sentence"), self.reason, required=True))
        self.reason.typed.connect(lambda text: self.keep("reason", text))

    def missing(self) -> list[Missing]:
        """The choice where there is one, and a reason that says something."""
        words = self.words
        if self.choice is not None and self.choice.chosen is None:
            return [Missing(words("one of these"), self.choice)]
        if len(self.reason.value()) < SHORTEST_REASON:
            return [Missing(words("a reason in a sentence"), self.reason)]
        return []


def waiver_piece(look: Look, safeguard: str) -> ReasonPart:
    """One condition is waived for one family: a reason, and then a second person."""
    words = look.words
    return ReasonPart(
        look, "waiver", words("Propose a waiver: {what}", what=words.label(SAFEGUARD.name, safeguard)),
        words("It holds once another person confirms it. Both names stay with it, and the reason can be read."),
    )  # fmt: skip


def settle_piece(look: Look) -> ReasonPart:
    """What a supervisor decides about a departure against the rules."""
    words = look.words
    return ReasonPart(
        look, "settle", words("Settle the incident"),
        words("The departure stays written down either way; this decides whether it counts as facilitated."),
        codes=SETTLED, asked=words("The departure was"),
    )  # fmt: skip


class CaseworkerPart(Part):
    """Who accompanies the family."""

    def __init__(self, look: Look, people: Sequence[tuple[str, str]], chosen: str | None) -> None:
        super().__init__(look, look.words("Who accompanies the family"), "caseworker")
        words = self.words
        self.who = ChoiceRow(
            look, "caseworker.who", words("Caseworker"), [*people, ("", words("nobody"))], columns=4
        )  # fmt: skip
        self.who.choose(chosen or "")
        self.add(self.field("caseworker", words("Caseworker"), self.who, required=True))
        self.who.changed.connect(lambda code: self.keep("who", code))
