"""Gathers what the rules of grants look at, for one household, from the rooms of families and journeys.

It reads only. Which vouchers hold which grants the caller passes in: this room knows no voucher.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import Date, bindparam, func, select

from helpdesk.assistance.grants.distances import distance_km
from helpdesk.assistance.grants.eligibility import GrantFacts, Held
from helpdesk.assistance.grants.tables import CashNeedRow
from helpdesk.core.dates import age_on
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.commands import data_consent_stands, known_household
from helpdesk.households.documents import Household, Person
from helpdesk.households.kinds import PERSON
from helpdesk.households.rules import ADULT
from helpdesk.journey.arrivals.tables import ArrivalRow, ProfileRow
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import CASE
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.departures.tables import LineRow, MovementRow
from helpdesk.vault.records import documents_of

# built once: a convoy asks each of them for every family
_STANDING: Final = select(StandingRow.departed_on, StandingRow.facilitated).where(
    StandingRow.household == bindparam("of")
)
_MODE: Final = (
    select(MovementRow.mode)
    .join(LineRow, LineRow.movement == MovementRow.id)
    .where(
        LineRow.household == bindparam("of"),
        LineRow.state.in_(("SCHEDULED", "PRESENT", "DEPARTED")),
        MovementRow.day == bindparam("moves_on", type_=Date),
        MovementRow.state != "CANCELLED",
    )
    .order_by(LineRow.id)
    .limit(1)
)
_PROFILES: Final = select(func.count()).where(ProfileRow.household == bindparam("of"))
_KITS: Final = select(func.coalesce(func.sum(ArrivalRow.kits), 0)).where(ArrivalRow.case_id == bindparam("of"))
_NEEDS: Final = select(func.count()).where(
    CashNeedRow.household == bindparam("of"),
    CashNeedRow.voucher.is_(None),
    CashNeedRow.on >= bindparam("since", type_=Date),
)


def facts_of(
    view: View,
    household: str,
    *,
    held: tuple[Held, ...] = (),
    payee: str | None = None,
    days: int = 0,
) -> GrantFacts:
    """The facts of one household today; ``payee`` and ``days`` where somebody's work is to be paid.

    Raises Refusal("household.unknown").
    """
    found = known_household(view, household)
    people = dict(documents_of(view.connection, PERSON, household))
    record, case = _case_of(view, household)
    collects, alternate = hands_of(found, people, view)
    if payee is not None:
        collects, alternate = (payee if payee in adults_of(found, people, view) else None), None
    connection, of_it = view.connection, {"of": household}
    standing = connection.execute(_STANDING, of_it).first()
    on = (case.departed_on or case.movement_day) if case else None
    since = view.day - timedelta(days=view.in_force().money.need_days)
    return GrantFacts(
        household=household,
        population=found.population,
        persons=len(found.members),
        closed=found.status != "REGISTERED",
        consents=data_consent_stands(view, household),
        payee=collects,
        alternate=alternate,
        case=record,
        state=case.state if case else "",
        reason=case.reason if case else "",
        mode=(connection.scalar(_MODE, {**of_it, "moves_on": on}) or "") if on else "",
        departed=standing is not None and standing.departed_on is not None,
        proven=standing.facilitated if standing is not None else None,
        profiled=bool(connection.scalar(_PROFILES, of_it)),
        km=_km(view, found, case),
        kits=int(connection.scalar(_KITS, {"of": record}) or 0) if record else 0,
        needs=int(connection.scalar(_NEEDS, {**of_it, "since": since}) or 0),
        days=days,
        held=held,
    )


def _case_of(view: View, household: str) -> tuple[str | None, Case | None]:
    latest: tuple[str | None, Case | None] = (None, None)
    for record, case in documents_of(view.connection, CASE, household):
        if latest[1] is None or case.attempt > latest[1].attempt:
            latest = record, case
    return latest


def _km(view: View, found: Household, case: Case | None) -> int | None:
    if found.site is None or case is None or case.destination is None:
        return None
    added = view.in_force().places
    places = load_gazetteer().with_added(added) if added else load_gazetteer()
    return distance_km(places, found.site.place_id, case.destination.place_id)


def adults_of(found: Household, people: Mapping[str, Person], view: View) -> tuple[str, ...]:
    """The members who are of age today, in the order of the roster."""
    return tuple(
        one
        for one in found.members
        if one in people and not people[one].gone and age_on(people[one].birth_date, view.day) >= ADULT
    )


def hands_of(found: Household, people: Mapping[str, Person], view: View) -> tuple[str | None, str | None]:
    """Who is paid, and who may collect instead: the principal and the alternate, where they are of age.

    For a principal under 18 an adult of the family stands in as guardian (DOMAIN.md 2.14); None where there is none.
    """
    adults = adults_of(found, people, view)
    order = [one for one in (found.principal, found.alternate, *adults) if one in adults]
    if not order:
        return None, None
    payee = order[0]
    alternate = found.alternate if found.alternate in adults and found.alternate != payee else None
    return payee, alternate
