"""The gate: a family with everything may leave; with any one thing missing it may not, and is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, queries, waiving
from helpdesk.journey.cases.documents import Departure
from helpdesk.journey.cases.reasons import reason_of
from tests.journey import ready
from tests.journey.ready import STEPS, Hands, preparing_family


@command("test.leave", roles=(Role.SUPERVISOR,))
def leave(act: Act, household: str) -> Departure:
    """Leave today."""
    return gate.depart(act, household, act.day)


def test_a_family_with_everything_leaves_and_counts(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    assert hands.desk.ask(queries.standing_of, family).blocking == ()
    boss = hands.as_("supervisor")
    boss.do(cases.declare_ready, family)
    assert boss.ask(queries.standing_of, family).state == "READY"
    today = boss.clock.now().date()
    (refused,) = boss.do(cases.schedule, (family,), today)
    assert refused.code == "gate.move"
    ready.declare(hands.as_("clerk"), family)
    boss = hands.as_("supervisor")
    assert boss.do(cases.schedule, (family,), today) == ()
    assert boss.ask(queries.standing_of, family).state == "SCHEDULED"
    boss.do(leave, family)
    standing = boss.ask(queries.standing_of, family)
    assert (standing.state, standing.facilitated, standing.incident) == ("DEPARTED", True, "")


@pytest.mark.parametrize("step", sorted(STEPS))
def test_without_one_step_nobody_is_ready(hands: Hands, step: str) -> None:
    family = preparing_family(hands.as_("clerk"), without=(step,))
    standing = hands.desk.ask(queries.standing_of, family)
    assert step in {one.safeguard for one in standing.blocking}
    with pytest.raises(Refusal) as refused:
        hands.as_("supervisor").do(cases.declare_ready, family)
    assert refused.value.code.startswith("gate.")
    assert hands.desk.ask(queries.standing_of, family).state == "PREPARING"
    words = Words("en")
    for one in standing.missing:
        assert words.sentence(reason_of(one)) != reason_of(one).code


def test_a_waiver_needs_two_people_and_never_opens_what_is_free_choice(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"), without=("H2", "H6", "H7"))
    boss = hands.as_("supervisor")
    waiver = boss.do(waiving.propose_waiver, family, "H2", "No bus can pass the road this month")
    assert boss.ask(queries.standing_of, family).proposed == (waiver,)
    with pytest.raises(Refusal, match=r"waiver\.same_person"):
        boss.do(waiving.confirm_waiver, waiver)
    for safeguard in ("H6", "H7", "MOVE", "CENTRE", "L_RISK", "GUARDIANS"):
        with pytest.raises(Refusal, match=r"waiver\.never"):
            boss.do(waiving.propose_waiver, family, safeguard, "No bus can pass the road this month")
    assert "H2" in {one.safeguard for one in boss.ask(queries.standing_of, family).blocking}
    hands.as_("other").do(waiving.confirm_waiver, waiver)
    standing = boss.ask(queries.standing_of, family)
    assert {one.safeguard for one in standing.blocking} == {"H6", "H7"}
    assert [one.safeguard for one in standing.held if one.waived] == ["H2"]
    hands.as_("other").do(waiving.withdraw_waiver, waiver)
    assert "H2" in {one.safeguard for one in boss.ask(queries.standing_of, family).blocking}


def test_ready_fades_with_the_days(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    boss = hands.as_("supervisor")
    boss.do(cases.declare_ready, family)
    today = boss.clock.now().date()
    assert boss.ask(queries.standing_of, family).good_until == today + timedelta(days=14)
    boss.clock.move(days=15)
    boss.catch_up()
    assert boss.ask(queries.worklist, "READY") == []
    assert boss.ask(queries.worklist, "MISSING", safeguard="H7") == [family]
    assert boss.ask(queries.standing_of, family).state == "PREPARING"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"alone": False}, "NOT_ALONE"),
        ({"free_to_choose": "N"}, "NOT_FREE"),
        ({"free_to_choose": "pnta"}, "NOT_FREE"),
        ({"forced": True}, "FORCED"),
        ({"choice": "LOC", "destination": None}, "OTHER_CHOICE"),
    ],
)
def test_an_answer_that_is_not_free_does_not_open(hands: Hands, changes: dict[str, object], why: str) -> None:
    family = preparing_family(hands.as_("clerk"), without=("H7",))
    ready.reconfirm(hands.desk, family, **changes)
    found = hands.desk.ask(queries.standing_of, family).blocking
    assert {(one.safeguard, one.why) for one in found} == {("H7", why)}
    assert len({one.person for one in found}) == 2  # each adult, women included
