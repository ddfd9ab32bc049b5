"""``voucher print-list``: one state or all on paper, numbers without a name."""

from __future__ import annotations

from pathlib import Path

from helpdesk.cli.app import DONE, USAGE
from helpdesk.core.numbers import voucher_number_shown
from tests.cli.conftest import Programme
from tests.cli.test_nouns import CLERK, SUPERVISOR, form, planned_cash
from tests.printing.reading import text_of


def test_a_list_holds_the_vouchers_of_its_state(programme: Programme, tmp_path: Path) -> None:
    point = programme.facts.desks[0].number
    family = programme(CLERK, "household", "register", "--file", form(tmp_path / "f.json")).document["number"]
    voucher = planned_cash(programme, family, point).document["voucher"]
    assert programme(SUPERVISOR, "voucher", "approve", voucher).code == DONE
    printed = programme(CLERK, "voucher", "print", voucher, "--out", tmp_path / "v.pdf")
    number = voucher_number_shown(printed.document["vouchers"][0]["number"])
    paper = tmp_path / "list.pdf"
    listing = ("voucher", "print-list", "--out", paper, "--state")
    found = programme(CLERK, *listing, "PRINTED", "--language", "en")
    assert found.code == DONE
    assert found.document["vouchers"] >= 1
    text = text_of(paper.read_bytes())
    assert number in text
    assert printed.document["vouchers"][0]["payee"] not in text
    assert programme(CLERK, *listing, "VOID").code == DONE
    assert number not in text_of(paper.read_bytes())
    assert programme(CLERK, *listing, "LATER").code == USAGE
