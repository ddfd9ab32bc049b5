"""Migrations: the models are the head, an empty store comes up, a newer one is refused, a copy is put aside."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, text

from helpdesk.core.errors import Fault
from helpdesk.opening import TABLES
from helpdesk.vault import migrate
from helpdesk.vault.store import Store, checkpoint, open_store
from helpdesk.vault.tables import Base, LocalRow

KEY = secrets.token_bytes(32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "desk.db", KEY, must_exist=False, migrating=True)
    yield opened
    opened.close()


def differences(store: Store) -> list[object]:
    assert TABLES
    with store.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _thing, name, kind, _reflected, _other: (
                    not (kind == "table" and str(name).startswith(("person_search", "expected_search")))
                )
            },
        )
        return list(compare_metadata(context, Base.metadata))


def test_models_equal_the_head(store: Store) -> None:
    migrate.upgrade(store)
    assert differences(store) == []


def test_a_missing_column_would_be_seen(store: Store) -> None:
    migrate.upgrade(store)
    with store.write() as connection:
        connection.execute(text("ALTER TABLE centre_desk DROP COLUMN site"))
    assert differences(store) != []


def test_an_empty_store_comes_up_and_again_changes_nothing(store: Store) -> None:
    assert migrate.version_of(store) is None
    assert not migrate.is_current(store)
    migrate.upgrade(store)
    assert migrate.version_of(store) == migrate.head()
    assert migrate.is_current(store)
    migrate.upgrade(store)
    assert migrate.is_current(store)


def test_a_newer_store_is_refused(store: Store) -> None:
    migrate.upgrade(store)
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Fault, match=r"store\.newer"):
        migrate.is_current(store)


def test_a_dangling_reference_undoes_the_upgrade(store: Store) -> None:
    migrate.upgrade(store)
    with store.write() as connection:
        connection.execute(
            text("INSERT INTO list_problem (list, \"row\", \"column\", code) VALUES ('nowhere', 1, 'c', 'x')")
        )
    with pytest.raises(Fault, match=r"store\.damaged"):
        migrate.upgrade(store)


def test_the_copy_aside_is_whole_and_under_the_same_key(store: Store, tmp_path: Path) -> None:
    migrate.upgrade(store)
    with store.write() as connection:
        connection.execute(insert(LocalRow).values(name="kept", value=b"before"))
    for _ in range(2):  # a copy of an earlier attempt gives way
        migrate.copy_aside(store, tmp_path / "aside.db")
    with pytest.raises(Fault, match=r"store\.key"), open_store(tmp_path / "aside.db", bytes(32)).read():
        pass
    copy = open_store(tmp_path / "aside.db", KEY)
    with copy.read() as connection:
        assert connection.scalar(text("SELECT value FROM local WHERE name = 'kept'")) == b"before"
    checkpoint(copy)
    copy.close()
