"""What is asked when a session or event is planned or written down; it saves nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from helpdesk.households.codes import SPOKEN
from helpdesk.journey.codes import PHASE, SIDE
from helpdesk.journey.engagement import codes
from helpdesk.journey.engagement.documents import Event, Material
from helpdesk.journey.engagement.forms import EventForm
from ui.forms.kept_part import TICKED, KeptPart
from ui.forms.part import Missing
from ui.forms.places import Places, answer_of, kept_answer
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.day import DayEdit, day_typed
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import label


class EventPart(KeptPart):
    """Opened for a new event or with one that is changed."""

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__(look, look.words("What takes place"), "eventForm", places)
        words = self.words
        self.kind = ChoiceRow(look, "eventKind", words("Kind"), entries_of(look, codes.EVENT), columns=3)
        self.on = DayEdit(look, "eventOn")
        self.place = places.picker("eventPlace", words("Place"))
        self.side = ChoiceRow(look, "eventSide", words("Where"), entries_of(look, SIDE))
        self.level = ChoiceRow(look, "eventLevel", words("For whom"), entries_of(look, codes.LEVEL))
        self.phase = ChoiceRow(look, "eventPhase", words("Phase"), entries_of(look, PHASE), columns=2)
        self.topics = TickGroup(look, "eventTopics", words("Topics"), entries_of(look, codes.TOPIC), columns=4)
        self.organisation = NameEdit(look, "eventOrganisation")
        self.facilitators = NameEdit(look, "eventFacilitators", longest=200)
        self.bodies = TickGroup(look, "eventBodies", words("Government there"), entries_of(look, codes.BODY), columns=3)
        self.language = ChoiceRow(look, "eventLanguage", words("Spoken"), entries_of(look, SPOKEN))
        self.women = QCheckBox(words("For women only"))
        self.women.setObjectName("eventWomen")
        self.women.setAccessibleName(self.women.text())
        self.copies = {code: DigitEdit(look, f"eventCopies.{code}", longest=5) for code in codes.MATERIAL}
        self._lay()
        self.keeps(
            kind=self.kind, on=self.on, place=self.place, side=self.side, level=self.level, phase=self.phase,
            topics=self.topics, organisation=self.organisation, facilitators=self.facilitators, bodies=self.bodies,
            language=self.language, women=self.women,
        )  # fmt: skip
        for code, edit in self.copies.items():
            self.keeps_as(f"copies.{code}", edit)

    def _lay(self) -> None:
        words = self.words
        self.add(self.field("kind", words("Kind"), self.kind, required=True))
        row = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.field("on", words("Day"), self.on, required=True), 1, top)
        row.addWidget(self.field("place", words("Place"), self.place, required=True), 2, top)
        row.addWidget(self.field("organisation", words("Organisation"), self.organisation, required=True), 1, top)
        self.inside.addLayout(row)
        self.on.told.connect(self.fields["on"].say)
        self.add(self.field("topics", words("Topics"), self.topics, required=True))
        self.add(self.field("side", words("Where"), self.side, required=True))
        self.add(self.field("level", words("For whom"), self.level, required=True))
        self.add(self.field("phase", words("Phase of the work"), self.phase, required=True))
        self.add(self.women)
        self.add(self.field("facilitators", words("Who speaks"), self.facilitators))
        self.add(self.field("bodies", words("Government there"), self.bodies))
        self.add(self.field("language", words("Spoken"), self.language))
        self.add(label(words("Copies handed out, hung up or sent"), role="quiet"))
        self.add(self._grid())
        self.add_leave("eventLeave")

    def _grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (code, edit) in enumerate(self.copies.items()):
            title = self.words.label(codes.MATERIAL.name, code)
            grid.addWidget(self.field(f"copies.{code}", title, edit), place // 4, place % 4)
        return holder

    def missing(self) -> list[Missing]:
        """What is still to be said."""
        words = self.words
        asked: tuple[tuple[bool, str, QWidget], ...] = (
            (self.kind.chosen is None, words("the kind"), self.kind),
            (self.on.day() is None, words("the day"), self.on),
            (answer_of(self.place.value()) is None, words("the place"), self.place),
            (not self.organisation.value(), words("the organisation"), self.organisation),
            (not self.topics.ticked, words("the topics"), self.topics),
            (self.side.chosen is None, words("where"), self.side),
            (self.level.chosen is None, words("for whom"), self.level),
            (self.phase.chosen is None, words("the phase"), self.phase),
        )
        return [Missing(what, where) for lacks, what, where in asked if lacks]

    def form(self) -> EventForm | None:
        """The event as typed; None while something is missing."""
        on, place = self.on.day(), answer_of(self.place.value())
        if self.missing() or on is None or place is None:
            return None
        language = self.language.chosen
        return EventForm(
            kind=self.kind.chosen or "",
            side=self.side.chosen or "",
            level=self.level.chosen or "",
            on=on,
            place=place,
            phase=self.phase.chosen or "",
            topics=self.topics.ticked,
            organisation=self.organisation.value(),
            facilitators=self.facilitators.value(),
            bodies=self.bodies.ticked,
            materials=tuple(
                Material(code, int(edit.value()), language or "ar")
                for code, edit in self.copies.items()
                if edit.value()
            ),
            language=language,
            women_only=self.women.isChecked(),
        )


def event_answers(event: Event) -> dict[str, str]:
    """An event as its form keeps it."""
    copies = {f"copies.{one.kind}": str(one.copies) for one in event.materials}
    return {
        "kind": event.kind, "on": day_typed(event.on), "place": kept_answer(event.place), "side": event.side,
        "level": event.level, "phase": event.phase, "topics": " ".join(event.topics),
        "organisation": event.organisation, "facilitators": event.facilitators, "bodies": " ".join(event.bodies),
        "language": event.language or "", "women": TICKED if event.women_only else "", **copies,
    }  # fmt: skip


def fresh_event(today: date) -> dict[str, str]:
    """What a new event begins with: today."""
    return {"on": day_typed(today)}
