"""Families handed over by a desk that was lost afterwards are lost nowhere, and nothing else of it is believed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from helpdesk.centre import settling, transfers
from helpdesk.centre.tables import CentreAlarmRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.exchange.transfers import HandedOver
from helpdesk.households.queries import lines
from helpdesk.households.tables import HouseholdRow
from helpdesk.opening import Desk
from tests.journey.handed import FAR, far_desk, hand_over, renew, take_in
from tests.people import small_form
from tests.programme import Programme

REASON = "The supervisor wrote it on Monday, the laptop was stolen on Tuesday"


@pytest.fixture
def families(programme: Programme) -> list[str]:
    """Two families at the first desk that no batch of it ever brought to the centre."""
    far_desk(programme)
    return [programme.register("one", small_form(programme.clock)) for _ in range(2)]


def lose(programme: Programme) -> None:
    with programme.office() as office:
        office.gate.do(settling.revoke, office, programme.numbers["one"], 0)
    renew(programme, FAR)


def believe(programme: Programme, handed: HandedOver, reason: str = REASON) -> transfers.BelievedTransfer:
    with programme.office() as office:
        return office.gate.do(transfers.believe, office, handed.path, reason)


def at_centre(programme: Programme) -> set[str]:
    with programme.office() as office, office.register.read() as register:
        return set(register.scalars(select(HouseholdRow.id)))


def at_far(programme: Programme, families: list[str]) -> set[str]:
    def known(desk: Desk) -> set[str]:
        return set(desk.ask(lines, families))

    return programme.at(FAR, "clerk", known)


def test_what_was_handed_over_before_the_loss_is_lost_nowhere(programme: Programme, families: list[str]) -> None:
    handed = hand_over(programme, families)
    lose(programme)
    with pytest.raises(Fault, match=r"fvb\.revoked"):
        take_in(programme, handed)
    assert at_centre(programme) == set()
    taken = believe(programme, handed)
    assert (taken.families, taken.records, taken.known) == (2, handed.records, False)
    assert at_centre(programme) == set(families)
    assert believe(programme, handed).known
    # the receiving desk learns of it with its next bundle, and nothing of the file is doubted
    renew(programme, FAR)
    assert take_in(programme, handed).result == "installed"
    assert at_far(programme, families) == set(families)
    with programme.office() as office, office.register.read() as register:
        assert register.execute(select(CentreAlarmRow)).all() == []


def test_nothing_else_of_a_lost_desk_is_believed(programme: Programme, families: list[str]) -> None:
    handed = hand_over(programme, families[:1])
    stolen = hand_over(programme, families[1:])  # the same people, keys and day: nothing but a person can tell
    lose(programme)
    believe(programme, handed)
    renew(programme, FAR)
    with pytest.raises(Fault, match=r"fvb\.revoked"):
        take_in(programme, stolen)
    assert take_in(programme, handed).result == "installed"
    assert at_far(programme, families) == at_centre(programme) == {families[0]}


def test_who_may_believe_what(programme: Programme, families: list[str]) -> None:
    handed = hand_over(programme, families)
    with pytest.raises(Refusal, match=r"transfer\.not_lost"):
        believe(programme, handed)  # its own batches bring them
    exported = programme.export("one")
    lose(programme)
    with pytest.raises(Refusal, match=r"transfer\.reason"):
        believe(programme, handed, " ")
    with programme.office() as office, pytest.raises((Refusal, Fault), match=r"file\.not_transfer|fvb\.revoked"):
        office.gate.do(transfers.believe, office, exported.path, REASON)
    damaged = handed.path.with_suffix(".damaged.fvb")
    data = bytearray(handed.path.read_bytes())
    data[-9] ^= 1
    damaged.write_bytes(data)
    with programme.office() as office, pytest.raises(Fault):
        office.gate.do(transfers.believe, office, damaged, REASON)
    assert at_centre(programme) == set()
