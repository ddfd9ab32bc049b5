"""Random days at three desks: papers are copied, files come late, twice and out of order, folders are put back, clocks
go wrong, boxes are miscounted. In every one of them the money adds up, or the exact difference is told.

What the program answers is compared with a telling of its own that knows only what really happened (told.py).
``HELPDESK_MONEY_WORLDS`` sets how many worlds are walked.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, func, select

from helpdesk.assistance.vouchers import doubles, verifying
from helpdesk.assistance.vouchers.doubles import DoublePayment
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.centre import intake, money
from helpdesk.centre.tables import CentreAlarmRow
from helpdesk.core.clock import day_number
from helpdesk.desk.bundle import GrantAmount, GrantPolicy
from helpdesk.exchange import installing
from helpdesk.opening import make_desk
from tests.money.desks import FOLDERS, Staff, World, days_off, staff_of, worlds
from tests.money.told import STEPS, Paper, cases, sums
from tests.programme import ACCOUNTS, COST, Programme, accounts, enrol_desk

WORLDS: Final = int(os.environ.get("HELPDESK_MONEY_WORLDS", "8"))
DAYS: Final = 100
STOCKED: Final = (0, 25, 50)
"""Days on which every desk prints."""
PAPERS: Final = 8
OPEN: Final = ("PRINTED", "ISSUED", "UNCLAIMED")
BUSY: Final = 0.55
"""How often anything happens at a desk in a day."""
SEEN: Counter[str] = Counter()
"""What all walks of this process came to."""


@pytest.fixture(scope="module")
def three_desks(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, Staff]:
    """A third desk beside the two, and bundles that name all three to one another."""
    programme = ready_programme.copied(tmp_path_factory.mktemp("three"))
    make_desk(programme.home / "three", programme.founding.programme, accounts(ACCOUNTS), cost=COST,
              clock=programme.clock)  # fmt: skip
    enrol_desk(programme, "three")
    today = day_number(programme.clock.now().date())
    amounts = (GrantAmount(1, 3, 400_000), GrantAmount(4, 40, 600_000))
    grants = (GrantPolicy("DEP", "IQD", 1, today - 1, today + 365, 30, amounts),)
    for folder in FOLDERS:
        path = programme.bundle(folder, grants=grants)
        programme.at(folder, "admin", lambda desk, path=path: installing.install(desk, path))  # type: ignore[misc]
    return programme, staff_of(programme)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_money_adds_up_or_the_difference_is_told(
    three_desks: tuple[Programme, Staff], tmp_path: Path, seed: int
) -> None:
    made, staff = three_desks
    twin = made.copied(tmp_path / "twin") if seed % 4 == 0 else None
    with worlds(made.copied(tmp_path / "world"), staff, seed) as world:
        for day in range(DAYS):
            if day in STOCKED:
                for folder in FOLDERS:
                    world.print_some(folder, PAPERS)
            a_day(world, world.chance)
            world.next_day()
        let_everything_arrive(world)
        everything_is_told(world)
        if twin is not None and not world.forks:
            in_another_order(world, twin)
        assert world.seen["paid"] > PAPERS  # a walk that gets nowhere proves nothing
        assert world.seen["rerouted"] > 0
        SEEN.update(world.seen)


def a_day(world: World, chance: random.Random) -> None:
    """Three desks, a few things that happen at them, and now and then something that should not."""
    for folder in FOLDERS:
        if chance.random() < BUSY:
            something(world, chance, folder)
    folder = chance.choice(FOLDERS)
    luck = chance.random()
    if luck < 0.07:
        world.end_of_day(folder, chance.choice((0, 0, 0, -25_000, 1_000)))
    elif luck < 0.11:
        world.set_clock(folder, world.right_day() + days_off(chance))
    elif luck < 0.17:
        world.set_clock(folder, world.right_day())
    elif luck < 0.23:
        world.export(folder)
    elif luck < 0.38 and world.files:
        file, path = chance.choice(world.files)
        reader = chance.choice([*(one for one in FOLDERS if one != file.sender), "centre"])
        if reader == "centre":
            world.bring_to_centre(file, path)
        else:
            world.bring(reader, file, path)
    elif luck < 0.395:
        world.copy_aside(folder)
    elif luck < 0.415 and folder in world.copies:
        world.restore(folder)


def something(world: World, chance: random.Random, folder: str) -> None:
    """One thing at one desk."""
    home = [paper for paper in world.papers if paper.home == folder]
    others = [paper for paper in world.papers if paper.home != folder]
    luck = chance.random()
    if luck < 0.40:
        stood_for = chance.random() < 0.7
        name = chance.choice(("clerk", "clerk", "other", "supervisor"))
        world.pay(folder, chance.choice(home), name, stood_for=stood_for)
    elif luck < 0.50 and world.handed:  # a copy of a paper that was paid, here or elsewhere
        numbers = {fact.number for fact in world.handed}
        copied = chance.choice([paper for paper in world.papers if paper.number in numbers])
        world.pay(folder, copied, chance.choice(("clerk", "other")), stood_for=True)
    elif luck < 0.58:
        world.reroute(folder, chance.choice(others))
    elif luck < 0.68:
        taken = [paper for paper in others if paper.number in world.known[folder].taken_in]
        world.pay(folder, chance.choice(taken or others), "clerk", stood_for=False)
    elif luck < 0.88:
        world.mishap(folder, chance.choice(_lively(world, folder, home)), chance.choice(sorted(STEPS)))
    elif luck < 0.92:
        world.give_back(folder, chance.choice((25_000, 400_000)))
    elif luck < 0.95:
        world.receive(folder, 500_000)


def _lively(world: World, folder: str, home: list[Paper]) -> list[Paper]:
    # papers about which something was begun come up again, or hardly any would be lost and replaced
    begun = [p for p in home if world.known[folder].state.get(p.voucher) in ("LOST", "UNCLAIMED", "DISPUTED")]
    return begun * 3 + home


def let_everything_arrive(world: World) -> None:
    """Every desk sends what is left, and every file comes to everybody, those that came before once more."""
    for folder in FOLDERS:
        world.export(folder)
    for file, path in world.files:
        world.bring_to_centre(file, path)
        for folder in FOLDERS:
            if folder != file.sender:
                world.bring(folder, file, path)


def everything_is_told(world: World) -> None:
    """Every desk and the centre: payments, sums, cases and flaws are those that what really happened leads to."""
    for folder in FOLDERS:
        facts = world.known[folder].facts
        desk = world.at(folder, "supervisor")
        with desk.store.read() as connection:
            assert paid(connection) == sums(facts)
            nothing_opens_again(connection, world, folder)
        assert told(desk.ask(doubles.double_payments)) == cases(facts)
        assert [flaw for flaw in desk.ask(verifying.flaws) if flaw.code != "REUSED_NUMBER"] == []
    facts = world.centre_facts()
    found = money.money(world.office, min(paper.first for paper in world.papers), world.right_day())
    with world.office.register.read() as register:
        assert paid(register) == sums(facts)
        alarms = set(register.scalars(select(CentreAlarmRow.code)))
        for folder in set(FOLDERS) - world.put_back:
            nothing_opens_again(register, world, folder)
    assert told(found.doubles) == cases(facts)
    world.seen["cases"] = len(found.doubles)
    assert found.flaws == ()
    forked = {"fvb.fork"} if any(reader == "centre" for reader, _ in world.forks) else set()
    # of a desk that forked, others may have written of vouchers whose approval went with the branch that was refused
    assert alarms - ({"record.unapproved"} if forked else set()) == forked
    every_dinar_is_somewhere(world)


def nothing_opens_again(connection: Connection, world: World, folder: str) -> None:
    """A voucher that its own desk stopped or paid is payable in no store, whatever other desks wrote of it."""
    states = {row.id: row.state for row in connection.execute(select(VoucherRow.id, VoucherRow.state))}
    for voucher, state in world.known[folder].state.items():
        assert state in OPEN or states[voucher] not in OPEN, (voucher, state, states[voucher])


def every_dinar_is_somewhere(world: World) -> None:
    """Whatever was handed over stands at the centre, or a fork of the desk that paid it is told."""
    facts = world.centre_facts()
    for fact in world.handed:
        (folder,) = (name for name in FOLDERS if world.programme.numbers[name] == fact.point)
        assert fact in facts or folder in world.put_back, fact
        if fact not in facts and fact in world.known[folder].facts:
            assert ("centre", folder) in world.forks


def paid(connection: Connection) -> dict[Any, int]:
    """What a store says was paid at each point on each day."""
    rows = connection.execute(
        select(PaymentRow.pay_point, PaymentRow.paid_on, func.sum(PaymentRow.amount)).group_by(
            PaymentRow.pay_point, PaymentRow.paid_on
        )
    )
    return {(point, day): int(amount) for point, day, amount in rows}


def told(found: tuple[DoublePayment, ...]) -> Counter[Any]:
    """The cases of a store, each with the proofs of its payments."""
    for case in found:
        assert all(proof.signature for proof in case.proofs)
        assert case.too_much == sum(proof.amount for proof in case.proofs) - max(proof.amount for proof in case.proofs)
    return Counter(frozenset((proof.number, proof.paid_on, proof.pay_point) for proof in case.proofs) for case in found)


def in_another_order(world: World, twin: Programme) -> None:
    """Another centre that gets the same files the other way round answers the same."""
    twin.clock.move(days=DAYS)
    files = [path for _, path in reversed(world.files)]
    with twin.office() as office:
        intake.receive(office, files)
        days = min(paper.first for paper in world.papers), world.right_day()
        assert money.money(office, *days) == money.money(world.office, *days)
        assert _vouchers(office) == _vouchers(world.office)


def _vouchers(office: Any) -> list[Any]:
    with office.register.read() as register:
        return [tuple(row) for row in register.execute(select(VoucherRow).order_by(VoucherRow.id))]
