"""Fictional families as the forms a clerk would hand in: the same commands take them, nothing is written past them."""

from __future__ import annotations

from random import Random

from helpdesk.core.language import LANGUAGES
from helpdesk.households import codes
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import (
    BarrierItem,
    Household,
    OtherContact,
    Phone,
    PlaceAnswer,
    SealedAnswers,
)
from helpdesk.households.forms import (
    ConsentAnswer,
    DisplacementAnswer,
    IntentionAnswer,
    MemberEntry,
    PaperEntry,
    PersonProfile,
    Profiling,
    Registration,
)
from helpdesk.practice.members import FictionalPerson
from helpdesk.practice.people import FictionalFamily

_SEALED_SHARE = 0.2
_PAPERS = ("NID", "CSID", "PASS")


def reading_language(family: FictionalFamily) -> str:
    """The language a family's texts are read and printed in."""
    return family.language if family.language in LANGUAGES else "ar"


def consents(family: FictionalFamily) -> tuple[ConsentAnswer, ...]:
    """The data consent, and the one to be called; every tenth family does not want calls."""
    language = reading_language(family)

    def answer(purpose: str, given: bool) -> ConsentAnswer:
        return ConsentAnswer(
            purpose=purpose,
            answer="GIVEN" if given else "REFUSED",
            form=("SIGN", "THUMB", "ORAL")[family.index % 3] if given else None,
            language=language,
            read_aloud=True,
            text_version=consent_text(purpose, language).version,
            witness="Practice witness" if family.index % 3 == 2 else "",
        )

    return (answer("DATA", True), answer("CALL", family.index % 10 != 0))


def registration(family: FictionalFamily, household_id: str) -> Registration:
    """A filled registration form."""
    moving = family.intention is not None
    return Registration(
        household_id=household_id,
        consents=consents(family),
        population=family.population,
        spoken=family.language,
        reading=reading_language(family),
        members=tuple(_entry(person) for person in family.members),
        head=family.head,
        principal=family.principal,
        alternate=family.alternate,
        phones=(Phone(family.phone, safe_to_call=True),) if family.phone else (),
        no_phone=not family.phone,
        contact=None if family.phone else OtherContact("Practice relative", place="Practice"),
        site=PlaceAnswer(family.site),
        shelter=family.shelter,
        displacement=_displacement(family),
        intention=_intention(family),
        barriers=tuple(BarrierItem(code) for code in family.barriers) if moving else None,
        sealed=_sealed(family),
    )


def _entry(person: FictionalPerson) -> MemberEntry:
    return MemberEntry(
        given_name=person.given_name,
        father_name=person.father_name,
        grandfather_name=person.grandfather_name or None,
        family_name=person.family_name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_precision=person.birth_precision,
        relation=person.relation,
    )


def _displacement(family: FictionalFamily) -> DisplacementAnswer | None:
    if family.left_on is None:
        return None
    return DisplacementAnswer(
        PlaceAnswer(family.origin),
        left_on=family.left_on,
        left_precision="month",
        arrived_on=family.arrived_on,
        arrived_precision="month" if family.arrived_on else None,
    )


def _intention(family: FictionalFamily) -> IntentionAnswer | None:
    if family.intention is None:
        return None
    return IntentionAnswer(
        choice=family.intention,
        horizon=family.horizon,
        destination=PlaceAnswer(family.destination) if family.destination else None,
        free_to_choose="Y",
    )


def _sealed(family: FictionalFamily) -> SealedAnswers:
    chance = Random(family.index)  # noqa: S311 - fictional answers need no secret chance
    if chance.random() > _SEALED_SHARE:
        return SealedAnswers()
    return SealedAnswers(barriers=(chance.choice(codes.SEALED_BARRIER.entries),))


def profiling(family: FictionalFamily, household_id: str, household: Household) -> Profiling:
    """The second step of the same family, as far as it was asked."""
    people = list(zip(household.members, family.members, strict=True))
    return Profiling(
        household_id=household_id,
        persons=tuple(
            PersonProfile(
                person=person_id,
                mother_name=person.mother_name or None,
                name_latin=person.name_latin or None,
                marital=person.marital if person.adult else None,
                difficulties=person.difficulties,
            )
            for person_id, person in people
        ),
        papers=tuple(
            PaperEntry(
                type=person.document_type,
                status="VALID" if person.document_number else "NOTHELD",
                person=person_id,
                number=person.document_number,
                seen=bool(person.document_number),
            )
            for person_id, person in people
            if person.document_type in _PAPERS
        ),
        social=("PDS",) if family.index % 2 else ("NONE",),
        vulnerabilities={"NOINC": family.index % 4 == 0, "CRITSH": family.population == "CAMP"},
    )
