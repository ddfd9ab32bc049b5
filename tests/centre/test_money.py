"""Money between desks: the paid list goes out with a bundle, a double payment is one case everywhere, habits show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.assistance.vouchers import doubles, questions
from helpdesk.assistance.vouchers.checks import verdict
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.kinds import PAYMENT
from helpdesk.assistance.vouchers.tables import LedgerRow, VoucherRow
from helpdesk.centre import intake, money
from helpdesk.centre.ledgers import FORK, GAP, not_whole
from helpdesk.centre.office import Office
from helpdesk.centre.paid import revoked_numbers
from helpdesk.centre.tables import CentreAlarmRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.paid_list import PaidAnswer, already_paid, build, install
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.exchange import installing
from helpdesk.exchange.exceptions import exceptions
from helpdesk.households.tables import HouseholdRow
from helpdesk.opening import Desk
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.records import decode_revision
from helpdesk.vault.tables import RevisionRow, table_of
from tests.programme import Programme

DAY = date(2026, 11, 21)


@command("tests.hand_over", roles=FAMILIES)
def hand_over(act: Act, number: str) -> str:
    """Write the payment of a voucher as a desk would, whether or not it was paid before."""
    row = act.connection.execute(select(VoucherRow).where(VoucherRow.number == number)).one()
    record = act.new_id()
    payment = Payment(
        voucher=row.id, household=row.household, number=number, amount=row.amount, currency="IQD", paid_on=act.day,
        pay_point=row.pay_point, user=act.user.id, witness="Somebody", identity="SEEN",
    )  # fmt: skip
    act.records.create(PAYMENT, record, payment, signed=True)
    return record


def number_of(view: View, household: str) -> str:
    return view.connection.scalars(select(HouseholdRow.number).where(HouseholdRow.id == household)).one()


def codes(desk: Desk) -> dict[str, int]:
    return {found.code: found.count for found in desk.ask(exceptions)}


def renewed(programme: Programme, folder: str) -> None:
    path = programme.bundle(folder)
    programme.at(folder, "admin", lambda desk: installing.install(desk, path))


def test_what_one_desk_paid_the_other_asks_about(programme: Programme) -> None:
    """The desk that paid is not told of its own payment; the other asks about a voucher that it plans, and pays on."""
    family = programme.register("one")
    face = programme.printed("one", family)
    programme.at("one", "clerk", lambda desk: desk.do(hand_over, face.number))
    number = programme.at("one", "clerk", lambda desk: desk.ask(number_of, family))
    batch = programme.export("one").path
    with programme.office() as office:
        intake.receive(office, [batch])
    programme.clock.move(days=2)
    for folder in ("one", "two"):
        renewed(programme, folder)
    today = DAY + timedelta(days=2)
    answers = [
        programme.at(folder, "clerk", lambda desk: desk.ask(already_paid, number, "DEP")) for folder in ("one", "two")
    ]
    assert answers == [PaidAnswer(False, today), PaidAnswer(True, today)]
    assert programme.at("two", "clerk", lambda desk: desk.ask(already_paid, number, "CASH")) == PaidAnswer(False, today)


def test_a_hit_is_a_question_until_a_supervisor_answers_it(programme: Programme) -> None:
    family = programme.register("one")
    face = programme.printed("one", family)
    number = programme.at("one", "clerk", lambda desk: desk.ask(number_of, family))
    told, pages = build([(number, "DEP")], DAY, bytes(16))
    with programme.open("one", "supervisor") as desk:
        with desk.store.write() as connection:
            install(connection, told, pages)
        assert desk.bundle is not None
        desk.bundle = msgspec.structs.replace(desk.bundle, paid=told)
        (asked,) = desk.ask(questions.open_questions)
        assert (asked.voucher, asked.household_number, asked.list_day, asked.answer) == (face.id, number, DAY, "")
        with pytest.raises(Refusal, match=r"form\.code"):
            desk.do(questions.answer, face.id, "PERHAPS")
        with pytest.raises(Refusal, match=r"voucher\.unknown"):
            desk.do(questions.answer, "nothing", "NOT_PAID")
        assert desk.ask(verdict, face.digits).maybe_paid == DAY
        assert codes(desk)["paid_questions"] == 1
        desk.do(questions.answer, face.id, "NOT_PAID", "The other desk was called.")
        checked = desk.ask(verdict, face.digits)
        assert (checked.code, checked.maybe_paid) == ("LIVE", None)
        assert "paid_questions" not in codes(desk)
        assert desk.ask(questions.open_questions) == ()
        again = desk.ask(questions.paid_before, face.id)
        assert again is not None
        assert again.answer == "NOT_PAID"
        later = msgspec.structs.replace(told, day=told.day + 1)  # a newer list says it too: no chance any more
        desk.bundle = msgspec.structs.replace(desk.bundle, paid=later)
        assert len(desk.ask(questions.open_questions)) == 1
        desk.do(questions.answer, face.id, "DUE_AGAIN")
        desk.bundle = msgspec.structs.replace(desk.bundle, paid=msgspec.structs.replace(told, day=told.day + 2))
        assert desk.ask(questions.open_questions) == ()
        desk.do(hand_over, face.number)  # nothing of it holds a payment back
        desk.bundle = msgspec.structs.replace(desk.bundle, paid=None)
        assert desk.ask(questions.open_questions) == ()
        with pytest.raises(Refusal, match=r"paid\.no_question"):
            desk.do(questions.answer, face.id, "NOT_PAID")


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")], ids=["as paid", "turned round"])
def test_two_payments_are_one_case_at_the_centre_and_at_the_sibling(
    programme: Programme, order: tuple[str, str]
) -> None:
    family = programme.register("one")
    face = programme.printed("one", family)
    first = programme.export("one").path
    programme.at("two", "supervisor", lambda desk: installing.install(desk, first))
    for folder in ("one", "two"):
        programme.clock.move(seconds=60)
        programme.at(folder, "clerk", lambda desk: desk.do(hand_over, face.number))
    batches = {folder: programme.export(folder).path for folder in ("one", "two")}
    with programme.office() as office:
        intake.receive(office, [first])
        for folder in order:
            intake.receive(office, [batches[folder]])
            intake.receive(office, [batches[folder]])
        (case,) = money.money(office, DAY, DAY).doubles
    assert case.settled is None
    assert {proof.signature != "" for proof in case.proofs} == {True}
    assert len({proof.device for proof in case.proofs}) == 2
    assert {proof.number for proof in case.proofs} == {face.number}
    programme.at("one", "supervisor", lambda desk: installing.install(desk, batches["two"]))
    (here,) = programme.at("one", "supervisor", lambda desk: desk.ask(doubles.double_payments))
    assert (here.id, here.why, here.proofs) == (case.id, case.why, case.proofs)
    note = "The second desk had not read the file."
    with programme.office() as office:
        record = office.gate.do(money.settle_double, office, case.id, "PAID_TWICE_RECOVERED", note, 100_000)
        (settled,) = money.money(office, DAY, DAY).doubles
        assert settled.settled is not None
        assert (settled.settled.outcome, settled.settled.recovered) == ("PAID_TWICE_RECOVERED", 100_000)
        with office.register.read() as register:
            row = register.execute(select(RevisionRow).where(RevisionRow.record == record)).one()
        highest = max(_counters(office))
        assert decode_revision(bytes(row.body)).ctr == highest  # later than all that came, in every store


def _counters(office: Office) -> list[int]:
    with office.register.read() as register:
        return list(register.scalars(select(RevisionRow.ctr)))


def test_a_desks_word_reaches_the_centre(programme: Programme) -> None:
    family = programme.register("one")
    face = programme.printed("one", family)
    for _ in range(2):
        programme.clock.move(seconds=60)
        programme.at("one", "clerk", lambda desk: desk.do(hand_over, face.number))
    with programme.open("one", "supervisor") as desk:
        (case,) = desk.ask(doubles.double_payments)
        checked = desk.ask(verdict, face.digits)
        assert (checked.code, checked.paid_twice) == ("PAID", True)
        assert codes(desk)["double_payments"] == 1
        desk.do(doubles.settle, case.id, "SAME_RECORDED_TWICE", "Typed in again from the list.")
    batch = programme.export("one").path
    with programme.office() as office:
        intake.receive(office, [batch])
        (there,) = money.money(office, DAY, DAY).doubles
        assert there.settled is not None
        assert there.settled.outcome == "SAME_RECORDED_TWICE"


def test_numbers_that_are_nothing_any_more_go_out_while_their_papers_could_be_paid(programme: Programme) -> None:
    states = ("VOID", "LOST", "REPLACED", "PRINTED", "PAID", "VOID")
    with programme.office() as office, office.register.write() as register:
        rows = [
            {"id": f"v{n}", "household": "h", "number": f"{n:011d}", "grant": "DEP", "amount": 1, "state": state,
             "pay_point": 1, "last_day": DAY if n < 5 else DAY - timedelta(days=1), "suspended_until": None,
             "currency": "IQD", "instalment": 1, "case": None, "replaces": None, "rerouted_to": None}
            for n, state in enumerate(states)
        ]  # fmt: skip
        insert_rows(register, table_of(VoucherRow), rows)
        assert revoked_numbers(register, DAY) == tuple(f"{n:011d}" for n in range(3))


def entry(n: int, act: str, voucher: str, user: str, place: int | None = None) -> dict[str, object]:
    device = "d" * 16
    return {
        "id": f"l{n}", "device": device, "epoch": "e", "n": place or n, "act": act, "voucher": voucher,
        "number": None, "amount": 1000, "state": "", "payment": None, "user": user, "on": DAY,
    }  # fmt: skip


def test_who_pays_what_one_other_approved(programme: Programme) -> None:
    """Twenty-one vouchers of ann's by ben, one of cid's by ben, and one that dan approved and paid."""
    rows = []
    for n in range(23):
        approver, payer = ("ann", "ben") if n < 21 else ("cid", "ben") if n == 21 else ("dan", "dan")
        rows += [entry(2 * n + 1, "APPROVE", f"v{n}", approver), entry(2 * n + 2, "PAY", f"v{n}", payer)]
    with programme.office() as office, office.register.write() as register:
        insert_rows(register, table_of(LedgerRow), rows)
        found = money.pairs(register, DAY, DAY)
        assert [(pair.approver, pair.payer, pair.vouchers, pair.amount, pair.percent) for pair in found] == [
            ("ann", "ben", 21, 21_000, 95), ("cid", "ben", 1, 1000, 4), ("dan", "dan", 1, 1000, 100),
        ]  # fmt: skip
        assert [pair.remarkable for pair in found] == [True, False, True]
        assert money.pairs(register, DAY + timedelta(days=1), DAY + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("places", "codes"),
    [((1, 2, 3), []), ((1, 3), [GAP]), ((2, 3), [GAP]), ((1, 2, 2), [FORK]), ((1, 3, 3), [GAP, FORK])],
    ids=["whole", "gap", "no beginning", "fork", "both"],
)
def test_a_chain_with_a_gap_is_told(programme: Programme, places: tuple[int, ...], codes: list[str]) -> None:
    rows = [entry(n, "PLAN", "v", "u", place=place) for n, place in enumerate(places, start=1)]
    with programme.office() as office, office.register.write() as register:
        insert_rows(register, table_of(LedgerRow), rows)
        assert list(not_whole(register, "d" * 16)) == codes
        assert list(not_whole(register, "other")) == []


def test_a_whole_ledger_is_no_alarm(programme: Programme) -> None:
    programme.printed("one", programme.register("one"))
    batch = programme.export("one").path
    with programme.office() as office:
        intake.receive(office, [batch])
        with office.register.read() as register:
            alarms = set(register.scalars(select(CentreAlarmRow.code)))
    assert not alarms & {GAP, FORK}


@pytest.mark.parametrize(
    ("seconds", "runs"),
    [
        ([10 * n for n in range(10)], [10]),
        ([10 * n for n in range(9)], []),
        ([14 * n for n in range(10)], []),
        ([13 * n for n in range(25)], [25]),
        ([*range(10), *range(1000, 1012)], [10, 12]),
    ],
    ids=["ten", "nine", "slow", "steady", "twice"],
)
def test_faster_than_hands(seconds: list[int], runs: list[int]) -> None:
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert [len(run) for run in money.runs([start + timedelta(seconds=one) for one in seconds])] == runs


def test_accounts_of_one_name_are_told_without_the_name(programme: Programme) -> None:
    programme.register("one")
    with programme.open("one", "admin") as desk:
        first = desk.add_user("\u0623\u062d\u0645\u062f", Role.CLERK, "a long passphrase of hers")
        second = desk.add_user("\u0627\u062d\u0645\u062f", Role.SUPERVISOR, "a long passphrase of hers")
        desk.add_user("Someone Else", Role.CLERK, "a long passphrase of his")
    batch = programme.export("one").path
    with programme.office() as office:
        intake.receive(office, [batch])
        (together,) = money.money(office, DAY, DAY).one_name
    assert (together.desk, together.accounts) == (programme.numbers["one"], tuple(sorted((first.id, second.id))))
