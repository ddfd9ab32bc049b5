"""Follow-up at the centre in two steps: somebody at the desk proposes it, a supervisor hands the family over or not.

A proposal says who, when and a day to look again, never why, and changes nothing for the family until it is confirmed.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES, Role
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.documents import Case, FollowUpProposal
from helpdesk.journey.cases.kinds import CASE, FOLLOW_UP_PROPOSAL
from helpdesk.vault.bulk import among
from helpdesk.vault.records import all_documents, documents_of

_OPEN = "PROPOSED"


@command("case.propose_follow_up", roles=FAMILIES)
def propose(act: Act, household: str, review_on: date) -> str:
    """Propose follow-up at the centre, with a day to look again; returns the proposal's record.

    Raises Refusal("case.step" | "case.review" | "follow_up.twice" | "household.unknown").
    """
    steps.check_review(act, review_on)
    if steps.case_of(act, household) is None:
        steps.change(act, household)  # opens it
    record, case = steps.known_case(act, household)
    steps.check(case, "FOLLOW_UP")
    if open_proposal(act, household) is not None:
        raise Refusal("follow_up.twice")
    proposal = act.new_id()
    document = FollowUpProposal(household, record, review_on, act.user.id, act.day)
    act.records.create(FOLLOW_UP_PROPOSAL, proposal, document)
    act.concerns(household, proposal)
    return proposal


@command("case.decline_follow_up", roles=FAMILIES)
def decline(act: Act, household: str) -> None:
    """Decline what was proposed, as a supervisor, or take one's own proposal back.

    Raises Refusal("follow_up.none" | "follow_up.not_yours").
    """
    found = open_proposal(act, household)
    if found is None:
        raise Refusal("follow_up.none")
    if act.user.role is not Role.SUPERVISOR and found.by != act.user.id:
        raise Refusal("follow_up.not_yours")
    answer_open(act, household, "DECLINED")
    act.concerns(household)


def answer_open(act: Act, household: str, state: str) -> None:
    """Answer every open proposal for a household: two desks may each have made one."""
    for record, doc in documents_of(act.connection, FOLLOW_UP_PROPOSAL, household):
        if doc.state == _OPEN:
            act.records.revise(FOLLOW_UP_PROPOSAL, record, msgspec.structs.replace(doc, state=state))


def open_proposal(view: View, household: str) -> FollowUpProposal | None:
    """What was proposed for a family and nobody has answered, the first of several; None where its case went on."""
    view.only(NAMES)
    cases: list[Case] = [doc for _, doc in documents_of(view.connection, CASE, household)]
    state = max(cases, key=lambda case: case.attempt).state if cases else ""
    if "FOLLOW_UP" not in steps.ALLOWED.get(state, ()):
        return None
    return next(
        (doc for _, doc in documents_of(view.connection, FOLLOW_UP_PROPOSAL, household) if doc.state == _OPEN), None
    )


def proposed_families(view: View, site: str | None = None) -> list[str]:
    """The families for whom follow-up is proposed, by number; of one site or of all."""
    view.only(NAMES)
    proposed = {doc.household for _, doc in all_documents(view.connection, FOLLOW_UP_PROPOSAL) if doc.state == _OPEN}
    waiting = [household for household in sorted(proposed) if open_proposal(view, household) is not None]
    statement = select(HouseholdRow.id).where(among(view.connection, HouseholdRow.id, waiting))
    if site is not None:
        statement = statement.where(HouseholdRow.site == site)
    return list(view.connection.scalars(statement.order_by(HouseholdRow.number)))


def count_proposed(view: View, site: str | None = None) -> int:
    """How many they are."""
    return len(proposed_families(view, site))
