"""Acts on households: register, intentions, barriers, consents, corrections, and visits without a name.

Each runs inside the gate. The data consent is checked before anything personal is written, here and not in a page.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import select, update

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import alike, codes, numbers, paper_forms, rules, sealing
from helpdesk.households.documents import (
    BarrierItem,
    Barriers,
    Consent,
    Displacement,
    Household,
    Intention,
    Likeness,
    Person,
    PlaceAnswer,
    SealedAnswers,
    Tally,
)
from helpdesk.households.forms import (
    ConsentAnswer,
    IntentionAnswer,
    MemberEntry,
    Registration,
)
from helpdesk.households.kinds import (
    BARRIERS,
    CONSENT,
    DISPLACEMENT,
    HOUSEHOLD,
    INTENTION,
    LIKENESS,
    PERSON,
    TALLY,
)
from helpdesk.households.tables import ExpectedFamilyRow, HouseholdRow
from helpdesk.vault.records import document_of, documents_of


@command("household.register", roles=FAMILIES)
def register(act: Act, form: Registration) -> Household:
    """Register a family that stands at the desk. Saving the same form twice registers once.

    Raises the refusals of rules.check_registration, Refusal("numbers.used_up"), Refusal("sealed.too_long").
    """
    known = document_of(act.connection, HOUSEHOLD, form.household_id)
    if known is not None:
        return known
    rules.check_registration(form, act.day, act.lists)
    paper_form = _check_paper_form(act, form.paper_form)
    people = [act.new_id() for _ in form.members]
    household = Household(
        number=numbers.draw(act.connection, "household"),
        population=form.population,
        spoken=form.spoken,
        reading=form.reading,
        head=people[form.head],
        principal=people[form.principal],
        alternate=None if form.alternate is None else people[form.alternate],
        members=tuple(people),
        registered_on=act.day,
        registered_by=act.user.id,
        size_declared=form.size_declared,
        phones=form.phones,
        no_phone=form.no_phone,
        contact=form.contact,
        site=form.site,
        shelter=form.shelter,
        notes=form.notes,
        expected=form.expected,
        paper_form=paper_form,
    )
    act.records.create(HOUSEHOLD, form.household_id, household, signed=True)
    for person_id, entry in zip(people, form.members, strict=True):
        act.records.create(PERSON, person_id, person_of(form.household_id, entry))
    _write_answers(act, form)
    alike.index_form(act.connection, form.household_id, form)
    act.concerns(form.household_id)
    return household


def _check_paper_form(act: Act, typed: str | None) -> str | None:
    # two clerks with one pile of paper: the second is told which family it became
    if typed is None:
        return None
    paper_form = paper_forms.read(typed)
    number = act.connection.scalar(select(HouseholdRow.number).where(HouseholdRow.paper_form == paper_form))
    if number is not None:
        raise Refusal("form.typed_already", number=household_number_shown(number))
    return paper_form


def _write_answers(act: Act, form: Registration) -> None:
    household = form.household_id
    for answer in form.consents:
        act.records.create(CONSENT, act.new_id(), _consent(act, household, answer))
    if form.displacement is not None:
        told = msgspec.structs.asdict(form.displacement)
        act.records.create(DISPLACEMENT, act.new_id(), Displacement(household=household, **told))
    if form.intention is not None:
        act.records.create(INTENTION, act.new_id(), _intention(act, household, form.intention))
    if form.barriers is not None:
        destination = form.intention.destination if form.intention else None
        act.records.create(BARRIERS, act.new_id(), Barriers(household, act.day, destination, form.barriers))
    sealing.write_first(act, household, form.sealed)
    for likeness in form.likeness:
        act.records.create(
            LIKENESS, act.new_id(), Likeness(household, likeness.other, likeness.answer, likeness.probability)
        )
    if form.expected is not None:
        act.connection.execute(
            update(ExpectedFamilyRow).where(ExpectedFamilyRow.key == form.expected).values(household=household)
        )
        act.touch("expected")


def person_of(household: str, entry: MemberEntry) -> Person:
    """The document of one line of the roster."""
    return Person(
        household=household,
        given_name=entry.given_name,
        father_name=entry.father_name,
        grandfather_name=entry.grandfather_name,
        family_name=entry.family_name,
        mother_name=entry.mother_name,
        sex=entry.sex,
        birth_date=entry.birth_date,
        birth_precision=entry.birth_precision,
        birth_as_told=entry.birth_as_told,
        relation=entry.relation,
        presence=entry.presence,
    )


def _consent(act: Act, household: str, answer: ConsentAnswer, person: str | None = None) -> Consent:
    return Consent(
        household=household,
        purpose=answer.purpose,
        answer=answer.answer,
        form=answer.form,
        language=answer.language,
        read_aloud=answer.read_aloud,
        text_version=answer.text_version,
        interviewer=act.user.id,
        at=act.at,
        witness=answer.witness,
        person=person,
    )


def _intention(act: Act, household: str, answer: IntentionAnswer) -> Intention:
    return Intention(household=household, on=act.day, **msgspec.structs.asdict(answer))


@command("household.visit_without_name", roles=FAMILIES)
def tally(act: Act, kind: str, women: int, men: int) -> None:
    """Count somebody who refused the data consent or wanted information only: a tally and nothing else.

    Raises Refusal("tally.nobody"), Refusal("form.code").
    """
    rules.among(kind, codes.TALLY, "kind")
    if women < 0 or men < 0 or women + men == 0:
        raise Refusal("tally.nobody")
    act.records.create(TALLY, act.new_id(), Tally(act.day, kind, women, men))


@command("household.record_intention", roles=FAMILIES)
def record_intention(act: Act, household: str, answer: IntentionAnswer) -> None:
    """Add a dated answer; earlier ones stay. Raises Refusal("household.unknown"), those of check_intention."""
    consenting(act, household)
    rules.check_intention(answer, act.lists)
    act.records.create(INTENTION, act.new_id(), _intention(act, household, answer))
    act.concerns(household)


@command("household.record_barriers", roles=FAMILIES)
def record_barriers(
    act: Act,
    household: str,
    destination: PlaceAnswer | None,
    items: tuple[BarrierItem, ...],
    sealed: SealedAnswers,
) -> None:
    """Record what stands in the way to one destination, and the sealed rest in the same save."""
    found = consenting(act, household)
    rules.check_barriers(items, act.lists)
    rules.check_sealed(sealed, len(found.members), act.lists)
    fresh = Barriers(household, act.day, destination, items)
    same = [
        record_id
        for record_id, known in documents_of(act.connection, BARRIERS, household)
        if known.destination == destination
    ]
    if same:
        act.records.revise(BARRIERS, same[-1], fresh)
    else:
        act.records.create(BARRIERS, act.new_id(), fresh)
    sealing.write_next(act, household, sealed)
    act.concerns(household)


@command("household.record_consent", roles=FAMILIES)
def record_consent(act: Act, household: str, answer: ConsentAnswer, person: str | None = None) -> None:
    """Record the answer to one purpose, replacing an earlier one. Refusing stops nothing but its purpose."""
    found = consenting(act, household)
    rules.check_consent(answer, act.lists)
    if person is not None and person not in found.members:
        raise Refusal("person.unknown")
    fresh = _consent(act, household, answer, person)
    for record_id, known in documents_of(act.connection, CONSENT, household):
        if (known.purpose, known.person) == (answer.purpose, person):
            # taking a given consent back answers to a person, whatever it is called
            taken_back = known.answer == "GIVEN" and fresh.answer != "GIVEN"
            act.records.revise(CONSENT, record_id, fresh, signed=taken_back)
            break
    else:
        act.records.create(CONSENT, act.new_id(), fresh)
    act.concerns(household)


@command("household.withdraw_consent", roles=FAMILIES)
def withdraw_consent(act: Act, household: str, purpose: str, witness: str) -> None:
    """Withdraw a consent at any time, no reason asked; the withdrawal is signed and never thinned.

    Raises Refusal("consent.none") where there was none, Refusal("consent.witness").
    """
    known_household(act, household)
    if not witness.strip():
        raise Refusal("consent.witness")
    given = [
        (record_id, known)
        for record_id, known in documents_of(act.connection, CONSENT, household)
        if known.purpose == purpose and known.answer == "GIVEN"
    ]
    if not given:
        raise Refusal("consent.none")
    for record_id, known in given:
        withdrawn = msgspec.structs.replace(known, answer="WITHDRAWN", withdrawn_at=act.at, witness=witness)
        act.records.revise(CONSENT, record_id, withdrawn, signed=True)
    act.concerns(household)


@command("household.correct_person", roles=FAMILIES)
def correct_person(act: Act, person_id: str, entry: MemberEntry) -> None:
    """Correct a line of the roster; the line before stays in the history. Raises Refusal("person.unknown")."""
    known = document_of(act.connection, PERSON, person_id)
    if known is None:
        raise Refusal("person.unknown")
    found = consenting(act, known.household)
    if person_id not in found.members:
        raise Refusal("person.unknown")
    rules.check_member(entry, found.members.index(person_id) + 1, act.day)
    if (entry.relation == "HEAD") != (found.head == person_id):
        raise Refusal("roster.head")
    fields = msgspec.structs.asdict(entry)
    if entry.mother_name is None:
        del fields["mother_name"]
    act.records.revise(PERSON, person_id, msgspec.structs.replace(known, **fields))
    act.records.flush()
    alike.index_again(act.connection, known.household)
    act.concerns(known.household)


def known_household(act: View, household: str) -> Household:
    """The household of an id. Raises Refusal("household.unknown")."""
    found = document_of(act.connection, HOUSEHOLD, household)
    if found is None:
        raise Refusal("household.unknown")
    return found


def consenting(act: Act, household: str) -> Household:
    """The household, if its data consent still stands. Raises Refusal("household.unknown" | "consent.data")."""
    found = known_household(act, household)
    if not data_consent_stands(act, household):
        raise Refusal("consent.data")
    return found


def data_consent_stands(view: View, household: str) -> bool:
    """Whether the family still agrees that its data are kept."""
    return any(
        consent.purpose == "DATA" and consent.answer == "GIVEN" and consent.person is None
        for _, consent in documents_of(view.connection, CONSENT, household)
    )


@command("household.print_record", roles=FAMILIES)
def note_printed(act: Act, household: str, paper: str) -> None:
    """Leave in the audit log that a paper about a household was printed."""
    known_household(act, household)
    act.concerns(household, paper)
