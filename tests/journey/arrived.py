"""Families that have arrived, for tests of what comes after: the case is written as an arrival leaves it."""

from __future__ import annotations

from datetime import date
from typing import Any

from helpdesk.core.clock import Clock
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import commands
from helpdesk.households.documents import OtherContact, Phone
from helpdesk.households.forms import ConsentAnswer
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import CASE, case_id
from helpdesk.opening import Desk
from tests.people import CONSENT, small_form

PHONE = "+9647000000001"
RELATIVE = "+9647000000009"
CALLS = ConsentAnswer("CALL", "GIVEN", "SIGN", "ar", True, "1")
SHARING = ConsentAnswer("SHARE-PARTNER", "GIVEN", "SIGN", "ar", True, "1")


@command("test.arrive", roles=FAMILIES)
def arrive(act: Act, household: str, day: date) -> None:
    """What is left of an arrival in its case."""
    case = Case(household, 1, "RETURN", "ARRIVED", day, arrived_on=day)
    act.records.create(CASE, case_id(household, 1), case)


def reachable(clock: Clock, **changes: Any) -> Any:
    """A family with one safe phone, a relative, and consent to be called."""
    fields: dict[str, Any] = {
        "consents": (CONSENT, CALLS),
        "phones": (Phone(PHONE, safe_to_call=True),),
        "contact": OtherContact("Sami Ali", RELATIVE, "uncle", "the market"),
    }
    return small_form(clock, **{**fields, **changes})


def arrived_family(desk: Desk, day: date, **changes: Any) -> str:
    """A family that arrived on a day; its id."""
    form = reachable(desk.clock, **changes)
    desk.do(commands.register, form)
    desk.do(arrive, form.household_id, day)
    return str(form.household_id)
