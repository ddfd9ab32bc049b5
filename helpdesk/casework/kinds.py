"""The kinds of record of casework: append-only all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from helpdesk.casework.documents import DisplacedAgain, FamilyEvent, Withdrawal
from helpdesk.casework.tables import FamilyEventRow
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import table_of


def _event_rows(record_id: str, doc: FamilyEvent) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "what": doc.what,
        "on": doc.on,
        "persons": len(doc.persons),
        "other": doc.other,
    }


def split_id(household: str, movers: Sequence[str]) -> str:
    """The id of the household that ``movers`` form: two desks that split off the same people write one record."""
    digest = hashlib.sha256(f"fvm/split/1\0{household}/{','.join(sorted(movers))}".encode()).hexdigest()
    # the form of a version 8 UUID (RFC 9562): its bits are the program's own
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


WITHDRAWAL = Kind("withdrawal", Withdrawal, event=True)
FAMILY_EVENT = Kind(
    "family_event",
    FamilyEvent,
    projections=(Projection(table_of(FamilyEventRow), "id", _event_rows),),
    event=True,
)
DISPLACED_AGAIN = Kind("displaced_again", DisplacedAgain, event=True)

KINDS = (WITHDRAWAL, FAMILY_EVENT, DISPLACED_AGAIN)
