"""Paid twice: each way two payments can belong together opens one case, alike in every store, until it is settled."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

from helpdesk.assistance.vouchers import doubles
from helpdesk.assistance.vouchers.documents import Payment, Voucher
from helpdesk.assistance.vouchers.doubles import DoublePayment, double_payments
from helpdesk.assistance.vouchers.kinds import PAYMENT, VOUCHER
from helpdesk.assistance.vouchers.settled import DOUBLE_SETTLED, DoubleSettled
from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.desk.commands import User, View
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import Role
from helpdesk.exchange.arrived import Arrived, read_revision, revision_line
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.taking_in import make_ready, take_in
from helpdesk.journey.areas.standing import Signer
from helpdesk.opening import Desk
from helpdesk.reports import grants
from helpdesk.reports.asked import Asked
from helpdesk.reports.periods import Period
from helpdesk.vault import migrate
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import SIGNED_CONTEXT, Kind, Revision, encode_document, encode_revision, revision_hash
from helpdesk.vault.store import Store, open_store
from helpdesk.vault.tables import ConflictRow, OtherHeadRow, RecordRow, RevisionRow, table_of

DAY = date(2026, 11, 21)
DEVICES = ("a" * 16, "b" * 16)
KEY, CLERKS = SigningKey.from_seed(bytes(32)), SigningKey.from_seed(bytes(31) + b"\1")
PUBLICS = {"s": Signer(KEY.public, Role.SUPERVISOR), "c": Signer(CLERKS.public, Role.CLERK)}


def id_of(n: int) -> str:
    return f"01a1fd55-7a80-7000-8000-{n:012d}"


def arrived(
    kind: Kind[Any],
    n: int,
    document: msgspec.Struct,
    ctr: int = 1,
    device: str = DEVICES[0],
    key: SigningKey | None = None,
) -> Arrived:
    """A record that a desk wrote, as a batch brings it."""
    body = encode_revision(
        Revision(
            kind=kind.name, id=id_of(n), parents=(), ctr=ctr, device=device, user="u",
            at="2026-11-21T09:00:00.000Z", doc=msgspec.Raw(encode_document(document)),
        )
    )  # fmt: skip
    sig = key.sign(SIGNED_CONTEXT + revision_hash(body)) if key else None
    raw = revision_line(body, event=kind.event, sig_key=key.key_id if key else None, sig=sig)
    return read_revision(msgspec.json.decode(raw), raw, 2)


def voucher(n: int, **changes: Any) -> Arrived:
    fields: dict[str, Any] = {
        "household": id_of(900), "grant": "DEP", "amount": 600_000, "currency": "IQD", "policy": 1, "pay_point": 1,
        "payee": "p", "first_day": DAY, "last_day": DAY, "state": "PAID", "planned_by": "c", "number": f"{n:011d}",
        "case": id_of(800),
    }  # fmt: skip
    return arrived(VOUCHER, n, Voucher(**{**fields, **changes}))


def payment(n: int, of: int, device: int = 0, **changes: Any) -> Arrived:
    fields: dict[str, Any] = {
        "voucher": id_of(of), "household": id_of(900), "number": f"{of:011d}", "amount": 600_000, "currency": "IQD",
        "paid_on": DAY, "pay_point": 1 + device, "user": f"payer {device}", "witness": "w", "identity": "SEEN",
    }  # fmt: skip
    return arrived(PAYMENT, n, Payment(**{**fields, **changes}), device=DEVICES[device])


def said(hashes: Sequence[str], outcome: str, recovered: int = 0, n: int = 21, ctr: int = 4, **by: Any) -> Arrived:
    """A person's word on a case; the supervisor's, unless told otherwise."""
    word = DoubleSettled("", tuple(hashes), outcome, recovered, DAY, by.get("user", "s"), "brought back")
    return arrived(DOUBLE_SETTLED, n, word, ctr=ctr, key=by.get("key", KEY))


TABLES = (
    *map(table_of, (RevisionRow, RecordRow, OtherHeadRow, ConflictRow)),
    *dict.fromkeys(projection.table for kind in (VOUCHER, PAYMENT, DOUBLE_SETTLED) for projection in kind.projections),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home = tmp_path_factory.mktemp("doubles")
    made = open_store(home / "s.db", secrets.token_bytes(32), must_exist=False, migrating=True)
    migrate.upgrade(made)
    yield made
    made.close()


def view_of(connection: Connection) -> View:
    return View(connection, User("s", "s", Role.SUPERVISOR, KEY), DAY, DEVICES[0], None)


def cases_after(store: Store, items: Sequence[Arrived], pieces: Sequence[int] = ()) -> tuple[DoublePayment, ...]:
    """The cases of an emptied store after these records came in, in pieces of these sizes."""
    with store.write() as connection:
        for table in TABLES:
            connection.execute(delete(table))
        left, sizes = list(items), list(pieces)
        while left:
            size = sizes.pop() if sizes else len(left)
            take_in(connection, make_ready(connection.dialect, left[:size], "f" * 64))
            left = left[size:]
        return double_payments(view_of(connection), PUBLICS)


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([voucher(1), payment(11, 1), payment(12, 1, 1)], ("VOUCHER", "NUMBER", "INSTALMENT")),
        ([payment(11, 1), payment(12, 1, 1)], ("NUMBER",)),
        (
            [
                voucher(1, household=id_of(901)), voucher(2, household=id_of(902), number=f"{1:011d}"),
                payment(11, 1), payment(12, 2, 1, number=f"{1:011d}"),
            ],
            ("NUMBER",),
        ),
        ([voucher(1), voucher(2), payment(11, 1), payment(12, 2, 1)], ("INSTALMENT",)),
        ([voucher(1, case=None), voucher(2, case=None), payment(11, 1), payment(12, 2, 1)], ("INSTALMENT",)),
        (
            [voucher(1, grant="CFW"), voucher(2, grant="CFW", replaces=id_of(1)), payment(11, 1), payment(12, 2, 1)],
            ("REPLACED",),
        ),
        (
            [
                voucher(1, grant="CFW"), voucher(2, grant="CFW", replaces=id_of(1), state="VOID"),
                voucher(3, grant="CFW", replaces=id_of(2)), payment(11, 1), payment(12, 3, 1),
            ],
            ("REPLACED",),
        ),
        (
            [voucher(1), payment(11, 1), payment(12, 1, 1, voucher="", household="", rerouting=id_of(70))],
            ("VOUCHER", "NUMBER", "INSTALMENT"),
        ),
        (
            [voucher(1), voucher(2), payment(11, 1), payment(12, 2, 1, voucher="", household="", rerouting=id_of(70))],
            ("INSTALMENT",),
        ),
    ],
    ids=[
        "voucher", "unknown voucher", "number", "instalment", "no case", "replaced", "replaced twice", "taken in",
        "taken in beside",
    ],
)  # fmt: skip
def test_what_belongs_together_is_one_case(store: Store, items: list[Arrived], why: tuple[str, ...]) -> None:
    (case,) = cases_after(store, items)
    assert case.why == why
    assert case.settled is None
    assert {proof.payment for proof in case.proofs} == {id_of(11), id_of(12)}
    assert {proof.user for proof in case.proofs} == {"payer 0", "payer 1"}
    assert {proof.pay_point for proof in case.proofs} == {1, 2}
    assert {proof.device for proof in case.proofs} == set(DEVICES)
    paid = (item for item in items if item.revision.kind == "payment")
    assert {proof.hash for proof in case.proofs} == {item.hash.hex() for item in paid}
    assert case.too_much == 600_000


@pytest.mark.parametrize(
    "items",
    [
        [voucher(1), payment(11, 1)],
        [voucher(1), payment(11, 1), payment(11, 1)],
        [voucher(1, instalment=1, of=2), voucher(2, instalment=2, of=2), payment(11, 1), payment(12, 2)],
        [voucher(1), voucher(2, case=id_of(801)), payment(11, 1), payment(12, 2)],
        [voucher(1), voucher(2, grant="TRN"), payment(11, 1), payment(12, 2)],
        [voucher(1), voucher(2, household=id_of(901)), payment(11, 1), payment(12, 2)],
        [voucher(1, grant="CFW"), voucher(2, grant="CFW"), payment(11, 1), payment(12, 2)],
        [voucher(1, state="REPLACED"), voucher(2, replaces=id_of(1)), payment(12, 2)],
    ],
    ids=["one", "one file twice", "instalments", "attempts", "grants", "families", "days of work", "replaced once"],
)
def test_what_only_looks_like_it_is_none(store: Store, items: list[Arrived]) -> None:
    assert cases_after(store, items) == ()


def test_three_payments_are_one_case_and_a_late_one_opens_it_again(store: Store) -> None:
    """A person's word covers what was there; what comes afterwards nobody has seen."""
    known = [voucher(1), voucher(2), payment(11, 1), payment(12, 1, 1)]
    (before,) = cases_after(store, known)
    hashes = tuple(sorted(proof.hash for proof in before.proofs))
    word = said(hashes, "PAID_TWICE_RECOVERED", 600_000)
    (settled,) = cases_after(store, [*known, word])
    assert settled.settled is not None
    assert (settled.settled.outcome, settled.settled.recovered) == ("PAID_TWICE_RECOVERED", 600_000)
    assert settled.id == before.id
    (again,) = cases_after(store, [*known, word, payment(13, 2, 1)])
    assert len(again.proofs) == 3
    assert again.settled is None
    assert again.id != before.id
    assert again.too_much == 1_200_000


def test_of_two_words_the_later_counts_in_every_store(store: Store) -> None:
    known = [voucher(1), payment(11, 1), payment(12, 1, 1)]
    (case,) = cases_after(store, known)
    hashes = tuple(sorted(proof.hash for proof in case.proofs))
    words = [
        said(hashes, "SAME_RECORDED_TWICE", n=21, ctr=4),
        said(hashes, "FRAUD_REFERRED", n=22, ctr=5),
    ]
    found = {cases_after(store, [*known, *order]) for order in (words, words[::-1])}
    ((one,),) = found
    assert one.settled is not None
    assert one.settled.outcome == "FRAUD_REFERRED"


@pytest.mark.parametrize(
    "by", [{"key": None}, {"key": CLERKS}, {"key": CLERKS, "user": "c"}, {"user": "nobody"}],
    ids=["unsigned", "another's key", "a clerk", "unknown"],
)  # fmt: skip
def test_a_word_that_no_supervisor_signed_settles_nothing(store: Store, by: dict[str, Any]) -> None:
    known = [voucher(1), payment(11, 1), payment(12, 1, 1)]
    (case,) = cases_after(store, known)
    hashes = tuple(proof.hash for proof in case.proofs)
    (still,) = cases_after(store, [*known, said(hashes, "SAME_RECORDED_TWICE", **by)])
    assert still.settled is None


@st.composite
def money(draw: st.DrawFn) -> list[Arrived]:
    """Vouchers that share numbers, instalments and papers in any way, and payments of them at two desks."""
    items = []
    for n in range(draw(st.integers(1, 5))):
        changes: dict[str, Any] = {
            "household": id_of(draw(st.integers(900, 901))), "instalment": draw(st.integers(1, 2)),
            "number": f"{draw(st.integers(1, 4)):011d}", "grant": draw(st.sampled_from(["DEP", "CFW"])),
            "replaces": draw(st.sampled_from([None, *map(id_of, range(1, n + 1))])),
        }  # fmt: skip
        items.append(voucher(n + 1, **changes))
    for n in range(draw(st.integers(0, 6))):
        of, device = draw(st.integers(1, 5)), draw(st.integers(0, 1))
        number = f"{draw(st.integers(1, 4)):011d}"
        blank: dict[str, Any] = {"voucher": "", "household": ""} if draw(st.booleans()) else {}
        items.append(payment(20 + n, of, device, number=number, **blank))
    return items


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(items=money(), data=st.data())
def test_order_and_repetition_change_no_case(store: Store, items: list[Arrived], data: st.DataObject) -> None:
    expected = cases_after(store, items)
    again = data.draw(st.lists(st.sampled_from(items), max_size=3))
    shuffled = data.draw(st.permutations([*items, *again]))
    pieces = data.draw(st.lists(st.integers(1, 3), max_size=8))
    assert cases_after(store, shuffled, pieces) == expected
    told = [proof.payment for case in expected for proof in case.proofs]
    assert len(told) == len(set(told))  # each payment stands in one case
    by_number: dict[str, set[str]] = {}
    for item in items:
        if item.revision.kind == "payment":
            by_number.setdefault(item.document.number, set()).add(item.revision.id)
    together = [{proof.payment for proof in case.proofs} for case in expected]
    for same in by_number.values():
        assert len(same) == 1 or sum(same <= one for one in together) == 1


def test_the_report_counts_cases_by_what_they_were(store: Store) -> None:
    """Three cases of one month, one settled and one typed in twice; a case of another month is left out."""
    known = [
        *(voucher(n, household=id_of(900 + n)) for n in range(1, 5)),
        *(payment(10 * n, n, paid_on=DAY if n < 4 else date(2026, 9, 1)) for n in range(1, 5)),
        *(payment(10 * n + 1, n, 1, paid_on=DAY if n < 4 else date(2026, 9, 1)) for n in range(1, 5)),
    ]
    by_voucher = {case.proofs[0].voucher: case for case in cases_after(store, known)}
    one, two = ([proof.hash for proof in by_voucher[id_of(n)].proofs] for n in (1, 2))
    words = [said(one, "PAID_TWICE_RECOVERED", 200_000, n=51), said(two, "SAME_RECORDED_TWICE", n=52)]
    assert len(cases_after(store, [*known, *words])) == 4
    with store.read() as connection:
        month = Asked((Period(date(2026, 11, 1), DAY),), Words("en"), load_gazetteer(), PUBLICS)
        found = [row.cells[1:] for row in grants.doubles(view_of(connection), month).rows]
        leaving = grants.doubles(view_of(connection), replace(month, leaves=True))
    assert found == [(1, 600_000, 0), (1, 0, 0), (1, 600_000, 200_000)]
    assert [row.cells[2:] for row in leaving.rows] == [(None, None)] * 3


def test_every_kind_here_crosses() -> None:
    assert {"double_settled", "paid_question"} <= set(KINDS)


@pytest.fixture
def twice(desk_as: Callable[..., Desk]) -> Callable[[str], Desk]:
    """A desk with one double payment, signed in as somebody."""

    def signed_in(name: str, payer: str = "payer 0") -> Desk:
        desk = desk_as(name)
        with desk.store.write() as connection:
            items = [voucher(1), payment(11, 1, user=payer), payment(12, 1, 1)]
            take_in(connection, make_ready(connection.dialect, items, "f" * 64))
        return desk

    return signed_in


def test_a_supervisor_settles_with_her_signature(twice: Callable[[str], Desk]) -> None:
    desk = twice("supervisor")
    (case,) = desk.ask(double_payments)
    assert desk.ask(doubles.count_open) == 1
    record = desk.do(doubles.settle, case.id, "PAID_TWICE_RECOVERED", "The family brought it back.", 250_000)
    (settled,) = desk.ask(double_payments)
    assert settled.settled is not None
    assert (settled.settled.by, settled.settled.recovered) == (desk.user.id, 250_000)
    assert desk.ask(doubles.count_open) == 0
    assert desk.ask(doubles.doubles_of, id_of(1)) == (settled,)
    with desk.store.read() as connection:
        row = connection.execute(table_of(RevisionRow).select().where(RevisionRow.record == record)).one()
    assert row.sig_key == desk.user.key.key_id


@pytest.mark.parametrize(
    ("outcome", "note", "recovered", "code"),
    [
        ("NOTHING", "The family brought it back.", 0, "form.code"),
        ("FRAUD_REFERRED", "short", 0, "double.note"),
        ("PAID_TWICE_RECOVERED", "The family brought it back.", 0, "double.amount"),
        ("PAID_TWICE_RECOVERED", "The family brought it back.", 600_001, "double.amount"),
        ("PAID_TWICE_WRITTEN_OFF", "Nobody found the family.", 1, "double.amount"),
    ],
)
def test_what_is_no_word_is_refused(
    twice: Callable[[str], Desk], outcome: str, note: str, recovered: int, code: str
) -> None:
    desk = twice("supervisor")
    (case,) = desk.ask(double_payments)
    with pytest.raises(Refusal, match=code.replace(".", r"\.")):
        desk.do(doubles.settle, case.id, outcome, note, recovered)
    with pytest.raises(Refusal, match=r"double\.unknown"):
        desk.do(doubles.settle, id_of(5), "FRAUD_REFERRED", "Nobody found the family.")


def test_whoever_paid_does_not_settle(desk_as: Callable[..., Desk], twice: Callable[..., Desk]) -> None:
    payer = desk_as("supervisor").user.id
    desk = twice("supervisor", payer)
    (case,) = desk.ask(double_payments)
    with pytest.raises(Refusal, match=r"double\.own"):
        desk.do(doubles.settle, case.id, "SAME_RECORDED_TWICE", "Typed in a second time.")


def test_a_clerk_does_not_settle(twice: Callable[[str], Desk]) -> None:
    desk = twice("clerk")
    (case,) = desk.ask(double_payments)
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk.do(doubles.settle, case.id, "SAME_RECORDED_TWICE", "Typed in a second time.")
