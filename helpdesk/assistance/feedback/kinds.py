"""The kinds of record feedback consists of, and how two desks' changes to each meet (FORMATS.md section 2)."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.feedback.codes import FINISHED, STATUS
from helpdesk.assistance.feedback.documents import BoxOpening, Feedback
from helpdesk.assistance.feedback.tables import BoxOpeningRow, FeedbackRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _feedback_rows(record_id: str, doc: Feedback) -> Iterable[Row]:
    yield {
        "id": record_id,
        "number": doc.number,
        "channel": doc.channel,
        "side": doc.side,
        "type": doc.type,
        "sector": doc.sector,
        "status": doc.status,
        "finished": doc.status in FINISHED,
        "due": doc.due,
        "received_on": doc.received_on,
        "answered_on": doc.answered_on,
        "household": doc.household,
        "source": doc.source,
        "opening": doc.opening,
    }


def _opening_rows(record_id: str, doc: BoxOpening) -> Iterable[Row]:
    yield {
        "id": record_id,
        "place": doc.place,
        "on": doc.on,
        "papers": doc.papers,
        "confirmed": doc.confirmed_by is not None,
    }


def later_status(one: str, other: str) -> str:
    """The later state of two; an appeal is the last word, so that nobody's appeal is lost behind an answer."""
    return safest(tuple(STATUS), one, other)


FEEDBACK = Kind(
    "feedback",
    Feedback,
    projections=(Projection(table_of(FeedbackRow), "id", _feedback_rows),),
    safer={"status": later_status},
    never_merged=frozenset({"number", "type", "household"}),
    sealed=True,
)
BOX_OPENING = Kind(
    "box_opening",
    BoxOpening,
    household=lambda _id, _doc: None,
    projections=(Projection(table_of(BoxOpeningRow), "id", _opening_rows),),
)
KINDS = (FEEDBACK, BOX_OPENING)
