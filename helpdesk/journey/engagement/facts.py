"""What the gate asks of sessions: whether a family was informed, since when, and by which record (H1)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from helpdesk.journey.engagement.documents import Attendance
from helpdesk.journey.engagement.kinds import ATTENDANCE, EVENT
from helpdesk.journey.facts import Fact, newest
from helpdesk.vault.records import document_of


def attended(connection: Connection, household: str) -> Fact | None:
    """The latest information session that somebody of the household came to; None if none is known.

    Only kinds of event where a family hears the messages and may ask count (codes.INFORMS), none that was taken back
    or cancelled. An event that has not arrived from another desk yet is believed: its attendance says what it was.
    """

    def informed(came: Attendance) -> date | None:
        if came.state != "PRESENT" or not came.informs:
            return None
        event = document_of(connection, EVENT, came.event)
        return None if event is not None and event.state == "CANCELLED" else came.on

    return newest(connection, ATTENDANCE, household, informed)
