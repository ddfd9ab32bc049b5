"""Sealed feedback at a centre on either register, and the opening of a box that two people must have signed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.assistance.feedback import boxes
from helpdesk.assistance.feedback.documents import BoxOpening
from helpdesk.assistance.feedback.kinds import BOX_OPENING
from helpdesk.centre.sealed_feedback import close_feedback, sealed_lines
from helpdesk.centre.tables import CentreAlarmRow
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.vault.records import document_of
from tests.assistance.test_sealed_feedback import TELLING, opened, seal_in, sent, told
from tests.programme import Programme


def test_opened_closed_and_told_to_its_desk(programme: Programme) -> None:
    number = seal_in(programme, TELLING).number
    sent(programme)
    with programme.office() as office:
        assert [line.state for line in sealed_lines(office)] == [""]
    (found,) = opened(programme, number)
    assert found.content == TELLING
    with programme.office() as office:
        assert [line.state for line in sealed_lines(office)] == ["RECEIVED"]
        office.gate.do(close_feedback, office, number)
        assert sealed_lines(office) == ()
    assert told(programme, "one", number).state == "CLOSED"
    assert told(programme, "two", number) is None


@command("feedback.forge_box", roles=FAMILIES)
def forge(act: Act, opening: str, changes: dict[str, Any], signed: bool) -> None:
    """What a dishonest desk with its own program would write."""
    found = document_of(act.connection, BOX_OPENING, opening)
    assert found is not None
    changed: BoxOpening = msgspec.structs.replace(found, **changes)
    act.records.revise(BOX_OPENING, opening, changed, signed=signed)


def alarms(programme: Programme) -> list[str]:
    with programme.office() as office, office.register.read() as register:
        return list(register.scalars(select(CentreAlarmRow.code)))


@pytest.mark.parametrize(
    ("second", "signed", "code"),
    [
        ("other", False, "record.unsigned"),
        ("own", True, "record.other_person"),
        ("nobody", True, "record.other_person"),
    ],
)
def test_a_box_that_one_person_confirmed_alone_is_told(
    programme: Programme, second: str, signed: bool, code: str
) -> None:
    with programme.open() as desk:
        opening = desk.do(boxes.open_box, "At the gate", 3)
        by = desk.user.id if second in ("own", "other") else "01a1fd55-7a80-7000-8000-000000000009"
        desk.do(forge, opening, {"confirmed_by": by}, signed)
    sent(programme)
    assert alarms(programme) == [code]


def test_an_honest_box_alarms_nobody(programme: Programme) -> None:
    with programme.open() as desk:
        opening = desk.do(boxes.open_box, "At the gate", 3)
    with programme.open("one", "other") as desk:
        desk.do(boxes.confirm_box, opening, 3)
    sent(programme)
    assert alarms(programme) == []
