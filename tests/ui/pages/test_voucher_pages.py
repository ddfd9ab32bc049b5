"""The life of a voucher by keys and buttons: paid after a check, stopped, taken in elsewhere, approved."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from helpdesk.assistance.grants import commands as grants
from helpdesk.assistance.vouchers import approving, lines, numbering
from helpdesk.assistance.vouchers.checks import VERDICT, Verdict
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.cases.worklists import sites
from helpdesk.opening import Desk
from tests.entitled import give_case, plan_due
from tests.people import small_form
from tests.programme import Programme
from tests.ui.conftest import named
from tests.ui.real_desk import Fingers, around_of, asked, settled, shown, work_at
from tests.ui.test_family_journeys import both, went
from ui.forms.plan_round import SITE, Asked
from ui.pages.approval import Approval
from ui.pages.base import Page
from ui.pages.check import CARD_SENTENCE, TONES, VOUCHER_SENTENCE, Check
from ui.pages.family_file import FamilyFile
from ui.pages.ledger import Ledger
from ui.pages.plan_vouchers import PlanVouchers
from ui.pages.vouchers import Vouchers
from ui.plan import FILE_LEAD, FILE_PARTS
from ui.theme import Look

__all__ = ["both"]


def press(root: QWidget, name: str) -> None:
    button = named(root, name)
    assert isinstance(button, QPushButton), name
    button.click()


def lacking(page: Page) -> str:
    action = page.main_action()
    assert action is not None
    return action.missing


def printed_alone(programme: Programme, household: str) -> PrintedVoucher:
    """Planned and printed by the clerk, approved by the supervisor, and nobody stands for its payment yet."""
    point = programme.numbers["one"]
    planned = programme.at("one", "clerk", lambda desk: desk.do(plan_due, household, "DEP", point))
    programme.at("one", "supervisor", lambda desk: desk.do(approving.approve, (planned,)))
    (face,) = programme.at("one", "clerk", lambda desk: desk.do(numbering.print_, (planned,)))
    return face


def state_of(programme: Programme, number: str) -> str:
    return programme.at("one", "clerk", lambda desk: desk.ask(lines.voucher_of, number)).state


@pytest.mark.parametrize("code", tuple(VERDICT))
def test_every_verdict_is_worded_and_coloured(qtbot: QtBot, both: Look, programme: Programme, code: str) -> None:
    day = programme.clock.now().date()
    seen = Verdict(
        code, day, number="12345678901", amount=400_000, currency="IQD", pay_point=programme.numbers["one"],
        first_day=day, last_day=day, voucher="v", household="h", paid_on=day, paid_by="u", paid_at=7, maybe_paid=day,
        paid_twice=True,
    )  # fmt: skip
    with work_at(qtbot, programme, "clerk") as work:
        page = Check(around_of(work, programme, both, "clerk"))
        shown(qtbot, page)
        page._say_voucher(seen)
        settled(qtbot, page)
        assert named(page, "verdictWord").text() == both.words.label(VERDICT.name, code)
        assert page.verdict.property("ground") == TONES[code]
        assert named(page, "verdictSentence").text().count("\n") >= 2
        assert named(page, "verdictSmall").text()
        assert code in VOUCHER_SENTENCE
        assert set(CARD_SENTENCE) <= set(TONES)


def test_what_was_checked_is_paid_in_three_keys(qtbot: QtBot, both: Look, programme: Programme) -> None:
    faces = [programme.printed("one", programme.register("one", small_form(programme.clock))) for _ in range(2)]
    with work_at(qtbot, programme, "clerk") as work:
        page = Check(around_of(work, programme, both, "clerk"))
        shown(qtbot, page)
        for face, witness in zip(faces, ("Sara Ali", ""), strict=True):
            page.take_scan(face.digits)
            settled(qtbot, page)
            page.act()  # Ctrl+Enter, sent by the window: pay it
            settled(qtbot, page)
            fingers = Fingers(page)
            fingers.digits("1", enter=bool(witness))
            fingers.name(witness, enter=False)
            page.act()
            settled(qtbot, page)
            assert named(page, "stripSentence").text(), "the witness of the payment before stays"
        assert went(page) == []
        page.print_pressed()
        settled(qtbot, page)
        assert went(page)[-1][0] == "paper"
    assert [state_of(programme, face.number) for face in faces] == ["PAID", "PAID"]


def test_whoever_planned_it_pays_once_a_colleague_stands_for_it(qtbot: QtBot, look: Look, programme: Programme) -> None:
    face = printed_alone(programme, programme.register())
    with work_at(qtbot, programme, "clerk") as work:
        page = Vouchers(around_of(work, programme, look, "clerk"))
        shown(qtbot, page)
        page.take_scan(face.digits)
        settled(qtbot, page)
        assert named(page, "paySecond").isVisibleTo(page)
        assert lacking(page)
    with work_at(qtbot, programme, "supervisor") as work:
        page = Vouchers(around_of(work, programme, look, "supervisor"))
        shown(qtbot, page, "PRINTED")
        press(page, "standFor")
        settled(qtbot, page)
    with work_at(qtbot, programme, "clerk") as work:
        page = Vouchers(around_of(work, programme, look, "clerk"))
        shown(qtbot, page, ("pay", face.number))
        assert not named(page, "paySecond").isVisibleTo(page)
        page.pay.identity.button("SEEN").click()
        page.pay.witness.setText("Sara Ali")
        page.pay.mark.button("THUMB").click()
        assert page.pay.offer is not None
        assert page.pay.collector.button("ALTERNATE").isEnabled() is bool(page.pay.offer.alternate)
        page.act()
        settled(qtbot, page)
    assert state_of(programme, face.number) == "PAID"


def test_a_lost_paper_is_replaced_by_another(qtbot: QtBot, both: Look, programme: Programme) -> None:
    face = programme.printed("one", programme.register())
    with work_at(qtbot, programme, "supervisor") as work:
        page = Vouchers(around_of(work, programme, both, "supervisor"))
        shown(qtbot, page, "PRINTED")
        press(page, "reportLost")
        settled(qtbot, page)
        assert asked(qtbot, page, lines.voucher_of, face.number).state == "PRINTED", "it is said first"
        press(page, "stripWayOn")
        settled(qtbot, page)
        shown(qtbot, page, "LOST")
        press(page, "replaceOne")
        press(page, "stripWayOn")
        settled(qtbot, page)
        assert went(page)[-1][0] == "paper"
        assert asked(qtbot, page, lines.voucher_of, face.number).state == "REPLACED"


def test_a_dispute_stops_it_until_it_is_settled(qtbot: QtBot, look: Look, programme: Programme) -> None:
    face = programme.printed("one", programme.register())
    with work_at(qtbot, programme, "supervisor") as work:
        page = Vouchers(around_of(work, programme, look, "supervisor"))
        shown(qtbot, page, "PRINTED")
        press(page, "disputeOne")
        assert lacking(page)
        Fingers(page).name("the amount was changed by hand", enter=False)
        page.act()
        settled(qtbot, page)
        assert asked(qtbot, page, lines.voucher_of, face.number).state == "DISPUTED"
        shown(qtbot, page, "DISPUTED")
        press(page, "settleOne")
        Fingers(page).digits("1", enter=False)
        page.act()
        settled(qtbot, page)
        assert asked(qtbot, page, lines.voucher_of, face.number).state == "PRINTED"


def test_a_paper_of_another_pay_point_is_taken_in_by_two(qtbot: QtBot, look: Look, programme: Programme) -> None:
    face = programme.printed("one", programme.register())
    with work_at(qtbot, programme, "supervisor", "two") as work:
        page = Check(around_of(work, programme, look, "supervisor", "two"))
        shown(qtbot, page, face.digits)
        press(page, "verdictAct0")
        named(page, "takeIn.choice").button(str(programme.numbers["two"])).click()
        page.act()
        settled(qtbot, page)
        page.take_scan(face.digits)
        settled(qtbot, page)
        assert page.main_action() is None, "one account alone pays nothing"
    with work_at(qtbot, programme, "clerk", "two") as work:
        there = Vouchers(around_of(work, programme, look, "clerk", "two"))
        shown(qtbot, there)
        press(there, "waitingPaper.line0")
        settled(qtbot, there)
        there.take_scan(face.digits)
        settled(qtbot, there)
        there.pay.identity.button("SEEN").click()
        there.pay.witness.setText("Sara Ali")
        there.act()
        settled(qtbot, there)
        assert there.pay.voucher is None


def test_a_list_is_approved_once_its_sample_was_looked_at(qtbot: QtBot, look: Look, programme: Programme) -> None:
    families = [programme.register("one", small_form(programme.clock)) for _ in range(12)]
    point = programme.numbers["one"]
    programme.at("one", "clerk", lambda desk: [desk.do(plan_due, one, "DEP", point) for one in families])
    with work_at(qtbot, programme, "supervisor") as work:
        page = Approval(around_of(work, programme, look, "supervisor"))
        shown(qtbot, page)
        assert lacking(page)
        page.answer.button("WRONG").click()
        page.act()
        settled(qtbot, page)
        looked = 0
        while page._opened is not None:
            page.answer.button("RIGHT").click()
            page.act()
            settled(qtbot, page)
            looked += 1
        assert looked >= 1
        page.act()
        settled(qtbot, page)
        states = sorted(line.state for line in asked(qtbot, page, lines.listed))
        assert states == ["APPROVED"] * 11 + ["PLANNED"]


def test_the_ledger_says_whether_it_is_sound(qtbot: QtBot, both: Look, programme: Programme) -> None:
    face = programme.printed("one", programme.register())

    def bend(desk: Desk) -> None:
        with desk.store.write() as connection:
            connection.execute(update(VoucherRow).where(VoucherRow.id == face.id).values(amount=1))

    grounds = []
    for _ in range(2):
        with work_at(qtbot, programme, "supervisor") as work:
            page = Ledger(around_of(work, programme, both, "supervisor"))
            shown(qtbot, page)
            page.act()
            settled(qtbot, page)
            grounds.append(page.verdict.property("ground"))
            page.print_pressed()
            assert went(page)[-1][0] == "paper"
        programme.at("one", "supervisor", bend)
    assert grounds == ["good", "stop"]


def test_a_grant_is_planned_for_all_of_a_site_with_reasons(qtbot: QtBot, look: Look, programme: Programme) -> None:
    here = PlaceAnswer("IQG15")
    due, not_due = (programme.register("one", small_form(programme.clock, site=here)) for _ in range(2))

    def prepare(desk: Desk) -> Any:
        desk.do(give_case, due)
        desk.do(give_case, not_due, "PREPARING")
        return next(one.site for one in desk.ask(sites) if one.site)

    site = programme.at("one", "clerk", prepare)
    with work_at(qtbot, programme, "clerk") as work:
        page = PlanVouchers(around_of(work, programme, look, "clerk"))
        shown(qtbot, page, Asked("DEP", SITE, site))
        settled(qtbot, page)
        assert [one.is_due for one in page._answers or ()] == [True, False]
        page.print_pressed()
        assert went(page)[-1][0] == "paper"
        page.act()
        settled(qtbot, page)
        assert [line.state for line in asked(qtbot, page, lines.listed)] == ["PLANNED"]


def test_a_file_says_yes_or_no_to_every_grant(qtbot: QtBot, both: Look, programme: Programme) -> None:
    family = programme.register()
    programme.at("one", "clerk", lambda desk: desk.do(give_case, family))
    with work_at(qtbot, programme, "supervisor") as work:
        page = FamilyFile(around_of(work, programme, both, "supervisor"), FILE_PARTS, FILE_LEAD)
        shown(qtbot, page, family)
        part = page.column.part("grants")
        assert part is not None
        part.load()
        settled(qtbot, page)
        press(part, "grants.act2")
        Fingers(page).name("the roof was lost in a storm", enter=False)
        page.act()
        settled(qtbot, page)
        (need,) = asked(qtbot, page, grants.reasons_of, family)
        assert need.voucher is None
        press(part, "grants.act1")
        named(page, "ministry.received").button("N").click()
        page.act()
        settled(qtbot, page)
        assert [note.received for note in asked(qtbot, page, grants.ministry_notes, family)] == ["N"]
        press(part, "grants.act0")
        assert went(page)[-1][0] == "paper"
