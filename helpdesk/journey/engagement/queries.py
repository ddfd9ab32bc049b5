"""What pages, papers and the command line read of sessions and events. Queries write nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.engagement.documents import Event, Question
from helpdesk.journey.engagement.kinds import ATTENDANCE, EVENT, QUESTION
from helpdesk.journey.engagement.tables import AttendanceRow, AttendedRow, EventRow, HeadCountRow, QuestionRow
from helpdesk.vault.records import document_of, documents_of
from helpdesk.vault.tables import RecordRow, RevisionRow


class EventLine(Struct, frozen=True):
    """One line of the list of events. ``families`` are distinct; ``counted`` people nobody scanned."""

    id: str
    event: Event
    families: int
    counted: int


class FamilyThere(Struct, frozen=True):
    """A family at an event, as the page of that event lists it. ``persons`` are ids, where somebody said who came."""

    attendance: str
    household: str
    number: str
    principal: str
    persons: tuple[str, ...]


class EventShown(Struct, frozen=True):
    """An event with all that its page shows. ``counts`` by sex and band; questions by id, the oldest first."""

    id: str
    event: Event
    families: tuple[FamilyThere, ...]
    counts: dict[str, dict[str, int]]
    questions: tuple[tuple[str, Question], ...]

    @property
    def counted(self) -> int:
        """People who were only counted."""
        return sum(sum(bands.values()) for bands in self.counts.values())


class SessionLine(Struct, frozen=True):
    """A session in a family's file. ``persons`` are the ids of those who came, where somebody said who."""

    attendance: str
    event: str
    on: date
    kind: str | None
    place: PlaceAnswer | None
    topics: tuple[str, ...]
    informs: bool
    persons: tuple[str, ...]


def event_ids(view: View, state: str | None = None) -> list[str]:
    """The ids of all events of one state, or of all, the latest day first."""
    statement = select(EventRow.id).order_by(EventRow.held_on.desc(), EventRow.id.desc())
    if state is not None:
        statement = statement.where(EventRow.state == state)
    return list(view.connection.scalars(statement))


def event_lines(view: View, ids: Sequence[str]) -> dict[str, EventLine]:
    """One page of a list: the lines of these ids."""
    rows = view.connection.execute(
        select(AttendanceRow.event, func.count(AttendanceRow.household.distinct()))
        .where(AttendanceRow.event.in_(ids), AttendanceRow.present)
        .group_by(AttendanceRow.event)
    )
    families = {event: int(count) for event, count in rows}
    sums = view.connection.execute(
        select(HeadCountRow.event, func.sum(HeadCountRow.persons))
        .where(HeadCountRow.event.in_(ids))
        .group_by(HeadCountRow.event)
    )
    counted = {event: int(count) for event, count in sums}
    found = ((event_id, document_of(view.connection, EVENT, event_id)) for event_id in ids)
    return {
        event_id: EventLine(event_id, event, families.get(event_id, 0), counted.get(event_id, 0))
        for event_id, event in found
        if event is not None
    }


def event_of(view: View, event_id: str) -> EventShown:
    """One event, the family written down last first. Raises Refusal("event.unknown")."""
    view.only(NAMES)
    event = document_of(view.connection, EVENT, event_id)
    if event is None:
        raise Refusal("event.unknown")
    return EventShown(
        id=event_id,
        event=event,
        families=_families(view, event_id),
        counts=_counts(view, event_id),
        questions=_questions(view, event_id),
    )


def _families(view: View, event_id: str) -> tuple[FamilyThere, ...]:
    came: dict[str, list[str]] = {}
    for attendance, person in view.connection.execute(
        select(AttendedRow.attendance, AttendedRow.person).where(AttendedRow.event == event_id)
    ):
        came.setdefault(attendance, []).append(person)
    rows = view.connection.execute(
        select(AttendanceRow.id, AttendanceRow.household, HouseholdRow.number, PersonRow.name)
        .join(RecordRow, RecordRow.id == AttendanceRow.id)
        .join(RevisionRow, RevisionRow.hash == RecordRow.head)
        .outerjoin(HouseholdRow, HouseholdRow.id == AttendanceRow.household)
        .outerjoin(PersonRow, PersonRow.id == HouseholdRow.principal)
        .where(AttendanceRow.event == event_id, AttendanceRow.present)
        .order_by(RevisionRow.ctr.desc(), AttendanceRow.id)
    )
    found: dict[str, FamilyThere] = {}
    for attendance, household, number, name in rows:
        there = FamilyThere(attendance, household, number or "", name or "", tuple(came.get(attendance, ())))
        known = found.get(household)
        if known is None:
            found[household] = there
        elif there.persons:
            # written down at two desks: one family, whoever of it was named at either
            persons = tuple(dict.fromkeys((*known.persons, *there.persons)))
            found[household] = FamilyThere(known.attendance, household, known.number, known.principal, persons)
    return tuple(found.values())


def _counts(view: View, event_id: str) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    rows = view.connection.execute(
        select(HeadCountRow.sex, HeadCountRow.band, func.sum(HeadCountRow.persons))
        .where(HeadCountRow.event == event_id)
        .group_by(HeadCountRow.sex, HeadCountRow.band)
    )
    for sex, band, persons in rows:
        counts.setdefault(sex, {})[band] = int(persons)
    return counts


def _questions(view: View, event_id: str) -> tuple[tuple[str, Question], ...]:
    ids = view.connection.scalars(select(QuestionRow.id).where(QuestionRow.event == event_id).order_by(QuestionRow.id))
    found = ((one, document_of(view.connection, QUESTION, one)) for one in ids.all())
    return tuple((one, question) for one, question in found if question is not None)


def sessions_of(view: View, household: str) -> tuple[SessionLine, ...]:
    """The events somebody of a family came to, the latest first; each once, whoever wrote it down."""
    view.only(NAMES)
    found: dict[str, SessionLine] = {}
    for attendance, came in documents_of(view.connection, ATTENDANCE, household):
        event = document_of(view.connection, EVENT, came.event)
        if came.state != "PRESENT" or (event is not None and event.state == "CANCELLED"):
            continue
        before = found[came.event].persons if came.event in found else ()
        found[came.event] = SessionLine(
            attendance=attendance,
            event=came.event,
            on=came.on,
            kind=event.kind if event else None,
            place=event.place if event else None,
            topics=event.topics if event else (),
            informs=came.informs,
            persons=tuple(dict.fromkeys((*before, *came.persons))),
        )
    return tuple(sorted(found.values(), key=lambda line: (line.on, line.event), reverse=True))
