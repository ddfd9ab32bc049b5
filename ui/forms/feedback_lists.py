"""The columns of the lists of feedback: what is pressing first, and no word of what anybody said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from helpdesk.assistance.feedback import messages
from helpdesk.assistance.feedback.boxes import Box
from helpdesk.assistance.feedback.codes import CHANNEL, CLOSED_TYPE, SECTOR, STATUS
from helpdesk.assistance.feedback.numbers import shown
from helpdesk.assistance.feedback.queries import FeedbackLine
from helpdesk.core.errors import HelpDeskError
from helpdesk.core.language import Words, isolate
from helpdesk.desk.commands import View
from helpdesk.households.codes import SPOKEN
from helpdesk.households.list_rows import RowProblem
from ui.forms.feedback_pieces import type_said
from ui.widgets.row_drawing import Column

MOST_PROBLEMS = 20


@dataclass(frozen=True)
class MessageLine:
    """A waiting message as the list shows it: not what it says."""

    received_on: date
    channel: str
    language: str


def message_lines(view: View, sources: Iterable[str]) -> dict[str, MessageLine]:
    """The lines of these messages."""
    found = {source: messages.message(view, source) for source in sources}
    return {source: MessageLine(one.received_on, one.channel, one.language) for source, one in found.items()}


def feedback_columns(words: Words) -> list[Column]:
    """Of what was taken down."""
    return [
        Column(words("Number"), 160, lambda line: shown(line.number), ltr=True),
        Column(words("What it is"), 0, lambda line: type_said(words, line.type)),
        Column(words("About what"), 170, lambda line: words.label(SECTOR.name, line.sector) if line.sector else ""),
        Column(words("How it came"), 140, lambda line: words.label(CHANNEL.name, line.channel)),
        Column(words("State"), 150, lambda line: _state(words, line)),
        Column(words("Received on"), 160, lambda line: words.date(line.received_on)),
        Column(words("Answer due by"), 190, lambda line: _due(words, line), tone=_tone),
    ]


def _state(words: Words, line: FeedbackLine) -> str:
    return words("At the centre") if line.type == CLOSED_TYPE else words.label(STATUS.name, line.status)


def _due(words: Words, line: FeedbackLine) -> str:
    if line.type == CLOSED_TYPE or line.status in ("ANSWERED", "CLOSED"):
        return ""
    if line.late:
        return words.plural("{n} day late", "{n} days late", line.late)
    return words.date(line.due)


def _tone(line: FeedbackLine) -> str:
    return "stop" if line.late else "ink"


def message_columns(words: Words) -> list[Column]:
    """Of messages nobody read yet."""
    return [
        Column(words("Received on"), 200, lambda line: words.date(line.received_on)),
        Column(words("How it came"), 200, lambda line: words.label(CHANNEL.name, line.channel)),
        Column(words("Language"), 0, lambda line: words.label(SPOKEN.name, line.language) if line.language else ""),
    ]


def box_columns(words: Words) -> list[Column]:
    """Of boxes that were opened."""
    return [
        Column(words("Which box"), 0, lambda box: isolate(box.opening.place)),
        Column(words("Opened on"), 200, lambda box: words.date(box.opening.on)),
        Column(words("State"), 260, lambda box: box_state(words, box)),
    ]


def box_state(words: Words, box: Box) -> str:
    """Whether a second person confirmed it, and how many papers are typed in."""
    if box.opening.confirmed_by is None:
        return words("waits for a second person")
    return words("{typed} of {papers} typed in", typed=box.typed, papers=box.opening.papers)


def problems(words: Words, found: Sequence[RowProblem]) -> list[tuple[str, str | None]]:
    """The first problems of a file: where, and why."""
    rows: list[tuple[str, str | None]] = [
        (
            words("Row {place}", place=f"{words.digits(one.row)}  {one.column}"),
            words.sentence(HelpDeskError(one.code, value=one.value)),
        )
        for one in found[:MOST_PROBLEMS]
    ]
    if len(found) > MOST_PROBLEMS:
        rows.append(("", words("and {n} more", n=len(found) - MOST_PROBLEMS)))
    return rows
