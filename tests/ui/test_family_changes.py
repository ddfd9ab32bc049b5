"""Changes in a family through its file: it stops in one step with its receipt, comes back, and is divided."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers import planning
from helpdesk.casework import queries, settling, splitting
from helpdesk.casework.codes import EVENT
from helpdesk.exchange import batches, installing
from helpdesk.households import queries as register
from helpdesk.journey.cases import queries as cases
from tests.casework.families import large_family, split_form
from tests.entitled import give_case
from tests.journey.conftest import hands
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme
from tests.ui.conftest import named
from tests.ui.real_desk import settled
from tests.ui.test_family_journeys import both
from tests.ui.test_family_way import Opened, opened
from ui.forms.casework_homes import HomesPart, OverPart, PayeePart
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


def test_somebody_goes_over_into_another_family(qtbot: QtBot, both: Look, opened: Opened, hands: Hands) -> None:
    household, (mother, *_) = large_family(hands.as_("supervisor"))
    other, _ = large_family(hands.desk)
    number = hands.desk.ask(register.family_file, other).household.number
    page = opened(both, household)
    part = changes(qtbot, page)
    press(part, both.words("Somebody goes over into another family"))
    asking = asked(qtbot, page, OtherNumberPart)
    assert isinstance(asking, OtherNumberPart)
    asking.number.setText(number)
    save(qtbot, page, opened)
    piece = asked(qtbot, page, OverPart)
    assert isinstance(piece, OverPart)
    piece.who.choose(mother)
    piece.who.picked.emit(mother)
    piece.what.choose("JOINED")
    piece.relation.choose("OREL")
    assert [one.where for one in piece.missing()] == [piece.head, piece.principal]
    heirs = [one for one in register_members(hands, household) if one != mother]
    piece.head.choose(heirs[0])
    piece.principal.choose(heirs[0])
    picture(page, piece, f"over-{both.words.language}")
    save(qtbot, page, opened)
    assert mother in register_members(hands, other)
    assert mother not in register_members(hands, household)
    assert hands.desk.ask(register.family_file, household).household.head == heirs[0]


def register_members(hands: Hands, household: str) -> tuple[str, ...]:
    members: tuple[str, ...] = hands.desk.ask(register.family_file, household).household.members
    return members


def test_an_unpaid_voucher_gets_another_payee(qtbot: QtBot, both: Look, opened: Opened, hands: Hands) -> None:
    household, (mother, father, *_) = large_family(hands.as_("clerk"))
    point = hands.desk.bundle.desk.pay_points[0].number if hands.desk.bundle else 0
    hands.desk.do(give_case, household)
    hands.desk.do(planning.plan, household, "DEP", point)
    page = opened(both, household)
    part = page.column.part("voucherCard")
    assert part is not None
    part.load()
    settled(qtbot, page)
    named(part, "voucherCard.line0").click()
    piece = asked(qtbot, page, PayeePart)
    assert isinstance(piece, PayeePart)
    assert piece.who.findData(mother) < 0, "who was to be paid is not offered again"
    assert piece.missing()
    piece.who.choose(father)
    picture(page, piece, f"payee-{both.words.language}")
    save(qtbot, page, opened)
    states = [one.state for one in hands.desk.ask(voucher_lines.of_household, household)]
    assert sorted(states) == ["PLANNED", "VOID"]
    hands.as_("clerk")
    clerks = opened(both, household, "clerk")
    assert clerks.findChild(QWidget, "voucherCard.line0") is None


def hand_over(programme: Programme, hands: Hands) -> None:
    desk = hands.as_("supervisor")
    written = batches.export(desk, desk.folder, programme.stick)
    programme.at("two", "supervisor", lambda other: installing.install(other, written.path))


def test_a_supervisor_says_who_belongs_where(
    qtbot: QtBot, both: Look, programme: Programme, opened: Opened, hands: Hands
) -> None:
    household, (_, father, _, _, brother) = large_family(hands.as_("clerk"))
    hand_over(programme, hands)
    hands.as_("supervisor").do(splitting.split, household, split_form((brother, father)))
    away = programme.at(
        "two", "supervisor", lambda desk: desk.do(splitting.split, household, split_form((brother,))).moving.household
    )
    written = programme.export("two")
    installing.install(hands.as_("supervisor"), written.path)
    page = opened(both, household)
    part = changes(qtbot, page)
    press(part, both.words("Say who belongs where"))
    settled(qtbot, page)
    piece = asked(qtbot, page, HomesPart)
    assert isinstance(piece, HomesPart)
    assert set(piece.boxes) == {brother, father}
    assert piece.missing()
    for box in piece.boxes.values():
        box.choose(away)
        box.picked.emit(away)
    picture(page, piece, f"homes-{both.words.language}")
    assert piece.missing() == []
    save(qtbot, page, opened)
    assert hands.desk.ask(settling.doubts) == ()
    assert set(register_members(hands, away)) == {brother, father}
