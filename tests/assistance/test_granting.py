"""Planning for one, for many and for days of work; the sample before an approval; whose hands; other cash and notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.assistance.grants import commands
from helpdesk.assistance.grants.commands import MinistryForm
from helpdesk.assistance.grants.kinds import SAMPLE_CHECK
from helpdesk.assistance.grants.sampling import drawn
from helpdesk.assistance.vouchers import approving, entitlements, ledger, mishaps, planning
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.centre import intake, overview
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import GrantAmount, GrantPolicy, MoneyTerms
from helpdesk.desk.commands import View, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.desk.users import same_names
from helpdesk.exchange import installing
from helpdesk.households.commands import known_household
from helpdesk.opening import Desk
from helpdesk.vault.records import all_documents, document_of
from helpdesk.vault.tables import RevisionRow
from tests.entitled import give_case
from tests.people import head, member, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]
REASON = "Their house burned down last night."


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


def with_bundle(desk: Desk, /, **changes: Any) -> Desk:
    desk.bundle = msgspec.structs.replace(desk.ask(View.in_force), **changes)
    return desk


def policies(desk: Desk, **changes: Any) -> tuple[GrantPolicy, ...]:
    """DEP as the tests' centre has it, and every other type with one amount."""
    dep = desk.ask(View.in_force).grants[0]
    base = msgspec.structs.replace(dep, **{"amounts": (GrantAmount(1, 40, 300_000),), **changes})
    days = (GrantAmount(1, 40, 25_000, days=10),)
    others = [msgspec.structs.replace(base, type=grant) for grant in ("TRN", "RIN", "RIG", "CASH", "LIV", "SME")]
    return (
        dep, *others, msgspec.structs.replace(base, type="CFW", amounts=days, instalments=()),
        msgspec.structs.replace(base, type="KIT", currency="XXX", amounts=(GrantAmount(1, 40, 1),), instalments=()),
    )  # fmt: skip


def with_grants(desk: Desk, /, **changes: Any) -> Desk:
    return with_bundle(desk, grants=policies(desk, **changes))


@pytest.fixture
def family(programme: Programme) -> str:
    """A family that has its day."""
    household = programme.register()
    programme.at("one", "clerk", lambda desk: desk.do(give_case, household))
    return household


def families(programme: Programme, count: int) -> list[str]:
    found = [programme.register("one", small_form(programme.clock)) for _ in range(count)]
    programme.at("one", "clerk", lambda desk: [desk.do(give_case, one) for one in found])
    return found


def voucher_of(desk: Desk, voucher: str) -> Voucher:
    with desk.store.read() as connection:
        found = document_of(connection, VOUCHER, voucher)
    assert found is not None
    return found


# --- planning ---


def test_only_what_is_due_is_planned(desk_as: SignIn, programme: Programme) -> None:
    household, point = programme.register(), programme.numbers["one"]
    desk = desk_as("clerk")
    assert refused(desk, planning.plan, household, "DEP", point) == "grant.no_day"
    assert refused(desk, planning.plan, household, "KIT", point) == "grant.in_kind"
    assert refused(desk, planning.plan, household, "CFW", point) == "grant.by_days"
    desk.do(give_case, household)
    voucher = voucher_of(desk, desk.do(planning.plan, household, "DEP", point))
    size = voucher.basis["size"]
    assert voucher.amount == voucher.basis["whole"] == (400_000 if size <= 3 else 600_000)
    assert (voucher.instalment, voucher.of, voucher.case) == (1, 1, desk.do(give_case, household))


def test_why_says_yes_or_no_for_every_type(desk_as: SignIn, programme: Programme, family: str) -> None:
    desk = with_grants(desk_as("clerk"))
    found = {one.answer.grant: one for one in desk.ask(entitlements.why, family).grants}
    assert [grant for grant, one in found.items() if one.answer.due] == ["DEP"]
    assert found["DEP"].currency == "IQD"
    assert found["TRN"].answer.reasons == ("TRANSPORTED",)
    desk.do(give_case, family, "ARRIVED", reason="OWN")
    found = {one.answer.grant: one for one in desk.ask(entitlements.why, family).grants}
    assert {grant: one.amount for grant, one in found.items() if one.answer.due} == {"RIN": 300_000, "KIT": 1}


def test_instalments_one_after_the_other_or_together(desk_as: SignIn, programme: Programme, family: str) -> None:
    point = programme.numbers["one"]
    desk = with_grants(desk_as("clerk"), instalments=(60, 40))
    desk.do(give_case, family, "ARRIVED")
    first = voucher_of(desk, desk.do(planning.plan, family, "RIN", point))
    assert (first.amount, first.instalment, first.of) == (180_000, 1, 2)
    assert refused(desk, planning.plan, family, "RIN", point) == "grant.earlier_unpaid"
    with_grants(desk, instalments=(60, 40), together=True)
    second = voucher_of(desk, desk.do(planning.plan, family, "RIN", point))
    assert (second.amount, second.instalment) == (120_000, 2)
    assert refused(desk, planning.plan, family, "RIN", point) == "voucher.second"


def test_all_parts_are_planned_at_once_where_the_table_says_so(
    desk_as: SignIn, programme: Programme, family: str
) -> None:
    desk = with_grants(desk_as("clerk"), instalments=(50, 30, 20), together=True)
    desk.do(give_case, family, "ARRIVED")
    planned = desk.do(planning.plan_many, (family,), "RIN", programme.numbers["one"])
    assert [voucher_of(desk, one).amount for one in planned.vouchers] == [150_000, 90_000, 60_000]


def test_many_at_once_and_nobody_holds_the_others_back(desk_as: SignIn, programme: Programme) -> None:
    due, point = families(programme, 3), programme.numbers["one"]
    other = programme.register("one", small_form(programme.clock))
    desk = desk_as("clerk")
    assert desk.ask(entitlements.due_among, (*due, other), "DEP") == tuple(due)
    planned = desk.do(planning.plan_many, (*due, other, due[0]), "DEP", point)
    assert len(planned.vouchers) == 3
    assert [(one.household, one.code) for one in planned.refused] == [(other, "grant.no_day")]
    assert desk.ask(entitlements.due_among, due, "DEP") == ()
    again = desk.do(planning.plan_many, tuple(due), "DEP", point)
    assert (again.vouchers, {one.code for one in again.refused}) == ((), {"voucher.second"})
    assert [entry.act for one in planned.vouchers for entry in desk.ask(ledger.entries_of, one)] == ["PLAN"] * 3


def test_a_minor_is_never_paid_an_adult_of_the_family_stands_in(desk_as: SignIn, programme: Programme) -> None:
    grown = head(given_name="Amal", relation="PARENT", birth_date=date(1960, 7, 1))
    child = member(relation="HEAD", birth_date=date(2012, 7, 1))
    form = small_form(programme.clock, members=(child, grown), head=0, principal=0)
    programme.register("one", form)
    desk = desk_as("clerk")
    desk.do(give_case, form.household_id)
    voucher = voucher_of(desk, desk.do(planning.plan, form.household_id, "DEP", programme.numbers["one"]))
    assert (voucher.payee, voucher.alternate) == (desk.ask(_members, form.household_id)[1], None)


@command("tests.work", roles=FAMILIES)
def work(act: Any, household: str, payee: str, days: int, point: int) -> str:
    """What closing an attendance sheet does for one person."""
    return planning.plan_days(act, household, payee, days, point)


def test_days_of_work(desk_as: SignIn, programme: Programme) -> None:
    form, point = small_form(programme.clock), programme.numbers["one"]
    programme.register("one", form)
    desk = with_grants(desk_as("clerk"))
    household = form.household_id
    payee = desk.ask(_members, household)
    first = voucher_of(desk, desk.do(work, household, payee[0], 7, point))
    assert (first.amount, first.payee, first.basis) == (175_000, payee[0], {"days": 7})
    desk.do(work, household, payee[0], 10, point)  # another sheet
    assert refused(desk, work, household, payee[0], 11, point) == "grant.days"
    assert refused(desk, work, household, payee[0], 0, point) == "grant.no_days"
    assert refused(desk, work, household, payee[1], 3, point) == "grant.no_adult"
    assert refused(desk, work, household, payee[0], 3, 999) == "voucher.pay_point"


def _members(view: View, household: str) -> tuple[str, ...]:
    return known_household(view, household).members


# --- approving ---


def planned_by_clerk(programme: Programme, count: int) -> tuple[str, ...]:
    due, point = tuple(families(programme, count)), programme.numbers["one"]
    return programme.at("one", "clerk", lambda desk: desk.do(planning.plan_many, due, "DEP", point)).vouchers


def confirm_all(desk: Desk, listed: tuple[str, ...]) -> None:
    for one in desk.ask(approving.sample_of, listed):
        seen = desk.do(approving.open_sample, one)
        desk.do(approving.confirm_sample, listed, one, seen.seen, True)


def test_a_list_is_approved_once_its_sample_was_opened_and_confirmed(desk_as: SignIn, programme: Programme) -> None:
    listed = planned_by_clerk(programme, 5)
    desk = with_bundle(desk_as("supervisor"), money=MoneyTerms(sample_percent=40))
    sample = desk.ask(approving.sample_of, listed)
    assert sample == drawn(listed, programme.clock.now().date(), MoneyTerms(sample_percent=40))
    assert len(sample) == 2
    assert refused(desk, approving.approve, listed) == "grant.sample"
    left_out = next(one for one in listed if one not in sample)
    assert refused(desk, approving.confirm_sample, listed, left_out, "", True) == "grant.not_drawn"
    assert refused(desk, approving.confirm_sample, listed, sample[0], "00", True) == "grant.sample_changed"
    opened = desk.do(approving.open_sample, sample[0])
    assert (opened.persons, opened.own, opened.need) == (opened.voucher.basis["size"], False, "")
    desk.do(approving.confirm_sample, listed, sample[0], opened.seen, True)
    assert desk.ask(approving.sample_of, listed) == sample[1:]
    assert refused(desk, approving.approve, listed) == "grant.sample"
    confirm_all(desk, listed)
    desk.do(approving.approve, listed)
    assert {voucher_of(desk, one).state for one in listed} == {"APPROVED"}
    with desk.store.read() as connection:
        checks = [check for _, check in all_documents(connection, SAMPLE_CHECK)]
        signed = connection.scalars(select(RevisionRow.sig_key).where(RevisionRow.kind == "sample_check")).all()
    assert [(check.listed, check.drawn, check.by) for check in checks] == [(5, 2, desk.user.id)] * 2
    assert set(signed) == {desk.user.key.key_id}


def test_another_supervisors_look_does_not_count(desk_as: SignIn, programme: Programme) -> None:
    listed = planned_by_clerk(programme, 2)
    confirm_all(desk_as("other"), listed)
    desk = desk_as("supervisor")
    assert refused(desk, approving.approve, listed) == "grant.sample"
    confirm_all(desk, listed)
    desk.do(approving.approve, listed)


def test_a_voucher_found_wrong_stops_the_list_until_it_is_off_it(desk_as: SignIn, programme: Programme) -> None:
    listed = planned_by_clerk(programme, 3)
    desk = desk_as("supervisor")
    (wrong,) = desk.ask(approving.sample_of, listed)
    seen = desk.do(approving.open_sample, wrong).seen
    desk.do(approving.confirm_sample, listed, wrong, seen, False)
    assert refused(desk, approving.approve, listed) == "grant.sample_wrong"
    assert refused(desk_as("other"), approving.approve, (wrong,)) == "grant.sample_wrong"
    desk = desk_as("supervisor")
    desk.do(mishaps.void, wrong, "The family is another one.")
    rest = tuple(one for one in listed if one != wrong)
    confirm_all(desk, rest)
    desk.do(approving.approve, rest)


def test_one_voucher_alone_is_read_by_whoever_approves_it(desk_as: SignIn, programme: Programme) -> None:
    (voucher,) = planned_by_clerk(programme, 1)
    desk = desk_as("supervisor")
    assert desk.ask(approving.sample_of, (voucher,)) == ()
    desk.do(approving.approve, (voucher,))


def test_more_than_the_cap_is_approved_in_parts(desk_as: SignIn, programme: Programme) -> None:
    listed = planned_by_clerk(programme, 2)
    desk = with_bundle(desk_as("supervisor"), money=MoneyTerms(approve_cap=1))
    assert refused(desk, approving.approve, listed) == "grant.too_many"


# --- other cash, the ministry, names ---


def test_other_cash_needs_a_supervisors_reason_and_each_is_used_once(desk_as: SignIn, programme: Programme) -> None:
    household, point = programme.register(), programme.numbers["one"]
    desk = with_grants(desk_as("supervisor"))
    assert refused(desk, commands.give_reason, household, "so be it") == "grant.reason"
    desk.do(commands.give_reason, household, REASON)
    assert [need.reason for need in desk.ask(commands.reasons_of, household)] == [REASON]
    desk = with_grants(desk_as("clerk"))
    assert refused(desk, commands.give_reason, household, REASON) == "role.not_allowed"
    voucher = desk.do(planning.plan, household, "CASH", point)
    assert refused(desk, planning.plan, household, "CASH", point) == "grant.no_need"
    assert voucher_of(desk, voucher).case is None
    desk = desk_as("supervisor")
    assert desk.do(approving.open_sample, voucher).need == REASON
    desk.do(commands.give_reason, household, REASON)
    programme.clock.move(days=31)
    desk = with_grants(desk_as("clerk"), to_day=10**6)
    assert refused(desk, planning.plan, household, "CASH", point) == "grant.no_need"


def test_other_cash_is_given_again_for_another_reason_beside_what_is_held(
    desk_as: SignIn, programme: Programme
) -> None:
    household, point = programme.register(), programme.numbers["one"]
    for _ in range(2):
        with_grants(desk_as("supervisor")).do(commands.give_reason, household, REASON)
        with_grants(desk_as("clerk")).do(planning.plan, household, "CASH", point)
    assert [one.grant for one in desk_as("clerk").ask(entitlements.held_by, household)] == ["CASH", "CASH"]


def test_what_is_said_of_the_ministrys_grant_is_noted_and_makes_nothing_due(
    desk_as: SignIn, programme: Programme
) -> None:
    household = programme.register()
    desk = desk_as("clerk")
    before = desk.ask(entitlements.why, household)
    assert refused(desk, commands.note_ministry, household, MinistryForm()) == "grant.ministry"
    assert refused(desk, commands.note_ministry, household, MinistryForm(registered="yes")) == "form.code"
    for received, day in (("N", date(2026, 1, 1)), ("Y", date(2027, 1, 1))):
        form = MinistryForm(received=received, received_on=day)
        assert refused(desk, commands.note_ministry, household, form) == "grant.ministry_day"
    desk.do(commands.note_ministry, household, MinistryForm(registered="Y", q_card="dk"))
    desk.do(commands.note_ministry, household, MinistryForm(received="Y", received_on=date(2026, 3, 1)))
    first, last = desk.ask(commands.ministry_notes, household)
    assert (first.registered, first.q_card, first.received) == ("Y", "dk", None)
    assert last.received_on == date(2026, 3, 1)
    assert desk.ask(entitlements.why, household) == before


def test_two_accounts_with_one_name_are_shown(desk_as: SignIn) -> None:
    assert desk_as("clerk").ask(same_names) == ()
    desk = desk_as("admin")
    spellings = "\u0623\u062d\u0645\u062f", "\u0627\u062d\u0645\u062f"
    for name in spellings:
        desk.add_user(name, Role.SUPERVISOR, "a long passphrase of another")
    assert [{one.name for one in found} for found in desk.ask(same_names)] == [set(spellings)]


def test_what_supervisors_say_of_grants_is_known_at_the_centre_by_their_keys(programme: Programme) -> None:
    """A reason for other cash and a look into a sample travel signed; planning by a reason needs no signature."""
    household = programme.register()
    listed = planned_by_clerk(programme, 2)
    terms = programme.at("one", "clerk", policies)
    programme.at("one", "admin", lambda desk: installing.install(desk, programme.bundle("one", grants=terms)))

    def decide(desk: Desk) -> None:
        confirm_all(desk, listed)
        desk.do(approving.approve, listed)
        desk.do(commands.give_reason, household, REASON)

    programme.at("one", "supervisor", decide)
    programme.at("one", "clerk", lambda desk: desk.do(planning.plan, household, "CASH", programme.numbers["one"]))
    path = programme.export("one").path
    with programme.office() as office:
        (receipt,) = intake.receive(office, [path])
        assert receipt.state == "accepted"
        assert office.gate.do(overview.overview, office).alarms == ()
