"""Writing what is known of a place: the checks and the documents, the same at a desk and at the centre.

Each function runs inside somebody's act and never decides who may; the doors do (commands.py, centre/areas.py). A
reason, an organisation and a day stand in everything, a family in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, TypeVar

import msgspec

from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal, code
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act
from helpdesk.journey.areas.codes import (
    AREA_NOTE,
    AREA_PHASE,
    AREA_RESULT,
    AREA_SAFEGUARD,
    AREA_SECTION,
    AREA_SEVERITY,
    AREA_STATE,
    MAY_BE_NA,
    OBSTACLE_LEVEL,
    OBSTACLE_STATE,
    OBSTACLE_TOPIC,
)
from helpdesk.journey.areas.documents import (
    Alert,
    AreaNote,
    AreaProfile,
    Assessment,
    Condition,
    Obstacle,
    ObstacleStep,
    Safeguard,
)
from helpdesk.journey.areas.forms import AssessmentForm, NoteForm, ObstacleForm, SafeguardForm
from helpdesk.journey.areas.kinds import ALERT, ASSESSMENT, NOTE, OBSTACLE, PROFILE, SAFEGUARD, STEP
from helpdesk.journey.areas.standing import gazetteer_of, lies_in
from helpdesk.vault.records import Document, Kind, document_of

LONGEST_TEXT: Final = 4000
"""Characters of one text: a page of an assessment, far below what one document may hold."""
MOST_PARTS: Final = 40
"""Conditions of an assessment, concerns of a host community, actions of a new plan."""
LONGEST_TERM: Final = timedelta(days=366)
"""An assessment older than a year says nothing of today."""

T = TypeVar("T")


def coded(entry: str | None, codes: CodeList, field: str) -> None:
    """Refuse what is not in a list. Raises Refusal("form.code", field=...)."""
    if entry not in codes:
        raise Refusal("form.code", field=field)


def maybe(text: str) -> str:
    """A text that may be empty. Raises Refusal("area.long", most=...)."""
    said = clean(text)
    if len(said) > LONGEST_TEXT:
        raise Refusal("area.long", most=LONGEST_TEXT)
    return said


def told(text: str, missing: str) -> str:
    """A text that must say something. Raises Refusal(``missing``), Refusal("area.long", most=...)."""
    said = maybe(text)
    if not said:
        raise Refusal(missing)
    return said


def known_place(act: Act, place: str) -> str:
    """A place that lies in a district or is one. Raises Refusal("area.place", place=...)."""
    if not lies_in(gazetteer_of(act.connection), place):
        raise Refusal("area.place", place=place)
    return place


def past(act: Act, on: date) -> date:
    """A day that has come. Raises Refusal("area.day")."""
    if on > act.day:
        raise Refusal("area.day")
    return on


def few(parts: tuple[T, ...]) -> tuple[T, ...]:
    """Not more parts than a person reads. Raises Refusal("area.many", most=...)."""
    if len(parts) > MOST_PARTS:
        raise Refusal("area.many", most=MOST_PARTS)
    return parts


def found(act: Act, kind: Kind[Document], record_id: str) -> Document:
    """A record of a kind. Raises Refusal("area.unknown")."""
    document = document_of(act.connection, kind, record_id)
    if document is None:
        raise Refusal("area.unknown")
    return document


def assess(act: Act, form: AssessmentForm) -> str:
    """Record an assessment of a place, signed; returns its id.

    Raises Refusal("area.place" | "area.day" | "area.until" | "area.org" | "area.section" | "area.conditions" |
    "form.code" | "area.long" | "area.many").
    """
    coded(form.result, AREA_RESULT, "result")
    coded(form.phase, AREA_PHASE, "phase")
    past(act, form.on)
    if not form.on < form.until <= form.on + LONGEST_TERM:
        raise Refusal("area.until")
    sections = {code: maybe(form.sections.get(code, "")) for code in AREA_SECTION}
    silent = next((code for code in AREA_SECTION if code != "OTHER" and not sections[code]), None)
    if set(form.sections) - set(AREA_SECTION):
        raise Refusal("form.code", field="sections")
    if silent is not None:
        raise Refusal("area.section", section=silent)
    if bool(form.conditions) != (form.result == "CONDITIONS") or any(one.due < form.on for one in form.conditions):
        raise Refusal("area.conditions")
    assessment = Assessment(
        place=known_place(act, form.place),
        on=form.on,
        until=form.until,
        result=form.result,
        org=told(form.org, code("area.org")),
        by=act.user.id,
        sections={code: text for code, text in sections.items() if text},
        conditions=tuple(
            msgspec.structs.replace(one, text=told(one.text, code("area.conditions")), met_on=None)
            for one in few(form.conditions)
        ),
        phase=form.phase,
    )
    return _created(act, ASSESSMENT, assessment)


def meet_condition(act: Act, assessment_id: str, text: str) -> None:
    """Note that a condition has come true today. Raises Refusal("area.unknown")."""
    assessment = found(act, ASSESSMENT, assessment_id)
    if text not in {one.text for one in assessment.conditions}:
        raise Refusal("area.unknown")

    def met(one: Condition) -> Condition:
        return msgspec.structs.replace(one, met_on=act.day) if one.text == text and one.met_on is None else one

    later = msgspec.structs.replace(assessment, conditions=tuple(met(one) for one in assessment.conditions))
    _revised(act, ASSESSMENT, assessment_id, later)


def void(act: Act, record_id: str, reason: str) -> None:
    """Take back an assessment or a safeguard entered by mistake. Raises Refusal("area.unknown" | "area.reason")."""
    why = told(reason, code("area.reason"))
    assessment = document_of(act.connection, ASSESSMENT, record_id)
    if assessment is not None:
        _revised(act, ASSESSMENT, record_id, msgspec.structs.replace(assessment, void=why))
        return
    safeguard = found(act, SAFEGUARD, record_id)
    _revised(act, SAFEGUARD, record_id, msgspec.structs.replace(safeguard, void=why))


def answer(act: Act, form: SafeguardForm) -> str:
    """Record an answer to one of the other safeguards, signed; returns its id.

    Raises Refusal("area.place" | "area.day" | "area.until" | "area.org" | "area.na" | "area.reason" | "form.code" |
    "area.long" | "area.many").
    """
    coded(form.safeguard if form.safeguard != "L_RISK" else None, AREA_SAFEGUARD, "safeguard")
    coded(form.state, AREA_STATE, "state")
    coded(form.phase, AREA_PHASE, "phase")
    past(act, form.on)
    if form.until is not None and form.until < form.on:
        raise Refusal("area.until")
    if form.state == "NA" and form.safeguard not in MAY_BE_NA:
        raise Refusal("area.na")
    answered = Safeguard(
        place=known_place(act, form.place),
        safeguard=form.safeguard,
        state=form.state,
        on=form.on,
        org=told(form.org, code("area.org")),
        by=act.user.id,
        until=form.until,
        reason=told(form.reason, code("area.reason")) if form.state == "NA" else maybe(form.reason),
        concerns=tuple(told(one, code("area.reason")) for one in few(form.concerns)),
        note=maybe(form.note),
        phase=form.phase,
    )
    return _created(act, SAFEGUARD, answered)


def set_profile(act: Act, place: str, severity: str | None, hotspot: bool, group: str) -> str:
    """Say how severe conditions are and who coordinates there. Raises Refusal("area.place" | "form.code")."""
    if severity is not None:
        coded(severity, AREA_SEVERITY, "severity")
    profile = AreaProfile(known_place(act, place), act.day, severity, hotspot, maybe(group), act.user.id)
    return _created(act, PROFILE, profile)


def raise_alert(act: Act, places: Iterable[str], reason: str) -> tuple[str, ...]:
    """Hold everybody who is to move to these places. Raises Refusal("area.place" | "area.reason")."""
    why = told(reason, code("area.reason"))
    alerts = [Alert(known_place(act, place), act.day, why, act.user.id) for place in dict.fromkeys(places)]
    return tuple(_created(act, ALERT, alert) for alert in alerts)


def lift_alert(act: Act, alert_id: str, reason: str) -> None:
    """Let people move again. Raises Refusal("area.unknown" | "area.lifted" | "area.reason")."""
    alert = found(act, ALERT, alert_id)
    if alert.lifted_on is not None:
        raise Refusal("area.lifted")
    why = told(reason, code("area.reason"))
    later = msgspec.structs.replace(alert, lifted_on=act.day, lifted_by=act.user.id, lifted_why=why)
    _revised(act, ALERT, alert_id, later)


def raise_obstacle(act: Act, form: ObstacleForm) -> str:
    """Record what stands in the way of a place; returns its id.

    Raises Refusal("area.place" | "area.reason" | "area.org" | "area.long" | "form.code").
    """
    coded(form.topic, act.lists.accepted(OBSTACLE_TOPIC), "topic")
    coded(form.level, OBSTACLE_LEVEL, "level")
    coded(form.phase, AREA_PHASE, "phase")
    obstacle = Obstacle(
        place=known_place(act, form.place),
        topic=form.topic,
        level=form.level,
        text=told(form.text, code("area.reason")),
        on=act.day,
        org=told(form.org, code("area.org")),
        by=act.user.id,
        review=form.review,
        phase=form.phase,
    )
    return _created(act, OBSTACLE, obstacle)


def step_obstacle(
    act: Act, obstacle_id: str, text: str, org: str, level: str | None = None, state: str | None = None,
    review: date | None = None,
) -> str:  # fmt: skip
    """Write one line of an obstacle's action log; with it, its level, state or day of review may change.

    Raises Refusal("area.unknown" | "area.reason" | "area.org" | "area.long" | "form.code").
    """
    obstacle = found(act, OBSTACLE, obstacle_id)
    step = ObstacleStep(
        obstacle_id, obstacle.place, act.day, told(text, code("area.reason")), told(org, code("area.org")), act.user.id
    )
    coded(level or obstacle.level, OBSTACLE_LEVEL, "level")
    coded(state or obstacle.state, OBSTACLE_STATE, "state")
    later = msgspec.structs.replace(
        obstacle, level=level or obstacle.level, state=state or obstacle.state, review=review or obstacle.review
    )
    step_id = _created(act, STEP, step, signed=False)
    if later != obstacle:
        _revised(act, OBSTACLE, obstacle_id, later, signed=False)
    return step_id


def note(act: Act, form: NoteForm) -> str:
    """Record evidence of non-viability or a lesson, without a name; returns its id.

    Raises Refusal("area.place" | "area.reason" | "area.org" | "area.long" | "area.families" | "form.code").
    """
    coded(form.kind, AREA_NOTE, "kind")
    coded(form.topic, act.lists.accepted(OBSTACLE_TOPIC), "topic")
    coded(form.phase, AREA_PHASE, "phase")
    if form.families < 0:
        raise Refusal("area.families")
    written = AreaNote(
        place=known_place(act, form.place),
        kind=form.kind,
        topic=form.topic,
        text=told(form.text, code("area.reason")),
        on=act.day,
        org=told(form.org, code("area.org")),
        by=act.user.id,
        families=form.families,
        phase=form.phase,
    )
    return _created(act, NOTE, written, signed=False)


def _created(act: Act, kind: Kind[Document], document: Document, *, signed: bool = True) -> str:
    record_id = act.new_id()
    act.records.create(kind, record_id, document, signed=signed)
    act.concerns(record_id)
    return record_id


def _revised(act: Act, kind: Kind[Document], record_id: str, document: Document, *, signed: bool = True) -> None:
    act.records.revise(kind, record_id, document, signed=signed)
    act.concerns(record_id)
