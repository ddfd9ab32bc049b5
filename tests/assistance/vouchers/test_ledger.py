"""Whatever is bent behind the program's back is found and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from helpdesk.assistance.vouchers import ledger, mishaps, paying, verifying
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.exchange import installing
from helpdesk.opening import Desk
from tests.people import small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]


def bent(connection: Connection, sql: str, face: PrintedVoucher) -> None:
    """Run statements with the voucher's id and number as ``:id`` and ``:number``; each must change something."""
    for statement in sql.split(";"):
        named = {name: value for name, value in (("id", face.id), ("number", face.number)) if f":{name}" in statement}
        assert connection.execute(text(statement), named).rowcount > 0, statement


_ENTRY = "SELECT id FROM ledger WHERE voucher = :id AND act = '{}'"


def without(act: str) -> str:
    """An entry vanishes wholly: its revision, its record and its row."""
    chosen = _ENTRY.format(act)
    return (
        f"DELETE FROM revision WHERE record IN ({chosen});DELETE FROM record WHERE id IN ({chosen});"
        f"DELETE FROM ledger WHERE id IN ({chosen})"
    )


_PAID = "SELECT id FROM payment WHERE voucher = :id"
BENT = {
    "a row shows another amount": ("UPDATE voucher SET amount = amount + 1 WHERE id = :id", {"CHANGED_ROW"}),
    "a row shows another state": ("UPDATE voucher SET state = 'PRINTED' WHERE id = :id", {"CHANGED_ROW"}),
    "a payment's row shows less": ("UPDATE payment SET amount = 1 WHERE voucher = :id", {"CHANGED_ROW"}),
    "an entry's row says another act": ("UPDATE ledger SET act = 'VOID' WHERE voucher = :id", {"CHANGED_ROW"}),
    "a row is gone": ("DELETE FROM payment WHERE voucher = :id", {"CHANGED_ROW"}),
    "an entry is gone": (without("APPROVE"), {"GAP"}),
    "the entry of the payment is gone": (without("PAY"), {"CUT_OFF", "PAYMENT_WITHOUT_ENTRY", "STATE_DIFFERS"}),
    "the payment is gone": (
        f"DELETE FROM revision WHERE record IN ({_PAID});DELETE FROM record WHERE id IN ({_PAID});"
        "DELETE FROM payment WHERE voucher = :id",
        {"ENTRY_WITHOUT_PAYMENT"},
    ),
    "only the revision of the payment is gone": (
        f"DELETE FROM revision WHERE record IN ({_PAID})",
        {"REMOVED", "ENTRY_WITHOUT_PAYMENT"},
    ),
    "a payment's bytes say another witness": (
        "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), 'a neighbour', 'a neighbouR') AS BLOB)"
        f" WHERE record IN ({_PAID})",
        {"ALTERED", "FALSE_SIGNATURE"},
    ),
    "a signature is another's": (
        "UPDATE revision SET sig = zeroblob(64) WHERE record IN (" + _ENTRY.format("PAY") + ")",
        {"FALSE_SIGNATURE"},
    ),
    "a signature is gone": (
        f"UPDATE revision SET sig = NULL, sig_key = NULL WHERE record IN ({_PAID})",
        {"FALSE_SIGNATURE"},
    ),
    "a key is nobody's": (
        "UPDATE revision SET sig_key = '0000000000000000' WHERE record IN (" + _ENTRY.format("PRINT") + ")",
        {"FALSE_SIGNATURE"},
    ),
}


@pytest.fixture
def paid(programme: Programme) -> PrintedVoucher:
    face = programme.printed("one", programme.register())
    programme.at("one", "other", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    return face


def test_everything_that_is_bent_is_named(desk_as: SignIn, paid: PrintedVoucher) -> None:
    desk = desk_as("supervisor")
    assert desk.ask(verifying.flaws) == ()
    keys = desk.ask(verifying.keys_of)
    for name, (sql, expected) in BENT.items():
        with desk.store.write() as connection:
            nested = connection.begin_nested()
            bent(connection, sql, paid)
            found = {flaw.code for flaw in verifying.verify(connection, keys, device=desk.device)}
            nested.rollback()
        assert found == expected, name
    assert desk.ask(verifying.flaws) == ()


def test_a_number_used_twice_is_named(desk_as: SignIn, programme: Programme, paid: PrintedVoucher) -> None:
    """Another desk of the camp says a number that this desk drew: both are kept, and it is told."""
    later = programme.register("one", small_form(programme.clock))
    other = programme.printed("one", later)
    desk = desk_as("supervisor")
    with desk.store.write() as connection:
        nested = connection.begin_nested()
        bent(connection, f"UPDATE voucher SET number = '{other.number}' WHERE id = :id", paid)
        found = verifying.verify(connection, desk.ask(verifying.keys_of), device=desk.device)
        nested.rollback()
    assert [flaw.number for flaw in found if flaw.code == "REUSED_NUMBER"] == [other.number]


def test_entries_are_chained_and_signed_by_whoever_acted(desk_as: SignIn, paid: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    entries = desk.ask(ledger.entries_of, paid.id)
    assert [entry.act for entry in entries] == ["PLAN", "APPROVE", "PRINT", "ISSUE", "PAY"]
    assert [entry.n for entry in entries] == [1, 2, 3, 4, 5]
    assert len({entry.user for entry in entries}) == 3
    assert entries[0].previous == ""
    assert desk.ask(ledger.newest, 2) == (entries[4], entries[3])


def test_a_chain_of_another_desk_may_begin_late_but_has_no_gap(programme: Programme, paid: PrintedVoucher) -> None:
    written = programme.export("one")
    with programme.open("two", "supervisor") as desk:
        installing.install(desk, written.path)
        assert desk.ask(verifying.flaws) == ()
        with desk.store.write() as connection:
            nested = connection.begin_nested()
            bent(connection, without("PLAN"), paid)
            keys = desk.ask(verifying.keys_of)
            late = verifying.verify(connection, keys, device=desk.device)
            whole = verifying.verify(connection, keys)
            bent(connection, without("PRINT"), paid)
            torn = verifying.verify(connection, keys, device=desk.device)
            nested.rollback()
    assert late == ()
    assert [flaw.code for flaw in whole] == ["GAP"]
    assert "GAP" in [flaw.code for flaw in torn]


def test_two_entries_with_one_number_are_a_fork(desk_as: SignIn, programme: Programme) -> None:
    """A store that was put back to an earlier state goes on from there: what it writes again is told."""
    face = programme.printed("one", programme.register())
    desk = desk_as("clerk")
    with desk.store.read() as connection:
        kept = connection.execute(text("SELECT value FROM local WHERE name = 'ledger'")).scalar()
    desk.do(mishaps.unclaim, face.id)
    with desk.store.write() as connection:
        connection.execute(text("UPDATE local SET value = :kept WHERE name = 'ledger'"), {"kept": kept})
    desk.do(mishaps.dispute, face.id, "not collected, says the family")
    assert {flaw.code for flaw in desk.ask(verifying.flaws)} >= {"FORK"}
