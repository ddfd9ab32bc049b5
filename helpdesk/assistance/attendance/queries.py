"""What pages, papers and the command line read of cash-for-work: sheets by state, one sheet with its people.

Lists show a number, a work and counts; names stand on the sheet alone.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.attendance.documents import WorkSheet
from helpdesk.assistance.attendance.kinds import WORK_SHEET
from helpdesk.assistance.attendance.tables import WorkSheetRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault.records import document_of


class SheetLine(Struct, frozen=True):
    """One sheet of the list."""

    id: str
    number: str
    work: str
    state: str
    first: date
    last: date
    persons: int
    person_days: int


class WorkerLine(Struct, frozen=True):
    """One person of a sheet: her line, her name, her family's number, her days."""

    line: int
    person: str
    name: str
    household_number: str
    days: tuple[date, ...]
    voucher: str = ""


class SheetShown(Struct, frozen=True):
    """One sheet with its people."""

    id: str
    sheet: WorkSheet
    workers: tuple[WorkerLine, ...]


def sheets(view: View, state: str | None = None, most: int = 200) -> tuple[SheetLine, ...]:
    """The sheets of one state or of all, the newest first. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    statement = select(WorkSheetRow.id).order_by(WorkSheetRow.first.desc(), WorkSheetRow.id.desc()).limit(most)
    if state is not None:
        statement = statement.where(WorkSheetRow.state == state)
    found = []
    for record in view.connection.scalars(statement).all():
        one = document_of(view.connection, WORK_SHEET, record)
        if one is not None:
            found.append(
                SheetLine(
                    record, one.number, one.work, one.state, one.first, one.last, len(one.workers), one.person_days
                )
            )
    return tuple(found)


def sheet_of(view: View, record: str) -> SheetShown:
    """One sheet by its id. Raises Refusal("attendance.unknown" | "role.not_allowed")."""
    view.only(NAMES)
    sheet = document_of(view.connection, WORK_SHEET, record)
    if sheet is None:
        raise Refusal("attendance.unknown")
    lines = []
    for line, worker in enumerate(sheet.workers, start=1):
        person = document_of(view.connection, PERSON, worker.person)
        household = document_of(view.connection, HOUSEHOLD, worker.household)
        lines.append(
            WorkerLine(
                line,
                worker.person,
                person.full_name if person is not None else "",
                household.number if household is not None else "",
                sheet.present.get(worker.person, ()),
                sheet.vouchers.get(worker.person, ""),
            )
        )
    return SheetShown(record, sheet, tuple(lines))


def sheet_by_number(view: View, number: str) -> str:
    """The id of the sheet whose paper bears a number of eight digits. Raises Refusal("attendance.unknown")."""
    found = view.connection.scalar(select(WorkSheetRow.id).where(WorkSheetRow.number == number).limit(1))
    if found is None:
        raise Refusal("attendance.unknown")
    return found
