"""What is written beside vouchers: a supervisor's reason for other cash, and a family's word on the ministry's grant.

The reason is words for the programme alone: it stands on no paper and in no list. The ministry's grant is never ours,
so nothing here makes anything due.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.assistance.grants.documents import CashNeed, MinistryNote
from helpdesk.assistance.grants.kinds import CASH_NEED, MINISTRY_NOTE
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES, Role
from helpdesk.households.codes import YES_NO
from helpdesk.households.commands import consenting
from helpdesk.households.rules import NOTE_LENGTH, among
from helpdesk.vault.records import documents_of

SHORTEST_REASON: Final = 10


class MinistryForm(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of the ministry's grant, codes of ``yes_no``; None for not asked."""

    registered: str | None = None
    file_closed: str | None = None
    return_registered: str | None = None
    q_card: str | None = None
    received: str | None = None
    received_on: date | None = None


@command("grant.give_reason", roles=(Role.SUPERVISOR,))
def give_reason(act: Act, household: str, reason: str) -> str:
    """Say why other cash is due to a family: whoever works at the desk may then plan it once. Returns the record.

    Raises Refusal("household.unknown" | "household.closed" | "consent.data" | "grant.reason" | "notes.long").
    """
    found = consenting(act, household)
    if found.status != "REGISTERED":
        raise Refusal("household.closed")
    said = clean(reason)
    if len(said) < SHORTEST_REASON:
        raise Refusal("grant.reason", shortest=SHORTEST_REASON)
    if len(said) > NOTE_LENGTH:
        raise Refusal("notes.long", most=NOTE_LENGTH)
    record = act.new_id()
    act.records.create(CASH_NEED, record, CashNeed(household, said, act.user.id, act.day), signed=True)
    act.concerns(record, household)
    return record


def use_need(act: Act, household: str, voucher: str) -> None:
    """Note that a voucher stands for the oldest reason that is open. Raises Refusal("grant.no_need")."""
    since = act.day - timedelta(days=act.in_force().money.need_days)
    for record, need in documents_of(act.connection, CASH_NEED, household):
        if need.voucher is None and need.on >= since:
            act.records.revise(CASH_NEED, record, msgspec.structs.replace(need, voucher=voucher))
            return
    raise Refusal("grant.no_need")


def reasons_of(view: View, household: str) -> tuple[CashNeed, ...]:
    """The reasons that supervisors gave for other cash of a family, the last written at the end."""
    view.only((Role.SUPERVISOR, Role.CENTRE))
    return tuple(need for _, need in documents_of(view.connection, CASH_NEED, household))


@command("grant.note_ministry", roles=FAMILIES)
def note_ministry(act: Act, household: str, form: MinistryForm) -> str:
    """Note what a family says of the ministry's grant; earlier notes stay. Returns the record.

    Raises Refusal("household.unknown" | "consent.data" | "form.code" | "grant.ministry" | "grant.ministry_day").
    """
    consenting(act, household)
    answers = msgspec.structs.asdict(form)
    received_on = answers.pop("received_on")
    if not any(answers.values()):
        raise Refusal("grant.ministry")
    for field, answer in answers.items():
        among(answer, YES_NO, field, required=False)
    if received_on is not None and (form.received != "Y" or received_on > act.day):
        raise Refusal("grant.ministry_day")
    record = act.new_id()
    note = MinistryNote(household, act.day, act.user.id, received_on=received_on, **answers)
    act.records.create(MINISTRY_NOTE, record, note)
    act.concerns(record, household)
    return record


def ministry_notes(view: View, household: str) -> tuple[MinistryNote, ...]:
    """What a family said of the ministry's grant, the last at the end."""
    view.only(NAMES)
    return tuple(note for _, note in documents_of(view.connection, MINISTRY_NOTE, household))
