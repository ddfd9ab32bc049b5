"""The advocacy brief: why return to places is not viable, without a family in it (DOMAIN.md 4.12, S20).

Evidence counts only where at least five families stand behind one topic of one place; below that neither number nor
words are shown. No total is given from which a hidden number could be worked out.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import select

from helpdesk.desk.commands import View
from helpdesk.journey.areas.documents import AreaNote, Obstacle
from helpdesk.journey.areas.kinds import NOTE, OBSTACLE
from helpdesk.journey.areas.standing import gazetteer_of
from helpdesk.journey.areas.tables import AreaRecordRow
from helpdesk.vault.records import document_of

FEWEST: Final = 5
"""Families behind a number that may be shown."""


class Evidence(Struct, frozen=True):
    """What speaks against return to one place on one topic. ``families`` None and no ``texts``: fewer than five."""

    place: str
    topic: str
    families: int | None
    texts: tuple[str, ...]
    newest: date


class OpenObstacle(Struct, frozen=True):
    """An obstacle of a place that is not closed, and at which level it is to be solved."""

    place: str
    topic: str
    level: str
    text: str
    since: date


class Brief(Struct, frozen=True):
    """The brief of a day."""

    day: date
    evidence: tuple[Evidence, ...]
    obstacles: tuple[OpenObstacle, ...]


def brief(view: View, within: str | None = None) -> Brief:
    """Evidence and open obstacles of all places, or of those in ``within``."""
    gazetteer = gazetteer_of(view.connection)

    def wanted(place: str) -> bool:
        return within is None or gazetteer.is_within(place, within)

    notes: dict[tuple[str, str], list[AreaNote]] = defaultdict(list)
    for record in _ids(view, NOTE.name, ("NONVIABLE",)):
        note = document_of(view.connection, NOTE, record)
        if note is not None and wanted(note.place):
            notes[note.place, note.topic].append(note)
    obstacles = [document_of(view.connection, OBSTACLE, one) for one in _ids(view, OBSTACLE.name, ("OPEN", "ANSWERED"))]
    return Brief(
        view.day,
        tuple(_evidence(place, topic, told) for (place, topic), told in sorted(notes.items())),
        tuple(_shown(one) for one in obstacles if one is not None and wanted(one.place)),
    )


def _evidence(place: str, topic: str, notes: list[AreaNote]) -> Evidence:
    # each note's own count must reach the bound: sums of notes could count one family twice
    enough = [note for note in notes if note.families >= FEWEST]
    families = max((note.families for note in enough), default=None)
    return Evidence(place, topic, families, tuple(note.text for note in enough), max(note.on for note in notes))


def _shown(obstacle: Obstacle) -> OpenObstacle:
    return OpenObstacle(obstacle.place, obstacle.topic, obstacle.level, obstacle.text, obstacle.on)


def _ids(view: View, kind: str, states: tuple[str, ...]) -> list[str]:
    return list(
        view.connection.scalars(
            select(AreaRecordRow.id)
            .where(AreaRecordRow.kind == kind, AreaRecordRow.state.in_(states))
            .order_by(AreaRecordRow.place, AreaRecordRow.day, AreaRecordRow.id)
        )
    )
