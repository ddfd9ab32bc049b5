"""Approving planned vouchers: another hand than whoever planned or registered, signed with her own key for each.

Of a list the policy's sample is drawn by hashes (grants/sampling.py); the approver opens and confirms every voucher of
it, and what she saw is kept, signed. One that is found wrong stops the list until it is off it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.assistance.grants.documents import SampleCheck
from helpdesk.assistance.grants.kinds import CASH_NEED, SAMPLE_CHECK
from helpdesk.assistance.grants.sampling import drawn
from helpdesk.assistance.grants.tables import SampleCheckRow
from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.finding import known_voucher, opened
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault.bulk import among
from helpdesk.vault.records import document_of, documents_of, heads_of


class Opened(Struct, frozen=True):
    """A voucher of a sample as the approver sees it: all that its amount follows from, and the family it is for.

    ``seen`` names the revision that was opened. ``persons`` are those of the family today; ``need`` a supervisor's
    reason for other cash. ``own``: she registered the family or planned it, so another must approve.
    """

    id: str
    seen: str
    voucher: Voucher
    household_number: str
    payee: str
    persons: int
    need: str
    own: bool


class _Word(NamedTuple):
    voucher: str
    seen: str
    by: str
    right: bool


def sample_of(view: View, vouchers: Sequence[str]) -> tuple[str, ...]:
    """Those of a list's sample that this supervisor has still to open and confirm."""
    view.only(NAMES)
    wanted = drawn(vouchers, view.day, view.in_force().money)
    confirmed = {row.voucher for row in _checks(view.connection, wanted) if row.by == view.user.id and row.right}
    return tuple(one for one in wanted if one not in confirmed)


def found_wrong(view: View, vouchers: Sequence[str]) -> tuple[str, ...]:
    """Those of a list that some approver opened and found wrong: nothing is approved beside them."""
    view.only(NAMES)
    wrong = {row.voucher for row in _checks(view.connection, vouchers) if not row.right}
    return tuple(one for one in vouchers if one in wrong)


@command("grant.open_sample", roles=(Role.SUPERVISOR,))
def open_sample(act: Act, voucher_id: str) -> Opened:
    """Open one voucher, which leaves its trace. Raises Refusal("voucher.unknown")."""
    voucher = known_voucher(act.connection, voucher_id)
    household = document_of(act.connection, HOUSEHOLD, voucher.household)
    payee = document_of(act.connection, PERSON, voucher.payee)
    needs = documents_of(act.connection, CASH_NEED, voucher.household)
    act.concerns(voucher_id, voucher.household)
    return Opened(
        id=voucher_id,
        seen=_head(act.connection, voucher_id),
        voucher=voucher,
        household_number=household.number if household else "",
        payee=payee.full_name if payee else "",
        persons=len(household.members) if household else 0,
        need=next((need.reason for _, need in needs if need.voucher == voucher_id), ""),
        own=act.user.id in (voucher.planned_by, household.registered_by if household else None),
    )


@command("grant.confirm_sample", roles=(Role.SUPERVISOR,))
def confirm_sample(act: Act, vouchers: tuple[str, ...], voucher_id: str, seen: str, right: bool) -> str:
    """Say of an opened voucher of a list's sample whether it is right; ``seen`` is what :func:`open_sample` named.

    Raises Refusal("grant.not_drawn" | "grant.sample_changed" | "voucher.unknown").
    """
    sample = drawn(vouchers, act.day, act.in_force().money)
    if voucher_id not in sample:
        raise Refusal("grant.not_drawn")
    voucher = known_voucher(act.connection, voucher_id)
    if seen != _head(act.connection, voucher_id):
        raise Refusal("grant.sample_changed")
    record = act.new_id()
    check = SampleCheck(
        voucher_id, voucher.household, seen, right, len(set(vouchers)), len(sample), act.day, act.user.id
    )
    act.records.create(SAMPLE_CHECK, record, check, signed=True)
    act.concerns(record, voucher_id)
    return record


@command("voucher.approve", roles=(Role.SUPERVISOR,))
def approve(act: Act, vouchers: tuple[str, ...]) -> None:
    """Approve planned vouchers, all or none; never her own plan or registration.

    Raises Refusal("voucher.own" | "voucher.state" | "voucher.days" | "voucher.suspended" | "voucher.unknown" |
    "bundle.hard_expired" | "grant.too_many" | "grant.sample" | "grant.sample_wrong").
    """
    money = act.in_force().money
    if day_number(act.day) > act.in_force().hard_expires:
        raise Refusal("bundle.hard_expired")
    if len(vouchers) > money.approve_cap:
        raise Refusal("grant.too_many", most=money.approve_cap)
    for voucher_id in vouchers:
        _check_hands(act, opened(act, voucher_id, "APPROVE"))
    _check_sample(act, vouchers)
    for voucher_id in vouchers:
        voucher = opened(act, voucher_id, "APPROVE")  # again: a list may name one twice
        approved = msgspec.structs.replace(voucher, state="APPROVED", approved_by=act.user.id)
        act.records.revise(VOUCHER, voucher_id, approved, signed=True)
        ledger.note(act, "APPROVE", voucher_id, approved)
    act.concerns(*vouchers)


def _check_hands(act: Act, voucher: Voucher) -> None:
    household = document_of(act.connection, HOUSEHOLD, voucher.household)
    if act.user.id in (voucher.planned_by, household.registered_by if household else None):
        raise Refusal("voucher.own")


def _check_sample(act: Act, vouchers: Sequence[str]) -> None:
    for row in _checks(act.connection, vouchers):
        if not row.right:
            raise Refusal("grant.sample_wrong")
    left = sample_of(act, vouchers)
    if left:
        raise Refusal("grant.sample", count=len(left))


def _checks(connection: Connection, vouchers: Sequence[str]) -> list[_Word]:
    # a word on another revision than the present one says nothing of what would be approved
    statement = select(SampleCheckRow.voucher, SampleCheckRow.seen, SampleCheckRow.by, SampleCheckRow.right).where(
        among(connection, SampleCheckRow.voucher, sorted(set(vouchers)))
    )
    said = [_Word(*row) for row in connection.execute(statement)]
    return [word for word in said if word.seen == _head(connection, word.voucher)]


def _head(connection: Connection, voucher_id: str) -> str:
    return max(heads_of(connection, voucher_id), default=b"").hex()
