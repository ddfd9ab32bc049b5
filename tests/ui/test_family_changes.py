"""Changes in a family through its file: it stops in one step with its receipt, comes back, and is divided."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.casework import queries, splitting
from helpdesk.casework.codes import EVENT
from helpdesk.households import queries as register
from helpdesk.journey.cases import queries as cases
from tests.casework.families import large_family, split_form
from tests.journey.conftest import hands
from tests.journey.ready import Hands, preparing_family
from tests.ui.real_desk import settled
from tests.ui.test_family_journeys import both
from tests.ui.test_family_way import Opened, opened
from ui.forms.casework_pairs import ChildrenPart, OtherNumberPart, PairsPart
from ui.forms.casework_pieces import GonePart, SplitPart, StopPart
from ui.forms.file_casework import ChangesPart
from ui.forms.part import Part
from ui.pages.family_file import FamilyFile
from ui.theme import Look

__all__ = ["both", "hands", "opened"]

SHOTS = os.environ.get("HELPDESK_SHOTS")


def changes(qtbot: QtBot, page: FamilyFile) -> ChangesPart:
    part = page.column.part("changes")
    assert isinstance(part, ChangesPart)
    part.load()
    qtbot.waitUntil(lambda: part._changes is not None, timeout=10_000)
    settled(qtbot, page)
    return part


def press(part: ChangesPart, text: str) -> None:
    found = [one for one in part.findChildren(QPushButton) if one.text().replace("&", "") == text]
    assert found, text
    found[0].click()


def asked(qtbot: QtBot, page: FamilyFile, kind: type[Part]) -> Part:
    settled(qtbot, page)
    (piece,) = page.findChildren(kind)
    return piece


def picture(page: FamilyFile, part: QWidget, name: str) -> None:
    if SHOTS:
        page.resize(1198, 1100)
        page._scroll.ensureWidgetVisible(part)
        page.grab().save(str(Path(SHOTS) / f"{name}.png"))


def save(qtbot: QtBot, page: FamilyFile, opened: Opened) -> None:
    action = page.main_action()
    assert action is not None
    page._save()
    opened.settle(page)


def test_a_family_stops_in_one_step_and_comes_back(qtbot: QtBot, both: Look, opened: Opened, hands: Hands) -> None:
    household = preparing_family(hands.as_("supervisor"))
    page = opened(both, household, "clerk")
    part = changes(qtbot, page)
    press(part, both.words("They do not want to move now"))
    piece = asked(qtbot, page, StopPart)
    assert isinstance(piece, StopPart)
    assert [one.where for one in piece.missing()] == [piece.reached]
    piece.reached.choose("PRESENT")
    assert [one.where for one in piece.missing()] == [piece.witness]
    piece.witness.setText("Umm Ali")
    picture(page, piece, f"stop-{both.words.language}")
    save(qtbot, page, opened)
    assert hands.desk.ask(cases.standing_of, household).state == "WITHDRAWN"
    name, paper = page.around.go.places[-1]
    assert name == "paper"
    assert paper.pdf.startswith(b"%PDF")
    assert part.state.isVisibleTo(page)
    picture(page, part, f"stopped-{both.words.language}")
    press(part, both.words("Take the withdrawal back"))
    opened.settle(page)
    assert hands.desk.ask(cases.standing_of, household).state == "PREPARING"


def test_the_death_of_the_head_asks_who_follows(qtbot: QtBot, both: Look, opened: Opened, hands: Hands) -> None:
    household, (mother, father, *_) = large_family(hands.as_("supervisor"))
    page = opened(both, household, "clerk")
    part = changes(qtbot, page)
    press(part, both.words("Somebody is gone"))
    piece = asked(qtbot, page, GonePart)
    assert isinstance(piece, GonePart)
    piece.who.choose(mother)
    piece.who.picked.emit(mother)
    piece.what.choose("DEATH")
    assert [one.where for one in piece.missing()] == [piece.head]
    piece.head.choose(father)
    piece.principal.choose(father)
    picture(page, piece, f"gone-{both.words.language}")
    save(qtbot, page, opened)
    (event,) = hands.desk.ask(queries.events_of, household)
    assert event.what == "DEATH"
    lines = [one.text() for one in part.events.findChildren(QLabel)]
    assert any(both.words.label(EVENT.name, "DEATH") in line for line in lines)


def test_a_supervisor_divides_a_family(qtbot: QtBot, both: Look, opened: Opened, hands: Hands) -> None:
    household, (*_, brother) = large_family(hands.as_("supervisor"))
    page = opened(both, household)
    part = changes(qtbot, page)
    press(part, both.words("Divide the family"))
    piece = asked(qtbot, page, SplitPart)
    assert isinstance(piece, SplitPart)
    piece.movers.tick((brother,))
    piece.head.choose(brother)
    piece.contact.setText("Sami, the market")
    assert [one.where for one in piece.missing()] == [piece.consent.answer]
    piece.consent.answer.choose("GIVEN")
    piece.consent.form.choose("SIGN")
    assert piece.missing() == []
    picture(page, piece, f"split-{both.words.language}")
    save(qtbot, page, opened)
    assert [one.what for one in hands.desk.ask(queries.events_of, household)] == ["SPLIT"]
    assert page.around.go.places[-1][0] == "paper"
    picture(page, part, f"divided-{both.words.language}")


def test_a_clerk_is_not_offered_what_a_supervisor_decides(
    qtbot: QtBot, both: Look, opened: Opened, hands: Hands
) -> None:
    household, _ = large_family(hands.as_("supervisor"))
    page = opened(both, household, "clerk")
    part = changes(qtbot, page)
    texts = {one.text() for one in part.findChildren(QPushButton)}
    assert both.words("Divide the family") not in texts
    assert both.words("Close the case") not in texts


def test_two_registrations_of_one_family_are_merged_after_one_question(
    qtbot: QtBot, both: Look, opened: Opened, hands: Hands
) -> None:
    household, (mother, *_) = large_family(hands.as_("supervisor"))
    other, (twin, *_) = large_family(hands.desk)
    number = hands.desk.ask(register.family_file, other).household.number
    page = opened(both, household)
    part = changes(qtbot, page)
    press(part, both.words("Registered twice"))
    asking = asked(qtbot, page, OtherNumberPart)
    assert isinstance(asking, OtherNumberPart)
    asking.number.setText(number)
    save(qtbot, page, opened)
    pairs = asked(qtbot, page, PairsPart)
    assert isinstance(pairs, PairsPart)
    assert pairs.missing()
    pairs.boxes[twin].choose(mother)
    picture(page, pairs, f"pairs-{both.words.language}")
    save(qtbot, page, opened)
    statuses = {hands.desk.ask(register.family_file, one).household.status for one in (household, other)}
    assert statuses == {"REGISTERED", "MERGED"}


def test_children_are_checked_before_they_go(qtbot: QtBot, both: Look, opened: Opened, hands: Hands) -> None:
    household, (_, father, nour, *_) = large_family(hands.as_("supervisor"))
    page = opened(both, household)
    part = changes(qtbot, page)
    press(part, both.words("Children were checked"))
    piece = asked(qtbot, page, ChildrenPart)
    assert isinstance(piece, ChildrenPart)
    piece.minors.tick((nour,))
    piece.adults.tick((father,))
    assert [one.where for one in piece.missing()] == [piece.organisation]
    piece.organisation.setText("Protection partner")
    save(qtbot, page, opened)
    hands.desk.do(splitting.split, household, split_form((father, nour)))
