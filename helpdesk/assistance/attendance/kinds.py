"""The kind of record cash-for-work consists of, and how two desks' changes to a sheet meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.attendance.documents import SHEET_STATE, WorkSheet
from helpdesk.assistance.attendance.tables import WorkDayRow, WorkSheetRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _sheet(record_id: str, doc: WorkSheet) -> Iterable[Row]:
    yield {
        "id": record_id,
        "number": doc.number,
        "state": doc.state,
        "first": doc.first,
        "last": doc.last,
        "persons": len(doc.workers),
        "person_days": doc.person_days,
    }


def _days(record_id: str, doc: WorkSheet) -> Iterable[Row]:
    if doc.state != "VOID":
        for person, days in doc.present.items():
            for day in days:
                yield {"sheet": record_id, "person": person, "on": day}


def later_state(one: str, other: str) -> str:
    """The later state of two: what was planned once is not planned again, and a void sheet stays void."""
    return safest(SHEET_STATE.entries, one, other)


WORK_SHEET = Kind(
    "work_sheet",
    WorkSheet,
    projections=(
        Projection(table_of(WorkSheetRow), "id", _sheet),
        Projection(table_of(WorkDayRow), "sheet", _days),
    ),
    safer={"state": later_state},
    never_merged=frozenset({"workers", "present", "vouchers"}),
)
KINDS = (WORK_SHEET,)
