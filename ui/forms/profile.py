"""The second step: questions that registration left at "not asked yet", a piece for each.

Washington Group questions keep their fixed wording and order. What concerns somebody's safety leaves sealed.
"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from helpdesk.core.codes import CodeList
from helpdesk.core.dates import age_on
from helpdesk.core.language import isolate
from helpdesk.households import rules
from helpdesk.households.codes import (
    ASKED_VULNERABILITY,
    CWG,
    DIFFICULTY,
    DISABILITY,
    DOCUMENT,
    DOCUMENT_STATUS,
    MARITAL,
    NOT_HELD,
    SOCIAL,
    VULNERABILITY,
    YES_NO,
)
from helpdesk.households.documents import Person, SealedAnswers, SealedPerson
from helpdesk.households.forms import PaperEntry, PersonProfile
from helpdesk.households.queries import HouseholdFile
from ui.forms.part import Kept, Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import label

WG_QUESTION = CodeList("wg_question", "see", "hear", "walk", "remember", "care", "speak")
"""The Washington Group Short Set, wording and order fixed."""
ASKED_FLAG = CodeList("asked_flag", "NOINC", "CRITSH", "EVICT", "MHPSS")
MARRIED_FROM = 12
WIDE = 360
"""Widest a box is drawn, in pixels at 100 %."""
TITLES = 240
"""Width of the names before short fields, in pixels at 100 %."""
WHOLE = "whole"
"""Ration and residence cards belong to the family and to nobody in it."""


def people_of(file: HouseholdFile, *, from_age: int = 0, to_age: int = rules.OLDEST) -> list[tuple[int, str, Person]]:
    """Place in the roster, id and person of everybody of these ages."""
    return [
        (place, person_id, person)
        for place, (person_id, person) in enumerate(file.persons.items())
        if from_age <= age_on(person.birth_date, file.day) <= to_age
    ]


class _Grid(Part):
    """Rows of a name and a control."""

    def __init__(self, look: Look, heading: str, name: str) -> None:
        super().__init__(look, heading, name)
        self._area = QWidget()
        self._grid = QGridLayout(self._area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)
        self._count = 0

    def row(self, title: str, control: QWidget) -> None:
        """One more row."""
        self._grid.addWidget(label(isolate(title)), self._count, 0)
        if isinstance(control, (PickBox, NameEdit)):
            control.setMaximumWidth(self.look.size(WIDE))
            # a narrow control alone in a wide cell would stand in its middle, far from its title
            beside = QHBoxLayout()
            beside.addWidget(control, 1)
            beside.addStretch(0)
            self._grid.addLayout(beside, self._count, 1)
        else:
            self._grid.addWidget(control, self._count, 1)
        self._count += 1

    def heading(self, text: str) -> None:
        """A line above the rows that follow."""
        self._grid.addWidget(label(text, role="head"), self._count, 0, 1, 2)
        self._count += 1


class MothersPart(_Grid):
    """Mothers' names: what tells two people of one name apart."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Mothers' names"), "mothers")
        self._grid.setColumnStretch(0, 0)
        self._grid.setColumnMinimumWidth(0, look.size(TITLES))
        self._edits: dict[str, NameEdit] = {}
        for place, person_id, person in people_of(file):
            edit = NameEdit(look, f"mother.{place}")
            edit.setText(person.mother_name or "")
            edit.setAccessibleName(self.words("Mother of {name}", name=person.given_name))
            edit.typed.connect(lambda text, kept=f"mother.{place}": self.keep(kept, text))
            self.row(person.full_name, edit)
            self._edits[person_id] = edit
        self.add(self._area)

    def persons(self) -> tuple[PersonProfile, ...]:
        """The names that were told."""
        told = {person: edit.value() for person, edit in self._edits.items()}
        return tuple(PersonProfile(person, mother_name=name) for person, name in told.items() if name)

    def show_kept(self, kept: Kept) -> None:
        """Show what was typed before."""
        with self.showing():
            for edit in self._edits.values():
                edit.setText(kept(edit.objectName()) or edit.text())


class MaritalPart(_Grid):
    """Marital state of adults, readable; of those between twelve and eighteen, sealed."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Married or single"), "marital")
        words = self.words
        self._boxes: dict[str, PickBox] = {}
        self._sealed: dict[int, PickBox] = {}
        for place, person_id, person in people_of(file, from_age=rules.ADULT):
            box = PickBox(look, f"marital.{place}", person.given_name, entries_of(look, MARITAL))
            box.choose(person.marital)
            box.picked.connect(lambda code, kept=f"marital.{place}": self.keep(kept, code))
            self.row(person.full_name, box)
            self._boxes[person_id] = box
        young = people_of(file, from_age=MARRIED_FROM, to_age=rules.ADULT - 1)
        if young:
            self.heading(words("Sealed for the centre. Nobody at this desk can read these answers again."))
        for place, _, person in young:
            box = PickBox(look, f"sealed.marital.{place}", person.given_name, entries_of(look, MARITAL))
            self.row(person.full_name, box)
            self._sealed[place] = box
        self.add(self._area)

    def persons(self) -> tuple[PersonProfile, ...]:
        """The adults' answers."""
        told = {person: box.chosen for person, box in self._boxes.items()}
        return tuple(PersonProfile(person, marital=code) for person, code in told.items() if code)

    def sealed(self) -> SealedAnswers:
        """The others' answers, on their way out."""
        told = ((place, box.chosen) for place, box in self._sealed.items())
        return SealedAnswers(persons=tuple(SealedPerson(place, marital=code) for place, code in told if code))

    def show_kept(self, kept: Kept) -> None:
        """Show what was chosen before."""
        for box in self._boxes.values():
            box.choose(kept(box.objectName()) or box.chosen)


class DifficultiesPart(_Grid):
    """The six questions, each asked for everybody from five years on."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Difficulties"), "difficulties")
        words = self.words
        self._boxes: dict[tuple[str, str], PickBox] = {}
        asked = people_of(file, from_age=rules.WASHINGTON_FROM)
        for domain in DISABILITY:
            question = words.label(WG_QUESTION.name, domain)
            self.heading(question)
            for place, person_id, person in asked:
                box = PickBox(look, f"wg.{place}.{domain}", "", entries_of(look, DIFFICULTY))
                box.setAccessibleName(f"{person.given_name}. {question}")
                box.choose((person.difficulties or {}).get(domain))
                box.picked.connect(lambda code, kept=f"wg.{place}.{domain}": self.keep(kept, code))
                self.row(person.full_name, box)
                self._boxes[person_id, domain] = box
        self.add(self._area)

    def persons(self) -> tuple[PersonProfile, ...]:
        """Everybody of whom all six were answered."""
        told: dict[str, dict[str, str]] = {}
        for (person, domain), box in self._boxes.items():
            if box.chosen is not None:
                told.setdefault(person, {})[domain] = box.chosen
        return tuple(
            PersonProfile(person, difficulties=answers)
            for person, answers in told.items()
            if len(answers) == len(DISABILITY)
        )

    def missing(self) -> list[Missing]:
        """Of somebody who was begun with, all six."""
        complete = {person.person for person in self.persons()}
        begun = {person for (person, _), box in self._boxes.items() if box.chosen is not None} - complete
        return [
            Missing(box.accessibleName(), box)
            for (person, _), box in self._boxes.items()
            if person in begun and box.chosen is None
        ][:1]

    def show_kept(self, kept: Kept) -> None:
        """Show what was chosen before."""
        for box in self._boxes.values():
            box.choose(kept(box.objectName()) or box.chosen)


class SocialPart(Part):
    """Which assistance they receive from the state."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Assistance they receive"), "socialCard")
        self.ticks = TickGroup(look, "social", self.words("Assistance they receive"), entries_of(look, SOCIAL))
        self.ticks.tick(file.household.social or ())
        self.add(self.field("social", self.words("Assistance they receive"), self.ticks))
        self.ticks.changed.connect(lambda codes: self.keep("social", " ".join(codes)))

    def answer(self) -> tuple[str, ...]:
        """What they receive; "none" alone where nothing was ticked."""
        told = tuple(code for code in self.ticks.ticked if code != "NONE")
        return told or ("NONE",)

    def missing(self) -> list[Missing]:
        """At least "none"."""
        return [] if self.ticks.ticked else [Missing(self.words("which assistance, or none"), self.ticks)]

    def show_kept(self, kept: Kept) -> None:
        """Show what was ticked before."""
        if kept("social"):
            self.ticks.tick(kept("social").split())


class VulnerabilityPart(_Grid):
    """The four things only the family can say; everything else follows from what is recorded."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("How they live"), "vulnerability")
        known = file.vulnerability
        self._rows: dict[str, ChoiceRow] = {}
        for flag in ASKED_VULNERABILITY:
            title = self.words.label(ASKED_FLAG.name, flag)
            row = ChoiceRow(look, f"flag.{flag}", title, entries_of(look, YES_NO, ("Y", "N")))
            if known is not None and flag in known.answered:
                row.choose("Y" if known.answered[flag] else "N")
            row.changed.connect(lambda code, kept=f"flag.{flag}": self.keep(kept, code))
            self.row(title, row)
            self._rows[flag] = row
        self.cwg = PickBox(look, "cwg", self.words("Result of the cash group"), entries_of(look, CWG))
        self.cwg.choose(known.cwg if known else None)
        self.row(self.words("Result of the cash group, if it came"), self.cwg)
        self.add(self._area)

    def answered(self) -> dict[str, bool]:
        """What was answered."""
        return {flag: row.chosen == "Y" for flag, row in self._rows.items() if row.chosen is not None}

    def missing(self) -> list[Missing]:
        """All four."""
        return [
            Missing(self.words.label(VULNERABILITY.name, flag), row)
            for flag, row in self._rows.items()
            if row.chosen is None
        ]

    def show_kept(self, kept: Kept) -> None:
        """Show what was answered before."""
        for row in self._rows.values():
            row.choose(kept(row.objectName()) or row.chosen)


class PapersPart(Part):
    """One paper at a time: whose, which, how it stands. The number is hashed when saved and kept nowhere."""

    def __init__(self, look: Look, file: HouseholdFile) -> None:
        super().__init__(look, look.words("Identity papers"), "papersCard")
        words = self.words
        self._places = {person_id: place for place, person_id, _ in people_of(file)}
        people = [(person_id, person.full_name) for _, person_id, person in people_of(file)]
        self.person = PickBox(look, "paper.person", words("Whose"), [(WHOLE, words("the whole family")), *people])
        self.kind = PickBox(look, "paper.type", words("Which paper"), entries_of(look, DOCUMENT))
        self.status = PickBox(look, "paper.status", words("How it stands"), entries_of(look, DOCUMENT_STATUS))
        self.number = NameEdit(look, "sealed.number", longest=40)
        self.seen = QCheckBox(words("I saw it"))
        self.seen.setObjectName("paper.seen")
        self.seen.setAccessibleName(self.seen.text())
        self.why = PickBox(look, "sealed.why", words("Why not held"), entries_of(look, NOT_HELD))
        self.add(self.field("person", words("Whose"), self.person, required=True))
        self.add(self.field("document", words("Which paper"), self.kind, required=True))
        self.add(self.field("document_status", words("How it stands"), self.status, required=True))
        hint = words("Never kept: only a mark by which the same paper is recognised, and the last four characters.")
        self.add(self.field("number", words("Its number"), self.number, hint=hint))
        self.add(self.seen)
        hint = words("Sealed for the centre. Nobody at this desk can read this answer again.")
        self.add(self.field("why", words("If they do not have it: why"), self.why, hint=hint))
        for box in (self.person, self.kind, self.status, self.why):
            box.setMaximumWidth(look.size(WIDE))
        self.number.setMaximumWidth(look.size(WIDE))
        for box in (self.person, self.kind, self.status):
            box.picked.connect(lambda code, kept=box.objectName(): self.keep(kept, code))  # noqa: B008 - bound now

    def paper(self) -> PaperEntry:
        """The paper as told."""
        return PaperEntry(
            type=self.kind.chosen or "",
            status=self.status.chosen or "",
            person=None if self.person.chosen == WHOLE else self.person.chosen,
            number=self.number.value(),
            seen=self.seen.isChecked(),
        )

    def sealed(self) -> SealedAnswers:
        """Why it is not held, on its way out."""
        place, why = self._places.get(self.person.chosen or ""), self.why.chosen
        if place is None or why is None:
            return SealedAnswers()
        return SealedAnswers(persons=(SealedPerson(place, papers=((self.kind.chosen or "OTH", why),)),))

    def missing(self) -> list[Missing]:
        """Whose, which and how."""
        words = self.words
        asked: tuple[tuple[str, PickBox], ...] = (
            (words("whose paper"), self.person), (words("which paper"), self.kind),
            (words("how it stands"), self.status),
        )  # fmt: skip
        return [Missing(what, box) for what, box in asked if box.chosen is None]

    def show_kept(self, kept: Kept) -> None:
        """Show what was chosen before."""
        for box in (self.person, self.kind, self.status):
            box.choose(kept(box.objectName()) or None)
