"""A module that the programme switched off has no page in the window; everything else is where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from helpdesk.desk.roles import Role
from ui.plan import PLACES
from ui.surroundings import Surroundings
from ui.theme import Look


def test_pages_of_a_module_that_is_off_are_not_there(look: Look, surroundings: Callable[[Look], Surroundings]) -> None:
    around = surroundings(look)
    seat = replace(around.seat, role=Role.SUPERVISOR)
    off = {"VOUCHERS": False, "SERVICES": False, "LESSONS": False}

    def pages(modules: dict[str, bool]) -> set[str]:
        here = replace(around, seat=replace(seat, modules=modules))
        return {place.name for place in PLACES if place.allowed(here)}

    money = {"vouchers", "approval", "plan_vouchers", "ledger"}
    assert pages({}) - pages(off) == {*money, "services", "lessons"}
    assert {"visits", "events", "clearances", "areas", "calls", "reports"} <= pages(off)
