"""What pages, papers and the command line read of calls: worklists by page, one call's sheet, tasks.

Lists hold a household number, a round and days; names, numbers to call and answers stand on the sheet of one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Select, Subquery, and_, bindparam, exists, func, literal, select

from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES
from helpdesk.households.commands import known_household
from helpdesk.households.documents import OtherContact, Person, Phone
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.tables import ConsentRow, HouseholdRow
from helpdesk.journey.monitoring import rules
from helpdesk.journey.monitoring.codes import CLOSED, ROUND
from helpdesk.journey.monitoring.commands import (
    Earlier,
    attempts_of,
    call_of,
    calls_consented,
    earlier,
    lacking,
    safe_numbers,
)
from helpdesk.journey.monitoring.documents import Attempt, Call, Task
from helpdesk.journey.monitoring.kinds import CALL, TASK
from helpdesk.journey.monitoring.starts import start_of, starts
from helpdesk.journey.monitoring.tables import AttemptRow, CallRow, TaskRow
from helpdesk.vault.records import document_of, documents_of

WORKLIST = CodeList("call_list", "ALL", "OVERDUE", "DUE", "CALLBACK")
"""Which calls a worklist shows: all that are open, the overdue, those within their window, those promised for today."""
SEPARATOR: Final = ":"


class CallLine(Struct, frozen=True):
    """One line of the worklist; ``id`` is ``start:round``. ``last_result`` "" before the first attempt."""

    id: str
    household: str
    number: str
    round: str
    due: date
    last: date
    standing: str
    attempts: int
    last_result: str
    callback_on: date | None


class CallSheet(Struct, frozen=True):
    """Everything a caller needs for one call. ``numbers`` may be called now; ``lacks`` before she may be given up.

    ``earlier`` are lasting answers to be confirmed. ``spoken`` a language code. ``consented``: calls are agreed to.
    """

    household: str
    number: str
    principal: Person | None
    spoken: str
    round: str
    due: date
    last: date
    standing: str
    day: date
    consented: bool
    phones: tuple[Phone, ...]
    numbers: tuple[str, ...]
    contact: OtherContact | None
    attempts: tuple[Attempt, ...]
    call: Call | None
    earlier: dict[str, Earlier]
    lacks: str | None


class TaskLine(Struct, frozen=True):
    """One task that somebody must see to. ``reason`` stays closed on lists; ``late``: its 24 hours are over."""

    id: str
    household: str
    number: str
    reason: str
    due_at: str
    late: bool


class ListedCall(Struct, frozen=True):
    """One line of the printed call list: numbers, no names, no places."""

    number: str
    round: str
    due: date
    attempts: int
    phones: tuple[str, ...]


_STARTS: Final[Subquery] = starts(live=True)


def _consents(purpose: str) -> Any:
    return exists().where(
        ConsentRow.household == _STARTS.c.household,
        ConsentRow.purpose == purpose,
        ConsentRow.person.is_(None),
        ConsentRow.answer == "GIVEN",
    )


def _closed(round_: Any) -> Any:
    return exists().where(CallRow.start == _STARTS.c.start, CallRow.round == round_, CallRow.state.in_(CLOSED))


@cache
def _open_calls(code: str, which: str) -> Select[Any]:
    # one round's open calls: whoever arrived in these days, agreed, and whom nobody has reached or given up
    statement = select(
        _STARTS.c.start, _STARTS.c.household, _STARTS.c.from_on, literal(code).label("round")
    ).where(_STARTS.c.from_on.between(bindparam("first"), bindparam("last")))  # fmt: skip
    statement = statement.where(_consents("CALL"), _consents("DATA"), ~_closed(code))
    if which == "OVERDUE":
        return statement.where(_STARTS.c.from_on <= bindparam("over"))
    if which == "DUE":
        return statement.where(_STARTS.c.from_on > bindparam("over"))
    if which == "CALLBACK":
        promised = exists().where(
            AttemptRow.start == _STARTS.c.start, AttemptRow.round == code, AttemptRow.callback_on <= bindparam("today")
        )
        return statement.where(promised)
    return statement


def call_ids(view: View, which: str = "ALL", round_: str | None = None) -> list[str]:
    """The ids of a worklist, what is due first: ``start:round``. Raises Refusal("form.code")."""
    if which not in WORKLIST:
        raise Refusal("form.code", field="which")
    if round_ is not None and round_ not in ROUND:
        raise Refusal("form.code", field="round")
    found: list[tuple[date, str]] = []
    for code in ROUND if round_ is None else (round_,):
        first, last = rules.opened_between(code, view.day)
        bound = {"first": first, "last": last, "over": rules.overdue_until(code, view.day), "today": view.day}
        dues: dict[date, date] = {}
        for row in view.connection.execute(_open_calls(code, which), bound):
            due = dues.get(row.from_on)
            if due is None:
                due = dues[row.from_on] = rules.round_of(row.from_on, code).due
            found.append((due, f"{row.start}{SEPARATOR}{code}"))
    return [one for _, one in sorted(found)]


_LINES = (
    select(_STARTS.c.start, _STARTS.c.household, _STARTS.c.from_on, HouseholdRow.number)
    .join(HouseholdRow, HouseholdRow.id == _STARTS.c.household)
    .where(_STARTS.c.start.in_(bindparam("starts", expanding=True)))
)
_LATEST = (
    select(AttemptRow.start, AttemptRow.round, func.count().label("attempts"), func.max(AttemptRow.id).label("latest"))
    .where(AttemptRow.start.in_(bindparam("starts", expanding=True)))
    .group_by(AttemptRow.start, AttemptRow.round)
    .subquery()
)
_ATTEMPTS = select(
    _LATEST.c.start, _LATEST.c.round, _LATEST.c.attempts, AttemptRow.result, AttemptRow.callback_on
).join(AttemptRow, and_(AttemptRow.id == _LATEST.c.latest))  # fmt: skip


def call_lines(view: View, ids: Sequence[str]) -> dict[str, CallLine]:
    """One page of a worklist."""
    view.only(NAMES)
    wanted = {"starts": [one.partition(SEPARATOR)[0] for one in ids]}
    rows = {row.start: row for row in view.connection.execute(_LINES, wanted)}
    tried = {(row.start, row.round): row for row in view.connection.execute(_ATTEMPTS, wanted)}
    found: dict[str, CallLine] = {}
    for one in ids:
        start, _, code = one.partition(SEPARATOR)
        row, attempt = rows.get(start), tried.get((start, code))
        if row is None:
            continue
        this = rules.round_of(row.from_on, code)
        found[one] = CallLine(
            id=one,
            household=row.household,
            number=row.number,
            round=code,
            due=this.due,
            last=this.last,
            standing=rules.standing(row.from_on, code, view.day),
            attempts=attempt.attempts if attempt else 0,
            last_result=attempt.result if attempt else "",
            callback_on=attempt.callback_on if attempt else None,
        )
    return found


def open_round(view: View, household: str) -> str | None:
    """The round in which a family may be called today and was not reached yet, None where there is none."""
    start = start_of(view.connection, household)
    if start is None:
        return None
    for code in ROUND:
        if rules.standing(start.from_on, code, view.day) in ("DUE", "OVERDUE"):
            known = call_of(view, household, start.record, code)
            return None if known is not None and known[1].state in CLOSED else code
    return None


def call_sheet(view: View, household: str, round_: str) -> CallSheet:
    """What a caller needs to call a family. Raises Refusal("household.unknown" | "call.no_start" | "form.code")."""
    view.only(NAMES)
    found = known_household(view, household)
    start = start_of(view.connection, household)
    if start is None:
        raise Refusal("call.no_start")
    this = rules.round_of(start.from_on, round_)
    attempts = attempts_of(view, household, start.record, round_)
    known = call_of(view, household, start.record, round_)
    numbers = rules.callable_numbers(safe_numbers(found), attempts)
    return CallSheet(
        household=household,
        number=found.number,
        principal=document_of(view.connection, PERSON, found.principal),
        spoken=found.spoken,
        round=round_,
        due=this.due,
        last=this.last,
        standing=rules.standing(start.from_on, round_, view.day),
        day=view.day,
        consented=calls_consented(view, household),
        phones=tuple(phone for phone in found.phones if phone.number in numbers),
        numbers=numbers,
        contact=found.contact if found.contact is not None and found.contact.phone else None,
        attempts=attempts,
        call=known[1] if known is not None else None,
        earlier=earlier(view, household, round_),
        lacks=lacking(found, attempts),
    )


def calls_of(view: View, household: str) -> tuple[tuple[str, Call], ...]:
    """A family's rounds, the last written at the end."""
    view.only(NAMES)
    return tuple(documents_of(view.connection, CALL, household))


def schedule(view: View, household: str) -> tuple[tuple[rules.Round, str], ...]:
    """A family's three rounds with how each stands: its state once it was called, else where the day lies in it."""
    start = start_of(view.connection, household, live=False)
    if start is None:
        return ()
    found = []
    for one in rules.rounds(start.from_on):
        known = call_of(view, household, start.record, one.code)
        reached = known is not None and known[1].state != "OPEN"
        state = known[1].state if known is not None and reached else rules.standing(start.from_on, one.code, view.day)
        found.append((one, state))
    return tuple(found)


def task_ids(view: View) -> list[str]:
    """The tasks nobody has finished, what is due first; of one hour, that a call is to be sent on comes last."""
    order = (TaskRow.due_at, TaskRow.reason == "CENTRE", TaskRow.id)
    return list(view.connection.scalars(select(TaskRow.id).where(TaskRow.done_at.is_(None)).order_by(*order)))


_TASKS = (
    select(TaskRow.id, TaskRow.household, HouseholdRow.number, TaskRow.reason, TaskRow.due_at)
    .join(HouseholdRow, HouseholdRow.id == TaskRow.household)
    .where(TaskRow.id.in_(bindparam("ids", expanding=True)))
)


def task_lines(view: View, ids: Sequence[str]) -> dict[str, TaskLine]:
    """One page of the tasks. A task is late from the programme day after the one on which its hours end."""
    view.only(NAMES)
    rows = view.connection.execute(_TASKS, {"ids": list(ids)})
    return {row.id: TaskLine(*row, late=row.due_at[:10] < view.day.isoformat()) for row in rows}


def tasks_of(view: View, household: str) -> tuple[tuple[str, Task], ...]:
    """A family's tasks, the last written at the end."""
    view.only(NAMES)
    return tuple(documents_of(view.connection, TASK, household))


@command("call.print_list", roles=FAMILIES)
def print_list(act: Act, ids: tuple[str, ...]) -> tuple[ListedCall, ...]:
    """The lines of a call list that goes on paper, with an audit entry: numbers alone."""
    lines = call_lines(act, ids)
    found = []
    for one in ids:
        line = lines.get(one)
        household = document_of(act.connection, HOUSEHOLD, line.household) if line is not None else None
        if line is None or household is None:
            continue
        start = one.partition(SEPARATOR)[0]
        attempts = attempts_of(act, line.household, start, line.round)
        numbers = rules.callable_numbers(safe_numbers(household), attempts)
        found.append(ListedCall(line.number, line.round, line.due, line.attempts, numbers))
        act.concerns(line.household)
    return tuple(found)
