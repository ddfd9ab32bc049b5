"""The numbers of monitoring: reach, durability, change of shelter (DOMAIN.md 4.8 and 4.14). Numbers, never a family.

Every function takes a connection, so that a desk and the centre count by the same rule; days are both included. What
was answered is told of those reached, and every number of answers stands beside how many were due.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, Subquery, and_, case, func, select

from helpdesk.journey.monitoring import rules
from helpdesk.journey.monitoring.codes import ROUND, STATE
from helpdesk.journey.monitoring.starts import starts
from helpdesk.journey.monitoring.tables import CallRow, TaskRow


class Reach(Struct, frozen=True):
    """One round: calls due in the period, and what became of them. ``reached`` families answered themselves.

    ``waiting`` were not reached yet, or were missed. The rate is ``reached`` of ``due``, "of those reached" its label.
    """

    round: str
    due: int
    reached: int
    by_relative: int
    refused: int
    lost: int
    waiting: int


class Durability(Struct, frozen=True):
    """One round's outcomes in the period: families by outcome."""

    round: str
    outcome: str
    families: int


class ShelterChange(Struct, frozen=True):
    """Families that lived in one shelter at a round and in another, or the same, at the next."""

    from_round: str
    to_round: str
    before: str
    after: str
    families: int


_ALL: Final[Subquery] = starts(live=False)
_RANK: Final = {state: place for place, state in enumerate(STATE)}


def _furthest() -> Subquery:
    # where two desks wrote one round, the one that went further counts
    rank = case(_RANK, value=CallRow.state, else_=0)
    return (
        select(CallRow.start, CallRow.round, func.max(rank).label("rank"))
        .group_by(CallRow.start, CallRow.round)
        .subquery()
    )


def reach(connection: Connection, first: date, last: date, day: date) -> tuple[Reach, ...]:
    """The three rounds: who was reached, of the calls that came due from ``first`` to ``last`` and by ``day``."""
    found = []
    for code in ROUND:
        arrived = rules.due_between(code, first, min(last, day))
        calls = _furthest()

        def number(*states: str, calls: Subquery = calls) -> Any:
            ranks = [_RANK[state] for state in states]
            return func.coalesce(func.sum(case((calls.c.rank.in_(ranks), 1), else_=0)), 0)

        row = connection.execute(
            select(
                func.count(),
                number("DONE", "PARTIAL"),
                number("PROXY"),
                number("REFUSED"),
                number("LOST"),
            )
            .select_from(_ALL)
            .outerjoin(calls, and_(calls.c.start == _ALL.c.start, calls.c.round == code))
            .where(_ALL.c.from_on.between(*arrived))
        ).one()
        due, reached, by_relative, refused, lost = (int(value) for value in row)
        waiting = due - reached - by_relative - refused - lost
        found.append(Reach(code, due, reached, by_relative, refused, lost, waiting))
    return tuple(found)


def durability(connection: Connection, first: date, last: date) -> tuple[Durability, ...]:
    """How durable returns were, by round, of those reached or given up in the period."""
    rows = connection.execute(
        select(CallRow.round, CallRow.outcome, func.count(CallRow.household.distinct()))
        .where(CallRow.on.between(first, last), CallRow.state.in_(("DONE", "PARTIAL", "PROXY", "LOST")))
        .where(CallRow.round.in_(ROUND.entries))
        .group_by(CallRow.round, CallRow.outcome)
    )
    found = [Durability(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (ROUND.entries.index(one.round), one.outcome)))


def displaced_again(connection: Connection, first: date, last: date) -> int:
    """Distinct families that live elsewhere or left again, as told on calls of the period (S64)."""
    found = connection.scalar(
        select(func.count(CallRow.household.distinct())).where(
            CallRow.on.between(first, last), CallRow.outcome == "FAILED"
        )
    )
    return found or 0


def shelter_change(connection: Connection, first: date, last: date) -> tuple[ShelterChange, ...]:
    """Shelter from one round to the next, of families reached in both, the later of the two in the period."""
    earlier, later = CallRow.__table__.alias("earlier"), CallRow.__table__.alias("later")
    found: list[ShelterChange] = []
    for before, after in zip(ROUND.entries, ROUND.entries[1:], strict=False):
        rows = connection.execute(
            select(earlier.c.shelter, later.c.shelter, func.count(later.c.household.distinct()))
            .join(later, and_(later.c.start == earlier.c.start, later.c.round == after))
            .where(
                earlier.c.round == before,
                earlier.c.shelter.is_not(None),
                later.c.shelter.is_not(None),
                later.c.on.between(first, last),
            )
            .group_by(earlier.c.shelter, later.c.shelter)
            .order_by(earlier.c.shelter, later.c.shelter)
        )
        found += [ShelterChange(before, after, *row) for row in rows]
    return tuple(found)


def tasks_open(connection: Connection) -> int:
    """How many tasks of 24 hours nobody has finished."""
    return connection.scalar(select(func.count()).select_from(TaskRow).where(TaskRow.done_at.is_(None))) or 0
