"""Closing a case: the calls are over, nothing urgent is open, and every voucher is paid or void.

Recent returnees and host families that were profiled end the same way, without a movement.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import UNPAID
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households.commands import known_household
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import CASE
from helpdesk.journey.monitoring.facts import finished, open_tasks
from helpdesk.journey.monitoring.kinds import RETURNED
from helpdesk.vault.records import documents_of

_CALLED: Final = ("ARRIVED", "MONITORED", "LOST")
_BESIDE: Final = ("RET", "HOST")


class Closed(Struct, frozen=True):
    """What a closing slip says: the number, the day, and since when the family was accompanied."""

    household: str
    number: str
    on: date
    since: date


def lacking(view: View, household: str) -> tuple[str, ...]:
    """What is still open before a family's case may be closed, as codes of ``close_lacks``."""
    view.only(NAMES)
    found = known_household(view, household)
    state = _state(view, household)
    lacks = []
    if (state in ("ARRIVED", "MONITORED") or found.population == "RET") and not finished(view.connection, household):
        lacks.append("CALLS")
    if open_tasks(view.connection, household):
        lacks.append("TASKS")
    vouchers = (doc for _, doc in documents_of(view.connection, VOUCHER, household))
    if any(voucher.on(view.day) in (*UNPAID, "SUSPENDED", "DISPUTED") for voucher in vouchers):
        lacks.append("VOUCHERS")
    return tuple(lacks)


def _state(view: View, household: str) -> str:
    cases = [doc for _, doc in documents_of(view.connection, CASE, household)]
    return max(cases, key=lambda case: case.attempt).state if cases else ""


def may_close(view: View, household: str) -> bool:
    """Whether closing is the family's next step, whatever is still lacking."""
    found = known_household(view, household)
    state = _state(view, household)
    return "CLOSED" in steps.ALLOWED.get(state, ()) or (state == "" and found.population in _BESIDE)


@command("case.close", roles=(Role.SUPERVISOR,))
def close(act: Act, household: str) -> Closed:
    """Close a family's case. Raises Refusal("close.lacks", lacks=...), Refusal("case.step" | "household.closed")."""
    found = known_household(act, household)
    if found.status != "REGISTERED":
        raise Refusal("household.closed")
    if not may_close(act, household):
        raise Refusal("case.step", state=_state(act, household) or "REGISTERED", to="CLOSED")
    lacks = lacking(act, household)
    if lacks:
        raise Refusal("close.lacks", lacks=lacks[0])
    if steps.case_of(act, household) is None:
        _end_beside(act, household, found.population)
    case: Case = steps.move(act, household, "CLOSED", closed_on=act.day, review_on=None)
    for record, came in documents_of(act.connection, RETURNED, household):
        if came.ended_on is None:
            act.records.revise(RETURNED, record, msgspec.structs.replace(came, ended_on=act.day))
    act.concerns(household)
    return Closed(household, found.number, act.day, min(found.registered_on, case.opened_on))


def _end_beside(act: Act, household: str, population: str) -> None:
    # a family that never moves with us has no case until its end is written
    track = "RETURNEE" if population == "RET" else "HOST"
    steps.move(act, household, "STAYING", track=track)
