"""Families in the register that may be the one in front of the desk: candidates by rare block keys, then scored.

Nothing here blocks a save; what comes out is a question with its reasons (DESIGN.md section 6, similar.py). The index
holds keyed and phonetic keys only and is rebuilt for a household whenever its records change.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select

from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.documents import Displacement, Household, PaperDocument, Person
from helpdesk.households.forms import Registration
from helpdesk.households.kinds import DISPLACEMENT, HOUSEHOLD, PAPER, PERSON
from helpdesk.households.similar import ComparedFamily, ComparedPerson, block_keys, score
from helpdesk.households.tables import HouseholdRow, LikenessKeyRow
from helpdesk.vault.records import document_of, documents_of

ASK_FROM = 30
MOST_POSTINGS = 4000
MOST_CANDIDATES = 40
MOST_SHOWN = 5


class Alike(Struct, frozen=True):
    """A registered family that may be the same: ``probability`` in percent, ``reasons`` codes of list ``similar``."""

    household: str
    number: str
    name: str
    persons: int
    probability: int
    reasons: tuple[str, ...]


def compared_form(form: Registration) -> ComparedFamily:
    """A form, as far as it is filled in."""
    return ComparedFamily(
        members=tuple(
            ComparedPerson(
                given_name=entry.given_name,
                father_name=entry.father_name,
                grandfather_name=entry.grandfather_name or "",
                family_name=entry.family_name,
                mother_name=entry.mother_name or "",
                sex=entry.sex,
                birth_date=entry.birth_date,
                birth_precision=entry.birth_precision,
            )
            for entry in form.members
        ),
        head=form.head,
        phones=tuple(phone.number for phone in form.phones),
        origin=(form.displacement.origin.place_id or "") if form.displacement else "",
        site=(form.site.place_id or "") if form.site else "",
        shelter=form.shelter,
    )


def compared_household(
    household: Household,
    persons: dict[str, Person],
    displacement: Displacement | None,
    papers: Iterable[PaperDocument],
) -> ComparedFamily:
    """A registered family."""
    hashes: dict[str | None, list[str]] = defaultdict(list)
    for paper in papers:
        hashes[paper.person].extend(paper.match[:1])
    members = [person_id for person_id in household.members if person_id in persons]
    return ComparedFamily(
        members=tuple(_compared(persons[person_id], hashes[person_id]) for person_id in members),
        head=members.index(household.head) if household.head in members else 0,
        phones=tuple(phone.number for phone in household.phones),
        origin=(displacement.origin.place_id or "") if displacement else "",
        site=(household.site.place_id or "") if household.site else "",
        shelter=household.shelter,
        papers=tuple(hashes[None]),
    )


def _compared(person: Person, papers: list[str]) -> ComparedPerson:
    return ComparedPerson(
        given_name=person.given_name,
        father_name=person.father_name,
        grandfather_name=person.grandfather_name or "",
        family_name=person.family_name,
        mother_name=person.mother_name or "",
        sex=person.sex,
        birth_date=person.birth_date,
        birth_precision=person.birth_precision,
        papers=tuple(papers),
    )


def _registered(connection: Connection, household_id: str) -> ComparedFamily | None:
    household = document_of(connection, HOUSEHOLD, household_id)
    if household is None:
        return None
    displacement = [doc for _, doc in documents_of(connection, DISPLACEMENT, household_id)]
    return compared_household(
        household,
        dict(documents_of(connection, PERSON, household_id)),
        displacement[-1] if displacement else None,
        [doc for _, doc in documents_of(connection, PAPER, household_id)],
    )


def index_form(connection: Connection, household_id: str, form: Registration) -> None:
    """Index a family that is being registered."""
    _write(connection, household_id, compared_form(form))


def index_again(connection: Connection, household_id: str) -> None:
    """Index a family anew after its records changed, here or by a file that came in."""
    connection.execute(delete(LikenessKeyRow).where(LikenessKeyRow.household == household_id))
    family = _registered(connection, household_id)
    if family is not None:
        _write(connection, household_id, family)


def _write(connection: Connection, household_id: str, family: ComparedFamily) -> None:
    rows = [{"key": key, "household": household_id} for key in sorted(block_keys(family))]
    if rows:
        connection.execute(insert(LikenessKeyRow), rows)


def similar(view: View, form: Registration) -> tuple[Alike, ...]:
    """Registered families that may be the one on the form, the likeliest first; empty for most."""
    view.only(NAMES)
    return like(view, compared_form(form), apart=form.household_id)


def like(view: View, family: ComparedFamily, apart: str = "") -> tuple[Alike, ...]:
    """The same for a family from anywhere; ``apart`` is the id of one that is not asked about."""
    found = []
    for household_id in _candidates(view.connection, block_keys(family)):
        if household_id == apart:
            continue
        known = _registered(view.connection, household_id)
        if known is None:
            continue
        likeness = score(family, known)
        if likeness.probability >= ASK_FROM:
            found.append((likeness.probability, household_id, likeness.reasons, known))
    found.sort(key=lambda item: (-item[0], item[1]))
    numbers = _numbers(view.connection, [item[1] for item in found[:MOST_SHOWN]])
    return tuple(
        Alike(
            household=household_id,
            number=numbers.get(household_id, ""),
            name=_name(known),
            persons=len(known.members),
            probability=probability,
            reasons=reasons,
        )
        for probability, household_id, reasons, known in found[:MOST_SHOWN]
    )


def _name(family: ComparedFamily) -> str:
    head = family.members[family.head]
    return " ".join(part for part in (head.given_name, head.father_name, head.grandfather_name) if part)


def _numbers(connection: Connection, households: list[str]) -> dict[str, str]:
    rows = connection.execute(select(HouseholdRow.id, HouseholdRow.number).where(HouseholdRow.id.in_(households)))
    return {row.id: row.number for row in rows}


def _candidates(connection: Connection, keys: frozenset[str]) -> list[str]:
    # rare keys first, up to a bound of postings; a household's worth is the sum of log(N/n) of the keys it shares
    if not keys:
        return []
    counts = connection.execute(
        select(LikenessKeyRow.key, func.count()).where(LikenessKeyRow.key.in_(keys)).group_by(LikenessKeyRow.key)
    ).all()
    everybody = connection.scalar(select(func.count()).select_from(HouseholdRow)) or 1
    worth: dict[str, float] = defaultdict(float)
    taken = 0
    for key, count in sorted(counts, key=lambda row: (row[1], row[0])):
        if taken + count > MOST_POSTINGS:
            break
        taken += count
        weight = math.log(1 + everybody / count)
        for household in connection.scalars(select(LikenessKeyRow.household).where(LikenessKeyRow.key == key)):
            worth[household] += weight
    return sorted(worth, key=lambda household: (-worth[household], household))[:MOST_CANDIDATES]
