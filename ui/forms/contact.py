"""How the family can be reached, and where in the camp they live."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import phone_shown, read_phone
from helpdesk.households.documents import OtherContact, Phone, PlaceAnswer
from ui.forms.part import Kept, Missing, Part
from ui.forms.places import CAMPS, Places, answer_of, kept_of
from ui.theme import Look
from ui.widgets.fields import DigitEdit, NameEdit

PHONES = 2
LONGEST_PHONE = 16


class ContactPart(Part):
    """Phones or none, somebody who will know where they are, site and shelter."""

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__(look, look.words("Phone and shelter"), "contact")
        words = self.words
        self._places = places
        self._camp = False
        self.phones = [
            DigitEdit(look, f"phone.{n}", LONGEST_PHONE, check=self._doubt_phone, plus=True) for n in range(PHONES)
        ]
        self.none = QCheckBox(words("They have no phone"))
        self.none.setObjectName("no_phone")
        self.none.setAccessibleName(self.none.text())
        self.contact = {name: NameEdit(look, f"contact.{name}") for name in ("name", "relation", "place")}
        self.contact_phone = DigitEdit(look, "contact.phone", LONGEST_PHONE, check=self._doubt_phone, plus=True)
        self.site = places.picker("site", words("Camp or site"), CAMPS)
        self.shelter = NameEdit(look, "shelter", longest=60)
        self.add(self._phones())
        self.add(self._contact_row())
        self.add(self._shelter_row())
        self._connect()
        self._arrange()

    def _phones(self) -> QWidget:
        words = self.words
        one = self.field("phone", words("Phone"), self.phones[0], hint=words("any way of writing it: 07..., +964..."))
        two = self.field("phone2", words("Another phone"), self.phones[1])
        return _side_by_side(one, two, self.none)

    def _contact_row(self) -> QWidget:
        words = self.words
        name = self.field(
            "contact", words("Somebody who will know where they are"), self.contact["name"],
            hint=words("a relative or neighbour, asked for when their own phone is silent"),
        )  # fmt: skip
        more = [
            self.field("contact.phone", words("Their phone"), self.contact_phone),
            self.field("contact.relation", words("Who is it"), self.contact["relation"]),
            self.field("contact.place", words("Where they live"), self.contact["place"]),
        ]
        self._more = more
        return _side_by_side(name, *more)

    def _shelter_row(self) -> QWidget:
        words = self.words
        self._site_field = self.field("site", words("Camp or site"), self.site)
        shelter = self.field("shelter", words("Sector, block, tent or house"), self.shelter)
        return _side_by_side(self._site_field, shelter)

    def _connect(self) -> None:
        for edit in (*self.phones, self.contact_phone, *self.contact.values(), self.shelter):
            edit.typed.connect(partial(self._type, edit.objectName()))
        self.none.toggled.connect(lambda on: self._type("no_phone", "1" if on else ""))
        self.site.picked.connect(lambda picked: self.keep("site", kept_of(picked)))

    def _type(self, name: str, text: str) -> None:
        self.keep(name, text)
        self._arrange()

    def _doubt_phone(self, digits: str) -> str:
        try:
            read_phone(digits)
        except Refusal as refusal:
            return self.words.sentence(refusal)
        return ""

    def know_population(self, population: str) -> None:
        """In a camp the site is needed; elsewhere it is asked as well, if they know a name for it."""
        self._camp = population == "CAMP"
        words = self.words
        title = words("Camp or site")
        self._site_field.title.setText(words("{field} (needed)", field=title) if self._camp else title)

    def _arrange(self) -> None:
        has_phone = bool(self.phones[0].value())
        self.none.setVisible(not has_phone)
        self.fields["phone2"].setVisible(has_phone)
        for field in self._more:
            field.setVisible(bool(self.contact["name"].value()))

    # answers

    def has_no_phone(self) -> bool:
        """They said that they have none."""
        return self.none.isChecked() and not self.phones[0].value()

    def numbers(self) -> tuple[Phone, ...]:
        """The phones that can be read; :meth:`missing` tells of the others."""
        found = []
        for edit in self.phones:
            try:
                found.append(Phone(read_phone(edit.value())))
            except Refusal:
                continue
        return tuple(dict.fromkeys(found))

    def other(self) -> OtherContact | None:
        """Who will know where they are."""
        name = self.contact["name"].value()
        if not name:
            return None
        try:
            phone = read_phone(self.contact_phone.value())
        except Refusal:
            phone = ""
        return OtherContact(name, phone, self.contact["relation"].value(), self.contact["place"].value())

    def where(self) -> PlaceAnswer | None:
        """The site."""
        return answer_of(self.site.value())

    def missing(self) -> list[Missing]:
        """A phone or none with somebody to ask; in a camp, which."""
        words = self.words
        found = [
            Missing(words("a complete phone number"), edit)
            for edit in (*self.phones, self.contact_phone)
            if edit.value() and self._doubt_phone(edit.value()) and edit.isVisibleTo(self)
        ]
        if not self.phones[0].value() and not self.none.isChecked():
            found.append(Missing(words("a phone, or that they have none"), self.phones[0]))
        if self.has_no_phone() and self.other() is None:
            found.append(Missing(words("somebody who will know where they are"), self.contact["name"]))
        if self._camp and self.where() is None:
            found.append(Missing(words("which camp"), self.site))
        return found

    def show_kept(self, kept: Kept) -> None:
        """Show earlier answers."""
        with self.showing():
            for edit in (*self.phones, self.contact_phone, *self.contact.values(), self.shelter):
                edit.setText(kept(edit.objectName()))
            self.none.setChecked(kept("no_phone") == "1")
            self._places.show(self.site, kept("site"))
        self._arrange()

    def show_site(self, kept: str) -> None:
        """Show a site as a draft keeps it."""
        self._places.show(self.site, kept)

    def show_phone(self, phone: str) -> None:
        """Fill in a phone that is already known."""
        self.phones[0].setText(phone_shown(phone))


def _side_by_side(*widgets: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return both
