"""What befalls a family: births, deaths, marriages, who joins and leaves, another head or holder of the card.

Each is dated and writes a new roster; nobody is taken out of the history. Grants follow the size from the next time
one is planned: what is planned or paid stays as it is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.casework.codes import CAME, GONE
from helpdesk.casework.roster import (
    Changed,
    adults_of,
    check_day,
    event_of,
    known_person,
    open_family,
    people_of,
    relate,
    save,
    with_holders,
)
from helpdesk.core.clock import instant_text
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.commands import person_of
from helpdesk.households.forms import MemberEntry
from helpdesk.households.kinds import PAPER, PERSON
from helpdesk.households.rules import LARGEST_FAMILY, check_member
from helpdesk.journey.monitoring.commands import TASK_HOURS
from helpdesk.journey.monitoring.documents import Task
from helpdesk.journey.monitoring.kinds import TASK
from helpdesk.vault.records import documents_of


class Holders(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is head and who holds the card from now on, and how others are related to the head, as far as told."""

    head: str | None = None
    principal: str | None = None
    relations: dict[str, str] = {}


UNCHANGED: Final = Holders()


@command("family.came", roles=FAMILIES)
def came(act: Act, household: str, what: str, entry: MemberEntry, on: date) -> Changed:
    """A child was born, or somebody married in or joined. A child's birth date is the day of the event.

    Raises Refusal("form.code" | "family.day" | "family.birth_date" | "roster.*" | "family.conflict").
    """
    if what not in CAME:
        raise Refusal("form.code", field="what")
    check_day(act, on)
    found = open_family(act, household)
    if what == "BIRTH" and entry.birth_date != on:
        raise Refusal("family.birth_date")
    if len(found.members) >= LARGEST_FAMILY:
        raise Refusal("roster.too_many", most=LARGEST_FAMILY)
    check_member(entry, len(found.members) + 1, act.day)
    if entry.relation == "HEAD":
        raise Refusal("roster.head")
    person = act.new_id()
    act.records.create(PERSON, person, person_of(household, entry))
    after = msgspec.structs.replace(found, members=(*found.members, person))
    return save(act, household, after, event_of(act, household, found, what, (person,), on))


@command("family.gone", roles=FAMILIES)
def gone(act: Act, household: str, person: str, what: str, on: date, holders: Holders = UNCHANGED) -> Changed:
    """Somebody died, married into a family that is not registered, or left. Who held the family passes it on.

    If no adult remains, protection staff are asked to act within 24 hours.

    Raises Refusal("form.code" | "family.day" | "person.unknown" | "family.last_person" | "family.head_needed" |
    "family.principal_needed" | "family.conflict").
    """
    if what not in GONE:
        raise Refusal("form.code", field="what")
    check_day(act, on)
    found = open_family(act, household)
    people = people_of(act, household, found)
    if person not in people:
        raise Refusal("person.unknown")
    if len(people) == 1:
        raise Refusal("family.last_person")
    left = msgspec.structs.replace(people[person], gone=GONE[what], gone_on=on, travels=None)
    act.records.revise(PERSON, person, left)
    return _go_on(act, household, person, what, on, holders)


def _go_on(
    act: Act, household: str, person: str, what: str, on: date, holders: Holders, other: str | None = None
) -> Changed:
    # the family without this person, whose own record the caller has written
    found = open_family(act, household)
    people = people_of(act, household, found)
    people.pop(person, None)
    rest = msgspec.structs.replace(found, members=tuple(one for one in found.members if one != person))
    after = with_holders(rest, holders.head, holders.principal)
    if after.head != found.head:
        relate(act, people, after.head, holders.relations)
    if not adults_of(people, act.day):
        _ask_protection(act, household)
    return save(act, household, after, event_of(act, household, found, what, (person,), on, other))


def _ask_protection(act: Act, household: str) -> None:
    due = instant_text(act.now + timedelta(hours=TASK_HOURS))
    act.records.create(TASK, act.new_id(), Task(household, "PROTECTION", act.at, due, act.user.id))


@command("family.holders", roles=FAMILIES)
def change_holders(act: Act, household: str, holders: Holders, on: date) -> Changed:
    """Another head, another holder of the card, or both; the old card is void.

    Raises Refusal("family.same_holders" | "family.day" | "family.head_needed" | "family.principal_needed").
    """
    check_day(act, on)
    found = open_family(act, household)
    people = people_of(act, household, found)
    after = with_holders(found, holders.head, holders.principal)
    if (after.head, after.principal) == (found.head, found.principal):
        raise Refusal("family.same_holders")
    if after.head != found.head:
        relate(act, people, after.head, holders.relations)
    what, who = ("NEW_HEAD", after.head) if after.head != found.head else ("NEW_PRINCIPAL", after.principal)
    return save(act, household, after, event_of(act, household, found, what, (who,), on))


@command("family.moved", roles=(Role.SUPERVISOR,))
def moved(
    act: Act, person: str, into: str, what: str, relation: str, on: date, holders: Holders = UNCHANGED
) -> tuple[Changed, Changed]:
    """Somebody of one registered family goes over into another: married, or joined. Nobody is counted twice.

    ``holders`` are those of the family that she leaves. Raises as :func:`gone` and :func:`came`.
    """
    if what not in ("MARRIED_IN", "JOINED") or relation == "HEAD":
        raise Refusal("form.code", field="what")
    check_day(act, on)
    doc = known_person(act, person)
    leaving, joined = open_family(act, doc.household), open_family(act, into)
    if person not in leaving.members or doc.household == into:
        raise Refusal("person.unknown")
    if len(leaving.members) == 1:
        raise Refusal("family.last_person")
    if len(joined.members) >= LARGEST_FAMILY:
        raise Refusal("roster.too_many", most=LARGEST_FAMILY)
    here = doc.household
    carry(act, here, into, (person,))
    act.records.revise(
        PERSON, person, msgspec.structs.replace(doc, household=into, relation=relation, travels=None)
    )  # fmt: skip
    out = "MARRIED_OUT" if what == "MARRIED_IN" else "LEFT"
    after = msgspec.structs.replace(joined, members=(*joined.members, person))
    first = _go_on(act, here, person, out, on, holders, into)
    return first, save(act, into, after, event_of(act, into, joined, what, (person,), on, here))


def carry(act: Act, here: str, there: str, persons: tuple[str, ...]) -> None:
    """Papers of identity go with the person they are of."""
    for record, paper in documents_of(act.connection, PAPER, here):
        if paper.person in persons:
            act.records.revise(PAPER, record, msgspec.structs.replace(paper, household=there))
