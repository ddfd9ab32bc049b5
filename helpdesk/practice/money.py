"""The cash and the packages of a practice desk: what came in before anything is paid, and the day counted at its end.

The second desk's day is closed by two people; the first desk's count waits for its second signature, so that whoever
practises can give it.
"""

from __future__ import annotations

from typing import Final

from helpdesk.assistance.cash import commands as cash
from helpdesk.assistance.cash import queries
from helpdesk.assistance.cash.counting import notes_for, worth
from helpdesk.assistance.distributions import commands as distributions
from helpdesk.assistance.distributions import queries as paydays
from helpdesk.assistance.kits import commands as kits
from helpdesk.assistance.vouchers import numbering
from helpdesk.core.language import N_
from helpdesk.desk.commands import View
from helpdesk.desk.roles import Role
from helpdesk.practice.building import DESKS, Building
from helpdesk.practice.terms import approve_list, plan_cash

NOTES: Final = {"50000": 160, "25000": 60, "10000": 40, "1000": 100}
PACKAGES: Final = 600
LISTED_EACH: Final = 6
"""Families whose cash a desk lists for its pay day."""
FROM: Final = "Practice office"


def open_box(building: Building, desk: str, point: int) -> None:
    """Take cash and arrival packages in."""
    opened = building.signed_in(desk, Role.CLERK)
    opened.do(cash.receive, point, NOTES, FROM)
    opened.do(kits.receive, PACKAGES, FROM)
    building.step(N_("Took cash and packages in"), amount=worth(NOTES))


def list_pay_days(building: Building) -> None:
    """The last day of the practice is a pay day at every desk."""
    for desk in DESKS:
        _list_pay_day(building, desk)


def _list_pay_day(building: Building, desk: str) -> None:
    """Plan, approve and print cash for families that stay, and make the list of the last day of the practice."""
    opened = building.signed_in(desk, Role.CLERK)
    point, on = opened.ask(View.in_force).desk.pay_points[0].number, building.end.date()
    staying = [one for one, family in building.registered[desk].items() if family.intention == "LOC"]
    planned = plan_cash(building, desk, tuple(staying[:LISTED_EACH]), point) if staying else ()
    if planned:
        approve_list(building.signed_in(desk, Role.SUPERVISOR), planned)
        building.signed_in(desk, Role.CLERK).do(numbering.print_, planned)
    opened = building.signed_in(desk, Role.CLERK)
    waiting = opened.ask(paydays.payable, point, on)
    if waiting:
        opened.do(distributions.open_, point, on, waiting)
        building.step(N_("Listed a pay day"), vouchers=len(waiting))


def count_day(building: Building, desk: str, point: int) -> None:
    """Count the box at the end of the day, and close the day where this desk closes it."""
    opened = building.signed_in(desk, Role.CLERK)
    should = opened.ask(queries.box, point)
    held = should.box.should_hold
    count = opened.do(cash.count, point, notes_for([held]), should.papers.in_stock)
    building.step(N_("Counted the cash of the day"), amount=held)
    if desk == DESKS[-1]:
        reconciled = building.signed_in(desk, Role.SUPERVISOR).do(cash.sign, count)
        building.step(N_("Closed the day"), vouchers=reconciled)
