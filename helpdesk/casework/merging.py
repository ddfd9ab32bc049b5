"""Two registrations that turn out to be one family: the earlier number stays, the later one is closed for good.

Which one stays does not depend on who decides: two desks that find the same double write the same. It is not undone:
a card that was void and a voucher that was void do not come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.divisions import DIVISION, Division
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import PAID, UNPAID
from helpdesk.casework import roster
from helpdesk.casework.family import carry
from helpdesk.casework.withdrawing import leave_lists
from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import read_number
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households import alike
from helpdesk.households.cards import household_of
from helpdesk.households.documents import Household, Person
from helpdesk.households.kinds import CARD, HOUSEHOLD, PERSON
from helpdesk.households.queries import HouseholdFile, open_file
from helpdesk.households.rules import LARGEST_FAMILY
from helpdesk.journey.cases import steps
from helpdesk.journey.monitoring.kinds import TASK
from helpdesk.vault.records import documents_of

_LEFT: Final = ("DEPARTED", "ARRIVED", "MONITORED")
_RELATION: Final = "OREL"
REASON: Final = "MERGED"


class Merged(Struct, frozen=True):
    """What a merge came to: the household that stays with its new card, the number that is closed, void vouchers."""

    kept: roster.Changed
    closed: str
    closed_number: str
    vouchers: tuple[str, ...]


@command("family.find_other", roles=(Role.SUPERVISOR,))
def find_other(act: Act, household: str, typed: str) -> HouseholdFile:
    """The file of another registration, to be compared; it leaves its entry in the audit log.

    Raises Refusal("merge.one" | "household.unknown" | "number.*").
    """
    other = household_of(act, read_number(typed).digits)
    if other == household:
        raise Refusal("merge.one")
    return open_file(act, other)


@command("family.merge", roles=(Role.SUPERVISOR,))
def merge(
    act: Act, one: str, other: str, same: Mapping[str, str], relations: Mapping[str, str] | None = None
) -> Merged:
    """Merge two households that are one family. ``same``: person of one household to the same person of the other.

    Whoever of the later registration is nobody of the earlier goes over, with the relation told in ``relations``.

    Raises Refusal("merge.one" | "merge.nobody_same" | "merge.pairs" | "merge.other_left" | "roster.too_many" |
    "family.conflict" | "household.closed" | "household.unknown").
    """
    if one == other:
        raise Refusal("merge.one")
    both = {household: roster.open_family(act, household) for household in (one, other)}
    kept, closed = sorted(both, key=lambda household: (both[household].registered_on, household))
    stays, goes = both[kept], both[closed]
    pairs = _pairs(stays, goes, same)
    _check_left(act, kept, closed)
    people = roster.people_of(act, closed, goes)
    _join(act, kept, {person: doc for person, doc in people.items() if person not in pairs}, relations or {})
    extra = tuple(person for person in people if person not in pairs)
    if len(stays.members) + len(extra) > LARGEST_FAMILY:
        raise Refusal("roster.too_many", most=LARGEST_FAMILY)
    for person, twin in pairs.items():
        act.records.revise(PERSON, person, msgspec.structs.replace(people[person], same_as=twin))
    carry(act, closed, kept, extra)
    void = _close(act, closed, kept, goes, tuple(pairs), len(stays.members) + len(extra))
    event = roster.event_of(act, closed, goes, "MERGED", extra, other=kept)
    roster.note(act, msgspec.structs.replace(event, same=tuple(pairs.items())))
    act.records.flush()
    alike.index_again(act.connection, closed)
    after = msgspec.structs.replace(stays, members=(*stays.members, *extra))
    changed = roster.save(act, kept, after, roster.event_of(act, kept, stays, "MERGED", extra, other=closed))
    act.concerns(kept, closed)
    return Merged(changed, closed, goes.number, void)


def _pairs(stays: Household, goes: Household, same: Mapping[str, str]) -> dict[str, str]:
    # person of the closed household to person of the kept one, whichever way round they were told
    pairs: dict[str, str] = {}
    for one, other in same.items():
        gone, twin = (one, other) if one in goes.members else (other, one)
        if gone not in goes.members or twin not in stays.members or gone in pairs or twin in pairs.values():
            raise Refusal("merge.pairs")
        pairs[gone] = twin
    if not pairs:
        raise Refusal("merge.nobody_same")
    return pairs


def _check_left(act: Act, kept: str, closed: str) -> None:
    states = {household: case[1].state for household in (kept, closed) if (case := steps.case_of(act, household))}
    if states.get(closed) in _LEFT and states.get(kept) not in _LEFT:
        raise Refusal("merge.other_left")


def _join(act: Act, kept: str, extra: Mapping[str, Person], relations: Mapping[str, str]) -> None:
    for person, doc in extra.items():
        relation = relations.get(person, _RELATION)
        if relation == "HEAD":
            raise Refusal("roster.head")
        moved = msgspec.structs.replace(doc, household=kept, relation=relation, travels=None, travels_reason="")
        act.records.revise(PERSON, person, moved)


def _close(act: Act, closed: str, kept: str, goes: Household, twins: tuple[str, ...], whole: int) -> tuple[str, ...]:
    leave_lists(act, closed)
    if steps.case_of(act, closed) is not None:
        steps.move(act, closed, "MERGED", movement_day=None)
    end_cards(act, closed)
    void, counted = [], []
    for record, voucher in documents_of(act.connection, VOUCHER, closed):
        if voucher.state in UNPAID:
            ended = msgspec.structs.replace(voucher, state="VOID", void_reason=REASON)
            act.records.revise(VOUCHER, record, ended, signed=True)
            ledger.note(act, "VOID", record, ended)
            void.append(record)
        elif voucher.state in (*PAID, "DISPUTED"):
            counted.append(record)
    division = Division(kept, closed, act.day, whole, whole, tuple(counted), act.user.id)
    act.records.create(DIVISION, act.new_id(), division, signed=True)
    for record, task in documents_of(act.connection, TASK, closed):
        if task.done_at is None:  # what must be done in 24 hours is done for the family that stays
            act.records.revise(TASK, record, msgspec.structs.replace(task, household=kept))
    ended_household = msgspec.structs.replace(
        goes,
        members=twins,
        head=goes.head if goes.head in twins else twins[0],
        principal=goes.principal if goes.principal in twins else twins[0],
        alternate=goes.alternate if goes.alternate in twins else None,
        status="MERGED",
        merged_into=kept,
    )
    act.records.revise(HOUSEHOLD, closed, ended_household, signed=True)
    return tuple(void)


def end_cards(act: Act, household: str) -> None:
    """Revoke every card of a household that is in force."""
    for record, card in documents_of(act.connection, CARD, household):
        if card.status == "LIVE":
            act.records.revise(CARD, record, msgspec.structs.replace(card, status="REVOKED"), signed=True)
