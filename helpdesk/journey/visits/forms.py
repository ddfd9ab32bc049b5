"""What is typed of a visit before it becomes a record: the document that pages and files hand in."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class VisitForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit as planned (documents.Visit without what the program knows itself)."""

    kind: str
    on: date
    destination: PlaceAnswer
    start: PlaceAnswer
    seats: int
    phase: str
    organisation: str
    hosts: tuple[str, ...] = ()
    route: str = ""
    leaves: str = ""
    vehicle: str = ""
    contact: str = ""
    women_only: bool = False
