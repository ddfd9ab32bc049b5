"""Sealed feedback at the centre: what waits, opening one with the protection officer's key, and the word to its desk.

The word is "received" or "closed" and a day. It goes only to the desk that sealed the record: one that handed out a
pre-numbered paper must not learn from its number that somebody used it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, delete, select

from helpdesk.assistance.feedback.codes import CLOSED_TYPE
from helpdesk.assistance.feedback.documents import SealedFeedback
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.numbers import read
from helpdesk.assistance.feedback.sealing import joined
from helpdesk.assistance.feedback.tables import FeedbackRow, FeedbackWordRow
from helpdesk.centre.office import Office
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import trust
from helpdesk.desk.bundle import FeedbackWord
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.records import Revision, decode_revision
from helpdesk.vault.tables import RevisionRow, table_of

_RECEIVED, _CLOSED = "RECEIVED", "CLOSED"


class OpenedFeedback(Struct, frozen=True):
    """What was sealed under a number, when and by which user's id. ``damaged``: the key does not open it."""

    at: str
    user: str
    device: str
    content: SealedFeedback
    damaged: bool = False


class SealedLine(Struct, frozen=True):
    """One sealed record as the centre's list shows it, without its content. ``state`` is "" before it was opened."""

    number: str
    side: str
    channel: str
    received_on: date
    due: date
    state: str
    on: int | None


@command("centre.feedback_unseal", roles=(Role.CENTRE,))
def unseal_feedback(act: Act, office: Office, number: str, key: ProtectionKey) -> tuple[OpenedFeedback, ...]:
    """What is sealed under a number: usually one record, more if two desks typed one paper. It counts as received.

    Raises Refusal("officer.other_programme" | "feedback.number" | "feedback.unknown").
    """
    if key.public.hex() != trust.programme(act.connection).protection:
        raise Refusal("officer.other_programme")
    with office.writing(act) as register:
        opened = []
        for record in _sealed(register, read(number)):
            revisions = _of_first_act(register, record)
            opened.append(_opened(key, record, revisions))
            if register.scalar(select(FeedbackWordRow.feedback).where(FeedbackWordRow.feedback == record)) is None:
                _write(act, register, record, read(number), revisions[0].device, _RECEIVED)
            act.concerns(record)
    return tuple(opened)


@command("centre.feedback_close", roles=(Role.CENTRE,))
def close_feedback(act: Act, office: Office, number: str) -> None:
    """Say that what was sealed under a number is closed. Raises Refusal("feedback.number" | "feedback.unknown")."""
    with office.writing(act) as register:
        for record in _sealed(register, read(number)):
            _write(act, register, record, read(number), _of_first_act(register, record)[0].device, _CLOSED)
            act.concerns(record)


def sealed_lines(office: Office) -> tuple[SealedLine, ...]:
    """Every sealed record that is not closed, what waits longest first."""
    with office.register.read() as register:
        rows = register.execute(
            select(FeedbackRow, FeedbackWordRow.state, FeedbackWordRow.on)
            .outerjoin(FeedbackWordRow, FeedbackWordRow.feedback == FeedbackRow.id)
            .where(FeedbackRow.type == CLOSED_TYPE)
            .order_by(FeedbackRow.due, FeedbackRow.id)
        )
        return tuple(
            SealedLine(row.number, row.side, row.channel, row.received_on, row.due, row.state or "", row.on)
            for row in rows
            if row.state != _CLOSED
        )


def words_for(register: Connection, device: str) -> tuple[FeedbackWord, ...]:
    """What a desk's bundle says of the records that were sealed on its own device."""
    rows = register.execute(
        select(FeedbackWordRow).where(FeedbackWordRow.device == device).order_by(FeedbackWordRow.number)
    )
    return tuple(FeedbackWord(row.number, row.state, row.on) for row in rows)


def _sealed(register: Connection, number: str) -> list[str]:
    found = register.scalars(
        select(FeedbackRow.id)
        .where(FeedbackRow.number == number, FeedbackRow.type == CLOSED_TYPE)
        .order_by(FeedbackRow.id)
    ).all()
    if not found:
        raise Refusal("feedback.unknown")
    return list(found)


def _write(act: Act, register: Connection, record: str, number: str, device: str, state: str) -> None:
    register.execute(delete(FeedbackWordRow).where(FeedbackWordRow.feedback == record))
    row = {"feedback": record, "number": number, "device": device, "state": state, "on": day_number(act.day)}
    insert_rows(register, table_of(FeedbackWordRow), [row])


def _of_first_act(register: Connection, record: str) -> list[Revision]:
    # whoever writes behind it later, the implicated desk for one, adds nothing to what was said and hides none of it
    bodies = register.scalars(
        select(RevisionRow.body)
        .where(RevisionRow.record == record, RevisionRow.kind == FEEDBACK.name)
        .order_by(RevisionRow.ctr, RevisionRow.n)
    )
    revisions = [decode_revision(bytes(body)) for body in bodies]
    first = next(revision for revision in revisions if not revision.parents)
    return [one for one in revisions if (one.device, one.user, one.at) == (first.device, first.user, first.at)]


def _opened(key: ProtectionKey, record: str, revisions: list[Revision]) -> OpenedFeedback:
    first = revisions[0]
    try:
        return OpenedFeedback(first.at, first.user, first.device, joined(_pieces(key, record, revisions)))
    except Fault:
        return OpenedFeedback(first.at, first.user, first.device, SealedFeedback(), damaged=True)


def _pieces(key: ProtectionKey, record: str, revisions: list[Revision]) -> Iterator[bytes]:
    for revision in revisions:
        try:
            yield key.open(record, revision.ctr, base64.b64decode(revision.sealed or "", validate=True))
        except binascii.Error:
            raise Fault("sealed.damaged") from None
