"""Families to whom movement grants are due, without the steps before it, which other tests walk."""

from __future__ import annotations

from typing import Any

import msgspec

from helpdesk.assistance.vouchers import planning
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import CASE, case_id
from helpdesk.vault.records import document_of


@command("tests.give_case", roles=FAMILIES)
def give_case(act: Act, household: str, state: str = "SCHEDULED", **changes: Any) -> str:
    """Write the first case of a family in a state, today; returns its record."""
    record = case_id(household, 1)
    known = document_of(act.connection, CASE, record)
    case = known or Case(household, 1, "RETURN", "", act.day, PlaceAnswer("IQG15"))
    day = {"movement_day": act.day} if state == "SCHEDULED" else {}
    _write(act, record, msgspec.structs.replace(case, **{"state": state, "changed_on": act.day, **day, **changes}))
    return record


@command("tests.plan_due", roles=FAMILIES)
def plan_due(act: Act, household: str, grant: str, pay_point: int) -> str:
    """Plan a grant as for a family that has its day, and leave the family where it stood."""
    record = case_id(household, 1)
    before = document_of(act.connection, CASE, record)
    give_case(act, household)
    act.records.flush()
    voucher = planning.plan(act, household, grant, pay_point)
    _write(act, record, before or Case(household, 1, "", "", act.day))
    return voucher


def _write(act: Act, record: str, case: Case) -> None:
    act.records.flush()
    if document_of(act.connection, CASE, record) is None:
        act.records.create(CASE, record, case, signed=True)
    else:
        act.records.revise(CASE, record, case, signed=True)
