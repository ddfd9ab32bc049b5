"""The practice desk after arrivals: its builders run on the program's own commands, its papers can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from helpdesk.assistance.referrals import queries as referrals
from helpdesk.assistance.services import directory, queries
from helpdesk.core.language import Words
from helpdesk.journey.monitoring import queries as calls
from helpdesk.opening import Desk
from helpdesk.practice.journey import after_arrival
from tests.journey.arrived import arrived_family
from tests.programme import Programme

ARRIVED = date(2026, 11, 21)


def test_the_builders(programme: Programme, desk_as: Callable[..., Desk]) -> None:
    made = after_arrival.make_directory(desk_as("supervisor"))
    desk = desk_as("clerk")
    assert {one.id for one in desk.ask(directory.directory)} == set(made)
    households = [arrived_family(desk, ARRIVED) for _ in range(4)]
    after_arrival.make_services(desk, households, ARRIVED, Random(1))
    assert len(desk.ask(queries.delivery_ids)) == 4
    assert len(desk.ask(referrals.referral_ids, "WAITING")) == 2
    programme.clock.move(days=8)
    reached = after_arrival.make_calls(desk, Random(1))
    assert len(desk.ask(calls.call_ids)) == 4 - reached


def test_the_papers() -> None:
    names = [name for name, pdf in after_arrival.papers(Words("ckb"), ARRIVED, ()) if pdf.startswith(b"%PDF")]
    assert names == ["call-list", "services"]
