"""Correcting what was written of a family: how to reach it, where it lives, who holds the card, who belongs to it.

Every line before stays in the history. Births, deaths and splits with their consequences belong to the journey; here a
mistake is mended or a forgotten person is added.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import read_phone
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import alike, rules, sealing
from helpdesk.households.commands import consenting, person_of
from helpdesk.households.documents import Household, OtherContact, Phone, PlaceAnswer, SealedAnswers
from helpdesk.households.forms import MemberEntry
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault.records import document_of


class HouseholdCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a household that may be mended, all of them as they shall be. Ids name members."""

    phones: tuple[Phone, ...]
    no_phone: bool
    contact: OtherContact | None
    site: PlaceAnswer | None
    shelter: str
    principal: str
    alternate: str | None


def correction_of(household: Household) -> HouseholdCorrection:
    """The fields as they are, to begin a correction from."""
    return HouseholdCorrection(
        phones=household.phones,
        no_phone=household.no_phone,
        contact=household.contact,
        site=household.site,
        shelter=household.shelter,
        principal=household.principal,
        alternate=household.alternate,
    )


@command("household.correct", roles=FAMILIES)
def correct_household(act: Act, household: str, correction: HouseholdCorrection) -> None:
    """Mend a household's own fields. Raises the refusals of registration, Refusal("household.unknown")."""
    found = consenting(act, household)
    if not correction.phones and not correction.no_phone:
        raise Refusal("phone.needed")
    if not correction.phones and (correction.contact is None or not correction.contact.name.strip()):
        raise Refusal("contact.needed")
    for phone in correction.phones:
        if read_phone(phone.number) != phone.number:
            raise Refusal("phone.form")
    place = correction.site
    if found.population == "CAMP" and (place is None or not (place.place_id or place.unlisted.strip())):
        raise Refusal("site.needed")
    if correction.principal not in found.members:
        raise Refusal("roster.principal")
    _check_alternate(act, found, correction)
    fields = {name: getattr(correction, name) for name in correction.__struct_fields__}
    act.records.revise(HOUSEHOLD, household, msgspec.structs.replace(found, **fields))
    _reindex(act, household)


def _check_alternate(act: Act, found: Household, correction: HouseholdCorrection) -> None:
    if correction.alternate is None:
        return
    person = document_of(act.connection, PERSON, correction.alternate)
    if person is None or correction.alternate not in found.members or correction.alternate == correction.principal:
        raise Refusal("roster.alternate")
    if age_on(person.birth_date, act.day) < rules.ADULT:
        raise Refusal("roster.alternate_age")


@command("household.add_member", roles=FAMILIES)
def add_member(act: Act, household: str, entry: MemberEntry) -> str:
    """Add a person who was forgotten; returns the id. Raises Refusal("roster.*" | "household.unknown")."""
    found = consenting(act, household)
    if len(found.members) >= rules.LARGEST_FAMILY:
        raise Refusal("roster.too_many", most=rules.LARGEST_FAMILY)
    rules.check_member(entry, len(found.members) + 1, act.day)
    if entry.relation == "HEAD":
        raise Refusal("roster.head")
    person_id = act.new_id()
    act.records.create(PERSON, person_id, person_of(household, entry))
    members = (*found.members, person_id)
    act.records.revise(HOUSEHOLD, household, msgspec.structs.replace(found, members=members))
    sealing.write_next(act, household, SealedAnswers())
    _reindex(act, household)
    return person_id


def _reindex(act: Act, household: str) -> None:
    act.records.flush()
    alike.index_again(act.connection, household)
    act.concerns(household)
