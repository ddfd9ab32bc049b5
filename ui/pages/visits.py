"""Visits before deciding: plan one, offer seats, write down who came, what they found and what they decided later.

Offering is required, going is not. Nobody gets on before the risk was checked; a place that is not safe is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.queries import HouseholdLine, lines
from helpdesk.journey.areas.facts import AreaStanding, standing_of
from helpdesk.journey.scans import household_scanned
from helpdesk.journey.visits import codes, commands, offers, queries
from helpdesk.journey.visits.documents import Finding
from helpdesk.journey.visits.queries import Member, VisitLine, VisitShown
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.engagement_papers import driver_paper, interview_paper
from ui.forms.places import Places
from ui.forms.visit_form import VisitPart
from ui.forms.visit_inside import VisitRoom
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import button, label


class Visits(Page):
    """Opened with nothing, ``"new"``, or a visit's id."""

    name: ClassVar[str] = "visits"
    shows: ClassVar[frozenset[str]] = frozenset({"visit", "seat", "participant", "paper"})

    def build(self) -> None:
        """The list, the form of a new visit, and one visit with its families."""
        look, words = self.look, self.words
        self._now: DeskNow | None = None
        self._visit: VisitShown | None = None
        self._changing = ""
        self.places = Places(look, load_gazetteer)
        self.states = ChoiceRow(
            look, "visitStates", words("Which visits"), [("ALL", words("All")), *entries_of(look, codes.VISIT_STATE)]
        )
        self.states.choose("ALL")
        self.states.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="visitsTold")
        self.table = PagedTable(look, "visitsTable", words("Visits"), self._columns(), self._fetch)
        self.table.setMinimumHeight(look.size(360))
        self.table.opened.connect(self._open_visit)
        self.part = VisitPart(look, self.places)
        self.part.moved.connect(self.show_head)
        self.part.left.connect(self._leave_form)
        self.room = VisitRoom(look, self.places, lambda household: self.around.go("family", household))
        self._listen()
        for widget in (self.states, self.told, self.part, self.room):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)
        self._arrange()

    def _listen(self) -> None:
        room = self.room
        room.target.scanned.connect(self._scanned)
        room.checked.connect(self._check_risk)
        room.answered.connect(self._answer)
        room.taken_back.connect(self._take_back)
        room.offer.offered.connect(self._offer)
        room.offer.left.connect(self._leave_offer)
        room.board.boarded.connect(self._board)
        room.after.found.connect(self._find)
        room.after.decided.connect(self._decide)

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.back = button(words("All visits"), look, self._close_visit, kind="link", name="visitsBack")
        self.driver = button(words("List for the driver"), look, self._driver, icon_name="print", name="driverList")
        self.asked = button(words("Interview sheets"), look, self._interview, icon_name="print", name="interviewSheet")
        self.change = button(words("Change"), look, self._change, name="visitChange")
        self.reason = NameEdit(look, "visitReason", longest=200)
        self.reason.setAccessibleName(words("Why it does not take place"))
        self.reason.setPlaceholderText(words("why it does not take place"))
        self.cancel = button(words("Cancel the visit"), look, self._cancel, kind="stop", name="visitCancel")
        for widget in (self.back, self.driver, self.asked, self.change):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.cancel)
        return acts

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Day"), 170, lambda line: words.date(line.visit.on)),
            Column(words("Kind"), 120, lambda line: words.label(codes.VISIT.name, line.visit.kind)),
            Column(words("The place it is about"), 0, lambda line: self.places.name(line.visit.destination)),
            Column(words("State"), 110, lambda line: words.label(codes.VISIT_STATE.name, line.visit.state), tone=_tone),
            Column(words("Seats"), 100, self._seats_shown),
            Column(words("Waiting"), 80, lambda line: words.digits(line.waiting) if line.waiting else ""),
        ]

    def _seats_shown(self, line: VisitLine) -> str:
        return self.words("{held} of {seats}", held=line.held, seats=line.visit.seats)

    def title(self) -> str:
        """The page's title."""
        return self.words("Visits before deciding")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Ctrl+Enter plans a new visit. Enter opens one: scan or type a family's number to offer it seats, and on "
            "the day to write down who came. Every family is offered a visit; nobody has to go. At least one woman of "
            "each family is offered a seat. What people decided is asked from the next day on, of each person alone."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target; a form begins at its top."""
        if self.part.isVisibleTo(self):
            return self.part.kind
        return self.room.target if self._visit is not None else self.table

    def main_action(self) -> Action | None:
        """Save what is being typed, else begin a new visit."""
        if not hasattr(self, "table") or not self.around.may(commands.plan):
            return None
        words = self.words
        if self.part.isVisibleTo(self):
            missing = self.part.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(words("Save the visit"), self._save, "save", lacking)
        return None if self._visit is not None else Action(words("New visit"), self._begin, "add")

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        missing = self.part.missing() if self.part.isVisibleTo(self) else []
        if missing:
            missing[0].where.setFocus()
        super().act()

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the list, an empty form, or one visit."""
        self.subject = subject
        self._visit = None
        self.part.hide()
        self.room.forget()
        self.read(desk_now, then=partial(self._know, subject == "new"), newest="now")
        if isinstance(subject, str) and subject != "new":
            self._open_visit(subject)
        self._ask()
        self._arrange()

    def _know(self, begin: bool, now: DeskNow) -> None:
        self._now = now
        self.places.use(load_gazetteer().with_added(now.places))
        if begin:
            self._begin()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self._visit is not None:
            self._open_visit(self._visit.line.id)
        self._ask()

    def _ask(self) -> None:
        state = self.states.chosen
        self.read(queries.visit_ids, None if state == "ALL" else state, then=self._show, newest="rows")

    def _show(self, ids: Sequence[str]) -> None:
        self.table.show_ids(ids)
        words = self.words
        none = words("No visit yet. Ctrl+Enter plans the first. Families that wish for one wait in their files.")
        self.told.setText(words.plural("{n} visit", "{n} visits", len(ids)) if ids else none)

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(found: dict[str, VisitLine]) -> None:
            then([found[one] for one in ids if one in found])

        self.read(queries.visit_lines, tuple(ids), then=take)

    def _open_visit(self, visit_id: str) -> None:
        self.read(_visit_there, visit_id, then=self._opened, newest="visit")

    def _opened(self, found: tuple[VisitShown, AreaStanding | None, date]) -> None:
        shown, place, today = found
        fresh = self._visit is None or self._visit.line.id != shown.line.id
        self._visit = shown
        self.room.tell(shown, place, today)
        self._arrange()
        if fresh:
            self.focus_first()

    def _arrange(self) -> None:
        typing, inside = self.part.isVisibleTo(self), self._visit is not None
        visit = self._visit.line.visit if self._visit else None
        state = visit.state if visit else ""
        shown = inside and not typing
        may = self.around.may
        self.states.setVisible(not inside and not typing)
        self.told.setVisible(not inside and not typing)
        self.table.setVisible(not inside and not typing)
        self.room.setVisible(shown)
        self.back.setVisible(shown)
        self.driver.setVisible(shown and visit is not None and visit.kind == "GAS")
        self.asked.setVisible(shown)
        self.change.setVisible(shown and state == "PLANNED" and may(commands.change))
        can_cancel = shown and state == "PLANNED" and may(commands.cancel)
        self.reason.setVisible(can_cancel)
        self.cancel.setVisible(can_cancel)
        self.show_head()

    # planning

    def _begin(self) -> None:
        self._changing = ""
        self.part.begin()
        self._arrange()
        self.focus_first()

    def _change(self) -> None:
        if self._visit is not None:
            self._changing = self._visit.line.id
            self.part.show_visit(self._visit.line.visit)
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

    def _planned(self, visit_id: str) -> None:
        self.part.hide()
        self._open_visit(visit_id)

    def _close_visit(self) -> None:
        self._visit = None
        self.room.forget()
        self._arrange()
        self.focus_first()

    def _check_risk(self, note: str) -> None:
        if self._visit is not None:
            room = self.room
            self.write(commands.check_risk, self._visit.line.id, note, then=lambda _: room.risk_note.clear())

    def _cancel(self) -> None:
        if self._visit is not None:
            self.write(commands.cancel, self._visit.line.id, self.reason.value(), then=lambda _: self.reason.clear())

    # seats

    def take_scan(self, digits: str) -> bool:
        """A scan while a visit is open is a family of it, or one to be offered seats."""
        if self._visit is None or self.part.isVisibleTo(self):
            return False
        self.room.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.read(_family_scanned, digits, then=self._found_family)

    def _found_family(self, found: tuple[HouseholdLine, tuple[Member, ...]]) -> None:
        family, members = found
        if self._visit is not None and not self.room.show_seat_of(family.id):
            self.room.offer.show_family(family.id, family.principal, members)

    def _leave_offer(self) -> None:
        self.room.offer.forget()
        self.room.target.setFocus()

    def _offer(self, household: str, persons: tuple[str, ...], why: str) -> None:
        if self._visit is not None:
            self.write(offers.offer, self._visit.line.id, household, persons, why, then=self._offered)

    def _offered(self, made: offers.Offered) -> None:
        self._leave_offer()
        if made.state == "WAITING":
            self.say(
                "careful", self.words("Too few seats are free. The family waits and must still be offered a seat.")
            )
        else:
            self.say("good", self.words("The seats are offered. Ask the family whether it wants to go."))

    def _answer(self, seat: str, said: str) -> None:
        self.write(offers.answer, seat, said)

    def _take_back(self, seat: str) -> None:
        self.write(offers.take_back, seat)

    # the day and after

    def _board(self, household: str, came: tuple[str, ...], papers: tuple[str, ...]) -> None:
        if self._visit is not None:
            self.quiet()
            self.write(commands.board, self._visit.line.id, household, came, papers, then=self._say_saved)

    def _find(self, participant: str, finding: Finding) -> None:
        self.quiet()
        self.write(commands.find, participant, finding, then=self._say_saved)

    def _decide(self, participant: str, code: str) -> None:
        self.quiet()
        self.write(commands.decide, participant, code, then=self._say_saved, failed=self._not_decided)

    def _not_decided(self, error: Exception) -> None:
        self.show_failure(error)
        self.refresh()

    def _say_saved(self, _: object) -> None:
        self.say("good", self.words("Saved."))

    # papers

    def _driver(self) -> None:
        if self._visit is not None:
            practice = self.around.seat.practice
            self.around.go("paper", driver_paper(self.words, self._visit, self.places.all, practice=practice))

    def _interview(self) -> None:
        if self._visit is not None:
            practice = self.around.seat.practice
            self.around.go("paper", interview_paper(self.words, self._visit, practice=practice))

    def print_pressed(self) -> None:
        """F6: the driver's list before a journey, else the interview sheets."""
        visit = self._visit.line.visit if self._visit else None
        if visit is not None and visit.kind == "GAS" and visit.state == "PLANNED":
            self._driver()
        else:
            self._interview()


def _tone(line: VisitLine) -> str:
    return {"UNDERWAY": "good", "CANCELLED": "stop"}.get(line.visit.state, "ink")


def _visit_there(view: View, visit_id: str) -> tuple[VisitShown, AreaStanding | None, date]:
    """A visit, how its destination stands where it is a listed place, and the day."""
    shown = queries.visit_of(view, visit_id)
    place = shown.line.visit.destination.place_id
    return shown, standing_of(view.connection, place, view.day) if place else None, view.day


def _family_scanned(view: View, digits: str) -> tuple[HouseholdLine, tuple[Member, ...]]:
    """A family by its card or number, with its people."""
    household = household_scanned(view, digits)
    return lines(view, (household,))[household], queries.members(view, household)
