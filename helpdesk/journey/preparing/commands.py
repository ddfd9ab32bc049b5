"""Acts of preparing: what a family is told, what each adult answers when asked alone, who of it travels.

Each writes a dated event; nothing here decides whether it is enough for leaving. Facts of days before today are taken
for paper forms, never of days to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.core.codes import CodeList
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal, code
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households import codes as family_codes
from helpdesk.households.commands import consenting, record_consent
from helpdesk.households.documents import Household, PlaceAnswer
from helpdesk.households.forms import ConsentAnswer
from helpdesk.households.kinds import PERSON
from helpdesk.households.late import since_registration, typed
from helpdesk.households.rules import ADULT, among
from helpdesk.journey.preparing.codes import BRIEFING, HOUSING, RESIDENCY, TOPIC
from helpdesk.journey.preparing.documents import Briefing, GuardianCheck, Information, Reconfirmation, RelocationCheck
from helpdesk.journey.preparing.kinds import BRIEFING as BRIEFING_KIND
from helpdesk.journey.preparing.kinds import GUARDIAN_CHECK, INFORMATION, RECONFIRMATION, RELOCATION_CHECK
from helpdesk.vault.records import document_of

_REFERRED: Final = "PROT"
"""The sector of the referral that is offered to whoever is not free to choose."""


class ReconfirmationAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What one adult answers; ``on`` only from a paper form of another day."""

    person: str
    choice: str
    destination: PlaceAnswer | None
    alone: bool
    free_to_choose: str
    forced: bool = False
    language: str = ""
    on: date | None = None


class Reconfirmed(Struct, frozen=True):
    """What an own answer leads to: the sector (list ``sector``) of a referral to offer, "" for none."""

    refer: str = ""


class RelocationAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at the destination of a family that settles elsewhere."""

    destination: PlaceAnswer
    housing: str
    residency: str
    until: date | None = None
    reference: str = ""


@command("preparing.inform", roles=FAMILIES)
def record_information(act: Act, households: Sequence[str], topics: Sequence[str], on: date | None = None) -> None:
    """Write down that these families were told of these topics (H4, H5).

    Raises Refusal("form.code" | "preparing.nothing" | "preparing.day" | "late.*" | "household.unknown" |
    "consent.data").
    """
    day = _day(act, on)
    told = _chosen(topics, TOPIC, "topics")
    for household in households:
        since_registration(consenting(act, household), day)
        act.records.create(INFORMATION, act.new_id(), Information(household, day, told))
        act.concerns(household)


@command("preparing.brief", roles=FAMILIES)
def record_briefing(act: Act, households: Sequence[str], items: Sequence[str], on: date | None = None) -> None:
    """Write down which items of the departure briefing these families heard (H8); several briefings add up.

    Raises as :func:`record_information`.
    """
    day = _day(act, on)
    told = _chosen(items, BRIEFING, "items")
    for household in households:
        since_registration(consenting(act, household), day)
        act.records.create(BRIEFING_KIND, act.new_id(), Briefing(household, day, told))
        act.concerns(household)


@command("preparing.reconfirm", roles=FAMILIES)
def record_reconfirmation(act: Act, household: str, answer: ReconfirmationAnswer) -> Reconfirmed:
    """Write down one adult's own answer (H7). An answer that is not free is written down like any other.

    Whoever is not free to choose is to be offered a referral: the answer of this act says to which sector. Raises
    Refusal("preparing.not_adult" | "intention.destination" | "form.code" | "person.unknown" | "preparing.day" |
    "late.*").
    """
    found = consenting(act, household)
    day = since_registration(found, _day(act, answer.on))
    _adult(act, found, answer.person)
    among(answer.choice, family_codes.CHOICE, "choice")
    among(answer.free_to_choose, family_codes.YES_NO, "free_to_choose")
    place = answer.destination
    if answer.choice in ("RET", "REL") and (place is None or not (place.place_id or place.unlisted.strip())):
        raise Refusal("intention.destination")
    fields = msgspec.structs.asdict(answer)
    fields.pop("on")
    act.records.create(RECONFIRMATION, act.new_id(), Reconfirmation(household=household, on=day, **fields))
    act.concerns(household)
    return Reconfirmed(_REFERRED if answer.forced or answer.free_to_choose != "Y" else "")


@command("preparing.check_relocation", roles=FAMILIES)
def record_relocation_check(act: Act, household: str, answer: RelocationAnswer) -> None:
    """Write down where a family that settles elsewhere will live and whether it may.

    Raises Refusal("form.code" | "intention.destination" | "household.unknown" | "consent.data").
    """
    consenting(act, household)
    among(answer.housing, HOUSING, "housing")
    among(answer.residency, RESIDENCY, "residency")
    if not (answer.destination.place_id or answer.destination.unlisted.strip()):
        raise Refusal("intention.destination")
    check = RelocationCheck(household=household, on=act.day, **msgspec.structs.asdict(answer))
    act.records.create(RELOCATION_CHECK, act.new_id(), check)
    act.concerns(household)


@command("preparing.check_guardians", roles=(Role.SUPERVISOR,))
def record_guardian_check(
    act: Act, household: str, minors: Sequence[str], adults: Sequence[str], organisation: str
) -> None:
    """Write down that protection staff checked minors who travel with these adults; what they found is not written.

    Raises Refusal("person.unknown" | "preparing.organisation" | "preparing.not_adult" | "preparing.nothing").
    """
    found = consenting(act, household)
    if not organisation.strip():
        raise Refusal("preparing.organisation")
    if not minors or not adults:
        raise Refusal("preparing.nothing")
    for person in (*minors, *adults):
        if person not in found.members:
            raise Refusal("person.unknown")
    for person in adults:
        _adult(act, found, person)
    check = GuardianCheck(household, act.day, tuple(sorted(minors)), tuple(sorted(adults)), organisation.strip())
    act.records.create(GUARDIAN_CHECK, act.new_id(), check, signed=True)
    act.concerns(household)


@command("preparing.travellers", roles=FAMILIES)
def record_travellers(act: Act, household: str, staying: Mapping[str, str]) -> None:
    """Write down who stays behind, with a reason in words; everybody else who is here travels.

    Raises Refusal("person.unknown" | "preparing.reason" | "household.unknown" | "consent.data").
    """
    found = consenting(act, household)
    if not set(staying) <= set(found.members):
        raise Refusal("person.unknown")
    if any(not reason.strip() for reason in staying.values()):
        raise Refusal("preparing.reason")
    for person in found.members:
        known = document_of(act.connection, PERSON, person)
        if known is None:
            continue
        travels = "N" if person in staying or known.presence != "HERE" else "Y"
        fresh = msgspec.structs.replace(known, travels=travels, travels_reason=staying.get(person, "").strip())
        if fresh != known:
            act.records.revise(PERSON, person, fresh)
    act.concerns(household)


@command("preparing.declare", roles=FAMILIES)
def move_consent(act: Act, household: str, person: str, answer: ConsentAnswer) -> None:
    """One adult's own declaration that she moves of her own will (MOVE), signed within seven days of the movement.

    Raises Refusal("preparing.not_adult" | "form.code") and those of household.record_consent.
    """
    found = consenting(act, household)
    if answer.purpose != "MOVE":
        raise Refusal("form.code", field="purpose")
    _adult(act, found, person)
    record_consent(act, household, answer, person)


def _day(act: Act, on: date | None) -> date:
    return typed(act, on, code("preparing.day"))


def _chosen(given: Sequence[str], allowed: CodeList, field: str) -> tuple[str, ...]:
    if not given:
        raise Refusal("preparing.nothing")
    for one in given:
        among(one, allowed, field)
    return tuple(one for one in allowed if one in given)


def _adult(act: Act, household: Household, person: str) -> None:
    if person not in household.members:
        raise Refusal("person.unknown")
    known = document_of(act.connection, PERSON, person)
    if known is None or age_on(known.birth_date, act.day) < ADULT:
        raise Refusal("preparing.not_adult")
