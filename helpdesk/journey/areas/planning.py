"""Joint action plans and waivers of places: what several people agree on, written inside somebody's act.

A waiver is two signed acts of two accounts; the second names the very revision it read. What was found out about a
place (not acceptable, a condition overdue, an alert) nobody can waive.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec
from sqlalchemy import select

from helpdesk.core.errors import Refusal, code
from helpdesk.desk.commands import Act
from helpdesk.journey.areas.codes import ACTION_STATE, AREA_SAFEGUARD, PLAN_STATE
from helpdesk.journey.areas.documents import AreaPlan, AreaWaiver, PlanAction, WaiverConfirmed
from helpdesk.journey.areas.forms import ActionForm, PlanForm, WaiverForm
from helpdesk.journey.areas.kinds import ACTION, CONFIRMED, PLAN, WAIVER
from helpdesk.journey.areas.recording import coded, few, found, known_place, maybe, past, told
from helpdesk.vault.records import decode_revision, heads_of
from helpdesk.vault.tables import RevisionRow

LONGEST_WAIVER: Final = timedelta(days=92)
"""What was not done for three months is asked for again."""


def make_plan(act: Act, form: PlanForm) -> str:
    """Record a joint action plan with its first actions; returns its id.

    Raises Refusal("area.place" | "area.day" | "area.until" | "area.title" | "area.org" | "area.owner" |
    "area.reason" | "area.long" | "area.many").
    """
    past(act, form.on)
    if form.until is not None and form.until < form.on:
        raise Refusal("area.until")
    plan = AreaPlan(
        place=known_place(act, form.place),
        title=told(form.title, code("area.title")),
        group=maybe(form.group),
        state="AGREED" if form.agreed else "DRAFT",
        on=form.on,
        org=told(form.org, code("area.org")),
        by=act.user.id,
        until=form.until,
    )
    plan_id = act.new_id()
    act.records.create(PLAN, plan_id, plan, signed=True)
    act.concerns(plan_id)
    for action in few(form.actions):
        _add(act, plan_id, plan.place, action)
    return plan_id


def move_plan(act: Act, plan_id: str, state: str, until: date | None = None) -> None:
    """Agree on a plan from today, or end it. Raises Refusal("area.unknown" | "area.until" | "form.code")."""
    coded(state, PLAN_STATE, "state")
    plan = found(act, PLAN, plan_id)
    if until is not None and until < act.day:
        raise Refusal("area.until")
    later = msgspec.structs.replace(plan, state=state, on=act.day, until=until or plan.until)
    act.records.revise(PLAN, plan_id, later, signed=True)
    act.concerns(plan_id)


def add_action(act: Act, plan_id: str, form: ActionForm) -> str:
    """Add an action to a plan; returns its id. Raises Refusal("area.unknown" | "area.owner" | "area.reason")."""
    return _add(act, plan_id, found(act, PLAN, plan_id).place, form)


def _add(act: Act, plan_id: str, place: str, form: ActionForm) -> str:
    action = PlanAction(
        plan_id, place, told(form.text, code("area.reason")), told(form.owner, code("area.owner")), form.due
    )
    action_id = act.new_id()
    act.records.create(ACTION, action_id, action)
    act.concerns(action_id)
    return action_id


def move_action(act: Act, action_id: str, state: str, note: str = "") -> None:
    """Say how far an action is. Raises Refusal("area.unknown" | "form.code" | "area.long")."""
    coded(state, ACTION_STATE, "state")
    action = found(act, ACTION, action_id)
    done = (action.done_on or act.day) if state == "DONE" else None
    later = msgspec.structs.replace(action, state=state, done_on=done, note=maybe(note) or action.note)
    act.records.revise(ACTION, action_id, later)
    act.concerns(action_id)


def propose_waiver(act: Act, form: WaiverForm) -> tuple[str, ...]:
    """Propose to waive safeguards of places, one waiver each, signed; they hold once another account confirmed them.

    Raises Refusal("area.place" | "area.reason" | "area.until" | "form.code" | "area.many").
    """
    if not form.safeguards or not form.places:
        raise Refusal("form.code", field="safeguards")
    for safeguard in form.safeguards:
        coded(safeguard, AREA_SAFEGUARD, "safeguards")
    if not act.day <= form.until <= act.day + LONGEST_WAIVER:
        raise Refusal("area.until")
    safeguards = tuple(code for code in AREA_SAFEGUARD if code in form.safeguards)
    made = []
    for place in dict.fromkeys(form.places):
        waiver = AreaWaiver(
            place=known_place(act, place),
            safeguards=safeguards,
            reason=told(form.reason, code("area.reason")),
            on=act.day,
            until=form.until,
            by=act.user.id,
        )
        made.append(act.new_id())
        act.records.create(WAIVER, made[-1], waiver, signed=True)
    act.concerns(*made)
    return tuple(made)


def confirm_waivers(act: Act, waivers: tuple[str, ...]) -> None:
    """Confirm what another account proposed, signed: all of them or none.

    Raises Refusal("area.unknown" | "area.own_waiver" | "area.waiver_over").
    """
    for waiver_id in waivers:
        waiver = found(act, WAIVER, waiver_id)
        if waiver.state != "PROPOSED" or waiver.until < act.day:
            raise Refusal("area.waiver_over")
        seen = max(heads_of(act.connection, waiver_id))
        body = act.connection.scalar(select(RevisionRow.body).where(RevisionRow.hash == seen))
        writer = decode_revision(bytes(body)).user if body is not None else waiver.by
        if act.user.id in (waiver.by, writer):
            raise Refusal("area.own_waiver")
        word = WaiverConfirmed(waiver_id, waiver.place, seen.hex(), act.day, act.user.id)
        act.records.create(CONFIRMED, act.new_id(), word, signed=True)
    act.concerns(*waivers)


def withdraw_waiver(act: Act, waiver_id: str) -> None:
    """End a waiver, whoever made it. Raises Refusal("area.unknown" | "area.waiver_over")."""
    waiver = found(act, WAIVER, waiver_id)
    if waiver.state != "PROPOSED":
        raise Refusal("area.waiver_over")
    act.records.revise(WAIVER, waiver_id, msgspec.structs.replace(waiver, state="WITHDRAWN"), signed=True)
    act.concerns(waiver_id)
