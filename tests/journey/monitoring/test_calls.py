"""Calls at a real desk: who may be called, on which number, what is written, and what stays sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from helpdesk.core.errors import Refusal
from helpdesk.exchange import installing
from helpdesk.households import commands as households
from helpdesk.households.documents import Phone
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.monitoring import commands, counts, facts, queries
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.journey.monitoring.kinds import CALL, TASK
from helpdesk.opening import Desk
from helpdesk.vault.records import all_documents
from helpdesk.vault.tables import AuditRow, RevisionRow
from tests.journey.arrived import CALLS, PHONE, RELATIVE, arrived_family
from tests.people import CONSENT
from tests.programme import Programme

SignIn = Callable[..., Desk]
ARRIVED = date(2026, 11, 21)
WELL = {"same_place": "SAME", "plan": "STAY", "feels_safe": "Y", "shelter": "OWN", "papers": "ALL"}


def form(household: str, round_: str = "W2", **changes: Any) -> CallForm:
    fields: dict[str, Any] = {
        "household": household, "round": round_, "number": PHONE, "whom": "OWN", "result": "DONE",
        "safe_to_talk": True, "answers": WELL,
    }  # fmt: skip
    return CallForm(**{**fields, **changes})


def silent(household: str, round_: str = "W2", result: str = "NOANS", **changes: Any) -> CallForm:
    return form(household, round_, result=result, answers={}, safe_to_talk=False, **changes)


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


@pytest.fixture
def desk(desk_as: SignIn) -> Desk:
    return desk_as("clerk")


@pytest.fixture
def household(desk: Desk) -> str:
    return arrived_family(desk, ARRIVED)


def test_a_call_is_due_after_a_week_and_leaves_the_list_when_made(
    programme: Programme, desk: Desk, household: str
) -> None:
    assert desk.ask(queries.call_ids) == []
    assert refused(desk, commands.record, form(household)) == "call.early"
    programme.clock.move(days=7)
    (one,) = desk.ask(queries.call_ids, "DUE")
    line = desk.ask(queries.call_lines, [one])[one]
    assert (line.round, line.due, line.standing, line.attempts) == ("W2", ARRIVED + timedelta(7), "DUE", 0)
    done = desk.do(commands.record, form(household))
    assert (done.state, done.tasks) == ("DONE", ("CENTRE",))
    assert desk.ask(queries.call_ids) == []
    assert refused(desk, commands.record, form(household)) == "call.closed"
    programme.clock.move(days=8)
    assert desk.ask(queries.call_ids, "OVERDUE") == []


def test_overdue_after_two_weeks(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=14)
    assert desk.ask(queries.call_ids, "OVERDUE") == []
    programme.clock.move(days=1)
    assert len(desk.ask(queries.call_ids, "OVERDUE")) == 1
    assert desk.ask(queries.call_ids, "DUE") == []
    programme.clock.move(days=80)
    assert refused(desk, commands.record, form(household)) == "call.missed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "+9647000000099"}, "call.unsafe_number"),
        ({"number": RELATIVE}, "call.unsafe_number"),
        ({"whom": "OTHER"}, "call.no_relative"),
        ({"safe_to_talk": False}, "call.safe_first"),
        ({"answers": {}}, "call.no_answers"),
        ({"answers": {"food": "no"}}, "form.code"),
        ({"result": "UNSAFE"}, "call.nobody_reached"),
        ({"result": "PROXY"}, "call.whom"),
        ({"whom": "OTHER", "number": RELATIVE}, "call.whom"),
        ({"whom": "OTHER", "number": RELATIVE, "result": "PROXY"}, "call.not_of_relative"),
        ({"result": "X"}, "form.code"),
        ({"round": "W9"}, "form.code"),
        ({"sealed": ("X",)}, "form.code"),
        ({"still": ("papers",)}, "call.still"),
        ({"result": "CALLBACK", "answers": {}, "callback_on": date(2026, 11, 1)}, "call.callback"),
    ],
)
def test_what_is_refused_writes_nothing(
    programme: Programme, desk: Desk, household: str, changes: dict[str, Any], code: str
) -> None:
    programme.clock.move(days=7)
    assert refused(desk, commands.record, form(household, **changes)) == code
    with desk.store.read() as connection:
        assert not list(all_documents(connection, CALL))


def test_only_with_consent(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    desk.do(households.withdraw_consent, household, "CALL", "a witness")
    assert desk.ask(queries.call_ids) == []
    assert refused(desk, commands.record, form(household)) == "call.no_consent"
    never = arrived_family(desk, ARRIVED, consents=(CONSENT,))
    assert desk.ask(queries.call_ids) == []
    assert refused(desk, commands.record, form(never)) == "call.no_consent"
    desk.do(households.record_consent, never, CALLS)
    assert len(desk.ask(queries.call_ids)) == 1


def test_only_numbers_that_are_safe(programme: Programme, desk: Desk) -> None:
    household = arrived_family(desk, ARRIVED, phones=(Phone(PHONE), Phone("+9647000000002", safe_to_call=False)))
    programme.clock.move(days=7)
    for number in (PHONE, "+9647000000002"):
        assert refused(desk, commands.record, form(household, number=number)) == "call.unsafe_number"
    sheet = desk.ask(queries.call_sheet, household, "W2")
    assert (sheet.numbers, sheet.lacks) == ((), "OTHER")
    (listed,) = desk.do(queries.print_list, tuple(desk.ask(queries.call_ids)))
    assert listed.phones == ()


def test_not_safe_to_talk_ends_the_call_and_spares_the_number(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    desk.do(commands.record, silent(household, result="UNSAFE"))
    assert refused(desk, commands.record, form(household)) == "call.unsafe_number"
    (one,) = desk.ask(queries.call_ids)
    assert desk.ask(queries.call_lines, [one])[one].last_result == "UNSAFE"


def test_a_family_is_lost_only_after_everything_was_tried(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    for hours in (24, 24, 30):
        assert refused(desk, commands.lose, household, "W2") == "call.try_on"
        desk.do(commands.record, silent(household))
        programme.clock.move(hours=hours)
    with pytest.raises(Refusal) as refusal:
        desk.do(commands.lose, household, "W2")
    assert refusal.value.values["lacks"] == "HOURS"
    desk.do(commands.record, silent(household, result="OFF"))
    assert desk.ask(queries.call_sheet, household, "W2").lacks == "OTHER"
    desk.do(commands.record, silent(household, whom="OTHER", number=RELATIVE))
    assert desk.ask(queries.call_sheet, household, "W2").lacks is None
    desk.do(commands.lose, household, "W2")
    assert desk.ask(queries.call_ids) == []
    with desk.store.read() as connection:
        assert facts.finished(connection, household) is None, "it is called again after three months"
        (lost,) = counts.durability(connection, ARRIVED, date(2027, 12, 31))
    assert (lost.round, lost.outcome, lost.families) == ("W2", "LOST", 1)


def test_part_of_a_call_is_gone_on_with(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    assert desk.do(commands.record, form(household, result="PARTIAL", answers={"plan": "STAY"})).state == "PARTIAL"
    assert len(desk.ask(queries.call_ids)) == 1
    desk.do(commands.record, silent(household))
    desk.do(commands.record, form(household, answers={"food": "ENOUGH"}))
    ((_, call),) = desk.ask(queries.calls_of, household)
    assert call.answers == {"plan": "STAY", "food": "ENOUGH"}


def test_red_answers_raise_one_task_each_for_the_next_day(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    red = {**WELL, "food": "HUNGRY", "eviction": "Y"}
    raised = ("EVICTION", "HUNGER", "CENTRE")
    assert desk.do(commands.record, form(household, result="PARTIAL", answers=red)).tasks == raised
    desk.do(commands.record, form(household, answers=red))
    ids = desk.ask(queries.task_ids)
    lines = desk.ask(queries.task_lines, ids)
    assert sorted(line.reason for line in lines.values()) == ["CENTRE", "EVICTION", "HUNGER"]
    assert {line.due_at for line in lines.values()} == {"2026-11-29T09:00:00.000Z"}
    assert not any(line.late for line in lines.values())
    programme.clock.move(days=2)
    assert all(line.late for line in desk.ask(queries.task_lines, ids).values())
    assert refused(desk, commands.finish, ids[0], " ") == "task.what"
    assert refused(desk, commands.finish, "nothing", "x") == "task.unknown"
    ids = sorted(ids, key=lambda one: lines[one].reason == "CENTRE")
    desk.do(commands.finish, ids[0], "food was brought")
    assert refused(desk, commands.finish, ids[0], "again") == "task.done"
    assert set(desk.ask(queries.task_ids)) == set(ids[1:])
    with desk.store.read() as connection:
        assert facts.open_tasks(connection, household) == (ids[1],)  # what is to be sent holds no case open
        assert counts.tasks_open(connection) == 2
        task = dict(all_documents(connection, TASK))[ids[0]]
    assert (task.done_by, task.done) == (desk.user.id, "food was brought")


def test_what_was_told_of_threats_is_sealed_and_the_task_says_no_more(
    programme: Programme, desk: Desk, desk_as: SignIn
) -> None:
    """One family told of a threat, another of a missing member, a third asked to be called: the desk cannot tell."""
    told = {code: arrived_family(desk, ARRIVED) for code in ("THREAT", "MISSING", "WANTSCALL")}
    quiet = arrived_family(desk, ARRIVED)
    programme.clock.move(days=7)
    for code, household in told.items():
        assert desk.do(commands.record, form(household, sealed=(code,))).tasks == ("CENTRE",)
    assert desk.do(commands.record, form(quiet)).tasks == ("CENTRE",)
    lines = desk.ask(queries.task_lines, desk.ask(queries.task_ids)).values()
    assert {line.household for line in lines} == {*told.values(), quiet}
    assert len({(line.reason, line.due_at, line.late) for line in lines}) == 1
    with desk.store.read() as connection:
        bodies = [bytes(body) for body in connection.scalars(select(RevisionRow.body))]
        sealed = connection.execute(
            text("SELECT c.household, count(*) FROM record c JOIN revision r ON r.record = c.id"
                 " WHERE c.kind = 'protection' GROUP BY c.household")
        ).all()  # fmt: skip
        outcomes = {row[0] for row in connection.execute(text("SELECT outcome FROM call"))}
        audit = connection.scalars(select(AuditRow.entry)).all()
    assert not [body for body in bodies if any(code.encode() in body for code in told)]
    assert {count for _, count in sealed} == {2}  # one at registration, one with the call: whatever was told
    assert outcomes == {"STABLE"}
    assert not [entry for entry in audit if any(code in entry for code in told)]


def test_what_was_told_is_not_asked_again(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    desk.do(commands.record, form(household, answers={**WELL, "food": "ENOUGH"}))
    programme.clock.move(days=83)
    known = desk.ask(queries.call_sheet, household, "M3").earlier
    assert {code: (one.answer, one.round) for code, one in known.items()} == {
        "shelter": ("OWN", "W2"),
        "papers": ("ALL", "W2"),
    }
    wrong = form(household, "M3", answers={"papers": "SOME"}, still=("papers",))
    assert refused(desk, commands.record, wrong) == "call.still"
    desk.do(commands.record, form(household, "M3", answers={"papers": "ALL", "plan": "STAY"}, still=("papers",)))
    third = {call.round: call for _, call in desk.ask(queries.calls_of, household)}["M3"]
    assert third.still == ("papers",)


def test_recent_returnees_are_called_from_their_own_return(programme: Programme, desk: Desk) -> None:
    from tests.journey.arrived import reachable

    back = reachable(programme.clock, population="RET", displacement=None, intention=None, site=None)
    desk.do(households.register, back)
    camp = reachable(programme.clock)
    desk.do(households.register, camp)
    assert refused(desk, commands.returned, camp.household_id, ARRIVED) == "call.not_returnee"
    assert refused(desk, commands.returned, back.household_id, ARRIVED + timedelta(1)) == "call.return_day"
    desk.do(commands.returned, back.household_id, ARRIVED - timedelta(1))
    desk.do(commands.returned, back.household_id, ARRIVED - timedelta(7))
    (one,) = desk.ask(queries.call_ids)
    assert desk.ask(queries.call_lines, [one])[one].household == back.household_id
    assert desk.ask(queries.open_round, back.household_id) == "W2"
    desk.do(commands.record, form(back.household_id))
    assert desk.ask(queries.open_round, back.household_id) is None


def test_the_printed_list_holds_numbers_alone_and_is_noted(programme: Programme, desk: Desk, household: str) -> None:
    programme.clock.move(days=7)
    (listed,) = desk.do(queries.print_list, tuple(desk.ask(queries.call_ids)))
    assert listed.phones == (PHONE,)
    assert listed.number.isdigit()
    with desk.store.read() as connection:
        last = connection.scalars(select(AuditRow.entry).order_by(AuditRow.n.desc())).first()
    assert last is not None
    assert "call.print_list" in last
    assert household in last


def test_two_desks_that_called_make_one_round(programme: Programme) -> None:
    household = programme.at("one", "clerk", lambda desk: arrived_family(desk, ARRIVED))
    first = programme.export("one")
    programme.at("two", "supervisor", lambda desk: installing.install(desk, first.path))
    programme.clock.move(days=8)
    programme.at("one", "clerk", lambda desk: desk.do(commands.record, silent(household)))
    programme.at("two", "clerk", lambda desk: desk.do(commands.record, form(household)))
    second = programme.export("two")
    programme.at("one", "supervisor", lambda desk: installing.install(desk, second.path))
    with programme.open("one", "clerk") as desk:
        assert desk.ask(queries.call_ids) == []
        assert refused(desk, commands.record, form(household)) == "call.closed"
        with desk.store.read() as connection:
            week, *_ = counts.reach(connection, ARRIVED, date(2026, 12, 31), date(2026, 12, 31))
    assert (week.due, week.reached, week.waiting) == (1, 1, 0)


def test_the_case_goes_on_with_its_calls(programme: Programme, desk: Desk, household: str) -> None:
    def state() -> str:
        return desk.ask(standing_of, household).state

    assert state() == "ARRIVED"
    programme.clock.move(days=7)
    desk.do(commands.record, silent(household))
    assert state() == "ARRIVED"
    desk.do(commands.record, form(household))
    assert state() == "MONITORED"
    programme.clock.move(days=270)
    for hours in (24, 24, 30):
        desk.do(commands.record, silent(household, "M9"))
        programme.clock.move(hours=hours)
    desk.do(commands.record, silent(household, "M9"))
    desk.do(commands.record, silent(household, "M9", whom="OTHER", number=RELATIVE))
    desk.do(commands.lose, household, "M9")
    assert state() == "LOST"
    assert desk.ask(queries.call_ids) == []
    assert [known for _, known in desk.ask(queries.schedule, household)] == ["DONE", "MISSED", "LOST"]
    with desk.store.read() as connection:
        assert facts.finished(connection, household) is not None
