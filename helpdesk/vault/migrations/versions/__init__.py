"""One module a migration, loaded by Alembic; none imports today's code."""
