"""Whether a place lets people move there on a day: pure functions of what is recorded of it and what it lies in.

The narrowest place with an answer decides; what is worse and newer in a wider one is heard too. Nothing here waives:
that a place is not acceptable, or held by an alert, no reason overrules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from helpdesk.journey.areas.codes import AREA_SAFEGUARD, MAY_BE_NA, WAIVABLE
from helpdesk.journey.areas.documents import Alert, AreaPlan, AreaProfile, AreaWaiver, Assessment, Safeguard

_WORST = {"ACCEPTABLE": 0, "CONDITIONS": 1, "NOT_ACCEPTABLE": 2}
_LEAST = {"NA": 0, "DONE": 1, "PLANNED": 2}
_SEVERITY = ("L", "M", "H", "VH")
FAR = date.max


@dataclass
class Level:
    """All that is recorded of one place; ``waivers`` only those that two people signed."""

    assessments: list[tuple[Assessment, str]] = field(default_factory=list)
    safeguards: list[tuple[Safeguard, str]] = field(default_factory=list)
    alerts: list[tuple[Alert, str]] = field(default_factory=list)
    waivers: list[tuple[AreaWaiver, str]] = field(default_factory=list)
    profiles: list[tuple[AreaProfile, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """One safeguard on a day: ``why`` is None where it holds, then ``until`` its last day (None: no end)."""

    why: str | None
    until: date | None = None
    evidence: str | None = None
    result: str | None = None


@dataclass(frozen=True)
class Judged:
    """A place on a day: what is missing, what was waived, and to which day this holds."""

    missing: tuple[tuple[str, str], ...]
    waived: tuple[str, ...]
    result: str | None
    until: date | None
    hold: bool
    evidence: tuple[str, ...]


def as_safeguard(plan: AreaPlan) -> Safeguard:
    """What a joint action plan says of L_PLAN: agreed is done, a draft is planned, an ended one says nothing."""
    state = {"AGREED": "DONE", "DRAFT": "PLANNED"}.get(plan.state, "UNKNOWN")
    return Safeguard(plan.place, "L_PLAN", state, plan.on, plan.org, plan.by, until=plan.until)


def judge(levels: Sequence[Level], day: date) -> Judged:
    """Judge a place on ``day``; ``levels`` are the place itself, then what it lies in, up to its district."""
    if not levels:
        return Judged(tuple((code, "PLACE_UNKNOWN") for code in AREA_SAFEGUARD), (), None, None, False, ())
    missing: list[tuple[str, str]] = []
    waived: list[str] = []
    ends: list[date] = []
    evidence: list[str] = []
    risk = _risk(levels, day)
    for code in AREA_SAFEGUARD:
        verdict = risk if code == "L_RISK" else _safeguard(levels, code, day)
        if verdict.why is None:
            ends.append(verdict.until or FAR)
            evidence.extend([verdict.evidence] if verdict.evidence else [])
            continue
        waiver = _waiver(levels, code, day) if verdict.why in WAIVABLE else None
        if waiver is None:
            missing.append((code, verdict.why))
        else:
            waived.append(code)
            ends.append(waiver[0].until)
            evidence.append(waiver[1])
    hold = any(alert.on <= day < (alert.lifted_on or FAR) for level in levels for alert, _ in level.alerts)
    if hold:
        missing.append(("L_RISK", "ALERT"))
    until = min(ends, default=FAR)
    return Judged(
        tuple(missing),
        tuple(waived),
        risk.result,
        None if missing or until == FAR else until,
        hold,
        tuple(dict.fromkeys(evidence)),
    )


def _risk(levels: Sequence[Level], day: date) -> Verdict:
    current = [found for level in levels if (found := _newest_assessment(level.assessments, day)) is not None]
    if not current:
        return Verdict("MISSING")
    nearest, revision = current[0]
    if any(wider.result == "NOT_ACCEPTABLE" and wider.on >= nearest.on for wider, _ in current):
        return Verdict("NOT_ACCEPTABLE", result="NOT_ACCEPTABLE")
    if day > nearest.until:
        return Verdict("EXPIRED", result=nearest.result)
    unmet = [c.due for c in nearest.conditions if c.met_on is None or c.met_on > day]
    if nearest.result == "CONDITIONS" and any(due < day for due in unmet):
        return Verdict("CONDITION_DUE", result=nearest.result)
    ends = (nearest.until, *unmet) if nearest.result == "CONDITIONS" else (nearest.until,)
    return Verdict(None, min(ends), revision, nearest.result)


def _newest_assessment(found: Iterable[tuple[Assessment, str]], day: date) -> tuple[Assessment, str] | None:
    # of two of one day the worse, then the shorter: what two desks found is not weighed by who wrote last
    known = [one for one in found if one[0].on <= day and not one[0].void]
    return max(
        known,
        key=lambda one: (one[0].on, _WORST.get(one[0].result, 9), -one[0].until.toordinal(), one[1]),
        default=None,
    )


def _safeguard(levels: Sequence[Level], code: str, day: date) -> Verdict:
    for level in levels:
        known = [
            one for one in level.safeguards
            if one[0].safeguard == code and one[0].on <= day and not one[0].void and one[0].state in _LEAST
        ]  # fmt: skip
        if not known:
            continue
        answer, revision = max(
            known,
            key=lambda one: (one[0].on, _LEAST[one[0].state], -(one[0].until or FAR).toordinal(), one[1]),
        )
        if answer.until is not None and day > answer.until:
            return Verdict("EXPIRED")
        if answer.state == "DONE" or (answer.state == "NA" and code in MAY_BE_NA and answer.reason):
            return Verdict(None, answer.until, revision)
        return Verdict("PLANNED")
    return Verdict("MISSING")


def _waiver(levels: Sequence[Level], code: str, day: date) -> tuple[AreaWaiver, str] | None:
    valid = [
        one for level in levels for one in level.waivers
        if code in one[0].safeguards and one[0].on <= day <= one[0].until and one[0].state == "PROPOSED"
    ]  # fmt: skip
    return max(valid, key=lambda one: (one[0].until, one[1]), default=None)


def profile_of(levels: Sequence[Level]) -> AreaProfile | None:
    """The newest profile of the narrowest place that has one; of two of one day the more severe."""
    for level in levels:
        if level.profiles:
            return max(level.profiles, key=lambda one: (one[0].on, severity_rank(one[0]), one[1]))[0]
    return None


def severity_rank(profile: AreaProfile | None) -> int:
    """Where a place stands in the order of priority by conditions: 0 not known, 9 very high in a hotspot."""
    if profile is None:
        return 0
    severity = _SEVERITY.index(profile.severity) + 1 if profile.severity in _SEVERITY else 0
    return 2 * severity + int(profile.hotspot)
