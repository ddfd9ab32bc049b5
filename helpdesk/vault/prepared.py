"""Statements compiled once for each kind of database: an act at a desk runs dozens, each quicker than its building.

What they bind and return goes to and from the driver untranslated: texts, numbers and bytes, no days. They hold no IN
with a list of values; for that there is ``bulk.one_of``.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Dialect, Executable
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler


class Prepared:
    """A statement whose parameters are given by name each time it runs."""

    def __init__(self, statement: Executable) -> None:
        self._statement: Final = statement

    def __call__(self, connection: Connection, **values: Any) -> CursorResult[Any]:
        """Run it inside the caller's transaction."""
        text, order, known = _compiled(self._statement, connection.dialect)
        bound = {**known, **values}
        return connection.exec_driver_sql(text, bound if order is None else tuple(bound[name] for name in order))


@cache
def _compiled(statement: Executable, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
    # SQLite takes values by place, PostgreSQL by name
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    order = compiled.positiontup
    return compiled.string, None if order is None else tuple(order), dict(compiled.params)
