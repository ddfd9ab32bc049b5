"""Complaint boxes: opened by two people with their own accounts, counted by both, and typed in up to that count.

Sealed papers count too. Nothing here says what any paper held.
"""

from __future__ import annotations

from typing import Final

import msgspec
from sqlalchemy import func, select

from helpdesk.assistance.feedback.documents import BoxOpening
from helpdesk.assistance.feedback.kinds import BOX_OPENING
from helpdesk.assistance.feedback.tables import BoxOpeningRow, FeedbackRow
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES
from helpdesk.vault.records import document_of

MOST_PAPERS: Final = 500
LONGEST_PLACE: Final = 120


@command("feedback.open_box", roles=FAMILIES)
def open_box(act: Act, place: str, papers: int) -> str:
    """Note that a box was opened and how many papers were in it; a second account must confirm. Returns its id.

    Raises Refusal("feedback.box_place" | "feedback.box_papers" | "text.too_long").
    """
    named = clean(place)
    if not named:
        raise Refusal("feedback.box_place")
    if len(named) > LONGEST_PLACE:
        raise Refusal("text.too_long", most=LONGEST_PLACE)
    if not 0 <= papers <= MOST_PAPERS:
        raise Refusal("feedback.box_papers", most=MOST_PAPERS)
    opening = act.new_id()
    act.records.create(BOX_OPENING, opening, BoxOpening(named, act.day, papers, act.user.id), signed=True)
    act.concerns(opening)
    return opening


@command("feedback.confirm_box", roles=FAMILIES)
def confirm_box(act: Act, opening: str, papers: int) -> None:
    """The second person says how many papers she counted. Raises Refusal("feedback.box_*")."""
    found = document_of(act.connection, BOX_OPENING, opening)
    if found is None or found.confirmed_by is not None:
        raise Refusal("feedback.box_unknown")
    if found.opened_by == act.user.id:
        raise Refusal("feedback.box_second")
    if papers != found.papers:
        raise Refusal("feedback.box_count", first=found.papers, second=papers)
    confirmed = msgspec.structs.replace(found, confirmed_by=act.user.id)
    act.records.revise(BOX_OPENING, opening, confirmed, signed=True)
    act.concerns(opening)


def check_room(view: View, opening: str, channel: str) -> None:
    """Whether one more paper of a box may be typed. Raises Refusal("feedback.box_first" | "feedback.box_full")."""
    found = document_of(view.connection, BOX_OPENING, opening)
    if found is None or found.confirmed_by is None or channel != "BOX":
        raise Refusal("feedback.box_first")
    if _typed(view, opening) >= found.papers:
        raise Refusal("feedback.box_full", papers=found.papers)


def _typed(view: View, opening: str) -> int:
    found = select(func.count()).select_from(FeedbackRow).where(FeedbackRow.opening == opening)
    return view.connection.scalar(found) or 0


class Box(msgspec.Struct, frozen=True):
    """One opened box: how many papers it held and how many are typed in."""

    id: str
    opening: BoxOpening
    typed: int


def boxes(view: View, most: int = 50) -> tuple[Box, ...]:
    """The last openings, those that wait for a second person first. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    found = view.connection.scalars(
        select(BoxOpeningRow.id).order_by(BoxOpeningRow.confirmed, BoxOpeningRow.id.desc()).limit(most)
    ).all()
    openings = ((record, document_of(view.connection, BOX_OPENING, record)) for record in found)
    return tuple(Box(record, opening, _typed(view, record)) for record, opening in openings if opening is not None)
