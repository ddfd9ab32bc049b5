"""What a desk does about sessions and events: plan, hold, who came by card or by count, questions, cancelling.

Who came is written beside the event, a record for each family, so that two desks may scan the same session. Nobody is
named but registered families; everybody else is a number.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.commands import consenting
from helpdesk.households.rules import among
from helpdesk.journey.engagement import codes, rules
from helpdesk.journey.engagement.documents import Attendance, Event, HeadCount, Question
from helpdesk.journey.engagement.forms import EventForm
from helpdesk.journey.engagement.kinds import ATTENDANCE, EVENT, HEAD_COUNT, QUESTION
from helpdesk.journey.engagement.names import registered_names
from helpdesk.journey.engagement.tables import AttendanceRow
from helpdesk.journey.scans import household_scanned
from helpdesk.vault.records import document_of


class Came(Struct, frozen=True):
    """The answer to a scan: the family's record, whether it stood there already, how many families are there now."""

    attendance: str
    household: str
    again: bool
    families: int


@command("event.plan", roles=FAMILIES)
def plan(act: Act, form: EventForm) -> str:
    """Plan an event, or write one down that took place; returns its id. Raises what rules.check_event refuses."""
    rules.check_event(form, act.lists)
    event_id = act.new_id()
    act.records.create(EVENT, event_id, Event(**msgspec.structs.asdict(form), planned_by=act.user.id))
    act.concerns(event_id)
    return event_id


@command("event.change", roles=FAMILIES)
def change(act: Act, event_id: str, form: EventForm) -> None:
    """Write an event anew. Once people came, its day and kind stay: they prove what families heard.

    Raises Refusal("event.unknown" | "event.cancelled" | "event.proves") and what rules.check_event refuses.
    """
    event = live_event(act, event_id)
    rules.check_event(form, act.lists)
    if event.state == "HELD" and (form.on, form.kind) != (event.on, event.kind):
        raise Refusal("event.proves")
    act.records.revise(EVENT, event_id, msgspec.structs.replace(event, **msgspec.structs.asdict(form)))
    act.concerns(event_id)


@command("event.hold", roles=FAMILIES)
def hold(act: Act, event_id: str) -> None:
    """Say that an event took place, where nobody is counted: leaflets, posters, a message to all.

    Raises Refusal("event.unknown" | "event.cancelled" | "event.not_yet").
    """
    _held(act, event_id)
    act.concerns(event_id)


@command("event.cancel", roles=(Role.SUPERVISOR,))
def cancel(act: Act, event_id: str, reason: str) -> None:
    """Say that an event did not take place; nobody came to it. Raises Refusal("event.*" | "text.*")."""
    event = live_event(act, event_id)
    cancelled = msgspec.structs.replace(event, state="CANCELLED", cancel_reason=rules.check_text(reason))
    act.records.revise(EVENT, event_id, cancelled, signed=True)
    act.concerns(event_id)


@command("event.attend", roles=FAMILIES)
def attend(act: Act, event_id: str, household: str, persons: tuple[str, ...] = (), *, scanned: bool = True) -> Came:
    """Write down that somebody of a family is here; ``persons`` where it is known who. Twice is once.

    Raises Refusal("event.unknown" | "event.cancelled" | "event.not_yet" | "event.not_member" | "household.unknown"
    | "consent.data").
    """
    event = _held(act, event_id)
    members = frozenset(consenting(act, household).members)
    if not members.issuperset(persons):
        raise Refusal("event.not_member")
    record_id = _present(act, event_id, household)
    again = record_id is not None
    if record_id is None:
        record_id = act.new_id()
        came = Attendance(
            household=household,
            event=event_id,
            on=event.on,
            informs=event.kind in codes.INFORMS,
            persons=tuple(dict.fromkeys(persons)),
            scanned=scanned,
        )
        act.records.create(ATTENDANCE, record_id, came)
        act.records.flush()
    elif persons:
        _add_persons(act, record_id, persons)
    act.concerns(event_id, household)
    return Came(record_id, household, again, families_at(act, event_id))


def _present(act: Act, event_id: str, household: str) -> str | None:
    found: str | None = act.connection.scalar(
        select(AttendanceRow.id)
        .where(AttendanceRow.event == event_id, AttendanceRow.household == household, AttendanceRow.present)
        .order_by(AttendanceRow.id)
        .limit(1)
    )
    return found


def _add_persons(act: Act, record_id: str, persons: Iterable[str]) -> None:
    came = document_of(act.connection, ATTENDANCE, record_id)
    if came is not None:
        both = tuple(dict.fromkeys((*came.persons, *persons)))
        if both != came.persons:
            act.records.revise(ATTENDANCE, record_id, msgspec.structs.replace(came, persons=both))


def families_at(act: Act, event_id: str) -> int:
    """How many different families came to an event."""
    return (
        act.connection.scalar(
            select(func.count(AttendanceRow.household.distinct())).where(
                AttendanceRow.event == event_id, AttendanceRow.present
            )
        )
        or 0
    )


@command("event.scan", roles=FAMILIES)
def scan(act: Act, event_id: str, text: str) -> Came:
    """The same for a scanned card or a typed number, read and written down in one act.

    Raises Refusal("scan.card" | "scan.stranger") and what :func:`attend` refuses.
    """
    return attend(act, event_id, household_scanned(act, text))


@command("event.take_back", roles=FAMILIES)
def take_back(act: Act, attendance: str) -> None:
    """Take a scan back: the wrong card, the wrong event. Raises Refusal("event.not_here")."""
    came = document_of(act.connection, ATTENDANCE, attendance)
    if came is None or came.state != "PRESENT":
        raise Refusal("event.not_here")
    act.records.revise(ATTENDANCE, attendance, msgspec.structs.replace(came, state="VOID"))
    act.concerns(attendance, came.household)


@command("event.count", roles=FAMILIES)
def count(act: Act, event_id: str, counts: dict[str, dict[str, int]]) -> str:
    """Write down people who are not scanned, by sex and age band; returns the record's id. Counts add up.

    Raises Refusal("event.unknown" | "event.cancelled" | "event.not_yet" | "event.count*" | "form.code").
    """
    _held(act, event_id)
    rules.check_counts(counts)
    count_id = act.new_id()
    kept = {sex: {band: persons for band, persons in bands.items() if persons} for sex, bands in counts.items()}
    act.records.create(HEAD_COUNT, count_id, HeadCount(event_id, {sex: bands for sex, bands in kept.items() if bands}))
    act.concerns(event_id, count_id)
    return count_id


@command("event.take_back_count", roles=FAMILIES)
def take_back_count(act: Act, count_id: str) -> None:
    """Take a count back that was wrong. Raises Refusal("event.not_here")."""
    found = document_of(act.connection, HEAD_COUNT, count_id)
    if found is None or found.state != "PRESENT":
        raise Refusal("event.not_here")
    act.records.revise(HEAD_COUNT, count_id, msgspec.structs.replace(found, state="VOID"))
    act.concerns(count_id)


@command("event.ask", roles=FAMILIES)
def ask(
    act: Act, event_id: str, text: str, topic: str | None = None, answer: str = "", names_nobody: bool = False
) -> str:
    """Note a question that was raised, without who raised it; returns its id.

    ``names_nobody`` is the writer's word where a name was suspected; a telephone is never kept. Raises
    Refusal("event.unknown" | "event.cancelled" | "text.*" | "form.code").
    """
    live_event(act, event_id)
    among(topic, codes.TOPIC, "topic", required=False)
    said, answered = _nameless(act, text, names_nobody), _nameless(act, answer, names_nobody) if answer.strip() else ""
    question = act.new_id()
    act.records.create(QUESTION, question, Question(event_id, act.day, said, topic, answered))
    act.concerns(event_id, question)
    return question


@command("event.answer", roles=FAMILIES)
def answer_(act: Act, question_id: str, answer: str, names_nobody: bool = False) -> None:
    """Note what was answered to a question. Raises Refusal("event.no_question" | "text.*")."""
    question = document_of(act.connection, QUESTION, question_id)
    if question is None:
        raise Refusal("event.no_question")
    said = _nameless(act, answer, names_nobody)
    act.records.revise(QUESTION, question_id, msgspec.structs.replace(question, answer=said))
    act.concerns(question_id)


def _nameless(act: Act, text: str, names_nobody: bool) -> str:
    said = rules.check_text(text)
    doubts = rules.doubts(said, registered_names(act.connection))
    if "PHONE" in doubts or "NUMBER" in doubts:
        raise Refusal("text.number")
    if doubts and not names_nobody:
        raise Refusal("text.name")
    return said


def live_event(act: Act, event_id: str) -> Event:
    """An event that is not cancelled. Raises Refusal("event.unknown" | "event.cancelled")."""
    event = document_of(act.connection, EVENT, event_id)
    if event is None:
        raise Refusal("event.unknown")
    if event.state == "CANCELLED":
        raise Refusal("event.cancelled")
    return event


def _held(act: Act, event_id: str) -> Event:
    event = live_event(act, event_id)
    rules.check_begun(event.on, act.day)
    if event.state == "PLANNED":
        event = msgspec.structs.replace(event, state="HELD")
        act.records.revise(EVENT, event_id, event)
    return event
