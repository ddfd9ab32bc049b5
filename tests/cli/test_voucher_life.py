"""``voucher``: what becomes of a paper after it was printed, and the ledger behind it, as commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.cli.app import DONE, REFUSED, USAGE
from tests.cli.conftest import Programme
from tests.cli.test_nouns import CLERK, SUPERVISOR, form, planned_cash


@pytest.fixture
def paper(programme: Programme, tmp_path: Path) -> dict[str, Any]:
    """A printed voucher's face."""
    point = programme.facts.desks[0].number
    family = programme(CLERK, "household", "register", "--file", form(tmp_path / "f.json")).document["number"]
    voucher = planned_cash(programme, family, point).document["voucher"]
    assert programme(SUPERVISOR, "voucher", "approve", voucher).code == DONE
    printed = programme(CLERK, "voucher", "print", voucher, "--out", tmp_path / "v.pdf", "--layout", "roll")
    (face,) = printed.document["vouchers"]
    return dict(face)


def state(programme: Programme, number: str) -> str:
    return str(programme(CLERK, "voucher", "show", number).document["voucher"]["state"])


def test_a_paper_through_its_mishaps(programme: Programme, paper: dict[str, Any], tmp_path: Path) -> None:
    number = paper["number"]
    assert programme(CLERK, "voucher", "issue", number, "--mark", "INK").refused == "form.code"
    assert programme(CLERK, "voucher", "issue", number, "--mark", "THUMB").code == DONE
    assert programme(CLERK, "voucher", "unclaim", number).code == DONE
    assert programme(CLERK, "voucher", "return", number).refused == "role.not_allowed"
    assert programme(SUPERVISOR, "voucher", "return", number).code == DONE
    assert programme(CLERK, "voucher", "dispute", number, "--what", "Another family says it is theirs").code == DONE
    assert programme(SUPERVISOR, "voucher", "settle", number, "--how", "LATER").refused == "form.code"
    assert programme(SUPERVISOR, "voucher", "settle", number, "--how", "STANDS").code == DONE
    assert programme(CLERK, "voucher", "lost", number).code == DONE
    assert state(programme, number) == "LOST"
    again = tmp_path / "again.pdf"
    fresh = programme(SUPERVISOR, "voucher", "replace", number, "--out", again).document["voucher"]["number"]
    assert again.read_bytes().startswith(b"%PDF")
    spoiled = programme(CLERK, "voucher", "reprint", fresh, "--out", again).document["voucher"]["number"]
    assert len({number, fresh, spoiled}) == 3
    assert state(programme, number) == "REPLACED"
    assert state(programme, fresh) == "VOID"
    assert programme(SUPERVISOR, "voucher", "witness", spoiled).code == DONE
    pay = ("voucher", "pay", spoiled, "--witness", "A witness", "--identity", "SEEN", "--mark", "THUMB")
    assert programme(CLERK, *pay, "--collector", "NEIGHBOUR").refused == "form.code"
    assert programme(CLERK, *pay).code == DONE
    assert state(programme, spoiled) == "PAID"
    shown = programme(CLERK, "voucher", "show", number, document=False)
    assert shown.code == DONE
    acts = [entry["act"] for entry in programme(CLERK, "voucher", "show", number).document["ledger"]]
    assert acts == ["PLAN", "APPROVE", "PRINT", "ISSUE", "UNCLAIMED", "RETURN", "DISPUTE", "SETTLE", "LOST", "REPLACE"]
    newest = programme(CLERK, "voucher", "ledger", "--most", "2").document
    assert [entry["act"] for entry in newest] == ["PAY", "ISSUE"]
    found = programme(SUPERVISOR, "voucher", "verify")
    assert (found.code, found.document) == (DONE, [])


def test_every_state_can_be_listed(programme: Programme) -> None:
    for name in STATE:
        assert programme(CLERK, "voucher", "list", "--state", name).code == DONE


def test_only_a_paper_of_another_pay_point_is_taken_in(programme: Programme, paper: dict[str, Any]) -> None:
    point = programme.facts.desks[0].number
    reroute = ("voucher", "reroute", paper["digits"], "--to", point)
    assert programme(CLERK, *reroute).refused == "role.not_allowed"
    assert programme(SUPERVISOR, *reroute).refused == "voucher.not_rerouted"
    assert programme(CLERK, "voucher", "confirm-reroute", "nothing").refused == "voucher.reroute_unknown"
    assert programme(CLERK, "voucher", "confirm-reroute").code == USAGE
    assert programme(CLERK, "voucher", "check", paper["number"]).code == REFUSED
