"""Calls in the window: lists of numbers, one call from "safe to talk?" to its record, F7, tasks, a family's part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals import queries as referral_queries
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.desk import drafts
from helpdesk.desk.roles import Role
from helpdesk.exchange.exceptions import exceptions
from helpdesk.journey.monitoring import commands, queries
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.opening import Desk
from tests.journey.arrived import PHONE, SHARING, arrived_family
from tests.programme import Programme
from tests.ui.conftest import named
from tests.ui.page_contract import PageContract
from tests.ui.pictured import picture
from tests.ui.real_desk import around_of, asked, settled, shown, work_at
from ui.forms.file_calls import CallsPart
from ui.pages.calls import TASKS, Calls
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

ARRIVED = date(2026, 11, 21)
FAMILY = "019a0000-0000-7000-8000-00000000c001"
OTHER = "019a0000-0000-7000-8000-00000000c002"
NAMES = ("Nour", "Ali", "Sami")


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Two families whose first call is due; one of them was tried, and has a referral that came to nothing."""
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))

    def serve(desk: Desk) -> None:
        for household in (FAMILY, OTHER):
            arrived_family(desk, ARRIVED, household_id=household)
        referral = desk.do(referrals.open_, ReferralForm(FAMILY, "HEALTH", "A doctor", "ROUT", "A clinic"))
        desk.do(referrals.send, referral, ("NAME",), SHARING)
        desk.do(referrals.answer, referral, "NOCAP")

    full.at("one", "clerk", serve)
    full.clock.move(days=8)
    full.at("one", "clerk", lambda d: d.do(commands.record, CallForm(FAMILY, "W2", PHONE, "OWN", "NOANS")))
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


class TestCalls(PageContract):
    def make(self, around: Surroundings) -> Calls:
        return Calls(around)


class TestOneCall(PageContract):
    full = f"{FAMILY}:W2"

    def make(self, around: Surroundings) -> Calls:
        return Calls(around)


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> Calls:
    page = Calls(surroundings(look))
    shown(qtbot, page)
    return page


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def begin(qtbot: QtBot, page: Calls, household: str = FAMILY) -> None:
    page.open(f"{household}:W2")
    settled(qtbot, page)
    settled(qtbot, page)
    assert page.call.call is not None


def test_the_list_holds_numbers_and_no_names(page: Calls) -> None:
    assert page.table.rows.rowCount() == 2
    seen = " ".join(
        page.table.rows.index(row, column).data() for row in range(2) for column in range(page.table.rows.columnCount())
    )
    assert not any(name in seen for name in NAMES)
    assert page.main_action() is not None
    assert page.main_action().missing == ""


def test_nothing_is_asked_before_it_is_safe_to_talk(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page)
    assert not page.call.questions.isVisibleTo(page)
    assert not any(name in texts(page) for name in NAMES), "whom to call stays closed until a key opens it"
    page.call.closed.toggle.click()
    assert "Nour" in texts(page)
    page.call.safe.button("Y").click()
    assert page.call.questions.isVisibleTo(page)
    assert not page.call.questions.block.body.isVisibleTo(page)
    page.call.safe.button("N").click()
    assert not page.call.questions.isVisibleTo(page)
    assert page.call.result.chosen == "UNSAFE"


def test_a_call_is_recorded_with_what_was_told_and_raises_its_task(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page)
    page.call.number.button(f"OWN:{PHONE}").click()
    page.call.safe.button("Y").click()
    page.call.questions.block.toggle.click()
    questions = page.call.questions.fields
    for code, answer in (("plan", "STAY"), ("food", "HUNGRY")):
        questions[code].pick.choose(answer)
        questions[code].pick.picked.emit(answer)
    page.call.questions.sealed.button("THREAT").click()
    tells = page.call._tells
    assert tells is not None
    next(iter(tells._buttons.values())).click()
    assert page.main_action().missing
    page.call.result.button("DONE").click()
    page.act()
    settled(qtbot, page)
    assert page.call.call is None
    assert page.table.rows.rowCount() == 1
    page.lists.button(TASKS).click()
    settled(qtbot, page)
    assert page.tasks.rows.rowCount() == 2
    told: list[object] = []
    page.read(queries.calls_of, FAMILY, then=told.append)
    page.read(lambda view: referrals.documents_of(view.connection, referrals.REFERRAL, FAMILY), then=told.append)
    settled(qtbot, page)
    ((_, call),), ((_, referral),) = told
    assert call.answers == {"plan": "STAY", "food": "HUNGRY"}
    assert (referral.status, referral.end) == ("CLOSED", "NOCAP")


def speaking(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page)
    page.call.number.button(f"OWN:{PHONE}").click()
    page.call.safe.button("Y").click()
    field = page.call.questions.fields["water"]
    field.pick.choose("Y")
    field.pick.picked.emit("Y")


def test_a_referral_is_opened_with_the_call(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page)
    opens = named(page, "callReferral.open")
    assert not opens.isVisibleTo(page), "nothing is asked before it is safe to talk"
    speaking(qtbot, page)
    assert opens.isVisibleTo(page)
    opens.click()
    sector = named(page, "referral.sector")
    assert sector.hasFocus()
    page.call.result.button("DONE").click()
    assert "for what" in page.main_action().missing
    sector.choose("SHEL")
    sector.picked.emit("SHEL")
    named(page, "referral.need").setText("A roof before the rain")
    named(page, "referral.urgency.72H").click()
    picture(page, "call-referral")
    page.around.drafts.save_all()
    settled(qtbot, page)
    kept = asked(qtbot, page, drafts.load, "call", f"{FAMILY}:W2")
    assert "A roof before the rain" not in kept.values(), "a need never reaches the disk before it is saved"
    page.act()
    settled(qtbot, page)
    assert "The referral is opened" in texts(page)
    found = asked(qtbot, page, referral_queries.referrals_of, FAMILY)
    assert [(one.sector, one.need, one.status) for _, one in found if one.sector == "SHEL"] == [
        ("SHEL", "A roof before the rain", "DRAFT")
    ]


def test_a_referral_is_not_opened_where_nobody_was_reached(qtbot: QtBot, page: Calls) -> None:
    speaking(qtbot, page)
    named(page, "callReferral.open").click()
    named(page, "callReferral.open").click()
    assert page.findChild(QWidget, "referral.need") is None, "the same button takes it back"
    named(page, "callReferral.open").click()
    page.call.result.button("UNSAFE").click()
    page.act()
    settled(qtbot, page)
    assert "The referral was not opened" in texts(page)
    found = asked(qtbot, page, referral_queries.referrals_of, FAMILY)
    assert [one.sector for _, one in found] == ["HEALTH"]


def test_f7_ends_the_call_and_keeps_what_was_answered(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page)
    page.call.number.button(f"OWN:{PHONE}").click()
    page.call.closed.toggle.click()
    page.call.safe.button("Y").click()
    field = page.call.questions.fields["water"]
    field.pick.choose("Y")
    field.pick.picked.emit("Y")
    page.end_pressed()
    assert not page.call.questions.isVisibleTo(page)
    assert not page.call.closed.is_open
    assert page.call.result.chosen == "PARTIAL"
    page.act()
    settled(qtbot, page)
    assert page.call.call is None
    begin(qtbot, page)
    assert page.call.call is not None
    assert page.call.call.sheet.call is not None
    assert page.call.call.sheet.call.answers == {"water": "Y"}
    assert page.call.questions.fields["water"].answer == "Y"


def test_f7_with_nothing_said_means_it_was_not_safe(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page, OTHER)
    page.call.number.button(f"OWN:{PHONE}").click()
    page.call.end_call()
    assert page.call.result.chosen == "UNSAFE"
    page.act()
    settled(qtbot, page)
    assert page.call.call is None
    begin(qtbot, page, OTHER)
    assert [code for code in page.call.number._buttons if code.startswith("OWN")] == []


def test_overdue_calls_stand_on_the_first_page(qtbot: QtBot, page: Calls, here: Programme) -> None:
    before = {one.code for one in asked(qtbot, page, exceptions)}
    here.clock.move(days=30)
    found = {one.code: one for one in asked(qtbot, page, exceptions)}
    overdue = found["calls_overdue"]
    assert "calls_overdue" not in before
    assert (overdue.count, overdue.page, overdue.subject) == (2, "calls", "OVERDUE")
    page.open(overdue.subject)
    settled(qtbot, page)
    assert page.table.rows.rowCount() == 2


def test_what_was_typed_survives(qtbot: QtBot, page: Calls) -> None:
    begin(qtbot, page)
    page.call.safe.button("Y").click()
    field = page.call.questions.fields["clinic"]
    field.pick.choose("N")
    field.pick.picked.emit("N")
    page.call.questions.sealed.button("MISSING").click()
    page.around.drafts.save_all()
    settled(qtbot, page)
    again = Calls(page.around)
    again.around.drafts._open.clear()
    shown(qtbot, again, f"{FAMILY}:W2")
    settled(qtbot, again)
    assert again.call.questions.fields["clinic"].answer == "N"
    assert again.call.questions.sealed.ticked == (), "what is sealed never reaches the disk"


def test_a_task_shows_why_only_on_a_key_and_is_finished(qtbot: QtBot, page: Calls, here: Programme) -> None:
    answers = {"plan": "STAY", "eviction": "Y"}
    form = CallForm(OTHER, "W2", PHONE, "OWN", "DONE", True, answers)
    page.write(commands.record, form)
    settled(qtbot, page)
    page.open(TASKS)
    settled(qtbot, page)
    settled(qtbot, page)
    why = page.words.label("task_reason", "EVICTION")
    assert why not in texts(page)
    page.why.toggle.click()
    assert why in texts(page)
    page.reason.setText("a lawyer was called")
    page.finish.click()
    settled(qtbot, page)
    assert page.tasks.rows.rowCount() == 1  # every call is sent on to the centre


def test_a_familys_part_shows_rounds_and_keeps_answers_closed(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    part = CallsPart(surroundings(look), FAMILY)
    qtbot.addWidget(part)
    part.write(commands.record, CallForm(FAMILY, "W2", PHONE, "OWN", "DONE", True, {"plan": "UNSURE"}))
    part.load()
    qtbot.waitUntil(lambda: not part.around.work.busy, timeout=20_000)
    said = texts(part)
    assert part.words.label("round", "M9") in said
    assert part.words.label("durability", "FRAGILE") in said
    assert part.words.label("plan_now", "UNSURE") not in said
    part.answers.toggle.click()
    assert part.words.label("plan_now", "UNSURE") in texts(part)
