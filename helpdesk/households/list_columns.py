"""The columns of a camp's list: which there are, under which headers they come, and the words of their answers.

Headers are known in English, Arabic and Kurdish or named by a mapping (DESIGN.md section 8). A column that is not
recognised is left alone, never guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.core.resources import resource
from helpdesk.core.text import clean, fold
from helpdesk.households.list_file import Row

COLUMNS: Final = (
    "household", "person", "relation", "sex", "birth_date", "age", "given_name", "father_name", "grandfather_name",
    "family_name", "mother_name", "phone", "document_type", "document_number", "origin", "site", "shelter",
)  # fmt: skip

_LOOK_FOR_HEADER = 30
_FEWEST_HEADERS = 3
_LONGEST_HEADER = 80


@dataclass(frozen=True)
class Header:
    """Where the header stands (0-based row of the sheet) and in which place of a row each column is."""

    row: int
    places: Mapping[str, int]

    def cells(self, row: Row) -> dict[str, str]:
        """The cells of a row under our column names, as written."""
        return {column: row[place] if place < len(row) else "" for column, place in self.places.items()}


@dataclass(frozen=True)
class Answer:
    """What a word of a list means; ``sex`` where the word itself says it (son, wife)."""

    code: str
    sex: str


def find_header(rows: Sequence[Row], mapping: Mapping[str, str]) -> Header | None:
    """The header of a sheet, or None: the row among the first thirty that names most columns, given names among them.

    ``mapping`` gives {our column: header in this list} and goes before the known headers. Raises
    ``Refusal("list.mapping_column", column=...)`` where it names a column that is none of ours.
    """
    for column in mapping:
        if column not in COLUMNS:
            raise Refusal("list.mapping_column", column=column)
    names = {name: column for name, column in _known_headers().items() if column not in mapping}
    names |= {fold(header): column for column, header in mapping.items()}
    best: Header | None = None
    for number, row in enumerate(rows[:_LOOK_FOR_HEADER]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            named = names.get(fold(cell)) if len(cell) <= _LONGEST_HEADER else None
            if named and named not in places:
                places[named] = place
        if "given_name" in places and len(places) >= max(_FEWEST_HEADERS, len(best.places) + 1 if best else 0):
            best = Header(number, places)
    return best


def check_mapping(header: Header, mapping: Mapping[str, str]) -> None:
    """Raise ``Refusal("list.mapping_header", header=...)`` where a mapped header does not stand in the list."""
    for column, written in mapping.items():
        if column not in header.places:
            raise Refusal("list.mapping_header", header=clean(written)[:_LONGEST_HEADER])


def answer(of: str, text: str) -> Answer | None:
    """What a cell of the column ``of`` (relation, sex, document_type; none, total for any) means, or None."""
    return _answers().get((of, fold(text)))


@lru_cache(maxsize=1)
def _known_headers() -> dict[str, str]:
    with resource("lists", "headers.csv").open(encoding="utf-8", newline="") as file:
        return {fold(row["header"]): row["column"] for row in csv.DictReader(file) if fold(row["header"])}


@lru_cache(maxsize=1)
def _answers() -> dict[tuple[str, str], Answer]:
    with resource("lists", "words.csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], fold(row["word"])): Answer(row["code"], row["sex"]) for row in csv.DictReader(file)}
