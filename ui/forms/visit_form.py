"""What is asked when a visit is planned; it saves nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from helpdesk.journey.codes import PHASE
from helpdesk.journey.visits import codes
from helpdesk.journey.visits.documents import Visit
from helpdesk.journey.visits.forms import VisitForm
from ui.forms.kept_part import TICKED, KeptPart
from ui.forms.part import Missing
from ui.forms.places import Places, answer_of, kept_answer
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.day import DayEdit, day_typed
from ui.widgets.fields import DigitEdit, NameEdit


class VisitPart(KeptPart):
    """Opened for a new visit or with one that is changed."""

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__(look, look.words("The visit"), "visitForm", places)
        words = self.words
        self.kind = ChoiceRow(look, "visitKind", words("Kind"), entries_of(look, codes.VISIT))
        self.on = DayEdit(look, "visitOn")
        self.leaves = NameEdit(look, "visitLeaves", longest=20)
        self.seats = DigitEdit(look, "visitSeats", longest=3)
        self.destination = places.picker("visitDestination", words("The place it is about"))
        self.start = places.picker("visitStart", words("Where people meet"))
        self.organisation = NameEdit(look, "visitOrganisation")
        self.hosts = TickGroup(look, "visitHosts", words("Whom they meet"), entries_of(look, codes.HOST), columns=3)
        self.phase = ChoiceRow(look, "visitPhase", words("Phase"), entries_of(look, PHASE), columns=2)
        self.route = NameEdit(look, "visitRoute", longest=200)
        self.vehicle = NameEdit(look, "visitVehicle")
        self.contact = DigitEdit(look, "visitContact", longest=14, plus=True)
        self.women = QCheckBox(words("For women only"))
        self.women.setObjectName("visitWomen")
        self.women.setAccessibleName(self.women.text())
        self._lay()
        self.keeps(
            kind=self.kind, on=self.on, leaves=self.leaves, seats=self.seats, organisation=self.organisation,
            destination=self.destination, start=self.start, route=self.route, vehicle=self.vehicle,
            contact=self.contact, hosts=self.hosts, phase=self.phase, women=self.women,
        )  # fmt: skip

    def _lay(self) -> None:
        words = self.words
        self.add(self.field("kind", words("Kind"), self.kind, required=True))
        self._row(
            self.field("on", words("Day"), self.on, required=True),
            self.field("leaves", words("Leaves at"), self.leaves),
            self.field("seats", words("Seats"), self.seats, required=True),
            self.field("organisation", words("Organisation"), self.organisation, required=True),
        )
        self.on.told.connect(self.fields["on"].say)
        self._row(
            self.field("destination", words("The place it is about"), self.destination, required=True),
            self.field("start", words("Where people meet"), self.start, required=True),
        )
        self._row(
            self.field("route", words("Route"), self.route),
            self.field("vehicle", words("Vehicle"), self.vehicle),
            self.field("contact", words("Telephone on the way"), self.contact),
        )
        self.add(self.field("hosts", words("Whom they meet"), self.hosts))
        self.add(self.field("phase", words("Phase of the work"), self.phase, required=True))
        self.add(self.women)
        self.add_leave("visitLeave")

    def _row(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(row)

    def missing(self) -> list[Missing]:
        """What is still to be said."""
        words = self.words
        asked: tuple[tuple[bool, str, QWidget], ...] = (
            (self.kind.chosen is None, words("the kind"), self.kind),
            (self.on.day() is None, words("the day"), self.on),
            (not self.seats.value(), words("the seats"), self.seats),
            (not self.organisation.value(), words("the organisation"), self.organisation),
            (answer_of(self.destination.value()) is None, words("the place it is about"), self.destination),
            (answer_of(self.start.value()) is None, words("where people meet"), self.start),
            (self.kind.chosen == "GAS" and not self.contact.value(), words("a telephone on the way"), self.contact),
            (self.phase.chosen is None, words("the phase"), self.phase),
        )
        return [Missing(what, where) for lacks, what, where in asked if lacks]

    def form(self) -> VisitForm | None:
        """The visit as typed; None while something is missing."""
        on: date | None = self.on.day()
        destination, start = answer_of(self.destination.value()), answer_of(self.start.value())
        if self.missing() or on is None or destination is None or start is None:
            return None
        return VisitForm(
            kind=self.kind.chosen or "",
            on=on,
            destination=destination,
            start=start,
            seats=int(self.seats.value()),
            phase=self.phase.chosen or "",
            organisation=self.organisation.value(),
            hosts=self.hosts.ticked,
            route=self.route.value(),
            leaves=self.leaves.value(),
            vehicle=self.vehicle.value(),
            contact=self.contact.value(),
            women_only=self.women.isChecked(),
        )


def visit_answers(visit: Visit) -> dict[str, str]:
    """A visit as its form keeps it."""
    return {
        "kind": visit.kind, "on": day_typed(visit.on), "leaves": visit.leaves, "seats": str(visit.seats),
        "organisation": visit.organisation, "destination": kept_answer(visit.destination),
        "start": kept_answer(visit.start), "route": visit.route, "vehicle": visit.vehicle, "contact": visit.contact,
        "hosts": " ".join(visit.hosts), "phase": visit.phase, "women": TICKED if visit.women_only else "",
    }  # fmt: skip


def fresh_visit(_today: date) -> dict[str, str]:
    """A new visit begins with nothing: its day is agreed on first."""
    return {}
