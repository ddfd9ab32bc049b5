"""What pages and reports ask of feedback: lists, one record, the centre's word, counts. Sealed content is in none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, func, select

from helpdesk.assistance.feedback.codes import CLOSED_TYPE
from helpdesk.assistance.feedback.documents import Feedback
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.numbers import read
from helpdesk.assistance.feedback.tables import FeedbackRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import FeedbackWord
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.desk.told import FEEDBACK as WORDS
from helpdesk.vault.records import document_of, documents_of


class FeedbackLine(Struct, frozen=True):
    """One line of a list; ``late`` says by how many days an answer is overdue, 0 if it is not."""

    id: str
    number: str
    channel: str
    type: str
    sector: str | None
    status: str
    received_on: date
    due: date
    late: int


def ids(view: View, which: str = "waiting", first: int = 0, most: int | None = None) -> list[str]:
    """The ids of a list: ``waiting`` and ``late`` with the most pressing first, ``all`` with the newest first.

    Sealed ones wait for the centre, not for anybody here: they stand in ``all`` alone. Of a list that may be long a
    page asks at most ``most``, from the place ``first`` on, which counts from 0.

    Raises Refusal("role.not_allowed" | "form.code").
    """
    view.only(NAMES)
    wanted, order = _of(view, which)
    chosen = select(FeedbackRow.id).where(*wanted).order_by(*order)
    if most is not None:
        chosen = chosen.limit(most).offset(first)
    return list(view.connection.scalars(chosen))


def count(view: View, which: str = "waiting") -> int:
    """How long a list is. Raises Refusal("role.not_allowed" | "form.code")."""
    view.only(NAMES)
    counted = select(func.count()).select_from(FeedbackRow).where(*_of(view, which)[0])
    return view.connection.scalar(counted) or 0


def _of(view: View, which: str) -> tuple[list[ColumnElement[bool]], tuple[ColumnElement[Any], ...]]:
    pressing: tuple[ColumnElement[Any], ...] = (FeedbackRow.due.asc(), FeedbackRow.id.asc())
    waiting = [FeedbackRow.finished.is_(False), FeedbackRow.type != CLOSED_TYPE]
    if which == "waiting":
        return waiting, pressing
    if which == "late":
        return [*waiting, FeedbackRow.due < view.day], pressing
    if which == "all":
        return [], (FeedbackRow.received_on.desc(), FeedbackRow.id.desc())
    raise Refusal("form.code", field="which")


_LINES = select(
    FeedbackRow.id, FeedbackRow.number, FeedbackRow.channel, FeedbackRow.type, FeedbackRow.sector, FeedbackRow.status,
    FeedbackRow.received_on, FeedbackRow.due, FeedbackRow.finished,
).where(FeedbackRow.id.in_(bindparam("of_page", expanding=True)))  # fmt: skip


def lines(view: View, wanted: Iterable[str]) -> dict[str, FeedbackLine]:
    """The lines of these ids, for one page of a list."""
    view.only(NAMES)
    rows = view.connection.execute(_LINES, {"of_page": list(wanted)})
    return {
        row.id: FeedbackLine(
            row.id,
            row.number,
            row.channel,
            row.type,
            row.sector,
            row.status,
            row.received_on,
            row.due,
            0 if row.finished or row.type == CLOSED_TYPE else max(0, (view.day - row.due).days),
        )
        for row in rows
    }


def one(view: View, feedback: str) -> Feedback:
    """The whole record. Raises Refusal("feedback.unknown" | "role.not_allowed")."""
    view.only(NAMES)
    found = document_of(view.connection, FEEDBACK, feedback)
    if found is None:
        raise Refusal("feedback.unknown")
    return found


class Waiting(Struct, frozen=True):
    """How many answers this desk owes, and how many of them are late."""

    waiting: int
    late: int


def waiting(view: View) -> Waiting:
    """The supervisor's worklist "answers due" in two numbers. Raises Refusal("role.not_allowed")."""
    return Waiting(count(view, "waiting"), count(view, "late"))


def word_on(view: View, number: str) -> FeedbackWord | None:
    """The centre's neutral word on a sealed one that was taken down here, None while there is none."""
    view.only(NAMES)
    return WORDS.find(view.connection, number)


def by_number(view: View, number: str) -> str:
    """The id behind a number somebody reads out. Raises Refusal("feedback.number" | "feedback.unknown")."""
    view.only(NAMES)
    found = view.connection.scalar(
        select(FeedbackRow.id).where(FeedbackRow.number == read(number)).order_by(FeedbackRow.id).limit(1)
    )
    if found is None:
        raise Refusal("feedback.unknown")
    return found


def of_household(view: View, household: str) -> tuple[tuple[str, Feedback], ...]:
    """What a family said and asked with her name, the newest first."""
    view.only(NAMES)
    written = reversed(documents_of(view.connection, FEEDBACK, household))
    return tuple(sorted(written, key=lambda found: found[1].received_on, reverse=True))


class TypeCount(Struct, frozen=True):
    """Feedback of one type and channel: how many came, how many were answered, and how many days answers took.

    Sealed ones stand as one type, and only their number is told.
    """

    type: str
    channel: str
    received: int
    answered: int
    days_to_answer: int


def counts(view: View, first: date, last: date) -> tuple[TypeCount, ...]:
    """What was received from ``first`` to ``last``, both included; ``days_to_answer`` is the sum over the answered."""
    rows = view.connection.execute(
        select(FeedbackRow.type, FeedbackRow.channel, FeedbackRow.received_on, FeedbackRow.answered_on).where(
            FeedbackRow.received_on.between(first, last)
        )
    )
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        tally = found.setdefault((row.type, row.channel), [0, 0, 0])
        tally[0] += 1
        if row.answered_on is not None and row.type != CLOSED_TYPE:
            tally[1] += 1
            tally[2] += (row.answered_on - row.received_on).days
    return tuple(TypeCount(*key, *tally) for key, tally in sorted(found.items()))
