"""What a supervisor is asked about two registrations of one family, and about children before a family is divided.

Who is the same person is picked one by one; nothing is guessed from names. Nothing is saved here.
"""

from __future__ import annotations

from helpdesk.core.dates import age_on
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.queries import HouseholdFile
from helpdesk.households.rules import ADULT
from ui.forms.casework_pieces import named
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import TickGroup
from ui.widgets.fields import NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import label


class OtherNumberPart(Part):
    """The number of another family: the other registration, or where somebody goes."""

    def __init__(self, look: Look, heading: str, asked: str) -> None:
        super().__init__(look, heading, "otherNumber")
        self.number = NameEdit(look, "merge.number", longest=20)
        self.add(self.field("number", asked, self.number, required=True))
        self.number.typed.connect(lambda text: self.keep("number", text))

    def missing(self) -> list[Missing]:
        """The number."""
        return [] if self.number.value() else [Missing(self.words("the other number"), self.number)]


class PairsPart(Part):
    """For each person of the other registration, who of this one is the same; the others go over."""

    def __init__(self, look: Look, here: HouseholdFile, there: HouseholdFile) -> None:
        super().__init__(look, look.words("Who is the same person?"), "pairs")
        words = self.words
        number = isolate_ltr(household_number_shown(there.household.number))
        self.add(label(words("Number {number}. Whoever is nobody of this family goes over to the number that stays, "
                             "the earlier one.", number=number)))  # fmt: skip
        self.add(label(words("This cannot be undone: the later number is closed, its cards and unpaid vouchers are "
                             "void."), tone="careful"))  # fmt: skip
        self.boxes: dict[str, PickBox] = {}
        for person, doc in there.persons.items():
            title = words("{name} is", name=isolate(doc.full_name))
            box = PickBox(look, f"pair.{person}", title, named(here.persons))
            self.boxes[person] = box
            self.add(self.field(person, title, box))
            box.picked.connect(lambda code, kept=person: self.keep(kept, code))

    def same(self) -> dict[str, str]:
        """Person of the other registration to person of this one."""
        return {person: box.chosen for person, box in self.boxes.items() if box.chosen is not None}

    def missing(self) -> list[Missing]:
        """At least one person."""
        first = next(iter(self.boxes.values()))
        return [] if self.same() else [Missing(self.words("at least one person who is the same"), first)]


class ChildrenPart(Part):
    """That protection staff checked children before their family is divided; what they found is not written."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Children were checked by protection staff"), "children")
        words = self.words
        people = named(file.persons)
        minors = {one for one, doc in file.persons.items() if age_on(doc.birth_date, file.day) < ADULT}
        self.minors = TickGroup(look, "children.minors", words("Children"), [p for p in people if p[0] in minors])
        self.adults = TickGroup(
            look, "children.adults", words("Every adult who goes"), [p for p in people if p[0] not in minors]
        )
        self.organisation = NameEdit(look, "children.by")
        self.add(label(words("Only that they were checked is written down, never what was found.")))
        self.add(self.field("minors", words("Children"), self.minors, required=True))
        self.add(self.field("adults", words("Every adult who goes"), self.adults, required=True))
        self.add(self.field("organisation", words("Organisation that checked"), self.organisation, required=True))
        self.minors.changed.connect(lambda codes: self.keep("minors", " ".join(codes)))
        self.adults.changed.connect(lambda codes: self.keep("adults", " ".join(codes)))
        self.organisation.typed.connect(lambda text: self.keep("organisation", text))

    def missing(self) -> list[Missing]:
        """Children, adults, and who checked."""
        words = self.words
        asked = (
            (bool(self.minors.ticked), words("which children"), self.minors),
            (bool(self.adults.ticked), words("which adults"), self.adults),
            (bool(self.organisation.value()), words("the organisation"), self.organisation),
        )
        return [Missing(what, where) for there, what, where in asked if not there]
