"""One visit: what it lacks, the families with their answers, the offer that is being made, and one family's people.

It shows what it is handed and says by signals what is wanted; the page writes.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.language import isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.rules import ADULT
from helpdesk.journey.visits import codes
from helpdesk.journey.visits.documents import Finding
from helpdesk.journey.visits.offers import HOLDING
from helpdesk.journey.visits.queries import Member, SeatLine, Traveller
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import Fetch, PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, button, clear, label

ROW_SEPARATOR = "   \u00b7   "


class OfferCard(Card):
    """To whom of a family a seat is offered. A family without a woman among them is asked why."""

    offered = Signal(str, tuple, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Offer seats to this family"), "offerCard")
        self._look = look
        self._members: Sequence[Member] = ()
        self.household = ""
        words = look.words
        self.whom = label("", role="head", name="offerWhom")
        self.add(self.whom)
        self._people_place = QHBoxLayout()
        self.inside.addLayout(self._people_place)
        self.people: TickGroup | None = None
        self.woman = label("", tone="careful", name="offerWoman")
        self.why = NameEdit(look, "offerWhy", longest=200)
        self.why.setAccessibleName(words("Why no woman is offered a seat"))
        self.why.setPlaceholderText(words("why no woman is offered a seat"))
        self.risk = label("", tone="careful", name="offerRisk")
        for widget in (self.woman, self.why, self.risk):
            self.add(widget)
        row = QHBoxLayout()
        self.give = button(words("Offer the seats"), look, self._offer, name="offerGive")
        row.addWidget(self.give)
        row.addWidget(button(words("Leave without saving"), look, self.left.emit, kind="link", name="offerLeave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.hide()

    def show_family(self, household: str, name: str, members: Sequence[Member]) -> None:
        """Begin an offer; every adult is offered a seat unless somebody is ticked off."""
        words = self._look.words
        self.household, self._members = household, members
        self.whom.setText(isolate(name))
        clear(self._people_place)
        entries = [
            (
                one.person,
                words("{name}, {age}", name=isolate(one.name), age=words.plural("{n} year", "{n} years", one.age)),
            )
            for one in members
        ]
        self.people = TickGroup(self._look, "offerPeople", words("For whom"), entries, columns=2)
        self.people.tick(one.person for one in members if one.age >= ADULT)
        self.people.changed.connect(lambda _: self._weigh())
        self._people_place.addWidget(self.people)
        self.why.clear()
        self._weigh()
        self.show()
        self.people.setFocus()

    def _weigh(self) -> None:
        words = self._look.words
        ticked = frozenset(self.people.ticked if self.people else ())
        women = [one for one in self._members if one.sex == "F" and one.age >= ADULT]
        none_offered = bool(women) and not any(one.person in ticked for one in women)
        self.woman.setText(words("No woman of this family is offered a seat. Ask whether one wants to come."))
        self.woman.setVisible(none_offered)
        self.why.setVisible(none_offered)
        at_risk = [isolate(one.name) for one in self._members if one.person in ticked and one.at_risk]
        self.risk.setText(
            words("No valid civil paper is known, a checkpoint may stop them: {names}", names=words.listed(at_risk))
        )
        self.risk.setVisible(bool(at_risk))
        self.give.setEnabled(bool(ticked))

    def _offer(self) -> None:
        if self.people is not None:
            self.offered.emit(self.household, self.people.ticked, self.why.value())

    def forget(self) -> None:
        """Nothing is offered any more."""
        self.household = ""
        self.hide()


class BoardCard(Card):
    """Who of a family came on the day, and who carries a civil paper."""

    boarded = Signal(str, tuple, tuple)

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("Who came"), "boardCard")
        self._look = look
        self._household = ""
        self._lines: list[tuple[Traveller, QCheckBox, QCheckBox]] = []
        self.rows = QVBoxLayout()
        self.inside.addLayout(self.rows)
        row = QHBoxLayout()
        row.addWidget(button(look.words("Write down who came"), look, self._board, name="boardSave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.hide()

    def show_seat(self, seat: SeatLine) -> None:
        """The people of a seat that was taken; all are ticked until somebody says otherwise."""
        words = self._look.words
        self._household, self._lines = seat.household, []
        clear(self.rows)
        for place, one in enumerate(seat.travellers):
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            came, paper = QCheckBox(isolate(one.name)), QCheckBox(words("carries a civil paper"))
            came.setObjectName(f"came.{place}")
            paper.setObjectName(f"paper.{place}")
            came.setAccessibleName(words("{name} came", name=isolate(one.name)))
            paper.setAccessibleName(words("{name} carries a civil paper", name=isolate(one.name)))
            came.setChecked(one.came is not False)
            paper.setChecked(bool(one.paper))
            row.addWidget(came, 1)
            row.addWidget(paper, 1)
            self.rows.addWidget(holder)
            self._lines.append((one, came, paper))
        self.show()

    def _board(self) -> None:
        came = tuple(one.person for one, box, _ in self._lines if box.isChecked())
        papers = tuple(one.person for one, _, box in self._lines if box.isChecked() and one.person in came)
        self.boarded.emit(self._household, came, papers)


class AfterCard(Card):
    """What one person found, and what she decided from the next day on."""

    found = Signal(str, object)
    decided = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("After the visit"), "afterCard")
        self._look = look
        self._people: dict[str, Traveller] = {}
        words = look.words
        self._who_place = QHBoxLayout()
        self.inside.addLayout(self._who_place)
        self.who: ChoiceRow | None = None
        self.saw = ChoiceRow(look, "sawHouse", words("Own house seen"), (("Y", words("Yes")), ("N", words("No"))))
        self.house = ChoiceRow(look, "foundHouse", words("Damage"), entries_of(look, codes.HOUSE), columns=7)
        self.services = TickGroup(
            look, "foundServices", words("Services that work"), entries_of(look, codes.SEEN_SERVICE), columns=6
        )
        self.hazards = TickGroup(look, "foundHazards", words("Dangers"), entries_of(look, codes.HAZARD), columns=3)
        self.reception = ChoiceRow(look, "foundReception", words("Reception"), entries_of(look, codes.RECEPTION))
        titled = (
            (words("Own house seen"), self.saw),
            (words("Damage of the house"), self.house),
            (words("Services that work"), self.services),
            (words("Dangers"), self.hazards),
            (words("How they were received"), self.reception),
        )
        for title, widget in titled:
            self.add(label(title, role="quiet"))
            self.add(widget)
        row = QHBoxLayout()
        row.addWidget(button(words("Save what was found"), look, self._find, name="findingSave"))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.decide_from = label("", role="quiet", name="decideFrom")
        self.decision = ChoiceRow(look, "visitDecision", words("Decision"), entries_of(look, codes.DECISION))
        self.decision.changed.connect(self._decide)
        self.add(self.decide_from)
        self.add(self.decision)
        self.hide()

    def show_people(self, travellers: Sequence[Traveller], decide_from: str) -> None:
        """The people who came; the first is shown. ``decide_from``: from which day on a decision is asked."""
        chosen = self.who.chosen if self.who else None
        self._people = {one.participant: one for one in travellers if one.came and one.participant}
        self.setVisible(bool(self._people))
        clear(self._who_place)
        self.who = None
        if not self._people:
            return
        entries = [(participant, isolate(one.name)) for participant, one in self._people.items()]
        self.who = ChoiceRow(self._look, "afterWho", self._look.words("Who is asked"), entries, columns=3)
        self.who.choose(chosen if chosen in self._people else entries[0][0])
        self.who.changed.connect(lambda _: self._tell())
        self._who_place.addWidget(self.who)
        self.decide_from.setText(decide_from)
        self._tell()

    def _now(self) -> tuple[str, Traveller] | None:
        chosen = self.who.chosen if self.who else None
        return (chosen, self._people[chosen]) if chosen in self._people and chosen else None

    def _tell(self) -> None:
        now = self._now()
        finding = now[1].finding if now else None
        self.saw.choose(None if finding is None else "Y" if finding.saw_own_house else "N")
        self.house.choose(finding.house if finding else None)
        self.services.tick(finding.services if finding else ())
        self.hazards.tick(finding.hazards if finding else ())
        self.reception.choose(finding.reception if finding else None)
        self.decision.choose(now[1].decision if now else None)

    def _find(self) -> None:
        now = self._now()
        if now is None:
            return
        finding = Finding(
            saw_own_house=self.saw.chosen == "Y",
            house=self.house.chosen if self.saw.chosen == "Y" else None,
            services=self.services.ticked,
            hazards=self.hazards.ticked,
            reception=self.reception.chosen,
        )
        self.found.emit(now[0], finding)

    def _decide(self, code: str) -> None:
        now = self._now()
        if now is not None:
            self.decided.emit(now[0], code)


def seats_table(look: Look, fetch: Fetch) -> PagedTable:
    """The families of a visit: number, name, how many, the answer, and what to look at."""
    words = look.words

    def careful(seat: SeatLine) -> str:
        said = [words("no woman")] if seat.woman == "NOT_OFFERED" else []
        if seat.at_risk and seat.state in HOLDING:
            said.append(words("papers: {n}", n=len(seat.at_risk)))
        return ROW_SEPARATOR.join(said)

    columns = [
        Column(words("Number"), 150, lambda seat: household_number_shown(seat.number) if seat.number else "", ltr=True),
        Column(words("Name on the card"), 0, lambda seat: seat.principal),
        Column(words("Seats"), 70, lambda seat: words.digits(len(seat.travellers))),
        Column(words("Answer"), 190, lambda seat: words.label(codes.SEAT.name, seat.state), tone=_tone),
        Column(words("Came"), 70, lambda seat: words.digits(seat.came) if seat.came else ""),
        Column(words("Look at"), 170, careful, tone=lambda _: "careful"),
    ]
    table = PagedTable(look, "seatsTable", words("Families"), columns, fetch)
    table.setMinimumHeight(look.size(180))
    return table


def _tone(seat: SeatLine) -> str:
    return {"TAKEN": "good", "WAITING": "careful"}.get(seat.state, "ink")
