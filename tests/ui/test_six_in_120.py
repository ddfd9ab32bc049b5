"""A family of six, from the consent to the barriers, in at most 120 key presses beside the letters of names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpdesk.core.language import Words
from helpdesk.desk.commands import View
from helpdesk.households import queries
from tests.programme import Programme
from tests.ui.conftest import Listener
from tests.ui.real_desk import Fingers, around_of, settled, shown, work_at
from ui.pages.new_family import NewFamily
from ui.theme import Look, dress
from ui.work import Work

MOST = 120
ARABIC = {
    "head": (
        "\u0623\u062d\u0645\u062f",
        "\u0645\u062d\u0645\u062f",
        "\u0639\u0644\u064a",
        "\u0627\u0644\u062c\u0628\u0648\u0631\u064a",
    ),
    "wife": (
        "\u0641\u0627\u0637\u0645\u0629",
        "\u062d\u0633\u0646",
        "\u0639\u0628\u062f \u0627\u0644\u0644\u0647",
        "\u0627\u0644\u062f\u0644\u064a\u0645\u064a",
    ),
    "children": (
        "\u0639\u0644\u064a",
        "\u0632\u064a\u0646\u0628",
        "\u062d\u0633\u064a\u0646",
        "\u0645\u0631\u064a\u0645",
    ),
    "origin": "\u0633\u0646\u062c\u0627\u0631",
    "site": "\u062d\u0633\u0646 \u0634\u0627\u0645",
}  # fmt: skip
ENGLISH = {
    "head": ("Ahmed", "Mohammed", "Ali", "Aljuburi"),
    "wife": ("Fatima", "Hassan", "Abdullah", "Aldulaimi"),
    "children": ("Ali", "Zainab", "Hussein", "Maryam"),
    "origin": "Sinjar",
    "site": "Hasansham",
}


@pytest.fixture
def work(qtbot: QtBot, programme: Programme) -> Iterator[Work]:
    with work_at(qtbot, programme) as made:
        yield made


def type_family(qtbot: QtBot, fingers: Fingers, names: dict[str, tuple[str, ...] | str]) -> None:
    """Everything a clerk types for six people in a camp who wish to return."""
    consent_and_group(fingers)
    roster(fingers, names)
    fingers.enter(2)  # the card is in the head's name; nobody else comes with it
    fingers.digits("07701234567")
    fingers.enter()  # no second phone
    fingers.enter()  # nobody else is named
    place(qtbot, fingers, str(names["site"]))
    fingers.enter()  # no tent number
    place(qtbot, fingers, str(names["origin"]))
    fingers.enter()  # no village
    fingers.digits("2014")
    fingers.digits("1")  # they want to return
    fingers.enter()  # to where they come from: offered
    fingers.digits("1")  # now
    fingers.digits("1")  # their own free choice
    fingers.digits("12")  # house and work stand in the way
    fingers.enter()  # no other reason
    fingers.enter(2)  # the two sealed groups


def consent_and_group(fingers: Fingers) -> None:
    fingers.enter()  # the text is in the window's language
    fingers.key(Qt.Key.Key_Space)
    fingers.enter()
    fingers.digits("1")  # they agree
    fingers.digits("1")  # signed
    assert fingers.at() == "population.CAMP"
    fingers.digits("1")
    fingers.digits("1")
    fingers.digits("1")


def roster(fingers: Fingers, names: dict[str, tuple[str, ...] | str]) -> None:
    fingers.digits("6")
    for sex, person, age in (("2", "head", "40"), ("1", "wife", "35")):
        for part in names[person]:
            fingers.name(part)
        fingers.digits(sex)
        fingers.digits(age)
        fingers.enter() if person == "head" else fingers.digits("2")
    for place_in_family, given in enumerate(names["children"]):
        fingers.name(given)
        assert fingers.at().endswith(".sex")
        fingers.digits("2" if place_in_family % 2 == 0 else "1")
        fingers.digits(str(15 - 3 * place_in_family).zfill(2))
        fingers.digits("3")
    fingers.enter()  # an empty line ends the list
    assert fingers.at() == "principal"


def place(qtbot: QtBot, fingers: Fingers, name: str) -> None:
    fingers.name(name, enter=False)
    picker = fingers.page.focusWidget().parentWidget()
    qtbot.waitUntil(lambda: picker.list.isVisibleTo(fingers.page))  # type: ignore[attr-defined]
    fingers.enter()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_family_of_six(qtbot: QtBot, qapp: QApplication, programme: Programme, work: Work, language: str) -> None:
    look = Look(Words(language))
    dress(qapp, look)
    page = NewFamily(around_of(work, programme, look))
    shown(qtbot, page)
    fingers = Fingers(page)
    type_family(qtbot, fingers, ENGLISH if language == "en" else ARABIC)
    assert page.form.missing() == []
    page.act()  # Ctrl+Enter, sent by the window
    fingers.presses += 1
    settled(qtbot, page)
    print(f"{language}: {fingers.presses} key presses, {fingers.letters} letters of names")
    assert fingers.presses <= MOST, f"{fingers.presses} key presses"
    found: list[queries.HouseholdFile] = []
    work.read(Listener(), only_family, then=found.append)
    settled(qtbot, page)
    (file,) = found
    assert [person.relation for person in file.persons.values()] == ["HEAD", "SPOUSE", *["CHILD"] * 4]
    child = list(file.persons.values())[2]
    given, father, _, family = names_of(file)
    assert (child.father_name, child.grandfather_name, child.family_name) == (given, father, family)
    assert file.barriers[0].items[0].code == "C1HOU"
    assert file.intentions[0].destination == file.displacement.origin


def only_family(view: View) -> queries.HouseholdFile:
    (household,) = queries.household_ids(view)
    return queries.family_file(view, household)


def names_of(file: queries.HouseholdFile) -> tuple[str, str, str, str]:
    head = file.persons[file.household.head]
    return head.given_name, head.father_name, head.grandfather_name or "", head.family_name
