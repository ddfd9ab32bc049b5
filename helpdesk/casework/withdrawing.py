"""Withdrawing in one step, at any moment before departure, without penalty or reason; and taking it back.

The principal says it herself, at the desk or on a phone of the family, before a witness. What stops is the movement
alone: its unpaid vouchers wait for seven days, everything else that is due to the family stays due.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import PAID, UNPAID
from helpdesk.assistance.vouchers.suspending import MOVEMENT, SUSPENDED_DAYS
from helpdesk.casework.codes import REACHED
from helpdesk.casework.documents import Withdrawal
from helpdesk.casework.kinds import WITHDRAWAL
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES
from helpdesk.households.commands import consenting, known_household
from helpdesk.households.kinds import CONSENT, INTENTION
from helpdesk.households.rules import NOTE_LENGTH, among
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.rules import TRACK_OF
from helpdesk.journey.departures.codes import LIVE as ON_A_LIST
from helpdesk.journey.departures.kinds import LINE
from helpdesk.journey.departures.tables import LineRow, MovementRow
from helpdesk.vault.records import document_of, documents_of

_COMES_BACK_TO: Final = ("HOLD", "FOLLOW_UP", "STAYING")
"""States in which a family waited: taking a withdrawal back leads there again and opens nothing else."""


class WithdrawalForm(Struct, frozen=True, forbid_unknown_fields=True):
    """What a withdrawal asks: how the principal was reached, who witnessed it, and a reason only if she gives one."""

    reached: str
    witness: str
    phone: str = ""
    reason: str = ""


class Withdrawn(Struct, frozen=True):
    """What a withdrawal came to, for its receipt: the day, the last day of its vouchers, and how many wait."""

    household: str
    number: str
    on: date
    until: date
    vouchers: int


@command("case.withdraw", roles=FAMILIES)
def withdraw(act: Act, household: str, form: WithdrawalForm) -> Withdrawn:
    """Stop a family's movement because it says so.

    Raises Refusal("withdrawal.witness" | "withdrawal.phone" | "form.code" | "notes.long" | "case.step" |
    "household.unknown" | "household.closed").
    """
    found = known_household(act, household)
    if found.status != "REGISTERED":
        raise Refusal("household.closed")
    among(form.reached, REACHED, "reached")
    if not clean(form.witness):
        raise Refusal("withdrawal.witness")
    if (form.reached == "PHONE") != (form.phone in {phone.number for phone in found.phones}):
        raise Refusal("withdrawal.phone")
    if len(form.reason) > NOTE_LENGTH:
        raise Refusal("notes.long", most=NOTE_LENGTH)
    known = steps.case_of(act, household)
    before = known[1].state if known else ""
    leave_lists(act, household)
    steps.move(act, household, "WITHDRAWN", movement_day=None, resumes=before)
    until = act.day + timedelta(days=SUSPENDED_DAYS)
    _take_back_declarations(act, household, clean(form.witness))
    written = Withdrawal(
        household, steps.known_case(act, household)[0], act.day, before, form.reached, clean(form.witness), until,
        act.user.id, form.phone, clean(form.reason),
    )  # fmt: skip
    act.records.create(WITHDRAWAL, act.new_id(), written, signed=True)
    act.concerns(household)
    return Withdrawn(household, found.number, act.day, until, _suspend(act, household, until))


def leave_lists(act: Act, household: str) -> bool:
    """Take a family off the lists of planned movements, without a reason; whether it stood on one."""
    rows = act.connection.scalars(
        select(LineRow.id)
        .join(MovementRow, MovementRow.id == LineRow.movement)
        .where(LineRow.household == household, LineRow.state.in_(ON_A_LIST), MovementRow.state == "PLANNED")
    ).all()
    for record in rows:
        line = document_of(act.connection, LINE, record)
        if line is not None:
            act.records.revise(LINE, record, msgspec.structs.replace(line, state="OFF", reason=""))
    return bool(rows)


def _take_back_declarations(act: Act, household: str, witness: str) -> None:
    # a declaration says "I move of my own will": who stops no longer says so, and signs anew if she goes after all
    for record, said in documents_of(act.connection, CONSENT, household):
        if said.purpose == "MOVE" and said.answer == "GIVEN":
            gone = msgspec.structs.replace(said, answer="WITHDRAWN", withdrawn_at=act.at, witness=witness)
            act.records.revise(CONSENT, record, gone, signed=True)


def _suspend(act: Act, household: str, until: date) -> int:
    waiting = 0
    for record, voucher in documents_of(act.connection, VOUCHER, household):
        if voucher.grant in MOVEMENT and _may_be_paid(voucher, act.day):
            suspended = msgspec.structs.replace(voucher, suspended_until=until)
            act.records.revise(VOUCHER, record, suspended, signed=True)
            ledger.note(act, "SUSPEND", record, suspended)
            waiting += 1
    return waiting


def _may_be_paid(voucher: Voucher, day: date) -> bool:
    # what was stopped for a dispute may be paid again once that is settled
    return voucher.on(day) in UNPAID or (voucher.state == "DISPUTED" and voucher.was not in PAID)


@command("case.take_back", roles=FAMILIES)
def take_back(act: Act, household: str) -> Case:
    """Undo a withdrawal: the family is where it was, and vouchers whose seven days have not passed are payable again.

    One that was ready or had a day prepares again: ready is declared anew. Raises Refusal("case.step" | "case.none" |
    "consent.data" | "household.unknown").
    """
    consenting(act, household)
    _, case = steps.known_case(act, household)
    if case.state != "WITHDRAWN":
        raise Refusal("case.step", state=case.state or "REGISTERED", to="PREPARING")
    fresh = _again(act, household, case)
    for record, voucher in documents_of(act.connection, VOUCHER, household):
        if voucher.on(act.day) == "SUSPENDED" or (voucher.state == "DISPUTED" and voucher.suspended_until is not None):
            again = _payable_again(voucher, act.user.id)
            act.records.revise(VOUCHER, record, again, signed=True)
            ledger.note(act, "RESUME", record, again)
    act.concerns(household)
    return fresh


def _payable_again(voucher: Voucher, user: str) -> Voucher:
    # an approval stands only as the supervisor signed it, so what was not printed yet is planned and approved again
    if voucher.state not in ("PLANNED", "APPROVED"):
        return msgspec.structs.replace(voucher, suspended_until=None)
    return msgspec.structs.replace(voucher, suspended_until=None, state="PLANNED", planned_by=user, approved_by=None)


def _again(act: Act, household: str, case: Case) -> Case:
    if case.resumes in _COMES_BACK_TO or not case.resumes:
        return steps.move(act, household, case.resumes, resumes="")
    intentions = documents_of(act.connection, INTENTION, household)
    way: dict[str, Any] = {}
    if intentions and intentions[-1][1].choice in TRACK_OF:
        way = {"track": TRACK_OF[intentions[-1][1].choice], "destination": intentions[-1][1].destination}
    return steps.move(act, household, "PREPARING", resumes="", **way)


def withdrawals_of(view: View, household: str) -> tuple[Withdrawal, ...]:
    """Every time a family withdrew, the last at the end."""
    view.only(NAMES)
    return tuple(doc for _, doc in documents_of(view.connection, WITHDRAWAL, household))
