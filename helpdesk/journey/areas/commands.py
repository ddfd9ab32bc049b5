"""What a desk may record of places. Entering what opens a place is for supervisors on the side of return.

Anybody who serves families may raise an alert, an obstacle or a note: closing is never the harder thing.
"""

from __future__ import annotations

from datetime import date

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.journey.areas import planning, recording
from helpdesk.journey.areas.forms import (
    ActionForm,
    AssessmentForm,
    NoteForm,
    ObstacleForm,
    PlanForm,
    SafeguardForm,
    WaiverForm,
)
from helpdesk.journey.areas.standing import refresh

SIDE_OF_RETURN = "RET"
SHOWN = "area_standing"
"""The kind that pages refresh for when a place stands differently."""


def _only_over_there(act: Act) -> None:
    if act.in_force().desk.side != SIDE_OF_RETURN:
        raise Refusal("area.side")


def restand(act: Act) -> None:
    """Work out anew how places stand, after something of them changed."""
    act.records.flush()
    refresh(act.connection, act.day)
    act.touch(SHOWN)


@command("area.assess", roles=(Role.SUPERVISOR,))
def assess(act: Act, form: AssessmentForm) -> str:
    """Record an assessment; a desk on the other side only that a place is not acceptable. As recording.assess.

    Raises Refusal("area.side") too.
    """
    if form.result != "NOT_ACCEPTABLE":
        _only_over_there(act)
    assessment = recording.assess(act, form)
    restand(act)
    return assessment


@command("area.meet", roles=(Role.SUPERVISOR,))
def meet_condition(act: Act, assessment_id: str, text: str) -> None:
    """Note that a condition came true. Raises Refusal("area.side" | "area.unknown")."""
    _only_over_there(act)
    recording.meet_condition(act, assessment_id, text)
    restand(act)


@command("area.void", roles=(Role.SUPERVISOR,))
def void(act: Act, record_id: str, reason: str) -> None:
    """Take back a mistake. Raises Refusal("area.side" | "area.unknown" | "area.reason")."""
    _only_over_there(act)
    recording.void(act, record_id, reason)
    restand(act)


@command("area.answer", roles=(Role.SUPERVISOR,))
def answer(act: Act, form: SafeguardForm) -> str:
    """Record an answer to a safeguard. As recording.answer; Raises Refusal("area.side") too."""
    _only_over_there(act)
    answered = recording.answer(act, form)
    restand(act)
    return answered


@command("area.plan", roles=(Role.SUPERVISOR,))
def make_plan(act: Act, form: PlanForm) -> str:
    """Record a joint action plan. As planning.make_plan; Raises Refusal("area.side") too."""
    _only_over_there(act)
    plan = planning.make_plan(act, form)
    restand(act)
    return plan


@command("area.plan_state", roles=(Role.SUPERVISOR,))
def move_plan(act: Act, plan_id: str, state: str, until: date | None = None) -> None:
    """Agree on a plan or end it. As planning.move_plan; Raises Refusal("area.side") too."""
    _only_over_there(act)
    planning.move_plan(act, plan_id, state, until)
    restand(act)


@command("area.action", roles=FAMILIES)
def add_action(act: Act, plan_id: str, form: ActionForm) -> str:
    """Add an action to a plan. As planning.add_action."""
    return planning.add_action(act, plan_id, form)


@command("area.action_state", roles=FAMILIES)
def move_action(act: Act, action_id: str, state: str, note: str = "") -> None:
    """Say how far an action is. As planning.move_action."""
    planning.move_action(act, action_id, state, note)


@command("area.profile", roles=(Role.SUPERVISOR,))
def set_profile(act: Act, place: str, severity: str | None, hotspot: bool, group: str) -> str:
    """Say how severe conditions are. As recording.set_profile."""
    profile = recording.set_profile(act, place, severity, hotspot, group)
    restand(act)
    return profile


@command("area.alert", roles=FAMILIES)
def raise_alert(act: Act, places: tuple[str, ...], reason: str) -> tuple[str, ...]:
    """Hold everybody who is to move to these places. As recording.raise_alert."""
    alerts = recording.raise_alert(act, places, reason)
    restand(act)
    return alerts


@command("area.lift", roles=(Role.SUPERVISOR,))
def lift_alert(act: Act, alert_id: str, reason: str) -> None:
    """Let people move again. As recording.lift_alert."""
    recording.lift_alert(act, alert_id, reason)
    restand(act)


@command("area.waive", roles=(Role.SUPERVISOR,))
def propose_waiver(act: Act, form: WaiverForm) -> tuple[str, ...]:
    """Propose to waive safeguards of places. As planning.propose_waiver."""
    return planning.propose_waiver(act, form)


@command("area.confirm", roles=FAMILIES)
def confirm_waivers(act: Act, waivers: tuple[str, ...]) -> None:
    """Confirm what another account proposed. As planning.confirm_waivers."""
    planning.confirm_waivers(act, waivers)
    restand(act)


@command("area.unwaive", roles=FAMILIES)
def withdraw_waiver(act: Act, waiver_id: str) -> None:
    """End a waiver. As planning.withdraw_waiver."""
    planning.withdraw_waiver(act, waiver_id)
    restand(act)


@command("area.obstacle", roles=FAMILIES)
def raise_obstacle(act: Act, form: ObstacleForm) -> str:
    """Record what stands in the way of a place. As recording.raise_obstacle."""
    return recording.raise_obstacle(act, form)


@command("area.step", roles=FAMILIES)
def step_obstacle(
    act: Act, obstacle_id: str, text: str, org: str, level: str | None = None, state: str | None = None,
    review: date | None = None,
) -> str:  # fmt: skip
    """Write one line of an obstacle's action log. As recording.step_obstacle."""
    return recording.step_obstacle(act, obstacle_id, text, org, level, state, review)


@command("area.note", roles=FAMILIES)
def note(act: Act, form: NoteForm) -> str:
    """Record evidence of non-viability or a lesson. As recording.note."""
    return recording.note(act, form)
