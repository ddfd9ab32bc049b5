"""Places at the centre: entered in its own register, by its own people, and sent to every desk behind its bundle.

The same recording as at a desk (journey/areas); only the register and the accounts that sign are the centre's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection, func, select

from helpdesk.centre.code_lists import in_force
from helpdesk.centre.office import Office
from helpdesk.centre.overview import ask_register
from helpdesk.centre.tables import CentreUserRow
from helpdesk.core.codes import Lists
from helpdesk.desk.bundle import KnownUser
from helpdesk.desk.commands import Act, command
from helpdesk.desk.deriving import last_revision
from helpdesk.desk.roles import Role
from helpdesk.desk.tables import UserRow
from helpdesk.journey.areas import advocacy, planning, queries, recording
from helpdesk.journey.areas.forms import (
    ActionForm,
    AssessmentForm,
    NoteForm,
    ObstacleForm,
    PlanForm,
    SafeguardForm,
    WaiverForm,
)
from helpdesk.journey.areas.standing import Signer, refresh
from helpdesk.journey.cases.deriving import derive_register
from helpdesk.vault.records import Writer
from helpdesk.vault.tables import RevisionRow

P = ParamSpec("P")
R = TypeVar("R")
_THE_CENTRE: Final = (Role.CENTRE,)


def centre_users(connection: Connection) -> tuple[KnownUser, ...]:
    """The centre's own accounts, as every desk learns of them: ids and keys, no names. ``desk`` is 0."""
    rows = connection.execute(select(UserRow).where(UserRow.role == Role.CENTRE.value).order_by(UserRow.id))
    return tuple(
        KnownUser(row.id, row.role, bytes(row.public).hex(), 0, "live" if row.live else "closed", row.closed_on)
        for row in rows
    )


def publics_of(act_connection: Connection, register: Connection) -> dict[str, Signer]:
    """Whose signatures the centre believes: its own people's and those of the desks."""
    found = {
        user.id: Signer(bytes.fromhex(user.pub), user.role, user.desk, user.closed_on)
        for user in centre_users(act_connection)
    }
    for row in register.execute(select(CentreUserRow)):
        found.setdefault(row.id, Signer(bytes.fromhex(row.public), row.role, row.desk, row.closed_on))
    return found


@contextmanager
def _on_register(act: Act, office: Office) -> Iterator[Act]:
    # an act whose pen writes into the register, wherever that stands; its counter is later than all that came
    with office.writing(act) as register:
        highest = register.scalar(select(func.max(RevisionRow.ctr))) or 0
        before = last_revision(register)
        act.records.ctr = max(act.records.ctr, min(highest, 1 << 52))
        pen = act.records
        if register is not act.connection:
            pen = Writer(connection=register, stamp=pen.stamp, ctr=pen.ctr, sign=pen.sign)
        yield replace(act, connection=register, records=pen, own_lists=Lists(in_force(register)))
        pen.flush()
        publics = publics_of(act.connection, register)
        refresh(register, act.day, publics)
        derive_register(register, act.day, before, publics)
        act.records.ctr = max(act.records.ctr, pen.ctr)


def _recorded(
    act: Act, office: Office, function: Callable[Concatenate[Act, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    with _on_register(act, office) as there:
        return function(there, *args, **kwargs)


def restand(act: Act, register: Connection) -> None:
    """Work out anew how places stand at the centre, after batches brought something of them."""
    refresh(register, act.day, publics_of(act.connection, register))


@command("centre.assess", roles=_THE_CENTRE)
def assess(act: Act, office: Office, form: AssessmentForm) -> str:
    """Record an assessment. As recording.assess."""
    return _recorded(act, office, recording.assess, form)


@command("centre.meet", roles=_THE_CENTRE)
def meet_condition(act: Act, office: Office, assessment_id: str, text: str) -> None:
    """Note that a condition came true. As recording.meet_condition."""
    _recorded(act, office, recording.meet_condition, assessment_id, text)


@command("centre.area_void", roles=_THE_CENTRE)
def void(act: Act, office: Office, record_id: str, reason: str) -> None:
    """Take back a mistake. As recording.void."""
    _recorded(act, office, recording.void, record_id, reason)


@command("centre.answer", roles=_THE_CENTRE)
def answer(act: Act, office: Office, form: SafeguardForm) -> str:
    """Record an answer to a safeguard. As recording.answer."""
    return _recorded(act, office, recording.answer, form)


@command("centre.plan", roles=_THE_CENTRE)
def make_plan(act: Act, office: Office, form: PlanForm) -> str:
    """Record a joint action plan. As planning.make_plan."""
    return _recorded(act, office, planning.make_plan, form)


@command("centre.plan_state", roles=_THE_CENTRE)
def move_plan(act: Act, office: Office, plan_id: str, state: str, until: date | None = None) -> None:
    """Agree on a plan or end it. As planning.move_plan."""
    _recorded(act, office, planning.move_plan, plan_id, state, until)


@command("centre.action", roles=_THE_CENTRE)
def add_action(act: Act, office: Office, plan_id: str, form: ActionForm) -> str:
    """Add an action to a plan. As planning.add_action."""
    return _recorded(act, office, planning.add_action, plan_id, form)


@command("centre.action_state", roles=_THE_CENTRE)
def move_action(act: Act, office: Office, action_id: str, state: str, note: str = "") -> None:
    """Say how far an action is. As planning.move_action."""
    _recorded(act, office, planning.move_action, action_id, state, note)


@command("centre.profile", roles=_THE_CENTRE)
def set_profile(act: Act, office: Office, place: str, severity: str | None, hotspot: bool, group: str) -> str:
    """Say how severe conditions are. As recording.set_profile."""
    return _recorded(act, office, recording.set_profile, place, severity, hotspot, group)


@command("centre.alert", roles=_THE_CENTRE)
def raise_alert(act: Act, office: Office, places: tuple[str, ...], reason: str) -> tuple[str, ...]:
    """Hold everybody who is to move to these places. As recording.raise_alert."""
    return _recorded(act, office, recording.raise_alert, places, reason)


@command("centre.lift", roles=_THE_CENTRE)
def lift_alert(act: Act, office: Office, alert_id: str, reason: str) -> None:
    """Let people move again. As recording.lift_alert."""
    _recorded(act, office, recording.lift_alert, alert_id, reason)


@command("centre.area_waive", roles=_THE_CENTRE)
def propose_waiver(act: Act, office: Office, form: WaiverForm) -> tuple[str, ...]:
    """Propose to waive safeguards of places. As planning.propose_waiver."""
    return _recorded(act, office, planning.propose_waiver, form)


@command("centre.confirm", roles=_THE_CENTRE)
def confirm_waivers(act: Act, office: Office, waivers: tuple[str, ...]) -> None:
    """Confirm what another account proposed, here or at a desk. As planning.confirm_waivers."""
    _recorded(act, office, planning.confirm_waivers, waivers)


@command("centre.unwaive", roles=_THE_CENTRE)
def withdraw_waiver(act: Act, office: Office, waiver_id: str) -> None:
    """End a waiver. As planning.withdraw_waiver."""
    _recorded(act, office, planning.withdraw_waiver, waiver_id)


@command("centre.obstacle", roles=_THE_CENTRE)
def raise_obstacle(act: Act, office: Office, form: ObstacleForm) -> str:
    """Record what stands in the way of a place. As recording.raise_obstacle."""
    return _recorded(act, office, recording.raise_obstacle, form)


@command("centre.step", roles=_THE_CENTRE)
def step_obstacle(
    act: Act, office: Office, obstacle_id: str, text: str, org: str, level: str | None = None,
    state: str | None = None, review: date | None = None,
) -> str:  # fmt: skip
    """Write one line of an obstacle's action log. As recording.step_obstacle."""
    return _recorded(act, office, recording.step_obstacle, obstacle_id, text, org, level, state, review)


@command("centre.note", roles=_THE_CENTRE)
def note(act: Act, office: Office, form: NoteForm) -> str:
    """Record evidence of non-viability or a lesson. As recording.note."""
    return _recorded(act, office, recording.note, form)


def _publics(office: Office) -> dict[str, Signer]:
    with office.gate.store.read() as own, office.register.read() as register:
        return publics_of(own, register)


def lines(office: Office, *, everything: bool = False) -> tuple[queries.PlaceLine, ...]:
    """Places by priority, of the whole programme."""
    publics = _publics(office)
    return ask_register(office, lambda view: queries.lines(view, everything=everything, publics=publics))


def place_of(office: Office, place: str) -> queries.PlaceFile:
    """One place whole. Raises Refusal("area.place")."""
    return ask_register(office, queries.place_of, place, _publics(office))


def brief(office: Office, within: str | None = None) -> advocacy.Brief:
    """The advocacy brief of the whole programme."""
    return ask_register(office, advocacy.brief, within)
