"""Sessions and events: who came by card and by count, what that proves, questions without names, reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Refusal
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.journey.codes import BAND, band_of
from helpdesk.journey.engagement import codes, commands, facts, queries, rules
from helpdesk.journey.engagement.documents import Material
from helpdesk.journey.engagement.reach import reach
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.journey.crossing import cross
from tests.journey.events import event_form
from tests.people import practice_form
from tests.programme import START, Programme

SignIn = Callable[..., Desk]


def refused(desk: Desk, act: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments, **named)
    return refusal.value.code


def proven(desk: Desk, household: str) -> object:
    return desk.ask(lambda view: facts.attended(view.connection, household))


def people_of(desk: Desk, household: str) -> tuple[str, ...]:
    found = desk.ask(lambda view: document_of(view.connection, HOUSEHOLD, household))
    assert found is not None
    return found.members


@pytest.fixture
def household(programme: Programme) -> str:
    return programme.register()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "X"}, "form.code"),
        ({"side": "X"}, "form.code"),
        ({"level": "X"}, "form.code"),
        ({"phase": "5"}, "form.code"),
        ({"topics": ("X",)}, "form.code"),
        ({"bodies": ("X",)}, "form.code"),
        ({"topics": ()}, "event.topics"),
        ({"place": PlaceAnswer(unlisted=" ")}, "event.place"),
        ({"organisation": " "}, "event.organisation"),
        ({"materials": (Material("LEAFLET", -1, "ar"),)}, "event.copies"),
        ({"materials": (Material("X", 1, "ar"),)}, "form.code"),
    ],
)
def test_an_event_says_what_it_is(programme: Programme, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_event(event_form(programme.clock, **changes))
    assert refusal.value.code == code


@given(st.integers(0, 120))
def test_every_age_has_one_band(age: int) -> None:
    first, _, last = band_of(age).partition("-")
    assert int(first.rstrip("+")) <= age <= int(last or 120)
    assert band_of(age) in BAND


def test_a_scan_counts_a_family_once_and_proves_it_was_informed(desk_as: SignIn, programme: Programme) -> None:
    first, second = programme.register(), programme.register("one", practice_form(programme.clock, 1))
    desk = desk_as("clerk")
    event = desk.do(commands.plan, event_form(programme.clock))
    assert proven(desk, first) is None
    came = desk.do(commands.attend, event, first)
    assert (came.again, came.families) == (False, 1)
    again = desk.do(commands.attend, event, first, people_of(desk, first)[:1])
    assert (again.attendance, again.again, again.families) == (came.attendance, True, 1)
    assert desk.do(commands.attend, event, second).families == 2
    fact = desk.ask(lambda view: facts.attended(view.connection, first))
    assert fact is not None
    assert (fact.on, fact.record) == (programme.clock.now().date(), came.attendance)
    (line,) = desk.ask(queries.event_lines, (event,)).values()
    assert (line.event.state, line.families, line.counted) == ("HELD", 2, 0)
    shown = desk.ask(queries.event_of, event)
    assert [there.household for there in shown.families] == [second, first]
    assert shown.families[1].persons == people_of(desk, first)[:1]
    (session,) = desk.ask(queries.sessions_of, first)
    assert (session.event, session.kind, session.informs) == (event, "SESSION", True)


def test_a_scan_taken_back_proves_nothing(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    event = desk.do(commands.plan, event_form(programme.clock))
    came = desk.do(commands.attend, event, household)
    desk.do(commands.take_back, came.attendance)
    assert proven(desk, household) is None
    assert desk.ask(queries.sessions_of, household) == ()
    assert desk.ask(queries.event_of, event).families == ()
    assert refused(desk, commands.take_back, came.attendance) == "event.not_here"
    desk.do(commands.attend, event, household)
    assert proven(desk, household) is not None


@pytest.mark.parametrize("kind", codes.EVENT)
def test_only_where_a_family_may_ask_it_is_informed(
    desk_as: SignIn, programme: Programme, household: str, kind: str
) -> None:
    desk = desk_as("clerk")
    event = desk.do(commands.plan, event_form(programme.clock, kind=kind))
    desk.do(commands.attend, event, household)
    assert (proven(desk, household) is not None) is (kind in codes.INFORMS)


def test_a_cancelled_event_proves_nothing_and_takes_nobody(
    desk_as: SignIn, programme: Programme, household: str
) -> None:
    desk = desk_as("clerk")
    event = desk.do(commands.plan, event_form(programme.clock))
    desk.do(commands.attend, event, household)
    assert refused(desk, commands.cancel, event, "rain") == "role.not_allowed"
    desk = desk_as("supervisor")
    assert refused(desk, commands.cancel, event, " ") == "text.empty"
    desk.do(commands.cancel, event, "written down by mistake")
    assert proven(desk, household) is None
    assert refused(desk, commands.attend, event, household) == "event.cancelled"
    assert refused(desk, commands.count, event, {"F": {"18-59": 1}}) == "event.cancelled"
    assert desk.ask(queries.event_ids, "CANCELLED") == [event]


def test_nobody_has_come_to_tomorrows_event(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    tomorrow = programme.clock.now().date().replace(day=programme.clock.now().day + 1)
    event = desk.do(commands.plan, event_form(programme.clock, on=tomorrow))
    assert refused(desk, commands.attend, event, household) == "event.not_yet"
    assert refused(desk, commands.hold, event) == "event.not_yet"
    programme.clock.move(days=1)
    desk.do(commands.attend, event, household)
    changed = event_form(programme.clock, kind="MOBILE", on=tomorrow)
    assert refused(desk, commands.change, event, changed) == "event.proves"
    desk.do(commands.change, event, event_form(programme.clock, on=tomorrow, facilitators="two"))


def test_who_may_not_be_written_down(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    event = desk.do(commands.plan, event_form(programme.clock))
    assert refused(desk, commands.attend, event, "nobody") == "household.unknown"
    assert refused(desk, commands.attend, "nothing", household) == "event.unknown"
    assert refused(desk, commands.attend, event, household, ("nobody",)) == "event.not_member"
    assert refused(desk_as("admin"), commands.attend, event, household) == "role.not_allowed"
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk_as("admin").ask(queries.event_of, event)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({}, "event.count_empty"),
        ({"F": {"18-59": 0}}, "event.count_empty"),
        ({"F": {"18-59": -1}}, "event.count"),
        ({"F": {"18-59": 10_000}}, "event.count"),
        ({"X": {"18-59": 1}}, "form.code"),
        ({"F": {"18-60": 1}}, "form.code"),
    ],
)
def test_what_is_no_count(counts: dict[str, dict[str, int]], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_counts(counts)
    assert refusal.value.code == code


def test_two_desks_write_down_the_same_session(programme: Programme, household: str) -> None:
    event = programme.at("one", "clerk", lambda desk: desk.do(commands.plan, event_form(programme.clock)))
    cross(programme, "one", "two")
    for folder, woman in (("one", 3), ("two", 4)):
        programme.at(folder, "clerk", lambda desk: desk.do(commands.attend, event, household))
        counts = {"F": {"18-59": woman}}
        programme.at(folder, "clerk", lambda desk, counts=counts: desk.do(commands.count, event, counts))
    cross(programme, "two", "one")
    cross(programme, "one", "two")
    for folder in ("one", "two"):
        shown = programme.at(folder, "clerk", lambda desk: desk.ask(queries.event_of, event))
        assert [there.household for there in shown.families] == [household]
        assert shown.counts == {"F": {"18-59": 7}}
        assert shown.event.state == "HELD"
        (there,) = programme.at(folder, "clerk", lambda desk: desk.ask(queries.event_lines, (event,))).values()
        assert (there.families, there.counted) == (1, 7)
        again = programme.at(folder, "clerk", lambda desk: desk.do(commands.attend, event, household))
        assert (again.again, again.families) == (True, 1)
        reached = programme.at(folder, "clerk", lambda desk: desk.ask(reach, START.date(), START.date()))
        assert (reached.events, reached.families) == ({"SESSION": 1}, 1)


def test_reach_counts_people_once_and_never_adds_what_was_only_counted(
    desk_as: SignIn, programme: Programme, household: str
) -> None:
    desk, today = desk_as("clerk"), programme.clock.now().date()
    leaflets = (Material("LEAFLET", 200, "ar"), Material("LEAFLET", 50, "ckb"))
    forms = [event_form(programme.clock), event_form(programme.clock, kind="SITEWIDE", side="RET", materials=leaflets)]
    first, second = (desk.do(commands.plan, form) for form in forms)
    everybody = people_of(desk, household)
    for event in (first, second):
        desk.do(commands.attend, event, household, everybody)
    wrong = desk.do(commands.count, first, {"M": {"0-5": 500}})
    desk.do(commands.take_back_count, wrong)
    desk.do(commands.count, first, {"F": {"18-59": 5, "60+": 0}})
    desk.do(commands.ask, first, "When does the school open?", "SERV")
    reached = desk.ask(reach, today, today)
    assert reached.events == {"SESSION": 1, "SITEWIDE": 1}
    assert reached.families == 1
    assert sum(sum(bands.values()) for bands in reached.persons.values()) == len(everybody)
    assert reached.counted == {"F": {"18-59": 5}}
    assert reached.families_without_persons == 0
    assert (reached.materials, reached.questions) == ({"LEAFLET": 250}, {"SERV": 1})
    assert desk.ask(reach, today, today, "RET").events == {"SITEWIDE": 1}
    yesterday = today.replace(day=today.day - 1)
    assert desk.ask(reach, yesterday, yesterday).events == {}


def test_questions_name_nobody(desk_as: SignIn, programme: Programme, household: str) -> None:
    form = practice_form(programme.clock)
    person = form.members[0]
    desk = desk_as("clerk")
    event = desk.do(commands.plan, event_form(programme.clock))
    assert refused(desk, commands.ask, event, " ") == "text.empty"
    assert refused(desk, commands.ask, event, "x" * 2001) == "text.long"
    assert refused(desk, commands.ask, event, "Call me: 0770 123 45 67") == "text.number"
    named = f"Why did {person.given_name} {person.father_name} get nothing?"
    assert refused(desk, commands.ask, event, named) == "text.name"
    question = desk.do(commands.ask, event, named, names_nobody=True)
    assert refused(desk, commands.answer_, question, "+964 770 123 45 67") == "text.number"
    desk.do(commands.answer_, question, "The list is read again every week.")
    ((_, noted),) = desk.ask(queries.event_of, event).questions
    assert noted.answer == "The list is read again every week."
    assert refused(desk, commands.answer_, "nothing", "x") == "event.no_question"


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("In 2019 the road was shut for 12 days", ()),
        ("07701234567", ("PHONE",)),
        ("(0770) 123-45.67 at night", ("PHONE",)),
        ("\u0660\u0667\u0667\u0660 \u0661\u0662\u0663 \u0664\u0665\u0666\u0667", ("PHONE",)),
        ("family 12345", ("NUMBER",)),
        ("ask good man about it", ("NAME",)),
        ("good friend", ()),
        ("", ()),
    ],
)
def test_what_may_point_at_somebody(text: str, doubts: tuple[str, ...]) -> None:
    assert rules.doubts(text, lambda one, other: (one, other) == ("good", "man")) == doubts


def test_an_event_keeps_what_its_form_said(desk_as: SignIn, programme: Programme) -> None:
    form = event_form(programme.clock, bodies=("MOMD",), women_only=True, language="ckb", starts="10:00")
    desk = desk_as("clerk")
    (line,) = desk.ask(queries.event_lines, (desk.do(commands.plan, form),)).values()
    kept = msgspec.structs.asdict(line.event)
    assert {name: kept[name] for name in msgspec.structs.asdict(form)} == msgspec.structs.asdict(form)
