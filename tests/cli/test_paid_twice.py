"""``voucher`` and ``centre``, continued: what the paid list asks, and payments that were made twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from helpdesk.assistance.vouchers.doubles import WHY
from helpdesk.cli.app import DONE, USAGE
from helpdesk.desk import paid_list
from helpdesk.desk.tables import BundleRow
from helpdesk.opening import Desk, open_desk
from tests.centre.test_money import hand_over
from tests.cli.conftest import Programme
from tests.cli.test_nouns import CLERK, SUPERVISOR, form, planned_cash

NOTE = "The box was counted with the payee."


@contextmanager
def opened(programme: Programme, who: str) -> Iterator[Desk]:
    folder, _, user = who.partition(":")
    desk = open_desk(programme.home / folder, user, programme.passphrase(folder, user))
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture
def paper(programme: Programme, tmp_path: Path) -> dict[str, Any]:
    """A printed voucher's face, with its id and its household's number."""
    point = programme.facts.desks[0].number
    family = programme(CLERK, "household", "register", "--file", form(tmp_path / "f.json")).document["number"]
    voucher = planned_cash(programme, family, point).document["voucher"]
    assert programme(SUPERVISOR, "voucher", "approve", voucher).code == DONE
    printed = programme(CLERK, "voucher", "print", voucher, "--out", tmp_path / "v.pdf", "--layout", "roll")
    (face,) = printed.document["vouchers"]
    return {**face, "voucher": voucher, "family": family}


def told(desk: Desk, *paid: tuple[str, str]) -> None:
    """A paid list of these pairs, as the desk's last bundle would have brought it."""
    assert desk.bundle is not None
    built, pages = paid_list.build(paid, desk.clock.now().date())
    with desk.store.write() as connection:
        paid_list.install(connection, built, pages)
        body = msgspec.json.encode(msgspec.structs.replace(desk.bundle, paid=built))
        connection.execute(update(BundleRow).where(BundleRow.version == desk.bundle.version).values(body=body))


def test_what_the_paid_list_asks_is_answered_by_a_supervisor(programme: Programme, paper: dict[str, Any]) -> None:
    family = paper["family"]
    before = programme(CLERK, "voucher", "paid-before", family, "CASH").document
    assert before["maybe"] is False
    none = programme(SUPERVISOR, "voucher", "paid-questions", document=False)
    assert none.out == "No question is open.\n"
    with opened(programme, SUPERVISOR) as desk:
        told(desk, (family, "CASH"))
    asked = programme(CLERK, "voucher", "paid-before", family, "CASH")
    assert (asked.code, asked.document["maybe"]) == (DONE, True)
    assert "ask a supervisor" in programme(CLERK, "voucher", "paid-before", family, "CASH", document=False).out
    assert programme(CLERK, "voucher", "paid-before", family, "DEP").document["maybe"] is False
    (question,) = programme(SUPERVISOR, "voucher", "paid-questions").document
    assert (question["voucher"], question["household_number"]) == (paper["voucher"], family)
    assert paper["voucher"] in programme(SUPERVISOR, "voucher", "paid-questions", document=False).out
    answer = ("voucher", "paid-answer", paper["voucher"])
    assert programme(CLERK, *answer, "NOT_PAID").refused == "role.not_allowed"
    assert programme(SUPERVISOR, *answer, "PERHAPS").refused == "form.code"
    assert programme(SUPERVISOR, "voucher", "paid-answer", "nothing", "NOT_PAID").refused == "voucher.unknown"
    assert programme(SUPERVISOR, *answer).code == USAGE
    assert programme(SUPERVISOR, *answer, "NOT_PAID", "--note", NOTE).document["answer"]
    assert programme(SUPERVISOR, "voucher", "paid-questions").document == []


def test_a_payment_made_twice_is_settled_at_the_desk_and_seen_at_the_centre(
    programme: Programme, paper: dict[str, Any], tmp_path: Path
) -> None:
    assert programme(SUPERVISOR, "voucher", "doubles", document=False).out == "No payment was made twice.\n"
    with opened(programme, CLERK) as desk:
        desk.do(hand_over, paper["number"])
        desk.do(hand_over, paper["number"])
    (case,) = programme(SUPERVISOR, "voucher", "doubles").document
    assert set(case["why"]) <= set(WHY)
    assert [proof["number"] for proof in case["proofs"]] == [paper["number"]] * 2
    said = programme(SUPERVISOR, "voucher", "doubles", document=False).out
    assert said.startswith(f"{case['id']}  open")
    assert said.count("\n") == 3
    batch = programme(SUPERVISOR, "batch", "export", "--to", tmp_path).document["path"]
    (receipt,) = programme("centre", "centre", "receive", batch).document
    assert receipt["state"] == "accepted"
    settle = ("settle-double", case["id"], "SAME_RECORDED_TWICE", "--note")
    assert programme(CLERK, "voucher", *settle, NOTE).refused == "role.not_allowed"
    assert programme(SUPERVISOR, "voucher", *settle, "no").code != DONE
    assert programme(SUPERVISOR, "voucher", "settle-double", case["id"], "LATER", "--note", NOTE).refused == "form.code"
    assert programme(SUPERVISOR, "voucher", *settle, NOTE).document["settled"]
    (settled,) = programme(SUPERVISOR, "voucher", "doubles").document
    assert settled["settled"]["outcome"] == "SAME_RECORDED_TWICE"

    seen = programme("centre", "centre", "money").document["doubles"]
    assert [(one["id"], one["settled"]) for one in seen] == [(case["id"], None)]
    assert case["id"] in programme("centre", "centre", "money", document=False).out
    assert programme("centre", "centre", "settle-double", "nothing", "FRAUD_REFERRED", "--note", NOTE).code != DONE
    ours = ("centre", "settle-double", case["id"], "FRAUD_REFERRED", "--note", NOTE)
    assert programme("centre", *ours).document["settled"]
    (told_of,) = programme("centre", "centre", "money").document["doubles"]
    assert told_of["settled"]["outcome"] == "FRAUD_REFERRED"
