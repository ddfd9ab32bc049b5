"""A departure is judged by what the centre issued, whom to ask and its word of that day, never by its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Select, select

from helpdesk.centre import deciding, intake
from helpdesk.core.language import Words
from helpdesk.desk.bundle import ClearanceRule
from helpdesk.desk.commands import Act, command
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import FAMILIES
from helpdesk.exchange import installing
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.cases import gate, queries
from helpdesk.journey.cases.documents import Evidence
from helpdesk.journey.cases.kinds import DEPARTURE
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.clearances.kinds import CLEARANCE
from helpdesk.opening import Desk
from helpdesk.reports.asked import Asked
from helpdesk.reports.codes import INDICATOR
from helpdesk.reports.periods import Period
from helpdesk.reports.status_table import status_table
from helpdesk.vault.records import documents_of, heads_of
from tests.journey import ready
from tests.journey.cases.test_incidents import carry, depart, scheduled, shown, smuggle
from tests.journey.conftest import hands_at
from tests.journey.ready import Hands
from tests.programme import Programme

BOTH = (ClearanceRule("", "", ("MOMD", "JOC")),)
ONE = (ClearanceRule("", "", ("MOMD",)),)


@pytest.fixture
def desks(programme: Programme) -> Iterator[tuple[Hands, Hands]]:
    one, two = hands_at(programme, "one"), hands_at(programme, "two")
    yield one, two
    one.desk.close()
    two.desk.close()


@command("test.evidence_of", roles=FAMILIES)
def evidence_of(act: Act, household: str) -> Evidence:
    """What a departure now would carry."""
    return gate.require_departable(act, household, act.day)


@command("test.evidence_kept", roles=FAMILIES)
def evidence_kept(act: Act, household: str) -> Evidence:
    """What the departure carried."""
    return documents_of(act.connection, DEPARTURE, household)[-1][1].evidence


@command("test.answers", roles=FAMILIES)
def answers(act: Act, household: str, authority: str) -> tuple[str, ...]:
    """The revisions of one authority's answers."""
    return tuple(
        heads_of(act.connection, record)[0].hex()
        for record, found in documents_of(act.connection, CLEARANCE, household)
        if found.authority == authority
    )


def decide(programme: Programme, family: str, word: str) -> None:
    """The centre's word on a family that it knows."""
    with programme.office() as office:
        with office.register.read() as register:
            number = register.scalars(select(HouseholdRow.number).where(HouseholdRow.id == family)).one()
        office.gate.do(deciding.decide, office, number, word)


def issue(programme: Programme, hands: Hands, rules: tuple[ClearanceRule, ...]) -> None:
    """The next bundle of a desk."""
    path = programme.bundle(hands.desk.folder.name, clearances=rules)
    installing.install(hands.as_("supervisor"), path)


def awaits(hands: Hands, family: str) -> bool:
    standing = hands.desk.ask(queries.standing_of, family)
    row = hands.desk.ask(lambda view: view.connection.execute(_row(family)).one())
    assert bool(row.awaiting) == standing.awaiting
    return standing.awaiting


def counted(desk: Desk) -> tuple[int, int]:
    """Returns that the status table counts at a desk, and departures of which its footnote says that it does not."""
    today = desk.clock.now().date()
    asked = Asked((Period(date(today.year, 1, 1), date(today.year, 12, 31)),), Words("en"), load_gazetteer())
    table = desk.ask(status_table, asked)
    (row,) = (row.cells for row in table.rows if row.cells[0] == asked.words.label(INDICATOR.name, "I2"))
    waiting = [note for note in table.notes if "next bundle" in note]
    returned = row[1]
    assert isinstance(returned, int)
    return returned, len(waiting)


def _row(family: str) -> Select[Any]:
    return select(StandingRow.awaiting, StandingRow.facilitated, StandingRow.incident).where(
        StandingRow.household == family
    )


def at_the_centre(programme: Programme, path: Path, family: str) -> tuple[bool | None, str]:
    """What the centre makes of a batch."""
    with programme.office() as office:
        (receipt,) = intake.receive(office, [path])
        assert receipt.state == "accepted"
        with office.register.read() as register:
            row = register.execute(_row(family)).one()
    return row.facilitated, row.incident


def test_evidence_does_not_choose_whom_to_ask(programme: Programme, desks: tuple[Hands, Hands]) -> None:
    one, two = desks
    issue(programme, one, BOTH)
    family = scheduled(one)
    evidence = one.as_("supervisor").do(evidence_of, family)
    assert evidence.authorities == ("MOMD", "JOC")
    answered = one.desk.do(answers, family, "MOMD")
    less = tuple(
        msgspec.structs.replace(proof, revisions=answered) if proof.safeguard == "H6" else proof
        for proof in evidence.proofs
    )
    claimed = msgspec.structs.replace(evidence, authorities=("MOMD",), proofs=less)
    one.desk.do(smuggle, family, claimed)
    issue(programme, two, BOTH)
    carry(programme, one, two)
    two.desk.do(ready.decide, family, "proceed")
    for hands in desks:
        assert shown(hands, family) == ("DEPARTED", False, "UNPROVEN")
        assert hands.desk.ask(queries.standing_of, family).unproven == ("H6",)


def test_a_bundle_that_is_not_known_here_yet_leaves_the_departure_open(
    programme: Programme, desks: tuple[Hands, Hands]
) -> None:
    one, two = desks
    issue(programme, one, BOTH)
    family = scheduled(one)
    one.as_("supervisor").do(depart, family)
    assert shown(one, family) == ("DEPARTED", True, "")
    carry(programme, one, two)
    two.as_("clerk").do(ready.decide, family, "proceed")
    assert shown(two, family) == ("DEPARTED", False, "")
    assert awaits(two, family)
    boss = two.as_("supervisor")
    assert boss.ask(queries.worklist, "INCIDENTS") == []
    assert boss.ask(queries.worklist, "AWAITING") == [family]
    assert boss.ask(queries.lines, (family,))[family].awaiting
    assert counted(boss) == (0, 1)
    programme.clock.move(days=1)
    issue(programme, one, ONE)  # what one desk is told later changes nothing of the day
    issue(programme, two, ONE)
    for hands in desks:
        assert shown(hands, family) == ("DEPARTED", True, "")
        assert not awaits(hands, family)
        assert counted(hands.as_("supervisor")) == (1, 0)
    assert two.desk.ask(queries.worklist, "AWAITING") == []


def test_a_version_that_nobody_issued_is_not_believed(programme: Programme, desks: tuple[Hands, Hands]) -> None:
    one, two = desks
    family = scheduled(one)
    evidence = one.as_("supervisor").do(evidence_of, family)
    assert evidence.bundle > 0
    one.desk.do(smuggle, family, msgspec.structs.replace(evidence, bundle=77))
    path = carry(programme, one, two)
    two.as_("clerk").do(ready.decide, family, "proceed")
    assert shown(two, family) == ("DEPARTED", False, "")
    assert awaits(two, family)
    assert at_the_centre(programme, path, family) == (False, "UNPROVEN")


def test_a_word_of_the_centre_is_never_taken_from_the_evidence(
    programme: Programme, desks: tuple[Hands, Hands]
) -> None:
    one, two = desks
    family = scheduled(one)  # the word is this desk's own invention: the centre gave none
    one.as_("supervisor").do(depart, family)
    assert one.desk.do(evidence_kept, family).decided_on
    path = carry(programme, one, two)
    assert shown(two, family) == ("DEPARTED", False, "")
    assert awaits(two, family)
    assert at_the_centre(programme, path, family) == (False, "UNPROVEN")


def test_the_word_of_the_day_counts_whatever_the_centre_says_later(
    programme: Programme, desks: tuple[Hands, Hands]
) -> None:
    one, two = desks
    family = ready.preparing_family(one.as_("clerk"), without=("CENTRE",))
    at_the_centre(programme, carry(programme, one, two), family)
    decide(programme, family, "proceed")
    issue(programme, one, ())
    ready.declare(one.as_("clerk"), family)
    boss = one.as_("supervisor")
    boss.do(ready.cases.declare_ready, family)
    assert boss.do(ready.cases.schedule, (family,), boss.clock.now().date()) == ()
    boss.do(depart, family)
    assert shown(one, family) == ("DEPARTED", True, "")
    programme.clock.move(days=2)
    decide(programme, family, "wait")
    issue(programme, one, ())
    assert shown(one, family) == ("DEPARTED", True, "")
    assert at_the_centre(programme, carry(programme, one, two), family) == (True, "")
