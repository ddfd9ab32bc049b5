"""The encrypted database of a desk or centre: SQLCipher with a raw 32-byte key, or PostgreSQL for a large centre.

Reads and writes are two kinds of transaction; a write takes the lock at once (BEGIN IMMEDIATE). The key is
never part of an address or a log. Measured reasons for each setting: DESIGN.md section 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from helpdesk.core.errors import Fault

KEY_BYTES = 32


class Store:
    """An open database. ``read()`` and ``write()`` hand out connections inside a transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one unchanging picture of the store. Raises Fault("store.damaged")."""
        with self._known_failures(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction, committed when the block ends well and rolled back whole otherwise.

        Raises Fault("disk.full"), Fault("store.busy"), Fault("store.damaged").
        """
        with (
            self._known_failures(),
            self.engine.connect().execution_options(helpdesk_write=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Give every connection back and let go of the files."""
        self.engine.dispose()

    @contextmanager
    def _known_failures(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise_known(error)
            raise


def raise_known(error: DBAPIError) -> None:
    """Turn what a disk or a damaged file does into a Fault with a code; anything else is left alone."""
    reason = str(error.orig).lower()
    if "disk is full" in reason or "no space left" in reason or "disk full" in reason:
        raise Fault("disk.full") from None
    if "database is locked" in reason or "database table is locked" in reason:
        raise Fault("store.busy") from None
    if "malformed" in reason or "not a database" in reason or "disk i/o error" in reason:
        raise Fault("store.damaged") from None


def open_store(path: Path, key: bytes, *, must_exist: bool = True, migrating: bool = False) -> Store:
    """Open the SQLCipher file at ``path`` with the raw data key.

    ``migrating`` leaves foreign keys off, because SQLite rebuilds referenced tables by dropping them.
    Raises Fault("store.missing"), Fault("store.key") for another key or a file that is no store.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")
    if must_exist and not path.exists():
        raise Fault("store.missing")

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            # each page's seal: processors compute SHA-256 in hardware, and a commit takes a third less than with 512;
            # as the default, because the copies that VACUUM INTO makes are sealed by it
            connection.execute("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA foreign_keys = {'OFF' if migrating else 'ON'}")
            connection.execute("PRAGMA cache_size = -32768")
        except sqlcipher.DatabaseError as error:
            connection.close()
            if "full" in str(error):
                raise Fault("disk.full") from None
            raise Fault("store.key") from None
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,  # no exception quotes what was being written
    )
    _own_transactions(engine)
    return Store(engine)


def open_server(url: str) -> Store:
    """Open a centre's PostgreSQL database by its SQLAlchemy URL (``postgresql+psycopg://...``)."""
    return Store(create_engine(url, hide_parameters=True))


def _own_transactions(engine: Engine) -> None:
    # the driver is in autocommit; we begin ourselves so that a write holds the lock before it reads
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("helpdesk_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def checkpoint(store: Store) -> None:
    """Write the WAL back and empty it, so that no freed page of it outlives the session.

    On a full disk it stays as it is: encrypted like the store, and read by whoever opens it next.
    """
    if store.engine.dialect.name == "sqlite":
        raw = store.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlcipher.OperationalError as error:
            if "full" not in str(error):
                raise
        finally:
            raw.close()
