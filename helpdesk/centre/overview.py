"""What the centre's register holds as a whole: records by kind, open conflicts, alarms, and household queries on it.

Numbers and record ids only. Nothing is settled here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.centre.office import Office
from helpdesk.centre.settling import Waiver, waivers
from helpdesk.centre.tables import CentreAlarmRow
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.days import programme_day
from helpdesk.desk.roles import Role
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.tables import ConflictRow, RecordRow

P = ParamSpec("P")
R = TypeVar("R")


class KindCount(Struct, frozen=True):
    """How many records of one kind the register holds."""

    kind: str
    records: int


class OpenConflict(Struct, frozen=True):
    """A record whose ``fields`` two desks changed differently; ``number`` of its household, if any."""

    record: str
    kind: str
    number: str | None
    fields: tuple[str, ...]


class Alarm(Struct, frozen=True):
    """Something a person must look at: its code, the file it came with, the record if it is about one."""

    at: str
    code: str
    identity: str
    record: str | None


class Overview(Struct, frozen=True):
    """The register at a glance."""

    kinds: tuple[KindCount, ...]
    conflicts: int
    alarms: tuple[Alarm, ...]
    waivers: tuple[Waiver, ...] = ()


@command("centre.overview", roles=(Role.CENTRE,))
def overview(act: Act, office: Office) -> Overview:
    """Records by kind, how many conflicts are open, every alarm, the newest first, and the batches given up."""
    with office.writing(act) as register:
        kinds = register.execute(
            select(RecordRow.kind, func.count().label("records")).group_by(RecordRow.kind).order_by(RecordRow.kind)
        ).all()
        conflicts = register.scalar(
            select(func.count(func.distinct(ConflictRow.record))).where(ConflictRow.settled.is_(False))
        )
        alarms = register.execute(select(CentreAlarmRow).order_by(CentreAlarmRow.n.desc())).all()
        given_up = waivers(register)
    return Overview(
        tuple(KindCount(row.kind, row.records) for row in kinds),
        conflicts or 0,
        tuple(Alarm(row.at, row.code, row.identity, row.record) for row in alarms),
        given_up,
    )


@command("centre.conflicts", roles=(Role.CENTRE,))
def open_conflicts(act: Act, office: Office) -> tuple[OpenConflict, ...]:
    """The conflicts that nobody settled yet, one for each record."""
    fields: dict[tuple[str, str, str | None], list[str]] = defaultdict(list)
    with office.writing(act) as register:
        rows = register.execute(
            select(ConflictRow.record, ConflictRow.field, RecordRow.kind, HouseholdRow.number)
            .join(RecordRow, RecordRow.id == ConflictRow.record)
            .outerjoin(HouseholdRow, HouseholdRow.id == RecordRow.household)
            .where(ConflictRow.settled.is_(False))
            .order_by(ConflictRow.record, ConflictRow.field)
        )
        for row in rows:
            fields[row.record, row.kind, row.number].append(row.field)
    return tuple(OpenConflict(*key, tuple(names)) for key, names in fields.items())


def ask_register(office: Office, query: Callable[Concatenate[View, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a query of desks on the centre's register, wherever that stands."""
    gate = office.gate
    with gate.store.read() as own:
        day = programme_day(own, gate.clock.now().date())
    with office.register.read() as connection:
        return query(View(connection, gate.user, day, gate.device, None), *args, **kwargs)
