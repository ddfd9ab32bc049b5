"""What is asked when a family stops, changes or is divided: each piece gives codes, days and ids, and saves nothing.

Of a family that stops only the witness is asked, and how the principal was reached. No reason is asked anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from helpdesk.casework.codes import CAME, DISPLACED_AGAIN, EVENT, GONE, REACHED
from helpdesk.casework.displacing import AgainForm
from helpdesk.casework.family import Holders
from helpdesk.casework.splitting import SplitForm
from helpdesk.casework.withdrawing import WithdrawalForm
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.language import isolate_ltr
from helpdesk.core.numbers import phone_shown, read_phone
from helpdesk.households.codes import POPULATION
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import Household, OtherContact, Person, Phone, PlaceAnswer
from helpdesk.households.queries import HouseholdFile
from helpdesk.households.rules import ADULT
from ui.forms.consent import ConsentPart
from ui.forms.member_line import MemberLine
from ui.forms.part import Missing, Part
from ui.forms.roster import sheet_header
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import label


def named(persons: Mapping[str, Person]) -> list[tuple[str, str]]:
    """(id, name) of people, to choose from."""
    return [(person, doc.full_name) for person, doc in persons.items()]


def day_field(part: Part, name: str, title: str, shown: date) -> DayEdit:
    """Put a day that must be said into a piece, with a day that is offered."""
    day = DayEdit(part.look, f"{name}.day")
    day.setAccessibleName(title)
    part.add(part.field("day", title, day, required=True))
    day.told.connect(part.fields["day"].say)
    day.typed.connect(lambda text: part.keep("day", text))
    day.show_day(shown)
    return day


class StopPart(Part):
    """The family does not want to move now: who witnessed it, and on which number she was reached, if not here."""

    def __init__(self, look: Look, household: Household) -> None:
        super().__init__(look, look.words("They do not want to move now"), "stop")
        words = self.words
        self.witness = NameEdit(look, "stop.witness")
        self.reached = ChoiceRow(look, "stop.reached", words("How the principal said it"), entries_of(look, REACHED))
        phones = [(phone.number, isolate_ltr(phone_shown(phone.number))) for phone in household.phones]
        self.phone = PickBox(look, "stop.phone", words("Number she was reached on"), phones)
        self.add(label(words("No reason is asked and there is no penalty. What is due to them here stays due. "
                             "Vouchers of the journey wait for seven days.")))  # fmt: skip
        self.add(self.field("reached", words("How the principal said it"), self.reached, required=True))
        self._on = self.field("phone", words("Number she was reached on"), self.phone, required=True)
        self.add(self._on)
        self.add(self.field("witness", words("Witness"), self.witness, required=True))
        self._on.setVisible(False)
        self.reached.changed.connect(self._arrange)
        self.phone.picked.connect(lambda code: self.keep("phone", code))
        self.witness.typed.connect(lambda text: self.keep("witness", text))

    def _arrange(self, chosen: str) -> None:
        self._on.setVisible(chosen == "PHONE")
        self.keep("reached", chosen)

    def missing(self) -> list[Missing]:
        """How she was reached, and the witness."""
        words = self.words
        if self.reached.chosen is None:
            return [Missing(words("how the principal said it"), self.reached)]
        if self.reached.chosen == "PHONE" and not self.phone.chosen:
            return [Missing(words("the number she was reached on"), self.phone)]
        return [] if self.witness.value() else [Missing(words("the witness"), self.witness)]

    def form(self) -> WithdrawalForm:
        """What is handed in."""
        phone = self.phone.chosen if self.reached.chosen == "PHONE" else None
        return WithdrawalForm(self.reached.chosen or "", self.witness.value(), phone or "")


class CamePart(Part):
    """Somebody was born, married in or joined."""

    def __init__(self, look: Look, day: date) -> None:
        super().__init__(look, look.words("Somebody came to the family"), "came")
        words = self.words
        self.what = ChoiceRow(look, "came.what", words("What happened"), entries_of(look, EVENT, CAME), columns=3)
        self.line = MemberLine(look, day)
        self.line.set_place(0)
        self.line.remove.hide()
        self.add(self.field("what", words("What happened"), self.what, required=True))
        self.day = day_field(self, "came", words("The day it happened"), day)
        self.inside.addLayout(sheet_header(look, lines_go=False))
        self.add(self.line)
        self.what.changed.connect(lambda code: self.keep("what", code))

    def missing(self) -> list[Missing]:
        """What happened, the day, and what the line lacks."""
        words = self.words
        if self.what.chosen is None:
            return [Missing(words("what happened"), self.what)]
        if self.day.day() is None:
            return [Missing(words("a whole day"), self.day)]
        lacking = self.line.lacks()
        return [] if lacking is None else [Missing(lacking.accessibleName(), lacking)]


class Followers:
    """Who leads a family and who holds its card once somebody goes; asked only where that person did."""

    def __init__(self, part: Part, household: Household, people: Sequence[tuple[str, str]], name: str) -> None:
        words = self._words = part.words
        self._household = household
        self.head = PickBox(part.look, f"{name}.head", words("Who leads the family now"), people)
        self.principal = PickBox(part.look, f"{name}.principal", words("Who holds the card now"), people)
        self._fields = (
            part.field("head", words("Who leads the family now"), self.head, required=True),
            part.field("principal", words("Who holds the card now"), self.principal, required=True),
        )
        for field in self._fields:
            part.add(field)
        self.head.picked.connect(lambda code: part.keep("head", code))
        self.principal.picked.connect(lambda code: part.keep("principal", code))
        self.show_for(None)

    def show_for(self, who: str | None) -> None:
        """Ask what the going of this person makes necessary."""
        head, principal = self._fields
        head.setVisible(who == self._household.head)
        principal.setVisible(who == self._household.principal)

    def missing(self, who: str | None) -> list[Missing]:
        """Who follows, where somebody must: not whoever goes."""
        words, found = self._words, []
        if who == self._household.head and self.head.chosen in (None, who):
            found.append(Missing(words("who leads the family now"), self.head))
        if who == self._household.principal and self.principal.chosen in (None, who):
            found.append(Missing(words("who holds the card now"), self.principal))
        return found

    def holders(self, who: str | None) -> Holders:
        """Who follows, as it is handed in."""
        head = self.head.chosen if who == self._household.head else None
        return Holders(head, self.principal.chosen if who == self._household.principal else None)


class GonePart(Part):
    """Somebody died, married into another family or left; who leads and holds the card, if that person did."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Somebody is no longer in the family"), "gone")
        words = self.words
        people = named(file.persons)
        self.who = PickBox(look, "gone.who", words("Who"), people)
        self.what = ChoiceRow(look, "gone.what", words("What happened"), entries_of(look, EVENT, GONE), columns=3)
        self.add(self.field("who", words("Who"), self.who, required=True))
        self.add(self.field("what", words("What happened"), self.what, required=True))
        self.day = day_field(self, "gone", words("The day it happened"), file.day)
        self._followers = Followers(self, file.household, people, "gone")
        self.head, self.principal = self._followers.head, self._followers.principal
        self.who.picked.connect(self._arrange)
        self.what.changed.connect(lambda code: self.keep("what", code))

    def _arrange(self, who: str) -> None:
        self._followers.show_for(who)
        self.keep("who", who)

    def missing(self) -> list[Missing]:
        """Who, what, when, and who follows."""
        words, who = self.words, self.who.chosen
        if who is None:
            return [Missing(words("who it is"), self.who)]
        if self.what.chosen is None:
            return [Missing(words("what happened"), self.what)]
        if self.day.day() is None:
            return [Missing(words("a whole day"), self.day)]
        return self._followers.missing(who)[:1]

    def holders(self) -> Holders:
        """Who follows, where somebody must."""
        return self._followers.holders(self.who.chosen)


class AgainPart(Part):
    """The family had to move again after it came home."""

    def __init__(self, look: Look, day: date) -> None:
        super().__init__(look, look.words("Displaced again"), "again")
        words = self.words
        self.reason = ChoiceRow(look, "again.reason", words("Why"), entries_of(look, DISPLACED_AGAIN), columns=3)
        self.place = NameEdit(look, "again.place", longest=120)
        self.population = ChoiceRow(
            look, "again.population", words("Where they live now"), entries_of(look, POPULATION, ("CAMP", "OOC"))
        )
        self.add(label(words("The number stays. The first case keeps its history, and a new one is opened.")))
        self.add(self.field("reason", words("Why"), self.reason, required=True))
        self.day = day_field(self, "again", words("The day they moved"), day)
        self.add(self.field("population", words("Where they live now"), self.population, required=True))
        self.add(self.field("place", words("Place, in words"), self.place, required=True))
        self.reason.changed.connect(lambda code: self.keep("reason", code))
        self.population.changed.connect(lambda code: self.keep("population", code))
        self.place.typed.connect(lambda text: self.keep("place", text))

    def missing(self) -> list[Missing]:
        """Everything."""
        words = self.words
        if self.reason.chosen is None:
            return [Missing(words("why they moved"), self.reason)]
        if self.day.day() is None:
            return [Missing(words("a whole day"), self.day)]
        if self.population.chosen is None:
            return [Missing(words("where they live now"), self.population)]
        return [] if self.place.value() else [Missing(words("the place"), self.place)]

    def form(self, today: date) -> AgainForm:
        """What is handed in."""
        place = PlaceAnswer(unlisted=self.place.value())
        return AgainForm(self.day.day() or today, self.reason.chosen or "", place, self.population.chosen or "")


class SplitPart(Part):
    """Who goes, who leads there and agrees anew, how that household is reached, and who leads those who stay."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Divide the family"), "split")
        words = self.words
        self._file = file
        people = named(file.persons)
        adults = [(one, name) for one, name in people if age_on(file.persons[one].birth_date, file.day) >= ADULT]
        self.movers = TickGroup(look, "split.movers", words("Who goes"), people)
        self.head = PickBox(look, "split.head", words("Who leads those who go, and is here"), adults)
        self.stays = PickBox(look, "split.stays", words("Who leads those who stay"), people)
        self.phone = NameEdit(look, "split.phone")
        self.contact = NameEdit(look, "split.contact")
        self.consent = ConsentPart(look, consent_text, "DATA", tally=False)
        self.add(label(words("Those who go get a number and a card of their own. What was planned or paid for all "
                             "of them is not given twice. Children who would be apart from a parent are checked by "
                             "protection staff before.")))  # fmt: skip
        self.add(self.field("movers", words("Who goes"), self.movers, required=True))
        self.add(self.field("head", words("Who leads those who go, and is here"), self.head, required=True))
        self.add(self.field("stays", words("Who leads those who stay, if the head goes"), self.stays))
        self.add(self.field("phone", words("Phone of those who go"), self.phone,
                            hint=words("Without a phone, write below who can find them.")))  # fmt: skip
        self.add(self.field("contact", words("Who can find them"), self.contact))
        self.add(self.consent)
        self.movers.changed.connect(lambda codes: self.keep("movers", " ".join(codes)))
        self.head.picked.connect(lambda code: self.keep("head", code))
        self.stays.picked.connect(lambda code: self.keep("stays", code))
        self.phone.typed.connect(lambda text: self.keep("phone", text))
        self.contact.typed.connect(lambda text: self.keep("contact", text))
        self.consent.agreed.connect(lambda given: self.keep("agreed", "1" if given else ""))

    def missing(self) -> list[Missing]:
        """Who goes, who leads, how they are reached, and the agreement."""
        words = self.words
        if not self.movers.ticked:
            return [Missing(words("who goes"), self.movers)]
        if self.head.chosen not in self.movers.ticked:
            return [Missing(words("who leads those who go"), self.head)]
        if self._file.household.head in self.movers.ticked and self.stays.chosen in (None, *self.movers.ticked):
            return [Missing(words("who leads those who stay"), self.stays)]
        if self.phone.value() and self._number() is None:
            return [Missing(words("a whole phone number"), self.phone)]
        if not self.phone.value() and not self.contact.value():
            return [Missing(words("a phone, or who can find them"), self.phone)]
        return self.consent.missing()

    def _number(self) -> str | None:
        try:
            return read_phone(self.phone.value())
        except Refusal:
            return None

    def form(self) -> SplitForm | None:
        """What is handed in; None until the agreement is there."""
        agreed, leads, number = self.consent.consent(), self.head.chosen, self._number()
        if agreed is None or leads is None:
            return None
        head_goes = self._file.household.head in self.movers.ticked
        holder_goes = self._file.household.principal in self.movers.ticked
        return SplitForm(
            movers=self.movers.ticked,
            head=leads,
            principal=leads,
            consent=agreed,
            present=(leads,),
            holders=Holders(
                self.stays.chosen if head_goes else None,
                (self.stays.chosen or self._file.household.head) if holder_goes else None,
            ),
            phones=(Phone(number),) if number else (),
            no_phone=number is None,
            contact=OtherContact(self.contact.value()) if self.contact.value() else None,
        )
