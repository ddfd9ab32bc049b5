"""Acts on cash-for-work: open a sheet, enter its days, have a supervisor sign them, plan the vouchers, drop a sheet.

Who entered the days never signs them. One person is paid for one day once: a second sheet with that day is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlalchemy import select

from helpdesk.assistance.attendance import rules
from helpdesk.assistance.attendance.documents import Worker, WorkForm, WorkSheet
from helpdesk.assistance.attendance.kinds import WORK_SHEET
from helpdesk.assistance.attendance.tables import WorkDayRow, WorkSheetRow
from helpdesk.assistance.vouchers.planning import plan_days
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households import paper_forms
from helpdesk.households.commands import consenting
from helpdesk.households.kinds import PERSON
from helpdesk.vault.records import document_of

LONGEST_NAME = 120
SHORTEST_REASON = 10


@command("attendance.open", roles=FAMILIES)
def open_(act: Act, form: WorkForm) -> str:
    """Open a sheet for people who will work; returns its id.

    Raises Refusal("attendance.work" | "attendance.days" | "attendance.nobody" | "attendance.line_twice" |
    "attendance.gone" | "attendance.child" | "person.unknown" | "voucher.pay_point" | "household.*" | "consent.data").
    """
    rules.check_form(form)
    if form.pay_point not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.pay_point")
    workers = []
    for person_id in form.persons:
        person = document_of(act.connection, PERSON, person_id)
        if person is None:
            raise Refusal("person.unknown")
        consenting(act, person.household)
        rules.check_worker(person, form.first)
        workers.append(Worker(person_id, person.household))
    (number,) = paper_forms.draw(1)
    sheet = act.new_id()
    document = WorkSheet(
        number=number,
        desk=act.in_force().desk.number,
        place=form.place,
        work=clean(form.work),
        first=form.first,
        last=form.last,
        pay_point=form.pay_point,
        workers=tuple(workers),
        opened_by=act.user.id,
    )
    act.records.create(WORK_SHEET, sheet, document)
    act.concerns(sheet)
    return sheet


@command("attendance.enter", roles=FAMILIES)
def enter(act: Act, sheet: str, foreman: str, present: Mapping[str, tuple[date, ...]]) -> None:
    """Enter the days of a sheet as the foreman signed them; entering again replaces them until a supervisor signs.

    Raises Refusal("attendance.unknown" | "attendance.state" | "attendance.foreman" | "attendance.not_on_sheet" |
    "attendance.outside" | "attendance.future" | "attendance.empty" | "attendance.twice").
    """
    found = _in_state(act, sheet, "OPEN")
    name = clean(foreman)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal("attendance.foreman", most=LONGEST_NAME)
    days = rules.days_entered(found, present, act.day)
    _check_once(act, sheet, days)
    entered = msgspec.structs.replace(found, present=days, foreman=name, entered_by=act.user.id)
    act.records.revise(WORK_SHEET, sheet, entered)
    act.concerns(sheet)


@command("attendance.sign", roles=(Role.SUPERVISOR,))
def sign(act: Act, sheet: str) -> None:
    """A supervisor stands for the days of a sheet with her own key; never for what she entered herself.

    Raises Refusal("attendance.unknown" | "attendance.state" | "attendance.empty" | "attendance.own" |
    "attendance.twice").
    """
    found = _in_state(act, sheet, "OPEN")
    if not found.present:
        raise Refusal("attendance.empty")
    if found.entered_by == act.user.id:
        raise Refusal("attendance.own")
    _check_once(act, sheet, found.present)
    signed = msgspec.structs.replace(found, state="SIGNED", signed_by=act.user.id)
    act.records.revise(WORK_SHEET, sheet, signed, signed=True)
    act.concerns(sheet)


@command("attendance.plan", roles=FAMILIES)
def plan(act: Act, sheet: str) -> tuple[str, ...]:
    """Plan a voucher for each person of a signed sheet: her days times the policy's rate. Returns the vouchers.

    All of them or none. Raises Refusal("attendance.unknown" | "attendance.state" | "attendance.twice") and those of
    ``vouchers.planning.plan_days``.
    """
    found = _in_state(act, sheet, "SIGNED")
    _check_once(act, sheet, found.present)
    planned = {}
    for worker in found.workers:
        days = found.present.get(worker.person, ())
        if days:
            planned[worker.person] = plan_days(act, worker.household, worker.person, len(days), found.pay_point)
    act.records.revise(WORK_SHEET, sheet, msgspec.structs.replace(found, state="PLANNED", vouchers=planned))
    act.concerns(sheet, *planned.values())
    return tuple(planned.values())


@command("attendance.drop", roles=(Role.SUPERVISOR,))
def drop(act: Act, sheet: str, reason: str) -> None:
    """A sheet that was a mistake: its days count for nothing. What is planned already stays.

    Raises Refusal("attendance.unknown" | "attendance.state" | "attendance.reason").
    """
    found = document_of(act.connection, WORK_SHEET, sheet)
    if found is None:
        raise Refusal("attendance.unknown")
    if found.state not in ("OPEN", "SIGNED"):
        raise Refusal("attendance.state", state=found.state)
    said = clean(reason)
    if not SHORTEST_REASON <= len(said) <= rules.LONGEST_WORK:
        raise Refusal("attendance.reason", shortest=SHORTEST_REASON)
    act.records.revise(WORK_SHEET, sheet, msgspec.structs.replace(found, state="VOID", reason=said), signed=True)
    act.concerns(sheet)


def _in_state(act: Act, sheet: str, state: str) -> WorkSheet:
    found = document_of(act.connection, WORK_SHEET, sheet)
    if found is None:
        raise Refusal("attendance.unknown")
    if found.state != state:
        raise Refusal("attendance.state", state=found.state)
    return found


def _check_once(act: Act, sheet: str, days: Mapping[str, tuple[date, ...]]) -> None:
    # two desks may have entered one person's day: whoever comes to it second is told, here and before planning
    for person, worked in days.items():
        other = act.connection.execute(
            select(WorkDayRow.on, WorkSheetRow.number)
            .join(WorkSheetRow, WorkSheetRow.id == WorkDayRow.sheet)
            .where(WorkDayRow.person == person, WorkDayRow.on.in_(worked), WorkDayRow.sheet != sheet)
            .limit(1)
        ).first()
        if other is not None:
            raise Refusal("attendance.twice", day=other.on, sheet=paper_forms.shown(other.number))
