"""Small pieces a family's file asks with: a witness for a withdrawal, a reason for a new card, a pay point, one person.

Each is one card with one or two fields; the page saves what they give.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpdesk.assistance.grants.codes import BY_DAYS, GRANT, IN_KIND
from helpdesk.desk.bundle import PayPoint
from helpdesk.households.codes import CARD_REASON
from helpdesk.households.documents import Person
from helpdesk.households.forms import MemberEntry
from ui.forms.filling import birth_typed
from ui.forms.member_line import MemberLine
from ui.forms.part import Missing, Part
from ui.forms.roster import sheet_header
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.words import label


class WithdrawPart(Part):
    """A consent is withdrawn: no reason is asked, a witness is."""

    def __init__(self, look: Look, purpose: str) -> None:
        super().__init__(look, look.words("Withdraw: {what}", what=purpose), "withdraw")
        words = self.words
        self.witness = NameEdit(look, "withdraw.witness")
        self.add(label(words("No reason is needed, there is no penalty, and they may change their mind at any time.")))
        self.add(self.field("witness", words("Witness"), self.witness, required=True))

    def missing(self) -> list[Missing]:
        """The witness."""
        return [] if self.witness.value() else [Missing(self.words("the witness"), self.witness)]


class NewCardPart(Part):
    """Why another card is issued; the one before becomes void."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("A new card"), "newCard")
        words = self.words
        self.reason = ChoiceRow(
            look, "card.reason", words("Why"), entries_of(look, CARD_REASON, [c for c in CARD_REASON if c != "FIRST"])
        )
        self.add(label(words("The card before becomes void as soon as this one is issued.")))
        self.add(self.field("reason", words("Why"), self.reason, required=True))

    def missing(self) -> list[Missing]:
        """The reason."""
        return [] if self.reason.chosen else [Missing(self.words("why a new card is issued"), self.reason)]


class PlanPart(Part):
    """A voucher is planned: which grant, and where it will be paid. The amount comes from the signed table."""

    def __init__(self, look: Look, points: Sequence[PayPoint]) -> None:
        super().__init__(look, look.words("Plan a voucher"), "planVoucher")
        words = self.words
        planned = [code for code in GRANT if code not in (BY_DAYS, IN_KIND)]
        self.grant = ChoiceRow(look, "grant", words("Grant"), entries_of(look, GRANT, planned), columns=4)
        self.point = ChoiceRow(
            look, "payPoint", words("Where it will be paid"), [(str(point.number), point.name) for point in points],
            columns=3,
        )  # fmt: skip
        if len(points) == 1:
            self.point.choose(str(points[0].number))
        self.add(label(words("The amount follows from the size of the family and the table in force.")))
        self.add(self.field("grant", words("Grant"), self.grant, required=True))
        self.add(self.field("pay_point", words("Where it will be paid"), self.point, required=True))

    def missing(self) -> list[Missing]:
        """Grant and pay point."""
        words = self.words
        asked = ((words("the grant"), self.grant), (words("where it will be paid"), self.point))
        return [Missing(what, row) for what, row in asked if row.chosen is None]


class PersonPart(Part):
    """One line of the roster, to be corrected; the line before stays in the history."""

    def __init__(self, look: Look, person: Person, day: date) -> None:
        super().__init__(look, look.words("Correct {name}", name=person.given_name), "correct")
        self.line = MemberLine(look, day)
        self.line.set_place(0)
        self.line.remove.hide()
        self._person = person
        told = birth_typed(person.birth_date, person.birth_precision)
        entry = MemberEntry(
            person.given_name, person.father_name, person.grandfather_name, person.family_name, person.sex,
            person.birth_date, person.birth_precision, person.relation, person.presence,
        )  # fmt: skip
        self.line.show_person(entry, told)
        self._told = told
        self.inside.addLayout(sheet_header(look, lines_go=False))
        self.add(self.line)

    def entry(self) -> MemberEntry | None:
        """The corrected line; a birth nobody touched keeps its day and precision."""
        entry = self.line.entry()
        if entry is None or self.line.birth.value() != self._told:
            return entry
        person = self._person
        return MemberEntry(
            entry.given_name, entry.father_name, entry.grandfather_name, entry.family_name, entry.sex,
            person.birth_date, person.birth_precision, entry.relation, entry.presence,
            birth_as_told=person.birth_as_told,
        )  # fmt: skip

    def missing(self) -> list[Missing]:
        """What the line lacks."""
        lacking = self.line.lacks()
        return [] if lacking is None else [Missing(lacking.accessibleName(), lacking)]
