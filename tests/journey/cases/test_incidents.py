"""Departures that another desk recorded against the rules: kept as facts, raised, never counted without a proof."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.exchange import batches, installing
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, queries, steps, waiving
from helpdesk.journey.cases.documents import Departure, Evidence
from helpdesk.journey.cases.kinds import DEPARTURE, case_id
from tests.journey import ready
from tests.journey.conftest import hands_at
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme


@command("test.depart", roles=FAMILIES)
def depart(act: Act, household: str) -> None:
    """Leave by the gate."""
    gate.depart(act, household, act.day)


@command("test.stop", roles=FAMILIES)
def stop(act: Act, household: str) -> None:
    """Withdraw."""
    steps.move(act, household, "WITHDRAWN")


@command("test.smuggle", roles=FAMILIES)
def smuggle(act: Act, household: str, evidence: Evidence) -> None:
    """What a laptop whose program was changed might write: a departure with evidence of its own making."""
    act.records.create(DEPARTURE, act.new_id(), Departure(household, evidence.case, act.day, evidence), signed=True)
    steps.write(act, household, "DEPARTED", departed_on=act.day)


@pytest.fixture
def desks(programme: Programme) -> Iterator[tuple[Hands, Hands]]:
    one, two = hands_at(programme, "one"), hands_at(programme, "two")
    yield one, two
    one.desk.close()
    two.desk.close()


def carry(programme: Programme, sender: Hands, receiver: Hands) -> Path:
    """One desk's news to the other; returns the file."""
    programme.clock.move(seconds=1)
    desk = sender.as_("supervisor")
    written = batches.export(desk, desk.folder, programme.stick)
    installing.install(receiver.as_("supervisor"), written.path)
    return written.path


def scheduled(hands: Hands) -> str:
    family = preparing_family(hands.as_("clerk"))
    ready.declare(hands.desk, family)
    desk = hands.as_("supervisor")
    desk.do(cases.declare_ready, family)
    assert desk.do(cases.schedule, (family,), desk.clock.now().date()) == ()
    return family


def hear(hands: Hands, family: str) -> None:
    """The centre's word reaches this desk too."""
    hands.as_("clerk").do(ready.decide, family, "proceed")


def shown(hands: Hands, family: str) -> tuple[str, bool | None, str]:
    standing = hands.desk.ask(queries.standing_of, family)
    kept = hands.desk.ask(queries.lines, (family,))[family]
    assert (kept.state, kept.incident) == (standing.state, standing.incident)
    return standing.state, standing.facilitated, standing.incident


def test_a_departure_is_proven_at_the_other_desk_too(programme: Programme, desks: tuple[Hands, Hands]) -> None:
    one, two = desks
    family = scheduled(one)
    one.as_("supervisor").do(depart, family)
    carry(programme, one, two)
    hear(two, family)
    assert shown(two, family) == ("DEPARTED", True, "")


def test_withdrawn_there_and_left_here_is_a_fact_and_an_incident(
    programme: Programme, desks: tuple[Hands, Hands]
) -> None:
    one, two = desks
    family = scheduled(one)
    carry(programme, one, two)
    hear(two, family)
    two.as_("clerk").do(stop, family)
    one.as_("supervisor").do(depart, family)
    carry(programme, one, two)
    carry(programme, two, one)
    assert shown(one, family) == shown(two, family) == ("DEPARTED", False, "WITHDRAWN")
    boss = one.as_("supervisor")
    assert boss.ask(queries.worklist, "INCIDENTS") == [family]
    boss.do(waiving.settle_incident, family, "FACILITATED", "The family took its withdrawal back in time")
    assert shown(one, family) == ("DEPARTED", True, "")
    carry(programme, one, two)
    assert shown(two, family) == ("DEPARTED", True, "")


def test_withdrawn_there_while_ready_here_stays_withdrawn(programme: Programme, desks: tuple[Hands, Hands]) -> None:
    one, two = desks
    family = preparing_family(one.as_("clerk"))
    carry(programme, one, two)
    two.as_("clerk").do(stop, family)
    one.as_("supervisor").do(cases.declare_ready, family)
    carry(programme, one, two)
    carry(programme, two, one)
    assert shown(one, family)[0] == shown(two, family)[0] == "WITHDRAWN"
    with pytest.raises(Refusal, match=r"case\.step"):
        one.as_("supervisor").do(depart, family)


@pytest.mark.parametrize("safeguard", ["H1", "H6", "H7", "H8", "L_RISK", "MOVE", "TRAVELLERS"])
def test_evidence_that_lacks_a_safeguard_proves_nothing(
    programme: Programme, desks: tuple[Hands, Hands], safeguard: str
) -> None:
    one, two = desks
    family = scheduled(one)
    boss = one.as_("supervisor")

    @command("test.evidence", roles=FAMILIES)
    def evidence_of(act: Act, household: str) -> Evidence:
        return gate.require_departable(act, household, act.day)

    whole = boss.do(evidence_of, family)
    less = tuple(proof for proof in whole.proofs if proof.safeguard != safeguard)
    boss.do(smuggle, family, msgspec.structs.replace(whole, proofs=less))
    carry(programme, one, two)
    hear(two, family)
    for hands in desks:
        assert shown(hands, family) == ("DEPARTED", False, "UNPROVEN")
    with pytest.raises(Refusal, match=r"incident\.unproven"):
        two.as_("supervisor").do(waiving.settle_incident, family, "FACILITATED", "It surely was all right")
    two.as_("supervisor").do(waiving.settle_incident, family, "NOT_FACILITATED", "Nobody asked for the papers")
    assert shown(two, family) == ("DEPARTED", False, "")


def test_two_desks_that_begin_at_once_have_one_case(programme: Programme, desks: tuple[Hands, Hands]) -> None:
    one, two = desks
    form = ready.returning_form(programme.clock)
    from_one = one.as_("clerk")
    from_one.do(ready.families.register, form)
    carry(programme, one, two)
    for hands in desks:
        programme.clock.move(seconds=1)
        hands.as_("clerk").do(cases.prepare, form.household_id)
    carry(programme, one, two)
    carry(programme, two, one)
    for hands in desks:
        file = hands.desk.ask(queries.case_file, form.household_id)
        assert file.standing.case == case_id(form.household_id, 1)
        assert len(file.cases) == 1


@command("test.back", roles=FAMILIES)
def turned_back(act: Act, household: str) -> None:
    """Come back from a checkpoint, as movements write it."""
    steps.move(act, household, "PREPARING", departed_on=None, movement_day=None)


def test_turned_back_and_left_alone_the_same_day_was_not_our_departure(hands: Hands) -> None:
    family = scheduled(hands)
    desk = hands.as_("supervisor")
    desk.do(depart, family)
    assert shown(hands, family) == ("DEPARTED", True, "")
    desk.do(turned_back, family)
    desk.do(cases.leave_unfacilitated, family, "OWN", desk.clock.now().date())
    assert shown(hands, family) == ("UNFACILITATED", None, "")


def test_who_told_another_desk_that_she_is_not_free_did_not_leave_with_us(
    programme: Programme, desks: tuple[Hands, Hands]
) -> None:
    one, two = desks
    family = scheduled(one)
    carry(programme, one, two)
    ready.reconfirm(two.as_("clerk"), family, free_to_choose="N")
    one.as_("supervisor").do(depart, family)
    assert shown(one, family) == ("DEPARTED", True, "")
    carry(programme, one, two)
    carry(programme, two, one)
    assert shown(one, family) == shown(two, family) == ("DEPARTED", False, "UNPROVEN")
