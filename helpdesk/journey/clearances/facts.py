"""What the gate asks of clearances: is the way open for these travellers on this day, until when, proved by what.

It reads the projected rows alone, one statement a household. A refusal is one of several reasons for "missing" and
is never told apart here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, select

from helpdesk.core.dates import age_on
from helpdesk.desk import trust
from helpdesk.desk.bundle import ClearanceRule
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.tables import PersonRow
from helpdesk.journey.clearances.codes import FROM_AGE
from helpdesk.journey.clearances.rules import Answer, Cleared, cleared, known_on, latest, required
from helpdesk.journey.clearances.tables import ClearanceRow
from helpdesk.vault.tables import RecordRow

_ANSWERS = (
    select(
        ClearanceRow.person,
        ClearanceRow.authority,
        ClearanceRow.status,
        ClearanceRow.on,
        ClearanceRow.valid_until,
        RecordRow.head,
    )
    .join(RecordRow, RecordRow.id == ClearanceRow.id)
    .where(ClearanceRow.household == bindparam("of_household"))
)
_PEOPLE = select(PersonRow.id, PersonRow.birth_date).where(PersonRow.household == bindparam("of_household"))


def clearance_of(
    connection: Connection,
    household: str,
    travellers: tuple[str, ...],
    origin: str | None,
    destination: str | None,
    day: date,
    rules: tuple[ClearanceRule, ...] | None = None,
) -> Cleared:
    """The household's freedom of movement on ``day`` for those of ``travellers`` who are old enough to need one.

    ``origin`` is where the family is now, ``destination`` where it goes, as ids of places (None: not known, which
    asks for the built-in set). ``rules`` is the bundle's table, read from the store where it is not given.
    """
    people = needing(connection, household, travellers, day)
    authorities = required_here(connection, origin, destination, rules)
    return cleared(latest(known_on(answers_of(connection, household), day)), people, authorities, day)


def required_here(
    connection: Connection, origin: str | None, destination: str | None, rules: tuple[ClearanceRule, ...] | None = None
) -> tuple[str, ...]:
    """The authorities needed for a way, by the installed bundle's table or the built-in set."""
    if rules is None:
        bundle = trust.in_force(connection)
        rules = bundle.clearances if bundle else ()
    return required(rules, load_gazetteer(), origin, destination)


def needing(connection: Connection, household: str, travellers: Iterable[str], day: date) -> tuple[str, ...]:
    """Those of ``travellers`` who are of this household and at least 15 years old on ``day``, in their order."""
    births = {row.id: row.birth_date for row in connection.execute(_PEOPLE, {"of_household": household})}
    return tuple(person for person in travellers if person in births and age_on(births[person], day) >= FROM_AGE)


def answers_of(connection: Connection, household: str) -> tuple[Answer, ...]:
    """Every recorded answer of a household."""
    rows = connection.execute(_ANSWERS, {"of_household": household})
    return tuple(
        Answer(row.person, row.authority, row.status, row.on, row.valid_until, bytes(row.head).hex()) for row in rows
    )
