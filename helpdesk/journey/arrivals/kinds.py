"""The kinds of record of arrivals, and how two desks' words on one of them meet.

Two arrivals of one case are two records: both are kept and shown. Two targets of one handed-over case are a conflict
that a person settles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from helpdesk.journey.arrivals.documents import Arrival, Handover, Profile
from helpdesk.journey.arrivals.tables import ArrivalRow, HandoverRow, ProfileRow
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import table_of


def handover_id(household: str) -> str:
    """The id of a household's handover record: laptops that hand it over at once write one record, and it conflicts."""
    digest = hashlib.sha256(b"fvm/handover/1\0" + household.encode()).hexdigest()
    # the form of a version 8 UUID (RFC 9562): its bits are the program's own
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _arrival_rows(record_id: str, doc: Arrival) -> Iterable[Row]:
    here, expected = set(doc.arrived), set(doc.expected)
    yield {
        "id": record_id,
        "household": doc.household,
        "case_id": doc.case,
        "on": doc.on,
        "desk": doc.desk,
        "persons": len(here),
        "missing": len(expected - here),
        "extra": len(here - expected),
        "other_place": doc.place is not None and doc.planned is not None and doc.place != doc.planned,
        "by_phone": doc.by_phone,
        "kits": doc.kits or 0,
        "helpline": doc.helpline,
        "registered": bool(doc.momd),
        "paper_form": doc.paper_form,
    }


def _profile_rows(record_id: str, doc: Profile) -> Iterable[Row]:
    yield {"id": record_id, "household": doc.household, "on": doc.on}


def _handover_rows(record_id: str, doc: Handover) -> Iterable[Row]:
    yield {
        "id": record_id, "household": doc.household, "desk": doc.desk, "from_desk": doc.from_desk, "on": doc.on,
    }  # fmt: skip


ARRIVAL = Kind(
    "arrival",
    Arrival,
    projections=(Projection(table_of(ArrivalRow), "id", _arrival_rows),),
    never_merged=frozenset({"household", "case", "members"}),
)
PROFILE = Kind(
    "arrival_profile",
    Profile,
    projections=(Projection(table_of(ProfileRow), "id", _profile_rows),),
    event=True,
)
HANDOVER = Kind(
    "handover",
    Handover,
    projections=(Projection(table_of(HandoverRow), "id", _handover_rows),),
    never_merged=frozenset({"household", "desk"}),
)
KINDS = (ARRIVAL, PROFILE, HANDOVER)
