"""What the signed table gives: type by household size by distance, its days, and the instalments of one amount.

Nobody types an amount: every one is looked up here, from the bundle in force, and each instalment is a whole number of
the smallest note. Pure but for :func:`policy_for`, which reads the bundle of a view.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.assistance.grants.codes import BY_DAYS, GRANT, IN_KIND
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, MoneyTerms
from helpdesk.desk.commands import View

NO_CURRENCY: Final = "XXX"
"""ISO 4217 for "no currency is involved": arrival packages are counted, not paid."""
_WHOLE: Final = 100


def policy_for(view: View, grant: str) -> GrantPolicy:
    """The policy in force for a grant type. Raises Refusal("grant.no_policy" | "bundle.none")."""
    found = policy_on(view.in_force().grants, grant, day_number(view.day))
    if found is None:
        raise Refusal("grant.no_policy")
    return found


def policy_on(policies: Sequence[GrantPolicy], grant: str, day: int) -> GrantPolicy | None:
    """The policy of a type on a day (its number), the newest version where several hold."""
    held = [one for one in policies if one.type == grant and one.from_day <= day <= one.to_day]
    return max(held, key=lambda one: one.version, default=None)


def needs_distance(policy: GrantPolicy) -> bool:
    """Whether the amount follows from the way's length."""
    return any(row.from_km > 0 or row.to_km is not None for row in policy.amounts)


def row_for(policy: GrantPolicy, persons: int, km: int | None = None) -> GrantAmount:
    """The row of the table. ``km`` whole kilometres, None where the way's length is not known.

    Raises Refusal("grant.no_distance"), Refusal("grant.no_amount", persons=...).
    """
    if km is None and needs_distance(policy):
        raise Refusal("grant.no_distance")
    for row in policy.amounts:
        far = km is None or (row.from_km <= km and (row.to_km is None or km < row.to_km))
        if far and row.from_size <= persons <= row.to_size:
            return row
    raise Refusal("grant.no_amount", persons=persons)


def amount_for(policy: GrantPolicy, persons: int, km: int | None = None) -> int:
    """The whole amount for a household of ``persons``, all instalments together.

    Raises as :func:`row_for`.
    """
    return in_notes(policy, row_for(policy, persons, km).amount)


def days_amount(policy: GrantPolicy, persons: int, days: int) -> int:
    """The amount for so many person-days. Raises Refusal("grant.days", most=...), as :func:`row_for`."""
    row = row_for(policy, persons)
    if days < 1 or (row.days is not None and days > row.days):
        raise Refusal("grant.days", most=row.days or 0)
    return in_notes(policy, row.amount * days)


def in_notes(policy: GrantPolicy, amount: int) -> int:
    """An amount in whole notes, rounded down: what cannot be counted out cannot be paid."""
    return amount - amount % policy.step


def percents_of(policy: GrantPolicy) -> tuple[int, ...]:
    """The percent of each instalment; one of 100 where the table names none."""
    return policy.instalments or (_WHOLE,)


def instalment_of(policy: GrantPolicy, amount: int, instalment: int) -> int:
    """The ``instalment``-th part (from 1) of a whole amount; the last takes what the others left.

    Raises Refusal("grant.instalment", of=...).
    """
    percents = percents_of(policy)
    if not 1 <= instalment <= len(percents):
        raise Refusal("grant.instalment", of=len(percents))
    parts = [in_notes(policy, amount * percent // _WHOLE) for percent in percents[:-1]]
    return (*parts, amount - sum(parts))[instalment - 1]


def check_terms(policies: Sequence[GrantPolicy], money: MoneyTerms) -> None:
    """Refuse what cannot be meant, before it is signed. Raises Refusal("grant.table", type=...), ("grant.money")."""
    for policy in policies:
        check_policy(policy)
    caps = (money.sample_from - 1, money.approve_cap, money.reroute_cap + 1, money.need_days)
    if not 1 <= money.sample_percent <= _WHOLE or min(caps) < 1:
        raise Refusal("grant.money")


def check_policy(policy: GrantPolicy) -> None:
    """Refuse a table that cannot be meant. Raises Refusal("grant.table", type=...)."""
    whole = not policy.instalments or (min(policy.instalments) > 0 and sum(policy.instalments) == _WHOLE)
    sound = (
        policy.type in GRANT
        and whole
        and policy.step > 0
        and policy.valid_days >= 0
        and policy.from_day <= policy.to_day
        and (policy.currency == NO_CURRENCY) == (policy.type == IN_KIND)
        and all(_is_sound(policy, row) for row in policy.amounts)
        and not any(_overlap(one, other) for n, one in enumerate(policy.amounts) for other in policy.amounts[:n])
    )
    if not sound:
        raise Refusal("grant.table", type=policy.type)


def _is_sound(policy: GrantPolicy, row: GrantAmount) -> bool:
    return (
        1 <= row.from_size <= row.to_size
        and row.amount >= policy.step
        and row.from_km >= 0
        and (row.to_km is None or row.to_km > row.from_km)
        and (row.days is None or row.days > 0)
        and (row.days is None or policy.type == BY_DAYS)
    )


def _overlap(one: GrantAmount, other: GrantAmount) -> bool:
    sizes = one.from_size <= other.to_size and other.from_size <= one.to_size
    near = other.to_km is None or one.from_km < other.to_km
    return sizes and near and (one.to_km is None or other.from_km < one.to_km)
