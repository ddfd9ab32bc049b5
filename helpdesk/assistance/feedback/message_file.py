"""Reading the file of a text message service or a helpline: every row ends in a message or in a problem that says why.

Headers are known in English, Arabic and Kurdish, or named by a mapping; a column that is not recognised is left alone.
Reading writes nothing, and reading the same file again gives the same messages.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from helpdesk.assistance.feedback.commands import LONGEST_TEXT
from helpdesk.assistance.feedback.documents import Message
from helpdesk.core.canonical import canonical
from helpdesk.core.dates import read_past
from helpdesk.core.errors import Refusal, code
from helpdesk.core.numbers import read_phone
from helpdesk.core.resources import resource
from helpdesk.core.text import clean, fold
from helpdesk.households.list_columns import Header, check_mapping
from helpdesk.households.list_file import Row, sheets_of
from helpdesk.households.list_rows import RowProblem, shortened

COLUMNS: Final = ("received_at", "phone", "text", "language", "channel")
_NEEDED: Final = ("received_at", "text")
_LOOK_FOR_HEADER: Final = 30
_LONGEST_HEADER: Final = 80
_DATE_CODES: Final = {
    "date.form": code("message.day"),
    "date.impossible": code("message.day"),
    "date.future": code("message.day_future"),
}


class FileRead(Struct, frozen=True):
    """What a file held. A row without a day or a text gives no message; other cells are left empty, never guessed."""

    messages: tuple[Message, ...]
    problems: tuple[RowProblem, ...]


def read_messages(path: Path, today: date, channel: str, mapping: Mapping[str, str] | None = None) -> FileRead:
    """The messages of a file; ``channel`` stands for rows that name none.

    ``mapping`` gives {our column: header in this file} and goes before the known headers. Raises
    Refusal("message.no_header" | "list.mapping_column" | "list.mapping_header") and what list_file.sheets_of raises.
    """
    mapping = mapping or {}
    for column in mapping:
        if column not in COLUMNS:
            raise Refusal("list.mapping_column", column=column)
    messages: list[Message] = []
    problems: list[RowProblem] = []
    headed = False
    for rows in sheets_of(path):
        header = _find_header(rows, mapping)
        if header is None:
            continue
        check_mapping(header, mapping)
        headed = True
        for number, row in enumerate(rows[header.row + 1 :], start=header.row + 2):
            cells = {column: clean(cell) for column, cell in header.cells(row).items()}
            if not any(cells.values()):
                continue
            found = tuple(_problems(number, cells, today))
            problems += found
            if not any(problem.skipped for problem in found):
                messages.append(_message(cells, today, channel))
    if not headed:
        raise Refusal("message.no_header")
    return FileRead(tuple(messages), tuple(problems))


def _find_header(rows: Sequence[Row], mapping: Mapping[str, str]) -> Header | None:
    names = {name: column for name, column in _known_headers().items() if column not in mapping}
    names |= {fold(written): column for column, written in mapping.items()}
    for number, row in enumerate(rows[:_LOOK_FOR_HEADER]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            named = names.get(fold(cell)) if len(cell) <= _LONGEST_HEADER else None
            if named:
                places.setdefault(named, place)
        if all(column in places for column in _NEEDED):
            return Header(number, places)
    return None


def _problems(number: int, cells: Mapping[str, str], today: date) -> Iterator[RowProblem]:
    def wrong(column: str, why: str, *, skipped: bool) -> RowProblem:
        return RowProblem(number, column, why, shortened(cells.get(column, "")), skipped=skipped)

    for column in _NEEDED:
        if not cells[column]:
            yield wrong(column, code("message.missing"), skipped=True)
    if cells["received_at"] and (why := _wrong_day(cells["received_at"], today)):
        yield wrong("received_at", why, skipped=True)
    if len(cells["text"]) > LONGEST_TEXT:
        yield wrong("text", code("message.long"), skipped=True)
    # nobody's complaint is lost because of the sender's number or a word that is not known here
    if cells.get("phone") and not _phone(cells["phone"]):
        yield wrong("phone", code("message.phone"), skipped=False)
    for column in ("channel", "language"):
        if cells.get(column) and not _meant(column, cells[column]):
            yield wrong(column, code("message.answer"), skipped=False)


def _wrong_day(cell: str, today: date) -> str:
    try:
        dated = read_past(cell, today)
    except Refusal as refusal:
        return _DATE_CODES[refusal.code]
    return "" if dated.precision == "day" else code("message.day")


def _phone(cell: str) -> str:
    try:
        return read_phone(cell)
    except Refusal:
        return ""


def _meant(column: str, cell: str) -> str:
    return _known_words().get((column, fold(cell)), "")


def _message(cells: Mapping[str, str], today: date, channel: str) -> Message:
    phone, used = cells.get("phone", ""), _meant("channel", cells.get("channel", "")) or channel
    # the cells as written: two messages of one day and one person with the same words are told by their hour
    whole = canonical([cells["received_at"], phone, cells["text"], used])
    return Message(
        source=hashlib.sha256(whole).hexdigest(),
        received_on=read_past(cells["received_at"], today).day,
        channel=used,
        text=cells["text"],
        phone=_phone(phone),
        language=_meant("language", cells.get("language", "")),
    )


@lru_cache(maxsize=1)
def _known_headers() -> dict[str, str]:
    with resource("lists", "message_headers.csv").open(encoding="utf-8", newline="") as file:
        return {fold(row["header"]): row["column"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _known_words() -> dict[tuple[str, str], str]:
    with resource("lists", "message_words.csv").open(encoding="utf-8", newline="") as file:
        return {(row["column"], fold(row["word"])): row["code"] for row in csv.DictReader(file)}
