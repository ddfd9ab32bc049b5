"""Whether two words that stand together in a text are the name of somebody in the register.

Only asked about texts that shall be shared. It answers yes or no and never says whose name it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, text

from helpdesk.core.text import fold

_SHORTEST: Final = 3
_MOST: Final = 200
_PEOPLE = text(
    "SELECT p.name FROM person_search s JOIN person p ON p.n = s.rowid WHERE person_search MATCH :query LIMIT :most"
)


def registered_names(connection: Connection) -> Callable[[str, str], bool]:
    """The question to ask of two folded words, against the register behind ``connection`` (a desk's store)."""

    def is_name(one: str, other: str) -> bool:
        if min(len(one), len(other)) < _SHORTEST:
            return False
        wanted = f" {one} {other} "
        query = f'"{one}" AND "{other}"'
        found = connection.scalars(_PEOPLE, {"query": query, "most": _MOST})
        return any(wanted in f" {fold(name)} " for name in found)

    return is_name
