"""Arrivals in the window: the contract, scanning in, a paper list, handing over, and the part of a family's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from helpdesk.desk.roles import Role
from helpdesk.households import commands
from helpdesk.households.paper_forms import draw
from helpdesk.households.queries import lines
from helpdesk.journey.arrivals.codes import WHICH
from helpdesk.journey.arrivals.documents import Profile, ShelterAnswers
from tests.journey.handed import departed, far_desk
from tests.people import small_form
from tests.programme import Programme
from tests.ui.conftest import Went, named
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, settled, shown, work_at
from ui.forms.arrival_profile import ProfilePart
from ui.forms.arrival_record import ArrivalPart, HandOverPart, PaperArrivalPart
from ui.forms.file_arrival import ArrivalsPart
from ui.forms.file_part import PartPlace
from ui.pages.arrivals import Arrivals
from ui.pages.family_file import FamilyFile
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

Made = tuple[Programme, list[str], list[str]]


@pytest.fixture(scope="module")
def made(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Two families that left the first desk today and a third that only has the day, with their numbers."""
    programme = ready_programme.copied(tmp_path_factory.mktemp("full"))
    far_desk(programme)
    families = departed(programme, 2, late=1)
    found = programme.at("one", "supervisor", lambda desk: desk.ask(lines, families))
    return programme, families, [found[one].number for one in families]


@pytest.fixture
def here(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return made[0].copied(tmp_path_factory.mktemp("here"))


@pytest.fixture
def work(qtbot: QtBot, here: Programme) -> Iterator[Work]:
    with work_at(qtbot, here, "supervisor") as opened:
        yield opened


@pytest.fixture
def surroundings(work: Work, here: Programme) -> Callable[..., Surroundings]:
    def make(look: Look, role: Role = Role.SUPERVISOR) -> Surroundings:
        return around_of(work, here, look, role.value)

    return make


class TestArrivals(PageContract):
    full = "EXPECTED"

    def make(self, around: Surroundings) -> Arrivals:
        return Arrivals(around)


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> Arrivals:
    page = Arrivals(surroundings(look))
    shown(qtbot, page, None)
    return page


def texts(page: Arrivals) -> str:
    said = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))
    return said.translate(dict.fromkeys(range(0x2066, 0x206A)))


def test_scans_count_one_after_the_other(qtbot: QtBot, page: Arrivals, made: Made) -> None:
    _, families, numbers = made
    assert page.table.rows.rowCount() == 2
    page.take_scan(numbers[0])
    settled(qtbot, page)
    assert page.counter.families.text() == "1 family arrived today"
    assert "Still expected: 1 family, 3 people." in texts(page)
    page.take_scan(numbers[0])
    settled(qtbot, page)
    assert page.counter.families.text() == "1 family arrived today"

    # one person comes later, and the family was only reached by phone
    page.which.button("HERE").click()
    settled(qtbot, page)
    page.table.selectRow(0)
    page.buttons["details"].click()
    settled(qtbot, page)
    part = page.part
    assert isinstance(part, ArrivalPart)
    list(part.people.values())[2].button("LATER").click()
    named(page, "arrival.shelter.KIN").click()
    part.kits.setText("1")
    page.act()
    settled(qtbot, page)
    page.which.button("DIFFERENT").click()
    settled(qtbot, page)
    assert [page.table.rows.id_at(row) for row in range(page.table.rows.rowCount())] == [families[0]]
    page.table.selectRow(0)
    page.buttons["slip"].click()
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    assert went.places[-1][0] == "paper"


def test_a_family_nobody_knows_to_have_left(qtbot: QtBot, page: Arrivals, here: Programme) -> None:
    form = small_form(here.clock)
    page.write(commands.register, form)
    settled(qtbot, page)
    page.read(lines, (form.household_id,), then=lambda found: page.take_scan(found[form.household_id].number))
    settled(qtbot, page)
    assert page.counter.families.text() == "0 families arrived today"
    named(page, "stripWayOn").click()
    settled(qtbot, page)
    part = page.part
    assert isinstance(part, ArrivalPart)
    assert "why they came" in page.main_action().missing
    part.unplanned.button("CLOSURE").click()
    page.act()
    settled(qtbot, page)
    assert page.counter.families.text() == "1 family arrived today"


def test_a_paper_list_is_typed_in(qtbot: QtBot, page: Arrivals, made: Made) -> None:
    page.buttons["type_in"].click()
    part = page.part
    assert isinstance(part, PaperArrivalPart)
    assert page.main_action().missing
    part.number.setText(draw(1)[0])
    part.day.setText("21.11.2026")
    for number in made[2][:2]:
        page.take_scan(number)
        settled(qtbot, page)
    page.act()
    settled(qtbot, page)
    assert page.counter.families.text() == "2 families arrived today"
    assert page.part is None


def test_a_list_is_handed_over(qtbot: QtBot, page: Arrivals, made: Made, here: Programme, tmp_path: Path) -> None:
    page.buttons["all"].click()
    settled(qtbot, page)
    part = page.part
    assert isinstance(part, HandOverPart)
    assert page.main_action().missing
    part.desk.button(str(here.numbers["far"])).click()
    page.write_out(tmp_path)
    settled(qtbot, page)
    assert "2 families are handed over to desk" in texts(page)
    assert list(tmp_path.glob("*.fvb"))
    assert page.table.rows.rowCount() == 0
    page.which.button("HANDED_OVER").click()
    settled(qtbot, page)
    assert page.table.rows.rowCount() == 2


@pytest.mark.parametrize("act", ["expected", "names", "lists"])
def test_every_paper_opens(qtbot: QtBot, page: Arrivals, act: str) -> None:
    page.buttons[act].click()
    settled(qtbot, page)
    went = page.around.go
    assert isinstance(went, Went)
    name, paper = went.places[-1]
    assert name == "paper"
    assert paper.pdf.startswith(b"%PDF")


def test_lists_are_those_of_the_code_list(page: Arrivals) -> None:
    assert all(page.which.button(code).text() for code in WHICH)


def test_the_profile_closes_what_is_sealed(qtbot: QtBot, look: Look) -> None:
    part = ProfilePart(look, "a")
    qtbot.addWidget(part)
    part.show()
    assert not part.sealed.ticks.isVisibleTo(part)
    part.sealed.open_or_close()
    part.sealed.ticks.button("SEPARATED").click()
    part.sealed.close_lines()
    assert not part.sealed.ticks.isVisibleTo(part)
    assert part.form().sealed == ("SEPARATED",)


def test_a_familys_file_records_arrival_and_profile(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings], made: Made
) -> None:
    page = FamilyFile(surroundings(look), (PartPlace(ArrivalsPart),))
    shown(qtbot, page, made[1][0])
    part = page.findChild(ArrivalsPart)
    assert part is not None
    part.load()
    settled(qtbot, page)
    named(part, "arrivals.act0").click()
    asked = page.typing.asking.part
    assert isinstance(asked, ArrivalPart)
    assert not asked.is_unplanned
    page.act()
    settled(qtbot, page)
    said = " ".join(one.text() for one in part.findChildren(QLabel))
    assert "Arrived on" in said
    named(part, "arrivals.act1").click()
    asked = page.typing.asking.part
    assert isinstance(asked, ProfilePart)
    assert page.main_action().missing
    named(asked, "profile.tenure.RENT").click()
    page.act()
    settled(qtbot, page)
    assert "Profile of" in " ".join(one.text() for one in part.findChildren(QLabel))
    assert [text for text, _ in part.printable()] == ["Arrival slip"]


def test_a_sealed_answer_is_not_shown_again(qtbot: QtBot, look: Look) -> None:
    before = Profile("a", date(2026, 11, 21), "u", ShelterAnswers(tenure="KIN"))
    part = ProfilePart(look, "a", before)
    qtbot.addWidget(part)
    assert part.form().shelter.tenure == "KIN"
    assert part.form().sealed == ()
