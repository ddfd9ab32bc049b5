"""Waivers and incidents: what takes two people, and what a supervisor decides about a departure against the rules.

A waiver holds by two signed acts of two people; whether it does is read from the signatures (gathering.py), not from
names in a document. An incident is settled, never deleted.
"""

from __future__ import annotations

from typing import Final

import msgspec

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.rules import among
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.codes import SETTLED, WAIVABLE
from helpdesk.journey.cases.documents import Settlement, Waiver, WaiverConfirmed
from helpdesk.journey.cases.gathering import Ground, papers_of
from helpdesk.journey.cases.kinds import DEPARTURE, SETTLEMENT, WAIVER, WAIVER_CONFIRMED
from helpdesk.journey.cases.standing import departed, is_proven, proposed_waivers
from helpdesk.vault.records import document_of, documents_of, heads_of

SHORTEST_REASON: Final = 10
_BEFORE: Final = ("PREPARING", "READY", "SCHEDULED", "HOLD")


@command("case.propose_waiver", roles=(Role.SUPERVISOR,))
def propose_waiver(act: Act, household: str, safeguard: str, reason: str) -> str:
    """Propose to waive a safeguard for one family, with a reason; returns the waiver's record.

    Raises Refusal("waiver.never" | "waiver.reason" | "waiver.case" | "waiver.twice" | "case.none").
    """
    record, case = steps.known_case(act, household)
    if safeguard not in WAIVABLE:
        raise Refusal("waiver.never", safeguard=safeguard)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("waiver.reason", shortest=SHORTEST_REASON)
    if case.state not in _BEFORE:
        raise Refusal("waiver.case")
    for _, known in documents_of(act.connection, WAIVER, household):
        if (known.case, known.safeguard, known.state) == (record, safeguard, "PROPOSED"):
            raise Refusal("waiver.twice")
    waiver = act.new_id()
    document = Waiver(household, record, safeguard, reason.strip(), act.user.id, act.day)
    act.records.create(WAIVER, waiver, document, signed=True)
    act.concerns(household, waiver)
    return waiver


@command("case.confirm_waiver", roles=FAMILIES)
def confirm_waiver(act: Act, waiver: str) -> None:
    """The second person's word: any other account than the proposer's.

    Raises Refusal("waiver.unknown" | "waiver.same_person" | "waiver.withdrawn" | "waiver.conflict" | "waiver.done").
    """
    found = document_of(act.connection, WAIVER, waiver)
    if found is None:
        raise Refusal("waiver.unknown")
    if found.by == act.user.id:
        raise Refusal("waiver.same_person")
    if found.state != "PROPOSED":
        raise Refusal("waiver.withdrawn")
    heads = heads_of(act.connection, waiver)
    if len(heads) != 1:
        raise Refusal("waiver.conflict")
    papers = papers_of(act.connection, [found.household])[found.household]
    if waiver not in proposed_waivers(papers, Ground(act.connection, act.day)):
        raise Refusal("waiver.done")
    word = WaiverConfirmed(found.household, waiver, heads[0].hex(), act.user.id, act.day)
    act.records.create(WAIVER_CONFIRMED, act.new_id(), word, signed=True)
    act.concerns(found.household, waiver)


@command("case.withdraw_waiver", roles=(Role.SUPERVISOR,))
def withdraw_waiver(act: Act, waiver: str) -> None:
    """End a waiver; the safeguard is asked for again. Raises Refusal("waiver.unknown")."""
    found = document_of(act.connection, WAIVER, waiver)
    if found is None:
        raise Refusal("waiver.unknown")
    if found.state == "PROPOSED":
        act.records.revise(WAIVER, waiver, msgspec.structs.replace(found, state="WITHDRAWN"), signed=True)
    act.concerns(found.household, waiver)


@command("case.settle", roles=(Role.SUPERVISOR,))
def settle_incident(act: Act, household: str, result: str, reason: str) -> None:
    """Settle the incident of a family's departure. FACILITATED only where its evidence proves it.

    Raises Refusal("incident.none" | "incident.unproven" | "waiver.reason" | "form.code" | "household.unknown").
    """
    among(result, SETTLED, "result")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("waiver.reason", shortest=SHORTEST_REASON)
    papers = papers_of(act.connection, [household]).get(household)
    if papers is None:
        raise Refusal("household.unknown")
    ground = Ground(act.connection, act.day)
    incident = departed(papers, ground).incident
    if not incident:
        raise Refusal("incident.none")
    if result == "FACILITATED" and not is_proven(papers, ground):
        raise Refusal("incident.unproven")
    departures = [record for record, _ in documents_of(act.connection, DEPARTURE, household)]
    if incident == "NO_DEPARTURE" and papers.case is not None:
        departures = [papers.case.record]
    for departure in departures:
        document = Settlement(household, departure, result, reason.strip(), act.day, act.user.id)
        act.records.create(SETTLEMENT, act.new_id(), document, signed=True)
    act.concerns(household)
