"""The one pen by which a family's members change: roster, sealed revision, event, search, lists of movements and card.

The roster before stands in the history and in the event. A family about which two desks disagree is changed by nobody
until a supervisor settled it (settling.py): otherwise the next save would decide silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import UNPAID
from helpdesk.casework.codes import OF_SUPERVISORS
from helpdesk.casework.documents import FamilyEvent
from helpdesk.casework.kinds import FAMILY_EVENT
from helpdesk.casework.relations import relations_after
from helpdesk.casework.withdrawing import leave_lists
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View
from helpdesk.households import alike, cards, sealing
from helpdesk.households.cards import IssuedCard
from helpdesk.households.codes import RELATION
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Household, Person, SealedAnswers
from helpdesk.households.kinds import CARD, HOUSEHOLD, PERSON
from helpdesk.households.rules import ADULT, among
from helpdesk.journey.departures.planning import give_back
from helpdesk.vault.records import document_of, documents_of
from helpdesk.vault.tables import ConflictRow

LONGEST_AGO: Final = 366
"""Days back for which a change of a family is written down."""
_DISPUTED: Final = ("members", "head", "principal", "household")


class Changed(Struct, frozen=True):
    """What a change led to: the new card to print, and whether the family was taken off a movement's list.

    ``vouchers`` are unpaid ones whose payee is no member any more: a supervisor gives each to another adult.
    """

    household: str
    card: IssuedCard | None
    off_list: bool
    vouchers: tuple[str, ...]


def open_family(act: Act, household: str) -> Household:
    """The household, if its members may change. Raises Refusal("household.closed" | "family.conflict" | ...)."""
    found = consenting(act, household)
    if found.status != "REGISTERED":
        raise Refusal("household.closed")
    if is_disputed(act, (household, *found.members)):
        raise Refusal("family.conflict")
    return found


def is_disputed(view: View, records: Sequence[str]) -> bool:
    """Whether two desks disagree on who belongs to a family, and nobody settled it."""
    statement = select(ConflictRow.record).where(
        ConflictRow.record.in_(records), ConflictRow.field.in_(_DISPUTED), ConflictRow.settled.is_(False)
    )
    return view.connection.scalar(statement.limit(1)) is not None


def check_day(act: Act, on: date) -> None:
    """Refuse days to come and long ago. Raises Refusal("family.day", most=...)."""
    if not 0 <= (act.day - on).days <= LONGEST_AGO:
        raise Refusal("family.day", most=LONGEST_AGO)


def people_of(view: View, household: str, found: Household) -> dict[str, Person]:
    """The members of a household that are known here, in the order of the roster."""
    known = dict(documents_of(view.connection, PERSON, household))
    return {person: known[person] for person in found.members if person in known}


def adults_of(people: Mapping[str, Person], day: date) -> tuple[str, ...]:
    """Those of age on a day."""
    return tuple(person for person, doc in people.items() if age_on(doc.birth_date, day) >= ADULT)


def relate(act: Act, people: Mapping[str, Person], head: str, told: Mapping[str, str]) -> None:
    """Write the relations of these people to their head. Raises Refusal("form.code" | "person.unknown")."""
    for person, relation in told.items():
        if person not in people:
            raise Refusal("person.unknown")
        among(relation, RELATION, "relation")
        if (relation == "HEAD") != (person == head):
            raise Refusal("roster.head")
    after = relations_after({person: doc.relation for person, doc in people.items()}, head, told)
    for person, relation in after.items():
        if people[person].relation != relation:
            act.records.revise(PERSON, person, msgspec.structs.replace(people[person], relation=relation))


def with_holders(found: Household, head: str | None, principal: str | None) -> Household:
    """The household with these or its former holders, as far as they are members still.

    Raises Refusal("family.head_needed" | "family.principal_needed").
    """
    head, principal = head or found.head, principal or found.principal
    if head not in found.members:
        raise Refusal("family.head_needed")
    if principal not in found.members:
        raise Refusal("family.principal_needed")
    alternate = found.alternate if found.alternate in found.members and found.alternate != principal else None
    return msgspec.structs.replace(found, head=head, principal=principal, alternate=alternate)


def save(act: Act, household: str, found: Household, event: FamilyEvent, *, signed: bool = False) -> Changed:
    """Write the household as it shall be with its event, and everything that follows from another roster."""
    act.records.revise(HOUSEHOLD, household, found, signed=signed or event.what in OF_SUPERVISORS)
    sealing.write_next(act, household, SealedAnswers())
    note(act, event)
    act.records.flush()
    alike.index_again(act.connection, household)
    off_list = leave_lists(act, household)
    give_back(act, household)
    act.concerns(household)
    return Changed(household, _new_card(act, household), off_list, orphaned(act, household, found))


def note(act: Act, event: FamilyEvent) -> None:
    """Write an event."""
    act.records.create(FAMILY_EVENT, act.new_id(), event, signed=True)


def event_of(
    act: Act, household: str, before: Household, what: str, persons: Sequence[str], on: date | None = None,
    other: str | None = None,
) -> FamilyEvent:  # fmt: skip
    """The event of a change told today."""
    return FamilyEvent(
        household, what, on or act.day, act.day, tuple(persons), before.members, act.user.id, other
    )  # fmt: skip


def _new_card(act: Act, household: str) -> IssuedCard | None:
    # the card in the family's hands says how many they are and who holds it
    if not any(card.status == "LIVE" for _, card in documents_of(act.connection, CARD, household)):
        return None
    return cards.issue(act, (household,), "CHANGED")[0]


def orphaned(view: View, household: str, found: Household) -> tuple[str, ...]:
    """The unpaid vouchers of a household whose payee is none of its members."""
    return tuple(
        record
        for record, voucher in documents_of(view.connection, VOUCHER, household)
        if voucher.on(view.day) in (*UNPAID, "SUSPENDED") and voucher.payee not in found.members
    )


def known_person(view: View, person: str) -> Person:
    """A person who is a member somewhere. Raises Refusal("person.unknown")."""
    found = document_of(view.connection, PERSON, person)
    if found is None or found.gone:
        raise Refusal("person.unknown")
    return found
