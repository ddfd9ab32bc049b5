"""The encrypted store: whose key opens it, what a damaged page says, and that no plain text touches the disk."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import OperationalError

from helpdesk.core.errors import Fault
from helpdesk.vault.store import Store, checkpoint, open_store, raise_known
from helpdesk.vault.tables import Base, LocalRow

NAME = "\u0634\u0647\u064a\u062f\u0629".encode()
KEY = secrets.token_bytes(32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "desk.db", KEY, must_exist=False)
    Base.metadata.create_all(opened.engine, tables=[LocalRow.__table__])
    yield opened
    opened.close()


def put(store: Store, name: str, value: bytes = NAME) -> None:
    with store.write() as connection:
        connection.execute(insert(LocalRow).values(name=name, value=value))


def count(store: Store) -> int:
    with store.read() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM local")) or 0)


def test_another_key_opens_nothing(store: Store, tmp_path: Path) -> None:
    put(store, "a")
    other = open_store(tmp_path / "desk.db", bytes(32))
    with pytest.raises(Fault, match=r"store\.key"), other.read():
        pass
    other.close()


def test_a_file_that_is_no_store_opens_as_little(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"SQLite format 3\0" + bytes(8176))
    other = open_store(tmp_path / "x.db", KEY)
    with pytest.raises(Fault, match=r"store\.key"), other.read():
        pass
    other.close()


def test_a_missing_store_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"store\.missing"):
        open_store(tmp_path / "gone.db", KEY)
    assert not (tmp_path / "gone.db").exists()


def test_a_key_has_its_length(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_store(tmp_path / "x.db", b"short", must_exist=False)


def test_a_damaged_page_is_a_fault_and_never_an_answer(store: Store, tmp_path: Path) -> None:
    for n in range(200):
        put(store, f"name {n}", bytes(400))
    checkpoint(store)
    store.close()
    path = tmp_path / "desk.db"
    data = bytearray(path.read_bytes())
    for place in range(4096 + 1000, len(data), 4096):
        data[place] ^= 1
    path.write_bytes(data)
    damaged = open_store(path, KEY)
    with pytest.raises(Fault, match=r"store\.(damaged|key)"), damaged.read() as connection:
        connection.execute(text("SELECT sum(length(value)) FROM local")).all()
    damaged.close()


def test_nothing_plain_lies_beside_the_store(store: Store, tmp_path: Path) -> None:
    """Big sorts spill into temporary files: they must stay in memory (temp_store), and WAL pages are encrypted."""
    with store.read() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        options = {row[0] for row in driver.execute("PRAGMA compile_options")}
        in_memory = driver.execute("PRAGMA temp_store").fetchone()[0]
    assert "TEMP_STORE=2" in options or "TEMP_STORE=3" in options or in_memory == 2
    assert "TEMP_STORE=0" not in options
    for n in range(300):
        put(store, f"n{n}", NAME * 50)
    with store.read() as connection:
        connection.execute(text("SELECT value FROM local ORDER BY value DESC, name")).all()
    for path in tmp_path.iterdir():
        assert NAME not in path.read_bytes(), path.name
        assert b"SQLite format 3" not in path.read_bytes()[:16]
    checkpoint(store)
    assert (tmp_path / "desk.db-wal").stat().st_size == 0


def test_a_write_is_whole_or_not_at_all(store: Store) -> None:
    def half(connection: Connection) -> None:
        connection.execute(insert(LocalRow).values(name="half", value=b""))
        raise RuntimeError

    with pytest.raises(RuntimeError), store.write() as connection:
        half(connection)
    assert count(store) == 0


def test_a_writer_holds_the_lock_before_it_reads(store: Store, tmp_path: Path) -> None:
    second = open_store(tmp_path / "desk.db", KEY)
    with store.write():
        with second.read() as reading:  # readers are never stopped
            assert reading.scalar(text("SELECT count(*) FROM local")) == 0
        impatient = sqlcipher.connect(str(tmp_path / "desk.db"), isolation_level=None, timeout=0)
        impatient.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        with pytest.raises(sqlcipher.OperationalError, match="locked"):
            impatient.execute("BEGIN IMMEDIATE")
        impatient.close()
    second.close()


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("database or disk is full", "disk.full"),
        ("No space left on device", "disk.full"),
        ("database is locked", "store.busy"),
        ("database disk image is malformed", "store.damaged"),
        ("file is not a database", "store.damaged"),
        ("disk I/O error", "store.damaged"),
    ],
)
def test_what_a_disk_does_has_a_code(reason: str, code: str) -> None:
    with pytest.raises(Fault) as fault:
        raise_known(OperationalError("SELECT", None, sqlcipher.OperationalError(reason)))
    assert fault.value.code == code


def test_our_own_mistakes_are_no_faults(store: Store) -> None:
    with pytest.raises(OperationalError), store.read() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
