"""Bringing a store to today's tables, in process, in one transaction, after a copy of the file was put aside.

A store of a newer release is refused: an older program must not guess at it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from helpdesk.core.errors import Fault
from helpdesk.vault.store import Store

_FOLDER = Path(__file__).parent / "migrations"


def config_for(connection: Connection | None) -> Config:
    """Alembic's configuration without a file; the connection goes in as an attribute."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


@cache
def _known() -> tuple[str, frozenset[str]]:
    # the newest migration and all of them; each is a file to compile, and they do not change while a program runs
    scripts = ScriptDirectory.from_config(config_for(None))
    newest = scripts.get_current_head()
    if newest is None:
        raise RuntimeError("no migrations")
    return newest, frozenset(script.revision for script in scripts.walk_revisions())


def head() -> str:
    """The newest migration this program knows."""
    return _known()[0]


def version_of(store: Store) -> str | None:
    """The migration a store stands at, None for an empty one."""
    with store.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(store: Store) -> bool:
    """Whether nothing is to be done. Raises Fault("store.newer")."""
    version = version_of(store)
    newest, known = _known()
    if version is not None and version not in known:
        raise Fault("store.newer")
    return version == newest


def upgrade(store: Store) -> None:
    """Run what is missing, whole or not at all. Foreign keys are off in ``store`` and checked at the end.

    Raises Fault("store.damaged") where a reference would be left dangling.
    """
    with store.write() as connection:
        command.upgrade(config_for(connection), "head")
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise Fault("store.damaged")


def copy_aside(store: Store, target: Path) -> None:
    """A whole encrypted copy of a store under the same key, made before it is changed."""
    target.unlink(missing_ok=True)
    raw = store.engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        raw.close()
