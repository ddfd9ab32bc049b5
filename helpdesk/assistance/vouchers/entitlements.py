"""What a family is entitled to: the facts of its journey and the vouchers it has, put to the rules of grants.

Asked by planning, by lists of a convoy or site, by the slip and by the command line, so that all give one answer.
Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.grants.codes import GRANT, IN_KIND, ONCE
from helpdesk.assistance.grants.eligibility import Eligibility, GrantFacts, Held, eligibility
from helpdesk.assistance.grants.facts import facts_of
from helpdesk.assistance.grants.policy import (
    amount_for,
    in_notes,
    instalment_of,
    needs_distance,
    percents_of,
    policy_on,
)
from helpdesk.assistance.vouchers.divisions import DIVISION, divided_amount
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.finding import payment_of
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import LIVE, PAID
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantPolicy
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.commands import known_household
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.departures.codes import LIVE as ON_A_LIST
from helpdesk.journey.departures.tables import LineRow
from helpdesk.vault.records import document_of, documents_of


class Entitled(Struct, frozen=True):
    """The answer for one grant, with what would be planned next where it is due: whole units, of which currency."""

    answer: Eligibility
    amount: int | None = None
    currency: str = ""


class Why(Struct, frozen=True):
    """All answers for one family on a day, for its slip. ``reading`` and ``spoken`` are its languages."""

    household: str
    number: str
    reading: str | None
    spoken: str
    day: date
    grants: tuple[Entitled, ...]


def held_by(view: View, household: str) -> tuple[Held, ...]:
    """The vouchers that hold a family's grants today: its own, and those of the whole it was part of or took in."""
    held = [_held(view, record, one) for record, one in documents_of(view.connection, VOUCHER, household)]
    for _, division in documents_of(view.connection, DIVISION, household):
        for record in division.counted:
            counted = document_of(view.connection, VOUCHER, record)
            if counted is not None and counted.household != household:
                held.append(_held(view, record, counted, whole=True))
    return tuple(one for one in held if one is not None)


def _held(view: View, record: str, voucher: Voucher, *, whole: bool = False) -> Held | None:
    # what another desk paid on a paper that it took in stands in no state here
    paid = voucher.state in PAID or payment_of(view.connection, record) is not None
    if not paid and voucher.on(view.day) not in LIVE:
        return None
    return Held(voucher.grant, voucher.case, voucher.instalment, paid, whole=whole)


def policy_of(view: View, grant: str) -> GrantPolicy | None:
    """The policy in force for a grant today. Raises Refusal("bundle.none")."""
    return policy_on(view.in_force().grants, grant, day_number(view.day))


def whole_amount(view: View, facts: GrantFacts, policy: GrantPolicy) -> int:
    """All instalments together, or this family's share of them if it was part of a split.

    Raises Refusal("grant.no_amount" | "grant.no_distance").
    """
    km = facts.km if needs_distance(policy) else None
    by_size = partial(amount_for, policy, km=km)
    return in_notes(policy, divided_amount(view.connection, facts.household, facts.persons, by_size))


def why(view: View, household: str) -> Why:
    """What is due to a family today and what is not, for every type of grant. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    found = known_household(view, household)
    facts = facts_of(view, household, held=held_by(view, household))
    grants = tuple(_entitled(view, facts, grant) for grant in GRANT)
    return Why(household, found.number, found.reading, found.spoken, view.day, grants)


def _entitled(view: View, facts: GrantFacts, grant: str) -> Entitled:
    policy = policy_of(view, grant)
    found = eligibility(grant, facts, policy)
    if not found.due or policy is None or len(percents_of(policy)) < found.instalment:
        return Entitled(found)
    if grant not in ONCE and grant != IN_KIND:
        return Entitled(found, amount_for(policy, facts.persons, facts.km), policy.currency)
    return Entitled(found, instalment_of(policy, whole_amount(view, facts, policy), found.instalment), policy.currency)


def answers_among(view: View, households: Iterable[str], grant: str) -> dict[str, Entitled]:
    """The answer for each of these families and one grant. Raises Refusal("form.code" | "household.unknown")."""
    view.only(NAMES)
    if grant not in GRANT:
        raise Refusal("form.code", field="grant")
    return {one: _entitled(view, facts_of(view, one, held=held_by(view, one)), grant) for one in households}


def due_among(view: View, households: Iterable[str], grant: str) -> tuple[str, ...]:
    """Those of these families to whom a grant is due today. Raises Refusal("form.code")."""
    view.only(NAMES)
    if grant not in GRANT:
        raise Refusal("form.code", field="grant")
    return tuple(_due(view, households, grant))


def _due(view: View, households: Iterable[str], grant: str) -> Iterator[str]:
    policy = policy_of(view, grant)
    for household in households:
        if eligibility(grant, facts_of(view, household, held=held_by(view, household)), policy).due:
            yield household


def families_of_movement(view: View, movement: str) -> tuple[str, ...]:
    """The families on a movement's list who are to travel, or left with it."""
    view.only(NAMES)
    states = (*ON_A_LIST, "DEPARTED")
    statement = select(LineRow.household).where(LineRow.movement == movement, LineRow.state.in_(states))
    return tuple(view.connection.scalars(statement.order_by(LineRow.household)))


def families_of_site(view: View, site: str) -> tuple[str, ...]:
    """The families with a case who live, or lived as displaced, at a site."""
    view.only(NAMES)
    statement = select(StandingRow.household).where(StandingRow.site == site, StandingRow.case_id.is_not(None))
    return tuple(view.connection.scalars(statement.order_by(StandingRow.household)))


def families_arrived(view: View) -> tuple[str, ...]:
    """The families who arrived and are followed up."""
    view.only(NAMES)
    statement = select(StandingRow.household).where(StandingRow.declared.in_(("ARRIVED", "MONITORED")))
    return tuple(view.connection.scalars(statement.order_by(StandingRow.household)))
