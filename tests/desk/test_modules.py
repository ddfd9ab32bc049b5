"""Modules switched off by bundle (S72): their beginnings are refused, pages hidden, and no safeguard can go."""

from __future__ import annotations

import pytest

from helpdesk.assistance.services import commands as services
from helpdesk.assistance.vouchers import planning
from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.desk.modules import BEGINS, MODULE, is_on, unknown
from helpdesk.exchange import installing
from helpdesk.journey.engagement import lessons
from tests.entitled import give_case
from tests.programme import Programme


def test_every_module_has_a_command_that_begins_it() -> None:
    names = {planning.plan.name, planning.plan_many.name, services.deliver.name, lessons.note.name}
    assert set(BEGINS) == names
    assert set(BEGINS.values()) == set(MODULE)
    assert all(Words("en").label("module", module) != module for module in MODULE)


def test_all_is_on_that_nobody_switches_off() -> None:
    assert is_on({}, "voucher.plan")
    assert not is_on({"VOUCHERS": False}, "voucher.plan")
    assert is_on({"VOUCHERS": False}, "voucher.pay")
    assert unknown({"VISITS": False, "SERVICES": False}) == ("VISITS",)


def test_a_bundle_switches_a_module_off_and_on_again(programme: Programme) -> None:
    family = programme.register()
    number = programme.numbers["one"]
    programme.at("one", "clerk", lambda desk: desk.do(give_case, family))

    def install(**terms: object) -> None:
        path = programme.bundle("one", **terms)
        programme.at("one", "admin", lambda desk: installing.install(desk, path))

    def plan() -> str:
        return programme.at("one", "clerk", lambda desk: desk.do(planning.plan, family, "DEP", number))

    install(modules={"VOUCHERS": False})
    with pytest.raises(Refusal) as refused:
        plan()
    assert refused.value.code == "module.off"
    install(modules={"VOUCHERS": True})
    assert plan()


@pytest.mark.parametrize("safeguard", ["VISITS", "ENGAGEMENT", "CLEARANCES", "FEEDBACK", "CALLS", ""])
def test_no_safeguard_can_be_switched_off(programme: Programme, safeguard: str) -> None:
    with pytest.raises(Refusal) as refused:
        programme.bundle("one", modules={safeguard: False})
    assert refused.value.code == "module.unknown"
