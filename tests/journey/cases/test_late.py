"""How late a day may be typed in: not to come, not before the family was registered, and a late one by a supervisor."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.households import late
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.codes import TOPIC
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme


@pytest.mark.parametrize(
    ("who", "back", "code"),
    [
        ("clerk", 0, ""),
        ("clerk", late.LATE_DAYS, ""),
        ("clerk", late.LATE_DAYS + 1, "late.supervisor"),
        ("supervisor", late.LATE_DAYS + 1, ""),
        ("supervisor", late.FURTHEST_BACK, ""),
        ("supervisor", late.FURTHEST_BACK + 1, "preparing.day"),
        ("clerk", -1, "preparing.day"),
    ],
)
def test_how_far_back(programme: Programme, hands: Hands, who: str, back: int, code: str) -> None:
    family = preparing_family(hands.as_("clerk"))
    programme.clock.move(days=100)
    hands.desk.catch_up()
    day = hands.desk.clock.now().date() - timedelta(days=back)
    desk = hands.as_(who)
    if not code:
        desk.do(preparing.record_information, (family,), tuple(TOPIC), day)
        return
    with pytest.raises(Refusal, match=code.replace(".", r"\.")):
        desk.do(preparing.record_information, (family,), tuple(TOPIC), day)


def test_nothing_was_said_before_the_family_was_registered(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    before = hands.desk.clock.now().date() - timedelta(days=1)
    with pytest.raises(Refusal, match=r"late\.unregistered"):
        hands.desk.do(preparing.record_information, (family,), tuple(TOPIC), before)
    with pytest.raises(Refusal, match=r"late\.unregistered"):
        hands.desk.do(cases.leave_unfacilitated, family, "OWN", before)
