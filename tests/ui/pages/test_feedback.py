"""Feedback in the window: taken down, sealed and gone, answered, boxes by two, messages of files, looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from helpdesk.assistance.feedback import boxes, commands, messages, queries
from helpdesk.assistance.feedback.documents import FeedbackEntry, Message
from helpdesk.assistance.feedback.numbers import shown as number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.roles import Role
from helpdesk.desk.tables import DraftRow
from helpdesk.exchange.exceptions import exceptions
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, settled, shown, work_at
from ui.forms.feedback_take import TakePart
from ui.pages.feedback import FeedbackPage
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

FAMILY = "019a0000-0000-7000-8000-000000000001"
PLANTED = "planted words nobody may read"


def said(day: date, **changes: Any) -> FeedbackEntry:
    fields: dict[str, Any] = {"channel": "DESK", "side": "DIS", "type": "R", "received_on": day, "text": "A tent"}
    return FeedbackEntry(**{**fields, **changes})


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """One late question, one request of a family, one message, one box that waits."""
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))
    full.register(form=practice_form(full.clock, 1, household_id=FAMILY))
    today = full.clock.now().date()

    def make(desk: Any) -> None:
        desk.do(commands.record, said(today - timedelta(9), type="Q", text="When?"))
        desk.do(commands.record, said(today, household=FAMILY))
        desk.do(messages.load, (Message("a" * 64, today, "SMS", PLANTED, "+9647700000001", "ar"),))
        desk.do(boxes.open_box, "At the gate", 1)

    full.at("one", "supervisor", make)
    return full


@pytest.fixture
def here(full_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return full_programme.copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def role() -> Role:
    return Role.CLERK


@pytest.fixture
def work(qtbot: QtBot, here: Programme, role: Role) -> Iterator[Work]:
    with work_at(qtbot, here, role.value) as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.CLERK) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestFeedbackPage(PageContract):
    full = "waiting"

    def make(self, around: Surroundings) -> FeedbackPage:
        return FeedbackPage(around)


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], role: Role) -> FeedbackPage:
    page = FeedbackPage(surroundings(look, role))
    shown(qtbot, page)
    return page


def ask(qtbot: QtBot, page: FeedbackPage, query: Callable[..., Any], *arguments: Any) -> Any:
    found: list[Any] = []
    page.read(query, *arguments, then=found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0]


def drafts(view: View) -> int:
    return len(view.connection.execute(select(DraftRow)).all())


@pytest.mark.parametrize("role", [Role.SUPERVISOR])
def test_answers_that_are_due_stand_on_the_first_page(qtbot: QtBot, page: FeedbackPage) -> None:
    due = {one.code: one for one in ask(qtbot, page, exceptions)}["answers_due"]
    assert (due.count, due.page) == (ask(qtbot, page, queries.waiting).waiting, "feedback")


def texts(page: FeedbackPage) -> str:
    """Everything that can be read or copied on the page."""
    told = [label.text() for label in page.findChildren(QLabel)]
    told += [edit.text() for edit in page.findChildren(QLineEdit)]
    told += [edit.toPlainText() for edit in page.findChildren(QPlainTextEdit)]
    return " ".join(told)


def taking(page: FeedbackPage) -> TakePart:
    assert page.typing.asking is not None
    part = page.typing.asking.part
    assert isinstance(part, TakePart)
    return part


def press(page: FeedbackPage, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def begin(qtbot: QtBot, page: FeedbackPage, kind: str, text: str) -> TakePart:
    page.act()
    part = taking(page)
    part.channel.choose("DESK")
    part.kind.button(kind).click()
    field = part.sealed.text.edit if part.is_sealed else part.text
    field.setFocus()
    qtbot.keyClicks(field, text)
    return part


def test_taken_down_and_answered(qtbot: QtBot, page: FeedbackPage, here: Programme) -> None:
    assert "9" not in page.lists.told.text()
    begin(qtbot, page, "C1", "The water is cold")
    page.act()
    settled(qtbot, page)
    assert "Taken down under the number" in texts(page)
    ids = ask(qtbot, page, queries.ids, "waiting")
    (new,) = [one.id for one in ask(qtbot, page, queries.lines, ids).values() if one.type == "C1"]
    assert len(ids) == 3
    page.open(new)
    settled(qtbot, page)
    assert "The water is cold" in texts(page)
    press(page, "answerOne")
    answering: Any = page.typing.asking.part  # it is open
    answering.text.setPlainText("A heater comes")
    answering.told.choose("Y")
    page.act()
    settled(qtbot, page)
    assert ask(qtbot, page, queries.one, new).answer == "A heater comes"


def test_sealed_words_are_gone_from_page_store_and_undo(qtbot: QtBot, page: FeedbackPage) -> None:
    part = begin(qtbot, page, "X1", PLANTED)
    assert not part.sealed.text.edit.isUndoRedoEnabled()
    assert not part.text.isVisibleTo(page)
    part.sealed.text.close_text()
    assert part.sealed.text.is_closed
    part.sealed.text.open_text()
    assert not part.sealed.text.is_closed
    page.act()
    settled(qtbot, page)
    assert "Sealed under the number" in texts(page)
    assert PLANTED not in texts(page)
    (sealed,) = set(ask(qtbot, page, queries.ids, "all")) - set(ask(qtbot, page, queries.ids, "waiting"))
    number = ask(qtbot, page, queries.one, sealed).number
    page.number.setText(number_shown(number))
    settled(qtbot, page)
    assert "On its way to the centre" in texts(page)
    assert page.findChild(QPushButton, "answerOne") is None
    assert ask(qtbot, page, drafts) == 0


def test_of_abuse_nothing_is_asked(qtbot: QtBot, page: FeedbackPage) -> None:
    part = begin(qtbot, page, "X1", PLANTED)
    qtbot.keyClicks(part.sealed.contact, "her cousin")
    part.kind.button("X2").click()
    assert PLANTED not in texts(page)
    assert not part.sealed.contact.isUndoAvailable()
    for edit in (part.sealed.text, part.sealed.contact, part.sealed.household):
        assert not edit.isVisibleTo(page)
    assert part.sealed.slip.isVisibleTo(page)
    assert part.missing() == []
    page.act()
    settled(qtbot, page)
    assert "Sealed under the number" in texts(page)
    assert "Give the list of services now." in texts(page)


def test_leaving_the_page_loses_what_was_to_be_sealed(qtbot: QtBot, page: FeedbackPage) -> None:
    begin(qtbot, page, "X4", PLANTED)
    page.hide()
    page.show()
    assert page.typing.asking is None
    assert PLANTED not in texts(page)


def test_a_kind_chosen_by_mistake_loses_no_words(qtbot: QtBot, page: FeedbackPage) -> None:
    part = begin(qtbot, page, "C2", "My name is not on the list")
    part.kind.button("X3").click()
    assert part.text.toPlainText() == ""
    assert part.sealed.text.value() == "My name is not on the list"
    part.kind.button("C2").click()
    assert part.text.value() == "My name is not on the list"
    assert part.sealed.text.value() == ""


def test_a_message_is_read_and_sealed(qtbot: QtBot, page: FeedbackPage) -> None:
    page.open("messages")
    settled(qtbot, page)
    assert PLANTED not in texts(page)
    page.lists.opened.emit("messages", "a" * 64)
    settled(qtbot, page)
    part = taking(page)
    assert part.text.value() == PLANTED
    part.kind.button("X5").click()
    page.act()
    settled(qtbot, page)
    assert PLANTED not in texts(page)
    assert ask(qtbot, page, messages.waiting) == ()


def test_a_file_is_loaded_and_its_problems_told(qtbot: QtBot, page: FeedbackPage, tmp_path: Path) -> None:
    page.open("messages")
    file = tmp_path / "sms.csv"
    file.write_text("date,text\n2026-11-20,Where?\nnever,Why?\n", encoding="utf-8")
    page.load_messages(file)
    settled(qtbot, page)
    assert "1 message waits to be read." in texts(page)
    assert "This is no day that can be read" in texts(page)


def test_a_box_is_confirmed_by_another_and_typed_in(qtbot: QtBot, page: FeedbackPage) -> None:
    page.open("boxes")
    settled(qtbot, page)
    (opening,) = page.lists.boxes
    page.lists.opened.emit("boxes", opening)
    part: Any = page.typing.asking.part  # it is open
    part.papers.setText("2")
    page.act()
    settled(qtbot, page)
    assert "Count again together" in texts(page)
    part.papers.setText("1")
    page.act()
    settled(qtbot, page)
    page.lists.opened.emit("boxes", opening)
    typed = taking(page)
    assert (typed.channel.chosen, typed.channel.isEnabled()) == ("BOX", False)
    typed.kind.button("T").click()
    typed.text.setPlainText("Thanks")
    page.act()
    settled(qtbot, page)
    assert page.lists.boxes[opening].typed == 1


def test_a_familys_own_feedback(qtbot: QtBot, page: FeedbackPage, here: Programme) -> None:
    page.open(("family", FAMILY, "1234567890"))
    settled(qtbot, page)
    part = taking(page)
    assert not part.family.isEnabled()
    part.channel.choose("DESK")
    part.kind.button("Q").click()
    part.text.setPlainText("And my cousin?")
    qtbot.keyClick(page, Qt.Key.Key_Return)
    page.act()
    settled(qtbot, page)
    found = ask(qtbot, page, queries.of_household, FAMILY)
    assert [one.text for _, one in found] == ["And my cousin?", "A tent"]
