"""The gate: the only way a case becomes READY, SCHEDULED or DEPARTED, each time asked of the facts themselves.

No table that lists read is believed here, and nobody's role opens it: a condition holds, is waived by two people where
it may be, or the answer is no, with the first reason and how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.core.errors import HelpDeskError, Refusal
from helpdesk.desk.commands import Act
from helpdesk.households.late import FURTHEST_BACK
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.documents import Case, Departure, Evidence, Missing
from helpdesk.journey.cases.facts import Facts
from helpdesk.journey.cases.gathering import Ground, decisions_of, papers_of
from helpdesk.journey.cases.judging import evidence_of
from helpdesk.journey.cases.kinds import DEPARTURE
from helpdesk.journey.cases.reasons import refusal_of
from helpdesk.journey.cases.rules import Examined, examine

FURTHEST_PLAN: Final = 60
"""Days ahead for which a movement may be planned."""


class NotNow(Struct, frozen=True):
    """One family of a bulk act for which the answer was no: the refusal's code and its values as text."""

    household: str
    code: str
    values: dict[str, str]


def require_departable(act: Act, household: str, day: date, ground: Ground | None = None) -> Evidence:
    """The evidence by which a scheduled family may leave on ``day``; nothing is written.

    Whoever asks for many hands in one ``Ground(act.connection, day)`` for all of them.

    Raises Refusal("gate.*", safeguard=..., why=..., count=...), Refusal("case.step" | "case.none" | "gate.day").
    """
    _, case = steps.known_case(act, household)
    steps.check(case, "DEPARTED")
    if not 0 <= (act.day - day).days <= FURTHEST_BACK:
        raise Refusal("gate.day")
    facts, examined, ground = _required(act, household, day, day, ground)
    return evidence_of(facts, examined, day, ground)


def declare_ready(act: Act, household: str, ground: Ground | None = None) -> Case:
    """Declare one family ready. Raises Refusal("gate.*" | "case.step" | "case.none")."""
    _, case = steps.known_case(act, household)
    steps.check(case, "READY")
    _required(act, household, act.day, None, ground)
    return steps.write(act, household, "READY", movement_day=None, reason="")


def schedule(act: Act, household: str, movement_day: date, ground: Ground | None = None) -> Case:
    """Give a ready family its day: everything holds today, and clearance, place and declarations until that day.

    Raises Refusal("gate.*", safeguard=..., until=... | "case.step" | "case.none").
    """
    _, case = steps.known_case(act, household)
    steps.check(case, "SCHEDULED")
    if not 0 <= (movement_day - act.day).days <= FURTHEST_PLAN:
        raise Refusal("gate.day")
    _, examined, _ = _required(act, household, act.day, movement_day, ground)
    for safeguard in ("H6", "L_RISK", "HOUSING"):
        until = examined.until(safeguard)
        if until is not None and until < movement_day:
            raise Refusal("gate.until", safeguard=safeguard, until=until.isoformat())
    return steps.write(act, household, "SCHEDULED", movement_day=movement_day)


def depart(act: Act, household: str, day: date, movement: str | None = None, ground: Ground | None = None) -> Departure:
    """Write that a family left, with its evidence, and take its case to DEPARTED. The only way there.

    Raises as :func:`require_departable`.
    """
    evidence = require_departable(act, household, day, ground)
    departure = Departure(household, evidence.case, day, evidence, movement)
    act.records.create(DEPARTURE, act.new_id(), departure, signed=True)
    steps.write(act, household, "DEPARTED", departed_on=day)
    return departure


def each(
    act: Act, households: Sequence[str], day: date, one: Callable[[Act, str, Ground], object]
) -> tuple[NotNow, ...]:
    """Do ``one(act, household, ground)`` for many; who may not is told apart and holds nobody back."""
    ground, refused = Ground(act.connection, day), []
    for household in dict.fromkeys(households):
        try:
            one(act, household, ground)
        except Refusal as refusal:
            refused.append(not_now(household, refusal))
    return tuple(refused)


def not_now(household: str, refusal: HelpDeskError) -> NotNow:
    """A refusal as a line of a bulk act's answer."""
    return NotNow(household, refusal.code, {name: str(value) for name, value in refusal.values.items()})


def refuse_missing(missing: Sequence[Missing]) -> None:
    """Say the first reason and how many there are. Raises the Refusal of reasons.refusal_of ("gate.*")."""
    if missing:
        raise refusal_of(missing[0], len({one.safeguard for one in missing}))


def _required(
    act: Act, household: str, day: date, movement_day: date | None, ground: Ground | None
) -> tuple[Facts, Examined, Ground]:
    act.records.flush()  # what the same act wrote is a fact like any other
    papers = papers_of(act.connection, [household]).get(household)
    if papers is None:
        raise Refusal("household.unknown")
    ground = ground or Ground(act.connection, day)
    facts = ground.facts(papers, decisions_of(act.connection, [household]).get(household))
    examined = examine(facts, day, movement_day)
    refuse_missing(examined.blocking)
    return facts, examined, ground
