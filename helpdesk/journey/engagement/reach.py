"""Sensitization reach (DOMAIN.md 4.17): sessions, families and persons reached in a period, with sex and age band.

Registered persons are counted once however many sessions they came to; people who were only counted cannot be told
apart and are given beside them, never added. Cancelled events and what was taken back do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, select

from helpdesk.core.dates import age_on
from helpdesk.desk.commands import View
from helpdesk.households.tables import PersonRow
from helpdesk.journey.codes import band_of
from helpdesk.journey.engagement.documents import Event
from helpdesk.journey.engagement.kinds import EVENT
from helpdesk.journey.engagement.tables import AttendanceRow, AttendedRow, EventRow, HeadCountRow, QuestionRow
from helpdesk.vault.records import document_of

Bands = dict[str, dict[str, int]]
"""Persons by sex, then by age band; combinations without a person are left out."""


class Reach(Struct, frozen=True):
    """Who was reached from ``first`` to ``last``, both included, on one side or (``side`` None) on both."""

    first: date
    last: date
    side: str | None
    events: dict[str, int]
    """Events held by kind."""
    levels: dict[str, int]
    phases: dict[str, int]
    women_only: int
    families: int
    """Distinct households somebody came from."""
    persons: Bands
    """Distinct registered persons of whom it is known that they came."""
    families_without_persons: int
    """Households of which nobody said who came: in ``families``, not in ``persons``."""
    counted: Bands
    """People who were only counted, at each event anew."""
    topics: dict[str, int]
    """Events by topic."""
    materials: dict[str, int]
    """Copies by kind of material."""
    questions: dict[str, int]
    """Questions by topic; "" where it has none."""


def reach(view: View, first: date, last: date, side: str | None = None) -> Reach:
    """The reach of a period."""
    connection = view.connection
    held = _held(first, last, side)
    rows = connection.execute(select(EventRow).where(held).order_by(EventRow.id)).all()
    documents = [document_of(connection, EVENT, row.id) for row in rows]
    known = [event for event in documents if event is not None]
    persons, with_persons = _persons(view, held)
    families = set(
        connection.scalars(
            select(AttendanceRow.household)
            .join(EventRow, EventRow.id == AttendanceRow.event)
            .where(held, AttendanceRow.present)
            .distinct()
        )
    )
    return Reach(
        first=first,
        last=last,
        side=side,
        events=dict(Counter(row.kind for row in rows)),
        levels=dict(Counter(row.level for row in rows)),
        phases=dict(Counter(row.phase for row in rows)),
        women_only=sum(row.women_only for row in rows),
        families=len(families),
        persons=persons,
        families_without_persons=len(families - with_persons),
        counted=_counted(view, held),
        topics=dict(Counter(topic for event in known for topic in event.topics)),
        materials=_copies(known),
        questions=_questions(view, held),
    )


def _held(first: date, last: date, side: str | None) -> ColumnElement[bool]:
    held = and_(EventRow.state == "HELD", EventRow.held_on.between(first, last))
    return held if side is None else and_(held, EventRow.side == side)


def _copies(events: Iterable[Event]) -> dict[str, int]:
    found: dict[str, int] = {}
    for event in events:
        for material in event.materials:
            found[material.kind] = found.get(material.kind, 0) + material.copies
    return found


def _persons(view: View, held: ColumnElement[bool]) -> tuple[Bands, set[str]]:
    # the first session of the period tells the age
    rows = view.connection.execute(
        select(AttendedRow.person, PersonRow.household, PersonRow.sex, PersonRow.birth_date, func.min(EventRow.held_on))
        .join(EventRow, EventRow.id == AttendedRow.event)
        .join(PersonRow, PersonRow.id == AttendedRow.person)
        .where(held)
        .group_by(AttendedRow.person, PersonRow.household, PersonRow.sex, PersonRow.birth_date)
    )
    bands: Bands = {}
    families = set()
    for _person, household, sex, birth, on in rows:
        _add(bands, sex, band_of(age_on(birth, on)), 1)
        families.add(household)
    return bands, families


def _counted(view: View, held: ColumnElement[bool]) -> Bands:
    rows = view.connection.execute(
        select(HeadCountRow.sex, HeadCountRow.band, func.sum(HeadCountRow.persons))
        .join(EventRow, EventRow.id == HeadCountRow.event)
        .where(held)
        .group_by(HeadCountRow.sex, HeadCountRow.band)
    )
    bands: Bands = {}
    for sex, band, persons in rows:
        _add(bands, sex, band, int(persons))
    return bands


def _questions(view: View, held: ColumnElement[bool]) -> dict[str, int]:
    rows = view.connection.execute(
        select(func.coalesce(QuestionRow.topic, ""), func.count())
        .join(EventRow, EventRow.id == QuestionRow.event)
        .where(held)
        .group_by(QuestionRow.topic)
    )
    return {topic: int(count) for topic, count in rows}


def _add(bands: Bands, sex: str, band: str, persons: int) -> None:
    of_sex = bands.setdefault(sex, {})
    of_sex[band] = of_sex.get(band, 0) + persons
