"""Reading a camp manager's list: every row ends in an expected family or in a problem that says why not.

A list is nobody's consent: what comes out here is kept apart from the register (DESIGN.md section 8). Reading
writes nothing; a family's ``key`` is the same each time, so that reading a list again doubles nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Refusal, code
from helpdesk.core.language import N_
from helpdesk.core.progress import Progress, silent
from helpdesk.core.text import fold
from helpdesk.desk.places import Gazetteer, Place, load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.list_columns import Header, check_mapping, find_header
from helpdesk.households.list_file import Row, sheets_of
from helpdesk.households.list_rows import ExpectedPerson, ListRow, RowProblem, read_row, shortened

READING: Final = N_("Reading the list")
_REPORT_EVERY: Final = 200

_Recognise = Callable[[str, tuple[str, ...]], Place | None]

_ORIGIN_KINDS: Final = (("subdistrict", "district", "governorate"),)
_SITE_KINDS: Final = (("camp",), ("site",), ("subdistrict", "district"))


class ExpectedFamily(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A family that a list names. ``key`` is its identity (64 hex digits), ``reference`` the list's own number.

    ``rows`` are the sheet rows it comes from, ``head`` the place of its head among ``members`` (None: nobody is named
    as head).
    """

    key: str
    reference: str
    rows: tuple[int, ...]
    members: tuple[ExpectedPerson, ...]
    head: int | None
    origin: PlaceAnswer | None = None
    site: PlaceAnswer | None = None
    shelter: str = ""


class ListReading(Struct, frozen=True, forbid_unknown_fields=True):
    """What a list held. ``rows_used`` + ``rows_skipped`` = ``rows_read``: every row but the header's."""

    families: tuple[ExpectedFamily, ...]
    problems: tuple[RowProblem, ...]
    rows_read: int
    rows_used: int
    rows_skipped: int


@dataclass
class _Family:
    """A family while its rows come in; ``number`` is its reference folded for comparing."""

    reference: str
    number: str
    rows: list[ListRow] = field(default_factory=list)
    head: int | None = None

    @property
    def people(self) -> list[ExpectedPerson]:
        return [row.person for row in self.rows if row.person]

    def first(self, column: str) -> ListRow | None:
        return next((row for row in self.rows if getattr(row, column)), None)


def read_list(
    path: Path,
    today: date,
    mapping: Mapping[str, str] | None = None,
    places: Gazetteer | None = None,
    progress: Progress = silent,
) -> ListReading:
    """Read a list (.csv or .xlsx). ``mapping`` is {our column: header in this list}; ages count on ``today``.

    Raises ``Refusal("list.no_header")`` where no sheet has a row of known column names, the refusals of a wrong
    mapping and of files that are no lists, and ``Stopped`` where ``progress`` does.
    """
    named = mapping or {}
    for sheet in sheets_of(path):
        header = find_header(sheet, named)
        if header:
            check_mapping(header, named)
            rows = _read_rows(sheet, header, today, progress)
            return _gathered(rows, "household" in header.places, places or load_gazetteer())
    raise Refusal("list.no_header")


def _read_rows(sheet: Sequence[Row], header: Header, today: date, progress: Progress) -> list[ListRow]:
    found: list[ListRow] = []
    for index, row in enumerate(sheet):
        if index % _REPORT_EVERY == 0:
            progress(index, len(sheet), READING)
        if index < header.row:
            blank = not any(cell.strip() for cell in row)
            found.append(ListRow(index + 1, skip=code("list.blank") if blank else code("list.title")))
        elif index > header.row:
            repeated = all(
                fold(mine) == fold(theirs) for mine, theirs in zip(row, sheet[header.row], strict=False)
            ) and any(row)
            found.append(
                ListRow(index + 1, skip=code("list.header"))
                if repeated
                else read_row(index + 1, header.cells(row), today)
            )
    progress(len(sheet), len(sheet), READING)
    return found


def _gathered(rows: Sequence[ListRow], numbered: bool, places: Gazetteer) -> ListReading:
    families = _families(rows, numbered)
    for row in rows:
        if row.skip:
            row.report("household" if row.skip == "list.no_household" else "", row.skip, _shown(row))
    recognise = lru_cache(maxsize=4096)(places.recognise)  # a camp's families name the same few places
    expected = [_expected(family, recognise) for family in _different(families)]
    problems = tuple(replace(problem, skipped=bool(row.skip)) for row in rows for problem in _once(row.problems))
    used = sum(not row.skip for row in rows)
    return ListReading(tuple(expected), problems, len(rows), used, len(rows) - used)


def _once(problems: Iterable[RowProblem]) -> Iterable[RowProblem]:
    return {(problem.column, problem.code): problem for problem in problems}.values()


def _shown(row: ListRow) -> str:
    return row.person.full_name if row.person else ""


def _families(rows: Sequence[ListRow], numbered: bool) -> list[_Family]:
    """The rows put together; a row that belongs nowhere or repeats another gets its ``skip``."""
    families: list[_Family] = []
    by_number: dict[str, _Family] = {}
    current: _Family | None = None
    following = _next_numbers(rows)
    for row, upcoming in zip(rows, following, strict=True):
        if row.skip or not row.person:
            continue
        if row.household:
            current = by_number.get(row.household)
            if current and _is_another_family(current, row):
                row.report("household", code("list.number_reused"), row.reference)
                current = None
        elif current is None or not _continues(current, row, upcoming, numbered):
            if row.person.relation != "HEAD":
                row.skip = code("list.no_household")
                continue
            current = None
        if current is None:
            current = _Family(row.reference, row.household)
            families.append(current)
            if row.household:
                by_number[row.household] = current
        _take(current, row)
    return families


def _next_numbers(rows: Sequence[ListRow]) -> list[str]:
    """For each row the next household number at or below it."""
    found: list[str] = []
    number = ""
    for row in reversed(rows):
        number = row.household or number
        found.append(number)
    return found[::-1]


def _continues(family: _Family, row: ListRow, upcoming: str, numbered: bool) -> bool:
    """Whether a row without a number evidently belongs to the family above.

    It does where the same number goes on below it, or where it is no head and shares with the family a father's or
    family name, or the shelter, and names no other site.
    """
    person = row.person
    if person is None or (not numbered and person.relation == "HEAD"):
        return False
    if not numbered or (family.number and upcoming == family.number):
        return True
    if person.relation == "HEAD":
        return False
    site = family.first("site")
    if site and row.site and fold(site.site) != fold(row.site):
        return False
    given = {fold(one.given_name) for one in family.people if one.given_name}
    fathers = {fold(one.father_name) for one in family.people if one.father_name}
    surnames = {fold(one.family_name) for one in family.people if one.family_name}
    return (
        fold(person.father_name) in given | fathers
        or fold(person.family_name) in surnames
        or bool(row.shelter and any(fold(one.shelter) == fold(row.shelter) for one in family.rows))
    )


def _is_another_family(family: _Family, row: ListRow) -> bool:
    """Whether a number comes again for another head in another site: two families, not one with two heads."""
    site = family.first("site")
    if row.person is None or row.person.relation != "HEAD" or family.head is None or row.person in family.people:
        return False
    return bool(site and row.site and fold(site.site) != fold(row.site))


def _take(family: _Family, row: ListRow) -> None:
    person = row.person
    if person is None:
        return
    if person.full_name and person in family.people:
        row.skip = code("list.repeated")
        return
    if person.relation == "HEAD":
        if family.head is None:
            family.head = len(family.rows)
        else:
            row.report("relation", code("list.two_heads"), person.full_name)
            row.person = replace(person, relation=None)
    family.rows.append(row)


def _different(families: Iterable[_Family]) -> list[_Family]:
    """The families without those that only repeat an earlier one under another number."""
    seen: dict[tuple[str, ...], _Family] = {}
    kept: list[_Family] = []
    for family in families:
        people = tuple(sorted(_person_key(person) for person in family.people))
        if people in seen:
            for row in family.rows:
                row.skip = code("list.repeated_family")
                row.report("", row.skip, seen[people].reference)
            continue
        seen[people] = family
        kept.append(family)
        if family.head is None:
            family.rows[0].report("relation", code("list.no_head"))
    return kept


def _person_key(person: ExpectedPerson) -> str:
    parts = (person.full_name, person.mother_name, str(person.birth_date), person.document_number)
    return "|".join(fold(part) for part in parts)


def _expected(family: _Family, recognise: _Recognise) -> ExpectedFamily:
    shelter = family.first("shelter")
    origin = _place(family, "origin", _ORIGIN_KINDS, recognise)
    site = _place(family, "site", _SITE_KINDS, recognise)
    return ExpectedFamily(
        key=_key(family, site),
        reference=family.reference,
        rows=tuple(row.number for row in family.rows),
        members=tuple(family.people),
        head=family.head,
        origin=origin,
        site=site,
        shelter=shelter.shelter if shelter else "",
    )


def _key(family: _Family, site: PlaceAnswer | None) -> str:
    """A family's identity: the list's number, its site and its head's names; without number or head all names.

    Births, phones and documents are left out: a list that was corrected brings the same family, not a second one.
    """
    people = family.people
    named = [people[family.head]] if family.number and family.head is not None else people
    names = sorted(fold(person.full_name) for person in named)
    said = canonical([family.number, (site.place_id or fold(site.unlisted)) if site else "", names])
    return hashlib.sha256(said).hexdigest()


def _place(family: _Family, column: str, kinds: Iterable[tuple[str, ...]], recognise: _Recognise) -> PlaceAnswer | None:
    """The first answer of a family's rows that names a known place, or the first in its own words and a problem."""
    answers = {getattr(row, column): row for row in reversed(family.rows) if getattr(row, column)}
    if not answers:
        return None
    for text in reversed(answers):
        for kind in kinds:
            place = recognise(text, kind)
            if place:
                return PlaceAnswer(place_id=place.place_id)
    text, row = next(reversed(answers.items()))
    row.report(column, code("list.place"), shortened(text))
    return PlaceAnswer(unlisted=text)
