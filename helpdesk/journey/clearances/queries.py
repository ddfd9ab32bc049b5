"""What pages, papers and the command line read of clearances: one family's answers, worklists, ageing.

A clerk and every list see "granted", "run out" or "not complete" and nothing more: a refusal would mark a family. Only
a supervisor who opens one family reads the answer itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct
from sqlalchemy import Select, func, select

from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households.commands import known_household
from helpdesk.households.documents import Household
from helpdesk.households.kinds import INTENTION, PERSON
from helpdesk.journey.clearances.codes import AUTHORITY, CLEARANCE_STATUS
from helpdesk.journey.clearances.documents import Clearance
from helpdesk.journey.clearances.facts import answers_of, needing, required_here
from helpdesk.journey.clearances.kinds import CLEARANCE
from helpdesk.journey.clearances.rules import cleared, latest
from helpdesk.journey.clearances.tables import ClearanceRow
from helpdesk.vault.records import documents_of

ALERT_DAYS: Final = 14
"""How long before its end an answer is on the worklist: a convoy is planned about two weeks ahead."""
WORKLISTS: Final = ("ENDING", "ENDED", "OPEN")
AGES: Final = (14, 30, 60)
"""Days since an answer was asked for, as the columns of the ageing report end."""


class PersonAnswer(Struct, frozen=True):
    """One traveller and one authority, as this role may see it. ``status`` None: this role sees only ``shown``."""

    person: str
    authority: str
    shown: str
    needed: bool
    status: str | None = None
    applied_on: date | None = None
    reference: str = ""
    valid_until: date | None = None
    seen: bool = False


class HouseholdClearances(Struct, frozen=True):
    """A family's freedom of movement. ``people`` are (id, name) of those who need answers, ``authorities`` who asks."""

    household: str
    number: str
    origin: str | None
    destination: str | None
    people: tuple[tuple[str, str], ...]
    authorities: tuple[str, ...]
    answers: tuple[PersonAnswer, ...]
    complete: bool
    until: date | None


class WorkLine(Struct, frozen=True):
    """One family on a worklist: how many of its recorded answers are not complete, and the first end."""

    household: str
    open: int
    ends: date | None


class AgeLine(Struct, frozen=True):
    """Answers of one authority that are still open, by days since they were asked for (DOMAIN.md 4.10).

    ``counts`` follow :data:`AGES`, then those older, then those nobody has asked for or that name no day.
    """

    authority: str
    counts: tuple[int, ...]


def clearances_of(view: View, household: str) -> HouseholdClearances:
    """One family's answers. Raises Refusal("household.unknown" | "role.not_allowed")."""
    view.only(NAMES)
    found = known_household(view, household)
    persons = dict(documents_of(view.connection, PERSON, household))
    travelling = tuple(p for p in found.members if p in persons and persons[p].travels != "N")
    origin, destination = way_of(view, household, found)
    people = needing(view.connection, household, travelling, view.day)
    rules = view.bundle.clearances if view.bundle else ()
    authorities = required_here(view.connection, origin, destination, rules)
    state = cleared(latest(answers_of(view.connection, household)), people, authorities, view.day)
    newest: dict[tuple[str, str], Clearance] = {}
    for _, doc in documents_of(view.connection, CLEARANCE, household):
        newest[doc.person, doc.authority] = doc
    pairs = dict.fromkeys([*((person, authority) for person in people for authority in authorities), *newest])
    answers = tuple(
        _shown(view, pair, newest.get(pair), needed=pair[0] in people and pair[1] in authorities) for pair in pairs
    )
    names = tuple((person, persons[person].full_name) for person in people)
    return HouseholdClearances(
        household, found.number, origin, destination, names, authorities, answers, state.complete, state.until
    )


def way_of(view: View, household: str, found: Household) -> tuple[str | None, str | None]:
    """From where to where a family would move, as ids of places: its site, and the last destination it named."""
    named = [doc.destination for _, doc in documents_of(view.connection, INTENTION, household) if doc.destination]
    return (found.site.place_id if found.site else None, named[-1].place_id if named else None)


def _shown(view: View, pair: tuple[str, str], doc: Clearance | None, *, needed: bool) -> PersonAnswer:
    person, authority = pair
    if doc is None:
        return PersonAnswer(person, authority, "OPEN", needed)
    shown = state_of(doc.status, doc.valid_until, view.day)
    if shown == "OPEN" and view.user.role is Role.CLERK:
        return PersonAnswer(person, authority, shown, needed, applied_on=doc.applied_on)
    return PersonAnswer(
        person,
        authority,
        shown,
        needed,
        doc.status if view.user.role is not Role.CLERK else None,
        doc.applied_on,
        doc.reference,
        doc.valid_until,
        doc.seen_by is not None,
    )


def state_of(status: str, valid_until: date | None, day: date) -> str:
    """GRANTED, EXPIRED, or OPEN for all others alike."""
    if status != "GRANTED":
        return "OPEN"
    return "EXPIRED" if valid_until is not None and valid_until < day else "GRANTED"


_OPEN: Final = tuple(status for status in CLEARANCE_STATUS if status not in ("GRANTED", "NOTREQ"))
"""What is still to be answered, by name: an index finds what is asked for, not what is left out."""


def _of_list(name: str, day: date) -> Select[str, date | None]:
    ends = func.min(ClearanceRow.valid_until)
    granted = ClearanceRow.status == "GRANTED"
    statement = select(ClearanceRow.household, ends.label("ends")).group_by(ClearanceRow.household)
    if name == "ENDING":
        last = day + timedelta(days=ALERT_DAYS)
        return statement.where(granted, ClearanceRow.valid_until.between(day, last)).order_by(ends)
    if name == "ENDED":
        return statement.where(granted, ClearanceRow.valid_until < day).order_by(ends)
    return statement.where(ClearanceRow.status.in_(_OPEN)).order_by(func.min(ClearanceRow.on))


def worklist(view: View, name: str, but: Select[str] | None = None) -> list[str]:
    """The households of one of :data:`WORKLISTS`, the most urgent first: what a paged list keeps in memory.

    ``but`` selects households to leave out: a room above knows who has left.
    """
    view.only(NAMES)
    return [row.household for row in view.connection.execute(_without(_of_list(name, view.day), but))]


def worklist_counts(view: View, but: Select[str] | None = None) -> dict[str, int]:
    """How many families each worklist holds."""
    families = func.count(func.distinct(ClearanceRow.household))

    def counted(name: str) -> int:
        # of the same rows as the list, without their groups and order: all of it is read from one index
        chosen = _without(_of_list(name, view.day), but).group_by(None).order_by(None)
        return view.connection.scalar(chosen.with_only_columns(families)) or 0

    return {name: counted(name) for name in WORKLISTS}


def _without(statement: Select[str, date | None], but: Select[str] | None) -> Select[str, date | None]:
    return statement if but is None else statement.where(ClearanceRow.household.not_in(but))


def work_lines(view: View, households: Sequence[str]) -> dict[str, WorkLine]:
    """One page of a worklist."""
    view.only(NAMES)
    complete = (ClearanceRow.status == "GRANTED") & (
        ClearanceRow.valid_until.is_(None) | (ClearanceRow.valid_until >= view.day)
    )
    rows = view.connection.execute(
        select(
            ClearanceRow.household,
            func.count().filter(~complete).label("open"),
            func.min(ClearanceRow.valid_until).filter(ClearanceRow.status == "GRANTED").label("ends"),
        )
        .where(ClearanceRow.household.in_(households))
        .group_by(ClearanceRow.household)
    )
    return {row.household: WorkLine(row.household, row.open, row.ends) for row in rows}


def ageing(view: View) -> tuple[AgeLine, ...]:
    """Open answers by authority and days since they were asked for; no names."""
    rows = view.connection.execute(
        select(ClearanceRow.authority, ClearanceRow.applied_on, func.count().label("answers"))
        .where(ClearanceRow.status.in_(("PEND", "PARTIAL", "NOTAPP", "DK", "REFUSED")))
        .group_by(ClearanceRow.authority, ClearanceRow.applied_on)
    )
    counted: dict[str, list[int]] = {}
    for row in rows:
        counts = counted.setdefault(row.authority, [0] * (len(AGES) + 2))
        if row.applied_on is None:
            counts[-1] += row.answers
        else:
            age = max(0, (view.day - row.applied_on).days)
            place = next((n for n, most in enumerate(AGES) if age <= most), len(AGES))
            counts[place] += row.answers
    return tuple(AgeLine(authority, tuple(counted[authority])) for authority in AUTHORITY if authority in counted)
