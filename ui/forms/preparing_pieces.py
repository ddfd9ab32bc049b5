"""What a family hears, is asked and is told before it leaves, a piece for each; what an adult says alone stays closed.

The pieces give answers and save nothing. The two questions whether somebody is free to choose are shown on a key and
close again; no draft keeps them, and the screen says nothing of what was answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from helpdesk.core.dates import age_on
from helpdesk.core.language import isolate
from helpdesk.households.codes import CHOICE, YES_NO
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.queries import HouseholdFile
from helpdesk.households.rules import ADULT
from helpdesk.journey.preparing.codes import BRIEFING, HOUSING, RESIDENCY, TOPIC
from ui.forms.journey_words import listed
from ui.forms.part import Missing, Part
from ui.forms.places import Places, answer_of, kept_answer
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.closed import OPEN_SECONDS
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit
from ui.widgets.words import button, label

CHOICES: Final = ("RET", "REL", "LOC", "UND")


class TickedPart(Part):
    """Several items that were said, all of them offered to be ticked one by one."""

    def __init__(self, look: Look, name: str, heading: str, sentence: str, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__(look, heading, name)
        self._asked = self.words("what was said")
        self.items = TickGroup(look, f"{name}.items", heading, entries, columns=2)
        self.add(label(sentence))
        self.add(self.field("items", self.words("What was said"), self.items, required=True))
        self.items.changed.connect(lambda codes: self.keep("items", " ".join(codes)))

    def missing(self) -> list[Missing]:
        """At least one item."""
        return [] if self.items.ticked else [Missing(self._asked, self.items)]


def information_piece(look: Look, lacking: Sequence[str] = ()) -> TickedPart:
    """What was explained; what is still lacking is ticked beforehand, because that is why it was opened."""
    words = look.words
    sentence = words("Explain it in their language, let them ask, and tick what they heard.")
    piece = TickedPart(look, "information", words("Information given"), sentence, entries_of(look, TOPIC))
    piece.items.tick(lacking)
    return piece


def briefing_piece(look: Look) -> TickedPart:
    """The departure briefing."""
    words = look.words
    sentence = words("Tell every adult. They may stop at any moment, on the way too, and lose nothing by it.")
    return TickedPart(look, "briefing", words("Briefing before they leave"), sentence, entries_of(look, BRIEFING))


class OwnWordPart(Part):
    """One adult, asked alone: where she wants to go, and whether she is free to choose; the screen tells nobody."""

    def __init__(self, look: Look, places: Places, name: str, destination: PlaceAnswer | None) -> None:
        super().__init__(look, look.words("Her or his own word: {name}", name=isolate(name)), "ownWord")
        words = self.words
        self._known = destination
        self.alone = QCheckBox(words("We are alone: nobody else hears the answer"))
        self.alone.setObjectName("ownWord.alone")
        self.alone.setAccessibleName(self.alone.text())
        entries = entries_of(look, CHOICE, CHOICES)
        self.choice = ChoiceRow(look, "ownWord.choice", words("What she or he wants"), entries)
        self.destination = places.picker("ownWord.destination", words("Where to"))
        self.add(label(words("Ask each adult alone, women too. Every answer is right, and none has a penalty.")))
        self.add(self.alone)
        self.add(self.field("choice", words("What she or he wants"), self.choice, required=True))
        self.destination_field = self.field("destination", words("Where to"), self.destination, required=True)
        self.add(self.destination_field)
        self.add(self._closed())
        if destination is not None:
            places.show(self.destination, kept_answer(destination))
        self.alone.toggled.connect(lambda on: self.keep("alone", "1" if on else ""))
        self.choice.changed.connect(self._choose)
        self.destination.picked.connect(lambda _: self.keep("destination", ""))
        self.destination_field.hide()

    def _closed(self) -> QWidget:
        look, words = self.look, self.words
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        self.toggle = button("", look, self.open_or_close, kind="link", icon_name="show", name="ownWord.open")
        self.inner = QWidget()
        inner = QVBoxLayout(self.inner)
        inner.setContentsMargins(0, 0, 0, 0)
        self.free = ChoiceRow(
            look, "sealed.free", words("Is it your own free choice?"), entries_of(look, YES_NO), columns=4
        )
        self.forced = ChoiceRow(
            look, "sealed.forced", words("Has anybody told you that you must leave, or must go there?"),
            [("N", words.label(YES_NO.name, "N")), ("Y", words.label(YES_NO.name, "Y"))],
        )  # fmt: skip
        inner.addWidget(self.field("free_to_choose", self.free.accessibleName(), self.free, required=True))
        inner.addWidget(self.field("forced", self.forced.accessibleName(), self.forced, required=True))
        column.addWidget(self.toggle)
        column.addWidget(self.inner)
        self._timer = QTimer(self, singleShot=True, interval=OPEN_SECONDS * 1000)
        self._timer.timeout.connect(self.close_lines)
        for row in (self.free, self.forced):
            row.changed.connect(self._answer)
        self.close_lines()
        return whole

    def _answer(self, _: str) -> None:
        self._timer.start()  # whoever is being asked is not interrupted
        self.changed.emit("sealed.free", "")

    def open_or_close(self) -> None:
        """Show the two questions, or hide them again."""
        if self.inner.isVisibleTo(self):
            self.close_lines()
            return
        self.inner.show()
        self._name(self.words("Close the two questions"))
        self._timer.start()
        self.free.setFocus()

    def close_lines(self) -> None:
        """Hide the two questions; what was answered stays, unseen."""
        self._timer.stop()
        self.inner.hide()
        self._name(self.words("Two questions for this person alone (they close by themselves)"))

    def _name(self, text: str) -> None:
        self.toggle.setText(f" {text}")
        self.toggle.setAccessibleName(text)

    def _choose(self, code: str) -> None:
        self.destination_field.setVisible(code in ("RET", "REL"))
        self.keep("choice", code)

    def where(self) -> PlaceAnswer | None:
        """Where to: the family's own destination with its village, unless another place was picked."""
        if self.choice.chosen not in ("RET", "REL"):
            return None
        picked, known = answer_of(self.destination.value()), self._known
        same = picked is not None and known is not None and (
            (picked.place_id, picked.unlisted) == (known.place_id, known.unlisted)
        )  # fmt: skip
        return known if same else picked

    def missing(self) -> list[Missing]:
        """Everything is asked; "prefers not to say" is an answer, silence is none."""
        words = self.words
        found = []
        if self.choice.chosen is None:
            found.append(Missing(words("what this person wants"), self.choice))
        elif self.choice.chosen in ("RET", "REL") and self.where() is None:
            found.append(Missing(words("where to"), self.destination))
        if self.free.chosen is None or self.forced.chosen is None:
            found.append(Missing(words("the two questions for this person alone"), self.toggle))
        return found


class TravellersPart(Part):
    """Who travels: each person of the roster who is here; whoever stays says why, in words of her own."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Who travels"), "travellers")
        words = self.words
        self.rows: dict[str, ChoiceRow] = {}
        self.reasons: dict[str, NameEdit] = {}
        self.add(label(words("Whoever stays keeps every right in the programme.")))
        here = [(one, person) for one, person in file.persons.items() if person.presence == "HERE"]
        for place, (person_id, person) in enumerate(here):
            name = isolate(person.full_name)
            row = ChoiceRow(look, f"travels.{place}", name, [("Y", words("travels")), ("N", words("stays"))])
            reason = NameEdit(look, f"stays.{place}", longest=120)
            reason.setAccessibleName(words("Why {name} stays", name=name))
            reason.setPlaceholderText(words("why, in their own words"))
            row.choose(person.travels if person.travels in ("Y", "N") else None)
            reason.setText(person.travels_reason)
            reason.setVisible(row.chosen == "N")
            row.changed.connect(partial(self._choose, reason))
            reason.typed.connect(lambda text: self.keep("stays", text))
            self.rows[person_id], self.reasons[person_id] = row, reason
            self.add(self.field(person_id, name, row, required=True))
            self.add(reason)

    def _choose(self, reason: NameEdit, code: str) -> None:
        reason.setVisible(code == "N")
        self.keep("travels", code)

    def staying(self) -> dict[str, str]:
        """Whoever stays, with the reason; everybody else travels."""
        return {one: self.reasons[one].value() for one, row in self.rows.items() if row.chosen == "N"}

    def missing(self) -> list[Missing]:
        """Everybody is asked, and who stays says why."""
        words = self.words
        for one, row in self.rows.items():
            if row.chosen is None:
                return [Missing(words("whether {name} travels", name=row.accessibleName()), row)]
            if row.chosen == "N" and not self.reasons[one].value():
                return [Missing(words("why {name} stays", name=row.accessibleName()), self.reasons[one])]
        return []


class ThereReadyPart(Part):
    """What a family that settles elsewhere has there: a roof and the permission to live in the place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("What stands ready there"), "thereReady")
        words = self.words
        self.housing = ChoiceRow(look, "housing", words("Where they will live"), entries_of(look, HOUSING), columns=4)
        self.residency = ChoiceRow(
            look, "residency", words("Permission to live there"), entries_of(look, RESIDENCY), columns=4
        )
        self.until = DayEdit(look, "thereReady.until")
        self.reference = NameEdit(look, "thereReady.reference", longest=80)
        self.add(self.field("housing", words("Where they will live"), self.housing, required=True))
        self.add(self.field("residency", words("Permission to live there"), self.residency, required=True))
        self.add(self.field("until", words("Last day either paper holds"), self.until))
        self.add(self.field("reference", words("Reference on the paper"), self.reference))
        self.until.told.connect(self.fields["until"].say)
        for row in (self.housing, self.residency):
            row.changed.connect(lambda code: self.keep("there", code))
        for edit in (self.until, self.reference):
            edit.typed.connect(lambda _: self.keep("there", ""))

    def missing(self) -> list[Missing]:
        """Both answers, and a day that is one."""
        words = self.words
        found = [
            Missing(what, row)
            for what, row in (
                (words("where they will live"), self.housing),
                (words("the permission to live there"), self.residency),
            )
            if row.chosen is None
        ]
        return found + ([Missing(words("a whole day"), self.until)] if self.until.is_wrong() else [])


class GuardiansPart(Part):
    """That the protection unit has seen minors who travel without both guardians; what it found is not written."""

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__(look, look.words("Minors who travel without both guardians"), "guardians")
        words = self.words
        self.organisation = NameEdit(look, "guardians.organisation", longest=80)
        self.add(label(listed(words, names), role="head"))
        self.add(label(words("Write it down only once the check has ended well; until then the family waits.")))
        self.add(self.field("organisation", words("Who checked"), self.organisation, required=True))
        self.organisation.typed.connect(lambda text: self.keep("organisation", text))

    def missing(self) -> list[Missing]:
        """Who checked."""
        return [] if self.organisation.value() else [Missing(self.words("who checked"), self.organisation)]


def adults_of(file: HouseholdFile, ids: Sequence[str]) -> list[str]:
    """Those of ``ids`` who are of age on the file's day, in the order of the roster."""
    return [one for one in file.persons if one in ids and age_on(file.persons[one].birth_date, file.day) >= ADULT]
