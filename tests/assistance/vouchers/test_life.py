"""The table of acts and states, and how two desks' words on one voucher meet."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.assistance.vouchers import life
from helpdesk.assistance.vouchers.codes import ACT, STATE
from helpdesk.core.errors import Refusal

DAY = date(2023, 3, 1)
WRITTEN = tuple(state for state in STATE if state not in ("EXPIRED", "SUSPENDED"))
SHOWN = tuple(STATE)

ALLOWED = {
    "PLANNED": "APPROVE SUSPEND VOID",
    "APPROVED": "PRINT SUSPEND VOID",
    "PRINTED": "ISSUE UNCLAIMED LOST DISPUTE REROUTE SUSPEND VOID",
    "ISSUED": "PAY UNCLAIMED LOST DISPUTE REROUTE SUSPEND VOID",
    "PAID": "RECONCILE DISPUTE",
    "RECONCILED": "DISPUTE",
    "UNCLAIMED": "RETURN LOST DISPUTE REROUTE SUSPEND VOID",
    "DISPUTED": "SETTLE VOID",
    "LOST": "REPLACE DISPUTE SUSPEND VOID",
    "REPLACED": "",
    "EXPIRED": "VOID",
    "SUSPENDED": "RESUME VOID",
    "VOID": "",
}


@pytest.mark.parametrize("state", SHOWN)
def test_which_acts_a_state_is_open_to(state: str) -> None:
    assert set(life.allowed(state)) == set(ALLOWED[state].split())


def test_every_act_has_its_step_and_every_state_its_line() -> None:
    assert set(life.STEPS) == set(ACT)
    assert set(ALLOWED) == set(STATE)


@pytest.mark.parametrize(("act", "state"), list(product(life.STEPS, SHOWN)))
def test_an_act_leads_on_or_is_refused(act: str, state: str) -> None:
    if act in ALLOWED[state].split():
        assert life.after(act, state) in STATE
    else:
        with pytest.raises(Refusal, match=r"voucher\.state"):
            life.after(act, state)


@given(st.lists(st.sampled_from(tuple(ACT)), max_size=40))
def test_no_way_leads_back_from_a_payment_or_from_the_end(acts: list[str]) -> None:
    """Whatever is tried, in whatever order: what is paid is never payable again, what is void or replaced stays so."""
    state, paid, was = "PLANNED", False, ""
    for act in acts:
        if act == "VOID" and paid:
            continue  # that a payment stands is asked of the store
        try:
            then = life.after(act, state)
        except Refusal:
            assert act not in ALLOWED[state].split()
            continue
        if act == "DISPUTE":
            was = state
        if act == "SETTLE":
            then = was
        paid = paid or then == "PAID"
        if paid:
            assert then in (*life.PAID, "DISPUTED")
        if state in ("VOID", "REPLACED"):
            raise AssertionError(act)
        state = then


@given(st.sampled_from(WRITTEN), st.sampled_from(WRITTEN), st.sampled_from(WRITTEN))
def test_meeting_is_the_same_in_any_order(one: str, other: str, third: str) -> None:
    assert life.safer_state(one, other) == life.safer_state(other, one)
    assert life.safer_state(one, one) == one
    left = life.safer_state(life.safer_state(one, other), third)
    assert left == life.safer_state(one, life.safer_state(other, third))


@given(st.sampled_from(WRITTEN), st.sampled_from(WRITTEN))
def test_a_meeting_never_makes_anything_payable(one: str, other: str) -> None:
    met = life.safer_state(one, other)
    if met in life.PAYABLE:
        assert one in (*life.PAYABLE, "APPROVED", "PLANNED")
        assert other in (*life.PAYABLE, "APPROVED", "PLANNED")
    if life.PAID[0] in (one, other):
        assert met in (*life.PAID, "DISPUTED")


@given(st.sampled_from(WRITTEN), st.integers(-40, 40), st.one_of(st.none(), st.integers(-40, 40)))
def test_days_only_close(state: str, last: int, until: int | None) -> None:
    """A later day never opens what an earlier one closed."""
    last_day = DAY + timedelta(days=last)
    suspended = None if until is None else DAY + timedelta(days=until)
    found = [life.effective(state, suspended, last_day, DAY + timedelta(days=days)) for days in range(-50, 50)]
    if state not in life.UNPAID:
        assert set(found) == {state}
    if state in life.PAYABLE:
        open_ = [one in life.PAYABLE for one in found]
        assert open_ == sorted(open_, reverse=True)
        assert not open_[-1]
    if suspended is not None:
        assert not any(one in life.PAYABLE for one in found)
