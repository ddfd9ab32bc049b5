"""What a supervisor is asked about where people belong: going over into another family, a doubt, another payee.

Nothing is guessed: each person's family is picked. The pieces give ids, codes and days; nothing is saved here.
"""

from __future__ import annotations

from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.casework.codes import EVENT
from helpdesk.casework.family import Holders
from helpdesk.casework.settling import Doubtful, Home
from helpdesk.core.dates import age_on
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.codes import RELATION
from helpdesk.households.queries import HouseholdFile
from helpdesk.households.rules import ADULT
from ui.forms.casework_pieces import Followers, day_field, named
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.pick import PickBox
from ui.widgets.words import label

_WHAT = ("MARRIED_IN", "JOINED")


class OverPart(Part):
    """Somebody of this family goes over into another registered one."""

    def __init__(self, look: Look, here: HouseholdFile, there: HouseholdFile) -> None:
        super().__init__(look, look.words("Somebody goes over into another family"), "over")
        words = self.words
        people = named(here.persons)
        principal = there.persons.get(there.household.principal)
        number = isolate_ltr(household_number_shown(there.household.number))
        self.add(label(words("Into the family of {name}, number {number}. Nobody is counted twice, and papers of "
                             "identity go along. Whoever comes back goes over again.", number=number,
                             name=isolate(principal.full_name) if principal else "")))  # fmt: skip
        self.who = PickBox(look, "over.who", words("Who"), people)
        self.what = ChoiceRow(look, "over.what", words("What happened"), entries_of(look, EVENT, _WHAT))
        related = entries_of(look, RELATION, [code for code in RELATION if code != "HEAD"])
        self.relation = PickBox(look, "over.relation", words("What she is to the head there"), related, numbered=False)
        self.add(self.field("who", words("Who"), self.who, required=True))
        self.add(self.field("what", words("What happened"), self.what, required=True))
        self.add(self.field("relation", words("What she is to the head there"), self.relation, required=True))
        self.day = day_field(self, "over", words("The day it happened"), here.day)
        self._followers = Followers(self, here.household, people, "over")
        self.head, self.principal = self._followers.head, self._followers.principal
        self.who.picked.connect(self._arrange)
        self.what.changed.connect(lambda code: self.keep("what", code))
        self.relation.picked.connect(lambda code: self.keep("relation", code))

    def _arrange(self, who: str) -> None:
        self._followers.show_for(who)
        self.keep("who", who)

    def missing(self) -> list[Missing]:
        """Who, what, how related, when, and who follows."""
        words, who = self.words, self.who.chosen
        asked = (
            (who is not None, words("who it is"), self.who),
            (self.what.chosen is not None, words("what happened"), self.what),
            (self.relation.chosen is not None, words("what she is to the head there"), self.relation),
            (self.day.day() is not None, words("a whole day"), self.day),
        )
        lacking = [Missing(what, where) for there, what, where in asked if not there]
        return lacking + self._followers.missing(who)

    def holders(self) -> Holders:
        """Who follows in the family that she leaves, where somebody must."""
        return self._followers.holders(self.who.chosen)


class HomesPart(Part):
    """Of each person whom several families name: the one that she belongs to. Every roster follows."""

    def __init__(self, look: Look, found: Doubtful) -> None:
        super().__init__(look, look.words("Where does each of them belong?"), "homes")
        words = self.words
        self._homes = {home.household: home for home in found.homes}
        self.boxes: dict[str, PickBox] = {}
        self.holders_of: dict[str, PickBox] = {}
        self.add(label(words("Two desks wrote different things. What you say here holds at every desk; a family "
                             "without anybody left is closed."), tone="careful"))  # fmt: skip
        for place, doubt in enumerate(found.doubts):
            title = words("{name} belongs to", name=isolate(doubt.name))
            entries = [(one, self._home_said(self._homes[one])) for one in found.choices(doubt)]
            box = PickBox(look, f"home.{place}", title, entries)
            box.setMinimumContentsLength(24)
            box.picked.connect(lambda code, place=place: self._picked(f"home{place}", code))
            self.boxes[doubt.person] = box
            self.add(self.field(doubt.person, title, box, required=True))
        people = {person: name for home in found.homes for person, name in home.members.items()}
        people |= {doubt.person: doubt.name for doubt in found.doubts}
        for place, home in enumerate(found.homes):
            title = words("Who leads number {number} now, and holds its card", number=self._number(home))
            box = PickBox(look, f"homeHead.{place}", title, list(people.items()))
            box.setMinimumContentsLength(24)
            box.picked.connect(lambda code, place=place: self._picked(f"head{place}", code))
            self.holders_of[home.household] = box
            self.add(self.field(f"head.{home.household}", title, box, required=True))
        self._arrange()

    def _number(self, home: Home) -> str:
        return isolate_ltr(household_number_shown(home.number))

    def _home_said(self, home: Home) -> str:
        return f"{self._number(home)}  {isolate(home.name)}"

    def _picked(self, name: str, code: str) -> None:
        self._arrange()
        self.keep(name, code)

    def _arrange(self) -> None:
        for household in self.holders_of:
            self.fields[f"head.{household}"].setVisible(self._leaderless(household))

    def _stays(self, person: str, household: str) -> bool:
        box = self.boxes.get(person)
        if box is None or box.chosen is None:
            return person in self._homes[household].members
        return box.chosen == household

    def _leaderless(self, household: str) -> bool:
        home = self._homes[household]
        left = any(self._stays(person, household) for person in (*home.members, *self.boxes))
        return left and not (self._stays(home.head, household) and self._stays(home.principal, household))

    def missing(self) -> list[Missing]:
        """Everybody's family, and who leads one whose head goes."""
        words = self.words
        found = [Missing(words("where each of them belongs"), box) for box in self.boxes.values() if box.chosen is None]
        for household, box in self.holders_of.items():
            if self._leaderless(household) and not (box.chosen and self._stays(box.chosen, household)):
                found.append(Missing(words("who leads the family"), box))
        return found

    def homes(self) -> dict[str, str]:
        """Person to household."""
        return {person: box.chosen for person, box in self.boxes.items() if box.chosen is not None}

    def holders(self) -> dict[str, str]:
        """Household to who leads it and holds its card, where that changes."""
        return {
            household: box.chosen
            for household, box in self.holders_of.items()
            if box.chosen is not None and self._leaderless(household)
        }


class PayeePart(Part):
    """Another adult of the family who is paid a voucher."""

    def __init__(self, look: Look, file: HouseholdFile, voucher: VoucherShown) -> None:
        super().__init__(look, look.words("Another payee"), "payee")
        words = self.words
        adults = {one: doc for one, doc in file.persons.items() if age_on(doc.birth_date, file.day) >= ADULT}
        same = [one for one, doc in adults.items() if doc.full_name == voucher.payee]
        if len(same) == 1:
            del adults[same[0]]
        self.who = PickBox(look, "payee.who", words("Who is paid"), named(adults))
        if voucher.payee:
            self.add(label(words("It was to be paid to {name}.", name=isolate(voucher.payee))))
        self.add(label(words("The voucher becomes void, also on paper. A new one of the same amount is planned, and "
                             "another person must approve it.")))  # fmt: skip
        if not adults:
            self.add(label(words("No other adult is in this family."), tone="careful"))
        self.add(self.field("payee", words("Who is paid"), self.who, required=True))
        self.who.picked.connect(lambda code: self.keep("who", code))

    def missing(self) -> list[Missing]:
        """Who."""
        return [] if self.who.chosen else [Missing(self.words("who is paid"), self.who)]
