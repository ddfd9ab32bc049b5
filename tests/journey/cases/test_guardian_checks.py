"""A check of children who travel without every guardian counts by a supervisor's true signature alone."""

from __future__ import annotations

from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.journey.cases import queries
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.documents import GuardianCheck
from helpdesk.journey.preparing.kinds import GUARDIAN_CHECK
from helpdesk.opening import Desk
from tests.journey import ready
from tests.journey.ready import Hands, preparing_family


@command("test.check_children", roles=FAMILIES)
def check(act: Act, household: str, minors: tuple[str, ...], adults: tuple[str, ...], signed: bool) -> None:
    """What a laptop whose program was changed might write."""
    found = GuardianCheck(household, act.day, minors, adults, "Somebody")
    act.records.create(GUARDIAN_CHECK, act.new_id(), found, signed=signed)


def lacks(desk: Desk, family: str) -> bool:
    return "GUARDIANS" in {one.safeguard for one in desk.ask(queries.standing_of, family).missing}


def test_only_a_supervisors_check_counts(hands: Hands) -> None:
    desk = hands.as_("clerk")
    family = preparing_family(desk)
    father = ready.adults(desk, family)[-1]
    assert not lacks(desk, family)
    desk.do(preparing.record_travellers, family, {father: "follows when the harvest is in"})
    assert lacks(desk, family)
    people = desk.do(ready.members_of, family)
    grown = ready.adults(desk, family)
    minors = tuple(sorted(person for person in people if person not in grown))
    going = tuple(person for person in grown if person != father)
    for signed in (False, True):
        desk.do(check, family, minors, going, signed)
        assert lacks(desk, family)
    hands.as_("supervisor").do(preparing.record_guardian_check, family, minors, going, "UNHCR")
    assert not lacks(desk, family)
