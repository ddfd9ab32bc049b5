"""Dividing a family: those who go form a household of their own, under a number of its own, and keep what is theirs.

Nobody is ever in two households, no grant is given twice, and nothing sealed is copied: a sealed message belongs to the
household it was said in, so the centre is asked to look at the new one, as it looks at whatever was sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.assistance.vouchers.divisions import DIVISION, Division
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import LIVE
from helpdesk.casework import roster
from helpdesk.casework.family import Holders, carry
from helpdesk.casework.kinds import split_id
from helpdesk.casework.relations import relations_after
from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import read_phone
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households import alike, cards, numbers, sealing
from helpdesk.households.codes import RELATION
from helpdesk.households.documents import (
    Consent,
    Displacement,
    Household,
    OtherContact,
    Person,
    Phone,
    PlaceAnswer,
    SealedAnswers,
)
from helpdesk.households.forms import ConsentAnswer
from helpdesk.households.kinds import CONSENT, DISPLACEMENT, HOUSEHOLD, PERSON
from helpdesk.households.rules import among, check_data_consent
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.gathering import papers_of
from helpdesk.journey.cases.rules import minors_to_check
from helpdesk.journey.monitoring.commands import LONGEST_RETURN, returned
from helpdesk.journey.preparing.documents import GuardianCheck
from helpdesk.journey.preparing.kinds import GUARDIAN_CHECK
from helpdesk.vault.records import documents_of

_AT_HOME: Final = ("ARRIVED", "MONITORED")
_PARENTS: Final = ("HEAD", "SPOUSE")
_NOTE: Final = "divided from another household"
"""Sealed with the new household, so that the centre's word on it is a person's, not the round's over all."""


class SplitForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Who goes, who leads and holds the card there, and that person's own data consent, asked anew.

    ``present``: adults who go and stand at the desk; only theirs of the earlier consents go along. ``holders`` are
    those of the family that stays. ``site`` is where the new household lives, if elsewhere.
    """

    movers: tuple[str, ...]
    head: str
    principal: str
    consent: ConsentAnswer
    present: tuple[str, ...]
    relations: dict[str, str] = {}
    holders: Holders = Holders()
    phones: tuple[Phone, ...] = ()
    no_phone: bool = False
    contact: OtherContact | None = None
    site: PlaceAnswer | None = None
    shelter: str = ""


class Split(Struct, frozen=True):
    """What dividing a family came to: both households with their new cards, and the new number."""

    number: str
    staying: roster.Changed
    moving: roster.Changed


@command("family.split", roles=(Role.SUPERVISOR,))
def split(act: Act, household: str, form: SplitForm) -> Split:
    """Divide a family.

    Raises Refusal("split.movers" | "split.no_adult" | "split.principal" | "split.on_the_road" | "split.guardians" |
    "family.conflict" | "household.closed" | "consent.*" | "phone.*" | "contact.needed" | "numbers.used_up").
    """
    found = roster.open_family(act, household)
    people = roster.people_of(act, household, found)
    _check(act, found, people, form)
    check_of_minors = _guardians(act, household, form.movers)
    fresh = split_id(household, form.movers)
    new = _household(act, household, found, form)
    act.records.create(HOUSEHOLD, fresh, new, signed=True)
    _move_people(act, fresh, {person: people[person] for person in form.movers}, form)
    carry(act, household, fresh, form.movers)
    _copy_answers(act, household, fresh, form, check_of_minors)
    _divide_grants(act, household, fresh, len(people), len(form.movers))
    roster.note(act, roster.event_of(act, fresh, found, "SPLIT", form.movers, other=household))
    staying = _stay(act, household, found, form, fresh)
    alike.index_again(act.connection, fresh)
    _count_calls(act, household, fresh)
    card = cards.issue(act, (fresh,), "FIRST")[0]
    act.concerns(household, fresh)
    return Split(new.number, staying, roster.Changed(fresh, card, False, ()))


def _check(act: Act, found: Household, people: dict[str, Person], form: SplitForm) -> None:
    movers = set(form.movers)
    if not movers or len(movers) != len(form.movers) or not movers < set(people):
        raise Refusal("split.movers")
    adults = set(roster.adults_of(people, act.day))
    if not adults & movers or not adults - movers:
        raise Refusal("split.no_adult")
    if form.principal not in adults & movers or form.principal not in form.present or form.head not in movers:
        raise Refusal("split.principal")
    if not set(form.present) <= adults & movers:
        raise Refusal("split.movers")
    check_data_consent((form.consent,), act.lists)
    if not form.phones and not form.no_phone:
        raise Refusal("phone.needed")
    if not form.phones and (form.contact is None or not form.contact.name.strip()):
        raise Refusal("contact.needed")
    for phone in form.phones:
        if read_phone(phone.number) != phone.number:
            raise Refusal("phone.form")
    for person, relation in form.relations.items():
        among(relation, RELATION, "relation")
        if person not in movers or (relation == "HEAD") != (person == form.head):
            raise Refusal("roster.head")


def guarded_minors(act: Act, household: str, movers: Sequence[str]) -> tuple[str, ...]:
    """Minors about whom protection staff are asked before these people go apart from the others.

    Those who would go without every guardian or with somebody who is no parent, and those who would be left behind
    without any. A parent who goes while the other stays with the children needs nobody's leave.
    """
    papers = papers_of(act.connection, [household])[household]
    everybody = tuple(papers.persons)
    rest = [person for person in everybody if person not in movers]
    left: tuple[str, ...] = ()
    if not any(papers.persons[person].document.relation in _PARENTS for person in rest):
        before = set(minors_to_check(papers, everybody, act.day))
        left = tuple(person for person in minors_to_check(papers, rest, act.day) if person not in before)
    return (*minors_to_check(papers, movers, act.day), *left)


def _guardians(act: Act, household: str, movers: Sequence[str]) -> GuardianCheck | None:
    minors = guarded_minors(act, household, movers)
    if not minors:
        return None
    papers = papers_of(act.connection, [household])[household]
    people = {person: said.document for person, said in papers.persons.items() if person in movers}
    adults = set(roster.adults_of(people, act.day))
    for said in reversed(papers.guardians):
        if set(said.document.minors) >= set(minors) and set(said.document.adults) == adults:
            return said.document
    raise Refusal("split.guardians", count=len(minors))


def _household(act: Act, household: str, found: Household, form: SplitForm) -> Household:
    case = steps.case_of(act, household)
    if case is not None and case[1].state == "DEPARTED":
        raise Refusal("split.on_the_road")
    at_home = case is not None and case[1].state in _AT_HOME
    return msgspec.structs.replace(
        found,
        number=numbers.draw(act.connection, "household"),
        population="RET" if at_home else found.population,
        head=form.head,
        principal=form.principal,
        alternate=None,
        members=form.movers,
        registered_on=act.day,
        registered_by=act.user.id,
        size_declared=None,
        phones=form.phones,
        no_phone=form.no_phone,
        contact=form.contact,
        site=form.site or found.site,
        shelter=form.shelter or found.shelter,
        social=None,
        notes="",
        expected=None,
        paper_form=None,
        split_from=household,
    )


def _move_people(act: Act, fresh: str, movers: dict[str, Person], form: SplitForm) -> None:
    after = relations_after({person: doc.relation for person, doc in movers.items()}, form.head, form.relations)
    for person, doc in movers.items():
        moved = msgspec.structs.replace(
            doc, household=fresh, relation=after[person], travels=None, travels_reason=""
        )  # fmt: skip
        act.records.revise(PERSON, person, moved)


def _copy_answers(act: Act, household: str, fresh: str, form: SplitForm, check: GuardianCheck | None) -> None:
    # what somebody else said for the family is asked anew; a declaration to move is each adult's for one journey
    said = msgspec.structs.asdict(form.consent)
    act.records.create(CONSENT, act.new_id(), Consent(household=fresh, interviewer=act.user.id, at=act.at, **said))
    for _, consent in documents_of(act.connection, CONSENT, household):
        if consent.person in form.present and consent.purpose != "MOVE":
            act.records.create(CONSENT, act.new_id(), msgspec.structs.replace(consent, household=fresh))
    for _, way in documents_of(act.connection, DISPLACEMENT, household)[-1:]:
        copied: Displacement = msgspec.structs.replace(way, household=fresh)
        act.records.create(DISPLACEMENT, act.new_id(), copied)
    if check is not None:
        minors = tuple(sorted(set(check.minors) & set(form.movers)))
        if minors:
            again = msgspec.structs.replace(check, household=fresh, minors=minors)
            act.records.create(GUARDIAN_CHECK, act.new_id(), again, signed=True)
    sealing.write_first(act, fresh, SealedAnswers(note=_NOTE))


def _divide_grants(act: Act, household: str, fresh: str, whole: int, part: int) -> None:
    known = documents_of(act.connection, VOUCHER, household)
    counted = tuple(record for record, voucher in known if voucher.on(act.day) in LIVE)
    division = Division(fresh, household, act.day, whole, part, counted, act.user.id)
    act.records.create(DIVISION, act.new_id(), division, signed=True)


def _stay(act: Act, household: str, found: Household, form: SplitForm, fresh: str) -> roster.Changed:
    rest = msgspec.structs.replace(found, members=tuple(one for one in found.members if one not in form.movers))
    after = roster.with_holders(rest, form.holders.head, form.holders.principal)
    act.records.flush()
    if after.head != found.head:
        roster.relate(act, roster.people_of(act, household, after), after.head, form.holders.relations)
    return roster.save(act, household, after, roster.event_of(act, household, found, "SPLIT", form.movers, other=fresh))


def _count_calls(act: Act, household: str, fresh: str) -> None:
    # those who came home together are called together in time: from the same arrival
    case = steps.case_of(act, household)
    if case is None or case[1].state not in _AT_HOME or case[1].arrived_on is None:
        return
    if (act.day - case[1].arrived_on).days <= LONGEST_RETURN:
        place = case[1].destination.place_id if case[1].destination else None
        returned(act, fresh, case[1].arrived_on, place)
