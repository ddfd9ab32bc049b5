"""Where a household stands: computed of its facts, and kept as one row that lists and boards read.

The row is derived: any order of acts and merges ends in the same rows. It is never asked whether somebody may leave;
that is the gate's own question (gate.py), put to the facts each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    String,
    and_,
    delete,
    exists,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy import case as sql_case
from sqlalchemy.dialects import postgresql, sqlite

from helpdesk.households.kinds import BARRIERS, INTENTION, VULNERABILITY
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.areas.standing import Publics
from helpdesk.journey.cases.codes import BIT, UNFACILITATED
from helpdesk.journey.cases.documents import Case, Departure, Judged, Standing
from helpdesk.journey.cases.facts import Decided, Papers, Said
from helpdesk.journey.cases.gathering import Ground, decisions_of, papers_of
from helpdesk.journey.cases.judging import came_alone, judge, left_alone_after, withdrawn_beside
from helpdesk.journey.cases.kinds import CASE, DEPARTURE
from helpdesk.journey.cases.rules import (
    Examined,
    effective,
    examine,
    is_screened,
    may_proceed,
    travellers_of,
    was_unfree,
)
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.vault.bulk import among, insert_rows, listed, one_of
from helpdesk.vault.prepared import Prepared
from helpdesk.vault.records import Kind, Row
from helpdesk.vault.tables import RecordRow, table_of

BEFORE: Final = ("PREPARING", "READY", "SCHEDULED", "HOLD")
"""Declared states in which the conditions of a departure are kept track of."""
GONE: Final = ("DEPARTED", "ARRIVED", "MONITORED", "LOST", "REDISPLACED", "CLOSED")
"""Declared states after a departure."""
_STEP: Final = {
    "REGISTERED": "SCREEN", "SCREENED": "PREPARE", "READY": "SCHEDULE", "SCHEDULED": "DEPART", "DEPARTED": "ARRIVE",
    "ARRIVED": "CALL", "MONITORED": "CALL", "HOLD": "RESUME", "FOLLOW_UP": "REVIEW", "STAYING": "REVIEW",
    "WITHDRAWN": "RESUME",
}  # fmt: skip
_PIECE: Final = 400
_LENGTHS: Final = {c.name: c.type.length for c in table_of(StandingRow).columns if isinstance(c.type, String)}
_LARGEST: Final = (1 << 31) - 1


class Left(Struct, frozen=True):
    """What became of a departure: counted as facilitated, and the code of an incident that nobody has settled.

    ``awaiting``: neither, until what the centre had said and issued is known here.
    """

    facilitated: bool | None = None
    incident: str = ""
    unproven: tuple[str, ...] = ()
    awaiting: bool = False


def stand(
    papers: Papers, ground: Ground, decided: Decided | None, *, deep: bool = True
) -> tuple[Standing, Examined | None]:
    """The standing of one household; unless ``deep``, what is missing is looked at only for a case before departure."""
    said = papers.case
    case = said.document if said else None
    declared = case.state if case else ""
    household = papers.household.document
    examined = None
    if declared in BEFORE or (deep and declared in ("", "FOLLOW_UP", "WITHDRAWN")):
        movement = case.movement_day if case and declared == "SCHEDULED" else None
        examined = examine(ground.facts(papers, decided), ground.day, movement)
    if household.status != "REGISTERED":
        state = household.status
    else:
        state = effective(
            declared,
            screened=is_screened(papers),
            examined=examined,
            movement_day=case.movement_day if case else None,
        )
    left = departed(papers, ground)
    intention = papers.intentions[-1].document if papers.intentions else None
    standing = Standing(
        household=papers.id,
        number=household.number,
        population=household.population,
        case=said.record if said else None,
        attempt=case.attempt if case else 0,
        track=case.track if case else "",
        state=state,
        declared=declared,
        missing=examined.missing if examined else (),
        held=examined.held if examined else (),
        good_until=examined.good_until if examined else None,
        next_step=_next_step(state, examined),
        decision="PROCEED" if may_proceed(papers.id, decided, ground.day) else "FOLLOW_UP",
        destination=case.destination if case else intention.destination if intention else None,
        movement_day=case.movement_day if case else None,
        departed_on=case.departed_on if case else None,
        arrived_on=case.arrived_on if case else None,
        review_on=case.review_on if case else None,
        reason=case.reason if case else "",
        caseworker=case.caseworker if case else None,
        previous_case=case.previous_case if case else None,
        travellers=travellers_of(papers),
        facilitated=left.facilitated,
        incident=left.incident,
        unproven=left.unproven,
        proposed=proposed_waivers(papers, ground),
        day=ground.day,
        since=_since(papers),
        awaiting=left.awaiting,
    )
    return standing, examined


def _since(papers: Papers) -> date:
    """Since when the declared state holds; of a family without a case, since its registration."""
    case = papers.case
    if case is not None and case.document.changed_on is not None:
        return case.document.changed_on
    return papers.household.document.registered_on


def _next_step(state: str, examined: Examined | None) -> str:
    if state == "PREPARING":
        return "COMPLETE" if examined is None or examined.blocking else "DECLARE"
    return _STEP.get(state, "NONE")


def proposed_waivers(papers: Papers, ground: Ground) -> tuple[str, ...]:
    """The records of waivers of the present case that still wait for a second person."""
    case = papers.case
    if case is None:
        return ()
    confirmed = {second.document.waiver for second in papers.confirmations if ground.confirmed(second) is not None}
    return tuple(
        said.record
        for said in papers.waivers
        if said.document.case == case.record and said.document.state == "PROPOSED" and said.record not in confirmed
    )


def departed(papers: Papers, ground: Ground) -> Left:
    """What became of the departures of the present case: one that is proven, or settled so, counts."""
    case = papers.case
    of_case = [said for said in papers.departures if case is not None and said.document.case == case.record]
    if case is None or not of_case:
        return _without_departure(papers, ground)
    of_case = [said for said in of_case if said.document.on == case.document.departed_on]
    if not of_case:
        return Left()  # taken back: who was turned back has not left
    if case.document.reason in UNFACILITATED and left_alone_after(ground.connection, case.record):
        return Left()  # and left by itself on the very same day
    judged = [_judged(papers, said, ground) for said in of_case]
    proven = any(one.proven for one in judged)
    settled = _settlement(papers, {said.record for said in of_case}, ground)
    if settled is not None:
        return Left(proven and settled == "FACILITATED")
    if withdrawn_beside(ground.connection, case.record):
        return Left(False, "WITHDRAWN")
    if proven or any(one.awaiting for one in judged):
        return Left(proven, awaiting=not proven)
    return Left(False, "UNPROVEN", tuple(dict.fromkeys(code for one in judged for code in one.unproven)))


def _without_departure(papers: Papers, ground: Ground) -> Left:
    # departures of no case that is known here, or an arrival of a family that nobody let go
    cases = {said.record for said in papers.cases}
    stray = {said.record for said in papers.departures if said.document.case not in cases}
    if stray:
        return Left(False, _open(papers, stray, ground, "NO_CASE"))
    case = papers.case
    if case is not None and _came_unsent(case, ground):
        return Left(False, _open(papers, {case.record}, ground, "NO_DEPARTURE"))
    return Left()


def _judged(papers: Papers, said: Said[Departure], ground: Ground) -> Judged:
    # a departure that no supervisor signed, or nobody known here, proves nothing
    if not ground.is_a_supervisors(said):
        return Judged(False)
    judged = judge(ground.connection, said.document, ground, ground.desk_of(said))
    if (judged.proven or judged.awaiting) and was_unfree(papers, said.document.evidence.travellers, said.document.on):
        return Judged(False, ("H7",))  # another desk was told what the evidence does not name
    return judged


def is_proven(papers: Papers, ground: Ground) -> bool:
    """Whether the evidence of a departure of the present case proves it."""
    case = papers.case
    return case is not None and any(
        _judged(papers, said, ground).proven
        for said in papers.departures
        if (said.document.case, said.document.on) == (case.record, case.document.departed_on)
    )


def _came_unsent(case: Said[Case], ground: Ground) -> bool:
    # arrived, though no desk that is heard of let it go, and nobody said that it came by its own means
    known = case.document
    if known.arrived_on is None or known.reason in UNFACILITATED:
        return False
    return not came_alone(ground.connection, case.record)


def _settlement(papers: Papers, of: Collection[str], ground: Ground) -> str | None:
    said_so = (said for said in papers.settlements if said.document.departure in of and ground.is_a_supervisors(said))
    results = [said.document.result for said in said_so]
    return None if not results else "NOT_FACILITATED" if "NOT_FACILITATED" in results else results[-1]


def _open(papers: Papers, of: Collection[str], ground: Ground, incident: str) -> str:
    return "" if _settlement(papers, of, ground) is not None else incident


def row_of(standing: Standing, examined: Examined | None, site: str | None) -> Row:
    """The row that lists read."""
    mask = 0
    for one in standing.missing:
        mask |= BIT[one.safeguard]
    ends = (standing.good_until, examined.lapses if examined else None)
    row = {
        "household": standing.household,
        "case_id": standing.case,
        "attempt": standing.attempt,
        "track": standing.track,
        "state": standing.state,
        "declared": standing.declared,
        "site": site,
        "destination": standing.destination.place_id if standing.destination and standing.case else None,
        "mask": mask,
        "blocking": len({one.safeguard for one in standing.blocking}),
        "proposed": len(standing.proposed),
        "good_until": min((end for end in ends if end is not None), default=None),
        "intention_until": examined.until("H7") if examined else None,
        "clearance_until": examined.until("H6") if examined else None,
        "movement_day": standing.movement_day,
        "departed_on": standing.departed_on,
        "arrived_on": standing.arrived_on,
        "review_on": standing.review_on,
        "caseworker": standing.caseworker,
        "facilitated": standing.facilitated,
        "incident": standing.incident,
        "since": standing.since,
        "awaiting": standing.awaiting,
    }
    # a case may say anything; what no column of a centre's server holds must not keep its whole file out
    return {name: _fitting(name, value) for name, value in row.items()}


def _fitting(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return value[: _LENGTHS[name]]
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-_LARGEST, min(value, _LARGEST))
    return value


def recompute(connection: Connection, day: date, households: Iterable[str], publics: Publics | None = None) -> None:
    """Make the rows of these households anew; ids of no household are passed over."""
    wanted = sorted(set(households))
    if not wanted:
        return
    begun = _begun(connection, wanted)
    _without_case(connection, [household for household in wanted if household not in begun] if begun else wanted)
    ground, of_cases = Ground(connection, day, publics), sorted(begun)
    for start in range(0, len(of_cases), _PIECE):
        piece = of_cases[start : start + _PIECE]
        connection.execute(delete(StandingRow).where(among(connection, StandingRow.household, piece)))
        papers, decisions = papers_of(connection, piece), decisions_of(connection, piece)
        rows = []
        for household, found in papers.items():
            standing, examined = stand(found, ground, decisions.get(household), deep=False)
            site = found.household.document.site
            rows.append(row_of(standing, examined, site.place_id if site else None))
        insert_rows(connection, table_of(StandingRow), rows)


def _begun(connection: Connection, households: Sequence[str]) -> set[str]:
    # whoever has a case or left somewhere; most families of a register only stand in it
    begun, dialect = _statements(connection.dialect).begun, connection.dialect
    return set(begun(connection, households=listed(dialect, households)).scalars())


def _has(kind: Kind[Any]) -> ColumnElement[bool]:
    return exists().where(RecordRow.household == HouseholdRow.id, RecordRow.kind == kind.name)


_BESIDE = or_(HouseholdRow.population == "RET", HouseholdRow.population == "HOST")
_PLAIN: Final[dict[str, ColumnElement[Any]]] = {
    "household": HouseholdRow.__table__.c.id,
    "attempt": literal(0),
    "track": literal(""),
    "state": sql_case(
        (HouseholdRow.status != "REGISTERED", HouseholdRow.status),
        (and_(_BESIDE, _has(VULNERABILITY)), literal("SCREENED")),
        (and_(not_(_BESIDE), _has(INTENTION), _has(BARRIERS)), literal("SCREENED")),
        else_=literal("REGISTERED"),
    ),
    "declared": literal(""),
    "since": HouseholdRow.__table__.c.registered_on,
    "site": HouseholdRow.__table__.c.site,
    "mask": literal(0),
    "blocking": literal(0),
    "proposed": literal(0),
    "incident": literal(""),
    "awaiting": literal(False),
}
"""The row of a family without a case, worked out where the records stand: the same as :func:`stand` would say."""


class _Statements(NamedTuple):
    begun: Prepared
    plain: Prepared


@cache
def _statements(dialect: Dialect) -> _Statements:
    begun = select(RecordRow.household).where(
        one_of(dialect, RecordRow.__table__.c.household, "households"),
        or_(RecordRow.kind == CASE.name, RecordRow.kind == DEPARTURE.name),
    )
    plain = select(*_PLAIN.values()).where(one_of(dialect, HouseholdRow.__table__.c.id, "households"))
    into = (postgresql if dialect.name == "postgresql" else sqlite).insert(StandingRow)
    rows = into.from_select(list(_PLAIN), plain)
    anew = {column.name: column for column in rows.excluded if not column.primary_key}
    replacing = rows.on_conflict_do_update(index_elements=[StandingRow.household], set_=anew)
    return _Statements(Prepared(begun), Prepared(replacing))


def _without_case(connection: Connection, households: Sequence[str]) -> None:
    if households:
        dialect = connection.dialect
        _statements(dialect).plain(connection, households=listed(dialect, households))
