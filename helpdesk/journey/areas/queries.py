"""What pages, papers and the command line ask of places: the list by priority, and one place whole.

Worked out from the places' own records, which are few; families are never read here, counts of them are handed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.journey.areas.documents import (
    Alert,
    AreaNote,
    AreaPlan,
    AreaProfile,
    AreaWaiver,
    Assessment,
    Obstacle,
    ObstacleStep,
    PlanAction,
    Safeguard,
)
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.areas.kinds import ACTION, KINDS, OBSTACLE, PLAN, STEP
from helpdesk.journey.areas.rules import profile_of, severity_rank
from helpdesk.journey.areas.standing import (
    Publics,
    confirmation_of,
    gazetteer_of,
    judged,
    known_publics,
    levels_of,
    lies_in,
)
from helpdesk.journey.areas.tables import AreaRecordRow
from helpdesk.vault.records import Kind, document_of

_BY_NAME: dict[str, Kind[Any]] = {kind.name: kind for kind in KINDS}


class PlaceLine(Struct, frozen=True):
    """One line of the list of places. ``families`` returned or are to return there, as far as the caller counted."""

    place: str
    missing: tuple[tuple[str, str], ...]
    hold: bool
    result: str | None
    until: date | None
    severity: str | None
    hotspot: bool
    families: int
    waived: tuple[str, ...]


class WaiverShown(Struct, frozen=True):
    """A waiver with whether two people stand behind it."""

    id: str
    waiver: AreaWaiver
    confirmed: bool
    own: bool


class PlanShown(Struct, frozen=True):
    """A plan with its actions, by day due."""

    id: str
    plan: AreaPlan
    actions: tuple[tuple[str, PlanAction], ...]


class ObstacleShown(Struct, frozen=True):
    """An obstacle with its action log, the oldest line first."""

    id: str
    obstacle: Obstacle
    steps: tuple[ObstacleStep, ...]


class PlaceFile(Struct, frozen=True):
    """One place whole: how it stands, and what is recorded of it and of what it lies in, the newest first.

    ``within`` are the ids of what it lies in, narrowest first, the place itself at the beginning.
    """

    place: str
    within: tuple[str, ...]
    day: date
    standing: AreaStanding
    profile: AreaProfile | None
    assessments: tuple[tuple[str, Assessment], ...]
    safeguards: tuple[tuple[str, Safeguard], ...]
    plans: tuple[PlanShown, ...]
    alerts: tuple[tuple[str, Alert], ...]
    waivers: tuple[WaiverShown, ...]
    obstacles: tuple[ObstacleShown, ...]
    notes: tuple[AreaNote, ...]


def lines(
    view: View, families: Mapping[str, int] | None = None, *, everything: bool = False, publics: Publics | None = None
) -> tuple[PlaceLine, ...]:
    """Places by priority: where most families return, then where conditions are worst, then what is missing most.

    Only those of which something is recorded or ``families`` counts somebody, or ``everything`` from districts down.
    """
    connection, counted = view.connection, families or {}
    gazetteer = gazetteer_of(connection)
    levels = levels_of(connection, None, known_publics(connection) if publics is None else publics)
    recorded = set(connection.scalars(select(AreaRecordRow.place).distinct()))
    wanted = [
        place.place_id for place in gazetteer
        if lies_in(gazetteer, place.place_id) and (everything or place.place_id in recorded | counted.keys())
    ]  # fmt: skip
    found = []
    for place in wanted:
        one = judged(gazetteer, levels, place, view.day)
        profile = profile_of([levels[wider] for wider in lies_in(gazetteer, place) if wider in levels])
        line = PlaceLine(
            place, one.missing, one.hold, one.result, one.until, profile.severity if profile else None,
            bool(profile and profile.hotspot), counted.get(place, 0), one.waived,
        )  # fmt: skip
        found.append((-line.families, -severity_rank(profile), -len(line.missing), place, line))
    return tuple(line for *_, line in sorted(found, key=lambda one: one[:4]))


def place_of(view: View, place: str, publics: Publics | None = None) -> PlaceFile:
    """One place whole. Raises Refusal("area.place", place=...) for what is no place or wider than a district."""
    connection = view.connection
    gazetteer = gazetteer_of(connection)
    within = lies_in(gazetteer, place)
    if not within:
        raise Refusal("area.place", place=place)
    known = known_publics(connection) if publics is None else publics
    levels = levels_of(connection, within, known)
    one = judged(gazetteer, levels, place, view.day)
    told = _documents(connection, within)
    return PlaceFile(
        place=place,
        within=within,
        day=view.day,
        standing=AreaStanding(place, one.missing, one.result, one.until, one.waived, one.evidence, hold=one.hold),
        profile=profile_of([levels[wider] for wider in within if wider in levels]),
        assessments=_newest(told["area_assessment"]),
        safeguards=_newest(told["area_safeguard"]),
        plans=tuple(
            PlanShown(plan_id, plan, _parts(connection, ACTION, plan_id)) for plan_id, plan in _newest(told[PLAN.name])
        ),
        alerts=_newest(told["area_alert"]),
        waivers=tuple(
            WaiverShown(
                waiver_id,
                waiver,
                confirmation_of(connection, waiver_id, waiver, known) is not None,
                waiver.by == view.user.id,
            )
            for waiver_id, waiver in _newest(told["area_waiver"])
        ),
        obstacles=tuple(
            ObstacleShown(one_id, obstacle, tuple(step for _, step in _parts(connection, STEP, one_id)))
            for one_id, obstacle in _newest(told[OBSTACLE.name])
        ),
        notes=tuple(note for _, note in _newest(told["area_note"])),
    )


def waiting_waivers(view: View) -> tuple[WaiverShown, ...]:
    """Waivers that were proposed and that nobody confirmed yet, the oldest first."""
    connection = view.connection
    known = known_publics(connection)
    rows = connection.scalars(
        select(AreaRecordRow.id)
        .where(AreaRecordRow.kind == "area_waiver", AreaRecordRow.state == "PROPOSED")
        .order_by(AreaRecordRow.day, AreaRecordRow.id)
    ).all()
    found = []
    for waiver_id in rows:
        waiver = document_of(connection, _BY_NAME["area_waiver"], waiver_id)
        if waiver is None or waiver.until < view.day or confirmation_of(connection, waiver_id, waiver, known):
            continue
        found.append(WaiverShown(waiver_id, waiver, confirmed=False, own=waiver.by == view.user.id))
    return tuple(found)


def overdue_actions(view: View) -> tuple[tuple[str, PlanAction], ...]:
    """Actions of plans whose day has passed, the longest overdue first."""
    rows = view.connection.scalars(
        select(AreaRecordRow.id)
        .where(
            AreaRecordRow.kind == ACTION.name,
            AreaRecordRow.day < view.day,
            AreaRecordRow.state.in_(("OPEN", "STARTED")),
        )
        .order_by(AreaRecordRow.day, AreaRecordRow.id)
    ).all()
    found = ((record, document_of(view.connection, ACTION, record)) for record in rows)
    return tuple((record, action) for record, action in found if action is not None)


def _documents(connection: Connection, places: tuple[str, ...]) -> dict[str, list[tuple[str, Any]]]:
    # what is recorded of these places, by kind; parts of something are asked for with it
    told: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    rows = connection.execute(
        select(AreaRecordRow.id, AreaRecordRow.kind)
        .where(AreaRecordRow.place.in_(places), AreaRecordRow.part_of.is_(None))
        .order_by(AreaRecordRow.day, AreaRecordRow.id)
    ).all()
    for row in rows:
        document = document_of(connection, _BY_NAME[row.kind], row.id)
        if document is not None:
            told[row.kind].append((row.id, document))
    return told


def _newest(found: list[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple(reversed(found))


def _parts(connection: Connection, kind: Any, whole: str) -> tuple[tuple[str, Any], ...]:
    rows = connection.scalars(
        select(AreaRecordRow.id)
        .where(AreaRecordRow.kind == kind.name, AreaRecordRow.part_of == whole)
        .order_by(AreaRecordRow.day, AreaRecordRow.id)
    ).all()
    found = ((record, document_of(connection, kind, record)) for record in rows)
    return tuple((record, document) for record, document in found if document is not None)
