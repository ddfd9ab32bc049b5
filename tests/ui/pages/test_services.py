"""Services and referrals in the window: the directory and its slip, community services, worklists, a family's parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services import commands as services
from helpdesk.assistance.services import queries
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import Role
from helpdesk.households.queries import family_file
from helpdesk.opening import Desk
from tests.assistance.test_services import DISTRICT, delivery, offer
from tests.journey.arrived import SHARING
from tests.people import practice_form
from tests.programme import Programme
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import around_of, settled, shown, work_at
from ui.forms.file_beside import Asking, beside
from ui.forms.file_part import Family, FilePart
from ui.forms.file_services import ReferralsPart, ServicesPart
from ui.forms.places import Places
from ui.pages.services import DIRECTORY, GIVEN, PROVIDERS, REFERRED, Services
from ui.printing import Paper
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.place_picker import PlacePicked
from ui.work import Work

FAMILY = "019a0000-0000-7000-8000-00000000d001"


@pytest.fixture(scope="module")
def full_programme(ready_programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """A line of the directory, a family with a service, a referral that waits, and one that no list shows."""
    full = ready_programme.copied(tmp_path_factory.mktemp("full"))
    full.register(form=practice_form(full.clock, 1, household_id=FAMILY))

    def serve(desk: Desk) -> None:
        desk.do(services.keep_offer, offer())
        desk.do(services.deliver, delivery(FAMILY))
        for sector in ("HEALTH", "PROT"):
            one = desk.do(referrals.open_, ReferralForm(FAMILY, sector, "Help", "ROUT", "A clinic"))
            desk.do(referrals.send, one, ("NAME",), SHARING)

    full.at("one", "supervisor", serve)
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


class TestDirectory(PageContract):
    def make(self, around: Surroundings) -> Services:
        return Services(around)


class TestReferred(PageContract):
    full = REFERRED

    def make(self, around: Surroundings) -> Services:
        return Services(around)


@pytest.fixture
def page(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> Services:
    page = Services(surroundings(look))
    shown(qtbot, page)
    return page


def went(around: Surroundings) -> list[tuple[str, Any]]:
    return around.go.places


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_the_list_of_services_is_printed_and_nothing_is_written(qtbot: QtBot, page: Services, here: Programme) -> None:
    written: list[frozenset[str]] = []
    page.around.work.changed.connect(written.append)
    assert page.tables[DIRECTORY].rows.rowCount() == 1
    page.act()
    settled(qtbot, page)
    place, paper = went(page.around)[-1]
    assert place == "paper"
    assert isinstance(paper, Paper)
    assert written == []


def test_a_line_is_added_and_found_for_its_place(qtbot: QtBot, page: Services) -> None:
    page.add_offer.click()
    part: Any = page._asking.part
    assert page.main_action().missing
    part.place.show_value(PlacePicked(DISTRICT), "a district")
    part.sector.choose("LEGAL")
    part.provider.setText("Lawyers")
    part.what.setText("Advice")
    page.act()
    settled(qtbot, page)
    assert page.tables[DIRECTORY].rows.rowCount() == 2


def test_what_a_community_was_given(qtbot: QtBot, page: Services) -> None:
    page.open(GIVEN)
    settled(qtbot, page)
    assert page.tables[GIVEN].rows.rowCount() == 1
    page.given.click()
    part: Any = page._asking.part
    part.item.choose("BS1")
    part.item.picked.emit("BS1")
    part.detail.choose("SCHOOL")
    part.provider.setText("Builders")
    part.place.show_value(PlacePicked(DISTRICT), "a district")
    part.completed.setText("20.11.2026")
    page.act()
    settled(qtbot, page)
    assert page.tables[GIVEN].rows.rowCount() == 2


def test_the_weeks_strokes(qtbot: QtBot, page: Services) -> None:
    page.open(GIVEN)
    settled(qtbot, page)
    page.strokes.click()
    part: Any = page._asking.part
    assert page.main_action().missing
    part.women.setText("2")
    page.act()
    settled(qtbot, page)
    assert page._asking is None


def test_worklists_and_providers_leave_protection_out(qtbot: QtBot, page: Services) -> None:
    page.open("WAITING")
    settled(qtbot, page)
    table = page.tables[REFERRED]
    assert table.rows.rowCount() == 1
    table.opened.emit(table.rows.id_at(0))
    settled(qtbot, page)
    assert went(page.around)[-1] == ("family", FAMILY)
    page.lists.button(PROVIDERS).click()
    settled(qtbot, page)
    assert page.tables[PROVIDERS].rows.rowCount() == 1


def loaded(qtbot: QtBot, part: FilePart) -> list[Asking]:
    """A part with its family read; what it asks for is collected."""
    qtbot.addWidget(part)
    asked: list[Asking] = []
    part.asked.connect(asked.append)
    told: list[Any] = []
    part.read(family_file, FAMILY, then=told.append)
    part.read(beside, FAMILY, then=told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
    places = Places(part.look, load_gazetteer)
    part.know(Family(told[0], told[1], places))
    part.load()
    qtbot.waitUntil(lambda: not part.around.work.busy, timeout=20_000)
    return asked


def test_a_familys_referrals_go_on_step_by_step(
    qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]
) -> None:
    part = ReferralsPart(surroundings(look), FAMILY)
    asked = loaded(qtbot, part)
    said = texts(part)
    assert part.words.label("sector", "HEALTH") in said
    assert part.words.label("sector", "PROT") not in said
    part.closed.toggle.click()
    assert part.words.label("sector", "PROT") in texts(part)
    part._ask_open()
    made: Any = asked[-1].part
    made.sector.choose("HEALTH")
    made.sector.picked.emit("HEALTH")
    assert made.offer.count() == 2
    made.offer.choose(made.offer.itemData(1))
    made.need.setText("A doctor")
    made.urgency.button("24H").click()
    assert made.missing() == []
    command, *arguments = asked[-1].acts()
    part.write(command, *arguments)
    part.refresh()
    qtbot.waitUntil(lambda: not part.around.work.busy, timeout=20_000)
    assert part._shown is not None
    drafts = [(one, r) for one, r in part._shown.referrals if r.status == "DRAFT"]
    assert [r.provider for _, r in drafts] == ["A clinic"]
    part._ask_send(*drafts[0])
    sending: Any = asked[-1].part
    sending.shared.button("NEED").click()
    sending.consent.answer.button("REFUSED").click()
    command, *arguments = asked[-1].acts()
    part.write(command, *arguments)
    part.refresh()
    qtbot.waitUntil(lambda: not part.around.work.busy, timeout=20_000)
    assert dict(part._shown.referrals)[drafts[0][0]].end == "OWNWAY"
    part._print(drafts[0][0])
    qtbot.waitUntil(lambda: not part.around.work.busy, timeout=20_000)
    assert went(part.around)[-1][0] == "paper"


def test_a_familys_services_go_on(qtbot: QtBot, look: Look, surroundings: Callable[..., Surroundings]) -> None:
    part = ServicesPart(surroundings(look), FAMILY)
    asked = loaded(qtbot, part)
    found: list[Any] = []
    part.read(queries.deliveries_of, FAMILY, then=found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    part._ask_progress(*found[0][0])
    made: Any = asked[-1].part
    made.completed.setText("20.11.2026")
    command, *arguments = asked[-1].acts()
    part.write(command, *arguments)
    part.refresh()
    qtbot.waitUntil(lambda: not part.around.work.busy, timeout=20_000)
    assert part.words.label("service_status", "COMPLETED") in texts(part)
    part._ask_delivery()
    assert asked[-1].part.missing()
