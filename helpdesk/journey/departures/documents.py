"""The documents of departures: a movement, one line for each household on it, who was told, and the closing of its day.

Lines are records of their own, so that desks that scan at the same time never write the same one. Nothing here proves
a departure: that is the evidence of ``cases``.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Vehicle(Struct, frozen=True, forbid_unknown_fields=True):
    """One vehicle: a code of ``vehicle``, its plate as written, its driver's phone, and how many it may carry."""

    kind: str
    plate: str
    driver: str = ""
    phone: str = ""
    seats: int | None = None


class Movement(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.13 without its families. ``number`` eight digits; ``contact`` whom drivers and families call.

    ``hour`` and ``meeting`` as people say them; ``vehicles`` are empty where each family drives itself.
    """

    number: str
    day: date
    mode: str
    destination: PlaceAnswer | None
    route: str = ""
    meeting: str = ""
    hour: str = ""
    contact: str = ""
    organisation: str = ""
    vehicles: tuple[Vehicle, ...] = ()
    state: str = "PLANNED"
    reason: str = ""


class Belongings(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.8: ``load`` in cubic metres, ``permit`` the reference of a removal permit. None: not asked yet."""

    tent: str | None = None
    livestock: int | None = None
    own_vehicle: bool | None = None
    load: int | None = None
    guideline_explained: bool | None = None
    permit: str = ""


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One household on one movement: who travels, how fit each is for it, in which vehicle, with what."""

    household: str
    movement: str
    travellers: tuple[str, ...]
    state: str = "LISTED"
    fitness: dict[str, str] = {}
    belongings: Belongings = Belongings()
    vehicle: str = ""
    reason: str = ""
    paper_form: str | None = None


class Notification(Struct, frozen=True, forbid_unknown_fields=True):
    """An authority was told of a movement (S39). ``named`` are the households whose names the letter held."""

    movement: str
    authority: str
    on: date
    reference: str = ""
    named: tuple[str, ...] = ()


class Closing(Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest was closed at a desk: how many families left and how many did not. Two of them are an incident."""

    movement: str
    on: date
    by: str
    departed: int
    absent: int
    paper_form: str | None = None


class RoadCall(Struct, frozen=True, forbid_unknown_fields=True):
    """A call to or from a movement on the road: when, from where, and whether all is well."""

    movement: str
    at: str
    place: str
    all_well: bool
    said: str = ""


class MovementPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """A movement as a desk plans or changes it. ``number``: that of a paper form, else one is drawn."""

    day: date
    mode: str
    destination: PlaceAnswer | None
    route: str = ""
    meeting: str = ""
    hour: str = ""
    contact: str = ""
    organisation: str = ""
    vehicles: tuple[Vehicle, ...] = ()
    number: str | None = None


class LineAnswers(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of one household before its day. None leaves things as they are."""

    fitness: dict[str, str] | None = None
    belongings: Belongings | None = None
    vehicle: str | None = None


class DayMark(Struct, frozen=True, forbid_unknown_fields=True):
    """One household of a paper form: a code of ``day_mark``."""

    household: str
    mark: str
