"""The kinds of record of visits, and how two desks' changes to each meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.journey.visits.documents import Participant, Seat, Visit
from helpdesk.journey.visits.tables import ParticipantRow, SeatRow, VisitRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _visit_rows(record_id: str, doc: Visit) -> Iterable[Row]:
    yield {
        "id": record_id,
        "kind": doc.kind,
        "made_on": doc.on,
        "destination": doc.destination.place_id,
        "seats": doc.seats,
        "phase": doc.phase,
        "state": doc.state,
    }


def _seat_rows(record_id: str, doc: Seat) -> Iterable[Row]:
    yield {
        "id": record_id,
        "visit": doc.visit,
        "household": doc.household,
        "kind": doc.kind,
        "persons": len(doc.persons),
        "woman": doc.woman,
        "state": doc.state,
        "offered_on": doc.offered_on,
    }


def _participant_rows(record_id: str, doc: Participant) -> Iterable[Row]:
    yield {
        "id": record_id,
        "visit": doc.visit,
        "household": doc.household,
        "person": doc.person,
        "came": doc.came,
        "found": doc.finding is not None,
        "decision": doc.decision,
    }


def safer_visit(one: str, other: str) -> str:
    """A visit that took place is a fact whatever another desk cancelled; else a cancelled one offers nothing."""
    return safest(("PLANNED", "CANCELLED", "UNDERWAY"), one, other)


def safer_seat(one: str, other: str) -> str:
    """What is no offer at either desk is none: the family is asked again rather than passed over."""
    return safest(("OFFERED", "DECLINED", "TAKEN", "WAITING", "VOID"), one, other)


VISIT = Kind(
    "visit",
    Visit,
    projections=(Projection(table_of(VisitRow), "id", _visit_rows),),
    safer={"state": safer_visit},
)
SEAT = Kind(
    "seat",
    Seat,
    projections=(Projection(table_of(SeatRow), "id", _seat_rows),),
    safer={"state": safer_seat},
    never_merged=frozenset({"household", "visit"}),
)
PARTICIPANT = Kind(
    "participant",
    Participant,
    projections=(Projection(table_of(ParticipantRow), "id", _participant_rows),),
    never_merged=frozenset({"household", "visit", "person", "decision"}),
)

KINDS = (VISIT, SEAT, PARTICIPANT)
