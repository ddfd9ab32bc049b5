"""Whether a grant is due to a family: one pure rule for each type over gathered facts, with reasons for every answer.

The same facts give the same answer in planning, in bulk, on the slip and on the command line. No barrier, category or
vulnerability is asked for, and a reason never tells one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from helpdesk.assistance.grants.codes import BY_DAYS, IN_KIND, ONCE, WITH_A_NEED
from helpdesk.assistance.grants.policy import (
    amount_for,
    days_amount,
    needs_distance,
    percents_of,
)
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantPolicy
from helpdesk.journey.cases.codes import UNFACILITATED

BESIDE: Final = ("RET", "HOST")
"""Families of a place of return: they have no movement, and their profile alone speaks for them."""
_THERE: Final = ("ARRIVED", "MONITORED")


class Held(Struct, frozen=True):
    """A voucher that holds its grant: which case, which instalment, and whether it is paid already.

    ``whole``: it is of the family that this one was part of, or that was joined to it.
    """

    grant: str
    case: str | None
    instalment: int = 1
    paid: bool = False
    whole: bool = False


class GrantFacts(Struct, frozen=True):
    """What is known of one household today. ``state`` is its case's declared one, ``reason`` the case's own.

    ``mode`` is how its present movement goes (``movement_mode``), "" without one; ``proven`` whether its departure
    counts, None before any; ``km`` the length of its way; ``kits`` packages handed out at arrival; ``needs`` reasons
    of supervisors for other cash that no voucher stands for yet; ``days`` person-days to be paid.
    """

    household: str
    population: str
    persons: int
    closed: bool = False
    consents: bool = True
    payee: str | None = None
    alternate: str | None = None
    case: str | None = None
    state: str = ""
    reason: str = ""
    mode: str = ""
    departed: bool = False
    proven: bool | None = None
    profiled: bool = False
    km: int | None = None
    kits: int = 0
    needs: int = 0
    days: int = 0
    held: tuple[Held, ...] = ()

    @property
    def left_alone(self) -> bool:
        """Left without the programme: by its own means or by order."""
        return self.state == "UNFACILITATED" or (self.reason in UNFACILITATED and not self.proven)


class Eligibility(Struct, frozen=True):
    """The answer for one grant: reasons of ``grant_reason``, those for it where it is due, else those against it.

    ``instalment`` of ``of`` is what would be planned next.
    """

    grant: str
    due: bool
    reasons: tuple[str, ...]
    instalment: int = 1
    of: int = 1


def eligibility(grant: str, facts: GrantFacts, policy: GrantPolicy | None) -> Eligibility:
    """The answer for a grant type; ``policy`` is the one in force, None for none."""
    for_it, against = _RULES[grant](facts)
    instalment, of, holds = _next_instalment(grant, facts, policy)
    no = tuple(dict.fromkeys((*_of_everybody(facts, policy), *against, *holds, *_of_table(grant, facts, policy))))
    if no:
        return Eligibility(grant, False, no, instalment, of)
    follows = ("FOLLOWS",) if instalment > 1 else ()
    return Eligibility(grant, True, (*for_it, *follows), instalment, of)


def _of_everybody(facts: GrantFacts, policy: GrantPolicy | None) -> Iterable[str]:
    if facts.closed:
        yield "FAMILY_CLOSED"
    if not facts.consents:
        yield "NO_CONSENT"
    if policy is None:
        yield "NO_POLICY"
    if facts.payee is None:
        yield "NO_ADULT"


def _of_table(grant: str, facts: GrantFacts, policy: GrantPolicy | None) -> Iterable[str]:
    if policy is None:
        return
    if needs_distance(policy) and facts.km is None:
        yield "NO_DISTANCE"
        return
    try:
        if grant == BY_DAYS:
            days_amount(policy, facts.persons, 1)  # how many days one voucher pays, planning asks
        else:
            amount_for(policy, facts.persons, facts.km)
    except Refusal:
        yield "NO_AMOUNT"


def _next_instalment(grant: str, facts: GrantFacts, policy: GrantPolicy | None) -> tuple[int, int, tuple[str, ...]]:
    of = len(percents_of(policy)) if policy is not None else 1
    if grant not in ONCE:
        return 1, of, ()
    mine = [one for one in facts.held if one.grant == grant and (one.whole or one.case in (facts.case, None))]
    held = {one.instalment: one for one in sorted(mine, key=lambda one: one.paid)}
    following = next((n for n in range(1, of + 1) if n not in held), None)
    if following is None:
        return of, of, ("WHOLE_FAMILY" if all(one.whole for one in mine) else "HAD",)
    if following > 1 and policy is not None and not policy.together and not held[following - 1].paid:
        return following, of, ("EARLIER_UNPAID",)
    return following, of, ()


_Said = tuple[tuple[str, ...], tuple[str, ...]]
"""What speaks for a grant, and what against it."""


def _moves(facts: GrantFacts) -> tuple[str, ...]:
    if facts.population == "HOST":
        return ("HOST",)
    if facts.population == "RET":
        return ("CAME_BACK_ALONE",)
    if facts.state == "WITHDRAWN":
        return ("WITHDRAWN",)
    return ()


def _transport(facts: GrantFacts) -> _Said:
    against = _moves(facts)
    if against:
        return (), against
    if facts.left_alone:
        return (), ("LEFT_ALONE",)
    if facts.state not in ("SCHEDULED", "DEPARTED"):
        return (), ("NO_DAY",)
    if facts.departed and not facts.proven:
        return (), ("UNPROVEN",)
    if facts.mode != "SELF":
        return (), ("TRANSPORTED",)
    return ("DEPARTED" if facts.departed else "DAY_GIVEN", "OWN_VEHICLE"), ()


def _departure(facts: GrantFacts) -> _Said:
    against = _moves(facts)
    if against:
        return (), against
    if facts.left_alone:
        return (), ("LEFT_ALONE",)
    if facts.state == "SCHEDULED":
        return ("DAY_GIVEN",), ()
    if facts.state == "DEPARTED" or facts.state in _THERE:
        if not facts.departed:
            return (), ("DEPARTURE_UNKNOWN",)
        return (("DEPARTED",), ()) if facts.proven else ((), ("UNPROVEN",))
    return (), ("NO_DAY",)


def _reinstallation(facts: GrantFacts) -> _Said:
    against = _moves(facts)
    if against:
        return (), against
    return (("ARRIVED",), ()) if facts.state in _THERE else ((), ("NOT_ARRIVED",))


def _reintegration(facts: GrantFacts) -> _Said:
    for_it, against = _reinstallation(facts)
    return ((*for_it, "PROFILED"), against) if facts.profiled else ((), (*against, "NOT_PROFILED"))


def _living(facts: GrantFacts) -> _Said:
    if facts.population in BESIDE:
        there = ("HOST_FAMILY" if facts.population == "HOST" else "RETURNED",)
        return ((*there, "PROFILED"), ()) if facts.profiled else ((), ("NOT_PROFILED",))
    return _reintegration(facts)


def _other_cash(facts: GrantFacts) -> _Said:
    return (("NEED",), ()) if facts.needs > 0 else ((), ("NO_NEED",))


def _worked(facts: GrantFacts) -> _Said:
    return (("WORKED",), ()) if facts.days > 0 else ((), ("NO_DAYS",))


def _package(facts: GrantFacts) -> _Said:
    for_it, against = _reinstallation(facts)
    return ((), (*against, "KIT_GIVEN")) if facts.kits > 0 else (for_it, against)


_RULES: Final[dict[str, Callable[[GrantFacts], _Said]]] = {
    "TRN": _transport,
    "DEP": _departure,
    "RIN": _reinstallation,
    "RIG": _reintegration,
    BY_DAYS: _worked,
    WITH_A_NEED: _other_cash,
    "LIV": _living,
    "SME": _living,
    IN_KIND: _package,
}
