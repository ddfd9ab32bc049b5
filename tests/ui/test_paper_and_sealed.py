"""Typed in from paper, children who are here alone, vouchers printed again, and receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.core.errors import Refusal
from helpdesk.desk import drafts
from helpdesk.households import cards, paper_forms
from helpdesk.households.documents import SealedPerson
from tests.programme import Programme
from tests.ui.conftest import Listener, named
from tests.ui.real_desk import Fingers, around_of, settled, shown, work_at
from tests.ui.test_family_journeys import ask, both, open_page, went, work
from tests.ui.test_six_in_120 import ARABIC, ENGLISH, consent_and_group, only_family, roster, type_family
from ui.forms.desk_now import desk_now
from ui.forms.papers import card_and_slip
from ui.pages.new_family import NewFamily
from ui.pages.paper import PaperPage
from ui.pages.vouchers import Vouchers
from ui.theme import Look

__all__ = ["ask", "both", "open_page", "work"]


def press(page: Any, name: str) -> None:
    named(page, name).setFocus()
    Fingers(page).enter()


def test_the_number_of_the_paper_form_is_kept_with_the_family(
    qtbot: QtBot, both: Look, open_page: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    (number,) = paper_forms.draw(1)
    page = open_page(NewFamily, both)
    fingers = Fingers(page)
    type_family(qtbot, fingers, ENGLISH if both.words.language == "en" else ARABIC)
    assert not page.form.paper_form.edit.isVisibleTo(page)
    press(page, "fromPaper")
    assert fingers.at() == "paper_form"
    fingers.name(both.words.digits(paper_forms.shown(number)), enter=False)
    page.act()
    settled(qtbot, page)
    assert ask(only_family).household.paper_form == number


def test_a_number_that_does_not_fit_is_said_at_the_field(
    qtbot: QtBot, look: Look, open_page: Callable[..., Any]
) -> None:
    page = open_page(NewFamily, look)
    consent_and_group(Fingers(page))
    press(page, "fromPaper")
    Fingers(page).name("12345678")
    part = page.form.paper_form
    assert part.fields["paper_form"].below.text() == look.words.sentence(Refusal("form.number"))
    assert part.edit in [one.where for one in page.form.missing()]
    refusal = Refusal("form.typed_already", number="1234567890")
    page._refused(refusal)
    assert part.fields["paper_form"].below.text() == look.words.sentence(refusal)


def test_children_here_alone_are_sealed_and_forgotten(
    qtbot: QtBot, both: Look, open_page: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    page = open_page(NewFamily, both)
    fingers = Fingers(page)
    consent_and_group(fingers)
    sealed = page.form.barriers.sealed
    assert sealed.answers().persons == ()
    roster(fingers, ENGLISH)
    assert [child.place for child in page.form.people.under_age()] == [2, 3, 4, 5]
    named(page, "sealed.alone.4").setFocus()
    fingers.key(Qt.Key.Key_Space)
    assert sealed.answers().persons == (SealedPerson(4, unaccompanied=True),)
    lines = page.form.people.roster
    lines.lines[2].select(lines.lines[2].names["given"])
    fingers.key(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert sealed.answers().persons == (SealedPerson(3, unaccompanied=True),), "the tick stays with the child"
    page.around.drafts.save_all()
    settled(qtbot, page)
    (draft,) = ask(drafts.listed)
    assert not any(name.startswith("sealed") for name in draft.fields)
    sealed.forget()
    assert sealed.answers().persons == ()


def test_away_and_alone_of_one_child_are_one_sealed_line(
    qtbot: QtBot, look: Look, open_page: Callable[..., Any]
) -> None:
    page = open_page(NewFamily, look)
    fingers = Fingers(page)
    consent_and_group(fingers)
    roster(fingers, ENGLISH)
    page.form.people.roster.lines[3].away.setChecked(True)
    named(page, "sealed.alone.3").click()
    box = named(page, "sealed.away.3")
    qtbot.waitUntil(lambda: box.isVisibleTo(page))
    box.setFocus()
    fingers.digits("1", enter=False)
    (told,) = page.form.barriers.sealed.answers().persons
    assert (told.n, told.unaccompanied) == (3, True)
    assert told.absence is not None


def test_a_payment_offers_its_receipt(qtbot: QtBot, both: Look, programme: Programme) -> None:
    family = programme.register()
    face = programme.printed("one", family)
    with work_at(qtbot, programme, "clerk") as work:
        page = Vouchers(around_of(work, programme, both, "clerk"))
        shown(qtbot, page)
        page.take_scan(face.digits)
        settled(qtbot, page)
        fingers = Fingers(page)
        fingers.digits("1")
        fingers.name("Sara Ali", enter=False)
        page.act()
        settled(qtbot, page)
        press(page, "stripWayOn")
        settled(qtbot, page)
        page.print_pressed()
        settled(qtbot, page)
        papers = [subject for place, subject in went(page) if place == "paper"]
        assert [paper.pdf[:4] for paper in papers] == [b"%PDF", b"%PDF"]


def test_a_spoiled_voucher_is_printed_again_after_a_word(qtbot: QtBot, both: Look, programme: Programme) -> None:
    family = programme.register()
    face = programme.printed("one", family)
    with work_at(qtbot, programme, "clerk") as work:
        page = Vouchers(around_of(work, programme, both, "clerk"))
        shown(qtbot, page, "PRINTED")
        page.table.setFocus()
        page.table.selectRow(0)
        press(page, "printAgain")
        settled(qtbot, page)
        assert went(page) == [], "nothing is printed before it was said what happens"
        press(page, "stripWayOn")
        settled(qtbot, page)
        assert went(page)[-1][0] == "paper"
        found: list[Any] = []
        work.read(Listener(), voucher_lines.of_household, family, then=found.append)
        settled(qtbot, page)
        states = {voucher.number: voucher.state for voucher in found[0]}
        assert states.pop(face.number) == "VOID"
        assert list(states.values()) == ["PRINTED"]


@pytest.mark.parametrize("choices", [("1",), ("1", "0")])
def test_a_card_is_laid_out_for_a_sheet_or_for_plastic(
    qtbot: QtBot, both: Look, programme: Programme, choices: tuple[str, ...]
) -> None:
    family = programme.register()
    from_file: list[Any] = []
    with work_at(qtbot, programme, "clerk") as work:
        around = around_of(work, programme, both, "clerk")
        page = PaperPage(around)
        shown(qtbot, page, _card_paper(qtbot, work, both, family, from_file))
        sheet = page._paper
        for choice in choices:
            named(page, f"paperLayout.{choice}").click()
            settled(qtbot, page)
        assert page._paper is not None
        assert sheet is not None
        assert (len(page._paper.pdf) == len(sheet.pdf)) is (choices[-1] == "0")
        assert len(page.preview._sizes) == (1 if choices[-1] == "1" else 2)


def _card_paper(qtbot: QtBot, work: Any, look: Look, family: str, found: list[Any]) -> Any:
    work.write(Listener(), cards.issue, (family,), "FIRST", then=found.append)
    work.read(Listener(), desk_now, then=found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    return card_and_slip(look.words, found[0][0], found[1], practice=True)
