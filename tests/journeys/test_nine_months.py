"""Nine months of calls, by moving the clock: what is told, what is not asked again, who is lost, and the numbers.

Four families arrive in one week. The desk calls them three times; everything crosses to the centre on a stick, and
both count by the same rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals import counts as referral_counts
from helpdesk.assistance.referrals import queries as referral_queries
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.casework.calling import FinishedCall, Told, finish_call
from helpdesk.centre import intake
from helpdesk.journey.monitoring import commands, counts, facts, queries
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.opening import Desk
from tests.journey.arrived import PHONE, RELATIVE, SHARING, arrived_family
from tests.programme import Programme

ARRIVED = date(2026, 11, 21)
YEAR = (ARRIVED, ARRIVED + timedelta(365))
WELL = {"same_place": "SAME", "plan": "STAY", "feels_safe": "Y", "shelter": "DAMAGED", "papers": "SOME"}


def call(household: str, round_: str, answers: dict[str, str], **changes: Any) -> CallForm:
    fields: dict[str, Any] = {
        "household": household, "round": round_, "number": PHONE, "whom": "OWN", "result": "DONE",
        "safe_to_talk": bool(answers), "answers": answers,
    }  # fmt: skip
    return CallForm(**{**fields, **changes})


def finish(desk: Desk, form: CallForm, *rest: Any) -> FinishedCall:
    return desk.do(finish_call, form, *rest)


def numbers(connection: Connection, day: date) -> dict[str, object]:
    """Everything the reports ask of monitoring."""
    return {
        "reach": counts.reach(connection, *YEAR, day),
        "durability": counts.durability(connection, *YEAR),
        "shelter": counts.shelter_change(connection, *YEAR),
        "again": counts.displaced_again(connection, *YEAR),
        "gaps": [(gap.sector, gap.provider, gap.families) for gap in referral_counts.gaps(connection, *YEAR)],
    }


def test_nine_months_of_calls(programme: Programme) -> None:
    with programme.open("one", "clerk") as desk:
        stays, hungry, gone, silent = (arrived_family(desk, ARRIVED) for _ in range(4))

        # two weeks: one answers, one is hungry and asks for a doctor, two do not answer
        programme.clock.move(days=9)
        assert len(desk.ask(queries.call_ids, "DUE")) == 4
        assert finish(desk, call(stays, "W2", WELL)).recorded.tasks == ("CENTRE",)
        doctor = ReferralForm(hungry, "HEALTH", "A doctor", "24H", "A clinic")
        first = finish(desk, call(hungry, "W2", {**WELL, "food": "HUNGRY"}), (doctor,))
        assert first.recorded.tasks == ("HUNGER", "CENTRE")
        lines = desk.ask(queries.task_lines, desk.ask(queries.task_ids))
        (task,) = [one for one, line in lines.items() if line.reason == "HUNGER"]
        for household in (gone, silent):
            finish(desk, call(household, "W2", {}, result="NOANS"))
        programme.clock.move(hours=20)
        desk.do(commands.finish, task, "food was brought the same day")
        desk.do(referrals.send, first.referrals[0], ("NAME", "NEED"), SHARING)
        desk.do(referrals.answer, first.referrals[0], "NOCAP")

        # the silent one: three attempts on three days at two hours, its relative, and only then it is given up
        for hours in (24, 30):
            programme.clock.move(hours=hours)
            finish(desk, call(silent, "W2", {}, result="OFF"))
        finish(desk, call(silent, "W2", {}, result="NOANS", whom="OTHER", number=RELATIVE))
        desk.do(commands.lose, silent, "W2")
        assert len(desk.ask(queries.call_ids, "ALL")) == 1

        # three months: what was told is read out and confirmed; the second family's call missed nothing
        programme.clock.move(days=80)
        assert len(desk.ask(queries.call_ids)) == 4
        known = desk.ask(queries.call_sheet, stays, "M3").earlier
        assert known["papers"].answer == "SOME"
        finish(desk, call(stays, "M3", {**WELL, "shelter": "OWN"}, still=("papers",)))
        finish(desk, call(hungry, "M3", {**WELL, "food": "ENOUGH"}, still=("papers", "shelter")))
        relative = {"same_place": "ELSEWHERE", "plan": "LEFT"}
        finish(desk, call(gone, "M3", relative, result="PROXY", whom="OTHER", number=RELATIVE))
        finish(desk, call(silent, "M3", {}, result="REFUSED"))
        assert desk.ask(queries.call_ids) == []

        # nine months: the old referral is closed honestly on the call; two calls stay overdue
        programme.clock.move(days=180)
        told = Told(first.referrals[0], "NOCAP")
        finish(desk, call(hungry, "M9", {**WELL, "shelter": "OWN"}), (), (told,))
        assert desk.ask(referral_queries.referral_shown, first.referrals[0]).referral.told_on is not None
        finish(desk, call(stays, "M9", {**WELL, "shelter": "OWN"}, still=("papers",)))
        programme.clock.move(days=30)
        assert len(desk.ask(queries.call_ids, "OVERDUE")) == 2
        with desk.store.read() as connection:
            assert facts.finished(connection, stays) is not None
            assert facts.finished(connection, gone) is None
            assert facts.open_tasks(connection, hungry) == ()
            day = programme.clock.now().date()
            here = numbers(connection, day)

    reach = {one.round: one for one in here["reach"]}
    assert [(one.due, one.reached, one.waiting) for one in reach.values()] == [(4, 2, 1), (4, 2, 0), (4, 2, 2)]
    assert (reach["W2"].lost, reach["M3"].by_relative, reach["M3"].refused) == (1, 1, 1)
    assert here["again"] == 1
    assert here["gaps"] == [("HEALTH", "A clinic", 1)]
    changes = {(c.from_round, c.before, c.after): c.families for c in here["shelter"]}
    assert changes == {
        ("W2", "DAMAGED", "OWN"): 1,
        ("W2", "DAMAGED", "DAMAGED"): 1,
        ("M3", "OWN", "OWN"): 1,
        ("M3", "DAMAGED", "OWN"): 1,
    }

    batch = programme.export("one")
    with programme.office() as office:
        intake.receive(office, [batch.path])
        with office.register.read() as register:
            assert numbers(register, day) == here
