"""From a camp's list into the form: what a list says of a person, as it stands in the roster's fields."""

from __future__ import annotations

from datetime import date

from helpdesk.households.forms import MemberEntry
from helpdesk.households.list_rows import ExpectedPerson


def entry_of(person: ExpectedPerson) -> MemberEntry:
    """A person of a list as a line shows her; what the list left open stays empty and must be asked."""
    return MemberEntry(
        given_name=person.given_name,
        father_name=person.father_name,
        grandfather_name=person.grandfather_name or None,
        family_name=person.family_name,
        sex=person.sex or "",
        birth_date=person.birth_date or date.min,
        birth_precision=person.birth_precision or "",
        relation=person.relation or "",
    )


def told_age(person: ExpectedPerson) -> str:
    """The birth as it would be typed: as exactly as the list knows it."""
    return birth_typed(person.birth_date, person.birth_precision)


def birth_typed(birth: date | None, precision: str | None) -> str:
    """A birth as it would be typed, so that reading it again gives the same day and precision where it can."""
    if birth is None:
        return ""
    if precision == "day":
        return f"{birth.day}.{birth.month}.{birth.year}"
    return f"{birth.month}.{birth.year}" if precision == "month" else str(birth.year)
