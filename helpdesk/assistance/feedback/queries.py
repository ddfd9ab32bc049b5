"""What pages and reports ask of feedback: lists, one record, boxes, and counts. Sealed content stands in none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from helpdesk.assistance.feedback.codes import CLOSED_TYPE
from helpdesk.assistance.feedback.documents import BoxOpening, Feedback
from helpdesk.assistance.feedback.kinds import BOX_OPENING, FEEDBACK
from helpdesk.assistance.feedback.numbers import read
from helpdesk.assistance.feedback.tables import BoxOpeningRow, FeedbackRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.vault.records import document_of


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


def ids(view: View, which: str = "waiting") -> list[str]:
    """The ids of a list: ``waiting`` and ``late`` with the most pressing first, ``all`` with the newest first.

    Raises Refusal("role.not_allowed" | "form.code").
    """
    view.only(NAMES)
    wanted, order = _of(view, which)
    return list(view.connection.scalars(select(FeedbackRow.id).where(*wanted).order_by(*order)))


def _of(view: View, which: str) -> tuple[list[ColumnElement[bool]], tuple[ColumnElement[object], ...]]:
    pressing: tuple[ColumnElement[object], ...] = (FeedbackRow.due.asc(), FeedbackRow.id.asc())  # type: ignore[assignment]  # an ordering is a column element
    if which == "waiting":
        return [FeedbackRow.finished.is_(False)], pressing
    if which == "late":
        return [FeedbackRow.finished.is_(False), FeedbackRow.due < view.day], pressing
    if which == "all":
        return [], (FeedbackRow.id.desc(),)  # type: ignore[return-value]  # an ordering is a column element
    raise Refusal("form.code", field="which")


def lines(view: View, wanted: Iterable[str]) -> dict[str, FeedbackLine]:
    """The lines of these ids, for one page of a list."""
    view.only(NAMES)
    rows = view.connection.execute(select(FeedbackRow).where(FeedbackRow.id.in_(list(wanted))))
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
            0 if row.finished else max(0, (view.day - row.due).days),
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
    found = view.connection.scalars(
        select(FeedbackRow.id).where(FeedbackRow.household == household).order_by(FeedbackRow.id.desc())
    )
    return tuple((record, one(view, record)) for record in found)


class Box(Struct, frozen=True):
    """One opened box: how many papers it held and how many are typed in."""

    id: str
    opening: BoxOpening
    typed: int


def boxes(view: View, most: int = 50) -> tuple[Box, ...]:
    """The last openings, those that wait for a second person first."""
    view.only(NAMES)
    found = view.connection.scalars(
        select(BoxOpeningRow.id).order_by(BoxOpeningRow.confirmed, BoxOpeningRow.id.desc()).limit(most)
    ).all()
    made = []
    for record in found:
        opening = document_of(view.connection, BOX_OPENING, record)
        typed = select(func.count()).where(FeedbackRow.source.startswith(f"box:{record}:"))
        if opening is not None:
            made.append(Box(record, opening, view.connection.scalar(typed) or 0))
    return tuple(made)


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
