"""A departure entered days later is judged by what was known on its day: nothing granted or waived since opens it."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate
from helpdesk.journey.cases.documents import Evidence
from helpdesk.journey.clearances.kinds import CLEARANCE
from helpdesk.vault.records import document_of, documents_of
from tests.journey import ready
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme


@command("test.departable", roles=FAMILIES)
def departable_on(act: Act, household: str, day: date) -> Evidence:
    return gate.require_departable(act, household, day)


@command("test.unclear", roles=FAMILIES)
def unclear(act: Act, household: str) -> None:
    """An authority's answer turns to a refusal."""
    for record, _ in documents_of(act.connection, CLEARANCE, household)[:1]:
        known = document_of(act.connection, CLEARANCE, record)
        assert known is not None
        act.records.revise(
            CLEARANCE, record, msgspec.structs.replace(known, status="REFUSED", valid_until=None), signed=True
        )


def with_the_day(hands: Hands) -> tuple[str, date]:
    family = preparing_family(hands.as_("clerk"))
    ready.declare(hands.desk, family)
    desk = hands.as_("supervisor")
    desk.do(cases.declare_ready, family)
    day = desk.clock.now().date()
    assert desk.do(cases.schedule, (family,), day) == ()
    return family, day


def test_what_was_granted_later_opens_no_earlier_day(programme: Programme, hands: Hands) -> None:
    family, day = with_the_day(hands)
    desk = hands.desk
    desk.do(unclear, family)
    programme.clock.move(days=2)
    ready.clear(desk, family)
    assert desk.do(departable_on, family, desk.clock.now().date()).household == family
    with pytest.raises(Refusal, match=r"gate\.h6"):
        desk.do(departable_on, family, day)
