"""Planning vouchers: a grant that is due becomes a voucher whose amount the signed table gives, never a person.

Approving is another hand's (approving.py); a number comes with the paper (numbering.py).
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.divisions import check_divided, divided_amount
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import LIVE
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantPolicy
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.commands import consenting
from helpdesk.vault.records import documents_of


def amount_for(policy: GrantPolicy, persons: int) -> int:
    """The amount for a household of ``persons``. Raises Refusal("grant.no_amount", persons=...)."""
    for row in policy.amounts:
        if row.from_size <= persons <= row.to_size:
            return row.amount
    raise Refusal("grant.no_amount", persons=persons)


def policy_for(view: View, grant: str) -> GrantPolicy:
    """The policy in force for a grant type. Raises Refusal("grant.no_policy" | "bundle.none")."""
    day = day_number(view.day)
    for policy in view.in_force().grants:
        if policy.type == grant and policy.from_day <= day <= policy.to_day:
            return policy
    raise Refusal("grant.no_policy")


@command("voucher.plan", roles=FAMILIES)
def plan(act: Act, household: str, grant: str, pay_point: int) -> str:
    """Plan a voucher; returns its id. Raises Refusal("voucher.second" | "voucher.divided" | "voucher.pay_point")."""
    if grant not in GRANT:
        raise Refusal("form.code", field="grant")
    found = consenting(act, household)
    policy = policy_for(act, grant)
    if pay_point not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.pay_point")
    known = documents_of(act.connection, VOUCHER, household)
    if any(v.grant == grant and v.on(act.day) in LIVE for _, v in known):
        raise Refusal("voucher.second")
    check_divided(act.connection, household, grant, act.day)
    voucher_id = act.new_id()
    voucher = Voucher(
        household=household,
        grant=grant,
        amount=divided_amount(act.connection, household, len(found.members), partial(amount_for, policy)),
        currency=policy.currency,
        policy=policy.version,
        pay_point=pay_point,
        payee=found.principal,
        first_day=act.day,
        last_day=act.day + timedelta(days=policy.valid_days),
        state="PLANNED",
        planned_by=act.user.id,
        alternate=found.alternate,
    )
    act.records.create(VOUCHER, voucher_id, voucher)
    ledger.note(act, "PLAN", voucher_id, voucher)
    act.concerns(voucher_id, household)
    return voucher_id
