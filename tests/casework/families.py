"""Families whose members change, and how many people a store counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from helpdesk.casework.splitting import SplitForm
from helpdesk.desk.commands import View
from helpdesk.households import commands, queries
from helpdesk.households.documents import Household, Person, Phone
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.opening import Desk
from tests.people import CONSENT, head, member, small_form

OTHER_PHONE = Phone("+9647000000077", safe_to_call=True)


def large_family(desk: Desk, **changes: Any) -> tuple[str, list[str]]:
    """A mother, her husband, two children and a grown brother; the household and its people in that order."""
    members = (
        head(),
        member("Ali", relation="SPOUSE", sex="M", birth_date=date(1980, 7, 1)),
        member("Nour"),
        member("Sara"),
        member("Omar", relation="SIB", sex="M", birth_date=date(1990, 7, 1)),
    )
    form = small_form(desk.clock, **{"members": members, **changes})
    desk.do(commands.register, form)
    return form.household_id, list(family(desk, form.household_id).members)


def family(desk: Desk, household: str) -> Household:
    return desk.ask(queries.family_file, household).household


def people(desk: Desk, household: str) -> dict[str, Person]:
    return desk.ask(queries.family_file, household).persons


def split_form(movers: tuple[str, ...], **changes: Any) -> SplitForm:
    """The first of the movers leads, holds the card, and is at the desk."""
    fields: dict[str, Any] = {
        "movers": movers, "head": movers[0], "principal": movers[0], "consent": CONSENT, "present": movers[:1],
        "phones": (OTHER_PHONE,),
    }  # fmt: skip
    return SplitForm(**{**fields, **changes})


def counted(view: View) -> tuple[int, int, int]:
    """People by rows, different people by rows, and people by the rosters; of households that are counted."""
    counts = (HouseholdRow.status == "REGISTERED",)
    rows = select(func.count(), func.count(func.distinct(PersonRow.id))).join(
        HouseholdRow, HouseholdRow.id == PersonRow.household
    )
    by_rows, different = view.connection.execute(rows.where(*counts)).one()
    rosters = view.connection.scalar(select(func.sum(HouseholdRow.persons)).where(*counts))
    return by_rows, different, int(rosters or 0)
