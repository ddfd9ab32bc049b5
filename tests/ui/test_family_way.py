"""The way of a family in its file: what is missing, each thing done where its link leads, and the next right step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.households import cards, commands
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries
from helpdesk.journey.cases.documents import Missing
from tests.journey.conftest import hands
from tests.journey.ready import Hands, preparing_family, reconfirm, returning_form
from tests.programme import Programme
from tests.ui.conftest import Listener, named
from tests.ui.real_desk import around_of, settled, shown
from tests.ui.test_family_journeys import both
from ui.forms.journey_words import lack_told, lacks
from ui.pages.family_file import FamilyFile
from ui.plan import FILE_LEAD, FILE_PARTS
from ui.theme import Look
from ui.work import Work

__all__ = ["both", "hands"]


class Opened:
    """A file over the hands' own desk, with whoever sits there."""

    def __init__(self, qtbot: QtBot, programme: Programme, hands: Hands, work: Work) -> None:
        self._qtbot, self._programme, self._hands, self._work = qtbot, programme, hands, work

    def __call__(self, look: Look, household: str, name: str = "supervisor") -> FamilyFile:
        self._hands.as_(name)
        page = FamilyFile(around_of(self._work, self._programme, look, name), FILE_PARTS, FILE_LEAD)
        shown(self._qtbot, page, household)
        self.settle(page)
        return page

    def settle(self, page: FamilyFile) -> None:
        settled(self._qtbot, page)
        self._qtbot.waitUntil(lambda: page.lead.part("journeyCard").standing is not None, timeout=10_000)
        self._qtbot.wait(60)
        settled(self._qtbot, page)


@pytest.fixture
def opened(qtbot: QtBot, programme: Programme, hands: Hands) -> Iterator[Opened]:
    work = Work()
    desk = hands.desk
    close = desk.close
    desk.close = lambda: None
    with qtbot.waitSignal(work.idle, timeout=20_000):
        work.open(Listener(), lambda: desk)
    yield Opened(qtbot, programme, hands, work)
    assert work.close()
    desk.close = close


def family(hands: Hands, without: Iterable[str] = ()) -> str:
    return preparing_family(hands.as_("supervisor"), without)


def press(page: FamilyFile, name: str) -> None:
    button = named(page, name)
    assert isinstance(button, QPushButton), name
    button.click()


def lacking(page: FamilyFile) -> list[str]:
    return [w.objectName()[5:] for w in page.lead.findChildren(QWidget) if w.objectName().startswith("lack.")]


def test_what_is_missing_stands_above_and_leads_to_where_it_is_done(
    opened: Opened, hands: Hands, look: Look, qtbot: QtBot
) -> None:
    household = family(hands, ("H4", "H8"))
    page = opened(look, household)
    assert lacking(page) == ["H4", "H5", "H8"]
    sentence = named(page, "waySentence").text()
    assert sentence == look.words.plural(
        "{n} thing is missing before Ready:", "{n} things are missing before Ready:", 3
    )
    press(page, "lack.H4")
    assert page.typing.asking.part.items.ticked == ("HLPCOMP", "NUMBERS")
    page.act()
    opened.settle(page)
    assert lacking(page) == ["H8"]
    press(page, "lack.H8")
    assert page.main_action().missing
    page.typing.asking.part.items.tick(("TIME", "ROUTE", "GRANT", "ASSETS", "CONTACTS", "ERW", "STOP"))
    page.act()
    opened.settle(page)
    assert lacking(page) == []
    assert hands.desk.ask(queries.standing_of, household).blocking == ()


def test_each_adult_is_asked_alone_and_the_screen_says_the_same_whatever_was_answered(
    opened: Opened, hands: Hands, look: Look
) -> None:
    said = []
    for answer, forced in (("Y", "N"), ("N", "Y")):
        household = family(hands, ("H7",))
        page = opened(look, household, "clerk")
        assert lacking(page) == ["H7"]
        for _ in range(2):
            press(page, "lack.H7")
            piece = page.typing.asking.part
            assert not piece.inner.isVisibleTo(page)
            assert page.main_action().missing
            piece.alone.setChecked(True)
            piece.choice.button("RET").click()
            piece.toggle.click()
            assert piece.inner.isVisibleTo(page)
            piece.free.button(answer).click()
            piece.forced.button(forced).click()
            piece._timer.timeout.emit()
            assert not piece.inner.isVisibleTo(page)
            page.act()
            opened.settle(page)
            said.append(named(page, "stripSentence").text())
        words = [w.property("text") for w in page.findChildren(QWidget) if w.property("text")]
        telling = [look.words.sentence(Refusal(code)) for code in ("gate.h7_forced", "gate.h7_free")]
        assert not any(sentence in str(text) for sentence in telling for text in words)
        standing = hands.desk.ask(queries.standing_of, household)
        assert bool(standing.blocking) is (answer == "N")
        page.hide()
    assert len(set(said)) == 1


def test_a_refusal_of_the_gate_says_nothing_of_what_an_adult_answered_alone(
    opened: Opened, hands: Hands, look: Look
) -> None:
    household = family(hands, ("H7",))
    reconfirm(hands.as_("clerk"), household, free_to_choose="N", forced=True)
    page = opened(look, household)
    page.lead.part("journeyCard")._declare()
    opened.settle(page)
    assert named(page, "stripSentence").text() == look.words.sentence(Refusal("gate.h7"))


def test_ready_is_one_key_away_for_the_supervisor_and_has_its_reason_for_the_clerk(
    opened: Opened, hands: Hands, both: Look, qtbot: QtBot
) -> None:
    household = family(hands)
    page = opened(both, household, "clerk")
    page.act()  # the first card; then the way is what comes next
    opened.settle(page)
    assert page.main_action().missing == both.words("A supervisor declares a family ready.")
    page.hide()
    page = opened(both, household)
    assert page.main_action().missing == ""
    page.act()
    opened.settle(page)
    assert hands.desk.ask(queries.standing_of, household).state == "READY"
    assert page.main_action().text == both.words("Plan a day and a seat")


def test_preparing_begins_from_the_file(opened: Opened, hands: Hands, look: Look) -> None:
    form = returning_form(hands.desk.clock)
    desk = hands.as_("clerk")
    desk.do(commands.register, form)
    desk.do(cards.issue, (form.household_id,), "FIRST")
    page = opened(look, form.household_id, "clerk")
    assert page.main_action().text == look.words("Begin to prepare")
    page.act()
    opened.settle(page)
    assert hands.desk.ask(queries.standing_of, form.household_id).state == "PREPARING"
    assert set(lacking(page)) >= {"H1", "H2", "H6", "H7", "CENTRE"}


def test_papers_of_the_way_are_offered_by_f6(opened: Opened, hands: Hands, look: Look) -> None:
    page = opened(look, family(hands, ("H8",)))
    page.print_pressed()
    entries = [act.text() for act in page.papers.actions()]
    assert any(look.words("Readiness checklist") in text for text in entries)
    for text in (look.words("Readiness checklist"), look.words("What happens next"), look.words("Why not yet")):
        next(act for act in page.papers.actions() if text in act.text()).trigger()
        name, paper = page.around.go.places[-1]
        assert (name, paper.title) == ("paper", text)
        assert paper.pdf.startswith(b"%PDF")
    page.papers.close()


def test_a_waiver_takes_two_people(opened: Opened, hands: Hands, look: Look) -> None:
    household = family(hands, ("H8",))
    page = opened(look, household)
    press(page, "waive.H8")
    page.typing.asking.part.reason.setText("No staff could reach the informal site")
    page.typing.asking.part.reason.typed.emit("No staff could reach the informal site")
    page.act()
    opened.settle(page)
    assert lacking(page) == ["H8"]
    page.hide()
    page = opened(look, household, "other")
    page.jump("case")
    opened.settle(page)
    press(page, "waivers.line0")
    opened.settle(page)
    assert lacking(page) == []


def test_waiting_staying_and_leaving_alone_are_acts_of_the_case(opened: Opened, hands: Hands, look: Look) -> None:
    household = family(hands)
    page = opened(look, household)
    page.jump("case")
    opened.settle(page)
    press(page, "caseFacts.act0")
    page.typing.asking.part.code.button("ILLNESS").click()
    page.act()
    opened.settle(page)
    assert named(page, "besideTheWay").isVisibleTo(page)
    assert hands.desk.ask(queries.standing_of, household).state == "HOLD"
    hands.as_("supervisor").do(cases.resume, household)
    opened.settle(page)
    assert not named(page, "besideTheWay").isVisibleTo(page)


@pytest.mark.parametrize("why", ["NOT_FREE", "FORCED", "NOT_ALONE", "OTHER_CHOICE", "EXPIRED", "NOT_DONE"])
def test_a_line_never_says_why_somebodys_own_word_is_missing(why: str) -> None:
    words = Words("en")
    (lack,) = lacks([Missing("H7", why, "p")])
    (plain,) = lacks([Missing("H7", "NOT_DONE", "p")])
    assert lack_told(words, lack, {"p": "Sara"}) == lack_told(words, plain, {"p": "Sara"})
