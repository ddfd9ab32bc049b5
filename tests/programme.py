"""A whole programme in a folder, made with the program's own commands: a centre, two sibling desks, every role.

Made once and copied for each test: folders can be copied because nobody holds them open.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from helpdesk.assistance.vouchers import approving, numbering, paying
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.centre import desks
from helpdesk.centre.founding import Founding, found
from helpdesk.centre.office import Office
from helpdesk.core.clock import SetClock, day_number
from helpdesk.desk import local
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, PayPoint
from helpdesk.desk.roles import Role
from helpdesk.exchange import batches, enrolment, installing
from helpdesk.exchange.batches import Exported
from helpdesk.households import commands
from helpdesk.households.forms import Registration
from helpdesk.opening import Desk, NewAccount, make_desk, office_of, open_desk
from helpdesk.vault.keys import KdfCost
from tests.entitled import plan_due
from tests.people import practice_form

T = TypeVar("T")

COST: Final = KdfCost(64 * 1024, 1, 1)
START: Final = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DESKS: Final = ("one", "two")
ACCOUNTS: Final = {
    "admin": Role.ADMINISTRATOR,
    "supervisor": Role.SUPERVISOR,
    "other": Role.SUPERVISOR,
    "clerk": Role.CLERK,
}
CENTRE: Final = {"centre": Role.CENTRE}


def passphrase(name: str) -> str:
    """What opens an account of these tests."""
    return f"a long passphrase of {name}"


@dataclass
class Programme:
    """The folders below ``home``; ``clock`` stands still until a test moves it."""

    home: Path
    founding: Founding
    numbers: dict[str, int]
    clock: SetClock = field(default_factory=lambda: SetClock(START))
    database: str | None = None

    @property
    def stick(self) -> Path:
        return self.home / "stick"

    def copied(self, home: Path) -> Programme:
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        return replace(self, home=home, clock=SetClock(self.clock.instant))

    @contextmanager
    def open(self, folder: str = "one", name: str = "clerk") -> Iterator[Desk]:
        desk = open_desk(self.home / folder, name, passphrase(name), clock=self.clock)
        try:
            yield desk
        finally:
            desk.close()

    @contextmanager
    def office(self) -> Iterator[Office]:
        with self.open("centre", "centre") as desk:
            if self.database is not None:
                with desk.store.write() as connection:
                    local.write(connection, "database", self.database.encode())
            office = office_of(desk)
            try:
                yield office
            finally:
                if office.register is not desk.store:
                    office.register.close()

    def at(self, folder: str, name: str, act: Callable[[Desk], T]) -> T:
        """Sign in, do one thing, and close."""
        with self.open(folder, name) as desk:
            return act(desk)

    def register(self, folder: str = "one", form: Registration | None = None) -> str:
        """A family at a desk; returns its id."""
        form = form or practice_form(self.clock)
        self.clock.move(seconds=1)
        self.at(folder, "clerk", lambda desk: desk.do(commands.register, form))
        return form.household_id

    def export(self, folder: str = "one", name: str = "supervisor") -> Exported:
        self.clock.move(seconds=1)
        return self.at(folder, name, lambda desk: batches.export(desk, desk.folder, self.stick))

    def bundle(self, folder: str, **terms: object) -> Path:
        """The next bundle of a desk, written and not yet installed."""
        with self.office() as office:
            number = self.numbers[folder]
            return desks.write_bundle(office, number, terms_of(self, number, **terms), self.stick).path

    def printed(self, folder: str, household: str, number: int | None = None) -> PrintedVoucher:
        """A voucher planned, approved and printed at a desk; the supervisor stands for its payment today."""
        point = number or self.numbers[folder]
        planned = self.at(folder, "clerk", lambda desk: desk.do(plan_due, household, "DEP", point))
        self.at(folder, "supervisor", lambda desk: desk.do(approving.approve, (planned,)))
        (face,) = self.at(folder, "clerk", lambda desk: desk.do(numbering.print_, (planned,)))
        # the clerk registered and planned, so that she pays only after another account has stood for it
        self.at(folder, "supervisor", lambda desk: desk.do(paying.witness, (face.number,)))
        return face


def terms_of(programme: Programme, number: int, **terms: object) -> desks.BundleTerms:
    """What the centre of these tests decides for a desk."""
    today = day_number(programme.clock.now().date())
    amounts = (GrantAmount(1, 3, 400_000), GrantAmount(4, 40, 600_000))
    fields: dict[str, object] = {
        "pay_points": (PayPoint(number, "Pay point"),),
        "grants": (GrantPolicy("DEP", "IQD", 1, today - 1, today + 365, 30, amounts),),
        "siblings": tuple(programme.numbers.values()),
    }
    return desks.BundleTerms(**{**fields, **terms})  # type: ignore[arg-type]


def accounts(names: dict[str, Role]) -> list[NewAccount]:
    return [NewAccount(name, role, passphrase(name)) for name, role in names.items()]


def build(home: Path, database: str | None = None) -> Programme:
    """A programme whose desks have their first bundles and no family yet."""
    programme = Programme(home, found("Tests", practice=True), {}, database=database)
    programme.stick.mkdir(parents=True)
    founding = programme.founding
    make_desk(
        home / "centre", founding.programme, accounts(CENTRE), cost=COST, clock=programme.clock, founding=founding,
        database=database,
    )  # fmt: skip
    for name in DESKS:
        make_desk(home / name, founding.programme, accounts(ACCOUNTS), cost=COST, clock=programme.clock)
        enrol_desk(programme, name)
    for name in DESKS:
        path = programme.bundle(name)
        programme.at(name, "admin", lambda desk, path=path: installing.install(desk, path))  # type: ignore[misc]
    return programme


def enrol_desk(programme: Programme, name: str) -> None:
    written = programme.at(name, "admin", lambda desk: enrolment.enrol(desk, f"Desk {name}", "DIS", programme.stick))
    with programme.office() as office:
        programme.numbers[name] = desks.enrol(office, written.path).number
