"""Sessions and events: plan one, scan whoever comes, count the rest, print the sheets.

A scan writes the family down at once and can be taken back; everything else is saved by its own button. What is typed
of an event is kept as a draft until then.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from helpdesk.core.errors import Refusal
from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.engagement import codes, commands, queries
from helpdesk.journey.engagement.queries import EventLine, EventShown
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.engagement_papers import attendance_paper, messages_paper
from ui.forms.event_form import EventPart, event_answers, fresh_event
from ui.forms.event_room import EventRoom
from ui.forms.list_and_plan import NEW, ListAndPlan, One, Planning, Said
from ui.forms.places import Places
from ui.pages.base import Action, Page
from ui.widgets.row_drawing import Column
from ui.widgets.words import button


class Events(Page):
    """Opened with nothing, ``"new"``, or an event's id."""

    name: ClassVar[str] = "events"
    shows: ClassVar[frozenset[str]] = frozenset({"event", "attendance", "head_count", "question"})

    def build(self) -> None:
        """The list, the form of a new event, and the event people come to."""
        look = self.look
        self._now: DeskNow | None = None
        self._event: EventShown | None = None
        self.places = Places(look, load_gazetteer)
        self.part = EventPart(look, self.places)
        self.room = EventRoom(look, self.places, lambda household: self.around.go("family", household))
        self.room.target.scanned.connect(self._scanned)
        self.room.taken_back.connect(self._take_back)
        self.room.counts.moved.connect(self.show_head)
        self.room.questions.noted.connect(self._note)
        self._make_acts()
        self.frame = ListAndPlan(
            self, self._planning(), self._columns(), self.part, self.room,
            (self.messages, self.sheet, self.held), (self.lessons,),
        )  # fmt: skip
        self.frame.opened.connect(self._opened)
        self.frame.closed.connect(self._closed)
        self.frame.arranged.connect(self._arranged)
        self.states, self.table = self.frame.states, self.frame.table
        self.body.addWidget(self.frame, 1)
        self.frame.arrange()

    def _planning(self) -> Planning:
        words = self.words
        said = Said(
            which=words("Which events"),
            list=words("Sessions and events"),
            back=words("All events"),
            why=words("Why it did not take place"),
            why_hint=words("why it did not take place"),
            cancel=words("Cancel the event"),
            nothing=words("No event yet. Ctrl+Enter plans the first; key messages can be printed before."),
            count=lambda n: words.plural("{n} event", "{n} events", n),
        )
        return Planning(
            name="event", states=codes.EVENT_STATE, ids=queries.event_ids, lines=queries.event_lines,
            one=queries.event_of, plan=commands.plan, change=commands.change, cancel=commands.cancel,
            facts=lambda shown: One(shown.id, shown.event.state, event_answers(shown.event)), fresh=fresh_event,
            open_states=[state for state in codes.EVENT_STATE if state != "CANCELLED"], said=said,
        )  # fmt: skip

    def _make_acts(self) -> None:
        look, words = self.look, self.words
        self.messages = button(words("Key messages"), look, self._messages, icon_name="print", name="keyMessages")
        self.sheet = button(words("Attendance sheet"), look, self._sheet, icon_name="print", name="attendanceSheet")
        self.held = button(words("It took place"), look, self._hold, name="eventHeld")
        self.lessons = button(
            words("Lessons and problems"), look, lambda: self.around.go("lessons"), kind="link", name="toLessons"
        )

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Day"), 170, lambda line: words.date(line.event.on)),
            Column(words("Kind"), 220, lambda line: words.label(codes.EVENT.name, line.event.kind)),
            Column(words("Place"), 0, lambda line: self.places.name(line.event.place)),
            Column(words("State"), 110, lambda line: words.label(codes.EVENT_STATE.name, line.event.state), tone=_tone),
            Column(words("Families"), 90, lambda line: words.digits(line.families)),
            Column(words("Without a card"), 130, lambda line: words.digits(line.counted)),
        ]

    def title(self) -> str:
        """The page's title."""
        return self.words("Sessions and events")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Ctrl+Enter plans a new event. Enter opens one: scan the card of each family that comes in, one after "
            "another; a family is counted once, and the last one can be taken back. People without a card are "
            "counted by age, women and men. Questions are noted without names."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target; a form begins at its top."""
        return self.frame.first_field(self.room.target)

    def main_action(self) -> Action | None:
        """Save what is being typed, else begin a new event."""
        if not hasattr(self, "table") or not self.around.may(commands.plan):
            return None
        words = self.words
        if self.frame.is_typing:
            return Action(words("Save the event"), self._save, "save", self.frame.lacking())
        if self.frame.is_inside:
            counts = self.room.counts.counts()
            total = sum(sum(bands.values()) for bands in counts.values())
            if total:
                said = words.plural("Count {n} person", "Count {n} persons", total)
                return Action(said, self._count, "check")
            return None
        return Action(words("New event"), self.frame.begin, "add")

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        self.frame.lead_to_missing()
        super().act()

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the list, the form of a new event, or one event."""
        self.subject = subject
        self.read(desk_now, then=partial(self._know, subject == NEW), newest="now")
        self.frame.show_subject(subject)

    def _know(self, begin: bool, now: DeskNow) -> None:
        self._now = now
        self.places.use(load_gazetteer().with_added(now.places))
        self.frame.know_today(now.day, begin=begin)

    def refresh(self) -> None:
        """Read again what is shown."""
        self.frame.refresh()

    def _opened(self, shown: EventShown) -> None:
        self._event = shown
        self.room.tell(shown)

    def _closed(self) -> None:
        self._event = None
        self.room.counts.forget()
        self.room.questions.forget()

    def _arranged(self) -> None:
        frame, inside = self.frame, self.frame.is_inside
        state = self._event.event.state if self._event else ""
        self.lessons.setVisible(frame.is_list)
        self.messages.setVisible(not frame.is_typing)
        self.sheet.setVisible(inside)
        self.held.setVisible(inside and state == "PLANNED" and self.around.may(commands.hold))

    # what is done

    def _save(self) -> None:
        form = self.part.form()
        if form is not None:
            self.frame.save(form)

    def _hold(self) -> None:
        if self._event is not None:
            self.write(commands.hold, self._event.id, then=self._say_saved)

    def _say_saved(self, _: object) -> None:
        self.say("good", self.words("Saved."))

    def _say_taken_back(self, _: object) -> None:
        self.say("good", self.words("Taken back."))

    # who comes

    def take_scan(self, digits: str) -> bool:
        """A scan while an event is open is a family that came."""
        if not self.frame.is_inside:
            return False
        self.room.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        if self._event is not None:
            self.quiet()
            self.write(commands.scan, self._event.id, digits, then=self._came)

    def _came(self, came: commands.Came) -> None:
        if came.again:
            self.say("careful", self.words("This family is written down already and counts once."))

    def _take_back(self, attendance: str) -> None:
        self.write(commands.take_back, attendance, then=self._say_taken_back)

    def _count(self) -> None:
        if self._event is not None:
            self.write(commands.count, self._event.id, self.room.counts.counts(), then=self._counted)

    def _counted(self, count_id: str) -> None:
        self.room.counts.forget()
        self.show_head()
        self.say(
            "good", self.words("The count is saved. Another count of the same event is added to it."),
            (self.words("Take the count back"), partial(self._take_back_count, count_id)),
        )  # fmt: skip

    def _take_back_count(self, count_id: str) -> None:
        self.quiet()
        self.write(commands.take_back_count, count_id, then=self._say_taken_back)

    def _note(self, text: str, topic: str | None, answer: str, names_nobody: bool) -> None:
        if self._event is not None:
            self.quiet()
            self.write(
                commands.ask, self._event.id, text, topic, answer, names_nobody,
                then=lambda _: self.room.questions.forget(), failed=self._not_noted,
            )  # fmt: skip

    def _not_noted(self, error: Exception) -> None:
        doubted = isinstance(error, Refusal) and error.code == "text.name"
        way_on = (self.words("Nobody is meant: note it"), partial(self.room.questions.send, True)) if doubted else None
        self.show_failure(error, way_on)

    # papers

    def _messages(self) -> None:
        if self._now is not None:
            topics = self._event.event.topics if self._event else tuple(codes.TOPIC)
            practice = self.around.seat.practice
            self.around.go("paper", messages_paper(self.words, topics, self._now, practice=practice))

    def _sheet(self) -> None:
        if self._event is not None:
            practice = self.around.seat.practice
            self.around.go("paper", attendance_paper(self.words, self._event, practice=practice))

    def print_pressed(self) -> None:
        """F6: the attendance sheet of the open event, else the key messages."""
        if self._event is not None:
            self._sheet()
        else:
            self._messages()


def _tone(line: EventLine) -> str:
    return {"HELD": "good", "CANCELLED": "stop"}.get(line.event.state, "ink")
