"""Cash-for-work: people times days times the signed rate, a day paid once, and days that somebody else signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from helpdesk.assistance.attendance import commands, queries, rules
from helpdesk.assistance.attendance.documents import Worker, WorkForm, WorkSheet
from helpdesk.assistance.attendance.kinds import WORK_SHEET, later_state
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantAmount, GrantPolicy
from helpdesk.desk.commands import View
from helpdesk.households import commands as families
from helpdesk.households.documents import Person, PlaceAnswer
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of, documents_of
from helpdesk.vault.tables import RevisionRow
from tests.people import DAY, head, member, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]
RATE = 25_000
WEEK = tuple(DAY - timedelta(n) for n in range(6, -1, -1))


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


@pytest.fixture
def signed_in(desk_as: SignIn) -> SignIn:
    """Sign somebody in at a desk whose bundle pays for days of work."""

    def sign_in(name: str = "clerk") -> Desk:
        desk = desk_as(name)
        today = day_number(DAY)
        policy = GrantPolicy("CFW", "IQD", 1, today - 30, today + 365, 30, (GrantAmount(1, 40, RATE, days=20),))
        desk.bundle = msgspec.structs.replace(desk.ask(View.in_force), grants=(policy,))
        return desk

    return sign_in


@pytest.fixture
def point(programme: Programme) -> int:
    return programme.numbers["one"]


def grown(desk: Desk) -> tuple[str, str]:
    """Two grown people of one family."""
    form = small_form(desk.clock, members=(head(), member("Huda", relation="SIB", birth_date=date(1990, 7, 1))))
    desk.do(families.register, form)
    with desk.store.read() as connection:
        household = document_of(connection, HOUSEHOLD, form.household_id)
    assert household is not None
    first, second = household.members
    return first, second


def form_of(point: int, *persons: str, **changes: Any) -> WorkForm:
    fields: dict[str, Any] = {
        "place": PlaceAnswer(unlisted="The canal"), "work": "Clearing", "first": WEEK[0], "last": WEEK[-1],
        "pay_point": point, "persons": persons,
    }  # fmt: skip
    return WorkForm(**{**fields, **changes})


# --- the rules ---


def person(born: date, gone: str = "") -> Person:
    return Person("h", "Nour", "Ali", None, "F", born, "day", "HEAD", gone=gone)


@pytest.mark.parametrize(
    ("born", "gone", "code"),
    [
        (date(2008, 11, 21), "", None),
        (date(2008, 11, 22), "", "attendance.child"),
        (date(1990, 1, 1), "DIED", "attendance.gone"),
    ],
)
def test_children_and_people_who_are_gone_stand_on_no_sheet(born: date, gone: str, code: str | None) -> None:
    if code is None:
        rules.check_worker(person(born, gone), DAY)
        return
    with pytest.raises(Refusal) as refusal:
        rules.check_worker(person(born, gone), DAY)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"work": " "}, "attendance.work"),
        ({"work": "x" * 121}, "attendance.work"),
        ({"last": WEEK[0] - timedelta(1)}, "attendance.days"),
        ({"last": WEEK[0] + timedelta(31)}, "attendance.days"),
        ({"persons": ()}, "attendance.nobody"),
        ({"persons": ("p", "p")}, "attendance.line_twice"),
    ],
)
def test_what_is_no_sheet(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_form(form_of(1, **{"persons": ("p",), **changes}))
    assert refusal.value.code == code


SHEET = WorkSheet(
    "12345678", 1, PlaceAnswer(unlisted="The canal"), "Clearing", WEEK[0], WEEK[-1], 1,
    (Worker("p", "h"), Worker("q", "h")), "u",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["p", "q"]), st.lists(st.sampled_from(WEEK)).map(tuple)))
def test_days_are_kept_once_and_in_order(present: dict[str, tuple[date, ...]]) -> None:
    if not any(present.values()):
        with pytest.raises(Refusal, match=r"attendance\.empty"):
            rules.days_entered(SHEET, present, DAY)
        return
    kept = rules.days_entered(SHEET, present, DAY)
    assert kept == {one: tuple(sorted(set(days))) for one, days in present.items() if days}
    assert msgspec.structs.replace(SHEET, present=kept).person_days == sum(len(set(d)) for d in present.values())


@pytest.mark.parametrize(
    ("present", "code"),
    [
        ({"x": (DAY,)}, "attendance.not_on_sheet"),
        ({"p": (DAY + timedelta(1),)}, "attendance.outside"),
        ({"p": (WEEK[0] - timedelta(1),)}, "attendance.outside"),
    ],
)
def test_days_that_are_not_of_the_sheet(present: dict[str, tuple[date, ...]], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.days_entered(SHEET, present, DAY)
    assert refusal.value.code == code


def test_a_day_that_has_not_come_is_not_worked() -> None:
    with pytest.raises(Refusal, match=r"attendance\.future"):
        rules.days_entered(SHEET, {"p": (DAY,)}, DAY - timedelta(1))


def test_two_desks_leave_the_later_state() -> None:
    assert later_state("SIGNED", "OPEN") == later_state("OPEN", "SIGNED") == "SIGNED"
    assert later_state("PLANNED", "VOID") == "VOID"


# --- a sheet ---


def test_from_the_sheet_to_the_vouchers(signed_in: SignIn, point: int) -> None:
    desk = signed_in("clerk")
    first, second = grown(desk)
    sheet = desk.do(commands.open_, form_of(point, first, second))
    assert refused(desk, commands.plan, sheet) == "attendance.state"
    assert refused(desk, commands.enter, sheet, " ", {first: WEEK}) == "attendance.foreman"
    desk.do(commands.enter, sheet, "Kamal", {first: WEEK[:2]})
    desk.do(commands.enter, sheet, "Kamal", {first: WEEK[:5], second: WEEK[2:4]})
    supervisor = signed_in("supervisor")
    supervisor.do(commands.sign, sheet)
    assert refused(supervisor, commands.sign, sheet) == "attendance.state"
    assert refused(signed_in("clerk"), commands.enter, sheet, "Kamal", {first: WEEK}) == "attendance.state"
    desk = signed_in("clerk")
    vouchers = desk.do(commands.plan, sheet)
    shown = desk.ask(queries.sheet_of, sheet)
    assert (shown.sheet.state, shown.sheet.person_days) == ("PLANNED", 7)
    assert [len(worker.days) for worker in shown.workers] == [5, 2]
    assert tuple(worker.voucher for worker in shown.workers) == vouchers
    with desk.store.read() as connection:
        known = dict(documents_of(connection, VOUCHER, shown.sheet.workers[0].household))
        signers = connection.scalars(
            select(RevisionRow.sig_key).where(RevisionRow.kind == WORK_SHEET.name, RevisionRow.sig_key.is_not(None))
        ).all()
    assert [known[one].amount for one in vouchers] == [5 * RATE, 2 * RATE]
    assert [known[one].payee for one in vouchers] == [first, second]
    assert signers == [supervisor.user.key.key_id]
    assert refused(desk, commands.plan, sheet) == "attendance.state"
    (line,) = desk.ask(queries.sheets, "PLANNED")
    assert (line.person_days, desk.ask(queries.sheet_by_number, line.number)) == (7, sheet)


def test_one_day_of_one_person_stands_on_one_sheet(signed_in: SignIn, point: int) -> None:
    desk = signed_in("clerk")
    first, second = grown(desk)
    one = desk.do(commands.open_, form_of(point, first, second))
    other = desk.do(commands.open_, form_of(point, first, work="Painting"))
    desk.do(commands.enter, one, "Kamal", {first: WEEK[:3]})
    assert refused(desk, commands.enter, other, "Sami", {first: WEEK[2:]}) == "attendance.twice"
    desk.do(commands.enter, other, "Sami", {first: WEEK[3:]})
    supervisor = signed_in("supervisor")
    assert refused(supervisor, commands.drop, one, "short") == "attendance.reason"
    supervisor.do(commands.drop, one, "the foreman signed the wrong week")
    signed_in("clerk").do(commands.enter, other, "Sami", {first: WEEK})


def test_who_entered_the_days_does_not_sign_them(signed_in: SignIn, point: int) -> None:
    desk = signed_in("supervisor")
    first, _ = grown(desk)
    sheet = desk.do(commands.open_, form_of(point, first))
    assert refused(desk, commands.sign, sheet) == "attendance.empty"
    desk.do(commands.enter, sheet, "Kamal", {first: WEEK})
    assert refused(desk, commands.sign, sheet) == "attendance.own"
    assert refused(signed_in("clerk"), commands.sign, sheet) == "role.not_allowed"
    signed_in("other").do(commands.sign, sheet)


def test_what_is_refused(signed_in: SignIn, point: int) -> None:
    desk = signed_in("clerk")
    form = small_form(desk.clock)
    desk.do(families.register, form)
    with desk.store.read() as connection:
        household = document_of(connection, HOUSEHOLD, form.household_id)
    assert household is not None
    assert refused(desk, commands.open_, form_of(point, household.members[1])) == "attendance.child"
    assert refused(desk, commands.open_, form_of(point, "nobody")) == "person.unknown"
    assert refused(desk, commands.open_, form_of(999, household.members[0])) == "voucher.pay_point"
    assert refused(desk, commands.enter, "nothing", "Kamal", {}) == "attendance.unknown"
    with pytest.raises(Refusal, match=r"attendance\.unknown"):
        desk.ask(queries.sheet_of, "nothing")
