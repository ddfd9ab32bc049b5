"""The kinds of record about places, and how two desks' entries meet: always towards the safer one.

None belongs to a household. Results take the worse, expiries the shorter, conditions all of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

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
    WaiverConfirmed,
)
from helpdesk.journey.areas.tables import AreaRecordRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def safer_result(one: str, other: str) -> str:
    """The worse of two results of an assessment."""
    return safest(("ACCEPTABLE", "CONDITIONS", "NOT_ACCEPTABLE"), one, other)


def safer_state(one: str, other: str) -> str:
    """The state of a safeguard that promises less; "not applicable" promises more than "done"."""
    return safest(("NA", "DONE", "PLANNED", "UNKNOWN"), one, other)


def shorter(one: str | None, other: str | None) -> str | None:
    """The earlier of two last days as ISO texts; None is no end."""
    return min(one, other) if one is not None and other is not None else one or other


def not_yet(one: Any, other: Any) -> Any:
    """A day on which something good happened counts only if both sides know of it; the later of two."""
    return max(one, other) if one is not None and other is not None else None


def all_conditions(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The conditions of both sides: the earlier day due, met only where both say so."""
    mine, theirs = ({condition["text"]: condition for condition in side} for side in (one, other))
    found = []
    for text in {*mine, *theirs}:
        both = [side[text] for side in (mine, theirs) if text in side]
        days = [condition.get("met_on") for condition in both]
        met = None if None in days else max(str(day) for day in days)
        found.append({"text": text, "due": min(condition["due"] for condition in both), "met_on": met})
    return sorted(found, key=lambda condition: (condition["due"], condition["text"]))


def _nobody(_id: str, _doc: Any) -> None:
    return None


def _shown(kind: str, state: Callable[[Any], str], part_of: str = "") -> Projection:
    def rows(record_id: str, doc: Any) -> Iterable[Row]:
        yield {
            "id": record_id,
            "kind": kind,
            "place": doc.place,
            "day": doc.due if isinstance(doc, PlanAction) else doc.on,
            "state": state(doc),
            "part_of": getattr(doc, part_of) if part_of else None,
        }

    return Projection(table_of(AreaRecordRow), "id", rows)


def _void(state: str) -> Callable[[Any], str]:
    return lambda doc: "VOID" if doc.void else str(getattr(doc, state))


ASSESSMENT = Kind(
    "area_assessment",
    Assessment,
    household=_nobody,
    projections=(_shown("area_assessment", _void("result")),),
    safer={"result": safer_result, "until": shorter, "conditions": all_conditions},
    never_merged=frozenset({"place"}),
)
SAFEGUARD = Kind(
    "area_safeguard",
    Safeguard,
    household=_nobody,
    projections=(_shown("area_safeguard", _void("state")),),
    safer={"state": safer_state, "until": shorter},
    never_merged=frozenset({"place", "safeguard"}),
)
PLAN = Kind(
    "area_plan",
    AreaPlan,
    household=_nobody,
    projections=(_shown("area_plan", lambda doc: str(doc.state)),),
    safer={"state": lambda one, other: safest(("AGREED", "DRAFT", "ENDED"), one, other), "until": shorter},
    never_merged=frozenset({"place"}),
)
ACTION = Kind(
    "area_action",
    PlanAction,
    household=_nobody,
    projections=(_shown("area_action", lambda doc: str(doc.state), "plan"),),
    never_merged=frozenset({"place", "plan"}),
)
PROFILE = Kind(
    "area_profile",
    AreaProfile,
    household=_nobody,
    projections=(_shown("area_profile", lambda doc: doc.severity or ""),),
    safer={"hotspot": lambda one, other: one or other},
    never_merged=frozenset({"place"}),
)
ALERT = Kind(
    "area_alert",
    Alert,
    household=_nobody,
    projections=(_shown("area_alert", lambda doc: "LIFTED" if doc.lifted_on else "RAISED"),),
    safer={"lifted_on": not_yet},
    never_merged=frozenset({"place"}),
)
WAIVER = Kind(
    "area_waiver",
    AreaWaiver,
    household=_nobody,
    projections=(_shown("area_waiver", lambda doc: str(doc.state)),),
    safer={"state": lambda one, other: safest(("PROPOSED", "WITHDRAWN"), one, other), "until": shorter},
    never_merged=frozenset({"place", "safeguards", "by", "reason", "on"}),
)
CONFIRMED = Kind(
    "area_waiver_confirmed",
    WaiverConfirmed,
    household=_nobody,
    projections=(_shown("area_waiver_confirmed", lambda _doc: "CONFIRMED", "waiver"),),
    event=True,
)
OBSTACLE = Kind(
    "area_obstacle",
    Obstacle,
    household=_nobody,
    projections=(_shown("area_obstacle", lambda doc: str(doc.state)),),
    never_merged=frozenset({"place"}),
)
STEP = Kind(
    "area_obstacle_step",
    ObstacleStep,
    household=_nobody,
    projections=(_shown("area_obstacle_step", lambda _doc: "", "obstacle"),),
    event=True,
)
NOTE = Kind(
    "area_note", AreaNote, household=_nobody, projections=(_shown("area_note", lambda doc: str(doc.kind)),), event=True
)

KINDS = (ASSESSMENT, SAFEGUARD, PLAN, ACTION, PROFILE, ALERT, WAIVER, CONFIRMED, OBSTACLE, STEP, NOTE)
STANDING = frozenset(kind.name for kind in (ASSESSMENT, SAFEGUARD, PLAN, PROFILE, ALERT, WAIVER, CONFIRMED))
"""The names of those that change how a place stands."""
