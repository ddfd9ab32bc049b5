"""Sessions, visits and lessons in the window: every page's contract, and what each is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.language import LANGUAGES
from helpdesk.desk import drafts
from helpdesk.desk.roles import Role
from helpdesk.households import cards
from helpdesk.households.cards import IssuedCard
from helpdesk.journey.engagement import commands, lessons
from helpdesk.journey.engagement.forms import LessonForm
from helpdesk.journey.visits import commands as visit_commands
from helpdesk.journey.visits import offers
from helpdesk.journey.visits import queries as visit_queries
from helpdesk.opening import Desk
from tests.journey.events import event_form, visit_form
from tests.people import small_form
from tests.programme import Programme
from tests.ui.conftest import Went, named, type_text
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, asked, done, settled, shown, work_at
from ui.forms.file_engagement import SessionsPart, VisitsPart
from ui.pages.events import Events
from ui.pages.lessons import Lessons
from ui.pages.visits import Visits
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.place_picker import PlacePicked
from ui.work import Work


@pytest.fixture(scope="module")
def ready(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, IssuedCard]:
    """A family with a card, a session it came to and a visit it takes part in; copied for each test."""
    full = ready_programme.copied(tmp_path_factory.mktemp("engaged"))
    household = full.register("one", small_form(full.clock))

    def serve(desk: Desk) -> IssuedCard:
        (card,) = desk.do(cards.issue, (household,), "FIRST")
        event = desk.do(commands.plan, event_form(full.clock))
        desk.do(commands.attend, event, household)
        visit = desk.do(visit_commands.plan, visit_form(full.clock))
        everybody = tuple(one.person for one in desk.ask(visit_queries.members, household))
        desk.do(offers.answer, desk.do(offers.offer, visit, household, everybody).seat, "TAKEN")
        desk.do(visit_commands.check_risk, visit, "the road is open")
        desk.do(visit_commands.board, visit, household)
        return card

    return full, full.at("one", "clerk", serve)


@pytest.fixture
def here(ready: tuple[Programme, IssuedCard], tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return ready[0].copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def card(ready: tuple[Programme, IssuedCard]) -> IssuedCard:
    return ready[1]


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestEvents(PageContract):
    full = "new"

    def make(self, around: Surroundings) -> Events:
        return Events(around)


class TestVisits(PageContract):
    full = "new"

    def make(self, around: Surroundings) -> Visits:
        return Visits(around)


class TestLessons(PageContract):
    def make(self, around: Surroundings) -> Lessons:
        return Lessons(around)


def only(page: Events | Visits) -> str:
    """The id of the one row of the list."""
    assert page.table.rows.rowCount() == 1
    return str(page.table.rows.id_at(0))


def press(page: QWidget, name: str) -> None:
    """Press the button of a name."""
    made = named(page, name)
    assert isinstance(made, QPushButton)
    made.click()


def test_a_session_is_scanned_counted_and_printed(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], card: IssuedCard
) -> None:
    page = Events(surroundings(look))
    shown(qtbot, page)
    page.table.opened.emit(only(page))
    settled(qtbot, page)
    assert page.room.big.text() == "1"
    assert page.take_scan(card.digits)
    settled(qtbot, page)
    assert page.room.big.text() == "1"
    assert "already" in named(page, "stripSentence").property("text")
    page.room.undo.click()
    settled(qtbot, page)
    assert page.room.big.text() == "0"
    page.take_scan(card.number)
    settled(qtbot, page)
    assert page.room.big.text() == "1"
    named(page, "count.F.18-59").setFocus()
    type_text(named(page, "count.F.18-59"), "12")
    page.act()
    settled(qtbot, page)
    assert "12" in page.room.counts.told.text()
    page.print_pressed()
    went = page.around.go
    assert isinstance(went, Went)
    place, paper = went.places[-1]
    assert place == "paper"
    assert isinstance(paper, Paper)
    press(page, "keyMessages")
    _, messages = went.places[-1]
    assert len(messages.layouts) == len(LANGUAGES)
    assert messages.draw(1) != messages.pdf


def test_a_question_that_may_name_somebody_is_asked_about(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], card: IssuedCard
) -> None:
    page = Events(surroundings(look))
    shown(qtbot, page)
    page.table.opened.emit(only(page))
    settled(qtbot, page)
    page.room.questions.text.setText(f"Where is {card.principal}?")
    press(page, "noteQuestion")
    settled(qtbot, page)
    assert page.room.questions.text.text()
    page.room.questions.send(True)
    settled(qtbot, page)
    assert page.room.questions.text.text() == ""
    assert card.principal in page.room.questions.told.text()


def test_a_visit_from_the_bus_to_the_next_day(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], here: Programme, card: IssuedCard
) -> None:
    page = Visits(surroundings(look))
    shown(qtbot, page)
    page.table.opened.emit(only(page))
    settled(qtbot, page)
    assert not page.room.answers.isVisibleTo(page)
    page.take_scan(card.digits)
    settled(qtbot, page)
    assert page.room.board.isVisibleTo(page)
    page.room.after.saw.choose("Y")
    page.room.after.house.choose("25-49")
    press(page, "findingSave")
    settled(qtbot, page)
    assert page.room.after.saw.chosen == "Y"
    button = page.room.after.decision.button("RET")
    button.click()
    settled(qtbot, page)
    assert "22 November" in named(page, "stripSentence").property("text")
    here.clock.move(days=1)
    page.room.after.decision.button("RET").click()
    settled(qtbot, page)
    assert page.room.after.decision.chosen == "RET"


def test_seats_are_offered_by_a_scan(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], here: Programme, card: IssuedCard
) -> None:
    page = Visits(surroundings(look))
    shown(qtbot, page, "new")
    form = visit_form(here.clock, seats=1)
    page.part.kind.choose("GAS")
    page.part.phase.choose("1")
    for edit, text in (
        (page.part.on, "30.11.2026"), (page.part.seats, "1"), (page.part.organisation, form.organisation),
        (page.part.contact, form.contact), (page.part.destination.line, "Nowhere"), (page.part.start.line, "Gate"),
    ):  # fmt: skip
        edit.setFocus()
        type_text(edit, text)
    QTest.keyClick(page.part.start.line, Qt.Key.Key_Tab)
    page.act()
    settled(qtbot, page)
    assert "not checked" in page.room.lacks.text()
    page.take_scan(card.number)
    settled(qtbot, page)
    people = page.room.offer.people
    assert people is not None
    people.tick([one.person for one in page.room.offer._members])
    press(page, "offerGive")
    settled(qtbot, page)
    assert page._visit is not None
    assert [seat.state for seat in page._visit.seats] == ["WAITING"]


def test_an_event_that_is_being_typed_is_kept(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Events(surroundings(look))
    shown(qtbot, page, "new")
    day = page.part.on.text()
    assert day
    page.part.kind.button("SESSION").click()
    type_text(page.part.organisation, "A partner")
    page.part.topics.button("HLPCOMP").click()
    page.part.place.show_value(PlacePicked(words="The school"))
    page.part.place.picked.emit(page.part.place.value())
    page.around.drafts.save_all()
    settled(qtbot, page)
    listed = asked(qtbot, page, drafts.listed)
    assert [(one.form, one.key) for one in listed] == [("event", "new")]

    page.around.drafts._open.clear()
    again = Events(page.around)
    shown(qtbot, again, "new")
    assert (again.part.kind.chosen, again.part.topics.ticked) == ("SESSION", ("HLPCOMP",))
    assert (again.part.organisation.value(), again.part.place.value().words) == ("A partner", "The school")
    assert again.part.on.text() == day
    press(again, "eventLeave")
    settled(qtbot, again)
    assert again.table.isVisibleTo(again)
    assert asked(qtbot, page, drafts.listed) == ()


def test_a_change_of_a_visit_goes_on_where_it_stopped(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], here: Programme
) -> None:
    page = Visits(surroundings(look))
    shown(qtbot, page, "new")
    assert page.part.on.text() == ""
    planned = done(qtbot, page, visit_commands.plan, visit_form(here.clock))
    page.open(planned)
    settled(qtbot, page)
    press(page, "visitChange")
    settled(qtbot, page)
    before = page.part.organisation.value()
    assert before
    page.part.organisation.clear()
    page.part.leaves.setText("7:30")
    page.open(None)
    page.around.drafts.save_all()
    settled(qtbot, page)
    assert page.table.isVisibleTo(page)
    page.around.drafts._open.clear()
    page.open(planned)
    settled(qtbot, page)
    assert page.part.isVisibleTo(page)
    assert (page.part.organisation.value(), page.part.leaves.value()) == ("", "7:30")
    page.part.organisation.setText(before)
    page.act()
    settled(qtbot, page)
    assert page._visit is not None
    assert page._visit.line.visit.leaves == "7:30"
    assert asked(qtbot, page, drafts.listed) == ()
    press(page, "visitChange")
    settled(qtbot, page)
    page.open(planned)
    settled(qtbot, page)
    assert not page.part.isVisibleTo(page), "a form that nobody typed in does not come back"


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_what_was_read_is_saved_as_a_file(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], tmp_path: Path, form: str
) -> None:
    page = Lessons(surroundings(look))
    shown(qtbot, page)
    path = tmp_path / f"lessons.{form}"
    page.save_to(path)
    settled(qtbot, page)
    assert not path.exists(), "nothing was read yet"

    lesson = done(qtbot, page, lessons.note, LessonForm("LESSON", "DIS", "1", "Ask women apart"))
    done(qtbot, page, lessons.share, lesson.id)
    done(qtbot, page, lessons.note, LessonForm("LESSON", "DIS", "1", "Not read yet"))
    page.save_to(path)
    settled(qtbot, page)
    assert path.stat().st_size > 0
    assert path.name in named(page, "stripSentence").property("text")
    if form == "csv":
        text = path.read_text(encoding="utf-8-sig")
        assert "Ask women apart" in text
        assert "Not read yet" not in text
    page.save_to(path.with_suffix(".exe"))
    assert not path.with_suffix(".exe").exists()


def test_a_lesson_is_read_before_it_is_shared(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    page = Lessons(surroundings(look))
    shown(qtbot, page)
    page.text.setText("Call 0770 123 45 67")
    page.kind.choose("LESSON")
    page.side.choose("DIS")
    page.phase.choose("1")
    page.show_head()
    page.act()
    settled(qtbot, page)
    assert "telephone" in named(page, "stripSentence").property("text")
    page.share.click()
    settled(qtbot, page)
    assert page.states.chosen == "WRITTEN"
    assert page.table.rows.rowCount() == 1


@pytest.mark.parametrize("part", [SessionsPart, VisitsPart])
def test_the_familys_file_tells_of_both(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], card: IssuedCard,
    part: type[SessionsPart | VisitsPart],
) -> None:  # fmt: skip
    made = part(surroundings(look), card.household)
    qtbot.addWidget(made)
    made.load()
    qtbot.waitUntil(lambda: not made.around.work.busy)
    opens = [one for one in made.findChildren(QPushButton) if one.text() == "Open"]
    assert len(opens) == 1
    opens[0].click()
    went = made.around.go
    assert isinstance(went, Went)
    assert went.places[-1][0] in ("events", "visits")
