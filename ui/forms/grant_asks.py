"""What is asked beside vouchers: why other cash is due, and what a family says of the ministry's own grant."""

from __future__ import annotations

from typing import Final

from helpdesk.assistance.grants.commands import SHORTEST_REASON, MinistryForm
from helpdesk.core.language import N_
from helpdesk.households.codes import YES_NO
from helpdesk.households.rules import NOTE_LENGTH
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.words import label

ASKED: Final = {
    "registered": N_("Are they registered as displaced?"),
    "file_closed": N_("Is their file of displacement closed?"),
    "return_registered": N_("Is their return registered?"),
    "q_card": N_("Do they hold the card of the ministry?"),
    "received": N_("Did they receive the ministry's grant?"),
}


class NeedPart(Part):
    """Why a supervisor wants other cash for a family."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Give a reason for other cash"), "need")
        words = self.words
        self.reason = NameEdit(look, "need.reason", longest=NOTE_LENGTH)
        self.add(label(words("Other cash may then be planned once. Supervisors can read the reason; it is never "
                             "printed.")))  # fmt: skip
        self.add(self.field("reason", words("Reason, in a sentence"), self.reason, required=True))
        self.reason.typed.connect(lambda text: self.keep("reason", text))

    def missing(self) -> list[Missing]:
        """A reason that says something."""
        if len(self.reason.value()) >= SHORTEST_REASON:
            return []
        return [Missing(self.words("a reason in a sentence"), self.reason)]


class MinistryPart(Part):
    """What a family says of the ministry's grant: each may be left open."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("The ministry's return grant"), "ministry")
        words = self.words
        self.add(label(words("Only noted, as the family says it. It is never ours to pay, and makes nothing due.")))
        self.rows: dict[str, ChoiceRow] = {}
        for name, asked in ASKED.items():
            row = self.rows[name] = ChoiceRow(look, f"ministry.{name}", words(asked), entries_of(look, YES_NO))
            row.changed.connect(lambda code, name=name: self.keep(name, code))
            self.add(self.field(name, words(asked), row))
        self.since = DayEdit(look, "ministry.on")
        self.since.typed.connect(lambda text: self.keep("received_on", text))
        self.add(self.field("received_on", words("Since when they have it, if they know"), self.since))

    def form(self) -> MinistryForm:
        """What was answered."""
        answers = {name: row.chosen for name, row in self.rows.items()}
        day = self.since.day() if answers["received"] == "Y" else None
        return MinistryForm(**answers, received_on=day)

    def missing(self) -> list[Missing]:
        """One answer at least."""
        if any(row.chosen for row in self.rows.values()):
            return []
        return [Missing(self.words("one of these"), next(iter(self.rows.values())))]
