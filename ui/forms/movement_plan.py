"""Planning a movement: its day, how and where to, whom to call, and its vehicles. It saves nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.journey.departures.codes import MODE, VEHICLE
from helpdesk.journey.departures.documents import Movement, MovementPlan, Vehicle
from ui.forms.part import Missing, Part
from ui.forms.places import Places, answer_of, kept_answer
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import button, clear


class VehicleLine(QWidget):
    """One vehicle: what it is, its plate, its driver's phone and seats."""

    changed = Signal()

    def __init__(self, look: Look, place: int) -> None:
        super().__init__()
        words = look.words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        number = words.digits(place + 1)
        self.kind = ChoiceRow(
            look,
            f"vehicle{place}.kind",
            words("Vehicle {n}: what it is", n=number),
            entries_of(look, VEHICLE),
            columns=3,
        )
        self.plate = NameEdit(look, f"vehicle{place}.plate", longest=24)
        self.phone = DigitEdit(look, f"vehicle{place}.phone", longest=15, plus=True)
        self.seats = DigitEdit(look, f"vehicle{place}.seats", longest=3)
        named = (
            (self.plate, words("Plate of vehicle {n}", n=number), words("plate")),
            (self.phone, words("Phone of the driver of vehicle {n}", n=number), words("driver's phone")),
            (self.seats, words("Seats of vehicle {n}", n=number), words("seats")),
        )
        row.addWidget(self.kind, 2)
        for edit, title, hint in named:
            edit.setAccessibleName(title)
            edit.setPlaceholderText(hint)
            edit.typed.connect(lambda _: self.changed.emit())
            row.addWidget(edit, 1)
        self.kind.changed.connect(lambda _: self.changed.emit())

    def show_vehicle(self, vehicle: Vehicle) -> None:
        """Show one that is known."""
        self.kind.choose(vehicle.kind)
        self.plate.setText(vehicle.plate)
        self.phone.setText(vehicle.phone)
        self.seats.setText("" if vehicle.seats is None else str(vehicle.seats))

    def vehicle(self) -> Vehicle | None:
        """The vehicle, None while nothing stands here."""
        if not self.plate.value() and self.kind.chosen is None:
            return None
        seats = self.seats.value()
        return Vehicle(
            self.kind.chosen or "", self.plate.value(), "", self.phone.value(), int(seats) if seats else None
        )

    def is_half(self) -> bool:
        """Whether something stands here that is no whole vehicle."""
        vehicle = self.vehicle()
        return vehicle is not None and not (vehicle.kind and vehicle.plate)


class MovementPart(Part):
    """The plan of one movement, new or changed."""

    moved = Signal()

    def __init__(self, look: Look, places: Places) -> None:
        super().__init__(look, look.words("A movement"), "movementPlan")
        words = self.words
        self._places = places
        self.movement: str | None = None
        self._lines: list[VehicleLine] = []
        self.day = DayEdit(look, "movementDay")
        self.number = DigitEdit(look, "movementNumber", longest=8)
        self.mode = ChoiceRow(look, "movementMode", words("How they travel"), entries_of(look, MODE), columns=3)
        self.destination = places.picker("movementDestination", words("Where to"))
        self.route = NameEdit(look, "movementRoute", longest=200)
        self.meeting = NameEdit(look, "movementMeeting", longest=120)
        self.hour = NameEdit(look, "movementHour", longest=20)
        self.contact = DigitEdit(look, "movementContact", longest=15, plus=True)
        self.organisation = NameEdit(look, "movementOrganisation", longest=80)
        day_field = self.field("day", words("Day of the movement"), self.day, required=True)
        self.day.told.connect(day_field.say)
        number_field = self.field(
            "number", words("Number of the paper form"), self.number, hint=words("only if it was begun on paper")
        )
        self._beside(day_field, number_field)
        self.add(self.field("mode", words("How they travel"), self.mode, required=True))
        self.add(self.field("destination", words("Where to"), self.destination))
        self._beside(
            self.field("hour", words("Hour"), self.hour),
            self.field("meeting", words("Where we meet"), self.meeting),
            self.field("contact", words("Call on the way"), self.contact),
        )
        self._beside(
            self.field("route", words("Route"), self.route),
            self.field("organisation", words("Organisation"), self.organisation),
        )
        self._vehicles = QVBoxLayout()
        self.inside.addLayout(self._vehicles)
        foot = QHBoxLayout()
        foot.addWidget(button(words("Add a vehicle"), look, self._add_vehicle, icon_name="add", name="addVehicle"))
        foot.addStretch(1)
        foot.addWidget(button(words("Leave without planning"), look, self.forget, kind="link", name="planLeave"))
        self.inside.addLayout(foot)
        self.mode.changed.connect(lambda _: self.moved.emit())
        self.day.typed.connect(lambda _: self.moved.emit())
        self.number.typed.connect(lambda _: self.moved.emit())
        self.hide()

    def _beside(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        for field in fields:
            row.addWidget(field, 1)
        self.inside.addLayout(row)

    def begin(self) -> None:
        """A new movement."""
        self.movement = None
        self._empty()
        self._reveal()

    def show_movement(self, movement_id: str, movement: Movement) -> None:
        """A planned movement, to be changed; its number stays."""
        self.movement = movement_id
        self._empty()
        self.day.show_day(movement.day)
        self.mode.choose(movement.mode)
        self._places.show(self.destination, kept_answer(movement.destination))
        for edit, text in (
            (self.route, movement.route), (self.meeting, movement.meeting), (self.hour, movement.hour),
            (self.organisation, movement.organisation),
        ):  # fmt: skip
            edit.setText(text)
        self.contact.setText(movement.contact)
        for vehicle in movement.vehicles:
            self._add_vehicle().show_vehicle(vehicle)
        self._reveal()

    def _empty(self) -> None:
        for edit in (self.day, self.number, self.route, self.meeting, self.hour, self.contact, self.organisation):
            edit.clear()
        self.fields["number"].setVisible(self.movement is None)
        self.mode.choose(None)
        self._places.show(self.destination, "")
        self._lines = []
        clear(self._vehicles)

    def _reveal(self) -> None:
        self.show()
        self.day.setFocus()
        self.moved.emit()

    def _add_vehicle(self) -> VehicleLine:
        line = VehicleLine(self.look, len(self._lines))
        line.changed.connect(self.moved.emit)
        self._lines.append(line)
        self._vehicles.addWidget(line)
        self.moved.emit()
        return line

    def forget(self) -> None:
        """Nothing is planned any more."""
        self.hide()
        self.moved.emit()

    @property
    def is_open(self) -> bool:
        """Whether a plan is being typed."""
        return not self.isHidden()

    def missing(self) -> list[Missing]:
        """What a plan lacks."""
        words = self.words
        found = []
        if self.day.day() is None:
            found.append(Missing(words("the day of the movement"), self.day))
        if self.mode.chosen is None:
            found.append(Missing(words("how they travel"), self.mode))
        found += [Missing(words("kind and plate of the vehicle"), line.plate) for line in self._lines if line.is_half()]
        return found

    def plan(self) -> MovementPlan:
        """The plan. To be asked for once nothing is missing."""
        day = self.day.day()
        assert day is not None
        return MovementPlan(
            day=day,
            mode=self.mode.chosen or "",
            destination=answer_of(self.destination.value()),
            route=self.route.value(),
            meeting=self.meeting.value(),
            hour=self.hour.value(),
            contact=self.contact.value(),
            organisation=self.organisation.value(),
            vehicles=tuple(vehicle for line in self._lines if (vehicle := line.vehicle()) is not None),
            number=self.number.value() or None,
        )
