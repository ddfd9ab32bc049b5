"""The story again in the window, by keys alone: families that are ready, leave, wait, stop, divide, or stay.

What happened is then read from the store. What other people do elsewhere (the centre's word, a colleague's day of
preparing) is done by commands.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from helpdesk.casework import queries
from helpdesk.centre import deciding, intake
from helpdesk.exchange import installing
from helpdesk.households import cards
from helpdesk.households.codes import ASKED_VULNERABILITY
from helpdesk.households.documents import PlaceAnswer, SealedAnswers
from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.departures import bulk, planning
from helpdesk.opening import Desk
from helpdesk.vault.keys import ProtectionKey
from tests.casework.families import large_family
from tests.journey.leaving import movement_plan
from tests.journey.ready import declare, preparing_family
from tests.people import head, member, small_form
from tests.programme import Programme
from tests.ui.keyboard import Keyboard, Sit, sit

__all__ = ["sit"]

SIX = (
    head(),
    member("Ali", relation="SPOUSE", sex="M", birth_date=date(1980, 7, 1)),
    *(member(name, "Ali", birth_date=date(born, 7, 1)) for name, born in
      (("Omar", 2011), ("Huda", 2013), ("Sara", 2016), ("Yusuf", 2021))),
)  # fmt: skip
WIDOW = (head(given_name="Zahra", father_name="Hamid"), member("Rim", "Adnan", birth_date=date(2012, 7, 1)))
SEALED = SealedAnswers(barriers=("C3AFF", "C3BLK"), note="told in confidence")


def state(programme: Programme, household: str, folder: str = "one") -> str:
    found: str = programme.at(folder, "clerk", lambda desk: desk.ask(standing_of, household).state)
    return found


def number_of(programme: Programme, household: str, folder: str = "one") -> str:
    return programme.at(folder, "clerk", lambda desk: desk.ask(lines, [household])[household].number)


def a_family(programme: Programme, without: tuple[str, ...] = (), **changes: Any) -> str:
    """A family at the first desk with its card, everything done but what is named."""

    def make(desk: Desk) -> str:
        household = preparing_family(desk, without, **changes)
        declare(desk, household)
        desk.do(cards.issue, (household,), "FIRST")
        return household

    return programme.at("one", "supervisor", make)


def given_the_day(programme: Programme, household: str) -> None:
    def give(desk: Desk) -> None:
        assert desk.do(bulk_declare_ready, (household,)) == ()
        movement = desk.do(planning.plan, movement_plan(desk.clock))
        desk.do(planning.list_families, movement, (household,))
        desk.do(planning.all_fit, movement, (household,))
        desk.do(planning.notify, movement, "JOC", "12/2026")
        assert bulk.schedule_all(desk, movement).refused == ()

    programme.at("one", "supervisor", give)


def test_a_family_of_six_is_ready(programme: Programme, sit: Sit) -> None:
    household = a_family(programme, ("H4", "H8"), members=SIX)
    number = number_of(programme, household)
    with sit("supervisor") as keys:
        keys.scan(number)
        assert keys.window.trail[-1][0] == "family"
        keys.choose("lack.H4")
        keys.save()
        keys.choose("lack.H8")
        keys.walk_to("briefing.items.TIME")
        for digit in "1234567":
            keys.press(Qt.Key(ord(digit)))
        keys.save()
        keys.save()  # the next right step: declare it ready
    assert state(programme, household) == "READY"


def test_a_family_leaves(programme: Programme, sit: Sit) -> None:
    household = a_family(programme, members=SIX)
    given_the_day(programme, household)
    number = number_of(programme, household)
    with sit("supervisor") as keys:
        keys.window.go("convoys")
        keys.settle()
        keys.walk_to("movementsTable")
        keys.press(Qt.Key.Key_Down)
        keys.press(Qt.Key.Key_Return)
        assert keys.window.trail[-1][0] == "convoy"
        keys.scan(number)
        keys.save()
        keys.choose("stripWayOn")
    assert state(programme, household) == "DEPARTED"


def test_a_widow_withdraws_on_the_eve(programme: Programme, sit: Sit) -> None:
    household = a_family(programme, members=WIDOW)
    given_the_day(programme, household)
    number = number_of(programme, household)
    with sit("clerk") as keys:
        keys.scan(number)
        keys.choose("stopping.act0")
        keys.choose("stop.reached.PRESENT")
        keys.walk_to("stop.witness")
        keys.type("Huda Salim")
        keys.save()
    assert state(programme, household) == "WITHDRAWN"


def the_file(keys: Keyboard, number: str) -> str:
    """What stands on a family's way in its file."""
    keys.scan(number)
    assert keys.window.trail[-1][0] == "family"
    way = keys.page.lead.part("journeyCard")
    told = [one.text() for one in way.findChildren(QLabel) if one.isVisibleTo(way)]
    return " | ".join(told).replace(keys.page.file.household.number, "")


def test_a_family_waits_for_the_centre_and_looks_like_any_other(programme: Programme, sit: Sit) -> None:
    plain, sealed = (
        a_family(programme, ("CENTRE",), members=(head(father_name=father), *SIX[1:]), sealed=answers)
        for father, answers in (("Karim", SealedAnswers()), ("Basim", SEALED))
    )
    numbers = [number_of(programme, one) for one in (plain, sealed)]
    written = programme.export()
    with programme.office() as office:
        intake.receive(office, [written.path])
    with sit("supervisor") as keys:
        told = []
        for number in numbers:
            told.append(the_file(keys, number))
            keys.save()  # there is nothing to be done here: the word is the centre's
        assert told[0] == told[1]
    assert [state(programme, one) for one in (plain, sealed)] == ["PREPARING", "PREPARING"]
    with programme.office() as office:
        done = office.gate.do(
            deciding.decide_in_bulk, office, ProtectionKey.from_seed(programme.founding.protection.seed)
        )
        assert (done.proceed, done.to_look_at) == (1, 1)
        office.gate.do(deciding.decide, office, numbers[1], "proceed")
    path = programme.bundle("one")
    programme.at("one", "admin", lambda desk: installing.install(desk, path))
    with sit("supervisor") as keys:
        keys.scan(numbers[1])
        keys.save()
    assert state(programme, sealed) == "READY"


def test_a_family_goes_apart(programme: Programme, sit: Sit) -> None:
    household, _ = programme.at("one", "clerk", large_family)
    number = number_of(programme, household)
    with sit("supervisor") as keys:
        keys.scan(number)
        keys.walk_to("familyEvents.act2")
        assert keys.program.frame.focusWidget().text() == "Divide the family"
        keys.press(Qt.Key.Key_Space)
        keys.press(Qt.Key.Key_5)  # the grown brother
        keys.walk_to("split.head")
        keys.type("O")
        keys.walk_to("split.contact")
        keys.type("Sami at the market")
        keys.choose("consent.aloud")
        keys.choose("consent.answer.GIVEN")
        keys.choose("consent.form.SIGN")
        keys.save()
        assert keys.window.trail[-1][0] == "paper"
    changes = programme.at("one", "clerk", lambda desk: desk.ask(queries.changes_of, household))
    assert [event.what for event in changes.events] == ["SPLIT"]
    (apart,) = changes.links
    assert apart.number != number


def test_a_host_household_stays_where_it_is(programme: Programme, sit: Sit) -> None:
    form = small_form(
        programme.clock, population="HOST", displacement=None, intention=None, barriers=None,
        site=PlaceAnswer(place_id="IQG01Q01"),
    )  # fmt: skip
    household = programme.register(form=form)
    number = number_of(programme, household)
    with sit("clerk") as keys:
        keys.scan(number)
        keys.choose("ask.VULNERABILITY")
        for _ in ASKED_VULNERABILITY:
            keys.press(Qt.Key.Key_2)  # nothing of the list is so
            keys.press(Qt.Key.Key_Return)
        keys.save()
    assert state(programme, household) == "SCREENED"
