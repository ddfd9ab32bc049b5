"""Pieces that mend a family's own lines: how to reach it and where it lives, who holds the card, who was forgotten.

Each begins from what is written and hands over all of it again; a line nobody touched stays exactly as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from PySide6.QtWidgets import QWidget

from helpdesk.core.dates import age_on
from helpdesk.core.numbers import phone_shown
from helpdesk.households.correcting import HouseholdCorrection, correction_of
from helpdesk.households.documents import Household, OtherContact, Person, Phone, PlaceAnswer
from helpdesk.households.forms import MemberEntry
from helpdesk.households.queries import HouseholdFile
from helpdesk.households.rules import ADULT
from ui.forms.contact import PHONES, ContactPart
from ui.forms.member_line import MemberLine
from ui.forms.part import Missing, Part
from ui.forms.places import Places, kept_answer, kept_of
from ui.forms.roster import offered_names, sheet_header
from ui.theme import Look
from ui.widgets.pick import PickBox
from ui.widgets.words import label


class ReachPart(ContactPart):
    """Phones, contact, site and shelter as they stand, to be corrected."""

    def __init__(self, look: Look, places: Places, household: Household) -> None:
        super().__init__(look, places)
        self._household = household
        self.know_population(household.population)
        kept = _kept(household)
        self.show_kept(lambda name: kept.get(name, ""))

    def correction(self) -> HouseholdCorrection:
        """The household with these lines mended and every other one as it is."""
        return msgspec.structs.replace(
            correction_of(self._household),
            phones=self._phones_now(),
            no_phone=self.has_no_phone(),
            contact=self.other(),
            site=self._site_now(),
            shelter=self.shelter.value(),
        )

    def _phones_now(self) -> tuple[Phone, ...]:
        # whose a phone is, and those beyond the fields of this form, are not asked here and stay
        known = {phone.number: phone for phone in self._household.phones}
        shown = [known.get(phone.number, phone) for phone in self.numbers()]
        return tuple(dict.fromkeys((*shown, *self._household.phones[PHONES:])))

    def _site_now(self) -> PlaceAnswer | None:
        before = self._household.site
        return before if kept_of(self.site.value()) == kept_answer(before) else self.where()


def _kept(household: Household) -> Mapping[str, str]:
    contact = household.contact or OtherContact("")
    kept = {f"phone.{n}": phone_shown(phone.number) for n, phone in enumerate(household.phones[:PHONES])}
    return kept | {
        "no_phone": "1" if household.no_phone else "",
        "contact.name": contact.name,
        "contact.relation": contact.relation,
        "contact.place": contact.place,
        "contact.phone": phone_shown(contact.phone) if contact.phone else "",
        "site": kept_answer(household.site),
        "shelter": household.shelter,
    }


class HolderPart(Part):
    """In whose name the card is, and who else may come with it."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Who holds the card"), "holder")
        words = self.words
        self._household = file.household
        people = file.persons
        grown = [one for one, person in people.items() if age_on(person.birth_date, file.day) >= ADULT]
        self.principal = self._box("principal", words("The card is in the name of"), people, tuple(people))
        self.alternate = self._box("alternate", words("Who else may come with it"), people, grown)
        self.principal.choose(file.household.principal)
        self.alternate.choose(file.household.alternate)
        if file.card is not None:
            self.add(label(words("The card in the family's hands still shows the names before. Issue a new one after."),
                           role="quiet"))  # fmt: skip
        self.add(self.field("principal", self.principal.accessibleName(), self.principal, required=True))
        self.add(self.field("alternate", self.alternate.accessibleName(), self.alternate))

    def _box(self, name: str, title: str, people: Mapping[str, Person], among: Sequence[str]) -> PickBox:
        names = [(one, f"{people[one].given_name} {people[one].father_name}") for one in among]
        return PickBox(self.look, name, title, names, numbered=False)

    def correction(self) -> HouseholdCorrection:
        """The household with its card holders as chosen here."""
        return msgspec.structs.replace(
            correction_of(self._household),
            principal=self.principal.chosen or "",
            alternate=self.alternate.chosen,
        )

    @property
    def changed_names(self) -> bool:
        """Whether a card printed before shows other names."""
        before = (self._household.principal, self._household.alternate)
        return (self.principal.chosen, self.alternate.chosen) != before

    def missing(self) -> list[Missing]:
        """The holder."""
        found = [] if self.principal.chosen else [Missing(self.words("in whose name the card is"), self.principal)]
        if self.principal.chosen and self.principal.chosen == self.alternate.chosen:
            found.append(Missing(self.words("somebody else than the holder"), self.alternate))
        return found


class ForgottenPart(Part):
    """A person who belongs to the family and was not written down."""

    def __init__(self, look: Look, head: Person, day: date) -> None:
        super().__init__(look, look.words("A person who was forgotten"), "forgotten")
        self.line = MemberLine(look, day)
        self.line.set_place(0)
        self.line.remove.hide()
        self._head = head
        self.add(
            label(
                look.words(
                    "Somebody who belonged to the family all along. The size on the card changes with a new card."
                ),
                role="quiet",
            )
        )
        self.inside.addLayout(sheet_header(look, lines_go=False))
        self.add(self.line)
        self.line.related.connect(self._offer)

    def _offer(self) -> None:
        # offered as in the roster, where nothing else was typed
        if self.line.relation.chosen == "CHILD":
            head = self._head
            self.line.offer(offered_names(head.sex, head.given_name, head.father_name, head.family_name))
        else:
            self.line.take_back()

    def entry(self) -> MemberEntry | None:
        """The person; None while something needed is missing."""
        return self.line.entry()

    def say_at(self, name: str, sentence: str, tone: str = "stop") -> bool:
        """Whatever is refused is said below the line."""
        self.line.say(sentence, tone)
        where: QWidget = self.line.lacks() or self.line.names["given"]
        where.setFocus()
        return True

    def missing(self) -> list[Missing]:
        """What the line lacks."""
        lacking = self.line.lacks()
        return [] if lacking is None else [Missing(lacking.accessibleName(), lacking)]
