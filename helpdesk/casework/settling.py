"""Families about which two desks disagree: who is named in two of them, and a supervisor's word that settles it.

A person belongs where her own record says; a roster that says otherwise is a question, never a second person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import msgspec
from msgspec import Struct
from sqlalchemy import select

from helpdesk.casework import roster
from helpdesk.casework.merging import end_cards
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households import alike
from helpdesk.households.documents import Household
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.bulk import among
from helpdesk.vault.records import decode_revision, document_of, documents_of, heads_of
from helpdesk.vault.tables import ConflictRow, RecordRow, RevisionRow

_FIELDS = ("members", "household", "head", "principal")


class Doubt(Struct, frozen=True):
    """A person whom several families name: where her record says that she is, and who names her."""

    person: str
    name: str
    household: str
    named_by: tuple[str, ...]


class Home(Struct, frozen=True):
    """A registered family that somebody in doubt may belong to; ``members`` id to name, in the order of the roster."""

    household: str
    number: str
    name: str
    head: str
    principal: str
    members: dict[str, str]


class Doubtful(Struct, frozen=True):
    """All that a supervisor settles at once, and the families to choose from.

    ``merged`` leads from a closed registration to the number under which that family goes on.
    """

    doubts: tuple[Doubt, ...]
    homes: tuple[Home, ...]
    merged: dict[str, str]

    def choices(self, doubt: Doubt) -> tuple[str, ...]:
        """The families that a person in doubt may belong to, those that name her first."""
        known = dict.fromkeys(home.household for home in self.homes)
        named = (*doubt.named_by, self.merged.get(doubt.household, doubt.household))
        return tuple(dict.fromkeys((*(one for one in named if one in known), *known)))


def doubtful(view: View) -> Doubtful:
    """The doubts that can be settled here, with the families in question."""
    found = doubts(view)
    merged: dict[str, str] = {}
    homes: dict[str, Home] = {}
    for doubt in found:
        for named in (*doubt.named_by, doubt.household):
            household, doc = named, document_of(view.connection, HOUSEHOLD, named)
            if doc is not None and doc.status != "REGISTERED" and doc.merged_into is not None:
                household = merged[named] = doc.merged_into
                doc = document_of(view.connection, HOUSEHOLD, household)
            if doc is not None and doc.status == "REGISTERED" and household not in homes:
                homes[household] = _home(view, household, doc)
    made = Doubtful(found, tuple(homes.values()), merged)
    return msgspec.structs.replace(made, doubts=tuple(doubt for doubt in found if made.choices(doubt)))


def _home(view: View, household: str, doc: Household) -> Home:
    names = {}
    for person in doc.members:
        known = document_of(view.connection, PERSON, person)
        if known is not None and not known.gone:
            names[person] = known.full_name
    return Home(household, doc.number, names.get(doc.principal, ""), doc.head, doc.principal, names)


def disputed_families(view: View, site: str | None = None) -> list[str]:
    """The registered families about whose members or holders two desks disagree, of one site or of all."""
    view.only(NAMES)
    statement = select(HouseholdRow.id).where(
        HouseholdRow.status == "REGISTERED", among(view.connection, HouseholdRow.id, sorted(_disputed(view)))
    )
    if site is not None:
        statement = statement.where(HouseholdRow.site == site)
    return list(view.connection.scalars(statement.order_by(HouseholdRow.number)))


def count_disputed(view: View, site: str | None = None) -> int:
    """How many they are."""
    return len(disputed_families(view, site))


def doubts(view: View) -> tuple[Doubt, ...]:
    """Everybody about whose family two desks disagree."""
    view.only(NAMES)
    rosters = {household: document_of(view.connection, HOUSEHOLD, household) for household in _disputed(view)}
    named: dict[str, list[str]] = defaultdict(list)
    for household, doc in rosters.items():
        if doc is not None and doc.status == "REGISTERED":
            for person in doc.members:
                named[person].append(household)
    found = []
    for person, households in sorted(named.items()):
        known = document_of(view.connection, PERSON, person)
        if known is not None and (households != [known.household] or known.gone):
            found.append(Doubt(person, known.full_name, known.household, tuple(households)))
    return (*found, *_lost(view))


def _lost(view: View) -> list[Doubt]:
    # a double that was closed at one desk while another desk still added people to it
    closed = view.connection.scalars(select(HouseholdRow.id).where(HouseholdRow.status != "REGISTERED")).all()
    people = ((household, pair) for household in closed for pair in documents_of(view.connection, PERSON, household))
    return [
        Doubt(person, doc.full_name, household, ())
        for household, (person, doc) in people
        if not doc.same_as and not doc.gone
    ]


def _disputed(view: View) -> set[str]:
    statement = (
        select(ConflictRow.record, RecordRow.kind)
        .join(RecordRow, RecordRow.id == ConflictRow.record)
        .where(ConflictRow.field.in_(_FIELDS), ConflictRow.settled.is_(False))
    )
    found: set[str] = set()
    people: set[str] = set()
    for record, kind in view.connection.execute(statement).all():
        if kind == HOUSEHOLD.name:
            found.add(record)
            people.update(_named_by_heads(view, record))
        elif kind == PERSON.name:
            people.add(record)
    bodies = select(RevisionRow.body).where(
        RevisionRow.kind == PERSON.name, among(view.connection, RevisionRow.record, sorted(people))
    )
    for body in view.connection.scalars(bodies) if people else ():
        found.add(PERSON.decode(bytes(decode_revision(bytes(body)).doc)).household)
    return found


def _named_by_heads(view: View, household: str) -> set[str]:
    heads = heads_of(view.connection, household)
    bodies = view.connection.scalars(select(RevisionRow.body).where(RevisionRow.hash.in_(heads)))
    return {person for body in bodies for person in HOUSEHOLD.decode(bytes(decode_revision(bytes(body)).doc)).members}


@command("family.settle", roles=(Role.SUPERVISOR,))
def settle(act: Act, homes: Mapping[str, str], holders: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Say of each person where she belongs; every roster follows. A household without anybody left is closed.

    ``holders``: for a household whose head or holder goes, who is both. Returns the households that changed. Raises
    Refusal("person.unknown" | "household.unknown" | "household.closed" | "family.head_needed").
    """
    touched = set(homes.values()) | _disputed(act)
    for person, household in homes.items():
        touched.add(_place(act, person, household))
    act.records.flush()
    for household in sorted(touched):
        _follow(act, household, homes, (holders or {}).get(household))
    return tuple(sorted(touched))


def _place(act: Act, person: str, household: str) -> str:
    known = document_of(act.connection, PERSON, person)
    home = document_of(act.connection, HOUSEHOLD, household)
    if known is None or known.gone:
        raise Refusal("person.unknown")
    if home is None:
        raise Refusal("household.unknown")
    if home.status != "REGISTERED":
        raise Refusal("household.closed")
    relation = known.relation if known.household == household else "OREL"
    settled = msgspec.structs.replace(known, household=household, relation=relation, travels=None)
    act.records.revise(PERSON, person, settled)
    return known.household


def _follow(act: Act, household: str, homes: Mapping[str, str], holder: str | None) -> None:
    found: Household | None = document_of(act.connection, HOUSEHOLD, household)
    if found is None or found.status != "REGISTERED":
        return
    here = {person: doc for person, doc in documents_of(act.connection, PERSON, household) if not doc.gone}
    kept = [person for person in found.members if person in here]
    came = sorted(person for person in here if person not in kept)
    event = roster.event_of(act, household, found, "SETTLED", tuple(sorted(homes)))
    if not (kept or came):
        end_cards(act, household)
        act.records.revise(HOUSEHOLD, household, msgspec.structs.replace(found, status="VOID"), signed=True)
        roster.note(act, event)
        act.records.flush()
        alike.index_again(act.connection, household)
        return
    rest = msgspec.structs.replace(found, members=(*kept, *came))
    after = roster.with_holders(rest, holder, holder)
    people = {person: here[person] for person in after.members}
    if after.head != found.head or here[after.head].relation != "HEAD":
        roster.relate(act, people, after.head, {})
    roster.save(act, household, after, event)
