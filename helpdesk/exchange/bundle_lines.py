"""The lines of a bundle: its own, and behind it every list that may grow, and the pages of the paid list.

One way for all of them: rows of one list in as few lines as a line's length allows, each line with the number of its
first row. Files of version 1, with the lists inside the bundle and pages in lines of their own, stay readable.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import GenericAlias
from typing import Any, Final, get_type_hints

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from helpdesk.core.errors import Fault
from helpdesk.desk import paid_list
from helpdesk.desk.bundle import HELD, Bundle, WholeBundle, without_lists
from helpdesk.desk.told import TOLD
from helpdesk.exchange.payload import LONGEST_LINE, Line, Record

PAID: Final = "paid"
"""The pages of the paid list, each in base64: they belong to no field of a bundle."""
LISTED: Final = frozenset(("list", PAID))
"""What the lines behind a bundle's own say they are; records about places follow."""
_IN_LINES: Final = 2
_FULL: Final = LONGEST_LINE - (1 << 10)
_HINTS: Final = get_type_hints(Bundle)
_SHAPES: Final[dict[str, Any]] = {
    **{name: _HINTS[name] for name in HELD},
    **{name: GenericAlias(tuple, (told.shape, ...)) for name, told in TOLD.items()},
    PAID: tuple[str, ...],
}


class ListLine(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="list"):
    """Some rows of the list of that name, as its field in the bundle has them; ``first`` is the number of the first."""

    list: str
    first: int
    rows: tuple[Any, ...]


class PaidLine(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="paid"):
    """Some pages of the paid list in base64, as files of version 1 have them; ``first`` is the number of the first."""

    first: int
    pages: tuple[str, ...]


def bundle_lines(whole: WholeBundle, pages: Iterable[bytes]) -> Iterator[Record]:
    """A bundle with its lists and the pages of its paid list as the lines of a file."""
    lists: dict[str, Sequence[Any]] = {name: getattr(whole, name) for name in (*HELD, *TOLD)}
    behind = {name: len(rows) for name, rows in lists.items() if rows}
    first = msgspec.structs.replace(whole, v=_IN_LINES, behind=behind, **dict.fromkeys(lists, ()))
    yield {"t": "bundle", **msgspec.to_builtins(first)}
    for name in behind:
        yield from list_lines(name, lists[name])
    yield from list_lines(PAID, (base64.b64encode(page).decode() for page in pages))


def list_lines(name: str, rows: Iterable[Any]) -> Iterator[bytes]:
    """The rows of one list, none of which is longer than a line."""
    encode = msgspec.json.Encoder().encode
    first = size = 0
    held: list[msgspec.Raw] = []
    for row in rows:
        written = encode(row)
        if held and size + len(written) >= _FULL:
            yield encode(ListLine(name, first, tuple(held)))
            first, size, held = first + len(held), 0, []
        held.append(msgspec.Raw(written))
        size += len(written) + 1
    if held:
        yield encode(ListLine(name, first, tuple(held)))


def take_lists(connection: Connection, whole: WholeBundle, lines: Iterable[Line]) -> Bundle:
    """Put what the lines and the bundle itself tell into the tables of a desk; returns the bundle that it holds.

    Nothing may be kept of it when this fails. Raises Fault("bundle.form" | "paid.damaged").
    """
    if whole.v not in (1, _IN_LINES) or any(getattr(whole, name, True) for name in whole.behind):
        raise Fault("bundle.form")
    for told in TOLD.values():
        told.write(connection, getattr(whole, told.name))
    held: dict[str, Any] = {}
    pages_came = False
    for name, rows in lists_in(lines, whole.behind):
        if name == PAID:
            pages_came = True
            paid_list.install(connection, whole.paid, map(_page, rows))
        elif name in TOLD:
            TOLD[name].write(connection, rows)
        else:
            held[name] = tuple(rows)
    if not pages_came:
        paid_list.install(connection, whole.paid, ())
    return msgspec.structs.replace(without_lists(whole), **held)


def lists_in(lines: Iterable[Line], behind: Mapping[str, int]) -> Iterator[tuple[str, Iterator[Any]]]:
    """Each list that these lines bring, by name, with its rows; one is read to its end before the next is asked for.

    ``behind`` says how many rows each has, but for the pages of the paid list. Raises Fault("bundle.form" |
    "paid.damaged").
    """
    came: dict[str, int] = {}
    for name, group in groupby(map(_read, lines), key=attrgetter("list")):
        if name in came or name not in _SHAPES:
            raise Fault("bundle.form")
        came[name] = 0
        yield name, _rows(name, group, came)
    came.pop(PAID, None)
    if came != behind:
        raise Fault("bundle.form")


def _read(line: Line) -> ListLine:
    try:
        if line.value["t"] == PAID:
            pages = msgspec.convert(line.value, PaidLine)
            return ListLine(PAID, pages.first, pages.pages)
        return msgspec.convert(line.value, ListLine)
    except msgspec.ValidationError:
        raise _damaged(str(line.value["t"])) from None


def _rows(name: str, lines: Iterable[ListLine], came: dict[str, int]) -> Iterator[Any]:
    for line in lines:
        try:
            rows = msgspec.convert(line.rows, _SHAPES[name])
        except msgspec.ValidationError:
            raise _damaged(name) from None
        if line.first != came[name]:
            raise _damaged(name)
        came[name] += len(rows)
        yield from rows


def _page(written: str) -> bytes:
    try:
        page = base64.b64decode(written, validate=True)
    except ValueError:
        raise Fault("paid.damaged") from None
    if base64.b64encode(page).decode() != written:
        raise Fault("paid.damaged")
    return page


def _damaged(name: str) -> Fault:
    return Fault("paid.damaged" if name == PAID else "bundle.form")
