"""The kinds of record a household consists of, and how two desks' changes to each meet (FORMATS.md section 2)."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.households.documents import (
    Barriers,
    Card,
    Consent,
    Displacement,
    Household,
    Intention,
    Likeness,
    PaperDocument,
    Person,
    Protection,
    Tally,
    Vulnerability,
)
from helpdesk.households.rules import has_difficulty
from helpdesk.households.search import sort_key, tokens_of
from helpdesk.households.tables import CardRow, ConsentRow, HouseholdRow, PersonRow, PhoneRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _household_rows(record_id: str, doc: Household) -> Iterable[Row]:
    yield {
        "id": record_id,
        "number": doc.number,
        "population": doc.population,
        "status": doc.status,
        "site": doc.site.place_id if doc.site else None,
        "shelter": doc.shelter,
        "registered_on": doc.registered_on,
        "principal": doc.principal,
        "head": doc.head,
        "persons": len(doc.members),
        "paper_form": doc.paper_form,
    }


def _phone_rows(record_id: str, doc: Household) -> Iterable[Row]:
    numbers = dict.fromkeys(phone.number for phone in doc.phones)
    return [{"household": record_id, "number": number, "backwards": number[::-1]} for number in numbers]


def _person_rows(record_id: str, doc: Person) -> Iterable[Row]:
    if doc.gone:
        return
    name = doc.full_name
    yield {
        "id": record_id,
        "household": doc.household,
        "name": name,
        "sort_name": sort_key(name),
        "sex": doc.sex,
        "birth_date": doc.birth_date,
        "relation": doc.relation,
        "difficulty": has_difficulty(doc),
    }


def _person_words(doc: Person) -> str:
    return tokens_of((doc.full_name, doc.mother_name or "", doc.name_as_document, doc.name_latin))


def _card_rows(record_id: str, doc: Card) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "serial": doc.serial,
        "issue": doc.issue,
        "issued_on": doc.issued_on,
        "status": doc.status,
    }


def _consent_rows(record_id: str, doc: Consent) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "person": doc.person,
        "purpose": doc.purpose,
        "answer": doc.answer,
    }


def safer_card(one: str, other: str) -> str:
    """A card revoked at either desk is revoked."""
    return safest(("LIVE", "REPLACED", "REVOKED"), one, other)


def safer_consent(one: str, other: str) -> str:
    """A consent withdrawn or refused at either desk is not given."""
    return safest(("GIVEN", "REFUSED", "WITHDRAWN"), one, other)


def safer_status(one: str, other: str) -> str:
    """A household that either desk closed as a double or as empty is counted nowhere."""
    return safest(("REGISTERED", "MERGED", "VOID"), one, other)


def safer_gone(one: str, other: str) -> str:
    """Who died or left at either desk is a member at none."""
    return safest(("", "LEFT", "MARRIED", "DIED"), one, other)


HOUSEHOLD = Kind(
    "household",
    Household,
    household=lambda record_id, _doc: record_id,
    projections=(
        Projection(table_of(HouseholdRow), "id", _household_rows),
        Projection(table_of(PhoneRow), "household", _phone_rows),
    ),
    safer={"status": safer_status},
    never_merged=frozenset({"members", "principal", "number", "head"}),
)
PERSON = Kind(
    "person",
    Person,
    projections=(Projection(table_of(PersonRow), "id", _person_rows, words=_person_words),),
    safer={"gone": safer_gone},
    never_merged=frozenset({"household"}),
)
PAPER = Kind("paper", PaperDocument)
DISPLACEMENT = Kind("displacement", Displacement)
INTENTION = Kind("intention", Intention)
BARRIERS = Kind("barriers", Barriers)
PROTECTION = Kind("protection", Protection, sealed=True)
VULNERABILITY = Kind("vulnerability", Vulnerability)
CONSENT = Kind(
    "consent",
    Consent,
    projections=(Projection(table_of(ConsentRow), "id", _consent_rows),),
    safer={"answer": safer_consent},
)
CARD = Kind(
    "card",
    Card,
    projections=(Projection(table_of(CardRow), "id", _card_rows),),
    safer={"status": safer_card},
)
TALLY = Kind("tally", Tally, household=lambda _id, _doc: None, event=True)
LIKENESS = Kind("likeness", Likeness)

KINDS = (
    HOUSEHOLD, PERSON, PAPER, DISPLACEMENT, INTENTION, BARRIERS, PROTECTION, VULNERABILITY, CONSENT, CARD, TALLY,
    LIKENESS,
)  # fmt: skip
