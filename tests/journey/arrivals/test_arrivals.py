"""Arrivals are held to their rules: facts without a departure, one that counts, days that move calls, profiles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import commands as families
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.kinds import PROTECTION
from helpdesk.households.paper_forms import draw
from helpdesk.journey.arrivals import commands, papers, profiling, queries, rules
from helpdesk.journey.arrivals.documents import (
    Arrival,
    ArrivalForm,
    LivelihoodAnswers,
    ProfileForm,
    ProtectionAnswers,
    ShelterAnswers,
)
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate
from helpdesk.journey.cases.kinds import earlier_day
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.monitoring.starts import start_of
from helpdesk.opening import Desk
from helpdesk.vault.tables import RevisionRow
from tests.journey.ready import Hands, declare, preparing_family
from tests.people import small_form

DAY = date(2026, 11, 21)


def registered(desk: Desk, **changes: Any) -> str:
    form = small_form(desk.clock, **changes)
    desk.do(families.register, form)
    return str(form.household_id)


def departed_family(hands: Hands) -> str:
    """A family that left today, with everything the gate asks."""
    household = preparing_family(hands.as_("clerk"))
    declare(hands.as_("clerk"), household)
    desk = hands.as_("supervisor")
    day = desk.clock.now().date()
    desk.do(_ready, household)
    desk.do(_schedule, household, day)
    desk.do(_depart, household, day)
    return household


@command("test.ready", roles=FAMILIES)
def _ready(act: Act, household: str) -> None:
    gate.declare_ready(act, household)


@command("test.schedule", roles=FAMILIES)
def _schedule(act: Act, household: str, day: date) -> None:
    gate.schedule(act, household, day)


@command("test.depart", roles=FAMILIES)
def _depart(act: Act, household: str, day: date) -> None:
    gate.depart(act, household, day)


def arrival_of(desk: Desk, household: str) -> queries.ArrivalShown:
    return desk.ask(queries.arrival_of, household)


def test_a_departed_family_is_scanned_in(hands: Hands) -> None:
    household = departed_family(hands)
    desk = hands.as_("clerk")
    assert desk.ask(queries.ids, "EXPECTED") == [household]
    today = desk.clock.now().date()
    counted = desk.do(commands.scan, household)
    assert (counted.families, counted.people, counted.expected_families) == (1, 3, 0)
    assert desk.do(commands.scan, household) == counted
    shown = arrival_of(desk, household)
    assert (shown.state, shown.differences, shown.others) == ("ARRIVED", (), 0)
    standing = desk.ask(standing_of, household)
    assert (standing.arrived_on, standing.facilitated, standing.incident) == (today, True, "")
    with pytest.raises(Refusal, match=r"arrival\.known"):
        desk.do(commands.record, ArrivalForm(household))
    assert desk.ask(queries.ids, "HERE") == [household]
    assert desk.ask(queries.ids, "EXPECTED") == []


def test_a_family_nobody_knows_to_have_left_says_why_it_came(hands: Hands) -> None:
    desk = hands.as_("clerk")
    household = registered(desk)
    with pytest.raises(Refusal, match=r"arrival\.not_departed"):
        desk.do(commands.scan, household)
    with pytest.raises(Refusal, match=r"form\.code"):
        desk.do(commands.record, ArrivalForm(household, unplanned="FLEW"))
    desk.do(commands.record, ArrivalForm(household, unplanned="CLOSURE"))
    standing = desk.ask(standing_of, household)
    # it arrived, it is called, and it counts as no facilitated departure
    assert (standing.state, standing.reason, standing.facilitated) == ("ARRIVED", "CLOSURE", None)
    assert arrival_of(desk, household).differences == ("NO_DEPARTURE",)


def test_a_family_that_is_held_or_prepares_is_asked_too(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    desk = hands.as_("clerk")
    with pytest.raises(Refusal, match=r"arrival\.not_departed"):
        desk.do(commands.scan, household)
    desk.do(cases.hold, (household,), "ILLNESS")
    desk.do(commands.record, ArrivalForm(household, unplanned="OWN"))
    assert desk.ask(standing_of, household).state == "ARRIVED"


@pytest.mark.parametrize("population", ["RET", "HOST"])
def test_who_lives_there_has_a_profile_and_no_arrival(hands: Hands, population: str) -> None:
    desk = hands.as_("clerk")
    household = registered(desk, population=population)
    with pytest.raises(Refusal, match=r"arrival\.not_displaced"):
        desk.do(commands.record, ArrivalForm(household, unplanned="OWN"))
    desk.do(profiling.profile, ProfileForm(household, ShelterAnswers(tenure="OWN")))
    (found,) = desk.ask(profiling.profiles_of, household)
    assert found.shelter.tenure == "OWN"
    # whoever came back by itself is called from its own return
    if population == "RET":
        assert start_of_now(desk, household) is None


def start_of_now(desk: Desk, household: str) -> Any:
    return desk.ask(lambda view: start_of(view.connection, household))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": DAY + timedelta(days=1)}, "arrival.day"),
        ({"on": DAY - timedelta(days=1)}, "arrival.day"),
        ({"kits": 21}, "arrival.kits"),
        ({"kits": -1}, "arrival.kits"),
        ({"momd": "7" * 41}, "arrival.reference"),
        ({"shelter": "CASTLE"}, "form.code"),
        ({"incidents": ("RAIN",)}, "form.code"),
        ({"members": {"0": "ARRIVED"}}, "form.code"),
    ],
)
def test_what_an_arrival_may_not_say(hands: Hands, changes: dict[str, Any], code: str) -> None:
    household = departed_family(hands)
    desk = hands.as_("clerk")
    with pytest.raises(Refusal) as refused:
        desk.do(commands.record, ArrivalForm(household, **changes))
    assert refused.value.code == code
    assert desk.ask(standing_of, household).state == "DEPARTED"


def test_an_arrival_is_corrected_and_calls_move_with_it(hands: Hands, programme: Any) -> None:
    household = departed_family(hands)
    desk = hands.as_("clerk")
    left = desk.clock.now().date()
    programme.clock.move(days=5)
    people = [person for person, _ in arrival_of(desk, household).members]
    with pytest.raises(Refusal, match=r"arrival\.nobody"):
        desk.do(commands.record, ArrivalForm(household, members=dict.fromkeys(people, "LATER")))
    desk.do(commands.record, ArrivalForm(household, by_phone=True, members={people[2]: "ELSEWHERE"}))
    shown = arrival_of(desk, household)
    assert shown.differences == ("MISSING", "BY_PHONE")
    assert start_of_now(desk, household).from_on == left + timedelta(days=5)
    assert shown.record is not None
    true = ArrivalForm(household, on=left + timedelta(days=1), members={people[2]: "ARRIVED"}, kits=2, helpline=True)
    desk.do(commands.correct, shown.record, true)
    shown = arrival_of(desk, household)
    assert shown.differences == ()
    assert shown.arrival is not None
    assert (shown.arrival.kits, shown.arrival.helpline, shown.arrival.by_phone) == (2, True, False)
    assert start_of_now(desk, household).from_on == left + timedelta(days=1)
    # what was not asked again stays
    desk.do(commands.correct, shown.record, ArrivalForm(household, place=PlaceAnswer(unlisted="By the bridge")))
    shown = arrival_of(desk, household)
    assert shown.arrival is not None
    assert (shown.arrival.kits, shown.differences) == (2, ("PLACE",))
    with pytest.raises(Refusal, match=r"arrival\.unknown"):
        desk.do(commands.correct, household, true)
    other = registered(desk)
    with pytest.raises(Refusal, match=r"arrival\.other_family"):
        desk.do(commands.correct, shown.record, ArrivalForm(other))


def test_a_paper_list_is_typed_in_once(hands: Hands) -> None:
    first, second = departed_family(hands), departed_family(hands)
    desk = hands.as_("clerk")
    stranger = registered(desk)
    (number,) = draw(1)
    typed = desk.do(commands.type_in, number, (ArrivalForm(first), ArrivalForm(stranger), ArrivalForm(second)))
    assert typed.counted.families == 2
    assert [(one.household, one.code) for one in typed.refused] == [(stranger, "arrival.not_departed")]
    with pytest.raises(Refusal, match=r"arrival\.form_typed"):
        desk.do(commands.type_in, number, (ArrivalForm(first),))
    with pytest.raises(Refusal, match=r"form\.number"):
        desk.do(commands.type_in, "12345678", (ArrivalForm(first),))
    with pytest.raises(Refusal, match=r"arrival\.nobody"):
        desk.do(commands.type_in, draw(1)[0], ())


def test_names_on_paper_are_a_supervisors_act(hands: Hands) -> None:
    household = departed_family(hands)
    desk = hands.as_("clerk")
    found = desk.ask(papers.expected_list)
    assert [(one.household, one.persons, one.name) for one in found.families] == [(household, 3, "")]
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk.do(papers.expected_names)
    assert hands.as_("supervisor").do(papers.expected_names).families[0].name


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (ProfileForm(""), "profile.empty"),
        (ProfileForm("", livelihood=LivelihoodAnswers(earners=41)), "profile.number"),
        (ProfileForm("", livelihood=LivelihoodAnswers(incomes=("GOLD",))), "form.code"),
        (ProfileForm("", protection=ProtectionAnswers(mhpss="maybe")), "form.code"),
        (ProfileForm("", sealed=("OTHER",)), "form.code"),
    ],
)
def test_what_a_profile_may_not_say(form: ProfileForm, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_profile(form)
    assert refused.value.code == code


def test_a_profile_seals_the_same_whatever_was_said(hands: Hands) -> None:
    desk = hands.as_("clerk")
    household = registered(desk)

    def sealed() -> list[int]:
        with desk.store.read() as connection:
            rows = connection.execute(RevisionRow.__table__.select().where(RevisionRow.kind == PROTECTION.name))
            return [len(row.body) for row in rows]

    before = len(sealed())
    for told in ((), ("SEPARATED",), ("UNSAFE", "SEPARATED")):
        desk.do(profiling.profile, ProfileForm(household, ShelterAnswers(tenure="KIN"), sealed=told))
    after = sealed()[before:]
    assert len(after) == 3
    assert max(after) - min(after) <= 2  # the counter's digits
    documents = repr(desk.ask(profiling.profiles_of, household))
    assert "SEPARATED" not in documents
    assert "UNSAFE" not in documents


def an_arrival(on: date, *, by_phone: bool) -> Arrival:
    return Arrival("h", "c", on, 101, {"a": "ARRIVED"}, ("a",), by_phone, "u")


@given(
    st.lists(st.tuples(st.uuids().map(str), st.integers(0, 9), st.booleans()), min_size=1, max_size=6, unique=True),
    st.randoms(),
)
def test_the_same_arrival_counts_in_any_order(told: list[tuple[str, int, bool]], rng: Any) -> None:
    arrivals = [(record, an_arrival(DAY + timedelta(days=days), by_phone=phone)) for record, days, phone in told]
    mixed = list(arrivals)
    rng.shuffle(mixed)
    found = rules.counted(mixed)
    assert found == rules.counted(arrivals)
    assert found is not None
    assert found[1].on == min(one.on for _, one in arrivals)


@given(st.none() | st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_days_of_arrival_meet_the_same_in_any_order(one: date | None, two: date | None, three: date | None) -> None:
    first, second, third = (day.isoformat() if day else None for day in (one, two, three))
    assert earlier_day(first, second) == earlier_day(second, first)
    assert earlier_day(earlier_day(first, second), third) == earlier_day(first, earlier_day(second, third))
    assert earlier_day(first, first) == first
