"""A family's way through the window, by keys alone: refused, interrupted, taken from a list, asked again, paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.desk import drafts
from helpdesk.households import cards, commands, expected, queries
from helpdesk.households.forms import MemberEntry
from tests.entitled import plan_due
from tests.journey.arrived import arrive
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.conftest import Listener, named
from tests.ui.pictured import picture
from tests.ui.real_desk import Fingers, around_of, settled, shown, work_at
from tests.ui.test_six_in_120 import ENGLISH, consent_and_group, roster
from ui.pages.approval import Approval
from ui.pages.base import Page
from ui.pages.check import Check
from ui.pages.families import Families
from ui.pages.family_file import FamilyFile
from ui.pages.new_family import NewFamily
from ui.pages.vouchers import Vouchers
from ui.theme import Look, dress
from ui.work import Work

LIST = (
    "household,person,relation,sex,age,given_name,father_name,grandfather_name,family_name,phone,shelter\n"
    "17,1,head,m,41,Ahmed,Mohammed,Ali,Aljuburi,07701234567,B12\n"
    "17,2,wife,f,35,Fatima,Hassan,Abdullah,Aldulaimi,,\n"
)


@pytest.fixture
def work(qtbot: QtBot, programme: Programme) -> Iterator[Work]:
    with work_at(qtbot, programme, "supervisor") as made:
        yield made


@pytest.fixture(params=["en", "ar"])
def both(request: pytest.FixtureRequest, qapp: QApplication) -> Look:
    made = Look(Words(request.param))
    dress(qapp, made)
    return made


@pytest.fixture
def ask(qtbot: QtBot, work: Work) -> Callable[..., Any]:
    """What a query says now."""

    def asked(query: Callable[..., Any], *args: Any) -> Any:
        found: list[Any] = []
        work.read(Listener(), query, *args, then=found.append)
        qtbot.waitUntil(lambda: bool(found) and not work.busy)
        return found[0]

    return asked


@pytest.fixture
def open_page(qtbot: QtBot, programme: Programme, work: Work) -> Callable[..., Any]:
    def opened(kind: type[Page], look: Look, subject: object = None) -> Page:
        page = kind(around_of(work, programme, look, "supervisor"))
        shown(qtbot, page, subject)
        return page

    return opened


def went(page: Page) -> list[tuple[str, Any]]:
    places: list[tuple[str, Any]] = page.around.go.places
    return places


def test_nothing_personal_before_the_consent(look: Look, open_page: Callable[..., NewFamily]) -> None:
    page = open_page(NewFamily, look)
    assert not any(part.isVisibleTo(page) for part in page.form.rest)
    fingers = Fingers(page)
    fingers.enter()
    fingers.key(Qt.Key.Key_Space)
    fingers.enter()
    fingers.digits("1")
    fingers.digits("3", enter=False)  # spoken: needs a witness
    assert not page.form.group.isVisibleTo(page)
    fingers.enter()
    fingers.name("Ali Hassan", enter=False)
    assert page.form.group.isVisibleTo(page)


def test_the_text_changes_its_language_and_keeps_what_was_typed(
    qtbot: QtBot, look: Look, open_page: Callable[..., NewFamily]
) -> None:
    page = open_page(NewFamily, look)
    fingers = Fingers(page)
    fingers.digits("2")
    assert page.form.consent.text.layoutDirection() == Qt.LayoutDirection.RightToLeft
    page.form.consent.aloud.setFocus()
    fingers.enter()
    fingers.digits("1")
    fingers.digits("1")
    fingers.digits("1")
    page.form.consent.language.button("ckb").click()
    assert page.form.group.population.chosen == "CAMP"
    consent = page.form.consent.consent()
    assert consent is not None
    assert consent.language == "ckb"


def test_every_new_line_of_the_roster_is_in_view(qtbot: QtBot, look: Look, open_page: Callable[..., NewFamily]) -> None:
    page = open_page(NewFamily, look)
    page.resize(1100, 560)
    fingers = Fingers(page)
    consent_and_group(fingers)
    fingers.digits("9")
    for given in ("Ahmed", "Salma", "Ali", "Huda", "Omar"):
        here = page.focusWidget()
        qtbot.waitUntil(lambda here=here: here.visibleRegion().boundingRect() == here.rect())
        fingers.name(given)
        while not fingers.at().endswith(".sex"):
            fingers.enter()
        fingers.digits("2")
        fingers.digits("30")
        fingers.enter() if given == "Ahmed" else fingers.digits("3")
        assert fingers.at().endswith(".given")


def test_who_refuses_is_counted_without_a_name(
    qtbot: QtBot, both: Look, open_page: Callable[..., NewFamily], ask: Callable[..., Any]
) -> None:
    page = open_page(NewFamily, both)
    fingers = Fingers(page)
    fingers.enter(2)
    fingers.digits("2")
    fingers.digits("1")
    fingers.digits("0")
    fingers.enter()
    settled(qtbot, page)
    assert went(page) == [("today", None)]
    assert ask(queries.household_ids) == []
    assert ask(drafts.listed) == ()


def test_a_power_cut_loses_nothing_but_what_is_sealed(
    qtbot: QtBot,
    both: Look,
    programme: Programme,
    open_page: Callable[..., NewFamily],
    ask: Callable[..., Any],
    work: Work,
) -> None:
    page = open_page(NewFamily, both)
    fingers = Fingers(page)
    consent_and_group(fingers)
    roster(fingers, ENGLISH)
    page.form.barriers.sealed.security.button("C3CLR").click()
    page.form.barriers.sealed.note.setText("a secret")
    page.form.notes.text.setPlainText("they come on Sunday")
    page.around.drafts.save_all()
    settled(qtbot, page)
    (draft,) = ask(drafts.listed)
    assert "C3CLR" not in str(draft.fields)
    assert "secret" not in str(draft.fields)
    again = NewFamily(around_of(work, programme, both, "supervisor"))
    shown(qtbot, again, draft.key)
    assert [line.name("given") for line in again.form.people.roster.filled()] == [
        "Ahmed", "Fatima", "Ali", "Zainab", "Hussein", "Maryam"
    ]  # fmt: skip
    assert again.form.people.roster.lines[2].offered == {"father", "grandfather", "family"}
    assert again.form.notes.value() == "they come on Sunday"
    assert again.form.barriers.sealed.answers().barriers == ()
    assert again.form.barriers.sealed.again.isVisibleTo(again)


def test_a_list_fills_the_form_only_after_the_consent(
    qtbot: QtBot,
    look: Look,
    programme: Programme,
    open_page: Callable[..., NewFamily],
    ask: Callable[..., Any],
    work: Work,
) -> None:
    path = programme.home / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    work.write(Listener(), expected.load, path)
    (line,) = ask(expected.find_expected, "Ahmed Mohammed")
    page = open_page(NewFamily, look, f"expected:{line.key}")
    assert page.form.people.roster.filled() == []
    consent_and_group(Fingers(page))
    assert [one.name("given") for one in page.form.people.roster.filled()] == ["Ahmed", "Fatima"]
    assert page.form.contact.phones[0].value() == "07701234567"
    assert page.form.contact.shelter.value() == "B12"


def test_a_person_is_removed_and_put_back(look: Look, open_page: Callable[..., NewFamily]) -> None:
    page = open_page(NewFamily, look)
    fingers = Fingers(page)
    consent_and_group(fingers)
    roster(fingers, ENGLISH)
    lines = page.form.people.roster
    lines.lines[3].select(lines.lines[3].names["given"])
    fingers.key(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert "Zainab" not in [line.name("given") for line in lines.lines]
    named(page, "roster.back").click()
    assert lines.lines[3].name("given") == "Zainab"
    fingers.key(Qt.Key.Key_Insert)
    assert lines.lines[4].is_empty
    assert fingers.at() == "member.4.given"


def test_names_offered_to_another_relation_are_taken_back(look: Look, open_page: Callable[..., NewFamily]) -> None:
    page = open_page(NewFamily, look)
    fingers = Fingers(page)
    consent_and_group(fingers)
    roster(fingers, {**ENGLISH, "children": ("Khadija",)})
    line = page.form.people.roster.lines[2]
    line.relation.setFocus()
    fingers.digits("6", enter=False)  # not a child: the mother of the head
    assert line.name("father") == ""
    assert fingers.at() == "member.2.father"


def test_a_refusal_is_said_at_its_field(look: Look, open_page: Callable[..., NewFamily]) -> None:
    page = open_page(NewFamily, look)
    consent_and_group(Fingers(page))
    page._refused(Refusal("phone.needed"))
    assert page.form.contact.fields["phone"].below.text() == look.words.sentence(Refusal("phone.needed"))
    assert page.findChild(type(page), "strip") is None


def test_search_leads_to_the_file_and_to_lists(
    qtbot: QtBot, both: Look, programme: Programme, open_page: Callable[..., Families], work: Work
) -> None:
    path = programme.home / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    work.write(Listener(), expected.load, path)
    page = open_page(Families, both)
    page.search("Ahmed")
    settled(qtbot, page)
    assert page.table.rows.rowCount() == 0
    named(page, "expected0").click()
    ((place, subject),) = went(page)
    assert place == "new_family"
    assert subject.startswith("expected:")


@pytest.fixture
def registered(qtbot: QtBot, work: Work, programme: Programme) -> str:
    """A family registered by the clerk of the same desk before the supervisor looks."""
    from_form = practice_form(programme.clock, 1)
    work.write(Listener(), commands.register, from_form)
    qtbot.waitUntil(lambda: not work.busy)
    return from_form.household_id


def test_a_question_is_asked_and_leaves_the_list(
    qtbot: QtBot, both: Look, registered: str, open_page: Callable[..., FamilyFile], ask: Callable[..., Any]
) -> None:
    page = open_page(FamilyFile, both, registered)
    assert "SOCIAL" in page.file.not_asked()
    named(page, "ask.SOCIAL").click()
    Fingers(page).digits("1", enter=False)
    page.act()
    settled(qtbot, page)
    assert ask(queries.family_file, registered).household.social == ("PDS",)
    assert page.findChild(QPushButton, "ask.SOCIAL") is None


def test_a_consent_is_withdrawn_with_a_witness_and_a_receipt(
    qtbot: QtBot, both: Look, registered: str, open_page: Callable[..., FamilyFile], ask: Callable[..., Any]
) -> None:
    page = open_page(FamilyFile, both, registered)
    named(page, "consents.line0").click()
    assert page.main_action().missing
    Fingers(page).name("Sara Ali", enter=False)
    page.act()
    settled(qtbot, page)
    (consent,) = [one for one in ask(queries.family_file, registered).consents if one.purpose == "DATA"]
    assert (consent.answer, consent.witness) == ("WITHDRAWN", "Sara Ali")
    named(page, "stripWayOn").click()
    assert went(page)[-1][0] == "paper"


def test_closed_lines_open_by_a_key_and_close_again(
    both: Look, registered: str, open_page: Callable[..., FamilyFile]
) -> None:
    page = open_page(FamilyFile, both, registered)
    closed = page.column.part("contactCard").closed
    assert not closed.is_open
    closed.toggle.setFocus()
    Fingers(page).enter()
    assert closed.is_open
    closed._timer.timeout.emit()
    assert not closed.is_open


def test_the_card_is_issued_and_checked(
    qtbot: QtBot, both: Look, registered: str, open_page: Callable[..., Any], ask: Callable[..., Any], work: Work
) -> None:
    file = open_page(FamilyFile, both, registered)
    file.print_pressed()
    settled(qtbot, file)
    assert went(file)[-1][0] == "paper"
    faces: list[Any] = []
    work.write(Listener(), cards.reprint, (registered,), then=faces.append)
    qtbot.waitUntil(lambda: bool(faces))
    check = open_page(Check, both, faces[0][0].digits)
    word = named(check, "verdictWord").text()
    assert word == both.words.label(cards.VERDICT.name, "LIVE")
    check.take_scan(faces[0][0].digits[:-4] + "1234")
    settled(qtbot, check)
    assert named(check, "verdictWord").text() != word


def test_a_voucher_is_paid_in_three_keys_after_the_scan(qtbot: QtBot, both: Look, programme: Programme) -> None:
    family = programme.register()
    face = programme.printed("one", family)
    with work_at(qtbot, programme, "clerk") as work:
        page = Vouchers(around_of(work, programme, both, "clerk"))
        shown(qtbot, page)
        page.take_scan(face.digits)
        settled(qtbot, page)
        fingers = Fingers(page)
        fingers.digits("1")  # identity paper seen, and on
        fingers.name("Sara Ali", enter=False)
        page.act()  # Ctrl+Enter, sent by the window
        assert fingers.presses + 1 <= 3
        settled(qtbot, page)
        found: list[Any] = []
        work.read(Listener(), voucher_lines.of_household, family, then=found.append)
        settled(qtbot, page)
        assert [voucher.state for voucher in found[0]] == ["PAID"]


def test_planned_vouchers_are_approved_by_another_and_never_by_their_planner(
    qtbot: QtBot, look: Look, programme: Programme
) -> None:
    family = programme.register()
    programme.at("one", "supervisor", lambda desk: desk.do(plan_due, family, "DEP", programme.numbers["one"]))
    for name, may in (("supervisor", False), ("other", True)):
        with work_at(qtbot, programme, name) as work:
            page = Vouchers(around_of(work, programme, look, name))
            shown(qtbot, page, "PLANNED")
            assert (page.main_action().missing == "") is may
            if may:
                page.act()
                place, listed = went(page)[-1]
                assert place == "approval"
                approval = Approval(around_of(work, programme, look, name))
                shown(qtbot, approval, listed)
                approval.act()
                settled(qtbot, approval)
                page.refresh()
                settled(qtbot, page)
                assert page.table.rows.rowCount() == 0


def test_coming_back_to_the_form_finds_it_as_it_was(
    qtbot: QtBot, look: Look, open_page: Callable[..., NewFamily]
) -> None:
    page = open_page(NewFamily, look)
    consent_and_group(Fingers(page))
    page.form.barriers.sealed.security.button("C3CLR").click()
    page.open(None)
    assert page.form.group.population.chosen == "CAMP"
    assert page.form.barriers.sealed.answers().barriers == ("C3CLR",)
    page.aside.click()
    settled(qtbot, page)
    assert page.form.group.population.chosen is None
    assert page.form.barriers.sealed.answers().barriers == ()


def test_a_family_that_is_registered_already_is_asked_about(
    qtbot: QtBot, look: Look, registered: str, open_page: Callable[..., NewFamily], ask: Callable[..., Any]
) -> None:
    file = ask(queries.family_file, registered)
    page = open_page(NewFamily, look)
    consent_and_group(Fingers(page))
    page.form.people.show_people([(_entry(person), str(person.birth_date.year)) for person in file.persons.values()])
    qtbot.waitUntil(lambda: page.alike.isVisibleTo(page), timeout=5000)
    box = named(page, f"alike.{file.household.number}")
    box.setFocus()
    Fingers(page).digits("2", enter=False)
    (answer,) = page.alike.answers()
    assert (answer.other, answer.answer) == (registered, "RELATIVES")


def test_a_family_that_went_home_goes_on_under_its_number(
    qtbot: QtBot, look: Look, registered: str, programme: Programme, open_page: Callable[..., NewFamily],
    ask: Callable[..., Any],
) -> None:  # fmt: skip
    file = ask(queries.family_file, registered)
    page = open_page(NewFamily, look)
    page.write(arrive, registered, programme.clock.now().date())
    consent_and_group(Fingers(page))
    page.form.people.show_people([(_entry(person), str(person.birth_date.year)) for person in file.persons.values()])
    qtbot.waitUntil(lambda: page.alike.isVisibleTo(page), timeout=5000)
    way = named(page, f"reopen.{file.household.number}")
    qtbot.waitUntil(lambda: way.isVisibleTo(page), timeout=5000)
    assert look.words.label("reopen", "DISPLACED_AGAIN") in way.accessibleName()
    picture(page, "reopen")
    way.click()
    settled(qtbot, page)
    assert went(page)[-1] == ("family", registered)
    assert page.form.group.population.chosen == "CAMP", "what was typed stays until it is discarded"


def _entry(person: Any) -> MemberEntry:
    return MemberEntry(
        person.given_name, person.father_name, person.grandfather_name, person.family_name, person.sex,
        person.birth_date, person.birth_precision, person.relation,
    )  # fmt: skip


def test_a_question_goes_on_where_it_stopped(
    qtbot: QtBot,
    look: Look,
    registered: str,
    programme: Programme,
    open_page: Callable[..., FamilyFile],
    work: Work,
    ask: Callable[..., Any],
) -> None:
    page = open_page(FamilyFile, look, registered)
    page.ask("MOTHERS")
    Fingers(page).name("Amina", enter=False)
    page.around.drafts.save_all()
    settled(qtbot, page)
    again = FamilyFile(around_of(work, programme, look, "supervisor"))
    shown(qtbot, again, registered)
    assert named(again, "mother.0").text() == "Amina"
    named(again, "leaveQuestion").click()
    settled(qtbot, again)
    assert ask(drafts.listed) == ()
