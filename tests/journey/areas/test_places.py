"""Places at a desk: what opens one, what blocks it, what two people may waive and what nobody may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.journey.areas import advocacy, commands, queries
from helpdesk.journey.areas.documents import Condition
from helpdesk.journey.areas.facts import AreaStanding, standing_of
from helpdesk.journey.areas.forms import (
    ActionForm,
    NoteForm,
    ObstacleForm,
    PlanForm,
    WaiverForm,
)
from helpdesk.journey.areas.standing import codes_of, refresh
from helpdesk.journey.areas.tables import AreaStandingRow
from helpdesk.opening import Desk
from helpdesk.vault.tables import table_of
from tests.places import FALLUJAH, MARKAZ, assessment, open_place, safeguard
from tests.programme import START, Programme

DAY = START.date()
SignIn = Callable[..., Desk]


def standing(desk: Desk, place: str = FALLUJAH) -> AreaStanding:
    return desk.ask(lambda view: standing_of(view.connection, place, view.day))


def row(desk: Desk, place: str) -> tuple[tuple[str, ...], bool, str | None]:
    table = table_of(AreaStandingRow)

    def read(view: View) -> tuple[tuple[str, ...], bool, str | None]:
        found = view.connection.execute(table.select().where(table.c.place == place)).one()
        return codes_of(found.missing), found.hold, found.result

    return desk.ask(read)


def test_nothing_recorded_lacks_everything(desk_as: SignIn) -> None:
    found = standing(desk_as())
    assert found.missing == tuple((code, "MISSING") for code in ("L_RISK", "L_HOSTENG", "L_FDBK", "L_PLAN", "L_COHES"))
    assert found.until is None
    assert found.evidence == ()


@pytest.mark.parametrize("place", ["nowhere", "", "IQG01"])
def test_a_place_nobody_knows_and_a_governorate_are_not_enough(desk_as: SignIn, place: str) -> None:
    assert {why for _, why in standing(desk_as(), place).missing} == {"PLACE_UNKNOWN"}


def test_a_district_opens_what_lies_in_it_until_its_first_end(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("supervisor")
    open_place(desk, FALLUJAH, days=30)
    for place in (FALLUJAH, MARKAZ):
        found = standing(desk, place)
        assert found.missing == ()
        assert found.until == DAY + timedelta(days=30)
        assert len(found.evidence) == 5
        assert row(desk, place) == ((), False, "ACCEPTABLE")
    programme.clock.move(days=31)
    assert standing(desk, MARKAZ).missing == (("L_RISK", "EXPIRED"),)
    with desk.store.write() as connection:
        assert FALLUJAH in refresh(connection, DAY + timedelta(days=31))
        assert refresh(connection, DAY + timedelta(days=31)) == frozenset()
    assert row(desk, MARKAZ) == (("L_RISK",), False, "ACCEPTABLE")


def test_the_narrower_place_is_heard_first_and_the_newer_worse_always(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("supervisor")
    open_place(desk, FALLUJAH)
    desk.do(commands.assess, assessment(MARKAZ, DAY, "NOT_ACCEPTABLE"))
    assert standing(desk, MARKAZ).missing == (("L_RISK", "NOT_ACCEPTABLE"),)
    assert standing(desk, FALLUJAH).missing == ()
    programme.clock.move(days=1)
    open_place(desk, MARKAZ)
    assert standing(desk, MARKAZ).missing == ()
    programme.clock.move(days=1)
    desk.do(commands.assess, assessment(FALLUJAH, DAY + timedelta(days=2), "NOT_ACCEPTABLE"))
    assert standing(desk, MARKAZ).missing == (("L_RISK", "NOT_ACCEPTABLE"),)


def test_not_acceptable_stays_so_after_its_days(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("supervisor")
    desk.do(commands.assess, assessment(FALLUJAH, DAY, "NOT_ACCEPTABLE", days=10))
    programme.clock.move(days=20)
    assert ("L_RISK", "NOT_ACCEPTABLE") in standing(desk).missing


def test_a_condition_that_is_not_met_in_time_blocks(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("supervisor")
    open_place(desk, FALLUJAH)
    programme.clock.move(days=1)
    due = DAY + timedelta(days=10)
    form = assessment(FALLUJAH, DAY + timedelta(days=1), "CONDITIONS", conditions=(Condition("Clear the road", due),))
    _on_return_side(desk)
    made = desk.do(commands.assess, form)
    assert standing(desk).until == due
    programme.clock.move(days=11)
    assert standing(desk).missing == (("L_RISK", "CONDITION_DUE"),)
    desk.do(commands.meet_condition, made, "Clear the road")
    assert standing(desk).missing == ()


def _on_return_side(desk: Desk) -> None:
    assert desk.bundle is not None
    desk.bundle = msgspec.structs.replace(desk.bundle, desk=msgspec.structs.replace(desk.bundle.desk, side="RET"))


def test_a_desk_of_the_other_side_may_close_but_not_open(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    for act, form in (
        (commands.assess, assessment(FALLUJAH, DAY)),
        (commands.answer, safeguard(FALLUJAH, "L_FDBK", DAY)),
        (commands.make_plan, PlanForm(FALLUJAH, "Plan", "ABC", DAY, "IOM")),
    ):
        with pytest.raises(Refusal, match=r"area\.side"):
            desk.do(act, form)
    desk.do(commands.assess, assessment(FALLUJAH, DAY, "NOT_ACCEPTABLE"))
    desk_as("clerk").do(commands.raise_alert, (FALLUJAH,), "Shooting at night")


def test_an_alert_holds_all_that_lies_in_it_until_it_is_lifted(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    open_place(desk, FALLUJAH)
    (alert,) = desk.do(commands.raise_alert, (FALLUJAH, FALLUJAH), "Shooting at night")
    found = standing(desk, MARKAZ)
    assert found.hold
    assert found.missing == (("L_RISK", "ALERT"),)
    assert row(desk, MARKAZ)[1]
    desk.do(commands.lift_alert, alert, "Calm for a week")
    assert standing(desk, MARKAZ).missing == ()
    with pytest.raises(Refusal, match=r"area\.lifted"):
        desk.do(commands.lift_alert, alert, "Again")


def waiver(*safeguards: str, days: int = 30) -> WaiverForm:
    return WaiverForm((FALLUJAH,), safeguards, "The partner left", DAY + timedelta(days=days))


def test_a_waiver_holds_once_two_people_signed(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("supervisor")
    made = desk.do(commands.propose_waiver, waiver("L_PLAN", "L_COHES"))
    assert "L_PLAN" in {code for code, _ in standing(desk).missing}
    with pytest.raises(Refusal, match=r"area\.own_waiver"):
        desk.do(commands.confirm_waivers, made)
    desk = desk_as("clerk")
    assert [one.id for one in desk.ask(queries.waiting_waivers)] == list(made)
    desk.do(commands.confirm_waivers, made)
    assert standing(desk).waived == ("L_PLAN", "L_COHES")
    assert standing(desk, MARKAZ).waived == ("L_PLAN", "L_COHES")
    assert desk.ask(queries.waiting_waivers) == ()
    programme.clock.move(days=31)
    assert standing(desk).waived == ()


def test_a_waiver_can_be_withdrawn_by_either(desk_as: SignIn) -> None:
    made = desk_as("supervisor").do(commands.propose_waiver, waiver("L_FDBK"))
    desk = desk_as("other")
    desk.do(commands.confirm_waivers, made)
    assert standing(desk).waived == ("L_FDBK",)
    desk_as("clerk").do(commands.withdraw_waiver, made[0])
    desk = desk_as("other")
    assert standing(desk).waived == ()
    with pytest.raises(Refusal, match=r"area\.waiver_over"):
        desk.do(commands.confirm_waivers, made)


def test_what_was_found_out_nobody_waives(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    desk.do(commands.assess, assessment(FALLUJAH, DAY, "NOT_ACCEPTABLE"))
    made = desk.do(commands.propose_waiver, waiver("L_RISK"))
    desk = desk_as("other")
    desk.do(commands.confirm_waivers, made)
    assert ("L_RISK", "NOT_ACCEPTABLE") in standing(desk).missing
    desk.do(commands.raise_alert, (MARKAZ,), "Shooting")
    assert ("L_RISK", "ALERT") in standing(desk, MARKAZ).missing


def test_a_plan_answers_for_itself(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    _on_return_side(desk)
    action = ActionForm("Repair the pump", "Water department", DAY - timedelta(days=1))
    plan = desk.do(commands.make_plan, PlanForm(FALLUJAH, "Joint plan", "ABC Fallujah", DAY, "IOM", actions=(action,)))
    assert ("L_PLAN", "PLANNED") in standing(desk).missing
    desk.do(commands.move_plan, plan, "AGREED", DAY + timedelta(days=100))
    assert "L_PLAN" not in {code for code, _ in standing(desk).missing}
    ((overdue, _),) = desk.ask(queries.overdue_actions)
    desk.do(commands.move_action, overdue, "DONE", "Pump runs")
    assert desk.ask(queries.overdue_actions) == ()
    desk.do(commands.move_plan, plan, "ENDED")
    assert ("L_PLAN", "MISSING") in standing(desk).missing
    shown = desk.ask(queries.place_of, MARKAZ)
    assert shown.plans[0].actions[0][1].done_on == DAY


def test_not_applicable_needs_a_reason_and_is_not_for_all(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    _on_return_side(desk)
    with pytest.raises(Refusal, match=r"area\.na"):
        desk.do(commands.answer, safeguard(FALLUJAH, "L_FDBK", DAY, state="NA", reason="none"))
    with pytest.raises(Refusal, match=r"area\.reason"):
        desk.do(commands.answer, safeguard(FALLUJAH, "L_COHES", DAY, state="NA"))
    desk.do(commands.answer, safeguard(FALLUJAH, "L_COHES", DAY, state="NA", reason="one community"))
    assert "L_COHES" not in {code for code, _ in standing(desk).missing}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"place": "IQG01"}, "area.place"),
        ({"on": DAY + timedelta(days=1)}, "area.day"),
        ({"until": DAY}, "area.until"),
        ({"until": DAY + timedelta(days=400)}, "area.until"),
        ({"org": " "}, "area.org"),
        ({"sections": {"NEEDS": "x"}}, "area.section"),
        ({"result": "CONDITIONS"}, "area.conditions"),
        ({"conditions": (Condition("x", DAY),)}, "area.conditions"),
        ({"result": "FINE"}, "form.code"),
        ({"org": "x" * 5000}, "area.long"),
    ],
)
def test_an_assessment_says_all_it_must(desk_as: SignIn, changes: dict[str, object], code: str) -> None:
    desk = desk_as("supervisor")
    _on_return_side(desk)
    with pytest.raises(Refusal) as refused:
        desk.do(commands.assess, msgspec.structs.replace(assessment(FALLUJAH, DAY), **changes))
    assert refused.value.code == code


def test_a_mistake_is_taken_back(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    _on_return_side(desk)
    made = desk.do(commands.assess, assessment(FALLUJAH, DAY))
    assert standing(desk).result == "ACCEPTABLE"
    desk.do(commands.void, made, "Wrong place")
    assert standing(desk).result is None


def test_places_stand_in_the_order_of_need(desk_as: SignIn) -> None:
    desk = desk_as("supervisor")
    desk.do(commands.set_profile, FALLUJAH, "H", False, "ABC Fallujah")
    desk.do(commands.set_profile, "IQG15Q07", "VH", True, "ABC Sinjar")
    assert [line.place for line in desk.ask(queries.lines)] == ["IQG15Q07", FALLUJAH]
    assert [line.place for line in desk.ask(queries.lines, {"IQG15Q05": 3, FALLUJAH: 9})] == [
        FALLUJAH,
        "IQG15Q05",
        "IQG15Q07",
    ]
    assert len(desk.ask(lambda view: queries.lines(view, everything=True))) > 400


def test_the_brief_shows_nothing_of_fewer_than_five(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    for families, text in ((4, "Four houses are occupied"), (7, "The quarter is mined")):
        topic = "HLP" if families == 4 else "HAZARDS"
        desk.do(commands.note, NoteForm(FALLUJAH, "NONVIABLE", topic, text, "IOM", families))
    one = desk.do(commands.raise_obstacle, ObstacleForm(MARKAZ, "HAZARDS", "GOVERNORATE", "No team", "IOM"))
    desk.do(commands.step_obstacle, one, "Asked the governor", "IOM", level="NATIONAL")
    brief = desk.ask(advocacy.brief, FALLUJAH)
    assert [(item.topic, item.families, item.texts) for item in brief.evidence] == [
        ("HAZARDS", 7, ("The quarter is mined",)),
        ("HLP", None, ()),
    ]
    assert [(item.place, item.level) for item in brief.obstacles] == [(MARKAZ, "NATIONAL")]
    assert desk.ask(advocacy.brief, "IQG15").evidence == ()
    assert [len(item.steps) for item in desk.ask(queries.place_of, MARKAZ).obstacles] == [1]
