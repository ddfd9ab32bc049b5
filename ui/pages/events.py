"""Sessions and events: plan one, scan whoever comes, count the rest, print the sheets.

A scan writes the family down at once and can be taken back; everything else is saved by its own button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.engagement import codes, commands, queries
from helpdesk.journey.engagement.queries import EventLine, EventShown
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.engagement_papers import attendance_paper, messages_paper
from ui.forms.event_form import EventPart
from ui.forms.event_room import EventRoom
from ui.forms.places import Places
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import button, label


class Events(Page):
    """Opened with nothing, ``"new"``, or an event's id."""

    name: ClassVar[str] = "events"
    shows: ClassVar[frozenset[str]] = frozenset({"event", "attendance", "head_count", "question"})

    def build(self) -> None:
        """The list, the form of a new event, and the event people come to."""
        look, words = self.look, self.words
        self._now: DeskNow | None = None
        self._event: EventShown | None = None
        self._changing = ""
        self.places = Places(look, load_gazetteer)
        self.states = ChoiceRow(
            look, "eventStates", words("Which events"), [("ALL", words("All")), *entries_of(look, codes.EVENT_STATE)]
        )
        self.states.choose("ALL")
        self.states.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="eventsTold")
        self.table = PagedTable(look, "eventsTable", words("Sessions and events"), self._columns(), self._fetch)
        self.table.setMinimumHeight(look.size(360))
        self.table.opened.connect(self._open_event)
        self.part = EventPart(look, self.places)
        self.part.moved.connect(self.show_head)
        self.part.left.connect(self._leave_form)
        self.room = EventRoom(look, self.places, lambda household: self.around.go("family", household))
        self.room.target.scanned.connect(self._scanned)
        self.room.taken_back.connect(self._take_back)
        self.room.counts.moved.connect(self.show_head)
        self.room.questions.noted.connect(self._note)
        for widget in (self.states, self.told, self.part, self.room):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)
        self._arrange()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.back = button(words("All events"), look, self._close_event, kind="link", name="eventsBack")
        self.messages = button(words("Key messages"), look, self._messages, icon_name="print", name="keyMessages")
        self.sheet = button(words("Attendance sheet"), look, self._sheet, icon_name="print", name="attendanceSheet")
        self.change = button(words("Change"), look, self._change, name="eventChange")
        self.held = button(words("It took place"), look, self._hold, name="eventHeld")
        self.lessons = button(
            words("Lessons and problems"), look, lambda: self.around.go("lessons"), kind="link", name="toLessons"
        )
        self.reason = NameEdit(look, "eventReason", longest=200)
        self.reason.setAccessibleName(words("Why it did not take place"))
        self.reason.setPlaceholderText(words("why it did not take place"))
        self.cancel = button(words("Cancel the event"), look, self._cancel, kind="stop", name="eventCancel")
        for widget in (self.back, self.messages, self.sheet, self.change, self.held):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.lessons)
        row.addWidget(self.reason, 1)
        row.addWidget(self.cancel)
        return acts

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
        if self.part.isVisibleTo(self):
            return self.part.kind
        return self.room.target if self._event is not None else self.table

    def main_action(self) -> Action | None:
        """Save what is being typed, else begin a new event."""
        if not hasattr(self, "table") or not self.around.may(commands.plan):
            return None
        words = self.words
        if self.part.isVisibleTo(self):
            missing = self.part.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(words("Save the event"), self._save, "save", lacking)
        if self._event is not None:
            counts = self.room.counts.counts()
            total = sum(sum(bands.values()) for bands in counts.values())
            if total:
                said = words.plural("Count {n} person", "Count {n} persons", total)
                return Action(said, self._count, "check")
            return None
        return Action(words("New event"), self._begin, "add")

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        missing = self.part.missing() if self.part.isVisibleTo(self) else []
        if missing:
            missing[0].where.setFocus()
        super().act()

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the list, an empty form, or one event."""
        self.subject = subject
        self._event = None
        self.part.hide()
        self.read(desk_now, then=partial(self._know, subject == "new"), newest="now")
        if isinstance(subject, str) and subject != "new":
            self._open_event(subject)
        self._ask()
        self._arrange()

    def _know(self, begin: bool, now: DeskNow) -> None:
        self._now = now
        self.places.use(load_gazetteer().with_added(now.places))
        if begin:
            self._begin()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self._event is not None:
            self._open_event(self._event.id)
        self._ask()

    def _ask(self) -> None:
        state = self.states.chosen
        self.read(queries.event_ids, None if state == "ALL" else state, then=self._show, newest="rows")

    def _show(self, ids: Sequence[str]) -> None:
        self.table.show_ids(ids)
        words = self.words
        none = words("No event yet. Ctrl+Enter plans the first; key messages can be printed before.")
        self.told.setText(words.plural("{n} event", "{n} events", len(ids)) if ids else none)

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(lines: dict[str, EventLine]) -> None:
            then([lines[one] for one in ids if one in lines])

        self.read(queries.event_lines, tuple(ids), then=take)

    def _open_event(self, event_id: str) -> None:
        self.read(queries.event_of, event_id, then=self._opened, newest="event")

    def _opened(self, shown: EventShown) -> None:
        fresh = self._event is None or self._event.id != shown.id
        self._event = shown
        self.room.tell(shown)
        self._arrange()
        if fresh:
            self.focus_first()

    def _close_event(self) -> None:
        self._event = None
        self.room.counts.forget()
        self.room.questions.forget()
        self._arrange()
        self.focus_first()

    def _arrange(self) -> None:
        typing, inside = self.part.isVisibleTo(self), self._event is not None
        state = self._event.event.state if self._event else ""
        may = self.around.may
        self.room.setVisible(inside and not typing)
        for widget in (self.states, self.told, self.table, self.lessons):
            widget.setVisible(not inside and not typing)
        self.back.setVisible(inside and not typing)
        self.messages.setVisible(not typing)
        self.sheet.setVisible(inside and not typing)
        self.change.setVisible(inside and not typing and state != "CANCELLED" and may(commands.change))
        self.held.setVisible(inside and not typing and state == "PLANNED" and may(commands.hold))
        can_cancel = inside and not typing and state != "CANCELLED" and may(commands.cancel)
        self.reason.setVisible(can_cancel)
        self.cancel.setVisible(can_cancel)
        self.show_head()

    # planning

    def _begin(self) -> None:
        if self._now is not None:
            self._changing = ""
            self.part.begin(self._now.day)
            self._arrange()
            self.focus_first()

    def _change(self) -> None:
        if self._event is not None:
            self._changing = self._event.id
            self.part.show_event(self._event.event)
            self._arrange()
            self.focus_first()

    def _leave_form(self) -> None:
        self.part.hide()
        self._arrange()
        self.focus_first()

    def _save(self) -> None:
        form = self.part.form()
        if form is None:
            return
        if self._changing:
            self.write(commands.change, self._changing, form, then=lambda _: self._leave_form())
        else:
            self.write(commands.plan, form, then=self._planned)

    def _planned(self, event_id: str) -> None:
        self.part.hide()
        self._open_event(event_id)

    def _hold(self) -> None:
        if self._event is not None:
            self.write(commands.hold, self._event.id, then=self._say_saved)

    def _cancel(self) -> None:
        if self._event is not None:
            self.write(commands.cancel, self._event.id, self.reason.value(), then=lambda _: self.reason.clear())

    def _say_saved(self, _: object) -> None:
        self.say("good", self.words("Saved."))

    def _say_taken_back(self, _: object) -> None:
        self.say("good", self.words("Taken back."))

    # who comes

    def take_scan(self, digits: str) -> bool:
        """A scan while an event is open is a family that came."""
        if self._event is None or self.part.isVisibleTo(self):
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
