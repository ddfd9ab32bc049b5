"""What pages and the command line read of households: search, lists, a family's file, what is still to ask.

Queries write nothing; opening a family's file is an act with an audit entry and therefore a command here. Whatever
names a family is refused to whoever only makes accounts: a page that is not shown is no protection.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, aliased

from helpdesk.core.clock import day_number, day_of
from helpdesk.core.codes import CodeList
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import read_number
from helpdesk.core.text import fold_digits
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.lapsing import word_holds
from helpdesk.desk.roles import FAMILIES, NAMES
from helpdesk.desk.told import DECISIONS
from helpdesk.households import rules, search
from helpdesk.households.cards import verdict
from helpdesk.households.commands import known_household
from helpdesk.households.documents import (
    Barriers,
    Card,
    Consent,
    Displacement,
    Household,
    Intention,
    PaperDocument,
    Person,
    Vulnerability,
)
from helpdesk.households.kinds import (
    BARRIERS,
    CARD,
    CONSENT,
    DISPLACEMENT,
    INTENTION,
    PAPER,
    PERSON,
    VULNERABILITY,
)
from helpdesk.households.tables import CardRow, HouseholdRow, PersonRow, PhoneRow
from helpdesk.vault.records import decode_revision, documents_of
from helpdesk.vault.tables import RevisionRow

SHORTEST_PHONE = 3
LONGEST_NUMBER = 11


class HouseholdLine(Struct, frozen=True):
    """The least a list shows of a family. ``matched`` is the member a search found, if not the principal."""

    id: str
    number: str
    principal: str
    persons: int
    site: str | None
    shelter: str
    registered_on: date
    matched: str = ""


class Change(Struct, frozen=True):
    """One line of a file's history: which kind of record, when, by whom."""

    kind: str
    at: str
    user: str
    device: str


class HouseholdFile(Struct, frozen=True):
    """A family's file as the desk may see it. ``decision`` is a code of ``centre_decision``: PROCEED or FOLLOW_UP."""

    id: str
    household: Household
    persons: dict[str, Person]
    consents: tuple[Consent, ...]
    displacement: Displacement | None
    intentions: tuple[Intention, ...]
    barriers: tuple[Barriers, ...]
    papers: tuple[PaperDocument, ...]
    vulnerability: Vulnerability | None
    flags: frozenset[str]
    card: Card | None
    decision: str
    day: date

    def not_asked(self) -> tuple[str, ...]:
        """What profiling still has to ask, as codes of the list ``not_asked``."""
        adults = [p for p in self.persons.values() if age_on(p.birth_date, self.day) >= rules.ADULT]
        five = [p for p in self.persons.values() if age_on(p.birth_date, self.day) >= rules.WASHINGTON_FROM]
        open_questions = {
            "DISPLACEMENT": self.displacement is None,
            "INTENTION": not self.intentions,
            "BARRIERS": not self.barriers,
            "MOTHERS": any(p.mother_name is None for p in self.persons.values()),
            "MARITAL": any(p.marital is None for p in adults),
            "DIFFICULTIES": any(p.difficulties is None for p in five),
            "PAPERS": not self.papers,
            "SOCIAL": self.household.social is None,
            "VULNERABILITY": self.vulnerability is None,
        }
        return tuple(code for code, is_open in open_questions.items() if is_open)


NOT_ASKED = CodeList(
    "not_asked", "DISPLACEMENT", "INTENTION", "BARRIERS", "MOTHERS", "MARITAL", "DIFFICULTIES", "PAPERS", "SOCIAL",
    "VULNERABILITY",
)  # fmt: skip


class Today(Struct, frozen=True):
    """The three numbers of the day at this desk."""

    families: int
    persons: int
    cards: int


# Built once: making a statement anew costs more than the store takes to answer it.
_LINES = select(
    HouseholdRow.id,
    HouseholdRow.number,
    PersonRow.name,
    HouseholdRow.persons,
    HouseholdRow.site,
    HouseholdRow.shelter,
    HouseholdRow.registered_on,
).join(PersonRow, PersonRow.id == HouseholdRow.principal)
_LINES_OF = _LINES.where(HouseholdRow.id.in_(bindparam("ids", expanding=True)))
_WITH_NUMBER = _LINES.where(HouseholdRow.number == bindparam("whole"))
_WITH_BEGINNING = _LINES.where(
    HouseholdRow.number >= bindparam("first"), HouseholdRow.number < bindparam("beyond")
).limit(bindparam("most"))
_WITH_PHONE = (
    _LINES.join(PhoneRow, PhoneRow.household == HouseholdRow.id)
    .where(PhoneRow.backwards >= bindparam("first"), PhoneRow.backwards < bindparam("beyond"))
    .limit(bindparam("most"))
)


def _line(row: Any) -> HouseholdLine:
    return HouseholdLine(row.id, row.number, row.name, row.persons, row.site, row.shelter, row.registered_on)


ORDERS: Final = {
    "number": HouseholdRow.number,
    "name": PersonRow.sort_name,
    "registered_on": HouseholdRow.id,
    "persons": HouseholdRow.persons,
    "shelter": HouseholdRow.shelter,
}
"""What a list may be sorted by; ids rise with the instant of registering, a day alone would not order a morning."""


def household_ids(view: View, order: str = "registered_on", *, descending: bool = False) -> list[str]:
    """The ids of all registered families in one of :data:`ORDERS`: what a paged list keeps in memory."""
    column = ORDERS[order]
    statement = select(HouseholdRow.id)
    if order == "name":
        statement = statement.join(PersonRow, PersonRow.id == HouseholdRow.principal)
    statement = statement.order_by(column.desc() if descending else column.asc())
    return list(view.connection.scalars(statement))


def lines(view: View, ids: Sequence[str]) -> dict[str, HouseholdLine]:
    """One page of a list: the lines of these ids."""
    view.only(NAMES)
    rows = view.connection.execute(_LINES_OF, {"ids": list(ids)})
    return {row.id: _line(row) for row in rows}


def find(view: View, typed: str, limit: int = 50) -> tuple[HouseholdLine, ...]:
    """Families by scan, number, last digits of a phone, or any member's name in any spelling or script."""
    view.only(NAMES)
    digits = "".join(fold_digits(typed).split()).replace("-", "").lstrip("+")
    if digits.isdigit():
        return _by_digits(view, typed, digits, limit)
    return _by_name(view, typed, limit)


def _by_digits(view: View, typed: str, digits: str, limit: int) -> tuple[HouseholdLine, ...]:
    if len(digits) > LONGEST_NUMBER + 4:
        seen = verdict(view, digits)
        return tuple(lines(view, [seen.household]).values()) if seen.household else ()
    try:
        number = read_number(typed).digits
    except Refusal:
        number = None
    found: dict[str, HouseholdLine] = {}
    if number is not None:
        rows = view.connection.execute(_WITH_NUMBER, {"whole": number})
        found.update((row.id, _line(row)) for row in rows)
    if not found and len(digits) >= SHORTEST_PHONE:
        tail = digits.lstrip("0")[::-1] if len(digits) > LONGEST_NUMBER - 1 else digits[::-1]
        rows = view.connection.execute(_WITH_PHONE, {"first": tail, "beyond": tail + ":", "most": limit})
        found.update((row.id, _line(row)) for row in rows)
    if not found:
        rows = view.connection.execute(_WITH_BEGINNING, {"first": digits, "beyond": digits + ":", "most": limit})
        found.update((row.id, _line(row)) for row in rows)
    return tuple(found.values())


_PEOPLE = text(
    "SELECT p.household, p.name, p.id FROM person_search s JOIN person p ON p.n = s.rowid"
    " WHERE person_search MATCH :query LIMIT :most"
)


def _by_name(view: View, typed: str, limit: int) -> tuple[HouseholdLine, ...]:
    people: dict[str, tuple[str, str]] = {}
    for query in (search.as_written(typed), search.as_sounding(typed)):
        if query is None or len(people) >= limit:
            continue
        rows = view.connection.execute(_PEOPLE, {"query": query, "most": limit})
        for household, name, person in rows:
            people.setdefault(household, (person, name))
    found = lines(view, list(people)[:limit])
    shown = []
    for household in people:
        line = found.get(household)
        if line is not None:
            name = people[household][1]
            shown.append(line if name == line.principal else msgspec.structs.replace(line, matched=name))
    return tuple(shown)


def family_file(view: View, household: str) -> HouseholdFile:
    """Everything this desk may see of one family. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    found = known_household(view, household)
    connection = view.connection
    known = dict(documents_of(connection, PERSON, household))
    persons = {person_id: known[person_id] for person_id in found.members if person_id in known}
    papers = tuple(doc for _, doc in documents_of(connection, PAPER, household))
    displacement = [doc for _, doc in documents_of(connection, DISPLACEMENT, household)]
    vulnerability = [doc for _, doc in documents_of(connection, VULNERABILITY, household)]
    live = [doc for _, doc in documents_of(connection, CARD, household) if doc.status == "LIVE"]
    derived = rules.derived_flags(persons, found.head, papers, view.day) if found.head in persons else frozenset()
    asked = {flag for flag, holds in (vulnerability[-1].answered if vulnerability else {}).items() if holds}
    word = DECISIONS.find(connection, household)
    today = day_number(view.day)
    may_go = word is not None and word.decision == "proceed" and word_holds(household, word.on, today)
    return HouseholdFile(
        id=household,
        household=found,
        persons=persons,
        consents=tuple(doc for _, doc in documents_of(connection, CONSENT, household)),
        displacement=displacement[-1] if displacement else None,
        intentions=tuple(doc for _, doc in documents_of(connection, INTENTION, household)),
        barriers=tuple(doc for _, doc in documents_of(connection, BARRIERS, household)),
        papers=papers,
        vulnerability=vulnerability[-1] if vulnerability else None,
        flags=derived | asked,
        card=live[-1] if live else None,
        decision="PROCEED" if may_go else "FOLLOW_UP",
        day=view.day,
    )


@command("household.open", roles=FAMILIES)
def open_file(act: Act, household: str) -> HouseholdFile:
    """A family's file, with the audit entry that every opening leaves."""
    act.concerns(household)
    return family_file(act, household)


def history(view: View, household: str) -> tuple[Change, ...]:
    """Who wrote what about a family and when, newest first; sealed saves show like all others."""
    view.only(NAMES)
    rows = view.connection.execute(
        text(
            "SELECT r.kind AS kind, r.body AS body FROM record c JOIN revision r ON r.record = c.id"
            " WHERE c.household = :household ORDER BY r.n DESC"
        ),
        {"household": household},
    )
    from_body = []
    for row in rows:
        revision = decode_revision(bytes(row.body))
        from_body.append(Change(row.kind, revision.at, revision.user, revision.device))
    return tuple(from_body)


def _made_here(record: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    # a record of another desk may have been revised here since: its first revision tells who made it
    made, earlier = aliased(RevisionRow), aliased(RevisionRow)
    before = select(earlier.n).where(earlier.record == record, earlier.n < made.n).correlate_except(earlier).exists()
    return select(made.n).where(made.record == record, made.origin.is_(None), ~before).correlate_except(made).exists()


def today(view: View) -> Today:
    """What this desk registered and issued on the programme day; what came in from others is not its work."""
    families, persons = view.connection.execute(
        select(func.count(), func.coalesce(func.sum(HouseholdRow.persons), 0)).where(
            HouseholdRow.registered_on == view.day, _made_here(HouseholdRow.id)
        )
    ).one()
    cards = view.connection.scalar(
        select(func.count()).select_from(CardRow).where(CardRow.issued_on == view.day, _made_here(CardRow.id))
    )
    return Today(families, int(persons), cards or 0)


def lists_age(view: View) -> int | None:
    """How many days old the installed lists are, None before the first bundle."""
    return None if view.bundle is None else (view.day - day_of(view.bundle.issued)).days
