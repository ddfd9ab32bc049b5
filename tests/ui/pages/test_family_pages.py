"""The pages that serve families keep every page's contract, over a real desk with families, cards and vouchers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from helpdesk.desk.roles import Role
from helpdesk.households import cards, commands
from helpdesk.opening import Desk
from tests.entitled import plan_due
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, work_at
from ui.forms.plan_round import UNPAID, Asked
from ui.pages.approval import Approval
from ui.pages.check import Check
from ui.pages.families import Families
from ui.pages.family_file import FamilyFile
from ui.pages.ledger import Ledger
from ui.pages.many import Many
from ui.pages.new_family import NewFamily
from ui.pages.plan_vouchers import PlanVouchers
from ui.pages.vouchers import Vouchers
from ui.plan import FILE_LEAD, FILE_PARTS
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

HOUSEHOLD = "019a0000-0000-7000-8000-000000000001"
UNKNOWN = "12345678901"


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Three families, a card and a planned voucher; copied for each test."""
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))

    def serve(desk: Desk) -> None:
        for index in range(3):
            form = practice_form(full.clock, index)
            full.clock.move(seconds=1)
            desk.do(commands.register, form)
        desk.do(commands.register, practice_form(full.clock, 3, household_id=HOUSEHOLD))
        desk.do(cards.issue, (HOUSEHOLD,), "FIRST")
        desk.do(plan_due, HOUSEHOLD, "DEP", full.numbers["one"])

    full.at("one", "clerk", serve)
    return full


@pytest.fixture
def here(full_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return full_programme.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestNewFamily(PageContract):
    names = frozenset({"consent.language.en"})

    def make(self, around: Surroundings) -> NewFamily:
        return NewFamily(around)


class TestFamilies(PageContract):
    def make(self, around: Surroundings) -> Families:
        return Families(around)


class TestMany(PageContract):
    def make(self, around: Surroundings) -> Many:
        return Many(around)


class TestFamilyFile(PageContract):
    full = HOUSEHOLD

    def make(self, around: Surroundings) -> FamilyFile:
        return FamilyFile(around, FILE_PARTS, FILE_LEAD)


class TestCheck(PageContract):
    full = UNKNOWN

    def make(self, around: Surroundings) -> Check:
        return Check(around)


class TestVouchers(PageContract):
    full = "PLANNED"

    def make(self, around: Surroundings) -> Vouchers:
        return Vouchers(around)


class TestApproval(PageContract):
    def make(self, around: Surroundings) -> Approval:
        return Approval(around)


class TestPlanVouchers(PageContract):
    full = Asked("DEP", UNPAID)

    def make(self, around: Surroundings) -> PlanVouchers:
        return PlanVouchers(around)


class TestLedger(PageContract):
    def make(self, around: Surroundings) -> Ledger:
        return Ledger(around)
