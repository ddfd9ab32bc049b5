"""What somebody enters of a place: the same forms for the window's pages and the command line's JSON files.

They hold what was typed; who typed it and what may be typed is the recording's matter.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.journey.areas.documents import Condition


class AssessmentForm(Struct, frozen=True, forbid_unknown_fields=True):
    """An assessment of needs, risks and tensions; ``sections`` by the codes of AREA_SECTION."""

    place: str
    on: date
    until: date
    result: str
    org: str
    sections: dict[str, str]
    conditions: tuple[Condition, ...] = ()
    phase: str = "2"


class SafeguardForm(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to one of the other safeguards, for one place."""

    place: str
    safeguard: str
    state: str
    on: date
    org: str
    until: date | None = None
    reason: str = ""
    concerns: tuple[str, ...] = ()
    note: str = ""
    phase: str = "2"


class ActionForm(Struct, frozen=True, forbid_unknown_fields=True):
    """One action of a plan."""

    text: str
    owner: str
    due: date


class PlanForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A joint action plan with its first actions."""

    place: str
    title: str
    group: str
    on: date
    org: str
    until: date | None = None
    agreed: bool = False
    actions: tuple[ActionForm, ...] = ()


class WaiverForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Safeguards to waive for all families that go to these places, up to a day."""

    places: tuple[str, ...]
    safeguards: tuple[str, ...]
    reason: str
    until: date


class ObstacleForm(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the way of a whole place."""

    place: str
    topic: str
    level: str
    text: str
    org: str
    review: date | None = None
    phase: str = "2"


class NoteForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence of non-viability, or a lesson; ``families`` how many it concerns, 0 where nobody counted."""

    place: str
    kind: str
    topic: str
    text: str
    org: str
    families: int = 0
    phase: str = "2"
