"""What other rooms ask of monitoring: whether the calls are over, and whether anything urgent is open."""

from __future__ import annotations

from sqlalchemy import Connection, select

from helpdesk.journey.facts import Fact, newest
from helpdesk.journey.monitoring.kinds import CALL
from helpdesk.journey.monitoring.starts import start_of
from helpdesk.journey.monitoring.tables import TaskRow

_LAST = "M9"
_OVER = ("DONE", "PARTIAL", "PROXY", "REFUSED", "LOST")


def finished(connection: Connection, household: str) -> Fact | None:
    """That the ninth month's call was made, or ended with the family given up after everything was tried."""
    start = start_of(connection, household, live=False)
    if start is None:
        return None
    return newest(
        connection,
        CALL,
        household,
        lambda call: call.on if (call.start, call.round) == (start.record, _LAST) and call.state in _OVER else None,
    )


def open_tasks(connection: Connection, household: str) -> tuple[str, ...]:
    """The ids of a family's tasks that nobody has finished: a case with one is not closed.

    That a call is still to be sent to the centre holds nothing up: it goes with the next batch, and so does the end.
    """
    still = select(TaskRow.id).where(TaskRow.household == household, TaskRow.done_at.is_(None))
    return tuple(connection.scalars(still.where(TaskRow.reason != "CENTRE")))
