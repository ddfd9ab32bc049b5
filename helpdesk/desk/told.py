"""What the bundle in force tells of single families, vouchers, cards and services: rows of one indexed table.

A list here may have any number of rows, so nothing reads a whole one to answer about one family. Whether rows are
genuine was decided before they come here (exchange).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, select

from helpdesk.desk.bundle import ClearanceRule, Decision, FeedbackWord, IssuedTable, KnownOffer
from helpdesk.desk.tables import ToldRow
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.prepared import Prepared
from helpdesk.vault.tables import table_of

T = TypeVar("T")

_PIECE: Final = 500
_FOUND: Final = Prepared(
    select(ToldRow.body)
    .where(ToldRow.list == bindparam("of_list"), ToldRow.key == bindparam("of_key"))
    .order_by(ToldRow.n)
    .limit(1)
)


class ToldList(Generic[T]):
    """One list by its name in the bundle; ``shape`` is the type of its rows, ``key`` what a row is asked for by."""

    def __init__(self, name: str, shape: Any, key: Callable[[T], str]) -> None:
        self.name: Final = name
        self.shape: Final = shape
        self._key: Final = key
        self._decoder: Final[msgspec.json.Decoder[T]] = msgspec.json.Decoder(shape)

    def find(self, connection: Connection, key: str) -> T | None:
        """The first row of that key."""
        body = _FOUND(connection, of_list=self.name, of_key=key).scalar()
        return None if body is None else self._decoder.decode(bytes(body))

    def holds(self, connection: Connection, key: str) -> bool:
        """Whether a row has that key."""
        return _FOUND(connection, of_list=self.name, of_key=key).first() is not None

    def every(self, connection: Connection) -> Iterator[T]:
        """All rows in the order in which they came."""
        rows = select(ToldRow.body).where(ToldRow.list == self.name).order_by(ToldRow.n)
        for body in connection.scalars(rows.execution_options(yield_per=_PIECE)):
            yield self._decoder.decode(bytes(body))

    def write(self, connection: Connection, rows: Iterable[T]) -> None:
        """Put the rows in the place of those that are there."""
        connection.execute(delete(ToldRow).where(ToldRow.list == self.name))
        numbered = enumerate(rows)
        while piece := list(islice(numbered, _PIECE)):
            found = [
                {"list": self.name, "key": self._key(row), "n": n, "body": msgspec.json.encode(row)} for n, row in piece
            ]
            insert_rows(connection, table_of(ToldRow), found)


def _itself(key: str) -> str:
    return key


def _household(decision: Decision) -> str:
    return decision.household


def _offer(offer: KnownOffer) -> str:
    return offer.id


def _number(word: FeedbackWord) -> str:
    return word.number


def _only_whole(_: object) -> str:
    # of these lists nobody asks for one row
    return ""


DECISIONS: Final = ToldList("decisions", Decision, _household)
REVOKED_CARDS: Final = ToldList("revoked_cards", str, _itself)
REVOKED_VOUCHERS: Final = ToldList("revoked_vouchers", str, _itself)
SERVICES: Final = ToldList("services", KnownOffer, _offer)
FEEDBACK: Final = ToldList("feedback", FeedbackWord, _number)
TRANSFERS: Final = ToldList("transfers", str, _itself)
TABLES: Final[ToldList[tuple[ClearanceRule, ...]]] = ToldList("tables", tuple[ClearanceRule, ...], _only_whole)
TABLES_ISSUED: Final[ToldList[IssuedTable]] = ToldList("tables_issued", IssuedTable, _only_whole)

TOLD: Final[dict[str, ToldList[Any]]] = {
    one.name: one
    for one in (
        DECISIONS, REVOKED_CARDS, REVOKED_VOUCHERS, SERVICES, FEEDBACK, TRANSFERS, TABLES, TABLES_ISSUED,
    )
}  # fmt: skip
"""By name."""
