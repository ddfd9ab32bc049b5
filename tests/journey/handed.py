"""A third desk where families arrive: enrolled, known to the others by their bundles, and no sibling of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.centre import desks
from helpdesk.exchange import enrolment, installing, transfers
from helpdesk.exchange.inbox import Installed
from helpdesk.exchange.transfers import HandedOver
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.departures import bulk, day, planning
from helpdesk.opening import Desk, make_desk
from tests.journey.leaving import movement_plan, prepared
from tests.programme import ACCOUNTS, COST, Programme, accounts

FAR = "far"


def far_desk(programme: Programme) -> int:
    """Make and enrol the arrival desk, and give every desk a bundle that knows the others; its number."""
    home = programme.home
    make_desk(home / FAR, programme.founding.programme, accounts(ACCOUNTS), cost=COST, clock=programme.clock)
    enrolled = programme.at(FAR, "admin", lambda desk: enrolment.enrol(desk, "Arrival desk", "RET", programme.stick))
    with programme.office() as office:
        number = desks.enrol(office, enrolled.path).number
    siblings = tuple(programme.numbers.values())
    programme.numbers[FAR] = number
    for folder in ("one", "two"):
        path = programme.bundle(folder, siblings=siblings)
        programme.at(folder, "admin", lambda desk, path=path: installing.install(desk, path))
    renew(programme, FAR)
    return number


def renew(programme: Programme, folder: str) -> None:
    """A desk's next bundle, without siblings."""
    path = programme.bundle(folder, siblings=())
    programme.at(folder, "admin", lambda desk: installing.install(desk, path))


def departed(programme: Programme, count: int, late: int = 0) -> list[str]:
    """Families that left the first desk today in one movement, and ``late`` more that only have the day."""
    families = prepared(programme, count + late)

    def leave(desk: Desk) -> None:
        assert desk.do(bulk_declare_ready, families) == ()
        movement = desk.do(planning.plan, movement_plan(desk.clock))
        desk.do(planning.list_families, movement, tuple(families))
        desk.do(planning.all_fit, movement, tuple(families))
        desk.do(planning.notify, movement, "JOC", "12/2026")
        assert bulk.schedule_all(desk, movement).refused == ()
        for household in families[:count]:
            desk.do(day.present, movement, household)
        assert desk.do(day.depart, movement, tuple(families[:count])) == ()

    programme.at("one", "supervisor", leave)
    return families


def hand_over(programme: Programme, households: Sequence[str], folder: str = "one", to: str = FAR) -> HandedOver:
    """Write the transfer to the stick."""
    programme.clock.move(seconds=1)
    number = programme.numbers[to]
    return programme.at(
        folder,
        "supervisor",
        lambda desk: transfers.hand_over(desk, desk.folder, households, number, programme.stick),
    )


def take_in(programme: Programme, handed: HandedOver, folder: str = FAR) -> Installed:
    """Carry the stick to a desk and take the file in."""
    return programme.at(folder, "supervisor", lambda desk: installing.install(desk, handed.path))
