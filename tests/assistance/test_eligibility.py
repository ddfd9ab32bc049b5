"""Which grant is due to whom, as a table of families by grants, each answer with its reasons; and the sample's draw."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.assistance.grants.codes import GRANT, MOVEMENT, ONCE, REASON
from helpdesk.assistance.grants.eligibility import Eligibility, GrantFacts, Held, eligibility
from helpdesk.assistance.grants.reasons import refusal_of
from helpdesk.assistance.grants.sampling import drawn
from helpdesk.core.language import Words
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, MoneyTerms
from helpdesk.journey.cases.codes import STATE

AGAINST = REASON.entries[REASON.entries.index("FAMILY_CLOSED") :]


def facts(**changes: Any) -> GrantFacts:
    """A displaced family of five that has its day and drives itself."""
    fields: dict[str, Any] = {"state": "SCHEDULED", "mode": "SELF", "payee": "p", "case": "c", "km": 80}
    return GrantFacts("h", **{"population": "CAMP", "persons": 5, **fields, **changes})


def arrived(**changes: Any) -> GrantFacts:
    """The same after it arrived, its departure proven."""
    return facts(**{"state": "ARRIVED", "departed": True, "proven": True, **changes})


def policy(grant: str, **changes: Any) -> GrantPolicy:
    found = GrantPolicy(grant, "IQD", 1, 0, 9, 30, (GrantAmount(1, 10, 400_000),))
    return msgspec.structs.replace(found, **changes)


def answer(grant: str, of: GrantFacts, **changes: Any) -> Eligibility:
    return eligibility(grant, of, policy(grant, **changes))


# --- the table ---

FAMILIES = {
    "preparing": facts(state="PREPARING", mode=""),
    "scheduled": facts(),
    "scheduled in a bus": facts(mode="IOM"),
    "departed": facts(state="DEPARTED", departed=True, proven=True),
    "departed against the rules": facts(state="DEPARTED", departed=True, proven=False),
    "arrived": arrived(),
    "arrived and asked": arrived(profiled=True),
    "arrived, departure elsewhere": arrived(departed=False, proven=None),
    "arrived on its own": arrived(departed=False, proven=None, reason="OWN"),
    "left on its own": facts(state="UNFACILITATED", reason="CLOSURE", mode=""),
    "withdrawn": facts(state="WITHDRAWN", mode=""),
    "staying": facts(state="STAYING", mode=""),
    "came back before": GrantFacts("h", "RET", 5, payee="p", profiled=True),
    "host": GrantFacts("h", "HOST", 5, payee="p", profiled=True),
    "host, not asked": GrantFacts("h", "HOST", 5, payee="p"),
}
DUE = {
    "preparing": "",
    "scheduled": "TRN DEP",
    "scheduled in a bus": "DEP",
    "departed": "TRN DEP",
    "departed against the rules": "",
    "arrived": "DEP RIN KIT",
    "arrived and asked": "DEP RIN RIG LIV SME KIT",
    "arrived, departure elsewhere": "RIN KIT",
    "arrived on its own": "RIN KIT",
    "left on its own": "",
    "withdrawn": "",
    "staying": "",
    "came back before": "LIV SME",
    "host": "LIV SME",
    "host, not asked": "",
}


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_due_to_whom(family: str) -> None:
    assert " ".join(grant for grant in GRANT if answer(grant, FAMILIES[family]).due) == DUE[family]


@pytest.mark.parametrize(
    ("grant", "family", "reason"),
    [
        ("DEP", "preparing", "NO_DAY"),
        ("TRN", "departed against the rules", "UNPROVEN"),
        ("DEP", "departed against the rules", "UNPROVEN"),
        ("DEP", "arrived, departure elsewhere", "DEPARTURE_UNKNOWN"),
        ("DEP", "arrived on its own", "LEFT_ALONE"),
        ("DEP", "left on its own", "LEFT_ALONE"),
        ("TRN", "left on its own", "LEFT_ALONE"),
        ("TRN", "scheduled in a bus", "TRANSPORTED"),
        ("TRN", "arrived", "NO_DAY"),
        ("RIN", "departed", "NOT_ARRIVED"),
        ("RIG", "arrived", "NOT_PROFILED"),
        ("LIV", "host, not asked", "NOT_PROFILED"),
        ("KIT", "host", "HOST"),
        ("CASH", "arrived", "NO_NEED"),
        ("CFW", "arrived", "NO_DAYS"),
        *((grant, "withdrawn", "WITHDRAWN") for grant in MOVEMENT),
        *((grant, "host", "HOST") for grant in MOVEMENT),
        *((grant, "came back before", "CAME_BACK_ALONE") for grant in MOVEMENT),
    ],
)
def test_why_not(grant: str, family: str, reason: str) -> None:
    assert reason in answer(grant, FAMILIES[family]).reasons


@pytest.mark.parametrize(
    ("grant", "of", "reasons"),
    [
        ("TRN", facts(), ("DAY_GIVEN", "OWN_VEHICLE")),
        ("DEP", facts(), ("DAY_GIVEN",)),
        ("DEP", arrived(), ("DEPARTED",)),
        ("RIN", arrived(), ("ARRIVED",)),
        ("RIG", arrived(profiled=True), ("ARRIVED", "PROFILED")),
        ("LIV", FAMILIES["host"], ("HOST_FAMILY", "PROFILED")),
        ("SME", FAMILIES["came back before"], ("RETURNED", "PROFILED")),
        ("CASH", facts(needs=1), ("NEED",)),
        ("CASH", facts(state="WITHDRAWN", needs=1), ("NEED",)),  # to withdraw costs nobody anything else
        ("CFW", GrantFacts("h", "HOST", 5, payee="p", days=3), ("WORKED",)),
        ("KIT", arrived(), ("ARRIVED",)),
    ],
)
def test_why(grant: str, of: GrantFacts, reasons: tuple[str, ...]) -> None:
    assert answer(grant, of) == Eligibility(grant, True, reasons)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"closed": True}, "FAMILY_CLOSED"),
        ({"consents": False}, "NO_CONSENT"),
        ({"payee": None}, "NO_ADULT"),
        ({"persons": 11}, "NO_AMOUNT"),
    ],
)
@pytest.mark.parametrize("grant", GRANT)
def test_what_holds_for_every_grant(grant: str, changes: dict[str, Any], reason: str) -> None:
    assert reason in answer(grant, arrived(profiled=True, needs=1, days=1, **changes)).reasons


def test_the_table_must_say_something() -> None:
    assert eligibility("DEP", facts(), None).reasons == ("NO_POLICY",)
    banded = (GrantAmount(1, 10, 400_000, 0, 100), GrantAmount(1, 10, 500_000, 100))
    assert answer("TRN", facts(), amounts=banded).due
    assert answer("TRN", facts(km=None), amounts=banded).reasons == ("NO_DISTANCE",)
    assert answer("KIT", arrived(kits=1)).reasons == ("KIT_GIVEN",)


# --- once, and in parts ---


@pytest.mark.parametrize("grant", ONCE)
def test_once_in_a_case(grant: str) -> None:
    of = facts() if grant == "TRN" else arrived(profiled=True)
    for held, reason in (
        (Held(grant, "c"), "HAD"),
        (Held(grant, "c", paid=True), "HAD"),
        (Held(grant, None), "HAD"),  # planned before vouchers named their case
        (Held(grant, "other", whole=True), "WHOLE_FAMILY"),
    ):
        assert answer(grant, msgspec.structs.replace(of, held=(held,))).reasons == (reason,)
    for other in (Held(grant, "an earlier case"), Held("CASH", "c")):
        assert answer(grant, msgspec.structs.replace(of, held=(other,))).due


def test_instalments_follow_one_another() -> None:
    of = arrived(profiled=True)

    def after(*held: Held, together: bool = False) -> Eligibility:
        return answer("RIG", msgspec.structs.replace(of, held=held), instalments=(50, 30, 20), together=together)

    assert after() == Eligibility("RIG", True, ("ARRIVED", "PROFILED"), 1, 3)
    assert after(Held("RIG", "c")) == Eligibility("RIG", False, ("EARLIER_UNPAID",), 2, 3)
    assert after(Held("RIG", "c", paid=True)) == Eligibility("RIG", True, ("ARRIVED", "PROFILED", "FOLLOWS"), 2, 3)
    first_two = Held("RIG", "c", paid=True), Held("RIG", "c", 2, paid=True)
    assert after(*first_two).instalment == 3
    assert after(*first_two, Held("RIG", "c", 3)).reasons == ("HAD",)
    assert after(first_two[0], Held("RIG", "c", 3)).instalment == 2  # the second one was void
    assert after(Held("RIG", "c"), together=True).due


@given(
    st.sampled_from(tuple(GRANT)),
    st.sampled_from(("CAMP", "OOC", "RET", "HOST")),
    st.sampled_from(("", *STATE)),
    st.sampled_from(("", "OWN", "DK")),
    st.sampled_from(("", "SELF", "IOM", "MOMD")),
    st.sampled_from((None, True, False)),
    st.booleans(),
    st.booleans(),
)
def test_every_answer_has_its_reasons_and_hosts_and_withdrawn_get_nothing_of_a_movement(
    grant: str, population: str, state: str, reason: str, mode: str, proven: bool | None, profiled: bool, work: bool
) -> None:
    of = facts(
        population=population, state=state, reason=reason, mode=mode, proven=proven, departed=proven is not None,
        profiled=profiled, needs=int(work), days=int(work),
    )  # fmt: skip
    found = answer(grant, of)
    assert found.reasons
    assert all((one in AGAINST) is not found.due for one in found.reasons)
    if grant in MOVEMENT and (population in ("HOST", "RET") or state == "WITHDRAWN"):
        assert not found.due
    if grant == "DEP" and of.left_alone:
        assert not found.due


# --- words ---


def test_every_reason_has_its_words_and_every_no_its_refusal() -> None:
    words = Words("en")
    for reason in REASON:
        assert words.label(REASON.name, reason) != reason
    for reason in AGAINST:
        refusal = refusal_of(Eligibility("DEP", False, (reason,)), facts())
        assert words.sentence(refusal) != refusal.code


# --- the sample ---

IDS = st.sets(st.integers(0, 10**6).map(lambda n: f"voucher-{n}"), min_size=2, max_size=60)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(IDS, DAYS, st.integers(1, 100))
def test_the_sample_is_the_policys_share_and_nobody_chooses_it(ids: set[str], day: date, percent: int) -> None:
    money = MoneyTerms(sample_percent=percent)
    sample = drawn(sorted(ids), day, money)
    assert len(sample) == max(1, -(-len(ids) * percent // 100))
    assert set(sample) <= ids
    assert drawn(sorted(ids, reverse=True), day, money) == sample


@given(IDS, DAYS)
def test_leaving_one_off_takes_no_other_out_of_the_sample(ids: set[str], day: date) -> None:
    money = MoneyTerms(sample_percent=20, sample_from=1)
    sample = drawn(ids, day, money)
    for left_off in ids:
        if len(ids) > 1:
            rest = drawn(ids - {left_off}, day, money)
            assert set(sample) - {left_off} <= {*rest, sample[-1]}


def test_the_draw_is_another_one_on_another_day() -> None:
    ids = [f"voucher-{n}" for n in range(100)]
    days = [date(2026, 11, 21) + timedelta(days=n) for n in range(5)]
    assert len({drawn(ids, day, MoneyTerms()) for day in days}) == 5
    assert drawn(ids[:1], days[0], MoneyTerms()) == ()
