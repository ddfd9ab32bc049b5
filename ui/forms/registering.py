"""The form of a new family: its pieces from top to bottom, locked until the family has agreed.

It gives a :class:`Registration` when nothing needed is missing; it saves and asks nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.forms import LikenessAnswer, Registration
from helpdesk.households.lists import ExpectedFamily
from helpdesk.households.rules import NOTE_LENGTH
from ui.forms.barriers import BarriersPart
from ui.forms.consent import ConsentPart
from ui.forms.contact import ContactPart
from ui.forms.filling import entry_of, told_age
from ui.forms.intention import IntentionPart
from ui.forms.paper_form import PaperFormPart
from ui.forms.part import Kept, Missing, Part
from ui.forms.people import GroupPart, PeoplePart
from ui.forms.places import Places, kept_answer
from ui.forms.way import WayPart
from ui.keys import is_enter
from ui.theme import Look
from ui.widgets.consent_text import TextOf
from ui.widgets.words import label

FIELD_OF = {
    "consent.data": "answer", "consent.form": "form", "consent.witness": "witness", "phone.needed": "phone",
    "phone.form": "phone", "contact.needed": "contact", "site.needed": "site", "origin.needed": "origin",
    "displacement.future": "left_on", "intention.destination": "destination", "roster.principal": "principal",
    "roster.alternate": "alternate", "roster.alternate_age": "alternate", "barrier.twice": "barriers",
    "notes.long": "notes", "form.number": "paper_form", "form.typed_already": "paper_form",
    "double.note": "note", "double.amount": "recovered",
}  # fmt: skip
"""Where a refusal is said: its code, and the field that mends it."""


class NotesPart(Part):
    """Anything else, in the clerk's words; never anything about the sealed answers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Notes"), "notesCard")
        words = self.words
        self.text = _Notes()
        self.text.setObjectName("notes")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(look.size(72))
        self.add(
            self.field(
                "notes", words("Notes"), self.text,
                hint=words("Everybody at this desk can read this: nothing about security, neighbours or affiliation."),
            )
        )  # fmt: skip
        self.text.textChanged.connect(lambda: self.keep("notes", self.text.toPlainText()))

    def value(self) -> str:
        """The notes, cleaned."""
        return clean(self.text.toPlainText())[: NOTE_LENGTH + 1]

    def show_kept(self, kept: Kept) -> None:
        """Show earlier notes."""
        with self.showing():
            self.text.setPlainText(kept("notes"))


class _Notes(QPlainTextEdit):
    """Enter moves on here too; Ctrl+Enter belongs to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter through to the page."""
        if is_enter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class RegistrationForm(QWidget):
    """All pieces. :attr:`changed` carries what a draft keeps; :attr:`moved` follows every change, for the foot."""

    changed = Signal(str, str)
    moved = Signal()
    counted = Signal(int, int)

    def __init__(self, look: Look, text_of: TextOf, places: Places, today: date) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("registration")
        self.consent = ConsentPart(look, text_of)
        self.group = GroupPart(look)
        self.people = PeoplePart(look, today)
        self.contact = ContactPart(look, places)
        self.way = WayPart(look, places, today)
        self.intention = IntentionPart(look, places)
        self.barriers = BarriersPart(look)
        self.notes = NotesPart(look)
        self.paper_form = PaperFormPart(look)
        self.rest = (
            self.group, self.people, self.contact, self.way, self.intention, self.barriers, self.notes, self.paper_form
        )  # fmt: skip
        self._locked = label(look.words("The rest opens when the family has agreed."), role="quiet", name="locked")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.size(12))
        whole.addWidget(self.consent)
        whole.addWidget(self._locked)
        for part in self.rest:
            whole.addWidget(part)
        self.consent.counted.connect(self.counted)
        self.consent.agreed.connect(self._unlock)
        for piece in self.parts:
            piece.changed.connect(self._change)
        self._unlock(False)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every piece, in order."""
        return (self.consent, *self.rest)

    def know_today(self, today: date) -> None:
        """The programme's day, before anything is typed."""
        self.people.know_today(today)
        self.way.left.know_today(today)

    def _unlock(self, agreed: bool) -> None:
        for part in self.rest:
            part.setVisible(agreed)
        self._locked.setVisible(not agreed)
        self.moved.emit()

    def _change(self, name: str, value: str) -> None:
        if name == "population":
            self._know_population()
        elif name in ("origin", "village"):
            self.intention.know_origin(self.way.where())
        elif name.startswith("member"):
            self._know_people()
        self.changed.emit(name, value)
        self.moved.emit()

    def _know_people(self) -> None:
        self.barriers.sealed.know_away(self.people.away())
        self.barriers.sealed.know_children(self.people.under_age())

    def _know_population(self) -> None:
        population = self.group.population.chosen or ""
        self.contact.know_population(population)
        self.way.know_population(population)

    # showing

    def show_kept(self, kept: Kept) -> None:
        """Show what was typed before; nothing sealed ever was kept."""
        for part in self.parts:
            part.show_kept(kept)
        self._know_population()
        self.intention.know_origin(self.way.where())
        self._know_people()
        self.moved.emit()

    def fill_in(self, family: ExpectedFamily) -> None:
        """Fill the empty form from a list. Only once they have agreed: before that the list is nobody's consent."""
        if not self.consent.is_given:
            return
        people = sorted(enumerate(family.members), key=lambda pair: pair[0] != (family.head or 0))
        self.people.show_people([(entry_of(person), told_age(person)) for _, person in people])
        phone = next((person.phone for person in family.members if person.phone), "")
        if phone:
            self.contact.show_phone(phone)
        self._fill_places(family.site, family.origin, family.shelter)

    def _fill_places(self, site: PlaceAnswer | None, origin: PlaceAnswer | None, shelter: str) -> None:
        told = {"site": kept_answer(site), "origin": kept_answer(origin)}
        if site is not None:
            self.contact.show_site(told["site"])
            self.changed.emit("site", told["site"])
        if origin is not None:
            self.way.show_origin(told["origin"])
            self.changed.emit("origin", told["origin"])
        if shelter:
            self.contact.shelter.setText(shelter)
        self.intention.know_origin(self.way.where())
        self.moved.emit()

    # answers

    def missing(self) -> list[Missing]:
        """What must still be asked before saving, in the order of the form."""
        return list(self._missing())

    def _missing(self) -> Iterator[Missing]:
        yield from self.consent.missing()
        if self.consent.answer.chosen == "REFUSED":
            yield Missing(self._look.words("their agreement"), self.consent.answer)
        if self.consent.is_given:
            for part in self.rest:
                yield from part.missing()

    def unasked(self) -> list[Missing]:
        """What may be asked now and otherwise stands at "not asked yet"."""
        return [*self.intention.unasked(), *self.barriers.unasked()] if self.consent.is_given else []

    def registration(
        self, household_id: str, expected: str | None, likeness: tuple[LikenessAnswer, ...] = ()
    ) -> Registration:
        """The family as typed. Whether it satisfies the rules is decided by the command."""
        consent = self.consent.consent()
        return Registration(
            household_id=household_id,
            consents=() if consent is None else (consent,),
            population=self.group.population.chosen or "",
            spoken=self.group.spoken.chosen or "",
            reading=self.group.reading.chosen,
            members=self.people.members(),
            head=self.people.head_place(),
            principal=self.people.principal_place(),
            alternate=self.people.alternate_place(),
            size_declared=self.people.size_declared(),
            phones=self.contact.numbers(),
            no_phone=self.contact.has_no_phone(),
            contact=self.contact.other(),
            site=self.contact.where(),
            shelter=self.contact.shelter.value(),
            displacement=self.way.displacement(),
            intention=self.intention.intention(),
            barriers=self.barriers.items(),
            sealed=self.barriers.sealed.answers(),
            notes=self.notes.value(),
            likeness=likeness,
            expected=expected,
            paper_form=self.paper_form.number(),
        )

    def say_refusal(self, refusal: Refusal) -> bool:
        """Say a refusal at the field it names; False where it names none."""
        sentence = self._look.words.sentence(refusal)
        line = refusal.values.get("line")
        if isinstance(line, int):
            self.people.say_in_line(line, sentence)
            return True
        name = FIELD_OF.get(refusal.code) or str(refusal.values.get("field", ""))
        return any(part.say_at(name, sentence) for part in self.parts)
