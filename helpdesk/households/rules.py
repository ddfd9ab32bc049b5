"""The rules of registration as pure functions: no session, no clock, no settings (DOMAIN.md 2.2 to 2.9).

Each returns what it derived or raises Refusal with a code and the place in the form. Nothing here asks whether
something is likely: warnings beside a field are :func:`warnings`, and they never stop a save.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from helpdesk.core.codes import BUILT_IN, CodeList, Lists
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.language import LANGUAGES
from helpdesk.core.numbers import read_phone
from helpdesk.households import codes
from helpdesk.households.documents import BarrierItem, PaperDocument, Person, SealedAnswers
from helpdesk.households.forms import (
    ConsentAnswer,
    DisplacementAnswer,
    IntentionAnswer,
    MemberEntry,
    Registration,
)

LARGEST_FAMILY = 40
OLDEST = 120
ADULT = 18
ELDERLY = 60
WASHINGTON_FROM = 5
LARGE_FAMILY = 8
DEPENDENTS_PER_ADULT = 2
PARENT_GAP = 12
NOTE_LENGTH = 2000
DISABLED_FROM = ("3", "4")


def among(entry: str | None, allowed: CodeList, field: str, *, required: bool = True) -> None:
    """Refuse a code that is not on its list. Raises Refusal("form.code", field=...)."""
    if entry is None and not required:
        return
    if entry not in allowed:
        raise Refusal("form.code", field=field)


def check_consent(answer: ConsentAnswer, lists: Lists = BUILT_IN) -> None:
    """DOMAIN.md 2.9: explicit forms only; an oral consent has a witness; it was read in a language.

    Raises Refusal("consent.form"), Refusal("consent.witness"), Refusal("form.code").
    """
    among(answer.purpose, codes.PURPOSE, "purpose")
    if answer.answer not in ("GIVEN", "REFUSED"):  # withdrawing is an act of its own, with a witness
        raise Refusal("form.code", field="answer")
    if answer.language not in LANGUAGES:
        among(answer.language, lists.accepted(codes.SPOKEN), "language")
    if answer.answer == "GIVEN":
        if answer.form not in codes.CONSENT_FORM:
            raise Refusal("consent.form")
        if answer.form in ("ORAL", "PROXY") and not answer.witness.strip():
            raise Refusal("consent.witness")


def check_data_consent(consents: Sequence[ConsentAnswer], lists: Lists = BUILT_IN) -> None:
    """No personal field before the data consent. Raises Refusal("consent.data")."""
    for answer in consents:
        check_consent(answer, lists)
    if not any(answer.purpose == "DATA" and answer.answer == "GIVEN" for answer in consents):
        raise Refusal("consent.data")
    if len({answer.purpose for answer in consents}) != len(consents):
        raise Refusal("consent.twice")


def is_name(text: str) -> bool:
    """Whether a name holds at least one letter of any script; nothing at all is no wrong name."""
    return not text.strip() or any(sign.isalpha() for sign in text)


def check_member(entry: MemberEntry, line: int, day: date) -> None:
    """One line of the roster; ``line`` counts from 1. Raises Refusal("roster.*", line=...)."""
    if not entry.given_name.strip() or not entry.father_name.strip():
        raise Refusal("roster.name", line=line)
    if not all(is_name(name) for name in (entry.given_name, entry.father_name, entry.grandfather_name or "",
                                          entry.family_name)):  # fmt: skip
        raise Refusal("roster.name_letters", line=line)
    among(entry.sex, codes.SEX, "sex")
    among(entry.relation, codes.RELATION, "relation")
    among(entry.presence, codes.PRESENCE, "presence")
    among(entry.birth_precision, codes.PRECISION, "birth_precision")
    age = age_on(entry.birth_date, day)
    if entry.birth_date > day and not (entry.birth_precision != "day" and entry.birth_date.year == day.year):
        raise Refusal("roster.not_born", line=line)
    if age > OLDEST:
        raise Refusal("roster.too_old", line=line, oldest=OLDEST)


def check_roster(form: Registration, day: date) -> None:
    """Sizes, exactly one head, an adult, and the places of head, principal and alternate.

    Raises Refusal("roster.empty" | "roster.too_many" | "roster.head" | "roster.no_adult" | "roster.principal").
    """
    count = len(form.members)
    if count == 0:
        raise Refusal("roster.empty")
    if count > LARGEST_FAMILY:
        raise Refusal("roster.too_many", most=LARGEST_FAMILY)
    for place, entry in enumerate(form.members):
        check_member(entry, place + 1, day)
    heads = [place for place, entry in enumerate(form.members) if entry.relation == "HEAD"]
    if heads != [form.head]:
        raise Refusal("roster.head")
    if not any(age_on(entry.birth_date, day) >= ADULT for entry in form.members):
        raise Refusal("roster.no_adult")
    if not 0 <= form.principal < count:
        raise Refusal("roster.principal")
    if form.alternate is not None:
        if not 0 <= form.alternate < count or form.alternate == form.principal:
            raise Refusal("roster.alternate")
        if age_on(form.members[form.alternate].birth_date, day) < ADULT:
            raise Refusal("roster.alternate_age")


def check_contact(form: Registration) -> None:
    """At least one phone, or "none" with a contact person. Raises Refusal("phone.needed" | "phone.form" | ...)."""
    if not form.phones and not form.no_phone:
        raise Refusal("phone.needed")
    if not form.phones and (form.contact is None or not form.contact.name.strip()):
        raise Refusal("contact.needed")
    for phone in form.phones:
        if read_phone(phone.number) != phone.number:
            raise Refusal("phone.form")


def check_displacement(answer: DisplacementAnswer | None, population: str, day: date) -> None:
    """Origin is required of displaced families; nothing lies in the future. Raises Refusal("origin.needed" | ...)."""
    displaced = population in ("CAMP", "OOC")
    if answer is None or not (answer.origin.place_id or answer.origin.unlisted.strip()):
        if displaced:
            raise Refusal("origin.needed")
        return
    among(answer.cause, codes.CAUSE, "cause", required=False)
    among(answer.tried_return, codes.YES_NO, "tried_return", required=False)
    among(answer.relatives_returned, codes.YES_NO, "relatives_returned", required=False)
    for told in (answer.left_on, answer.arrived_on):
        if told is not None and told.year > day.year:
            raise Refusal("displacement.future")
    if answer.left_on and answer.arrived_on and answer.arrived_on.year < answer.left_on.year:
        raise Refusal("displacement.order")
    if answer.times_displaced is not None and not 1 <= answer.times_displaced <= 15:
        raise Refusal("displacement.times")


def check_intention(answer: IntentionAnswer, lists: Lists = BUILT_IN) -> None:
    """Choice with its destination: return and settling elsewhere need one. Raises Refusal("intention.destination")."""
    among(answer.choice, codes.CHOICE, "choice")
    among(answer.horizon, codes.HORIZON, "horizon", required=False)
    among(answer.dwelling, codes.DWELLING, "dwelling", required=False)
    among(answer.decider, codes.DECIDER, "decider", required=False)
    for reason in answer.reasons:
        among(reason, lists.accepted(codes.REASON), "reasons")
    for need in answer.information_needs:
        among(need, lists.accepted(codes.INFORMATION), "information_needs")
    for answered in (answer.free_to_choose, answer.women_consulted, answer.information_enough):
        among(answered, codes.YES_NO, "free_to_choose", required=False)
    place = answer.destination
    if answer.choice in ("RET", "REL") and (place is None or not (place.place_id or place.unlisted.strip())):
        raise Refusal("intention.destination")


def check_barriers(items: Iterable[BarrierItem], lists: Lists = BUILT_IN) -> None:
    """Only what a desk may read, each once. Raises Refusal("form.code" | "barrier.twice" | "barrier.severity")."""
    seen: set[str] = set()
    others = lists.accepted(codes.OTHER_REASON)
    for item in items:
        if item.code not in codes.BARRIER and item.code not in others:
            raise Refusal("form.code", field="barriers")
        if item.code in seen:
            raise Refusal("barrier.twice")
        seen.add(item.code)
        among(item.status, codes.BARRIER_STATUS, "barrier_status")
        if item.severity is not None and item.severity not in (1, 2, 3):
            raise Refusal("barrier.severity")


def check_sealed(sealed: SealedAnswers, persons: int, lists: Lists = BUILT_IN) -> None:
    """The codes of sealed answers, checked before they become unreadable. Raises Refusal("form.code")."""
    for code in sealed.barriers:
        among(code, codes.SEALED_BARRIER, "barriers")
    for person in sealed.persons:
        if not 0 <= person.n < persons:
            raise Refusal("form.code", field="persons")
        among(person.absence, codes.ABSENCE, "absence", required=False)
        among(person.marital, codes.MARITAL, "marital", required=False)
        for paper, why in person.papers:
            among(paper, lists.accepted(codes.DOCUMENT), "document")
            among(why, codes.NOT_HELD, "document_status")


def check_registration(form: Registration, day: date, lists: Lists = BUILT_IN) -> None:
    """Everything a registration must satisfy, in the order a clerk would mend it."""
    check_data_consent(form.consents, lists)
    among(form.population, codes.POPULATION, "population")
    among(form.spoken, lists.accepted(codes.SPOKEN), "spoken")
    among(form.reading, codes.READING, "reading", required=False)
    check_roster(form, day)
    check_contact(form)
    if form.population == "CAMP" and (form.site is None or not (form.site.place_id or form.site.unlisted.strip())):
        raise Refusal("site.needed")
    check_displacement(form.displacement, form.population, day)
    if form.intention is not None:
        check_intention(form.intention, lists)
    check_barriers(form.barriers or (), lists)
    check_sealed(form.sealed, len(form.members), lists)
    if len(form.notes) > NOTE_LENGTH:
        raise Refusal("notes.long", most=NOTE_LENGTH)
    for likeness in form.likeness:
        among(likeness.answer, codes.LIKENESS, "likeness")


def derived_flags(
    persons: Mapping[str, Person], head: str, papers: Sequence[PaperDocument], day: date
) -> frozenset[str]:
    """The vulnerability flags that follow from the roster and its papers (DOMAIN.md 2.7)."""
    ages = {person_id: age_on(person.birth_date, day) for person_id, person in persons.items()}
    adults = [person_id for person_id, age in ages.items() if age >= ADULT and persons[person_id].presence == "HERE"]
    dependents = sum(1 for age in ages.values() if age < ADULT or age >= ELDERLY)
    working = sum(1 for age in ages.values() if ADULT <= age < ELDERLY)
    flags = {
        "FHH": persons[head].sex == "F" and ages[head] >= ADULT,
        "CHH": ages[head] < ADULT,
        "ELH": ages[head] >= ELDERLY and all(ages[person_id] >= ELDERLY for person_id in adults),
        "DIS": any(has_difficulty(person) for person in persons.values()),
        "CHRON": any("Y" in (person.chronic, person.serious_medical) for person in persons.values()),
        "PREG": any(person.pregnant == "Y" for person in persons.values()),
        "LARGE": len(persons) >= LARGE_FAMILY or dependents > DEPENDENTS_PER_ADULT * max(working, 1),
        "NODOC": _lacks_papers(persons, papers),
    }
    return frozenset(flag for flag, holds in flags.items() if holds)


def _lacks_papers(persons: Mapping[str, Person], papers: Sequence[PaperDocument]) -> bool:
    asked = {paper.person for paper in papers if paper.type in ("NID", "CSID")}
    held = {paper.person for paper in papers if paper.type in ("NID", "CSID") and paper.status in ("VALID", "EXP")}
    return any(person in asked - held for person in persons)


def warnings(form: Registration, day: date) -> list[tuple[str, int]]:
    """What a clerk may want to look at again: (code, roster line or 0). Never stops a save."""
    found: list[tuple[str, int]] = []
    if form.size_declared is not None and form.size_declared != len(form.members):
        found.append(("warn.size", 0))
    head = form.members[form.head] if 0 <= form.head < len(form.members) else None
    for place, entry in enumerate(form.members):
        age = age_on(entry.birth_date, day)
        if head is None or entry is head:
            continue
        gap = age_on(head.birth_date, day) - age
        if (entry.relation == "CHILD" and gap < PARENT_GAP) or (entry.relation == "PARENT" and -gap < PARENT_GAP):
            found.append(("warn.age", place + 1))
    if head is not None and age_on(head.birth_date, day) < ADULT:
        found.append(("warn.child_head", form.head + 1))
    return found


def has_difficulty(person: Person) -> bool | None:
    """Washington Group Short Set: a lot of difficulty, or cannot do it, in one of the six; None where nobody said."""
    told = [answer for answer in (person.difficulties or {}).values() if answer.isdecimal()]
    return any(answer in DISABLED_FROM for answer in told) if told else None
