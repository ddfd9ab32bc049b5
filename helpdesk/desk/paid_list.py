"""The paid list: "was this grant paid to this household already, somewhere else?", answered offline (FORMATS.md 4).

It holds no number, name or amount, only what is left of a keyed hash of (household number, grant): whoever takes the
laptop learns of no person whether they are on a list. A hit is a question for a supervisor, never a refusal.

The centre hashes each pair with BLAKE2b under the list's own random salt and scales the 64 bits to a number below
``U = pages * span``, where ``U / N >= 2**11`` for N pairs. A pair that was never paid meets one of the at most N
numbers with probability ``N / U <= 1 / 2048 = 0.049 %``, half of what is allowed. The numbers are cut by their size
into pages of about 512; each page is sorted and its gaps, which have a geometric distribution of mean 2**11, are
written in Golomb-Rice code with 11 low bits: ``11 + 1 / (1 - 1/e) = 12.6`` bits a pair, where no filter of this rate
can go below 11. A Bloom filter takes 15.9, a fuse filter about 12.4; both answer in fewer steps, but a page of 512 gaps
is read in about a millisecond, it tells by itself when it is damaged, its making never fails, and one set has one
spelling.
"""

from __future__ import annotations

import hashlib
import secrets
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, delete, select

from helpdesk.core.clock import day_number, day_of
from helpdesk.core.errors import Fault
from helpdesk.desk.bundle import PaidList
from helpdesk.desk.commands import View
from helpdesk.desk.tables import PaidPageRow
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.tables import table_of

Paid = tuple[str, str]
"""(household number, grant type)."""

SALT: Final = 16
_LOW: Final = 11
_PER_PAGE: Final = 512
_COUNT: Final = 2
_MOST_PAGES: Final = 1 << 16
_PER_INSERT: Final = 256
_PERSON: Final = b"fvm/paid/1"


class PaidAnswer(Struct, frozen=True):
    """``maybe``: the list says yes, which may be chance. ``list_day`` is the list's day, None where there is none."""

    maybe: bool
    list_day: date | None


def build(paid: Iterable[Paid], day: date, salt: bytes | None = None) -> tuple[PaidList, tuple[bytes, ...]]:
    """The list of these pairs as of a day: what a bundle says of it, and its pages. The salt is random for each."""
    salt = secrets.token_bytes(SALT) if salt is None else salt
    pairs = set(paid)
    pages = max(1, -(-len(pairs) // _PER_PAGE))
    span = -(-len(pairs) // pages) << _LOW or 1
    found: list[set[int]] = [set() for _ in range(pages)]
    for pair in pairs:
        page, place = divmod(_place(salt, pair, pages * span), span)
        found[page].add(place)
    written = tuple(_page(sorted(places)) for places in found)
    return PaidList(day_number(day), salt.hex(), span, pages, digest_of(written)), written


def install(connection: Connection, told: PaidList | None, pages: Iterable[bytes]) -> None:
    """Put a bundle's list in the place of the one before; no list leaves none. Raises Fault("paid.damaged")."""
    connection.execute(delete(PaidPageRow))
    coming = enumerate(_checked(told, pages))
    while piece := [{"n": n, "body": body} for n, body in islice(coming, _PER_INSERT)]:
        insert_rows(connection, table_of(PaidPageRow), piece)


def already_paid(view: View, household_number: str, grant: str) -> PaidAnswer:
    """Whether a household may have been paid a grant at another desk. Raises Fault("paid.damaged")."""
    pair = (household_number, grant)
    told = view.bundle.paid if view.bundle else None
    return PaidAnswer(pair in on_list(view, [pair]), day_of(told.day) if told else None)


def on_list(view: View, pairs: Iterable[Paid]) -> frozenset[Paid]:
    """The pairs among these that the list knows; each page is read once. Raises Fault("paid.damaged")."""
    told = view.bundle.paid if view.bundle else None
    if told is None:
        return frozenset()
    salt, wanted = bytes.fromhex(told.salt), defaultdict[int, dict[Paid, int]](dict)
    for pair in pairs:
        page, place = divmod(_place(salt, pair, told.pages * told.span), told.span)
        wanted[page][pair] = place
    found: set[Paid] = set()
    for page, asked in wanted.items():
        body = view.connection.scalar(select(PaidPageRow.body).where(PaidPageRow.n == page))
        if body is None:
            raise Fault("paid.damaged")
        places = _places(bytes(body), told.span)
        found.update(pair for pair, place in asked.items() if _holds(places, place))
    return frozenset(found)


def _place(salt: bytes, pair: Paid, below: int) -> int:
    said = "/".join(pair).encode()
    hashed = hashlib.blake2b(said, digest_size=8, key=salt, person=_PERSON).digest()
    return int.from_bytes(hashed) * below >> 64


def _page(places: Sequence[int]) -> bytes:
    # how many, then for each the gap to the one before: its high bits as ones and a zero, its low bits as they are
    bits, before = [], -1
    for place in places:
        gap = place - before - 1
        bits.append("1" * (gap >> _LOW) + "0" + f"{gap & ((1 << _LOW) - 1):0{_LOW}b}")
        before = place
    written = "".join(bits)
    written += "0" * (-len(written) % 8)
    return len(places).to_bytes(_COUNT) + (int(written, 2).to_bytes(len(written) // 8) if written else b"")


def _places(body: bytes, span: int) -> list[int]:
    # the inverse; anything that _page would not have written is damage
    count, bits = int.from_bytes(body[:_COUNT]), len(body[_COUNT:]) * 8
    written = f"{int.from_bytes(body[_COUNT:]):0{bits}b}" if bits else ""
    found, at, before = list[int](), 0, -1
    for _ in range(count):
        end = written.find("0", at)
        if end < 0 or end + 1 + _LOW > bits:
            raise Fault("paid.damaged")
        before += ((end - at) << _LOW) + int(written[end + 1 : end + 1 + _LOW], 2) + 1
        found.append(before)
        at = end + 1 + _LOW
    if len(body) < _COUNT or before >= span or bits - at >= 8 or "1" in written[at:]:
        raise Fault("paid.damaged")
    return found


def _holds(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def digest_of(pages: Iterable[bytes]) -> str:
    """SHA-256 over all pages, each behind its length, in hex."""
    whole = hashlib.sha256()
    for page in pages:
        whole.update(_counted(page))
    return whole.hexdigest()


def _counted(page: bytes) -> bytes:
    return len(page).to_bytes(4) + page


def _checked(told: PaidList | None, pages: Iterable[bytes]) -> Iterator[bytes]:
    # the pages as they come; whoever wrote them away takes them back where the end is not as it was told
    if told is not None:
        _check_head(told)
    whole, count = hashlib.sha256(), 0
    for count, page in enumerate(pages, start=1):
        if told is None or count > told.pages:
            raise Fault("paid.damaged")
        _places(page, told.span)
        whole.update(_counted(page))
        yield page
    if told is not None and (count, whole.hexdigest()) != (told.pages, told.digest):
        raise Fault("paid.damaged")


def _check_head(told: PaidList) -> None:
    try:
        salt = bytes.fromhex(told.salt)
        day_of(told.day)
    except (ValueError, OverflowError):
        raise Fault("paid.damaged") from None
    if len(salt) != SALT or not 1 <= told.pages <= _MOST_PAGES or not 1 <= told.span <= 1 << 40:
        raise Fault("paid.damaged")
