"""The tray of loaded messages: kept at this desk until a person reads each and says what it is.

A message may be a complaint that must be sealed, and nobody knows before it was read. So it is no record yet: taking it
down makes one, and its text is gone from here in the same transaction, which the store overwrites on the disk.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import exists, insert, select, update

from helpdesk.assistance.feedback.documents import Message
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.tables import FeedbackRow, MessageRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES


class Loaded(msgspec.Struct, frozen=True):
    """What loading a file of messages came to: how many were new, and how many had been loaded before."""

    new: int
    known: int


@command("feedback.load", roles=FAMILIES)
def load(act: Act, messages: tuple[Message, ...]) -> Loaded:
    """Put messages into the tray, all of them or none; one that was loaded or taken down before is not put twice."""
    once = {message.source: message for message in messages}
    new = [message for message in once.values() if not _is_known(act, message.source)]
    for message in new:
        act.connection.execute(insert(MessageRow).values(**msgspec.structs.asdict(message), taken=False))
    if new:
        act.touch(FEEDBACK.name)
    return Loaded(len(new), len(messages) - len(new))


def _is_known(view: View, source: str) -> bool:
    here = view.connection.scalar(select(MessageRow.source).where(MessageRow.source == source))
    return here is not None or is_recorded(view, source)


def is_recorded(view: View, source: str) -> bool:
    """Whether some desk took this message down, as far as this one knows."""
    return view.connection.scalar(select(FeedbackRow.id).where(FeedbackRow.source == source)) is not None


@command("feedback.discard", roles=FAMILIES)
def discard(act: Act, source: str) -> None:
    """Nothing to take down: an advertisement, an empty message. Raises Refusal("feedback.message_gone")."""
    take(act, source)


def take(act: Act, source: str) -> None:
    """Take a message out of the tray: only its fingerprint stays. Raises Refusal("feedback.message_gone")."""
    gone = act.connection.execute(
        update(MessageRow)
        .where(MessageRow.source == source, MessageRow.taken.is_(False))
        .values(taken=True, phone="", text="", language="")
    )
    if gone.rowcount != 1 or is_recorded(act, source):
        raise Refusal("feedback.message_gone")
    act.touch(FEEDBACK.name)


def waiting(view: View) -> tuple[str, ...]:
    """The fingerprints of messages nobody sorted yet, the oldest first. Raises Refusal("role.not_allowed")."""
    view.only(FAMILIES)
    elsewhere = exists().where(FeedbackRow.source == MessageRow.source)
    return tuple(
        view.connection.scalars(
            select(MessageRow.source)
            .where(MessageRow.taken.is_(False), ~elsewhere)
            .order_by(MessageRow.received_on, MessageRow.source)
        )
    )


def message(view: View, source: str) -> Message:
    """One waiting message. Raises Refusal("feedback.message_gone" | "role.not_allowed")."""
    view.only(FAMILIES)
    row = view.connection.execute(
        select(MessageRow).where(MessageRow.source == source, MessageRow.taken.is_(False))
    ).first()
    if row is None:
        raise Refusal("feedback.message_gone")
    return Message(row.source, row.received_on, row.channel, row.text, row.phone, row.language)
