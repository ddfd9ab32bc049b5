"""The signed table: size by distance by type, whole notes, instalments, and what a centre refuses to sign."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.assistance.grants import policy as rules
from helpdesk.assistance.grants.distances import distance_km, great_circle_km
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, MoneyTerms
from helpdesk.desk.places import Gazetteer, Place, load_gazetteer

BANDED = GrantPolicy(
    "TRN", "IQD", 1, 0, 9, 14,
    (
        GrantAmount(1, 4, 100_000, 0, 50), GrantAmount(1, 4, 150_000, 50), GrantAmount(5, 40, 140_000, 0, 50),
        GrantAmount(5, 40, 210_000, 50),
    ),
    step=250,
)  # fmt: skip
DAYS = GrantPolicy("CFW", "IQD", 1, 0, 9, 30, (GrantAmount(1, 40, 25_000, days=20),), step=250)


def policy(**changes: Any) -> GrantPolicy:
    fields: dict[str, Any] = {"amounts": (GrantAmount(1, 40, 400_000),)}
    return msgspec.structs.replace(GrantPolicy("DEP", "IQD", 1, 0, 9, 30, ()), **{**fields, **changes})


def refused(act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)
    return refusal.value.code


# --- the table ---


@pytest.mark.parametrize(
    ("persons", "km", "amount"),
    [(1, 0, 100_000), (4, 49, 100_000), (4, 50, 150_000), (5, 49, 140_000), (40, 900, 210_000)],
)
def test_the_amount_is_the_tables(persons: int, km: int, amount: int) -> None:
    assert rules.amount_for(BANDED, persons, km) == amount


def test_what_the_table_does_not_say() -> None:
    assert refused(rules.amount_for, BANDED, 41, 10) == "grant.no_amount"
    assert refused(rules.amount_for, BANDED, 4, None) == "grant.no_distance"
    assert rules.amount_for(policy(), 4, None) == rules.amount_for(policy(), 4, 700) == 400_000


def test_the_newest_version_of_a_day_holds() -> None:
    old, new, ended = policy(to_day=9), policy(version=2, from_day=5), policy(version=3, to_day=3)
    for day, version in ((0, 3), (3, 3), (4, 1), (5, 2), (9, 2)):
        found = rules.policy_on((old, new, ended), "DEP", day)
        assert found is not None
        assert found.version == version
    assert rules.policy_on((old, new, ended), "DEP", 10) is None
    assert rules.policy_on((old,), "RIN", 5) is None


@pytest.mark.parametrize(("days", "amount"), [(1, 25_000), (13, 325_000), (20, 500_000)])
def test_days_of_work(days: int, amount: int) -> None:
    assert rules.days_amount(DAYS, 6, days) == amount


def test_days_that_no_voucher_pays() -> None:
    assert refused(rules.days_amount, DAYS, 6, 21) == "grant.days"
    assert refused(rules.days_amount, DAYS, 6, 0) == "grant.days"


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 900), st.integers(0, 900))
def test_more_people_or_a_longer_way_is_never_less_where_the_table_never_falls(
    one: int, other: int, near: int, far: int
) -> None:
    few, many = sorted((one, other))
    short, long = sorted((near, far))
    assert rules.amount_for(BANDED, few, short) <= rules.amount_for(BANDED, many, long)


# --- instalments ---


def test_two_instalments() -> None:
    halves = policy(instalments=(60, 40), step=250)
    assert [rules.instalment_of(halves, 400_000, n) for n in (1, 2)] == [240_000, 160_000]
    assert refused(rules.instalment_of, halves, 400_000, 3) == "grant.instalment"
    assert rules.percents_of(policy()) == (100,)


PERCENTS = st.lists(st.integers(1, 40), min_size=1, max_size=6).map(lambda parts: (*parts[:2], 100 - sum(parts[:2])))


@given(PERCENTS, st.integers(1, 20_000), st.sampled_from([1, 250, 1000]))
def test_instalments_come_to_the_whole_amount_in_whole_notes(percents: tuple[int, ...], notes: int, step: int) -> None:
    parts_of = policy(instalments=percents, step=step)
    parts = [rules.instalment_of(parts_of, notes * step, n + 1) for n in range(len(percents))]
    assert sum(parts) == notes * step
    assert all(part >= 0 and part % step == 0 for part in parts)


@given(st.integers(0, 10**7), st.sampled_from([1, 250, 500]))
def test_notes_are_rounded_down(amount: int, step: int) -> None:
    found = rules.in_notes(policy(step=step), amount)
    assert found % step == 0
    assert 0 <= amount - found < step


# --- what a centre signs ---


@pytest.mark.parametrize(
    "one", [policy(), BANDED, DAYS, policy(instalments=(30, 30, 40)), policy(type="KIT", currency="XXX")]
)
def test_a_sound_table(one: GrantPolicy) -> None:
    rules.check_terms((one,), MoneyTerms())


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "MOMD"},
        {"instalments": (60, 50)},
        {"instalments": (100, 0)},
        {"step": 0},
        {"valid_days": -1},
        {"from_day": 10},
        {"type": "KIT"},
        {"currency": "XXX"},
        {"amounts": (GrantAmount(0, 4, 1),)},
        {"amounts": (GrantAmount(5, 4, 1),)},
        {"amounts": (GrantAmount(1, 4, 0),)},
        {"amounts": (GrantAmount(1, 4, 1, 50, 50),)},
        {"amounts": (GrantAmount(1, 4, 1, days=3),)},
        {"amounts": (GrantAmount(1, 4, 1), GrantAmount(4, 9, 2))},
        {"amounts": (GrantAmount(1, 4, 1, 0, 60), GrantAmount(1, 4, 2, 59))},
    ],
)
def test_a_table_that_cannot_be_meant(changes: dict[str, Any]) -> None:
    assert refused(rules.check_policy, policy(**changes)) == "grant.table"


@pytest.mark.parametrize(
    "money",
    [
        MoneyTerms(sample_percent=0), MoneyTerms(sample_percent=101), MoneyTerms(sample_from=1),
        MoneyTerms(approve_cap=0), MoneyTerms(reroute_cap=-1), MoneyTerms(need_days=0),
    ],
)  # fmt: skip
def test_guards_that_cannot_be_meant(money: MoneyTerms) -> None:
    assert refused(rules.check_terms, (), money) == "grant.money"


# --- the way's length ---


def test_a_known_distance() -> None:
    baghdad, mosul = (33.3128, 44.3615), (36.3350, 43.1189)
    assert great_circle_km(baghdad, mosul) == great_circle_km(mosul, baghdad) == 355
    assert great_circle_km(mosul, mosul) == 0
    assert great_circle_km((0.0, 0.0), (0.0, 180.0)) == 20_015


def test_a_place_without_a_point_counts_as_the_wider_one_that_has_one() -> None:
    places = Gazetteer(
        (
            Place("D", "district", "", "D", "", lat=36.0, lon=43.0),
            Place("S", "subdistrict", "D", "S", ""),
            Place("C", "camp", "S", "C", "", lat=36.0, lon=44.0),
            Place("N", "site", "", "N", ""),
        )
    )
    assert distance_km(places, "C", "S") == distance_km(places, "C", "D") == 90
    for one, other in (("C", "N"), ("N", "C"), ("C", None), (None, "C"), ("C", "nowhere")):
        assert distance_km(places, one, other) is None


def test_every_camp_with_a_sub_district_has_a_distance() -> None:
    places = load_gazetteer()
    camps = [place for place in places if place.kind == "camp" and place.parent]
    assert camps
    assert all(distance_km(places, camp.place_id, "IQG15") is not None for camp in camps)
