"""Planning vouchers: a grant that is due becomes a voucher whose amount the signed table gives, never a person.

One family, many at once, or days of work. Approving is another hand's (approving.py); a number comes with the paper
(numbering.py).
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from helpdesk.assistance.grants.codes import BY_DAYS, GRANT, IN_KIND, ONCE, WITH_A_NEED
from helpdesk.assistance.grants.commands import use_need
from helpdesk.assistance.grants.eligibility import GrantFacts, eligibility
from helpdesk.assistance.grants.facts import facts_of
from helpdesk.assistance.grants.policy import days_amount, instalment_of, needs_distance, policy_for
from helpdesk.assistance.grants.reasons import refusal_of
from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.entitlements import held_by, policy_of, whole_amount
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.core.errors import HelpDeskError, Refusal
from helpdesk.desk.bundle import GrantPolicy
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.journey.cases.gate import NotNow, not_now


class Planned(Struct, frozen=True):
    """What planning for many came to: the vouchers, and the families to whom the grant is not due, with the reason."""

    vouchers: tuple[str, ...]
    refused: tuple[NotNow, ...]


@command("voucher.plan", roles=FAMILIES)
def plan(act: Act, household: str, grant: str, pay_point: int) -> str:
    """Plan what is due next of a grant; returns the voucher's id, the first where instalments are planned together.

    Raises Refusal("form.code" | "voucher.pay_point" | "grant.in_kind" | "grant.by_days" | "household.unknown"), and
    the reasons against a grant (grants/reasons.py).
    """
    _check(act, grant, pay_point)
    return _plan(act, household, grant, pay_point)[0]


@command("grant.plan", roles=FAMILIES)
def plan_many(act: Act, households: tuple[str, ...], grant: str, pay_point: int) -> Planned:
    """Plan a grant for every one of these families to whom it is due; nobody holds the others back.

    Raises Refusal("form.code" | "voucher.pay_point" | "grant.in_kind" | "grant.by_days").
    """
    _check(act, grant, pay_point)
    planned: list[str] = []
    refused = []
    for household in dict.fromkeys(households):
        try:
            planned += _plan(act, household, grant, pay_point)
        except HelpDeskError as refusal:
            refused.append(not_now(household, refusal))
    return Planned(tuple(planned), tuple(refused))


def plan_days(act: Act, household: str, payee: str, person_days: int, pay_point: int) -> str:
    """Plan cash-for-work for days of work that a signed sheet shows; returns the voucher's id.

    Not a command: whoever closes the sheet calls it, once for each person. Raises Refusal("voucher.pay_point" |
    "grant.days"), and the reasons against a grant.
    """
    _check_point(act, pay_point)
    facts = facts_of(act, household, held=held_by(act, household), payee=payee, days=person_days)
    policy = _due(act, BY_DAYS, facts)
    amount = days_amount(policy, facts.persons, person_days)
    return _write(act, facts, policy, pay_point, amount, {"days": person_days})


def _check(act: Act, grant: str, pay_point: int) -> None:
    if grant not in GRANT:
        raise Refusal("form.code", field="grant")
    if grant == IN_KIND:
        raise Refusal("grant.in_kind")
    if grant == BY_DAYS:
        raise Refusal("grant.by_days")
    _check_point(act, pay_point)


def _check_point(act: Act, pay_point: int) -> None:
    if pay_point not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.pay_point")


def _due(act: Act, grant: str, facts: GrantFacts) -> GrantPolicy:
    found = eligibility(grant, facts, policy_of(act, grant))
    if not found.due:
        raise refusal_of(found, facts)
    return policy_for(act, grant)


def _plan(act: Act, household: str, grant: str, pay_point: int) -> list[str]:
    act.records.flush()  # what the same act planned is held like any other
    facts = facts_of(act, household, held=held_by(act, household))
    policy = _due(act, grant, facts)
    found = eligibility(grant, facts, policy)
    whole = whole_amount(act, facts, policy)
    parts = range(found.instalment, found.of + 1) if policy.together else (found.instalment,)
    basis = {"size": facts.persons, "whole": whole}
    if facts.km is not None and needs_distance(policy):
        basis["km"] = facts.km
    planned = [
        _write(act, facts, policy, pay_point, instalment_of(policy, whole, part), basis, part, found.of)
        for part in parts
        # what is not given once may be given again beside what is held
        if grant not in ONCE
        or not any(one.grant == grant and one.instalment == part and one.case == facts.case for one in facts.held)
    ]
    if grant == WITH_A_NEED:
        act.records.flush()
        use_need(act, household, planned[0])
    return planned


def _write(
    act: Act,
    facts: GrantFacts,
    policy: GrantPolicy,
    pay_point: int,
    amount: int,
    basis: dict[str, int],
    instalment: int = 1,
    of: int = 1,
) -> str:
    assert facts.payee is not None  # no grant is due to a family without an adult
    voucher_id = act.new_id()
    voucher = Voucher(
        household=facts.household,
        grant=policy.type,
        amount=amount,
        currency=policy.currency,
        policy=policy.version,
        pay_point=pay_point,
        payee=facts.payee,
        first_day=act.day,
        last_day=act.day + timedelta(days=policy.valid_days),
        state="PLANNED",
        planned_by=act.user.id,
        case=facts.case if policy.type in ONCE else None,
        instalment=instalment,
        of=of,
        alternate=facts.alternate,
        basis=basis,
    )
    act.records.create(VOUCHER, voucher_id, voucher)
    ledger.note(act, "PLAN", voucher_id, voucher)
    act.concerns(voucher_id, facts.household)
    return voucher_id
