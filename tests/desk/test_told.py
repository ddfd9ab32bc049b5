"""The table of what a bundle told: rows are found by what they are asked for, and old bundles' lists move into it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from alembic import command
from sqlalchemy import insert, select

from helpdesk.desk import trust
from helpdesk.desk.bundle import (
    ClearanceRule,
    Decision,
    DeskFacts,
    FeedbackWord,
    IssuedTable,
    KnownOffer,
    WholeBundle,
    without_lists,
)
from helpdesk.desk.tables import BundleRow, ToldRow
from helpdesk.desk.told import DECISIONS, REVOKED_VOUCHERS, TABLES, TOLD
from helpdesk.vault import migrate
from helpdesk.vault.store import Store, open_store
from helpdesk.vault.tables import table_of

KEY = secrets.token_bytes(32)
RULES = (ClearanceRule("", "", ("Council",)), ClearanceRule("a", "b", ()))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "desk.db", KEY, must_exist=False, migrating=True)
    yield opened
    opened.close()


def bundle(version: int) -> WholeBundle:
    """A bundle as version 1 had it, every list with something in it."""
    facts = DeskFacts(101, "One", "ab" * 32, "DIS", (), ())
    return WholeBundle(
        1, "Tests", True, version, 1, 2, 3, facts, "", "", "", "",
        revoked_cards=(f"{version:016x}",), revoked_vouchers=("7", "6"),
        decisions=(Decision("f", "proceed", version), Decision("e", "wait", 2)),
        services=(KnownOffer("o", "IQ-AN", "\u0639\u064a\u0627\u062f\u0629", "HEALTH", "Everything"),),
        feedback=(FeedbackWord("12345", "RECEIVED", 4),), transfers=("cd" * 32,), tables=(RULES, ()),
        tables_issued=(IssuedTable(300, 4, 5, 0),),
    )  # fmt: skip


def test_lists_of_an_installed_bundle_move_into_the_table(store: Store) -> None:
    with store.write() as connection:
        command.upgrade(migrate.config_for(connection), "0018")
    before = {}
    for version in (4, 5):
        # written by a program that knew neither ``behind`` nor the table
        before[version] = msgspec.to_builtins(bundle(version))
        del before[version]["behind"]
        with store.write() as connection:
            body = msgspec.json.encode(before[version])
            connection.execute(insert(BundleRow).values(version=version, identity=f"{version:064x}", body=body))
    migrate.upgrade(store)
    with store.read() as connection:
        assert trust.in_force(connection) == without_lists(bundle(5))
        bodies = connection.scalars(select(BundleRow.body).order_by(BundleRow.version)).all()
        assert [msgspec.json.decode(bytes(body))["version"] for body in bodies] == [4, 5]
        assert not any(name in msgspec.json.decode(bytes(body)) for body in bodies for name in TOLD)
        for name, told in TOLD.items():
            assert tuple(told.every(connection)) == getattr(bundle(5), name), name
        assert DECISIONS.find(connection, "e") == Decision("e", "wait", 2)
        by_migration = connection.execute(select(table_of(ToldRow)).order_by(ToldRow.list, ToldRow.n)).all()
    with store.write() as connection:
        for name, told in TOLD.items():
            told.write(connection, getattr(bundle(5), name))
        by_program = connection.execute(select(table_of(ToldRow)).order_by(ToldRow.list, ToldRow.n)).all()
    assert [(row.list, row.key, row.n) for row in by_migration] == [(row.list, row.key, row.n) for row in by_program]


def test_a_store_without_a_bundle_has_nothing_to_move(store: Store) -> None:
    migrate.upgrade(store)
    with store.read() as connection:
        assert not connection.execute(select(table_of(ToldRow))).all()


def test_rows_are_found_by_their_key_and_lists_do_not_mix(store: Store) -> None:
    migrate.upgrade(store)
    with store.write() as connection:
        DECISIONS.write(connection, [Decision(f"{n}", "proceed", n) for n in range(1_200)])
        REVOKED_VOUCHERS.write(connection, ["1", "1", "2000"])
        TABLES.write(connection, [(), RULES, ()])
        assert DECISIONS.find(connection, "1199") == Decision("1199", "proceed", 1199)
        assert DECISIONS.find(connection, "2000") is None
        assert REVOKED_VOUCHERS.holds(connection, "1")
        assert not REVOKED_VOUCHERS.holds(connection, "2")
        assert list(TABLES.every(connection)) == [(), RULES, ()]
        DECISIONS.write(connection, iter(()))
        assert DECISIONS.find(connection, "1199") is None
        assert list(REVOKED_VOUCHERS.every(connection)) == ["1", "1", "2000"]
