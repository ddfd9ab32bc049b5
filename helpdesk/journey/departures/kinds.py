"""The kinds of record of departures, and how two desks' changes meet: what happened wins over what was planned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from helpdesk.journey.departures.documents import Closing, Line, Movement, Notification, RoadCall
from helpdesk.journey.departures.tables import ClosingRow, LineRow, MovementRow, NotificationRow, RoadCallRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of

_LINE_ORDER: Final = ("LISTED", "SCHEDULED", "OFF", "NOSHOW", "PRESENT", "DEPARTED", "REFUSED", "TURNED_BACK")
_FITNESS_ORDER: Final = ("FIT", "ESCORT", "DEFER")


def safer_line(one: str, other: str) -> str:
    """What was seen to happen: who was scanned was there, who left has left, who came back is back."""
    return safest(_LINE_ORDER, one, other)


def safer_movement(one: str, other: str) -> str:
    """A movement cancelled at either desk takes nobody along; one that was closed has happened."""
    return safest(("PLANNED", "CANCELLED", "CLOSED"), one, other)


def safer_fitness(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """For each person the word that asks for more care."""
    persons = sorted({*one, *other})
    return {p: safest(_FITNESS_ORDER, one.get(p, "FIT"), other.get(p, "FIT")) for p in persons}


def line_id(movement: str, household: str) -> str:
    """The id of a household's line on a movement: two desks that list it write one record, and it merges."""
    digest = hashlib.sha256(f"fvm/line/1\0{movement}/{household}".encode()).hexdigest()
    # the form of a version 8 UUID (RFC 9562): its bits are the program's own
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _nobody(_record_id: str, _doc: Any) -> None:
    return None


def _movement_rows(record_id: str, doc: Movement) -> Iterable[Row]:
    yield {
        "id": record_id,
        "number": doc.number,
        "day": doc.day,
        "mode": doc.mode,
        "state": doc.state,
        "destination": doc.destination.place_id if doc.destination else None,
    }


def _line_rows(record_id: str, doc: Line) -> Iterable[Row]:
    yield {
        "id": record_id,
        "movement": doc.movement,
        "household": doc.household,
        "state": doc.state,
        "persons": len(doc.travellers),
        "fit": sum(1 for person in doc.travellers if doc.fitness.get(person) in ("FIT", "ESCORT")),
        "vehicle": doc.vehicle,
        "paper_form": doc.paper_form,
    }


def _notification_rows(record_id: str, doc: Notification) -> Iterable[Row]:
    yield {"id": record_id, "movement": doc.movement, "authority": doc.authority, "on": doc.on}


def _closing_rows(record_id: str, doc: Closing) -> Iterable[Row]:
    yield {
        "id": record_id,
        "movement": doc.movement,
        "on": doc.on,
        "departed": doc.departed,
        "absent": doc.absent,
        "paper_form": doc.paper_form,
    }


def _call_rows(record_id: str, doc: RoadCall) -> Iterable[Row]:
    yield {"id": record_id, "movement": doc.movement, "at": doc.at}


MOVEMENT = Kind(
    "movement",
    Movement,
    household=_nobody,
    projections=(Projection(table_of(MovementRow), "id", _movement_rows),),
    safer={"state": safer_movement},
    never_merged=frozenset({"number", "day"}),
)
LINE = Kind(
    "movement_line",
    Line,
    projections=(Projection(table_of(LineRow), "id", _line_rows),),
    safer={"state": safer_line, "fitness": safer_fitness},
    never_merged=frozenset({"household", "movement"}),
)
NOTIFICATION = Kind(
    "movement_notification",
    Notification,
    household=_nobody,
    projections=(Projection(table_of(NotificationRow), "id", _notification_rows),),
    event=True,
)
CLOSING = Kind(
    "movement_closing",
    Closing,
    household=_nobody,
    projections=(Projection(table_of(ClosingRow), "id", _closing_rows),),
    event=True,
)
ROAD_CALL = Kind(
    "road_call",
    RoadCall,
    household=_nobody,
    projections=(Projection(table_of(RoadCallRow), "id", _call_rows),),
    event=True,
)
KINDS = (MOVEMENT, LINE, NOTIFICATION, CLOSING, ROAD_CALL)
