"""What pages and the command line read of arrivals: who is expected, who came, what differs, what was handed over.

Lists show a number, sizes and a day; names come only where the caller joins them for a page of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Select, String, bindparam, func, or_, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.documents import Household, PlaceAnswer
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.arrivals import rules
from helpdesk.journey.arrivals.commands import Counted, counted, travellers_known
from helpdesk.journey.arrivals.documents import Arrival, Handover
from helpdesk.journey.arrivals.expected import expected_households
from helpdesk.journey.arrivals.kinds import ARRIVAL, HANDOVER
from helpdesk.journey.arrivals.tables import ArrivalRow, HandoverRow, ProfileRow
from helpdesk.journey.cases.kinds import CASE, DEPARTURE
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.vault.records import document_of, documents_of, heads_of
from helpdesk.vault.tables import RecordRow


class ArrivalLine(Struct, frozen=True):
    """One family of a list of arrivals. ``arrived`` and ``missing`` count persons; ``desk`` where it was handed to."""

    household: str
    number: str
    principal: str
    persons: int
    state: str
    movement_day: date | None
    departed_on: date | None
    destination: str | None
    arrived_on: date | None = None
    arrived: int = 0
    missing: int = 0
    extra: int = 0
    other_place: bool = False
    by_phone: bool = False
    twice: bool = False
    profiled: bool = False
    desk: int | None = None
    handed_on: date | None = None


class ArrivalShown(Struct, frozen=True):
    """One family at the arrival desk, before or after it came. ``members`` are (person, name) of its roster.

    ``differences`` are codes of ``arrival_difference``; ``others`` further arrivals of the same case.
    """

    household: str
    number: str
    reading: str
    members: tuple[tuple[str, str], ...]
    travellers: tuple[str, ...]
    state: str
    departed_on: date | None
    planned: PlaceAnswer | None
    record: str | None
    arrival: Arrival | None
    others: int
    differences: tuple[str, ...]
    handover: Handover | None
    in_conflict: bool
    day: date


class Doubt(Struct, frozen=True):
    """Something two desks did against each other: a code of ``arrival_doubt``, and whose case it is."""

    code: str
    household: str
    number: str


def count_now(view: View) -> Counted:
    """The big counter as it stands."""
    return counted(view)


def ids(view: View, which: str) -> list[str]:
    """The households of one list (codes.WHICH), the earliest day first. Raises Refusal("form.code")."""
    view.only(NAMES)
    return list(view.connection.scalars(_listed(view, which)))


def _listed(view: View, which: str) -> Select[Any]:
    if which == "EXPECTED":
        found = expected_households(view)
        return found.order_by(StandingRow.departed_on, StandingRow.movement_day, StandingRow.household)
    if which == "HERE":
        return (
            select(ArrivalRow.household)
            .group_by(ArrivalRow.household)
            .order_by(func.max(ArrivalRow.on).desc(), ArrivalRow.household)
        )
    if which == "DIFFERENT":
        twice = select(ArrivalRow.case_id).group_by(ArrivalRow.case_id).having(func.count() > 1)
        return (
            select(ArrivalRow.household)
            .where(
                or_(
                    ArrivalRow.missing > 0, ArrivalRow.extra > 0, ArrivalRow.other_place, ArrivalRow.by_phone,
                    ArrivalRow.case_id.in_(twice),
                )
            )
            .group_by(ArrivalRow.household)
            .order_by(func.max(ArrivalRow.on).desc(), ArrivalRow.household)
        )  # fmt: skip
    if which == "HANDED_OVER":
        mine = view.bundle.desk.number if view.bundle is not None else 0
        return (
            select(HandoverRow.household)
            .where(HandoverRow.desk != mine)
            .order_by(HandoverRow.on.desc(), HandoverRow.household)
        )
    raise Refusal("form.code", field="which")


_PAGE: Final = bindparam("of_page", type_=String, expanding=True)
_TO_DESKS = select(HandoverRow).where(HandoverRow.household.in_(_PAGE))
_PROFILED = select(ProfileRow.household).where(ProfileRow.household.in_(_PAGE))
_CAME = (
    select(ArrivalRow)
    .where(ArrivalRow.household.in_(_PAGE))
    .order_by(ArrivalRow.on, ArrivalRow.by_phone, ArrivalRow.id)
)
_LINES = (
    select(
        HouseholdRow.id, HouseholdRow.number, HouseholdRow.persons, PersonRow.name, StandingRow.state,
        StandingRow.movement_day, StandingRow.departed_on, StandingRow.destination,
    )
    .join(PersonRow, PersonRow.id == HouseholdRow.principal)
    .outerjoin(StandingRow, StandingRow.household == HouseholdRow.id)
    .where(HouseholdRow.id.in_(_PAGE))
)  # fmt: skip


def lines(view: View, households: Sequence[str]) -> dict[str, ArrivalLine]:
    """One page of a list of arrivals."""
    view.only(NAMES)
    wanted = list(households)
    came = _came(view, wanted)
    connection = view.connection
    of_page = {"of_page": wanted}
    handed = {row.household: row for row in connection.execute(_TO_DESKS, of_page)}
    profiled = set(connection.scalars(_PROFILED, of_page))
    rows = connection.execute(_LINES, of_page)
    found = {}
    for row in rows:
        arrivals, to = came.get(row.id, []), handed.get(row.id)
        first = arrivals[0] if arrivals else None
        found[row.id] = ArrivalLine(
            row.id, row.number, row.name, row.persons, row.state or "REGISTERED", row.movement_day, row.departed_on,
            row.destination,
            arrived_on=first.on if first else None,
            arrived=first.persons if first else 0,
            missing=first.missing if first else 0,
            extra=first.extra if first else 0,
            other_place=bool(first and first.other_place),
            by_phone=bool(first and first.by_phone),
            twice=sum(1 for one in arrivals if first and one.case_id == first.case_id) > 1,
            profiled=row.id in profiled,
            desk=to.desk if to else None,
            handed_on=to.on if to else None,
        )  # fmt: skip
    return found


def _came(view: View, households: list[str]) -> dict[str, list[Any]]:
    rows = view.connection.execute(_CAME, {"of_page": households})
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.household, []).append(row)
    return found


def arrival_of(view: View, household: str) -> ArrivalShown:
    """One family at the arrival desk. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    connection = view.connection
    family: Household | None = document_of(connection, HOUSEHOLD, household)
    if family is None:
        raise Refusal("household.unknown")
    names = {person: one.full_name for person, one in documents_of(connection, PERSON, household)}
    cases = documents_of(connection, CASE, household)
    record_of_case, case = max(cases, key=lambda pair: pair[1].attempt, default=(None, None))
    of_case = [(r, a) for r, a in documents_of(connection, ARRIVAL, household) if a.case == record_of_case]
    counting = rules.counted(of_case)
    departures = [d for _, d in documents_of(connection, DEPARTURE, household) if d.case == record_of_case]
    travelled = departures[-1].evidence.travellers if departures else None
    handover = documents_of(connection, HANDOVER, household)
    state = connection.scalar(select(StandingRow.state).where(StandingRow.household == household))
    return ArrivalShown(
        household=household,
        number=family.number,
        reading=family.reading or "ar",
        members=tuple((person, names[person]) for person in family.members if person in names),
        travellers=travellers_known(view, household, family, record_of_case),
        state=state or "REGISTERED",
        departed_on=case.departed_on if case else None,
        planned=case.destination if case else None,
        record=counting[0] if counting else None,
        arrival=counting[1] if counting else None,
        others=max(len(of_case) - 1, 0),
        differences=rules.differences(counting[1], travelled, twice=len(of_case) > 1) if counting else (),
        handover=handover[0][1] if handover else None,
        in_conflict=bool(handover) and len(heads_of(connection, handover[0][0])) > 1,
        day=view.day,
    )


def doubts(view: View) -> tuple[Doubt, ...]:
    """Cases with two arrivals, and cases that were handed to two desks: a supervisor looks at each."""
    twice = (
        select(ArrivalRow.household, HouseholdRow.number)
        .join(HouseholdRow, HouseholdRow.id == ArrivalRow.household)
        .group_by(ArrivalRow.case_id, ArrivalRow.household, HouseholdRow.number)
        .having(func.count() > 1)
        .order_by(HouseholdRow.number)
    )
    found = [Doubt("TWO_ARRIVALS", row.household, row.number) for row in view.connection.execute(twice)]
    targets = (
        select(HandoverRow.household, HouseholdRow.number)
        .join(RecordRow, RecordRow.id == HandoverRow.id)
        .join(HouseholdRow, HouseholdRow.id == HandoverRow.household)
        .where(RecordRow.conflict)
        .order_by(HouseholdRow.number)
    )
    found += [Doubt("TWO_DESKS", row.household, row.number) for row in view.connection.execute(targets)]
    return tuple(found)
