"""Ten months of the practice programme: places, the centre's word, movements, arrivals, calls, and the desk of today.

It moves the practice clock from the first weeks up to the present and prints a step for each thing that happens. What
is done is done by whoever may do it, with files between the desks and the centre.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import Final

from helpdesk.assistance.vouchers import planning
from helpdesk.casework.withdrawing import WithdrawalForm, withdraw
from helpdesk.centre import answers, deciding, desks, intake
from helpdesk.core.errors import Refusal
from helpdesk.core.language import N_
from helpdesk.desk.commands import View
from helpdesk.desk.roles import Role
from helpdesk.exchange import batches, installing, transfers
from helpdesk.journey.arrivals import commands as arrivals
from helpdesk.journey.arrivals import profiling
from helpdesk.journey.arrivals import queries as arriving
from helpdesk.journey.arrivals.documents import LivelihoodAnswers, ProfileForm, ShelterAnswers
from helpdesk.journey.departures.queries import of_states
from helpdesk.journey.monitoring.queries import call_ids
from helpdesk.opening import Desk
from helpdesk.practice.building import DESKS, Building
from helpdesk.practice.journey import after_arrival, areas, movers
from helpdesk.practice.journey.cases import make_cases
from helpdesk.practice.journey.engagement import make_engagement
from helpdesk.practice.journey.feedback import make_box, make_feedback
from helpdesk.practice.journey.leaving import make_clearances
from helpdesk.practice.money import list_pay_days
from helpdesk.practice.people import FictionalFamily
from helpdesk.practice.terms import WITNESS, print_and_pay, terms_of

LEAVING: Final = 0.03
"""The share of a desk's families that are prepared for each of its movements."""
BEGUN: Final = 0.12
"""The share that is somewhere on its way today."""
_FIRST, _SECOND = DESKS


@dataclass
class _Months:
    building: Building
    rng: Random
    used: set[str] = field(default_factory=set)
    there: dict[str, list[str]] = field(default_factory=lambda: {desk: [] for desk in DESKS})

    @property
    def today(self) -> date:
        return self.building.clock.now().date()

    def share(self, desk: str, part: float) -> int:
        return max(1, ceil(len(self.building.registered[desk]) * part))

    def take(self, desk: str) -> dict[str, FictionalFamily]:
        chosen = movers.choose(self.building.registered[desk], self.used, self.share(desk, LEAVING))
        self.used.update(chosen)
        return chosen


def live(building: Building, seed: int) -> None:
    """Run the months. Its steps stand after those of the first weeks."""
    months = _Months(building, Random(seed))  # noqa: S311 - fictional lives need no secret chance
    building.days_ago(295)
    _centre(months, first=True)
    _movement(months, _FIRST, _SECOND, 288)
    _calls(months, _SECOND, 278)
    building.days_ago(194)
    _centre(months)
    _calls(months, _SECOND, 193)
    _pay(months, _SECOND)
    _movement(months, _SECOND, _FIRST, 186)
    _calls(months, _FIRST, 176)
    building.days_ago(94)
    _centre(months)
    _calls(months, _FIRST, 93)
    _pay(months, _FIRST)
    building.days_ago(15)
    _centre(months)
    _calls(months, _SECOND, 13)
    _movement(months, _FIRST, _SECOND, 9)
    building.days_ago(0)
    _today(months)
    list_pay_days(building)
    _tell_all(building)


def _centre(months: _Months, *, first: bool = False) -> None:
    # the word on every family and place, and the bundle that carries both to the desks
    building = months.building
    office = building.centre()
    if first:
        places = areas.make_areas(office, months.rng)
        building.step(N_("The centre assessed places of return"), places=places)
    else:
        areas.look_again(office, months.rng)
    decided = office.gate.do(deciding.decide_in_bulk, office, building.founding.protection)
    written = {
        desk: desks.write_bundle(office, number, terms_of(building, number, 0), building.stick)
        for desk, number in building.numbers.items()
    }
    for desk, bundle in written.items():
        installing.install(building.anybody(desk), bundle.path)
        building.step(
            N_("The centre's word on families and places came by file"), bundle.path,
            number=building.numbers[desk], version=bundle.statement.seq, may_proceed=decided.proceed,
        )  # fmt: skip


def _movement(months: _Months, home: str, far: str, leaves: int) -> None:
    building = months.building
    building.days_ago(leaves + 3)
    families = months.take(home)
    if not families:
        return  # a programme of a few families: nobody of this desk wants to go where it is open
    desk = building.signed_in(home, Role.CLERK)
    prepared = movers.prepare_whole(desk, families, months.today)
    building.step(N_("Families heard, were asked alone and prepared"), desk=building.numbers[home], prepared=prepared)
    desk = building.signed_in(home, Role.SUPERVISOR)
    movement = movers.plan_movement(desk, families, months.today + timedelta(days=3))
    ready = len(desk.ask(of_states, movement, ("SCHEDULED",)))
    building.step(N_("Families were declared ready and given their day"), desk=building.numbers[home], ready=ready)
    building.days_ago(leaves)
    left = movers.leave(desk, movement)
    building.step(
        N_("A convoy departed"), desk=building.numbers[home],
        departed=len(left.departed), absent=left.absent, turned_back=left.turned_back,
    )  # fmt: skip
    if not left.departed:
        return
    number = building.numbers[far]
    handed = transfers.hand_over(desk, desk.folder, left.departed, number, building.stick)
    building.step(
        N_("Families were handed over by file"), handed.path, desk=number, families=handed.families,
        records=handed.records,
    )  # fmt: skip
    building.days_ago(leaves - 1)
    desk = building.signed_in(far, Role.SUPERVISOR)
    installing.install(desk, handed.path)
    if not months.there[far]:
        after_arrival.make_directory(desk)
    _arrive(months, building.signed_in(far, Role.CLERK), far)


def _arrive(months: _Months, desk: Desk, far: str) -> None:
    coming: tuple[str, ...] = tuple(desk.ask(arriving.ids, "EXPECTED"))
    for place, household in enumerate(coming):
        desk.do(arrivals.scan, household)
        if place % 2 == 0:
            shelter, living = ShelterAnswers(tenure="OWN"), LivelihoodAnswers(incomes=("NONE",))
            desk.do(profiling.profile, ProfileForm(household, shelter, living))
    months.there[far].extend(coming)
    months.building.step(N_("Families arrived"), desk=months.building.numbers[far], arrived=len(coming))


def _calls(months: _Months, name: str, days_ago: int) -> None:
    building = months.building
    building.days_ago(days_ago)
    desk = building.signed_in(name, Role.CLERK)
    due = len(desk.ask(call_ids))
    reached = after_arrival.make_calls(desk, months.rng)
    building.step(N_("Families were called"), desk=building.numbers[name], calls=due, reached=reached)


def _pay(months: _Months, name: str) -> None:
    # three months on: services have begun, and who was not paid before is paid now
    building = months.building
    there = months.there[name]
    desk = building.signed_in(name, Role.CLERK)
    after_arrival.make_services(desk, there, months.today, months.rng)
    point = desk.ask(View.in_force).desk.pay_points[0].number
    planned: list[str] = []
    for grant in ("DEP", "RIN"):
        planned += desk.do(planning.plan_many, tuple(there), grant, point).vouchers
    building.step(
        N_("Services were given and referrals sent"), desk=building.numbers[name], services=len(there),
        referrals=ceil(len(there) / after_arrival.EVERY_REFERRED),
    )  # fmt: skip
    if planned:
        print_and_pay(building, name, tuple(planned))


def _today(months: _Months) -> None:
    building = months.building
    for name in DESKS:
        families = months.take(name)
        rest = [one for one in building.registered[name] if one not in months.used]
        some = rest[: months.share(name, BEGUN)]
        desk = building.signed_in(name, Role.CLERK)
        make_engagement(desk, some, months.rng)
        begun = make_cases(desk, some, months.rng)
        begun += movers.prepare_whole(desk, families, months.today) if families else 0
        make_clearances(desk, some, months.rng)
        box = make_feedback(desk, some, months.today, months.rng)
        building.step(N_("Sessions, visits, clearances and preparations of today"), desk=building.numbers[name],
                      attended=len(some), prepared=begun)  # fmt: skip
        desk = building.signed_in(name, Role.SUPERVISOR)
        make_box(desk, box, months.today)
        if not families:
            continue
        movement = movers.plan_movement(desk, families, months.today + timedelta(days=1))
        given: tuple[str, ...] = desk.ask(of_states, movement, ("SCHEDULED",))
        withdrawn = _withdraw(desk, given[-1:] if len(given) > 1 else ())
        building.step(N_("A convoy is listed for tomorrow"), desk=building.numbers[name], listed=len(given))
        building.step(N_("A family withdrew on the eve"), desk=building.numbers[name], withdrawn=withdrawn)


def _withdraw(desk: Desk, families: tuple[str, ...]) -> int:
    for household in families:
        desk.do(withdraw, household, WithdrawalForm("PRESENT", WITNESS))
    return len(families)


def _tell_all(building: Building) -> None:
    # the last round: whatever the months wrote stands at the centre and at both desks
    exported = {}
    for desk in DESKS:
        opened = building.signed_in(desk, Role.SUPERVISOR)
        exported[desk] = batches.export(opened, opened.folder, building.stick)
    office = building.centre()
    for receipt in intake.receive(office, [batch.path for batch in exported.values()]):
        if receipt.state != "accepted":
            raise Refusal("practice.not_accepted", reason=receipt.code or "")
    acks = {ack.desk: ack.path for ack in answers.acknowledge(office, building.stick)}
    for desk, number in building.numbers.items():
        opened = building.signed_in(desk, Role.SUPERVISOR)
        for other, batch in exported.items():
            if other != desk:
                installing.install(opened, batch.path)
        installing.install(opened, acks[number])
        batch = exported[desk]
        building.step(
            N_("What the months wrote reached the centre and the other desk"), batch.path, acks[number],
            desk=number, records=batch.records,
        )  # fmt: skip
