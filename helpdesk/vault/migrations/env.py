"""Alembic's entry, always run in process on the store's own connection (helpdesk/vault/migrate.py)."""

from alembic import context

from helpdesk.vault.tables import Base

SEARCH_TABLES = ("person_search", "expected_search")


def include_object(thing: object, name: str | None, type_: str, reflected: bool, compare_to: object) -> bool:
    """Leave the FTS5 tables and their shadows to the hand-written migrations."""
    return not (type_ == "table" and name is not None and name.startswith(SEARCH_TABLES))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_object=include_object,
    transactional_ddl=True,
)
context.run_migrations()
