"""A family that was displaced again has still returned once: its first departure goes on counting, judged as before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpdesk.casework import displacing
from helpdesk.casework.displacing import AgainForm
from helpdesk.core.language import Words
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, steps
from helpdesk.reports.asked import Asking
from helpdesk.reports.registry import table_of
from helpdesk.reports.table import Table
from tests.journey import ready
from tests.journey.conftest import hands_at
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme


@pytest.fixture
def hands(programme: Programme) -> Iterator[Hands]:
    found = hands_at(programme, "one")
    yield found
    found.desk.close()


def returned(hands: Hands) -> tuple[object, object]:
    words = Words("en")

    def number(table: Table, label: str) -> object:
        return next(row.cells[-1] for row in table.rows if row.cells[0] == label)

    status = hands.desk.ask(table_of, "status-table", Asking(words))
    matrix = hands.desk.ask(table_of, "matrix", Asking(words))
    return number(status, words.label("indicator", "I2")), number(matrix, words("Total"))


@command("test.leave", roles=FAMILIES)
def leave(act: Act, household: str) -> None:
    """By the gate, with its proof."""
    gate.depart(act, household, act.day)


@command("test.come", roles=FAMILIES)
def come(act: Act, household: str) -> None:
    """What an arrival leaves in the case."""
    steps.move(act, household, "ARRIVED", arrived_on=act.day)


def test_the_first_return_goes_on_counting(programme: Programme, hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    ready.declare(hands.desk, household)
    day = hands.desk.clock.now().date()
    hands.as_("supervisor").do(cases.declare_ready, household)
    assert hands.desk.do(cases.schedule, (household,), day) == ()
    hands.desk.do(leave, household)
    before = returned(hands)
    assert before == (1, 1)
    hands.desk.do(come, household)
    programme.clock.move(days=20)
    again = AgainForm(hands.desk.clock.now().date(), "HOUSE", PlaceAnswer(unlisted="A school"), "CAMP")
    hands.desk.do(displacing.displaced_again, household, again)
    assert returned(hands) == before
