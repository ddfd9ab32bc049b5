"""The pages of a paid list on their way behind a bundle: as many in a line as a line of a file may hold.

Bytes and lines alone; whether they are the list that the bundle names is judged where it is installed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.core.errors import Fault
from helpdesk.exchange.payload import Line, Record

_PAGES: Final = 128
"""Pages in a line: about 140 KB of the 256 KiB that it may have."""


class PaidLine(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="paid"):
    """Some pages in base64; ``first`` is the number of the first of them."""

    first: int
    pages: tuple[str, ...]


def paid_lines(pages: Sequence[bytes]) -> Iterator[Record]:
    """The lines of a list's pages."""
    for first in range(0, len(pages), _PAGES):
        written = tuple(base64.b64encode(page).decode() for page in pages[first : first + _PAGES])
        yield msgspec.json.encode(PaidLine(first, written))


def paid_pages(lines: Iterable[Line]) -> tuple[bytes, ...]:
    """The pages that these lines bring, in their order. Raises Fault("bundle.form" | "paid.damaged")."""
    pages: list[bytes] = []
    for line in lines:
        if line.value["t"] != "paid":
            raise Fault("bundle.form")
        try:
            told = msgspec.convert(line.value, PaidLine)
            brought = [base64.b64decode(page, validate=True) for page in told.pages]
        except (msgspec.ValidationError, ValueError):
            raise Fault("paid.damaged") from None
        spelled = (base64.b64encode(page).decode() for page in brought)
        if told.first != len(pages) or any(one != other for one, other in zip(spelled, told.pages, strict=True)):
            raise Fault("paid.damaged")
        pages.extend(brought)
    return tuple(pages)
