"""The rule of the gate: which conditions of a departure hold on a day, and which do not (DOMAIN.md section 3).

Pure functions of :class:`Facts`: no store, no clock. What is dated after the day that is asked about does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from msgspec import Struct

from helpdesk.core.clock import day_number, day_of, read_instant
from helpdesk.core.dates import age_on
from helpdesk.desk.lapsing import word_holds, word_until
from helpdesk.households.documents import Intention
from helpdesk.households.rules import ADULT
from helpdesk.journey.cases.codes import MOVING, SAFEGUARD, WAIVABLE
from helpdesk.journey.cases.documents import Held, Missing
from helpdesk.journey.cases.facts import Decided, Facts, Papers, Said
from helpdesk.journey.preparing.codes import BRIEFING
from helpdesk.journey.preparing.documents import Reconfirmation

INTENTION_DAYS: Final = 14
"""Days for which an adult's own answer holds (H7)."""
DECLARATION_DAYS: Final = 7
"""Days before the movement within which each adult signs the declaration (DOMAIN.md 2.9)."""
CONTACTS: Final = 2
CHOICE_OF: Final = {"RETURN": "RET", "RELOCATION": "REL"}
TRACK_OF: Final = {choice: track for track, choice in CHOICE_OF.items()}
_ONES_OWN: Final = ("HEAD", "SPOUSE")
_BETWEEN: Final = ("CHILD", "CHILDLAW")
_ORDER: Final = {code: place for place, code in enumerate(SAFEGUARD)}
_AREA_WHY: Final = {"MISSING": "NOT_DONE"}

Finding = Held | Missing
Dated = TypeVar("Dated")


class Examined(Struct, frozen=True):
    """All conditions on one day. ``good_until`` is the last day on which nothing of what is shown changes by itself.

    ``lapses`` is the last day of the centre's word: rows are made anew after it, and nobody is shown it.
    """

    missing: tuple[Missing, ...]
    held: tuple[Held, ...]
    good_until: date | None
    lapses: date | None = None

    @property
    def blocking(self) -> tuple[Missing, ...]:
        """What stands in the way."""
        return tuple(one for one in self.missing if one.blocks)

    def until(self, safeguard: str) -> date | None:
        """The last day of one condition that holds."""
        return min((one.until for one in self.held if one.safeguard == safeguard and one.until), default=None)


def travellers_of(papers: Papers) -> tuple[str, ...]:
    """Who would travel: everybody on the roster who is here and of whom nobody said that she stays."""
    people = ((person, papers.persons.get(person)) for person in papers.household.document.members)
    return tuple(p for p, s in people if s is not None and s.document.presence == "HERE" and s.document.travels != "N")


def adults_of(papers: Papers, persons: Iterable[str], day: date) -> tuple[str, ...]:
    """Those of ``persons`` who are of age on ``day``."""
    return tuple(person for person in persons if age_on(papers.persons[person].document.birth_date, day) >= ADULT)


def is_screened(papers: Papers) -> bool:
    """Whether intention and barriers are answered: the family is SCREENED without any case."""
    if papers.household.document.population in ("RET", "HOST"):
        return papers.vulnerability is not None
    return bool(papers.intentions) and bool(papers.barriers)


def examine(facts: Facts, day: date, movement_day: date | None = None) -> Examined:
    """Every condition on ``day``; the declarations too, against ``movement_day``, once there is one."""
    found = list(_findings(facts, day))
    if movement_day is not None:
        found.extend(_declarations(facts, movement_day))
    settled = [_waived(facts, one) if isinstance(one, Missing) else one for one in found]
    missing = sorted((one for one in settled if isinstance(one, Missing)), key=lambda one: _ORDER[one.safeguard])
    held = sorted((one for one in settled if isinstance(one, Held)), key=lambda one: _ORDER[one.safeguard])
    ends = [one.until for one in held if one.until is not None and one.until >= day]
    household, decided = facts.papers.id, facts.decided
    lapses = None
    if decided is not None and may_proceed(household, decided, day):
        lapses = day_of(word_until(household, decided.on))
    return Examined(tuple(missing), tuple(held), min(ends, default=None), lapses)


def _waived(facts: Facts, one: Missing) -> Finding:
    proofs = facts.waived.get(one.safeguard, ())
    if not proofs or one.safeguard not in WAIVABLE:
        return one
    return Held(one.safeguard, evidence=proofs, waived=True)


def _findings(facts: Facts, day: date) -> Iterator[Finding]:
    yield _consent(facts)
    yield _intention(facts)
    yield from _travel(facts)
    yield from _guardians(facts, day)
    yield _fact("H1", facts.attended, day, "engagement")
    yield _fact("H2", facts.offered, day, "visits")
    yield _profiled(facts)
    yield from _informed(facts, day)
    yield from _clearance(facts)
    yield from _reconfirmed(facts, day)
    yield _briefed(facts, day)
    yield _contacts(facts)
    if facts.track == "RELOCATION":
        yield from _relocation(facts, day)
    yield from _place(facts)
    yield _centre(facts, day)


def _lacking(safeguard: str, why: str = "NOT_DONE", *, person: str | None = None, page: str = "journey") -> Missing:
    return Missing(safeguard, why, person, waivable=safeguard in WAIVABLE, page=page)


def _fact(safeguard: str, fact: object, day: date, page: str) -> Finding:
    on, revision = getattr(fact, "on", None), getattr(fact, "revision", "")
    if on is None or on > day:
        return _lacking(safeguard, page=page)
    return Held(safeguard, on, evidence=(revision,))


def _consent(facts: Facts) -> Finding:
    for said in facts.papers.consents:
        if (said.document.purpose, said.document.answer, said.document.person) == ("DATA", "GIVEN", None):
            return Held("CONSENT", said.on, evidence=(said.revision,))
    return _lacking("CONSENT", page="families")


def _intention(facts: Facts) -> Finding:
    if not facts.papers.intentions or facts.track not in MOVING:
        return _lacking("INTENTION", page="families")
    said = facts.papers.intentions[-1]
    if said.document.choice != CHOICE_OF[facts.track]:
        return _lacking("INTENTION", "OTHER_CHOICE", page="families")
    if said.document.destination != facts.destination:
        return _lacking("INTENTION", "OTHER_PLACE", page="families")
    return Held("INTENTION", said.document.on, evidence=(said.revision,))


def is_forced(intention: Intention) -> bool:
    """Whether somebody said that the family is made to leave: that blocks every facilitated departure."""
    return "FORCED" in intention.reasons or intention.free_to_choose == "N"


def was_unfree(papers: Papers, travellers: Iterable[str], day: date) -> bool:
    """Whether anybody's last word by ``day``, as far as this store heard it, was that the family is made to leave.

    Asked of a departure beside its evidence: whoever let a family go may not have heard what was said at another desk.
    """
    intentions = [said.document for said in papers.intentions if said.document.on <= day]
    if intentions and is_forced(intentions[-1]):
        return True
    last = (said.document for one in travellers for said in latest_answers(papers.reconfirmations, one, day))
    return any(answer.forced or answer.free_to_choose != "Y" for answer in last)


def _travel(facts: Facts) -> Iterator[Finding]:
    papers = facts.papers
    unsaid = [person for person in facts.travellers if papers.persons[person].document.travels != "Y"]
    yield from (_lacking("TRAVELLERS", "NOT_SAID", person=person, page="families") for person in unsaid)
    if not facts.travellers:
        yield _lacking("TRAVELLERS", "NOBODY", page="families")
    elif not unsaid:
        evidence = tuple(papers.persons[person].revision for person in facts.travellers)
        yield Held("TRAVELLERS", evidence=evidence)


def minors_to_check(papers: Papers, travellers: Sequence[str], day: date) -> tuple[str, ...]:
    """Minors who would travel without every guardian of the roster, or with somebody who is not a parent.

    It asks the roster alone: why a guardian is away is sealed, and makes no difference.
    """
    going = set(travellers)

    def grown(relations: Sequence[str]) -> list[str]:
        return [
            person
            for person, said in papers.persons.items()
            if said.document.relation in relations and age_on(said.document.birth_date, day) >= ADULT
        ]

    def is_with(parents: Sequence[str]) -> bool:
        return bool(parents) and going.issuperset(parents)

    own, between = is_with(grown(_ONES_OWN)), is_with(grown(_BETWEEN))
    covered = {"CHILD": own, "GRANDCH": between}
    minors = [person for person in travellers if age_on(papers.persons[person].document.birth_date, day) < ADULT]
    return tuple(p for p in minors if not covered.get(papers.persons[p].document.relation, False))


def _guardians(facts: Facts, day: date) -> Iterator[Finding]:
    minors = minors_to_check(facts.papers, facts.travellers, day)
    if not minors:
        return
    adults = set(adults_of(facts.papers, facts.travellers, day))
    for said in reversed(facts.papers.guardians):
        check = said.document
        if check.on <= day and set(check.minors) >= set(minors) and set(check.adults) == adults:
            yield Held("GUARDIANS", check.on, evidence=(said.revision,))
            return
    yield from (_lacking("GUARDIANS", person=person) for person in minors)


def _profiled(facts: Facts) -> Finding:
    said = facts.papers.vulnerability
    return Held("H3", said.on, evidence=(said.revision,)) if said else _lacking("H3", page="families")


def _informed(facts: Facts, day: date) -> Iterator[Finding]:
    topics = [("H4", "HLPCOMP"), ("H5", "NUMBERS")]
    for safeguard, topic in topics[1:] if facts.track == "RELOCATION" else topics:
        told = [s for s in facts.papers.information if topic in s.document.topics and s.document.on <= day]
        yield Held(safeguard, told[-1].document.on, evidence=(told[-1].revision,)) if told else _lacking(safeguard)


def _clearance(facts: Facts) -> Iterator[Finding]:
    found = facts.clearance
    if found.complete:
        yield Held("H6", until=found.until, evidence=found.evidence)
        return
    if not found.missing:
        yield _lacking("H6", page="clearances")
    for person, authority in found.missing:
        yield Missing("H6", "NOT_DONE", person, authority, page="clearances")


def _reconfirmed(facts: Facts, day: date) -> Iterator[Finding]:
    if facts.papers.intentions and is_forced(facts.papers.intentions[-1].document):
        yield _lacking("H7", "FORCED")
    for person in adults_of(facts.papers, facts.travellers, day):
        answers = latest_answers(facts.papers.reconfirmations, person, day)
        why = _answer_fails(facts, answers, day)
        if why is not None:
            yield _lacking("H7", why, person=person)
        else:
            on = answers[0].document.on
            evidence = tuple(said.revision for said in answers)
            yield Held("H7", on, until=on + timedelta(days=INTENTION_DAYS), evidence=evidence)


def latest_answers(answers: Iterable[Said[Reconfirmation]], person: str, day: date) -> tuple[Said[Reconfirmation], ...]:
    """The answers of a person that count on ``day``: of the last day, the last from each laptop.

    A correction at one laptop follows what it corrects; two laptops did not see each other, so both count.
    """
    mine = [said for said in answers if said.document.person == person and said.document.on <= day]
    last = max((said.document.on for said in mine), default=None)
    of_device: dict[str, Said[Reconfirmation]] = {}
    for said in sorted(mine, key=lambda said: (said.ctr, said.revision)):
        if said.document.on == last:
            of_device[said.device] = said
    return tuple(of_device[device] for device in sorted(of_device))


def _answer_fails(facts: Facts, answers: Sequence[Said[Reconfirmation]], day: date) -> str | None:
    # the answer that counts least in the family's favour decides; the order is from the gravest
    if not answers:
        return "NOT_DONE"
    documents = [said.document for said in answers]
    reasons = {
        "FORCED": any(one.forced for one in documents),
        "NOT_FREE": any(one.free_to_choose != "Y" for one in documents),
        "NOT_ALONE": not all(one.alone for one in documents),
        "OTHER_CHOICE": any(one.choice != CHOICE_OF.get(facts.track) for one in documents),
        "OTHER_PLACE": any(one.destination != facts.destination for one in documents),
        "EXPIRED": (day - documents[0].on).days > INTENTION_DAYS,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _briefed(facts: Facts, day: date) -> Finding:
    told: set[str] = set()
    evidence: list[str] = []
    last: date | None = None
    for said in facts.papers.briefings:
        if said.document.on <= day:
            told.update(said.document.items)
            evidence.append(said.revision)
            last = said.document.on
    return Held("H8", last, evidence=tuple(evidence)) if told.issuperset(BRIEFING) else _lacking("H8")


def _contacts(facts: Facts) -> Finding:
    # two safe numbers, or none and a relative; what nobody asked yet is not safe
    household = facts.papers.household.document
    safe = sum(1 for phone in household.phones if phone.safe_to_call)
    if safe >= CONTACTS or (household.no_phone and household.contact is not None):
        return Held("H9", evidence=(facts.papers.household.revision,))
    return Missing("H9", "FEW_CONTACTS", blocks=False, page="families")


def _relocation(facts: Facts, day: date) -> Iterator[Finding]:
    known = [
        s for s in facts.papers.relocations if s.document.on <= day and s.document.destination == facts.destination
    ]
    if not known:
        yield from (_lacking("HOUSING"), _lacking("RESIDENCY"))
        return
    said, check = known[-1], known[-1].document
    if check.until is not None and check.until < day:
        yield from (_lacking("HOUSING", "EXPIRED"), _lacking("RESIDENCY", "EXPIRED"))
        return
    held = {"HOUSING": check.housing != "NONE", "RESIDENCY": check.residency in ("GRANTED", "NOT_NEEDED")}
    for safeguard, holds in held.items():
        if holds:
            yield Held(safeguard, check.on, until=check.until, evidence=(said.revision,))
        else:
            yield _lacking(safeguard, "PENDING" if check.residency == "PENDING" else "NOT_DONE")


def _place(facts: Facts) -> Iterator[Finding]:
    codes = [code for code in SAFEGUARD if code.startswith("L_")]
    if facts.area is None:
        yield from (_lacking(code, "PLACE_UNKNOWN", page="areas") for code in codes)
        return
    lacking: set[str] = set()
    for safeguard, why in facts.area.missing:
        lacking.add(safeguard)
        yield _lacking(safeguard, _AREA_WHY.get(why, why), page="areas")
    for code in codes:
        if code not in lacking:
            yield Held(code, until=facts.area.until, evidence=facts.area.evidence, waived=code in facts.area.waived)


def _centre(facts: Facts, day: date) -> Finding:
    # without the day until which the word holds: who knew it could tell a word that was taken back
    return Held("CENTRE") if may_proceed(facts.papers.id, facts.decided, day) else _lacking("CENTRE", "FOLLOW_UP")


def may_proceed(household: str, decided: Decided | None, day: date) -> bool:
    """Whether the centre's word holds on ``day``: it was "proceed", and has neither to come yet nor run out."""
    if decided is None or decided.decision != "proceed":
        return False
    return word_holds(household, decided.on, day_number(day))


def _declarations(facts: Facts, movement_day: date) -> Iterator[Finding]:
    signed = {
        said.document.person: said
        for said in facts.papers.consents
        if said.document.purpose == "MOVE" and said.document.answer == "GIVEN"
    }
    for person in adults_of(facts.papers, facts.travellers, movement_day):
        said = signed.get(person)
        if said is None:
            yield _lacking("MOVE", person=person)
            continue
        on = _day_said(said.document.at)
        if on is None or not 0 <= (movement_day - on).days <= DECLARATION_DAYS:
            yield _lacking("MOVE", "EXPIRED", person=person)
        else:
            yield Held("MOVE", on, until=on + timedelta(days=DECLARATION_DAYS), evidence=(said.revision,))


def _day_said(at: str) -> date | None:
    # an instant that a foreign document holds as text: what cannot be read was said on no day
    try:
        return read_instant(at).date()
    except ValueError:
        return None


def effective(declared: str, *, screened: bool, examined: Examined | None, movement_day: date | None) -> str:
    """The state that shows: what was declared, unless what it needs does not hold (never the other way round).

    ``examined`` is asked only of what is declared READY or SCHEDULED; the declarations are part of it for the latter.
    """
    if not declared:
        return "SCREENED" if screened else "REGISTERED"
    if declared not in ("READY", "SCHEDULED") or examined is None:
        return declared
    blocking = {one.safeguard for one in examined.blocking}
    if blocking - {"MOVE"}:
        return "PREPARING"
    if declared == "SCHEDULED" and (blocking or movement_day is None):
        return "READY"
    return declared
