"""Visits before deciding: plan one, offer seats, write down who came, what they found and what they decided later.

Offering is required, going is not. Nobody gets on before the risk was checked; a place that is not safe is said here.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar, TypeAlias

from PySide6.QtWidgets import QWidget

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
from ui.forms.list_and_plan import NEW, ListAndPlan, One, Planning, Said
from ui.forms.places import Places
from ui.forms.visit_form import VisitPart, fresh_visit, visit_answers
from ui.forms.visit_inside import VisitRoom
from ui.pages.base import Action, Page
from ui.widgets.row_drawing import Column
from ui.widgets.words import button

_Found: TypeAlias = "tuple[VisitShown, AreaStanding | None, date]"


class Visits(Page):
    """Opened with nothing, ``"new"``, or a visit's id."""

    name: ClassVar[str] = "visits"
    shows: ClassVar[frozenset[str]] = frozenset({"visit", "seat", "participant", "paper"})

    def build(self) -> None:
        """The list, the form of a new visit, and one visit with its families."""
        look, words = self.look, self.words
        self._visit: VisitShown | None = None
        self.places = Places(look, load_gazetteer)
        self.part = VisitPart(look, self.places)
        self.room = VisitRoom(look, self.places, lambda household: self.around.go("family", household))
        self.driver = button(words("List for the driver"), look, self._driver, icon_name="print", name="driverList")
        self.asked = button(words("Interview sheets"), look, self._interview, icon_name="print", name="interviewSheet")
        self._listen()
        self.frame = ListAndPlan(
            self, self._planning(), self._columns(), self.part, self.room, (self.driver, self.asked)
        )
        self.frame.opened.connect(self._opened)
        self.frame.closed.connect(self._closed)
        self.frame.arranged.connect(self._arranged)
        self.table = self.frame.table
        self.body.addWidget(self.frame, 1)
        self.frame.arrange()

    def _planning(self) -> Planning:
        words = self.words
        said = Said(
            which=words("Which visits"),
            list=words("Visits"),
            back=words("All visits"),
            why=words("Why it does not take place"),
            why_hint=words("why it does not take place"),
            cancel=words("Cancel the visit"),
            nothing=words("No visit yet. Ctrl+Enter plans the first. Families that wish for one wait in their files."),
            count=lambda n: words.plural("{n} visit", "{n} visits", n),
        )
        return Planning(
            name="visit", states=codes.VISIT_STATE, ids=queries.visit_ids, lines=queries.visit_lines,
            one=_visit_there, plan=commands.plan, change=commands.change, cancel=commands.cancel, facts=_facts,
            fresh=fresh_visit, open_states=("PLANNED",), said=said,
        )  # fmt: skip

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
        return self.frame.first_field(self.room.target)

    def main_action(self) -> Action | None:
        """Save what is being typed, else begin a new visit."""
        if not hasattr(self, "table") or not self.around.may(commands.plan):
            return None
        words = self.words
        if self.frame.is_typing:
            return Action(words("Save the visit"), self._save, "save", self.frame.lacking())
        return None if self.frame.is_inside else Action(words("New visit"), self.frame.begin, "add")

    def act(self) -> None:
        """Ctrl+Enter leads to what is missing."""
        self.frame.lead_to_missing()
        super().act()

    # reading

    def open(self, subject: Any = None) -> None:
        """Show the list, the form of a new visit, or one visit."""
        self.subject = subject
        self.read(desk_now, then=partial(self._know, subject == NEW), newest="now")
        self.frame.show_subject(subject)

    def _know(self, begin: bool, now: DeskNow) -> None:
        self.places.use(load_gazetteer().with_added(now.places))
        self.frame.know_today(now.day, begin=begin)

    def refresh(self) -> None:
        """Read again what is shown."""
        self.frame.refresh()

    def _opened(self, found: _Found) -> None:
        shown, place, today = found
        self._visit = shown
        self.room.tell(shown, place, today)

    def _closed(self) -> None:
        self._visit = None
        self.room.forget()

    def _arranged(self) -> None:
        visit, inside = self._visit.line.visit if self._visit else None, self.frame.is_inside
        self.driver.setVisible(inside and visit is not None and visit.kind == "GAS")
        self.asked.setVisible(inside)

    # what is done

    def _save(self) -> None:
        form = self.part.form()
        if form is not None:
            self.frame.save(form)

    def _check_risk(self, note: str) -> None:
        if self._visit is not None:
            room = self.room
            self.write(commands.check_risk, self._visit.line.id, note, then=lambda _: room.risk_note.clear())

    # seats

    def take_scan(self, digits: str) -> bool:
        """A scan while a visit is open is a family of it, or one to be offered seats."""
        if not self.frame.is_inside:
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


def _facts(found: _Found) -> One:
    line = found[0].line
    return One(line.id, line.visit.state, visit_answers(line.visit))


def _visit_there(view: View, visit_id: str) -> _Found:
    """A visit, how its destination stands where it is a listed place, and the day."""
    shown = queries.visit_of(view, visit_id)
    place = shown.line.visit.destination.place_id
    return shown, standing_of(view.connection, place, view.day) if place else None, view.day


def _family_scanned(view: View, digits: str) -> tuple[HouseholdLine, tuple[Member, ...]]:
    """A family by its card or number, with its people."""
    household = household_scanned(view, digits)
    return lines(view, (household,))[household], queries.members(view, household)
