"""Barriers by item, district of origin and who heads the family; resolved, and what is proposed (DOMAIN.md 4.3).

At a desk: category 1 and other reasons, all that a desk can read. The sealed categories are counted at the centre
alone, of answers that the protection officer's key opened in memory, and no group under five is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Row as SqlRow
from sqlalchemy import select

from helpdesk.core.language import isolate
from helpdesk.core.plain_text import clean
from helpdesk.desk.commands import View
from helpdesk.households.codes import BARRIER, OTHER_REASON, SEALED_BARRIER
from helpdesk.households.documents import Barriers
from helpdesk.households.kinds import BARRIERS, DISPLACEMENT
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.reports.asked import Asked
from helpdesk.reports.left import GONE_RECORDS
from helpdesk.reports.table import SMALL, Cell, Column, Row, Table
from helpdesk.vault.records import decode_revision
from helpdesk.vault.tables import RecordRow, RevisionRow

_READABLE: Final = (*BARRIER, *OTHER_REASON)
_SEXES: Final = ("F", "M")
_PROPOSALS: Final = 3
_LONGEST: Final = 80
_PIECE: Final = 500


class Family(Struct, frozen=True):
    """Of one family: district it comes from, sex of its head, items that stand in the way, items resolved."""

    district: str | None
    head: str
    active: frozenset[str]
    resolved: frozenset[str]
    proposed: tuple[tuple[str, str], ...] = ()


class Sealed(Struct, frozen=True):
    """Of one family at the centre: district, sex of its head, and the codes that were opened."""

    district: str | None
    head: str
    codes: frozenset[str]


def barriers(view: View, asked: Asked) -> Table:
    """Families registered in the days asked for, by what stands in their way."""
    words = asked.words
    active: Counter[tuple[str, str | None, str]] = Counter()
    resolved: Counter[tuple[str, str | None]] = Counter()
    proposed: dict[str, Counter[str]] = defaultdict(Counter)
    for family in families(view, asked):
        active.update((code, family.district, family.head) for code in family.active)
        resolved.update((code, family.district) for code in family.resolved)
        for code, text in family.proposed:
            proposed[code][text] += 1
    rows: list[Row] = []
    items = _items({key[0] for key in active} | {key[0] for key in resolved})
    for code in items:
        districts = {key[1] for key in active if key[0] == code} | {key[1] for key in resolved if key[0] == code}
        rows.extend(
            _lines(
                code,
                _item(asked, code),
                [(asked.place(one) if one else words("not said"), [active[code, one, sex] for sex in _SEXES],
                  resolved[code, one]) for one in sorted(districts, key=asked.place)],
                asked,
            )
        )  # fmt: skip
    return Table(
        "barriers", words("Barriers"), _columns(asked), tuple(rows), asked.facts(),
        tuple(_notes(asked, items, proposed)), chart="bars",
    )  # fmt: skip


def _lines(code: str, item: str, districts: list[tuple[str, list[int], int]], asked: Asked) -> Iterator[Row]:
    for name, heads, resolved in districts:
        yield Row((item, name, *heads, sum(heads), resolved), group=code)
    if districts:
        heads = [sum(line[1][place] for line in districts) for place in range(len(_SEXES))]
        done = sum(line[2] for line in districts)
        yield Row((item, asked.words("Total"), *heads, sum(heads), done), total=True, group=code)


def _columns(asked: Asked) -> tuple[Column, ...]:
    words = asked.words
    return (
        Column("barrier", words("Barrier"), "#need+type", counts=False),
        Column("origin", words("District of origin"), "#adm2+origin+name", counts=False),
        Column("head_f", words("Headed by a woman"), "#affected+hh+f"),
        Column("head_m", words("Headed by a man"), "#affected+hh+m"),
        Column("total", words("Families"), "#affected+hh+total", total=True),
        Column("resolved", words("Resolved"), "#reached+hh", group="resolved"),
    )


def _items(told: Iterable[str]) -> tuple[str, ...]:
    # ours in their order, then what the centre added, whether or not this store has heard of it; never a sealed item
    added = {code for code in told if code.startswith(OTHER_REASON.starts)} - {*_READABLE, *SEALED_BARRIER}
    return (*_READABLE, *sorted(added))


def _item(asked: Asked, code: str) -> str:
    name = next((codes.name for codes in (BARRIER, SEALED_BARRIER) if code in codes), OTHER_REASON.name)
    return asked.words.label(name, code)


def _notes(asked: Asked, items: Iterable[str], proposed: dict[str, Counter[str]]) -> Iterator[str]:
    words = asked.words
    yield words("A family counts once for each barrier it named. Only what a desk may read stands here.")
    for code in items:
        # a proposal that few made may be one family's own story
        often = [(text, count) for text, count in proposed[code].most_common(_PROPOSALS) if count >= SMALL]
        for text, count in often:
            yield words(
                "{item}: {n} families propose {words}.", item=_item(asked, code), n=words.digits(count),
                words=isolate(text),
            )  # fmt: skip


def families(view: View, asked: Asked) -> Iterator[Family]:
    """The families of the days asked for that named a barrier, one at a time, in the order of their ids."""
    origins = _Beside(view.connection.execute(_current(DISPLACEMENT.name, asked)))
    rows = iter(view.connection.execute(_current(BARRIERS.name, asked)))
    household, documents, head = "", list[Barriers](), ""
    for row in rows:
        if row.household != household and documents:
            yield _family(documents, head, origins.district_of(household, asked))
            documents = []
        household, head = row.household, row.sex
        documents.append(BARRIERS.decode(_body(row)))
    if documents:
        yield _family(documents, head, origins.district_of(household, asked))


def _current(kind: str, asked: Asked) -> Any:
    # the records of one kind with the sex of the family's head, by household: streamed, a page at a time
    period = asked.period
    return (
        select(RecordRow.household, RecordRow.folded, RevisionRow.body, PersonRow.sex)
        .join(RevisionRow, RevisionRow.hash == RecordRow.head)
        .join(HouseholdRow, HouseholdRow.id == RecordRow.household)
        .join(PersonRow, PersonRow.id == HouseholdRow.head)
        .where(
            RecordRow.kind == kind,
            HouseholdRow.registered_on.between(period.first, period.last),
            HouseholdRow.status.not_in(GONE_RECORDS),
        )
        .order_by(RecordRow.household, RevisionRow.ctr)
        .execution_options(yield_per=_PIECE)
    )


def _body(row: SqlRow[Any]) -> bytes:
    return bytes(row.folded) if row.folded is not None else bytes(decode_revision(bytes(row.body)).doc)


class _Beside:
    # walks the displacement records beside the barriers: both come in the order of households

    def __init__(self, rows: Iterable[SqlRow[Any]]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def district_of(self, household: str, asked: Asked) -> str | None:
        found = None
        while self._next is not None and self._next.household <= household:
            if self._next.household == household:
                found = DISPLACEMENT.decode(_body(self._next)).origin.place_id
            self._next = next(self._rows, None)
        return asked.above(found, "district")


def _family(documents: Iterable[Barriers], head: str, district: str | None) -> Family:
    # the last word on an item holds, whichever destination it was said for
    newest: dict[str, str] = {}
    proposed: dict[str, str] = {}
    for document in documents:
        for item in document.items:
            newest[item.code] = item.status
            if clean(item.solution):
                proposed[item.code] = clean(item.solution)[:_LONGEST]
    resolved = frozenset(code for code, status in newest.items() if status == "RESOLVED")
    return Family(district, head, frozenset(newest) - resolved, resolved, tuple(proposed.items()))


def sealed_table(opened: Iterable[Sealed], asked: Asked, day: date, small: int = SMALL) -> Table:
    """The sealed barriers of opened answers: by item and district of origin, for the centre.

    A district where fewer than ``small`` families named an item is added to "elsewhere"; an item that fewer than
    ``small`` families named at all has no number anywhere. No column tells who heads them: that would cut the groups
    smaller.
    """
    words = asked.words
    counts: Counter[tuple[str, str | None]] = Counter()
    for one in opened:
        counts.update((code, one.district) for code in one.codes)
    rows: list[Row] = []
    for code in SEALED_BARRIER:
        of_item = {place: count for (item, place), count in counts.items() if item == code}
        rows.extend(_sealed_lines(asked, code, of_item, small))
    columns = (
        Column("barrier", words("Barrier"), "#need+type", counts=False),
        Column("origin", words("District of origin"), "#adm2+origin+name", counts=False),
        Column("families", words("Families"), "#affected+hh"),
    )
    notes = (
        words("Groups of fewer than {n} families are added to others or not told.", n=small),
        words("Opened on {day} by the protection officer, and kept nowhere.", day=day),
    )
    return Table("sealed-barriers", words("Barriers told in confidence"), columns, tuple(rows), (), notes)


def _sealed_lines(asked: Asked, code: str, of_item: dict[str | None, int], small: int) -> Iterator[Row]:
    words, item, whole = asked.words, _item(asked, code), sum(of_item.values())
    if whole < small:
        if whole:
            cell: Cell = None
            yield Row((item, words("Total"), cell), total=True, group=code)
        return
    told = {place: count for place, count in of_item.items() if place is not None and count >= small}
    rest = whole - sum(told.values())
    while 0 < rest < small and told:
        # the rest could be found by subtracting: the smallest district goes into it
        least = min(told, key=lambda place: told[place])
        rest += told.pop(least)
    for place in sorted(told, key=asked.place):
        yield Row((item, asked.place(place), told[place]), group=code)
    if rest:
        yield Row((item, words("elsewhere, or not said"), rest), group=code)
    yield Row((item, words("Total"), whole), total=True, group=code)
