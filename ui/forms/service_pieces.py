"""Pieces that ask about services: a line of the directory, what was given, how it went on, a week's strokes.

Each is one card; whoever opens it saves what it gives.
"""

from __future__ import annotations

from datetime import date

from helpdesk.assistance.services.codes import (
    COMMUNITY_ONLY,
    EITHER_LEVEL,
    ITEM,
    LEGAL,
    SECTOR,
    STRUCTURE,
    WEEKDAY,
)
from helpdesk.assistance.services.documents import Delivery, Offer
from helpdesk.assistance.services.rules import last_week
from ui.forms.part import Missing, Part
from ui.forms.places import Places
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import label


class OfferPart(Part):
    """Who offers what where: a line of the directory."""

    def __init__(self, look: Look, places: Places, known: Offer | None = None) -> None:
        super().__init__(look, look.words("A line of the directory"), "offer")
        words = self.words
        self.place = places.picker("offer.place", words("Where"))
        self.sector = PickBox(look, "offer.sector", words("For what"), entries_of(look, SECTOR), numbered=False)
        self.provider = NameEdit(look, "offer.provider")
        self.what = NameEdit(look, "offer.what")
        self.whom = NameEdit(look, "offer.whom")
        self.contact = NameEdit(look, "offer.contact")
        self.free = ChoiceRow(look, "offer.free", words("Free of charge?"), [("Y", words("Yes")), ("N", words("No"))])
        self.days = TickGroup(look, "offer.days", words("Open on"), entries_of(look, WEEKDAY), columns=4)
        self.hours = NameEdit(look, "offer.hours", longest=40)
        self.capacity = DigitEdit(look, "offer.capacity", longest=5)
        self.add(self.field("place", words("Where"), self.place, required=True,
                            hint=words("It holds for everything that lies in this place.")))  # fmt: skip
        self.add(self.field("sector", words("For what"), self.sector, required=True))
        self.add(self.field("provider", words("Who offers it"), self.provider, required=True))
        self.add(self.field("what", words("What"), self.what, required=True))
        self.add(self.field("whom", words("For whom"), self.whom))
        self.add(self.field("contact", words("Where to ask"), self.contact))
        self.add(self.field("free", words("Free of charge?"), self.free))
        self.add(self.field("days", words("Open on"), self.days))
        self.add(self.field("hours", words("Hours"), self.hours))
        self.add(self.field("capacity", words("Families a month"), self.capacity))
        if known is not None:
            self._show(known, places)
        for edit in (self.provider, self.what):
            edit.typed.connect(lambda _: self.changed.emit("offer", ""))
        self.sector.picked.connect(lambda _: self.changed.emit("offer", ""))
        self.place.picked.connect(lambda _: self.changed.emit("offer", ""))

    def _show(self, known: Offer, places: Places) -> None:
        places.show(self.place, f"id:{known.place}")
        self.sector.choose(known.sector)
        for edit, text in (
            (self.provider, known.provider), (self.what, known.what), (self.whom, known.for_whom),
            (self.contact, known.contact), (self.hours, known.hours),
            (self.capacity, "" if known.capacity is None else str(known.capacity)),
        ):  # fmt: skip
            edit.setText(text)
        self.free.choose(None if known.free is None else ("Y" if known.free else "N"))
        self.days.tick(known.days)

    def missing(self) -> list[Missing]:
        """Place, sector, provider, what."""
        words = self.words
        found = []
        if self.place.value().place_id is None:
            found.append(Missing(words("the place, from the list"), self.place))
        if self.sector.chosen is None:
            found.append(Missing(words("for what"), self.sector))
        if not self.provider.value():
            found.append(Missing(words("who offers it"), self.provider))
        if not self.what.value():
            found.append(Missing(words("what is offered"), self.what))
        return found

    def offer(self) -> Offer:
        """The line."""
        capacity = self.capacity.value()
        return Offer(
            place=self.place.value().place_id or "",
            provider=self.provider.value(),
            sector=self.sector.chosen or "",
            what=self.what.value(),
            for_whom=self.whom.value(),
            contact=self.contact.value(),
            free=None if self.free.chosen is None else self.free.chosen == "Y",
            days=self.days.ticked,
            hours=self.hours.value(),
            capacity=int(capacity) if capacity else None,
        )


class DeliveryPart(Part):
    """What was planned, begun or given: to the family of ``household``, or to a community."""

    def __init__(self, look: Look, household: str | None, places: Places) -> None:
        super().__init__(look, look.words("A service"), "delivery")
        words = self.words
        self._household = household
        known = look.words.lists.offered(ITEM)
        items = [one for one in known if (one not in COMMUNITY_ONLY) == bool(household) or one in EITHER_LEVEL]
        if household is None:
            items = [one for one in items if one in COMMUNITY_ONLY | EITHER_LEVEL]
        self.item = PickBox(look, "delivery.item", words("What"), entries_of(look, ITEM, items), numbered=False)
        self.detail = PickBox(look, "delivery.detail", words("Which"), ())
        self.provider = NameEdit(look, "delivery.provider")
        self.organisation = NameEdit(look, "delivery.organisation")
        self.place = places.picker("delivery.place", words("Where"))
        self.planned, self.started, self.completed = (
            DayEdit(look, f"delivery.{name}") for name in ("planned", "started", "completed")
        )
        self.quantity = DigitEdit(look, "delivery.quantity", longest=9)
        self.families = DigitEdit(look, "delivery.families", longest=6)
        self.add(self.field("item", words("What"), self.item, required=True))
        self._detail = self.field("detail", words("Which"), self.detail, required=True)
        self.add(self._detail)
        self.add(self.field("provider", words("Who gives it"), self.provider, required=True))
        self.add(self.field("organisation", words("Carried out by, if somebody else"), self.organisation))
        if household is None:
            self.add(self.field("place", words("Where"), self.place, required=True))
        else:
            self.place.setParent(None)
        for name, title, edit in (
            ("planned_on", words("Planned for"), self.planned),
            ("started_on", words("Began on"), self.started),
            ("completed_on", words("Completed on"), self.completed),
        ):
            field = self.field(name, title, edit)
            edit.told.connect(field.say)
            self.add(field)
        self.add(self.field("quantity", words("How much"), self.quantity))
        if household is None:
            self.add(self.field("families", words("Families reached"), self.families))
        else:
            self.families.setParent(None)
        self.item.picked.connect(self._choose)
        for text in (self.provider, self.planned, self.started, self.completed):
            text.typed.connect(lambda _: self.changed.emit("delivery", ""))
        self.detail.picked.connect(lambda _: self.changed.emit("delivery", ""))
        self.place.picked.connect(lambda _: self.changed.emit("delivery", ""))
        self._detail.hide()

    def _choose(self, item: str) -> None:
        of_item = {"BS1": STRUCTURE, "PR4": LEGAL}.get(item)
        self._detail.setVisible(of_item is not None)
        self.detail.offer(() if of_item is None else entries_of(self.look, of_item))
        self.changed.emit("delivery", "")

    def missing(self) -> list[Missing]:
        """What, who, and a day."""
        words = self.words
        found = []
        if self.item.chosen is None:
            found.append(Missing(words("what was given"), self.item))
        if self._detail.isVisibleTo(self) and self.detail.chosen is None:
            found.append(Missing(words("which"), self.detail))
        if not self.provider.value():
            found.append(Missing(words("who gives it"), self.provider))
        if self._household is None and self.place.value().place_id is None:
            found.append(Missing(words("the place, from the list"), self.place))
        days = (self.planned, self.started, self.completed)
        wrong = next((one for one in days if one.is_wrong()), None)
        if wrong is not None or all(one.day() is None for one in days):
            found.append(Missing(words("a day"), wrong or self.started))
        return found

    def delivery(self) -> Delivery:
        """What is handed in."""
        quantity, families = self.quantity.value(), self.families.value()
        return Delivery(
            level="COMM" if self._household is None else "HH",
            item=self.item.chosen or "",
            provider=self.provider.value(),
            status="PLANNED",
            household=self._household,
            place=self.place.value().place_id if self._household is None else None,
            organisation=self.organisation.value(),
            planned_on=self.planned.day(),
            started_on=self.started.day(),
            completed_on=self.completed.day(),
            quantity=int(quantity) if quantity else None,
            families=int(families) if families else None,
            detail=self.detail.chosen or "",
        )


class ProgressPart(Part):
    """A service began or was completed."""

    def __init__(self, look: Look, delivery: Delivery) -> None:
        super().__init__(look, look.words.label(ITEM.name, delivery.item), "progress")
        words = self.words
        self.started, self.completed = (DayEdit(look, f"progress.{name}") for name in ("started", "completed"))
        self.started.show_day(delivery.started_on)
        for name, title, edit in (
            ("started_on", words("Began on"), self.started), ("completed_on", words("Completed on"), self.completed)
        ):  # fmt: skip
            field = self.field(name, title, edit)
            edit.told.connect(field.say)
            self.add(field)
            edit.typed.connect(lambda _: self.changed.emit("progress", ""))

    def missing(self) -> list[Missing]:
        """A day that is one."""
        days = (self.started, self.completed)
        wrong = next((one for one in days if one.is_wrong()), None)
        if wrong is None and any(one.day() is not None for one in days):
            return []
        return [Missing(self.words("a day"), wrong or self.completed)]


class PathwayPart(Part):
    """The strokes of the week that is over: how often somebody was told where to find help after violence."""

    def __init__(self, look: Look, day: date) -> None:
        super().__init__(look, look.words("Told where to find help"), "pathways")
        words = self.words
        self.week_of = last_week(day)
        self.add(label(words("The week that began on {day}. Two numbers, nobody's name.", day=self.week_of)))
        self.women = DigitEdit(look, "pathways.women", longest=3)
        self.men = DigitEdit(look, "pathways.men", longest=3)
        self.add(self.field("women", words("Women and girls"), self.women, required=True))
        self.add(self.field("men", words("Men and boys"), self.men))
        for edit in (self.women, self.men):
            edit.typed.connect(lambda _: self.moved())

    def moved(self) -> None:
        """A number changed; it is kept in no draft."""
        self.changed.emit("sealed.pathways", "")

    def missing(self) -> list[Missing]:
        """At least one number."""
        told = any(int(edit.value() or 0) for edit in (self.women, self.men))
        return [] if told else [Missing(self.words("how many"), self.women)]

    def counts(self) -> tuple[int, int]:
        """Women and men."""
        return int(self.women.value() or 0), int(self.men.value() or 0)
