"""The kinds of record of monitoring, and how two desks' words on one of them meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.journey.monitoring.codes import STATE
from helpdesk.journey.monitoring.documents import Attempt, Call, Returned, Task
from helpdesk.journey.monitoring.rules import durability
from helpdesk.journey.monitoring.tables import AttemptRow, CallRow, ReturnedRow, TaskRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _returned_rows(record_id: str, doc: Returned) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "from_on": doc.from_on,
        "place": doc.place,
        "ended_on": doc.ended_on,
    }


def _call_rows(record_id: str, doc: Call) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "round": doc.round,
        "start": doc.start,
        "from_on": doc.from_on,
        "state": doc.state,
        "on": doc.on,
        "outcome": durability(doc.state, doc.answers),
        "shelter": doc.answers.get("shelter"),
    }


def _attempt_rows(record_id: str, doc: Attempt) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "round": doc.round,
        "start": doc.start,
        "on": doc.on,
        "hour": doc.hour,
        "result": doc.result,
        "callback_on": doc.callback_on,
    }


def _task_rows(record_id: str, doc: Task) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "reason": doc.reason,
        "due_at": doc.due_at,
        "done_at": doc.done_at,
    }


def later_state(one: str, other: str) -> str:
    """Whom either desk reached was reached; a round closed at either desk is closed."""
    return safest(STATE.entries, one, other)


RETURNED = Kind(
    "returned",
    Returned,
    projections=(Projection(table_of(ReturnedRow), "id", _returned_rows),),
    never_merged=frozenset({"household", "from_on"}),
)
CALL = Kind(
    "call",
    Call,
    projections=(Projection(table_of(CallRow), "id", _call_rows),),
    safer={"state": later_state},
    never_merged=frozenset({"household", "round", "start"}),
)
ATTEMPT = Kind(
    "call_attempt",
    Attempt,
    projections=(Projection(table_of(AttemptRow), "id", _attempt_rows),),
    event=True,
)
TASK = Kind(
    "task",
    Task,
    projections=(Projection(table_of(TaskRow), "id", _task_rows),),
    never_merged=frozenset({"household"}),
)
KINDS = (RETURNED, CALL, ATTEMPT, TASK)
