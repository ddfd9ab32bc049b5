"""The kind of record a clearance is, and how two desks' answers meet: the less permitting one is believed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from helpdesk.journey.clearances.documents import Clearance
from helpdesk.journey.clearances.tables import ClearanceRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of

_FROM_OPEN: Final = ("GRANTED", "NOTREQ", "PARTIAL", "PEND", "NOTAPP", "DK", "REFUSED")


def safer_status(one: str, other: str) -> str:
    """The answer that permits less."""
    return safest(_FROM_OPEN, one, other)


def safer_end(one: date | None, other: date | None) -> date | None:
    """The earlier end; an answer without one yields to any."""
    return min((day for day in (one, other) if day is not None), default=None)


def _rows(record_id: str, doc: Clearance) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "person": doc.person,
        "authority": doc.authority,
        "status": doc.status,
        "on": doc.on,
        "applied_on": doc.applied_on,
        "valid_until": doc.valid_until,
    }


CLEARANCE = Kind(
    "clearance",
    Clearance,
    projections=(Projection(table_of(ClearanceRow), "id", _rows),),
    safer={"status": safer_status, "valid_until": safer_end},
    never_merged=frozenset({"household", "person", "authority"}),
)
KINDS = (CLEARANCE,)
