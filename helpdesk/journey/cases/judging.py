"""Judges a departure again from the revisions that it names: proven, or what of it is not.

Any store that holds the revisions comes to the same answer, whatever changed since; one that lacks some says which
safeguards it cannot see proven. Nothing is undone here: who left has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from helpdesk.core.clock import day_number
from helpdesk.core.dates import age_on
from helpdesk.journey.areas.documents import AreaPlan, Assessment, Safeguard
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.areas.kinds import ASSESSMENT, CONFIRMED, PLAN, SAFEGUARD, WAIVER
from helpdesk.journey.areas.rules import Level, as_safeguard
from helpdesk.journey.areas.standing import confirmation_of, is_opening, judged
from helpdesk.journey.cases import kinds
from helpdesk.journey.cases.codes import WAIVABLE
from helpdesk.journey.cases.documents import Departure, Evidence, Judged, Proof
from helpdesk.journey.cases.facts import Facts, Papers, Said
from helpdesk.journey.cases.gathering import KIND_OF, Ground, assembled
from helpdesk.journey.cases.issued import Rules, word_by
from helpdesk.journey.cases.rules import Examined, examine, travellers_of
from helpdesk.journey.clearances.codes import FROM_AGE
from helpdesk.journey.clearances.documents import Clearance
from helpdesk.journey.clearances.kinds import CLEARANCE
from helpdesk.journey.clearances.rules import Answer, Cleared, cleared, known_on, latest
from helpdesk.journey.engagement.kinds import ATTENDANCE
from helpdesk.journey.facts import Fact
from helpdesk.journey.visits.kinds import SEAT
from helpdesk.vault.records import Kind, Revision, decode_revision, hash_named
from helpdesk.vault.tables import RevisionRow

_ROSTER: Final = "TRAVELLERS"
_PLACE: Final = "L_RISK"
_OPENS: Final = frozenset(kind.name for kind in (ASSESSMENT, SAFEGUARD, PLAN))
_NAMED = select(RevisionRow.hash, RevisionRow.body).where(RevisionRow.hash.in_(bindparam("named", expanding=True)))


def evidence_of(facts: Facts, examined: Examined, day: date, ground: Ground) -> Evidence:
    """What a departure on ``day`` carries: for every condition the revisions by which it holds."""
    papers = facts.papers
    proofs = []
    for held in examined.held:
        revisions = held.evidence
        if held.safeguard.startswith("L_") and held.safeguard != _PLACE:
            revisions = ()  # the place is judged as a whole: its revisions stand beside the risk assessment
        proofs.append((held.safeguard, revisions, held.waived))
    roster = (papers.household.revision, *(said.revision for said in papers.persons.values()))
    of_safeguard: dict[str, tuple[tuple[str, ...], bool]] = {_ROSTER: (roster, False)}
    for safeguard, revisions, waived in proofs:
        known, before = of_safeguard.get(safeguard, ((), False))
        of_safeguard[safeguard] = (tuple(dict.fromkeys((*known, *revisions))), waived or before)
    case, destination = papers.case, facts.destination
    return Evidence(
        household=papers.id,
        case=case.record if case else "",
        track=facts.track,
        day=day,
        destination=destination,
        travellers=facts.travellers,
        authorities=ground.authorities(papers, facts.destination),
        proofs=tuple(Proof(name, *of_safeguard[name]) for name in sorted(of_safeguard)),
        decided_on=facts.decided.on if facts.decided else 0,
        bundle=ground.bundle.version if ground.bundle else 0,
    )


def judge(connection: Connection, departure: Departure, ground: Ground, desk: int) -> Judged:
    """Whether the evidence proves the departure by the rule of its own day; ``unproven`` are codes of ``safeguard``.

    ``desk`` is whose supervisor signed it. Who had to be asked, and what the centre had said, follow from what the
    centre issued: where that is not known here yet and all else is proven, the answer waits for it.
    """
    evidence = departure.evidence
    if (evidence.household, evidence.case, evidence.day) != (departure.household, departure.case, departure.on):
        return Judged(False, (_ROSTER,))
    rules = ground.issued(desk, evidence.bundle)
    facts = _rebuilt(connection, evidence, ground, rules)
    if facts is None or facts.travellers != evidence.travellers:
        return Judged(False, (_ROSTER,))
    found = examine(facts, evidence.day, evidence.day).blocking
    unknown = {"H6"} if rules is None and _may_come(evidence, ground) else set()
    if facts.decided is None and not ground.knows_every_word:
        unknown.add("CENTRE")
    lacking = tuple(dict.fromkeys(one.safeguard for one in found))
    unproven = tuple(one for one in lacking if one not in unknown)
    return Judged(not lacking, unproven, awaiting=bool(lacking) and not unproven)


def _may_come(evidence: Evidence, ground: Ground) -> bool:
    # a version that the next bundle may tell of; the centre wrote every one itself
    return evidence.bundle > 0 and not ground.knows_every_word


def _rebuilt(connection: Connection, evidence: Evidence, ground: Ground, rules: Rules | None) -> Facts | None:
    named = {revision for proof in evidence.proofs for revision in proof.revisions}
    revisions = _revisions(connection, named)
    said = sorted(
        ((revision.kind, _said(name, revision)) for name, revision in revisions.items() if revision.kind in KIND_OF),
        key=lambda pair: (pair[1].ctr, pair[1].record),
    )
    mine = [
        (kind, one) for kind, one in said if KIND_OF[kind].household(one.record, one.document) == evidence.household
    ]
    papers = assembled(evidence.household, mine)
    if papers is None:
        return None
    return Facts(
        papers=ground.believed(papers),
        track=evidence.track,
        destination=evidence.destination,
        travellers=travellers_of(papers),
        attended=_attended(revisions, evidence),
        offered=_offered(revisions, evidence),
        clearance=_cleared(revisions, evidence, papers, ground, rules),
        area=_area(connection, revisions, evidence, ground),
        waived=_waived(evidence, papers, ground),
        decided=word_by(connection, evidence.household, day_number(evidence.day)),
    )


def _revisions(connection: Connection, named: Iterable[str]) -> dict[str, Revision]:
    hashes = [found for revision in sorted(named) if (found := hash_named(revision)) is not None]
    rows = connection.execute(_NAMED, {"named": hashes})
    return {bytes(row.hash).hex(): decode_revision(bytes(row.body)) for row in rows}


def _said(name: str, revision: Revision) -> Said[Any]:
    document = KIND_OF[revision.kind].decode(bytes(revision.doc))
    return Said(revision.id, name, revision.ctr, revision.device, revision.user, revision.at, document)


def _of_kind(revisions: Mapping[str, Revision], kind: Kind[Any], household: str | None) -> list[tuple[str, Any]]:
    found = []
    for name, revision in revisions.items():
        if revision.kind == kind.name:
            document = kind.decode(bytes(revision.doc))
            if household is None or document.household == household:
                found.append((name, document))
    return sorted(found, key=lambda pair: pair[0])


def _attended(revisions: Mapping[str, Revision], evidence: Evidence) -> Fact | None:
    for name, document in _of_kind(revisions, ATTENDANCE, evidence.household):
        if document.state == "PRESENT" and document.informs:
            return Fact(document.on, revisions[name].id, name)
    return None


def _offered(revisions: Mapping[str, Revision], evidence: Evidence) -> Fact | None:
    for name, document in _of_kind(revisions, SEAT, evidence.household):
        if document.state in ("DECLINED", "OFFERED", "TAKEN"):
            return Fact(document.offered_on, revisions[name].id, name)
    return None


def _cleared(
    revisions: Mapping[str, Revision], evidence: Evidence, papers: Papers, ground: Ground, rules: Rules | None
) -> Cleared:
    if rules is None:
        return Cleared(False, (), None, ())
    answers: list[Answer] = []
    for name, document in _of_kind(revisions, CLEARANCE, evidence.household):
        found: Clearance = document
        answers.append(Answer(found.person, found.authority, found.status, found.on, found.valid_until, name))
    births = {person: said.document.birth_date for person, said in papers.persons.items()}
    people = [p for p in evidence.travellers if p in births and age_on(births[p], evidence.day) >= FROM_AGE]
    asked = ground.authorities(papers, evidence.destination, rules)
    return cleared(latest(known_on(answers, evidence.day)), people, asked, evidence.day)


def _area(
    connection: Connection, revisions: Mapping[str, Revision], evidence: Evidence, ground: Ground
) -> AreaStanding | None:
    place = evidence.destination.place_id if evidence.destination else None
    if place is None:
        return None
    levels: dict[str, Level] = {}

    def level(of_place: str) -> Level:
        return levels.setdefault(of_place, Level())

    revisions = _opening(connection, revisions, ground)
    for name, document in _of_kind(revisions, ASSESSMENT, None):
        assessment: Assessment = document
        level(assessment.place).assessments.append((assessment, name))
    for name, document in _of_kind(revisions, SAFEGUARD, None):
        safeguard: Safeguard = document
        level(safeguard.place).safeguards.append((safeguard, name))
    for name, document in _of_kind(revisions, PLAN, None):
        plan: AreaPlan = document
        level(plan.place).safeguards.append((as_safeguard(plan), name))
    for name, document in _of_kind(revisions, CONFIRMED, None):
        seen = _revisions(connection, [document.seen]).get(document.seen)
        if seen is not None and seen.kind == WAIVER.name:
            waiver = WAIVER.decode(bytes(seen.doc))
            if confirmation_of(connection, seen.id, waiver, ground.publics) is not None:
                level(waiver.place).waivers.append((waiver, name))
    one = judged(ground.gazetteer, levels, place, evidence.day)
    return AreaStanding(place, one.missing, one.result, one.until, one.waived, one.evidence, hold=one.hold)


def _opening(connection: Connection, revisions: Mapping[str, Revision], ground: Ground) -> dict[str, Revision]:
    # what of the places was signed by somebody who may open one; a confirmation is judged by its two signatures
    hashes = [hash_named(name) for name, revision in revisions.items() if revision.kind in _OPENS]
    rows = connection.execute(select(RevisionRow).where(RevisionRow.hash.in_(hashes))).all() if hashes else ()
    opened = {bytes(row.hash).hex() for row in rows if is_opening(row, ground.publics)}
    return {name: one for name, one in revisions.items() if one.kind not in _OPENS or name in opened}


def _waived(evidence: Evidence, papers: Papers, ground: Ground) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for proof in evidence.proofs:
        if not proof.waived or proof.safeguard not in WAIVABLE:
            continue
        for second in papers.confirmations:
            if second.document.on > evidence.day:
                continue
            first = ground.confirmed(second)
            if first is not None and (first.safeguard, first.case) == (proof.safeguard, evidence.case):
                found[proof.safeguard] = (second.document.seen, second.revision)
    return found


def withdrawn_beside(connection: Connection, case: str) -> bool:
    """Whether a laptop that did not know of the departure recorded a withdrawal or a halt of the same case."""
    revisions, states = _history(connection, case)
    left = [name for name, state in states.items() if state == "DEPARTED"]
    stopped = [name for name, state in states.items() if state in ("WITHDRAWN", "HOLD")]
    lines = {name: _line(name, revisions) for name in (*left, *stopped)}
    return any(one not in lines[other] and other not in lines[one] for one in left for other in stopped)


def left_alone_after(connection: Connection, case: str) -> bool:
    """Whether a family that had left with us came back and then left by itself, in the same case."""
    revisions, states = _history(connection, case)
    alone = [name for name, state in states.items() if state == "UNFACILITATED"]
    return any(states[before] == "DEPARTED" for name in alone for before in _line(name, revisions))


def came_alone(connection: Connection, case: str) -> bool:
    """Whether somebody wrote in this case that the family left by its own means or by order."""
    return "UNFACILITATED" in _history(connection, case)[1].values()


def _history(connection: Connection, case: str) -> tuple[dict[str, Revision], dict[str, str]]:
    # the revisions of a case and the state that each declares, by hash
    rows = connection.execute(
        select(RevisionRow.hash, RevisionRow.body).where(
            RevisionRow.record == case, RevisionRow.kind == kinds.CASE.name
        )
    )
    revisions = {bytes(row.hash).hex(): decode_revision(bytes(row.body)) for row in rows}
    states = {name: kinds.CASE.decode(bytes(revision.doc)).state for name, revision in revisions.items()}
    return revisions, states


def _line(name: str, revisions: Mapping[str, Revision]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in revisions and one not in found:
            found.add(one)
            waiting.extend(revisions[one].parents)
    return found
