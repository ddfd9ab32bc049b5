"""Persons by age and sex, barriers, departures by place, the desk's own work: each counted by its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.dates import age_on
from helpdesk.core.language import Words
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import profiling
from helpdesk.households.documents import BarrierItem, PlaceAnswer
from helpdesk.households.forms import DisplacementAnswer, PersonProfile, Profiling
from helpdesk.households.queries import family_file
from helpdesk.journey.codes import band_of
from helpdesk.opening import Desk
from helpdesk.reports.asked import Asked, Asking
from helpdesk.reports.barriers import Sealed, sealed_table
from helpdesk.reports.desk_work import audit_table, readiness
from helpdesk.reports.matrix import matrix
from helpdesk.reports.people import BANDS, born_by, sadd
from helpdesk.reports.periods import read_periods
from helpdesk.reports.registry import table_of
from helpdesk.reports.table import SMALL, Table, shareable
from tests.people import head, member, small_form
from tests.programme import Programme
from tests.reports.filled import households, person, standing

FALLUJAH = "IQG01Q01"
ANBAR = "IQG01"
DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31))


def asked(periods: str = "2022", **changes: object) -> Asked:
    return Asked(read_periods(periods, date(2026, 11, 21)), Words("en"), load_gazetteer(), **changes)


@pytest.fixture
def desk(desk_as: Callable[..., Desk]) -> Desk:
    return desk_as("supervisor")


@pytest.fixture
def view(desk: Desk) -> Iterator[View]:
    with desk.store.write() as connection:
        yield View(connection, desk.user, desk.clock.now().date(), desk.device, desk.bundle)


def cells(table: Table, *labels: str) -> tuple[object, ...]:
    (found,) = (row.cells[len(labels) :] for row in table.rows if row.cells[: len(labels)] == labels)
    return found


@given(DAYS, DAYS, st.integers(1, 100))
def test_ages_are_those_of_the_rule(birth: date, day: date, age: int) -> None:
    if birth <= day:
        assert (birth <= born_by(age, day)) is (age_on(birth, day) >= age)


def test_persons_by_sex_age_and_disability(view: View) -> None:
    day = date(2022, 12, 31)
    (family,) = households(view.connection, 1, date(2022, 5, 1))
    (other,) = households(view.connection, 1, date(2022, 5, 1), "void", status="VOID")
    for age, sex, difficulty in ((5, "F", None), (6, "F", True), (17, "M", False), (18, "M", True), (60, "F", True)):
        person(view.connection, family, sex, day.replace(year=day.year - age), difficulty)
    person(view.connection, other, "F", date(2000, 1, 1))
    person(view.connection, family, "M", day + timedelta(days=1))  # not born yet on the last day
    table = sadd(view, asked())
    assert cells(table, "Registered", "0-5") == (1, 0, 1, 0, 0, 0)
    assert cells(table, "Registered", "6-17") == (1, 1, 2, 1, 0, 1)
    assert cells(table, "Registered", "18-59") == (0, 1, 1, 0, 1, 1)
    assert cells(table, "Registered", "Total") == (3, 2, 5, 2, 1, 3)
    assert cells(table, "Departed with the programme", "Total") == (0, 0, 0, 0, 0, 0)
    assert cells(sadd(view, asked(bands="unhcr")), "Registered", "5-11") == (2, 0, 2, 1, 0, 1)
    standing(view.connection, [family], departed_on=day)
    assert cells(sadd(view, asked()), "Departed with the programme", "Total") == (3, 2, 5, 2, 1, 3)


def test_the_camp_bands_are_the_programmes() -> None:
    for name, begins in BANDS["camp"]:
        assert band_of(begins) == name


def test_a_difficulty_that_was_told_is_counted(programme: Programme) -> None:
    family = programme.register(form=small_form(programme.clock))
    with programme.open("one", "supervisor") as desk:
        first, second = desk.ask(family_file, family).household.members[:2]
        told = (
            PersonProfile(first, difficulties={"see": "3", "hear": "1"}),
            PersonProfile(second, difficulties={"see": "2", "hear": "pnta"}),
        )
        desk.do(profiling.profile, Profiling(family, persons=told))
        table = desk.ask(table_of, "sadd", Asking(Words("en")))
    assert cells(table, "Registered", "Total") == (2, 0, 2, 1, 0, 1)


def test_departures_by_site_and_governorate(view: View) -> None:
    ids = households(view.connection, 9, date(2022, 1, 1))
    there = {"departed_on": date(2022, 6, 1), "destination": FALLUJAH}
    standing(view.connection, ids[:5], site="IQG01Q01", **there)
    standing(view.connection, ids[5:7], site=None, departed_on=date(2022, 6, 1))
    standing(view.connection, ids[7:8], site=None, **{**there, "departed_on": date(2021, 6, 1)})
    standing(view.connection, ids[8:9], site=None, facilitated=False, **there)
    table = matrix(view, asked())
    assert [row.cells[1:] for row in table.rows] == [(5, 0, 5), (0, 2, 2), (5, 2, 7)]
    assert table.columns[1].heading == "Al-Anbar"


def test_barriers_by_origin_and_head(programme: Programme) -> None:
    items = (
        BarrierItem("C1HOU", solution="Mend the roof"),
        BarrierItem("C1JOB", status="RESOLVED"),
        BarrierItem("XSCHOOL"),
    )
    here = DisplacementAnswer(PlaceAnswer(FALLUJAH))
    for number in range(5):
        members = (head(father_name=f"Father{chr(65 + number)}a"), member(father_name=f"Father{chr(65 + number)}a"))
        programme.register(form=small_form(programme.clock, members=members, barriers=items, displacement=here))
    with programme.open("one", "supervisor") as desk:
        table = desk.ask(table_of, "barriers", Asking(Words("en")))
    district = load_gazetteer().shown(FALLUJAH, "en")
    housing, work = Words("en").label("barrier", "C1HOU"), Words("en").label("barrier", "C1JOB")
    assert cells(table, housing, district) == (5, 0, 5, 0)
    assert cells(table, housing, "Total") == (5, 0, 5, 0)
    assert cells(table, work, district) == (0, 0, 0, 5)
    assert any("5 families propose" in note and "Mend the roof" in note for note in table.notes)
    assert not any(Words("en").label("sealed_barrier", code) in str(table.rows) for code in ("C2TEN", "C3BLK"))


told = st.lists(
    st.builds(
        Sealed,
        st.sampled_from([None, "IQG01Q01", "IQG01Q02", "IQG01Q03"]),
        st.sampled_from(["F", "M"]),
        st.frozensets(st.sampled_from(["C2TEN", "C3BLK"]), min_size=1),
    ),
    max_size=40,
)


@given(told)
def test_no_small_group_is_told_of_sealed_barriers(opened: Iterable[Sealed]) -> None:
    known = list(opened)
    table = sealed_table(known, asked(), date(2026, 11, 21))
    by_item: dict[object, list[tuple[bool, object]]] = {}
    for row in table.rows:
        by_item.setdefault(row.cells[0], []).append((row.total, row.cells[2]))
        assert row.cells[2] is None or row.cells[2] >= SMALL
    for lines in by_item.values():
        parts = [count for total, count in lines if not total]
        (whole,) = (count for total, count in lines if total)
        if whole is not None:
            assert sum(parts) == whole


def test_readiness_counts_what_is_lacking_by_site(view: View) -> None:
    ids = households(view.connection, 6, date(2022, 1, 1))
    standing(view.connection, ids[:4], state="PREPARING", declared="PREPARING", facilitated=None, mask=1)
    standing(view.connection, ids[4:], state="READY", declared="READY", facilitated=None)
    table = readiness(view, asked())
    words = Words("en")
    assert cells(table, words.label("case_state", "PREPARING")) == (4, 4)
    assert cells(table, words.label("case_state", "READY")) == (2, 2)
    assert cells(table, "Total") == (6, 6)
    (lacking,) = (row.cells[1:] for row in table.rows if row.part)
    assert lacking == (4, 4)
    shared = shareable(table)
    assert not any(isinstance(cell, int) and 0 < cell < SMALL for row in shared.rows for cell in row.cells)


def test_the_log_is_counted_by_act(desk: Desk) -> None:
    lines = [
        '{"act":"card.issue","at":"2022-03-01T09:00:00Z","n":1,"objects":[],"result":"done","user":"u"}',
        '{"act":"card.issue","at":"2022-03-01T09:00:00Z","n":2,"objects":[],"result":"role.not_allowed","user":"u"}',
        '{"act":"card.issue","at":"2021-03-01T09:00:00Z","n":3,"objects":[],"result":"done","user":"u"}',
    ]
    (row,) = audit_table(lines, asked()).rows
    assert row.cells[1:] == (1, 1)
