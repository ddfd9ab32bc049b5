"""What is recorded of a place: assessments, safeguards, plans, alerts, waivers, obstacles. Never a family or a name.

Frozen and typed; days are ``datetime.date``; ``place`` is an id of the gazetteer, ``by`` and the like are user ids,
``org`` the organisation that did it (S71), ``phase`` the toolkit's phase (S70).
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """What must come true by ``due`` for a place to stay acceptable; ``met_on`` when it did."""

    text: str
    due: date
    met_on: date | None = None


class Assessment(Struct, frozen=True, forbid_unknown_fields=True):
    """Needs, risks and tensions of a place on a day, with a result that holds to ``until`` (S29, S30).

    ``sections`` maps codes of AREA_SECTION to what was found; ``void`` an entry made by mistake, with its reason.
    """

    place: str
    on: date
    until: date
    result: str
    org: str
    by: str
    sections: dict[str, str]
    conditions: tuple[Condition, ...] = ()
    phase: str = "2"
    void: str = ""


class Safeguard(Struct, frozen=True, forbid_unknown_fields=True):
    """One dated answer to one location safeguard but the risk assessment; the newest of a place counts.

    ``reason`` says why not applicable; ``concerns`` what the host community said (S32); ``note`` how it is done.
    """

    place: str
    safeguard: str
    state: str
    on: date
    org: str
    by: str
    until: date | None = None
    reason: str = ""
    concerns: tuple[str, ...] = ()
    note: str = ""
    phase: str = "2"
    void: str = ""


class AreaPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """A joint action plan with its coordination group (S31). AGREED and in force it answers L_PLAN."""

    place: str
    title: str
    group: str
    state: str
    on: date
    org: str
    by: str
    until: date | None = None


class PlanAction(Struct, frozen=True, forbid_unknown_fields=True):
    """One action of a plan: who does it, until when, how far it is."""

    plan: str
    place: str
    text: str
    owner: str
    due: date
    state: str = "OPEN"
    done_on: date | None = None
    note: str = ""


class AreaProfile(Struct, frozen=True, forbid_unknown_fields=True):
    """How severe conditions are in a place, whether it is a hotspot, and who coordinates there (S67, S73)."""

    place: str
    on: date
    severity: str | None
    hotspot: bool
    group: str
    by: str


class Alert(Struct, frozen=True, forbid_unknown_fields=True):
    """Tension in a place: everybody who is to move there is held until it is lifted."""

    place: str
    on: date
    reason: str
    by: str
    lifted_on: date | None = None
    lifted_by: str | None = None
    lifted_why: str = ""


class AreaWaiver(Struct, frozen=True, forbid_unknown_fields=True):
    """Safeguards of a place that a person waives for all families, with a reason and an end.

    It holds only once another account confirmed it: :class:`WaiverConfirmed`.
    """

    place: str
    safeguards: tuple[str, ...]
    reason: str
    on: date
    until: date
    by: str
    state: str = "PROPOSED"


class WaiverConfirmed(Struct, frozen=True, forbid_unknown_fields=True):
    """The second person's word on a waiver as it stood in the revision ``seen`` (hex)."""

    waiver: str
    place: str
    seen: str
    on: date
    by: str


class Obstacle(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the way of a whole place and at which level it is to be solved. Names no family."""

    place: str
    topic: str
    level: str
    text: str
    on: date
    org: str
    by: str
    state: str = "OPEN"
    review: date | None = None
    phase: str = "2"


class ObstacleStep(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of an obstacle's action log."""

    obstacle: str
    place: str
    on: date
    text: str
    org: str
    by: str


class AreaNote(Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence of non-viability or a lesson (S20, S77): words about a place and how many families it concerns."""

    place: str
    kind: str
    topic: str
    text: str
    on: date
    org: str
    by: str
    families: int = 0
    phase: str = "2"
