"""Sealed feedback at the centre: what waits, opening one with the protection officer's key, and the word to its desk.

The word is "received" or "closed" and a day. It goes only to the desk that sealed the record: one that handed out a
pre-numbered paper must not learn from its number that somebody used it. Everything is read from the first revision
of a record, so that nobody who writes behind it can hide one.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, delete, select

from helpdesk.assistance.feedback.codes import CLOSED_TYPE
from helpdesk.assistance.feedback.documents import Feedback, SealedFeedback
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.numbers import read
from helpdesk.assistance.feedback.sealing import joined
from helpdesk.assistance.feedback.tables import FeedbackWordRow
from helpdesk.centre.office import Office
from helpdesk.centre.unsealing import body_holds
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
        for first in _numbered(register, number):
            opened.append(_opened(key, register, first))
            if register.scalar(select(FeedbackWordRow.state).where(FeedbackWordRow.feedback == first.id)) is None:
                _write(act, register, first, _RECEIVED)
            act.concerns(first.id)
    return tuple(opened)


@command("centre.feedback_close", roles=(Role.CENTRE,))
def close_feedback(act: Act, office: Office, number: str) -> None:
    """Say that what was sealed under a number is closed. Raises Refusal("feedback.number" | "feedback.unknown")."""
    with office.writing(act) as register:
        for first in _numbered(register, number):
            _write(act, register, first, _CLOSED)
            act.concerns(first.id)


def sealed_lines(office: Office) -> tuple[SealedLine, ...]:
    """Every sealed record that is not closed, what waits longest first."""
    with office.register.read() as register:
        words = {row.feedback: (row.state, row.on) for row in register.execute(select(table_of(FeedbackWordRow)))}
        found = []
        for first in _first_revisions(register):
            state, on = words.get(first.id, ("", None))
            if state != _CLOSED:
                doc = _document(first)
                found.append(SealedLine(doc.number, doc.side, doc.channel, doc.received_on, doc.due, state, on))
    return tuple(sorted(found, key=lambda line: (line.due, line.number)))


def words_for(register: Connection, device: str) -> tuple[FeedbackWord, ...]:
    """What a desk's bundle says of the records that were sealed on its own device."""
    rows = register.execute(
        select(FeedbackWordRow).where(FeedbackWordRow.device == device).order_by(FeedbackWordRow.number)
    )
    return tuple(FeedbackWord(row.number, row.state, row.on) for row in rows)


def _first_revisions(register: Connection) -> Iterator[Revision]:
    bodies = register.scalars(
        select(RevisionRow.body)
        .where(RevisionRow.kind == FEEDBACK.name, body_holds(register, b'"type":"%s"' % CLOSED_TYPE.encode()))
        .where(body_holds(register, b'"parents":[]'))
        .order_by(RevisionRow.n)
        .execution_options(yield_per=500)
    )
    for body in bodies:
        revision = decode_revision(bytes(body))
        # the words may also stand in somebody's text
        if not revision.parents and _document(revision).type == CLOSED_TYPE:
            yield revision


def _document(revision: Revision) -> Feedback:
    return FEEDBACK.decode(bytes(revision.doc))


def _numbered(register: Connection, number: str) -> list[Revision]:
    digits = read(number)
    found = [first for first in _first_revisions(register) if _document(first).number == digits]
    if not found:
        raise Refusal("feedback.unknown")
    return found


def _write(act: Act, register: Connection, first: Revision, state: str) -> None:
    register.execute(delete(FeedbackWordRow).where(FeedbackWordRow.feedback == first.id))
    row = {
        "feedback": first.id,
        "number": _document(first).number,
        "device": first.device,
        "state": state,
        "on": day_number(act.day),
    }
    insert_rows(register, table_of(FeedbackWordRow), [row])


def _opened(key: ProtectionKey, register: Connection, first: Revision) -> OpenedFeedback:
    try:
        content, damaged = joined(_pieces(key, register, first)), False
    except Fault:
        content, damaged = SealedFeedback(), True
    return OpenedFeedback(first.at, first.user, first.device, content, damaged)


def _pieces(key: ProtectionKey, register: Connection, first: Revision) -> Iterator[bytes]:
    # of the act that sealed it alone: whoever wrote later adds nothing to what was said and hides none of it
    bodies = register.scalars(
        select(RevisionRow.body)
        .where(RevisionRow.record == first.id, RevisionRow.kind == FEEDBACK.name)
        .order_by(RevisionRow.ctr, RevisionRow.n)
    )
    for revision in (decode_revision(bytes(body)) for body in bodies):
        if (revision.device, revision.user, revision.at) != (first.device, first.user, first.at):
            continue
        try:
            yield key.open(first.id, revision.ctr, base64.b64decode(revision.sealed or "", validate=True))
        except binascii.Error:
            raise Fault("sealed.damaged") from None
