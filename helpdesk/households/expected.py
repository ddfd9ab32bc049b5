"""Expected families: what a camp's list says, kept apart from the register until the family stands at the desk.

A list is nobody's consent. Nothing of it is exported or merged; registering fills the form from it only after the
data consent, and loading the same list again, whole or after an interruption, doubles nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import func, insert, select, text

from helpdesk.core.errors import Refusal
from helpdesk.core.progress import Progress, silent
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, NAMES
from helpdesk.households import search
from helpdesk.households.list_rows import RowProblem
from helpdesk.households.lists import ExpectedFamily, ListReading, read_list
from helpdesk.households.tables import ExpectedFamilyRow, ExpectedListRow, ListProblemRow

_PIECE = 1 << 20


class Loaded(Struct, frozen=True):
    """What loading a list came to: families that are new, already expected, already registered; and the report."""

    list_id: str
    new: int
    known: int
    registered: int
    rows: int
    rows_used: int
    rows_skipped: int
    problems: tuple[RowProblem, ...]


class ExpectedLine(Struct, frozen=True):
    """One expected family in a list or a search. ``household`` is set once it was registered."""

    key: str
    name: str
    persons: int
    reference: str
    household: str | None


@command("expected.load", roles=FAMILIES)
def load(act: Act, path: Path, mapping: Mapping[str, str] | None = None, progress: Progress = silent) -> Loaded:
    """Load a camp's list (.csv or .xlsx) as expected families, whole or not at all.

    ``mapping`` names columns the program does not know: {our column: their header}. Raises Refusal("list.*").
    """
    sha256 = _digest(path)
    reading = read_list(path, act.day, mapping, progress=progress)
    known = act.connection.scalar(select(ExpectedListRow.id).where(ExpectedListRow.sha256 == sha256))
    list_id = known or act.new_id()
    if known is None:
        _write_list(act, list_id, path.name, sha256, reading)
    new, present, registered = _write_families(act, list_id, reading.families)
    act.concerns(list_id)
    act.touch("expected")
    return Loaded(
        list_id, new, present, registered, reading.rows_read, reading.rows_used, reading.rows_skipped, reading.problems
    )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _write_list(act: Act, list_id: str, name: str, sha256: str, reading: ListReading) -> None:
    act.connection.execute(
        insert(ExpectedListRow).values(
            id=list_id,
            name=name,
            sha256=sha256,
            loaded_on=act.day,
            rows=reading.rows_read,
            families=len(reading.families),
            problems=len(reading.problems),
        )
    )
    rows = {(p.row, p.column, p.code): p for p in reading.problems}
    if rows:
        act.connection.execute(
            insert(ListProblemRow),
            [{"list": list_id, "row": p.row, "column": p.column, "code": p.code} for p in rows.values()],
        )


def _write_families(act: Act, list_id: str, families: tuple[ExpectedFamily, ...]) -> tuple[int, int, int]:
    known = {
        row.key: row.household
        for row in act.connection.execute(select(ExpectedFamilyRow.key, ExpectedFamilyRow.household))
    }
    fresh = [family for family in families if family.key not in known]
    if fresh:
        act.connection.execute(insert(ExpectedFamilyRow), [_row(list_id, family) for family in fresh])
    registered = sum(1 for family in families if known.get(family.key) is not None)
    return len(fresh), len(families) - len(fresh) - registered, registered


def _row(list_id: str, family: ExpectedFamily) -> dict[str, object]:
    first = family.members[family.head if family.head is not None else 0]
    names = [name for person in family.members for name in (person.full_name, person.mother_name) if name]
    return {
        "key": family.key,
        "list": list_id,
        "reference": family.reference,
        "name": first.full_name,
        "persons": len(family.members),
        "words": search.tokens_of(names),
        "body": msgspec.json.encode(family),
        "household": None,
    }


_FOUND = text(
    "SELECT f.key, f.name, f.persons, f.reference, f.household FROM expected_search s"
    " JOIN expected_family f ON f.n = s.rowid WHERE expected_search MATCH :query LIMIT :most"
)


def find_expected(view: View, typed: str, limit: int = 20) -> tuple[ExpectedLine, ...]:
    """Expected families, not registered yet, by any member's name in any spelling, or by the list's own number."""
    view.only(NAMES)
    found: dict[str, ExpectedLine] = {}
    reference = view.connection.execute(
        select(ExpectedFamilyRow).where(ExpectedFamilyRow.reference == typed.strip()).limit(limit)
    )
    for row in reference:
        found[row.key] = ExpectedLine(row.key, row.name, row.persons, row.reference, row.household)
    for query in (search.as_written(typed), search.as_sounding(typed)):
        if query is None or len(found) >= limit:
            continue
        for key, name, persons, ref, household in view.connection.execute(_FOUND, {"query": query, "most": limit}):
            found.setdefault(key, ExpectedLine(key, name, persons, ref, household))
    return tuple(line for line in found.values() if line.household is None)[:limit]


def expected_family(view: View, key: str) -> ExpectedFamily:
    """One expected family, to fill the form from. Raises Refusal("expected.unknown")."""
    view.only(NAMES)
    body = view.connection.scalar(select(ExpectedFamilyRow.body).where(ExpectedFamilyRow.key == key))
    if body is None:
        raise Refusal("expected.unknown")
    return msgspec.json.decode(bytes(body), type=ExpectedFamily)


def waiting(view: View) -> int:
    """How many expected families have not come to the desk yet."""
    counted = select(func.count()).select_from(ExpectedFamilyRow).where(ExpectedFamilyRow.household.is_(None))
    return view.connection.scalar(counted) or 0
