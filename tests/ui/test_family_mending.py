"""A family's file mends what was written wrongly: how to reach it, who holds the card, who was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from helpdesk.core.errors import Refusal
from helpdesk.households import cards, queries
from helpdesk.households.documents import Phone
from tests.ui.conftest import Listener, named
from tests.ui.real_desk import Fingers, settled
from tests.ui.test_family_journeys import ask, both, open_page, registered, went, work
from ui.forms.mending import ForgottenPart, HolderPart, ReachPart
from ui.pages.family_file import FamilyFile
from ui.theme import Look
from ui.work import Work

__all__ = ["ask", "both", "open_page", "registered", "work"]

Open = Callable[..., Any]
Ask = Callable[..., Any]


def press(page: FamilyFile, name: str) -> None:
    named(page, name).setFocus()
    Fingers(page).enter()


def test_a_phone_is_corrected_and_everything_else_stays(
    qtbot: QtBot, both: Look, registered: str, open_page: Open, ask: Ask
) -> None:
    page = open_page(FamilyFile, both, registered)
    before = page.file.household
    press(page, "mendReach")
    part = page.typing.asking.part
    assert isinstance(part, ReachPart)
    assert part.correction().site == before.site
    assert part.correction().phones == before.phones
    part.phones[0].setFocus()
    part.phones[0].selectAll()
    Fingers(page).digits("07709876543", enter=False)
    page.act()
    settled(qtbot, page)
    after = ask(queries.family_file, registered).household
    assert after.phones[0] == Phone("+9647709876543")
    assert (after.site, after.shelter, after.principal, after.members) == (
        before.site, before.shelter, before.principal, before.members
    )  # fmt: skip


def test_a_refusal_of_a_correction_is_said_at_its_field(look: Look, registered: str, open_page: Open) -> None:
    page = open_page(FamilyFile, look, registered)
    press(page, "mendReach")
    assert page.typing.refused(Refusal("site.needed"))
    assert page.typing.asking.part.fields["site"].below.text() == look.words.sentence(Refusal("site.needed"))


def test_another_holder_makes_the_card_old(
    qtbot: QtBot, both: Look, registered: str, open_page: Open, ask: Ask, work: Work
) -> None:
    work.write(Listener(), cards.issue, (registered,), "FIRST")
    page = open_page(FamilyFile, both, registered)
    press(page, "people.act1")
    part = page.typing.asking.part
    assert isinstance(part, HolderPart)
    holder = part.principal.chosen
    other = next(one for one in page.file.persons if one != holder)
    part.alternate.choose(None)
    part.principal.choose(other)
    part.principal.picked.emit(other)
    page.act()
    settled(qtbot, page)
    assert ask(queries.family_file, registered).household.principal == other
    press(page, "stripWayOn")
    assert named(page, "newCard").isVisibleTo(page)


def test_the_same_person_is_not_holder_and_alternate(look: Look, registered: str, open_page: Open) -> None:
    page = open_page(FamilyFile, look, registered)
    press(page, "people.act1")
    part = page.typing.asking.part
    part.alternate.choose(part.principal.chosen)
    page.show_head()
    assert page.main_action().missing


def test_a_forgotten_child_is_added_by_keys(
    qtbot: QtBot, both: Look, registered: str, open_page: Open, ask: Ask
) -> None:
    page = open_page(FamilyFile, both, registered)
    count = len(page.file.persons)
    press(page, "people.act0")
    part = page.typing.asking.part
    assert isinstance(part, ForgottenPart)
    fingers = Fingers(page)
    assert fingers.at() == "member.0.given"
    fingers.name("Maryam")
    part.line.sex.setFocus()
    fingers.digits("1", enter=False)
    part.line.birth.setFocus()
    fingers.digits("7", enter=False)
    part.line.relation.setFocus()
    fingers.digits("3", enter=False)
    head = page.file.persons[page.file.household.head]
    assert (part.line.name("father") == head.given_name) is (head.sex == "M")
    page.act()
    settled(qtbot, page)
    people = ask(queries.family_file, registered).persons
    assert len(people) == count + 1
    assert list(people.values())[-1].given_name == "Maryam"


def test_what_is_refused_of_a_forgotten_person_is_said_at_the_line(
    look: Look, registered: str, open_page: Open
) -> None:
    page = open_page(FamilyFile, look, registered)
    press(page, "people.act0")
    assert page.typing.refused(Refusal("roster.head", line=1))
    assert page.typing.asking.part.line.note.text() == look.words.sentence(Refusal("roster.head", line=1))
    assert went(page) == []
