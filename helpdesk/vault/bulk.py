"""Inserting many rows: executemany in the encrypted store, COPY in PostgreSQL (2.6 times as fast, DESIGN section 3).

Rows go to the driver as they are, without SQLAlchemy's work for each of them; only their types are translated. What
PostgreSQL reads is written column by column: a centre takes in half a million records, each of several rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Dialect, Table, any_, bindparam, func, literal, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import UserDefinedType

Row = dict[str, Any]
_Binders = list[tuple[str, Callable[[Any], Any] | None]]


class _Spelled(UserDefinedType[str]):
    # an array given as its text; a cast of a text parameter would be worked out again for every row
    cache_ok = True
    render_bind_cast = True

    def __init__(self, member: str) -> None:
        self.member = member

    def get_col_spec(self, **_: Any) -> str:
        return f"{self.member}[]"


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns, inside the caller's transaction."""
    if rows:
        insert_spelled(connection, spell(connection.dialect, table, rows))


class Spelled(NamedTuple):
    """Rows as one kind of database takes them: lines of COPY for PostgreSQL, tuples of parameters for SQLite."""

    table: Table
    names: tuple[str, ...]
    rows: Sequence[Any]

    def only(self, numbers: Sequence[int]) -> Spelled:
        """The rows of these numbers, none of them twice."""
        if len(numbers) == len(self.rows):
            return self
        return self._replace(rows=[self.rows[number] for number in numbers])


def spell(dialect: Dialect, table: Table, rows: Sequence[Row]) -> Spelled:
    """Rows, at least one, that all name the same columns; needs no connection, so any thread may do it."""
    return spell_columns(dialect, table, {name: [row[name] for row in rows] for name in rows[0]})


def spell_columns(dialect: Dialect, table: Table, columns: Mapping[str, Sequence[Any]]) -> Spelled:
    """The same for rows that stand in columns, which is less work where there are very many."""
    names = tuple(columns)
    if dialect.name == "postgresql":
        cells = [_cells(table.c[name], values) for name, values in columns.items()]
        return Spelled(table, names, list(map("\t".join, zip(*cells, strict=True))))
    _, binders = _insert(table, names, dialect)
    bound = [map(bind, columns[name]) if bind else columns[name] for name, bind in binders]
    return Spelled(table, names, list(zip(*bound, strict=True)))


def insert_spelled(connection: Connection, spelled: Spelled) -> None:
    """Insert rows that were spelled for this kind of database, inside the caller's transaction."""
    if not spelled.rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, spelled)
        return
    statement, _ = _insert(spelled.table, spelled.names, connection.dialect)
    connection.exec_driver_sql(statement, list(spelled.rows))


def among(connection: Connection, column: InstrumentedAttribute[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """The condition that a column holds one of many texts or bytes: in PostgreSQL one array, not thousands."""
    if connection.dialect.name == "postgresql":
        written = _WRITTEN[column.type.python_type](values)
        return column == any_(literal(_array(written), _Spelled(_MEMBER[column.type.python_type])))
    return column.in_(values)


def one_of(dialect: Dialect, column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """The condition that a column holds one of many texts, for a statement that is built once.

    :func:`listed` spells the texts as the one parameter ``name``.
    """
    if dialect.name == "postgresql":
        return column == any_(bindparam(name, type_=_Spelled(_MEMBER[str])))
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def listed(dialect: Dialect, values: Sequence[str]) -> str:
    """Texts as the parameter of :func:`one_of`."""
    return _array(values) if dialect.name == "postgresql" else msgspec.json.encode(values).decode()


def _array(values: Sequence[str]) -> str:
    # the array's own spelling: the driver would ask for the type of each of thousands of values
    quoted = ",".join(['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values])
    return "{" + quoted + "}"


@cache
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, _Binders]:
    quote = dialect.identifier_preparer
    columns = ", ".join(quote.quote(name) for name in names)
    marks = ", ".join("?" * len(names))
    binders: _Binders = [(name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names]
    # names come from our own models alone
    return f"INSERT INTO {quote.format_table(table)} ({columns}) VALUES ({marks})", binders  # noqa: S608 - names of our own tables, quoted


def _copy(connection: Connection, spelled: Spelled) -> None:
    quote = connection.dialect.identifier_preparer
    columns = ", ".join(quote.quote(name) for name in spelled.names)
    statement = f"COPY {quote.format_table(spelled.table)} ({columns}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    base: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("\n".join(spelled.rows) + "\n")
    except base as error:
        # past SQLAlchemy's own translation: what the server refuses must look the same from here as from an INSERT
        raise DBAPIError.instance(statement, None, error, base, dialect=connection.dialect) from error


def _cells(column: Column[Any], values: Sequence[Any]) -> Sequence[str]:
    # the values of one column as PostgreSQL's text format of COPY has them
    write = _COPIED[column.type.python_type]
    if None not in values:
        return write(values)
    told = iter(write([value for value in values if value is not None]))
    return ["\\N" if value is None else next(told) for value in values]


_SPECIAL: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED: Final = str.maketrans(_SPECIAL)


def _texts(values: Sequence[str]) -> Sequence[str]:
    together = "".join(values)
    if not any(special in together for special in _SPECIAL):
        return values
    return [value.translate(_ESCAPED) for value in values]


_Writer = Callable[[Sequence[Any]], Sequence[str]]
_WRITTEN: Final[Mapping[type, _Writer]] = {
    str: lambda values: values,
    bytes: lambda values: ["\\x" + value.hex() for value in values],
    int: lambda values: [str(value) for value in values],
    bool: lambda values: ["t" if value else "f" for value in values],
    date: lambda values: [value.isoformat() for value in values],
}
"""How PostgreSQL spells the values of a column, by the type they have here."""
_MEMBER: Final = {str: "TEXT", bytes: "BYTEA"}
_COPIED: Final[Mapping[type, _Writer]] = {
    **_WRITTEN,
    str: _texts,
    bytes: lambda values: ["\\\\x" + value.hex() for value in values],
}
"""The same inside COPY, where a backslash is doubled."""
